//! What respondents see of the open node.

use app::language::Language;
use app::render;
use app::respond::screen::{PageScreen, Study};
use app::studio::writing::edit::screen::Preview;
use app::ui::Frame;
use questionnaire::document::edit::Node;
use questionnaire::document::form;
use questionnaire::document::{Item, Questionnaire, to_yaml};
use questionnaire::view::{Element, PageView};
use questionnaire::{Sheet, check, page_view};
use service::team::Design;

use super::Asked;
use crate::studio::gate::Within;

/// The page on which a node stands, as a typical respondent sees it, or with everything that can stand on it.
/// `None` for what stands on no page.
pub(super) fn preview(
    within: &Within<Design>,
    document: &Questionnaire,
    node: &Node,
    asked: &Asked,
    people: &[Sheet],
) -> Option<Preview> {
    let page = page_of(document, node)?;
    let person = asked.person.parse::<usize>().ok();
    let person = person.and_then(|it| Some((it, people.get(it)?)));
    let mut languages = document.languages.clone();
    if languages.is_empty() {
        languages.push("fr".to_owned());
    }
    let reader = &within.signed.caller.reader;
    let language = match languages.iter().find(|it| **it == asked.language) {
        Some(it) => it.clone(),
        None => reader.asked.of_texts(&languages),
    };
    let nobody = Sheet::default();
    let view = match person {
        Some((_, sheet)) => view(document, sheet, &page, &language),
        None => view(&unconditional(document, &page), &nobody, &page, &language),
    };
    let is_off_path = person.is_some() && view.as_ref().is_some_and(is_off_path);
    let frame = Frame {
        language: Language::from_code(&language).unwrap_or_default(),
        manifest: reader.state.manifest.clone(),
        ..Frame::default()
    };
    let draw = |page: PageView| {
        let screen = PageScreen {
            study: Study {
                wave: document.id.clone(),
                title: document.title.get(&language).to_owned(),
                language: language.clone(),
            },
            page,
            idempotency_key: String::new(),
            saved_at: None,
            live: None,
            together: None,
        };
        render::page(&frame, &screen)
    };
    Some(Preview {
        page: view.map(draw),
        is_off_path,
        n_people: people.len(),
        person: person.map(|it| it.0),
        languages,
        language: language.clone(),
        is_phone: asked.width == "phone",
    })
}

fn view(document: &Questionnaire, sheet: &Sheet, page: &str, language: &str) -> Option<PageView> {
    let engine = check(&to_yaml(document)).engine?;
    page_view(&engine, sheet, page, language)
}

/// Whether nothing on the page is shown.
fn is_off_path(page: &PageView) -> bool {
    page.elements.iter().all(|it| match it {
        Element::Statement { on_path, .. } => !on_path,
        Element::Question(it) => !it.on_path,
        Element::Roster(it) => !it.on_path,
    })
}

/// The page on which a node stands; of a block the first one.
fn page_of(document: &Questionnaire, node: &Node) -> Option<String> {
    match node {
        Node::Block(id) => {
            let block = document.blocks.iter().find(|it| it.id == *id)?;
            block.pages.first().map(|it| it.id.clone())
        }
        Node::Page(id) => Some(id.clone()),
        Node::Item(_) => page_of(document, &form::home(document, node)?),
        _ => None,
    }
}

/// The questionnaire with everything on one page shown to everybody.
fn unconditional(document: &Questionnaire, page: &str) -> Questionnaire {
    fn ask(item: &mut Item) {
        item.filter = None;
        item.choices.iter_mut().for_each(|it| it.filter = None);
        item.rows.iter_mut().for_each(|it| it.filter = None);
        item.items.iter_mut().for_each(ask);
    }
    let mut document = document.clone();
    for block in &mut document.blocks {
        for it in block.pages.iter_mut().filter(|it| it.id == page) {
            it.filter = None;
            block.filter = None;
            it.items.iter_mut().for_each(ask);
        }
    }
    document
}
