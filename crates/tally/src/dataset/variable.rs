//! One variable of a chunk: who gave what, and why the others did not.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use expr::{Reasons, Value};
use jiff::civil::Date;
use questionnaire::SlotState;
use rust_decimal::Decimal;

use super::bits::Bits;
use super::numbers::Numbers;
use crate::count::{Counts, Ranks};
use crate::given::Given;
use crate::spec::{Choices, Shape, Spec};

/// The answers to one question, a row for each unit that it is about.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// For each reason of [`WITHOUT`], who has no answer for it. Whoever is in none has answered.
    without: [Bits; WITHOUT.len()],
    /// The reasons of those that have others than the one they are counted under: computed values have.
    reasons: BTreeMap<u32, Reasons>,
    data: Data,
}

/// Why there is no answer.
const WITHOUT: [SlotState; 5] = [
    SlotState::DontKnow,
    SlotState::Refused,
    SlotState::NoAnswer,
    SlotState::NotAsked,
    SlotState::NotReached,
];

/// What was given. A text beside a choice is kept by row and code.
#[derive(Clone, Debug)]
enum Data {
    Choices {
        codes: Vec<Bits>,
        /// For each code, which rank it was given in each row, from 1; empty where choices have no ranks.
        ranks: Vec<Vec<u16>>,
        specified: BTreeMap<(u32, u16), Box<str>>,
    },
    Truth([Bits; 2]),
    Numbers {
        given: Bits,
        numbers: Numbers,
    },
    Dates(BTreeMap<Date, Bits>),
    Texts(BTreeMap<u32, Box<str>>),
}

impl Variable {
    pub(super) fn of(spec: &Spec) -> Self {
        let data = match &spec.shape {
            Shape::Choices(it) => Data::Choices {
                codes: vec![Bits::default(); it.list.len()],
                ranks: vec![Vec::new(); if it.ranked { it.list.len() } else { 0 }],
                specified: BTreeMap::new(),
            },
            Shape::Truth => Data::Truth(Default::default()),
            Shape::Number => Data::Numbers {
                given: Bits::default(),
                numbers: Numbers::default(),
            },
            Shape::Date => Data::Dates(BTreeMap::new()),
            Shape::Text => Data::Texts(BTreeMap::new()),
        };
        Self {
            without: Default::default(),
            reasons: BTreeMap::new(),
            data,
        }
    }

