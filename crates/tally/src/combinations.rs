//! Who is in exactly which sets: of the territories with a CLS, how many have an ASV as well, and how many nothing else.

use std::collections::BTreeMap;

use chart::{Chart, Language, Plot, UpSet, integer};
use expr::Program;
use serde::{Deserialize, Serialize};

use crate::base::percent;

/// A set of respondents: those for whom a condition holds. Who is neither in it nor out of it cannot be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The condition.
    pub(crate) is_in: Program,
    /// Its opposite.
    pub(crate) is_out: Program,
}

/// How many respondents are in exactly which of some sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Combined {
    /// By the sets that they are in, the first one as the lowest bit.
    counts: BTreeMap<u32, u64>,
    /// Those of whom it cannot be told for every set.
    unknown: u64,
}

/// More sets than these are no picture any more.
pub const MOST_SETS: usize = 8;

impl Combined {
    pub(crate) fn add(&mut self, sets: u32, n: u64) {
        if n > 0 {
            *self.counts.entry(sets).or_default() += n;
        }
    }

    pub(crate) fn add_unknown(&mut self, n: u64) {
        self.unknown += n;
    }

    /// Adds what was counted of other respondents by the same sets.
    pub fn merge(&mut self, other: &Self) {
        for (sets, n) in &other.counts {
            self.add(*sets, *n);
        }
        self.unknown += other.unknown;
    }

    /// As it is written, with the conditions of the sets.
    #[must_use]
    pub fn of(&self, sets: &[String]) -> Combinations {
        let n: u64 = self.counts.values().sum();
        let row = |(bits, count): (&u32, &u64)| CombinationRow {
            sets: (0..sets.len()).filter(|it| bits & (1 << it) != 0).collect(),
            n: *count,
            pct: percent(*count, n),
        };
        Combinations {
            sets: sets.to_vec(),
            n,
            unknown: self.unknown,
            rows: self.counts.iter().map(row).collect(),
        }
    }
}

/// Exclusive combinations of sets: everybody of the base is in exactly one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Combinations {
    /// The conditions of the sets.
    pub sets: Vec<String>,
    /// Respondents of whom it can be told for every set: the base.
    pub n: u64,
    /// The others.
    pub unknown: u64,
    /// The combinations that somebody is in.
    pub rows: Vec<CombinationRow>,
}

/// Those who are in some sets and in no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CombinationRow {
    /// Places of the sets; none for those who are in no set.
    pub sets: Vec<usize>,
    /// How many.
    pub n: u64,
    /// `100 n / base`; null when the base is nobody.
    pub pct: Option<f64>,
}

/// So many combinations have a row of their own in the drawing.
const MOST_ROWS: usize = 16;
/// From this many on a tenth of a percent is at least one respondent.
const FINE_BASE: u64 = 1000;

impl Combinations {
    /// Of whom the combinations are: « 128 répondant·es · 2 dont on ne sait pas tout ».
    #[must_use]
    pub fn base_line(&self, universe: &str, language: Language) -> String {
        let mut line = format!("{} {universe}", integer(self.n, language));
        if self.unknown > 0 {
            let n = integer(self.unknown, language);
            line.push_str(&match language {
                Language::French => format!(" · {n} dont une réponse manque"),
                Language::English => format!(" · {n} of whom an answer is missing"),
            });
        }
        line
    }

    /// The drawing, with names for the sets, and of whom it is in words.
    #[must_use]
    pub fn chart(
        &self,
        names: &[String],
        title: &str,
        universe: &str,
        small_base: u64,
        lang: &str,
    ) -> Chart {
        let language = Language::from_tag(lang);
        let combinations = self.rows.iter().map(|it| chart::Combination {
            members: it.sets.clone(),
            n: it.n,
            share: it.pct,
        });
        Chart {
            id: "combinations".to_owned(),
            language,
            title: title.to_owned(),
            base: self.base_line(universe, language),
            plot: Plot::UpSet(UpSet {
                sets: names.to_vec(),
                combinations: combinations.collect(),
                none: String::new(),
                share: match language {
                    Language::French => "% de l’ensemble".to_owned(),
                    Language::English => "% of all".to_owned(),
                },
                most_rows: MOST_ROWS,
                decimals: usize::from(self.n >= FINE_BASE),
                table_decimals: 1,
                small_base: self.n < small_base,
            }),
        }
    }
}
