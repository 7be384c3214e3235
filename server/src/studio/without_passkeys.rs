//! Stands for `passkeys.rs` in a program that is built without them.

use app::studio::team::screen::PasskeysBox;
use service::ServiceError;

use super::gate::Signed;
use crate::problem::Refusal;
use crate::routes::Routes;
use crate::state::State;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
}

pub(crate) fn are_offered(_: &State) -> bool {
    false
}

pub(crate) async fn of(_: &Signed) -> Result<Option<PasskeysBox>, Refusal> {
    Ok(None)
}

pub(crate) async fn remove(_: &Signed, _: &str) -> Result<(), ServiceError> {
    Err(ServiceError::Forbidden)
}
