//! A file of people: looked at, then taken in.

use app::studio::team::field_screen::Wrong;
use app::studio::team::sample_screen::{ColumnLine, SampleCounts, SampleFaultLine, SampleOutcome};
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use service::team::Field;
use service::{
    ColumnMeaning, ImportedSample, SampleColumn, SampleFault, SampleFaultKind, ServiceError,
};
use std::collections::HashMap;

use super::field;
use super::gate::{Within, fault};
use super::invitations::{Beside, LEAST, draw};
use super::upload::{MOST_ECHOED, about_file, unread};
use crate::problem::Answer;

/// The most faults that a page shows.
const MOST_FAULTS: usize = 100;

/// What the form with a file sends.
#[derive(Default)]
struct Typed {
    file: Vec<u8>,
    is_import: bool,
    least: Option<u16>,
}

impl Typed {
    async fn read(mut form: Multipart) -> Result<Self, MultipartError> {
        let mut typed = Self::default();
        while let Some(field) = form.next_field().await? {
            match field.name().unwrap_or_default() {
                "file" => typed.file = field.bytes().await?.into(),
                "table" => typed.file = STANDARD.decode(field.bytes().await?).unwrap_or_default(),
                "do" => typed.is_import = field.text().await? == "import",
                "least" => typed.least = field.text().await?.trim().parse().ok(),
                _ => {}
            }
        }
        Ok(typed)
    }
}

/// `POST /studio/s/{study}/waves/{wave}/invitations`: what became of the file stands in the answer itself.
/// Sending the same file again adds nobody.
pub(crate) async fn take_in(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    form: Multipart,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let typed = Typed::read(form)
        .await
        .map_err(|it| unread(&within.signed, &it))?;
    let least = typed.least.filter(|it| *it > 0).unwrap_or(LEAST);
    let mut beside = Beside {
        least: Some(least),
        ..Beside::default()
    };
    if typed.file.is_empty() {
        beside.wrong = Some(about_file("no_file"));
        return draw(&within, &wave, StatusCode::UNPROCESSABLE_ENTITY, beside).await;
    }
    let invitations = within.services().invitations();
    let (may, file, groups) = (&within.may, &typed.file, usize::from(least));
    let outcome = if typed.is_import {
        let done = invitations.import_in_groups(may, &wave, file, groups);
        done.await.map(|it| SampleOutcome::Imported(counts(it)))
    } else {
        let checked = invitations.check_sample(may, &wave, file, groups).await;
        checked.map(|it| SampleOutcome::Checked {
            columns: it.columns.into_iter().map(column).collect(),
            people: counts(it.would),
            table: (file.len() <= MOST_ECHOED).then(|| STANDARD.encode(file)),
        })
    };
    let mut status = StatusCode::OK;
    match outcome {
        Ok(outcome) => beside.outcome = Some(outcome),
        Err(ServiceError::UnsoundSample(faults)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            beside.wrong = Some(about_file("unsound_sample"));
            beside.outcome = Some(SampleOutcome::Refused {
                n_more: faults.len().saturating_sub(MOST_FAULTS),
                faults: faults.into_iter().take(MOST_FAULTS).map(line).collect(),
            });
        }
        Err(error) => {
            let (code, wrong) = fault(&error).ok_or_else(|| within.signed.refuse(&error))?;
            (beside.wrong, status) = (Some(Wrong::from(code)), wrong);
        }
    }
    draw(&within, &wave, status, beside).await
}

fn counts(it: ImportedSample) -> SampleCounts {
    SampleCounts {
        n_added: it.n_added,
        known_lines: it.known_lines,
        blanked_lines: it.blanked_lines,
    }
}

fn column(it: SampleColumn) -> ColumnLine {
    ColumnLine {
        name: it.name,
        meaning: match it.meaning {
            ColumnMeaning::Email => "email",
            ColumnMeaning::Language => "language",
            ColumnMeaning::Territory => "territory",
            ColumnMeaning::Variable => "variable",
        },
        items: it.items,
        example: it.example,
    }
}

fn line(it: SampleFault) -> SampleFaultLine {
    let first = match it.kind {
        SampleFaultKind::EmailTwice { first } => Some(first),
        _ => None,
    };
    SampleFaultLine {
        line: it.line,
        column: it.column,
        code: it.kind.code(),
        first,
        suggestion: it.suggestion,
        allowed: it.allowed,
    }
}
