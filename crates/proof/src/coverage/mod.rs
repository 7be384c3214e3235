//! How much of a questionnaire a set of sheets goes through, measured by replaying the sheets.
//!
//! Nothing here knows how the sheets were found: a sheet is loaded, the engine evaluates it, and
//! what it shows is counted. So a cohort cannot claim what a respondent would not see.

mod bound;
mod target;

use std::collections::BTreeSet;

use questionnaire::{Engine, Sheet};
use serde::Serialize;
use serde_json::Value;

pub use bound::Bound;
pub use target::{Target, Targets};

/// What a set of sheets goes through, and what it misses.
///
/// Complete sheets count for everything that they show. A sheet that is not complete counts only if
/// it says so (`meta.fails` is a list with something in it), and then only for the checks that it
/// fails; others are `ignored`.
///
/// As JSON, which `recueil cohort` prints on stderr, keys are those of [`Target::key`]:
///
/// ```json
/// {
///   "sheets": 14, "failing": 2, "ignored": 0, "complete": false,
///   "filters": {"covered": 11, "total": 12, "missing": ["item:nb_postes=false"], "impossible": []},
///   "choices": {…}, "boundaries": {…}, "checks": {…}, "fills": {…},
///   "contradicted": []
/// }
/// ```
///
/// `total` leaves out what is `impossible`: `covered = total` can be reached. `complete` says that it
/// is, everywhere. `contradicted` lists what was said to be impossible and was seen all the same.
///
/// ```
/// use proof::Coverage;
/// let source = "
/// id: essai
/// title: Essai
/// blocks:
///   - id: b
///     pages:
///       - id: p
///         items:
///           - { id: nb, kind: quantity, label: Combien ?, min: 0, required: true }
///           - { id: plus, kind: consent, label: D’autres ?, filter: nb > 2 }
/// ";
/// let engine = questionnaire::check(source).engine.ok_or("a sound questionnaire")?;
/// let sheet = |it: &str| serde_json::from_str(it);
/// let sheets = [sheet(r#"{"answers": {"nb": 2}}"#)?, sheet(r#"{"answers": {"nb": 3}}"#)?];
/// let it = Coverage::of(&engine, &sheets);
/// assert_eq!((it.filters.covered, it.filters.total), (2, 2));
/// assert_eq!(it.boundaries.missing, ["boundary:nb<2"]);
/// assert!(!it.complete);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many sheets there are.
    pub sheets: usize,
    /// How many of them say that they fail, and do.
    pub failing: usize,
    /// How many are not complete and do not say so: they count for nothing.
    pub ignored: usize,
    /// Whether nothing is missing.
    pub complete: bool,
    /// Every filter true, and not true.
    pub filters: Part,
    /// Every choice made.
    pub choices: Part,
    /// Every number and day that a condition compares an answer with: below, on it and above.
    pub boundaries: Part,
    /// Every check held, and failed.
    pub checks: Part,
    /// Every case of a fill used.
    pub fills: Part,
    /// Keys of what was said to be impossible and is not.
    pub contradicted: Vec<String>,
}

/// The coverage of one kind of target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How many are gone through.
    pub covered: usize,
    /// How many there are, those that are impossible left out.
    pub total: usize,
    /// Keys of those that no sheet goes through.
    pub missing: Vec<String>,
    /// Keys of those that no sheet can go through.
    pub impossible: Vec<String>,
}

impl Coverage {
    /// Measures what sheets go through.
    #[must_use]
    pub fn of(engine: &Engine, sheets: &[Sheet]) -> Self {
        Self::of_possible(engine, sheets, &BTreeSet::new())
    }

    /// The same, where it is proven that no sheet can go through some targets, given by their keys.
    #[must_use]
    pub fn of_possible(engine: &Engine, sheets: &[Sheet], impossible: &BTreeSet<String>) -> Self {
        let targets = Targets::of(engine);
        let mut it = Self {
            sheets: sheets.len(),
            ..Self::default()
        };
        let mut met = BTreeSet::new();
        for sheet in sheets {
            let loaded = engine.load(sheet);
            let shown = targets.met(&loaded.evaluation);
            if loaded.verdict(None).complete {
                met.extend(shown);
            } else if says_that_it_fails(sheet) {
                it.failing += 1;
                let failed = shown
                    .into_iter()
                    .filter(|it| matches!(it, Target::Check(.., false)));
                met.extend(failed);
            } else {
                it.ignored += 1;
            }
        }
        for target in targets.all() {
            let key = target.key(&engine.instrument);
            let (seen, never) = (met.contains(target), impossible.contains(&key));
            let part = it.part(*target);
            part.total += usize::from(seen || !never);
            part.covered += usize::from(seen);
            match (seen, never) {
                (true, true) => it.contradicted.push(key),
                (false, true) => part.impossible.push(key),
                (false, false) => part.missing.push(key),
                (true, false) => {}
            }
        }
        it.complete = it.parts().iter().all(|it| it.missing.is_empty());
        it
    }

    /// Its parts: filters, choices, boundaries, checks, fills.
    #[must_use]
    pub const fn parts(&self) -> [&Part; 5] {
        [
            &self.filters,
            &self.choices,
            &self.boundaries,
            &self.checks,
            &self.fills,
        ]
    }

    fn part(&mut self, target: Target) -> &mut Part {
        match target {
            Target::Filter(..) => &mut self.filters,
            Target::Choice(..) => &mut self.choices,
            Target::Boundary(..) => &mut self.boundaries,
            Target::Check(..) => &mut self.checks,
            Target::Case(..) => &mut self.fills,
        }
    }
}

/// Whether a sheet is marked as one that fails.
fn says_that_it_fails(sheet: &Sheet) -> bool {
    let fails = sheet.meta.other.get("fails").and_then(Value::as_array);
    fails.is_some_and(|it| !it.is_empty())
}
