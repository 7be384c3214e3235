//! Gates, slots, computed values and conditions of every item, unit and row.

use super::{ComputedCell, Gate, ItemSlots, Node, Slot, Source, Var, Watched, key_of};
use crate::instrument::{Instrument, ItemIx, Kind};

#[derive(Default)]
pub(super) struct Builder {
    pub(super) slots: Vec<Slot>,
    pub(super) gates: Vec<Gate>,
    pub(super) computed: Vec<ComputedCell>,
    pub(super) watched: Vec<Watched>,
    pub(super) vars: Vec<Var>,
    pub(super) item_slots: Vec<ItemSlots>,
    pub(super) item_computed: Vec<Option<u32>>,
    pub(super) item_gates: Vec<Vec<u32>>,
    pub(super) page_gates: Vec<u32>,
    pub(super) item_watched: Vec<Vec<u32>>,
    pub(super) fill_watched: Vec<u32>,
    /// Everything that is evaluated, in the order of the questionnaire.
    pub(super) nodes: Vec<Node>,
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
            Some(_) => self.gate(Gate {
                parent: Some(parent),
                exists: None,
                filter,
                unit,
            }),
        }
    }

    fn watch(&mut self, source: Source, unit: Option<u32>) -> u32 {
        let ix = self.watched.len() as u32;
        self.watched.push(Watched { source, unit });
        self.nodes.push(Node::Watched(ix));
        ix
    }

    pub(super) fn lay(&mut self, instrument: &Instrument) {
        let items = instrument.items.len();
        self.item_slots = vec![ItemSlots::default(); items];
        self.item_computed = vec![None; items];
        self.item_gates = vec![Vec::new(); items];
        self.item_watched = vec![Vec::new(); items];
        let root = self.gate(Gate {
            parent: None,
            exists: None,
            filter: None,
            unit: None,
        });
        let mut block_gates = Vec::new();
        for (ix, block) in (0u32..).zip(&instrument.blocks) {
            let filter = block.filter.as_ref().map(|_| Source::Block(ix));
            block_gates.push(self.gate_with(root, filter, None));
        }
        for (ix, page) in (0u32..).zip(&instrument.pages) {
            let parent = block_gates
                .get(page.block as usize)
                .copied()
                .unwrap_or(root);
            let filter = page.filter.as_ref().map(|_| Source::Page(ix));
            let gate = self.gate_with(parent, filter, None);
            self.page_gates.push(gate);
        }
        for (ix, item) in (0u32..).zip(&instrument.items) {
            if item.roster.is_some() {
                continue;
            }
            let parent = self
                .page_gates
                .get(item.page as usize)
                .copied()
                .unwrap_or(root);
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
                let gate = self.gate(Gate {
                    parent: Some(parent),
                    exists: Some((roster, unit)),
                    filter: None,
                    unit: None,
                });
                (gate, Some(unit))
            })
            .collect();
        for &member in &instrument.rosters[roster as usize].items {
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
                self.item_computed[ix as usize] = Some(self.computed.len() as u32);
                for &(gate, unit) in &gates {
                    self.nodes.push(Node::Computed(self.computed.len() as u32));
                    self.computed.push(ComputedCell {
                        item: ix,
                        unit,
                        gate,
                    });
                }
            }
            Kind::Statement | Kind::Contact { .. } | Kind::Roster { .. } => {}
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::Quantity(_)
            | Kind::Money(_)
            | Kind::Text { .. }
            | Kind::Date { .. }
            | Kind::Scale { .. }
            | Kind::Rank { .. }
            | Kind::Territory { .. }
            | Kind::Consent => {
                for &(gate, unit) in &gates {
                    self.slot(
                        instrument,
                        ix,
                        unit,
                        None,
                        gate,
                        key_of(instrument, ix, unit),
                    );
                }
            }
        }
        let units = places.len() as u32;
        let rows = (self.slots.len() as u32 - first)
            .checked_div(units)
            .unwrap_or(0);
        self.item_slots[ix as usize] = ItemSlots { first, rows, units };
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
        self.slots.push(Slot {
            key: key.into(),
            item,
            unit,
            row,
            page,
            gate,
        });
    }

    fn number_variables(&mut self, instrument: &Instrument) {
        for (ix, item) in instrument.items.iter().enumerate() {
            let ItemSlots { first, rows, units } = self.item_slots[ix];
            let own = match &item.kind {
                Kind::Computed { .. } => self.item_computed[ix].map_or(Var::Nothing, Var::Computed),
                Kind::Roster { roster } => Var::UnitKey(*roster),
                _ if rows > 0 => Var::Slot(first),
                _ => Var::Nothing,
            };
            self.vars.push(own);
            match &item.kind {
                Kind::Grid { rows, .. } => {
                    let rows = 0..rows.len() as u32;
                    self.vars
                        .extend(rows.map(|row| Var::Slot(first + row * units)));
                }
                Kind::Territory { attributes, .. } => {
                    let parts = 0..attributes.len() as u16;
                    self.vars
                        .extend(parts.map(|part| Var::Attribute(first, part)));
                }
                Kind::Roster { roster } => self.vars.push(Var::UnitKey(*roster)),
                _ => {}
            }
        }
    }
}
