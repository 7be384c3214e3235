//! A question page: one form, posted to its own address.

use leptos::prelude::*;
use questionnaire::view::{Element, FailureView, PageView};
use questionnaire::{Meta, Severity, Sheet};

use super::draw::Draw;
use super::form::{CONFIRM, GO, IDEMPOTENCY_KEY, SHOWN};
use super::ids::{Name, id};
use super::island::{Begin, LivePage};
use super::question::{Level, heading, question};
use super::roster::roster;
use super::screen::PageScreen;
use super::summary::{Problem, summary};
use super::together::{DRAWN, disagreements};
use super::widgets::inner_slots;
use super::wording::Asked;
use crate::paths;
use crate::ui::markdown;
use crate::ui::{Document, Frame, document};

/// The whole document of a question page.
pub(crate) fn page(frame: &Frame, screen: &PageScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let heading = Heading::of(&screen.page, &screen.study.title);
    let texts = draw.texts;
    let mut title = texts.with(
        "title-step",
        [
            ("title", draw.text(heading.text).into()),
            ("step", fluent_bundle::FluentValue::from(screen.page.step)),
            ("steps", screen.page.steps.into()),
        ],
    );
    if screen
        .page
        .failures
        .iter()
        .any(|it| it.severity == Severity::Hard)
    {
        title = texts.with("title-error", [("title", title)]);
    }
    document(
        frame,
        Document {
            title,
            name: draw.text(&screen.study.title),
            name_href: None,
            style: "respond",
            bundle: screen.live.as_ref().map(|_| "respond"),
            main: form(&draw, screen, &heading),
        },
    )
}

/// The page's first heading.
struct Heading<'a> {
    text: &'a str,
    /// The only question of an untitled page is itself the heading.
    is_question: bool,
    /// The block above it, where it says more than the heading.
    caption: Option<&'a str>,
}

impl<'a> Heading<'a> {
    fn of(page: &'a PageView, study: &'a str) -> Self {
        let block = page.block.as_deref();
        if let Some(title) = page.title.as_deref() {
            return Self {
                text: title,
                is_question: false,
                caption: block.filter(|it| *it != title),
            };
        }
        match page.elements.as_slice() {
            [Element::Question(it)] if it.on_path => Self {
                text: &it.label,
                is_question: true,
                caption: block,
            },
            [Element::Roster(it)] if it.on_path => Self {
                text: &it.label,
                is_question: true,
                caption: block,
            },
            _ => Self {
                text: block.unwrap_or(study),
                is_question: false,
                caption: None,
            },
        }
    }
}

