//! The shape of an instrument: every item in its place, fields checked against kinds, names unique.
//!
//! Reading order: [`lower`] → `items` → `kinds` (→ `lists`, `rosters`) → `derived`; `frame` before all. What may be
//! written where is in `fields`, what an identifier is in `ids`, how much is read in `sizes`.

mod derived;
mod fields;
mod former;
mod frame;
mod ids;
mod items;
mod kinds;
mod lists;
mod rosters;
mod sizes;

pub(crate) use fields::takes;
pub(crate) use ids::is_word;

use std::collections::HashMap;
use std::num::NonZeroU64;

use expr::Expected;

use super::findings::Findings;
use crate::diagnostic::Problem;
use crate::document::Questionnaire;
use crate::instrument::{
    Block, Condition, Former, Instrument, Item, List, Page, Population, Roster,
};
use crate::layout::Source;

/// An instrument whose conditions are still to be checked.
pub(super) struct Lowered {
    pub(super) instrument: Instrument,
    pub(super) conditions: Vec<Written>,
    /// Path of the element with each id.
    pub(super) places: HashMap<String, String>,
}

/// A condition as its author wrote it.
pub(super) struct Written {
    /// Where it goes.
    pub(super) to: Source,
    pub(super) source: String,
    /// Its path in the file.
    pub(super) path: String,
    /// What its place needs.
    pub(super) expected: Expected,
}

/// The shape of a document; `None` when there is too much of it.
pub(super) fn lower(document: &Questionnaire, findings: &mut Findings<'_>) -> Option<Lowered> {
    if !sizes::fit(document, findings) {
        return None;
    }
    let it = Lowering {
        document,
        findings,
        items: Vec::new(),
        rosters: Vec::new(),
        lists: Vec::new(),
        named_lists: HashMap::new(),
        declared: HashMap::new(),
        conditions: Vec::new(),
        places: HashMap::new(),
        ids: HashMap::new(),
        former: Former::default(),
    };
    Some(it.questionnaire())
}

struct Lowering<'d, 'f, 'm> {
    document: &'d Questionnaire,
    findings: &'f mut Findings<'m>,
    items: Vec<Item>,
    rosters: Vec<Roster>,
    lists: Vec<List>,
    named_lists: HashMap<&'d str, NamedList>,
    /// Code lists of the computed items that declare one.
    declared: HashMap<u32, u32>,
    conditions: Vec<Written>,
    places: HashMap<String, String>,
    /// Position of the item with each id.
    ids: HashMap<&'d str, u32>,
    /// What was called otherwise.
    former: Former,
}

/// A list that items share.
#[derive(Clone, Copy)]
struct NamedList {
    /// Position among the document's lists.
    nth: usize,
    /// Position among the instrument's.
    list: u32,
}

/// Things whose ids are unique among themselves.
#[derive(Clone, Copy)]
enum Space {
    /// Items and fills: both are named in conditions or texts.
    Item,
    Block,
    Page,
    List,
    Net,
    Figure,
}

