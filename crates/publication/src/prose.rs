//! Markdown of introductions and texts as paragraphs: what paper needs of it, and no markup.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream};
use questionnaire::typography;

/// A paragraph, a heading or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub shape: Shape,
    /// Its text.
    pub spans: Vec<Span>,
}

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A heading, 1 being the highest.
    Heading(u8),
    /// An item of a list.
    Item {
        /// How many lists it stands in, less one.
        depth: usize,
        /// Its number, in a numbered list.
        number: Option<u64>,
    },
}

/// Text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is emphasised.
    pub is_strong: bool,
    /// Where it leads, on the web or by mail.
    pub link: Option<String>,
}

impl Paragraph {
    /// Its text alone.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|it| it.text.as_str()).collect()
    }
}

/// Markdown as paragraphs. HTML in it is left out, its text stays, as on respondents' pages.
pub(crate) fn paragraphs(source: &str, lang: &str) -> Vec<Paragraph> {
    let mut it = Reader::default();
    for event in TextMergeStream::new(Parser::new_ext(source, Options::empty())) {
        it.take(event, lang);
    }
    it.close();
    it.found
}

#[derive(Default)]
struct Reader {
    found: Vec<Paragraph>,
    open: Vec<Span>,
    heading: Option<u8>,
    /// The next number of each list around.
    lists: Vec<Option<u64>>,
    /// The item that has begun and has no text yet.
    item: Option<(usize, Option<u64>)>,
    strong: usize,
    links: Vec<Option<String>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, lang: &str) {
        match event {
            Event::Start(it) => self.start(&it),
            Event::End(it) => self.end(it),
            Event::Text(it) | Event::Code(it) => {
                let text = typography::typeset(&it, lang);
                self.write(&text);
            }
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.close(),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, it: &Tag<'_>) {
        match it {
            Tag::Heading { level, .. } => {
                self.close();
                self.heading = Some(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                });
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.close();
                let depth = self.lists.len().saturating_sub(1);
                let number = self.lists.last_mut().and_then(|it| {
                    let number = *it;
                    *it = it.map(|n| n.saturating_add(1));
                    number
                });
                self.item = Some((depth, number));
            }
            Tag::Emphasis | Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => {
                let schemes = ["http://", "https://", "mailto:", "tel:"];
                let is_safe = schemes.iter().any(|it| dest_url.starts_with(it));
                self.links.push(is_safe.then(|| dest_url.to_string()));
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, it: TagEnd) {
        match it {
            TagEnd::Emphasis | TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock => self.close(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        let (is_strong, link) = (self.strong > 0, self.links.last().cloned().flatten());
        match self.open.last_mut() {
            Some(last) if last.is_strong == is_strong && last.link == link => {
                last.text.push_str(text);
            }
            _ => self.open.push(Span {
                text: text.to_owned(),
                is_strong,
                link,
            }),
        }
    }

    /// Ends the paragraph that is open, if there is something in it.
    fn close(&mut self) {
        let spans = std::mem::take(&mut self.open);
        if spans.iter().all(|it| it.text.trim().is_empty()) {
            return;
        }
        let shape = match (self.heading.take(), self.item.take()) {
            (Some(level), _) => Shape::Heading(level),
            (None, Some((depth, number))) => Shape::Item { depth, number },
            (None, None) => Shape::Text,
        };
        self.found.push(Paragraph { shape, spans });
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, paragraphs};

    #[test]
    fn marks_become_shapes() {
        let found = paragraphs(
            "# Titre\n\nUn *mot* [ici](https://a.fr), [là](javascript:x).\n\n1. un\n2. deux\n   - trois",
            "fr",
        );
        let item = |depth, number| Shape::Item { depth, number };
        let shapes: Vec<_> = found.iter().map(|it| (&it.shape, it.text())).collect();
        assert_eq!(
            shapes,
            [
                (&Shape::Heading(1), "Titre".to_owned()),
                (&Shape::Text, "Un mot ici, là.".to_owned()),
                (&item(0, Some(1)), "un".to_owned()),
                (&item(0, Some(2)), "deux".to_owned()),
                (&item(1, None), "trois".to_owned()),
            ]
        );
        let links: Vec<_> = found[1]
            .spans
            .iter()
            .filter_map(|it| it.link.as_deref())
            .collect();
        assert_eq!(links, ["https://a.fr"]);
    }

    #[test]
    fn markup_is_left_out_and_its_text_stays() {
        let found = paragraphs("a <b onclick=x>b</b> & c", "fr");
        assert_eq!(found[0].text(), "a b & c");
    }
}
