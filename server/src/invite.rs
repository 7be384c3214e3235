//! Invitations' links: `/i/{token}`, and the page that asks for no more messages.
//!
//! A link's secret goes into a cookie at once, and the browser to an address without it. What is no link,
//! none of ours, or has served gets one and the same page.

use app::invitation::OptOutScreen;
use app::language::Language;
use app::respond::screen::Problem;
use app::{paths, render};
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use service::{InvitationToken, Invited};
use std::time::Instant;

use crate::document::{frame, html};
use crate::language::Asked;
use crate::peer::Peer;
use crate::problem::{Answer, Reader, Refusal};
use crate::state::State;

/// For how long a browser keeps an invitation.
const KEPT: time::Duration = time::Duration::days(90);

/// A request with an invitation's secret in its address.
pub(crate) struct Arrival {
    reader: Reader,
    jar: CookieJar,
    token: InvitationToken,
    invited: Invited,
}

impl FromRequestParts<State> for Arrival {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refusal> {
        let Ok(asked) = Asked::from_request_parts(parts, state).await;
        let reader = Reader::new(state, &asked, &parts.headers);
        let nothing = || reader.problem(&Problem::LinkUnknown);
        let peer = parts.extensions.get::<Peer>().copied();
        if !state.limits.try_link(peer, Instant::now()) {
            return Err(reader.problem(&Problem::TooManyTries));
        }
        let path: Result<Path<String>, PathRejection> =
            Path::from_request_parts(parts, state).await;
        let token = path
            .ok()
            .and_then(|Path(text)| InvitationToken::parse(&text))
            .ok_or_else(nothing)?;
        let invitations = state.services.invitations();
        let invited = invitations.find(&token).await;
        let invited = invited
            .map_err(|it| reader.service(&it, ""))?
            .ok_or_else(nothing)?;
        state.limits.link_was_right(peer, Instant::now());
        Ok(Self {
            jar: CookieJar::from_headers(&parts.headers),
            reader,
            token,
            invited,
        })
    }
}

/// `GET /i/{token}`
pub(crate) async fn follow(method: Method, arrival: Arrival) -> Answer {
    let Arrival {
        reader,
        jar,
        token,
        invited,
    } = arrival;
    let slug = invited.wave.slug.clone();
    // Only the browser that has answered with it is told so.
    if invited.has_answered && kept(&reader.state, &jar, &slug) != Some(token.clone()) {
        return Err(reader.problem(&Problem::LinkUnknown));
    }
    if method == Method::GET {
        let noted = reader
            .state
            .services
            .invitations()
            .note_opened(&invited)
            .await;
        noted.map_err(|it| reader.service(&it, &slug))?;
    }
    let start = paths::start(&slug);
    let written_in = invited.language.as_deref().and_then(Language::from_code);
    let to = match written_in.filter(|it| *it != reader.asked.language) {
        Some(language) => paths::in_language(&start, language),
        None => start,
    };
    let cookie = Cookie::build((cookie_name(&reader.state, &slug), token.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(reader.state.secure)
        .max_age(KEPT)
        .build();
    Ok((jar.add(cookie), Redirect::to(&to)).into_response())
}

/// `GET /i/{token}/opt-out`: asks first, for programs that look at mails follow links too.
pub(crate) async fn show_opt_out(arrival: Arrival) -> Answer {
    let Arrival {
        reader,
        jar,
        token,
        invited,
    } = arrival;
    let instrument = &invited.wave.engine.instrument;
    let language = reader.asked.of_texts(&instrument.languages);
    let screen = OptOutScreen {
        token: token.reveal().to_owned(),
        title: instrument.title.get(&language).to_owned(),
        language,
        is_done: invited.has_opted_out,
    };
    let frame = frame(&reader.state, &reader.asked);
    let page = html(StatusCode::OK, &frame, render::opt_out(&frame, &screen));
    Ok((reader.asked.remember(jar), page).into_response())
}

/// `POST /i/{token}/opt-out`: by our page's button, or by the server of a mail provider (RFC 8058), which has
/// no session and is led nowhere. Who knows the token may ask, and it is asked for nothing more: the token is the
/// secret. A page of another site may not even so, as its browser says where it comes from.
pub(crate) async fn opt_out(arrival: Arrival, body: Bytes) -> Answer {
    let Arrival {
        reader,
        token,
        invited,
        ..
    } = arrival;
    let done = reader.state.services.invitations().opt_out(&invited).await;
    done.map_err(|it| reader.service(&it, &invited.wave.slug))?;
    if is_one_click(&body) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Redirect::to(&paths::opt_out(token.reveal())).into_response())
}

/// Whether a form says `List-Unsubscribe=One-Click`, in either way that forms are written.
fn is_one_click(body: &[u8]) -> bool {
    let has = |word: &[u8]| body.windows(word.len()).any(|it| it == word);
    has(b"List-Unsubscribe") && has(b"One-Click")
}

/// The invitation that a browser holds to a wave.
pub(crate) fn kept(state: &State, jar: &CookieJar, slug: &str) -> Option<InvitationToken> {
    let cookie = jar.get(&cookie_name(state, slug))?;
    InvitationToken::parse(cookie.value())
}

/// Behind HTTPS the name itself binds the cookie to this host. No wave's name holds a dot, so this is no
/// draft's cookie.
fn cookie_name(state: &State, slug: &str) -> String {
    let prefix = if state.secure { "__Host-" } else { "" };
    format!("{prefix}recueil.invitation-{slug}")
}
