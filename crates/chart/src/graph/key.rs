//! What the marks and lines of a drawing mean.

use super::card::{BASE, LINE, Mark, Piece, SMALL, width};
use super::paint::{arrow, class, disc, filled, mark, piece, stroke, way};
use super::route::Point;
use super::{EdgeKind, Graph, Tone};
use crate::svg::Svg;
use crate::words;

/// Distance between two entries of the key, and length of a line in it.
const KEY_GAP: f64 = 22.0;
const KEY_LINE: f64 = 26.0;

/// The key: what occurs in the drawing, in as many lines as it takes.
pub(super) struct Key {
    entries: Vec<(Point, Entry)>,
    pub(super) height: f64,
}

enum Entry {
    Tone(Tone, String),
    Edge(EdgeKind, String),
}

impl Key {
    pub(super) fn new(graph: &Graph, room: f64) -> Self {
        let language = graph.language;
        let mut found: Vec<Entry> = Vec::new();
        for kind in [EdgeKind::Condition, EdgeKind::Sequence] {
            if graph.sound_edges().any(|(_, edge)| edge.kind == kind) {
                found.push(Entry::Edge(
                    kind,
                    words::graph_edge(kind, language).to_owned(),
                ));
            }
        }
        for tone in graph.tones() {
            found.push(Entry::Tone(tone, tone.word(language).to_owned()));
        }
        let (mut x, mut y) = (0.0, 0.0);
        let mut entries = Vec::new();
        for entry in found {
            let needed = match &entry {
                Entry::Tone(_, word) => 17.0 + width(word, SMALL),
                Entry::Edge(_, word) => KEY_LINE + 8.0 + width(word, SMALL),
            };
            if x > 0.0 && x + needed > room {
                x = 0.0;
                y += LINE;
            }
            entries.push(((x, y), entry));
            x += needed + KEY_GAP;
        }
        let height = if entries.is_empty() { 0.0 } else { y + LINE };
        Self { entries, height }
    }

    pub(super) fn draw(&self, svg: &mut Svg, (left, top): Point) {
        for ((x, y), entry) in &self.entries {
            let (x, y) = (left + x, top + y);
            let (room, word) = match entry {
                Entry::Tone(tone, word) => {
                    let sign = Mark {
                        x: 5.0,
                        y: 8.0,
                        tone: *tone,
                    };
                    svg.open("g", &[("class", class(*tone).into())]);
                    mark(svg, (x, y), &sign);
                    (15.0, word)
                }
                Entry::Edge(kind, word) => {
                    let class = match kind {
                        EdgeKind::Sequence => "graph-sequence",
                        EdgeKind::Condition => "graph-condition-edge graph-colour-1",
                    };
                    svg.open("g", &[("class", class.into())]);
                    let (from, to) = ((x + 2.0, y + 8.0), (x + KEY_LINE, y + 8.0));
                    stroke(svg, "graph-way", &way(&[from, to]));
                    filled(svg, "graph-arrow", &arrow(from, to));
                    if *kind == EdgeKind::Condition {
                        filled(svg, "graph-port", &disc((x + 3.5, y + 8.0), 3.5));
                    }
                    (KEY_LINE + 6.0, word)
                }
            };
            let line = Piece {
                class: "graph-key",
                x: room,
                y: BASE,
                size: SMALL,
                text: word.clone(),
            };
            piece(svg, (x, y), &line);
            svg.close();
        }
    }
}
