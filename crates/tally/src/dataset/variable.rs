//! One variable of a chunk: who gave what, and why the others did not.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use expr::{Reasons, Value};
use questionnaire::SlotState;
use rust_decimal::Decimal;

use super::bits::Bits;
use super::cells::Cells;
use super::choices::ChoiceSets;
use super::days;
use super::numbers::Numbers;
use super::seen::Seen;
use crate::count::Counts;
use crate::given::Given;
use crate::spec::{Shape, Spec};

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

/// What was given.
#[derive(Clone, Debug)]
enum Data {
    Choices(ChoiceSets),
    Truth([Bits; 2]),
    Numbers { given: Bits, numbers: Numbers },
    Dates { given: Bits, days: Cells },
    Texts(BTreeMap<u32, Box<str>>),
}

impl Variable {
    pub(super) fn of(spec: &Spec) -> Self {
        let data = match &spec.shape {
            Shape::Choices(it) => Data::Choices(ChoiceSets::of(it)),
            Shape::Truth => Data::Truth(Default::default()),
            Shape::Number => Data::Numbers {
                given: Bits::default(),
                numbers: Numbers::default(),
            },
            Shape::Date => Data::Dates {
                given: Bits::default(),
                days: Cells::default(),
            },
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
            (Data::Choices(choices), given) => choices.put(row, given.codes(), specified),
            (Data::Truth([yes, no]), Given::Bool(it)) => if *it { yes } else { no }.insert(row),
            (Data::Numbers { given, numbers }, Given::Number(it))
                if state == SlotState::Answered =>
            {
                given.insert(row);
                numbers.put(row, *it);
            }
            (Data::Dates { given, days }, Given::Date(it)) => {
                given.insert(row);
                days.put(row, days::number(*it));
            }
            (Data::Texts(texts), Given::Text(it)) => {
                texts.insert(row, (*it).into());
            }
            _ => {}
        }
    }

    /// Adds some rows to what is counted and seen of a table.
    pub(super) fn add_to(
        &self,
        counts: &mut Counts,
        seen: &mut Seen,
        spec: &Spec,
        rows: &Bits,
        has_texts: bool,
    ) {
        let mut answered = rows.len();
        for (reason, without) in WITHOUT.into_iter().zip(&self.without) {
            let n = without.len_with(rows);
            answered -= n;
            counts.base.count_many(reason, n);
        }
        counts.base.count_many(SlotState::Answered, answered);
        match (&self.data, &spec.shape) {
            (Data::Choices(sets), Shape::Choices(choices)) => {
                sets.add_to(counts, spec, choices, rows);
                if has_texts {
                    sets.add_texts(counts, spec, rows);
                }
            }
            (Data::Truth(truths), _) => {
                for (n, it) in counts.choices.iter_mut().zip(truths) {
                    *n += it.len_with(rows);
                }
            }
            (Data::Numbers { given, numbers }, _) => {
                numbers.add_to(seen, &mut counts.values, given, rows);
            }
            (Data::Dates { given, days }, _) => seen.add(0, days, given, rows),
            (Data::Texts(texts), _) if has_texts => {
                for (row, text) in texts {
                    if rows.has(*row) {
                        counts.add_text(None, text);
                    }
                }
            }
            (Data::Texts(_) | Data::Choices(_), _) => {}
        }
    }

    /// For each answer that makes a column, who gave it.
    pub(super) fn columns(&self) -> &[Bits] {
        match &self.data {
            Data::Choices(it) => it.codes(),
            Data::Truth(it) => it,
            Data::Numbers { .. } | Data::Dates { .. } | Data::Texts(_) => &[],
        }
    }

    /// Who ranked a choice first.
    pub(super) fn ranked_first(&self, code: u16) -> Bits {
        match &self.data {
            Data::Choices(it) => it.ranked_first(code),
            Data::Truth(_) | Data::Numbers { .. } | Data::Dates { .. } | Data::Texts(_) => {
                Bits::default()
            }
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
            Data::Choices(sets) => {
                let given = sets.given(row);
                match &spec.shape {
                    Shape::Choices(it) if it.several || it.ranked => Value::Codes(given),
                    _ => given.first().map_or(nothing, |it| Value::Code(*it)),
                }
            }
            Data::Truth([yes, no]) if yes.has(row) || no.has(row) => Value::Bool(yes.has(row)),
            Data::Numbers { given, numbers } if given.has(row) => Value::Number(numbers.at(row)),
            Data::Dates { given, days } if given.has(row) => {
                Value::Date(days::date_of(days.at(row)))
            }
            Data::Texts(texts) => texts
                .get(&row)
                .map_or(nothing, |it| Value::Text(it.to_string())),
            Data::Truth(_) | Data::Numbers { .. } | Data::Dates { .. } => nothing,
        }
    }

    /// Its sets in the order in which they are counted, as no more answers are coming.
    pub(super) fn settled(&mut self) -> impl Iterator<Item = &mut Bits> {
        let sets: &mut [Bits] = match &mut self.data {
            Data::Choices(it) => it.settled(),
            Data::Truth(it) => it,
            Data::Numbers { given, numbers } => {
                numbers.settle();
                std::slice::from_mut(given)
            }
            Data::Dates { given, days } => {
                days.settle();
                std::slice::from_mut(given)
            }
            Data::Texts(_) => &mut [],
        };
        self.without.iter_mut().chain(sets)
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let bits = |it: &[Bits]| it.iter().map(Bits::size).sum::<usize>();
        let data = match &self.data {
            Data::Choices(it) => it.size(),
            Data::Truth(it) => bits(it),
            Data::Numbers { given, numbers } => given.size() + numbers.size(),
            Data::Dates { given, days } => given.size() + days.size(),
            Data::Texts(texts) => {
                let texts = texts.values();
                let texts = texts.map(|it| it.len() + size_of::<(u32, Box<str>)>());
                texts.sum()
            }
        };
        bits(&self.without) + data
    }
}
