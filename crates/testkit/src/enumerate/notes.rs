//! Takes down what happens in one sheet after the other.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use expr::{Program, Truth, Value as Calculated};
use questionnaire::instrument::{Condition, Item, Kind};
use questionnaire::{Engine, Evaluation, FailureCode, Keep, Severity, Sheet, Verdict};

use super::facts::{Computed, Enumeration, Filter, Held, OnPath, Rule};

/// A filter and what must be on path for it to be looked at.
struct Gate<'e> {
    filter: Filter,
    program: &'e Program,
    inside: Inside,
    held: Held,
}

/// What encloses a filter.
#[derive(Clone, Copy)]
enum Inside {
    Nothing,
    Block(u32),
    Page(u32),
    /// Each unit of a roster.
    Units(u32),
    /// An item, in each unit if it stands inside a roster.
    Item(u32),
}

/// A check.
struct Check<'e> {
    item: u32,
    id: &'e str,
    program: &'e Program,
    rule: Rule,
}

/// Everything seen so far, by positions in the instrument.
pub(super) struct Notes<'e> {
    engine: &'e Engine,
    n_sheets: usize,
    n_complete: usize,
    routes: BTreeSet<Vec<u32>>,
    slots: Vec<OnPath>,
    items: Vec<OnPath>,
    blocks: Vec<OnPath>,
    pages: Vec<OnPath>,
    gates: Vec<Gate<'e>>,
    picked: BTreeMap<(u32, u16), Option<Sheet>>,
    checks: Vec<Check<'e>>,
    computed: BTreeMap<u32, Computed>,
}

