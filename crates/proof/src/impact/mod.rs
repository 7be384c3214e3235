//! What a new version changes: who is asked what, which answers still count, where a series breaks.
//!
//! Two versions are compared over the same answers: each reads a sheet as its engine would, and a
//! difference is told with a sheet that shows it to both. « The same » is a proof that no sheet,
//! complete in either version, tells them apart; what is not proven is listed and never called
//! equal. What responses that are stored would become is the business of [`replay`].
//!
//! Reading order: `pairing` (what belongs together) → `classes` and `joint` (the same answers) →
//! `search` (sheets) → `asked`, `refused`, `recoded`, `routes` (what is said).

mod asked;
mod classes;
mod joint;
mod numbers;
mod pairing;
mod patterns;
mod reading;
mod recoded;
mod refused;
mod replay;
mod routes;
mod search;
mod writing;

use std::collections::BTreeMap;

use questionnaire::Engine;
use serde::Serialize;

use crate::goal::Goal;
use crate::prove::{Options, Proof, prove_with};
use crate::solver::Budget;
use joint::Both;
use pairing::Pairing;
use search::{Complete, Found, Seeker};

pub use asked::{Base, Relation};
pub use recoded::{Changed, Codes, Recoding};
pub use refused::Refused;
pub use replay::{BaseBefore, Count, Counts, Examples, FailureCount, Replay, replay};
pub use routes::{RouteExample, RouteSet, RoutesImpact};
pub use search::Witness;

/// What a new version changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Impact {
    /// Whether anything changes for anybody; not so only if that is proven. Texts and the order of
    /// questions do not count.
    pub changes: bool,
    /// Items of the new version in its order, then those that are gone.
    pub items: Vec<ItemImpact>,
    /// Filters, checks and computed values whose condition is another one.
    pub conditions: Vec<Changed>,
    /// Answers complete in the old version that the new one refuses.
    pub refused: Vec<Refused>,
    /// A sheet that is complete in the old version and no longer in the new one.
    pub no_longer_complete: Option<Witness>,
    /// A sheet that is complete in the new version and was not in the old one.
    pub newly_complete: Option<Witness>,
    /// Routes.
    pub routes: RoutesImpact,
    /// What is neither shown nor excluded, in words that stay the same.
    pub unproven: Vec<String>,
}

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemImpact {
    /// Its id.
    pub id: String,
    /// Its kind, in the new version if it is there.
    pub kind: &'static str,
    /// Whether figures of both versions can be put side by side.
    pub series: Series,
    /// Who is asked it; of items that both versions have.
    pub base: Option<Base>,
    /// The questions whose answers decide who is asked it, in either version.
    pub decided_by: Vec<String>,
    /// In what its answers are others, or mean something else.
    pub recoded: Vec<Recoding>,
    /// Choices by code.
    pub choices: Codes,
    /// Rows of a grid by code.
    pub rows: Codes,
    /// Whether a text of it is another one.
    pub reworded: bool,
    /// Whether it stands on another page.
    pub moved: bool,
}

/// Where a series goes on and where it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Series {
    /// The same question, the same answers, asked of the same people: proven.
    Comparable,
    /// Other people are asked.
    BaseChanged,
    /// Its answers are others, or mean something else.
    Recoded,
    /// Nothing else has changed, and whether the same people are asked is not proven.
    Unproven,
    /// The old version did not have it.
    New,
    /// The new version does not have it.
    Gone,
}

