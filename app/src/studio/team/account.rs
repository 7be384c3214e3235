//! One's own account.

use leptos::prelude::*;

use super::frame::{Field, name, new_password, page, role};
use super::means;
use super::screen::{AccountForm, AccountScreen, SessionLine, TokenLine};
use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::Frame;

/// `/studio/account`
pub(crate) fn account(frame: &Frame, screen: &AccountScreen) -> String {
    let texts = Texts::of(frame.language);
    let none = || {
        view! {
            <p>{texts.get("means-no-password")}</p>
            <p><a href=paths::recover()>{texts.get("means-choose-password")}</a></p>
        }
    };
    let present = Field {
        name: "present",
        label: "team-present-password",
        kind: "password",
        autocomplete: "current-password",
        value: String::new(),
        hint: None,
    };
    let password = match screen.has_password {
        false => none().into_any(),
        true => view! {
            <form method="post" action=paths::account()>
                <input type="hidden" name="email" autocomplete="username" value=screen.who.email.clone() />
                {present.draw(texts)}
                {new_password(texts)}
                <p class="hint">{texts.get("team-password-ends")}</p>
                <div class="actions">
                    <button class="secondary" name="do" value="password">{texts.get("team-set-password")}</button>
                </div>
            </form>
        }
        .into_any(),
    };
    let sessions: Vec<_> = screen
        .sessions
        .iter()
        .map(|it| session(it, texts))
        .collect();
    let done = screen
        .done
        .map(|it| texts.get(&format!("team-done-{it}")))
        .map(|words| view! { <p class="done" role="status">{words}</p> });
    let body = view! {
        {done}
        {once(screen, texts)}
        <p>{texts.with("team-as", [("email", screen.who.email.clone())])}</p>
        <section aria-labelledby="name-h">
            <h2 id="name-h">{texts.get("team-name")}</h2>
            <form method="post" action=paths::account() class="row">
                {name(&screen.who.name, texts)}
                <button class="secondary" name="do" value="name">{texts.get("team-save")}</button>
            </form>
        </section>
        <section aria-labelledby="password-h">
            <h2 id="password-h">{texts.get("team-password")}</h2>
            {password}
        </section>
        {screen.passkeys.as_ref().map(|it| means::passkeys(frame, it, texts))}
        {screen.identity.as_ref().map(|it| means::identity(it, texts))}
        <section aria-labelledby="sessions-h">
            <h2 id="sessions-h">{texts.get("team-sessions")}</h2>
            <ul class="lines">{sessions}</ul>
        </section>
        {tokens(screen, texts)}
    };
    let error = screen.error.map(|it| it.1);
    let title = texts.get("team-account");
    page(frame, &screen.who, title, error, body.into_any())
}

fn once(screen: &AccountScreen, texts: &Texts) -> Option<AnyView> {
    let token = screen.new_token.clone()?;
    Some(
        view! {
            <section class="once" aria-labelledby="once-h" tabindex="-1" autofocus=true>
                <h2 id="once-h">{texts.get("team-token-title")}</h2>
                <p>{texts.get("team-token-once")}</p>
                <p><output class="secret">{token}</output></p>
            </section>
        }
        .into_any(),
    )
}

fn session(it: &SessionLine, texts: &Texts) -> AnyView {
    let agent = if it.agent.is_empty() {
        texts.get("team-unknown-browser")
    } else {
        it.agent.clone()
    };
    let seen = texts.with("team-seen", [("date", texts.date(&it.seen_on))]);
    if it.is_this {
        return view! {
            <li><span>{agent}</span><span class="quiet">{texts.get("team-this-session")}</span></li>
        }
        .into_any();
    }
    view! {
        <li>
            <form method="post" action=paths::account()>
                <span>{agent}</span>
                <span class="quiet">{seen}</span>
                <input type="hidden" name="session" value=it.id.clone() />
                <button class="secondary" name="do" value="session">{texts.get("team-end-session")}</button>
            </form>
        </li>
    }
    .into_any()
}

fn tokens(screen: &AccountScreen, texts: &Texts) -> Option<AnyView> {
    if screen.scopes.is_empty() {
        return None;
    }
    let lines: Vec<_> = screen.tokens.iter().map(|it| token(it, texts)).collect();
    let list = (!lines.is_empty()).then(|| view! { <ul class="lines">{lines}</ul> });
    let options: Vec<_> = screen
        .scopes
        .iter()
        .map(|(study, scopes)| {
            let them: Vec<_> = scopes
                .iter()
                .map(|code| {
                    let value = format!("{} {code}", study.slug);
                    view! { <option value=value>{role(texts, code)}</option> }
                })
                .collect();
            let label = typeset(&study.title, &study.language);
            view! { <optgroup label=label>{them}</optgroup> }
        })
        .collect();
    let is_open = matches!(screen.error, Some((AccountForm::Token, _)));
    let field = |name, label, kind, value: &str| {
        Field {
            name,
            label,
            kind,
            autocomplete: "off",
            value: value.to_owned(),
            hint: None,
        }
        .draw(texts)
    };
    Some(
        view! {
            <section aria-labelledby="tokens-h">
                <h2 id="tokens-h">{texts.get("team-tokens")}</h2>
                <p class="hint">{texts.get("team-tokens-about")}</p>
                {list}
                <details open=is_open>
                    <summary>{texts.get("team-new-token")}</summary>
                    <form method="post" action=paths::account()>
                        {field("token", "team-token-name", "text", "")}
                        <div class="field">
                            <label for="scope">{texts.get("team-token-scope")}</label>
                            <select id="scope" name="scope">{options}</select>
                        </div>
                        {field("days", "team-token-days", "number", "90")}
                        <div class="actions">
                            <button class="secondary" name="do" value="token">{texts.get("team-make-token")}</button>
                        </div>
                    </form>
                </details>
            </section>
        }
        .into_any(),
    )
}

fn token(it: &TokenLine, texts: &Texts) -> impl IntoView + use<> {
    let words = [
        ("study", it.study.clone()),
        ("role", role(texts, it.scope)),
        ("date", texts.date(&it.ends_on)),
    ];
    let used = match &it.used_on {
        Some(day) => texts.with("team-token-used", [("date", texts.date(day))]),
        None => texts.get("team-token-unused"),
    };
    view! {
        <li>
            <form method="post" action=paths::account()>
                <span>{it.name.clone()}</span>
                <span class="quiet">{texts.with("team-token-line", words)}" "{used}</span>
                <input type="hidden" name="revoke" value=it.id.clone() />
                <button class="secondary" name="do" value="revoke">{texts.get("team-revoke")}</button>
            </form>
        </li>
    }
}