impl<'e> Notes<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        let instrument = &engine.instrument;
        let unseen = |n: usize| {
            let it = OnPath {
                some: None,
                always: true,
            };
            vec![it; n]
        };
        let mut it = Self {
            engine,
            n_sheets: 0,
            n_complete: 0,
            routes: BTreeSet::new(),
            slots: unseen(engine.layout.slots().len()),
            items: unseen(instrument.items.len()),
            blocks: unseen(instrument.blocks.len()),
            pages: unseen(instrument.pages.len()),
            gates: Vec::new(),
            picked: BTreeMap::new(),
            checks: Vec::new(),
            computed: BTreeMap::new(),
        };
        for block in &instrument.blocks {
            it.gate(
                Filter::Block(block.id.clone()),
                block.filter.as_ref(),
                Inside::Nothing,
            );
        }
        for page in &instrument.pages {
            let inside = Inside::Block(page.block);
            it.gate(Filter::Page(page.id.clone()), page.filter.as_ref(), inside);
        }
        for (ix, item) in (0u32..).zip(&instrument.items) {
            it.item(ix, item);
        }
        it
    }

    fn gate(&mut self, filter: Filter, condition: Option<&'e Condition>, inside: Inside) {
        self.gates.extend(condition.map(|it| Gate {
            filter,
            program: &it.program,
            inside,
            held: Held::default(),
        }));
    }

    fn item(&mut self, ix: u32, item: &'e Item) {
        let id = &item.id;
        let inside = item.roster.map_or(Inside::Page(item.page), Inside::Units);
        self.gate(Filter::Item(id.clone()), item.filter.as_ref(), inside);
        if let Kind::Grid { rows, .. } = &item.kind {
            for row in rows {
                let filter = Filter::Row(id.clone(), row.code.clone());
                self.gate(filter, row.filter.as_ref(), Inside::Item(ix));
            }
        }
        let list = item.list();
        let list = list.and_then(|it| self.engine.instrument.lists.get(it as usize));
        for (at, choice) in (0u16..).zip(list.map_or(&[][..], |it| &it.choices)) {
            self.picked.insert((ix, at), None);
            let condition = item.choice_filters.iter().find(|(it, _)| *it == at);
            let filter = Filter::Choice(id.clone(), choice.code.clone());
            self.gate(filter, condition.map(|(_, it)| it), Inside::Item(ix));
        }
        self.checks.extend(item.checks.iter().map(|it| Check {
            item: ix,
            id: &it.id,
            program: &it.require.program,
            rule: Rule::default(),
        }));
        if matches!(item.kind, Kind::Computed { .. }) {
            self.computed.insert(ix, Computed::default());
        }
    }

    /// Takes one sheet down.
    pub(super) fn note(&mut self, evaluation: &Evaluation<'e>) {
        let verdict = evaluation.verdict(None);
        let sheet = Witness {
            evaluation,
            sheet: OnceCell::new(),
        };
        self.n_sheets += 1;
        if verdict.complete {
            self.n_complete += 1;
            self.note_paths(evaluation, &sheet);
            self.note_gates(evaluation, &sheet);
            self.note_values(evaluation, &sheet);
        }
        self.note_checks(evaluation, &verdict, &sheet);
    }

    fn note_paths(&mut self, evaluation: &Evaluation<'e>, sheet: &Witness<'_, 'e>) {
        let engine = self.engine;
        let asked = (0..self.slots.len() as u32).filter(|it| evaluation.state(*it).is_asked());
        let asked: Vec<u32> = asked.collect();
        for (at, it) in (0u32..).zip(&mut self.slots) {
            sheet.on_path(it, asked.contains(&at));
        }
        self.routes.insert(asked);
        for (at, it) in (0u32..).zip(&mut self.blocks) {
            sheet.on_path(it, is_block_on_path(evaluation, at));
        }
        for (at, it) in (0u32..).zip(&mut self.pages) {
            sheet.on_path(it, is_page_on_path(evaluation, at));
        }
        for (at, it) in (0u32..).zip(&mut self.items) {
            let on_path = |unit: &Option<u32>| evaluation.is_on_path(at, *unit);
            sheet.on_path(it, units_of(engine, at).iter().any(on_path));
        }
    }

    fn note_gates(&mut self, evaluation: &Evaluation<'e>, sheet: &Witness<'_, 'e>) {
        for it in &mut self.gates {
            for unit in enclosing(evaluation, it.inside) {
                let place = if it.program.truth(evaluation, unit).is_true() {
                    &mut it.held.holds
                } else {
                    &mut it.held.hides
                };
                sheet.put(place);
            }
        }
    }

    fn note_values(&mut self, evaluation: &Evaluation<'e>, sheet: &Witness<'_, 'e>) {
        for (&(item, choice), place) in &mut self.picked {
            let slots = (0u32..).zip(self.engine.layout.slots());
            let made = slots.filter(|(_, it)| it.item == item).any(|(slot, _)| {
                evaluation.state(slot).is_asked() && evaluation.is_chosen(slot, choice)
            });
            if made {
                sheet.put(place);
            }
        }
        for (&item, it) in &mut self.computed {
            for unit in units_of(self.engine, item) {
                if !evaluation.is_on_path(item, unit) {
                    continue;
                }
                match evaluation.computed_of(item, unit) {
                    None | Some(Calculated::Missing(_)) => sheet.put(&mut it.missing),
                    Some(_) => sheet.put(&mut it.valued),
                }
            }
        }
    }

    fn note_checks(
        &mut self,
        evaluation: &Evaluation<'e>,
        verdict: &Verdict,
        sheet: &Witness<'_, 'e>,
    ) {
        let hard = || (verdict.failures.iter()).filter(|it| it.severity == Severity::Hard);
        // A sheet that fails for two different reasons says nothing of either check.
        for it in &mut self.checks {
            let own = |code: &FailureCode, key: &str| {
                matches!(code, FailureCode::Check(id) if id == it.id)
                    && units_of(self.engine, it.item)
                        .iter()
                        .any(|unit| key_of(self.engine, it.item, *unit) == key)
            };
            if !hard().all(|it| own(&it.code, &it.item)) {
                continue;
            }
            for unit in units_of(self.engine, it.item) {
                if evaluation.is_on_path(it.item, unit) {
                    sheet.put(match it.program.truth(evaluation, unit) {
                        Truth::False => &mut it.rule.fails,
                        Truth::True => &mut it.rule.holds,
                        Truth::Unknown(_) => &mut it.rule.unknown,
                    });
                }
            }
        }
    }

    /// By ids and keys, for those who ask.
    pub(super) fn into_enumeration(self) -> Enumeration {
        let engine = self.engine;
        let instrument = &engine.instrument;
        let n_complete = self.n_complete;
        let key = |slot: u32| engine.layout.slots()[slot as usize].key.to_string();
        let id = |item: u32| instrument.items[item as usize].id.clone();
        let code = |item: u32, choice: u16| {
            let list = instrument.items[item as usize].list();
            let list = list.and_then(|it| instrument.lists.get(it as usize));
            list.and_then(|it| it.choice(choice))
                .map_or_else(String::new, |it| it.code.clone())
        };
        let named = |paths: Vec<OnPath>, name: &dyn Fn(u32) -> String| {
            let paths = (0u32..).zip(paths).map(|(at, mut it)| {
                it.always &= n_complete > 0;
                (name(at), it)
            });
            paths.collect::<BTreeMap<_, _>>()
        };
        let checks = self.checks.into_iter();
        let routes = self.routes.into_iter();
        Enumeration {
            n_sheets: self.n_sheets,
            n_complete,
            routes: routes.map(|it| it.into_iter().map(key).collect()).collect(),
            slots: named(self.slots, &key),
            items: named(self.items, &id),
            blocks: named(self.blocks, &|it| instrument.blocks[it as usize].id.clone()),
            pages: named(self.pages, &|it| instrument.pages[it as usize].id.clone()),
            filters: self
                .gates
                .into_iter()
                .map(|it| (it.filter, it.held))
                .collect(),
            picked: (self.picked.into_iter())
                .map(|((item, choice), it)| ((id(item), code(item, choice)), it))
                .collect(),
            checks: checks
                .map(|it| ((id(it.item), it.id.to_owned()), it.rule))
                .collect(),
            computed: self
                .computed
                .into_iter()
                .map(|(at, it)| (id(at), it))
                .collect(),
        }
    }
}

