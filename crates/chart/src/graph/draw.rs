//! The drawing.

use super::card::{BASE, INDENT, LINE, MIDDLE, PAD, Piece, Row, TEXT};
use super::columns::FRAME;
use super::facts::line_text;
use super::frame::{HEADING_LINE, heading, open};
use super::guide::{Guide, Led, link_name};
use super::key::Key;
use super::layout::Scene;
use super::paint::{arrow, border, class, dashes, disc, filled, mark, piece, rect, stroke, way};
use super::route::{Bundle, Point};
use super::{EdgeKind, Graph, Line, Tone};
use crate::svg::Svg;
use crate::words;

/// White around everything.
const MARGIN: f64 = 12.0;
/// A drawing that stands alone fills a screen; a small one is not blown up.
const CANVAS: (f64, f64) = (1200.0, 675.0);
/// A bundle has one of this many colours.
const COLOURS: usize = 6;
/// Where the line of the sequence runs in a column.
const SPINE: f64 = 5.0;

pub(super) fn page(graph: &Graph) -> String {
    draw(graph, false, Led::default())
}

pub(super) fn guided(graph: &Graph, guide: &Guide) -> String {
    draw(graph, false, Led(Some(guide)))
}

pub(super) fn file(graph: &Graph) -> String {
    draw(graph, true, Led::default())
}

fn draw(graph: &Graph, alone: bool, led: Led<'_>) -> String {
    let around = 2.0 * MARGIN + 2.0 * LINE + if alone { 2.0 * HEADING_LINE } else { 0.0 };
    let scene = Scene::new(graph, around);
    let mut inner = scene.width().max(300.0);
    if alone {
        inner = inner.max(CANVAS.0 - 2.0 * MARGIN);
    }
    let (heading, heading_height) = if alone {
        heading(graph, inner)
    } else {
        (Vec::new(), 0.0)
    };
    let key = Key::new(graph, inner);
    let top = MARGIN + heading_height;
    let key_top = top + scene.height() + 10.0;
    let mut size = (inner + 2.0 * MARGIN, key_top + key.height + MARGIN);
    if alone {
        size.1 = size.1.max(CANVAS.1);
    }

    let mut svg = open(graph, size, alone, led.role());
    for line in &heading {
        piece(&mut svg, (MARGIN, MARGIN), line);
    }
    let mut painter = Painter {
        graph,
        led,
        scene: &scene,
        svg,
        origin: (MARGIN, top + scene.routes.above),
        starts: Vec::new(),
    };
    painter.frames();
    painter.spines();
    painter.titles();
    painter.bundles();
    for node in 0..graph.nodes.len() {
        painter.node(node);
    }
    painter.starts();
    let mut svg = painter.svg;
    key.draw(&mut svg, (MARGIN, key_top));
    svg.finish()
}

struct Painter<'a> {
    graph: &'a Graph,
    led: Led<'a>,
    scene: &'a Scene,
    svg: Svg,
    /// Top left corner of the first column.
    origin: Point,
    /// Colour and place of what is drawn over the borders of nodes.
    starts: Vec<(usize, Point)>,
}

