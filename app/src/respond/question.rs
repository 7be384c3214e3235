//! One question: its heading, help, what is wrong, what is asked.

use leptos::prelude::*;
use questionnaire::Severity;
use questionnaire::instrument::MissingOffer;
use questionnaire::view::{FailureView, QuestionView, Widget};

use super::draw::Draw;
use super::form::MISSING;
use super::ids::{Name, choice_id, describe, id};
use super::widgets;
use super::wording::Asked;

/// The rank of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The page's own heading.
    H1,
    /// A question among several, or a roster.
    H2,
    /// A unit of a roster.
    H3,
    /// A question of a unit.
    H4,
}

/// A heading of this rank.
pub(super) fn heading(level: Level, class: &'static str, inner: AnyView) -> AnyView {
    match level {
        Level::H1 => view! { <h1 class=class>{inner}</h1> }.into_any(),
        Level::H2 => view! { <h2 class=class>{inner}</h2> }.into_any(),
        Level::H3 => view! { <h3 class=class>{inner}</h3> }.into_any(),
        Level::H4 => view! { <h4 class=class>{inner}</h4> }.into_any(),
    }
}

/// What a control must say about itself.
pub(super) struct Wiring {
    /// `aria-labelledby`, where there is no `<label>`.
    pub(super) labelled_by: Option<String>,
    /// `aria-describedby`.
    pub(super) described_by: Option<String>,
    /// `aria-invalid`.
    pub(super) invalid: Option<&'static str>,
}

/// A question. Off path it is there, hidden.
pub(super) fn question(draw: &Draw, question: &QuestionView, level: Level) -> AnyView {
    let key = question.key.as_str();
    let failures: Vec<&FailureView> = question
        .failures
        .iter()
        .filter(|it| !widgets::shows_failure(&question.widget, key, &it.key))
        .collect();
    let hint = widgets::hint(draw, &question.widget);
    let help = question.help.as_deref().filter(|it| !it.is_empty());
    let unit = match &question.widget {
        Widget::Quantity(it) => it.unit.as_ref(),
        _ => None,
    };
    let invalid = failures
        .iter()
        .any(|it| it.severity == Severity::Hard)
        .then_some("true");
    let described_by = describe([
        help.map(|_| id(Name::Help, key)),
        hint.as_ref().map(|_| id(Name::Hint, key)),
        Some(id(Name::Error, key)),
        unit.map(|_| id(Name::Unit, key)),
    ]);

    let several = widgets::is_group(&question.widget);
    let grouped = several || !question.offers.is_empty();
    let wiring = Wiring {
        labelled_by: (grouped && !several).then(|| id(Name::Label, key)),
        described_by: described_by.clone().filter(|_| !several),
        invalid,
    };
    let control = widgets::control(draw, question, &wiring);
    let offers = offers(draw, question);
    let asked = Asked::of(&question.widget);
    let notes = (
        help.map(|it| view! { <p class="help" id=id(Name::Help, key) lang=draw.lang() dir=draw.dir() data-text="help">{draw.text(it)}</p> }),
        hint.map(|it| view! { <p class="hint" id=id(Name::Hint, key)>{it}</p> }),
        errors(draw, key, &failures, asked),
    );
    let optional = (!question.required).then(|| {
        view! { " " <span class="optional">"(" {draw.texts.get("optional")} ")"</span> }
    });
    let label = view! {
        <span data-text="label" lang=draw.lang() dir=draw.dir()>{draw.text(&question.label)}</span>
    };

    let inner = if grouped {
        // `aria-invalid` is for radio groups, not for groups in general.
        let radios = widgets::is_radio_group(&question.widget);
        let role = radios.then_some("radiogroup");
        let title = heading(level, "question-title", (label, optional).into_any());
        view! {
            <fieldset role=role aria-describedby=described_by.filter(|_| several) aria-invalid=invalid.filter(|_| radios)>
                <legend id=id(Name::Label, key)>{title}</legend>
                {notes}
                {control}
                {offers}
            </fieldset>
        }
        .into_any()
    } else {
        let label = view! { <label for=id(Name::Field, key)>{label}{optional}</label> };
        view! { {heading(level, "question-title", label.into_any())} {notes} {control} }.into_any()
    };
    let class = match invalid {
        Some(_) => "question invalid",
        None => "question",
    };
    view! {
        <div class=class data-slot=key.to_owned() data-level=(level == Level::H1).then_some("1") hidden=!question.on_path>
            {inner}
        </div>
    }
    .into_any()
}

/// What is wrong with a slot, beside its field. Empty and hidden where nothing is: the island may
/// have something to say there, and the field is already described by it.
pub(super) fn errors(draw: &Draw, key: &str, failures: &[&FailureView], asked: Asked) -> AnyView {
    let lines: Vec<_> = failures
        .iter()
        .map(|failure| {
            let (class, prefix) = match failure.severity {
                Severity::Hard => ("error", "error-prefix"),
                Severity::Soft => ("warning", "warning-prefix"),
            };
            let words = format!("{} {}", draw.texts.get(prefix), draw.words(failure, asked));
            view! { <span class=class>{words}</span> }
        })
        .collect();
    view! {
        <p class="errors" id=id(Name::Error, key) hidden=failures.is_empty()>{lines}</p>
    }
    .into_any()
}

/// « Je ne sais pas », « Je préfère ne pas répondre »: quiet, but choices like the others.
fn offers(draw: &Draw, question: &QuestionView) -> Option<AnyView> {
    if question.offers.is_empty() {
        return None;
    }
    let name = format!("{}.{MISSING}", question.key);
    let choices: Vec<_> = question
        .offers
        .iter()
        .map(|offer| {
            let id = choice_id(&name, offer.code());
            let text = draw.texts.get(match offer {
                MissingOffer::DontKnow => "offer-dont-know",
                MissingOffer::Refused => "offer-refused",
            });
            view! {
                <div class="choice quiet">
                    <input
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=offer.code()
                        checked=question.missing == Some(*offer)
                    />
                    <label for=id>{text}</label>
                </div>
            }
        })
        .collect();
    Some(
        view! {
            <div class="offers">
                <span class="or" aria-hidden="true">{draw.texts.get("or")}</span>
                {choices}
            </div>
        }
        .into_any(),
    )
}
