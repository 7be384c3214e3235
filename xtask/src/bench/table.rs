//! A table that people read in a terminal and in a document.

/// Markdown with columns as wide as what is in them.
pub(super) fn table<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> String {
    let header = header.map(str::to_owned);
    let rows: Vec<Vec<String>> = rows.iter().map(|it| it.to_vec()).collect();
    of_rows(&header, &rows)
}

/// The same, of rows that have as many cells as the header has.
pub(super) fn of_rows(header: &[String], rows: &[Vec<String>]) -> String {
    let width = |at: usize| {
        let cells = rows.iter().map(|row| row[at].chars().count());
        let widest = cells.chain([header[at].chars().count(), 3]).max();
        widest.unwrap_or_default()
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("| {} |\n", padded.join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = line(header);
    text.push_str(&line(&rule));
    for row in rows {
        text.push_str(&line(row));
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
