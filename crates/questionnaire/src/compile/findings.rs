//! What is found while compiling, up to a bound: a file with thousands of errors is not read to the
//! end, and costs no more than one with fifty.

use expr::Severity;

use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{self, SourceMap};

/// Most errors, and most warnings, of one file.
const MAX_FOUND: usize = 50;

/// Diagnostics with their places in the file.
pub(super) struct Findings<'m> {
    map: &'m SourceMap,
    found: Vec<Diagnostic>,
    n_errors: usize,
    n_warnings: usize,
}

impl<'m> Findings<'m> {
    pub(super) fn new(map: &'m SourceMap, found: Vec<Diagnostic>) -> Self {
        let mut it = Self {
            map,
            found: Vec::new(),
            n_errors: 0,
            n_warnings: 0,
        };
        for diagnostic in found {
            it.push(diagnostic);
        }
        it
    }

    /// The diagnostics, in the order of the file.
    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|it| it.position);
        self.found
    }

    pub(super) fn map(&self) -> &'m SourceMap {
        self.map
    }

    pub(super) fn has_errors(&self) -> bool {
        self.n_errors > 0
    }

    /// Whether further errors would not be told: there is no use in looking for them.
    pub(super) fn is_full(&self) -> bool {
        self.n_errors >= MAX_FOUND
    }

    pub(super) fn push(&mut self, it: Diagnostic) {
        let n = match it.severity {
            Severity::Error => &mut self.n_errors,
            _ => &mut self.n_warnings,
        };
        *n += 1;
        if *n <= MAX_FOUND {
            self.found.push(it);
        }
    }

    /// An error in the value at this path.
    pub(super) fn error(&mut self, path: &str, problem: Problem) {
        if !self.is_full() {
            self.push(Diagnostic::error(self.map.value(path), problem));
        }
    }

    /// An error in the key at this path: the value is not the matter.
    pub(super) fn error_at_key(&mut self, path: &str, problem: Problem) {
        if !self.is_full() {
            self.push(Diagnostic::error(self.map.key(path), problem));
        }
    }

    /// An error in a word that should be one of these.
    pub(super) fn error_in_word<'w>(
        &mut self,
        path: &str,
        problem: Problem,
        given: &str,
        words: impl IntoIterator<Item = &'w str>,
    ) {
        if !self.is_full() {
            let mut it = Diagnostic::error(self.map.value(path), problem);
            it.suggestion = document::closest(given, words).map(str::to_owned);
            self.push(it);
        }
    }

    pub(super) fn warning(&mut self, path: &str, problem: Problem) {
        if self.n_warnings < MAX_FOUND {
            self.push(Diagnostic::warning(self.map.value(path), problem));
        }
    }
}
