//! The questionnaire on paper: a page, and a file.

use app::studio::writing::screen::PrintScreen;
use app::{paths, render};
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use service::team::Design;
use service::{Printable, Printing};

use crate::problem::{Answer, Refusal};
use crate::studio::gate::Within;

/// What follows `?`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The number of a published version.
    #[serde(default)]
    version: String,
    /// In which language.
    #[serde(default, rename = "in")]
    language: String,
    /// Whether ids, codes and conditions are wanted.
    #[serde(default)]
    codes: String,
}

async fn printable(
    within: &Within<Design>,
    asked: &Asked,
) -> Result<(Printing, Printable), Refusal> {
    let reader = &within.signed.caller.reader;
    let language = match asked.language.as_str() {
        "" => reader.asked.language.code().to_owned(),
        asked => asked.to_owned(),
    };
    let printing = Printing {
        version: asked.version.parse().ok(),
        language,
        annotated: !asked.codes.is_empty(),
    };
    let found = within
        .services()
        .writing()
        .printable(&within.may, &printing)
        .await;
    let found = found.map_err(|it| within.signed.refuse(&it))?;
    Ok((printing, found))
}

/// `GET /studio/s/{study}/questionnaire/print`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let (printing, found) = printable(&within, &asked).await?;
    let language = found.paper.as_ref().map(|it| it.lang.clone());
    let screen = PrintScreen {
        head: within.head().await?,
        version: found.version,
        versions: found.versions,
        language: language.unwrap_or_default(),
        languages: found.languages,
        annotated: printing.annotated,
        // The page has a heading of its own.
        paper: found.paper.map(|it| publication::html::body(&it, 2)),
    };
    let caller = &within.signed.caller;
    Ok(caller.page(StatusCode::OK, |frame| render::print(frame, &screen)))
}

/// `GET /studio/s/{study}/questionnaire/print.pdf`
pub(crate) async fn file(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let (_, found) = printable(&within, &asked).await?;
    let slug = &within.may.study().slug;
    let Some(paper) = found.paper else {
        // The page says why there is none.
        return Ok(Redirect::to(&paths::print(slug)).into_response());
    };
    let version = found.version.map(|it| format!("-v{it}"));
    let version = version.unwrap_or_default();
    let name = format!("{slug}{version}-{}.pdf", paper.lang);
    let file = within.services().writing().pdf(paper).await;
    let file = file.map_err(|it| within.signed.refuse(&it))?;
    let mut answer = (StatusCode::OK, file).into_response();
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("application/pdf");
    headers.insert(header::CONTENT_TYPE, kind);
    let as_file = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let as_file = as_file.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, as_file);
    Ok(answer)
}
