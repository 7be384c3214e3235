//! `POST /api/v1/studies/{study}/waves/{wave}/responses`: a file of responses, as the body itself.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use service::team::Enter;
use service::{ImportRemark, Imported, ServiceError};

use crate::problem::{Answer, json_problem};
use crate::studio::gate::Within;

/// What follows `?`: a word that is not known is refused, as it may be a misspelt `dry_run`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Everywhere the language; there are no words here.
    #[serde(default, rename = "lang")]
    _lang: Option<String>,
}

#[derive(Serialize)]
struct Report {
    dry_run: bool,
    sheets: usize,
    added: usize,
    unchanged: usize,
    conflict: usize,
    refused: usize,
    skipped: usize,
    dropped: usize,
    broken: usize,
    lost_columns: usize,
    remarks: Vec<Remark>,
    more_remarks: usize,
}

#[derive(Serialize)]
struct Remark {
    line: Option<usize>,
    id: Option<String>,
    item: Option<String>,
    code: String,
}

impl From<ImportRemark> for Remark {
    fn from(it: ImportRemark) -> Self {
        let ImportRemark {
            line,
            id,
            item,
            code,
        } = it;
        Self {
            line,
            id,
            item,
            code,
        }
    }
}

impl Report {
    fn new(it: Imported, dry_run: bool) -> Self {
        Self {
            dry_run,
            sheets: it.n_sheets,
            added: it.n_added,
            unchanged: it.n_unchanged,
            conflict: it.n_conflict,
            refused: it.n_refused,
            skipped: it.n_skipped,
            dropped: it.n_dropped,
            broken: it.n_broken,
            lost_columns: it.n_lost_columns,
            remarks: it.remarks.into_iter().map(Remark::from).collect(),
            more_remarks: it.n_more,
        }
    }
}

/// Checked with `?dry_run=true`, else taken in. Sending the same file again adds nothing.
pub(crate) async fn import(
    within: Within<Enter>,
    Path(path): Path<HashMap<String, String>>,
    asked: Result<Query<Asked>, QueryRejection>,
    file: Result<Bytes, BytesRejection>,
) -> Answer {
    let services = within.services();
    let slug = super::wave_of(&path);
    let wave = services.waves().within(&within.may, slug).await;
    let wave = wave.map_err(|it| within.signed.refuse(&it))?;
    let bad = |status, code| Err(json_problem(status, code).into());
    let Ok(Query(Asked { dry_run, .. })) = asked else {
        return bad(StatusCode::BAD_REQUEST, "bad_request");
    };
    let file = match file {
        Ok(file) if file.is_empty() => return bad(StatusCode::UNPROCESSABLE_ENTITY, "no_file"),
        Ok(file) => file.to_vec(),
        Err(it) if it.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return bad(StatusCode::PAYLOAD_TOO_LARGE, "too_large");
        }
        Err(_) => return bad(StatusCode::BAD_REQUEST, "bad_request"),
    };
    let done = match dry_run {
        true => services.check_file(&within.may, &wave, file).await,
        false => services.import_file(&within.may, &wave, file).await,
    };
    match done {
        Ok(it) => Ok(Json(Report::new(it, dry_run)).into_response()),
        Err(ServiceError::UnreadableAnswers(why)) => {
            bad(StatusCode::UNPROCESSABLE_ENTITY, why.code())
        }
        Err(error) => Err(within.signed.refuse(&error)),
    }
}
