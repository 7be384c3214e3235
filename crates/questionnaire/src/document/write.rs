//! A document as YAML, in the order of its fields: what an editor saves.

use super::Questionnaire;
use super::tree::{self, Kind, Node};

/// The document as YAML. Reading it gives the same document again.
///
/// ```
/// use questionnaire::document;
/// let source = "id: essai\ntitle:\n  fr: Essai\nblocks: []\n";
/// let questionnaire = document::read(source).questionnaire.unwrap();
/// assert_eq!(document::to_yaml(&questionnaire), source);
/// ```
#[must_use]
pub fn to_yaml(questionnaire: &Questionnaire) -> String {
    // JSON is YAML, and keeps the order of fields: reading it back gives the tree to write.
    let json = serde_json::to_string(questionnaire).unwrap_or_default();
    let mut out = String::new();
    if let Ok(root) = tree::build(&json) {
        write(&root, 0, &mut out);
    }
    out
}

fn write(node: &Node, indent: usize, out: &mut String) {
    match &node.kind {
        Kind::Record(entries) => {
            for (nth, (key, _, value)) in entries.iter().enumerate() {
                // The first entry of a list's record stands on the line of its dash.
                if nth > 0 || !out.ends_with("- ") {
                    pad(indent, out);
                }
                out.push_str(&scalar(key, false));
                out.push(':');
                below(value, indent, out);
            }
        }
        Kind::List(items) => {
            for item in items {
                pad(indent, out);
                out.push_str("- ");
                match &item.kind {
                    Kind::Record(it) if !it.is_empty() => write(item, indent + 2, out),
                    _ => {
                        out.pop();
                        below(item, indent, out);
                    }
                }
            }
        }
        Kind::Scalar { text, plain } => {
            out.push_str(&scalar(text, *plain));
            out.push('\n');
        }
    }
}

/// A value after its key or dash: on the same line, or as a block of its own.
fn below(value: &Node, indent: usize, out: &mut String) {
    match &value.kind {
        Kind::Record(it) if it.is_empty() => out.push_str(" {}\n"),
        Kind::List(it) if it.is_empty() => out.push_str(" []\n"),
        Kind::Scalar { .. } => {
            out.push(' ');
            write(value, indent, out);
        }
        Kind::Record(_) | Kind::List(_) => {
            out.push('\n');
            write(value, indent + 2, out);
        }
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A scalar, quoted unless it reads as itself.
fn scalar(text: &str, plain: bool) -> String {
    let word = |it: char| it.is_alphanumeric() || it == '_';
    let simple = text.starts_with(|it: char| it.is_alphabetic())
        && text.chars().all(|it| word(it) || " -.’'".contains(it))
        && !text.ends_with(' ')
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if plain || simple {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
