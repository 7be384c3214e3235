//! `/r/{wave}/p/{page}`: one page of questions.

use app::respond::screen::{Live, PageScreen, Problem};
use app::{paths, render};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Form;
use axum_extra::extract::FormRejection;
use axum_extra::extract::cookie::{Cookie, SameSite};
use questionnaire::session::{self, Go, Place};
use questionnaire::view::{Element, PageView, Widget};
use serde_json::json;
use service::{Author, Draft};

use super::instrument;
use super::several;
use super::start::address;
use super::visit::{self, Visit};
use crate::clock;
use crate::problem::{Answer, Refusal};

/// The fields of a post, in order; names repeat.
pub(super) type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// `GET`
pub(crate) async fn show(mut visit: Visit, Path((_, page)): Path<(String, String)>) -> Answer {
    let (token, draft) = visit.draft_under_way().await?;
    // What would be typed here could not be kept.
    visit.must_take_answers()?;
    if draft.engine.instrument.page(&page).is_none() {
        return Err(visit.reader.problem(&Problem::NotFound));
    }
    // A page further on than the route has come, or no longer on it: to where it has come.
    if !session::may_open(&draft.engine, &draft.sheet, &page) {
        return Ok(visit.go(&address(&visit, &furthest(&draft))));
    }
    let view =
        view(&visit, &draft, &page).ok_or_else(|| visit.reader.problem(&Problem::NotFound))?;
    let saved_at = take_saved(&mut visit);
    let language = visit.language(&draft.engine);
    let screen = PageScreen {
        together: several::on_page(&draft, &view, &language, false),
        study: visit.study(&draft.engine),
        page: view,
        idempotency_key: visit.respond().idempotency_key(&visit.wave, &token, &draft),
        saved_at,
        live: Some(Live {
            instrument: instrument::address(&visit, &draft.engine),
            sheet: draft.sheet.clone(),
        }),
    };
    Ok(visit.page(|frame| render::page(frame, &screen)))
}

/// `POST`: keeps what was answered, then goes where the questionnaire leads.
pub(crate) async fn post(
    visit: Visit,
    Path((_, page)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    fields: Fields,
) -> Answer {
    let pairs = read(&visit, fields)?;
    let (token, draft) = visit.draft_under_way().await?;
    if draft.engine.instrument.page(&page).is_none() {
        return Err(visit.reader.problem(&Problem::NotFound));
    }
    let change = |draft: &mut Draft| take(&visit, draft, &page, &pairs);
    let changed = visit.respond().change(&visit.wave, &token, change).await;
    let (_, taken) = changed.map_err(|it| visit.refuse(&it))?;
    let Some((to, go)) = taken else {
        return Err(visit.reader.problem(&Problem::BadRequest));
    };
    if visit.reader.json {
        let time = clock::time_of_day();
        return Ok(visit::json(StatusCode::OK, json!({ "saved_at": time })));
    }
    if go == Go::Save && query.as_deref() == Some(paths::THEN_KEEP) {
        return Ok(visit.go(&paths::keep(&visit.wave.slug)));
    }
    if go == Go::Save {
        return Ok(saved(&visit, &page));
    }
    Ok(visit.go(&address(&visit, &to)))
}

/// The fields of a post.
pub(super) fn read(visit: &Visit, fields: Fields) -> Result<Vec<(String, String)>, Refusal> {
    match fields {
        Ok(Form(pairs)) => Ok(pairs),
        Err(rejection) => Err(visit.reader.problem(&match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::BadRequest,
        })),
    }
}

/// One step of the draft; `None` when the page does not belong to its questionnaire or may not
/// be answered yet.
fn take(
    visit: &Visit,
    draft: &mut Draft,
    page: &str,
    pairs: &[(String, String)],
) -> Option<(Place, Go)> {
    if !session::may_open(&draft.engine, &draft.sheet, page) {
        return Some((furthest(draft), Go::Next));
    }
    let of = |draft: &Draft| view(visit, draft, page);
    let posted = several::read(draft, Author::Holder, of, pairs)?;
    for (item, details) in posted.contacts {
        draft.contacts.insert(item, details.into_iter().collect());
    }
    let event = posted.event;
    let step = session::step(&draft.engine, &draft.sheet, &event)?;
    draft.sheet = step.sheet;
    several::after(draft, of, pairs);
    draft.language = visit.reader.asked.language.code().to_owned();
    Some((step.to, event.go))
}

/// The cookie by which « Enregistré à 14:02 » is said once, on the page that follows the button.
const SAVED: &str = "recueil-saved";

fn saved(visit: &Visit, page: &str) -> Response {
    let cookie = Cookie::build((SAVED, clock::time_of_day()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(30))
        .build();
    let to = paths::page(&visit.wave.slug, page);
    (visit.jar.clone().add(cookie), visit.go(&to)).into_response()
}

/// The time of a save just made; it is said once.
fn take_saved(visit: &mut Visit) -> Option<String> {
    let time = visit.jar.get(SAVED)?.value().to_owned();
    let well_formed = time.len() == 5 && time.bytes().all(|it| it.is_ascii_digit() || it == b':');
    visit.jar = visit.jar.clone().remove(Cookie::build(SAVED).path("/"));
    well_formed.then_some(time)
}

/// Where the route has come: the furthest page shown that is still on it.
fn furthest(draft: &Draft) -> Place {
    let reached = draft.sheet.meta.reached.as_deref();
    match reached.filter(|it| session::may_open(&draft.engine, &draft.sheet, it)) {
        Some(page) => Place::Page(page.to_owned()),
        None => session::first_page(&draft.engine, &draft.sheet),
    }
}

/// The page as it stands, with contact details, which never stand in a sheet.
fn view(visit: &Visit, draft: &Draft, page: &str) -> Option<PageView> {
    let language = visit.language(&draft.engine);
    let mut view = questionnaire::page_view(&draft.engine, &draft.sheet, page, &language)?;
    for element in &mut view.elements {
        let Element::Question(question) = element else {
            continue;
        };
        let Widget::Contact { fields } = &mut question.widget else {
            continue;
        };
        if let Some(given) = draft.contacts.get(&question.key) {
            for (field, typed) in fields {
                if let Some(it) = given.get(field) {
                    typed.clone_from(it);
                }
            }
        }
    }
    Some(view)
}
