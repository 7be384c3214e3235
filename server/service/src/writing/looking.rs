//! What there is to say of a questionnaire while it is being written.

use super::mapping::Mapped;
use super::{FigurePlan, Writing};
use crate::{Result, ServiceError};
use expr::Lang;
use proof::findings::Finding;
use proof::{Budget, Cover, Estimate, Routes};
use questionnaire::{Diagnostic, Sheet};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// What was found about a text.
#[derive(Debug, Clone)]
pub struct Looked {
    /// What the compiler says.
    pub diagnostics: Vec<Diagnostic>,
    /// What the proof says, of a questionnaire without errors.
    pub findings: Vec<Finding>,
    /// What is known of it then.
    pub facts: Option<Facts>,
}

/// What is known of a questionnaire without errors.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Its items.
    pub n_items: usize,
    /// Its routes, if they could be counted within the budget.
    pub routes: Option<Routes>,
    /// How long it takes to answer.
    pub duration: Option<Estimate>,
    /// What is neither proven nor refuted.
    pub unproven: Vec<String>,
}

impl Looked {
    /// Of a text with errors, of which nothing can be proven.
    const fn unsound(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            findings: Vec::new(),
            facts: None,
        }
    }

    /// Whether it may be published: nothing that was found is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let errors = self.diagnostics.iter().map(|it| it.severity);
        let mut errors = errors.chain(self.findings.iter().map(|it| it.severity));
        self.facts.is_some() && errors.all(|it| it != expr::Severity::Error)
    }
}

impl Writing<'_> {
    /// Compiles a text and proves what can be proven. What was found of the last texts is remembered.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn look(&self, source: &str, lang: Lang) -> Result<Arc<Looked>> {
        self.remembered(|it| &it.found, source, lang, look).await
    }

    /// What is found of a text without proving anything: all there is, if it has errors or was looked at
    /// lately. `None` where only [`Self::look`] can tell.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn known(&self, source: &str, lang: Lang) -> Result<Option<Arc<Looked>>> {
        if let Some(found) = self.0.inner.looks.found.get(source, lang) {
            return Ok(Some(found));
        }
        let text = source.to_owned();
        let checked = tokio::task::spawn_blocking(move || questionnaire::check(&text)).await;
        let checked = checked.map_err(|_| ServiceError::Busy)?;
        Ok(match checked.engine {
            Some(_) => None,
            None => Some(Arc::new(Looked::unsound(checked.diagnostics))),
        })
    }

    /// Answer sheets of typical respondents: together they go through everything that can be gone through
    /// (`proof::Proof::cover`). Nobody, while the text has errors.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn people(&self, source: &str) -> Result<Arc<People>> {
        // What they answer is the same in every language.
        let people = |text: &str, _| people(text);
        self.remembered(|it| &it.people, source, Lang::Fr, people)
            .await
    }

    /// Finds something of a text, unless that was done lately.
    pub(super) async fn remembered<T: Send + Sync + 'static>(
        &self,
        last: fn(&Looks) -> &Last<T>,
        source: &str,
        lang: Lang,
        find: fn(&str, Lang) -> T,
    ) -> Result<Arc<T>> {
        let last = last(&self.0.inner.looks);
        if let Some(found) = last.get(source, lang) {
            return Ok(found);
        }
        let text = source.to_owned();
        let found = Arc::new(self.proving(move || find(&text, lang)).await?);
        last.keep(source, lang, &found);
        Ok(found)
    }

    /// Does what takes a processor for a while: off the async threads, and one at a time for all.
    pub(crate) async fn proving<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.0.inner.proving.acquire().await;
        let _turn = turn.map_err(|_| ServiceError::Busy)?;
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|_| ServiceError::Busy)
    }
}

fn people(source: &str) -> People {
    let Some(engine) = questionnaire::check(source).engine else {
        return People::default();
    };
    let mut proof = proof::prove(&engine, &Budget::default());
    People::of(proof.cover())
}

/// Typical respondents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    /// What they answer. Who is meant to fail a check is not among them: they are stopped there.
    pub sheets: Vec<Sheet>,
    /// How much of everything that can be gone through the whole cohort goes through, those who fail among
    /// them: so many of so many. Nothing while the text has errors.
    pub coverage: Option<(usize, usize)>,
}

impl People {
    pub(super) fn of(cover: Cover) -> Self {
        let of = &cover.coverage;
        let parts = [
            &of.filters,
            &of.choices,
            &of.boundaries,
            &of.checks,
            &of.fills,
        ];
        let covered = parts.iter().map(|it| it.covered).sum();
        let total = parts.iter().map(|it| it.total).sum();
        let mut sheets = cover.sheets;
        sheets.retain(|it| !it.meta.is_meant_to_fail());
        Self {
            sheets,
            coverage: Some((covered, total)),
        }
    }
}

/// What was found of the texts that were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    found: Last<Looked>,
    people: Last<People>,
    pub(super) maps: Last<Option<Mapped>>,
    pub(super) plans: Last<Option<FigurePlan>>,
}

/// The last few findings, by text and language.
#[derive(Debug)]
pub(super) struct Last<T>(Mutex<VecDeque<(String, Lang, Arc<T>)>>);

impl<T> Default for Last<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Last<T> {
    /// Texts are compared whole: there are few, and no digest can be wrong.
    const KEPT: usize = 12;

    fn get(&self, source: &str, lang: Lang) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = all.iter();
        let found = all.find(|(text, spoken, _)| text == source && *spoken == lang);
        found.map(|it| Arc::clone(&it.2))
    }

    fn keep(&self, source: &str, lang: Lang, found: &Arc<T>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(Self::KEPT - 1);
        all.push_front((source.to_owned(), lang, Arc::clone(found)));
    }
}

fn look(source: &str, lang: Lang) -> Looked {
    let checked = questionnaire::check(source);
    let mut looked = Looked::unsound(checked.diagnostics);
    let (Some(engine), Some(document)) = (&checked.engine, &checked.questionnaire) else {
        return looked;
    };
    let mut proof = proof::prove(engine, &Budget::default());
    looked.findings = proof.findings(document, &checked.map);
    looked.facts = Some(Facts {
        n_items: engine.instrument.items.len(),
        routes: proof.routes(),
        duration: proof.duration(lang.code()),
        unproven: proof.unproven(),
    });
    looked
}
