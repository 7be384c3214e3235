//! Small questionnaires that are hard to reason about: every answer sheet of one can be gone
//! through, and their conditions contradict each other, overlap, leave gaps and read what is not
//! asked.

mod condition;
mod document;
mod draw;
mod misleading;
mod number;
mod spec;

use std::fmt;

use proptest::prelude::*;
use questionnaire::Engine;
use questionnaire::document::Questionnaire;

use crate::tape::Tape;

/// Choices that proptest makes for one questionnaire.
const TAPE: usize = 600;
/// Most answer sheets of one questionnaire, counted as if every slot were on path.
pub(crate) const BUDGET: usize = 20_000;

/// A small questionnaire.
#[derive(Clone)]
pub struct Small {
    /// It compiles.
    pub questionnaire: Questionnaire,
}

impl fmt::Debug for Small {
    /// As a file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&questionnaire::document::to_yaml(&self.questionnaire))
    }
}

impl Small {
    /// The engine of its questionnaire.
    ///
    /// # Panics
    /// If it does not compile: the generator promises that it does.
    #[must_use]
    pub fn engine(&self) -> Engine {
        crate::compiled(&self.questionnaire)
    }
}

/// The small questionnaire that these choices make.
///
/// The product of the numbers of values of its slots is at most 20,000.
#[must_use]
pub fn small(tape: &mut Tape) -> Small {
    Small {
        questionnaire: crate::written(draw::Drawing::new(tape).document()),
    }
}

/// The small questionnaire of a seed: the same one everywhere.
#[must_use]
pub fn small_case(seed: u64) -> Small {
    small(&mut Tape::of_seed(seed))
}

/// Small questionnaires that become smaller when a law fails.
pub fn small_cases() -> impl Strategy<Value = Small> {
    prop::collection::vec(any::<u32>(), TAPE).prop_map(|it| small(&mut Tape::of_list(it)))
}
