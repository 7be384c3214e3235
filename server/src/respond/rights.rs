//! `/r/{wave}/receipt/…`: what a respondent may do with a response: take it along, correct it,
//! withdraw it.

use app::respond::rights::{ExportScreen, WithdrawScreen};
use app::respond::screen::Problem;
use app::{paths, render};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use service::{Access, Fielding, Own, ServiceError, Token};

use super::visit::Visit;
use crate::document::frame;
use crate::problem::{Answer, Refusal};

/// The respondent's response; the kind page for whoever has none.
pub(super) async fn own(visit: &Visit) -> Result<(Token, Own), Refusal> {
    let wave = visit.wave.slug.clone();
    if let Some(token) = &visit.token {
        let own = visit.respond().own(&visit.wave, token).await;
        if let Some(own) = own.map_err(|it| visit.refuse(&it))? {
            return Ok((token.clone(), own));
        }
    }
    Err(visit.reader.problem(&Problem::NoResponse { wave }))
}

/// `GET …/export/{form}`: everything that is stored of the response, as a file.
pub(crate) async fn export(visit: Visit, Path((_, form)): Path<(String, String)>) -> Answer {
    let (_, own) = own(&visit).await?;
    let (kind, text) = match form.as_str() {
        "json" => ("application/json", own.to_json()),
        "html" => ("text/html; charset=utf-8", readable(&visit, &own)),
        _ => return Err(visit.reader.problem(&Problem::NotFound)),
    };
    // A wave's name has nothing in it that a header would have to quote.
    let name = format!(
        "attachment; filename=\"reponse-{}.{form}\"",
        visit.wave.slug
    );
    let mut answer: Response = text.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

fn readable(visit: &Visit, own: &Own) -> String {
    let language = visit.language(&own.engine);
    let instrument = &own.engine.instrument;
    let contacts = own.contacts.iter().map(|(item, given)| {
        let label = instrument
            .item(item)
            .map_or(item.as_str(), |it| it.label.get(&language));
        (label.to_owned(), given.values().cloned().collect())
    });
    let screen = ExportScreen {
        study: visit.study(&own.engine),
        code: own.code.as_ref().map(service::Code::reveal),
        answers: questionnaire::review_view(&own.engine, &own.sheet, &language).pages,
        contacts: contacts.collect(),
    };
    let frame = frame(&visit.reader.state, &visit.reader.asked);
    render::export(&frame, &screen)
}

/// `POST …/correct`: opens the response for correction. The same post again leads to the same
/// place.
pub(crate) async fn correct(visit: Visit) -> Answer {
    let (token, _) = own(&visit).await?;
    let respond = visit.respond();
    let begun = respond.begin_correction(&visit.wave, &token).await;
    begun.map_err(|it| visit.refuse(&it))?;
    Ok(visit.go(&paths::review(&visit.wave.slug)))
}

/// `POST …/keep`: gives a correction up.
pub(crate) async fn drop_correction(visit: Visit) -> Answer {
    let (token, _) = own(&visit).await?;
    let respond = visit.respond();
    let dropped = respond.drop_correction(&visit.wave, &token).await;
    dropped.map_err(|it| visit.refuse(&it))?;
    Ok(visit.go(&paths::receipt(&visit.wave.slug)))
}

/// `GET …/withdraw`: asks.
pub(crate) async fn ask(visit: Visit) -> Answer {
    let (_, own) = own(&visit).await?;
    let screen = screen(&visit, &own.engine);
    Ok(visit.page(|frame| render::withdraw(frame, &screen)))
}

/// `POST …/withdraw`: withdraws. The same post again leads to the same page.
pub(crate) async fn withdraw(visit: Visit) -> Answer {
    let wave = visit.wave.slug.clone();
    if let Some(token) = &visit.token {
        let respond = visit.respond();
        let done = respond
            .withdraw_invited(&visit.wave, token, visit.invitation.as_ref())
            .await;
        let done: bool = done.map_err(|it: ServiceError| visit.refuse(&it))?;
        if !done && visit.draft().await?.is_some() {
            return Err(visit.reader.problem(&Problem::NoResponse { wave }));
        }
    }
    let jar = visit.jar.clone().remove(visit.forget());
    Ok((jar, visit.go(&visit.after_withdrawal())).into_response())
}

/// `GET /r/{wave}/withdrawn`. Whoever still has a response is shown that.
pub(crate) async fn withdrawn(visit: Visit) -> Answer {
    if own(&visit).await.is_ok() {
        return Ok(visit.go(&paths::receipt(&visit.wave.slug)));
    }
    let engine = visit.wave.engine.clone();
    let screen = screen(&visit, &engine);
    Ok(visit.page(|frame| render::withdrawn(frame, &screen)))
}

fn screen(visit: &Visit, engine: &questionnaire::Engine) -> WithdrawScreen {
    let wave = &visit.wave;
    // In an anonymous wave only this browser can say which invitation it was.
    let is_lost = wave.access == Access::Invitation && wave.anonymous && visit.invitation.is_none();
    WithdrawScreen {
        study: visit.study(engine),
        may_answer_again: wave.fielding == Fielding::Open && !is_lost,
    }
}
