//! What reads what, and an order in which everything is read after it is known.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use expr::{Program, RosterId, VarId};

use super::lay::Builder;
use super::names::Names;
use super::{Layout, Node, Source, Unusable, Var, Watched};
use crate::instrument::{Instrument, ItemIx, Units};

/// Most dependencies that are kept: they take 4 bytes each, in every browser that answers.
const MAX_DEPENDENCIES: usize = 1_000_000;

/// Where each node stands in a list of nodes.
pub(super) struct Positions([Vec<Option<u32>>; 5]);

impl Positions {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut it = Self(Default::default());
        for (at, &node) in (0u32..).zip(nodes) {
            let (kind, ix) = Self::place(node);
            let places = &mut it.0[kind];
            if places.len() <= ix {
                places.resize(ix + 1, None);
            }
            places[ix] = Some(at);
        }
        it
    }

    fn place(node: Node) -> (usize, usize) {
        match node {
            Node::Gate(it) => (0, it as usize),
            Node::Units(it) => (1, it as usize),
            Node::Slot(it) => (2, it as usize),
            Node::Computed(it) => (3, it as usize),
            Node::Watched(it) => (4, it as usize),
        }
    }

    pub(super) fn get(&self, node: Node) -> Option<u32> {
        let (kind, ix) = Self::place(node);
        self.0[kind].get(ix).copied().flatten()
    }
}

/// The same dependents by places in the order, each list ascending; nothing needs sorting for that.
fn in_order(dependents: &[Vec<u32>], order: &[u32], place: &[u32]) -> Vec<Box<[u32]>> {
    let mut read_by = vec![Vec::new(); order.len()];
    for (&from, readers) in place.iter().zip(dependents) {
        for &reader in readers {
            read_by[reader as usize].push(from);
        }
    }
    let mut lists = vec![Vec::new(); order.len()];
    for (at, &node) in (0u32..).zip(order) {
        for &from in &read_by[node as usize] {
            lists[from as usize].push(at);
        }
    }
    lists.into_iter().map(Vec::into_boxed_slice).collect()
}

impl Builder {
    /// Puts the nodes in an order in which each stands after what it reads (Kahn's algorithm, the
    /// questionnaire's own order deciding between nodes that are free).
    pub(super) fn finish(mut self, instrument: &Instrument) -> Result<Layout, Unusable> {
        let dependents = self.dependents(instrument)?;
        let mut waits = vec![0u32; self.nodes.len()];
        for &next in dependents.iter().flatten() {
            waits[next as usize] += 1;
        }
        let mut free = BinaryHeap::new();
        for node in 0..self.nodes.len() as u32 {
            if waits[node as usize] == 0 {
                free.push(Reverse(node));
            }
        }
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(Reverse(node)) = free.pop() {
            order.push(node);
            for &next in &dependents[node as usize] {
                waits[next as usize] -= 1;
                if waits[next as usize] == 0 {
                    free.push(Reverse(next));
                }
            }
        }
        if order.len() < self.nodes.len() {
            return Err(Unusable::Circle(self.circle(
                instrument,
                &waits,
                &dependents,
            )));
        }
        let mut place = vec![0u32; self.nodes.len()];
        for (at, &node) in (0u32..).zip(&order) {
            place[node as usize] = at;
        }
        let dependents = in_order(&dependents, &order, &place);
        self.nodes = order.iter().map(|&it| self.nodes[it as usize]).collect();
        let places = Positions::of(&self.nodes);
        let place_of = |node: Node| places.get(node).unwrap_or(0);
        let slots = 0..self.slots.len() as u32;
        let rosters = 0..instrument.rosters.len() as u32;
        Ok(Layout {
            dependents,
            place_of_slot: slots.map(|it| place_of(Node::Slot(it))).collect(),
            place_of_units: rosters.map(|it| place_of(Node::Units(it))).collect(),
            reads_today: self.reads_today(instrument),
            keys: Names::of(self.slots.iter().map(|it| &*it.key)),
            items: Names::of(instrument.items.iter().map(|it| it.id.as_str())),
            order: self.nodes,
            slots: self.slots,
            gates: self.gates,
            computed: self.computed,
            watched: self.watched,
            vars: self.vars,
            item_slots: self.item_slots,
            item_computed: self.item_computed,
            item_gates: self.item_gates,
            page_gates: self.page_gates,
            item_watched: self.item_watched,
            fill_watched: self.fill_watched,
        })
    }

    fn reads_today(&self, instrument: &Instrument) -> bool {
        let gates = self.gates.iter().filter_map(|it| it.filter);
        let computed = self.computed.iter().map(|it| Source::Value(it.item));
        let watched = self.watched.iter().map(|it| it.source);
        gates
            .chain(computed)
            .chain(watched)
            .filter_map(|it| it.program(instrument))
            .any(|it| it.dependencies().reads_today)
    }

