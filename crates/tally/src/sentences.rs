//! The sentences around a figure: of whom it is, how exact it is, what a reader must know.

use chart::{Language, integer};

use crate::base::Base;
use crate::figure::{Percent, decimals, uncoded};
use crate::joined::mark;
use crate::table::{Figures, Note, Table};

/// Of whom the percentages are, in words; nothing where the table has no columns of choices.
#[must_use]
pub fn percent_sentence(
    table: &Table,
    percent: Percent,
    language: Language,
) -> Option<&'static str> {
    table
        .columns
        .as_ref()
        .filter(|_| !table.figures.rows.is_empty())?;
    match (percent, language) {
        (Percent::Column, _) => None,
        (Percent::Row, Language::French) => {
            Some("Pourcentages en ligne\u{202f}: de toutes les unités qui ont donné la réponse.")
        }
        (Percent::Row, Language::English) => {
            Some("Row percentages: of all units that gave the answer.")
        }
        (Percent::Total, Language::French) => {
            Some("Pourcentages du total\u{202f}: de toutes les unités interrogées.")
        }
        (Percent::Total, Language::English) => {
            Some("Total percentages: of all units that were asked.")
        }
    }
}

/// Whom the figures are about and who of them has no answer: « 124 répondant·es dont le territoire
/// a un CLS · 2 ne savent pas · plusieurs réponses possibles ».
#[must_use]
pub fn base_line(table: &Table, figures: &Figures, language: Language) -> String {
    let base = &figures.base;
    let mut parts = vec![universe(table, base.asked(), language)];
    parts.extend(unanswered(base, language));
    if figures.notes.contains(&Note::SeveralAnswers) {
        parts.push(note_text(Note::SeveralAnswers, language).to_owned());
    }
    parts.extend(of_columns(table, language));
    let breaks = table.joins.iter().flat_map(|it| &it.breaks);
    let mut marks: Vec<i32> = breaks.map(|it| it.at).collect();
    marks.sort_unstable();
    marks.dedup();
    parts.extend(marks.into_iter().map(|it| mark(it, language)));
    parts.join(" · ")
}

/// How many were asked in each column: « selon « Présence d’un ASV » : Oui (46), Non (55) ».
fn of_columns(table: &Table, language: Language) -> Option<String> {
    let (by, columns) = (table.by.as_ref()?, table.columns.as_ref()?);
    let asked = columns.iter().map(|it| {
        let n = integer(it.figures.base.asked(), language);
        format!("{}\u{a0}({n})", it.label)
    });
    let asked = asked.collect::<Vec<_>>().join(", ");
    Some(match language {
        Language::French => format!("selon «\u{202f}{}\u{202f}»\u{202f}: {asked}", by.label),
        Language::English => format!("by “{}”: {asked}", by.label),
    })
}

/// `n` with whom it counts: « 124 répondant·es »; the plural would not do for one or none.
#[must_use]
pub fn universe(table: &Table, n: u64, language: Language) -> String {
    let number = integer(n, language);
    match (n > 1, language) {
        (true, _) => format!("{number} {}", table.universe),
        (false, Language::French) => format!("{}\u{202f}: {number}", table.universe),
        (false, Language::English) => format!("{}: {number}", table.universe),
    }
}

/// Those asked without a usable answer, and those not asked, each with its reason.
fn unanswered(base: &Base, language: Language) -> Vec<String> {
    let parts: [(u64, [&str; 4]); 5] = [
        (
            base.dont_know(),
            [
                "ne sait pas",
                "ne savent pas",
                "does not know",
                "do not know",
            ],
        ),
        (
            base.refused(),
            [
                "préfère ne pas répondre",
                "préfèrent ne pas répondre",
                "would rather not say",
                "would rather not say",
            ],
        ),
        (
            base.no_answer(),
            [
                "sans réponse",
                "sans réponse",
                "left it empty",
                "left it empty",
            ],
        ),
        (
            base.not_reached(),
            [
                "arrêt avant la question",
                "arrêts avant la question",
                "stopped before",
                "stopped before",
            ],
        ),
        (
            base.not_asked(),
            [
                "non interrogé·e",
                "non interrogé·es",
                "not asked",
                "not asked",
            ],
        ),
    ];
    parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, [un, plusieurs, one, several])| {
            let words = match (language, n) {
                (Language::French, 1) => un,
                (Language::French, _) => plusieurs,
                (Language::English, 1) => one,
                (Language::English, _) => several,
            };
            format!("{} {words}", integer(n, language))
        })
        .collect()
}

