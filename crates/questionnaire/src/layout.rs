//! The fixed shape of an instrument at run time: its slots, variables and order of evaluation.
//!
//! Rosters have a bound, so every slot that can ever exist has a place of its own. What depends on
//! what is therefore known beforehand: changing one answer visits only the nodes that read it, in
//! an order in which each is visited once.
//!
//! INVARIANT: a node's dependents all stand after it in [`Layout::order`]; a questionnaire whose
//! filters read each other in a circle has no such order and is refused ([`Cycle`]).

use std::collections::{BTreeSet, HashMap};

use expr::{Program, RosterId, VarId};

use crate::instrument::{Condition, Instrument, ItemIx, Kind, Units};

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
    pub(crate) gate: u32,
}

/// A conjunction: the parent's gate, the unit's existence, an own condition.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) parent: Option<u32>,
    pub(crate) exists: Option<(u32, u32)>,
    pub(crate) filter: Option<Source>,
    pub(crate) unit: Option<u32>,
}

/// Where a program stands in the instrument.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Block(u32),
    Page(u32),
    Item(ItemIx),
    Row(ItemIx, u16),
    Check(ItemIx, u16),
    Choice(ItemIx, u16),
    Fill(u32, u16),
    Value(ItemIx),
}

impl Source {
    pub(crate) fn condition(self, instrument: &Instrument) -> Option<&Condition> {
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
            Self::Fill(it, case) => {
                Some(&instrument.fills.get(it as usize)?.cases.get(usize::from(case))?.0)
            }
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
pub(crate) struct Watched {
    pub(crate) source: Source,
    pub(crate) unit: Option<u32>,
}

/// What a [`VarId`] reads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Var {
    /// A slot; inside a roster, that of the first unit, the others following.
    Slot(u32),
    /// A computed value; inside a roster, that of the first unit, the others following.
    Computed(u32),
    /// A unit's key.
    UnitKey(u32),
    /// An attribute of the territory chosen in a slot.
    Attribute(u32, u16),
}

/// A computed value, one for each unit inside a roster.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComputedCell {
    pub(crate) item: ItemIx,
    pub(crate) unit: Option<u32>,
    pub(crate) gate: u32,
}

/// What is evaluated, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Gate(u32),
    Units(u32),
    Slot(u32),
    Computed(u32),
    Watched(u32),
}

/// Filters or computed values that read each other in a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Ids of the items, blocks and pages in the circle, each once.
    pub ids: Vec<String>,
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct Layout {
    pub(crate) slots: Vec<Slot>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) computed: Vec<ComputedCell>,
    pub(crate) watched: Vec<Watched>,
    vars: Vec<Var>,
    /// Slots of each item: first and how many.
    pub(crate) item_slots: Vec<(u32, u32)>,
    /// Gate of each item (of its first unit inside a roster, the others following by `gate_step`).
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
    keys: HashMap<Box<str>, u32>,
    items: HashMap<Box<str>, ItemIx>,
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
    /// When filters or computed values read each other in a circle.
    pub fn new(instrument: &Instrument) -> Result<Self, Cycle> {
        let mut it = Builder::default();
        it.lay(instrument);
        it.finish(instrument)
    }

    /// Every slot that can exist, in the order of the questionnaire.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The position of the slot with this key.
    #[must_use]
    pub fn slot(&self, key: &str) -> Option<u32> {
        self.keys.get(key).copied()
    }

    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<ItemIx> {
        self.items.get(id).copied()
    }

    /// Positions of an item's slots in one unit (or outside rosters): one, or one for each row.
    pub(crate) fn slots_of(&self, instrument: &Instrument, item: ItemIx, unit: Option<u32>) -> Vec<u32> {
        let Some(&(first, count)) = self.item_slots.get(item as usize) else { return Vec::new() };
        match instrument.items.get(item as usize).and_then(|it| it.roster) {
            None => (first..first + count).collect(),
            Some(roster) => {
                let bound = instrument.unit_bound(roster).max(1);
                let unit = unit.unwrap_or(0);
                (0..count / bound).map(|row| first + row * bound + unit).collect()
            }
        }
    }

    pub(crate) fn var(&self, var: VarId) -> Option<Var> {
        self.vars.get(var.0 as usize).copied()
    }

    pub(crate) fn dependents(&self, place: usize) -> &[u32] {
        self.dependents.get(place).map_or(&[], |it| it)
    }
}

#[derive(Default)]
struct Builder {
    slots: Vec<Slot>,
    gates: Vec<Gate>,
    computed: Vec<ComputedCell>,
    watched: Vec<Watched>,
    vars: Vec<Var>,
    item_slots: Vec<(u32, u32)>,
    item_gates: Vec<Vec<u32>>,
    page_gates: Vec<u32>,
    item_watched: Vec<Vec<u32>>,
    fill_watched: Vec<u32>,
    nodes: Vec<Node>,
}

