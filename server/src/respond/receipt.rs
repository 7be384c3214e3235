//! `/r/{wave}/receipt`: what a respondent keeps, looked up in the store each time.

use app::render;
use app::respond::screen::{ReceiptScreen, Standing};
use axum::http::HeaderMap;
use service::Fielding;

use super::keep::resume_address;
use super::rights::own;
use super::visit::Visit;
use crate::problem::Answer;

/// `GET`
pub(crate) async fn show(visit: Visit, headers: HeaderMap) -> Answer {
    let (_, own) = own(&visit).await?;
    let language = visit.language(&own.engine);
    let closing = own.engine.instrument.closing.as_ref();
    let screen = ReceiptScreen {
        study: visit.study(&own.engine),
        code: own.code.as_ref().map(service::Code::reveal),
        resume: resume_address(&visit, &headers),
        standing: match own.is_set_aside {
            true => Standing::SetAside,
            false => Standing::Counted,
        },
        is_being_corrected: own.is_being_corrected,
        may_correct: own.is_entry || visit.wave.fielding == Fielding::Open,
        closing: closing.map(|it| it.get(&language).to_owned()),
        answers: questionnaire::review_view(&own.engine, &own.sheet, &language).pages,
    };
    Ok(visit.page(|frame| render::receipt(frame, &screen)))
}
