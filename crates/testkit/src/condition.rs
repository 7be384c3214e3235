//! Random conditions that are well typed where they stand.

use crate::spec::{Kind, Spec, Ty, key_ty, unit_keys};
use crate::tape::Tape;

/// Something a condition can read.
#[derive(Clone, Debug)]
struct Ref {
    text: String,
    ty: Ty,
}

/// A roster as a condition sees it from outside its units.
#[derive(Clone, Debug)]
struct Over {
    id: String,
    keys: Vec<String>,
    /// The unit's key and its items, as they are called inside roster functions.
    inside: Vec<Ref>,
}

/// What can be read at one place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Here {
    refs: Vec<Ref>,
    rosters: Vec<Over>,
}

impl Here {
    /// What a place sees: items that `visible` lets through, as seen from inside one roster or
    /// from outside.
    pub(crate) fn new(
        specs: &[Spec],
        inside: Option<usize>,
        visible: impl Fn(&Spec) -> bool,
    ) -> Self {
        let mut it = Self::default();
        for (ix, spec) in specs.iter().enumerate() {
            if let (Kind::Roster { key, units }, true) = (&spec.kind, visible(spec)) {
                let own = Ref {
                    text: key.clone(),
                    ty: key_ty(specs, units),
                };
                let members = specs
                    .iter()
                    .filter(|it| it.roster == Some(ix) && visible(it));
                let members = members.filter_map(|it| {
                    it.ty().map(|ty| Ref {
                        text: it.id.clone(),
                        ty,
                    })
                });
                it.rosters.push(Over {
                    id: spec.id.clone(),
                    keys: unit_keys(specs, units),
                    inside: std::iter::once(own).chain(members).collect(),
                });
            }
            if inside == Some(ix)
                && let Kind::Roster { key, units } = &spec.kind
            {
                it.refs.push(Ref {
                    text: key.clone(),
                    ty: key_ty(specs, units),
                });
            }
            if (spec.roster.is_none() || spec.roster == inside) && visible(spec) {
                it.item(spec);
            }
        }
        it
    }

    fn item(&mut self, spec: &Spec) {
        if let Some(ty) = spec.ty() {
            self.refs.push(Ref {
                text: spec.id.clone(),
                ty,
            });
        }
        if let (Kind::Grid { rows, .. }, Some(ty)) = (&spec.kind, spec.cell_ty()) {
            for row in rows {
                self.refs.push(Ref {
                    text: format!("{}[{row}]", spec.id),
                    ty: ty.clone(),
                });
            }
        }
        if let Kind::Territory { attributes } = &spec.kind {
            for (name, ty) in attributes {
                self.refs.push(Ref {
                    text: format!("{}.{name}", spec.id),
                    ty: ty.clone(),
                });
            }
        }
    }

    fn of(&self, tape: &mut Tape, fits: impl Fn(&Ty) -> bool) -> Option<&Ref> {
        let refs: Vec<&Ref> = self.refs.iter().filter(|it| fits(&it.ty)).collect();
        tape.pick(&refs).copied()
    }

    /// Inside a function over this roster.
    fn inside(&self, over: &Over) -> Self {
        // Names of the unit come first, then those outside.
        let refs = over.inside.iter().chain(&self.refs).cloned().collect();
        Self {
            refs,
            rosters: self.rosters.clone(),
        }
    }

    /// A condition; `depth` bounds its size.
    pub(crate) fn condition(&self, tape: &mut Tape, depth: usize) -> String {
        let simple = self.refs.is_empty() && self.rosters.is_empty();
        match tape.below(if depth == 0 { 3 } else { 10 }) {
            _ if simple => (if tape.chance(50) { "true" } else { "1 > 2" }).to_owned(),
            0..3 => self.atom(tape, depth),
            3 => self.join(tape, depth, "and"),
            4 => self.join(tape, depth, "or"),
            5 => format!("not ({})", self.condition(tape, depth - 1)),
            6 => {
                let n = 2 + tape.below(2);
                let wanted = 1 + tape.below(n);
                let all: Vec<_> = (0..n).map(|_| self.condition(tape, depth - 1)).collect();
                format!("at_least({wanted}, {})", all.join(", "))
            }
            7 => {
                let (a, b) = (
                    self.condition(tape, depth - 1),
                    self.condition(tape, depth - 1),
                );
                format!("coalesce({a}, {b})")
            }
            8 => {
                let (a, b) = (
                    self.condition(tape, depth - 1),
                    self.condition(tape, depth - 1),
                );
                match tape.chance(50) {
                    true => format!("case({a}, {b})"),
                    false => format!("case({a}, {b}, {})", self.condition(tape, depth - 1)),
                }
            }
            _ => self.roster_condition(tape, depth),
        }
    }

