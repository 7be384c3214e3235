//! What is known of a small questionnaire's items while it is written.

use crate::tape::Tape;

/// What a number can be, in tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) high: i64,
    /// Whether tenths are allowed; otherwise whole numbers.
    pub(super) tenths: bool,
}

impl Range {
    pub(super) const fn whole(low: i64, high: i64) -> Self {
        Self {
            low: low * 10,
            high: high * 10,
            tenths: false,
        }
    }

    pub(super) const fn step(self) -> i64 {
        if self.tenths { 1 } else { 10 }
    }

    fn n_points(self) -> usize {
        usize::try_from((self.high - self.low) / self.step() + 1).unwrap_or(0)
    }

    /// A value that is on the edge, outside, between two values or anywhere.
    pub(super) fn near(self, tape: &mut Tape) -> i64 {
        let step = self.step();
        match tape.below(12) {
            0 => self.low,
            1 => self.high,
            2 => self.low - step,
            3 => self.high + step,
            4 => self.inside(tape) + step / 2,
            _ => self.inside(tape),
        }
    }

    /// One of its values.
    pub(super) fn inside(self, tape: &mut Tape) -> i64 {
        self.low + tape.below(self.n_points()) as i64 * self.step()
    }
}

/// A number of tenths as conditions write it.
pub(super) fn tenths(it: i64) -> String {
    let sign = if it < 0 { "-" } else { "" };
    let (whole, part) = (it.abs() / 10, it.abs() % 10);
    if part == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

/// A day of May 2026 as conditions write it, without quotes.
pub(super) fn day(it: usize) -> String {
    format!("2026-05-{it:02}")
}

/// The type of what a condition reads, and about which values it has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty {
    Bool,
    Number(Range),
    /// First and last day of May 2026.
    Date(usize, usize),
    Text,
    /// The list's name tells which codes may be compared with each other; only codes that mean no
    /// missing reason are there.
    Code(String, Vec<String>),
    Codes(String, Vec<String>),
}

/// A choice of a list.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) exclusive: bool,
    /// Asks for a text, which may be required.
    pub(super) specify: Option<bool>,
    pub(super) missing: Option<&'static str>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
}

impl List {
    fn usable(&self) -> Vec<String> {
        let usable = self.choices.iter().filter(|it| it.missing.is_none());
        usable.map(|it| it.code.clone()).collect()
    }

    pub(super) fn code(&self) -> Ty {
        Ty::Code(self.name.clone(), self.usable())
    }

    pub(super) fn codes(&self) -> Ty {
        Ty::Codes(self.name.clone(), self.usable())
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cells {
    Single,
    Multiple,
    Quantity(Range),
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Single,
    Scale,
    /// Names and types of attributes.
    Territory(Vec<(&'static str, Ty)>),
    /// Least and greatest number of choices.
    Multiple(Option<usize>, Option<usize>),
    Rank,
    Quantity(Range),
    Money(Range),
    /// First and last day.
    Date(usize, usize),
    Text,
    Consent,
    Contact,
    Statement,
    Grid(Vec<String>, Cells),
    /// Its type is known once its expression has been written.
    Computed(Option<Ty>),
    Roster(String, Units),
}

/// Where a roster's units come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Units {
    /// The chosen codes of this item.
    Chosen(usize),
    /// Least and greatest number.
    Free(usize, usize),
}

/// Where an item stands in the order of evaluation: block, page, item, item of a roster. What
/// decides whether something is asked reads only what comes before it, so nothing reads itself.
/// This order need not be that of the questionnaire.
pub(super) type Rank = [usize; 4];

#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) list: List,
    pub(super) rank: Rank,
    pub(super) page: usize,
    pub(super) roster: Option<usize>,
    pub(super) required: bool,
    pub(super) offers: &'static [&'static str],
}

impl Spec {
    pub(super) const fn is_question(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Statement | Kind::Computed(_) | Kind::Contact | Kind::Roster(..)
        )
    }

    /// The type it reads as, unless it cannot be read by itself.
    pub(super) fn ty(&self) -> Option<Ty> {
        match &self.kind {
            Kind::Single | Kind::Scale | Kind::Territory(_) => Some(self.list.code()),
            Kind::Multiple(..) | Kind::Rank => Some(self.list.codes()),
            Kind::Quantity(it) | Kind::Money(it) => Some(Ty::Number(*it)),
            Kind::Date(first, last) => Some(Ty::Date(*first, *last)),
            Kind::Text => Some(Ty::Text),
            Kind::Consent => Some(Ty::Bool),
            Kind::Computed(ty) => ty.clone(),
            Kind::Contact | Kind::Statement | Kind::Grid(..) | Kind::Roster(..) => None,
        }
    }

    /// The type of one of a grid's rows.
    pub(super) fn cell_ty(&self) -> Option<Ty> {
        match &self.kind {
            Kind::Grid(_, Cells::Single) => Some(self.list.code()),
            Kind::Grid(_, Cells::Multiple) => Some(self.list.codes()),
            Kind::Grid(_, Cells::Quantity(it)) => Some(Ty::Number(*it)),
            _ => None,
        }
    }

    /// How many values its slots have together, in one unit; nothing is one of them.
    pub(super) fn n_values(&self) -> usize {
        let n = self.list.choices.len();
        let subsets = (1usize << n) - 1;
        let one = match &self.kind {
            Kind::Single | Kind::Scale | Kind::Territory(_) => n,
            Kind::Multiple(..) => subsets,
            Kind::Rank => [0, 1, 4, 15].get(n).copied().unwrap_or(usize::MAX),
            Kind::Quantity(it) | Kind::Money(it) => it.n_points(),
            Kind::Date(first, last) => last + 1 - first,
            // Two texts that conditions name, and another one for each of two questions.
            Kind::Text => 4,
            Kind::Consent => 2,
            Kind::Grid(_, Cells::Single) => n,
            Kind::Grid(_, Cells::Multiple) => subsets,
            Kind::Grid(_, Cells::Quantity(it)) => it.n_points(),
            Kind::Contact | Kind::Statement | Kind::Computed(_) | Kind::Roster(..) => return 1,
        };
        let one = one.saturating_add(1 + self.offers.len());
        match &self.kind {
            Kind::Grid(rows, _) => one.saturating_pow(rows.len() as u32),
            _ => one,
        }
    }
}

/// The type of a roster's key: a code, or a number.
pub(super) fn key_ty(specs: &[Spec], units: Units) -> Ty {
    match units {
        Units::Chosen(over) => specs[over].list.code(),
        Units::Free(_, max) => Ty::Number(Range::whole(1, max as i64)),
    }
}

/// The keys of the units that a roster can have.
pub(super) fn unit_keys(specs: &[Spec], units: Units) -> Vec<String> {
    match units {
        Units::Chosen(over) => {
            let choices = specs[over].list.choices.iter();
            choices.map(|it| it.code.clone()).collect()
        }
        Units::Free(_, max) => (1..=max).map(|it| it.to_string()).collect(),
    }
}
