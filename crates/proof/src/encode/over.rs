//! Functions over the units of a roster.

use expr::{Node, Over, RosterId};
use rust_decimal::Decimal;

use super::term::{Term, always};
use super::{Context, Encoding, Tri};
use crate::formula::Lit;
use crate::seen::{Seen, fold};

impl Encoding<'_> {
    /// When each unit is there to be counted.
    pub(crate) fn existing(&mut self, roster: RosterId) -> Vec<Lit> {
        let Some(it) = self.engine.instrument.rosters.get(roster.0 as usize) else {
            return Vec::new();
        };
        // A roster that is not asked has no units to count, chosen or not.
        let asked = self.item_gate(it.item, None);
        let units = self.units[roster.0 as usize].clone();
        units
            .into_iter()
            .map(|it| self.formulas.and(asked, it))
            .collect()
    }

    pub(super) fn each_truth(
        &mut self,
        node: Node<'_>,
        roster: RosterId,
        context: Context,
    ) -> Vec<(Lit, Tri)> {
        let units = (0u32..).zip(self.existing(roster));
        units
            .map(|(unit, exists)| {
                let truth = match exists {
                    Lit::FALSE => Tri::FALSE,
                    _ => self.first(node, context.inside(unit)),
                };
                (exists, truth)
            })
            .collect()
    }

    /// A sum, least or greatest over units.
    pub(super) fn over(
        &mut self,
        node: Node<'_>,
        over: Over,
        roster: RosterId,
        context: Context,
    ) -> Term {
        let none = match over {
            Over::Sum => Seen::number(Decimal::ZERO),
            _ => Seen::UNKNOWN,
        };
        let mut so_far = always(none);
        for (unit, exists) in (0u32..).zip(self.existing(roster)) {
            if exists == Lit::FALSE {
                continue;
            }
            let it = self.operand(node, context.inside(unit));
            let mut next = Vec::new();
            for (seen, when) in it {
                let when = self.formulas.and(exists, when);
                // Units without a value are skipped.
                let seen = if seen.is_missing().is_some() {
                    Seen::UNKNOWN
                } else {
                    seen
                };
                self.add(&mut next, seen, when);
            }
            self.add(&mut next, Seen::UNKNOWN, !exists);
            so_far = self.pairs(&so_far, &next, |a, b| match (a, b) {
                (a, b) if b.is_missing().is_some() => a.clone(),
                (a, b) if a.is_missing().is_some() => b.clone(),
                (a, b) => fold(over, a, b),
            });
        }
        so_far
    }
}
