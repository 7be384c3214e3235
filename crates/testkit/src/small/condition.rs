//! Conditions that are well typed where they stand, and as misleading as they can be.

use super::spec::{Kind, Rank, Spec, Ty, day, key_ty, tenths, unit_keys};
use crate::tape::Tape;

/// Something a condition can read.
#[derive(Clone, Debug)]
pub(super) struct Ref {
    pub(super) text: String,
    pub(super) ty: Ty,
}

/// A roster as a condition sees it from outside its units.
#[derive(Clone, Debug)]
pub(super) struct Over {
    pub(super) id: String,
    keys: Vec<String>,
    /// The unit's key and its items, as they are called inside roster functions.
    pub(super) inside: Vec<Ref>,
}

/// What can be read at one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Here {
    refs: Vec<Ref>,
    pub(super) rosters: Vec<Over>,
    /// Conditions that stand elsewhere and can be repeated or contradicted here.
    written: Vec<String>,
}

impl Here {
    /// What a place sees of the items before `rank`, from inside one roster or from outside.
    pub(super) fn new(
        specs: &[Spec],
        written: &[(Rank, String)],
        inside: Option<usize>,
        rank: Rank,
    ) -> Self {
        let visible = |it: &Spec| it.rank < rank;
        let written = written.iter().filter(|(it, _)| *it <= rank);
        let mut it = Self {
            written: written.map(|(_, it)| it.clone()).collect(),
            ..Self::default()
        };
        for (ix, spec) in specs.iter().enumerate().filter(|(_, it)| visible(it)) {
            if let Kind::Roster(key, units) = &spec.kind {
                let own = Ref {
                    text: key.clone(),
                    ty: key_ty(specs, *units),
                };
                if inside == Some(ix) {
                    it.refs.push(own.clone());
                }
                let members = specs
                    .iter()
                    .filter(|it| it.roster == Some(ix) && visible(it));
                let members = members.filter_map(|it| {
                    let text = it.id.clone();
                    it.ty().map(|ty| Ref { text, ty })
                });
                it.rosters.push(Over {
                    id: spec.id.clone(),
                    keys: unit_keys(specs, *units),
                    inside: std::iter::once(own).chain(members).collect(),
                });
            }
            if spec.roster.is_none() || spec.roster == inside {
                it.item(spec);
            }
        }
        it
    }

    fn item(&mut self, spec: &Spec) {
        let mut push = |text: String, ty: Option<Ty>| {
            self.refs.extend(ty.map(|ty| Ref { text, ty }));
        };
        push(spec.id.clone(), spec.ty());
        match &spec.kind {
            Kind::Grid(rows, _) => {
                for row in rows {
                    push(format!("{}[{row}]", spec.id), spec.cell_ty());
                }
            }
            Kind::Territory(attributes) => {
                for (name, ty) in attributes {
                    push(format!("{}.{name}", spec.id), Some(ty.clone()));
                }
            }
            _ => {}
        }
    }

    /// Whether there is anything to read.
    pub(super) fn is_empty(&self) -> bool {
        self.refs.is_empty() && self.rosters.is_empty()
    }

    pub(super) fn of(&self, tape: &mut Tape, fits: impl Fn(&Ty) -> bool) -> Option<&Ref> {
        let refs: Vec<&Ref> = self.refs.iter().filter(|it| fits(&it.ty)).collect();
        tape.pick(&refs).copied()
    }

    /// Something else to compare with, hardly ever the same.
    pub(super) fn other(
        &self,
        tape: &mut Tape,
        than: &str,
        fits: impl Fn(&Ty) -> bool,
    ) -> Option<&Ref> {
        let same = tape.chance(5);
        let refs = self.refs.iter();
        let refs: Vec<&Ref> = refs
            .filter(|it| fits(&it.ty) && (same || it.text != than))
            .collect();
        tape.pick(&refs).copied()
    }

    /// A condition; `depth` bounds its size.
    pub(super) fn condition(&self, tape: &mut Tape, depth: usize) -> String {
        if self.is_empty() {
            return (if tape.chance(50) { "1 > 2" } else { "true" }).to_owned();
        }
        match tape.below(if depth == 0 { 6 } else { 22 }) {
            0..7 => self.atom(tape),
            7 => self.join(tape, depth, "and"),
            8 => self.join(tape, depth, "or"),
            9 => format!("not ({})", self.condition(tape, depth - 1)),
            10 => {
                let wanted = 2 + tape.below(2);
                let all: Vec<_> = (0..3).map(|_| self.condition(tape, depth - 1)).collect();
                format!("at_least({wanted}, {})", all.join(", "))
            }
            11 => {
                let a = self.condition(tape, depth - 1);
                let b = (if tape.chance(50) { "false" } else { "true" }).to_owned();
                let b = if tape.chance(50) {
                    self.condition(tape, 0)
                } else {
                    b
                };
                format!("coalesce({a}, {b})")
            }
            12 => self.contradiction(tape),
            13 | 14 => self.tautology(tape),
            15 | 16 => match tape.pick(&self.written) {
                Some(it) if tape.chance(35) => format!("not ({it})"),
                Some(it) => {
                    let atom = self.atom(tape);
                    let op = tape.pick(&["and", "or"]).copied().unwrap_or("and");
                    format!("({it}) {op} {atom}")
                }
                None => self.atom(tape),
            },
            17 => {
                let (a, b) = (self.condition(tape, depth - 1), self.condition(tape, 0));
                match tape.chance(30) {
                    true => format!("case({a}, {b})"),
                    false => format!("case({a}, {b}, {})", self.condition(tape, depth - 1)),
                }
            }
            _ => self.of_roster(tape, depth),
        }
    }

