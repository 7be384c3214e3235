//! What stands on a page: texts, questions, rosters, and the routing before them.

use super::Html;
use crate::paper::{Check, Entry, Next, Question, Roster, Route, Unasked};

impl Html<'_> {
    pub(super) fn route(&mut self, route: Option<&Route>) {
        let Some(route) = route else { return };
        let words = route.words;
        self.raw("<div class=\"paper-route\">");
        if let Some(who) = &route.who {
            self.element("p", "paper-who", &capital(who));
        }
        self.raw("<p><strong>");
        self.text(route.when());
        self.raw("</strong> ");
        self.said(&route.condition);
        self.raw(" ");
        self.next(&route.then);
        self.raw(". <strong>");
        self.text(words.otherwise());
        self.raw("</strong> ");
        self.next(&route.otherwise);
        self.raw(".</p>");
        if let Some(source) = &route.source {
            self.source(words.condition(), source);
        }
        self.raw("</div>\n");
    }

    /// What is said of people; what is no sentence any more stands in backquotes.
    fn said(&mut self, it: &str) {
        let parts: Vec<&str> = it.split('`').collect();
        if parts.len().is_multiple_of(2) {
            // One that has no other: it stands in what somebody wrote.
            return self.text(it);
        }
        for (nth, part) in parts.into_iter().enumerate() {
            match nth % 2 {
                0 => self.text(part),
                _ => self.element("code", "paper-source", part),
            }
        }
    }

    fn next(&mut self, it: &Next) {
        let text = it.to_text(self.paper.words);
        let text = format!("→\u{a0}{text}");
        match it.number() {
            Some(number) => {
                self.raw("<a class=\"paper-next\" href=\"#q");
                self.text(number);
                self.raw("\">");
                self.text(&text);
                self.raw("</a>");
            }
            None => self.element("span", "paper-next", &text),
        }
    }

    /// Something as it is written, for committees.
    fn source(&mut self, name: &str, source: &str) {
        self.raw("<p class=\"paper-annotation\">");
        self.text(&self.paper.words.with(name, ""));
        self.element("code", "paper-source", source);
        self.raw("</p>");
    }

    pub(super) fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Statement { id, text, checks } => {
                self.raw("<div class=\"paper-statement\">\n");
                self.prose("paper-text", text);
                self.checks(checks);
                self.loose_id(id.as_deref());
                self.raw("</div>\n");
            }
            Entry::Question(it) => self.question(it),
            Entry::Roster(it) => self.roster(it),
            Entry::Computed(it) => self.computed(it),
        }
    }

    fn label(&mut self, number: &str, label: &str, id: Option<&str>) {
        self.raw("<p class=\"paper-label\" id=\"q");
        self.text(number);
        self.raw("\"><span class=\"paper-number\">");
        self.text(number);
        self.raw(".</span> ");
        self.text(label);
        self.code(id);
        self.raw("</p>\n");
    }

    fn asked_of(&mut self, universe: Option<&str>) {
        if let Some(it) = universe {
            let words = self.paper.words;
            self.element("p", "paper-asked", &words.with(words.asked_of(), it));
        }
    }

    fn question(&mut self, it: &Question) {
        self.raw("<div class=\"paper-question\" role=\"group\" aria-labelledby=\"q");
        self.text(&it.number);
        self.raw("\">\n");
        self.label(&it.number, &it.label, it.id.as_deref());
        self.asked_of(it.universe.as_deref());
        if let Some(help) = &it.help {
            self.element("p", "paper-help", help);
        }
        if !it.hints.is_empty() {
            self.element("p", "paper-hint", &it.hints.join(" "));
        }
        self.field(&it.field);
        self.offers(&it.offers);
        self.checks(&it.checks);
        if let Some(decides) = &it.decides {
            let words = self.paper.words;
            let said = format!("{} {decides}.", words.decides());
            self.element("p", "paper-annotation", &said);
        }
        self.raw("</div>\n");
    }

    fn roster(&mut self, it: &Roster) {
        self.raw("<section class=\"paper-roster\">\n");
        self.label(&it.number, &it.label, it.id.as_deref());
        self.asked_of(it.universe.as_deref());
        if let Some(help) = &it.help {
            self.element("p", "paper-help", help);
        }
        self.element("p", "paper-repeated", &it.repeated);
        self.raw("<p class=\"paper-unit\">");
        self.text(&self.paper.words.with(&it.unit, ""));
        self.raw("<span class=\"paper-line\"></span></p>\n");
        self.runs(&it.runs);
        self.checks(&it.checks);
        self.raw("</section>\n");
    }

    pub(super) fn checks(&mut self, checks: &[Check]) {
        let words = self.paper.words;
        for it in checks {
            self.raw("<p class=\"paper-check\">");
            self.text(&words.with(words.to_check(), ""));
            self.said(&it.rule);
            self.raw(".");
            if let Some(annotation) = &it.annotation {
                let severity = if it.is_hard {
                    words.hard()
                } else {
                    words.soft()
                };
                self.raw("<br/><span class=\"paper-annotation\">");
                self.text(&format!(
                    "{}, {}. ",
                    capital(severity),
                    words.with(
                        &words.message().to_lowercase(),
                        &words.quoted(&annotation.message)
                    )
                ));
                self.code(Some(&annotation.id));
                self.raw(" ");
                self.element("code", "paper-source", &annotation.source);
                self.raw("</span>");
            }
            self.raw("</p>\n");
        }
    }

    fn computed(&mut self, it: &Unasked) {
        let words = self.paper.words;
        self.raw("<div class=\"paper-computed\"><p>");
        self.text(&words.with(words.computed(), &words.quoted(&it.title)));
        self.raw(" ");
        self.said(&it.said);
        self.raw(".");
        self.code(it.id.as_deref());
        self.raw("</p>");
        if let Some(source) = &it.source {
            self.source(words.expression(), source);
        }
        self.codes(&it.choices);
        self.checks(&it.checks);
        self.raw("</div>\n");
    }
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
