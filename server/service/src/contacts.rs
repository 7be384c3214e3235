//! Contact details: which of them a submission stores, and what was agreed to.

use crate::respond::{ContactDetails, Draft};
use questionnaire::instrument::{Item, Kind};
use questionnaire::{Answer, Evaluation};
use serde_json::{Value, json};

/// How contact details lie in the store.
#[derive(serde::Deserialize)]
pub(crate) struct StoredContact {
    pub(crate) item: String,
    pub(crate) fields: ContactDetails,
}

/// A contact item on path, with what was typed into it.
pub(crate) struct GivenContact<'a> {
    pub(crate) item: &'a Item,
    pub(crate) details: ContactDetails,
    pub(crate) linked: bool,
}

pub(crate) fn given_contacts<'a>(
    evaluation: &'a Evaluation<'_>,
    draft: &Draft,
) -> Vec<GivenContact<'a>> {
    let items = &evaluation.engine().instrument.items;
    let given = (0u32..).zip(items).filter_map(|(at, item)| {
        let Kind::Contact { fields, linked } = &item.kind else {
            return None;
        };
        if !evaluation.is_on_path(at, None) {
            return None;
        }
        let typed = draft.contacts.get(&item.id)?;
        let details: ContactDetails = fields
            .iter()
            .filter_map(|field| {
                let text = typed.get(field)?.trim();
                (!text.is_empty()).then(|| (*field, text.to_owned()))
            })
            .collect();
        (!details.is_empty()).then_some(GivenContact {
            item,
            details,
            linked: *linked,
        })
    });
    given.collect()
}

/// What was agreed to, in the words that were shown: the proof of consent.
pub(crate) fn consent(evaluation: &Evaluation<'_>, contact: &Item, language: &str) -> Value {
    let engine = evaluation.engine();
    let words = |item: &Item| {
        json!({
            "item": item.id,
            "label": item.label.get(language),
            "help": item.help.as_ref().map(|help| help.get(language)),
        })
    };
    let agreed: Vec<Value> = engine
        .instrument
        .items
        .iter()
        .filter(|item| matches!(item.kind, Kind::Consent))
        .filter(|item| {
            let slot = engine.layout.slot(&item.id);
            slot.is_some_and(|slot| *evaluation.answer(slot) == Answer::Bool(true))
        })
        .map(words)
        .collect();
    json!({
        "language": language,
        "questionnaire": engine.instrument.hash,
        "asked": words(contact),
        "agreed": agreed,
    })
}
