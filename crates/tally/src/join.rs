//! Several versions of a questionnaire in one set of tables.
//!
//! Each version counts its own responses, by its own plan. What belongs together has rows of one shape: a table of
//! the first version given and those that go on into it are added up, choice by choice. What does not is never added
//! up: it stands beside, with its own base, and says why.

use std::collections::BTreeMap;
use std::sync::Arc;

use questionnaire::instrument::{Cells, Choice, Item, Kind, Quantity};
use questionnaire::{Engine, Lineage, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::Base;
use crate::count::{Counts, Tally};
use crate::plan::{Options, Plan, PlanError};
use crate::snapshot::table;
use crate::spec::{self, Choices, Shape, Spec};
use crate::table::{Joins, Offered, SeriesBreak, Table};

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
            })
        });
        Ok(Self {
            versions: versions.iter().map(|it| it.number).collect(),
            plans: plans.collect(),
            series,
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
        if let [only] = tallies {
            return only.tables(lang);
        }
        let tables = self.series.iter();
        tables
            .filter_map(|it| self.table(it, tallies, lang))
            .collect()
    }

    fn table(&self, it: &Series, tallies: &[&Tally], lang: &str) -> Option<Table> {
        let (first, others) = it.parts.split_first()?;
        let counts = |at: Place| tallies.get(at.version)?.cells.get(at.spec)?.first();
        let mut all = counts(first.place)?.clone();
        for part in others {
            all.merge(counts(part.place)?);
        }
        let own = |at: Place, counts: &Counts| {
            let plan = self.plans.get(at.version)?;
            let spec = plan.specs.get(at.spec)?;
            Some(table(plan, spec, std::slice::from_ref(counts), lang))
        };
        let mut table = own(first.place, &all)?;
        for (nth, row) in table.figures.rows.iter_mut().enumerate() {
            let offers = |part: &&Part| part.offers.get(nth).copied().unwrap_or(true);
            let offering: Vec<&Part> = it.parts.iter().filter(offers).collect();
            if offering.len() == it.parts.len() {
                continue;
            }
            let mut base = Base::default();
            for part in &offering {
                base.merge(&counts(part.place)?.base);
            }
            row.offered = Some(Offered {
                versions: self.numbers(offering.iter().map(|it| it.place.version)),
                base,
                pct_asked: base.percent_of_asked(row.n),
                pct_answered: base
                    .percent_of_answered(row.n)
                    .filter(|_| row.missing.is_none()),
            });
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

    /// The numbers of versions, the oldest first.
    fn numbers(&self, versions: impl Iterator<Item = usize>) -> Vec<i32> {
        let found = versions.filter_map(|it| self.versions.get(it).copied());
        let mut numbers: Vec<i32> = found.collect();
        numbers.sort_unstable();
        numbers
    }
}

/// The rows of a table: those of the newer version, then those that only older ones have.
struct Rows {
    n_own: usize,
    list: Vec<Choice>,
    numbers: Option<Vec<Option<Decimal>>>,
}

impl Rows {
    fn of(shape: &Shape) -> Self {
        let (list, numbers) = match shape {
            Shape::Choices(it) => (it.list.clone(), it.numbers.clone()),
            Shape::Truth | Shape::Number | Shape::Date | Shape::Text => (Vec::new(), None),
        };
        Self {
            n_own: list.len(),
            list,
            numbers,
        }
    }

    fn own(&self) -> Vec<bool> {
        (0..self.list.len()).map(|it| it < self.n_own).collect()
    }

    fn offered(&self, recode: &[u16]) -> Vec<bool> {
        let given = |row: usize| recode.iter().any(|it| usize::from(*it) == row);
        (0..self.list.len()).map(given).collect()
    }

    /// The shape of whatever is counted in these rows; nets are those of the newer version.
    fn shape(&self, of_new: &Shape) -> Shape {
        match of_new {
            Shape::Choices(it) => Shape::Choices(Choices {
                list: self.list.clone(),
                numbers: self.numbers.clone(),
                ..it.clone()
            }),
            other => other.clone(),
        }
    }
}

struct Link {
    /// Of each choice of the older version, its row.
    recode: Vec<u16>,
    is_reworded: bool,
}

#[derive(Clone, Copy)]
struct Pair<'e> {
    old: &'e Engine,
    new: &'e Engine,
}

impl Pair<'_> {
    fn lineage(&self) -> Lineage<'_> {
        Lineage::of(&self.old.instrument, &self.new.instrument)
    }

    /// The table of the older version that goes on into one of the newer version.
    fn find(&self, olds: &[Spec], new: &Spec) -> Option<usize> {
        let lineage = self.lineage();
        let item = lineage.item(new.item)?;
        let row = match new.row {
            Some(row) => Some(lineage.row(item, new.item, row)?),
            None => None,
        };
        // What became a grid, or was one, has other tables: neither goes on into the other.
        olds.iter().position(|it| it.item == item && it.row == row)
    }

    /// How answers of the older version go into the rows of the newer one, or why they do not.
    fn link(
        &self,
        old: &Spec,
        new: &Spec,
        judged: &Judged,
        rows: &mut Rows,
    ) -> Result<Link, Vec<Break>> {
        let (was, is) = (self.item(self.old, old), self.item(self.new, new));
        let mut breaks: Vec<Break> = judged
            .get(is.map_or("", |it| it.id.as_str()))
            .cloned()
            .unwrap_or_default();
        if old.kind != new.kind || !alike(&old.shape, &new.shape) {
            breaks.push(Break::Kind);
        }
        if !self.same_unit(old, new) {
            breaks.push(Break::Unit);
        }
        if was.map(number) != is.map(number) {
            breaks.push(Break::Number);
        }
        let mut recode = Vec::new();
        let mut is_reworded = (&old.label, &old.question) != (&new.label, &new.question);
        if let (Shape::Choices(a), Shape::Choices(b)) = (&old.shape, &new.shape) {
            let onto = self.lineage().choices(old.item, new.item);
            let pairs = a.list.iter().zip(&onto);
            let pairs = pairs.filter_map(|(it, to)| Some((it, b.list.get(usize::from((*to)?))?)));
            let pairs: Vec<(&Choice, &Choice)> = pairs.collect();
            if pairs.iter().any(|(a, b)| meaning(a) != meaning(b)) {
                breaks.push(Break::Meaning);
            }
            is_reworded |= pairs.iter().any(|(a, b)| a.label != b.label);
            let says = |it: &Choice| it.missing.is_none();
            if a.list.iter().any(says) && !pairs.iter().any(|(it, _)| says(it)) {
                breaks.push(Break::Choices);
            }
            // Of two ranks that one choice was given, none is its own.
            let mut met: Vec<u16> = onto.iter().flatten().copied().collect();
            met.sort_unstable();
            if a.ranked && met.windows(2).any(|it| it[0] == it[1]) {
                breaks.push(Break::Meaning);
            }
            if breaks.is_empty() {
                match rows.take(a, &onto) {
                    Some(it) => recode = it,
                    None => breaks.push(Break::Meaning),
                }
            }
        }
        breaks.sort_unstable();
        breaks.dedup();
        if breaks.is_empty() {
            Ok(Link {
                recode,
                is_reworded,
            })
        } else {
            Err(breaks)
        }
    }

    fn item<'i>(&self, engine: &'i Engine, spec: &Spec) -> Option<&'i Item> {
        engine.instrument.items.get(spec.item as usize)
    }

    fn same_unit(&self, old: &Spec, new: &Spec) -> bool {
        let of = |engine: &Engine, roster: u32| {
            let roster = engine.instrument.rosters.get(roster as usize);
            roster.map(|it| it.item)
        };
        match (old.roster, new.roster) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                let goes_on = of(self.new, b).and_then(|it| self.lineage().item(it));
                goes_on.is_some() && goes_on == of(self.old, a)
            }
            _ => false,
        }
    }
}

