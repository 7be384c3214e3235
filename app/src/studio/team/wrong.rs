//! What is wrong with a form: said before it, and once more at the field.

use leptos::prelude::*;

use super::screen::ErrorCode;
use crate::i18n::Texts;

/// What is wrong, and the id of the field that it is about, if it is about one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its words stand under `team-error-` and this code.
    pub code: ErrorCode,
    /// The field.
    pub at: Option<String>,
}

impl From<ErrorCode> for Wrong {
    fn from(code: ErrorCode) -> Self {
        Self { code, at: None }
    }
}

impl Wrong {
    pub(in crate::studio) fn words(&self, texts: &Texts) -> String {
        texts.get(&format!("team-error-{}", self.code))
    }
}

/// Fields of a form of which one may be wrong.
pub(in crate::studio) struct Fields<'a> {
    /// The texts.
    pub(in crate::studio) texts: &'a Texts,
    /// What is wrong.
    pub(in crate::studio) wrong: Option<&'a Wrong>,
}

impl Fields<'_> {
    fn here(&self, id: &str) -> Option<&Wrong> {
        self.wrong.filter(|it| it.at.as_deref() == Some(id))
    }

    /// `aria-invalid` of a field.
    pub(in crate::studio) fn invalid(&self, id: &str) -> Option<&'static str> {
        self.here(id).map(|_| "true")
    }

    /// `aria-describedby` of a field: its hint, and what is wrong with it.
    pub(in crate::studio) fn described(&self, id: &str, hint: Option<&str>) -> Option<String> {
        let error = self.here(id).map(|_| format!("{id}-error"));
        let ids: Vec<String> = hint.map(str::to_owned).into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// What is wrong with a field, in the words of the summary.
    pub(in crate::studio) fn error(&self, id: &str) -> Option<AnyView> {
        let words = self.here(id)?.words(self.texts);
        Some(view! { <p class="error" id=format!("{id}-error")>{words}</p> }.into_any())
    }
}
