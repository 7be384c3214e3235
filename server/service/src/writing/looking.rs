//! What there is to say of a questionnaire while it is being written.

use super::{FigurePlan, Writing};
use crate::{Result, ServiceError};
use expr::Lang;
use proof::findings::Finding;
use proof::graph::Branches;
use proof::{Budget, Estimate, Routes};
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
        let looks = &self.0.inner.looks;
        if let Some(found) = looks.found.get(source, lang) {
            return Ok(found);
        }
        let text = source.to_owned();
        let looked = Arc::new(self.proving(move || look(&text, lang)).await?);
        looks.found.keep(source, lang, &looked);
        Ok(looked)
    }

    /// Answer sheets of typical respondents: together they go through everything that can be gone through
    /// (`proof::Proof::cover`). Nobody, while the text has errors.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn people(&self, source: &str) -> Result<Arc<Vec<Sheet>>> {
        let looks = &self.0.inner.looks;
        if let Some(found) = looks.people.get(source, Lang::Fr) {
            return Ok(found);
        }
        let text = source.to_owned();
        let people = Arc::new(self.proving(move || people(&text)).await?);
        looks.people.keep(source, Lang::Fr, &people);
        Ok(people)
    }

    /// The branches of a text, for drawing; `None` while it has errors.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn branches(&self, source: &str, lang: Lang) -> Result<Option<Branches>> {
        let source = source.to_owned();
        self.proving(move || {
            let engine = questionnaire::check(&source).engine?;
            let mut proof = proof::prove(&engine, &Budget::default());
            let bases = proof.bases();
            Some(proof.branches(&bases, lang))
        })
        .await
    }

    /// Does what takes a processor for a while: off the async threads, and one at a time for all.
    pub(super) async fn proving<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.0.inner.proving.acquire().await;
        let _turn = turn.map_err(|_| ServiceError::Busy)?;
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|_| ServiceError::Busy)
    }
}

fn people(source: &str) -> Vec<Sheet> {
    let Some(engine) = questionnaire::check(source).engine else {
        return Vec::new();
    };
    let mut proof = proof::prove(&engine, &Budget::default());
    let mut sheets = proof.cover().sheets;
    // Who fails a check is stopped there.
    sheets.retain(|it| !it.meta.is_meant_to_fail());
    sheets
}

/// What was found of the texts that were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    found: Last<Looked>,
    people: Last<Vec<Sheet>>,
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

    pub(super) fn get(&self, source: &str, lang: Lang) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = all.iter();
        let found = all.find(|(text, spoken, _)| text == source && *spoken == lang);
        found.map(|it| Arc::clone(&it.2))
    }

    pub(super) fn keep(&self, source: &str, lang: Lang, found: &Arc<T>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(Self::KEPT - 1);
        all.push_front((source.to_owned(), lang, Arc::clone(found)));
    }
}

fn look(source: &str, lang: Lang) -> Looked {
    let checked = questionnaire::check(source);
    let mut looked = Looked {
        diagnostics: checked.diagnostics,
        findings: Vec::new(),
        facts: None,
    };
    let (Some(engine), Some(document)) = (&checked.engine, &checked.questionnaire) else {
        return looked;
    };
    let mut proof = proof::prove(engine, &Budget::default());
    looked.findings = proof.findings(document, &checked.map);
    let language = match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    looked.facts = Some(Facts {
        n_items: engine.instrument.items.len(),
        routes: proof.routes(),
        duration: proof.duration(language),
        unproven: proof.unproven(),
    });
    looked
}
