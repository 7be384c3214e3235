//! Values as tables: what a part of a condition can be, and when it is that.

use expr::{Missing, Reasons, Value};
use rust_decimal::Decimal;

use super::{Encoding, Tri};
use crate::domain::Given;
use crate::formula::Lit;
use crate::seen::Seen;

/// Rows of which exactly one holds.
pub(crate) type Term = Vec<(Seen, Lit)>;

/// Longer tables are joined into ranges.
const MAX_ROWS: usize = 256;

pub(super) fn always(it: Seen) -> Term {
    vec![(it, Lit::TRUE)]
}

pub(super) fn missing(it: Missing) -> Seen {
    Seen::Exact(Value::Missing(Reasons::only(it)))
}

impl Encoding<'_> {
    /// Adds a row to a table in which equal values stand once.
    pub(super) fn add(&mut self, term: &mut Term, seen: Seen, when: Lit) {
        if when == Lit::FALSE {
            return;
        }
        match term.iter_mut().find(|it| it.0 == seen) {
            Some(row) => row.1 = self.formulas.or(row.1, when),
            None => term.push((seen, when)),
        }
    }

    /// A long table of numbers as one range.
    pub(super) fn bounded(&mut self, term: Term) -> Term {
        if term.len() <= MAX_ROWS {
            return term;
        }
        let mut joined: Term = Vec::new();
        let mut range: Option<(Decimal, Decimal, Vec<Lit>)> = None;
        for (seen, when) in term {
            let ends = match &seen {
                Seen::Exact(Value::Number(it)) => Some((*it, *it)),
                Seen::Number(low, high) => Some((*low, *high)),
                _ => None,
            };
            match (ends, &mut range) {
                (None, _) => joined.push((seen, when)),
                (Some((low, high)), None) => range = Some((low, high, vec![when])),
                (Some((low, high)), Some(range)) => {
                    range.0 = range.0.min(low);
                    range.1 = range.1.max(high);
                    range.2.push(when);
                }
            }
        }
        if let Some((low, high, when)) = range {
            let when = self.formulas.any(when);
            joined.push((Seen::numbers(low, high), when));
        }
        joined
    }

    /// The table where something is on path; elsewhere it is missing.
    pub(super) fn only_if(&mut self, open: Lit, term: Term) -> Term {
        let mut res = Vec::with_capacity(term.len() + 1);
        for (seen, when) in term {
            let when = self.formulas.and(open, when);
            self.add(&mut res, seen, when);
        }
        self.add(&mut res, missing(Missing::NotAsked), !open);
        res
    }

    /// Every pair of rows that can hold together.
    pub(super) fn pairs(
        &mut self,
        left: &Term,
        right: &Term,
        join: impl Fn(&Seen, &Seen) -> Seen,
    ) -> Term {
        let mut res = Vec::new();
        for (a, when_a) in left {
            for (b, when_b) in right {
                let when = self.formulas.and(*when_a, *when_b);
                if when != Lit::FALSE {
                    let seen = join(a, b);
                    self.add(&mut res, seen, when);
                }
            }
        }
        self.bounded(res)
    }

    /// What conditions read in a slot.
    pub(super) fn slot_term(&mut self, slot: u32) -> Term {
        let engine = self.engine;
        let Some(known) = self.read.get(slot as usize) else {
            return always(Seen::UNKNOWN);
        };
        if let Some(it) = known {
            return it.clone();
        }
        let domain = self.domains[slot as usize].clone();
        let item = engine.layout.slots()[slot as usize].item;
        let list = engine.instrument.items[item as usize]
            .list()
            .and_then(|it| engine.instrument.lists.get(it as usize));
        let means = |code: u16| {
            let choice = list.and_then(|it| it.choice(code));
            choice
                .and_then(|it| it.missing)
                .map(questionnaire::MissingOffer::reason)
        };
        let mut term = Vec::new();
        for class in &domain.classes {
            let seen = match &class.given {
                Given::Code(it) | Given::Alone(it) => match means(*it) {
                    Some(reason) => missing(reason),
                    None => Seen::Exact(Value::Code(*it)),
                },
                Given::Bool(it) => Seen::Exact(Value::Bool(*it)),
                Given::Range(low, high) => match domain.grid {
                    Some(grid) => grid.seen(*low, *high),
                    None => Seen::Vague,
                },
                Given::Text(it) => Seen::Exact(Value::Text(it.clone())),
                Given::OtherText => Seen::OtherText(slot),
                Given::Set => Seen::Set(slot),
                Given::Missing(it) => missing(it.reason()),
                Given::Empty => missing(Missing::NoAnswer),
            };
            self.add(&mut term, seen, class.lit);
        }
        let on_path = self.on_path(slot);
        let term = self.only_if(on_path, term);
        self.read[slot as usize] = Some(term.clone());
        term
    }

    /// A truth as a table.
    pub(super) fn table_of(&mut self, it: Tri) -> Term {
        let mut term = Vec::new();
        self.add(&mut term, Seen::Exact(Value::Bool(true)), it.yes);
        self.add(&mut term, Seen::Exact(Value::Bool(false)), it.no);
        let neither = self.formulas.and(!it.yes, !it.no);
        let mut sets = vec![(Reasons::NONE, neither)];
        for (reason, why) in Missing::ALL.into_iter().zip(it.why) {
            if why == Lit::FALSE {
                continue;
            }
            let mut more = Vec::new();
            for (reasons, when) in &sets {
                let with = self.formulas.and(*when, why);
                let without = self.formulas.and(*when, !why);
                more.push((reasons.union(Reasons::only(reason)), with));
                more.push((*reasons, without));
            }
            sets = more;
        }
        for (reasons, when) in sets {
            self.add(&mut term, Seen::Exact(Value::Missing(reasons)), when);
        }
        term
    }
}

impl Encoding<'_> {
    /// When a computed value is there.
    pub(crate) fn has_value(&mut self, cell: usize) -> Lit {
        let rows = self.computed[cell].iter();
        let there: Vec<Lit> = rows
            .filter(|(seen, _)| seen.is_missing().is_none())
            .map(|(_, when)| *when)
            .collect();
        self.formulas.any(there)
    }
}
