//! The two ends of a wave: the link by which people come, and what they read who come too late.

use leptos::prelude::*;

use super::field_screen::ClosingText;
use super::frame::language_name;
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::language::Language;
use crate::paths;
use crate::respond::problem;
use crate::respond::widgets::textarea_content;

/// The address at which people answer, to be copied, printed or photographed.
pub(super) fn link(study: &str, wave: &str, link: &str, texts: &Texts) -> AnyView {
    let [svg, png] = [paths::qr_svg(study, wave), paths::qr_png(study, wave)];
    let alt = texts.with("field-qr-alt", [("link", link.to_owned())]);
    view! {
        <section aria-labelledby="link-h">
            <h2 id="link-h">{texts.get("field-link")}</h2>
            <p class="hint">{texts.get("field-link-hint")}</p>
            <div class="shared">
                <figure class="qr">
                    <img src=svg.clone() alt=alt width="200" height="200"/>
                    <figcaption><a href=link.to_owned()>{link.to_owned()}</a></figcaption>
                </figure>
                <ul class="plain">
                    <li><a href=svg download="">{texts.get("field-qr-svg")}</a></li>
                    <li><a href=png download="">{texts.get("field-qr-png")}</a></li>
                </ul>
            </div>
        </section>
    }
    .into_any()
}

/// What people read who come when the wave is closed: written language by language, and as they see it.
pub(super) fn section(all: &[ClosingText], action: &str, fields: &Fields<'_>) -> Option<AnyView> {
    let texts = fields.texts;
    let written: Vec<_> = all.iter().map(|it| field(it, fields)).collect();
    let shown: Vec<_> = all.iter().map(|it| preview(it, texts)).collect();
    (!all.is_empty()).then(|| {
        view! {
            <section aria-labelledby="closing-h">
                <h2 id="closing-h">{texts.get("field-closing")}</h2>
                <p class="hint" id="closing-hint">{texts.get("field-closing-hint")}</p>
                <div class="halves">
                    <form method="post" action=action.to_owned() class="settings">
                        {written}
                        <div class="actions">
                            <button class="primary" name="do" value="message">{texts.get("team-save")}</button>
                            <button class="secondary" name="do" value="show-message">
                                {texts.get("mail-show")}
                            </button>
                        </div>
                    </form>
                    <div class="shown">{shown}</div>
                </div>
            </section>
        }
        .into_any()
    })
}

fn field(it: &ClosingText, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let id = format!("message-{}", it.language);
    let name = language_name(&it.language, texts);
    view! {
        <div class="field">
            <label for=id.clone()>{texts.with("field-message", [("language", name)])}</label>
            {fields.error(&id)}
            <textarea id=id.clone() name=id.clone() lang=it.language.clone() rows="6" maxlength="2000"
                aria-invalid=fields.invalid(&id)
                aria-describedby=fields.described(&id, Some("closing-hint"))
                inner_html=textarea_content(&it.text)></textarea>
        </div>
    }
    .into_any()
}

/// The words of the page that whoever comes too late is shown.
fn preview(it: &ClosingText, texts: &Texts) -> AnyView {
    let spoken = Language::from_code(&it.language).unwrap_or(texts.language());
    let spoken = Texts::of(spoken);
    let (title, said) = problem::said(spoken, &it.shown);
    let name = language_name(&it.language, texts);
    let label = texts.with("field-message-shown", [("language", name)]);
    let said_of = label.clone();
    let lang = spoken.language().code();
    view! {
        <section class="as-shown" aria-label=label>
            <p class="hint">{said_of}</p>
            <div lang=lang>
                <p class="title">{title}</p>
                {said}
            </div>
        </section>
    }
    .into_any()
}
