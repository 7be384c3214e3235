//! Text as glyphs, and where lines end.

use std::ops::Range;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_linebreak::{BreakOpportunity, linebreaks};

const REGULAR: &[u8] = include_bytes!("../../fonts/SourceSans3-Regular.ttf");
const STRONG: &[u8] = include_bytes!("../../fonts/SourceSans3-SemiBold.ttf");

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) is_strong: bool,
    pub(super) size: f32,
    /// 0 is black.
    pub(super) grey: u8,
}

impl Look {
    pub(super) const fn regular(size: f32) -> Self {
        Self {
            is_strong: false,
            size,
            grey: 0,
        }
    }

    pub(super) const fn strong(size: f32) -> Self {
        Self {
            is_strong: true,
            size,
            grey: 0,
        }
    }

    pub(super) const fn grey(self, grey: u8) -> Self {
        Self { grey, ..self }
    }
}

/// Text in one look, and where it leads.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) link: Option<String>,
}

impl Piece {
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            link: None,
        }
    }
}

/// Glyphs of a part of a line.
#[derive(Clone, Debug)]
pub(super) struct Glyphs {
    pub(super) text: String,
    /// What is meant, where a letter is missing in the font.
    pub(super) actual: Option<String>,
    pub(super) look: Look,
    pub(super) link: Option<String>,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) parts: Vec<Glyphs>,
    pub(super) width: f32,
    /// The greatest size in it.
    pub(super) size: f32,
}

/// A piece with letters that the font has.
struct Drawable {
    text: String,
    /// What each letter of it stands for, if one stands for another.
    meant: Option<Vec<char>>,
    look: Look,
    link: Option<String>,
}

pub(super) struct Fonts {
    faces: [Face<'static>; 2],
    fonts: [Font; 2],
    /// Drawn where a letter is missing.
    missing: char,
}

impl Fonts {
    pub(super) fn new() -> Option<Self> {
        let faces = [Face::from_slice(REGULAR, 0)?, Face::from_slice(STRONG, 0)?];
        let fonts = [Font::new(REGULAR.into(), 0)?, Font::new(STRONG.into(), 0)?];
        let has = |it: &char| faces.iter().all(|face| face.glyph_index(*it).is_some());
        let missing = ['□', '¤', '?'].into_iter().find(has)?;
        Some(Self {
            faces,
            fonts,
            missing,
        })
    }

    pub(super) fn font(&self, look: Look) -> Font {
        self.fonts[usize::from(look.is_strong)].clone()
    }

    fn drawable(&self, piece: &Piece) -> Drawable {
        let face = &self.faces[usize::from(piece.look.is_strong)];
        let mut text = String::with_capacity(piece.text.len());
        let mut meant = Vec::new();
        let mut is_other = false;
        for c in piece.text.chars() {
            let c = if c == '\t' { ' ' } else { c };
            if c != '\n' && is_invisible(c) {
                continue;
            }
            let is_known = c == '\n' || face.glyph_index(c).is_some_and(|it| it.0 != 0);
            let drawn = if is_known { c } else { self.missing };
            is_other |= drawn != c;
            text.push(drawn);
            meant.push(c);
        }
        Drawable {
            text,
            meant: is_other.then_some(meant),
            look: piece.look,
            link: piece.link.clone(),
        }
    }

    fn shape(&self, text: &str, look: Look) -> (Vec<KrillaGlyph>, f32) {
        let face = &self.faces[usize::from(look.is_strong)];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = face.units_per_em() as f32;
        let mut width = 0.0;
        // From left to right a glyph stands for what reaches to the next one of other letters.
        let (mut next, mut end) = (text.len(), text.len());
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        let glyphs = glyphs.rev().map(|(info, at)| {
            let start = info.cluster as usize;
            if start < next {
                (end, next) = (next, start);
            }
            width += at.x_advance as f32 / em * look.size;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                at.x_advance as f32 / em,
                at.x_offset as f32 / em,
                at.y_offset as f32 / em,
                at.y_advance as f32 / em,
                start..end,
                None,
            )
        });
        let mut glyphs: Vec<KrillaGlyph> = glyphs.collect();
        glyphs.reverse();
        (glyphs, width)
    }

