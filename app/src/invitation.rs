//! Pages of invited people: receiving no more messages.

use leptos::prelude::*;

use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::{Document, Frame, document};

/// `/i/{token}/opt-out`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptOutScreen {
    /// The secret of the invitation, for the form.
    pub token: String,
    /// The questionnaire's title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// Whether it is done.
    pub is_done: bool,
}

/// The whole document of the page on which somebody asks for no more messages.
pub(crate) fn opt_out(frame: &Frame, screen: &OptOutScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = typeset(&screen.title, &screen.language);
    let (title, main) = if screen.is_done {
        let title = texts.get("optout-done-title");
        let main = view! {
            <h1 class="page-title">{title.clone()}</h1>
            <p class="lead">{texts.get("optout-done")}</p>
            <p>{texts.get("optout-note")}</p>
        };
        (title, main.into_any())
    } else {
        let title = texts.get("optout-title");
        let main = view! {
            <h1 class="page-title">{title.clone()}</h1>
            <p class="lead">{texts.with("optout-lead", [("title", study)])}</p>
            <p>{texts.get("optout-note")}</p>
            <form class="page" method="post" action=paths::opt_out(&screen.token)>
                <div class="actions">
                    <button class="primary">{texts.get("optout-confirm")}</button>
                </div>
            </form>
        };
        (title, main.into_any())
    };
    document(
        frame,
        Document {
            title,
            name: texts.get("site-name"),
            name_href: Some(paths::home()),
            style: "respond",
            bundle: None,
            main,
        },
    )
}
