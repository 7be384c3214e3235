//! A filter of results, put together line by line. Nothing is saved: it stands in the address of the results.

use app::studio::dashboard::cut_screen::FilterScreen;
use app::studio::team::field_screen::Wrong;
use app::studio::writing::condition::screen::ConditionShown;
use app::{paths, render};
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::sentence::{Given, What};
use service::team::ViewResults;
use service::{ComposedFilter, ServiceError, ViewDashboard, WaveInfo};
use std::collections::HashMap;
use std::sync::Arc;
use tally::Cut;

use crate::cut::Asked;
use crate::document::{frame, html};
use crate::language;
use crate::problem::{Answer, Reader};
use crate::state::State;
use crate::studio::gate::Within;
use crate::studio::writing::condition::{at, built, deed, given, typed};
use crate::studio::writing::lang;

type Fields = Vec<(String, String)>;

/// Whose filter is put together.
struct Filtering<'a> {
    reader: &'a Reader,
    wave: WaveInfo,
    right: ViewDashboard,
    /// The results, whole.
    results: String,
    /// Where the form posts.
    action: String,
    /// Where the title leads.
    home: Option<String>,
}

/// `GET /d/{wave}/{key}/filter`
pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path(path): Path<(String, String)>,
    Query(asked): Query<Asked>,
    language: language::Asked,
    headers: HeaderMap,
) -> Answer {
    let reader = Reader::new(&state, &language, &headers);
    by_link(&state, &reader, path).await?.show(asked).await
}

/// `POST /d/{wave}/{key}/filter`
pub(crate) async fn change(
    Shared(state): Shared<State>,
    Path(path): Path<(String, String)>,
    language: language::Asked,
    headers: HeaderMap,
    Form(posted): Form<Fields>,
) -> Answer {
    let reader = Reader::new(&state, &language, &headers);
    by_link(&state, &reader, path).await?.change(&posted).await
}

/// `GET /studio/s/{study}/waves/{wave}/filter`
pub(crate) async fn show_member(
    within: Within<ViewResults>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    member(&within, &path).await?.show(asked).await
}

/// `POST /studio/s/{study}/waves/{wave}/filter`
pub(crate) async fn change_member(
    within: Within<ViewResults>,
    Path(path): Path<HashMap<String, String>>,
    Form(posted): Form<Fields>,
) -> Answer {
    member(&within, &path).await?.change(&posted).await
}

async fn by_link<'a>(
    state: &State,
    reader: &'a Reader,
    (slug, key): (String, String),
) -> Result<Filtering<'a>, crate::problem::Refusal> {
    let found = state.services.enter_dashboard(&slug, &key).await;
    let (wave, right) = found
        .map_err(|it| reader.service(&it, &slug))?
        .ok_or_else(|| reader.problem(&app::respond::screen::Problem::NotFound))?;
    Ok(Filtering {
        reader,
        wave,
        right,
        results: paths::dashboard(&slug, &key),
        action: paths::dashboard_filter(&slug, &key),
        home: None,
    })
}

async fn member<'a>(
    within: &'a Within<ViewResults>,
    path: &HashMap<String, String>,
) -> Result<Filtering<'a>, crate::problem::Refusal> {
    let slug = path.get("wave").map_or("", String::as_str);
    let study = &within.may.study().slug;
    let found = within.services().results(&within.may, slug).await;
    let (wave, right) = found.map_err(|it| within.signed.refuse(&it))?;
    Ok(Filtering {
        reader: &within.signed.caller.reader,
        wave,
        right,
        results: paths::results(study, slug),
        action: paths::filter(study, slug),
        home: Some(paths::study(study)),
    })
}

