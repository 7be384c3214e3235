//! What waits for a filter: what it reads would be read before it is known.

use expr::Program;

use super::lay::Builder;
use super::order::Positions;
use super::{Gate, Node, Source, sound};
use crate::instrument::Instrument;

/// The nodes behind one filter.
pub(crate) struct Behind {
    builder: Builder,
    positions: Positions,
    waits: Vec<bool>,
    units: Vec<Option<u32>>,
}

impl Behind {
    /// What waits for a filter of this instrument; nothing is known of one that cannot be laid out.
    pub(crate) fn of(instrument: &Instrument, filter: Source, roster: Option<u32>) -> Option<Self> {
        sound::check(instrument).ok()?;
        let mut builder = Builder::default();
        builder.lay(instrument);
        let dependents = builder.dependents(instrument).ok()?;
        let positions = Positions::of(&builder.nodes);
        let mut waits = vec![false; builder.nodes.len()];
        let is_it = |(_, it): &(u32, &Gate)| it.filter == Some(filter);
        let gates = (0u32..).zip(&builder.gates).filter(is_it);
        let mut next: Vec<u32> = gates
            .filter_map(|(it, _)| positions.get(Node::Gate(it)))
            .collect();
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut waits[node as usize], true) {
                next.extend(&dependents[node as usize]);
            }
        }
        let units = match roster {
            None => vec![None],
            Some(it) => (0..instrument.unit_bound(it)).map(Some).collect(),
        };
        Some(Self {
            builder,
            positions,
            waits,
            units,
        })
    }

    /// Whether a condition reads something of it.
    pub(crate) fn is_read(&self, instrument: &Instrument, program: &Program) -> bool {
        let waits = |it: Node| {
            let at = self.positions.get(it);
            at.is_some_and(|it| self.waits[it as usize])
        };
        let reads = |unit: &Option<u32>| self.builder.reads_of(instrument, program, *unit);
        self.units.iter().flat_map(reads).any(waits)
    }
}
