//! Contact details, which browsers can fill in.

use leptos::prelude::*;
use questionnaire::instrument::ContactField;
use questionnaire::view::QuestionView;

use crate::respond::draw::Draw;
use crate::respond::ids::{Name, choice_id, id};
use crate::respond::question::Wiring;

pub(super) fn contact(
    draw: &Draw,
    question: &QuestionView,
    fields: &[(ContactField, String)],
    wiring: &Wiring,
) -> AnyView {
    let key = question.key.as_str();
    let rows: Vec<_> = fields
        .iter()
        .enumerate()
        .map(|(at, (field, value))| {
            let id = if at == 0 {
                id(Name::Field, key)
            } else {
                choice_id(key, field.code())
            };
            let (text, ty, autocomplete) = match field {
                ContactField::Name => ("contact-name", "text", "name"),
                ContactField::Email => ("contact-email", "email", "email"),
                ContactField::Telephone => ("contact-telephone", "tel", "tel"),
            };
            view! {
                <div class="contact-field">
                    <label for=id.clone()>{draw.texts.get(text)}</label>
                    <input
                        type=ty
                        id=id
                        name=format!("{key}.{}", field.code())
                        value=value.clone()
                        autocomplete=autocomplete
                        aria-invalid=wiring.invalid
                    />
                </div>
            }
        })
        .collect();
    view! { <div class="contact">{rows}</div> }.into_any()
}
