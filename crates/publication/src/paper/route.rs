//! Filters in words: for whom something is, and where everybody else goes on.

use questionnaire::instrument::{Condition, ItemIx};

use super::words::Words;

/// A filter on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The words around it.
    pub words: Words,
    /// For whom it is, as the author says it.
    pub who: Option<String>,
    /// The condition in words.
    pub condition: String,
    /// The condition as it is written, for committees.
    pub source: Option<String>,
    /// What is asked where it holds.
    pub then: Next,
    /// Where everybody else goes on.
    pub otherwise: Next,
}

/// Where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// From one question to another, or one alone.
    Questions {
        /// The first.
        first: String,
        /// The last.
        last: String,
    },
    /// What follows has no number.
    Below,
    /// The next unit of the roster.
    Unit,
    /// The end.
    End,
}

impl Next {
    /// In words.
    #[must_use]
    pub fn to_text(&self, words: Words) -> String {
        match self {
            Self::Questions { first, last } => words.questions(first, last),
            Self::Below => words.this_text().to_owned(),
            Self::Unit => words.next_unit().to_owned(),
            Self::End => words.the_end().to_owned(),
        }
    }

    /// The number of the first question, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Questions { first, .. } => Some(first),
            Self::Below | Self::Unit | Self::End => None,
        }
    }
}

impl Route {
    /// Before the condition: « Si ».
    #[must_use]
    pub const fn when(&self) -> &'static str {
        self.words.when()
    }

    /// In one line.
    #[must_use]
    pub fn to_text(&self) -> String {
        let [then, otherwise] = [&self.then, &self.otherwise].map(|it| it.to_text(self.words));
        let (when, or) = (self.when(), self.words.otherwise());
        format!("{when} {} → {then}. {or} → {otherwise}.", self.condition)
    }
}

/// What a filter stands above: the numbered items under it, and those after it at the same level.
pub(super) struct Scope<'a> {
    /// All numbered items at its level, in order.
    pub(super) order: &'a [ItemIx],
    /// Those under it.
    pub(super) under: Vec<ItemIx>,
    /// The last item under it, numbered or not.
    pub(super) last: ItemIx,
    /// Where it goes on when nothing comes after.
    pub(super) end: Next,
}

impl super::lay::Lay<'_> {
    pub(super) fn route(
        &self,
        filter: Option<&Condition>,
        roster: Option<u32>,
        scope: Scope<'_>,
    ) -> Option<Route> {
        let filter = filter?;
        let number = |it: &ItemIx| self.number(*it).to_owned();
        let then = match (scope.under.first(), scope.under.last()) {
            (Some(first), Some(last)) => Next::Questions {
                first: number(first),
                last: number(last),
            },
            _ => Next::Below,
        };
        let after = scope.order.iter().find(|it| **it > scope.last);
        let otherwise = after.map_or(scope.end, |it| Next::Questions {
            first: number(it),
            last: number(it),
        });
        Some(Route {
            words: self.words,
            who: None,
            condition: self.sentences().of(&filter.source, roster),
            source: self.annotated.then(|| filter.source.clone()),
            then,
            otherwise,
        })
    }
}

/// What all of some places say, taken away from each: it is said once, above them.
pub(super) fn lifted(places: &mut [&mut Option<String>]) -> Option<String> {
    let first = (**places.first()?).clone()?;
    if places.iter().any(|it| (**it).as_ref() != Some(&first)) {
        return None;
    }
    for it in places {
        it.take();
    }
    Some(first)
}
