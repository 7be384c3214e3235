//! The results of a wave, for members.

use app::paths;
use app::studio::dashboard::screen::Concern;
use axum::extract::{Path, Query};
use service::Fielding;
use service::team::ViewResults;
use std::collections::HashMap;

use super::gate::Within;
use crate::cut;
use crate::dashboard::{self, Shown};
use crate::live;
use crate::problem::Answer;

fn wave_of(path: &HashMap<String, String>) -> &str {
    path.get("wave").map_or("", String::as_str)
}

/// `GET /studio/s/{study}/waves/{wave}`
pub(crate) async fn show(
    within: Within<ViewResults>,
    Path(path): Path<HashMap<String, String>>,
    Query(cut): Query<cut::Asked>,
) -> Answer {
    let slug = wave_of(&path);
    let found = within.services().results(&within.may, slug).await;
    let (wave, right) = found.map_err(|it| within.signed.refuse(&it))?;
    let concern = Concern::Wave {
        is_open: wave.fielding == Fielding::Open,
        rehearsal: None,
    };
    let caller = &within.signed.caller;
    let shown = Shown {
        slug,
        wave: &wave,
        right,
        concern,
        home: Some(paths::study(&within.may.study().slug)),
        here: paths::results(&within.may.study().slug, slug),
        compose: Some(paths::filter(&within.may.study().slug, slug)),
        cut,
    };
    let live = |language: &str, since| live::address_for_members(&wave, language, since);
    dashboard::results(&caller.reader, shown, live, caller.jar.clone()).await
}
