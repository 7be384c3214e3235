//! Where each part of a questionnaire stands in its file.

use std::collections::HashMap;

pub use crate::diagnostic::Position;

/// A value's place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) position: Position,
    /// First character of the value as written, in characters.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

/// Positions by path (`/blocks/0/pages/1/items/3/filter`).
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    source: Vec<char>,
    places: HashMap<String, Place>,
    keys: HashMap<String, Position>,
}

impl SourceMap {
    pub(super) fn new(source: &str) -> Self {
        Self { source: source.chars().collect(), ..Self::default() }
    }

    pub(super) fn insert(&mut self, path: &str, place: Place) {
        self.places.insert(path.to_owned(), place);
    }

    pub(super) fn insert_key(&mut self, path: &str, position: Position) {
        self.keys.insert(path.to_owned(), position);
    }

    /// Where the value at this path stands; the nearest enclosing one when there is none.
    #[must_use]
    pub fn value(&self, path: &str) -> Position {
        let mut path = path;
        loop {
            if let Some(it) = self.places.get(path) {
                return it.position;
            }
            match path.rfind('/') {
                Some(at) => path = &path[..at],
                None => return Position::START,
            }
        }
    }

    /// Where the key of this path stands; its value's place when it has none.
    #[must_use]
    pub fn key(&self, path: &str) -> Position {
        self.keys.get(path).copied().unwrap_or_else(|| self.value(path))
    }

    /// Where byte `offset` of the text at this path stands, quotes, escapes and folded lines
    /// being what they are in the file.
    #[must_use]
    pub fn inside(&self, path: &str, text: &str, offset: u32) -> Position {
        let Some(place) = self.places.get(path) else { return self.value(path) };
        let before = text.get(..offset as usize).unwrap_or(text);
        let wanted = before.chars().count();
        let Position { mut line, mut column } = place.position;
        let mut at = place.start;
        let advance = |at: &mut usize, line: &mut u32, column: &mut u32| {
            match self.source.get(*at) {
                Some('\n') => {
                    *line += 1;
                    *column = 1;
                }
                _ => *column += 1,
            }
            *at += 1;
        };
        // The text and its written form differ by quotes, escapes and folding only: walk both.
        for (nth, wanted_char) in text.chars().enumerate() {
            while at < place.end && !matches(self.source.get(at), wanted_char) {
                advance(&mut at, &mut line, &mut column);
            }
            if nth == wanted {
                return Position { line, column };
            }
            advance(&mut at, &mut line, &mut column);
            if wanted_char == '\'' && self.source.get(at) == Some(&'\'') && self.quoted(place) {
                advance(&mut at, &mut line, &mut column);
            }
        }
        Position { line, column }
    }

    fn quoted(&self, place: &Place) -> bool {
        self.source.get(place.start) == Some(&'\'')
    }
}

fn matches(written: Option<&char>, wanted: char) -> bool {
    match written {
        Some(it) if *it == wanted => true,
        // A folded line break reads as a space.
        Some(it) => wanted == ' ' && *it == '\n',
        None => true,
    }
}
