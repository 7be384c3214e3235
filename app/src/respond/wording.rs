//! Failures in words, the same on the server and in the browser.
//!
//! The questionnaire's own checks bring their message; the engine's codes are worded here from
//! [`Phrases`], which the server fills in one language and hands to the island.

use expr::wire_struct;
use questionnaire::view::{CellView, Element, FailureView, PageView, QuestionView, Widget};

/// A phrase that the island writes too. Its place here is its place in [`KEYS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the text whose key has its name")]
pub enum Phrase {
    RequiredChoice,
    RequiredChoices,
    RequiredNumber,
    RequiredText,
    RequiredDate,
    RequiredOther,
    TypeNumber,
    TypeWhole,
    TypeDate,
    TypeRank,
    TypeOther,
    NumberBetween,
    NumberLeast,
    NumberMost,
    ChoicesBetween,
    ChoicesExact,
    ChoicesLeast,
    ChoicesMost,
    TextMost,
    DateBetween,
    DateLeast,
    DateMost,
    RangeOther,
    UnknownCode,
    Exclusive,
    ChoiceFilter,
    Other,
    ErrorPrefix,
    WarningPrefix,
    Progress,
    SavedAt,
    SaveFailed,
    TextLeft,
    TextOver,
    /// The first of the twelve months.
    January,
}

/// The keys of these phrases in the Fluent files, in the order of [`Phrase`].
pub const KEYS: [&str; 46] = [
    "failure-required-choice",
    "failure-required-choices",
    "failure-required-number",
    "failure-required-text",
    "failure-required-date",
    "failure-required-other",
    "failure-type-number",
    "failure-type-whole",
    "failure-type-date",
    "failure-type-rank",
    "failure-type-other",
    "failure-number-between",
    "failure-number-least",
    "failure-number-most",
    "failure-choices-between",
    "failure-choices-exact",
    "failure-choices-least",
    "failure-choices-most",
    "failure-text-most",
    "failure-date-between",
    "failure-date-least",
    "failure-date-most",
    "failure-range-other",
    "failure-unknown-code",
    "failure-exclusive",
    "failure-choice-filter",
    "failure-other",
    "error-prefix",
    "warning-prefix",
    "progress",
    "saved-at",
    "save-failed",
    "text-left",
    "text-over",
    "month-1",
    "month-2",
    "month-3",
    "month-4",
    "month-5",
    "month-6",
    "month-7",
    "month-8",
    "month-9",
    "month-10",
    "month-11",
    "month-12",
];

/// Phrases in one language, with `{min}`, `{max}`… where something goes: the server fills the
/// list from the Fluent files and hands it to the island, where names would only weigh.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases(Vec<String>);

wire_struct!(Phrases { 0 });

impl FromIterator<String> for Phrases {
    /// Phrases in the order of [`KEYS`].
    fn from_iter<I: IntoIterator<Item = String>>(phrases: I) -> Self {
        Self(phrases.into_iter().collect())
    }
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
    /// A phrase as it stands; empty where the list ends before it.
    #[must_use]
    pub fn get(&self, phrase: Phrase) -> &str {
        self.0.get(phrase as usize).map_or("", String::as_str)
    }

    /// The names of the months.
    #[must_use]
    pub fn months(&self) -> &[String] {
        self.0.get(Phrase::January as usize..).unwrap_or_default()
    }

    /// The words for a failure.
    #[must_use]
    pub fn words(&self, failure: &FailureView, asked: Asked) -> String {
        if !failure.message.is_empty() {
            return failure.message.clone();
        }
        match failure.code.as_str() {
            "required" => match asked {
                Asked::Choice => self.get(Phrase::RequiredChoice).to_owned(),
                Asked::Choices => self.get(Phrase::RequiredChoices).to_owned(),
                Asked::Number { .. } => self.get(Phrase::RequiredNumber).to_owned(),
                Asked::Text => self.get(Phrase::RequiredText).to_owned(),
                Asked::Date => self.get(Phrase::RequiredDate).to_owned(),
                Asked::Rank | Asked::Other => self.get(Phrase::RequiredOther).to_owned(),
            },
            "type" => match asked {
                Asked::Number { decimals: 0 } => self.get(Phrase::TypeWhole).to_owned(),
                Asked::Number { decimals } => self
                    .get(Phrase::TypeNumber)
                    .replace("{decimals}", &decimals.to_string()),
                Asked::Date => self.get(Phrase::TypeDate).to_owned(),
                Asked::Rank => self.get(Phrase::TypeRank).to_owned(),
                Asked::Choice | Asked::Choices => self.get(Phrase::UnknownCode).to_owned(),
                Asked::Text | Asked::Other => self.get(Phrase::TypeOther).to_owned(),
            },
            "range" => self.range(&failure.bounds, asked),
            "unknown_code" => self.get(Phrase::UnknownCode).to_owned(),
            "exclusive" => self.get(Phrase::Exclusive).to_owned(),
            "choice_filter" => self.get(Phrase::ChoiceFilter).to_owned(),
            _ => self.get(Phrase::Other).to_owned(),
        }
    }

    fn range(&self, bounds: &(Option<String>, Option<String>), asked: Asked) -> String {
        let (between, least, most) = match asked {
            Asked::Number { .. } => (
                self.get(Phrase::NumberBetween),
                self.get(Phrase::NumberLeast),
                self.get(Phrase::NumberMost),
            ),
            Asked::Choices | Asked::Rank => (
                self.get(Phrase::ChoicesBetween),
                self.get(Phrase::ChoicesLeast),
                self.get(Phrase::ChoicesMost),
            ),
            Asked::Text => (
                self.get(Phrase::TextMost),
                self.get(Phrase::RangeOther),
                self.get(Phrase::TextMost),
            ),
            Asked::Date => (
                self.get(Phrase::DateBetween),
                self.get(Phrase::DateLeast),
                self.get(Phrase::DateMost),
            ),
            Asked::Choice | Asked::Other => (
                self.get(Phrase::RangeOther),
                self.get(Phrase::RangeOther),
                self.get(Phrase::RangeOther),
            ),
        };
        let write = |it: &str| match asked {
            Asked::Date => self.date(it),
            _ => it.to_owned(),
        };
        match bounds {
            (Some(min), Some(max))
                if min == max && matches!(asked, Asked::Choices | Asked::Rank) =>
            {
                self.get(Phrase::ChoicesExact).replace("{max}", max)
            }
            (Some(min), Some(max)) => between
                .replace("{min}", &write(min))
                .replace("{max}", &write(max)),
            (Some(min), None) => least.replace("{min}", &write(min)),
            (None, Some(max)) => most.replace("{max}", &write(max)),
            (None, None) => self.get(Phrase::RangeOther).to_owned(),
        }
    }

    /// An ISO date in words (« 12 mars 2026 »); anything else as it is.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        date_in_words(iso, self.months()).unwrap_or_else(|| iso.to_owned())
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
