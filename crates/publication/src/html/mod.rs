//! The paper as HTML: well formed, without scripts and styles in it, so that the studio's pages can hold it.
//!
//! Reading order: this file (the document) → `entry` (what stands on it) → `field` (where answers go).

mod entry;
mod field;

pub(crate) use field::letter;

use crate::paper::{Block, LongList, Page, Paper, Run, Unasked, Varied};
use crate::prose::{Paragraph, Shape};

/// How it looks on paper, and on a screen like paper. Every class begins with `paper`.
pub const STYLE: &str = include_str!("paper.css");

/// A document of its own.
#[must_use]
pub fn document(paper: &Paper) -> String {
    let mut out = String::new();
    out.push_str("<!DOCTYPE html>\n<html lang=\"");
    escape(&mut out, &paper.lang);
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.push_str(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>",
    );
    escape(&mut out, &paper.title);
    out.push_str("</title>\n<style>\n");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body class=\"paper-body\">\n");
    out.push_str(&body(paper, 1));
    out.push_str("</body>\n</html>\n");
    out
}

/// What goes into a page that has a frame of its own; the title is a heading of this level.
#[must_use]
pub fn body(paper: &Paper, level: u8) -> String {
    let mut it = Html {
        out: String::new(),
        level: level.clamp(1, 4),
        paper,
    };
    it.body();
    it.out
}

/// Text as it may stand between tags and in attributes.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No document may hold them.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            _ => out.push(c),
        }
    }
}

/// What is being written.
struct Html<'p> {
    out: String,
    level: u8,
    paper: &'p Paper,
}

