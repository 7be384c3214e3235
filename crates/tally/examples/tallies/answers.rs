//! Answers to 50 questions that are the same each time: what tallies are measured on.
//!
//! A question in five asks for a number from 0 to 199, the others for one of ten choices of which the first are given more
//! often; one in twenty is left empty.

use questionnaire::Sheet;
use serde_json::{Value, json};

pub(crate) const QUESTIONS: usize = 50;
const CHOICES: usize = 10;
/// Different sheets. Of more responses each is one of these, at random.
const DIFFERENT: usize = 4_096;
const NUMBERS: usize = 200;

pub(crate) const fn is_number(question: usize) -> bool {
    question % 5 == 4
}

/// The questionnaire, as YAML.
pub(crate) fn questionnaire() -> String {
    let choices = (0..CHOICES).map(|it| format!("{{code: c{it}, label: C}}"));
    let choices = choices.collect::<Vec<String>>().join(", ");
    let item = |nth: usize| match is_number(nth) {
        true => format!("    - {{id: q{nth}, kind: quantity, label: Q}}\n"),
        false => {
            format!("    - {{id: q{nth}, kind: single, label: Q, choices: [{choices}]}}\n")
        }
    };
    let head = "id: bench\ntitle: B\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n";
    let items: String = (0..QUESTIONS).map(item).collect();
    format!("{head}{items}")
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// What one respondent gave: of each question a code's or a number, or nothing.
pub(crate) type Given = [Option<usize>; QUESTIONS];

/// The different responses.
pub(crate) fn different() -> Vec<Given> {
    let mut dice = Dice(1);
    let one = |_| {
        std::array::from_fn(|question| match dice.below(20) {
            0 => None,
            _ if is_number(question) => Some(dice.below(NUMBERS)),
            _ => Some(dice.below(CHOICES).min(dice.below(CHOICES))),
        })
    };
    (0..DIFFERENT).map(one).collect()
}

/// Which of the different responses each of any number is. Those of fewer are the first of those of more.
pub(crate) fn order(n: usize) -> impl Iterator<Item = usize> {
    let mut dice = Dice(2);
    (0..n).map(move |_| dice.below(DIFFERENT))
}

/// A response as an answer sheet.
pub(crate) fn sheet(given: &Given) -> Sheet {
    let answers = given.iter().enumerate().filter_map(|(question, answer)| {
        let answer: Value = match (*answer)? {
            it if is_number(question) => json!(it),
            it => json!(format!("c{it}")),
        };
        Some((format!("q{question}"), answer))
    });
    Sheet {
        answers: answers.collect(),
        ..Sheet::default()
    }
}
