//! `/api/v1/…`: the same use cases for programs, in JSON.
//!
//! Programs come with a personal access token, which opens one study with one role at most; a session does
//! as well. `openapi.json` beside this file says what there is; a test compares it with the router and with
//! what the routes really answer.

mod import;

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use questionnaire::Text;
use serde::Serialize;
use service::team::{ExportData, See, ViewResults};
use service::{Access, Fielding, Role, ServiceError, StudyInfo, WaveInfo};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cut;
use crate::problem::{Answer, with_detail};
use crate::studio::gate::{Signed, Within};
use crate::studio::writing::lang;

pub(crate) use import::import;

/// The description, as it is served.
pub(crate) const OPENAPI: &str = include_str!("openapi.json");

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// `GET /api/v1/openapi.json`
pub(crate) async fn description() -> Response {
    answer(JSON, OPENAPI)
}

#[derive(Serialize)]
struct Studies {
    studies: Vec<Study>,
}

#[derive(Serialize)]
struct Study {
    study: String,
    title: BTreeMap<String, String>,
    role: Role,
}

impl From<(StudyInfo, Role)> for Study {
    fn from((study, role): (StudyInfo, Role)) -> Self {
        Self {
            title: by_language(&study.title),
            study: study.slug,
            role,
        }
    }
}

fn by_language(text: &Text) -> BTreeMap<String, String> {
    let all = text.iter();
    all.map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect()
}

/// `GET /api/v1/studies`
pub(crate) async fn studies(signed: Signed) -> Answer {
    let studies = signed.services().team().studies(&signed.who).await;
    let studies = studies.map_err(|it| signed.refuse(&it))?;
    let studies = studies.into_iter().map(Study::from).collect();
    Ok(Json(Studies { studies }).into_response())
}

#[derive(Serialize)]
struct Waves {
    waves: Vec<Wave>,
}

#[derive(Serialize)]
struct Wave {
    wave: String,
    fielding: &'static str,
    access: &'static str,
    anonymous: bool,
    max_responses: Option<i64>,
    opens_at: Option<String>,
    closes_at: Option<String>,
    closing_message: Option<BTreeMap<String, String>>,
}

impl From<WaveInfo> for Wave {
    fn from(wave: WaveInfo) -> Self {
        // What time can say, RFC 3339 can write, but for years beyond 9999.
        let moment = |it: OffsetDateTime| it.format(&Rfc3339).ok();
        Self {
            fielding: match wave.fielding {
                Fielding::NotYetOpen => "not_yet_open",
                Fielding::Open => "open",
                Fielding::Closed => "closed",
                Fielding::Full => "full",
            },
            access: match wave.access {
                Access::Open => "open",
                Access::Invitation => "invitation",
                Access::Both => "both",
            },
            anonymous: wave.anonymous,
            max_responses: wave.max_responses,
            opens_at: wave.opens_at.and_then(moment),
            closes_at: wave.closes_at.and_then(moment),
            closing_message: wave.closing_message.as_ref().map(by_language),
            wave: wave.slug,
        }
    }
}

/// `GET /api/v1/studies/{study}/waves`
pub(crate) async fn waves(within: Within<See>) -> Answer {
    let waves = within.services().waves().of_study(&within.may).await;
    let waves = waves.map_err(|it| within.signed.refuse(&it))?;
    let waves = waves.into_iter().map(Wave::from).collect();
    Ok(Json(Waves { waves }).into_response())
}

fn wave_of(path: &HashMap<String, String>) -> &str {
    path.get("wave").map_or("", String::as_str)
}

/// `GET /api/v1/studies/{study}/waves/{wave}/tables`: the tallies as they stand, as the event stream's
/// snapshot gives them, cut as asked.
pub(crate) async fn tables(
    within: Within<ViewResults>,
    Path(path): Path<HashMap<String, String>>,
    Query(cut): Query<cut::Asked>,
) -> Answer {
    let services = within.services();
    let found = services.results(&within.may, wave_of(&path)).await;
    let (wave, right) = found.map_err(|it| within.signed.refuse(&it))?;
    let asked = &within.signed.caller.reader.asked;
    let language = asked.of_texts(&wave.engine.instrument.languages);
    let frame = services.live().cut(cut.cut()).frame(right, &language).await;
    if let Err(ServiceError::BadCut(why)) = &frame {
        let said = why.message(lang(asked));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(with_detail(status, "bad_cut", Some(&said)));
    }
    let frame = frame.map_err(|it| within.signed.refuse(&it))?;
    Ok(answer(JSON, frame.event(None).data.to_string()))
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
    Ok(answer(
        HeaderValue::from_static("application/x-ndjson"),
        text,
    ))
}

fn answer(kind: HeaderValue, body: impl Into<Body>) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, kind)], body.into()).into_response()
}