    /// One of these codes, whichever case it is: cases that overlap, repeat each other or leave
    /// something out.
    pub(super) fn class(&self, tape: &mut Tape, codes: &[&str]) -> String {
        let mut text = "case(".to_owned();
        for (nth, code) in codes.iter().enumerate() {
            let last = nth + 1 == codes.len();
            if !last || tape.chance(30) {
                let when = match tape.chance(60) {
                    true => self.plain(tape),
                    false => self.condition(tape, 1),
                };
                text.push_str(&format!("{when}, "));
            }
            text.push_str(&format!("'{code}'{}", if last { ")" } else { ", " }));
        }
        text
    }

    fn join(&self, tape: &mut Tape, depth: usize, word: &str) -> String {
        let (a, b) = (
            self.condition(tape, depth - 1),
            self.condition(tape, depth - 1),
        );
        format!("({a}) {word} ({b})")
    }

    fn atom(&self, tape: &mut Tape) -> String {
        let Some(it) = self.of(tape, |_| true) else {
            return self.of_roster(tape, 0);
        };
        if !self.rosters.is_empty() && tape.chance(15) {
            return self.of_roster(tape, 0);
        }
        if tape.chance(12) {
            return missing(tape, &it.text);
        }
        self.about(tape, it)
    }

    /// A condition as most authors write them: it holds for some answers and not for others.
    pub(super) fn plain(&self, tape: &mut Tape) -> String {
        let it = self.of(tape, |it| !matches!(it, Ty::Text));
        let Some(Ref { text, ty }) = it else {
            return self.atom(tape);
        };
        let order = tape.pick(&[">", "<=", "<", ">="]).copied().unwrap_or(">");
        match ty {
            Ty::Bool => text.clone(),
            Ty::Number(range) => format!("{text} {order} {}", tenths(range.inside(tape))),
            Ty::Date(first, last) => {
                let day = day(first + tape.below(last + 1 - first));
                format!("{text} {order} '{day}'")
            }
            Ty::Code(_, codes) => match tape.pick(codes) {
                Some(it) => format!("{text} = '{it}'"),
                None => format!("answered({text})"),
            },
            Ty::Codes(_, codes) => match tape.pick(codes) {
                Some(it) => format!("{text} has '{it}'"),
                None => format!("answered({text})"),
            },
            Ty::Text => self.atom(tape),
        }
    }

    /// A condition about the value of something.
    pub(super) fn about(&self, tape: &mut Tape, it: &Ref) -> String {
        let text = &it.text;
        match &it.ty {
            Ty::Bool => match (tape.below(4), self.other(tape, text, |it| *it == Ty::Bool)) {
                (2, _) => format!("not {text}"),
                (3, Some(other)) => format!("{text} {} {}", equality(tape), other.text),
                _ => text.clone(),
            },
            Ty::Number(_) => self.about_number(tape, it),
            Ty::Date(first, last) => self.about_date(tape, text, (*first, *last)),
            Ty::Text => {
                let other = self.other(tape, text, |it| *it == Ty::Text);
                match (tape.below(5), other) {
                    (0, _) => format!("{text} in ('a', 'b')"),
                    (1, Some(other)) => format!("{text} {} {}", equality(tape), other.text),
                    (2, _) => format!("{text} != 'b'"),
                    _ => format!("{text} = 'a'"),
                }
            }
            Ty::Code(list, codes) => {
                let same = self.other(tape, text, |it| matches!(it, Ty::Code(it, _) if it == list));
                match (tape.below(6), tape.pick(codes), same) {
                    (0, _, Some(other)) => format!("{text} {} {}", equality(tape), other.text),
                    (1, Some(_), _) => {
                        let n = 1 + tape.below(codes.len());
                        let op = tape.pick(&["in", "not in"]).copied().unwrap_or("in");
                        format!("{text} {op} ({})", quoted(&codes[..n]))
                    }
                    (2, Some(code), _) => format!("{text} != '{code}'"),
                    (_, Some(code), _) => format!("{text} = '{code}'"),
                    _ => format!("answered({text})"),
                }
            }
            Ty::Codes(_, codes) => {
                let count = |tape: &mut Tape| {
                    format!(
                        "count({text}) {} {}",
                        order(tape),
                        tape.below(codes.len() + 2)
                    )
                };
                match (tape.below(5), tape.pick(codes), tape.pick(codes)) {
                    (0, Some(a), Some(b)) => format!("{text} has '{a}' and {text} has '{b}'"),
                    (1, Some(a), _) => format!("not {text} has '{a}'"),
                    (2 | 3, Some(a), _) => format!("{text} has '{a}'"),
                    _ => count(tape),
                }
            }
        }
    }

