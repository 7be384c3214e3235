//! Responses as columns: what is counted anew at once, whatever is asked of it.
//!
//! A variable is a set of rows for each choice and for each reason why there is no answer, and packed numbers
//! where there are numbers. Counting is then counting bits. Rows are respondents, or the units of a roster: these
//! have rows of their own.
//!
//! Reading order: this file → `chunk` → `variable` → `choices`, `numbers` → `bits` (`popcount`), `cells`, `days` → `seen` →
//! `filter`, `columns`, `combining`.

mod bits;
mod cells;
mod choices;
mod chunk;
mod columns;
mod combining;
mod days;
mod filter;
mod numbers;
mod popcount;
mod seen;
mod variable;

use std::sync::Arc;

use questionnaire::{Engine, Evaluation};

use self::bits::Bits;
use self::chunk::Chunk;
use self::columns::Dividing;
use self::filter::Filtering;
use self::seen::Seen;
use crate::count::Tally;
use crate::plan::Plan;
use crate::spec::{self, Spec};

/// Responses to one version of a questionnaire.
///
/// A copy is cheap and stays as it is: whoever reads one never waits for whoever adds to another. Only some
/// thousands of responses are then copied for good, when one is added to them.
///
/// ```
/// use std::sync::Arc;
/// use tally::{Dataset, Options, Plan};
///
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: cls, kind: consent, label: Un CLS ?}\n";
/// let engine = questionnaire::check(yaml).engine.expect("a sound questionnaire");
/// let mut dataset = Dataset::new(Arc::new(engine.clone()));
/// let mut response = engine.evaluation();
/// response.set_json("cls", &true.into());
/// let place = dataset.push(&response);
/// let before = dataset.clone();
/// dataset.withdraw(place);
/// assert_eq!((before.len(), dataset.len()), (1, 0));
///
/// let plan = Arc::new(Plan::new(&engine, Options::default())?);
/// assert_eq!(before.count(&plan).tables("fr")[0].figures.rows[0].n, 1);
/// # Ok::<(), tally::PlanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Dataset {
    engine: Arc<Engine>,
    specs: Arc<[Spec]>,
    chunks: Vec<Arc<Chunk>>,
    len: u64,
}

/// Where a response stands in a [`Dataset`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    chunk: u32,
    row: u32,
}

/// Responses in a chunk: few enough to be copied between two revisions, and many enough that what is done once for
/// each chunk does not count.
const CHUNK: u32 = 1 << 14;

impl Dataset {
    /// How many responses are kept together: whoever counts on several threads counts so many on each.
    pub const CHUNK: usize = CHUNK as usize;

