//! Reading drawings and tables back, with a parser that is not ours.

use roxmltree::{Document, Node};

/// A row of a bar chart as it is drawn.
#[derive(Debug)]
pub(crate) struct DrawnRow {
    /// Label and value, from the row's title.
    pub(crate) title: String,
    /// The value written at the bar.
    pub(crate) value: String,
    /// Where the bar begins and how far it reaches.
    pub(crate) start: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[track_caller]
pub(crate) fn parse(xml: &str) -> Document<'_> {
    Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

pub(crate) fn rows(svg: &Document<'_>) -> Vec<DrawnRow> {
    svg.descendants()
        .filter(|node| node.attribute("class") == Some("chart-row"))
        .map(row)
        .collect()
}

fn row(group: Node<'_, '_>) -> DrawnRow {
    let mark = group
        .children()
        .find(|node| node.has_tag_name(name("rect")))
        .expect("a mark");
    let value = group
        .children()
        .find(|node| node.attribute("class") == Some("chart-value"));
    let title = group
        .children()
        .find(|node| node.has_tag_name(name("title")))
        .expect("a title");
    DrawnRow {
        title: text(title),
        value: value.map(text).unwrap_or_default(),
        start: number(mark, "x"),
        width: number(mark, "width"),
        height: number(mark, "height"),
    }
}

/// Cells of a table's body, row headers first.
pub(crate) fn cells(table: &Document<'_>) -> Vec<Vec<String>> {
    let body = table
        .descendants()
        .find(|node| node.has_tag_name("tbody"))
        .expect("a body");
    body.children()
        .map(|line| line.children().map(text).collect())
        .collect()
}

pub(crate) fn number(node: Node<'_, '_>, attribute: &str) -> f64 {
    let text = node.attribute(attribute).unwrap_or_default();
    text.parse()
        .unwrap_or_else(|_| panic!("{attribute}={text:?} is not a number"))
}

pub(crate) fn name(local: &str) -> (&str, &str) {
    ("http://www.w3.org/2000/svg", local)
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|node| if node.is_text() { node.text() } else { None })
        .collect()
}
