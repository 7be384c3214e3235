//! Entering responses: a file of them is looked at, then taken in; one is typed in (`one_entry`).

use app::render;
use app::studio::team::entry_screen::{EntryLine, EntryOutcome, EntryReport, EntryScreen};
use app::studio::team::field_screen::Wrong;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use interchange::columns::Columns;
use interchange::xlsx;
use questionnaire::Engine;
use service::team::Enter;
use service::{ImportRemark, Imported, ServiceError, UnreadableAnswers, WaveInfo};
use std::collections::HashMap;

use super::field::{self, Asked};
use super::gate::{Within, fault};
use super::one_entry;
use super::upload::{MOST_ECHOED, about_file, unread};
use crate::problem::Answer;

/// The most remarks, and the most columns, that a page shows.
const MOST_SHOWN: usize = 100;

/// The code of a column that the questionnaire does not have.
const LOST_COLUMN: &str = "IX0002";

/// What the form with a file sends.
#[derive(Default)]
struct Typed {
    file: Vec<u8>,
    is_import: bool,
}

impl Typed {
    async fn read(mut form: Multipart) -> Result<Self, MultipartError> {
        let mut typed = Self::default();
        while let Some(field) = form.next_field().await? {
            match field.name().unwrap_or_default() {
                "file" => typed.file = field.bytes().await?.into(),
                "again" => typed.file = STANDARD.decode(field.bytes().await?).unwrap_or_default(),
                "do" => typed.is_import = field.text().await? == "import",
                _ => {}
            }
        }
        Ok(typed)
    }
}

/// What the page says beside what it always says.
#[derive(Default)]
struct Beside {
    done: Option<&'static str>,
    wrong: Option<Wrong>,
    outcome: Option<EntryOutcome>,
}

async fn draw(
    within: &Within<Enter>,
    wave: &WaveInfo,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let mut head = field::head(within, &wave.slug).await?;
    (head.done, head.wrong) = (beside.done, beside.wrong);
    let columns = Columns::of(&wave.engine);
    let screen = EntryScreen {
        head,
        columns: columns.names().map(str::to_owned).collect(),
        one: one_entry::shown(within, wave).await?,
        outcome: beside.outcome,
    };
    let caller = &within.signed.caller;
    Ok(caller.page(status, |frame| render::entry(frame, &screen)))
}

/// `GET /studio/s/{study}/waves/{wave}/entry`
pub(crate) async fn show(
    within: Within<Enter>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let beside = Beside {
        done: asked.done(),
        ..Beside::default()
    };
    draw(&within, &wave, StatusCode::OK, beside).await
}

/// `POST /studio/s/{study}/waves/{wave}/entry`: what became of the file stands in the answer itself. Sending the
/// same file again adds nothing.
pub(crate) async fn take_in(
    within: Within<Enter>,
    Path(path): Path<HashMap<String, String>>,
    form: Multipart,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let typed = Typed::read(form)
        .await
        .map_err(|it| unread(&within.signed, &it))?;
    let mut beside = Beside::default();
    if typed.file.is_empty() {
        beside.wrong = Some(about_file("no_file"));
        return draw(&within, &wave, StatusCode::UNPROCESSABLE_ENTITY, beside).await;
    }
    let (services, may) = (within.services(), &within.may);
    let study = within.head().await?;
    let report = |it| report(it, &wave.engine, &study.language);
    let outcome = if typed.is_import {
        let done = services.import_file(may, &wave, typed.file).await;
        done.map(|it| EntryOutcome::Imported(report(it)))
    } else {
        let file = (typed.file.len() <= MOST_ECHOED).then(|| STANDARD.encode(&typed.file));
        let checked = services.check_file(may, &wave, typed.file).await;
        checked.map(|it| EntryOutcome::Checked {
            report: report(it),
            file,
        })
    };
    let mut status = StatusCode::OK;
    match outcome {
        Ok(outcome) => beside.outcome = Some(outcome),
        Err(ServiceError::UnreadableAnswers(why)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            beside.wrong = Some(about_file("unreadable_answers"));
            beside.outcome = Some(EntryOutcome::Unreadable {
                code: why.code(),
                place: place(&why),
            });
        }
        Err(error) => {
            let (code, wrong) = fault(&error).ok_or_else(|| within.signed.refuse(&error))?;
            (beside.wrong, status) = (Some(Wrong::from(code)), wrong);
        }
    }
    draw(&within, &wave, status, beside).await
}

/// Sheet and cell of a workbook.
fn place(why: &UnreadableAnswers) -> Option<String> {
    let UnreadableAnswers::Workbook(fault) = why else {
        return None;
    };
    let cell = fault.cell.map(xlsx::name_of);
    let parts: Vec<String> = fault.sheet.clone().into_iter().chain(cell).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn report(it: Imported, engine: &Engine, language: &str) -> EntryReport {
    let n_remarks = it.remarks.len() + it.n_more;
    let (columns, lines): (Vec<ImportRemark>, Vec<ImportRemark>) = it
        .remarks
        .into_iter()
        .partition(|it| it.code == LOST_COLUMN);
    // What is refused comes before what is only told.
    let (told, refused): (Vec<_>, Vec<_>) = lines.into_iter().partition(|it| it.code == "off_path");
    let lines = refused.into_iter().chain(told).take(MOST_SHOWN);
    let lines: Vec<EntryLine> = lines.map(|it| line(it, engine, language)).collect();
    let names = columns.into_iter().filter_map(|it| it.item);
    let lost_columns: Vec<String> = names.take(MOST_SHOWN).collect();
    let n_about_lines = n_remarks - it.n_lost_columns;
    let n_more_columns = it.n_lost_columns - lost_columns.len();
    EntryReport {
        n_sheets: it.n_sheets,
        n_added: it.n_added,
        n_unchanged: it.n_unchanged,
        n_conflict: it.n_conflict,
        n_refused: it.n_refused,
        n_broken: it.n_broken,
        n_dropped: it.n_dropped,
        n_more: n_about_lines - lines.len(),
        lines,
        lost_columns,
        n_more_columns,
    }
}

/// The title of the question that a slot key is of.
fn title(key: &str, engine: &Engine, language: &str) -> Option<String> {
    let own = key.split_once("].").map_or(key, |(_, member)| member);
    let id = own.split(['[', '.']).next()?;
    let instrument = &engine.instrument;
    let item = instrument.items.iter().find(|it| it.id == id)?;
    Some(instrument.unfilled(item.title().get(language), language))
}

fn line(it: ImportRemark, engine: &Engine, language: &str) -> EntryLine {
    EntryLine {
        line: it.line,
        id: it.id,
        question: it
            .item
            .as_deref()
            .and_then(|it| title(it, engine, language)),
        item: it.item,
        code: it.code,
    }
}
