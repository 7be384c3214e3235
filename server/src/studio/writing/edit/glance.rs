//! What is being typed, before it is saved: its preview at once, what is found once it is proven.
//!
//! Two answers, because the proof of a long questionnaire takes longer than a letter.

use app::render;
use axum::response::{Html, IntoResponse};
use questionnaire::document::{self, Questionnaire, to_yaml};
use service::team::Design;

use super::super::{lang, leading, looked};
use super::{Asked, drawing, preview, working};
use crate::problem::Answer;
use crate::studio::gate::Within;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    /// The preview, and what the compiler refuses.
    Preview,
    /// All that is found.
    Findings,
}

/// The parts of the page that show a document which is not saved.
pub(super) async fn draw(
    within: &Within<Design>,
    asked: &Asked,
    typed: &Questionnaire,
    glance: Glance,
) -> Answer {
    let caller = &within.signed.caller;
    let spoken = lang(&caller.reader.asked);
    let writing = within.services().writing();
    let refuse = |it| within.signed.refuse(&it);
    let source = to_yaml(typed);
    let found = match glance {
        Glance::Preview => writing.known(&source, spoken).await,
        Glance::Findings => writing.look(&source, spoken).await.map(Some),
    };
    let shown = found.map_err(refuse)?.map(|it| {
        let mut shown = looked(&it, spoken);
        leading(&mut shown, &document::read(&source));
        shown
    });
    let study = &within.may.study().slug;
    let frame = crate::document::frame(&caller.reader.state, &caller.reader.asked);
    let parts = match (glance, &shown) {
        (Glance::Findings, Some(shown)) => render::edit_findings(&frame, study, shown),
        _ => {
            let node = drawing::open(typed, &asked.node);
            // Those whom the saved text had will do while somebody types.
            let saved = working(within).await?.source;
            let people = writing.people(&saved).await.map_err(refuse)?;
            let preview = preview::preview(within, typed, &node, asked, &people.sheets);
            render::edit_glance(&frame, study, &node.key(), preview.as_ref(), shown.as_ref())
        }
    };
    Ok(([("cache-control", "no-store")], Html(parts)).into_response())
}
