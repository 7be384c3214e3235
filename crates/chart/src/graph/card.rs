//! What is written on a node, and how much room it takes. Places are relative to the node's box.

use std::collections::BTreeSet;

use super::facts::line_text;
use super::{EdgeKind, Graph, Tone};
use crate::number::Language;
use crate::text;
use crate::words;

/// Size of ordinary text and of what stands behind it.
pub(super) const TEXT: f64 = 13.0;
pub(super) const SMALL: f64 = 12.5;
/// Distance between base lines.
pub(super) const LINE: f64 = 15.5;
/// Room between the border of a box and its text.
pub(super) const PAD: f64 = 10.0;
/// From the top of a line to its base line, and to its middle.
pub(super) const BASE: f64 = 12.0;
pub(super) const MIDDLE: f64 = 7.5;
/// Where a condition begins: beside the line of the sequence.
pub(super) const INDENT: f64 = 11.0;
/// Room between the border of a condition and its text.
const TAB: f64 = 6.0;
/// How much wider bold text may be than our measure of it: DejaVu Sans Bold is that wide.
const BOLD: f64 = 1.2;
/// Room for a mark before its text.
const MARK: f64 = 17.0;
/// A text may take this many lines before it is cut; titles and the table have it whole.
const MAX_TITLE: usize = 4;
const MAX_LINE: usize = 3;
const MAX_CONDITION: usize = 4;
/// This many different conditions are written on a node.
const MAX_CONDITIONS: usize = 3;

/// One line of text.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) class: &'static str,
    pub(super) x: f64,
    /// The base line.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// A sign for a tone, by its centre.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) tone: Tone,
}

/// What stands in one line of a node.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) mark: Mark,
    pub(super) pieces: Vec<Piece>,
    /// Middle of its first line of text: edges that read it leave here.
    pub(super) middle: f64,
    pub(super) height: f64,
}

/// A node, written out for a width.
#[derive(Clone)]
pub(super) struct Card {
    /// Lines of the conditions, above the box.
    pub(super) condition: Vec<Piece>,
    pub(super) condition_height: f64,
    pub(super) head: Vec<Piece>,
    pub(super) head_mark: Option<Mark>,
    /// Middle of the first line of the head.
    pub(super) head_middle: f64,
    /// Where the head ends.
    pub(super) head_height: f64,
    pub(super) rows: Vec<Row>,
    pub(super) height: f64,
    /// Words and names that had to be broken or cut.
    pub(super) squeezed: usize,
}

impl Card {
    /// Box and condition.
    pub(super) fn whole(&self) -> f64 {
        self.condition_height + self.height
    }
}

/// `text` broken for text of `size`.
pub(super) fn wrap(content: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    text::wrap(content, width * text::SIZE / size, lines)
}

pub(super) fn width(content: &str, size: f64) -> f64 {
    text::width(content) * size / text::SIZE
}

/// As [`wrap`], for bold text.
pub(super) fn wrap_bold(content: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    wrap(content, size, width / BOLD, lines)
}

/// All nodes of a graph for one width.
pub(super) fn cards(graph: &Graph, width: f64) -> Vec<Card> {
    let read: BTreeSet<(usize, usize)> = graph
        .sound_edges()
        .map(|(_, edge)| edge)
        .filter(|edge| edge.kind == EdgeKind::Condition)
        .filter_map(|edge| edge.line.map(|line| (edge.from, line)))
        .collect();
    (0..graph.nodes.len())
        .map(|node| card(graph, node, width, &read))
        .collect()
}

