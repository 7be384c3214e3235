//! The few words a chart adds to what it is given, in French and in English.

mod kinds;

use crate::graph::{EdgeKind, Tone};
use crate::number::Language;

pub(crate) use kinds::*;

pub(crate) fn answer(language: Language) -> &'static str {
    match language {
        Language::French => "Réponse",
        Language::English => "Answer",
    }
}

pub(crate) fn count(language: Language) -> &'static str {
    match language {
        Language::French => "Effectif",
        Language::English => "Count",
    }
}

pub(crate) fn value(language: Language) -> &'static str {
    match language {
        Language::French => "Valeur",
        Language::English => "Value",
    }
}

pub(crate) fn statistic(language: Language) -> &'static str {
    match language {
        Language::French => "Statistique",
        Language::English => "Statistic",
    }
}

/// What a summary calls the number of values it is made from.
pub(crate) fn values(language: Language) -> &'static str {
    match language {
        Language::French => "Nombre de valeurs",
        Language::English => "Number of values",
    }
}

/// Names of the five numbers and of the mean.
pub(crate) fn statistics(language: Language) -> [&'static str; 6] {
    match language {
        Language::French => [
            "Minimum",
            "1er quartile",
            "Médiane",
            "3e quartile",
            "Maximum",
            "Moyenne",
        ],
        Language::English => [
            "Minimum",
            "1st quartile",
            "Median",
            "3rd quartile",
            "Maximum",
            "Mean",
        ],
    }
}

/// The interval `from ≤ x < to`, or `from ≤ x ≤ to` for whole numbers and for the last interval.
pub(crate) fn between(from: &str, to: &str, inclusive: bool, language: Language) -> String {
    match (language, inclusive) {
        _ if from == to => from.to_owned(),
        (Language::French, true) => format!("{from} à {to}"),
        (Language::French, false) => format!("{from} à moins de {to}"),
        (Language::English, true) => format!("{from} to {to}"),
        (Language::English, false) => format!("{from} to less than {to}"),
    }
}

/// What somebody hears who does not see the bars.
pub(crate) fn describe_bars(
    rows: usize,
    first: Option<(&str, &str)>,
    language: Language,
) -> String {
    match (language, first) {
        (Language::French, Some((label, value))) => format!(
            "Diagramme en barres, {rows} réponses. La plus fréquente\u{202f}: {label}, {value}."
        ),
        (Language::French, None) => "Diagramme en barres, sans réponse.".to_owned(),
        (Language::English, Some((label, value))) => {
            format!("Bar chart, {rows} answers. The most frequent: {label}, {value}.")
        }
        (Language::English, None) => "Bar chart without answers.".to_owned(),
    }
}

pub(crate) fn describe_grouped(groups: usize, series: &str, language: Language) -> String {
    match language {
        Language::French => {
            format!(
                "Diagramme en barres groupées, {groups} réponses, comparées entre\u{202f}: {series}."
            )
        }
        Language::English => {
            format!("Grouped bar chart, {groups} answers, compared between: {series}.")
        }
    }
}

pub(crate) fn describe_histogram(bins: usize, range: &str, language: Language) -> String {
    match language {
        Language::French => format!("Histogramme, {bins} classes, valeurs de {range}."),
        Language::English => format!("Histogram, {bins} intervals, values from {range}."),
    }
}

pub(crate) fn describe_summary(parts: &str, language: Language) -> String {
    match language {
        Language::French => format!("Boîte à moustaches. {parts}."),
        Language::English => format!("Box plot. {parts}."),
    }
}

/// What is known about reaching a question, said of the question.
pub(crate) fn tone(tone: Tone, language: Language) -> &'static str {
    match (language, tone) {
        (_, Tone::Plain) => "",
        (Language::French, Tone::Reached) => "atteignable",
        (Language::French, Tone::Always) => "toujours posée",
        (Language::French, Tone::Never) => "jamais posée",
        (Language::French, Tone::Unknown) => "non prouvée",
        (Language::English, Tone::Reached) => "reachable",
        (Language::English, Tone::Always) => "always asked",
        (Language::English, Tone::Never) => "never asked",
        (Language::English, Tone::Unknown) => "not proven",
    }
}

