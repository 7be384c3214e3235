//! Conditions that are not part of a questionnaire: filters of tallies and exports.

use expr::{Diagnostic, Expected, Severity};

use super::scope::Names;
use crate::evaluation::Engine;
use crate::instrument::Condition;

/// Checks a condition against a compiled questionnaire, as seen from outside rosters or from the
/// units of one (`roster`, by position).
///
/// # Errors
/// What is wrong with it, positions being those of `source`.
///
/// ```
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// assert!(questionnaire::condition(&engine, "age >= 18", None).is_ok());
/// assert!(questionnaire::condition(&engine, "agee >= 18", None).is_err());
/// ```
pub fn condition(
    engine: &Engine,
    source: &str,
    roster: Option<u32>,
) -> Result<Condition, Vec<Diagnostic>> {
    let parsed = expr::parse(source);
    let Some(tree) = parsed.expr else {
        return Err(parsed.diagnostics);
    };
    let checked = expr::check(&tree, &Names::of(engine).at(roster), Expected::Condition);
    let mut found = parsed.diagnostics;
    found.extend(checked.diagnostics);
    match checked.program {
        // The parser goes on after an error: a tree is not yet a sound one.
        Some(program) if found.iter().all(|it| it.severity != Severity::Error) => Ok(Condition {
            source: expr::print(&tree),
            program,
        }),
        _ => Err(found),
    }
}