    fn join(&self, tape: &mut Tape, depth: usize, word: &str) -> String {
        let (a, b) = (
            self.condition(tape, depth - 1),
            self.condition(tape, depth - 1),
        );
        format!("({a}) {word} ({b})")
    }

    fn atom(&self, tape: &mut Tape, depth: usize) -> String {
        let Some(it) = self.of(tape, |_| true) else {
            return self.roster_condition(tape, depth);
        };
        let text = &it.text;
        if tape.chance(25) {
            let reasons = [
                "no_answer",
                "dont_know",
                "refused",
                "not_asked",
                "not_reached",
            ];
            let reason = tape.pick(&reasons).copied().unwrap_or_default();
            return match tape.below(4) {
                0 => format!("answered({text})"),
                1 => format!("missing_reason({text}) = '{reason}'"),
                2 => format!("missing_reason({text}) != '{reason}'"),
                _ => format!("missing_reason({text}) in ('{reason}', 'refused')"),
            };
        }
        match &it.ty {
            Ty::Bool => text.clone(),
            Ty::Number => format!("{text} {} {}", order(tape), self.number(tape, depth)),
            Ty::Date => format!("{text} {} {}", order(tape), self.date(tape)),
            Ty::Text => {
                let op = equality(tape);
                let word = tape
                    .pick(&["a", "été", "it''s", ""])
                    .copied()
                    .unwrap_or_default();
                format!("{text} {op} '{word}'")
            }
            Ty::Code(list, codes) => {
                let same = self.of(tape, |it| matches!(it, Ty::Code(it, _) if it == list));
                match (tape.below(4), tape.pick(codes), tape.pick(codes), same) {
                    (0, _, _, Some(other)) => format!("{text} = {}", other.text),
                    (1, Some(a), Some(b), _) => format!("{text} in ('{a}', '{b}')"),
                    (2, Some(a), Some(b), _) => format!("{text} not in ('{a}', '{b}')"),
                    (_, Some(code), _, _) => format!("{text} {} '{code}'", equality(tape)),
                    _ => format!("answered({text})"),
                }
            }
            Ty::Codes(_, codes) => match (tape.chance(30), tape.pick(codes)) {
                (false, Some(code)) => format!("{text} has '{code}'"),
                _ => format!("count({text}) {} {}", order(tape), self.number(tape, depth)),
            },
        }
    }

    fn roster_condition(&self, tape: &mut Tape, depth: usize) -> String {
        let Some(over) = tape.pick(&self.rosters).cloned() else {
            return if self.refs.is_empty() {
                "true".to_owned()
            } else {
                self.atom(tape, 0)
            };
        };
        let id = &over.id;
        let inside = self.inside(&over);
        // One level of nesting is enough to meet every path of the evaluator.
        let inner = Self {
            rosters: Vec::new(),
            ..inside.clone()
        };
        let inner = if depth > 1 { &inside } else { &inner };
        match tape.below(5) {
            0 => format!("count({id}) {} {}", order(tape), tape.below(3)),
            1 => format!("any({id}, {})", inner.condition_of_unit(tape, depth)),
            2 => format!("all({id}, {})", inner.condition_of_unit(tape, depth)),
            3 => format!("count({id}, {}) > 0", inner.condition_of_unit(tape, depth)),
            _ => match (tape.pick(&over.keys), tape.pick(&over.inside[1..])) {
                (Some(key), Some(item)) => format!("answered({id}[{}].{})", quoted(key), item.text),
                _ => format!("count({id}) > 0"),
            },
        }
    }

    fn condition_of_unit(&self, tape: &mut Tape, depth: usize) -> String {
        let it = Self {
            refs: self.refs.clone(),
            rosters: Vec::new(),
        };
        it.condition(tape, depth.saturating_sub(1).min(1))
    }

