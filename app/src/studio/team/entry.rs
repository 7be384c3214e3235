//! Entering responses: one is typed in, or a file of them is looked at, then taken in.

use chart::integer;
use leptos::prelude::*;

use super::entry_screen::{EntryLine, EntryOutcome, EntryReport, EntryScreen};
use super::frame::wave_page;
use super::one_entry::one_entry;
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::Frame;

/// What there is to say of a response of a file, in words: never what was answered. `code` is the service's.
///
/// ```
/// use app::{i18n::Texts, language::Language, studio::team::entry_remark};
/// let texts = Texts::of(Language::En);
/// assert_eq!(entry_remark(texts, "required"), "an answer is needed");
/// assert_eq!(entry_remark(texts, "check:postes"), "a check of the questionnaire fails");
/// ```
#[must_use]
pub fn entry_remark(texts: &Texts, code: &str) -> String {
    let kind = code.split_once(':').map_or(code, |(kind, _)| kind);
    texts.get(&format!("entry-remark-{kind}"))
}

/// Why a file of responses cannot be read at all, in words. `code` is the service's.
#[must_use]
pub fn entry_unreadable(texts: &Texts, code: &str) -> String {
    match code {
        "encoding" | "no_known_column" | "too_large" => texts.get(&format!("entry-fault-{code}")),
        // Workbooks have the same faults whatever is in them.
        _ => texts.get(&format!("sample-fault-{code}")),
    }
}

/// `/studio/s/{study}/waves/{wave}/entry`
pub(crate) fn entry(frame: &Frame, screen: &EntryScreen) -> String {
    let texts = Texts::of(frame.language);
    let action = paths::entry(&screen.head.study.slug, &screen.head.slug);
    let told = screen
        .outcome
        .as_ref()
        .map(|it| outcome(it, screen, &action, texts));
    let body = view! {
        {told}
        {one_entry(&screen.one, texts)}
        {upload(screen, &action, texts)}
    };
    let title = texts.get("entry-title");
    wave_page(frame, &screen.head, "entry-title", title, body.into_any())
}

/// What is said before everything else; it takes the focus when the page opens.
fn outcome(it: &EntryOutcome, screen: &EntryScreen, action: &str, texts: &Texts) -> AnyView {
    match it {
        EntryOutcome::Unreadable { code, place } => {
            let words = entry_unreadable(texts, code);
            let place = place
                .clone()
                .map(|it| view! { <bdi>{it}</bdi> " – " }.into_any());
            view! { <p class="unreadable">{place} {words}</p> }.into_any()
        }
        EntryOutcome::Imported(report) => view! {
            <section class="done" role="status" tabindex="-1" autofocus=true>
                <h2>{texts.counted("entry-imported", report.n_added)}</h2>
                {told(report, "entry-became", screen, texts)}
            </section>
        }
        .into_any(),
        EntryOutcome::Checked { report, file } => {
            let n = report.n_added;
            let confirm = match file {
                _ if n == 0 => None,
                Some(file) => Some(
                    view! {
                        <form method="post" action=action.to_owned() enctype="multipart/form-data">
                            <input type="hidden" name="again" value=file.clone()/>
                            <button class="primary" name="do" value="import">
                                {texts.counted("entry-import-n", n)}
                            </button>
                        </form>
                    }
                    .into_any(),
                ),
                None => {
                    Some(view! { <p class="hint">{texts.get("entry-choose-again")}</p> }.into_any())
                }
            };
            view! {
                <section class="checked" aria-labelledby="checked-h" tabindex="-1" autofocus=true>
                    <h2 id="checked-h">{texts.get("entry-checked")}</h2>
                    <p>{texts.counted("entry-would", n)}</p>
                    {told(report, "entry-would-become", screen, texts)}
                    {confirm}
                </section>
            }
            .into_any()
        }
    }
}

