//! What stands on a page: texts, questions, rosters, and the routing before them.

use krilla::tagging::Tag;

use super::field::Mine;
use super::flow::{BODY, Flow, QUIET, SMALL, TINY};
use super::step::{Bar, Cell, Mark, RIGHT, ROOM, Step};
use super::text::{Look, Piece};
use crate::paper::{Check, Entry, Question, Roster, Route, Run, Unasked};

/// Where what belongs to a question begins, right of its number.
const GUTTER: f32 = 27.0;
/// How far what is under a filter stands in.
const INDENT: f32 = 11.0;

impl Flow<'_> {
    fn route(&mut self, route: Option<&Route>) {
        let Some(route) = route else { return };
        let words = route.words;
        let (regular, strong) = (Look::regular(9.6), Look::strong(9.6));
        let mut paragraphs = Vec::new();
        if let Some(who) = &route.who {
            paragraphs.push(vec![Piece::new(capital(who), strong)]);
        }
        let condition = &route.condition;
        let [then, otherwise] =
            [&route.then, &route.otherwise].map(|it| it.to_text(words).replace(' ', "\u{a0}"));
        paragraphs.push(vec![
            Piece::new(route.when(), strong),
            Piece::new(format!(" {} ", plain(condition)), regular),
            Piece::new(format!("→\u{a0}{then}."), strong),
            Piece::new(" ", regular),
            Piece::new(words.otherwise(), strong),
            Piece::new(format!(" →\u{a0}{otherwise}."), strong),
        ]);
        if let Some(source) = &route.source {
            let said = words.with(words.condition(), source);
            paragraphs.push(vec![Piece::new(said, Look::regular(TINY).grey(QUIET))]);
        }
        self.boxed(&paragraphs, Some(238), true);
    }

    /// That of a block or a page.
    pub(super) fn outer_route(&mut self, route: Option<&Route>) {
        if route.is_some() {
            self.space(9.0);
            self.route(route);
        }
    }

    pub(super) fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            let is_routed = run.route.is_some();
            if is_routed {
                self.space(15.0);
                self.bars.push(Bar {
                    x: self.left + 1.0,
                    width: 2.0,
                    grey: 150,
                });
                self.left += INDENT;
                self.route(run.route.as_ref());
            }
            for entry in &run.entries {
                self.entry(entry);
            }
            if is_routed {
                self.bars.pop();
                self.left -= INDENT;
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Statement { id, text, checks } => {
                self.space(12.0);
                self.prose(text, self.left);
                self.checks(checks);
                self.loose(id.as_deref());
            }
            Entry::Question(it) => self.question(it),
            Entry::Roster(it) => self.roster(it),
            Entry::Computed(it) => self.computed(it),
        }
    }

    fn label(&mut self, number: &str, label: &str, id: Option<&str>) {
        let look = Look::strong(BODY);
        self.open(Tag::P);
        self.beside(&[Piece::new(format!("{number}."), look)], self.left);
        let mut pieces = vec![Piece::new(label, look)];
        Self::code(&mut pieces, id);
        let before = self.steps.len();
        self.lines(&pieces, self.left + GUTTER, true);
        if self.steps.len() == before {
            // A question without words still has a place of its own.
            self.row(14.0, Vec::new(), true);
        }
        self.close();
    }

    fn question(&mut self, it: &Question) {
        let words = self.paper.words;
        self.space(13.0);
        let start = self.steps.len();
        self.label(&it.number, &it.label, it.id.as_deref());
        self.left += GUTTER;
        let left = self.left;
        if let Some(universe) = &it.universe {
            let said = words.with(words.asked_of(), universe);
            self.words(&said, Look::regular(SMALL).grey(QUIET), left, true);
        }
        if let Some(help) = &it.help {
            self.words(help, Look::regular(SMALL), left, true);
        }
        if !it.hints.is_empty() {
            let hints = it.hints.join(" ");
            self.words(&hints, Look::regular(SMALL).grey(QUIET), left, true);
        }
        self.field(&it.field, Mine { number: &it.number });
        self.offers(&it.offers);
        self.checks(&it.checks);
        if let Some(decides) = &it.decides {
            self.space(2.0);
            let said = format!("{} {decides}.", words.decides());
            self.words(&said, Look::regular(TINY).grey(QUIET), left, true);
        }
        self.left -= GUTTER;
        self.hold(start);
    }

    /// What began at a step stands on one page if it is not too long for it; else its beginning does, and its end.
    fn hold(&mut self, start: usize) {
        let height: f32 = self.steps[start..].iter().map(height).sum();
        let is_short = height < ROOM * 0.5;
        let mut rows: Vec<_> = self.steps[start..]
            .iter_mut()
            .filter_map(|it| match it {
                Step::Row(it) => Some(it),
                _ => None,
            })
            .collect();
        let n = rows.len();
        for (at, row) in rows.iter_mut().enumerate() {
            let is_end = at + 3 > n;
            row.keeps = at + 1 < n && (is_short || row.height == 0.0 || at < 4 || is_end);
        }
    }

    fn roster(&mut self, it: &Roster) {
        let words = self.paper.words;
        self.space(15.0);
        self.label(&it.number, &it.label, it.id.as_deref());
        let left = self.left + GUTTER;
        if let Some(universe) = &it.universe {
            let said = words.with(words.asked_of(), universe);
            self.words(&said, Look::regular(SMALL).grey(QUIET), left, true);
        }
        if let Some(help) = &it.help {
            self.words(help, Look::regular(SMALL), left, true);
        }
        self.space(4.0);
        self.bars.push(Bar {
            x: self.left + 1.0,
            width: 1.0,
            grey: 0,
        });
        self.left += INDENT;
        self.words(&it.repeated, Look::strong(9.6), self.left, true);
        self.space(3.0);
        self.open(Tag::P);
        self.named_line(&words.with(&it.unit, ""), self.left, true);
        self.close();
        self.runs(&it.runs);
        self.checks(&it.checks);
        self.left -= INDENT;
        self.bars.pop();
    }

    pub(super) fn checks(&mut self, checks: &[Check]) {
        let words = self.paper.words;
        for it in checks {
            self.space(3.0);
            let said = words.with(words.to_check(), &format!("{}.", plain(&it.rule)));
            self.words(&said, Look::regular(SMALL), self.left, true);
            if let Some(annotation) = &it.annotation {
                let severity = if it.is_hard {
                    words.hard()
                } else {
                    words.soft()
                };
                let said = format!(
                    "{} [{}]. {}. {}",
                    capital(severity),
                    annotation.id,
                    words.with(words.message(), &words.quoted(&annotation.message)),
                    annotation.source,
                );
                self.words(&said, Look::regular(TINY).grey(QUIET), self.left, true);
            }
        }
    }

    fn computed(&mut self, it: &Unasked) {
        let words = self.paper.words;
        self.space(11.0);
        let said = words.with(words.computed(), &words.quoted(&it.title));
        let said = format!("{said} {}.", plain(&it.said));
        let mut pieces = vec![Piece::new(said, Look::regular(SMALL))];
        Self::code(&mut pieces, it.id.as_deref());
        let bar = Bar {
            x: self.left + 1.0,
            width: 0.7,
            grey: 0,
        };
        self.bars.push(bar);
        let left = self.left + INDENT;
        self.paragraph(&pieces, left, false);
        if let Some(source) = &it.source {
            let said = words.with(words.expression(), source);
            self.words(&said, Look::regular(TINY).grey(QUIET), left, false);
        }
        self.codes(&it.choices, left);
        self.checks(&it.checks);
        self.bars.pop();
    }

    /// A name, and a line to write on.
    pub(super) fn named_line(&mut self, name: &str, left: f32, keeps: bool) {
        let lines = self
            .fonts
            .lines(&[Piece::new(name, Look::regular(BODY))], RIGHT - left);
        let n = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let after = left + line.width + 4.0;
            let mut marks = vec![Mark::Text {
                x: left,
                y: 14.0,
                line,
            }];
            if at + 1 == n && after + 40.0 < RIGHT {
                marks.push(rule(after, RIGHT, 16.0));
            }
            self.row(20.0, vec![Cell { tag: None, marks }], keeps);
        }
    }
}

/// A line to write on.
pub(super) fn rule(from: f32, to: f32, y: f32) -> Mark {
    Mark::Rule {
        from: (from, y),
        to: (to, y),
        width: 0.6,
        grey: 0,
    }
}

fn height(it: &Step) -> f32 {
    match it {
        Step::Row(it) => it.height,
        Step::Space(it, _) => *it,
        _ => 0.0,
    }
}

/// What stands in backquotes as it is written.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
