//! A table that people read in a terminal and in a document.

/// Markdown with columns as wide as what is in them.
pub(super) fn table<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|at| {
        let cells = rows.iter().map(|row| row[at].chars().count());
        cells
            .chain([header[at].chars().count(), 3])
            .max()
            .unwrap_or_default()
    });
    let line = |cells: [&str; N]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("| {} |\n", padded.join(" | "))
    };
    let rule = widths.map(|width| "-".repeat(width));
    let mut text = line(*header);
    text.push_str(&line(std::array::from_fn(|at| rule[at].as_str())));
    for row in rows {
        text.push_str(&line(std::array::from_fn(|at| row[at].as_str())));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let rows = [["é".to_owned(), "long".to_owned()]];
        assert_eq!(
            table(&["a", "b"], &rows),
            "| a   | b    |\n| --- | ---- |\n| é   | long |\n"
        );
    }
}
