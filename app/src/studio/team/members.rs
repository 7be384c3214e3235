//! The members of a study.

use leptos::prelude::*;

use super::frame::{Field, ROLES, role, roles, study_page};
use super::screen::{InvitedLine, MemberLine, MembersScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/{study}/members`
pub(crate) fn members(frame: &Frame, screen: &MembersScreen) -> String {
    let texts = Texts::of(frame.language);
    let slug = screen.head.slug.as_str();
    let may_manage = screen.invited.is_some();
    let lines: Vec<_> = screen
        .members
        .iter()
        .map(|it| member(it, slug, may_manage, texts))
        .collect();
    let table = if screen.members.is_empty() {
        view! { <p>{texts.get("team-no-member")}</p> }.into_any()
    } else {
        let actions = may_manage.then(|| view! { <th scope="col">{texts.get("team-change")}</th> });
        view! {
            <div class="wide">
            <table class="list">
                <caption>{texts.get("team-members")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("team-name")}</th>
                        <th scope="col">{texts.get("team-email")}</th>
                        <th scope="col">{texts.get("team-role")}</th>
                        {actions}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
        }
        .into_any()
    };
    let manage = screen.invited.as_ref().map(|it| invite(it, screen, texts));
    let made = screen.new_link.as_ref().map(|(email, link)| {
        let words = texts.with("team-link-made", [("email", email.clone())]);
        view! {
            <section class="once" aria-labelledby="once-h" tabindex="-1" autofocus=true>
                <h2 id="once-h">{texts.get("team-link-title")}</h2>
                <p>{words}</p>
                <p><output class="secret">{link.clone()}</output></p>
            </section>
        }
    });
    let body = view! { {made} {table} {manage} };
    let title = texts.get("team-members");
    study_page(
        frame,
        &screen.head,
        "team-members",
        title,
        screen.error.map(Into::into),
        body.into_any(),
    )
}

fn member(it: &MemberLine, slug: &str, may_manage: bool, texts: &Texts) -> impl IntoView + use<> {
    let change = may_manage.then(|| {
        let select = format!("role-{}", it.id);
        let of = [("name", it.name.clone())];
        view! {
            <td class="links">
                <form method="post" action=paths::member(slug, &it.id)>
                    <label class="unseen" for=select.clone()>{texts.with("team-role-of", of.clone())}</label>
                    {roles(texts, &select, &ROLES, it.role)}
                    <button class="secondary" name="do" value="role">{texts.get("team-set-role")}</button>
                    <button class="secondary danger" name="do" value="remove" aria-label=texts.with("team-remove-of", of)>
                        {texts.get("team-remove")}
                    </button>
                </form>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{it.name.clone()}</th>
            <td class="address">{it.email.clone()}</td>
            <td>{role(texts, it.role)}</td>
            {change}
        </tr>
    }
}

fn invite(invited: &[InvitedLine], screen: &MembersScreen, texts: &Texts) -> impl IntoView + use<> {
    let slug = screen.head.slug.as_str();
    let waiting: Vec<_> = invited
        .iter()
        .map(|it| {
            let words = [
                ("email", it.email.clone()),
                ("role", role(texts, it.role)),
                ("date", texts.date(&it.until)),
            ];
            view! {
                <li>
                    <form method="post" action=paths::member_link(slug, &it.id)>
                        <span>{texts.with("team-invited", words)}</span>
                        <button class="secondary">{texts.get("team-revoke")}</button>
                    </form>
                </li>
            }
        })
        .collect();
    let waiting = (!waiting.is_empty()).then(|| {
        view! {
            <h3>{texts.get("team-waiting")}</h3>
            <ul class="lines">{waiting}</ul>
        }
    });
    let allowed: Vec<_> = ROLES
        .iter()
        .map(|code| {
            view! {
                <dt>{role(texts, code)}</dt>
                <dd>{texts.get(&format!("team-allows-{code}"))}</dd>
            }
        })
        .collect();
    let email = Field {
        name: "email",
        label: "team-email",
        kind: "email",
        autocomplete: "off",
        value: screen.email.clone(),
        hint: None,
    };
    view! {
        <section aria-labelledby="invite-h">
            <h2 id="invite-h">{texts.get("team-invite-title")}</h2>
            <form method="post" action=paths::members(slug) class="row">
                {email.draw(texts)}
                <div class="field">
                    <label for="role">{texts.get("team-role")}</label>
                    {roles(texts, "role", &ROLES, "viewer")}
                </div>
                <button class="primary">{texts.get("team-invite")}</button>
            </form>
            <details>
                <summary>{texts.get("team-roles")}</summary>
                <dl class="roles">{allowed}</dl>
            </details>
            {waiting}
        </section>
    }
}
