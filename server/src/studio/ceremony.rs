//! The cookie by which a browser finishes what it began.

use axum_extra::extract::cookie::{Cookie, SameSite};
use service::team::{Begun, Secret};

use super::gate::Caller;

/// The name of the cookie; behind HTTPS the name itself binds it to this host.
fn name(secure: bool) -> &'static str {
    if secure {
        "__Host-recueil-ceremony"
    } else {
        "recueil-ceremony"
    }
}

/// The cookie of a ceremony that was begun.
pub(crate) fn cookie<T>(begun: &Begun<T>, secure: bool) -> Cookie<'static> {
    Cookie::build((name(secure), begun.secret.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .max_age(begun.lasts)
        .build()
}

/// The secret that a browser brings; its cookie goes, whatever comes of it.
pub(crate) fn take(caller: &mut Caller) -> Option<Secret> {
    let secure = caller.reader.state.secure;
    let found = caller.jar.get(name(secure))?;
    let secret = Secret::parse(found.value());
    let over = Cookie::build(name(secure)).path("/").secure(secure).build();
    caller.jar = caller.jar.clone().remove(over);
    secret
}
