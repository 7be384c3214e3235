//! The map of a questionnaire: its branches, where they are written, and the ways people take through them.

use std::collections::BTreeSet;
use std::sync::Arc;

use expr::Lang;
use proof::graph::{Branches, Reach};
use proof::map::Entry;
use proof::{Budget, Proof};
use questionnaire::document::edit::Node;
use questionnaire::instrument::ItemIx;

use super::Writing;
use super::looking::People;
use crate::Result;

/// A questionnaire without errors, as a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// Steps, and what leads to them.
    pub branches: Branches,
    /// For each step, the nodes whose filters it comes down to, outermost first.
    pub filters: Vec<Vec<Node>>,
    /// Every block, page and item, in order.
    pub entries: Vec<Entry>,
    /// Ways through it.
    pub trips: Vec<Trip>,
}

/// A way through a questionnaire: everything that somebody is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// Whose way.
    pub whose: Whose,
    /// What they are asked.
    pub asked: BTreeSet<ItemIx>,
}

/// Whose way it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A typical respondent's.
    Person(usize),
    /// Of somebody who gets to an item that not everybody is asked.
    Reaching(ItemIx),
}

impl Writing<'_> {
    /// The map of a text; `None` while it has errors. What was found of the last texts is remembered.
    ///
    /// # Errors
    /// [`ServiceError::Busy`](crate::ServiceError::Busy) if it was interrupted.
    pub async fn map(&self, source: &str, lang: Lang) -> Result<Arc<Option<Mapped>>> {
        self.remembered(|it| &it.maps, source, lang, map).await
    }
}

fn map(source: &str, lang: Lang) -> Option<Mapped> {
    let engine = questionnaire::check(source).engine?;
    let mut proof = proof::prove(&engine, &Budget::default());
    let bases = proof.bases();
    let branches = proof.branches(&bases, lang);
    let nodes = |step: &proof::graph::Step| -> Vec<Node> {
        let filters = step.filters.iter();
        let nodes = filters.filter_map(|it| proof::map::node_of(&engine.instrument, *it));
        nodes.collect()
    };
    let filters = branches.steps.iter().map(nodes).collect();
    let people = People::of(proof.cover());
    Some(Mapped {
        filters,
        entries: proof.map(lang),
        trips: trips(&proof, &branches, &people),
        branches,
    })
}

/// The ways of typical respondents, then one to each step that not everybody gets to.
fn trips(proof: &Proof<'_>, branches: &Branches, people: &People) -> Vec<Trip> {
    let mut trips: Vec<Trip> = people
        .sheets
        .iter()
        .enumerate()
        .map(|(nth, sheet)| Trip {
            whose: Whose::Person(nth),
            asked: proof.asked(sheet),
        })
        .collect();
    let first = |step: &proof::graph::Step| {
        let mut lines = step.lines.iter();
        lines.find(|it| it.reach == Reach::Some).map(|it| it.item)
    };
    trips.extend(branches.steps.iter().filter_map(first).filter_map(|item| {
        let (_, asked) = proof.way_to(item)?;
        Some(Trip {
            whose: Whose::Reaching(item),
            asked,
        })
    }));
    trips
}
