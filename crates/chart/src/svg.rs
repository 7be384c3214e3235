//! Writing elements: every attribute and every text passes through one escape.

use crate::chart::{Chart, Layout};
use crate::text;

/// Stands between a percentage and a count.
pub(crate) const SEPARATOR: &str = " · ";

/// Class of a dot that is only a ring.
pub(crate) const HOLLOW: &str = "chart-out";

/// A document under construction. Elements close in the order they were opened.
pub(crate) struct Svg {
    out: String,
    open: Vec<&'static str>,
}

/// An attribute value.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// A length or a coordinate, written with at most two decimals.
    Number(f64),
    /// Text, escaped.
    Text(&'a str),
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl Svg {
    /// Nothing yet.
    pub(crate) fn empty_document() -> Self {
        Self {
            out: String::with_capacity(2048),
            open: Vec::new(),
        }
    }

    /// Starts a drawing with its accessible name, its description and the hatching pattern.
    pub(crate) fn new(
        chart: &Chart,
        layout: Layout,
        kind: &str,
        height: f64,
        description: &str,
    ) -> Self {
        let id = format!("{}-{}", text::slug(&chart.id), layout.name());
        let view_box = format!("0 0 {} {}", coordinate(layout.width()), coordinate(height));
        let mut svg = Self::empty_document();
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg".into()),
                (
                    "class",
                    format!("chart chart-{} chart-{kind}", layout.name())
                        .as_str()
                        .into(),
                ),
                ("viewBox", view_box.as_str().into()),
                ("role", "img".into()),
                ("lang", chart.language.tag().into()),
                ("aria-labelledby", format!("{id}-title").as_str().into()),
                ("aria-describedby", format!("{id}-desc").as_str().into()),
            ],
        );
        svg.leaf(
            "title",
            &[("id", format!("{id}-title").as_str().into())],
            &chart.title,
        );
        svg.leaf(
            "desc",
            &[("id", format!("{id}-desc").as_str().into())],
            description,
        );
        svg
    }

    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, Value<'_>)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, Value<'_>)], content: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        text::escape(&mut self.out, content);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// One line of text. `currentColor` is what stands without the stylesheet.
    pub(crate) fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, content: &str) {
        self.leaf(
            "text",
            &[
                ("class", class.into()),
                ("x", x.into()),
                ("y", y.into()),
                ("text-anchor", anchor.name().into()),
                ("font-size", text::SIZE.into()),
                ("fill", "currentColor".into()),
            ],
            content,
        );
    }

    /// A value at a mark: the part before the first ` · ` is the one to read first.
    pub(crate) fn value(&mut self, x: f64, y: f64, content: &str) {
        let (first, rest) = match content.split_once(SEPARATOR) {
            Some((first, _)) => content.split_at(first.len()),
            None => (content, ""),
        };
        self.open(
            "text",
            &[
                ("class", "chart-value".into()),
                ("x", x.into()),
                ("y", y.into()),
                ("font-size", text::SIZE.into()),
                ("fill", "currentColor".into()),
            ],
        );
        text::escape(&mut self.out, first);
        if !rest.is_empty() {
            self.leaf("tspan", &[("class", "chart-count".into())], rest);
        }
        self.close();
    }

    /// A mark whose area means something, hatched or plain.
    pub(crate) fn mark(&mut self, class: &str, fill: &str, [x, y, width, height]: [f64; 4]) {
        self.empty(
            "rect",
            &[
                ("class", class.into()),
                ("x", x.into()),
                ("y", y.into()),
                ("width", width.into()),
                ("height", height.into()),
                ("fill", fill.into()),
            ],
        );
    }

    /// A straight line that frames the marks.
    pub(crate) fn rule(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
        self.empty(
            "line",
            &[
                ("class", class.into()),
                ("x1", x1.into()),
                ("y1", y1.into()),
                ("x2", x2.into()),
                ("y2", y2.into()),
                ("stroke", "currentColor".into()),
            ],
        );
    }

    /// A line that is not straight.
    pub(crate) fn stroke(&mut self, class: &str, path: &str) {
        self.empty(
            "path",
            &[
                ("class", class.into()),
                ("d", path.into()),
                ("fill", "none".into()),
                ("stroke", "currentColor".into()),
            ],
        );
    }

    /// A circle, as the path of two arcs. Its class says whether it is full.
    pub(crate) fn dot(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let [x, y, r, across] = [x - radius, y, radius, 2.0 * radius].map(coordinate);
        let path = format!("M{x} {y}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0z");
        let fill = if class == HOLLOW {
            "none"
        } else {
            "currentColor"
        };
        self.empty(
            "path",
            &[
                ("class", class.into()),
                ("d", path.as_str().into()),
                ("fill", fill.into()),
                ("stroke", "currentColor".into()),
            ],
        );
    }

    /// A filled shape.
    pub(crate) fn shape(&mut self, class: &str, path: &str) {
        self.empty(
            "path",
            &[
                ("class", class.into()),
                ("d", path.into()),
                ("fill", "currentColor".into()),
            ],
        );
    }

    /// Defines the hatching for small bases; returns what to fill a mark with.
    pub(crate) fn hatching(&mut self, chart: &Chart, layout: Layout) -> String {
        let id = format!("{}-{}-hatch", text::slug(&chart.id), layout.name());
        self.open("defs", &[]);
        self.open(
            "pattern",
            &[
                ("id", id.as_str().into()),
                ("class", "chart-hatch".into()),
                ("width", 6.0.into()),
                ("height", 6.0.into()),
                ("patternUnits", "userSpaceOnUse".into()),
                ("patternTransform", "rotate(45)".into()),
            ],
        );
        self.empty(
            "rect",
            &[
                ("width", 3.0.into()),
                ("height", 6.0.into()),
                ("fill", "currentColor".into()),
            ],
        );
        self.close();
        self.close();
        format!("url(#{id})")
    }

    /// Closes what is open and hands the document over.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            match value {
                Value::Number(number) => self.out.push_str(&coordinate(*number)),
                Value::Text(content) => text::escape(&mut self.out, content),
            }
            self.out.push('"');
        }
    }
}

/// Where a text stands with respect to its `x`.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A coordinate with at most two decimals. What is not a number stands at 0.
pub(crate) fn coordinate(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}
