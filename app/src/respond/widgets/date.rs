//! A date in three fields: easier to type, with any keyboard, than a calendar.

use leptos::prelude::*;
use questionnaire::view::QuestionView;

use crate::respond::draw::Draw;
use crate::respond::ids::{Name, choice_id, id};
use crate::respond::question::Wiring;

pub(super) fn date(
    draw: &Draw,
    question: &QuestionView,
    typed: [&String; 3],
    wiring: &Wiring,
) -> AnyView {
    let key = question.key.as_str();
    let parts = [
        ("day", "date-day"),
        ("month", "date-month"),
        ("year", "date-year"),
    ];
    let fields: Vec<_> = parts
        .into_iter()
        .zip(typed)
        .map(|((part, text), value)| {
            // The summary leads to the first part.
            let id = if part == "day" {
                id(Name::Field, key)
            } else {
                choice_id(key, part)
            };
            let class = if part == "year" { "w-year" } else { "w-day" };
            view! {
                <div class="date-part">
                    <label for=id.clone()>{draw.texts.get(text)}</label>
                    <input
                        type="text"
                        inputmode="numeric"
                        id=id
                        class=class
                        name=format!("{key}.{part}")
                        value=value.clone()
                        aria-invalid=wiring.invalid
                    />
                </div>
            }
        })
        .collect();
    view! { <div class="date">{fields}</div> }.into_any()
}
