//! The receipt: what one keeps, and what one can do with what one gave.

use leptos::prelude::*;

use super::draw::Draw;
use super::review::answers;
use super::rights::code;
use super::screen::{ReceiptScreen, Standing};
use crate::paths;
use crate::ui::{Document, Frame, document, markdown};

/// The whole document of the receipt.
pub(crate) fn receipt(frame: &Frame, screen: &ReceiptScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let texts = draw.texts;
    let standing = match screen.standing {
        Standing::Counted => "receipt-counted",
        Standing::SetAside => "receipt-set-aside",
    };
    let note = screen.code.is_some().then(|| {
        view! {
            <div class="prose">
                <p>{texts.get("receipt-code-note")}</p>
                <p>{texts.get("code-secret")}</p>
            </div>
        }
    });
    let closing = screen.closing.as_ref().map(|it| {
        let html = markdown::to_html(it, draw.language());
        view! { <div class="prose" lang=draw.lang() dir=draw.dir() inner_html=html></div> }
    });
    let kept = (!screen.answers.is_empty()).then(|| {
        view! {
            <details class="kept">
                <summary>{texts.get("receipt-answers")}</summary>
                {answers(&draw, &screen.answers, None, &[], &[])}
            </details>
        }
    });
    let main = view! {
        <div class="receipt">
            <h1 class="page-title">{texts.get("receipt-title")}</h1>
            <p>{texts.get(standing)}</p>
            {code(texts, screen.code.as_deref(), screen.resume.as_deref(), &screen.study.wave)}
        </div>
        {note}
        {closing}
        {correction(&draw, screen)}
        {kept}
        {rights(&draw, screen)}
        <p class="after"><a href=paths::home()>{texts.get("receipt-home")}</a></p>
    };
    document(
        frame,
        Document {
            title: texts.get("receipt-title"),
            name: draw.text(&screen.study.title),
            name_href: None,
            style: "respond",
            bundle: None,
            main: main.into_any(),
        },
    )
}

/// A correction under way: to go on with it, or to give it up.
fn correction(draw: &Draw, screen: &ReceiptScreen) -> Option<AnyView> {
    if !screen.is_being_corrected {
        return None;
    }
    let (texts, wave) = (draw.texts, screen.study.wave.as_str());
    let go_on = screen.may_correct.then(|| {
        view! { <a class="primary" href=paths::review(wave)>{texts.get("correction-go-on")}</a> }
    });
    Some(
        view! {
            <section class="facts" aria-labelledby="correction-h">
                <h2 id="correction-h">{texts.get("correction-title")}</h2>
                <p>{texts.get("correction-note")}</p>
                <form method="post" action=paths::drop_correction(wave) class="actions">
                    {go_on}
                    <button class="quiet-button">{texts.get("correction-drop")}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// What one can do with one's response.
fn rights(draw: &Draw, screen: &ReceiptScreen) -> AnyView {
    let (texts, wave) = (draw.texts, screen.study.wave.as_str());
    let correct = (screen.may_correct && !screen.is_being_corrected).then(|| {
        view! {
            <form method="post" action=paths::correct(wave)>
                <p>{texts.get("rights-correct-note")}</p>
                <button class="secondary">{texts.get("rights-correct")}</button>
            </form>
        }
    });
    view! {
        <section class="rights" aria-labelledby="rights-h">
            <h2 id="rights-h">{texts.get("rights-title")}</h2>
            {correct}
            <p>{texts.get("rights-export-note")}</p>
            <ul>
                <li><a href=paths::export(wave, "html")>{texts.get("rights-export-html")}</a></li>
                <li><a href=paths::export(wave, "json")>{texts.get("rights-export-json")}</a></li>
            </ul>
            <p>
                {texts.get("rights-withdraw-note")} " "
                <a href=paths::withdraw(wave)>{texts.get("rights-withdraw")}</a>
            </p>
        </section>
    }
    .into_any()
}
