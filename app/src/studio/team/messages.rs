//! The mails of a wave: their text in each language, and how they look.

use leptos::prelude::*;

use super::frame::{language_name, wave_page};
use super::invitations::mail;
use super::sample::template_fault;
use super::sample_screen::{MessageText, MessagesScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::respond::widgets::textarea_content;
use crate::ui::Frame;

/// Codes of all mails.
pub(super) const KINDS: [&str; 3] = ["invitation", "reminder", "other"];

/// `/studio/s/{study}/waves/{wave}/messages/{kind}`
pub(crate) fn messages(frame: &Frame, screen: &MessagesScreen) -> String {
    let texts = Texts::of(frame.language);
    let (study, wave) = (screen.head.study.slug.as_str(), screen.head.slug.as_str());
    let kinds: Vec<_> = KINDS
        .iter()
        .map(|kind| {
            let current = (*kind == screen.kind).then_some("page");
            let words = texts.get(&format!("sample-kind-{kind}"));
            view! { <li><a href=paths::messages(study, wave, kind) aria-current=current>{words}</a></li> }
        })
        .collect();
    let action = paths::messages(study, wave, screen.kind);
    let all: Vec<_> = screen
        .texts
        .iter()
        .map(|it| text(it, &action, texts))
        .collect();
    let body = view! {
        <nav class="places kinds" aria-label=texts.get("mail-kinds")><ul>{kinds}</ul></nav>
        <p class="hint">{texts.get("mail-fills-hint")}</p>
        {all}
    };
    let title = texts.get("mail-title");
    wave_page(frame, &screen.head, "mail-title", title, body.into_any())
}

fn text(it: &MessageText, action: &str, texts: &Texts) -> impl IntoView + use<> {
    let name = language_name(&it.language, texts);
    let id = |part: &str| format!("{part}-{}", it.language);
    let wrong = |in_subject: bool, field: &str| {
        let words: Vec<_> = it
            .faults
            .iter()
            .filter(|fault| fault.0 == in_subject)
            .map(|(_, code, fill)| template_fault(texts, code, fill))
            .collect();
        (!words.is_empty()).then(|| {
            view! { <p class="error" id=id(&format!("{field}-error"))>{words.join("\u{202f}; ")}</p> }
        })
    };
    let is_wrong = |in_subject: bool| it.faults.iter().any(|fault| fault.0 == in_subject);
    let described =
        |in_subject: bool, field: &str| is_wrong(in_subject).then(|| id(&format!("{field}-error")));
    let invalid = |in_subject: bool| is_wrong(in_subject).then_some("true");
    let is_own = it.is_own.then(|| {
        view! {
            <button class="secondary" name="do" value="drop">{texts.get("mail-drop")}</button>
        }
    });
    let whose = match (it.is_draft, it.is_own) {
        (true, _) => "mail-is-draft",
        (false, true) => "mail-is-own",
        (false, false) => "mail-is-built-in",
    };
    let shown = it.shown.as_ref().map(|it| mail(it, texts));
    view! {
        <section class="message" aria-labelledby=id("h")>
            <h2 id=id("h")>{name} " " <span class="badge">{texts.get(whose)}</span></h2>
            <div class="halves">
                <form method="post" action=action.to_owned()>
                    <input type="hidden" name="language" value=it.language.clone()/>
                    <div class="field">
                        <label for=id("subject")>{texts.get("mail-subject")}</label>
                        {wrong(true, "subject")}
                        <input id=id("subject") name="subject" lang=it.language.clone() required=true
                            maxlength="200" autocomplete="off" value=it.subject.clone()
                            aria-describedby=described(true, "subject") aria-invalid=invalid(true)/>
                    </div>
                    <div class="field">
                        <label for=id("body")>{texts.get("mail-body")}</label>
                        {wrong(false, "body")}
                        <textarea id=id("body") name="body" lang=it.language.clone() required=true rows="14"
                            maxlength="20000" aria-describedby=described(false, "body")
                            aria-invalid=invalid(false) inner_html=textarea_content(&it.body)></textarea>
                    </div>
                    <div class="actions">
                        <button class="primary" name="do" value="keep">{texts.get("team-save")}</button>
                        <button class="secondary" name="do" value="show">{texts.get("mail-show")}</button>
                        {is_own}
                    </div>
                </form>
                {shown}
            </div>
        </section>
    }
}
