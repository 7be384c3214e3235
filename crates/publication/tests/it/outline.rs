//! A paper as plain text: what a reader goes through, line by line.

use std::fmt::Write as _;

use publication::paper::{Cells, Check, Choice, Entry, Field, Mark, Paper, Route, Run};

/// The paper as text, spaces that do not break as ordinary ones.
pub(crate) fn outline(paper: &Paper) -> String {
    let mut it = Outline(String::new());
    it.paper(paper);
    it.0.replace(['\u{a0}', '\u{202f}'], " ")
        .replace('\u{2011}', "-")
}

struct Outline(String);

impl Outline {
    fn line(&mut self, text: &str) {
        writeln!(self.0, "{}", text.trim_end()).unwrap();
    }

    fn paper(&mut self, it: &Paper) {
        self.line(&format!("# {}", it.title));
        for p in &it.introduction {
            self.line(&p.text());
        }
        for p in &it.howto {
            self.line(&format!("* {p}"));
        }
        for k in &it.known {
            self.line(&format!("known: {}", k.title));
        }
        for block in &it.blocks {
            self.line(&format!("\n## {}", block.title.as_deref().unwrap_or("…")));
            self.route(block.route.as_ref());
            for page in &block.pages {
                if let Some(title) = &page.title {
                    self.line(&format!("\n### {title}"));
                }
                self.route(page.route.as_ref());
                self.runs(&page.runs, "");
            }
        }
        self.line("");
        for p in &it.closing {
            self.line(&p.text());
        }
        for list in &it.lists {
            self.line(&format!("{}: {}", list.title, list.choices.len()));
        }
        for fill in &it.fills {
            for (when, text) in &fill.cases {
                self.line(&format!("{{{}}} {when}: {text}", fill.id));
            }
        }
    }

    fn route(&mut self, it: Option<&Route>) {
        let Some(it) = it else { return };
        if let Some(who) = &it.who {
            self.line(&format!("[{who}]"));
        }
        self.line(&format!("[{}]", it.to_text()));
    }

    fn runs(&mut self, runs: &[Run], by: &str) {
        for run in runs {
            if run.route.is_some() {
                self.line("");
            }
            self.route(run.route.as_ref());
            for entry in &run.entries {
                self.entry(entry, by);
            }
        }
    }

    fn entry(&mut self, entry: &Entry, by: &str) {
        match entry {
            Entry::Statement { text, .. } => {
                for p in text {
                    self.line(&format!("\n{by}¶ {}", p.text()));
                }
            }
            Entry::Computed(it) => self.line(&format!("\n{by}({} {})", it.title, it.said)),
            Entry::Roster(it) => {
                self.line(&format!("\n{by}{}. {}", it.number, it.label));
                self.line(&format!("{by}   {}", it.repeated));
                self.line(&format!("{by}   {}: ____", it.unit));
                self.runs(&it.runs, &format!("{by}   | "));
                self.checks(&it.checks, by);
            }
            Entry::Question(it) => {
                self.line(&format!("\n{by}{}. {}", it.number, it.label));
                let under = it.universe.iter().chain(&it.help).chain(&it.hints);
                for text in under {
                    self.line(&format!("{by}   {text}"));
                }
                self.field(&it.field, by);
                for offer in &it.offers {
                    self.line(&format!("{by}   ○ {}", offer.label));
                }
                self.checks(&it.checks, by);
                if let Some(decides) = &it.decides {
                    self.line(&format!("{by}   ⇒ {decides}"));
                }
            }
        }
    }

    fn checks(&mut self, checks: &[Check], by: &str) {
        for it in checks {
            self.line(&format!("{by}   ! {}", it.rule));
        }
    }

    fn field(&mut self, field: &Field, by: &str) {
        let choice = |it: &Choice| {
            let mut text = it.label.clone();
            for note in &it.notes {
                write!(text, " ({note})").unwrap();
            }
            if let Some(specify) = &it.specify {
                write!(text, " {specify}: ____").unwrap();
            }
            text
        };
        let sign = |mark: Mark| match mark {
            Mark::One => "○",
            Mark::Several => "□",
            Mark::Rank => "n°",
        };
        match field {
            Field::Choices { mark, choices, .. } => {
                for it in choices {
                    self.line(&format!("{by}   {} {}", sign(*mark), choice(it)));
                }
            }
            Field::Number { unit } => {
                self.line(&format!("{by}   |____| {}", unit.as_deref().unwrap_or("")));
            }
            Field::Lines(n) => self.line(&format!("{by}   {}", "____ ".repeat(*n))),
            Field::Date => self.line(&format!("{by}   |_|_| |_|_| |_|_|_|_|")),
            Field::Listed => self.line(&format!("{by}   ____")),
            Field::Contact(names) => {
                for it in names {
                    self.line(&format!("{by}   {it}: ____"));
                }
            }
            Field::Grid(grid) => {
                let heads: Vec<String> = grid.columns.iter().map(choice).collect();
                self.line(&format!("{by}   | {}", heads.join(" | ")));
                for row in &grid.rows {
                    let cells = match &grid.cells {
                        Cells::Ticks(mark) => sign(*mark).to_owned(),
                        Cells::Number(unit) => format!("|__| {}", unit.as_deref().unwrap_or("")),
                    };
                    self.line(&format!("{by}   {} {cells}", choice(row)));
                }
            }
        }
    }
}
