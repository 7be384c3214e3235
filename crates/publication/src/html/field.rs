//! Where answers go.

use super::Html;
use crate::paper::{Cells, Choice, Field, Grid, Mark};

impl Html<'_> {
    pub(super) fn field(&mut self, field: &Field) {
        match field {
            Field::Choices {
                mark,
                choices,
                is_scale,
            } => {
                let class = if *is_scale {
                    "paper-choices paper-scale"
                } else {
                    "paper-choices"
                };
                self.raw(&format!("<ul class=\"{class}\">"));
                for it in choices {
                    self.raw("<li>");
                    self.mark(*mark);
                    self.raw("<span>");
                    self.choice_text(it);
                    self.raw("</span></li>");
                }
                self.raw("</ul>\n");
            }
            Field::Number { unit } => {
                self.raw("<p class=\"paper-place\"><span class=\"paper-blank\"></span>");
                if let Some(unit) = unit {
                    self.raw(" ");
                    self.text(unit);
                }
                self.raw("</p>\n");
            }
            Field::Lines(n) => {
                self.raw("<div class=\"paper-lines\">");
                for _ in 0..*n {
                    self.raw("<p class=\"paper-place\"><span class=\"paper-line\"></span></p>");
                }
                self.raw("</div>\n");
            }
            Field::Listed => {
                self.raw("<p class=\"paper-place\"><span class=\"paper-line\"></span></p>\n");
            }
            Field::Date => {
                let words = self.paper.words;
                self.raw("<p class=\"paper-place paper-date\">");
                for (n, name) in [(2, words.day()), (2, words.month()), (4, words.year())] {
                    self.raw("<span class=\"paper-date-part\"><span class=\"paper-digits\">");
                    for _ in 0..n {
                        self.raw("<span class=\"paper-digit\"></span>");
                    }
                    self.raw("</span>");
                    self.element("span", "paper-small", name);
                    self.raw("</span> ");
                }
                self.raw("</p>\n");
            }
            Field::Grid(it) => self.grid(it),
            Field::Contact(names) => {
                for name in names {
                    self.raw("<p class=\"paper-place paper-named\"><span>");
                    self.text(&self.paper.words.with(name, ""));
                    self.raw("</span><span class=\"paper-line\"></span></p>\n");
                }
            }
        }
    }

    fn mark(&mut self, mark: Mark) {
        let class = match mark {
            Mark::One => "paper-box paper-round",
            Mark::Several => "paper-box",
            Mark::Rank => "paper-box paper-rank",
        };
        self.raw(&format!(
            "<span class=\"{class}\" aria-hidden=\"true\"></span> "
        ));
    }

    /// What stands beside a box.
    pub(super) fn choice_text(&mut self, it: &Choice) {
        self.text(&it.label);
        self.code(it.code.as_deref());
        for note in &it.notes {
            self.raw(" ");
            self.element("span", "paper-choice-note", &format!("({note})"));
        }
        if let Some(specify) = &it.specify {
            self.raw(" – <span class=\"paper-specify\">");
            self.text(&self.paper.words.with(specify, ""));
            self.raw("<span class=\"paper-line\"></span></span>");
        }
    }

    pub(super) fn offers(&mut self, offers: &[Choice]) {
        if offers.is_empty() {
            return;
        }
        self.raw("<ul class=\"paper-choices paper-offers\">");
        for it in offers {
            self.raw("<li>");
            self.mark(Mark::One);
            self.raw("<span>");
            self.choice_text(it);
            self.raw("</span></li>");
        }
        self.raw("</ul>\n");
    }

    /// Codes that a value can be, for committees.
    pub(super) fn codes(&mut self, choices: &[Choice]) {
        if choices.is_empty() {
            return;
        }
        self.raw("<ul class=\"paper-annotation paper-codes\">");
        for it in choices {
            self.raw("<li>");
            self.choice_text(it);
            self.raw("</li>");
        }
        self.raw("</ul>");
    }

    fn grid(&mut self, it: &Grid) {
        if it.is_lettered {
            self.raw("<ul class=\"paper-letters\">");
            for (at, column) in it.columns.iter().enumerate() {
                self.raw("<li><strong>");
                self.text(&letter(at));
                self.raw("</strong> ");
                self.choice_text(column);
                self.raw("</li>");
            }
            self.raw("</ul>\n");
        }
        self.raw("<div class=\"paper-scroll\"><table class=\"paper-grid\">");
        if !it.columns.is_empty() {
            self.raw("<thead><tr><td></td>");
            for (at, column) in it.columns.iter().enumerate() {
                self.raw("<th scope=\"col\">");
                if it.is_lettered {
                    self.text(&letter(at));
                } else {
                    self.choice_text(column);
                }
                self.raw("</th>");
            }
            self.raw("</tr></thead>");
        }
        self.raw("<tbody>");
        for row in &it.rows {
            self.raw("<tr><th scope=\"row\">");
            self.choice_text(row);
            self.raw("</th>");
            match &it.cells {
                Cells::Ticks(mark) => {
                    for _ in &it.columns {
                        self.raw("<td>");
                        self.mark(*mark);
                        self.raw("</td>");
                    }
                }
                Cells::Number(unit) => {
                    self.raw("<td><span class=\"paper-blank\"></span>");
                    if let Some(unit) = unit {
                        self.raw(" ");
                        self.text(unit);
                    }
                    self.raw("</td>");
                }
            }
            self.raw("</tr>");
        }
        self.raw("</tbody></table></div>\n");
    }
}

/// A, B … Z, AA, AB…
pub(crate) fn letter(at: usize) -> String {
    let (more, last) = (at / 26, at % 26);
    let last = char::from(b'A' + last as u8);
    match more {
        0 => last.to_string(),
        _ => format!("{}{last}", letter(more - 1)),
    }
}
