//! Pages before one is signed in.

use leptos::prelude::*;

use super::frame::{Field, door, email, name, new_password, role};
use super::means;
use super::screen::{AwayScreen, LinkScreen, RecoverScreen, SignInScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/sign-in`
pub(crate) fn sign_in(frame: &Frame, screen: &SignInScreen) -> String {
    let texts = Texts::of(frame.language);
    let password = Field {
        name: "password",
        label: "team-password",
        kind: "password",
        autocomplete: "current-password",
        value: String::new(),
        hint: None,
    };
    let next = (!screen.next.is_empty()).then(|| {
        let next = screen.next.clone();
        view! { <input type="hidden" name="next" value=next /> }
    });
    let again = screen
        .is_again
        .then(|| view! { <p>{texts.get("means-again")}</p> });
    let others = means::others(frame, screen, texts);
    let body = view! {
        {again}
        <form method="post" action=paths::sign_in()>
            {next}
            {email(&screen.email, texts)}
            {password.draw(texts)}
            <div class="actions"><button class="primary">{texts.get("team-sign-in")}</button></div>
        </form>
        <p class="after"><a href=paths::recover()>{texts.get("team-forgotten")}</a></p>
        {others}
    };
    door(
        frame,
        texts.get("team-sign-in-title"),
        screen.error,
        body.into_any(),
    )
}

/// The page that leads to an OpenID provider.
pub(crate) fn away(frame: &Frame, screen: &AwayScreen) -> String {
    let texts = Texts::of(frame.language);
    let provider = || [("provider", screen.provider.clone())];
    let (title, words) = match screen.is_farewell {
        true => ("means-farewell-title", "means-farewell"),
        false => ("means-away-title", "means-away"),
    };
    let body = view! {
        <p>{texts.with(words, provider())}</p>
        <p class="after"><a class="primary" href=screen.to.clone()>{texts.get("means-go-on")}</a></p>
    };
    let title = texts.with(title, provider());
    door(frame, title, None, body.into_any())
}

/// `/studio/recover`
pub(crate) fn recover(frame: &Frame, screen: &RecoverScreen) -> String {
    let texts = Texts::of(frame.language);
    let body = if !screen.can_mail {
        view! { <p>{texts.get("team-recover-by-hand")}</p> }.into_any()
    } else if screen.is_sent {
        view! {
            <p>{texts.get("team-recover-sent")}</p>
            <p class="after"><a href=paths::sign_in()>{texts.get("team-sign-in")}</a></p>
        }
        .into_any()
    } else {
        view! {
            <p>{texts.get("team-recover")}</p>
            <form method="post" action=paths::recover()>
                {email("", texts)}
                <div class="actions">
                    <button class="primary">{texts.get("team-recover-send")}</button>
                </div>
            </form>
        }
        .into_any()
    };
    door(frame, texts.get("team-recover-title"), screen.error, body)
}

/// `/studio/link/{secret}`
pub(crate) fn link(frame: &Frame, screen: &LinkScreen) -> String {
    let texts = Texts::of(frame.language);
    let form = |action: &str, fields: AnyView, button: &str| {
        view! {
            <form method="post" action=action.to_owned()>
                {fields}
                <div class="actions"><button class="primary">{texts.get(button)}</button></div>
            </form>
        }
        .into_any()
    };
    let joins = |study: &str, code: &str| {
        let words = [("study", study.to_owned()), ("role", role(texts, code))];
        view! {
            <p>{texts.with("team-join", words)}</p>
            <p class="hint">{texts.get(&format!("team-allows-{code}"))}</p>
        }
    };
    let address = |it: &str| view! { <p>{texts.with("team-as", [("email", it.to_owned())])}</p> };
    match screen {
        LinkScreen::Administrator {
            action,
            email: typed,
            name: called,
            error,
        } => {
            let fields =
                view! { {email(typed, texts)} {name(called, texts)} {new_password(texts)} };
            let body = view! {
                <p>{texts.get("team-first")}</p>
                {form(action, fields.into_any(), "team-create")}
            };
            door(
                frame,
                texts.get("team-first-title"),
                *error,
                body.into_any(),
            )
        }
        LinkScreen::Join {
            action,
            study,
            role,
            email,
            name: called,
            provider,
            link,
            error,
        } => {
            let without_password = provider.as_ref().map(|provider| {
                let words = || [("provider", provider.clone()), ("email", email.clone())];
                view! {
                    <input type="hidden" name="link" value=link.clone() />
                    <section class="or" aria-labelledby="or-h">
                        <h2 id="or-h">{texts.get("means-or")}</h2>
                        <p>{texts.with("means-openid-joins", words())}</p>
                        <div class="actions">
                            <button class="secondary" formaction=paths::openid_join() formnovalidate=true>
                                {texts.with("means-openid-join", words())}
                            </button>
                        </div>
                    </section>
                }
            });
            let body = view! {
                {joins(study, role)}
                {address(email)}
                <form method="post" action=action.clone()>
                    <input type="hidden" name="email" autocomplete="username" value=email.clone() />
                    {name(called, texts)}
                    {new_password(texts)}
                    <div class="actions">
                        <button class="primary">{texts.get("team-create")}</button>
                    </div>
                    {without_password}
                </form>
            };
            door(frame, texts.get("team-join-title"), *error, body.into_any())
        }
        LinkScreen::Accept {
            action,
            study,
            role,
            email,
            sign_in,
        } => {
            let go = match sign_in {
                Some(href) => view! {
                    <p>{texts.get("team-accept-sign-in")}</p>
                    <p><a class="primary" href=href.clone()>{texts.get("team-sign-in")}</a></p>
                }
                .into_any(),
                None => form(action, ().into_any(), "team-accept"),
            };
            let body = view! { {joins(study, role)} {address(email)} {go} };
            door(frame, texts.get("team-join-title"), None, body.into_any())
        }
        LinkScreen::Recover {
            action,
            email,
            error,
        } => {
            let fields = view! {
                <input type="hidden" name="email" autocomplete="username" value=email.clone() />
                {new_password(texts)}
            };
            let body = view! {
                {address(email)}
                {form(action, fields.into_any(), "team-set-password")}
            };
            door(
                frame,
                texts.get("team-recover-title"),
                *error,
                body.into_any(),
            )
        }
    }
}
