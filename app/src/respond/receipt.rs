//! The receipt: what one keeps.

use leptos::prelude::*;

use super::draw::Draw;
use super::review::answers;
use super::screen::ReceiptScreen;
use crate::paths;
use crate::ui::{Document, Frame, document, markdown};

/// The whole document of the receipt.
pub(crate) fn receipt(frame: &Frame, screen: &ReceiptScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let texts = draw.texts;
    let received = screen.received_on.as_ref().map(|it| {
        view! { <p>{texts.with("receipt-on", [("date", texts.date(it))])}</p> }
    });
    let closing = screen.closing.as_ref().map(|it| {
        let html = markdown::to_html(it, draw.language());
        view! { <div class="prose" lang=draw.lang() dir=draw.dir() inner_html=html></div> }
    });
    let kept = (!screen.answers.is_empty()).then(|| {
        view! {
            <details class="kept">
                <summary>{texts.get("receipt-answers")}</summary>
                {answers(&draw, &screen.answers, None, &[])}
            </details>
        }
    });
    let main = view! {
        <div class="receipt">
            <h1 class="page-title">{texts.get("receipt-title")}</h1>
            <p class="code-label">{texts.get("receipt-code")}</p>
            <p class="code">{screen.code.clone()}</p>
            {received}
        </div>
        <p>{texts.get("receipt-code-note")}</p>
        {closing}
        {kept}
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
