//! One place of a document that has, or could have, a condition: what names mean there, and what it
//! may not read because it would be read by that first.
//!
//! The rest of the document may have errors: people write conditions into half-written questionnaires.

use expr::{Diagnostic, Expected, Expr, ExprKind, Function, Program, Scope, Severity};

use super::conditions;
use super::findings::Findings;
use super::lower;
use super::scope::Names;
use crate::Engine;
use crate::document::edit::Node;
use crate::document::{self, Questionnaire, SourceMap};
use crate::instrument::{Condition, Instrument, ItemIx, Kind};
use crate::layout::{Behind, Source};

/// Where a condition stands once it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Target {
    /// The filter that decides who gets there; none where nothing waits for it.
    filter: Option<Source>,
    /// The roster in whose units it is read.
    roster: Option<u32>,
    /// The item it is of.
    item: Option<ItemIx>,
}

/// See the [module](self).
pub(crate) struct Place<'n, 'i> {
    names: &'n Names<'i>,
    /// One; of a choice of a shared list, one for each item that has the list.
    targets: Vec<Target>,
    behind: Vec<Behind>,
}

/// Does something at one place; `None` where nothing there has a condition, or the document is too large.
pub(crate) fn at<T>(
    document: &Questionnaire,
    node: &Node,
    work: impl FnOnce(&Place<'_, '_>) -> T,
) -> Option<T> {
    let map = SourceMap::default();
    let mut findings = Findings::new(&map, Vec::new());
    let mut lowered = lower::lower(document, &mut findings)?;
    let targets = targets(document, &lowered.instrument, node)?;
    // What stands there now says nothing of what may stand there.
    let filters: Vec<Source> = targets.iter().filter_map(|it| it.filter).collect();
    lowered.conditions.retain(|it| !filters.contains(&it.to));
    conditions::check(&mut lowered, &mut findings);
    for filter in &filters {
        hold_open(&mut lowered.instrument, *filter);
    }
    let behind = filters
        .iter()
        .zip(&targets)
        .filter_map(|(filter, target)| Behind::of(&lowered.instrument, *filter, target.roster));
    let behind = behind.collect();
    let mut names = Names::new(&lowered.instrument);
    conditions::types_of_computed(&mut names, &lowered.conditions, &mut findings);
    Some(work(&Place {
        names: &names,
        targets,
        behind,
    }))
}

/// Does something where everything has been answered: that is where results are filtered. It reads whatever
/// respondents say, and nothing waits for it.
pub(crate) fn after_all<T>(engine: &Engine, work: impl FnOnce(&Place<'_, '_>) -> T) -> T {
    let nowhere = Target {
        filter: None,
        roster: None,
        item: None,
    };
    work(&Place {
        names: &Names::of(engine),
        targets: vec![nowhere],
        behind: Vec::new(),
    })
}

fn targets(document: &Questionnaire, instrument: &Instrument, node: &Node) -> Option<Vec<Target>> {
    let outside = |filter| Target {
        filter: Some(filter),
        roster: None,
        item: None,
    };
    let item = |id: &str| {
        let ix = instrument.items.iter().position(|it| it.id == id)?;
        let ix = ItemIx::try_from(ix).ok()?;
        (!instrument.is_frame(ix)).then(|| (ix, &instrument.items[ix as usize]))
    };
    let of_item = |(ix, it): (ItemIx, &crate::instrument::Item), filter| Target {
        filter,
        roster: it.roster,
        item: Some(ix),
    };
    let n_frame = usize::from(!instrument.frame.is_empty());
    let ix = |at: usize| u32::try_from(at).ok();
    Some(match node {
        Node::Block(id) => {
            let mut blocks = instrument.blocks.iter();
            let at = blocks
                .position(|it| it.id == *id)
                .filter(|it| *it >= n_frame);
            vec![outside(Source::Block(ix(at?)?))]
        }
        Node::Page(id) => {
            let mut pages = instrument.pages.iter();
            let at = pages
                .position(|it| it.id == *id)
                .filter(|it| *it >= n_frame);
            vec![outside(Source::Page(ix(at?)?))]
        }
        Node::Item(id) => {
            let it = item(id)?;
            vec![of_item(it, Some(Source::Item(it.0)))]
        }
        Node::Row { item: id, code } => {
            let it = item(id)?;
            let Kind::Grid { rows, .. } = &it.1.kind else {
                return None;
            };
            let row = rows.iter().position(|it| it.code == *code)?;
            let row = u16::try_from(row).ok()?;
            vec![of_item(it, Some(Source::Row(it.0, row)))]
        }
        Node::Check {
            item: id,
            id: check,
        } => {
            let it = item(id)?;
            it.1.checks.iter().find(|it| it.id == *check)?;
            vec![of_item(it, None)]
        }
        Node::Choice { item: id, code } => {
            let it = item(id)?;
            let own = all_items(document).find(|it| it.id == *id)?;
            own.choices.iter().find(|it| it.code == *code)?;
            // Nobody is offered the codes of a computed value.
            if own.kind == document::ItemKind::Computed {
                return None;
            }
            vec![of_item(it, None)]
        }
        Node::ListChoice { list: id, code } => {
            let list = document.lists.iter().find(|it| it.id == *id)?;
            list.choices.iter().find(|it| it.code == *code)?;
            let has = |it: &&document::Item| it.list.as_deref() == Some(id);
            let users = all_items(document).filter(has);
            let users = users.filter(|it| it.kind != document::ItemKind::Computed);
            let mut found: Vec<Target> = users
                .filter_map(|it| Some(of_item(item(&it.id)?, None)))
                .collect();
            if found.is_empty() {
                found.push(Target {
                    filter: None,
                    roster: None,
                    item: None,
                });
            }
            found
        }
        // Of all its cases: texts are filled in once everything is known.
        Node::Fill(id) => {
            document.fills.iter().find(|it| it.id == *id)?;
            vec![Target {
                filter: None,
                roster: None,
                item: None,
            }]
        }
        Node::Questionnaire | Node::Frame | Node::List(_) | Node::Net(_) | Node::Figure(_) => {
            return None;
        }
    })
}

