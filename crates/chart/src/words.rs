//! The few words a chart adds to what it is given, in French and in English.

use crate::number::Language;

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
