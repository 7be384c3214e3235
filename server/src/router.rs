//! Every route of the program.

use axum::Router;
use axum::routing::{get, post};

use app::paths;

use crate::state::State;
use crate::{dashboard, health, invite, layers, live, respond, site};

/// The whole site.
pub fn router(state: State) -> Router {
    let pages = Router::new()
        .route(paths::HOME, get(respond::home))
        .route(
            paths::START,
            get(respond::start::show).post(respond::start::begin),
        )
        .route(
            paths::PAGE,
            get(respond::page::show).post(respond::page::post),
        )
        .route(
            paths::REVIEW,
            get(respond::review::show).post(respond::review::submit),
        )
        .route(paths::RECEIPT, get(respond::receipt::show))
        .route(paths::INSTRUMENT, get(respond::instrument::show))
        .route(paths::INVITATION, get(invite::follow))
        .route(
            paths::OPT_OUT,
            get(invite::show_opt_out).post(invite::opt_out),
        )
        .route(paths::DASHBOARD, get(dashboard::show))
        .route(paths::REHEARSAL, get(dashboard::show_rehearsal))
        .route(paths::REMOVE_REHEARSAL, post(dashboard::remove_rehearsal))
        .fallback(respond::nowhere);
    let pages = layers::around_pages(pages, &state);
    let bare = Router::new()
        .route(paths::LIVE, get(live::events))
        .route(paths::ASSET, get(site::asset))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    layers::around_all(bare.merge(pages)).with_state(state)
}