impl Lowering<'_, '_, '_> {
    fn questionnaire(mut self) -> Lowered {
        let document = self.document;
        if !ids::is_slug(&document.id) {
            self.findings.error(
                "/id",
                Problem::BadId {
                    id: document.id.clone(),
                },
            );
        }
        let languages = self.languages();
        if document.blocks.is_empty() {
            self.findings
                .error("/blocks", Problem::EmptyList { field: "blocks" });
        }
        for (nth, list) in document.lists.iter().enumerate() {
            let path = format!("/lists/{nth}");
            self.place(&list.id, &path, Space::List);
            let list_ix = self.list(&list.choices, &format!("{path}/choices"));
            self.named_lists
                .entry(&list.id)
                .or_insert(NamedList { nth, list: list_ix });
        }
        let mut blocks = Vec::new();
        let mut pages = Vec::new();
        let frame = self.frame(&mut blocks, &mut pages);
        let first = blocks.len() as u32;
        for (b, block) in (0u32..).zip(&document.blocks) {
            let path = format!("/blocks/{b}");
            self.place(&block.id, &path, Space::Block);
            if block.pages.is_empty() {
                self.findings.error(
                    &format!("{path}/pages"),
                    Problem::EmptyList { field: "pages" },
                );
            }
            let ix = first + b;
            let filter = self.condition(Source::Block(ix), block.filter.as_ref(), &path, "filter");
            blocks.push(Block {
                id: block.id.clone(),
                title: block.title.clone(),
                filter,
            });
            let first_item = self.items.len();
            for (p, page) in block.pages.iter().enumerate() {
                let path = format!("{path}/pages/{p}");
                self.place(&page.id, &path, Space::Page);
                let ix = pages.len() as u32;
                let filter =
                    self.condition(Source::Page(ix), page.filter.as_ref(), &path, "filter");
                let items = self.items(&page.items, ix, None, &format!("{path}/items"));
                pages.push(Page {
                    id: page.id.clone(),
                    block: first + b,
                    title: page.title.clone(),
                    filter,
                    items,
                });
            }
            // Units of a roster are others than those whom the block is about.
            let own = self.items.iter_mut().skip(first_item);
            for it in own.filter(|it| it.roster.is_none()) {
                let all = block.population.map(NonZeroU64::get);
                it.population = Population::new(it.population.get().or(all));
            }
        }
        self.former_items();
        let fills = self.fills();
        let nets = self.nets();
        for (nth, figure) in document.figures.iter().enumerate() {
            self.place(&figure.id, &format!("/figures/{nth}"), Space::Figure);
        }
        Lowered {
            instrument: Instrument {
                id: document.id.clone(),
                hash: String::new(),
                languages,
                title: document.title.clone(),
                introduction: document.introduction.clone(),
                closing: document.closing.clone(),
                unit: document.unit.clone(),
                frame,
                lists: self.lists,
                blocks,
                pages,
                items: self.items,
                rosters: self.rosters,
                fills,
                nets,
                former: self.former,
            },
            conditions: self.conditions,
            places: self.places,
        }
    }

    fn languages(&mut self) -> Vec<String> {
        let languages = match &self.document.languages[..] {
            [] => vec!["fr".to_owned()],
            given => given.to_vec(),
        };
        for (nth, it) in languages.iter().enumerate() {
            if !ids::is_language(it) || languages[..nth].contains(it) {
                let problem = Problem::BadLanguage { given: it.clone() };
                self.findings.error(&format!("/languages/{nth}"), problem);
            }
        }
        if !languages.iter().any(|it| it == "fr") {
            let given = languages.join(", ");
            self.findings
                .error("/languages", Problem::BadLanguage { given });
        }
        languages
    }

    /// Notes where an id stands.
    fn place(&mut self, id: &str, path: &str, space: Space) {
        let at = format!("{path}/id");
        let well_formed = match space {
            Space::Item | Space::List | Space::Net | Space::Figure => ids::is_name(id),
            Space::Block | Space::Page => ids::is_name(id) || ids::is_slug(id),
        };
        if !well_formed {
            self.findings
                .error(&at, Problem::BadId { id: id.to_owned() });
        } else if matches!(space, Space::Item) && ids::is_word(id) {
            self.findings
                .error(&at, Problem::ReservedId { id: id.to_owned() });
        }
        let key = match space {
            Space::Item => id.to_owned(),
            Space::Block => format!("block {id}"),
            Space::Page => format!("page {id}"),
            Space::List => format!("list {id}"),
            Space::Net => format!("net {id}"),
            Space::Figure => format!("figure {id}"),
        };
        match self.places.get(&key) {
            Some(first) => {
                let line = self.findings.map().value(&format!("{first}/id")).line;
                self.findings.error(
                    &at,
                    Problem::DuplicateId {
                        id: id.to_owned(),
                        line,
                    },
                );
            }
            None => {
                self.places.insert(key, path.to_owned());
            }
        }
    }

    /// Notes a condition; its program is put in when it has been checked.
    fn condition(
        &mut self,
        to: Source,
        source: Option<&String>,
        path: &str,
        field: &str,
    ) -> Option<Condition> {
        self.expression(to, source, &format!("{path}/{field}"), Expected::Condition)
    }

    /// Notes an expression, like a condition, with what its place needs.
    fn expression(
        &mut self,
        to: Source,
        source: Option<&String>,
        path: &str,
        expected: Expected,
    ) -> Option<Condition> {
        self.conditions.push(Written {
            to,
            source: source?.clone(),
            path: path.to_owned(),
            expected,
        });
        Some(nothing())
    }
}

/// Stands where a condition will be put when it has been checked.
fn nothing() -> Condition {
    Condition {
        source: String::new(),
        program: expr::Program::constant(false),
    }
}
