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
        Self {
            source: source.chars().collect(),
            ..Self::default()
        }
    }

    pub(super) fn insert(&mut self, path: &str, place: Place) {
        self.places.insert(path.to_owned(), place);
    }

    pub(super) fn insert_key(&mut self, path: &str, position: Position) {
        self.keys.insert(path.to_owned(), position);
    }

    /// Whether there is a value at this path.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.places.contains_key(path)
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
        self.keys
            .get(path)
            .copied()
            .unwrap_or_else(|| self.value(path))
    }

    /// Where byte `offset` of the text at this path stands, quotes, escapes and folded lines
    /// being what they are in the file.
    #[must_use]
    pub fn inside(&self, path: &str, text: &str, offset: u32) -> Position {
        let Some(place) = self.places.get(path) else {
            return self.value(path);
        };
        let before = text.get(..offset as usize).unwrap_or(text);
        let mut at = Written::at(&self.source, place);
        for wanted in before.chars() {
            let width = at.seek(wanted);
            at.skip(width);
        }
        // The character after it may stand beyond a fold or an indentation.
        if let Some(next) = text[before.len()..].chars().next() {
            at.seek(next);
        }
        at.position
    }

    /// The same for a text in one language, which may stand alone for the French one.
    #[must_use]
    pub(crate) fn inside_text(&self, path: &str, lang: &str, text: &str, offset: u32) -> Position {
        let place = format!("{path}/{lang}");
        if self.contains(&place) {
            self.inside(&place, text, offset)
        } else {
            self.inside(path, text, offset)
        }
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// Plain, or a block: what stands there is what it says, but for folds and indentation.
    AsIs,
    /// `'…'`, in which a quote is written twice.
    Single,
    /// `"…"`, with escapes.
    Double,
}

/// A place in a scalar as it is written.
struct Written<'s> {
    source: &'s [char],
    style: Style,
    at: usize,
    end: usize,
    position: Position,
}

impl<'s> Written<'s> {
    /// The first character that belongs to the text.
    fn at(source: &'s [char], place: &Place) -> Self {
        let end = place.end.min(source.len());
        let (at, position) = (place.start, place.position);
        let mut it = Self {
            source,
            style: Style::AsIs,
            at,
            end,
            position,
        };
        match it.peek() {
            Some('\'') => {
                it.style = Style::Single;
                it.skip(1);
            }
            Some('"') => {
                it.style = Style::Double;
                it.skip(1);
            }
            Some('|' | '>') => {
                // The header of a block: its text begins on the next line.
                while it.peek().is_some_and(|it| it != '\n') {
                    it.skip(1);
                }
            }
            _ => {}
        }
        it
    }

    fn peek(&self) -> Option<char> {
        (self.at < self.end).then(|| self.source[self.at])
    }

    fn skip(&mut self, width: usize) {
        for _ in 0..width {
            match self.peek() {
                None => return,
                Some('\n') => {
                    self.position.line += 1;
                    self.position.column = 1;
                }
                Some(_) => self.position.column += 1,
            }
            self.at += 1;
        }
    }

    /// Goes to where this character of the text is written; answers over how many characters.
    fn seek(&mut self, wanted: char) -> usize {
        while let Some(here) = self.peek() {
            let (said, width) = match (self.style, here) {
                (Style::Double, '\\') => self.escape(),
                (Style::Single, '\'') => (Some('\''), 2),
                // A folded line break reads as a space.
                (_, '\n') if wanted == ' ' => (Some(' '), 1),
                _ => (Some(here), 1),
            };
            if said == Some(wanted) {
                return width;
            }
            self.skip(width);
        }
        0
    }

    /// What an escape says, and how long it is.
    fn escape(&self) -> (Option<char>, usize) {
        let code = |digits: usize| {
            let from = self.at + 2;
            let to = (from + digits).min(self.end);
            let text: String = self.source[from.min(to)..to].iter().collect();
            let said = u32::from_str_radix(&text, 16).ok().and_then(char::from_u32);
            (said, 2 + digits)
        };
        let one = |it: char| (Some(it), 2);
        match self.source.get(self.at + 1) {
            Some('x') => code(2),
            Some('u') => code(4),
            Some('U') => code(8),
            Some('n') => one('\n'),
            Some('t' | '\t') => one('\t'),
            Some('r') => one('\r'),
            Some('0') => one('\0'),
            Some('N') => one('\u{85}'),
            Some('_') => one('\u{a0}'),
            Some('L') => one('\u{2028}'),
            Some('P') => one('\u{2029}'),
            // An escaped line break says nothing.
            Some('\n') | None => (None, 2),
            Some(it) => one(*it),
        }
    }
}
