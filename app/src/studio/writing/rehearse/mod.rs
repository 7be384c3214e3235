//! Rehearsing what is being written: one button makes people up who answer it, one removes them.

pub mod screen;

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use self::screen::{RehearseScreen, RehearsedShown};
use super::findings::findings;
use super::source::places;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::study_page;
use crate::studio::team::wrong::Fields;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/rehearsal`
pub(crate) fn rehearse(frame: &Frame, screen: &RehearseScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let done = screen.done.map(|code| {
        let words = texts.get(&format!("rehearse-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let there = match &screen.rehearsed {
        Some(it) => there(study, it, texts),
        // Why there can be none is said below.
        None if !screen.may_rehearse => ().into_any(),
        None => view! {
            <div class="empty">
                <h2>{texts.get("rehearse-none-title")}</h2>
                <p>{texts.get("rehearse-none")}</p>
            </div>
        }
        .into_any(),
    };
    let body = view! {
        {places(study, "rehearse-title", texts)}
        {done}
        {there}
        {begin(study, screen, texts)}
        {wrong(study, screen, texts)}
    };
    study_page(
        frame,
        &screen.head,
        "writing-title",
        texts.get("rehearse-title"),
        screen.wrong.clone(),
        body.into_any(),
    )
}

/// Of which save a rehearsal is, and when it was made.
pub(crate) fn of_save(it: &RehearsedShown, texts: &Texts) -> String {
    let when = [("day", texts.date(&it.day)), ("time", it.time.clone())];
    match it.save {
        0 => texts.with("rehearse-of-published", when),
        save => {
            let [day, time] = when;
            texts.with("rehearse-of-save", [("save", save.to_string()), day, time])
        }
    }
}

/// How many made-up responses there are.
fn count(n: u64, texts: &Texts) -> String {
    let language = chart::Language::from_tag(texts.language().code());
    let count = FluentValue::from(integer(n, language));
    texts.with(
        "rehearse-count",
        [("n", FluentValue::from(n)), ("count", count)],
    )
}

fn there(study: &str, it: &RehearsedShown, texts: &Texts) -> AnyView {
    let since = (!it.is_latest).then(|| view! { <p>{texts.get("rehearse-saved-since")}</p> });
    view! {
        <section class="standing rehearsal" aria-labelledby="there-h">
            <div>
                <h2 id="there-h">{texts.get("rehearse-there")}</h2>
                <p>{of_save(it, texts)}</p>
                <p>{count(it.n_responses, texts)}</p>
                {since}
            </div>
            <form method="post" action=paths::rehearse(study) class="actions">
                <a class="button" href=paths::rehearsed(study)>{texts.get("rehearse-see")}</a>
                <button class="secondary" name="do" value="remove">{texts.get("rehearse-remove")}</button>
            </form>
        </section>
    }
    .into_any()
}

fn begin(study: &str, screen: &RehearseScreen, texts: &Texts) -> AnyView {
    if !screen.may_rehearse {
        let href = paths::questionnaire(study);
        return view! {
            <section class="empty cannot" aria-labelledby="cannot-h">
                <h2 id="cannot-h">{texts.get("rehearse-cannot")}</h2>
                <p>{texts.get("writing-errors-first")} " " <a href=href>{texts.get("writing-to-text")}</a></p>
            </section>
        }
        .into_any();
    }
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let option = |value: &'static str, inside: Option<AnyView>| {
        let is_chosen = screen.who == value;
        view! {
            <label class="option">
                <input type="radio" name="who" value=value checked=is_chosen/>
                <span>
                    {texts.get(&format!("rehearse-who-{value}"))}
                    <span class="hint">{texts.get(&format!("rehearse-hint-{value}"))}</span>
                </span>
            </label>
            {inside}
        }
    };
    let language = chart::Language::from_tag(texts.language().code());
    let most = [("most", integer(u64::from(screen.most), language))];
    let n = view! {
        <div class="field short">
            <label for="n">{texts.get("rehearse-n")}</label>
            <p class="hint" id="n-hint">{texts.with("rehearse-n-hint", most)}</p>
            {fields.error("n")}
            <input id="n" name="n" inputmode="numeric" autocomplete="off" maxlength="5" value=screen.n.clone()
                aria-describedby=fields.described("n", Some("n-hint")) aria-invalid=fields.invalid("n")/>
        </div>
    };
    let key = match screen.rehearsed {
        Some(_) => "rehearse-again",
        None => "rehearse-now",
    };
    let replaces = screen
        .rehearsed
        .is_some()
        .then(|| view! { <p class="hint">{texts.get("rehearse-replaces")}</p> });
    view! {
        <form method="post" action=paths::rehearse(study) class="settings rehearse">
            <fieldset>
                <legend>{texts.get("rehearse-who")}</legend>
                {option("cover", None)}
                {option("drawn", Some(n.into_any()))}
            </fieldset>
            {replaces}
            <div class="actions"><button class="primary">{texts.get(key)}</button></div>
            <p class="hint">{texts.get("rehearse-promise")}</p>
        </form>
    }
    .into_any()
}

fn wrong(study: &str, screen: &RehearseScreen, texts: &Texts) -> Option<AnyView> {
    let found = findings(&screen.findings, study, texts)?;
    let view = view! {
        <section aria-labelledby="looked-h">
            <h2 id="looked-h">{texts.get("writing-looked")}</h2>
            {found}
        </section>
    };
    Some(view.into_any())
}
