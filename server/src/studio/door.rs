//! Signing in and out, new passwords, one-time links.

use app::respond::screen::Problem;
use app::studio::team::screen::{LinkScreen, RecoverScreen, SignInScreen};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::ServiceError;
use service::team::{Offer, Secret};

use super::gate::{Caller, Signed, fault};
use super::{openid, passkeys};
use crate::problem::{Answer, Refusal};

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
    /// Not empty if whoever is signed in is to prove it again.
    #[serde(default)]
    again: String,
}

/// A path of the studio; anything else, another site above all, leads to its first page.
pub(super) fn safe(next: &str) -> String {
    let inside = next == paths::STUDIO || next.starts_with("/studio/");
    let plain = next
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"/-_.~%".contains(&it));
    if inside && plain && !next.contains("//") {
        next.to_owned()
    } else {
        paths::studio()
    }
}

/// `GET /studio/sign-in`
pub(crate) async fn show_sign_in(caller: Caller, Query(asked): Query<Next>) -> Answer {
    let next = safe(&asked.next);
    let is_again = caller.who.is_some() && !asked.again.is_empty();
    if caller.who.is_some() && !is_again {
        return Ok(Redirect::to(&next).into_response());
    }
    let screen = SignInScreen {
        next,
        is_again,
        passkeys: passkeys::are_offered(&caller.reader.state),
        provider: openid::offered(&caller.reader.state),
        ..SignInScreen::default()
    };
    Ok(caller.page(StatusCode::OK, |frame| render::sign_in(frame, &screen)))
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /studio/sign-in`
pub(crate) async fn sign_in(caller: Caller, Form(typed): Form<Credentials>) -> Answer {
    let next = safe(&typed.next);
    let team = caller.services().team();
    let opened = team
        .sign_in(&typed.email, &typed.password, &caller.visitor)
        .await;
    match opened {
        Ok(opened) => Ok(caller.enter(&opened, &next)),
        Err(error) => {
            let (code, status) = fault(&error).ok_or_else(|| caller.reader.service(&error, ""))?;
            let screen = SignInScreen {
                next,
                email: typed.email,
                is_again: false,
                passkeys: passkeys::are_offered(&caller.reader.state),
                provider: openid::offered(&caller.reader.state),
                error: Some(code),
            };
            Ok(caller.page(status, |frame| render::sign_in(frame, &screen)))
        }
    }
}

/// `POST /studio/sign-out`: our session ends first, whatever becomes of another at the provider.
pub(crate) async fn sign_out(signed: Signed) -> Answer {
    let done = signed.services().team().sign_out(&signed.who).await;
    done.map_err(|it| signed.refuse(&it))?;
    Ok(openid::leave_too(signed).await)
}

/// `GET /studio/recover`
pub(crate) async fn show_recover(caller: Caller) -> Answer {
    let screen = RecoverScreen {
        can_mail: caller.reader.state.courier.is_some(),
        ..RecoverScreen::default()
    };
    Ok(caller.page(StatusCode::OK, |frame| render::recover(frame, &screen)))
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    #[serde(default)]
    email: String,
}

/// `POST /studio/recover`: the same answer whoever asks, and in about the same time, as the mail is
/// sent by another task.
pub(crate) async fn recover(caller: Caller, Form(typed): Form<Address>) -> Answer {
    let state = &caller.reader.state;
    let courier = state.courier.as_ref();
    if courier.is_none() {
        return show_recover(caller).await;
    }
    let found = caller
        .services()
        .team()
        .recover(&typed.email, &caller.visitor)
        .await;
    let (screen, status) = match found {
        Ok(found) => {
            if let (Some((email, secret)), Some(courier)) = (found, courier) {
                let link = format!("{}{}", state.public, paths::link(secret.reveal()));
                courier.0(&email, &link);
            }
            let screen = RecoverScreen {
                can_mail: true,
                is_sent: true,
                error: None,
            };
            (screen, StatusCode::OK)
        }
        Err(error) => {
            let (code, status) = fault(&error).ok_or_else(|| caller.reader.service(&error, ""))?;
            let screen = RecoverScreen {
                can_mail: true,
                is_sent: false,
                error: Some(code),
            };
            (screen, status)
        }
    };
    Ok(caller.page(status, |frame| render::recover(frame, &screen)))
}

/// A link's secret, and what it offers; whatever does not work any more is not found.
pub(super) async fn offer(caller: &Caller, secret: &str) -> Result<(Secret, Offer), Refusal> {
    let gone = || caller.reader.problem(&Problem::LinkGone);
    let secret = Secret::parse(secret).ok_or_else(gone)?;
    match caller.services().team().offer(&secret).await {
        Ok(offer) => Ok((secret, offer)),
        Err(ServiceError::LinkGone) => Err(gone()),
        Err(error) => Err(caller.reader.service(&error, "")),
    }
}

/// `GET /studio/link/{secret}`
pub(crate) async fn show_link(caller: Caller, Path(secret): Path<String>) -> Answer {
    let (secret, offer) = offer(&caller, &secret).await?;
    let screen = screen(&caller, &secret, offer, &Typed::default(), None);
    Ok(caller.page(StatusCode::OK, |frame| render::link(frame, &screen)))
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

/// `POST /studio/link/{secret}`
pub(crate) async fn follow_link(
    caller: Caller,
    Path(secret): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let (secret, offer) = offer(&caller, &secret).await?;
    let team = caller.services().team();
    let (password, visitor) = (&typed.password, &caller.visitor);
    let (opened, to) = match &offer {
        Offer::Join {
            study,
            has_account: true,
            ..
        } => {
            let to = paths::study(&study.slug);
            let Some(who) = &caller.who else {
                return Ok(Redirect::to(&paths::sign_in()).into_response());
            };
            return match team.accept(who, &secret).await {
                Ok(_) => Ok(Redirect::to(&to).into_response()),
                Err(ServiceError::LinkGone) => Err(caller.reader.problem(&Problem::LinkGone)),
                Err(error) => Err(caller.reader.service(&error, "")),
            };
        }
        Offer::Recover { .. } => {
            let reset = team.reset_password(&secret, password, visitor).await;
            (reset, paths::studio())
        }
        Offer::Administrator => {
            let join = team.join(&secret, &typed.email, &typed.name, password, visitor);
            (join.await, paths::studio())
        }
        Offer::Join { study, .. } => {
            let join = team.join(&secret, "", &typed.name, password, visitor);
            (join.await, paths::study(&study.slug))
        }
    };
    match opened {
        Ok(opened) => Ok(caller.enter(&opened, &to)),
        Err(ServiceError::LinkGone) => Err(caller.reader.problem(&Problem::LinkGone)),
        Err(error) => {
            let (code, status) = fault(&error).ok_or_else(|| caller.reader.service(&error, ""))?;
            let screen = screen(&caller, &secret, offer, &typed, Some(code));
            Ok(caller.page(status, |frame| render::link(frame, &screen)))
        }
    }
}

/// The page of a link, with what is wrong with what was typed.
#[cfg_attr(
    not(feature = "oidc"),
    expect(dead_code, reason = "for whoever joins with OpenID")
)]
pub(super) fn link_again(
    caller: &Caller,
    secret: &Secret,
    offer: Offer,
    name: String,
    (code, status): (&'static str, StatusCode),
) -> Response {
    let typed = Typed {
        name,
        ..Typed::default()
    };
    let screen = screen(caller, secret, offer, &typed, Some(code));
    caller.page(status, |frame| render::link(frame, &screen))
}

fn screen(
    caller: &Caller,
    secret: &Secret,
    offer: Offer,
    typed: &Typed,
    error: Option<&'static str>,
) -> LinkScreen {
    let action = paths::link(secret.reveal());
    let language = caller.reader.asked.language.code();
    match offer {
        Offer::Administrator => LinkScreen::Administrator {
            action,
            email: typed.email.clone(),
            name: typed.name.clone(),
            error,
        },
        Offer::Recover { email } => LinkScreen::Recover {
            action,
            email,
            error,
        },
        Offer::Join {
            study,
            role,
            email,
            has_account: true,
        } => {
            let is_theirs = caller.who.as_ref().is_some_and(|it| it.email() == email);
            LinkScreen::Accept {
                sign_in: (!is_theirs).then(|| paths::sign_in_to(&action)),
                action,
                study: study.title.get(language).to_owned(),
                role: role.code(),
                email,
            }
        }
        Offer::Join {
            study, role, email, ..
        } => LinkScreen::Join {
            action,
            study: study.title.get(language).to_owned(),
            role: role.code(),
            email,
            name: typed.name.clone(),
            provider: openid::offered(&caller.reader.state),
            link: secret.reveal().to_owned(),
            error,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn one_is_only_led_on_inside_the_studio() {
        for inside in ["/studio", "/studio/account", "/studio/s/qpv-cls/members"] {
            assert_eq!(safe(inside), inside);
        }
        for outside in [
            "",
            "/",
            "//evil.example",
            "/studio//evil.example",
            "https://evil.example/studio/",
            "javascript:alert(1)",
            "/studio/\\evil.example",
            "/studio\u{2f}\n/x",
            "/studiox",
            "/studio/s?x=//evil",
            "/studio/%0d%0aset-cookie:x\r\n",
            "\t/studio/",
        ] {
            assert_eq!(safe(outside), "/studio", "{outside}");
        }
    }
}