impl Html<'_> {
    fn raw(&mut self, it: &str) {
        self.out.push_str(it);
    }

    fn text(&mut self, it: &str) {
        escape(&mut self.out, it);
    }

    /// An element with a class and a text.
    fn element(&mut self, name: &str, class: &str, text: &str) {
        self.raw(&format!("<{name} class=\"{class}\">"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    fn heading(&mut self, below: u8, class: &str, text: &str, id: Option<&str>) {
        let name = format!("h{}", self.level + below);
        self.raw(&format!("<{name} class=\"{class}\">"));
        self.text(text);
        self.code(id);
        self.raw(&format!("</{name}>\n"));
    }

    /// An id or a code, for committees.
    fn code(&mut self, it: Option<&str>) {
        if let Some(it) = it {
            self.raw(" ");
            self.element("code", "paper-code", it);
        }
    }

    fn body(&mut self) {
        let paper = self.paper;
        self.raw("<article class=\"paper\" lang=\"");
        self.text(&paper.lang);
        self.raw("\">\n<header class=\"paper-head\">\n");
        self.heading(0, "paper-title", &paper.title, None);
        if let Some(note) = &paper.note {
            self.element("p", "paper-note", note);
        }
        let words = paper.words;
        let n = words.n_questions(paper.n_questions);
        let annotated = paper.annotated.then(|| words.for_committees());
        let about = [Some(paper.version.as_str()), Some(&n), annotated];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        self.element("p", "paper-about", &about.join(" · "));
        self.raw("\n</header>\n");
        self.prose("paper-introduction", &paper.introduction);
        if !paper.howto.is_empty() {
            self.raw("<section class=\"paper-howto\">\n");
            self.heading(1, "paper-howto-title", words.how_to(), None);
            self.raw("<ul>");
            for it in &paper.howto {
                self.element("li", "paper-howto-line", it);
            }
            self.raw("</ul>\n</section>\n");
        }
        if !paper.known.is_empty() {
            self.known(&paper.known);
        }
        for block in &paper.blocks {
            self.block(block);
        }
        self.prose("paper-closing", &paper.closing);
        for it in &paper.lists {
            self.list(it);
        }
        if !paper.fills.is_empty() {
            self.fills(&paper.fills);
        }
        self.raw("</article>\n");
    }

    fn known(&mut self, known: &[Unasked]) {
        let words = self.paper.words;
        self.raw("<section class=\"paper-known\">\n");
        self.heading(1, "paper-known-title", words.known(), None);
        self.element("p", "paper-help", words.known_note());
        self.raw("<ul>");
        for it in known {
            self.raw("<li>");
            self.text(&it.title);
            self.code(it.id.as_deref());
            self.codes(&it.choices);
            self.checks(&it.checks);
            self.raw("</li>");
        }
        self.raw("</ul>\n</section>\n");
    }

    fn block(&mut self, block: &Block) {
        self.raw("<section class=\"paper-block\">\n");
        match &block.title {
            Some(title) => self.heading(1, "paper-block-title", title, block.id.as_deref()),
            None => self.loose_id(block.id.as_deref()),
        }
        self.route(block.route.as_ref());
        for page in &block.pages {
            self.page(page, block);
        }
        self.raw("</section>\n");
    }

    fn page(&mut self, page: &Page, block: &Block) {
        self.raw("<section class=\"paper-page\">\n");
        let below = if block.title.is_some() { 2 } else { 1 };
        match &page.title {
            Some(title) => self.heading(below, "paper-page-title", title, page.id.as_deref()),
            None => self.loose_id(page.id.as_deref()),
        }
        self.route(page.route.as_ref());
        self.runs(&page.runs);
        self.raw("</section>\n");
    }

    /// The id of something that has no heading.
    fn loose_id(&mut self, id: Option<&str>) {
        if id.is_some() {
            self.raw("<p class=\"paper-loose\">");
            self.code(id);
            self.raw("</p>\n");
        }
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            match &run.route {
                Some(route) => {
                    self.raw("<div class=\"paper-run\">\n");
                    self.route(Some(route));
                }
                None => self.raw("<div>\n"),
            }
            for entry in &run.entries {
                self.entry(entry);
            }
            self.raw("</div>\n");
        }
    }

    fn prose(&mut self, class: &str, prose: &[Paragraph]) {
        if prose.is_empty() {
            return;
        }
        self.raw(&format!("<div class=\"{class}\">\n"));
        for it in prose {
            self.paragraph(it);
        }
        self.raw("</div>\n");
    }

    fn paragraph(&mut self, it: &Paragraph) {
        match &it.shape {
            Shape::Text => self.raw("<p>"),
            // A heading of a text is none of the document's.
            Shape::Heading(_) => self.raw("<p class=\"paper-subtitle\">"),
            Shape::Item { depth, number } => {
                let depth = (*depth).min(3);
                self.raw(&format!("<p class=\"paper-item paper-item-{depth}\">"));
                let marker = number.map_or_else(|| "–".to_owned(), |it| format!("{it}."));
                self.element("span", "paper-marker", &marker);
                self.raw(" ");
            }
        }
        for span in &it.spans {
            if let Some(link) = &span.link {
                self.raw("<a href=\"");
                self.text(link);
                self.raw("\">");
            }
            if span.is_strong {
                self.raw("<strong>");
            }
            for (at, line) in span.text.split('\n').enumerate() {
                if at > 0 {
                    self.raw("<br/>");
                }
                self.text(line);
            }
            if span.is_strong {
                self.raw("</strong>");
            }
            if span.link.is_some() {
                self.raw("</a>");
            }
        }
        self.raw("</p>\n");
    }

    fn list(&mut self, it: &LongList) {
        self.raw("<section class=\"paper-list\">\n");
        self.heading(1, "paper-list-title", &it.title, None);
        self.raw("<ul>");
        for choice in &it.choices {
            self.raw("<li>");
            self.choice_text(choice);
            self.raw("</li>");
        }
        self.raw("</ul>\n</section>\n");
    }

    fn fills(&mut self, fills: &[Varied]) {
        let words = self.paper.words;
        self.raw("<section class=\"paper-fills\">\n");
        self.heading(1, "paper-fills-title", words.fills(), None);
        self.raw("<dl>");
        for it in fills {
            self.raw("<dt>");
            self.element("code", "paper-code", &format!("{{{}}}", it.id));
            self.raw("</dt>");
            for (when, text) in &it.cases {
                self.raw("<dd>");
                self.text(&words.with(when, &words.quoted(text)));
                self.raw("</dd>");
            }
        }
        self.raw("</dl>\n</section>\n");
    }
}