    fn about_date(&self, tape: &mut Tape, text: &str, (first, last): (usize, usize)) -> String {
        let day = day(first - 1 + tape.below(last + 3 - first));
        let other = self.other(tape, text, |it| matches!(it, Ty::Date(..)));
        let other = other.map(|it| &it.text);
        let n = tape.below(4);
        match (tape.below(8), other) {
            (0, Some(other)) => format!("{text} {} {other}", order(tape)),
            (1, Some(other)) => format!("{text} - {other} {} {n}", order(tape)),
            (2, Some(other)) => format!("{text} + {n} {} {other}", order(tape)),
            (3, Some(other)) => format!("{text} {} {other} - {n}", order(tape)),
            (4, Some(other)) => format!("{text} in ('{day}', {other})"),
            (5, _) => format!("{text} - '{day}' {} {n}", order(tape)),
            (6, _) => format!("{text} + {n} {} '{day}'", order(tape)),
            _ => format!("{text} {} '{day}'", order(tape)),
        }
    }

    /// A condition over the units of a roster.
    pub(super) fn of_roster(&self, tape: &mut Tape, depth: usize) -> String {
        let Some(over) = tape.pick(&self.rosters) else {
            return if self.refs.is_empty() {
                "true".to_owned()
            } else {
                self.atom(tape)
            };
        };
        let id = &over.id;
        // Names of the unit come first, then those outside.
        let inside = Self {
            refs: over.inside.iter().chain(&self.refs).cloned().collect(),
            ..Self::default()
        };
        let own = Self {
            refs: over.inside.clone(),
            ..Self::default()
        };
        let inside = if tape.chance(25) { inside } else { own };
        let unit = |tape: &mut Tape| inside.condition(tape, depth.min(1));
        match tape.below(10) {
            0 | 1 => format!("any({id}, {})", unit(tape)),
            2 | 3 => format!("all({id}, {})", unit(tape)),
            4 => format!(
                "count({id}, {}) {} {}",
                unit(tape),
                order(tape),
                tape.below(3)
            ),
            5 => format!("count({id}) {} {}", order(tape), tape.below(4)),
            6 => match (tape.pick(&over.keys), tape.pick(&over.inside[1..])) {
                (Some(key), Some(member)) => {
                    let text = format!("{id}['{key}'].{}", member.text);
                    if tape.chance(30) {
                        missing(tape, &text)
                    } else {
                        let ty = member.ty.clone();
                        self.about(tape, &Ref { text, ty })
                    }
                }
                _ => format!("count({id}) > 0"),
            },
            _ => self.total(tape, over),
        }
    }

    /// An expression of any type, with its type.
    pub(super) fn value(&self, tape: &mut Tape) -> (String, Ty) {
        match tape.below(6) {
            0 | 1 => (self.condition(tape, 1), Ty::Bool),
            2 => match self.of(tape, |it| matches!(it, Ty::Code(..) | Ty::Codes(..))) {
                Some(it) => match &it.ty {
                    Ty::Code(_, codes) if !codes.is_empty() && tape.chance(60) => {
                        let code = &codes[tape.below(codes.len())];
                        (format!("coalesce({}, '{code}')", it.text), it.ty.clone())
                    }
                    ty => (it.text.clone(), ty.clone()),
                },
                None => self.number(tape, 1),
            },
            3 => match self.of(tape, |it| matches!(it, Ty::Text | Ty::Date(..))) {
                Some(it) => match it.ty {
                    Ty::Date(first, last) => {
                        let n = tape.below(3);
                        (format!("{} + {n}", it.text), Ty::Date(first + n, last + n))
                    }
                    _ => (format!("coalesce({}, 'a')", it.text), Ty::Text),
                },
                None => self.number(tape, 1),
            },
            _ => self.number(tape, 2),
        }
    }
}

fn missing(tape: &mut Tape, text: &str) -> String {
    let reasons = ["not_asked", "no_answer", "dont_know", "refused"];
    let reason = tape.pick(&reasons).copied().unwrap_or("not_asked");
    match tape.below(6) {
        0 => format!("answered({text})"),
        1 => format!("not answered({text})"),
        2 => format!("missing_reason({text}) != '{reason}'"),
        3 => format!("missing_reason({text}) in ('{reason}', 'not_reached')"),
        _ => format!("missing_reason({text}) = '{reason}'"),
    }
}

pub(super) fn quoted(codes: &[String]) -> String {
    let codes: Vec<_> = codes.iter().map(|it| format!("'{it}'")).collect();
    codes.join(", ")
}

pub(super) fn order(tape: &mut Tape) -> &'static str {
    tape.pick(&["=", ">", ">=", "<", "<=", "!="])
        .copied()
        .unwrap_or("=")
}

fn equality(tape: &mut Tape) -> &'static str {
    tape.pick(&["=", "!="]).copied().unwrap_or("=")
}
