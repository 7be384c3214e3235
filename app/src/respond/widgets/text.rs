//! A text of one or several lines.

use leptos::prelude::*;
use questionnaire::view::QuestionView;

use crate::respond::ids::{Name, id};
use crate::respond::question::Wiring;

/// No `maxlength`: browsers cut pasted text without a word. The engine says when it is too long, and
/// the island counts when the limit is near.
pub(super) fn text(
    question: &QuestionView,
    value: &str,
    multiline: bool,
    wiring: &Wiring,
) -> AnyView {
    let id = id(Name::Field, &question.key);
    let (name, value) = (question.key.clone(), value.to_owned());
    let (labelled_by, described_by) = (wiring.labelled_by.clone(), wiring.described_by.clone());
    let field = if multiline {
        view! {
            <textarea
                id=id
                name=name
                rows="5"
                aria-labelledby=labelled_by
                aria-describedby=described_by
                aria-invalid=wiring.invalid
                inner_html=textarea_content(&value)
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                type="text"
                id=id
                name=name
                value=value
                aria-labelledby=labelled_by
                aria-describedby=described_by
                aria-invalid=wiring.invalid
            />
        }
        .into_any()
    };
    view! { {field} <p class="hint count" data-count="" hidden=true></p> }.into_any()
}

/// What stands between a text area's tags.
///
/// Leptos does not escape the children of `<textarea>`: drawn as a child, `</textarea>` in an answer
/// would end the field and what follows would be markup.
pub(crate) fn textarea_content(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    // Browsers drop the first line break, so that one is not the author's.
    out.push('\n');
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::textarea_content;

    #[test]
    fn nothing_typed_ends_the_field() {
        assert_eq!(
            textarea_content("</textarea><b>&"),
            "\n&lt;/textarea&gt;&lt;b&gt;&amp;"
        );
        assert_eq!(textarea_content("\nx"), "\n\nx");
        assert_eq!(textarea_content(""), "\n");
    }
}
