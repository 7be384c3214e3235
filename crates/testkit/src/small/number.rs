//! Numbers in conditions: thresholds, gaps, and sums of two answers.

use super::condition::{Here, Over, Ref, order};
use super::spec::{Range, Ty, tenths};
use crate::tape::Tape;

/// What sums and products can be, roughly.
const fn wider(a: Range, b: Range) -> Range {
    let low = if a.low + b.low < a.low - b.high {
        a.low + b.low
    } else {
        a.low - b.high
    };
    Range {
        low,
        high: a.high + b.high,
        tenths: a.tenths || b.tenths,
    }
}

impl Here {
    fn a_number(&self, tape: &mut Tape) -> Option<(&Ref, Range)> {
        let it = self.of(tape, |it| matches!(it, Ty::Number(_)))?;
        match it.ty {
            Ty::Number(range) => Some((it, range)),
            _ => None,
        }
    }

    /// A number to put beside this one.
    fn beside(&self, tape: &mut Tape, than: &str) -> Option<(&Ref, Range)> {
        let it = self.other(tape, than, |it| matches!(it, Ty::Number(_)))?;
        match it.ty {
            Ty::Number(range) => Some((it, range)),
            _ => None,
        }
    }

    /// A condition about a number, and often about another one too.
    pub(super) fn about_number(&self, tape: &mut Tape, it: &Ref) -> String {
        let Ty::Number(range) = it.ty else {
            return format!("answered({})", it.text);
        };
        let a = &it.text;
        match tape.below(11) {
            0..4 => format!("{a} {} {}", order(tape), tenths(range.near(tape))),
            4 => format!(
                "{a} > {} and {a} < {}",
                tenths(range.near(tape)),
                tenths(range.near(tape))
            ),
            5 => {
                let (from, to) = (range.near(tape), range.near(tape));
                format!("{a} in ({}, {})", tenths(from), tenths(to + range.step()))
            }
            6 => match self.beside(tape, a) {
                Some((b, _)) => format!("{a} {} {}", order(tape), b.text),
                None => format!("{a} > {}", tenths(range.inside(tape))),
            },
            7 => match self.beside(tape, a) {
                Some((b, _)) => format!("2 * {a} {} {}", order(tape), b.text),
                None => format!("2 * {a} >= {}", tenths(2 * range.inside(tape))),
            },
            _ => {
                let (text, range) = self.sum_with(tape, it, range);
                format!("{text} {} {}", order(tape), tenths(range.near(tape)))
            }
        }
    }

    /// Arithmetic that starts with this number.
    fn sum_with(&self, tape: &mut Tape, it: &Ref, range: Range) -> (String, Range) {
        let a = &it.text;
        let (b, other) = match self.beside(tape, a) {
            Some((b, other)) => (b.text.clone(), other),
            None => (tenths(range.inside(tape).max(10)), range),
        };
        let half = Range {
            low: range.low / 2,
            high: range.high / 2 + 5,
            tenths: true,
        };
        match tape.below(15) {
            0..3 => (format!("({a} + {b})"), wider(range, other)),
            3..5 => (format!("({a} - {b})"), wider(range, other)),
            5 => (format!("({a} * {b})"), wider(range, other)),
            6 => (format!("({a} / {b})"), half),
            7 => {
                let n = 2 + tape.below(2);
                (
                    format!("round({a} / {n})"),
                    Range {
                        tenths: false,
                        ..half
                    },
                )
            }
            8 => {
                let n = 2 + tape.below(2);
                (format!("round(({a} + {b}) / {n}, 1)"), half)
            }
            9 => (format!("min({a}, {b})"), range),
            10 => (format!("max({a}, {b})"), other),
            11 => (format!("coalesce({a}, {b})"), range),
            12 => {
                let when = self.plain(tape);
                (format!("case({when}, {a}, {b})"), range)
            }
            13 => {
                let instead = tenths(range.near(tape));
                (format!("coalesce({a}, {instead})"), range)
            }
            _ => {
                // Often a division by zero.
                let k = tenths(range.inside(tape));
                (format!("({b} / ({a} - {k}))"), half)
            }
        }
    }

    /// A number, and about which.
    pub(super) fn number(&self, tape: &mut Tape, depth: usize) -> (String, Ty) {
        let several = self.of(tape, |it| matches!(it, Ty::Codes(..)));
        let (text, range) = match (tape.below(6), self.a_number(tape), several) {
            (0, _, Some(it)) => (format!("count({})", it.text), Range::whole(0, 3)),
            (1, _, _) if !self.rosters.is_empty() => {
                let at = tape.below(self.rosters.len());
                self.aggregate(tape, &self.rosters[at])
            }
            (2, Some((it, range)), _) => (it.text.clone(), range),
            (_, Some((it, range)), _) if depth > 0 => self.sum_with(tape, it, range),
            (_, _, Some(it)) => (format!("count({})", it.text), Range::whole(0, 3)),
            _ => (tape.below(4).to_string(), Range::whole(0, 3)),
        };
        (text, Ty::Number(range))
    }

    /// A sum, least or greatest of a roster, and about what it is.
    fn aggregate(&self, tape: &mut Tape, over: &Over) -> (String, Range) {
        let numbers = over.inside[1..].iter().filter_map(|it| match it.ty {
            Ty::Number(range) => Some((&it.text, range)),
            _ => None,
        });
        let numbers: Vec<_> = numbers.collect();
        let id = &over.id;
        match tape.pick(&numbers) {
            None => (format!("count({id})"), Range::whole(0, 2)),
            Some((it, range)) => match tape.below(5) {
                0 | 1 => {
                    let high = range.high * 2;
                    (format!("sum({id}.{it})"), Range { high, ..*range })
                }
                2 => (format!("min({id}.{it})"), *range),
                3 => (format!("max({id}.{it})"), *range),
                _ => (format!("sum({id}, {it} * 2)"), wider(*range, *range)),
            },
        }
    }

    /// A condition about the sum, least or greatest of a roster.
    pub(super) fn total(&self, tape: &mut Tape, over: &Over) -> String {
        let (text, range) = self.aggregate(tape, over);
        match (tape.below(4), self.a_number(tape)) {
            (0, Some((it, _))) => format!("{text} {} {}", order(tape), it.text),
            _ => format!("{text} {} {}", order(tape), tenths(range.near(tape))),
        }
    }
}
