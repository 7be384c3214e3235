//! Words of intervals, combinations, stacks, scales, lines and boxes.

use crate::number::Language;

/// The head of a column of percentages that have intervals.
pub(crate) fn and_interval(head: &str, language: Language) -> String {
    match language {
        Language::French => format!("{head} (intervalle)"),
        Language::English => format!("{head} (interval)"),
    }
}

pub(crate) fn describe_intervals(language: Language) -> &'static str {
    match language {
        Language::French => "Un trait fin montre l’intervalle de chaque pourcentage.",
        Language::English => "A thin line shows the interval of each percentage.",
    }
}

pub(crate) fn group(language: Language) -> &'static str {
    match language {
        Language::French => "Groupe",
        Language::English => "Group",
    }
}

/// Said of a base that is too small to read percentages closely.
pub(crate) fn few(language: Language) -> &'static str {
    match language {
        Language::French => "petit\u{a0}effectif",
        Language::English => "small\u{a0}base",
    }
}

/// What stands between the entries of a sentence.
pub(crate) fn between_entries(language: Language) -> &'static str {
    match language {
        Language::French => "\u{202f}; ",
        Language::English => "; ",
    }
}

/// The combination of no set.
pub(crate) fn none(language: Language) -> &'static str {
    match language {
        Language::French => "Aucun",
        Language::English => "None",
    }
}

pub(crate) fn combination(language: Language) -> &'static str {
    match language {
        Language::French => "Combinaison exacte",
        Language::English => "Exact combination",
    }
}

/// Combinations without a row of their own; there are several.
pub(crate) fn other_combinations(count: usize, language: Language) -> String {
    match language {
        Language::French => format!("{count} autres combinaisons"),
        Language::English => format!("{count} other combinations"),
    }
}

pub(crate) fn describe_upset(
    rows: usize,
    sets: &str,
    first: Option<(&str, &str)>,
    language: Language,
) -> String {
    match (language, first) {
        (Language::French, Some((label, value))) => format!(
            "Combinaisons exactes parmi\u{202f}: {sets}. {rows} lignes. \
             La plus fréquente\u{202f}: {label}, {value}."
        ),
        (Language::French, None) => {
            format!("Combinaisons exactes parmi\u{202f}: {sets}. Sans réponse.")
        }
        (Language::English, Some((label, value))) => format!(
            "Exact combinations among: {sets}. {rows} rows. The most frequent: {label}, {value}."
        ),
        (Language::English, None) => format!("Exact combinations among: {sets}. Without answers."),
    }
}

pub(crate) fn describe_stacked(stacks: usize, parts: &str, language: Language) -> String {
    match language {
        Language::French => {
            format!("Barres de 100\u{202f}%, {stacks} groupes, divisées en\u{202f}: {parts}.")
        }
        Language::English => format!("Bars of 100%, {stacks} groups, divided into: {parts}."),
    }
}

pub(crate) fn describe_diverging(stacks: usize, steps: &str, language: Language) -> String {
    match language {
        Language::French => {
            format!("Échelle de part et d’autre de zéro, {stacks} lignes\u{202f}: {steps}.")
        }
        Language::English => format!("Scale on both sides of zero, {stacks} rows: {steps}."),
    }
}

/// Heads of what each side of a scale adds up to.
pub(crate) fn totals(language: Language) -> [&'static str; 2] {
    match language {
        Language::French => ["Total négatif", "Total positif"],
        Language::English => ["Negative total", "Positive total"],
    }
}

/// `ends` are the first and the last place, `last` the lines with their last values.
pub(crate) fn describe_line((from, to): (&str, &str), last: &str, language: Language) -> String {
    match language {
        Language::French => {
            format!("Courbes, de {from} à {to}. Dernières valeurs\u{202f}: {last}.")
        }
        Language::English => format!("Lines, from {from} to {to}. Last values: {last}."),
    }
}

pub(crate) fn median_and_count(language: Language) -> &'static str {
    match language {
        Language::French => "médiane · effectif",
        Language::English => "median · count",
    }
}

pub(crate) fn describe_boxes(medians: &str, language: Language) -> String {
    match language {
        Language::French => {
            format!("Boîtes à moustaches. Médianes et effectifs\u{202f}: {medians}.")
        }
        Language::English => format!("Box plots. Medians and counts: {medians}."),
    }
}
