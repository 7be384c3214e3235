//! The document as steps: title, introduction, blocks, lists.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use super::step::{Bar, Cell, Mark, RIGHT, ROOM, Row, SIDE, Step, base, lead};
use super::text::{Fonts, Look, Piece};
use crate::paper::{LongList, Page, Paper, Unasked, Varied};
use crate::prose::{Paragraph, Shape};

/// Sizes of text.
pub(super) const BODY: f32 = 10.5;
pub(super) const SMALL: f32 = 9.2;
pub(super) const TINY: f32 = 8.2;
/// Committees' codes: legible, and not the question.
pub(super) const QUIET: u8 = 80;

pub(super) fn steps(paper: &Paper, fonts: &Fonts) -> Vec<Step> {
    let mut it = Flow {
        paper,
        fonts,
        steps: Vec::new(),
        left: SIDE,
        bars: Vec::new(),
    };
    it.document();
    it.steps
}

pub(super) struct Flow<'p> {
    pub(super) paper: &'p Paper,
    pub(super) fonts: &'p Fonts,
    pub(super) steps: Vec<Step>,
    /// Where text begins.
    pub(super) left: f32,
    pub(super) bars: Vec<Bar>,
}

impl Flow<'_> {
    pub(super) fn open(&mut self, tag: impl Into<TagKind>) {
        self.steps.push(Step::Open(tag.into()));
    }

    pub(super) fn close(&mut self) {
        self.steps.push(Step::Close);
    }

    pub(super) fn space(&mut self, height: f32) {
        self.steps.push(Step::Space(height, self.bars.clone()));
    }

    pub(super) fn row(&mut self, height: f32, cells: Vec<Cell>, keeps: bool) {
        self.steps.push(Step::Row(Row {
            height,
            cells,
            keeps,
            bars: self.bars.clone(),
        }));
    }

    /// Lines of text from `left` to the right edge, each a row.
    pub(super) fn lines(&mut self, pieces: &[Piece], left: f32, keeps: bool) {
        for line in self.fonts.lines(pieces, RIGHT - left) {
            let (height, y) = (lead(line.size), base(line.size));
            let marks = vec![Mark::Text { x: left, y, line }];
            self.row(height, vec![Cell { tag: None, marks }], keeps);
        }
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, pieces: &[Piece], left: f32, keeps: bool) {
        self.open(Tag::P);
        self.lines(pieces, left, keeps);
        self.close();
    }

    pub(super) fn words(&mut self, text: &str, look: Look, left: f32, keeps: bool) {
        self.paragraph(&[Piece::new(text, look)], left, keeps);
    }

    /// An id or a code after something.
    pub(super) fn code(pieces: &mut Vec<Piece>, code: Option<&str>) {
        if let Some(code) = code {
            let look = Look::regular(TINY).grey(QUIET);
            pieces.push(Piece::new(format!(" [{code}]"), look));
        }
    }

    /// A heading and its bookmark.
    fn heading(&mut self, level: u16, text: &str, id: Option<&str>, size: f32) {
        let title = if text.trim().is_empty() { "…" } else { text };
        self.steps.push(Step::Bookmark {
            level: usize::from(level),
            title: title.to_owned(),
        });
        let number = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.open(Tag::Hn(number, Some(title.to_owned())));
        let mut pieces = vec![Piece::new(title, Look::strong(size))];
        Self::code(&mut pieces, id);
        self.lines(&pieces, self.left, true);
        self.close();
    }

    pub(super) fn rule(&mut self, width: f32, keeps: bool) {
        let marks = vec![Mark::Rule {
            from: (self.left, 2.0),
            to: (RIGHT, 2.0),
            width,
            grey: 0,
        }];
        self.row(5.0, vec![Cell { tag: None, marks }], keeps);
    }

    fn document(&mut self) {
        let paper = self.paper;
        let words = paper.words;
        self.heading(1, &paper.title, None, 19.0);
        if let Some(note) = &paper.note {
            self.space(3.0);
            self.words(note, Look::strong(BODY), self.left, true);
        }
        let n = words.n_questions(paper.n_questions);
        let annotated = paper.annotated.then(|| words.for_committees());
        let about = [Some(paper.version.as_str()), Some(&n), annotated];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        self.space(3.0);
        self.words(&about.join(" · "), Look::regular(SMALL), self.left, true);
        self.rule(1.4, true);
        self.space(7.0);
        self.prose(&paper.introduction, self.left);
        self.howto();
        if !paper.known.is_empty() {
            self.known(&paper.known);
        }
        for block in &paper.blocks {
            self.space(24.0);
            if let Some(title) = &block.title {
                self.heading(2, title, block.id.as_deref(), 15.0);
                self.rule(0.7, true);
            } else {
                self.loose(block.id.as_deref());
            }
            self.outer_route(block.route.as_ref());
            for page in &block.pages {
                self.page(page, block.title.is_some());
            }
        }
        if !paper.closing.is_empty() {
            self.space(20.0);
            self.rule(1.4, true);
            self.space(5.0);
            self.prose(&paper.closing, self.left);
        }
        for it in &paper.lists {
            self.long_list(it);
        }
        if !paper.fills.is_empty() {
            self.fills(&paper.fills);
        }
    }

    fn page(&mut self, page: &Page, is_below: bool) {
        match &page.title {
            Some(title) => {
                self.space(14.0);
                let level = if is_below { 3 } else { 2 };
                self.heading(level, title, page.id.as_deref(), 12.5);
            }
            None => self.loose(page.id.as_deref()),
        }
        self.outer_route(page.route.as_ref());
        self.runs(&page.runs);
    }

    /// The id of something that has no heading.
    pub(super) fn loose(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.space(6.0);
            let look = Look::regular(TINY).grey(QUIET);
            self.words(&format!("[{id}]"), look, self.left, true);
        }
    }

    /// A box of short paragraphs that stands on one page.
    pub(super) fn boxed(&mut self, paragraphs: &[Vec<Piece>], fill: Option<u8>, keeps: bool) {
        const PAD: f32 = 7.0;
        let left = self.left + PAD;
        let mut height = PAD;
        let mut cells = vec![Cell::default()];
        for pieces in paragraphs {
            let mut marks = Vec::new();
            for line in self.fonts.lines(pieces, RIGHT - PAD - left) {
                let size = line.size;
                let y = height + base(size);
                marks.push(Mark::Text { x: left, y, line });
                height += lead(size);
            }
            cells.push(Cell {
                tag: Some(Tag::P.into()),
                marks,
            });
        }
        height += PAD;
        // Nothing has to be on one page that no page holds.
        if height > ROOM * 0.8 {
            for pieces in paragraphs {
                self.paragraph(pieces, self.left, keeps);
            }
            return;
        }
        cells[0].marks.push(Mark::Frame {
            x: self.left,
            y: 0.0,
            width: RIGHT - self.left,
            height,
            fill,
            line: Some(0.7),
        });
        self.row(height, cells, keeps);
    }

    fn howto(&mut self) {
        let paper = self.paper;
        if paper.howto.is_empty() {
            return;
        }
        self.space(12.0);
        let mut paragraphs = vec![vec![Piece::new(paper.words.how_to(), Look::strong(BODY))]];
        for it in &paper.howto {
            paragraphs.push(vec![Piece::new(it, Look::regular(SMALL))]);
        }
        self.boxed(&paragraphs, None, false);
    }

    fn known(&mut self, known: &[Unasked]) {
        let words = self.paper.words;
        self.space(16.0);
        self.heading(2, words.known(), None, 12.5);
        self.words(words.known_note(), Look::regular(SMALL), self.left, true);
        for it in known {
            let mut pieces = vec![Piece::new(format!("– {}", it.title), Look::regular(BODY))];
            Self::code(&mut pieces, it.id.as_deref());
            self.paragraph(&pieces, self.left, false);
            self.codes(&it.choices, self.left + 12.0);
            self.checks(&it.checks);
        }
    }

    pub(super) fn prose(&mut self, prose: &[Paragraph], left: f32) {
        for (at, it) in prose.iter().enumerate() {
            let is_strong = matches!(it.shape, Shape::Heading(_));
            let pieces = it.spans.iter().map(|span| Piece {
                text: span.text.clone(),
                look: if is_strong || span.is_strong {
                    Look::strong(BODY)
                } else {
                    Look::regular(BODY)
                },
                link: span.link.clone(),
            });
            let pieces: Vec<Piece> = pieces.collect();
            match &it.shape {
                Shape::Text | Shape::Heading(_) => {
                    if at > 0 {
                        self.space(5.0);
                    }
                    self.paragraph(&pieces, left, is_strong);
                }
                Shape::Item { depth, number } => {
                    self.space(2.0);
                    let x = left + 14.0 * (*depth).min(3) as f32;
                    let marker = number.map_or_else(|| "–".to_owned(), |it| format!("{it}."));
                    let marker = [Piece::new(marker, Look::regular(BODY))];
                    let gap = self.fonts.line(&marker).width + 4.0;
                    self.open(Tag::P);
                    self.beside(&marker, x);
                    self.lines(&pieces, x + gap.max(12.0), false);
                    self.close();
                }
            }
        }
    }

    /// Text that stands beside the line that follows.
    pub(super) fn beside(&mut self, pieces: &[Piece], x: f32) {
        let line = self.fonts.line(pieces);
        let y = base(line.size);
        let marks = vec![Mark::Text { x, y, line }];
        self.row(0.0, vec![Cell { tag: None, marks }], true);
    }

    fn long_list(&mut self, it: &LongList) {
        self.steps.push(Step::Break);
        self.heading(2, &it.title, None, 15.0);
        self.rule(0.7, true);
        self.space(4.0);
        self.open(Tag::L(ListNumbering::None));
        let longest = it.choices.iter().map(|it| {
            let look = Look::regular(SMALL);
            self.fonts.width(&it.label, look)
        });
        let longest = longest.fold(0.0, f32::max);
        let room = RIGHT - self.left;
        let columns = ((room / (longest + 30.0)) as usize).clamp(1, 3);
        let width = room / columns as f32;
        for choices in it.choices.chunks(columns) {
            let mut height: f32 = 0.0;
            let mut cells = Vec::new();
            for (at, choice) in choices.iter().enumerate() {
                let x = self.left + width * at as f32;
                let pieces = self.choice_pieces(choice, SMALL);
                let mut marks = Vec::new();
                let mut down = 0.0;
                for line in self.fonts.lines(&pieces, width - 12.0) {
                    let y = down + base(line.size);
                    down += lead(line.size);
                    marks.push(Mark::Text { x, y, line });
                }
                height = height.max(down);
                cells.push(Cell {
                    tag: Some(Tag::LI.into()),
                    marks,
                });
            }
            self.row(height, cells, false);
        }
        self.close();
    }

    fn fills(&mut self, fills: &[Varied]) {
        let words = self.paper.words;
        self.steps.push(Step::Break);
        self.heading(2, words.fills(), None, 15.0);
        self.rule(0.7, true);
        for it in fills {
            self.space(7.0);
            self.words(
                &format!("{{{}}}", it.id),
                Look::strong(SMALL),
                self.left,
                true,
            );
            for (when, text) in &it.cases {
                let said = words.with(when, &words.quoted(text));
                self.words(&said, Look::regular(SMALL), self.left + 14.0, false);
            }
        }
    }
}
