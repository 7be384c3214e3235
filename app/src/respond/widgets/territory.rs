//! One territory: radios when few, a list to choose from when many.

use leptos::prelude::*;
use questionnaire::view::{ChoiceView, QuestionView};

use super::choices::{is_shown, radios};
use crate::respond::draw::Draw;
use crate::respond::ids::{Name, id};
use crate::respond::question::Wiring;

/// More than this many rows are slower to read than a list is to open.
const MOST_RADIOS: usize = 8;

/// Whether it is drawn as a list to choose from; a text beside a choice needs radios.
pub(super) fn is_select(choices: &[ChoiceView]) -> bool {
    choices.len() > MOST_RADIOS && choices.iter().all(|it| it.specify.is_none())
}

pub(super) fn territory(
    draw: &Draw,
    question: &QuestionView,
    choices: &[ChoiceView],
    wiring: &Wiring,
) -> AnyView {
    if !is_select(choices) {
        return radios(draw, question, choices, "choices");
    }
    let options: Vec<_> = choices
        .iter()
        .map(|choice| {
            view! {
                <option
                    value=choice.code.clone()
                    selected=choice.selected
                    hidden=!is_shown(choice)
                    data-choice=choice.code.clone()
                >
                    {draw.text(&choice.label)}
                </option>
            }
        })
        .collect();
    view! {
        <select
            id=id(Name::Field, &question.key)
            name=question.key.clone()
            lang=draw.lang()
            aria-labelledby=wiring.labelled_by.clone()
            aria-describedby=wiring.described_by.clone()
            aria-invalid=wiring.invalid
        >
            <option value="">{draw.texts.get("select-none")}</option>
            {options}
        </select>
    }
    .into_any()
}
