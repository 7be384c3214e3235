//! How the page of results says how they are cut, and what the page shows on which a filter is put together.

use tally::{Combinations, Percent};

use crate::studio::team::field_screen::Wrong;
use crate::studio::writing::condition::screen::{ConditionShown, WrongShown};

/// How tables are cut.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutShown {
    /// The page itself, without what follows `?`.
    pub here: String,
    /// Where its filter is put together line by line, if it can be.
    pub compose: Option<String>,
    /// By what they are split.
    pub by: String,
    /// Of whom they are: a condition.
    pub only: String,
    /// What they count.
    pub unit: String,
    /// Whether percentages have intervals, and columns are compared.
    pub has_intervals: bool,
    /// Of whom the percentages of columns are.
    pub percent: Percent,
    /// The conditions of sets, one a line.
    pub sets: String,
    /// What they are called.
    pub set_names: Vec<String>,
    /// Who is in exactly which.
    pub combined: Option<Combinations>,
    /// Where combinations of answers are shown.
    pub combine: Vec<Combine>,
    /// Where one figure is shown large; its item follows.
    pub wall: String,
    /// What may make columns.
    pub breakdowns: Vec<BreakdownGroup>,
    /// Where numbers make columns by bounds of somebody's own: the question, and the bounds.
    pub bands: Option<(String, String)>,
    /// What may be counted: id and title; nothing where there are only respondents.
    pub units: Vec<(String, String)>,
    /// The condition in words.
    pub said: Option<String>,
    /// How many responses it keeps.
    pub n_kept: Option<u64>,
    /// Of how many.
    pub n_responses: u64,
    /// Versions of which nobody is counted, or none is in a column.
    pub left_out: Vec<i32>,
    /// Why they are not cut as asked.
    pub wrong: Option<CutWrong>,
}

/// How many responses came when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Whether each place is a week, by its Monday, and not a day.
    pub by_week: bool,
    /// Every day or week from the first to the last, as an ISO date, with its number.
    pub counts: Vec<(String, u64)>,
}

/// One figure, shown large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallShown {
    /// Its table.
    pub item: String,
    /// Which of all it is, from 1.
    pub nth: usize,
    /// How many there are.
    pub of: usize,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
    /// The dashboard, at this figure.
    pub back: String,
}

/// Where combinations of answers are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combine {
    /// The table that the link stands with.
    pub item: String,
    /// The questions whose answers are combined; none where they are those of that table alone.
    pub titles: Vec<String>,
    /// The address.
    pub href: String,
}

/// Questions of one block that may make columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownGroup {
    /// The block.
    pub title: String,
    /// The questions.
    pub choices: Vec<BreakdownChoice>,
}

/// A question that may make columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownChoice {
    /// What is asked for.
    pub value: String,
    /// The question.
    pub title: String,
    /// How: its words stand under `cut-how-` and this code; empty where there is nothing to say.
    pub how: &'static str,
}

/// Why tables are not cut as asked.
#[derive(Clone, Debug, PartialEq)]
pub struct CutWrong {
    /// The field: `by`, `where`, `unit`, `sets`.
    pub at: &'static str,
    /// Why, where it is about the whole field.
    pub message: Option<String>,
    /// Why, place by place.
    pub places: Vec<WrongShown>,
}

/// The page on which a filter of results is put together.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterScreen {
    /// The questionnaire's title.
    pub title: String,
    /// Where the title leads, for those who have a studio.
    pub home: Option<String>,
    /// The results as they are cut now.
    pub back: String,
    /// Where the form posts.
    pub action: String,
    /// What else the results are cut by.
    pub by: String,
    /// What they count.
    pub unit: String,
    /// With intervals of this level.
    pub level: String,
    /// Of whom the percentages of columns are.
    pub percent: String,
    /// The conditions of sets.
    pub sets: String,
    /// The filter.
    pub condition: ConditionShown,
    /// How many responses it keeps, of how many; nothing while it is wrong.
    pub kept: Option<(u64, u64)>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}
