//! How results are cut, as addresses say it: `?by=…&where=…&unit=…`.

use app::paths;
use app::studio::dashboard::cut_screen::{
    BreakdownChoice, BreakdownGroup, Combine, CutShown, CutWrong, WallShown,
};
use app::studio::dashboard::fragments::anchor;
use app::studio::dashboard::screen::Block;
use expr::Lang;
use serde::Deserialize;
use service::{Frame, WaveInfo, in_words, set_name};
use tally::{
    Breakdown, Cut, CutError, Level, MOST_SETS, Percent, PlanError, Rule, Table, TableKind, Unit,
    quarters,
};

use crate::studio::writing::condition::wrong_place;

/// Longer lists make too many columns to be offered; whoever writes the address may have them.
const MOST_COLUMNS: usize = 40;

/// The code of an answer that says that something is there.
const YES: &str = "oui";

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
    /// Conditions, one a line: it is counted who is in exactly which.
    #[serde(default)]
    pub(crate) sets: String,
    /// Of whom the percentages of columns are; of the columns themselves where nothing is said.
    #[serde(default)]
    pub(crate) percent: String,
    /// The only table to be shown, large.
    #[serde(default)]
    pub(crate) wall: String,
    /// As what that table is given: a file instead of a page.
    #[serde(default)]
    pub(crate) form: String,
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
            sets: self.sets().map(str::to_owned).collect(),
        }
    }

    fn sets(&self) -> impl Iterator<Item = &str> {
        self.sets.lines().map(str::trim).filter(|it| !it.is_empty())
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
                ("percent", self.percent.trim()),
                ("sets", &self.sets().collect::<Vec<_>>().join("\n")),
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

/// The only figure that a page shows, large; nothing where it is not one of the page's.
pub(crate) fn wall(cut: &Asked, here: &str, tables: &[&Table], item: &str) -> Option<WallShown> {
    let at = tables.iter().position(|it| it.item == item)?;
    let results = cut.of(here);
    let to = |at: Option<usize>| {
        let table = tables.get(at?)?;
        Some(paths::cut(&results, &[("wall", &table.item)]))
    };
    Some(WallShown {
        item: item.to_owned(),
        nth: at + 1,
        of: tables.len(),
        previous: to(at.checked_sub(1)),
        next: to(Some(at + 1)),
        back: format!("{results}#{}", anchor(item)),
    })
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
        let combine = self.combine(asked);
        CutShown {
            breakdowns: breakdowns.filter(|it| !it.choices.is_empty()).collect(),
            bands: self.bands(&asked.by),
            units: units(self.whole, self.wave, language),
            said: in_words(&self.wave.engine, &asked.only, lang),
            n_kept: self.shown.n_kept(),
            n_responses: self.whole.n_responses() as u64,
            left_out: self.shown.left_out().to_vec(),
            wrong: self
                .wrong
                .map(|it| wrong(it, &asked.only, &asked.cut().sets, lang)),
            wall: asked.of(&self.here),
            here: self.here,
            compose: self.compose,
            by: asked.by.clone(),
            only: asked.only.clone(),
            unit: asked.unit.clone(),
            has_intervals: asked.cut().level.is_some(),
            combine,
            combined: self.shown.combinations().cloned(),
            set_names: asked
                .sets()
                .map(|it| set_name(&self.wave.engine, it, lang))
                .collect(),
            percent: Percent::of_name(asked.percent.trim()).unwrap_or_default(),
            sets: asked.sets.replace("\r\n", "\n"),
        }
    }

    /// For each question with several answers, where its combinations are shown; and the same of questions that offer the
    /// same answers, such as whether there is each of several schemes.
    fn combine(&self, asked: &Asked) -> Vec<Combine> {
        let here = |sets: Vec<String>| {
            let asked = Asked {
                sets: sets.join("\n"),
                ..asked.clone()
            };
            format!("{}#combinations", asked.of(&self.here))
        };
        let mut all = Vec::new();
        for block in self.blocks {
            let mut alike: Vec<(Vec<&str>, Vec<&Table>)> = Vec::new();
            for table in block.tables.iter().filter(|it| it.unit == Unit::Respondent) {
                let rows = table.figures.rows.iter();
                let codes: Vec<&str> = rows
                    .filter(|it| it.missing.is_none())
                    .map(|it| it.code.as_str())
                    .collect();
                match table.kind {
                    TableKind::Multiple if (2..=MOST_SETS).contains(&codes.len()) => {
                        let sets = codes.iter().map(|it| format!("{} has '{it}'", table.item));
                        all.push(Combine {
                            item: table.item.clone(),
                            titles: Vec::new(),
                            href: here(sets.collect()),
                        });
                    }
                    TableKind::Single if codes.contains(&YES) => {
                        match alike.iter_mut().find(|it| it.0 == codes) {
                            Some(found) => found.1.push(table),
                            None => alike.push((codes, vec![table])),
                        }
                    }
                    _ => {}
                }
            }
            for (_, tables) in alike
                .into_iter()
                .filter(|it| (2..=MOST_SETS).contains(&it.1.len()))
            {
                let sets = tables.iter().map(|it| format!("{} = '{YES}'", it.item));
                let titles = tables.iter().map(|it| it.label.clone());
                all.push(Combine {
                    item: tables[0].item.clone(),
                    titles: titles.collect(),
                    href: here(sets.collect()),
                });
            }
        }
        all
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
fn wrong(why: &CutError, only: &str, sets: &[String], lang: Lang) -> CutWrong {
    match why {
        CutError::Condition(found) => CutWrong {
            at: "where",
            message: None,
            places: found.iter().map(|it| wrong_place(only, it, lang)).collect(),
        },
        CutError::Set(nth, found) => CutWrong {
            at: "sets",
            message: None,
            places: found
                .iter()
                .map(|it| wrong_place(sets.get(*nth).map_or("", String::as_str), it, lang))
                .collect(),
        },
        CutError::ManySets => CutWrong {
            at: "sets",
            message: Some(sentence(&why.message(lang))),
            places: Vec::new(),
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