/// How many became what, which columns were not read, what is to say of single responses.
fn told(
    it: &EntryReport,
    caption: &str,
    screen: &EntryScreen,
    texts: &Texts,
) -> impl IntoView + use<> {
    let language = chart::Language::from_tag(texts.language().code());
    let all = [
        (true, "entry-n-added", it.n_added),
        (false, "entry-n-unchanged", it.n_unchanged),
        (false, "entry-n-conflict", it.n_conflict),
        (false, "entry-n-refused", it.n_refused),
        (false, "entry-n-broken", it.n_broken),
        (false, "entry-n-dropped", it.n_dropped),
    ];
    let counts: Vec<_> = all
        .into_iter()
        .filter(|(always, _, n)| *always || *n > 0)
        .map(|(_, key, n)| {
            view! {
                <tr>
                    <th scope="row">{texts.get(key)}</th>
                    <td class="number">{integer(n as u64, language)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="wide">
        <table class="list counts">
            <caption>{texts.get(caption)}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.get("entry-what")}</th>
                    <th scope="col" class="number">{texts.get("entry-how-many")}</th>
                </tr>
            </thead>
            <tbody>{counts}</tbody>
        </table>
        </div>
        {columns(it, texts)}
        {remarks(it, &screen.head.study.language, texts)}
    }
}

fn columns(it: &EntryReport, texts: &Texts) -> Option<AnyView> {
    if it.lost_columns.is_empty() {
        return None;
    }
    let n = it.lost_columns.len() + it.n_more_columns;
    let names: Vec<_> = it
        .lost_columns
        .iter()
        .map(|name| {
            let words = match name.is_empty() {
                true => texts.get("entry-no-name"),
                false => name.clone(),
            };
            view! { <li><bdi>{words}</bdi></li> }
        })
        .collect();
    let more = (it.n_more_columns > 0)
        .then(|| view! { <p>{texts.counted("entry-more", it.n_more_columns)}</p> });
    let view = view! {
        <h3>{texts.counted("entry-lost-columns", n)}</h3>
        <ul class="lost">{names}</ul>
        {more}
    };
    Some(view.into_any())
}

fn remarks(it: &EntryReport, language: &str, texts: &Texts) -> Option<AnyView> {
    if it.lines.is_empty() {
        return None;
    }
    // What there is to say of one response stands together.
    let responses = it.lines.chunk_by(|one, next| one.line == next.line);
    let responses: Vec<_> = responses
        .map(|about| response(about, language, texts))
        .collect();
    let more = (it.n_more > 0).then(|| view! { <p>{texts.counted("entry-more", it.n_more)}</p> });
    let view = view! {
        <h3>{texts.get("entry-remarks")}</h3>
        <div class="wide">
        <table class="list remarks">
            <caption>{texts.get("entry-remarks")}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.get("entry-response")}</th>
                    <th scope="col">{texts.get("entry-reason")}</th>
                </tr>
            </thead>
            <tbody>{responses}</tbody>
        </table>
        </div>
        {more}
    };
    Some(view.into_any())
}

fn response(about: &[EntryLine], language: &str, texts: &Texts) -> impl IntoView + use<> {
    let first = about.first();
    // Numbers of lines are names, not amounts: they are not grouped.
    let line = first.and_then(|it| it.line);
    let line = line.map(|n| texts.with("entry-line", [("line", n.to_string())]));
    let id = first.and_then(|it| it.id.clone());
    let id = id.map(|it| view! { " " <bdi class="id">{it}</bdi> });
    let reasons: Vec<_> = about
        .iter()
        .map(|it| {
            let question = it.question.as_ref().map(|it| {
                let words = typeset(it, language);
                view! { <span lang=language.to_owned()>{words}</span> " " }
            });
            let key = it
                .item
                .clone()
                .map(|it| view! { <code><bdi>{it}</bdi></code> {texts.get("entry-colon")} });
            view! { <li>{question} {key} {entry_remark(texts, &it.code)}</li> }
        })
        .collect();
    view! {
        <tr>
            <th scope="row">{line} {id}</th>
            <td><ul>{reasons}</ul></td>
        </tr>
    }
}

fn upload(screen: &EntryScreen, action: &str, texts: &Texts) -> impl IntoView + use<> {
    let fields = Fields {
        texts,
        wrong: screen.head.wrong.as_ref(),
    };
    let n = screen.columns.len();
    let header = screen.columns.join(",");
    view! {
        <section aria-labelledby="upload-h">
            <h2 id="upload-h">{texts.get("entry-file-title")}</h2>
            <form method="post" action=action.to_owned() enctype="multipart/form-data" class="settings">
                <div class="field">
                    <label for="file">{texts.get("entry-file")}</label>
                    <p class="hint" id="file-hint">{texts.get("entry-file-hint")}</p>
                    {fields.error("file")}
                    <input id="file" name="file" type="file" required=true
                        accept=".csv,.xlsx,.ndjson,.jsonl,text/csv,application/x-ndjson"
                        aria-describedby=fields.described("file", Some("file-hint"))
                        aria-invalid=fields.invalid("file")/>
                </div>
                <div class="actions">
                    <button class="primary" name="do" value="check">{texts.get("entry-check")}</button>
                    <button class="secondary" name="do" value="import">{texts.get("entry-import")}</button>
                </div>
            </form>
            <details class="aside columns">
                <summary>{texts.counted("entry-columns", n)}</summary>
                <p class="hint">{texts.get("entry-columns-hint")}</p>
                <pre tabindex="0" aria-label=texts.get("entry-header")>{header}</pre>
            </details>
        </section>
    }
}
