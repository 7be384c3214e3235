//! Whom the team may call back.

use app::render;
use app::studio::team::sample_screen::{ContactLine, ContactsScreen};
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use questionnaire::instrument::ContactField;
use service::CallBackPerson;
use service::team::Field;
use std::collections::HashMap;

use super::field;
use super::gate::Within;
use crate::problem::Answer;

/// `GET /studio/s/{study}/waves/{wave}/contacts`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let people = within.services().call_back().list(&within.may, &wave).await;
    let people = people.map_err(|it| within.signed.refuse(&it))?;
    let screen = ContactsScreen {
        head: field::head(&within, &wave.slug).await?,
        people: people.into_iter().map(line).collect(),
    };
    let caller = &within.signed.caller;
    Ok(caller.page(StatusCode::OK, |frame| render::contacts(frame, &screen)))
}

fn line(it: CallBackPerson) -> ContactLine {
    let detail = |field| it.details.get(&field).cloned().unwrap_or_default();
    ContactLine {
        name: detail(ContactField::Name),
        email: detail(ContactField::Email),
        telephone: detail(ContactField::Telephone),
        language: it.language,
        agreed: it.agreed,
    }
}

/// `GET /studio/s/{study}/waves/{wave}/contacts.csv`
pub(crate) async fn file(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let table = within.services().call_back().csv(&within.may, &wave).await;
    let table = table.map_err(|it| within.signed.refuse(&it))?;
    let mut answer = (StatusCode::OK, table).into_response();
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let file = HeaderValue::from_static("attachment; filename=\"contacts.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, file);
    Ok(answer)
}
