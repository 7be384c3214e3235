//! The text of a questionnaire.

use app::respond::screen::Problem;
use app::studio::team::field_screen::Wrong;
use app::studio::writing::screen::{ClashLine, Saved, SourceScreen};
use app::{paths, render};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::Design;
use service::{Clash, PublishedVersion, ServiceError, Working};

use super::findings::cover;
use super::{lang, looked, rehearse};
use crate::clock;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::Within;

/// Codes of what was done, as a redirection hands them on.
const DONE: [&str; 4] = ["saved", "merged", "begun", "restored"];

/// What follows `?`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
    /// The number of a published version that is to be read.
    version: Option<i32>,
}

/// What the page shows beside what was saved.
#[derive(Default)]
struct Beside {
    /// The text in the form, where it is another one.
    draft: Option<String>,
    /// The number of the published version that this is.
    reading: Option<i32>,
    theirs: Option<String>,
    clashes: Vec<ClashLine>,
    done: Option<&'static str>,
    wrong: Option<Wrong>,
}

async fn draw(
    within: &Within<Design>,
    working: Working,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let caller = &within.signed.caller;
    let lang = lang(&caller.reader.asked);
    let is_draft = beside.draft.is_some();
    let source = beside.draft.unwrap_or(working.source);
    let found = within.services().writing().look(&source, lang).await;
    let found = found.map_err(|it| within.signed.refuse(&it))?;
    let mut looked = looked(&found, lang);
    let people = within.services().writing().people(&source).await;
    let people = people.map_err(|it| within.signed.refuse(&it))?;
    cover(&mut looked, &people);
    let screen = SourceScreen {
        head: within.head().await?,
        looked,
        source,
        revision: working.revision,
        saved: working.saved_at.map(|at| {
            let at = clock::local(at);
            Saved {
                day: at.date().to_string(),
                time: format!("{:02}:{:02}", at.hour(), at.minute()),
                by: working.saved_by,
            }
        }),
        is_draft,
        reading: beside.reading,
        theirs: beside.theirs,
        clashes: beside.clashes,
        done: beside.done,
        wrong: beside.wrong,
    };
    Ok(caller.page(status, |frame| render::source(frame, &screen)))
}

async fn working(within: &Within<Design>) -> Result<Working, Refusal> {
    let working = within.services().writing().open(&within.may).await;
    working.map_err(|it| within.signed.refuse(&it))
}

/// A published version by its number.
async fn published(within: &Within<Design>, number: i32) -> Result<PublishedVersion, Refusal> {
    let writing = within.services().writing();
    let versions = writing.published(&within.may).await;
    let versions = versions.map_err(|it| within.signed.refuse(&it))?;
    let found = versions.into_iter().find(|it| it.number == number);
    found.ok_or_else(|| within.signed.caller.reader.problem(&Problem::NotFound))
}

/// `GET /studio/s/{study}/questionnaire`: the working version, or with `?version=` a published one, to be read.
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let working = working(&within).await?;
    let version = match asked.version {
        Some(number) => Some(published(&within, number).await?),
        None => None,
    };
    let beside = Beside {
        reading: version.as_ref().map(|it| it.number),
        draft: version
            .map(|it| it.source)
            .filter(|it| *it != working.source),
        done: DONE.into_iter().find(|it| *it == asked.done),
        ..Beside::default()
    };
    draw(&within, working, StatusCode::OK, beside).await
}

/// What the forms send.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    revision: i64,
    /// Which published version is to be taken up again.
    #[serde(default)]
    number: i32,
}

/// `POST /studio/s/{study}/questionnaire`: checks, saves, or takes a published text up again.
pub(crate) async fn change(within: Within<Design>, Form(typed): Form<Typed>) -> Answer {
    // Browsers send lines as mails have them.
    let source = typed.source.replace("\r\n", "\n");
    let writing = within.services().writing();
    let slug = &within.may.study().slug;
    match typed.what.as_str() {
        "check" => {
            let mut working = working(&within).await?;
            // It is written over the save that was read.
            working.revision = typed.revision;
            let beside = Beside {
                draft: (source != working.source).then_some(source),
                ..Beside::default()
            };
            draw(&within, working, StatusCode::OK, beside).await
        }
        "rehearse" if working(&within).await?.source == source => rehearse::now(&within).await,
        // What is typed is what is rehearsed.
        what @ ("save" | "rehearse") => {
            match writing.save(&within.may, &source, typed.revision).await {
                Ok(_) if what == "rehearse" => rehearse::now(&within).await,
                Ok(saved) => {
                    let done = if saved.is_merged { "merged" } else { "saved" };
                    let to = format!("{}?done={done}", paths::questionnaire(slug));
                    Ok(Redirect::to(&to).into_response())
                }
                Err(ServiceError::SavedMeanwhile) => {
                    let clashes = writing.clashes(&within.may, &source, typed.revision).await;
                    let clashes = clashes.map_err(|it| within.signed.refuse(&it))?;
                    let working = working(&within).await?;
                    let beside = Beside {
                        clashes: clashes.into_iter().map(clash).collect(),
                        theirs: Some(working.source.clone()),
                        draft: Some(source),
                        wrong: Some(Wrong {
                            code: "saved_meanwhile",
                            at: Some("source".to_owned()),
                        }),
                        ..Beside::default()
                    };
                    draw(&within, working, StatusCode::CONFLICT, beside).await
                }
                Err(error) => Err(within.signed.refuse(&error)),
            }
        }
        "restore" => {
            let refuse = |it| within.signed.refuse(&it);
            let version = published(&within, typed.number).await?;
            let latest = working(&within).await?.revision;
            let saved = writing.save(&within.may, &version.source, latest).await;
            saved.map_err(refuse)?;
            let to = format!("{}?done=restored", paths::questionnaire(slug));
            Ok(Redirect::to(&to).into_response())
        }
        _ => Err(within.signed.caller.reader.problem(&Problem::BadRequest)),
    }
}

pub(super) fn clash(it: Clash) -> ClashLine {
    ClashLine {
        place: it.place,
        what: it.what,
        mine: it.mine,
        theirs: it.theirs,
        base: it.base,
    }
}
