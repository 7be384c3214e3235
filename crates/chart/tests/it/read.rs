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
    /// Where its whisker begins and ends.
    pub(crate) whisker: Option<[f64; 2]>,
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
        whisker: of(group, "chart-interval").first().map(|path| {
            let points = points(*path);
            // Up and down at one end, along, up and down at the other.
            [points[0][0], points[2][0]]
        }),
    }
}

/// Elements inside `node` that have this class, alone or with others.
pub(crate) fn of<'a, 'b>(node: Node<'a, 'b>, class: &str) -> Vec<Node<'a, 'b>> {
    node.descendants()
        .filter(|node| {
            node.attribute("class")
                .is_some_and(|it| it.split(' ').any(|it| it == class))
        })
        .collect()
}

/// The text of the title of a group.
pub(crate) fn title(group: Node<'_, '_>) -> String {
    let title = group
        .children()
        .find(|node| node.has_tag_name(name("title")));
    title.map(text).unwrap_or_default()
}

/// The points a path goes to, in order. A horizontal way keeps the height it has; upright ways
/// are left out.
pub(crate) fn points(path: Node<'_, '_>) -> Vec<[f64; 2]> {
    let way = path.attribute("d").unwrap_or_default();
    let mut points: Vec<[f64; 2]> = Vec::new();
    let mut rest = way;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..]
            .find(|c: char| c.is_ascii_alphabetic())
            .map_or(rest.len(), |at| at + 1);
        let numbers: Vec<f64> = rest[1..end]
            .split_whitespace()
            .map(|it| it.parse().expect("a number"))
            .collect();
        match (command, &numbers[..]) {
            ('M' | 'L', [x, y]) => points.push([*x, *y]),
            ('H', [x]) => points.push([*x, points.last().expect("a way")[1]]),
            _ => {}
        }
        rest = &rest[end..];
    }
    points
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

pub(crate) fn text(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|node| if node.is_text() { node.text() } else { None })
        .collect()
}
