//! What subjects and operators are called.

use expr::Type;
use questionnaire::sentence::{Compares, Level, Name, Named, Operator, Subject};

use crate::i18n::Texts;

/// Longer names make lines that no phone shows.
const LONGEST: usize = 90;

/// What a subject is called.
pub(super) fn name(it: &Name, texts: &Texts) -> String {
    let title = || ("title", short(&it.title));
    let roster = || ("roster", short(it.roster.as_deref().unwrap_or_default()));
    let of = |part: &str| ("part", part.to_owned());
    match &it.part {
        Named::Answer => short(&it.title),
        Named::Row(row) => texts.with("condition-name-row", [title(), of(row)]),
        Named::Attribute(id) => texts.with("condition-name-attribute", [title(), of(id)]),
        Named::Count => texts.with("condition-name-count", [title()]),
        Named::CountRow(row) => texts.with("condition-name-count-row", [title(), of(row)]),
        Named::Units => texts.with("condition-name-units", [title()]),
        Named::Key => texts.with("condition-name-key", [title()]),
        Named::Unit(unit) => texts.with("condition-name-unit", [title(), of(unit)]),
        Named::Sum => texts.with("condition-name-sum", [title(), roster()]),
        Named::Least => texts.with("condition-name-least", [title(), roster()]),
        Named::Greatest => texts.with("condition-name-greatest", [title(), roster()]),
    }
}

/// A name of a length that fits a line.
pub(super) fn short(name: &str) -> String {
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", name[..at].trim_end()),
        None => name.to_owned(),
    }
}

/// What a subject is called where several are offered: what is asked later is marked.
pub(super) fn offered(it: &Subject, texts: &Texts) -> String {
    let name = name(&it.name, texts);
    match it.is_later {
        true => texts.with("condition-later", [("name", name)]),
        false => name,
    }
}

/// What may be said of a subject, in groups: of its value, of another answer, of today, of a missing answer.
pub(super) fn operators(
    about: &Subject,
    level: &Level,
    texts: &Texts,
) -> Vec<(String, Vec<(String, String)>)> {
    let of_type = |it: Operator| {
        texts.get(&format!(
            "condition-says-{}-{}",
            family(about.ty),
            it.code()
        ))
    };
    let one = |it: Operator, with: Compares| (with.code(it), of_type(it));
    let (of_answers, of_values): (Vec<Operator>, Vec<Operator>) =
        about.operators.iter().partition(|it| {
            matches!(it, Operator::Answered | Operator::NotAnswered) || it.is_of_reasons()
        });
    let mut groups = vec![(
        texts.get("condition-group-value"),
        of_values
            .iter()
            .map(|it| one(*it, Compares::Value))
            .collect::<Vec<_>>(),
    )];
    let comparing = || of_values.iter().filter(|it| it.compares());
    if about.ty == Type::Date {
        let today = comparing().map(|it| {
            let words = texts.get(&format!("condition-says-today-{}", it.code()));
            (Compares::Today.code(*it), words)
        });
        groups.push((texts.get("condition-group-today"), today.collect()));
    }
    if level.subjects.iter().any(|it| about.fits(it)) {
        let other = comparing().map(|it| {
            let words = texts.get(&format!("condition-says-other-{}", it.code()));
            (Compares::Other.code(*it), words)
        });
        groups.push((texts.get("condition-group-other"), other.collect()));
    }
    if !of_answers.is_empty() {
        let mut answers: Vec<_> = of_answers;
        answers.extend([Operator::ReasonAmong, Operator::ReasonNotAmong]);
        let said = answers.iter().map(|it| {
            let words = texts.get(&format!("condition-says-any-{}", it.code()));
            (it.code().to_owned(), words)
        });
        groups.push((texts.get("condition-group-answer"), said.collect()));
    }
    groups
}

/// What numbers of units are compared with.
pub(super) fn counts(level: &Level, texts: &Texts) -> Vec<(String, Vec<(String, String)>)> {
    let said = |with: Compares, family: &str| {
        let all = Operator::of(Type::Number).iter();
        let all = all.map(|it| {
            let words = texts.get(&format!("condition-says-{family}-{}", it.code()));
            (with.code(*it), words)
        });
        all.collect::<Vec<_>>()
    };
    let mut groups = vec![(
        texts.get("condition-group-value"),
        said(Compares::Value, "count"),
    )];
    if level.subjects.iter().any(|it| it.ty == Type::Number) {
        groups.push((
            texts.get("condition-group-other"),
            said(Compares::Other, "other"),
        ));
    }
    groups
}

const fn family(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::Number => "number",
        Type::Text => "text",
        Type::Date => "date",
        Type::Code(_) => "code",
        Type::Codes(_) => "codes",
    }
}

/// A text as it is looked for: without capitals and accents.
pub(super) fn folded(text: &str) -> String {
    let letters = text.trim().chars().flat_map(char::to_lowercase);
    let plain = letters.map(|it| match it {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ñ' => 'n',
        'ô' | 'ö' | 'ó' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ÿ' => 'y',
        '’' => '\'',
        '-' | '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    });
    plain.collect()
}
