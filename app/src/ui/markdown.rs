//! Markdown of questionnaires → safe HTML.

use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use crate::typography;

/// Markdown as HTML of which only text, emphasis, lists, links and headings are left.
///
/// Headings start at the second level: the page has its own first one. Fills may carry what
/// respondents typed, so the HTML is sanitised whoever wrote the source.
///
/// ```
/// use app::ui::markdown::to_html;
/// assert_eq!(to_html("**Oui**<script>x()</script>", "fr"), "<p><strong>Oui</strong></p>\n");
/// ```
#[must_use]
pub fn to_html(source: &str, language: &str) -> String {
    // Escapes cut a text into pieces, and typography looks at what stands side by side.
    let events = TextMergeStream::new(Parser::new_ext(source, Options::empty()));
    let events = events.map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: below(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        Event::Text(text) => Event::Text(typography::typeset(&text, language).into()),
        other => other,
    });
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, events);
    sanitiser().clean(&out).to_string()
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

fn sanitiser() -> &'static Builder<'static> {
    static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::empty();
        builder
            .add_tags([
                "p",
                "br",
                "em",
                "strong",
                "ul",
                "ol",
                "li",
                "a",
                "h2",
                "h3",
                "h4",
                "blockquote",
                "code",
            ])
            .add_tag_attributes("a", ["href"])
            .add_url_schemes(["http", "https", "mailto", "tel"])
            .add_clean_content_tags(["script", "style"])
            .link_rel(Some("noopener noreferrer"));
        builder
    });
    &SANITISER
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[track_caller]
    fn check(source: &str, expect: &str) {
        assert_eq!(to_html(source, "fr").trim_end(), expect);
    }

    #[test]
    fn marks_become_elements() {
        check(
            "Un *mot*.\n\n- a\n- b",
            "<p>Un <em>mot</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
        );
        check("# Titre", "<h2>Titre</h2>");
        check(
            "[site](https://exemple.fr)",
            "<p><a href=\"https://exemple.fr\" rel=\"noopener noreferrer\">site</a></p>",
        );
        check("Vraiment ?", "<p>Vraiment\u{202F}?</p>");
        // As fills are inserted.
        check(
            r"a\-t\-il dit \: \*oui\* \?",
            "<p>a\u{2011}t\u{2011}il dit\u{202F}: *oui*\u{202F}?</p>",
        );
    }

    #[test]
    fn nothing_runs() {
        for source in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "<svg onload=alert(1)>",
            "<p style=\"position:fixed\">x</p>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        ] {
            let html = to_html(source, "fr");
            for bad in [
                "<script",
                "onerror=",
                "onload=",
                "javascript:",
                "data:",
                "style=",
                "<img",
                "<svg",
            ] {
                assert!(
                    !html.contains(bad) || html.contains(&format!("&lt;{}", &bad[1..])),
                    "{source} → {html}"
                );
            }
        }
    }
}
