//! The plan of figures: which of those that are wanted nobody's answers can feed, and which questions none uses.
//!
//! « Cannot » is what the solver refutes, as everywhere here. A figure of which nothing is said can be fed as far as
//! is known; what the budget leaves open is no gap.

use std::collections::BTreeSet;

use questionnaire::document::Figure;
use questionnaire::figure::{Unfit, makes_table, unfit};
use questionnaire::instrument::{Instrument, Item, ItemIx, Kind};
use questionnaire::layout::Source;
use questionnaire::{Evaluation, Loaded};

use crate::bases::Bases;
use crate::encode::units_of;
use crate::formula::Lit;
use crate::goal::Goal;
use crate::prove::{Found, Proof, Status};
use crate::reads;

/// What is known of the figures that are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In the order in which they are wanted.
    pub figures: Vec<Planned>,
    /// Questions that no figure is of, in the order of the questionnaire.
    pub unused: Vec<Unused>,
}

/// A figure that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its id.
    pub id: String,
    /// Why nobody's answers can feed it.
    pub gap: Option<Gap>,
    /// The item that is counted, if there is one.
    pub item: Option<ItemIx>,
    /// The item whose answers make its columns, if there is one.
    pub by: Option<ItemIx>,
    /// Who is counted: a base of [`Bases::list`].
    pub base: Option<usize>,
    /// The base of its columns, where not everybody who is counted is in it.
    pub columns: Option<usize>,
    /// Codes of columns that stay empty whatever people answer.
    pub empty: Vec<String>,
}

/// Why nobody's answers can feed a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Names and kinds do not allow it.
    Unfit(Unfit),
    /// The same figure is wanted before.
    Twice,
    /// Nobody can be asked what is counted.
    NeverAsked,
    /// Whoever is asked can give no answer that counts: its base of answers is always empty.
    NeverAnswered,
    /// Nobody can be asked what makes its columns.
    BreakdownNeverAsked,
    /// Nobody can be asked both.
    NeverTogether,
    /// Whoever is asked both is in none of its columns.
    AlwaysEmpty,
}

impl Gap {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfit(Unfit::UnknownItem) => "unknown_item",
            Self::Unfit(Unfit::NoTable) => "no_table",
            Self::Unfit(Unfit::UnknownBreakdown) => "unknown_breakdown",
            Self::Unfit(Unfit::NoColumns) => "no_columns",
            Self::Unfit(Unfit::OtherUnits) => "other_units",
            Self::Unfit(Unfit::Itself) => "itself",
            Self::Twice => "twice",
            Self::NeverAsked => "never_asked",
            Self::NeverAnswered => "never_answered",
            Self::BreakdownNeverAsked => "breakdown_never_asked",
            Self::NeverTogether => "never_together",
            Self::AlwaysEmpty => "always_empty",
        }
    }

    /// Every gap.
    pub const ALL: [Self; 12] = [
        Self::Unfit(Unfit::UnknownItem),
        Self::Unfit(Unfit::NoTable),
        Self::Unfit(Unfit::UnknownBreakdown),
        Self::Unfit(Unfit::NoColumns),
        Self::Unfit(Unfit::OtherUnits),
        Self::Unfit(Unfit::Itself),
        Self::Twice,
        Self::NeverAsked,
        Self::NeverAnswered,
        Self::BreakdownNeverAsked,
        Self::NeverTogether,
        Self::AlwaysEmpty,
    ];
}

/// A question that no figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Which one.
    pub item: ItemIx,
    /// Whether its answers decide something else: a filter, a check, a text, a value.
    pub is_read: bool,
}

