//! Several versions of a questionnaire in one set of tables.
//!
//! Each version counts its own responses, by its own plan. What belongs together has rows of one shape: a table of
//! the first version given and those that go on into it are added up, choice by choice. What does not is never added
//! up: it stands beside, with its own base, and says why.

#[cfg(feature = "authoring")]
mod cut;

use std::collections::BTreeMap;
use std::sync::Arc;

use questionnaire::Engine;
use serde::{Deserialize, Serialize};

use crate::base::Base;
use crate::count::{Counts, Tally};
use crate::pair::{Pair, Rows};
use crate::plan::{Options, Plan, PlanError};
use crate::snapshot::table;
use crate::spec::{self, Spec};
use crate::table::{Figures, Joins, Offered, SeriesBreak, Table};

#[cfg(feature = "authoring")]
pub use cut::{Cut, CutError};

/// A version whose responses are counted.
#[derive(Clone, Copy)]
pub struct Version<'e> {
    /// Its number in the study.
    pub number: i32,
    /// The version.
    pub engine: &'e Engine,
}

/// Why figures of two versions cannot be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// The question is of another kind.
    Kind,
    /// Something else is counted.
    Unit,
    /// No choice is common to both.
    Choices,
    /// A choice means a missing reason that it did not, excludes others, or has other attributes.
    Meaning,
    /// Numbers are counted in something else, or with other decimals.
    Number,
    /// A value is worked out otherwise.
    Value,
    /// A value is worked out from something whose answers are others.
    Operands,
    /// Other people are asked, or it is not proven that the same ones are.
    Universe,
}

/// What conditions make of the items of a newer version, compared with an older one: breaks, by item id. An item that
/// is not named has none.
pub type Judged = BTreeMap<String, Vec<Break>>;

/// The tables of several versions, and how they belong together.
///
/// Responses are counted apart, by one [`Tally`] for each of [`Join::plans`]; [`Join::tables`] puts them together.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    versions: Vec<i32>,
    plans: Vec<Arc<Plan>>,
    series: Vec<Series>,
    #[cfg(feature = "authoring")]
    cutting: cut::Cutting,
}

/// One table to be.
#[derive(Clone, Debug, Default, PartialEq)]
struct Series {
    /// What is added up; the first one gives the words.
    parts: Vec<Part>,
    /// Versions in which it stands in other words.
    reworded: Vec<usize>,
    /// What is not added up.
    broken: Vec<(Place, Vec<Break>)>,
    /// Versions that do not have it.
    without: Vec<usize>,
}

/// A table of one version.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    version: usize,
    spec: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    place: Place,
    /// Which of the rows its version offers.
    offers: Vec<bool>,
}

