//! A condition, put together line by line; beside it who gets there, whom it keeps, what is found.
//!
//! One form, as in the editor: every button sends everything that is chosen and typed. The script
//! `app/script/condition.js` sends it without leaving the page.
//!
//! Reading order: [`screen`] → this file → [`group`] → [`line`] → [`words`] → [`beside`].

pub mod screen;

mod beside;
mod group;
mod line;
mod words;

use leptos::prelude::*;

use self::screen::{ConditionScreen, ConditionShown, WrongShown};
pub(in crate::studio) use self::{beside::marked, group::whole};
use super::edit::{Tools, tools};
use super::source::{clashes, places};
use crate::i18n::Texts;
use crate::paths;
use crate::respond::widgets::textarea_content;
use crate::studio::team::frame::study_page;
use crate::studio::team::wrong::{Fields, Wrong};
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/condition`
pub(crate) fn condition(frame: &Frame, screen: &ConditionScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let place = &screen.place;
    let done = screen.done.map(|code| {
        let words = texts.get(&format!("edit-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let script = frame.manifest.script("condition").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let comments = screen
        .has_comments
        .then(|| view! { <p class="hint">{texts.get("edit-comments")}</p> });
    let above = Tools {
        may_undo: screen.may_undo,
        may_redo: screen.may_redo,
        saved: screen.saved.as_ref(),
        others: &screen.others,
    };
    let action = paths::condition_at(study, &place.at, &place.field);
    let body = view! {
        {places(study, "", texts)}
        <div data-part="said">
            {done}
            {clashes(&screen.clashes, texts)}
        </div>
        {comments}
        <div class="conditioner">
            <form method="post" action=action class="part" id="part">
                // The first button of a form is the one that Enter presses.
                <button class="unseen" name="do" value="update" tabindex="-1" aria-hidden="true">
                    {texts.get("condition-update")}
                </button>
                {head(screen, texts)}
                <div data-part="state">
                    <input type="hidden" name="revision" value=screen.revision.to_string()/>
                    {tools(&above, texts)}
                </div>
                <div data-part="form">
                    {whole(&screen.condition, place.says, texts)}
                    {as_text(&screen.condition, screen.wrong.as_ref(), texts)}
                    {ends(screen, texts)}
                </div>
            </form>
            <div class="beside" data-part="beside">{beside::beside(screen, texts)}</div>
        </div>
        {script}
    };
    study_page(
        frame,
        &screen.head,
        "writing-title",
        texts.get("condition-title"),
        screen.wrong.clone(),
        body.into_any(),
    )
}

/// Where the condition stands.
fn head(screen: &ConditionScreen, texts: &Texts) -> AnyView {
    let place = &screen.place;
    let back = paths::edit_node(&screen.head.slug, &place.open);
    let kind = texts.get(&format!("condition-of-{}", place.kind));
    let mut name = place.name.clone();
    if let Some(of) = &place.of {
        name = texts.with("condition-part-of", [("name", name), ("of", of.clone())]);
    }
    if let Some(nth) = place.nth {
        name = texts.with(
            "condition-case-of",
            [("name", name), ("nth", nth.to_string())],
        );
    }
    view! {
        <input type="hidden" name="at" value=place.at.clone()/>
        <input type="hidden" name="field" value=place.field.clone()/>
        <p class="condition-of">
            <span class="kind">{kind}</span> " "
            <a href=back>{name}</a>
        </p>
    }
    .into_any()
}

/// The same condition as text.
pub(in crate::studio) fn as_text(
    it: &ConditionShown,
    wrong: Option<&Wrong>,
    texts: &Texts,
) -> AnyView {
    let fields = Fields { texts, wrong };
    let is_torn = it.text != it.was;
    let wrong: Vec<_> = it.wrong.iter().map(wrong_place).collect();
    let has_wrong = !wrong.is_empty();
    let wrong = has_wrong.then(|| view! { <ul class="wrongs" id="text-wrong">{wrong}</ul> });
    let mut described = fields
        .described("text", Some("text-hint"))
        .unwrap_or_default();
    if has_wrong {
        described.push_str(" text-wrong");
    }
    let invalid = fields.invalid("text").or(has_wrong.then_some("true"));
    let keep = is_torn.then(|| {
        view! { <button class="secondary" name="do" value="lines">{texts.get("condition-keep-lines")}</button> }
    });
    view! {
        <section class="as-text">
            <div class="field">
                <label for="text">{texts.get("condition-text")}</label>
                <p class="hint" id="text-hint">{texts.get("condition-text-hint")}</p>
                {fields.error("text")}
                <input type="hidden" name="was" value=it.was.clone()/>
                <textarea
                    id="text" name="text" class="code" rows="3" spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-describedby=described aria-invalid=invalid inner_html=textarea_content(&it.text)
                ></textarea>
                {wrong}
            </div>
            <div class="tools">
                <button class="secondary" name="do" value="read">{texts.get("condition-take-text")}</button>
                {keep}
            </div>
        </section>
    }
    .into_any()
}

/// What is wrong with the text, and where.
pub(in crate::studio) fn wrong_place(it: &WrongShown) -> AnyView {
    let here = match it.here.as_str() {
        "" => view! { <mark class="nothing">"␣"</mark> }.into_any(),
        here => view! { <mark>{here.to_owned()}</mark> }.into_any(),
    };
    view! {
        <li>
            <p class="error">{it.words.clone()}</p>
            <p><code>{it.before.clone()}{here}{it.after.clone()}</code></p>
        </li>
    }
    .into_any()
}

/// How it ends.
fn ends(screen: &ConditionScreen, texts: &Texts) -> AnyView {
    let anyway = screen
        .wrong
        .as_ref()
        .filter(|it| it.code == "condition_wrong")
        .map(|_| view! { <button class="secondary" name="do" value="keep">{texts.get("condition-save-anyway")}</button> });
    let back = paths::edit_node(&screen.head.slug, &screen.place.open);
    let news = screen
        .condition
        .is_new
        .then(|| view! { <p class="hint" id="unsaved">{texts.get("condition-unsaved")}</p> });
    view! {
        {news}
        <div class="actions">
            <button class="primary" name="do" value="save">{texts.get("team-save")}</button>
            <button class="secondary" name="do" value="back">{texts.get("condition-save-back")}</button>
            {anyway}
            <button class="secondary" name="do" value="update" data-plain="">{texts.get("condition-update")}</button>
            <a href=back>{texts.get("condition-leave")}</a>
        </div>
    }
    .into_any()
}
