//! The editor: the outline, one node as a form, and beside it what respondents see and what is found.
//!
//! One form: every button sends what was typed along, so that nothing typed is lost. The script
//! `app/script/edit.js` sends it without leaving the page.
//!
//! Reading order: [`screen`] → this file → [`outline`] → [`node`] → [`field`] → [`preview`].

pub mod screen;

mod adding;
mod field;
mod node;
mod outline;
mod preview;

use leptos::prelude::*;

use self::screen::{EditScreen, Editing, Other, Preview};
use super::findings::looked;
use super::screen::{LookedShown, Saved};
use super::source::{clashes, places, said};
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::study_page;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/edit`
pub(crate) fn edit(frame: &Frame, screen: &EditScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let done = screen.done.map(|code| {
        let words = texts.get(&format!("edit-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let body = match &screen.editing {
        None => no_questionnaire(study, screen, texts),
        Some(it) => editor(study, screen, it, texts),
    };
    let script = frame.manifest.script("edit").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let body = view! {
        {places(study, "edit-title", texts)}
        <div data-part="said">
            {done}
            {clashes(&screen.clashes, texts)}
        </div>
        {body}
        {script}
    };
    study_page(
        frame,
        &screen.head,
        "writing-title",
        texts.get("edit-title"),
        screen.wrong.clone(),
        body.into_any(),
    )
}

/// A text that is no questionnaire can be mended as text only.
fn no_questionnaire(study: &str, screen: &EditScreen, texts: &Texts) -> AnyView {
    view! {
        <p>{texts.get("edit-no-questionnaire")}</p>
        <p><a class="button secondary" href=paths::questionnaire(study)>{texts.get("writing-to-text")}</a></p>
        {looked(&screen.looked, study, texts)}
    }
    .into_any()
}

fn editor(study: &str, screen: &EditScreen, it: &Editing, texts: &Texts) -> AnyView {
    let here = it.form.node.key();
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value/> })
    };
    let shown = it.preview.as_ref();
    let person = shown.and_then(|it| it.person).map(|it| it.to_string());
    let is_phone = shown.is_some_and(|it| it.is_phone);
    let language = shown.map(|it| it.language.clone());
    let comments = screen
        .has_comments
        .then(|| view! { <p class="hint">{texts.get("edit-comments")}</p> });
    view! {
        {comments}
        <div class="editor">
            {outline::outline(study, it, texts)}
            <form method="post" action=paths::edit(study) class="part" id="part" data-study=study.to_owned()>
                // The first button of a form is the one that Enter presses.
                <button class="unseen" name="do" value="save" tabindex="-1" aria-hidden="true">
                    {texts.get("team-save")}
                </button>
                <div data-part="state">
                    <input type="hidden" name="revision" value=screen.revision.to_string()/>
                    {tools(&Tools::of(screen), texts)}
                </div>
                <div data-part="form">
                    <input type="hidden" name="node" value=here.clone()/>
                    {hidden("as", person)}
                    {hidden("in", language)}
                    {hidden("width", is_phone.then(|| "phone".to_owned()))}
                    {node::node(screen, it, texts)}
                </div>
            </form>
            <div class="beside">
                {previewed(study, &here, shown, texts)}
                <p class="unseen" role="status" id="looked-said"></p>
                {found(study, &screen.looked, texts)}
            </div>
        </div>
    }
    .into_any()
}

/// What respondents would see of the open node.
fn previewed(study: &str, node: &str, shown: Option<&Preview>, texts: &Texts) -> AnyView {
    view! {
        <section data-part="preview" aria-labelledby="preview-h">
            <h2 id="preview-h">{texts.get("edit-preview")}</h2>
            {preview::preview(study, node, shown, texts)}
        </section>
    }
    .into_any()
}

/// What is found about the whole.
fn found(study: &str, it: &LookedShown, texts: &Texts) -> AnyView {
    view! {
        <section data-part="findings" aria-labelledby="looked-h">
            <h2 id="looked-h">{texts.get("writing-looked")}</h2>
            {looked(it, study, texts).into_any()}
        </section>
    }
    .into_any()
}

/// The part of the page that says what is found.
pub(crate) fn findings(frame: &Frame, study: &str, it: &LookedShown) -> String {
    found(study, it, Texts::of(frame.language)).to_html()
}

/// The parts of the page that show what is typed: the preview, and what is found as far as it is known.
pub(crate) fn glance(
    frame: &Frame,
    study: &str,
    node: &str,
    preview: Option<&Preview>,
    looked: Option<&LookedShown>,
) -> String {
    let texts = Texts::of(frame.language);
    let view = view! {
        {previewed(study, node, preview, texts)}
        {looked.map(|it| found(study, it, texts))}
    };
    view.to_html()
}

/// What there is to say above a form that edits.
pub(super) struct Tools<'s> {
    /// Whether there is something of one's own to take back.
    pub(super) may_undo: bool,
    /// Whether there is something to make again.
    pub(super) may_redo: bool,
    /// What is saved.
    pub(super) saved: Option<&'s Saved>,
    /// Who else is here.
    pub(super) others: &'s [Other],
}

impl<'s> Tools<'s> {
    fn of(screen: &'s EditScreen) -> Self {
        Self {
            may_undo: screen.may_undo,
            may_redo: screen.may_redo,
            saved: screen.saved.as_ref(),
            others: &screen.others,
        }
    }
}

/// Taking back, making again, what is saved, who else is here.
pub(super) fn tools(screen: &Tools<'_>, texts: &Texts) -> AnyView {
    let button = |what: &'static str, key: &'static str, keys: &'static str, may: bool| {
        view! {
            <button class="secondary" name="do" value=what disabled=!may aria-keyshortcuts=keys>
                {texts.get(key)}
            </button>
        }
    };
    let saved = match screen.saved {
        Some(it) => said(it, texts),
        None => texts.get("writing-as-published"),
    };
    view! {
        <div class="tools">
            {button("undo", "edit-undo", "Control+Z", screen.may_undo)}
            {button("redo", "edit-redo", "Control+Y", screen.may_redo)}
            <p class="hint" role="status" id="saved">{saved}</p>
        </div>
        {others(screen.others, texts)}
    }
    .into_any()
}

/// Who else is here, and where.
pub(crate) fn others(all: &[Other], texts: &Texts) -> impl IntoView + use<> {
    let lines: Vec<_> = all
        .iter()
        .map(|it| {
            let name = ("name", it.name.clone());
            let words = match &it.place {
                Some(place) => texts.with("edit-other-at", [name, ("place", place.clone())]),
                None => texts.with("edit-other", [name]),
            };
            view! { <li>{words}</li> }
        })
        .collect();
    let list = (!lines.is_empty()).then(|| view! { <ul class="others">{lines}</ul> });
    view! { <div id="others" role="status">{list}</div> }
}

/// The part of a page that says who else is here, and which save is the latest.
pub(crate) fn news(frame: &Frame, revision: i64, all: &[Other]) -> String {
    let texts = Texts::of(frame.language);
    let view = view! {
        <div data-revision=revision.to_string()>{others(all, texts)}</div>
    };
    view.to_html()
}
