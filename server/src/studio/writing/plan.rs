//! The figures that are wanted: shown with what is missing for them, and written as edits like everything else.

use app::studio::team::field_screen::Wrong;
use app::studio::writing::plan_screen::{
    FigureForm, FigureLine, NewFigure, PlanScreen, PlanShown, UnusedLine,
};
use app::studio::writing::screen::{ClashLine, Saved};
use app::{paths, render};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::document::edit::Node;
use questionnaire::document::form::wanted as offered;
use questionnaire::document::{self, Figure, Questionnaire};
use serde::Deserialize;
use service::team::Design;
use service::{Edited, FigurePlan, ServiceError, Working};

use super::edit::deeds::wanted;
use super::edit::drawing::{has_comments, name};
use super::lang;
use super::source::clash;
use crate::clock;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::{Within, fault};

/// Codes of what was done, as a redirection hands them on.
const DONE: [&str; 6] = ["saved", "merged", "undone", "redone", "nothing", "removed"];

/// What follows `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

/// What the page shows beside what was saved.
#[derive(Default)]
struct Beside {
    /// What was typed over what stands there.
    typed: Vec<(String, String)>,
    /// The save that it was typed over.
    over: Option<i64>,
    clashes: Vec<ClashLine>,
    done: Option<&'static str>,
    wrong: Option<Wrong>,
}

impl Beside {
    fn typed(&self, name: &str) -> Option<String> {
        let found = self.typed.iter().rev().find(|(it, _)| it == name);
        found.map(|it| it.1.clone())
    }
}

async fn working(within: &Within<Design>) -> Result<Working, Refusal> {
    let working = within.services().writing().open(&within.may).await;
    working.map_err(|it| within.signed.refuse(&it))
}

/// `GET /studio/s/{study}/questionnaire/plan`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let beside = Beside {
        done: DONE.into_iter().find(|it| *it == asked.done),
        ..Beside::default()
    };
    draw(&within, StatusCode::OK, beside).await
}

async fn draw(within: &Within<Design>, status: StatusCode, beside: Beside) -> Answer {
    let caller = &within.signed.caller;
    let working = working(within).await?;
    let writing = within.services().writing();
    let refuse = |it| within.signed.refuse(&it);
    let steps = writing.steps(&within.may).await.map_err(refuse)?;
    let document = document::read(&working.source).questionnaire;
    let plan = match &document {
        None => None,
        Some(document) => {
            let spoken = lang(&caller.reader.asked);
            let found = writing.plan(&working.source, spoken).await;
            let found = found.map_err(refuse)?;
            Some(shown(document, (*found).as_ref(), &beside))
        }
    };
    let screen = PlanScreen {
        head: within.head().await?,
        revision: beside.over.unwrap_or(working.revision),
        saved: working.saved_at.map(|at| {
            let at = clock::local(at);
            Saved {
                day: at.date().to_string(),
                time: format!("{:02}:{:02}", at.hour(), at.minute()),
                by: working.saved_by.clone(),
            }
        }),
        plan,
        may_undo: steps.undo.is_some(),
        may_redo: steps.redo.is_some(),
        has_comments: has_comments(&working.source),
        clashes: beside.clashes,
        done: beside.done,
        wrong: beside.wrong,
    };
    Ok(caller.page(status, |frame| render::plan(frame, &screen)))
}

fn shown(document: &Questionnaire, found: Option<&FigurePlan>, beside: &Beside) -> PlanShown {
    let (items, columns) = offered(document);
    let named = |ids: Vec<String>| -> Vec<(String, String)> {
        let named = ids.into_iter().map(|it| {
            let name = item(document, &it).unwrap_or_default();
            (it, name)
        });
        named.collect()
    };
    let typed = |name| beside.typed(name).unwrap_or_default();
    let unused = found.map_or(&[][..], |it| &it.unused);
    let figures = document.figures.iter();
    PlanShown {
        figures: figures
            .map(|it| line(document, it, found, beside))
            .collect(),
        unused: unused
            .iter()
            .map(|it| UnusedLine {
                name: item(document, &it.id).unwrap_or_else(|| it.id.clone()),
                id: it.id.clone(),
                is_read: it.is_read,
            })
            .collect(),
        items: named(items),
        columns: named(columns),
        is_known: found.is_some(),
        new: NewFigure {
            item: typed("new-item"),
            by: typed("new-by"),
            title: typed("new-title"),
        },
    }
}

/// What people call an item; nothing if there is none.
fn item(document: &Questionnaire, id: &str) -> Option<String> {
    document.item(id)?;
    Some(name(document, &Node::Item(id.to_owned())))
}

