//! What was done in a study.

use leptos::prelude::*;

use super::deed;
use super::frame::study_page;
use super::screen::{AuditLine, AuditScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/{study}/audit`
pub(crate) fn audit(frame: &Frame, screen: &AuditScreen) -> String {
    let texts = Texts::of(frame.language);
    let lines: Vec<_> = screen.entries.iter().map(|it| line(it, texts)).collect();
    let body = if screen.entries.is_empty() {
        view! { <p>{texts.get("team-no-audit")}</p> }.into_any()
    } else {
        view! {
            <p class="hint">{texts.get("team-audit-about")}</p>
            <p><a href=paths::audit_file(&screen.head.slug) download="">{texts.get("team-audit-file")}</a></p>
            <div class="wide">
            <table class="list audit">
                <caption>{texts.get("team-audit")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("team-when")}</th>
                        <th scope="col">{texts.get("team-who")}</th>
                        <th scope="col">{texts.get("team-what")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
        }
        .into_any()
    };
    let title = texts.get("team-audit");
    study_page(frame, &screen.head, "team-audit", title, None, body)
}

fn line(it: &AuditLine, texts: &Texts) -> impl IntoView + use<> {
    let did = texts.get(&format!("team-did-{}", it.action.replace('.', "-")));
    let change = deed::change(it.before.as_deref(), it.after.as_deref(), texts);
    let change = change.map(|it| view! { <br /><span class="quiet">{it}</span> });
    let when = format!("{} {}", texts.date(&it.day), it.time);
    let moment = format!("{}T{}Z", it.day, it.time);
    view! {
        <tr>
            <td><time datetime=moment>{when}</time></td>
            <td class="address">{it.actor.clone()}</td>
            <td>{did}" "<span class="address">{it.subject.clone()}</span>{change}</td>
        </tr>
    }
}