impl Builder {
    fn gate(&mut self, gate: Gate) -> u32 {
        let ix = self.gates.len() as u32;
        self.gates.push(gate);
        self.nodes.push(Node::Gate(ix));
        ix
    }

    /// The parent's gate where there is no condition of its own.
    fn gate_with(&mut self, parent: u32, filter: Option<Source>, unit: Option<u32>) -> u32 {
        match filter {
            None => parent,
            Some(_) => self.gate(Gate { parent: Some(parent), exists: None, filter, unit }),
        }
    }

    fn watch(&mut self, source: Source, unit: Option<u32>) -> u32 {
        let ix = self.watched.len() as u32;
        self.watched.push(Watched { source, unit });
        self.nodes.push(Node::Watched(ix));
        ix
    }

    fn lay(&mut self, instrument: &Instrument) {
        let items = instrument.items.len();
        self.item_slots = vec![(0, 0); items];
        self.item_gates = vec![Vec::new(); items];
        self.item_watched = vec![Vec::new(); items];
        let root = self.gate(Gate { parent: None, exists: None, filter: None, unit: None });
        let mut block_gates = Vec::new();
        for (ix, block) in (0u32..).zip(&instrument.blocks) {
            let filter = block.filter.as_ref().map(|_| Source::Block(ix));
            block_gates.push(self.gate_with(root, filter, None));
        }
        for (ix, page) in (0u32..).zip(&instrument.pages) {
            let parent = block_gates.get(page.block as usize).copied().unwrap_or(root);
            let filter = page.filter.as_ref().map(|_| Source::Page(ix));
            let gate = self.gate_with(parent, filter, None);
            self.page_gates.push(gate);
        }
        for (ix, item) in (0u32..).zip(&instrument.items) {
            if item.roster.is_some() {
                continue;
            }
            let parent = self.page_gates.get(item.page as usize).copied().unwrap_or(root);
            self.lay_item(instrument, ix, &[(parent, None)]);
            if let Kind::Roster { roster } = item.kind {
                self.lay_roster(instrument, ix, roster);
            }
        }
        for (ix, fill) in (0u32..).zip(&instrument.fills) {
            self.fill_watched.push(self.watched.len() as u32);
            for case in 0..fill.cases.len() as u16 {
                self.watch(Source::Fill(ix, case), None);
            }
        }
        self.number_variables(instrument);
    }

    fn lay_roster(&mut self, instrument: &Instrument, ix: ItemIx, roster: u32) {
        self.nodes.push(Node::Units(roster));
        let parent = self.item_gates[ix as usize].first().copied().unwrap_or(0);
        let units: Vec<_> = (0..instrument.unit_bound(roster))
            .map(|unit| {
                let exists = Some((roster, unit));
                (self.gate(Gate { parent: Some(parent), exists, filter: None, unit: None }), Some(unit))
            })
            .collect();
        let Some(members) = instrument.rosters.get(roster as usize).map(|it| it.items.clone()) else {
            return;
        };
        for member in members {
            self.lay_item(instrument, member, &units);
        }
    }

    /// Gates, slots, computed values and conditions of an item, for each `(parent gate, unit)`.
    fn lay_item(&mut self, instrument: &Instrument, ix: ItemIx, places: &[(u32, Option<u32>)]) {
        let item = &instrument.items[ix as usize];
        let filter = item.filter.as_ref().map(|_| Source::Item(ix));
        let gates: Vec<_> = places
            .iter()
            .map(|&(parent, unit)| (self.gate_with(parent, filter, unit), unit))
            .collect();
        let first = self.slots.len() as u32;
        match &item.kind {
            Kind::Grid { rows, .. } => {
                for (row, it) in (0u16..).zip(rows) {
                    for &(gate, unit) in &gates {
                        let filter = it.filter.as_ref().map(|_| Source::Row(ix, row));
                        let gate = self.gate_with(gate, filter, unit);
                        let key = format!("{}[{}]", key_of(instrument, ix, unit), it.code);
                        self.slot(instrument, ix, unit, Some(row), gate, key);
                    }
                }
            }
            Kind::Computed { .. } => {
                for &(gate, unit) in &gates {
                    self.nodes.push(Node::Computed(self.computed.len() as u32));
                    self.computed.push(ComputedCell { item: ix, unit, gate });
                }
            }
            Kind::Statement | Kind::Contact { .. } | Kind::Roster { .. } => {}
            Kind::Single { .. } | Kind::Multiple { .. } | Kind::Quantity(_) | Kind::Money(_)
            | Kind::Text { .. } | Kind::Date { .. } | Kind::Scale { .. } | Kind::Rank { .. }
            | Kind::Territory { .. } | Kind::Consent => {
                for &(gate, unit) in &gates {
                    self.slot(instrument, ix, unit, None, gate, key_of(instrument, ix, unit));
                }
            }
        }
        self.item_slots[ix as usize] = (first, self.slots.len() as u32 - first);
        for &(_, unit) in &gates {
            self.item_watched[ix as usize].push(self.watched.len() as u32);
            for nth in 0..item.choice_filters.len() as u16 {
                self.watch(Source::Choice(ix, nth), unit);
            }
            for nth in 0..item.checks.len() as u16 {
                self.watch(Source::Check(ix, nth), unit);
            }
        }
        self.item_gates[ix as usize] = gates.into_iter().map(|(gate, _)| gate).collect();
    }

