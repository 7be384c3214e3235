//! What two versions have in common: items by id, slots by key, and which of it means the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use expr::{Program, RosterId, VarId};
use questionnaire::Engine;
use questionnaire::instrument::{Condition, Item, ItemIx, Kind, Units};
use questionnaire::layout::{Source, Var, Variables};

use crate::encode::Known;

/// Two versions of a questionnaire, side by side.
pub(super) struct Pairing<'e> {
    pub(super) old: &'e Engine,
    pub(super) new: &'e Engine,
    /// The item of the new version with the same id.
    pub(super) new_of: HashMap<ItemIx, ItemIx>,
    /// Items that are asked and read alike in both, whatever is answered; by their position in the
    /// old version.
    unchanged: BTreeSet<ItemIx>,
}

impl<'e> Pairing<'e> {
    pub(super) fn of(old: &'e Engine, new: &'e Engine) -> Self {
        let items = (0u32..).zip(&old.instrument.items);
        let new_of: HashMap<ItemIx, ItemIx> = items
            .filter_map(|(at, it)| Some((at, new.layout.item(&it.id)?)))
            .collect();
        let mut it = Self {
            old,
            new,
            new_of,
            unchanged: BTreeSet::new(),
        };
        it.find_unchanged();
        it
    }

    /// The roster of the new version with the same units: those that respondents add, or those
    /// chosen in the same question.
    pub(super) fn roster(&self, old: u32) -> Option<u32> {
        let one = self.old.instrument.rosters.get(old as usize)?;
        let item = self.new_of.get(&one.item)?;
        let Kind::Roster { roster } = self.new.instrument.items[*item as usize].kind else {
            return None;
        };
        let other = &self.new.instrument.rosters[roster as usize];
        let alike = match (&one.units, &other.units) {
            (Units::Free { .. }, Units::Free { .. }) => true,
            (Units::Chosen { item: a, .. }, Units::Chosen { item: b, .. }) => {
                self.new_of.get(a) == Some(b)
            }
            _ => false,
        };
        (alike && one.key == other.key).then_some(roster)
    }

    /// The unit of a roster with the same key.
    pub(super) fn unit(&self, old: (u32, u32)) -> Option<u32> {
        let roster = self.roster(old.0)?;
        let key = self.old.instrument.unit_key(old.0, old.1);
        self.new.instrument.unit_position(roster, &key)
    }

    /// The slot of the new version that the same answer goes to.
    pub(super) fn slot(&self, old: u32) -> Option<u32> {
        let one = self.old.layout.slots().get(old as usize)?;
        let new = self.new.layout.slot(&one.key)?;
        let other = &self.new.layout.slots()[new as usize];
        let rosters = [
            self.old.instrument.items[one.item as usize].roster,
            self.new.instrument.items[other.item as usize].roster,
        ];
        let alike = match rosters {
            [None, None] => true,
            [Some(old), Some(new)] => self.roster(old) == Some(new),
            _ => false,
        };
        (alike && self.new_of.get(&one.item) == Some(&other.item)).then_some(new)
    }

    /// Whether an item is asked and read alike in both versions, whatever is answered.
    pub(super) fn is_unchanged(&self, old: ItemIx) -> bool {
        self.unchanged.contains(&old)
    }

