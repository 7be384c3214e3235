//! The same items for several units.

use leptos::prelude::*;
use questionnaire::view::{Element, FailureView, RosterView, UnitView};

use super::draw::Draw;
use super::form::GO;
use super::ids::{Name, id};
use super::page::element;
use super::question::{Level, errors, heading};
use super::wording::Asked;

/// A roster: fixed units are all there, hidden unless present; free ones come and go by buttons.
pub(super) fn roster(
    draw: &Draw,
    roster: &RosterView,
    failures: &[FailureView],
    level: Level,
) -> AnyView {
    // What is wrong with the roster itself, not with an item of a unit.
    let own: Vec<&FailureView> = failures.iter().filter(|it| it.key == roster.id).collect();
    let below = match level {
        Level::H1 => Level::H2,
        Level::H2 | Level::H3 | Level::H4 => Level::H3,
    };
    let units: Vec<_> = roster
        .units
        .iter()
        .map(|it| unit(draw, roster, it, failures, below))
        .collect();
    let label = view! {
        <span data-text="label" lang=draw.lang() dir=draw.dir()>{draw.text(&roster.label)}</span>
    };
    let help = roster.help.as_deref().filter(|it| !it.is_empty()).map(|it| {
        view! { <p class="help" data-text="help" lang=draw.lang() dir=draw.dir()>{draw.text(it)}</p> }
    });
    let empty = (roster.free.is_some() && !roster.units.iter().any(|it| it.present))
        .then(|| view! { <p class="hint">{draw.texts.get("roster-none")}</p> });
    let add = roster.free.as_ref().filter(|it| it.can_add).map(|free| {
        let text = draw
            .texts
            .with("roster-add", [("unit", draw.text(&free.label))]);
        view! {
            <button class="secondary" name=GO value=format!("add:{}", roster.id)>{text}</button>
        }
    });
    view! {
        <section
            class="roster"
            id=id(Name::Field, &roster.id)
            tabindex="-1"
            aria-labelledby=id(Name::Label, &roster.id)
            data-slot=roster.id.clone()
            hidden=!roster.on_path
        >
            <div id=id(Name::Label, &roster.id)>{heading(level, "question-title", label.into_any())}</div>
            {help}
            {errors(draw, &roster.id, &own, Asked::Other)}
            {empty}
            {units}
            {add}
        </section>
    }
    .into_any()
}

fn unit(
    draw: &Draw,
    roster: &RosterView,
    unit: &UnitView,
    failures: &[FailureView],
    level: Level,
) -> AnyView {
    let key = format!("{}[{}]", roster.id, unit.key);
    let inner = match level {
        Level::H1 | Level::H2 => Level::H3,
        Level::H3 | Level::H4 => Level::H4,
    };
    let elements: Vec<_> = unit
        .elements
        .iter()
        .map(|it: &Element| element(draw, it, failures, inner))
        .collect();
    let remove = roster.free.as_ref().map(|_| {
        view! {
            <button class="quiet-button" name=GO value=format!("remove:{}:{}", roster.id, unit.key)>
                {draw.texts.get("roster-remove")}
                <span class="unseen">" " {draw.text(&unit.label)}</span>
            </button>
        }
    });
    let label = view! {
        <span data-text="label" lang=draw.lang() dir=draw.dir()>{draw.text(&unit.label)}</span>
    };
    view! {
        <section
            class="unit-card"
            aria-labelledby=id(Name::Label, &key)
            data-unit=unit.key.clone()
            hidden=!unit.present
        >
            <div class="unit-head" id=id(Name::Label, &key)>
                {heading(level, "unit-title", label.into_any())}
            </div>
            {elements}
            {remove}
        </section>
    }
    .into_any()
}
