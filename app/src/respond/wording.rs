//! Failures in words, the same on the server and in the browser.
//!
//! The questionnaire's own checks bring their message; the engine's codes are worded here from
//! [`Phrases`], which the server fills in one language and hands to the island.

use questionnaire::view::{CellView, Element, FailureView, PageView, QuestionView, Widget};
use serde::{Deserialize, Serialize};

/// The interface's phrases about wrong answers, with `{min}`, `{max}` where numbers go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the phrase it names; see `failure-*` in the Fluent files"
)]
pub struct Phrases {
    pub required_choice: String,
    pub required_choices: String,
    pub required_number: String,
    pub required_text: String,
    pub required_date: String,
    pub required_other: String,
    pub type_number: String,
    pub type_whole: String,
    pub type_date: String,
    pub type_rank: String,
    pub type_other: String,
    pub number_between: String,
    pub number_least: String,
    pub number_most: String,
    pub choices_between: String,
    pub choices_exact: String,
    pub choices_least: String,
    pub choices_most: String,
    pub text_most: String,
    pub date_between: String,
    pub date_least: String,
    pub date_most: String,
    pub range_other: String,
    pub unknown_code: String,
    pub exclusive: String,
    pub choice_filter: String,
    pub other: String,
    /// Names of the months, January first.
    pub months: Vec<String>,
}

/// What a question asks for, as far as wording goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One choice.
    Choice,
    /// Several choices.
    Choices,
    /// A number; 0 decimals mean a whole one.
    Number {
        /// Decimals allowed.
        decimals: u8,
    },
    /// A text.
    Text,
    /// A date.
    Date,
    /// An order.
    Rank,
    /// Anything else, or not known.
    Other,
}

impl Asked {
    /// What this widget asks for; a grid by its first row.
    #[must_use]
    pub fn of(widget: &Widget) -> Self {
        match widget {
            Widget::Single { .. }
            | Widget::Scale { .. }
            | Widget::Territory { .. }
            | Widget::Consent { .. } => Self::Choice,
            Widget::Multiple { .. } => Self::Choices,
            Widget::Quantity(it) => Self::Number {
                decimals: it.decimals,
            },
            Widget::Text { .. } => Self::Text,
            Widget::Date { .. } => Self::Date,
            Widget::Rank { .. } => Self::Rank,
            Widget::Grid { rows, .. } => rows
                .first()
                .map_or(Self::Other, |it| Self::of_cell(&it.cell)),
            Widget::Contact { .. } => Self::Other,
        }
    }

    /// What a grid's cell asks for.
    #[must_use]
    pub fn of_cell(cell: &CellView) -> Self {
        match cell {
            CellView::Single { .. } => Self::Choice,
            CellView::Multiple { .. } => Self::Choices,
            CellView::Quantity(it) => Self::Number {
                decimals: it.decimals,
            },
        }
    }

    /// What the slot with this key asks for on this page.
    #[must_use]
    pub fn of_slot(page: &PageView, key: &str) -> Self {
        fn find(elements: &[Element], key: &str) -> Option<Asked> {
            elements.iter().find_map(|element| match element {
                Element::Statement { .. } => None,
                Element::Question(question) => of_question(question, key),
                Element::Roster(roster) => roster
                    .units
                    .iter()
                    .find_map(|unit| find(&unit.elements, key)),
            })
        }
        fn of_question(question: &QuestionView, key: &str) -> Option<Asked> {
            if question.key == key {
                return Some(Asked::of(&question.widget));
            }
            if let Widget::Grid { rows, .. } = &question.widget {
                return rows
                    .iter()
                    .find(|it| it.key == key)
                    .map(|it| Asked::of_cell(&it.cell));
            }
            // What remains below a question's key is the text beside a choice.
            let below = key.strip_prefix(question.key.as_str())?;
            below.starts_with('.').then_some(Asked::Text)
        }
        find(&page.elements, key).unwrap_or(Self::Other)
    }
}

impl Phrases {
    /// The words for a failure.
    #[must_use]
    pub fn words(&self, failure: &FailureView, asked: Asked) -> String {
        if !failure.message.is_empty() {
            return failure.message.clone();
        }
        match failure.code.as_str() {
            "required" => match asked {
                Asked::Choice => self.required_choice.clone(),
                Asked::Choices => self.required_choices.clone(),
                Asked::Number { .. } => self.required_number.clone(),
                Asked::Text => self.required_text.clone(),
                Asked::Date => self.required_date.clone(),
                Asked::Rank | Asked::Other => self.required_other.clone(),
            },
            "type" => match asked {
                Asked::Number { decimals: 0 } => self.type_whole.clone(),
                Asked::Number { decimals } => self
                    .type_number
                    .replace("{decimals}", &decimals.to_string()),
                Asked::Date => self.type_date.clone(),
                Asked::Rank => self.type_rank.clone(),
                Asked::Choice | Asked::Choices => self.unknown_code.clone(),
                Asked::Text | Asked::Other => self.type_other.clone(),
            },
            "range" => self.range(&failure.bounds, asked),
            "unknown_code" => self.unknown_code.clone(),
            "exclusive" => self.exclusive.clone(),
            "choice_filter" => self.choice_filter.clone(),
            _ => self.other.clone(),
        }
    }

    fn range(&self, bounds: &(Option<String>, Option<String>), asked: Asked) -> String {
        let (between, least, most) = match asked {
            Asked::Number { .. } => (&self.number_between, &self.number_least, &self.number_most),
            Asked::Choices | Asked::Rank => (
                &self.choices_between,
                &self.choices_least,
                &self.choices_most,
            ),
            Asked::Text => (&self.text_most, &self.range_other, &self.text_most),
            Asked::Date => (&self.date_between, &self.date_least, &self.date_most),
            Asked::Choice | Asked::Other => {
                (&self.range_other, &self.range_other, &self.range_other)
            }
        };
        let write = |it: &str| match asked {
            Asked::Date => self.date(it),
            _ => it.to_owned(),
        };
        match bounds {
            (Some(min), Some(max))
                if min == max && matches!(asked, Asked::Choices | Asked::Rank) =>
            {
                self.choices_exact.replace("{max}", max)
            }
            (Some(min), Some(max)) => between
                .replace("{min}", &write(min))
                .replace("{max}", &write(max)),
            (Some(min), None) => least.replace("{min}", &write(min)),
            (None, Some(max)) => most.replace("{max}", &write(max)),
            (None, None) => self.range_other.clone(),
        }
    }

    /// An ISO date in words (« 12 mars 2026 »); anything else as it is.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        date_in_words(iso, &self.months).unwrap_or_else(|| iso.to_owned())
    }
}

/// An ISO date in words, given the names of the months; `None` for anything else.
#[must_use]
pub fn date_in_words(iso: &str, months: &[String]) -> Option<String> {
    let mut parts = iso.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day = day.get(..2)?.trim_start_matches('0');
    let mut words = String::with_capacity(20);
    for part in [day, " ", month, " ", year] {
        words.push_str(part);
    }
    Some(words)
}
