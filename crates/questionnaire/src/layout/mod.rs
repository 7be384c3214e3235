//! The fixed shape of an instrument at run time: its slots, variables and order of evaluation.
//!
//! Rosters have a bound, so every slot that can ever exist has a place of its own. What depends on
//! what is therefore known beforehand: changing one answer visits only the nodes that read it, in
//! an order in which each is visited once.
//!
//! INVARIANT: a node's dependents all stand after it in the order; a questionnaire whose filters
//! read each other in a circle has no such order and is refused ([`Unusable::Circle`]).
//!
//! Every position that an instrument holds is checked before it is laid out: an instrument read
//! from JSON is refused ([`Unusable::Broken`]) or can be indexed without looking.

#[cfg(feature = "authoring")]
mod behind;
mod lay;
mod names;
mod order;
mod sound;
mod unusable;

use expr::{Program, VarId};

use crate::instrument::{Condition, Instrument, ItemIx, Kind};
use names::Names;

#[cfg(feature = "authoring")]
pub(crate) use behind::Behind;
#[cfg(feature = "authoring")]
pub(crate) use sound::MAX_PARTS;
pub use unusable::Unusable;

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Its key: `item`, `grid[row]`, `roster[code].item`, `roster[code].grid[row]`.
    pub key: Box<str>,
    /// Its item.
    pub item: ItemIx,
    /// Its unit, inside a roster.
    pub unit: Option<u32>,
    /// Its row, in a grid.
    pub row: Option<u16>,
    /// Its page.
    pub page: u32,
    /// The gate that puts it on path.
    pub gate: u32,
}

/// A conjunction: the parent's gate, the unit's existence, an own condition.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The gate that encloses it; the first of all has none.
    pub parent: Option<u32>,
    /// The roster and the unit that must exist.
    pub exists: Option<(u32, u32)>,
    /// Its own condition.
    pub filter: Option<Source>,
    /// The unit in which the condition is evaluated.
    pub unit: Option<u32>,
}

/// Where a program stands in the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// The filter of a block.
    Block(u32),
    /// The filter of a page.
    Page(u32),
    /// The filter of an item.
    Item(ItemIx),
    /// The filter of a grid's row.
    Row(ItemIx, u16),
    /// An item's nth check.
    Check(ItemIx, u16),
    /// An item's nth choice filter.
    Choice(ItemIx, u16),
    /// A fill's nth case.
    Fill(u32, u16),
    /// The expression of a computed value.
    Value(ItemIx),
}

impl Source {
    /// The condition that stands there.
    #[must_use]
    pub fn condition(self, instrument: &Instrument) -> Option<&Condition> {
        let item = |it: ItemIx| instrument.items.get(it as usize);
        match self {
            Self::Block(it) => instrument.blocks.get(it as usize)?.filter.as_ref(),
            Self::Page(it) => instrument.pages.get(it as usize)?.filter.as_ref(),
            Self::Item(it) => item(it)?.filter.as_ref(),
            Self::Row(it, row) => match &item(it)?.kind {
                Kind::Grid { rows, .. } => rows.get(usize::from(row))?.filter.as_ref(),
                _ => None,
            },
            Self::Check(it, check) => Some(&item(it)?.checks.get(usize::from(check))?.require),
            Self::Choice(it, nth) => Some(&item(it)?.choice_filters.get(usize::from(nth))?.1),
            Self::Fill(it, case) => Some(
                &instrument
                    .fills
                    .get(it as usize)?
                    .cases
                    .get(usize::from(case))?
                    .0,
            ),
            Self::Value(it) => match &item(it)?.kind {
                Kind::Computed { value } => Some(value),
                _ => None,
            },
        }
    }

    fn program(self, instrument: &Instrument) -> Option<&Program> {
        self.condition(instrument).map(|it| &it.program)
    }
}

/// A condition that is evaluated by itself: a check, a choice's filter, a case of a fill.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Where it stands.
    pub source: Source,
    /// The unit in which it is evaluated.
    pub unit: Option<u32>,
}

/// What a [`VarId`] reads.
#[derive(Clone, Copy, Debug)]
pub enum Var {
    /// A slot; inside a roster, that of the first unit, the others following.
    Slot(u32),
    /// A computed value; inside a roster, that of the first unit, the others following.
    Computed(u32),
    /// A unit's key.
    UnitKey(u32),
    /// An attribute of the territory chosen in a slot.
    Attribute(u32, u16),
    /// Nothing: an item that takes no answer.
    Nothing,
}