/// How exact percentages are, and by what columns are compared; nothing where that was not asked for.
#[must_use]
pub fn precision_sentence(table: &Table, language: Language) -> Option<String> {
    let it = table.precision.as_ref()?;
    let level = it.level;
    let mut words = match language {
        Language::French => format!("Intervalles de confiance à {level}\u{202f}% (Wilson)"),
        Language::English => format!("{level}% confidence intervals (Wilson)"),
    };
    if let Some(all) = it.population {
        let all = integer(all, language);
        words.push_str(&match language {
            Language::French => format!(", corrigés pour une population de {all}"),
            Language::English => format!(", corrected for a population of {all}"),
        });
    }
    if table.columns.is_some() {
        let chance = 100 - level;
        words.push_str(&match language {
            Language::French => format!(
                "\u{202f}; ▲ plus et ▼ moins que toutes les autres unités interrogées, au seuil de \
                 {chance}\u{202f}% (correction de Holm)"
            ),
            Language::English => format!(
                "; ▲ more and ▼ less than all other units asked, at {chance}% (corrected by Holm)"
            ),
        });
    }
    words.push('.');
    Some(words)
}

/// A note in words.
#[must_use]
pub fn note_text(note: Note, language: Language) -> &'static str {
    match (note, language) {
        (Note::SeveralAnswers, Language::French) => "plusieurs réponses possibles",
        (Note::SeveralAnswers, Language::English) => "several answers possible",
        (Note::SmallBase, Language::French) => {
            "petit effectif\u{202f}: les pourcentages sont à lire avec prudence"
        }
        (Note::SmallBase, Language::English) => "small base: read the percentages with care",
        (Note::NetsFromCounts, Language::French) => {
            "les regroupements comptent des réponses, ils n’additionnent pas de pourcentages arrondis"
        }
        (Note::NetsFromCounts, Language::English) => {
            "nets count responses, they do not add up rounded percentages"
        }
        (Note::RowsBelowAsked, Language::French) => {
            "le total est inférieur à 100\u{202f}%\u{202f}: les réponses manquantes restent dans la base"
        }
        (Note::RowsBelowAsked, Language::English) => {
            "the total is below 100%: missing answers stay in the base"
        }
        (Note::OverlappingGroups, Language::French) => {
            "les groupes se recoupent\u{202f}: une même unité peut être dans plusieurs colonnes"
        }
        (Note::OverlappingGroups, Language::English) => {
            "the groups overlap: one unit may be in several columns"
        }
    }
}

/// That the percentages drawn do not add up to 100, where those of one answer each are expected to; nothing where they do.
/// They are rounded one by one: what stands beside a bar is the nearest percentage, also where that costs the sum.
#[must_use]
pub fn rounding_sentence(table: &Table, language: Language) -> Option<String> {
    let figures = &table.figures;
    let is_apart = table.columns.is_some() || figures.notes.contains(&Note::SeveralAnswers);
    let is_offered = figures.rows.iter().all(|it| it.offered.is_none());
    if is_apart || !is_offered || figures.rows.is_empty() || figures.base.asked() == 0 {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(decimals(&figures.base)).ok()?);
    let others = uncoded(figures, language).map(|it| it.n);
    let counts = figures.rows.iter().map(|it| it.n).chain(others);
    let shares = counts.filter_map(|it| figures.base.percent_of_asked(it));
    let sum: i64 = shares.map(|it| (it * scale as f64).round() as i64).sum();
    if sum == 100 * scale {
        return None;
    }
    let total = chart::percent(sum as f64 / scale as f64, decimals(&figures.base), language);
    Some(match language {
        Language::French => {
            format!(
                "Les pourcentages affichés sont arrondis un par un\u{202f}: leur total fait {total}."
            )
        }
        Language::English => {
            format!("The percentages shown are rounded one by one: they add up to {total}.")
        }
    })
}
