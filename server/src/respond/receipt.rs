//! `/r/{wave}/receipt`: what a respondent keeps.

use app::render;
use app::respond::screen::{Problem, ReceiptScreen};

use super::visit::Visit;
use crate::problem::Answer;

/// `GET`
pub(crate) async fn show(visit: Visit) -> Answer {
    let receipt = match &visit.token {
        None => None,
        Some(token) => visit
            .services()
            .respond()
            .receipt(&visit.wave, token)
            .await
            .map_err(|it| visit.reader.service(&it, &visit.wave.slug))?,
    };
    let Some(receipt) = receipt else {
        let wave = visit.wave.slug.clone();
        return Err(visit.reader.problem(&Problem::NoResponse { wave }));
    };
    let engine = visit.wave.engine.clone();
    let language = visit.language(&engine);
    let screen = ReceiptScreen {
        study: visit.study(&engine),
        code: receipt.response.0.to_string(),
        received_on: None,
        closing: engine
            .instrument
            .closing
            .as_ref()
            .map(|it| it.get(&language).to_owned()),
        answers: Vec::new(),
    };
    Ok(visit.page(|frame| render::receipt(frame, &screen)))
}
