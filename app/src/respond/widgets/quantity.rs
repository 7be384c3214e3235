//! A number with its unit.

use leptos::prelude::*;
use questionnaire::view::{QuantityView, QuestionView};

use crate::respond::draw::Draw;
use crate::respond::ids::{Name, id};
use crate::respond::question::Wiring;

pub(super) fn quantity(
    draw: &Draw,
    question: &QuestionView,
    quantity: &QuantityView,
    wiring: &Wiring,
) -> AnyView {
    let key = question.key.as_str();
    let unit = quantity.unit.as_ref().map(|it| {
        view! {
            <span class="unit" id=id(Name::Unit, key) lang=draw.lang() dir=draw.dir()>{draw.text(it)}</span>
        }
    });
    view! {
        <div class="quantity">
            <input
                type="text"
                id=id(Name::Field, key)
                class=width(quantity)
                name=key.to_owned()
                value=quantity.value.clone()
                inputmode=inputmode(quantity)
                aria-labelledby=wiring.labelled_by.clone()
                aria-describedby=wiring.described_by.clone()
                aria-invalid=wiring.invalid
            />
            {unit}
        </div>
    }
    .into_any()
}

/// The keyboard a phone opens.
///
/// Where negative numbers are allowed it is the full one: the others have no minus sign on iOS.
pub(super) fn inputmode(quantity: &QuantityView) -> &'static str {
    let negative = quantity
        .min
        .as_deref()
        .is_none_or(|it| it.starts_with(['-', '\u{2212}']));
    match (quantity.min.is_some() && negative, quantity.decimals) {
        (true, _) => "text",
        (false, 0) => "numeric",
        (false, _) => "decimal",
    }
}

/// A field as wide as what is expected, which says what is expected.
pub(super) fn width(quantity: &QuantityView) -> &'static str {
    let digits = quantity.max.as_ref().map_or(8, |it| it.chars().count());
    match digits + usize::from(quantity.decimals) {
        0..=4 => "w-short",
        5..=9 => "w-medium",
        _ => "w-long",
    }
}
