//! How each kind of question is drawn: one file a kind, one `match` that knows them all.

mod choices;
mod contact;
mod date;
mod grid;
mod quantity;
mod rank;
mod territory;
mod text;

pub(crate) use text::textarea_content;

use leptos::prelude::AnyView;
use questionnaire::view::{ChoiceView, QuestionView, Widget};

use super::draw::Draw;
use super::question::Wiring;

/// The fields of a question.
pub(super) fn control(draw: &Draw, question: &QuestionView, wiring: &Wiring) -> AnyView {
    match &question.widget {
        Widget::Single { choices } => choices::radios(draw, question, choices, "choices"),
        Widget::Multiple { choices, .. } => choices::checkboxes(draw, question, choices, wiring),
        Widget::Scale { choices } => choices::radios(draw, question, choices, "choices scale"),
        Widget::Territory { choices } => territory::territory(draw, question, choices, wiring),
        Widget::Quantity(quantity) => quantity::quantity(draw, question, quantity, wiring),
        Widget::Text {
            value, multiline, ..
        } => text::text(question, value, *multiline, wiring),
        Widget::Date {
            day, month, year, ..
        } => date::date(draw, question, [day, month, year], wiring),
        Widget::Rank { choices, max, .. } => rank::rank(draw, question, choices, *max, wiring),
        Widget::Consent { value } => choices::consent(draw, question, *value),
        Widget::Grid { columns, rows } => grid::grid(draw, question, columns, rows),
        Widget::Contact { fields } => contact::contact(draw, question, fields, wiring),
    }
}

/// Whether it has several fields, which a legend holds together.
pub(super) fn is_group(widget: &Widget) -> bool {
    match widget {
        Widget::Single { .. }
        | Widget::Multiple { .. }
        | Widget::Scale { .. }
        | Widget::Date { .. }
        | Widget::Rank { .. }
        | Widget::Consent { .. }
        | Widget::Grid { .. }
        | Widget::Contact { .. } => true,
        Widget::Territory { choices } => !territory::is_select(choices),
        Widget::Quantity(_) | Widget::Text { .. } => false,
    }
}

/// Whether its fields are radios of one answer.
pub(super) fn is_radio_group(widget: &Widget) -> bool {
    match widget {
        Widget::Single { .. } | Widget::Scale { .. } | Widget::Consent { .. } => true,
        Widget::Territory { choices } => !territory::is_select(choices),
        Widget::Multiple { .. }
        | Widget::Quantity(_)
        | Widget::Text { .. }
        | Widget::Date { .. }
        | Widget::Rank { .. }
        | Widget::Grid { .. }
        | Widget::Contact { .. } => false,
    }
}

/// The choices of a widget that may have a text beside them.
fn choices_of(widget: &Widget) -> &[ChoiceView] {
    match widget {
        Widget::Single { choices }
        | Widget::Multiple { choices, .. }
        | Widget::Scale { choices }
        | Widget::Territory { choices } => choices,
        _ => &[],
    }
}

/// Whether the widget itself shows failures of the slot `failed`: a row, the text beside a choice.
pub(super) fn shows_failure(widget: &Widget, key: &str, failed: &str) -> bool {
    if let Widget::Grid { rows, .. } = widget {
        return rows.iter().any(|it| it.key == failed);
    }
    let Some(code) = failed.strip_prefix(key).and_then(|it| it.strip_prefix('.')) else {
        return false;
    };
    choices_of(widget)
        .iter()
        .any(|it| it.code == code && it.specify.is_some())
}

/// The slots whose first field this widget draws, besides its own key.
pub(super) fn inner_slots(widget: &Widget, key: &str) -> Vec<String> {
    if let Widget::Grid { rows, .. } = widget {
        return rows.iter().map(|it| it.key.clone()).collect();
    }
    choices_of(widget)
        .iter()
        .filter(|it| it.specify.is_some())
        .map(|it| format!("{key}.{}", it.code))
        .collect()
}

/// What the interface says about how to answer.
pub(super) fn hint(draw: &Draw, widget: &Widget) -> Option<String> {
    let texts = draw.texts;
    match widget {
        Widget::Multiple { min, max, .. } => Some(match (min, max) {
            (None | Some(0 | 1), None) => texts.get("multiple-any"),
            (Some(min), None) => texts.with("multiple-least", [("min", *min)]),
            (None | Some(0 | 1), Some(max)) => texts.with("multiple-most", [("max", *max)]),
            (Some(min), Some(max)) if min == max => texts.with("multiple-exact", [("n", *max)]),
            (Some(min), Some(max)) => {
                texts.with("multiple-between", [("min", *min), ("max", *max)])
            }
        }),
        Widget::Rank { .. } => Some(texts.get("rank-hint")),
        Widget::Date { .. } => Some(texts.get("date-hint")),
        Widget::Contact { .. } => Some(texts.get("contact-note")),
        // A limit that nobody will meet is noise.
        Widget::Text { max_length, .. } if *max_length <= 1000 => {
            Some(texts.with("text-most", [("max", max_length.to_string())]))
        }
        Widget::Single { .. }
        | Widget::Scale { .. }
        | Widget::Territory { .. }
        | Widget::Quantity(_)
        | Widget::Text { .. }
        | Widget::Consent { .. }
        | Widget::Grid { .. } => None,
    }
}
