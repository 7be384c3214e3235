//! What there is to say of a questionnaire while it is being written.

use super::Writing;
use crate::{Result, ServiceError};
use expr::Lang;
use proof::findings::Finding;
use proof::graph::Branches;
use proof::{Budget, Estimate, Routes};
use questionnaire::Diagnostic;

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
    /// Compiles a text and proves what can be proven.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn look(&self, source: &str, lang: Lang) -> Result<Looked> {
        let source = source.to_owned();
        self.proving(move || look(&source, lang)).await
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