    /// Writes down what one unit gave. `specified` is what it wrote beside a choice.
    pub(super) fn put<'t>(
        &mut self,
        row: u32,
        state: SlotState,
        given: &Given<'_>,
        specified: impl Fn(u16) -> Option<&'t str>,
    ) {
        let reasons = WITHOUT.iter().zip(&mut self.without);
        for (_, rows) in reasons.filter(|(it, _)| **it == state) {
            rows.insert(row);
        }
        if let Given::Missing(reasons) = given
            && state.missing().map(Reasons::only) != Some(*reasons)
        {
            self.reasons.insert(row, *reasons);
        }
        if !state.is_asked() {
            return;
        }
        match (&mut self.data, given) {
            (
                Data::Choices {
                    codes,
                    ranks,
                    specified: beside,
                },
                given,
            ) => {
                for (rank, code) in (1_u16..).zip(given.codes()) {
                    let at = usize::from(*code);
                    codes.get_mut(at).into_iter().for_each(|it| it.insert(row));
                    if let Some(ranks) = ranks.get_mut(at) {
                        ranks.resize(ranks.len().max(row as usize + 1), 0);
                        ranks[row as usize] = rank;
                    }
                    if let Some(text) = specified(*code).filter(|it| !it.trim().is_empty()) {
                        beside.insert((row, *code), text.into());
                    }
                }
            }
            (Data::Truth([yes, no]), Given::Bool(it)) => if *it { yes } else { no }.insert(row),
            (Data::Numbers { given, numbers }, Given::Number(it))
                if state == SlotState::Answered =>
            {
                given.insert(row);
                numbers.put(row, *it);
            }
            (Data::Dates(dates), Given::Date(it)) => dates.entry(*it).or_default().insert(row),
            (Data::Texts(texts), Given::Text(it)) => {
                texts.insert(row, (*it).into());
            }
            _ => {}
        }
    }

    /// Adds some rows to what is counted of a table.
    pub(super) fn add_to(&self, counts: &mut Counts, spec: &Spec, rows: &Bits, has_texts: bool) {
        let mut answered = rows.len();
        for (reason, without) in WITHOUT.into_iter().zip(&self.without) {
            let n = without.len_with(rows);
            answered -= n;
            counts.base.count_many(reason, n);
        }
        counts.base.count_many(SlotState::Answered, answered);
        match (&self.data, &spec.shape) {
            (
                Data::Choices {
                    codes,
                    ranks,
                    specified,
                },
                Shape::Choices(choices),
            ) => {
                let table = ChoiceRows {
                    spec,
                    choices,
                    codes,
                };
                table.add_to(counts, rows);
                table.add_ranks(counts, rows, ranks);
                if has_texts {
                    for ((row, code), text) in specified {
                        if rows.has(*row) {
                            counts.add_text(Some(spec.row_of(*code)), text);
                        }
                    }
                }
            }
            (Data::Truth(truths), _) => {
                for (n, it) in counts.choices.iter_mut().zip(truths) {
                    *n += it.len_with(rows);
                }
            }
            (Data::Numbers { given, numbers }, _) => {
                numbers.add_to(&mut counts.values, &given.and(rows));
            }
            (Data::Dates(dates), _) => {
                for (date, it) in dates {
                    let n = it.len_with(rows);
                    if n > 0 {
                        *counts.dates.entry(*date).or_default() += n;
                    }
                }
            }
            (Data::Texts(texts), _) if has_texts => {
                for (row, text) in texts {
                    if rows.has(*row) {
                        counts.add_text(None, text);
                    }
                }
            }
            (Data::Texts(_) | Data::Choices { .. }, _) => {}
        }
    }

    /// For each answer that makes a column, who gave it.
    pub(super) fn columns(&self) -> &[Bits] {
        match &self.data {
            Data::Choices { codes, .. } => codes,
            Data::Truth(it) => it,
            Data::Numbers { .. } | Data::Dates(_) | Data::Texts(_) => &[],
        }
    }

    /// Who has answered, of some.
    pub(super) fn answered(&self, all: &Bits) -> Bits {
        let mut answered = all.clone();
        for it in &self.without {
            answered = answered.without(it);
        }
        answered
    }

    /// Who has no answer for one of these reasons.
    pub(super) fn without(&self, reasons: Reasons) -> Bits {
        let mut rows = Bits::default();
        for (state, it) in WITHOUT.into_iter().zip(&self.without) {
            if state.missing().is_some_and(|reason| reasons.has(reason)) {
                rows.add(it);
            }
        }
        rows
    }

    /// Whose number, of some who answered, stands so to another one; `None` where there are no numbers.
    pub(super) fn compared(
        &self,
        among: &Bits,
        wanted: impl Fn(Ordering) -> bool,
        to: Decimal,
    ) -> Option<Bits> {
        match &self.data {
            Data::Numbers { given, numbers } => Some(numbers.rows(&among.and(given), wanted, to)),
            _ => None,
        }
    }

    /// What conditions read in a row.
    pub(super) fn value(&self, spec: &Spec, row: u32) -> Value {
        let reasons = WITHOUT.iter().zip(&self.without);
        let mut reasons = reasons.filter(|(_, rows)| rows.has(row));
        if let Some((state, _)) = reasons.next() {
            let several = self.reasons.get(&row).copied();
            let only = state.missing().map_or(Reasons::NONE, Reasons::only);
            return Value::Missing(several.unwrap_or(only));
        }
        let nothing = Value::Missing(Reasons::NONE);
        match &self.data {
            Data::Choices { codes, ranks, .. } => {
                let given = (0_u16..).zip(codes).filter(|(_, it)| it.has(row));
                let mut given: Vec<u16> = given.map(|it| it.0).collect();
                let rank = |code: &u16| ranks.get(usize::from(*code))?.get(row as usize).copied();
                given.sort_by_key(|code| rank(code));
                match &spec.shape {
                    Shape::Choices(it) if it.several || it.ranked => Value::Codes(given),
                    _ => given.first().map_or(nothing, |it| Value::Code(*it)),
                }
            }
            Data::Truth([yes, no]) if yes.has(row) || no.has(row) => Value::Bool(yes.has(row)),
            Data::Numbers { given, numbers } if given.has(row) => Value::Number(numbers.at(row)),
            Data::Dates(dates) => {
                let date = dates.iter().find(|(_, it)| it.has(row));
                date.map_or(nothing, |it| Value::Date(*it.0))
            }
            Data::Texts(texts) => texts
                .get(&row)
                .map_or(nothing, |it| Value::Text(it.to_string())),
            Data::Truth(_) | Data::Numbers { .. } => nothing,
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let bits = |it: &[Bits]| it.iter().map(Bits::size).sum::<usize>();
        let data = match &self.data {
            Data::Choices {
                codes,
                ranks,
                specified,
            } => {
                let ranks = ranks.iter().map(|it| it.capacity() * size_of::<u16>());
                let beside = specified.values();
                let beside = beside.map(|it| it.len() + size_of::<((u32, u16), Box<str>)>());
                bits(codes) + ranks.sum::<usize>() + beside.sum::<usize>()
            }
            Data::Truth(it) => bits(it),
            Data::Numbers { given, numbers } => given.size() + numbers.size(),
            Data::Dates(dates) => {
                let dates = dates.values();
                dates.map(|it| it.size() + size_of::<(Date, Bits)>()).sum()
            }
            Data::Texts(texts) => {
                let texts = texts.values();
                let texts = texts.map(|it| it.len() + size_of::<(u32, Box<str>)>());
                texts.sum()
            }
        };
        bits(&self.without) + data
    }
}

