//! A respondent's walk, step by step, as a browser without JavaScript makes it.

mod frame;
mod order;
mod rosters;
mod shown;
mod steps;
mod walks;

use questionnaire::session::{self, Event, Go, Place, Step};
use questionnaire::{Engine, Sheet, page_view};
use serde_json::Value;

fn page(id: &str) -> Place {
    Place::Page(id.to_owned())
}

/// A post of what the page shows, as its form names it.
fn post(engine: &Engine, draft: &Sheet, at: &str, answers: &[(&str, Value)], go: Go) -> Step {
    let view = page_view(engine, draft, at, "fr").unwrap();
    let event = Event {
        page: at.to_owned(),
        answers: answers
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
        shown: view.shown,
        confirmed: Vec::new(),
        go,
    };
    session::step(engine, draft, &event).unwrap()
}

fn next(engine: &Engine, draft: &Sheet, at: &str, answers: &[(&str, Value)]) -> Step {
    post(engine, draft, at, answers, Go::Next)
}