/// Every item that is asked, those of rosters after them.
fn all_items(document: &Questionnaire) -> impl Iterator<Item = &document::Item> {
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    let items = pages.flat_map(|it| &it.items);
    items.flat_map(|it| std::iter::once(it).chain(&it.items))
}

/// Puts a condition that reads nothing where one may be put.
fn hold_open(instrument: &mut Instrument, filter: Source) {
    let nothing = Some(Condition {
        source: String::new(),
        program: Program::constant(false),
    });
    match filter {
        Source::Block(it) => instrument.blocks[it as usize].filter = nothing,
        Source::Page(it) => instrument.pages[it as usize].filter = nothing,
        Source::Item(it) => instrument.items[it as usize].filter = nothing,
        Source::Row(it, row) => {
            if let Kind::Grid { rows, .. } = &mut instrument.items[it as usize].kind {
                rows[usize::from(row)].filter = nothing;
            }
        }
        Source::Check(..) | Source::Choice(..) | Source::Fill(..) | Source::Value(_) => {}
    }
}

impl<'i> Place<'_, 'i> {
    /// What is compiled around it.
    pub(crate) fn instrument(&self) -> &'i Instrument {
        self.names.instrument()
    }

    /// What names mean here; for a choice of a shared list, wherever the list is.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = impl Scope> {
        self.targets.iter().map(|it| self.names.at(it.roster))
    }

    /// The roster in whose units the condition is read.
    pub(crate) fn roster(&self) -> Option<u32> {
        self.targets.first().and_then(|it| it.roster)
    }

    /// The first item that comes after the place; what comes before it is known there.
    pub(crate) fn position(&self) -> ItemIx {
        let instrument = self.instrument();
        let on = |is_here: &dyn Fn(&crate::instrument::Item) -> bool| {
            let at = instrument.items.iter().position(is_here);
            at.and_then(|it| ItemIx::try_from(it).ok())
                .unwrap_or(ItemIx::MAX)
        };
        let page = |it: u32| instrument.pages.get(it as usize);
        match self.targets.first() {
            Some(Target { item: Some(it), .. }) => *it,
            Some(Target {
                filter: Some(Source::Page(at)),
                ..
            }) => on(&|it| it.page >= *at),
            Some(Target {
                filter: Some(Source::Block(at)),
                ..
            }) => on(&|it| page(it.page).is_some_and(|it| it.block >= *at)),
            _ => ItemIx::MAX,
        }
    }

    /// What is wrong with a condition here, in units of these rosters, outermost first.
    pub(crate) fn wrong(&self, it: &Expr, inside: &[String]) -> Vec<Diagnostic> {
        let it = wrapped(it, inside);
        let of = |target: &Target| self.checked(&it, target).1;
        let mut found = self.targets.iter().map(of);
        let first = found.next().unwrap_or_default();
        if first.iter().any(is_error) {
            return first;
        }
        // What is right for one item may be wrong for another that has the same list.
        found.find(|it| it.iter().any(is_error)).unwrap_or(first)
    }

    /// Whether a condition compiles here and reads nothing that waits for it.
    pub(crate) fn allows(&self, it: &Expr, inside: &[String]) -> bool {
        let it = wrapped(it, inside);
        self.targets.iter().all(|target| {
            let program = self.checked(&it, target).0;
            program.is_some_and(|program| {
                let mut behind = self.behind.iter();
                !behind.any(|it| it.is_read(self.instrument(), &program))
            })
        })
    }

    fn checked(&self, it: &Expr, target: &Target) -> (Option<Program>, Vec<Diagnostic>) {
        let scope = self.names.at(target.roster);
        let checked = expr::check(it, &scope, Expected::Condition);
        (checked.program, checked.diagnostics)
    }
}

fn is_error(it: &Diagnostic) -> bool {
    it.severity == Severity::Error
}

/// A condition as it is said of units.
fn wrapped(it: &Expr, inside: &[String]) -> Expr {
    inside.iter().rev().fold(it.clone(), |it, roster| {
        let args = vec![ExprKind::Name(roster.clone()).into(), it];
        let function = Function::Any;
        Expr::from(ExprKind::Call { function, args })
    })
}