impl Rows {
    /// The row of each choice of an older version; those that have none become rows. `None` where one of these would
    /// stand in a row that means something else.
    fn take(&mut self, old: &Choices, onto: &[Option<u16>]) -> Option<Vec<u16>> {
        let mut recode = Vec::with_capacity(old.list.len());
        let mut added = Vec::new();
        for (nth, choice) in old.list.iter().enumerate() {
            if let Some(row) = onto.get(nth).copied().flatten() {
                recode.push(row);
                continue;
            }
            let known = self.list.iter().skip(self.n_own);
            let known = known.zip(self.n_own..).find(|it| it.0.code == choice.code);
            match known {
                Some((it, _)) if meaning(it) != meaning(choice) => return None,
                Some((_, row)) => recode.push(u16::try_from(row).ok()?),
                None => {
                    recode.push(u16::try_from(self.list.len() + added.len()).ok()?);
                    added.push((nth, choice.clone()));
                }
            }
        }
        for (nth, choice) in added {
            if let Some(numbers) = &mut self.numbers {
                let of_old = old.numbers.as_ref().and_then(|it| it.get(nth).copied());
                numbers.push(of_old.flatten());
            }
            self.list.push(choice);
        }
        Some(recode)
    }
}

/// Whether answers look alike, whatever the choices.
fn alike(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (Shape::Choices(a), Shape::Choices(b)) => {
            (a.several, a.ranked, a.numbers.is_some()) == (b.several, b.ranked, b.numbers.is_some())
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn meaning(it: &Choice) -> impl PartialEq + '_ {
    (it.missing, it.exclusive, &it.attributes)
}

/// What makes numbers comparable: what they count, and their decimals.
fn number(it: &Item) -> Option<(u8, Option<&Text>)> {
    let it: &Quantity = match &it.kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => it,
        _ => return None,
    };
    Some((it.decimals, it.unit.as_ref()))
}
