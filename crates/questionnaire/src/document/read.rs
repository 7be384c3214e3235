//! Reading a questionnaire file: text → tree → document, with as many diagnostics as possible.

use serde_json::Value;

use super::{Questionnaire, SourceMap, tree};
use crate::diagnostic::{Diagnostic, Problem};

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Read {
    /// The document, unless something in it has no place in a questionnaire.
    pub questionnaire: Option<Questionnaire>,
    /// Where its parts stand.
    pub map: SourceMap,
    /// What is wrong with its form.
    pub diagnostics: Vec<Diagnostic>,
}

/// Most errors of form that are reported for one file.
const MAX_ERRORS: usize = 50;
/// Longest word that is compared with others.
const MAX_WORD: usize = 100;

/// Reads a questionnaire from YAML or JSON.
///
/// After an error the offending value is set aside and reading goes on, so that one pass names
/// them all.
///
/// ```
/// let read = questionnaire::document::read("id: essai\ntitle: Essai\nblocks: []\ntitel: Oups\n");
/// let [it] = &read.diagnostics[..] else { panic!() };
/// assert_eq!((it.code(), it.position.line, it.suggestion.as_deref()), ("QN0003", 4, Some("title")));
/// ```
#[must_use]
pub fn read(source: &str) -> Read {
    let mut diagnostics = Vec::new();
    let Some((mut value, map)) = tree::parse(source, &mut diagnostics) else {
        return Read {
            questionnaire: None,
            map: SourceMap::default(),
            diagnostics,
        };
    };
    let mut questionnaire = None;
    while diagnostics.len() < MAX_ERRORS {
        let error = match serde_path_to_error::deserialize::<_, Questionnaire>(&value) {
            Ok(it) => {
                questionnaire = Some(it);
                break;
            }
            Err(error) => error,
        };
        let path = pointer(error.path());
        let (mut diagnostic, culprit) = explain(&path, &error.into_inner().to_string(), &map);
        if let Problem::Shape { detail } = &diagnostic.problem
            && ["expected a string", "expected a text"]
                .iter()
                .any(|it| detail.contains(it))
        {
            diagnostic.suggestion = value.pointer(&path).and_then(as_text);
        }
        diagnostics.push(diagnostic);
        if !culprit.is_some_and(|it| remove(&mut value, &it)) {
            break;
        }
    }
    let sound = diagnostics.is_empty();
    Read {
        questionnaire: questionnaire.filter(|_| sound),
        map,
        diagnostics,
    }
}

/// A number or a truth value as the text that was probably meant: `code: 93` for `code: '93'`.
fn as_text(value: &Value) -> Option<String> {
    matches!(value, Value::Number(_) | Value::Bool(_)).then(|| format!("'{value}'"))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|it| match it {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{key}"),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// The diagnostic for serde's message, and the path of what to set aside before going on.
fn explain(path: &str, message: &str, map: &SourceMap) -> (Diagnostic, Option<String>) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field")
        && let Some(field) = quoted.next()
    {
        let here = match path.rsplit_once('/') {
            Some((_, last)) if last == field => path.to_owned(),
            _ => format!("{path}/{field}"),
        };
        let expected: Vec<&str> = quoted.collect();
        let mut it = Diagnostic::error(
            map.key(&here),
            Problem::UnknownField {
                field: field.to_owned(),
            },
        );
        it.suggestion = closest(field, expected.iter().copied()).map(str::to_owned);
        return (it, Some(here));
    }
    if message.starts_with("missing field")
        && let Some(field) = quoted.next()
    {
        let problem = Problem::MissingField {
            field: field.to_owned(),
        };
        return (Diagnostic::error(map.value(path), problem), None);
    }
    if message.starts_with("unknown variant")
        && let Some(given) = quoted.next()
    {
        let expected: Vec<&str> = quoted.collect();
        let mut it = Diagnostic::error(
            map.value(path),
            Problem::UnknownWord {
                given: given.to_owned(),
                expected: expected.join(", "),
            },
        );
        it.suggestion = closest(given, expected.iter().copied()).map(str::to_owned);
        return (it, None);
    }
    let problem = Problem::Shape {
        detail: message.to_owned(),
    };
    (
        Diagnostic::error(map.value(path), problem),
        Some(path.to_owned()),
    )
}

/// The most similar of some words, if it is similar enough to be what was meant.
pub(crate) fn closest<'a>(
    given: &str,
    words: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Comparing takes time and memory by both lengths: no identifier is that long.
    if given.len() > MAX_WORD {
        return None;
    }
    let given = given.to_lowercase();
    words
        .into_iter()
        .filter(|it| it.len() <= MAX_WORD)
        .map(|it| (strsim::damerau_levenshtein(&given, &it.to_lowercase()), it))
        .filter(|(distance, it)| *distance <= 1 + it.len().min(given.len()) / 3)
        .min()
        .map(|(_, it)| it)
}

/// Takes the value at this path away; answers whether there was one.
fn remove(value: &mut Value, path: &str) -> bool {
    let Some((parent, last)) = path.rsplit_once('/') else {
        return false;
    };
    match value.pointer_mut(parent) {
        Some(Value::Object(it)) => it.remove(last).is_some(),
        Some(Value::Array(it)) => match last.parse::<usize>() {
            Ok(at) if at < it.len() => {
                // Later positions must stay what they are in the file.
                false
            }
            _ => false,
        },
        _ => false,
    }
}
