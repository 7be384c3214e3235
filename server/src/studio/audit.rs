//! What was done in a study.

use app::render;
use app::studio::team::screen::{AuditLine, AuditScreen};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use service::AuditEntry;
use service::team::ReadAudit;

use super::gate::Within;
use crate::problem::Answer;

/// How many of the latest entries the page shows.
const LATEST: u16 = 200;

/// `GET /studio/s/{study}/audit`
pub(crate) async fn show(within: Within<ReadAudit>) -> Answer {
    let signed = &within.signed;
    let entries = within.services().team().audit(&within.may, LATEST).await;
    let entries = entries.map_err(|it| signed.refuse(&it))?;
    let screen = AuditScreen {
        head: within.head().await?,
        entries: entries.into_iter().map(line).collect(),
    };
    Ok(signed
        .caller
        .page(StatusCode::OK, |frame| render::audit(frame, &screen)))
}

fn line(it: AuditEntry) -> AuditLine {
    AuditLine {
        number: it.number,
        day: it.at.date().to_string(),
        time: format!("{:02}:{:02}", it.at.hour(), it.at.minute()),
        actor: it.actor,
        action: it.action,
        subject: it.subject,
        before: it.before,
        after: it.after,
    }
}

/// `GET /studio/s/{study}/audit.ndjson`
pub(crate) async fn file(within: Within<ReadAudit>) -> Answer {
    let team = within.services().team();
    let (mut text, mut number) = (String::new(), 0);
    loop {
        let page = team.audit_after(&within.may, number).await;
        let page = page.map_err(|it| within.signed.refuse(&it))?;
        let Some(last) = page.last() else {
            break;
        };
        number = last.number;
        for entry in page {
            // An entry is texts and numbers: it can always be written.
            text.push_str(&serde_json::to_string(&entry).unwrap_or_default());
            text.push('\n');
        }
    }
    let mut answer = (StatusCode::OK, text).into_response();
    let headers = answer.headers_mut();
    let kind = HeaderValue::from_static("application/x-ndjson");
    headers.insert(header::CONTENT_TYPE, kind);
    let file = HeaderValue::from_static("attachment; filename=\"audit.ndjson\"");
    headers.insert(header::CONTENT_DISPOSITION, file);
    Ok(answer)
}
