//! One questionnaire to be typed in, for somebody who answered another way.

use leptos::prelude::*;

use crate::i18n::Texts;

/// What the page of entries shows about questionnaires that are typed in one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneEntry {
    /// Where the form posts that opens an empty one.
    pub action: String,
    /// Where one that was begun is found again by its code.
    pub resume: String,
    /// The one that this browser holds, if it holds one.
    pub held: Option<HeldEntry>,
}

/// A questionnaire that was being typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEntry {
    /// Where it goes on; its receipt once it was submitted.
    pub href: String,
    /// Its code.
    pub code: Option<String>,
    /// Whether it was submitted.
    pub is_submitted: bool,
}

/// The section of the page.
pub(super) fn one_entry(it: &OneEntry, texts: &Texts) -> AnyView {
    let under_way = it.held.as_ref().filter(|it| !it.is_submitted).map(|held| {
        let code = held.code.clone().map(|code| {
            view! { <p class="hint">{texts.with("entry-one-code", [("code", code)])}</p> }
        });
        view! {
            <p>{texts.get("entry-one-under-way")} " "
                <a href=held.href.clone()>{texts.get("entry-one-go-on")}</a>
            </p>
            {code}
        }
    });
    let last = it.held.as_ref().filter(|it| it.is_submitted).map(|held| {
        view! {
            <p>
                <a href=held.href.clone()>{texts.get("entry-one-last")}</a>
            </p>
        }
    });
    let button = match under_way.is_some() {
        true => "entry-one-another",
        false => "entry-one-begin",
    };
    view! {
        <section aria-labelledby="one-h">
            <h2 id="one-h">{texts.get("entry-one")}</h2>
            <p>{texts.get("entry-one-hint")}</p>
            {under_way}
            {last}
            <form method="post" action=it.action.clone() class="actions">
                <button class="primary">{texts.get(button)}</button>
                <a class="secondary" href=it.resume.clone()>{texts.get("entry-one-resume")}</a>
            </form>
        </section>
    }
    .into_any()
}