fn card(graph: &Graph, index: usize, room: f64, read: &BTreeSet<(usize, usize)>) -> Card {
    let language = graph.language;
    let (condition, condition_height, mut squeezed) = condition(graph, index, room);
    let node = graph.nodes.get(index).cloned().unwrap_or_default();

    let mut head = Vec::new();
    let mut y = PAD - 2.0;
    let head_middle = y + MIDDLE;
    let inner = room - 2.0 * PAD;
    let word = spoken(node.tone, language);
    // A mark without a word stands at the end of the first line.
    let alone = node.tone != Tone::Plain && word.is_empty();
    let titled = if alone { inner - MARK } else { inner };
    let title = wrap_bold(&graph.numbered(index), TEXT, titled, MAX_TITLE);
    let last = title.last().map_or(0.0, |line| width(line, TEXT) * BOLD);
    for line in title {
        head.push(Piece {
            class: "graph-title",
            x: PAD,
            y: y + BASE,
            size: TEXT,
            text: line,
        });
        y += LINE;
    }
    let mut head_mark = alone.then_some(Mark {
        x: room - PAD - 5.0,
        y: head_middle,
        tone: node.tone,
    });
    if !word.is_empty() {
        // At the end of the title if there is room, under it if not.
        let needed = MARK + width(word, SMALL) * BOLD;
        let beside = last + 8.0 + needed <= inner;
        let x = if beside { room - PAD - needed } else { PAD };
        if beside {
            y -= LINE;
        }
        head_mark = Some(Mark {
            x: x + 5.0,
            y: y + MIDDLE,
            tone: node.tone,
        });
        head.push(Piece {
            class: "graph-word",
            x: x + MARK - 2.0,
            y: y + BASE,
            size: SMALL,
            text: word.to_owned(),
        });
        y += LINE;
    }
    let head_height = y + 1.0;
    y += 5.0;

    let mut rows = Vec::with_capacity(node.lines.len());
    for (at, line) in node.lines.iter().enumerate() {
        let start = y;
        let x = PAD + MARK;
        let inner = room - PAD - x;
        let mut pieces = Vec::new();
        let lines = wrap(line_text(line), TEXT, inner, MAX_LINE);
        let last = lines.last().map_or(0.0, |line| width(line, TEXT));
        for text in lines {
            pieces.push(Piece {
                class: "graph-text",
                x,
                y: y + BASE,
                size: TEXT,
                text,
            });
            y += LINE;
        }
        // The name where a condition uses it; the tone where it is not the one of the node.
        let named = read.contains(&(index, at)) && line_text(line) != line.id.trim();
        let mut extra: Vec<(&'static str, &str)> = Vec::new();
        if named {
            extra.push(("graph-name", line.id.trim()));
        }
        if line.tone != node.tone {
            extra.push(("graph-word", spoken(line.tone, language)));
        }
        let mut used = last;
        for (class, content) in extra {
            let needed = width(content, SMALL) * BOLD;
            if content.is_empty() {
                continue;
            }
            if used + 8.0 + needed <= inner {
                pieces.push(Piece {
                    class,
                    x: x + used + 8.0,
                    y: y - LINE + BASE,
                    size: SMALL,
                    text: content.to_owned(),
                });
                used += 8.0 + needed;
            } else {
                squeezed += usize::from(needed > inner);
                let text = wrap_bold(content, SMALL, inner, 1).concat();
                used = width(&text, SMALL) * BOLD;
                pieces.push(Piece {
                    class,
                    x,
                    y: y + BASE - 1.0,
                    size: SMALL,
                    text,
                });
                y += LINE;
            }
        }
        rows.push(Row {
            mark: Mark {
                x: PAD + 5.0,
                y: start + MIDDLE,
                tone: line.tone,
            },
            pieces,
            middle: start + MIDDLE,
            height: y - start,
        });
        y += 2.5;
    }
    Card {
        condition,
        condition_height,
        head,
        head_mark,
        head_middle,
        head_height,
        rows,
        height: y + PAD - 4.0,
        squeezed,
    }
}

/// The word for a tone that calls for attention. That something can be reached is what one
/// expects: its mark is enough.
fn spoken(tone: Tone, language: Language) -> &'static str {
    match tone {
        Tone::Plain | Tone::Reached => "",
        Tone::Always | Tone::Never | Tone::Unknown => tone.word(language),
    }
}

/// Keeps comparisons in one line where a line can hold them: `a = 1` reads as one.
fn together(text: &str, room: f64) -> String {
    const SIGNS: [&str; 9] = ["=", "!=", "<>", "≠", "<", ">", "<=", ">=", "in"];
    let mut parts: Vec<String> = Vec::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let joined = match (parts.last(), words.peek()) {
            (Some(left), Some(right)) if SIGNS.contains(&word) => {
                format!("{left}\u{a0}{word}\u{a0}{right}")
            }
            _ => String::new(),
        };
        if joined.is_empty() || width(&joined, SMALL) > room {
            parts.push(word.to_owned());
        } else {
            words.next();
            parts.pop();
            parts.push(joined);
        }
    }
    parts.join(" ")
}

/// The conditions of a node, written above its box.
fn condition(graph: &Graph, node: usize, room: f64) -> (Vec<Piece>, f64, usize) {
    let labels = graph.labels(node);
    if labels.is_empty() {
        return (Vec::new(), 0.0, 0);
    }
    let language = graph.language;
    let mut texts: Vec<String> = labels
        .iter()
        .take(MAX_CONDITIONS)
        .map(|label| format!("{}\u{a0}{label}", words::graph_if(language)))
        .collect();
    if labels.len() > MAX_CONDITIONS {
        texts.push(words::graph_more(labels.len() - MAX_CONDITIONS, language));
    }
    let mut pieces = Vec::new();
    let mut squeezed = 0;
    let room = room - INDENT - 2.0 * TAB;
    let mut y = 3.0;
    for text in texts {
        let text = together(&text, room);
        let words = text.split(' ');
        squeezed += words.filter(|word| width(word, SMALL) > room).count();
        for text in wrap(&text, SMALL, room, MAX_CONDITION) {
            pieces.push(Piece {
                class: "graph-condition",
                x: INDENT + TAB,
                y: y + BASE - 1.0,
                size: SMALL,
                text,
            });
            y += LINE - 1.0;
        }
    }
    (pieces, y + 3.0, squeezed)
}
