//! Everything answered so far, before it is sent.

use leptos::prelude::*;
use questionnaire::SlotState;
use questionnaire::view::{FailureView, ReviewLine, ReviewPage};

use super::draw::Draw;
use super::form::{CONFIRM, GO, IDEMPOTENCY_KEY};
use super::ids::{Name, id};
use super::screen::ReviewScreen;
use super::summary::{Problem, summary};
use super::together::{disagreements, sign_off};
use super::wording::Asked;
use crate::paths;
use crate::ui::{Document, Frame, document};
use questionnaire::Severity;

/// The whole document of the review.
pub(crate) fn review(frame: &Frame, screen: &ReviewScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let texts = draw.texts;
    let mut title = texts.get("review-title");
    if screen.show_failures && !screen.review.can_submit {
        title = texts.with("title-error", [("title", title)]);
    }
    document(
        frame,
        Document {
            title,
            name: draw.text(&screen.study.title),
            name_href: None,
            style: "respond",
            bundle: None,
            main: form(&draw, screen),
        },
    )
}

fn form(draw: &Draw, screen: &ReviewScreen) -> AnyView {
    let texts = draw.texts;
    let wave = screen.study.wave.as_str();
    let failures = if screen.show_failures {
        screen.review.failures.as_slice()
    } else {
        &[]
    };
    let problems: Vec<_> = failures
        .iter()
        .map(|(page, failure)| {
            let href = anchor(wave, page, &failure.key);
            Problem::new(draw, failure, href, draw.words(failure, Asked::Other), true)
        })
        .collect();
    let confirm: Vec<_> = failures
        .iter()
        .filter(|(_, it)| it.severity == Severity::Soft)
        .map(|(_, it)| {
            let value = format!("{} {}", it.key, it.code);
            view! { <input type="hidden" name=CONFIRM value=value /> }
        })
        .collect();
    let back = screen.previous.as_ref().map(|it| {
        view! { <a class="back" href=paths::page(wave, it)>{texts.get("back")}</a> }
    });
    let together = screen.together.as_ref();
    let open = together.and_then(|it| {
        disagreements(
            draw,
            wave,
            &it.disagreements,
            Some(&paths::review(wave)),
            false,
        )
    });
    let authors = together.map_or(&[][..], |it| it.authors.as_slice());
    let sign_off = together.map(|it| sign_off(texts, it));
    let several = screen.may_hand_over.then(|| {
        view! { <p class="after"><a href=paths::together(wave)>{texts.get("review-together")}</a></p> }
    });
    let (lead, note) = if screen.is_correction {
        ("review-lead-correction", "review-submit-note-correction")
    } else {
        ("review-lead", "review-submit-note")
    };
    view! {
        {back}
        {summary(texts, problems)}
        <h1 class="page-title">{texts.get("review-title")}</h1>
        <p class="lead">{texts.get(lead)}</p>
        {open}
        {answers(draw, &screen.review.pages, Some(wave), failures, authors)}
        <form class="page" method="post" action=paths::review(wave)>
            <input type="hidden" name=IDEMPOTENCY_KEY value=screen.idempotency_key.clone() />
            {confirm}
            {sign_off}
            <p>{texts.get(note)}</p>
            <div class="actions">
                <button class="primary" name=GO value="next">{texts.get("review-submit")}</button>
            </div>
        </form>
        {several}
    }
    .into_any()
}

fn anchor(wave: &str, page: &str, key: &str) -> String {
    format!("{}#{}", paths::page(wave, page), id(Name::Field, key))
}

/// The answers page by page, with what is wrong; with a wave, each can be changed.
pub(super) fn answers(
    draw: &Draw,
    pages: &[ReviewPage],
    wave: Option<&str>,
    failures: &[(String, FailureView)],
    authors: &[(String, String)],
) -> AnyView {
    pages
        .iter()
        .filter(|it| !it.lines.is_empty())
        .map(|page| {
            let title = if page.title.is_empty() {
                draw.texts.get("review-page-other")
            } else {
                draw.text(&page.title)
            };
            let lines: Vec<_> = page
                .lines
                .iter()
                .map(|it| {
                    let change = wave.map(|wave| anchor(wave, &page.id, &it.key));
                    let author = authors.iter().find(|(key, _)| *key == it.key);
                    let author = author.map(|(_, name)| name.as_str());
                    line(draw, it, change, wrong(draw, failures, &it.key), author)
                })
                .collect();
            view! {
                <section class="review-page">
                    <h2 lang=draw.lang() dir=draw.dir()>{title}</h2>
                    <dl class="review">{lines}</dl>
                </section>
            }
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// What is wrong with one answer, or with the text beside one of its choices: the words of the summary.
fn wrong(draw: &Draw, failures: &[(String, FailureView)], key: &str) -> Vec<AnyView> {
    let inner = |it: &str| {
        it.strip_prefix(key)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    failures
        .iter()
        .filter(|(_, it)| inner(&it.key))
        .map(|(_, failure)| {
            let (class, prefix) = match failure.severity {
                Severity::Hard => ("error", "error-prefix"),
                Severity::Soft => ("warning", "warning-prefix"),
            };
            let words = draw.words(failure, Asked::Other);
            view! { <p class=class>{draw.texts.get(prefix)} " " {words}</p> }.into_any()
        })
        .collect()
}

fn line(
    draw: &Draw,
    line: &ReviewLine,
    change: Option<String>,
    wrong: Vec<AnyView>,
    author: Option<&str>,
) -> AnyView {
    let texts = draw.texts;
    let author = author.map(|who| {
        let text = texts.with("review-author", [("who", who)]);
        view! { <p class="hint">{text}</p> }
    });
    let stated = match line.state {
        SlotState::DontKnow => Some("review-dont-know"),
        SlotState::Refused => Some("review-refused"),
        _ if line.answer.iter().all(String::is_empty) => Some("review-none"),
        _ => None,
    };
    let answer = match stated {
        // The respondent's own choice in its own words, where there is one.
        Some(key) if line.answer.is_empty() => {
            view! { <p class="none">{texts.get(key)}</p> }.into_any()
        }
        _ => line
            .answer
            .iter()
            .map(|it| view! { <p lang=draw.lang() dir=draw.dir()>{draw.text(it)}</p> })
            .collect::<Vec<_>>()
            .into_any(),
    };
    let change = change.map(|href| {
        let key = if stated == Some("review-none") {
            "review-answer"
        } else {
            "review-change"
        };
        let label = draw.text(&line.label);
        view! {
            <dd class="review-change">
                <a href=href>{texts.get(key)}<span class="unseen">" " {label}</span></a>
            </dd>
        }
    });
    view! {
        <div>
            <dt lang=draw.lang() dir=draw.dir()>{draw.text(&line.label)}</dt>
            <dd class="review-answer">{answer} {author} {wrong}</dd>
            {change}
        </div>
    }
    .into_any()
}
