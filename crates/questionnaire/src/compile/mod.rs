//! From a questionnaire as written to an instrument: names resolved, conditions checked.
//!
//! Reading order: [`check`] → `lower` (shape and names) → `texts` → `conditions` (expressions) → `figures` → the
//! [`Layout`](crate::layout::Layout), which refuses circles. Everything goes on after an error, so
//! that one pass names them all.

mod conditions;
mod figures;
mod filter;
mod findings;
mod lower;
pub(crate) mod place;
mod scope;
mod texts;

use expr::Severity;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{self, Questionnaire, SourceMap};
use crate::evaluation::Engine;
use crate::layout::Unusable;

use findings::Findings;

pub use filter::condition;
pub(crate) use lower::{is_word as is_reserved, takes};

/// What checking a questionnaire file gave.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The document, if its form is right.
    pub questionnaire: Option<Questionnaire>,
    /// The engine, if nothing is an error.
    pub engine: Option<Engine>,
    /// What was found, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Where everything stands in the file.
    pub map: SourceMap,
}

impl Checked {
    /// Whether nothing found is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.diagnostics
            .iter()
            .all(|it| it.severity != Severity::Error)
    }
}

/// Reads and compiles a questionnaire file (YAML or JSON).
///
/// ```
/// let checked = questionnaire::check(r#"
/// id: essai
/// title: Essai
/// blocks:
///   - id: profil
///     pages:
///       - id: profil
///         items:
///           - {id: age, kind: quantity, label: "Votre âge ?", min: 0, max: 120}
///           - {id: metier, kind: text, label: "Votre métier ?", filter: age >= 18}
/// "#);
/// let engine = checked.engine.expect("a sound questionnaire");
/// let mut evaluation = engine.evaluation();
/// let metier = engine.layout.slot("metier").unwrap();
/// assert_eq!(evaluation.state(metier).code(), "not_asked");
/// evaluation.set_json("age", &30.into());
/// assert_eq!(evaluation.state(metier).code(), "no_answer");
/// ```
#[must_use]
pub fn check(source: &str) -> Checked {
    let read = document::read(source);
    let mut findings = Findings::new(&read.map, read.diagnostics);
    let engine = read
        .questionnaire
        .as_ref()
        .and_then(|it| compile(it, &mut findings));
    let diagnostics = findings.into_diagnostics();
    Checked {
        questionnaire: read.questionnaire,
        engine,
        diagnostics,
        map: read.map,
    }
}

/// Compiles a document that was not read from a file (a generated one).
///
/// # Errors
/// What was found, when something is an error; positions are those of its YAML form.
pub fn compile_document(questionnaire: &Questionnaire) -> Result<Engine, Vec<Diagnostic>> {
    let checked = check(&document::to_yaml(questionnaire));
    checked.engine.ok_or(checked.diagnostics)
}

fn compile(document: &Questionnaire, findings: &mut Findings<'_>) -> Option<Engine> {
    let mut lowered = lower::lower(document, findings)?;
    lowered.instrument.hash = content_hash(document);
    texts::check(document, &lowered.instrument.languages, findings);
    conditions::check(&mut lowered, findings);
    figures::check(document, &lowered.instrument, findings);
    if findings.has_errors() {
        return None;
    }
    let places = lowered.places;
    let problem = match Engine::new(lowered.instrument) {
        Ok(engine) => return Some(engine),
        Err(problem) => problem,
    };
    let (at, problem) = match problem {
        Unusable::Circle(ids) => {
            // Best shown where one of them has a condition that could be taken away.
            let paths: Vec<&String> = ids.iter().filter_map(|it| places.get(it)).collect();
            let filters = paths.iter().map(|it| format!("{it}/filter"));
            let at = filters.into_iter().find(|it| findings.map().contains(it));
            let at = at.or_else(|| paths.first().map(|it| (*it).clone()));
            let ids = ids.join(" → ");
            (at.unwrap_or_default(), Problem::Cycle { ids })
        }
        Unusable::TooLarge { what, limit } => {
            ("/blocks".to_owned(), Problem::TooMany { what, limit })
        }
        it @ Unusable::Broken { .. } => {
            let detail = it.to_string();
            (String::new(), Problem::Shape { detail })
        }
    };
    findings.error(&at, problem);
    None
}

/// SHA-256 of the document's JSON form: comments and layout of the file do not count.
fn content_hash(document: &Questionnaire) -> String {
    let json = serde_json::to_vec(document).unwrap_or_default();
    Sha256::digest(&json)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