/// A computed value, one for each unit inside a roster.
#[derive(Clone, Copy, Debug)]
pub struct ComputedCell {
    /// Its item.
    pub item: ItemIx,
    /// Its unit, inside a roster.
    pub unit: Option<u32>,
    /// The gate that puts it on path.
    pub gate: u32,
}

/// What is evaluated, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A gate, by its position.
    Gate(u32),
    /// The units of a roster.
    Units(u32),
    /// The state of a slot.
    Slot(u32),
    /// A computed value.
    Computed(u32),
    /// A condition that is evaluated by itself.
    Watched(u32),
}

/// Where an item's slots stand: one for each row and unit, the units of a row side by side.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ItemSlots {
    first: u32,
    rows: u32,
    /// Units of its roster; 1 outside rosters.
    units: u32,
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct Layout {
    pub(crate) slots: Vec<Slot>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) computed: Vec<ComputedCell>,
    pub(crate) watched: Vec<Watched>,
    vars: Vec<Var>,
    item_slots: Vec<ItemSlots>,
    /// First computed value of each computed item, those of further units following.
    item_computed: Vec<Option<u32>>,
    /// Gates of each item: one for each unit, one outside rosters.
    pub(crate) item_gates: Vec<Vec<u32>>,
    pub(crate) page_gates: Vec<u32>,
    /// First watched condition of each item and unit: choice filters first, then checks.
    pub(crate) item_watched: Vec<Vec<u32>>,
    /// First watched condition of each fill.
    pub(crate) fill_watched: Vec<u32>,
    pub(crate) order: Vec<Node>,
    dependents: Vec<Box<[u32]>>,
    pub(crate) place_of_slot: Vec<u32>,
    pub(crate) place_of_units: Vec<u32>,
    pub(crate) reads_today: bool,
    keys: Names,
    items: Names,
}

/// Numbers the variables of an instrument: the same walk for the checker and for the layout.
///
/// Each item has one; then a grid has one for each row, a territory one for each attribute, a
/// roster one for its key.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    first: Vec<u32>,
}

impl Variables {
    /// Numbers the variables of these items.
    #[must_use]
    pub fn of(instrument: &Instrument) -> Self {
        let mut next = 0;
        let first = instrument
            .items
            .iter()
            .map(|item| {
                let first = next;
                next += 1 + match &item.kind {
                    Kind::Grid { rows, .. } => rows.len() as u32,
                    Kind::Territory { attributes, .. } => attributes.len() as u32,
                    Kind::Roster { .. } => 1,
                    _ => 0,
                };
                first
            })
            .collect();
        Self { first }
    }

    /// The variable of an item itself.
    #[must_use]
    pub fn item(&self, item: ItemIx) -> VarId {
        VarId(self.first.get(item as usize).copied().unwrap_or(u32::MAX))
    }

    /// The variable of a grid's row, a territory's attribute or (0) a roster's key.
    #[must_use]
    pub fn part(&self, item: ItemIx, part: usize) -> VarId {
        VarId(self.item(item).0.saturating_add(1 + part as u32))
    }
}

impl Layout {
    /// Lays out an instrument.
    ///
    /// # Errors
    /// When filters or computed values read each other in a circle, when it is larger than a
    /// browser could hold, or when one of its positions leads nowhere.
    pub fn new(instrument: &Instrument) -> Result<Self, Unusable> {
        sound::check(instrument)?;
        let mut it = lay::Builder::default();
        it.lay(instrument);
        it.finish(instrument)
    }

    /// Every slot that can exist, in the order of the questionnaire.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Every gate; a gate's parent stands before it.
    #[must_use]
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// Every computed value that can exist.
    #[must_use]
    pub fn computed_cells(&self) -> &[ComputedCell] {
        &self.computed
    }

    /// Every condition that is evaluated by itself.
    #[must_use]
    pub fn watched(&self) -> &[Watched] {
        &self.watched
    }

    /// Everything in an order in which nothing is read before it is known.
    #[must_use]
    pub fn order(&self) -> &[Node] {
        &self.order
    }