impl Proof<'_> {
    /// What is known of figures that are wanted. The bases are those of this proof.
    pub fn plan(&mut self, figures: &[Figure], bases: &Bases) -> Plan {
        let engine = self.engine();
        let complete = self.can_be_completed() != Some(false);
        let shown = self.sheets().iter().map(|it| engine.load(it));
        // A sheet that shows how a hard check fails is not complete: it shows nothing here.
        let shown: Vec<Loaded<'_>> = shown
            .filter(|it| !complete || it.verdict(None).complete)
            .collect();
        let mut seen = BTreeSet::new();
        let mut planned = Vec::with_capacity(figures.len());
        for figure in figures {
            let mut it = self.planned(figure, bases, &shown);
            if !seen.insert((figure.item.as_str(), figure.by.as_deref())) {
                it.gap = Some(Gap::Twice);
            }
            planned.push(it);
        }
        let unused = self.unused(&planned);
        Plan {
            figures: planned,
            unused,
        }
    }

    fn planned(&mut self, figure: &Figure, bases: &Bases, shown: &[Loaded<'_>]) -> Planned {
        let instrument = &self.engine().instrument;
        let position = |id: &str| {
            let at = instrument.items.iter().position(|it| it.id == id);
            at.and_then(|it| u32::try_from(it).ok())
        };
        let item = position(&figure.item);
        let by = figure.by.as_deref().and_then(position);
        let mut it = Planned {
            id: figure.id.clone(),
            gap: unfit(instrument, figure).map(Gap::Unfit),
            item,
            by,
            base: None,
            columns: None,
            empty: Vec::new(),
        };
        let Some(item) = item.filter(|_| it.gap.is_none()) else {
            return it;
        };
        let base = |item: ItemIx| bases.of_item.get(item as usize).copied();
        it.base = base(item);
        it.gap = self.is_never_fed(item);
        if let (Some(by), None) = (by, it.gap) {
            let columns = base(by);
            let is_whole = match (it.base, columns) {
                (Some(inner), Some(outer)) => {
                    inner == outer || bases.list[inner].wider.contains(&outer)
                }
                _ => false,
            };
            // Bases of units and of responses are not within each other, whoever is asked.
            let is_whole = is_whole || self.is_asked_of_all(by);
            it.columns = columns.filter(|_| !is_whole);
            (it.gap, it.empty) = self.broken_down(item, by, shown);
        }
        it
    }

    fn is_never(&self, goal: Goal) -> bool {
        self.status(goal) == Status::Never
    }

    fn is_asked_of_all(&self, item: ItemIx) -> bool {
        self.is_never(Goal::ItemHidden(item))
    }

    /// Why an item alone makes a table of nobody.
    fn is_never_fed(&self, item: ItemIx) -> Option<Gap> {
        if self.is_never(Goal::Item(item)) {
            return Some(Gap::NeverAsked);
        }
        let instrument = &self.engine().instrument;
        let it = instrument.items.get(item as usize)?;
        if matches!(it.kind, Kind::Computed { .. }) && self.is_never(Goal::Value(item)) {
            return Some(Gap::NeverAnswered);
        }
        let list = it.list().and_then(|it| instrument.lists.get(it as usize))?;
        let choices = (0u16..).zip(&list.choices);
        let mut answers = choices.filter(|(_, it)| it.missing.is_none()).peekable();
        let has_some = answers.peek().is_some();
        let nobody = answers.all(|(code, _)| self.is_never(Goal::Picks(item, code)));
        (has_some && nobody).then_some(Gap::NeverAnswered)
    }

    /// Why nobody is in any column; else the columns in which nobody is.
    fn broken_down(
        &mut self,
        item: ItemIx,
        by: ItemIx,
        shown: &[Loaded<'_>],
    ) -> (Option<Gap>, Vec<String>) {
        if self.is_never(Goal::Item(by)) {
            return (Some(Gap::BreakdownNeverAsked), Vec::new());
        }
        let pairs = pairs(self, item, by);
        if self.can_be(&pairs, None, shown) == Some(false) {
            return (Some(Gap::NeverTogether), Vec::new());
        }
        let instrument = &self.engine().instrument;
        let it: &Item = &instrument.items[by as usize];
        if matches!(it.kind, Kind::Computed { .. }) {
            // Which value is computed is the conditions' matter; whether there is one at all is known.
            let is_never = self.is_never(Goal::Value(by));
            return (is_never.then_some(Gap::AlwaysEmpty), Vec::new());
        }
        let columns = columns(instrument, it);
        let mut empty = Vec::new();
        for (nth, code) in (0u16..).zip(&columns) {
            if self.can_be(&pairs, Some(nth), shown) == Some(false) {
                empty.push(code.clone());
            }
        }
        match !columns.is_empty() && empty.len() == columns.len() {
            true => (Some(Gap::AlwaysEmpty), Vec::new()),
            false => (None, empty),
        }
    }

    /// Whether somebody can be asked both of a pair, having chosen a code of the second: yes, no, or not proven.
    fn can_be(&mut self, pairs: &[Pair], code: Option<u16>, shown: &[Loaded<'_>]) -> Option<bool> {
        let complete = self.can_be_completed() != Some(false);
        let is_shown = |it: &Evaluation<'_>| pairs.iter().any(|pair| pair.is_shown(it, code));
        let fits = |it: &Evaluation<'_>| is_shown(it) && (!complete || it.verdict(None).complete);
        // What a sheet shows already needs no search.
        if shown.iter().any(|it| is_shown(&it.evaluation)) {
            return Some(true);
        }
        let mut some = Vec::new();
        for pair in pairs {
            let encoding = &mut self.encoding;
            let counted = encoding.item_gate(pair.item.0, pair.item.1);
            let split = match (code, encoding.slots_in(pair.by)) {
                (None, _) => encoding.item_gate(pair.by.0, pair.by.1),
                (Some(code), Some(slot)) if encoding.tells_apart(pair.by.0, code) => {
                    encoding.chooses(slot, code)
                }
                // In a long list, what no condition mentions is like the others.
                (Some(_), _) => return None,
            };
            some.push(encoding.formulas.and(counted, split));
        }
        let some: Lit = self.encoding.formulas.any(some);
        let base = self.base;
        match self.find(&[base, some], fits) {
            Found::Sheet(_) => Some(true),
            Found::None => Some(false),
            Found::Open => None,
        }
    }

    /// Questions of which no figure is, directly or through a computed value.
    fn unused(&self, figures: &[Planned]) -> Vec<Unused> {
        let engine = self.engine();
        let instrument = &engine.instrument;
        let mut used = BTreeSet::new();
        let wanted = figures
            .iter()
            .flat_map(|it| it.item.into_iter().chain(it.by));
        for item in wanted {
            used.insert(item);
            if let Some(value) = Source::Value(item).condition(instrument) {
                used.extend(reads::questions(engine, &value.program));
            }
            let roster = instrument.items[item as usize].roster;
            used.extend(roster.and_then(|it| reads::units(engine, it)));
        }
        let mut read = BTreeSet::new();
        for source in reads::sources(engine) {
            let condition = source.condition(instrument);
            read.extend(
                condition
                    .map(|it| reads::questions(engine, &it.program))
                    .into_iter()
                    .flatten(),
            );
        }
        let items = (0u32..).zip(&instrument.items);
        let asked = items.filter(|(_, it)| is_question(instrument, it));
        asked
            .filter(|(item, _)| !used.contains(item))
            .map(|(item, _)| Unused {
                item,
                is_read: read.contains(&item),
            })
            .collect()
    }
}

/// Whether somebody answers it, and its answers can be counted.
fn is_question(instrument: &Instrument, item: &Item) -> bool {
    let is_framed = instrument
        .items
        .iter()
        .take(instrument.frame.len())
        .any(|it| it.id == item.id);
    makes_table(item) && !is_framed && !matches!(item.kind, Kind::Computed { .. })
}

/// Codes of the columns that an item makes.
fn columns(instrument: &Instrument, item: &Item) -> Vec<String> {
    let list = item.list().and_then(|it| instrument.lists.get(it as usize));
    let choices = list.map_or(&[][..], |it| &it.choices);
    choices.iter().map(|it| it.code.clone()).collect()
}

/// What is counted and what breaks it down, in one unit.
#[derive(Clone, Copy)]
struct Pair {
    item: (ItemIx, Option<u32>),
    by: (ItemIx, Option<u32>),
}

impl Pair {
    fn is_shown(self, evaluation: &Evaluation<'_>, code: Option<u16>) -> bool {
        let is_asked = |(item, unit)| evaluation.is_on_path(item, unit);
        let mut slots = evaluation.engine().layout.slots_of(self.by.0, self.by.1);
        let is_chosen = |code| slots.any(|it| evaluation.is_chosen(it, code));
        is_asked(self.item) && is_asked(self.by) && code.is_none_or(is_chosen)
    }
}

/// In every unit in which it is counted: a breakdown outside its roster is the same for all of them.
fn pairs(proof: &Proof<'_>, item: ItemIx, by: ItemIx) -> Vec<Pair> {
    let engine = proof.engine();
    let is_inside = engine.instrument.items[by as usize].roster.is_some();
    let units = units_of(engine, item).into_iter();
    units
        .map(|unit| Pair {
            item: (item, unit),
            by: (by, unit.filter(|_| is_inside)),
        })
        .collect()
}

impl crate::encode::Encoding<'_> {
    /// The slot of a question in a unit.
    fn slots_in(&self, (item, unit): (ItemIx, Option<u32>)) -> Option<u32> {
        self.engine.layout.slots_of(item, unit).next()
    }
}
