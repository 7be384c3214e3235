//! What is to be gone through, as formulas.

use std::cmp::Ordering;

use crate::coverage::{Bound, Target};
use crate::domain::Given;
use crate::formula::Lit;
use crate::goal::Goal;
use crate::prove::Proof;

impl Proof<'_> {
    /// When a target is gone through.
    pub(super) fn aim(&mut self, target: Target) -> Lit {
        let goal = match target {
            Target::Filter(source, true) => Goal::Holds(source),
            Target::Filter(source, false) => Goal::Hides(source),
            Target::Choice(item, Some(code)) if self.encoding.tells_apart(item, code) => {
                Goal::Picks(item, code)
            }
            Target::Choice(item, _) => return self.some_choice(item),
            Target::Check(item, nth, true) => Goal::CheckHolds(item, nth),
            Target::Check(item, nth, false) => Goal::CheckFails(item, nth),
            Target::Case(fill, case) => Goal::Case(fill, case),
            Target::Boundary(item, row, bound, side) => return self.beside(item, row, bound, side),
        };
        goal.when(&mut self.encoding)
    }

    /// Some choice of a long list.
    fn some_choice(&mut self, item: u32) -> Lit {
        let mut them = Vec::new();
        for slot in self.encoding.slots_of(item) {
            let on_path = self.encoding.on_path(slot);
            let classes = &self.encoding.domains[slot as usize].classes;
            let chosen = classes
                .iter()
                .filter(|it| matches!(it.given, Given::Code(_) | Given::Set))
                .map(|it| it.lit)
                .collect::<Vec<_>>();
            let some = self.encoding.formulas.any(chosen);
            them.push(self.encoding.formulas.and(on_path, some));
        }
        self.encoding.formulas.any(them)
    }

    /// An answer below, above or at a number or a day.
    fn beside(&mut self, item: u32, row: Option<u16>, bound: Bound, side: Ordering) -> Lit {
        let mut them = Vec::new();
        for slot in self.encoding.slots_of(item) {
            if self.engine().layout.slots()[slot as usize].row != row {
                continue;
            }
            let on_path = self.encoding.on_path(slot);
            let domain = &self.encoding.domains[slot as usize];
            let Some(grid) = domain.grid else {
                continue;
            };
            let is_there = |low: i128, high: i128| {
                let wanted = |at: i128| match bound {
                    Bound::Number(it) => grid.number(at).is_some_and(|at| at.cmp(&it) == side),
                    Bound::Date(it) => grid.day(at).is_some_and(|at| at.cmp(&it) == side),
                };
                // Both ends: a range that reaches across is no answer to where it lies.
                wanted(low) && wanted(high)
            };
            let classes = domain
                .classes
                .iter()
                .filter(|it| matches!(it.given, Given::Range(low, high) if is_there(low, high)));
            let classes: Vec<Lit> = classes.map(|it| it.lit).collect();
            let some = self.encoding.formulas.any(classes);
            them.push(self.encoding.formulas.and(on_path, some));
        }
        self.encoding.formulas.any(them)
    }

    /// Whether formulas can hold together, as far as formulas go; `None` when the budget is met.
    pub(super) fn can(&mut self, them: &[Lit]) -> Option<bool> {
        self.sat.can(&self.encoding.formulas, them)
    }
}
