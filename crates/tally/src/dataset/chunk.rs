//! Some thousands of responses as columns.

use expr::{Env, RosterId};
use jiff::civil::Date;
use questionnaire::Evaluation;

use super::bits::{self, Bits};
use super::variable::Variable;
use crate::given::read;
use crate::spec::{Source, Spec};

/// Responses that are copied together when one is added while somebody still reads them.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    /// Respondents, then the units of each roster.
    units: Vec<Units>,
    /// In the order of the specs.
    variables: Vec<Variable>,
    /// When each response was given, as `today` says it.
    dates: Vec<Option<Date>>,
}

/// The units of one kind: respondents, or those of one roster.
#[derive(Clone, Debug, Default)]
struct Units {
    n: u32,
    /// Those that have not been withdrawn.
    counted: Bits,
    /// Of whom each is, in ascending order; nothing for respondents themselves.
    of: Vec<u32>,
    /// Which of the units that can exist each is.
    nth: Vec<u32>,
    /// Those that roster functions go through: not those of a roster that is off path.
    told: Bits,
}

impl Units {
    /// The rows of a respondent's units.
    fn of_respondent(&self, respondent: u32) -> std::ops::Range<u32> {
        let first = self.of.partition_point(|it| *it < respondent);
        let last = self.of.partition_point(|it| *it <= respondent);
        first as u32..last as u32
    }
}

/// The place of a kind of units.
const fn kind(roster: Option<u32>) -> usize {
    match roster {
        None => 0,
        Some(roster) => 1 + roster as usize,
    }
}

impl Chunk {
    pub(super) fn new(specs: &[Spec], n_rosters: usize) -> Self {
        Self {
            units: vec![Units::default(); 1 + n_rosters],
            variables: specs.iter().map(Variable::of).collect(),
            dates: Vec::new(),
        }
    }

    /// How many responses were ever written down.
    pub(super) fn len(&self) -> u32 {
        self.units.first().map_or(0, |it| it.n)
    }

    /// Writes a response down, and says in which row.
    pub(super) fn push(&mut self, specs: &[Spec], evaluation: &Evaluation<'_>) -> u32 {
        let row = self.len();
        // For each kind, its units of this response: which they are, and their rows.
        let mut here: Vec<Vec<(u32, u32)>> = Vec::with_capacity(self.units.len());
        for (at, units) in self.units.iter_mut().enumerate() {
            let first = units.n;
            let roster = u32::try_from(at).ok().and_then(|it| it.checked_sub(1));
            let nth: Vec<u32> = match roster {
                None => vec![0],
                Some(roster) => {
                    let bound = evaluation.engine().instrument.unit_bound(roster);
                    (0..bound)
                        .filter(|it| evaluation.exists(roster, *it))
                        .collect()
                }
            };
            let rows = (first..).zip(&nth).map(|(row, nth)| (*nth, row));
            here.push(rows.collect());
            units.n += nth.len() as u32;
            (first..units.n).for_each(|it| units.counted.insert(it));
            let Some(roster) = roster else { continue };
            units.of.resize(units.n as usize, row);
            units.nth.extend(&nth);
            let is_told = |it: &(u32, u32)| evaluation.unit_exists(RosterId(roster), it.1);
            let told = (first..).zip(nth).filter(is_told);
            told.for_each(|it| units.told.insert(it.0));
        }
        for (spec, variable) in specs.iter().zip(&mut self.variables) {
            for (nth, row) in here.get(kind(spec.roster)).into_iter().flatten() {
                let (state, given) = read(&spec.source, evaluation, *nth);
                let slot = match &spec.source {
                    Source::Slots(slots) => slots.get(*nth as usize),
                    Source::Computed { .. } => None,
                };
                variable.put(*row, state, &given, |code| {
                    evaluation.specified(*slot?, code)
                });
            }
        }
        self.dates.push(evaluation.answered_on());
        row
    }

    /// No more responses are coming: what they gave is laid as it is read. It can still be withdrawn.
    pub(super) fn settle(&mut self) {
        bits::lay(self.variables.iter_mut().flat_map(Variable::settled));
    }

    /// Counts a response no more. Whether it was counted.
    pub(super) fn withdraw(&mut self, row: u32) -> bool {
        let was = self.units.first().is_some_and(|it| it.counted.has(row));
        for (at, units) in self.units.iter_mut().enumerate() {
            if at == 0 {
                units.counted.remove(row);
                continue;
            }
            for it in units.of_respondent(row) {
                units.counted.remove(it);
            }
        }
        was
    }

    pub(super) fn variable(&self, at: usize) -> Option<&Variable> {
        self.variables.get(at)
    }

    /// The units of a kind that are counted.
    pub(super) fn all(&self, roster: Option<u32>) -> Option<&Bits> {
        self.units.get(kind(roster)).map(|it| &it.counted)
    }

    /// The units of a kind, among some, whose respondents are among others.
    pub(super) fn of(&self, roster: Option<u32>, respondents: &Bits) -> Bits {
        let Some(units) = self.units.get(kind(roster)) else {
            return Bits::default();
        };
        if roster.is_none() {
            return units.counted.and(respondents);
        }
        let rows = units.counted.rows();
        let theirs = |row: &u32| {
            units
                .of
                .get(*row as usize)
                .is_some_and(|it| respondents.has(*it))
        };
        rows.filter(theirs).collect()
    }

    /// Of whom a unit is, and which: nothing for a respondent.
    pub(super) fn whose(&self, roster: Option<u32>, row: u32) -> (u32, Option<u32>) {
        let units = self.units.get(kind(roster)).filter(|_| roster.is_some());
        let found =
            units.and_then(|it| Some((*it.of.get(row as usize)?, *it.nth.get(row as usize)?)));
        match found {
            Some((respondent, nth)) => (respondent, Some(nth)),
            None => (row, None),
        }
    }

    /// The units of a respondent in a roster: which they are, and their rows.
    pub(super) fn units_of(
        &self,
        roster: u32,
        respondent: u32,
    ) -> impl Iterator<Item = (u32, u32)> + '_ {
        let units = self.units.get(kind(Some(roster))).into_iter();
        units.flat_map(move |units| {
            let rows = units.of_respondent(respondent);
            rows.filter_map(|it| Some((*units.nth.get(it as usize)?, it)))
        })
    }

    /// Whether roster functions go through a unit.
    pub(super) fn is_unit(&self, roster: u32, respondent: u32, nth: u32) -> bool {
        let units = self.units.get(kind(Some(roster)));
        let is_told = |row: u32| units.is_some_and(|it| it.told.has(row));
        let mut all = self.units_of(roster, respondent);
        all.any(|(it, row)| it == nth && is_told(row))
    }

    /// When a response was given.
    pub(super) fn answered_on(&self, respondent: u32) -> Option<Date> {
        self.dates.get(respondent as usize).copied().flatten()
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let units = self.units.iter();
        let units = units.map(|it| {
            let numbers = it.of.capacity() + it.nth.capacity();
            it.counted.size() + it.told.size() + numbers * size_of::<u32>()
        });
        let dates = self.dates.capacity() * size_of::<Option<Date>>();
        dates + units.sum::<usize>() + self.variables.iter().map(Variable::size).sum::<usize>()
    }
}