    /// The questions whose answers decide who is asked an item, in either version, by id.
    pub(super) fn decided_by(&self, old: ItemIx, new: ItemIx) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for (engine, item) in [(self.old, old), (self.new, new)] {
            let mut found = deciding(engine, item);
            let mut waiting: Vec<ItemIx> = found.iter().copied().collect();
            while let Some(it) = waiting.pop() {
                let more = reads(engine, it);
                waiting.extend(more.into_iter().filter(|it| found.insert(*it)));
            }
            found.remove(&item);
            for it in found {
                let it = &engine.instrument.items[it as usize];
                let is_answered = !matches!(it.kind, Kind::Computed { .. } | Kind::Roster { .. });
                if is_answered && !ids.contains(&it.id) {
                    ids.push(it.id.clone());
                }
            }
        }
        ids
    }

    fn find_unchanged(&mut self) {
        let mut unchanged: BTreeSet<ItemIx> = self
            .new_of
            .iter()
            .filter(|(old, new)| definition(self.old, **old) == definition(self.new, **new))
            .map(|(old, _)| *old)
            .collect();
        let mut read: BTreeMap<ItemIx, BTreeSet<ItemIx>> = BTreeMap::new();
        for old in unchanged.clone() {
            let of_old = reads(self.old, old);
            let of_new = reads(self.new, self.new_of[&old]);
            let ids = |engine: &Engine, them: &BTreeSet<ItemIx>| -> BTreeSet<String> {
                let items = them.iter().map(|it| &engine.instrument.items[*it as usize]);
                items.map(|it| it.id.clone()).collect()
            };
            if ids(self.old, &of_old) == ids(self.new, &of_new) {
                read.insert(old, of_old);
            } else {
                unchanged.remove(&old);
            }
        }
        // What reads something that changed has changed.
        loop {
            let before = unchanged.len();
            let kept = unchanged.clone();
            unchanged.retain(|it| read.get(it).is_some_and(|it| it.is_subset(&kept)));
            if unchanged.len() == before {
                break;
            }
        }
        self.unchanged = unchanged;
    }

    /// The names of what both versions read alike, for one of them.
    pub(super) fn names(&self, engine: &Engine) -> Known {
        let is_old = std::ptr::eq(engine, self.old);
        let variables = Variables::of(&engine.instrument);
        let mut known = Known::default();
        for old in &self.unchanged {
            let at = if is_old { *old } else { self.new_of[old] };
            let item = &engine.instrument.items[at as usize];
            let mut name = |var: VarId, part: &str| {
                known.names.insert(var, format!("{}{part}", item.id));
            };
            name(variables.item(at), "");
            let mut part = |nth: usize, text: String| name(variables.part(at, nth), &text);
            match &item.kind {
                Kind::Grid { rows, .. } => {
                    let rows = rows.iter().enumerate();
                    rows.for_each(|(nth, it)| part(nth, format!("[{}]", it.code)));
                }
                Kind::Territory { attributes, .. } => {
                    let them = attributes.iter().enumerate();
                    them.for_each(|(nth, it)| part(nth, format!(".{}", it.id)));
                }
                Kind::Roster { roster } => {
                    part(0, ".key".to_owned());
                    known.rosters.insert(RosterId(*roster), item.id.clone());
                }
                _ => {}
            }
        }
        known
    }
}

/// Everything by which an item is asked, and by which its answer is read, texts left out.
fn definition(engine: &Engine, item: ItemIx) -> String {
    let it = &engine.instrument.items[item as usize];
    let filters: Vec<Option<&str>> = enclosing(engine, it)
        .into_iter()
        .chain([it.filter.as_ref()])
        .map(|it| it.map(|it| it.source.as_str()))
        .collect();
    let roster = it.roster.map(|at| {
        let roster = &engine.instrument.rosters[at as usize];
        let id = &engine.instrument.items[roster.item as usize].id;
        (id, units(engine, at))
    });
    let how = how_answered(engine, it);
    let bounds = bounds(it);
    format!("{filters:?} {roster:?} {how} {bounds:?}")
}

/// How the units of a roster come about.
fn units(engine: &Engine, roster: u32) -> String {
    let it = &engine.instrument.rosters[roster as usize];
    match &it.units {
        Units::Free { min, max, .. } => format!("{} {min} {max}", it.key),
        Units::Chosen { item, .. } => {
            format!("{} {}", it.key, engine.instrument.items[*item as usize].id)
        }
    }
}

/// What an answer to an item can be and means, bounds and texts left out.
pub(super) fn how_answered(engine: &Engine, it: &Item) -> String {
    let list = it.list();
    let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
    let choices: Vec<_> = list
        .iter()
        .flat_map(|it| &it.choices)
        .map(|it| (&it.code, it.exclusive, it.missing, &it.attributes))
        .collect();
    let own = match &it.kind {
        Kind::Grid { rows, cells } => {
            let rows: Vec<_> = rows
                .iter()
                .map(|it| (&it.code, it.filter.as_ref().map(|it| &it.source)))
                .collect();
            format!("{rows:?} {}", cells_name(cells))
        }
        Kind::Territory { attributes, .. } => format!("{attributes:?}"),
        Kind::Computed { value } => format!("{} {:?}", value.source, value.program.ty()),
        Kind::Roster { roster } => units(engine, *roster),
        _ => String::new(),
    };
    format!("{} {choices:?} {own}", it.kind.name())
}

