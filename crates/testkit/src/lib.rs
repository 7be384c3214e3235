#![doc = include_str!("../README.md")]

mod condition;
mod edits;
mod enumerate;
mod large;
mod nodes;
mod respondent;
mod sheets;
mod small;
mod spec;
mod survey;
mod tape;
pub mod workbook;

use std::fmt;

use proptest::prelude::*;
use questionnaire::document::Questionnaire;
use questionnaire::session::Event;
use questionnaire::{Engine, Sheet};
use serde_json::Value;

pub use edits::{EVERY_NODE, edit, edits};
pub use enumerate::{
    Computed, Enumeration, Filter, Held, OnPath, Rule, enumerate, enumerate_everything, values,
};
pub use large::large;
pub use nodes::{Found, nodes};
pub use respondent::{Respondent, Walk};
pub use small::{Small, small, small_case, small_cases};
pub use tape::Tape;

use survey::{Size, Survey};

/// Items and pages that questionnaires have at most, members of rosters not counted.
const SIZE: Size = Size {
    items: 12,
    pages: 5,
};
/// Choices that proptest makes for one case.
const TAPE: usize = 1_500;

/// A random questionnaire with things that happen to it.
#[derive(Clone)]
pub struct Case {
    /// It compiles.
    pub questionnaire: Questionnaire,
    /// Answers of any kind: valid, invalid, off path, under unknown keys.
    pub sheet: Sheet,
    /// Answers that fit their items, on path or not.
    pub plausible: Sheet,
    /// What respondents post, forged fields included.
    pub events: Vec<Event>,
    /// Single changes: a slot key (or that of a « préciser » text) and its new value.
    pub edits: Vec<(String, Value)>,
}

impl fmt::Debug for Case {
    /// As files: what somebody needs who looks into a failing law.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = |it: &Sheet| serde_json::to_string(it).map_err(|_| fmt::Error);
        writeln!(
            f,
            "{}",
            questionnaire::document::to_yaml(&self.questionnaire)
        )?;
        writeln!(f, "sheet: {}", sheet(&self.sheet)?)?;
        writeln!(f, "plausible: {}", sheet(&self.plausible)?)?;
        for (key, value) in &self.edits {
            writeln!(f, "edit: {key} = {value}")?;
        }
        for event in &self.events {
            writeln!(f, "event: {event:?}")?;
        }
        Ok(())
    }
}

impl Case {
    /// The case that these choices make.
    #[must_use]
    pub fn draw(tape: &mut Tape) -> Self {
        Self::of(Survey::draw(tape, SIZE), tape)
    }

    fn of(survey: Survey, tape: &mut Tape) -> Self {
        let sheet = survey.sheet(tape);
        let plausible = survey.plausible(tape);
        let events = survey.events(tape);
        let edits = (0..tape.below(10)).map(|_| survey.posted(tape)).collect();
        Self {
            questionnaire: survey.questionnaire,
            sheet,
            plausible,
            events,
            edits,
        }
    }

    /// The engine of its questionnaire.
    ///
    /// # Panics
    /// If it does not compile: the generator promises that it does.
    #[must_use]
    pub fn engine(&self) -> Engine {
        compiled(&self.questionnaire)
    }
}

/// The engine of a questionnaire that is sound.
#[expect(
    clippy::panic,
    reason = "a mistake in a generator must stop the tests that use it"
)]
fn compiled(questionnaire: &Questionnaire) -> Engine {
    questionnaire::compile_document(questionnaire).unwrap_or_else(|mut found| {
        found.retain(|it| it.severity == expr::Severity::Error);
        let yaml = questionnaire::document::to_yaml(questionnaire);
        panic!("the generator wrote a questionnaire with errors: {found:#?}\n{yaml}")
    })
}

/// The questionnaire that a document is.
#[expect(
    clippy::panic,
    reason = "a mistake in a generator must stop the tests that use it"
)]
fn written(document: Value) -> Questionnaire {
    serde_json::from_value(document).unwrap_or_else(|error| {
        panic!("the generator wrote something that is no questionnaire: {error}")
    })
}

/// The case of a seed: the same one everywhere.
#[must_use]
pub fn case(seed: u64) -> Case {
    Case::draw(&mut Tape::of_seed(seed))
}

/// The questionnaire of a seed with so many different sheets, events and changes: compiling takes
/// longer than evaluating.
#[must_use]
pub fn series(seed: u64, n: usize) -> Vec<Case> {
    let mut tape = Tape::of_seed(seed);
    let survey = Survey::draw(&mut tape, SIZE);
    (0..n)
        .map(|_| Case::of(survey.clone(), &mut tape))
        .collect()
}

/// Random cases that become smaller when a law fails.
pub fn cases() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u32>(), TAPE).prop_map(|it| Case::draw(&mut Tape::of_list(it)))
}

/// A questionnaire with an item of every kind.
pub const EVERY_KIND: &str = r"
id: tout
title: Tout
blocks:
  - id: b
    pages:
      - id: p
        items:
          - {id: un, kind: single, label: Un, choices: [{code: a, label: A}, {code: autre, label: Autre, specify: {}}, {code: nsp, label: NSP, missing: dont_know}]}
          - {id: plusieurs, kind: multiple, label: P, choices: [{code: x, label: X}, {code: y, label: Y}, {code: z, label: Z}]}
          - {id: nombre, kind: quantity, label: N, decimals: 2}
          - {id: somme, kind: money, label: S}
          - {id: texte, kind: text, label: T}
          - {id: jour, kind: date, label: J}
          - {id: accord, kind: consent, label: C}
          - {id: rang, kind: rank, label: R, choices: [{code: p, label: P}, {code: q, label: Q}, {code: r, label: R}]}
          - {id: grille, kind: grid, label: G, rows: [{code: l1, label: L1}, {code: l2, label: L2}], choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
          - {id: coches, kind: grid, cells: multiple, label: G, rows: [{code: l1, label: L1}], choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
          - {id: par_choix, kind: roster, key: qui, over: plusieurs, label: R, items: [{id: etp, kind: quantity, decimals: 1, label: ETP}]}
          - {id: libres, kind: roster, label: L, units: {min: 0, max: 3, label: action}, items: [{id: nom, kind: text, label: Nom}, {id: ouverte, kind: consent, label: O}]}
";