/// The sheet that is looked at, written only if it is the first in which something happens.
struct Witness<'w, 'e> {
    evaluation: &'w Evaluation<'e>,
    sheet: OnceCell<Sheet>,
}

impl Witness<'_, '_> {
    fn put(&self, place: &mut Option<Sheet>) {
        if place.is_none() {
            let sheet = self.sheet.get_or_init(|| Sheet {
                answers: self.evaluation.to_answers(Keep::OnPath),
                ..Sheet::default()
            });
            *place = Some(sheet.clone());
        }
    }

    fn on_path(&self, it: &mut OnPath, on_path: bool) {
        if on_path {
            self.put(&mut it.some);
        } else {
            it.always = false;
        }
    }
}

/// The units of the roster that an item stands in, whether they exist or not; outside rosters `None`.
fn units_of(engine: &Engine, item: u32) -> Vec<Option<u32>> {
    match engine.instrument.items[item as usize].roster {
        None => vec![None],
        Some(roster) => units(engine, roster),
    }
}

fn units(engine: &Engine, roster: u32) -> Vec<Option<u32>> {
    (0..engine.instrument.unit_bound(roster))
        .map(Some)
        .collect()
}

/// The key of an item's failures.
fn key_of(engine: &Engine, item: u32, unit: Option<u32>) -> String {
    let instrument = &engine.instrument;
    let it = &instrument.items[item as usize];
    match (it.roster, unit) {
        (Some(roster), Some(unit)) => {
            let outer = instrument.rosters[roster as usize].item;
            let outer = &instrument.items[outer as usize].id;
            format!("{outer}[{}].{}", instrument.unit_key(roster, unit), it.id)
        }
        _ => it.id.clone(),
    }
}

fn is_block_on_path(evaluation: &Evaluation<'_>, block: u32) -> bool {
    let block = &evaluation.engine().instrument.blocks[block as usize];
    holds(evaluation, block.filter.as_ref())
}

fn is_page_on_path(evaluation: &Evaluation<'_>, page: u32) -> bool {
    let page = &evaluation.engine().instrument.pages[page as usize];
    is_block_on_path(evaluation, page.block) && holds(evaluation, page.filter.as_ref())
}

fn holds(evaluation: &Evaluation<'_>, filter: Option<&Condition>) -> bool {
    filter.is_none_or(|it| it.program.truth(evaluation, None).is_true())
}

/// The units (outside rosters `None`) in which what encloses a filter is on path.
fn enclosing(evaluation: &Evaluation<'_>, inside: Inside) -> Vec<Option<u32>> {
    let engine = evaluation.engine();
    let (units, on_path): (_, &dyn Fn(Option<u32>) -> bool) = match inside {
        Inside::Nothing => (vec![None], &|_| true),
        Inside::Block(it) => (vec![None], &move |_| is_block_on_path(evaluation, it)),
        Inside::Page(it) => (vec![None], &move |_| is_page_on_path(evaluation, it)),
        Inside::Units(it) => (units(engine, it), &move |unit| {
            let item = engine.instrument.rosters[it as usize].item;
            evaluation.is_on_path(item, None)
                && unit.is_some_and(|unit| evaluation.exists(it, unit))
        }),
        Inside::Item(it) => (units_of(engine, it), &move |unit| {
            evaluation.is_on_path(it, unit)
        }),
    };
    units.into_iter().filter(|it| on_path(*it)).collect()
}
