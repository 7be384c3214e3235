//! Prints random cases with what the native engine makes of them, a line each:
//! the case, a space, the result. `cargo xtask one-engine` hands the same cases to the module that
//! respondents download and compares what it answers.
//!
//! `cargo run -p testkit --example one_engine -- 100000`

use std::io::{BufWriter, Error, Write, stdout};

use questionnaire::{Case, replay};

/// Sheets for each questionnaire.
const SHEETS: usize = 10;

fn main() -> Result<(), Error> {
    let n = std::env::args()
        .nth(1)
        .and_then(|it| it.parse::<usize>().ok());
    let n = n.ok_or_else(|| Error::other("how many cases?"))?;
    let mut out = BufWriter::new(stdout().lock());
    for first in (0..n).step_by(SHEETS) {
        let cases = testkit::series(first as u64, SHEETS.min(n - first));
        let Some(instrument) = cases.first().map(|it| it.engine().instrument) else {
            continue;
        };
        for it in cases {
            let case = Case {
                instrument: instrument.clone(),
                sheet: it.sheet,
                changes: it.edits,
            };
            let case = case.to_text();
            writeln!(out, "{case} {}", replay(&case))?;
        }
    }
    out.flush()
}