    /// How wide a text is that stands on one line.
    pub(super) fn width(&self, text: &str, look: Look) -> f32 {
        let it = self.drawable(&Piece::new(text, look));
        self.shape(&it.text, look).1
    }

    /// A text on one line, however wide.
    pub(super) fn line(&self, pieces: &[Piece]) -> Line {
        let mut lines = self.lines(pieces, f32::INFINITY);
        if lines.is_empty() {
            Line::default()
        } else {
            lines.swap_remove(0)
        }
    }

    /// A text in lines of a width.
    pub(super) fn lines(&self, pieces: &[Piece], width: f32) -> Vec<Line> {
        let pieces: Vec<Drawable> = pieces.iter().map(|it| self.drawable(it)).collect();
        let full: String = pieces.iter().map(|it| it.text.as_str()).collect();
        if full.trim().is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        let mut from = 0;
        let mut taken = 0.0;
        let mut last = 0;
        for (at, opportunity) in linebreaks(&full) {
            let trimmed = full[last..at].trim_end_matches([' ', '\n']);
            let needed = self.measure(&pieces, last..last + trimmed.len());
            if taken + needed > width && last > from {
                lines.push(self.cut(&pieces, &full, from..last));
                (from, taken) = (last, 0.0);
            }
            // A word that no line holds is broken where it is full.
            if taken + needed > width {
                for (start, more) in self.advances(&pieces, last..last + trimmed.len()) {
                    if taken + more > width && start > from {
                        lines.push(self.cut(&pieces, &full, from..start));
                        (from, taken) = (start, 0.0);
                    }
                    taken += more;
                }
            } else {
                taken += self.measure(&pieces, last..at);
            }
            if opportunity == BreakOpportunity::Mandatory {
                lines.push(self.cut(&pieces, &full, from..at));
                (from, taken) = (at, 0.0);
            }
            last = at;
        }
        lines
    }

    /// The parts of pieces in a range of them all.
    fn parts(
        pieces: &[Drawable],
        range: Range<usize>,
    ) -> impl Iterator<Item = (&Drawable, Range<usize>)> {
        let mut start = 0;
        pieces.iter().filter_map(move |it| {
            let own = start..start + it.text.len();
            start = own.end;
            let from = range.start.max(own.start);
            let to = range.end.min(own.end);
            (from < to).then(|| (it, from - own.start..to - own.start))
        })
    }

    fn measure(&self, pieces: &[Drawable], range: Range<usize>) -> f32 {
        let parts = Self::parts(pieces, range);
        parts
            .map(|(it, range)| self.shape(&it.text[range], it.look).1)
            .sum()
    }

    /// Where each letter of a range begins, and how wide it is.
    fn advances(&self, pieces: &[Drawable], range: Range<usize>) -> Vec<(usize, f32)> {
        let mut found = Vec::new();
        let mut at = range.start;
        for (it, range) in Self::parts(pieces, range) {
            let n = range.len();
            let (glyphs, _) = self.shape(&it.text[range], it.look);
            let widths = glyphs.iter();
            found.extend(widths.map(|glyph| {
                let start = at + glyph.text_range.start;
                (start, glyph.x_advance * it.look.size)
            }));
            at += n;
        }
        found
    }

    fn cut(&self, pieces: &[Drawable], full: &str, range: Range<usize>) -> Line {
        let trimmed = full[range.clone()].trim_end_matches([' ', '\n']);
        let mut line = Line::default();
        for (it, range) in Self::parts(pieces, range.start..range.start + trimmed.len()) {
            let text = it.text[range.clone()].replace('\n', " ");
            let (glyphs, width) = self.shape(&text, it.look);
            let actual = it.meant.as_ref().map(|meant| {
                let before = it.text[..range.start].chars().count();
                meant
                    .iter()
                    .skip(before)
                    .take(text.chars().count())
                    .collect()
            });
            line.width += width;
            line.size = line.size.max(it.look.size);
            line.parts.push(Glyphs {
                text,
                actual,
                look: it.look,
                link: it.link.clone(),
                glyphs,
                width,
            });
        }
        if line.size == 0.0 {
            line.size = pieces.first().map_or(10.0, |it| it.look.size);
        }
        line
    }
}

/// What has no glyph of its own, or turns text around.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
