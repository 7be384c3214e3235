//! How results are cut, as addresses say it: `?by=…&where=…&unit=…`.

use app::paths;
use app::studio::dashboard::cut_screen::{BreakdownChoice, BreakdownGroup, CutShown, CutWrong};
use app::studio::dashboard::screen::Block;
use expr::Lang;
use serde::Deserialize;
use service::{Frame, WaveInfo, in_words};
use tally::{Breakdown, Cut, CutError, Level, PlanError, Rule, Table, TableKind, Unit, quarters};

use crate::studio::writing::condition::wrong_place;

/// Longer lists make too many columns to be offered; whoever writes the address may have them.
const MOST_COLUMNS: usize = 40;

/// What follows `?`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Asked {
    /// Columns for each answer to this question.
    #[serde(default)]
    pub(crate) by: String,
    /// Only responses for which this condition holds.
    #[serde(default, rename = "where")]
    pub(crate) only: String,
    /// Only tables that count this unit.
    #[serde(default)]
    pub(crate) unit: String,
    /// With intervals of this level, in percent.
    #[serde(default)]
    pub(crate) level: String,
}

impl Asked {
    /// The cut that is asked for.
    pub(crate) fn cut(&self) -> Cut {
        let given = |it: &str| {
            Some(it.trim())
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
        };
        Cut {
            by: given(&self.by),
            only: given(&self.only),
            unit: given(&self.unit),
            level: self.level.trim().parse().ok().and_then(Level::of_percent),
        }
    }

    /// An address of results, cut so.
    pub(crate) fn of(&self, results: &str) -> String {
        paths::cut(
            results,
            &[
                ("by", self.by.trim()),
                ("where", self.only.trim()),
                ("unit", self.unit.trim()),
                ("level", self.level.trim()),
            ],
        )
    }

    /// The same with bounds where numbers make columns and nobody said which: the quarters of what is stored now. They
    /// stand in the address from then on, so that columns stay what they are while responses come.
    pub(crate) fn with_bounds(&self, whole: &Frame) -> Option<Self> {
        let mut by: Breakdown = self.by.parse().ok()?;
        let table = whole.tables().find(|it| it.item == by.table)?;
        if !by.bounds.is_empty() || !is_number(table) {
            return None;
        }
        by.bounds = quarters(table.figures.stats.as_ref()?);
        (!by.bounds.is_empty()).then(|| Self {
            by: by.to_string(),
            ..self.clone()
        })
    }
}

/// What the page says of how tables are cut.
pub(crate) struct Said<'a> {
    pub(crate) here: String,
    pub(crate) compose: Option<String>,
    pub(crate) wave: &'a WaveInfo,
    /// The tables of everybody, by block.
    pub(crate) blocks: &'a [Block],
    pub(crate) whole: &'a Frame,
    /// What is shown.
    pub(crate) shown: &'a Frame,
    pub(crate) wrong: Option<&'a CutError>,
}

impl Said<'_> {
    /// In the interface's language, with the questionnaire's texts in theirs.
    pub(crate) fn shown(self, asked: &Asked, lang: Lang, language: &str) -> CutShown {
        let breakdowns = self.blocks.iter().map(|block| BreakdownGroup {
            title: block.title.clone(),
            choices: block.tables.iter().flat_map(choices).collect(),
        });
        CutShown {
            breakdowns: breakdowns.filter(|it| !it.choices.is_empty()).collect(),
            bands: self.bands(&asked.by),
            units: units(self.whole, self.wave, language),
            said: in_words(&self.wave.engine, &asked.only, lang),
            n_kept: self.shown.n_kept(),
            n_responses: self.whole.n_responses() as u64,
            left_out: self.shown.left_out().to_vec(),
            wrong: self.wrong.map(|it| wrong(it, &asked.only, lang)),
            here: self.here,
            compose: self.compose,
            by: asked.by.clone(),
            only: asked.only.clone(),
            unit: asked.unit.clone(),
            has_intervals: asked.cut().level.is_some(),
        }
    }

    /// Numbers in bands of somebody's own: the question, and where bands begin.
    fn bands(&self, by: &str) -> Option<(String, String)> {
        let by: Breakdown = by.parse().ok()?;
        let table = self.whole.tables().find(|it| it.item == by.table)?;
        let bounds: Vec<String> = by.bounds.iter().map(ToString::to_string).collect();
        (!bounds.is_empty()).then(|| (table.label.clone(), bounds.join("\u{a0}; ")))
    }
}

fn is_number(table: &Table) -> bool {
    table.figures.rows.is_empty() && table.figures.stats.is_some()
}

/// The ways in which a table may make columns.
fn choices(table: &Table) -> Vec<BreakdownChoice> {
    let choice = |rule: Option<Rule>, how: &'static str| BreakdownChoice {
        value: Breakdown {
            table: table.item.clone(),
            rule,
            bounds: Vec::new(),
        }
        .to_string(),
        title: table.label.clone(),
        how,
    };
    let n_rows = table.figures.rows.len();
    let is_unit = matches!(table.unit, Unit::Roster(_));
    match (is_number(table), is_unit) {
        (true, false) => vec![choice(None, "quarters")],
        (true, true) => vec![choice(None, "units"), choice(Some(Rule::Sum), "sum")],
        _ if n_rows == 0 || n_rows > MOST_COLUMNS => Vec::new(),
        (false, true) => vec![choice(None, "units"), choice(Some(Rule::Any), "any")],
        (false, false) if table.kind == TableKind::Rank => vec![choice(None, "first")],
        (false, false) => vec![choice(None, "")],
    }
}

/// The rosters whose units tables count.
fn units(whole: &Frame, wave: &WaveInfo, language: &str) -> Vec<(String, String)> {
    let mut units: Vec<(String, String)> = Vec::new();
    for table in whole.tables() {
        let Unit::Roster(id) = &table.unit else {
            continue;
        };
        if units.iter().all(|it| it.0 != *id) {
            let item = wave.engine.instrument.item(id);
            let title = item.map_or(id.as_str(), |it| it.title().get(language));
            units.push((id.clone(), title.to_owned()));
        }
    }
    units
}

/// Why tables are not cut so, at the field that asks for it.
fn wrong(why: &CutError, only: &str, lang: Lang) -> CutWrong {
    match why {
        CutError::Condition(found) => CutWrong {
            at: "where",
            message: None,
            places: found.iter().map(|it| wrong_place(only, it, lang)).collect(),
        },
        CutError::Plan(why) => CutWrong {
            at: match why {
                PlanError::UnknownUnit(..) => "unit",
                _ => "by",
            },
            message: Some(sentence(&why.message(lang))),
            places: Vec::new(),
        },
    }
}

/// What stands in a line of its own begins with a capital and ends with a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut all: String = first.chain(letters).collect();
    all.push('.');
    all
}