    fn slot(
        &mut self,
        instrument: &Instrument,
        item: ItemIx,
        unit: Option<u32>,
        row: Option<u16>,
        gate: u32,
        key: String,
    ) {
        self.nodes.push(Node::Slot(self.slots.len() as u32));
        let page = instrument.items[item as usize].page;
        self.slots.push(Slot { key: key.into(), item, unit, row, page, gate });
    }

    fn number_variables(&mut self, instrument: &Instrument) {
        for (ix, item) in instrument.items.iter().enumerate() {
            let (first, count) = self.item_slots[ix];
            let own = match &item.kind {
                Kind::Computed { .. } => {
                    let cell = self.computed.iter().position(|it| it.item as usize == ix);
                    Var::Computed(cell.unwrap_or(0) as u32)
                }
                Kind::Roster { roster } => Var::UnitKey(*roster),
                _ if count > 0 => Var::Slot(first),
                _ => Var::Slot(u32::MAX),
            };
            self.vars.push(own);
            match &item.kind {
                Kind::Grid { rows, .. } => {
                    let step = if rows.is_empty() { 1 } else { count / rows.len() as u32 };
                    self.vars.extend((0..rows.len() as u32).map(|row| Var::Slot(first + row * step)));
                }
                Kind::Territory { attributes, .. } => {
                    let parts = 0..attributes.len() as u16;
                    self.vars.extend(parts.map(|part| Var::Attribute(first, part)));
                }
                Kind::Roster { roster } => self.vars.push(Var::UnitKey(*roster)),
                _ => {}
            }
        }
    }

