//! Means of signing in beside passwords: on the page that signs in, and on one's own account.

use leptos::prelude::*;

use super::frame::Field;
use super::screen::{IdentityBox, PasskeyLine, PasskeysBox, SignInScreen};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// What the script says, under the code by which it knows it: its own, and those of the server.
const WORDS: [(&str, &str); 9] = [
    ("unsupported", "means-unsupported"),
    ("waiting", "means-waiting"),
    ("cancelled", "means-cancelled"),
    ("known", "means-known"),
    ("trouble", "means-trouble"),
    ("not_recognised", "team-error-not_recognised"),
    ("sign_in_again", "team-error-sign_in_again"),
    ("too_many_attempts", "team-error-too_many_attempts"),
    ("bad_name", "team-error-bad_name"),
];

/// What the script asks and where it brings the answer, around the form that starts it. Until the script has
/// run, a sentence stands in the form's place.
fn by_script(
    frame: &Frame,
    texts: &Texts,
    what: &'static str,
    [challenge, finish]: [String; 2],
    fields: AnyView,
    button: &str,
) -> AnyView {
    let words: serde_json::Map<_, _> = WORDS
        .into_iter()
        .map(|(code, key)| (code.to_owned(), texts.get(key).into()))
        .collect();
    let words = serde_json::Value::Object(words).to_string();
    let script = frame.manifest.script("passkeys").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    view! {
        <div
            class="by-script"
            data-passkey=what
            data-challenge=challenge
            data-finish=finish
            data-words=words
        >
            <form hidden=true>
                {fields}
                <div class="actions"><button class="secondary">{texts.get(button)}</button></div>
            </form>
            <p class="hint">{texts.get("means-script")}</p>
            <p role="status"></p>
        </div>
        {script}
    }
    .into_any()
}

/// Ways in beside a password, and going on; nothing where there are none.
pub(super) fn others(frame: &Frame, screen: &SignInScreen, texts: &Texts) -> Option<AnyView> {
    if !screen.passkeys && screen.provider.is_none() {
        return None;
    }
    let next = || {
        let next = screen.next.clone();
        view! { <input type="hidden" name="next" value=next /> }.into_any()
    };
    let provider = screen.provider.as_ref().map(|it| {
        let label = texts.with("means-openid-sign-in", [("provider", it.clone())]);
        view! {
            <form method="post" action=paths::openid()>
                {next()}
                <div class="actions"><button class="secondary">{label}</button></div>
            </form>
        }
    });
    let passkey = screen.passkeys.then(|| {
        let to = [paths::passkey_challenge(), paths::passkey_sign_in()];
        by_script(frame, texts, "prove", to, next(), "means-passkey-sign-in")
    });
    let section = view! {
        <section class="or" aria-labelledby="or-h">
            <h2 id="or-h">{texts.get("means-or")}</h2>
            {provider}
            {passkey}
        </section>
    };
    Some(section.into_any())
}

/// Whom the provider knows an account as: bound or not.
pub(super) fn identity(it: &IdentityBox, texts: &Texts) -> AnyView {
    let provider = || [("provider", it.provider.clone())];
    let (state, form) = match &it.bound {
        Some((id, day)) => {
            let words = [("provider", it.provider.clone()), ("date", texts.date(day))];
            let form = view! {
                <form method="post" action=paths::account()>
                    <input type="hidden" name="identity" value=id.clone() />
                    <div class="actions">
                        <button class="secondary" name="do" value="identity">
                            {texts.with("means-openid-unbind", provider())}
                        </button>
                    </div>
                </form>
            };
            (texts.with("means-openid-bound", words), form.into_any())
        }
        None => {
            let form = view! {
                <form method="post" action=paths::bind_openid()>
                    <div class="actions">
                        <button class="secondary">{texts.with("means-openid-bind", provider())}</button>
                    </div>
                </form>
            };
            (
                texts.with("means-openid-about", provider()),
                form.into_any(),
            )
        }
    };
    let form = if it.is_fresh {
        form
    } else {
        let again = paths::sign_in_again(&paths::account());
        view! {
            <p class="hint">{texts.get("means-openid-fresh")}</p>
            <p><a href=again>{texts.get("means-sign-in-again")}</a></p>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="identity-h">
            <h2 id="identity-h">{it.provider.clone()}</h2>
            <p>{state}</p>
            {form}
        </section>
    }
    .into_any()
}

/// The passkeys of an account: those there are, and a new one.
pub(super) fn passkeys(frame: &Frame, them: &PasskeysBox, texts: &Texts) -> AnyView {
    let lines: Vec<_> = them
        .lines
        .iter()
        .map(|it| line(it, them.is_fresh, texts))
        .collect();
    let list = if lines.is_empty() {
        view! { <p>{texts.get("means-no-passkey")}</p> }.into_any()
    } else {
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    let add = if them.is_fresh {
        let to = [paths::new_passkey_challenge(), paths::new_passkey()];
        let name = Field {
            name: "passkey-name",
            label: "means-passkey-name",
            kind: "text",
            autocomplete: "off",
            value: String::new(),
            hint: Some("means-passkey-name-hint"),
        };
        let fields = name.draw(texts);
        by_script(frame, texts, "make", to, fields, "means-passkey-add")
    } else {
        let again = paths::sign_in_again(&paths::account());
        view! {
            <p class="after">{texts.get("means-passkey-fresh")}</p>
            <p><a href=again>{texts.get("means-sign-in-again")}</a></p>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="passkeys-h">
            <h2 id="passkeys-h">{texts.get("means-passkeys")}</h2>
            <p class="hint">{texts.get("means-passkeys-about")}</p>
            {list}
            {add}
        </section>
    }
    .into_any()
}

fn line(it: &PasskeyLine, is_fresh: bool, texts: &Texts) -> AnyView {
    let added = texts.with(
        "means-passkey-added-on",
        [("date", texts.date(&it.added_on))],
    );
    let used = match &it.used_on {
        Some(day) => texts.with("means-passkey-used", [("date", texts.date(day))]),
        None => texts.get("means-passkey-unused"),
    };
    let about = view! {
        <span>{it.name.clone()}</span>
        <span class="quiet">{added}" "{used}</span>
    };
    if !is_fresh {
        return view! { <li>{about}</li> }.into_any();
    }
    let remove = texts.with("means-passkey-remove-of", [("name", it.name.clone())]);
    view! {
        <li>
            <form method="post" action=paths::account()>
                {about}
                <input type="hidden" name="passkey" value=it.id.clone() />
                <button class="secondary" name="do" value="passkey" aria-label=remove>
                    {texts.get("means-passkey-remove")}
                </button>
            </form>
        </li>
    }
    .into_any()
}