    /// For each node the nodes that read it, by position in `nodes`, each once.
    pub(super) fn dependents(&self, instrument: &Instrument) -> Result<Vec<Vec<u32>>, Unusable> {
        let positions = Positions::of(&self.nodes);
        let mut dependents: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        let mut count = 0;
        for (&node, to) in self.nodes.iter().zip(0u32..) {
            for from in self.reads(instrument, node) {
                let Some(from) = positions.get(from) else {
                    continue;
                };
                let readers = &mut dependents[from as usize];
                // Nodes come in order: one that is there already is the last.
                if readers.last() != Some(&to) {
                    readers.push(to);
                    count += 1;
                }
            }
            if count > MAX_DEPENDENCIES {
                let what = "dependencies between answers and conditions";
                return Err(Unusable::TooLarge {
                    what,
                    limit: MAX_DEPENDENCIES,
                });
            }
        }
        Ok(dependents)
    }

    /// The nodes that a node reads.
    fn reads(&self, instrument: &Instrument, node: Node) -> Vec<Node> {
        match node {
            Node::Gate(it) => {
                let gate = &self.gates[it as usize];
                let mut reads: Vec<_> = gate.parent.map(Node::Gate).into_iter().collect();
                reads.extend(gate.exists.map(|(roster, _)| Node::Units(roster)));
                reads.extend(
                    gate.filter
                        .into_iter()
                        .flat_map(|it| self.inputs(instrument, it, gate.unit)),
                );
                reads
            }
            Node::Units(roster) => match instrument.rosters[roster as usize].units {
                Units::Chosen { item, .. } => {
                    vec![Node::Slot(self.item_slots[item as usize].first)]
                }
                Units::Free { .. } => self
                    .gate_of_roster(instrument, roster)
                    .into_iter()
                    .collect(),
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
        let program = source.program(instrument);
        program.map_or_else(Vec::new, |it| self.reads_of(instrument, it, unit))
    }

    pub(super) fn reads_of(
        &self,
        instrument: &Instrument,
        program: &Program,
        unit: Option<u32>,
    ) -> Vec<Node> {
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
            reads.extend(
                (0..instrument.unit_bound(roster)).filter_map(|unit| self.node_of(var, unit)),
            );
        }
        for &RosterId(roster) in &deps.rosters {
            reads.push(Node::Units(roster));
            reads.extend(self.gate_of_roster(instrument, roster));
        }
        reads
    }

    fn gate_of_roster(&self, instrument: &Instrument, roster: u32) -> Option<Node> {
        let item = instrument.rosters.get(roster as usize)?.item;
        self.item_gates
            .get(item as usize)?
            .first()
            .map(|it| Node::Gate(*it))
    }

    fn node_of(&self, var: VarId, unit: u32) -> Option<Node> {
        match self.vars.get(var.0 as usize)? {
            Var::Slot(first) | Var::Attribute(first, _) => first.checked_add(unit).map(Node::Slot),
            Var::Computed(first) => first.checked_add(unit).map(Node::Computed),
            Var::UnitKey(roster) => Some(Node::Units(*roster)),
            Var::Nothing => None,
        }
    }

    /// Names one circle among the nodes that could not be ordered.
    fn circle(
        &self,
        instrument: &Instrument,
        waits: &[u32],
        dependents: &[Vec<u32>],
    ) -> Vec<String> {
        // Whatever waits waits for something that waits: going back again and again must come
        // to the same node twice.
        let mut read_by = vec![None; waits.len()];
        for (from, readers) in (0u32..).zip(dependents) {
            if waits[from as usize] > 0 {
                for &to in readers {
                    read_by[to as usize] = Some(from);
                }
            }
        }
        let mut seen_as: Vec<Option<usize>> = vec![None; waits.len()];
        let mut seen = Vec::new();
        let mut at = (0u32..)
            .zip(waits)
            .find(|(_, it)| **it > 0)
            .map(|(at, _)| at);
        let mut first = 0;
        while let Some(node) = at {
            if let Some(before) = seen_as[node as usize] {
                first = before;
                break;
            }
            seen_as[node as usize] = Some(seen.len());
            seen.push(node);
            at = read_by[node as usize];
        }
        let mut ids: Vec<String> = Vec::new();
        for &node in seen[first..].iter().rev() {
            let id = self.name(instrument, self.nodes[node as usize]);
            if let Some(id) = id
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        }
        ids
    }

    fn name(&self, instrument: &Instrument, node: Node) -> Option<String> {
        let item = |ix: ItemIx| Some(instrument.items[ix as usize].id.clone());
        match node {
            Node::Slot(it) => item(self.slots[it as usize].item),
            Node::Computed(it) => item(self.computed[it as usize].item),
            Node::Units(it) => item(instrument.rosters[it as usize].item),
            Node::Watched(_) => None,
            Node::Gate(it) => match self.gates[it as usize].filter? {
                Source::Block(it) => Some(format!("block {}", instrument.blocks[it as usize].id)),
                Source::Page(it) => Some(format!("page {}", instrument.pages[it as usize].id)),
                Source::Item(it) | Source::Row(it, _) => item(it),
                _ => None,
            },
        }
    }
}
