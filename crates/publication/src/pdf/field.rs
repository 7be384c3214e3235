//! Where answers go.

use krilla::tagging::{ListNumbering, Tag};

use super::entry::rule;
use super::flow::{BODY, Flow, QUIET, SMALL, TINY};
use super::step::{Cell, Mark, RIGHT, base, lead};
use super::text::{Line, Look, Piece};
use crate::paper::{Choice, Field, Mark as Ticked};

/// A box to tick, and what stands beside it.
const BOX: f32 = 9.5;
const BESIDE: f32 = 16.0;
/// Between what stands side by side.
const APART: f32 = 20.0;
/// A line of text needs so much to write on.
const LEAST_LINE: f32 = 90.0;

/// What a field knows of its question.
#[derive(Clone, Copy)]
pub(super) struct Mine<'q> {
    pub(super) number: &'q str,
}

impl Flow<'_> {
    pub(super) fn field(&mut self, field: &Field, mine: Mine<'_>) {
        let left = self.left;
        match field {
            Field::Choices {
                mark,
                choices,
                is_scale,
            } => {
                self.space(3.0);
                if !*is_scale || !self.side_by_side(choices, *mark, BODY) {
                    self.choices(choices, *mark, BODY);
                }
            }
            Field::Number { unit } => {
                self.space(4.0);
                let mut marks = vec![blank(left, 0.0, 92.0)];
                if let Some(unit) = unit {
                    let line = self.fonts.line(&[Piece::new(unit, Look::regular(BODY))]);
                    marks.push(Mark::Text {
                        x: left + 99.0,
                        y: 14.0,
                        line,
                    });
                }
                self.open(Tag::P);
                self.row(21.0, vec![Cell { tag: None, marks }], true);
                self.close();
            }
            Field::Lines(n) => {
                for _ in 0..*n {
                    self.write_on(left);
                }
            }
            Field::Listed => self.write_on(left),
            Field::Date => self.date(left),
            Field::Grid(it) => {
                self.space(5.0);
                self.grid(it, mine);
            }
            Field::Contact(names) => {
                for name in names {
                    self.open(Tag::P);
                    self.named_line(&self.paper.words.with(name, ""), left, true);
                    self.close();
                }
            }
        }
    }

    fn write_on(&mut self, left: f32) {
        let marks = vec![rule(left, RIGHT, 19.0)];
        self.row(20.0, vec![Cell { tag: None, marks }], true);
    }

    fn date(&mut self, left: f32) {
        let words = self.paper.words;
        let mut marks = Vec::new();
        let mut x = left;
        for (n, name) in [(2, words.day()), (2, words.month()), (4, words.year())] {
            let width = 17.0 * n as f32;
            marks.push(blank(x, 0.0, width));
            for at in 1..n {
                let digit = x + 17.0 * at as f32;
                marks.push(Mark::Rule {
                    from: (digit, 0.0),
                    to: (digit, 20.0),
                    width: 0.4,
                    grey: 120,
                });
            }
            let line = self.fonts.line(&[Piece::new(name, Look::regular(TINY))]);
            marks.push(Mark::Text {
                x: x + (width - line.width) / 2.0,
                y: 29.0,
                line,
            });
            x += width + 12.0;
        }
        self.space(4.0);
        self.open(Tag::P);
        self.row(33.0, vec![Cell { tag: None, marks }], true);
        self.close();
    }

    /// What stands beside a box.
    pub(super) fn choice_pieces(&self, it: &Choice, size: f32) -> Vec<Piece> {
        let mut pieces = vec![Piece::new(&it.label, Look::regular(size))];
        Self::code(&mut pieces, it.code.as_deref());
        for note in &it.notes {
            let look = Look::regular(SMALL.min(size)).grey(QUIET);
            let note = note.replace('`', "");
            pieces.push(Piece::new(format!(" ({note})"), look));
        }
        if let Some(specify) = &it.specify {
            let said = format!(" – {}", self.paper.words.with(specify, ""));
            pieces.push(Piece::new(said.trim_end(), Look::regular(size)));
        }
        pieces
    }

    pub(super) fn choices(&mut self, choices: &[Choice], mark: Ticked, size: f32) {
        let beside = match mark {
            Ticked::Rank => BESIDE + 9.0,
            Ticked::One | Ticked::Several => BESIDE,
        };
        self.open(Tag::L(ListNumbering::None));
        for it in choices {
            let left = self.left;
            self.open(Tag::LI);
            let marks = vec![self.tick(mark, left, size)];
            let lbl = Cell {
                tag: Some(Tag::Lbl.into()),
                marks,
            };
            self.row(0.0, vec![lbl], true);
            self.open(Tag::LBody);
            let lines = self
                .fonts
                .lines(&self.choice_pieces(it, size), RIGHT - left - beside);
            self.choice_lines(lines, left + beside, it.specify.is_some());
            self.close();
            self.close();
        }
        self.close();
    }

    fn choice_lines(&mut self, mut lines: Vec<Line>, left: f32, is_specified: bool) {
        if lines.is_empty() {
            lines.push(Line {
                size: BODY,
                ..Line::default()
            });
        }
        let n = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let (size, after) = (line.size, left + line.width + 4.0);
            let mut marks = vec![Mark::Text {
                x: left,
                y: base(size) + 1.0,
                line,
            }];
            let is_last = at + 1 == n;
            let has_room = after + LEAST_LINE < RIGHT;
            if is_last && is_specified && has_room {
                marks.push(rule(after, RIGHT, base(size) + 3.0));
            }
            let height = lead(size) + if is_last { 1.5 } else { 0.0 };
            self.row(height, vec![Cell { tag: None, marks }], true);
            if is_last && is_specified && !has_room {
                self.write_on(left);
            }
        }
    }

    fn tick(&self, mark: Ticked, x: f32, size: f32) -> Mark {
        let box_ = BOX * size / BODY;
        let (width, is_round, said) = match mark {
            Ticked::One => (box_, true, "○ "),
            Ticked::Several => (box_, false, "□ "),
            Ticked::Rank => (box_ + 9.0, false, "□ "),
        };
        Mark::Box {
            x,
            y: base(size) + 1.0 - size * 0.33 - box_ / 2.0,
            width,
            height: box_,
            is_round,
            said,
        }
    }

    /// Choices side by side, where each fits on a line of its own; else nothing is done.
    fn side_by_side(&mut self, choices: &[Choice], mark: Ticked, size: f32) -> bool {
        let room = RIGHT - self.left;
        let lines: Vec<Line> = choices
            .iter()
            .map(|it| self.fonts.line(&self.choice_pieces(it, size)))
            .collect();
        let is_plain = |it: &Choice| it.specify.is_none() && it.notes.is_empty();
        let is_narrow = |it: &Line| it.width + BESIDE < room * 0.5;
        let total: f32 = lines.iter().map(|it| it.width + BESIDE + APART).sum();
        // Two lines of them are still read as one scale.
        if !choices.iter().all(is_plain) || !lines.iter().all(is_narrow) || total > room * 2.0 {
            return false;
        }
        self.open(Tag::L(ListNumbering::None));
        let mut cells: Vec<Cell> = Vec::new();
        let mut x = self.left;
        let height = lead(size) + 2.0;
        for line in lines {
            let width = BESIDE + line.width;
            if x > self.left && x + width > RIGHT {
                self.row(height, std::mem::take(&mut cells), true);
                x = self.left;
            }
            let text = Mark::Text {
                x: x + BESIDE,
                y: base(size) + 1.0,
                line,
            };
            cells.push(Cell {
                tag: Some(Tag::LI.into()),
                marks: vec![self.tick(mark, x, size), text],
            });
            x += width + APART;
        }
        self.row(height, cells, true);
        self.close();
        true
    }

    pub(super) fn offers(&mut self, offers: &[Choice]) {
        if offers.is_empty() {
            return;
        }
        self.space(3.0);
        if !self.side_by_side(offers, Ticked::One, SMALL) {
            self.choices(offers, Ticked::One, SMALL);
        }
    }

    /// Codes that a value can be, for committees.
    pub(super) fn codes(&mut self, choices: &[Choice], left: f32) {
        if choices.is_empty() {
            return;
        }
        let said: Vec<String> = choices
            .iter()
            .map(|it| match &it.code {
                Some(code) => format!("{} [{code}]", it.label),
                None => it.label.clone(),
            })
            .collect();
        let look = Look::regular(TINY).grey(QUIET);
        self.words(&said.join(" · "), look, left, false);
    }
}

/// A place for a number.
pub(super) const fn blank(x: f32, y: f32, width: f32) -> Mark {
    Mark::Frame {
        x,
        y,
        width,
        height: 20.0,
        fill: None,
        line: Some(0.7),
    }
}