    /// Nobody has answered yet.
    #[must_use]
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            specs: spec::all(&engine).into(),
            engine,
            chunks: Vec::new(),
            len: 0,
        }
    }

    /// How many responses are counted.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes that the responses take in memory.
    #[must_use]
    pub fn size(&self) -> usize {
        self.chunks.iter().map(|it| it.size()).sum()
    }

    /// Adds a response, evaluated by the engine that this was made for. A response that is corrected is withdrawn
    /// and added.
    pub fn push(&mut self, evaluation: &Evaluation<'_>) -> Place {
        if self.chunks.last().is_none_or(|it| it.len() >= CHUNK) {
            let chunk = Chunk::new(&self.specs, self.engine.instrument.rosters.len());
            self.chunks.push(Arc::new(chunk));
        }
        let chunk = self.chunks.len() - 1;
        let last = Arc::make_mut(&mut self.chunks[chunk]);
        let row = last.push(&self.specs, evaluation);
        if last.len() == CHUNK {
            last.settle();
        }
        self.len += 1;
        Place {
            chunk: chunk as u32,
            row,
        }
    }

    /// Counts a response no more. Whether it was counted.
    pub fn withdraw(&mut self, place: Place) -> bool {
        let chunk = self.chunks.get_mut(place.chunk as usize);
        let was = chunk.is_some_and(|it| Arc::make_mut(it).withdraw(place.row));
        self.len -= u64::from(was);
        was
    }

    /// Takes in all that another has, of the same engine: what was counted on several threads. A [`Place`] of the
    /// other is found by [`Place::after`] of what this returns.
    pub fn append(&mut self, other: Self) -> Shift {
        let shift = Shift(self.chunks.len() as u32);
        self.len += other.len;
        self.chunks.extend(other.chunks);
        shift
    }

    /// Counts all responses by a plan of the same engine.
    #[must_use]
    pub fn count(&self, plan: &Arc<Plan>) -> Tally {
        let chunks = self.chunks.iter().map(|it| (&**it, None));
        self.counted(chunks, plan)
    }

    /// Counts one response by a plan of the same engine, if it has not been withdrawn.
    #[must_use]
    pub fn count_one(&self, place: Place, plan: &Arc<Plan>) -> Tally {
        let chunk = self.chunks.get(place.chunk as usize);
        let chunk = chunk.map(|it| (&**it, Some(Bits::from_iter([place.row]))));
        self.counted(chunk.into_iter(), plan)
    }

    /// Counts chunks; of some only a few respondents.
    fn counted<'c>(
        &self,
        chunks: impl Iterator<Item = (&'c Chunk, Option<Bits>)>,
        plan: &Arc<Plan>,
    ) -> Tally {
        let mut tally = Tally::new(Arc::clone(plan));
        let places: Vec<Option<usize>> = plan.specs.iter().map(|it| self.position(it)).collect();
        let filter = plan.filter.as_ref().map(|filter| Filtering {
            engine: &self.engine,
            specs: &self.specs,
            filter,
        });
        let dividing = plan.by.as_ref().and_then(|columns| {
            let is_it = |it: &Spec| it.source == columns.by.source;
            let at = self.specs.iter().position(is_it)?;
            Some(Dividing {
                columns,
                spec: &self.specs[at],
                at,
            })
        });
        let cells = tally.cells.iter();
        let mut seen: Vec<Vec<Seen>> = cells.map(|it| vec![Seen::default(); it.len()]).collect();
        for (chunk, only) in chunks {
            let asked = Asked {
                chunk,
                only,
                kept: filter.map(|it| (it.filter.roster, it.rows(chunk))),
                columns: dividing.as_ref().map_or_else(Vec::new, |it| it.rows(chunk)),
                divided: dividing.as_ref().and_then(|it| it.columns.roster),
            };
            tally.add_responses(asked.all(None).len());
            let mut known: Vec<(Option<u32>, Vec<Bits>)> = Vec::new();
            let cells = tally.cells.iter_mut().zip(&mut seen);
            for ((spec, place), (cells, seen)) in plan.specs.iter().zip(&places).zip(cells) {
                let Some(variable) = place.and_then(|it| chunk.variable(it)) else {
                    continue;
                };
                if !known.iter().any(|(it, _)| *it == spec.roster) {
                    known.push((spec.roster, asked.rows(spec.roster)));
                }
                let rows = known.iter().find(|(it, _)| *it == spec.roster);
                let rows = rows.map_or(&[][..], |it| it.1.as_slice());
                for ((counts, seen), rows) in cells.iter_mut().zip(seen).zip(rows) {
                    variable.add_to(counts, seen, spec, rows, plan.max_texts > 0);
                }
            }
        }
        for ((spec, cells), seen) in plan.specs.iter().zip(&mut tally.cells).zip(seen) {
            let seen = seen.into_iter().zip(cells);
            seen.for_each(|(seen, counts)| seen.write_down(counts, spec));
        }
        tally
    }

    fn position(&self, spec: &Spec) -> Option<usize> {
        let is_it = |own: &Spec| (own.item, own.row) == (spec.item, spec.row);
        self.specs.iter().position(is_it)
    }
}

/// Whom a plan counts in a chunk.
struct Asked<'a> {
    chunk: &'a Chunk,
    /// Respondents, where not all of them are counted.
    only: Option<Bits>,
    /// The units for which its condition holds, and in which roster they are.
    kept: Option<(Option<u32>, Bits)>,
    /// Who is in each column.
    columns: Vec<Bits>,
    /// The roster whose units these are.
    divided: Option<u32>,
}

impl Asked<'_> {
    /// All units of a kind.
    fn all(&self, roster: Option<u32>) -> Bits {
        let all = match &self.kept {
            Some((of, rows)) if *of == roster => rows.clone(),
            // Who has no such unit is counted all the same, as everywhere outside that roster.
            Some((None, respondents)) => self.chunk.of(roster, respondents),
            _ => self.chunk.all(roster).cloned().unwrap_or_default(),
        };
        match &self.only {
            Some(respondents) => all.and(&self.chunk.of(roster, respondents)),
            None => all,
        }
    }

    /// All units of a kind, then those of each column.
    fn rows(&self, roster: Option<u32>) -> Vec<Bits> {
        let all = self.all(roster);
        let columns = self.columns.iter();
        let mut rows: Vec<Bits> = columns
            .map(|column| match self.divided == roster {
                true => all.and(column),
                false => all.and(&self.chunk.of(roster, column)),
            })
            .collect();
        rows.insert(0, all);
        rows
    }
}

/// How far places moved: see [`Dataset::append`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift(u32);

impl Place {
    /// Where this is after what it is a place of was taken in by another.
    #[must_use]
    pub const fn after(self, shift: Shift) -> Self {
        Self {
            chunk: self.chunk + shift.0,
            row: self.row,
        }
    }
}
