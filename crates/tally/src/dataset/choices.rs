//! The answers to a question with choices: a set of rows for each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::bits::Bits;
use super::cells::Cells;
use crate::count::{Counts, Ranks};
use crate::spec::{Choices, Spec};

/// Who gave which choice.
#[derive(Clone, Debug)]
pub(super) struct ChoiceSets {
    /// For each code, who gave it.
    codes: Vec<Bits>,
    /// For each code, which rank it was given in each row, from 1; empty where choices have no ranks.
    ranks: Vec<Cells>,
    /// Texts beside a choice, by row and code.
    specified: BTreeMap<(u32, u16), Box<str>>,
}

impl ChoiceSets {
    pub(super) fn of(choices: &Choices) -> Self {
        let n = choices.list.len();
        Self {
            codes: vec![Bits::default(); n],
            ranks: vec![Cells::default(); if choices.ranked { n } else { 0 }],
            specified: BTreeMap::new(),
        }
    }

    /// Writes down what one unit gave, in the order of its ranks, and what it wrote beside.
    pub(super) fn put<'t>(
        &mut self,
        row: u32,
        codes: &[u16],
        specified: impl Fn(u16) -> Option<&'t str>,
    ) {
        for (rank, code) in (1..).zip(codes) {
            let at = usize::from(*code);
            if let Some(rows) = self.codes.get_mut(at) {
                rows.insert(row);
            }
            if let Some(ranks) = self.ranks.get_mut(at) {
                ranks.put(row, rank);
            }
            if let Some(text) = specified(*code).filter(|it| !it.trim().is_empty()) {
                self.specified.insert((row, *code), text.into());
            }
        }
    }

    /// For each code, who gave it.
    pub(super) fn codes(&self) -> &[Bits] {
        &self.codes
    }

    /// Who ranked a choice first.
    pub(super) fn ranked_first(&self, code: u16) -> Bits {
        let at = usize::from(code);
        match (self.codes.get(at), self.ranks.get(at)) {
            (Some(given), Some(ranks)) => given.and(&ranks.within(1, 1)),
            _ => Bits::default(),
        }
    }

    /// What was given in a row, by rank.
    pub(super) fn given(&self, row: u32) -> Vec<u16> {
        let given = (0_u16..).zip(&self.codes).filter(|(_, it)| it.has(row));
        let mut given: Vec<u16> = given.map(|it| it.0).collect();
        given.sort_by_key(|code| self.ranks.get(usize::from(*code)).map(|it| it.at(row)));
        given
    }

    /// Adds some rows to what is counted of a table.
    pub(super) fn add_to(&self, counts: &mut Counts, spec: &Spec, choices: &Choices, rows: &Bits) {
        match &spec.recode {
            None => {
                for (n, it) in counts.choices.iter_mut().zip(&self.codes) {
                    *n += it.len_with(rows);
                }
            }
            // Whoever gave two choices that are one row now is in it once.
            Some(_) => {
                for (row, n) in (0_u16..).zip(&mut counts.choices) {
                    *n += self.joined(spec, &BTreeSet::from([row])).len_with(rows);
                }
            }
        }
        for (net, n) in choices.nets.iter().zip(&mut counts.nets) {
            let joined = net.choices.iter().copied().collect();
            *n += self.joined(spec, &joined).len_with(rows);
        }
        for ((code, given), ranks) in (0_u16..).zip(&self.codes).zip(&self.ranks) {
            let row = usize::from(spec.row_of(code));
            let Some(Ranks { first, sum }) = counts.ranks.get_mut(row) else {
                continue;
            };
            for row in given.and(rows).rows() {
                let rank = ranks.at(row);
                *sum += u64::from(rank.unsigned_abs());
                *first += u64::from(rank == 1);
            }
        }
    }

    /// Adds the texts beside choices of some rows.
    pub(super) fn add_texts(&self, counts: &mut Counts, spec: &Spec, rows: &Bits) {
        for ((row, code), text) in &self.specified {
            if rows.has(*row) {
                counts.add_text(Some(spec.row_of(*code)), text);
            }
        }
    }

    /// Who gave at least one of the choices of these rows of the table.
    fn joined(&self, spec: &Spec, joined: &BTreeSet<u16>) -> Bits {
        let mut given = Bits::default();
        for (code, it) in (0_u16..).zip(&self.codes) {
            if joined.contains(&spec.row_of(code)) {
                given.add(it);
            }
        }
        given
    }

    /// Its sets, as no more answers are coming.
    pub(super) fn settled(&mut self) -> &mut [Bits] {
        self.ranks.iter_mut().for_each(Cells::settle);
        &mut self.codes
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let codes = self.codes.iter().map(Bits::size).sum::<usize>();
        let ranks = self.ranks.iter().map(Cells::size).sum::<usize>();
        let specified = self.specified.values();
        let specified = specified.map(|it| it.len() + size_of::<((u32, u16), Box<str>)>());
        codes + ranks + specified.sum::<usize>()
    }
}
