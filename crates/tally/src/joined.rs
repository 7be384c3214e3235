//! What a table says of the versions it joins: sentences, and the charts of what it leaves apart.

use chart::{Chart, Language, integer};

use crate::figure::charts;
use crate::join::Break;
use crate::table::{Joins, Row, SeriesBreak, Table};

/// What a reader must know of the versions that a table joins, a sentence each; nothing where there is one version.
#[must_use]
pub fn join_notes(table: &Table, language: Language) -> Vec<String> {
    let Some(joins) = &table.joins else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let several = joins.versions.len() > 1;
    let versions = numbers(&joins.versions, language);
    match (several, language) {
        (true, Language::French) => notes.push(format!(
            "Réponses aux versions {versions} du questionnaire, comptées ensemble."
        )),
        (true, Language::English) => notes.push(format!(
            "Responses to versions {versions} of the questionnaire, counted together."
        )),
        (false, _) => {}
    }
    notes.extend(without(joins, language));
    if !joins.reworded.is_empty() {
        let versions = of_versions(&joins.reworded, language);
        notes.push(match language {
            Language::French => format!("Formulée autrement dans {versions}."),
            Language::English => format!("In other words in {versions}."),
        });
    }
    notes.extend(joins.breaks.iter().map(|it| break_sentence(it, language)));
    notes
}

/// Which versions do not have the question: it is new, or gone, or was away.
fn without(joins: &Joins, language: Language) -> Option<String> {
    let (first, last) = (*joins.versions.first()?, *joins.versions.last()?);
    if joins.without.is_empty() {
        return None;
    }
    let n = integer(joins.n_without, language);
    let versions = of_versions(&joins.without, language);
    let is_new = joins.without.iter().all(|it| *it < first) && joins.breaks.is_empty();
    let is_gone = joins.without.iter().all(|it| *it > last);
    let begins = match (is_new, is_gone, language) {
        (true, _, Language::French) => format!("Question nouvelle dans la version {first}"),
        (true, _, Language::English) => format!("New question in version {first}"),
        (_, true, Language::French) => format!("Question retirée après la version {last}"),
        (_, true, Language::English) => format!("Question taken away after version {last}"),
        (_, _, Language::French) => format!("Question absente de {versions}"),
        (_, _, Language::English) => format!("Question not in {versions}"),
    };
    Some(match language {
        Language::French => format!(
            "{begins}\u{202f}: réponses à {versions}, qui ne la pose{} pas\u{202f}: {n}, hors de la base.",
            if joins.without.len() > 1 { "nt" } else { "" }
        ),
        Language::English => format!(
            "{begins}: responses to {versions}, which {} it: {n}, not in the base.",
            if joins.without.len() > 1 {
                "do not ask"
            } else {
                "does not ask"
            }
        ),
    })
}

/// « Série rompue à la version 2 : d’autres personnes sont interrogées. La version 1 est comptée à part. »
#[must_use]
pub fn break_sentence(it: &SeriesBreak, language: Language) -> String {
    let why: Vec<&str> = it.why.iter().map(|it| break_text(*it, language)).collect();
    let (at, version, why) = (it.at, it.version, why.join(", "));
    match language {
        Language::French => format!(
            "Série rompue à la version {at}\u{202f}: {why}. La version {version} est comptée à part."
        ),
        Language::English => {
            format!("Series broken at version {at}: {why}. Version {version} is counted apart.")
        }
    }
}

/// The charts of a version that is counted apart, each with the mark of the break.
#[must_use]
pub fn broken_charts(it: &SeriesBreak, lang: &str) -> Vec<Chart> {
    let language = Language::from_tag(lang);
    let mut table = it.table.clone();
    table.item = format!("{}.v{}", table.item, it.version);
    let mut all = charts(&table, lang);
    for chart in &mut all {
        chart.title = format!("{} – version {}", chart.title, it.version);
        chart.base = format!("{} · {}", chart.base, mark(it.at, language));
    }
    all
}

/// The mark of a broken series.
pub(crate) fn mark(at: i32, language: Language) -> String {
    match language {
        Language::French => format!("série rompue à la version {at}"),
        Language::English => format!("series broken at version {at}"),
    }
}

/// A row's label, with the versions that offer it where others do not.
pub(crate) fn row_label(row: &Row, language: Language) -> String {
    match (&row.offered, language) {
        (None, _) => row.label.clone(),
        (Some(it), Language::French) => {
            format!(
                "{} ({})",
                row.label,
                only(&it.versions, "seulement", language)
            )
        }
        (Some(it), Language::English) => {
            format!("{} ({})", row.label, only(&it.versions, "only", language))
        }
    }
}

fn only(versions: &[i32], word: &str, language: Language) -> String {
    let plural = if versions.len() > 1 { "s" } else { "" };
    format!("version{plural} {} {word}", numbers(versions, language))
}

fn of_versions(versions: &[i32], language: Language) -> String {
    let them = numbers(versions, language);
    match (versions.len() > 1, language) {
        (false, Language::French) => format!("la version {them}"),
        (true, Language::French) => format!("les versions {them}"),
        (false, Language::English) => format!("version {them}"),
        (true, Language::English) => format!("versions {them}"),
    }
}

/// « 1, 2 et 3 ».
fn numbers(versions: &[i32], language: Language) -> String {
    let and = match language {
        Language::French => " et ",
        Language::English => " and ",
    };
    let texts: Vec<String> = versions.iter().map(i32::to_string).collect();
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}{and}{last}", others.join(", ")),
        None => String::new(),
    }
}

/// Why a series breaks, in words.
const fn break_text(it: Break, language: Language) -> &'static str {
    match (it, language) {
        (Break::Kind, Language::French) => "la question est d’un autre type",
        (Break::Kind, Language::English) => "the question is of another kind",
        (Break::Unit, Language::French) => "autre chose est compté",
        (Break::Unit, Language::English) => "something else is counted",
        (Break::Choices, Language::French) => "aucun choix n’est commun",
        (Break::Choices, Language::English) => "no choice is common to both",
        (Break::Meaning, Language::French) => "un choix a changé de sens",
        (Break::Meaning, Language::English) => "a choice has another meaning",
        (Break::Number, Language::French) => "l’unité ou les décimales ont changé",
        (Break::Number, Language::English) => "unit or decimals have changed",
        (Break::Value, Language::French) => "le calcul a changé",
        (Break::Value, Language::English) => "it is worked out otherwise",
        (Break::Operands, Language::French) => "ce dont elle est calculée a changé",
        (Break::Operands, Language::English) => "what it is worked out from has changed",
        (Break::Universe, Language::French) => "les personnes interrogées ne sont plus les mêmes",
        (Break::Universe, Language::English) => "other people are asked",
    }
}