impl Painter<'_> {
    fn at(&self, (x, y): Point) -> Point {
        (self.origin.0 + x, self.origin.1 + y)
    }

    fn frames(&mut self) {
        for (column, runs) in self.scene.plan.columns.iter().enumerate() {
            let Some(x) = self.scene.routes.x.get(column) else {
                continue;
            };
            for run in runs {
                let Some(group) = run.group else { continue };
                let (left, top) = self.at((x - FRAME, run.top));
                self.svg.open("g", &[("class", "graph-group".into())]);
                self.svg.leaf("title", &[], self.graph.group_title(group));
                let width = self.scene.plan.width + 2.0 * FRAME;
                let attributes = [
                    ("rx", 8.0.into()),
                    ("fill", "none".into()),
                    ("stroke", "currentColor".into()),
                ];
                rect(
                    &mut self.svg,
                    "graph-frame",
                    [left, top, width, run.height],
                    &attributes,
                );
                self.svg.close();
            }
        }
    }

    /// Titles of groups, over the lines that pass from one group to the next.
    fn titles(&mut self) {
        for (column, runs) in self.scene.plan.columns.iter().enumerate() {
            let Some(x) = self.scene.routes.x.get(column) else {
                continue;
            };
            for run in runs {
                let corner = self.at((x + PAD, run.top + FRAME - 2.0));
                for (at, text) in run.title.iter().enumerate() {
                    let line = Piece {
                        class: "graph-group-title",
                        x: 0.0,
                        y: at as f64 * LINE + BASE,
                        size: TEXT,
                        text: text.clone(),
                    };
                    piece(&mut self.svg, corner, &line);
                }
            }
        }
    }

    /// Bundle by bundle: a light edge under each keeps crossings apart from branchings.
    fn bundles(&mut self) {
        let mut colour = 0;
        let scene = self.scene;
        let (sequences, conditions): (Vec<&Bundle>, Vec<&Bundle>) = scene
            .routes
            .bundles
            .iter()
            .partition(|bundle| bundle.kind == EdgeKind::Sequence);
        for bundle in sequences.into_iter().chain(conditions) {
            let class = match bundle.kind {
                EdgeKind::Sequence => "graph-bundle graph-sequence".to_owned(),
                EdgeKind::Condition => {
                    colour = colour % COLOURS + 1;
                    format!("graph-bundle graph-condition-edge graph-colour-{colour}")
                }
            };
            let ways: Vec<(usize, Vec<Point>)> = bundle
                .ways
                .iter()
                .map(|(edge, way)| (*edge, way.iter().map(|point| self.at(*point)).collect()))
                .collect();
            self.svg.open("g", &[("class", class.as_str().into())]);
            for (_, points) in &ways {
                // Not at its ends: there it would eat the border of a node.
                stroke(&mut self.svg, "graph-halo", &way(&within(points)));
            }
            for (edge, points) in &ways {
                self.edge(*edge, points);
            }
            self.svg.close();
            if bundle.kind == EdgeKind::Condition
                && let Some((_, points)) = ways.first()
                && let Some(start) = points.first()
            {
                self.starts.push((colour, *start));
            }
        }
    }

    /// Where lines are read, on the borders of their nodes.
    fn starts(&mut self) {
        for (colour, start) in std::mem::take(&mut self.starts) {
            let class = format!("graph-port graph-colour-{colour}");
            filled(&mut self.svg, &class, &disc(start, 3.5));
        }
    }

    fn edge(&mut self, index: usize, points: &[Point]) {
        let title = self.edge_title(index);
        let number = index.to_string();
        let class = format!("graph-edge{}", self.led.edge_class(self.graph, index));
        self.svg.open(
            "g",
            &[
                ("class", class.as_str().into()),
                ("data-edge", number.as_str().into()),
            ],
        );
        self.svg.leaf("title", &[], &title);
        stroke(&mut self.svg, "graph-way", &way(points));
        if let [.., before, tip] = points {
            filled(&mut self.svg, "graph-arrow", &arrow(*before, *tip));
        }
        self.svg.close();
    }

    fn edge_title(&self, index: usize) -> String {
        let Some(edge) = self.graph.edges.get(index) else {
            return String::new();
        };
        let mut title = self.graph.numbered(edge.from);
        if let Some(line) = self.graph.line_of(edge) {
            title.push_str(" · ");
            title.push_str(line_text(line));
        }
        title.push_str(" → ");
        title.push_str(&self.graph.numbered(edge.to));
        if !edge.label.trim().is_empty() {
            title.push_str(" — ");
            title.push_str(edge.label.trim());
        }
        title
    }

    fn spines(&mut self) {
        let scene = self.scene;
        for (edge, from) in &scene.routes.spines {
            let x = scene.left(*from) + SPINE;
            let bottom = scene.plan.top[*from] + scene.plan.cards[*from].height;
            let points = [
                self.at((x, bottom)),
                self.at((x, scene.plan.top[*from + 1])),
            ];
            self.svg
                .open("g", &[("class", "graph-bundle graph-sequence".into())]);
            self.edge(*edge, &points);
            self.svg.close();
        }
    }

    fn node(&mut self, index: usize) {
        let (Some(node), Some(card)) = (
            self.graph.nodes.get(index),
            self.scene.plan.cards.get(index),
        ) else {
            return;
        };
        let top = self.scene.plan.top.get(index).copied().unwrap_or_default();
        let corner = self.at((self.scene.left(index), top));
        let width = self.scene.plan.width;
        let number = index.to_string();
        let way = self.led.node_class(index);
        let class = format!("graph-node {}{way}", class(node.tone));
        self.svg.open(
            "g",
            &[
                ("class", class.as_str().into()),
                ("data-node", number.as_str().into()),
            ],
        );
        if card.condition_height > 0.0 {
            let (x, y) = (corner.0 + INDENT, corner.1 - card.condition_height);
            self.svg.open("g", &[("class", "graph-label".into())]);
            let labels = self.graph.labels(index);
            let title: Vec<String> = labels
                .iter()
                .map(|label| format!("{} {label}", words::graph_if(self.graph.language)))
                .collect();
            let mut title = title.join(words::graph_between(self.graph.language));
            let link = self.led.open_condition(&mut self.svg, index);
            if let Some(verb) = link {
                title = format!("{verb} {title}");
            }
            self.svg.leaf("title", &[], title.trim());
            let place = [x, y, width - INDENT, card.condition_height];
            let attributes = [("fill", "none".into()), ("stroke", "currentColor".into())];
            rect(&mut self.svg, "graph-tab", place, &attributes);
            for line in &card.condition {
                piece(&mut self.svg, (corner.0, y), line);
            }
            if link.is_some() {
                self.svg.close();
            }
            self.svg.close();
        }
        self.svg.open("g", &[("class", "graph-step".into())]);
        let mut title = self.graph.numbered(index);
        explain(&mut title, node.tone, &node.detail, self.graph);
        self.svg.leaf("title", &[], &title);
        let attributes = [
            ("rx", 4.0.into()),
            ("fill", "none".into()),
            ("stroke", "currentColor".into()),
            ("stroke-width", border(node.tone).into()),
            ("stroke-dasharray", dashes(node.tone).into()),
        ];
        let place = [corner.0, corner.1, width, card.height];
        rect(&mut self.svg, "graph-box", place, &attributes);
        if let Some(sign) = &card.head_mark {
            mark(&mut self.svg, corner, sign);
        }
        for line in &card.head {
            piece(&mut self.svg, corner, line);
        }
        self.svg.close();
        for (at, (row, line)) in card.rows.iter().zip(&node.lines).enumerate() {
            self.line((index, at), row, line, corner);
        }
        self.svg.close();
    }

    fn line(&mut self, at: (usize, usize), row: &Row, line: &Line, corner: Point) {
        let way = self.led.line_class(at.0, at.1);
        let class = format!("graph-line {}{way}", class(line.tone));
        self.svg.open("g", &[("class", class.as_str().into())]);
        let link = self.led.open_line(&mut self.svg, at.0, at.1);
        let mut title = match link {
            Some(key) => link_name(line, key),
            None => line_name(line),
        };
        explain(&mut title, line.tone, &line.detail, self.graph);
        self.svg.leaf("title", &[], &title);
        if link.is_some() {
            // The whole line can be pointed at, not only its letters.
            let place = [
                corner.0 + 2.0,
                corner.1 + row.middle - MIDDLE - 1.0,
                self.scene.plan.width - 4.0,
                row.height + 2.0,
            ];
            rect(
                &mut self.svg,
                "graph-hit",
                place,
                &[("fill", "none".into())],
            );
        }
        mark(&mut self.svg, corner, &row.mark);
        for text in &row.pieces {
            piece(&mut self.svg, corner, text);
        }
        if link.is_some() {
            self.svg.close();
        }
        self.svg.close();
    }
}

fn line_name(line: &Line) -> String {
    let text = line_text(line);
    match line.id.trim() {
        id if id.is_empty() || id == text => text.to_owned(),
        id => format!("{id} · {text}"),
    }
}

/// Adds the tone and what is known beyond it.
fn explain(title: &mut String, tone: Tone, detail: &str, graph: &Graph) {
    for part in [tone.word(graph.language), detail.trim()] {
        if !part.is_empty() {
            title.push_str(" — ");
            title.push_str(part);
        }
    }
}

/// A way a little shorter at both ends.
fn within(points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    if let Some(first) = points.first_mut() {
        first.0 += 2.0;
    }
    if let [.., before, end] = points.as_mut_slice() {
        end.0 -= 2.0 * (end.0 - before.0).signum();
    }
    points
}
