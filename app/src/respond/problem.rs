//! Pages that say kindly why there is nothing to show, and where to go.

use leptos::prelude::*;

use super::screen::{Message, Moment, Problem};
use crate::i18n::Texts;
use crate::typography::typeset;
use crate::ui::{Document, Frame, document};
use crate::{moment, paths};

/// The whole document of an error page. Its status is [`Problem::status`].
pub(crate) fn problem(frame: &Frame, problem: &Problem) -> String {
    let texts = Texts::of(frame.language);
    let (title, text) = said(texts, problem);
    let reference = match problem {
        Problem::Internal {
            reference: Some(reference),
        } => {
            let text = texts.with("problem-reference", [("reference", reference.as_str())]);
            Some(view! { <p class="hint">{text}</p> })
        }
        _ => None,
    };
    let (href, way) = way_on(texts, problem);
    let main = view! {
        <h1 class="page-title">{title.clone()}</h1>
        {text}
        {reference}
        <p class="after"><a href=href>{way}</a></p>
    };
    document(
        frame,
        Document {
            title,
            name: texts.get("site-name"),
            name_href: Some(paths::home()),
            style: "respond",
            bundle: None,
            main: main.into_any(),
        },
    )
}

/// What a problem's page says under which title, in the words of organisers where they have written some.
pub(crate) fn said(texts: &Texts, problem: &Problem) -> (String, AnyView) {
    let (title, stock) = words(texts, problem);
    let text = match problem {
        Problem::Closed {
            message: Some(it), ..
        } => message(it, texts),
        _ => view! { <p class="lead">{stock}</p> }.into_any(),
    };
    (title, text)
}

/// A text of organisers and nothing else, whatever stands in it.
fn message(it: &Message, texts: &Texts) -> AnyView {
    let lang = (it.language != texts.language().code()).then(|| it.language.clone());
    let paragraphs = it.text.split("\n\n").filter(|it| !it.trim().is_empty());
    let paragraphs: Vec<_> = paragraphs
        .map(|paragraph| {
            let lines = paragraph.lines().enumerate();
            let lines: Vec<_> = lines
                .map(|(nth, line)| {
                    let before = (nth > 0).then(|| view! { <br /> });
                    view! { {before} {typeset(line, &it.language)} }
                })
                .collect();
            view! { <p>{lines}</p> }
        })
        .collect();
    view! { <div class="closing-message" lang=lang>{paragraphs}</div> }.into_any()
}

/// The title and the stock words.
fn words(texts: &Texts, problem: &Problem) -> (String, String) {
    let at = |key: &str, at: &Option<Moment>| match at {
        Some(at) => texts.with(&format!("{key}-at"), [("moment", moment::words(texts, at))]),
        None => texts.get(key),
    };
    match problem {
        Problem::BadRequest => (
            texts.get("problem-bad-request-title"),
            texts.get("problem-bad-request"),
        ),
        Problem::Forbidden => (
            texts.get("problem-forbidden-title"),
            texts.get("problem-forbidden"),
        ),
        Problem::NotFound => (
            texts.get("problem-not-found-title"),
            texts.get("problem-not-found"),
        ),
        Problem::NotYetOpen { opens } => (
            texts.get("problem-not-open-title"),
            at("problem-not-open", opens),
        ),
        Problem::Closed { closed, .. } => (
            texts.get("problem-closed-title"),
            at("problem-closed", closed),
        ),
        Problem::Full => (texts.get("problem-full-title"), texts.get("problem-full")),
        Problem::NotInvited => (
            texts.get("problem-not-invited-title"),
            texts.get("problem-not-invited"),
        ),
        Problem::LinkUnknown => (texts.get("problem-link-title"), texts.get("problem-link")),
        Problem::Answered => (
            texts.get("problem-answered-title"),
            texts.get("problem-answered"),
        ),
        Problem::NoResponse { .. } => (
            texts.get("problem-no-response-title"),
            texts.get("problem-no-response"),
        ),
        Problem::AlreadySent { .. } => (
            texts.get("problem-already-sent-title"),
            texts.get("problem-already-sent"),
        ),
        Problem::Conflict { .. } => (
            texts.get("problem-conflict-title"),
            texts.get("problem-conflict"),
        ),
        Problem::PartGone => (
            texts.get("problem-part-gone-title"),
            texts.get("problem-part-gone"),
        ),
        Problem::PartSent => (
            texts.get("problem-part-sent-title"),
            texts.get("problem-part-sent"),
        ),
        Problem::LinkGone => (
            texts.get("problem-link-gone-title"),
            texts.get("problem-link-gone"),
        ),
        Problem::NotAllowed => (
            texts.get("problem-not-allowed-title"),
            texts.get("problem-not-allowed"),
        ),
        Problem::TooMany => (
            texts.get("problem-too-many-title"),
            texts.get("problem-too-many"),
        ),
        Problem::TooManyTries => (
            texts.get("problem-too-many-tries-title"),
            texts.get("problem-too-many-tries"),
        ),
        Problem::TooLarge => (
            texts.get("problem-too-large-title"),
            texts.get("problem-too-large"),
        ),
        Problem::Unavailable => (
            texts.get("problem-unavailable-title"),
            texts.get("problem-unavailable"),
        ),
        Problem::Internal { .. } => (
            texts.get("problem-internal-title"),
            texts.get("problem-internal"),
        ),
    }
}

fn way_on(texts: &Texts, problem: &Problem) -> (String, String) {
    match problem {
        Problem::NoResponse { wave } => (paths::start(wave), texts.get("problem-no-response-go")),
        Problem::AlreadySent { wave } => {
            (paths::receipt(wave), texts.get("problem-already-sent-go"))
        }
        Problem::Conflict { page } => (page.clone(), texts.get("problem-conflict-go")),
        _ => (paths::home(), texts.get("problem-home")),
    }
}