fn line(
    document: &Questionnaire,
    figure: &Figure,
    found: Option<&FigurePlan>,
    beside: &Beside,
) -> FigureLine {
    let facts = found.and_then(|it| it.figures.iter().find(|it| it.id == figure.id));
    let field = |path: &str| format!("figure:{}|{path}", figure.id);
    let languages = match document.languages.is_empty() {
        true => vec!["fr".to_owned()],
        false => document.languages.clone(),
    };
    let by = figure.by.clone().unwrap_or_default();
    let stored = FigureForm {
        item: figure.item.clone(),
        by: by.clone(),
        titles: languages
            .iter()
            .map(|it| (it.clone(), title(figure, it)))
            .collect(),
        is_open: false,
    };
    let typed = |path: &str, stored: &str| {
        let typed = beside.typed(&field(path));
        typed.unwrap_or_else(|| stored.to_owned())
    };
    let titles = stored.titles.iter();
    let mut form = FigureForm {
        item: typed("item", &stored.item),
        by: typed("by", &stored.by),
        titles: titles
            .map(|(language, text)| (language.clone(), typed(&format!("title.{language}"), text)))
            .collect(),
        is_open: false,
    };
    form.is_open = form != stored;
    let with_name = |id: &String| (id.clone(), item(document, id));
    let empty = facts.map_or(&[][..], |it| &it.empty);
    FigureLine {
        id: figure.id.clone(),
        title: match &figure.title {
            Some(_) => name(document, &Node::Figure(figure.id.clone())),
            None => item(document, &figure.item).unwrap_or_else(|| figure.item.clone()),
        },
        item: with_name(&figure.item),
        by: figure.by.as_ref().map(with_name),
        gap: facts.and_then(|it| it.gap).map(proof::plan::Gap::code),
        universe: facts.and_then(|it| it.universe.clone()),
        columns: facts.and_then(|it| it.columns.clone()),
        empty: empty.iter().map(|it| choice(document, &by, it)).collect(),
        form,
    }
}

/// The title of a figure in one language, as far as it has one.
fn title(figure: &Figure, language: &str) -> String {
    let text = figure.title.as_ref().filter(|it| it.has(language));
    text.map_or("", |it| it.get(language)).to_owned()
}

/// What a choice is called; its code if it has no name there.
fn choice(document: &Questionnaire, item: &str, code: &str) -> String {
    let item = document.item(item);
    let list = item.and_then(|it| it.list.as_ref());
    let list = list.and_then(|id| document.lists.iter().find(|it| it.id == *id));
    let own = item.into_iter().flat_map(|it| &it.choices);
    let shared = list.into_iter().flat_map(|it| &it.choices);
    let found = own.chain(shared).find(|it| it.code == code);
    found.map_or_else(|| code.to_owned(), |it| it.label.get("fr").to_owned())
}

/// `POST /studio/s/{study}/questionnaire/plan`: takes what was typed, then does what the button says.
pub(crate) async fn change(
    within: Within<Design>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let field = |name: &str| {
        let found = posted.iter().rev().find(|(it, _)| it == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    };
    let revision: i64 = field("revision").parse().unwrap_or(0);
    let writing = within.services().writing();
    let refuse = |it: ServiceError| within.signed.refuse(&it);
    let what = field("do");
    if what == "undo" || what == "redo" {
        let (made, done) = match what.as_str() {
            "undo" => (writing.undo(&within.may).await, "undone"),
            _ => (writing.redo(&within.may).await, "redone"),
        };
        return match made.map_err(refuse)? {
            None => Ok(to(&within, "nothing")),
            Some(edited) => after(&within, edited, done).await,
        };
    }
    let read = writing.at(&within.may, revision).await.map_err(refuse)?;
    let Some(base) = read.and_then(|it| document::read(&it).questionnaire) else {
        // What was read is gone, or was no questionnaire: what is there now is shown.
        let beside = Beside {
            wrong: Some(Wrong::from("saved_meanwhile")),
            ..Beside::default()
        };
        return draw(&within, StatusCode::CONFLICT, beside).await;
    };
    let again = |wrong: Wrong| Beside {
        typed: posted.clone(),
        over: Some(revision),
        wrong: Some(wrong),
        ..Beside::default()
    };
    if what == "add-figure questionnaire" && field("new-item").is_empty() {
        let wrong = Wrong {
            code: "edit_needed",
            at: Some("new-item".to_owned()),
        };
        return draw(&within, StatusCode::UNPROCESSABLE_ENTITY, again(wrong)).await;
    }
    let wanted = match wanted(&base, &what, &posted) {
        Ok(it) => it,
        Err(wrong) => {
            return draw(&within, StatusCode::UNPROCESSABLE_ENTITY, again(wrong)).await;
        }
    };
    match writing.edit(&within.may, &wanted.edits, revision).await {
        Ok(edited) => after(&within, edited, wanted.done).await,
        Err(error) => {
            let (code, status) = fault(&error).ok_or_else(|| within.signed.refuse(&error))?;
            draw(&within, status, again(Wrong::from(code))).await
        }
    }
}

/// Back to the page; with what stands against what others wrote, if something does.
async fn after(within: &Within<Design>, edited: Edited, done: &'static str) -> Answer {
    if edited.refused.is_empty() {
        let done = match (done, edited.saved.is_merged) {
            ("saved", true) => "merged",
            (done, _) => done,
        };
        return Ok(to(within, done));
    }
    let beside = Beside {
        clashes: edited.refused.into_iter().map(|it| clash(it.1)).collect(),
        done: Some("clash"),
        ..Beside::default()
    };
    draw(within, StatusCode::CONFLICT, beside).await
}

fn to(within: &Within<Design>, done: &str) -> axum::response::Response {
    let to = paths::plan(&within.may.study().slug);
    Redirect::to(&format!("{to}?done={done}")).into_response()
}
