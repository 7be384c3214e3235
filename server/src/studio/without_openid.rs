//! Stands for `openid.rs` in a program that is built without OpenID Connect.

use app::paths;
use app::studio::team::screen::IdentityBox;
use axum::response::Response;
use service::ServiceError;

use super::gate::Signed;
use crate::problem::Refusal;
use crate::routes::Routes;
use crate::state::State;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
}

pub(crate) fn offered(_: &State) -> Option<String> {
    None
}

pub(crate) async fn of(_: &Signed) -> Result<Option<IdentityBox>, Refusal> {
    Ok(None)
}

pub(crate) async fn leave_too(signed: Signed) -> Response {
    signed.caller.leave(&paths::home())
}

pub(crate) async fn unbind(_: &Signed, _: &str) -> Result<(), ServiceError> {
    Err(ServiceError::Forbidden)
}
