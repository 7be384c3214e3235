//! Grids as tables.

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::field::Mine;
use super::flow::{Flow, SMALL};
use super::step::{Cell, Mark, RIGHT, Row, Step, base, lead};
use super::text::{Line, Look, Piece};
use crate::html::letter;
use crate::paper::{Cells, Choice, Grid, Mark as Ticked};

const PAD: f32 = 4.0;
/// How much of the width the rows' names take.
const NAMES: f32 = 0.38;

impl Flow<'_> {
    pub(super) fn grid(&mut self, it: &Grid, mine: Mine<'_>) {
        let words = self.paper.words;
        if it.is_lettered {
            for (at, column) in it.columns.iter().enumerate() {
                let mut pieces = vec![Piece::new(format!("{} ", letter(at)), Look::strong(SMALL))];
                pieces.extend(self.choice_pieces(column, SMALL));
                self.paragraph(&pieces, self.left, true);
            }
            self.space(3.0);
        }
        let room = RIGHT - self.left;
        let n = it.columns.len().max(1);
        // Letters need little.
        let least = if it.is_lettered { 26.0 } else { 0.0 };
        let names = if it.is_lettered {
            (room - least * n as f32).max(room * NAMES).min(room * 0.75)
        } else {
            room * NAMES
        };
        let width = (room - names) / n as f32;
        let caption = words.questions(mine.number, mine.number);
        let table = Tag::Table.with_summary(Some(caption));
        self.open(table);
        if !it.columns.is_empty() {
            let heads: Vec<Vec<Piece>> = it
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    if it.is_lettered {
                        vec![Piece::new(letter(at), Look::strong(SMALL))]
                    } else {
                        self.choice_pieces(column, SMALL)
                    }
                })
                .collect();
            let row = self.head(&heads, names, width);
            self.open(Tag::THead);
            self.open(Tag::TR);
            self.steps.push(Step::Row(row.clone()));
            self.close();
            self.close();
            self.steps.push(Step::Head(Some(row)));
        }
        self.open(Tag::TBody);
        for row in &it.rows {
            self.open(Tag::TR);
            self.body(row, it, names, width);
            self.close();
        }
        self.close();
        self.close();
        self.steps.push(Step::Head(None));
    }

    fn head(&self, heads: &[Vec<Piece>], names: f32, width: f32) -> Row {
        let lines: Vec<Vec<Line>> = heads
            .iter()
            .map(|it| self.fonts.lines(it, width - 2.0 * PAD))
            .collect();
        let height = |it: &Vec<Line>| it.iter().map(|it| lead(it.size)).sum::<f32>();
        let height = lines.iter().map(height).fold(0.0, f32::max) + 2.0 * PAD;
        // An empty corner is a cell all the same.
        let mut cells = vec![Cell {
            tag: Some(Tag::TD.into()),
            marks: Vec::new(),
        }];
        for (at, lines) in lines.into_iter().enumerate() {
            let x = self.left + names + width * at as f32;
            let mut marks = vec![frame(x, width, height)];
            let mut y = PAD;
            for line in lines {
                let x = x + (width - line.width) / 2.0;
                let size = line.size;
                marks.push(Mark::Text {
                    x,
                    y: y + base(size),
                    line,
                });
                y += lead(size);
            }
            cells.push(Cell {
                tag: Some(heading(TableHeaderScope::Column)),
                marks,
            });
        }
        Row {
            height,
            cells,
            keeps: true,
            bars: self.bars.clone(),
        }
    }

    fn body(&mut self, row: &Choice, it: &Grid, names: f32, width: f32) {
        let lines = self
            .fonts
            .lines(&self.choice_pieces(row, SMALL), names - 2.0 * PAD);
        let text: f32 = lines.iter().map(|it| lead(it.size)).sum();
        let least = match it.cells {
            Cells::Ticks(_) => 18.0,
            Cells::Number(_) => 26.0,
        };
        let height = (text + 2.0 * PAD).max(least);
        let mut marks = vec![frame(self.left, names, height)];
        let mut y = (height - text) / 2.0;
        for line in lines {
            let size = line.size;
            marks.push(Mark::Text {
                x: self.left + PAD,
                y: y + base(size),
                line,
            });
            y += lead(size);
        }
        let mut cells = vec![Cell {
            tag: Some(heading(TableHeaderScope::Row)),
            marks,
        }];
        match &it.cells {
            Cells::Ticks(mark) => {
                for at in 0..it.columns.len() {
                    let x = self.left + names + width * at as f32;
                    let tick = Mark::Box {
                        x: x + (width - 9.0) / 2.0,
                        y: (height - 9.0) / 2.0,
                        width: 9.0,
                        height: 9.0,
                        is_round: *mark == Ticked::One,
                        said: if *mark == Ticked::One { "○ " } else { "□ " },
                    };
                    cells.push(Cell {
                        tag: Some(Tag::TD.into()),
                        marks: vec![frame(x, width, height), tick],
                    });
                }
            }
            Cells::Number(unit) => {
                let x = self.left + names;
                let mut marks = vec![frame(x, width, height)];
                if let Some(unit) = unit {
                    let line = self.fonts.line(&[Piece::new(unit, Look::regular(SMALL))]);
                    let after = (RIGHT - PAD - line.width).max(x + PAD);
                    marks.push(Mark::Text {
                        x: after,
                        y: height / 2.0 + 3.0,
                        line,
                    });
                }
                cells.push(Cell {
                    tag: Some(Tag::TD.into()),
                    marks,
                });
            }
        }
        self.row(height, cells, true);
    }
}

fn heading(scope: TableHeaderScope) -> TagKind {
    Tag::TH(scope).into()
}

const fn frame(x: f32, width: f32, height: f32) -> Mark {
    Mark::Frame {
        x,
        y: 0.0,
        width,
        height,
        fill: None,
        line: Some(0.5),
    }
}