/// What the cells of a grid ask for.
pub(super) fn cells_name(it: &questionnaire::instrument::Cells) -> &'static str {
    use questionnaire::instrument::Cells;
    match it {
        Cells::Single { .. } => "single",
        Cells::Multiple { .. } => "multiple",
        Cells::Quantity(_) => "quantity",
    }
}

/// Which numbers and days can be told apart.
fn bounds(it: &Item) -> Option<crate::grid::Grid> {
    use crate::grid::Grid;
    use questionnaire::instrument::Cells;
    match &it.kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => Some(Grid::numbers(it)),
        Kind::Date { earliest, latest } => Some(Grid::days(*earliest, *latest)),
        _ => None,
    }
}

/// The filters above an item, its own left out.
fn enclosing<'e>(engine: &'e Engine, it: &Item) -> [Option<&'e Condition>; 3] {
    let instrument = &engine.instrument;
    let page = instrument.pages.get(it.page as usize);
    let block = page.and_then(|it| instrument.blocks.get(it.block as usize));
    let roster = it.roster.and_then(|it| instrument.rosters.get(it as usize));
    let roster = roster.and_then(|it| instrument.items.get(it.item as usize));
    [
        block.and_then(|it| it.filter.as_ref()),
        page.and_then(|it| it.filter.as_ref()),
        roster.and_then(|it| it.filter.as_ref()),
    ]
}

/// Every item that decides whether and how an item is asked, directly; a computed value's operands.
pub(super) fn reads(engine: &Engine, item: ItemIx) -> BTreeSet<ItemIx> {
    let mut found = deciding(engine, item);
    let value = Source::Value(item).condition(&engine.instrument);
    found.extend(
        value
            .into_iter()
            .flat_map(|it| items_of(engine, &it.program)),
    );
    found.remove(&item);
    found
}

/// Every item that decides whether an item is asked, directly.
fn deciding(engine: &Engine, item: ItemIx) -> BTreeSet<ItemIx> {
    let it = &engine.instrument.items[item as usize];
    let mut found = BTreeSet::new();
    let rows = match &it.kind {
        Kind::Grid { rows, .. } => rows.as_slice(),
        _ => &[],
    };
    let filters = enclosing(engine, it)
        .into_iter()
        .chain([it.filter.as_ref()]);
    let filters = filters.chain(rows.iter().map(|it| it.filter.as_ref()));
    for it in filters.flatten() {
        found.extend(items_of(engine, &it.program));
    }
    let roster = match it.kind {
        Kind::Roster { roster } => Some(roster),
        _ => it.roster,
    };
    if let Some(roster) = roster.and_then(|it| engine.instrument.rosters.get(it as usize)) {
        if let Units::Chosen { item, .. } = roster.units {
            found.insert(item);
        }
        found.insert(roster.item);
    }
    found.remove(&item);
    found
}

/// The items that a program reads itself.
pub(super) fn items_of(engine: &Engine, program: &Program) -> BTreeSet<ItemIx> {
    let of = program.dependencies();
    let rosters = of.rosters.iter().map(|it| it.0);
    let rosters = rosters
        .chain(of.unit_vars.iter().map(|it| it.0.0))
        .chain(of.fixed_unit_vars.iter().map(|it| it.0.0))
        .chain(of.roster_vars.iter().map(|it| it.0.0));
    let rosters = rosters.filter_map(|it| engine.instrument.rosters.get(it as usize));
    let mut found: BTreeSet<ItemIx> = rosters.map(|it| it.item).collect();
    let vars = of.vars.iter().copied();
    let vars = vars
        .chain(of.unit_vars.iter().map(|it| it.1))
        .chain(of.fixed_unit_vars.iter().map(|it| it.2))
        .chain(of.roster_vars.iter().map(|it| it.1));
    found.extend(vars.filter_map(|it| match engine.layout.var(it)? {
        Var::Slot(slot) | Var::Attribute(slot, _) => {
            Some(engine.layout.slots().get(slot as usize)?.item)
        }
        Var::Computed(cell) => Some(engine.layout.computed_cells().get(cell as usize)?.item),
        Var::UnitKey(roster) => Some(engine.instrument.rosters.get(roster as usize)?.item),
        Var::Nothing => None,
    }));
    found
}
