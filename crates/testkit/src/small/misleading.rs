//! Conditions that never hold, or always, and do not look like it.

use super::condition::{Here, quoted};
use super::spec::{Ty, day, tenths};
use crate::tape::Tape;

impl Here {
    /// Something that is never true, however plausible it looks.
    pub(super) fn contradiction(&self, tape: &mut Tape) -> String {
        let Some(it) = self.of(tape, |_| true) else {
            return self.of_roster(tape, 0);
        };
        let text = &it.text;
        match (&it.ty, tape.below(4)) {
            (_, 0) => {
                let it = self.about(tape, it);
                format!("({it}) and not ({it})")
            }
            (_, 1) => {
                let it = self.about(tape, it);
                format!("({it}) and not answered({text})")
            }
            (Ty::Number(range), 2) => {
                let (a, b) = (range.inside(tape), range.inside(tape));
                format!(
                    "{text} > {} and {text} < {}",
                    tenths(a.max(b)),
                    tenths(a.min(b))
                )
            }
            (Ty::Number(range), _) => {
                // A gap between two values that follow each other.
                let a = range.inside(tape);
                let b = tenths(a + range.step());
                format!("{text} > {} and {text} < {b}", tenths(a))
            }
            (Ty::Date(first, last), _) => {
                format!("{text} < '{}' or {text} > '{}'", day(*first), day(*last))
            }
            (Ty::Code(_, codes), _) if codes.len() > 1 => {
                format!("{text} = '{}' and {text} = '{}'", codes[0], codes[1])
            }
            (Ty::Codes(_, codes), _) => format!("count({text}) > {}", codes.len() + 2),
            _ => {
                let it = self.about(tape, it);
                format!("answered({text}) and missing_reason({text}) = 'refused' and ({it})")
            }
        }
    }

    /// Something that is true whenever it can be told, or always.
    pub(super) fn tautology(&self, tape: &mut Tape) -> String {
        let Some(it) = self.of(tape, |_| true) else {
            return self.of_roster(tape, 0);
        };
        let text = &it.text;
        let or = match tape.below(4) {
            0 => format!(" or not answered({text})"),
            1 => format!(" or missing_reason({text}) = 'not_asked'"),
            _ => String::new(),
        };
        let it = match (&it.ty, tape.below(3)) {
            (_, 0) => {
                let it = self.about(tape, it);
                format!("({it} or not ({it}))")
            }
            (Ty::Number(range), 1) => format!("{text} >= {}", tenths(range.low)),
            (Ty::Number(range), _) => format!("{text} <= {}", tenths(range.high)),
            (Ty::Date(first, _), _) => format!("{text} >= '{}'", day(*first)),
            (Ty::Code(_, codes), 1) if !codes.is_empty() => {
                format!("{text} in ({})", quoted(codes))
            }
            (Ty::Code(_, codes), _) if !codes.is_empty() => {
                format!("({text} = '{0}' or {text} != '{0}')", codes[0])
            }
            (Ty::Codes(..), _) => format!("count({text}) >= 1"),
            _ => format!("answered({text})"),
        };
        format!("{it}{or}")
    }
}
