//! Whom the team may call back, without what they answered.

use leptos::prelude::*;

use super::frame::{language_name, wave_page};
use super::sample_screen::{ContactLine, ContactsScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/s/{study}/waves/{wave}/contacts`
pub(crate) fn contacts(frame: &Frame, screen: &ContactsScreen) -> String {
    let texts = Texts::of(frame.language);
    let (study, wave) = (screen.head.study.slug.as_str(), screen.head.slug.as_str());
    let list = if screen.people.is_empty() {
        view! { <div class="empty"><p>{texts.get("contacts-none")}</p></div> }.into_any()
    } else {
        let lines: Vec<_> = screen.people.iter().map(|it| person(it, texts)).collect();
        view! {
            <p><a href=paths::contacts_file(study, wave) download="">{texts.get("contacts-file")}</a></p>
            <div class="wide">
            <table class="list">
                <caption>{texts.get("contacts-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("team-name")}</th>
                        <th scope="col">{texts.get("team-email")}</th>
                        <th scope="col">{texts.get("contacts-telephone")}</th>
                        <th scope="col">{texts.get("contacts-language")}</th>
                        <th scope="col">{texts.get("contacts-agreed")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
        }
        .into_any()
    };
    let body = view! { <p class="hint">{texts.get("contacts-hint")}</p> {list} };
    let title = texts.get("contacts-title");
    wave_page(
        frame,
        &screen.head,
        "contacts-title",
        title,
        body.into_any(),
    )
}

fn person(it: &ContactLine, texts: &Texts) -> impl IntoView + use<> {
    let or_none = |text: &String| match text.as_str() {
        "" => "–".to_owned(),
        text => text.to_owned(),
    };
    let language = it.language.clone();
    let agreed: Vec<_> = it
        .agreed
        .iter()
        .map(|it| view! { <li>{it.clone()}</li> })
        .collect();
    view! {
        <tr>
            <th scope="row" class="address">{or_none(&it.name)}</th>
            <td class="address">{or_none(&it.email)}</td>
            <td class="telephone">{or_none(&it.telephone)}</td>
            <td>{language_name(&language, texts)}</td>
            <td lang=language><ul class="plain">{agreed}</ul></td>
        </tr>
    }
}
