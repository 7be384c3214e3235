//! The figures that are wanted of a questionnaire, and what is missing for them.

use super::Writing;
use crate::Result;
use expr::Lang;
use proof::plan::Gap;
use proof::{Bases, Budget, Sentences};
use std::sync::Arc;

/// What is known of the figures that are wanted of a questionnaire without errors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigurePlan {
    /// In the order in which they are wanted.
    pub figures: Vec<FigureFacts>,
    /// Questions that no figure is of.
    pub unused: Vec<UnusedQuestion>,
}

/// What is known of a figure that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureFacts {
    /// Its id.
    pub id: String,
    /// Why nobody's answers can feed it.
    pub gap: Option<Gap>,
    /// Who is counted, in words.
    pub universe: Option<String>,
    /// Who is in its columns, where that is not everybody who is counted.
    pub columns: Option<String>,
    /// Codes of columns that stay empty whatever people answer.
    pub empty: Vec<String>,
}

/// A question that no figure is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedQuestion {
    /// Its id.
    pub id: String,
    /// Whether its answers decide something else.
    pub is_read: bool,
}

impl Writing<'_> {
    /// What is missing for the figures that are wanted of a text; `None` while it has errors. What was found of
    /// the last texts is remembered.
    ///
    /// # Errors
    /// [`ServiceError::Busy`](crate::ServiceError::Busy) if it was interrupted.
    pub async fn plan(&self, source: &str, lang: Lang) -> Result<Arc<Option<FigurePlan>>> {
        self.remembered(|it| &it.plans, source, lang, plan).await
    }
}

fn plan(source: &str, lang: Lang) -> Option<FigurePlan> {
    let checked = questionnaire::check(source);
    let (engine, document) = (checked.engine?, checked.questionnaire?);
    let mut proof = proof::prove(&engine, &Budget::default());
    let bases = proof.bases();
    let found = proof.plan(&document.figures, &bases);
    let sentences = Sentences::new(&engine, lang);
    let universe = |bases: &Bases, at: Option<usize>| {
        let base = at.and_then(|it| bases.list.get(it));
        base.map(|it| it.universe(&sentences))
    };
    let figures = found.figures.into_iter().map(|it| FigureFacts {
        universe: universe(&bases, it.base),
        columns: universe(&bases, it.columns),
        id: it.id,
        gap: it.gap,
        empty: it.empty,
    });
    let items = &engine.instrument.items;
    let unused = found.unused.into_iter().filter_map(|it| {
        Some(UnusedQuestion {
            id: items.get(it.item as usize)?.id.clone(),
            is_read: it.is_read,
        })
    });
    Some(FigurePlan {
        figures: figures.collect(),
        unused: unused.collect(),
    })
}