fn form(draw: &Draw, screen: &PageScreen, title: &Heading<'_>) -> AnyView {
    let PageScreen {
        study,
        page,
        idempotency_key,
        saved_at,
        live,
        together,
    } = screen;
    let is_part = together.as_ref().is_some_and(|it| it.is_part);
    let action = match is_part {
        true => paths::part_page(&study.wave, &page.id),
        false => paths::page(&study.wave, &page.id),
    };
    let drawn = together
        .as_ref()
        .map(|it| view! { <input type="hidden" name=DRAWN value=it.drawn.clone() /> });
    let open = together
        .as_ref()
        .and_then(|it| disagreements(draw, &study.wave, &it.disagreements, None, is_part));
    let begin = live.as_ref().map(|it| {
        let begin = Begin {
            instrument: it.instrument.clone(),
            sheet: Sheet {
                meta: Meta {
                    reached: it.sheet.meta.reached.clone(),
                    today: it.sheet.meta.today,
                    attempted: it.sheet.meta.attempted.clone(),
                    ..Meta::default()
                },
                answers: it.sheet.answers.clone(),
            },
            page: page.id.clone(),
            language: study.language.clone(),
            phrases: draw.texts.phrases().clone(),
        };
        begin.to_text()
    });
    let live = live.as_ref().map(|_| {
        view! {
            <p class="unseen" role="status" id="announcement"></p>
            <LivePage />
        }
    });
    let texts = draw.texts;
    let level = if title.is_question {
        Level::H1
    } else {
        Level::H2
    };
    let elements: Vec<_> = page
        .elements
        .iter()
        .map(|it| element(draw, it, &page.failures, level))
        .collect();
    let shown = (!title.is_question).then(|| {
        let text = view! { <span lang=draw.lang() dir=draw.dir()>{draw.text(title.text)}</span> };
        heading(Level::H1, "page-title", text.into_any())
    });
    let caption = title.caption.map(|it| {
        view! { <p class="caption" lang=draw.lang() dir=draw.dir()>{draw.text(it)}</p> }
    });
    let confirm: Vec<_> = page
        .failures
        .iter()
        .filter(|it| it.severity == Severity::Soft)
        .map(|it| {
            let value = format!("{} {}", it.key, it.code);
            view! { <input type="hidden" name=CONFIRM value=value /> }
        })
        .collect();
    let back = (page.has_previous || is_part).then(|| {
        view! { <button class="back" name=GO value="back">{texts.get("back")}</button> }
    });
    // Going on elsewhere is by the code of the response, which is its holder's.
    let later = (!is_part).then(|| {
        let later = paths::save_and_keep(&study.wave, &page.id);
        view! {
            <button class="quiet-button" name=GO value="save" formaction=later>
                {texts.get("save-for-later")}
            </button>
        }
    });
    let saved = saved_at
        .as_ref()
        .map(|it| texts.with("saved-at", [("time", it.as_str())]));
    view! {
        <form
            class="page"
            method="post"
            action=action
            novalidate=true
            autocomplete="off"
            data-page=page.id.clone()
            data-begin=begin
        >
            // The Enter key presses a form's first button, which must not be « Retour ».
            <button class="unseen" name=GO value="next" tabindex="-1" aria-hidden="true">
                {texts.get("next")}
            </button>
            <input type="hidden" name=IDEMPOTENCY_KEY value=idempotency_key.clone() />
            <input type="hidden" name=SHOWN value=page.shown.join(" ") />
            {drawn}
            {confirm}
            {back}
            {summary(texts, problems(draw, page))}
            {open}
            {progress(draw, page)}
            {caption}
            {shown}
            {elements}
            <div class="actions">
                <button class="primary" name=GO value="next">{texts.get("next")}</button>
                <button class="quiet-button" name=GO value="save">{texts.get("save")}</button>
                {later}
                <p class="saved" role="status" id=paths::SAVED>
                    {match saved {
                        Some(text) => view! { <span>{text}</span> }.into_any(),
                        // Shown where the address leads here: right after « Enregistrer ».
                        None => view! { <span class="on-arrival">{texts.get("saved-now")}</span> }.into_any(),
                    }}
                </p>
            </div>
            {live}
        </form>
    }
    .into_any()
}

/// « Étape 3 sur 7 », and the same as a bar.
fn progress(draw: &Draw, page: &PageView) -> AnyView {
    let text = draw
        .texts
        .with("progress", [("step", page.step), ("steps", page.steps)]);
    view! {
        <div class="progress">
            <p>{text}</p>
            <progress value=page.step.to_string() max=page.steps.max(1).to_string() aria-hidden="true"></progress>
        </div>
    }
    .into_any()
}

/// One thing on a page.
pub(super) fn element(
    draw: &Draw,
    element: &Element,
    failures: &[FailureView],
    level: Level,
) -> AnyView {
    match element {
        Element::Statement { id, on_path, text } => {
            let html = markdown::to_html(text, draw.language());
            view! {
                <div
                    class="statement prose"
                    data-slot=id.clone()
                    hidden=!on_path
                    lang=draw.lang()
                    dir=draw.dir()
                    inner_html=html
                ></div>
            }
            .into_any()
        }
        Element::Question(it) => question(draw, it, level),
        Element::Roster(it) => roster(draw, it, failures, level),
    }
}

/// The lines of the error summary: one for each failure, each leading to a field that is there.
fn problems(draw: &Draw, page: &PageView) -> Vec<Problem> {
    let mut slots = Vec::new();
    collect_slots(&page.elements, &mut slots);
    // With one question on the page its name would say nothing new.
    let named = slots.len() > 1;
    page.failures
        .iter()
        .map(|failure| {
            let href = if slots.contains(&failure.key) {
                format!("#{}", id(Name::Field, &failure.key))
            } else {
                "#main".to_owned()
            };
            let words = draw.words(failure, Asked::of_slot(page, &failure.key));
            Problem::new(draw, failure, href, words, named)
        })
        .collect()
}

/// The slots that have a field of their own on the page.
fn collect_slots(elements: &[Element], slots: &mut Vec<String>) {
    for element in elements {
        match element {
            Element::Statement { .. } => {}
            Element::Question(it) => {
                slots.push(it.key.clone());
                slots.extend(inner_slots(&it.widget, &it.key));
            }
            Element::Roster(it) => {
                slots.push(it.id.clone());
                for unit in &it.units {
                    collect_slots(&unit.elements, slots);
                }
            }
        }
    }
}
