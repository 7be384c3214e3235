//! The way in: what is open, and the first page of a study.

use leptos::prelude::*;

use super::draw::Draw;
use super::form::IDEMPOTENCY_KEY;
use super::screen::{HomeScreen, OpenWave, StartScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::{Document, Frame, document, markdown};

/// The whole document of the home page.
pub(crate) fn home(frame: &Frame, screen: &HomeScreen) -> String {
    let texts = Texts::of(frame.language);
    let waves = if screen.waves.is_empty() {
        view! { <p>{texts.get("home-none")}</p> }.into_any()
    } else {
        let waves: Vec<_> = screen.waves.iter().map(|it| wave(texts, it)).collect();
        view! { <ul class="waves">{waves}</ul> }.into_any()
    };
    let main = view! {
        <h1 class="page-title">{texts.get("home-title")}</h1>
        <p class="lead">{texts.get("home-lead")}</p>
        <h2>{texts.get("home-open")}</h2>
        {waves}
        <p class="after"><a href=paths::studio()>{texts.get("home-team")}</a></p>
    };
    document(
        frame,
        Document {
            title: texts.get("home-title"),
            name: texts.get("site-name"),
            name_href: None,
            style: "respond",
            bundle: None,
            main: main.into_any(),
        },
    )
}

fn wave(texts: &Texts, wave: &OpenWave) -> AnyView {
    let closes = wave.closes_on.as_ref().map(|it| {
        view! { <p class="hint">{texts.with("home-closes", [("date", texts.date(it))])}</p> }
    });
    let lang = (wave.language != texts.language().code()).then(|| wave.language.clone());
    view! {
        <li>
            <a href=paths::start(&wave.wave) lang=lang>{typeset(&wave.title, &wave.language)}</a>
            {closes}
        </li>
    }
    .into_any()
}

/// The whole document of a study's start page.
pub(crate) fn start(frame: &Frame, screen: &StartScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let texts = draw.texts;
    let wave = screen.study.wave.as_str();
    let introduction = screen.introduction.as_ref().map(|it| {
        let html = markdown::to_html(it, draw.language());
        view! { <div class="prose" lang=draw.lang() dir=draw.dir() inner_html=html></div> }
    });
    let facts: Vec<String> = [
        screen
            .minutes
            .map(|it| texts.with("start-duration", [("minutes", it)])),
        screen
            .closes_on
            .as_ref()
            .map(|it| texts.with("start-closes", [("date", texts.date(it))])),
        Some(texts.get("start-note")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let resume = screen.resume.as_ref().map(|page| {
        view! {
            <p>{texts.get("start-resume-note")}</p>
            <p><a class="primary" href=paths::page(wave, page)>{texts.get("start-resume")}</a></p>
        }
    });
    let sent = screen.is_sent.then(|| {
        view! {
            <p>{texts.get("start-sent-note")}</p>
            <p><a href=paths::receipt(wave)>{texts.get("start-sent")}</a></p>
        }
    });
    let (class, begin) = if screen.resume.is_some() || screen.is_sent {
        ("quiet-button", "start-again")
    } else {
        ("primary", "start-begin")
    };
    let main = view! {
        <h1 class="page-title" lang=draw.lang() dir=draw.dir()>{draw.text(&screen.study.title)}</h1>
        {introduction}
        {list(facts)}
        {resume}
        {sent}
        <form class="page" method="post" action=paths::start(wave)>
            <input type="hidden" name=IDEMPOTENCY_KEY value=screen.idempotency_key.clone() />
            <div class="actions"><button class=class>{texts.get(begin)}</button></div>
        </form>
    };
    let title = draw.text(&screen.study.title);
    document(
        frame,
        Document {
            title: title.clone(),
            name: title,
            name_href: None,
            style: "respond",
            bundle: None,
            main: main.into_any(),
        },
    )
}

/// What is good to know before one begins: a list, or the one thing there is to say.
fn list(facts: Vec<String>) -> AnyView {
    if let [fact] = facts.as_slice() {
        return view! { <p class="facts">{fact.clone()}</p> }.into_any();
    }
    let facts: Vec<_> = facts
        .into_iter()
        .map(|it| view! { <li>{it}</li> })
        .collect();
    view! { <ul class="facts">{facts}</ul> }.into_any()
}
