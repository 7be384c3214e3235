//! The mails of a wave: their text in each language.

use app::respond::screen::Problem;
use app::studio::team::field_screen::Wrong;
use app::studio::team::sample_screen::{MessageText, MessagesScreen};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::Field;
use service::{MailKind, MailText, ServiceError, TemplateFaultKind, WaveInfo};
use std::collections::HashMap;

use super::field::{self, Asked};
use super::gate::Within;
use super::invitations::{code, kind, shown};
use crate::problem::{Answer, Refusal};

/// The wave and the mail of the address.
async fn found(
    within: &Within<Field>,
    path: &HashMap<String, String>,
) -> Result<(WaveInfo, MailKind), Refusal> {
    let wave = field::wave(within, path).await?;
    let nowhere = || within.signed.caller.reader.problem(&Problem::NotFound);
    let kind = path.get("kind").and_then(|it| kind(it));
    Ok((wave, kind.ok_or_else(nowhere)?))
}

async fn draw(
    within: &Within<Field>,
    wave: &WaveInfo,
    kind: MailKind,
    status: StatusCode,
    done: Option<&'static str>,
    typed: Option<MessageText>,
) -> Answer {
    let invitations = within.services().invitations();
    let kept = invitations.texts(&within.may, wave, kind).await;
    let kept = kept.map_err(|it| within.signed.refuse(&it))?;
    let mut head = field::head(within, &wave.slug).await?;
    head.done = done;
    if let Some(typed) = &typed
        && let Some((in_subject, _, _)) = typed.faults.first()
    {
        let field = if *in_subject { "subject" } else { "body" };
        head.wrong = Some(Wrong {
            code: "unsound_template",
            at: Some(format!("{field}-{}", typed.language)),
        });
    }
    let mut texts: Vec<MessageText> = kept.into_iter().map(text).collect();
    if let Some(typed) = typed
        && let Some(kept) = texts.iter_mut().find(|it| it.language == typed.language)
    {
        let is_own = kept.is_own;
        *kept = MessageText { is_own, ..typed };
    }
    let screen = MessagesScreen {
        head,
        kind: code(kind),
        texts,
    };
    let caller = &within.signed.caller;
    Ok(caller.page(status, |frame| render::messages(frame, &screen)))
}

fn text(it: MailText) -> MessageText {
    MessageText {
        language: it.shown.language.clone(),
        subject: it.subject,
        body: it.body,
        is_own: it.shown.is_own,
        faults: Vec::new(),
        shown: Some(shown(it.shown)),
        is_draft: false,
    }
}

/// `GET /studio/s/{study}/waves/{wave}/messages/{kind}`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let (wave, kind) = found(&within, &path).await?;
    draw(&within, &wave, kind, StatusCode::OK, asked.done(), None).await
}

/// What the forms send.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
}

/// `POST /studio/s/{study}/waves/{wave}/messages/{kind}`
pub(crate) async fn change(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Answer {
    let (wave, kind) = found(&within, &path).await?;
    let (invitations, may) = (within.services().invitations(), &within.may);
    let bad = || within.signed.caller.reader.problem(&Problem::BadRequest);
    let language = typed.language.as_str();
    if !wave
        .engine
        .instrument
        .languages
        .iter()
        .any(|it| it == language)
    {
        return Err(bad());
    }
    // Browsers send lines as mails have them.
    let (subject, body) = (typed.subject.trim(), typed.body.replace("\r\n", "\n"));
    let mut drawn = MessageText {
        language: language.to_owned(),
        subject: subject.to_owned(),
        body: body.clone(),
        is_own: false,
        faults: Vec::new(),
        shown: None,
        is_draft: true,
    };
    let (done, result) = match typed.what.as_str() {
        "show" => {
            let seen = invitations.preview(&wave, kind, language, subject, &body);
            let seen = seen.map(|it| drawn.shown = Some(shown(it)));
            ("", seen)
        }
        "keep" => {
            let kept = invitations.set_template(may, &wave, kind, language, subject, &body);
            ("kept", kept.await)
        }
        "drop" => {
            let dropped = invitations.drop_template(may, &wave, kind, language);
            ("dropped", dropped.await)
        }
        _ => return Err(bad()),
    };
    match result {
        Ok(()) if done.is_empty() => {
            draw(&within, &wave, kind, StatusCode::OK, None, Some(drawn)).await
        }
        Ok(()) => {
            let to = paths::messages(&may.study().slug, &wave.slug, code(kind));
            Ok(Redirect::to(&format!("{to}?done={done}")).into_response())
        }
        Err(ServiceError::UnsoundTemplate(faults)) => {
            let faults = faults.into_iter().map(|it| {
                let fill = match &it.kind {
                    TemplateFaultKind::UnknownFill(name) => name.clone(),
                    TemplateFaultKind::FillMissing(name) => (*name).to_owned(),
                    _ => String::new(),
                };
                (it.in_subject, it.kind.code(), fill)
            });
            drawn.faults = faults.collect();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&within, &wave, kind, status, None, Some(drawn)).await
        }
        Err(error) => Err(within.signed.refuse(&error)),
    }
}
