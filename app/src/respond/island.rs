//! The island of a question page: hides, shows, checks and saves while one answers.
//!
//! The page works without it. It draws nothing of its own but an announcement for screen readers;
//! everything else it changes on the page that the server drew. It never decides where to go.

use leptos::prelude::*;
use questionnaire::{Meta, Sheet};
use serde_json::{Map, Value, json};

use super::wording::Phrases;

/// What the island starts from, in the attribute `data-begin` of the form.
///
/// Not as props: Leptos reads these through `serde`, whose code for structures and their errors
/// would be half of what a respondent downloads.
#[derive(Clone, Debug, PartialEq)]
pub struct Begin {
    /// Address of the compiled questionnaire.
    pub instrument: String,
    /// The answers so far.
    pub sheet: Sheet,
    /// The page's id.
    pub page: String,
    /// Language of the questionnaire's texts.
    pub language: String,
    /// The interface's words.
    pub phrases: Phrases,
}

impl Begin {
    /// The attribute's text. Whose draft it is stays out of it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Meta {
            reached, attempted, ..
        } = &self.sheet.meta;
        json!({
            "instrument": self.instrument,
            "answers": self.sheet.answers,
            "reached": reached,
            "attempted": attempted,
            "page": self.page,
            "language": self.language,
            "phrases": self.phrases.all(),
        })
        .to_string()
    }

    /// Reads what [`to_text`](Self::to_text) wrote; `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let Value::Object(mut all) = serde_json::from_str(text).ok()? else {
            return None;
        };
        let answers = match all.remove("answers")? {
            Value::Object(answers) => answers,
            _ => Map::new(),
        };
        Some(Self {
            sheet: Sheet {
                meta: Meta {
                    reached: text_of(all.remove("reached")),
                    attempted: texts_of(all.remove("attempted")),
                    ..Meta::default()
                },
                answers,
            },
            instrument: text_of(all.remove("instrument"))?,
            page: text_of(all.remove("page"))?,
            language: text_of(all.remove("language"))?,
            phrases: texts_of(all.remove("phrases")).into_iter().collect(),
        })
    }
}

fn text_of(value: Option<Value>) -> Option<String> {
    match value {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn texts_of(value: Option<Value>) -> Vec<String> {
    let Some(Value::Array(texts)) = value else {
        return Vec::new();
    };
    texts
        .into_iter()
        .filter_map(|it| text_of(Some(it)))
        .collect()
}

/// Makes a question page lively.
#[island]
pub fn LivePage() -> impl IntoView {
    #[cfg(feature = "respond")]
    super::live::begin();
    view! { <p class="unseen" role="status" id="announcement"></p> }
}
