//! The responses as other programs read them.

use std::io::{self, Write};

use crate::answers::{Given, QUESTIONS, is_number, order};

/// Writes them, a line each; what was not given is empty.
pub(crate) fn write(different: &[Given], n: usize, to: &mut impl Write) -> io::Result<()> {
    let names: Vec<String> = (0..QUESTIONS).map(|it| format!("q{it}")).collect();
    writeln!(to, "{}", names.join(","))?;
    let line = |given: &Given| {
        let cells = given.iter().enumerate().map(|(question, it)| match it {
            None => String::new(),
            Some(it) if is_number(question) => it.to_string(),
            Some(it) => format!("c{it}"),
        });
        cells.collect::<Vec<String>>().join(",")
    };
    let lines: Vec<String> = different.iter().map(line).collect();
    for it in order(n) {
        writeln!(to, "{}", lines[it])?;
    }
    to.flush()
}
