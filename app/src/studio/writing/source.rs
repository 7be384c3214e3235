//! The text of a questionnaire, and beside it what is found about it.

use leptos::prelude::*;

use super::findings::looked;
use super::screen::{ClashLine, LookedShown, Saved, SourceScreen};
use super::table::table;
use crate::i18n::Texts;
use crate::paths;
use crate::respond::widgets::textarea_content;
use crate::studio::team::frame::study_page;
use crate::studio::team::wrong::Fields;
use crate::ui::Frame;

/// The ways between the pages of a questionnaire.
pub(super) fn places(study: &str, here: &str, texts: &Texts) -> impl IntoView + use<> {
    let all = [
        ("edit-title", paths::edit(study)),
        ("writing-text", paths::questionnaire(study)),
        ("map-title", paths::map(study)),
        ("rehearse-title", paths::rehearse(study)),
        ("plan-title", paths::plan(study)),
        ("print-title", paths::print(study)),
        ("writing-publish", paths::publish(study)),
    ];
    let all: Vec<_> = all
        .into_iter()
        .map(|(key, href)| {
            let current = (key == here).then_some("page");
            view! { <li><a href=href aria-current=current>{texts.get(key)}</a></li> }
        })
        .collect();
    view! {
        <div class="ways">
            <nav class="places kinds" aria-label=texts.get("writing-places")><ul>{all}</ul></nav>
            {rehearse(study, here, texts)}
        </div>
    }
}

/// The button that rehearses what is saved; where something is typed, what is typed is saved first.
fn rehearse(study: &str, here: &str, texts: &Texts) -> Option<AnyView> {
    let words = texts.get("rehearse-now");
    let typed = match here {
        // That page has its own, with what may be chosen.
        "rehearse-title" => return None,
        "edit-title" => Some("part"),
        "writing-text" => Some("text"),
        _ => None,
    };
    let button = match typed {
        Some(form) => view! {
            <button class="secondary" form=form name="do" value="rehearse">{words}</button>
        }
        .into_any(),
        None => view! {
            <form method="post" action=paths::rehearse(study)>
                <button class="secondary">{words}</button>
            </form>
        }
        .into_any(),
    };
    Some(button)
}

/// `/studio/s/{study}/questionnaire`
pub(crate) fn source(frame: &Frame, screen: &SourceScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let done = screen.done.map(|code| {
        let words = texts.get(&format!("writing-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let theirs = screen.theirs.as_ref().map(|it| {
        view! {
            <details>
                <summary>{texts.get("writing-theirs")}</summary>
                <pre class="source">{it.clone()}</pre>
            </details>
        }
    });
    let saved = match (screen.reading, &screen.saved, screen.is_draft) {
        (Some(number), ..) => texts.with("writing-reading", [("number", number.to_string())]),
        (None, _, true) => texts.get("writing-not-saved"),
        (None, Some(it), false) => said(it, texts),
        (None, None, false) => texts.get("writing-as-published"),
    };
    let script = frame.manifest.script("source").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let body = view! {
        {places(study, "writing-text", texts)}
        {done}
        {clashes(&screen.clashes, texts)}
        {theirs}
        <div class="writing">
            <form
                method="post" action=paths::questionnaire(study) id="text" data-findings=paths::findings(study)
                data-words=code_words(texts)
            >
                <input type="hidden" name="revision" value=screen.revision.to_string()/>
                <div class="field">
                    <label for="source">{texts.get("writing-source")}</label>
                    <p class="hint" id="source-hint">{saved}</p>
                    <p class="hint" id="source-keys" hidden>{texts.get("code-keys")}</p>
                    {fields.error("source")}
                    <textarea id="source" name="source" class="source" rows="32" wrap="off" spellcheck="false"
                        autocapitalize="off" autocomplete="off"
                        aria-describedby=fields.described("source", Some("source-hint"))
                        aria-invalid=fields.invalid("source")
                        inner_html=textarea_content(&screen.source)></textarea>
                </div>
                <div class="actions">
                    <button class="primary" name="do" value="save">{texts.get("team-save")}</button>
                    <button class="secondary" name="do" value="check">{texts.get("writing-check")}</button>
                </div>
            </form>
            <div>
                <p class="unseen" role="status" id="looked-said"></p>
                <section aria-labelledby="looked-h">
                    <h2 id="looked-h">{texts.get("writing-looked")}</h2>
                    <div id="found">{looked(&screen.looked, study, texts).into_any()}</div>
                </section>
            </div>
        </div>
        {script}
    };
    let title = texts.get("writing-title");
    let wrong = screen.wrong.clone();
    study_page(
        frame,
        &screen.head,
        "writing-title",
        title,
        wrong,
        body.into_any(),
    )
}

/// What is found about a text, as a part of a page.
pub(crate) fn found(frame: &Frame, study: &str, shown: &LookedShown) -> String {
    looked(shown, study, Texts::of(frame.language)).to_html()
}

/// What the editor of the text says by itself, by what it says in English.
fn code_words(texts: &Texts) -> String {
    const WORDS: [(&str, &str); 19] = [
        ("Completions", "code-completions"),
        ("Diagnostics", "code-diagnostics"),
        ("No diagnostics", "code-no-diagnostics"),
        ("Selection deleted", "code-selection-deleted"),
        ("Control character", "code-control"),
        ("Find", "code-find"),
        ("Replace", "code-replacement"),
        ("next", "code-next"),
        ("previous", "code-previous"),
        ("all", "code-all"),
        ("match case", "code-case"),
        ("by word", "code-word"),
        ("regexp", "code-regexp"),
        ("replace", "code-replace"),
        ("replace all", "code-replace-all"),
        ("close", "code-close"),
        ("current match", "code-match"),
        ("on line", "code-on-line"),
        ("replaced $ matches", "code-replaced"),
    ];
    let words: serde_json::Map<_, _> = WORDS
        .into_iter()
        .map(|(english, key)| (english.to_owned(), texts.get(key).into()))
        .collect();
    serde_json::Value::Object(words).to_string()
}

/// What both changed, side by side.
pub(super) fn clashes(all: &[ClashLine], texts: &Texts) -> Option<AnyView> {
    let cell = |key: &str, it: &Option<String>| {
        let text = it.clone().unwrap_or_else(|| "–".to_owned());
        view! { <td data-label=texts.get(key)>{text}</td> }
    };
    let line = |it: &ClashLine| {
        let what = texts.get(&format!("writing-did-{}", it.what));
        let mine = Some(it.mine.clone().unwrap_or(what));
        view! {
            <tr>
                <th scope="row"><code>{it.place.clone()}</code></th>
                {cell("writing-mine", &mine)}
                {cell("writing-others", &it.theirs)}
                {cell("writing-before", &it.base)}
            </tr>
        }
        .into_any()
    };
    let heads = [
        "writing-where",
        "writing-mine",
        "writing-others",
        "writing-before",
    ];
    table(
        texts.get("writing-clashes"),
        heads.map(|it| texts.get(it)).to_vec(),
        all.iter().map(line).collect(),
    )
}

pub(super) fn said(it: &Saved, texts: &Texts) -> String {
    let when = [("day", texts.date(&it.day)), ("time", it.time.clone())];
    match &it.by {
        None => texts.with("writing-saved", when),
        Some(by) => {
            let [day, time] = when;
            texts.with("writing-saved-by", [day, time, ("name", by.clone())])
        }
    }
}