impl Filtering<'_> {
    async fn show(self, asked: Asked) -> Answer {
        let given = Given::Text(asked.only.clone());
        let live = self.reader.state.services.live();
        let lang = lang(&self.reader.asked);
        let composed = live.compose(Arc::clone(&self.wave.engine), given, None, lang);
        let composed = composed.await.map_err(|it| self.refuse(&it))?;
        self.draw(&asked, composed, None).await
    }

    /// Takes what was chosen and typed, then does what the button says.
    async fn change(self, posted: &Fields) -> Answer {
        let field = |name: &str| typed(posted, name);
        let what = field("do");
        let given = given(&what, posted, field);
        let live = self.reader.state.services.live();
        let lang = lang(&self.reader.asked);
        let engine = Arc::clone(&self.wave.engine);
        let composed = live.compose(engine, given, deed(&what, field), lang).await;
        let composed = composed.map_err(|it| self.refuse(&it))?;
        let asked = Asked {
            by: field("by"),
            unit: field("unit"),
            level: field("level"),
            sets: field("sets"),
            percent: field("percent"),
            wall: String::new(),
            form: String::new(),
            only: composed.built.text.clone(),
        };
        // Looking is no fault.
        let wrong = match what.as_str() {
            "look" => None,
            _ if composed.built.is_torn() => Some(at("condition_both", "text")),
            "apply" => wrong(&composed),
            _ => None,
        };
        if what == "apply" && wrong.is_none() {
            return Ok(Redirect::to(&asked.of(&self.results)).into_response());
        }
        self.draw(&asked, composed, wrong).await
    }

    async fn draw(self, asked: &Asked, composed: ComposedFilter, wrong: Option<Wrong>) -> Answer {
        let reader = self.reader;
        let kept = self.kept(&composed).await?;
        let condition = ConditionShown {
            sentence: composed.sentence,
            ..built(composed.built, composed.focus.as_ref(), lang(&reader.asked))
        };
        let instrument = &self.wave.engine.instrument;
        let language = reader.asked.of_texts(&instrument.languages);
        let status = match wrong {
            None => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let screen = FilterScreen {
            title: instrument.title.get(&language).to_owned(),
            home: self.home,
            back: asked.of(&self.results),
            action: self.action,
            by: asked.by.clone(),
            unit: asked.unit.clone(),
            level: asked.level.clone(),
            percent: asked.percent.clone(),
            sets: asked.sets.clone(),
            condition,
            kept,
            wrong,
        };
        let frame = frame(&reader.state, &reader.asked);
        Ok(html(status, &frame, render::filter(&frame, &screen)))
    }

    /// How many responses the filter keeps, of how many; nothing while it is not right.
    async fn kept(
        &self,
        composed: &ComposedFilter,
    ) -> Result<Option<(u64, u64)>, crate::problem::Refusal> {
        if !composed.built.is_right() {
            return Ok(None);
        }
        let only = Some(composed.built.text.clone()).filter(|it| !it.is_empty());
        let cut = Cut {
            only,
            ..Cut::default()
        };
        let live = self.reader.state.services.live().cut(cut);
        match live.frame(self.right, "").await {
            Ok(frame) => {
                let all = frame.n_responses() as u64;
                Ok(Some((frame.n_kept().unwrap_or(all), all)))
            }
            Err(ServiceError::BadCut(_)) => Ok(None),
            Err(error) => Err(self.refuse(&error)),
        }
    }

    fn refuse(&self, error: &ServiceError) -> crate::problem::Refusal {
        self.reader.service(error, &self.wave.slug)
    }
}

/// Why results are not shown with a filter as it is: the first thing that is to be done.
fn wrong(composed: &ComposedFilter) -> Option<Wrong> {
    let built = &composed.built;
    let is_todo = |it: &&questionnaire::sentence::Fault| matches!(it.what, What::Todo(_));
    if let Some(it) = built.faults.iter().find(is_todo) {
        return Some(at("condition_unfinished", &it.at));
    }
    built.is_wrong().then(|| {
        let field = built.faults.first().map_or("text", |it| it.at.as_str());
        at("filter_wrong", field)
    })
}
