//! An order: a rank for each choice, from a list. Nothing has to be dragged.

use leptos::prelude::*;
use questionnaire::view::{QuestionView, RankedView};

use crate::respond::draw::Draw;
use crate::respond::ids::{Name, choice_id, id};
use crate::respond::question::Wiring;

pub(super) fn rank(
    draw: &Draw,
    question: &QuestionView,
    choices: &[RankedView],
    max: Option<u16>,
    wiring: &Wiring,
) -> AnyView {
    let key = question.key.as_str();
    // A rank once given stays in the list, so that it can be seen and changed.
    let given = choices
        .iter()
        .filter_map(|it| it.rank)
        .max()
        .map_or(0, usize::from);
    let most = max
        .map_or(choices.len(), usize::from)
        .min(choices.len())
        .max(given);
    let first = choices
        .iter()
        .position(|it| it.offered || it.rank.is_some())
        .unwrap_or(0);
    let rows: Vec<_> = choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == first { id(Name::Field, key) } else { choice_id(key, &choice.code) };
            let given = choice.rank.map(usize::from);
            let options: Vec<_> = (1..=most)
                .map(|rank| view! { <option value=rank.to_string() selected=given == Some(rank)>{rank.to_string()}</option> })
                .collect();
            view! {
                <div class="ranked" data-choice=choice.code.clone() hidden=!choice.offered && choice.rank.is_none()>
                    <label for=id.clone() lang=draw.lang() dir=draw.dir()>{draw.text(&choice.label)}</label>
                    <select id=id name=format!("{key}[{}]", choice.code) aria-invalid=wiring.invalid>
                        <option value="">{draw.texts.get("rank-none")}</option>
                        {options}
                    </select>
                </div>
            }
        })
        .collect();
    view! { <div class="ranks">{rows}</div> }.into_any()
}
