//! What a document is made of, before anybody knows where its pages end.

use krilla::tagging::TagKind;

use super::text::Line;

/// A4 in points, and its margins.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const SIDE: f32 = 51.0;
pub(super) const TOP: f32 = 51.0;
pub(super) const BOTTOM: f32 = 62.0;
/// Where text ends.
pub(super) const RIGHT: f32 = WIDTH - SIDE;
/// How much a page holds.
pub(super) const ROOM: f32 = HEIGHT - TOP - BOTTOM;

/// One thing after the other.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A tag opens.
    Open(TagKind),
    /// The tag opened last closes.
    Close,
    /// Nothing, unless a page begins here.
    Space(f32, Vec<Bar>),
    /// Something that stands on one page.
    Row(Row),
    /// A bookmark to what comes next.
    Bookmark { level: usize, title: String },
    /// A new page.
    Break,
    /// Repeated where a page begins, until the next one.
    Head(Option<Row>),
}

/// A line at the left of what belongs together, across pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) grey: u8,
}

/// Something that stands on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) height: f32,
    pub(super) cells: Vec<Cell>,
    /// Whether the next one stands on the same page.
    pub(super) keeps: bool,
    pub(super) bars: Vec<Bar>,
}

/// Marks under one tag of their own, or under that which is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) tag: Option<TagKind>,
    pub(super) marks: Vec<Mark>,
}

/// Something that is drawn; `y` from the top of its row.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// A line of text, by its base line.
    Text { x: f32, y: f32, line: Line },
    /// A box to be filled in, read out as `said`.
    Box {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        is_round: bool,
        said: &'static str,
    },
    /// A straight line, no content.
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        grey: u8,
    },
    /// A frame or a field, no content.
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: Option<u8>,
        line: Option<f32>,
    },
}

/// How far lines of this size stand apart.
pub(super) fn lead(size: f32) -> f32 {
    size * 1.32
}

/// How far the base line stands below the top of a line.
pub(super) fn base(size: f32) -> f32 {
    size * 1.0
}
