//! Radios and checkboxes in full-width rows.

use leptos::prelude::*;
use questionnaire::Severity;
use questionnaire::view::{ChoiceView, FailureView, QuestionView, SpecifyView};

use crate::respond::draw::Draw;
use crate::respond::ids::{Name, choice_id, id};
use crate::respond::question::{Wiring, errors};
use crate::respond::wording::Asked;

/// One choice: radios.
pub(super) fn radios(
    draw: &Draw,
    question: &QuestionView,
    choices: &[ChoiceView],
    class: &'static str,
) -> AnyView {
    list(draw, question, choices, class, Kind::Radio)
}

/// Several choices: checkboxes.
pub(super) fn checkboxes(
    draw: &Draw,
    question: &QuestionView,
    choices: &[ChoiceView],
    wiring: &Wiring,
) -> AnyView {
    list(
        draw,
        question,
        choices,
        "choices",
        Kind::Checkbox {
            invalid: wiring.invalid,
        },
    )
}

/// Yes or no.
pub(super) fn consent(draw: &Draw, question: &QuestionView, value: Option<bool>) -> AnyView {
    let key = question.key.as_str();
    let rows = [(true, "consent-yes"), (false, "consent-no")].map(|(answer, text)| {
        let id = if answer { id(Name::Field, key) } else { choice_id(key, "false") };
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name=key.to_owned() value=answer.to_string() checked=value == Some(answer) />
                <label for=id>{draw.texts.get(text)}</label>
            </div>
        }
    });
    view! { <div class="choices">{rows.into_iter().collect::<Vec<_>>()}</div> }.into_any()
}

#[derive(Clone, Copy)]
enum Kind {
    Radio,
    Checkbox { invalid: Option<&'static str> },
}

/// Whether a choice is shown: an answer given stays visible even where it is not offered any more,
/// so that it can be seen and changed.
pub(super) fn is_shown(choice: &ChoiceView) -> bool {
    choice.offered || choice.selected
}

fn list(
    draw: &Draw,
    question: &QuestionView,
    choices: &[ChoiceView],
    class: &'static str,
    kind: Kind,
) -> AnyView {
    let key = question.key.as_str();
    // The error summary leads to the first choice that can be made.
    let first = choices.iter().position(is_shown).unwrap_or(0);
    let rows: Vec<_> = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == first {
                id(Name::Field, key)
            } else {
                choice_id(key, &choice.code)
            };
            row(draw, question, choice, id, kind)
        })
        .collect();
    view! { <div class=class>{rows}</div> }.into_any()
}

fn row(
    draw: &Draw,
    question: &QuestionView,
    choice: &ChoiceView,
    id: String,
    kind: Kind,
) -> AnyView {
    let (ty, invalid) = match kind {
        Kind::Radio => ("radio", None),
        Kind::Checkbox { invalid } => ("checkbox", invalid),
    };
    let class = if choice.missing.is_some() {
        "choice quiet"
    } else {
        "choice"
    };
    let specify = choice
        .specify
        .as_ref()
        .map(|it| specify(draw, question, choice, it));
    view! {
        <div class=class data-choice=choice.code.clone() hidden=!is_shown(choice)>
            <input
                type=ty
                id=id.clone()
                name=question.key.clone()
                value=choice.code.clone()
                checked=choice.selected
                aria-invalid=invalid
                data-exclusive=choice.exclusive.then_some("")
            />
            <label for=id lang=draw.lang() dir=draw.dir()>{draw.text(&choice.label)}</label>
            {specify}
        </div>
    }
    .into_any()
}

/// The text beside a choice. Without script it opens by style, when its choice is made.
fn specify(
    draw: &Draw,
    question: &QuestionView,
    choice: &ChoiceView,
    specify: &SpecifyView,
) -> AnyView {
    let key = format!("{}.{}", question.key, choice.code);
    let failures: Vec<&FailureView> = question
        .failures
        .iter()
        .filter(|it| it.key == key)
        .collect();
    let invalid = failures
        .iter()
        .any(|it| it.severity == Severity::Hard)
        .then_some("true");
    let label = match &specify.label {
        Some(label) => {
            view! { <span lang=draw.lang() dir=draw.dir()>{draw.text(label)}</span> }.into_any()
        }
        None => draw.texts.get("specify").into_any(),
    };
    let optional = (!specify.required).then(|| {
        view! { " " <span class="optional">"(" {draw.texts.get("optional")} ")"</span> }
    });
    let field = id(Name::Field, &key);
    view! {
        <div class="specify">
            <label for=field.clone()>{label}{optional}</label>
            {errors(draw, &key, &failures, Asked::Text)}
            <input
                type="text"
                id=field
                name=key.clone()
                value=specify.value.clone()
                aria-invalid=invalid
                aria-describedby=id(Name::Error, &key)
            />
        </div>
    }
    .into_any()
}