    /// The gate of an item, in one unit if it stands inside a roster.
    #[must_use]
    pub fn item_gate(&self, item: ItemIx, unit: Option<u32>) -> Option<u32> {
        let gates = self.item_gates.get(item as usize)?;
        gates.get(unit.unwrap_or(0) as usize).copied()
    }

    /// The gate of a page.
    #[must_use]
    pub fn page_gate(&self, page: u32) -> Option<u32> {
        self.page_gates.get(page as usize).copied()
    }

    /// The position of the slot with this key.
    #[must_use]
    pub fn slot(&self, key: &str) -> Option<u32> {
        self.keys.get(key)
    }

    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<ItemIx> {
        self.items.get(id)
    }

    /// How many gates, slots, values and conditions can change with a slot, itself included.
    #[must_use]
    pub fn reach(&self, slot: u32) -> usize {
        let Some(&first) = self.place_of_slot.get(slot as usize) else {
            return 0;
        };
        let mut reached = vec![false; self.order.len()];
        let mut waiting = vec![first];
        let mut n = 0;
        while let Some(place) = waiting.pop() {
            if !std::mem::replace(&mut reached[place as usize], true) {
                n += 1;
                waiting.extend_from_slice(self.dependents(place as usize));
            }
        }
        n
    }

    /// Positions of an item's slots in one unit (or outside rosters): one, or one for each row.
    pub fn slots_of(
        &self,
        item: ItemIx,
        unit: Option<u32>,
    ) -> impl Iterator<Item = u32> + Clone + use<> {
        let it = self
            .item_slots
            .get(item as usize)
            .copied()
            .unwrap_or_default();
        let unit = unit.unwrap_or(0);
        let rows = if unit < it.units { it.rows } else { 0 };
        (0..rows).map(move |row| it.first + row * it.units + unit)
    }

    /// The only slot of an item in one unit, or the first of its rows.
    pub(crate) fn first_slot(&self, item: ItemIx, unit: Option<u32>) -> Option<u32> {
        self.slots_of(item, unit).next()
    }

    /// Position of a computed item's value in one unit, or outside rosters.
    pub(crate) fn computed_of(&self, item: ItemIx, unit: Option<u32>) -> Option<u32> {
        let at = self.item_computed.get(item as usize).copied().flatten()? + unit.unwrap_or(0);
        let cell = self.computed.get(at as usize)?;
        (cell.item == item && cell.unit == unit).then_some(at)
    }

    /// The item, and inside a roster its unit, that a failure's key is about: a slot's or an item's,
    /// or that of a « préciser » text.
    pub(crate) fn owner(
        &self,
        instrument: &Instrument,
        key: &str,
    ) -> Option<(ItemIx, Option<u32>)> {
        let of_slot = |key: &str| {
            let slot = self.slots.get(self.slot(key)? as usize)?;
            Some((slot.item, slot.unit))
        };
        if let Some(it) = of_slot(key).or_else(|| self.item(key).map(|it| (it, None))) {
            return Some(it);
        }
        let (base, last) = key.rsplit_once('.')?;
        of_slot(base).or_else(|| {
            let item = self.item(last)?;
            let roster = instrument.items[item as usize].roster?;
            let (_, unit) = base.strip_suffix(']')?.split_once('[')?;
            Some((item, Some(instrument.unit_position(roster, unit)?)))
        })
    }

    /// What a variable of conditions reads.
    #[must_use]
    pub fn var(&self, var: VarId) -> Option<Var> {
        self.vars.get(var.0 as usize).copied()
    }

    pub(crate) fn dependents(&self, place: usize) -> &[u32] {
        self.dependents.get(place).map_or(&[], |it| it)
    }
}

/// The key of an item in one unit: `item`, `roster[code].item`. It is the slot's, except for a grid.
#[must_use]
pub fn key_of(instrument: &Instrument, item: ItemIx, unit: Option<u32>) -> String {
    let it = &instrument.items[item as usize];
    match (it.roster, unit) {
        (Some(roster), Some(unit)) => {
            let roster_item = instrument.rosters[roster as usize].item;
            let roster_id = &instrument.items[roster_item as usize].id;
            format!(
                "{roster_id}[{}].{}",
                instrument.unit_key(roster, unit),
                it.id
            )
        }
        _ => it.id.clone(),
    }
}