/// Codes as the rows of a table.
struct ChoiceRows<'a> {
    spec: &'a Spec,
    choices: &'a Choices,
    codes: &'a [Bits],
}

impl ChoiceRows<'_> {
    fn add_to(&self, counts: &mut Counts, rows: &Bits) {
        let mut n = vec![0; self.choices.list.len()];
        match &self.spec.recode {
            None => {
                for (n, it) in n.iter_mut().zip(self.codes) {
                    *n = it.len_with(rows);
                }
            }
            // Whoever gave two choices that are one row now is in it once.
            Some(_) => {
                for (row, n) in (0_u16..).zip(&mut n) {
                    *n = self.given(&BTreeSet::from([row])).len_with(rows);
                }
            }
        }
        if let Some(numbers) = &self.choices.numbers {
            for (number, n) in numbers.iter().zip(&n) {
                number.iter().for_each(|it| counts.values.add_many(*it, *n));
            }
        }
        for (all, n) in counts.choices.iter_mut().zip(&n) {
            *all += n;
        }
        for (net, n) in self.choices.nets.iter().zip(&mut counts.nets) {
            let joined = net.choices.iter().copied().collect();
            *n += self.given(&joined).len_with(rows);
        }
    }

    /// Who gave at least one of the choices of these rows.
    fn given(&self, joined: &BTreeSet<u16>) -> Bits {
        let mut given = Bits::default();
        for (code, it) in (0_u16..).zip(self.codes) {
            if joined.contains(&self.spec.row_of(code)) {
                given.add(it);
            }
        }
        given
    }

    fn add_ranks(&self, counts: &mut Counts, rows: &Bits, ranks: &[Vec<u16>]) {
        for ((code, given), ranks) in (0_u16..).zip(self.codes).zip(ranks) {
            let row = usize::from(self.spec.row_of(code));
            let Some(Ranks { first, sum }) = counts.ranks.get_mut(row) else {
                continue;
            };
            for row in given.and(rows).rows() {
                let rank = ranks.get(row as usize).copied().unwrap_or_default();
                *sum += u64::from(rank);
                *first += u64::from(rank == 1);
            }
        }
    }
}