impl Join {
    /// Plans the tables of versions; the first one gives the words, the order and the rows. `judge` says what
    /// conditions make of an older version (its second argument: the newer one), both by position.
    ///
    /// # Errors
    /// [`PlanError::NothingLeft`] where no version has a table.
    pub fn new(
        versions: &[Version<'_>],
        max_texts: usize,
        mut judge: impl FnMut(usize, usize) -> Judged,
    ) -> Result<Self, PlanError> {
        let mut specs: Vec<Vec<Spec>> = versions.iter().map(|it| spec::all(it.engine)).collect();
        if specs.iter().all(Vec::is_empty) {
            return Err(PlanError::NothingLeft);
        }
        let mut left: Vec<Vec<bool>> = specs.iter().map(|it| vec![true; it.len()]).collect();
        let mut series = Vec::new();
        for new in 0..versions.len() {
            let mut judged: BTreeMap<usize, Judged> = BTreeMap::new();
            for at in 0..specs[new].len() {
                if !std::mem::take(&mut left[new][at]) {
                    continue;
                }
                let mut it = Series {
                    without: (0..new).collect(),
                    ..Series::default()
                };
                let mut rows = Rows::of(&specs[new][at].shape);
                let mut parts = Vec::new();
                for old in new + 1..versions.len() {
                    let pair = Pair {
                        old: versions[old].engine,
                        new: versions[new].engine,
                    };
                    let is = &specs[new][at];
                    let found = pair.find(&specs[old], is).filter(|it| left[old][*it]);
                    let Some(was) = found else {
                        it.without.push(old);
                        continue;
                    };
                    left[old][was] = false;
                    let place = Place {
                        version: old,
                        spec: was,
                    };
                    let judged = judged.entry(old).or_insert_with(|| judge(old, new));
                    match pair.link(&specs[old][was], is, judged, &mut rows) {
                        Err(breaks) => it.broken.push((place, breaks)),
                        Ok(link) => {
                            if link.is_reworded {
                                it.reworded.push(old);
                            }
                            parts.push((place, link.recode));
                        }
                    }
                }
                let place = Place {
                    version: new,
                    spec: at,
                };
                it.parts.push(Part {
                    place,
                    offers: rows.own(),
                });
                for (place, recode) in parts {
                    it.parts.push(Part {
                        place,
                        offers: rows.offered(&recode),
                    });
                    let shape = rows.shape(&specs[new][at].shape);
                    let spec = &mut specs[place.version][place.spec];
                    spec.shape = shape;
                    spec.recode = Some(recode).filter(|it| !it.is_empty());
                }
                let shape = rows.shape(&specs[new][at].shape);
                specs[new][at].shape = shape;
                series.push(it);
            }
        }
        let plans = specs.into_iter().map(|specs| {
            Arc::new(Plan {
                specs,
                by: None,
                filter: None,
                small_base: Options::default().small_base,
                max_texts,
                level: None,
            })
        });
        Ok(Self {
            versions: versions.iter().map(|it| it.number).collect(),
            plans: plans.collect(),
            series,
            #[cfg(feature = "authoring")]
            cutting: cut::Cutting::default(),
        })
    }

    /// By what the responses of each version are counted, in the order of the versions.
    #[must_use]
    pub fn plans(&self) -> &[Arc<Plan>] {
        &self.plans
    }

    /// The tables, from what each version's plan has counted, in the order of the versions.
    #[must_use]
    pub fn tables(&self, tallies: &[&Tally], lang: &str) -> Vec<Table> {
        let tables = self.series.iter();
        tables
            .filter_map(|it| self.table(it, tallies, lang))
            .collect()
    }

    fn table(&self, it: &Series, tallies: &[&Tally], lang: &str) -> Option<Table> {
        let (first, others) = it.parts.split_first()?;
        let counts = |at: Place| tallies.get(at.version)?.cells.get(at.spec);
        let mut all = counts(first.place)?.clone();
        for part in others {
            let theirs = counts(part.place)?;
            all.iter_mut()
                .zip(theirs)
                .for_each(|(mine, theirs)| mine.merge(theirs));
        }
        let own = |at: Place, counts: &[Counts]| {
            let plan = self.plans.get(at.version)?;
            let spec = plan.specs.get(at.spec)?;
            Some(table(plan, spec, counts, lang))
        };
        let mut table = own(first.place, &all)?;
        if self.plans.len() < 2 {
            return Some(table);
        }
        let columns = table.columns.iter_mut().flatten().map(|it| &mut it.figures);
        for (nth, figures) in std::iter::once(&mut table.figures)
            .chain(columns)
            .enumerate()
        {
            self.mark_offered(it, nth, figures, tallies)?;
        }
        let versions = self.numbers(it.parts.iter().map(|it| it.place.version));
        let mut breaks = Vec::new();
        for (at, why) in &it.broken {
            let version = *self.versions.get(at.version)?;
            let later = versions.iter().copied().filter(|it| *it > version);
            breaks.push(SeriesBreak {
                version,
                at: later.min().or(versions.last().copied())?,
                why: why.clone(),
                table: own(*at, counts(*at)?)?,
            });
        }
        breaks.sort_by_key(|it| it.version);
        let without = it.without.iter();
        table.joins = Some(Joins {
            versions,
            reworded: self.numbers(it.reworded.iter().copied()),
            without: self.numbers(it.without.iter().copied()),
            n_without: without
                .filter_map(|it| tallies.get(*it))
                .map(|it| it.responses())
                .sum(),
            breaks,
        });
        Some(table)
    }

    /// Gives rows that not all versions offer a base of their own, in the nth set of figures: over all, then columns.
    fn mark_offered(
        &self,
        it: &Series,
        nth: usize,
        figures: &mut Figures,
        tallies: &[&Tally],
    ) -> Option<()> {
        let base = |at: Place| {
            let cells = tallies.get(at.version)?.cells.get(at.spec)?;
            cells.get(nth).map(|it| &it.base)
        };
        for (row_nth, row) in figures.rows.iter_mut().enumerate() {
            let offers = |part: &&Part| part.offers.get(row_nth).copied().unwrap_or(true);
            let offering: Vec<&Part> = it.parts.iter().filter(offers).collect();
            if offering.len() == it.parts.len() {
                continue;
            }
            let mut all = Base::default();
            for part in &offering {
                all.merge(base(part.place)?);
            }
            row.offered = Some(Offered {
                versions: self.numbers(offering.iter().map(|it| it.place.version)),
                base: all,
                pct_asked: all.percent_of_asked(row.n),
                pct_answered: all
                    .percent_of_answered(row.n)
                    .filter(|_| row.missing.is_none()),
            });
        }
        Some(())
    }

    /// The numbers of versions, the oldest first.
    fn numbers(&self, versions: impl Iterator<Item = usize>) -> Vec<i32> {
        let found = versions.filter_map(|it| self.versions.get(it).copied());
        let mut numbers: Vec<i32> = found.collect();
        numbers.sort_unstable();
        numbers
    }
}