    /// A number.
    pub(crate) fn number(&self, tape: &mut Tape, depth: usize) -> String {
        let literal = |tape: &mut Tape| {
            let words = ["1", "0", "2", "0.5", "-1", "12.25", "1000000"];
            tape.pick(&words).copied().unwrap_or("1").to_owned()
        };
        let n = if depth == 0 { 3 } else { 9 };
        match tape.below(n) {
            0 => literal(tape),
            1 | 2 => match self.of(tape, |it| *it == Ty::Number) {
                Some(it) => it.text.clone(),
                None => literal(tape),
            },
            3 => {
                let op = tape.pick(&["+", "-", "*", "/"]).copied().unwrap_or("+");
                format!(
                    "({} {op} {})",
                    self.number(tape, depth - 1),
                    self.number(tape, depth - 1)
                )
            }
            4 => format!("round({}, {})", self.number(tape, depth - 1), tape.below(3)),
            5 => {
                let name = tape
                    .pick(&["min", "max", "coalesce"])
                    .copied()
                    .unwrap_or("min");
                format!(
                    "{name}({}, {})",
                    self.number(tape, depth - 1),
                    self.number(tape, depth - 1)
                )
            }
            6 => {
                let when = self.condition(tape, depth - 1);
                let (a, b) = (self.number(tape, depth - 1), self.number(tape, depth - 1));
                format!("case({when}, {a}, {b})")
            }
            7 => match self.of(tape, |it| matches!(it, Ty::Codes(..))) {
                Some(it) => format!("count({})", it.text),
                None => literal(tape),
            },
            _ => match tape.pick(&self.rosters) {
                None => literal(tape),
                Some(over) => {
                    let numbers = over.inside[1..].iter().filter(|it| it.ty == Ty::Number);
                    let numbers: Vec<_> = numbers.collect();
                    let name = tape.pick(&["sum", "min", "max"]).copied().unwrap_or("sum");
                    match tape.pick(&numbers) {
                        Some(it) => format!("{name}({}.{})", over.id, it.text),
                        None => format!("count({})", over.id),
                    }
                }
            },
        }
    }

    fn date(&self, tape: &mut Tape) -> String {
        match (tape.below(4), self.of(tape, |it| *it == Ty::Date)) {
            (0, _) => "'2026-03-12'".to_owned(),
            (1, _) => "today".to_owned(),
            (2, Some(it)) => it.text.clone(),
            (_, Some(it)) => format!("{} + {}", it.text, tape.below(40)),
            _ => "'2024-02-29'".to_owned(),
        }
    }

    /// One of these codes, whichever case it is.
    pub(crate) fn class(&self, tape: &mut Tape, codes: &[&str]) -> String {
        let mut text = "case(".to_owned();
        for (nth, code) in codes.iter().enumerate() {
            let last = nth + 1 == codes.len();
            if !last || tape.chance(50) {
                text.push_str(&format!("{}, ", self.condition(tape, 1)));
            }
            text.push_str(&format!("'{code}'{}", if last { ")" } else { ", " }));
        }
        text
    }

    /// An expression of any type, with its type.
    pub(crate) fn value(&self, tape: &mut Tape) -> (String, Ty) {
        match tape.below(5) {
            0 => (self.number(tape, 2), Ty::Number),
            1 => (self.condition(tape, 2), Ty::Bool),
            2 => match self.of(tape, |it| matches!(it, Ty::Code(..) | Ty::Codes(..))) {
                Some(it) => (it.text.clone(), it.ty.clone()),
                None => (self.number(tape, 1), Ty::Number),
            },
            3 => match self.of(tape, |it| matches!(it, Ty::Text | Ty::Date)) {
                Some(it) => (it.text.clone(), it.ty.clone()),
                None => ("'abc'".to_owned(), Ty::Text),
            },
            _ => (format!("today + {}", tape.below(10)), Ty::Date),
        }
    }
}

fn order(tape: &mut Tape) -> &'static str {
    tape.pick(&["=", "!=", "<", "<=", ">", ">="])
        .copied()
        .unwrap_or("=")
}

fn equality(tape: &mut Tape) -> &'static str {
    tape.pick(&["=", "!="]).copied().unwrap_or("=")
}

/// A unit's key as conditions write it: in quotes, which are never wrong.
fn quoted(key: &str) -> String {
    format!("'{key}'")
}
