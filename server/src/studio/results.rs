//! The results and responses of a wave, for members.

use app::paths;
use app::studio::dashboard::screen::Concern;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use service::Fielding;
use service::team::{ExportData, ViewResults};
use std::collections::HashMap;

use super::gate::Within;
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
    };
    let live = |language: &str, since| live::address_for_members(&wave, language, since);
    dashboard::results(&caller.reader, shown, live, caller.jar.clone()).await
}

/// `GET /api/v1/studies/{study}/waves/{wave}/responses`: answer sheets, one a line.
pub(crate) async fn responses(
    within: Within<ExportData>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let services = within.services();
    let wave = services.waves().within(&within.may, wave_of(&path)).await;
    let wave = wave.map_err(|it| within.signed.refuse(&it))?;
    let export = services.export(&within.may, &wave).await;
    let mut export = export.map_err(|it| within.signed.refuse(&it))?;
    let mut text = String::new();
    loop {
        let page = export.next_page().await;
        let Some(page) = page.map_err(|it| within.signed.refuse(&it))? else {
            break;
        };
        for sheet in page {
            // A sheet was read from JSON: it can be written as such.
            text.push_str(&serde_json::to_string(&sheet).unwrap_or_default());
            text.push('\n');
        }
    }
    let mut answer = (StatusCode::OK, Body::from(text)).into_response();
    let kind = HeaderValue::from_static("application/x-ndjson");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(answer)
}
