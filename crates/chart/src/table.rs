//! The table that says the same as the drawing.

use serde::{Deserialize, Serialize};

use crate::text::escape;

/// A table with a caption, one or two header lines and row headers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataTable {
    /// Title and base.
    pub caption: String,
    /// Header lines, top first. The first cell of the first line heads the row headers.
    pub header: Vec<Vec<HeaderCell>>,
    /// Row header and cells, as the reader sees them.
    pub rows: Vec<(String, Vec<String>)>,
}

/// A cell of a header line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderCell {
    /// What it says.
    pub text: String,
    /// How many columns it stands over.
    pub columns: usize,
    /// How many header lines it fills.
    pub lines: usize,
}

impl HeaderCell {
    /// A cell over one column.
    #[must_use]
    pub fn one(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            columns: 1,
            lines: 1,
        }
    }
}

impl DataTable {
    /// The table as HTML that is well-formed XML too.
    #[must_use]
    pub fn html(&self) -> String {
        let mut out = String::with_capacity(1024);
        out.push_str("<table class=\"chart-table\"><caption>");
        escape(&mut out, &self.caption);
        out.push_str("</caption><thead>");
        for line in &self.header {
            out.push_str("<tr>");
            for cell in line {
                header_cell(&mut out, cell);
            }
            out.push_str("</tr>");
        }
        out.push_str("</thead><tbody>");
        for (label, cells) in &self.rows {
            out.push_str("<tr><th scope=\"row\">");
            escape(&mut out, label);
            out.push_str("</th>");
            for cell in cells {
                out.push_str("<td>");
                escape(&mut out, cell);
                out.push_str("</td>");
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        out
    }
}

fn header_cell(out: &mut String, cell: &HeaderCell) {
    out.push_str("<th scope=\"");
    out.push_str(if cell.columns > 1 { "colgroup" } else { "col" });
    out.push('"');
    if cell.columns > 1 {
        out.push_str(&format!(" colspan=\"{}\"", cell.columns));
    }
    if cell.lines > 1 {
        out.push_str(&format!(" rowspan=\"{}\"", cell.lines));
    }
    out.push('>');
    escape(out, &cell.text);
    out.push_str("</th>");
}