/// What stands before a condition.
pub(crate) fn graph_if(language: Language) -> &'static str {
    match language {
        Language::French => "si",
        Language::English => "if",
    }
}

/// What stands after the title of a group that began in another column.
pub(crate) fn graph_continued(language: Language) -> &'static str {
    match language {
        Language::French => "(suite)",
        Language::English => "(continued)",
    }
}

/// Conditions there is no room for.
pub(crate) fn graph_more(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::French, 1) => "et une autre condition".to_owned(),
        (Language::French, _) => format!("et {count} autres conditions"),
        (Language::English, 1) => "and one more condition".to_owned(),
        (Language::English, _) => format!("and {count} more conditions"),
    }
}

/// What a line from one node to another says.
pub(crate) fn graph_edge(kind: EdgeKind, language: Language) -> &'static str {
    match (language, kind) {
        (Language::French, EdgeKind::Sequence) => "étape suivante",
        (Language::French, EdgeKind::Condition) => "cette réponse décide",
        (Language::English, EdgeKind::Sequence) => "next step",
        (Language::English, EdgeKind::Condition) => "this answer decides",
    }
}

/// What stands between the entries of an enumeration.
pub(crate) fn graph_between(language: Language) -> &'static str {
    match language {
        Language::French => "\u{202f}; ",
        Language::English => "; ",
    }
}

/// Where a step leads, if that is not just the next one.
pub(crate) fn graph_then(steps: &[usize], language: Language) -> String {
    let steps: Vec<String> = steps.iter().map(|step| (step + 1).to_string()).collect();
    let then = match language {
        Language::French => "puis",
        Language::English => "then",
    };
    format!("{then} {}", steps.join(", "))
}

/// Head of each column of a graph's table.
pub(crate) fn graph_columns(language: Language) -> [&'static str; 6] {
    match language {
        Language::French => [
            "Étape",
            "Bloc",
            "Questions",
            "Condition",
            "Décidée par",
            "État",
        ],
        Language::English => [
            "Step",
            "Block",
            "Questions",
            "Condition",
            "Decided by",
            "State",
        ],
    }
}

/// « 14 étapes · 32 questions · 6 blocs ».
pub(crate) fn graph_counts(
    steps: usize,
    questions: usize,
    blocks: usize,
    language: Language,
) -> String {
    let one = |count: usize, word: &str| {
        // French says « 0 étape », English “0 steps”.
        let several = match language {
            Language::French => count > 1,
            Language::English => count != 1,
        };
        format!("{count} {word}{}", if several { "s" } else { "" })
    };
    let (step, block) = match language {
        Language::French => ("étape", "bloc"),
        Language::English => ("step", "block"),
    };
    let mut text = format!("{} · {}", one(steps, step), one(questions, "question"));
    if blocks > 0 {
        text.push_str(" · ");
        text.push_str(&one(blocks, block));
    }
    text
}

/// What somebody hears who does not see the graph.
pub(crate) fn describe_graph(counts: &str, tones: &[(usize, &str)], language: Language) -> String {
    let kind = match language {
        Language::French => "Graphe des parcours",
        Language::English => "Graph of the routes",
    };
    let colon = match language {
        Language::French => "\u{202f}: ",
        Language::English => ": ",
    };
    let tones: Vec<String> = tones
        .iter()
        .map(|(count, word)| format!("{word}{colon}{count}"))
        .collect();
    if tones.is_empty() {
        format!("{kind}, {counts}.")
    } else {
        format!("{kind}, {counts}. {}.", capitalised(&tones.join(", ")))
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
