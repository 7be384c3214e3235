//! Where pages end: what belongs together stays together, as far as a page goes.

use krilla::tagging::TagKind;

use super::step::{Bar, ROOM, Row, Step};

/// What is drawn, in order, on a page or between pages.
#[derive(Debug)]
pub(super) enum Op {
    Open(TagKind),
    Close,
    Row {
        y: f32,
        row: Row,
    },
    /// A heading that is there again: no content.
    Again {
        y: f32,
        row: Row,
    },
    Bars {
        y: f32,
        height: f32,
        bars: Vec<Bar>,
    },
    Bookmark {
        y: f32,
        level: usize,
        title: String,
    },
}

/// Pages of what is drawn on them.
pub(super) fn pages(steps: Vec<Step>) -> Vec<Vec<Op>> {
    let mut it = Pager {
        pages: vec![Vec::new()],
        y: 0.0,
        head: None,
    };
    let mut chunk = Vec::new();
    for step in steps {
        let ends = match &step {
            Step::Row(row) => !row.keeps,
            Step::Break => true,
            _ => false,
        };
        chunk.push(step);
        if ends {
            it.place(std::mem::take(&mut chunk));
        }
    }
    it.place(chunk);
    it.pages
}

struct Pager {
    pages: Vec<Vec<Op>>,
    y: f32,
    head: Option<Row>,
}

impl Pager {
    fn push(&mut self, it: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(it);
        }
    }

    /// Steps that stand together where a page holds them all.
    fn place(&mut self, chunk: Vec<Step>) {
        let height: f32 = chunk.iter().map(height).sum();
        let mut leading = chunk.iter().take_while(|it| !matches!(it, Step::Row(_)));
        let space: f32 = leading.by_ref().map(height_of_space).sum();
        if self.y > 0.0 && self.y + height > ROOM && height - space <= ROOM {
            self.turn();
        }
        for step in chunk {
            self.step(step);
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = 0.0;
        if let Some(row) = self.head.clone() {
            let height = row.height;
            self.push(Op::Again { y: 0.0, row });
            self.y = height;
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Open(it) => self.push(Op::Open(it)),
            Step::Close => self.push(Op::Close),
            Step::Space(height, bars) => {
                if self.y > 0.0 && self.y + height < ROOM {
                    let y = self.y;
                    self.push(Op::Bars { y, height, bars });
                    self.y += height;
                }
            }
            Step::Row(row) => {
                // Of what no page holds, one row after the other.
                if self.y > 0.0 && self.y + row.height > ROOM {
                    self.turn();
                }
                let (y, height) = (self.y, row.height);
                let bars = row.bars.clone();
                self.push(Op::Bars { y, height, bars });
                self.push(Op::Row { y, row });
                self.y += height;
            }
            Step::Bookmark { level, title } => {
                let y = self.y;
                self.push(Op::Bookmark { y, level, title });
            }
            Step::Break => {
                if self.y > 0.0 {
                    self.turn();
                }
            }
            Step::Head(it) => self.head = it,
        }
    }
}

fn height(it: &Step) -> f32 {
    match it {
        Step::Row(it) => it.height,
        it => height_of_space(it),
    }
}

const fn height_of_space(it: &Step) -> f32 {
    match it {
        Step::Space(it, _) => *it,
        _ => 0.0,
    }
}