    /// Puts the nodes in an order in which each stands after what it reads (Kahn's algorithm, the
    /// questionnaire's own order deciding between nodes that are free).
    fn finish(self, instrument: &Instrument) -> Result<Layout, Cycle> {
        let position: HashMap<Node, u32> = self.nodes.iter().copied().zip(0u32..).collect();
        let mut dependents: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); self.nodes.len()];
        let mut waits = vec![0u32; self.nodes.len()];
        for (&node, to) in self.nodes.iter().zip(0u32..) {
            for from in self.reads(instrument, node) {
                if let Some(&from) = position.get(&from)
                    && dependents[from as usize].insert(to)
                {
                    waits[to as usize] += 1;
                }
            }
        }
        let mut free: BTreeSet<u32> =
            (0..self.nodes.len() as u32).filter(|it| waits[*it as usize] == 0).collect();
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(node) = free.pop_first() {
            order.push(node);
            for &next in &dependents[node as usize] {
                waits[next as usize] -= 1;
                if waits[next as usize] == 0 {
                    free.insert(next);
                }
            }
        }
        if order.len() < self.nodes.len() {
            return Err(self.cycle(instrument, &waits, &dependents));
        }
        let mut place = vec![0u32; self.nodes.len()];
        for (at, &node) in (0u32..).zip(&order) {
            place[node as usize] = at;
        }
        let place_of = |node: Node| position.get(&node).map_or(0, |it| place[*it as usize]);
        Ok(Layout {
            dependents: order
                .iter()
                .map(|&node| dependents[node as usize].iter().map(|it| place[*it as usize]).collect())
                .collect(),
            place_of_slot: (0..self.slots.len() as u32).map(|it| place_of(Node::Slot(it))).collect(),
            place_of_units: (0..instrument.rosters.len() as u32)
                .map(|it| place_of(Node::Units(it)))
                .collect(),
            order: order.iter().map(|&it| self.nodes[it as usize]).collect(),
            keys: self.slots.iter().zip(0u32..).map(|(it, ix)| (it.key.clone(), ix)).collect(),
            items: instrument.items.iter().zip(0u32..).map(|(it, ix)| (it.id.as_str().into(), ix)).collect(),
            slots: self.slots,
            gates: self.gates,
            computed: self.computed,
            watched: self.watched,
            vars: self.vars,
            item_slots: self.item_slots,
            item_gates: self.item_gates,
            page_gates: self.page_gates,
            item_watched: self.item_watched,
            fill_watched: self.fill_watched,
        })
    }

    /// The nodes that a node reads.
    fn reads(&self, instrument: &Instrument, node: Node) -> Vec<Node> {
        match node {
            Node::Gate(it) => {
                let gate = &self.gates[it as usize];
                let mut reads: Vec<_> = gate.parent.map(Node::Gate).into_iter().collect();
                reads.extend(gate.exists.map(|(roster, _)| Node::Units(roster)));
                reads.extend(gate.filter.into_iter().flat_map(|it| self.inputs(instrument, it, gate.unit)));
                reads
            }
            Node::Units(roster) => match instrument.rosters[roster as usize].units {
                Units::Chosen { item, .. } => {
                    let (first, count) = self.item_slots[item as usize];
                    (first..first + count).map(Node::Slot).collect()
                }
                Units::Free { .. } => Vec::new(),
            },
            Node::Slot(it) => vec![Node::Gate(self.slots[it as usize].gate)],
            Node::Computed(it) => {
                let cell = self.computed[it as usize];
                let mut reads = self.inputs(instrument, Source::Value(cell.item), cell.unit);
                reads.push(Node::Gate(cell.gate));
                reads
            }
            Node::Watched(it) => {
                let Watched { source, unit } = self.watched[it as usize];
                self.inputs(instrument, source, unit)
            }
        }
    }

    /// The nodes that a program reads in one unit.
    fn inputs(&self, instrument: &Instrument, source: Source, unit: Option<u32>) -> Vec<Node> {
        let Some(program) = source.program(instrument) else { return Vec::new() };
        let deps = program.dependencies();
        let mut reads = Vec::new();
        for &var in &deps.vars {
            reads.extend(self.node_of(var, 0));
        }
        for &(_, var) in &deps.unit_vars {
            reads.extend(self.node_of(var, unit.unwrap_or(0)));
        }
        for &(_, unit, var) in &deps.fixed_unit_vars {
            reads.extend(self.node_of(var, unit));
        }
        for &(RosterId(roster), var) in &deps.roster_vars {
            reads.extend((0..instrument.unit_bound(roster)).filter_map(|unit| self.node_of(var, unit)));
        }
        reads.extend(deps.rosters.iter().map(|it| Node::Units(it.0)));
        reads
    }

    fn node_of(&self, var: VarId, unit: u32) -> Option<Node> {
        match self.vars.get(var.0 as usize)? {
            Var::Slot(u32::MAX) => None,
            Var::Slot(first) | Var::Attribute(first, _) => Some(Node::Slot(first + unit)),
            Var::Computed(first) => Some(Node::Computed(first + unit)),
            Var::UnitKey(roster) => Some(Node::Units(*roster)),
        }
    }

    /// Names a circle among the nodes that could not be ordered.
    fn cycle(&self, instrument: &Instrument, waits: &[u32], dependents: &[BTreeSet<u32>]) -> Cycle {
        // Drop what merely waits behind a circle: nodes that nothing left depends on.
        let mut left: BTreeSet<u32> =
            (0..waits.len() as u32).filter(|it| waits[*it as usize] > 0).collect();
        loop {
            let idle: Vec<u32> = left
                .iter()
                .copied()
                .filter(|it| dependents[*it as usize].iter().all(|next| !left.contains(next)))
                .collect();
            if idle.is_empty() {
                break;
            }
            for it in idle {
                left.remove(&it);
            }
        }
        let mut ids: Vec<String> = Vec::new();
        for it in left {
            let id = self.name(instrument, self.nodes[it as usize]);
            if let Some(id) = id
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        }
        Cycle { ids }
    }

    fn name(&self, instrument: &Instrument, node: Node) -> Option<String> {
        let item = |ix: ItemIx| Some(instrument.items[ix as usize].id.clone());
        match node {
            Node::Slot(it) => item(self.slots[it as usize].item),
            Node::Computed(it) => item(self.computed[it as usize].item),
            Node::Units(it) => item(instrument.rosters[it as usize].item),
            Node::Watched(_) => None,
            Node::Gate(it) => match self.gates[it as usize].filter? {
                Source::Block(it) => Some(instrument.blocks[it as usize].id.clone()),
                Source::Page(it) => Some(instrument.pages[it as usize].id.clone()),
                Source::Item(it) | Source::Row(it, _) => item(it),
                _ => None,
            },
        }
    }
}

fn key_of(instrument: &Instrument, item: ItemIx, unit: Option<u32>) -> String {
    let it = &instrument.items[item as usize];
    match (it.roster, unit) {
        (Some(roster), Some(unit)) => {
            let roster_item = instrument.rosters[roster as usize].item;
            let roster_id = &instrument.items[roster_item as usize].id;
            format!("{roster_id}[{}].{}", instrument.unit_key(roster, unit), it.id)
        }
        _ => it.id.clone(),
    }
}