impl Series {
    /// The code in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comparable => "comparable",
            Self::BaseChanged => "base_changed",
            Self::Recoded => "recoded",
            Self::Unproven => "unproven",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Compares two versions of a questionnaire within a budget.
///
/// ```
/// let version = |filter: &str| {
///     let source = format!("
/// id: essai
/// title: Essai
/// blocks:
/// - id: b
///   pages:
///   - id: p
///     items:
///     - {{id: age, kind: quantity, label: Âge, min: 0, max: 120}}
///     - {{id: metier, kind: text, label: Métier, filter: {filter}}}
/// ");
///     questionnaire::check(&source).engine.unwrap()
/// };
/// let (old, new) = (version("age >= 18"), version("age >= 16"));
/// let impact = proof::impact(&old, &new, &proof::Budget::default());
/// let base = impact.items[1].base.as_ref().unwrap();
/// assert_eq!(base.relation, proof::impact::Relation::Wider);
/// // Somebody who is 16 shows it.
/// let sheet = &base.gained.as_ref().unwrap().sheet;
/// assert_eq!(sheet.answers["age"], 16);
/// ```
#[must_use]
pub fn impact(old: &Engine, new: &Engine, budget: &Budget) -> Impact {
    impact_with(old, new, budget, Options::default())
}

/// The same, with other bounds of what is taken value by value.
#[must_use]
pub fn impact_with(old: &Engine, new: &Engine, budget: &Budget, options: Options) -> Impact {
    let pairing = Pairing::of(old, new);
    let both = Both::of(&pairing, options.max_points);
    let mut seeker = Seeker::new(both, budget);
    let mut unproven = Vec::new();
    let mut bases = asked::bases(&pairing, &mut seeker, &mut unproven);
    let refused = refused::find(&mut seeker, &mut unproven);
    let (was, is) = (seeker.complete_old, seeker.complete_new);
    let mut apart = |them, complete, what: &str| {
        let found = seeker.find(&[them], complete, &|it| it.fits_old != it.fits_new);
        match found {
            Found::Witness(it) => Some(*it),
            Found::Never => None,
            Found::Open => {
                unproven.push(what.to_owned());
                None
            }
        }
    };
    let no_longer_complete = apart(!is, Complete::Old, "no_longer_complete");
    let newly_complete = apart(!was, Complete::New, "newly_complete");
    let mut proof_old = prove_with(old, budget, options);
    let mut proof_new = prove_with(new, budget, options);
    let can = [&proof_old, &proof_new].map(Proof::can_be_completed);
    for (it, version) in can.into_iter().zip(["old", "new"]) {
        // Of sheets that are complete in neither version nothing is said: there must be some.
        if it.is_none() || !can.contains(&Some(true)) {
            unproven.push(format!("complete:{version}"));
        }
    }
    let reached = |proof: &Proof<'_>, item: u32| match proof.can_be_completed() {
        Some(false) => Some(false),
        _ => proof.status(Goal::Item(item)).truth(),
    };
    for (item, base) in &mut bases {
        base.reached_old = reached(&proof_old, *item);
        base.reached_new = reached(&proof_new, pairing.new_of[item]);
    }
    // The same sheets are complete, and ask the same of what both versions have.
    let same = bases.values().all(|it| it.relation == Relation::Same)
        && no_longer_complete.is_none()
        && newly_complete.is_none()
        && !unproven.iter().any(|it| it.ends_with("_complete"));
    let mut proofs = [&mut proof_old, &mut proof_new];
    let routes = routes::compare(&mut seeker, &mut proofs, same, &mut unproven);
    let items = recoded::items(&pairing, bases);
    let conditions = recoded::conditions(old, new);
    let mut it = Impact {
        changes: false,
        items,
        conditions,
        refused,
        no_longer_complete,
        newly_complete,
        routes,
        unproven,
    };
    it.changes = it.changes_something();
    it
}

/// Of each item that both versions have, by its id: who is asked it, compared, and in what its answers are others.
///
/// The part of an [`impact`] that says whether figures of both can be added up; it costs less.
#[must_use]
pub fn series(
    old: &Engine,
    new: &Engine,
    budget: &Budget,
) -> BTreeMap<String, (Relation, Vec<Recoding>)> {
    let pairing = Pairing::of(old, new);
    let both = Both::of(&pairing, Options::default().max_points);
    let mut seeker = Seeker::new(both, budget);
    let bases = asked::bases(&pairing, &mut seeker, &mut Vec::new());
    let items = recoded::items(&pairing, bases).into_iter();
    items
        .filter_map(|it| Some((it.id, (it.base?.relation, it.recoded))))
        .collect()
}

impl Impact {
    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&ItemImpact> {
        self.items.iter().find(|it| it.id == id)
    }

    fn changes_something(&self) -> bool {
        let item = |it: &ItemImpact| {
            it.series != Series::Comparable || !it.choices.is_same() || !it.rows.is_same()
        };
        self.items.iter().any(item)
            || self.conditions.iter().any(|it| it.is_soft)
            || !self.refused.is_empty()
            || self.no_longer_complete.is_some()
            || self.newly_complete.is_some()
            // How many routes there are is no difference.
            || self.unproven.iter().any(|it| !matches!(it.as_str(), "routes:old" | "routes:new"))
    }
}
