//! The branch graph: steps of the questionnaire, and which question opens which.
//!
//! A step is a run of questions of one block that share a base. Of each it says whether it can be
//! reached and by which answers. Computed values are no questions: a filter that reads one goes back
//! to the questions it is worked out from. A roster stands for its units, which are steps of theirs.

use std::collections::BTreeSet;

use expr::Lang;
use questionnaire::instrument::{ItemIx, Kind};
use questionnaire::layout::Source;

use crate::bases::{Base, Bases};
use crate::goal::Goal;
use crate::prove::{Proof, Status};
use crate::reads;
use crate::sentence::Sentences;

/// Steps and what leads to them, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// The questionnaire's title.
    pub title: String,
    /// Id and title of each block.
    pub blocks: Vec<(String, String)>,
    /// The steps, in the order of the questionnaire.
    pub steps: Vec<Step>,
    /// What leads where.
    pub ways: Vec<Way>,
}

/// A run of questions that the same people are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its block.
    pub block: usize,
    /// Its base, as in [`Bases::list`].
    pub base: usize,
    /// Who is asked, in words: the author's if there are some.
    pub title: String,
    /// The condition in words; nothing where everybody is asked.
    pub said: String,
    /// The filters that come down to it, outermost first.
    pub filters: Vec<Source>,
    /// Its questions.
    pub lines: Vec<Line>,
    /// Whether it can be reached.
    pub reach: Reach,
    /// Answers by which it is.
    pub example: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which item it is.
    pub item: ItemIx,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub text: String,
    /// Whether it can be reached.
    pub reach: Reach,
}

/// Whether something can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Everybody gets there.
    Always,
    /// Somebody can.
    Some,
    /// Not proven.
    Open,
    /// Nobody can.
    Never,
}

/// From one step to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// It comes next.
    Next {
        /// The step before.
        from: usize,
        /// The step after.
        to: usize,
    },
    /// An answer decides whether it is asked.
    Opens {
        /// The step of the question that is read.
        from: usize,
        /// The question, by its place in that step.
        line: Option<usize>,
        /// The step that depends on it.
        to: usize,
        /// The condition, as text; nothing where it only says which units there are.
        condition: String,
    },
}

impl Proof<'_> {
    /// Whether an item can be reached.
    #[must_use]
    pub fn reach(&self, item: ItemIx) -> Reach {
        let hidden = self.status(Goal::ItemHidden(item));
        match self.status(Goal::Item(item)) {
            Status::Never => Reach::Never,
            Status::Open => Reach::Open,
            Status::Met(_) if hidden == Status::Never && self.can_be_completed() == Some(true) => {
                Reach::Always
            }
            Status::Met(_) => Reach::Some,
        }
    }

    /// The branch graph.
    #[must_use]
    pub fn branches(&self, bases: &Bases, lang: Lang) -> Branches {
        let engine = self.engine();
        let instrument = &engine.instrument;
        let sentences = Sentences::new(engine, lang);
        let mut it = Branches {
            title: sentences.text(&instrument.title),
            blocks: instrument
                .blocks
                .iter()
                .map(|it| {
                    let title = it.title.as_ref().map(|it| sentences.text(it));
                    (it.id.clone(), title.unwrap_or_default())
                })
                .collect(),
            ..Branches::default()
        };
        let mut step_of = vec![None; instrument.items.len()];
        for (base, items) in self.runs(bases) {
            let at = it.steps.len();
            for item in &items {
                step_of[*item as usize] = Some(at);
            }
            it.steps
                .push(self.step(&bases.list[base], base, &items, &sentences));
        }
        for roster in &instrument.rosters {
            let first = roster.items.iter().find_map(|it| step_of[*it as usize]);
            let own = &mut step_of[roster.item as usize];
            *own = own.or(first);
        }
        for to in 1..it.steps.len() {
            it.ways.push(Way::Next { from: to - 1, to });
        }
        for to in 0..it.steps.len() {
            let base = &bases.list[it.steps[to].base];
            let condition = base.expression().unwrap_or_default();
            for read in self.read_by(base) {
                let Some(from) = step_of[read as usize].filter(|it| *it != to) else {
                    continue;
                };
                it.ways.push(Way::Opens {
                    from,
                    line: it.steps[from].lines.iter().position(|it| it.item == read),
                    to,
                    condition: condition.clone(),
                });
            }
        }
        it
    }

    /// Questions of one block that share a base, one after the other.
    fn runs(&self, bases: &Bases) -> Vec<(usize, Vec<ItemIx>)> {
        let instrument = &self.engine().instrument;
        let block = |it: ItemIx| {
            let page = instrument.items[it as usize].page;
            instrument.pages[page as usize].block
        };
        let mut runs: Vec<(usize, Vec<ItemIx>)> = Vec::new();
        for (ix, item) in (0u32..).zip(&instrument.items) {
            match &item.kind {
                Kind::Computed { .. } => continue,
                Kind::Roster { roster }
                    if !instrument.rosters[*roster as usize].items.is_empty() =>
                {
                    continue;
                }
                _ => {}
            }
            let base = bases.of_item[ix as usize];
            match runs.last_mut() {
                Some((last, items)) if *last == base && block(items[0]) == block(ix) => {
                    items.push(ix);
                }
                _ => runs.push((base, vec![ix])),
            }
        }
        // A text beside questions is no line of its own.
        let is_text = |it: &ItemIx| matches!(instrument.items[*it as usize].kind, Kind::Statement);
        for (_, items) in &mut runs {
            if !items.iter().all(is_text) {
                items.retain(|it| !is_text(it));
            }
        }
        runs
    }

    fn step(&self, base: &Base, at: usize, items: &[ItemIx], sentences: &Sentences<'_>) -> Step {
        let instrument = &self.engine().instrument;
        let item = |it: &ItemIx| &instrument.items[*it as usize];
        let lines: Vec<Line> = items
            .iter()
            .map(|it| Line {
                item: *it,
                id: item(it).id.clone(),
                text: sentences.bare_title(*it),
                reach: self.reach(*it),
            })
            .collect();
        let mut words: Vec<String> = items
            .iter()
            .filter_map(|it| Some(sentences.text(item(it).universe.as_ref()?)))
            .collect();
        words.dedup();
        let title = match words.as_slice() {
            [one] => crate::sentence::capital(one),
            // The condition is written beside it.
            _ => match items.first().and_then(|it| item(it).roster) {
                Some(roster) => sentences.units_of(roster),
                None if base.condition.is_none() => sentences.always().to_owned(),
                None => base.universe(sentences),
            },
        };
        let read: Vec<ItemIx> = self.read_by(base).into_iter().collect();
        Step {
            block: items.first().map_or(0, |it| {
                instrument.pages[item(it).page as usize].block as usize
            }),
            base: at,
            title,
            said: match base.condition {
                Some(_) => base.universe(sentences),
                None => String::new(),
            },
            filters: base.filters.clone(),
            reach: lines.iter().map(|it| it.reach).max().unwrap_or(Reach::Open),
            example: self.example(items, &read, sentences).unwrap_or_default(),
            lines,
        }
    }

    /// What the witness of some items answers to the questions that decide about them.
    fn example(
        &self,
        items: &[ItemIx],
        read: &[ItemIx],
        sentences: &Sentences<'_>,
    ) -> Option<String> {
        let first = *items.first()?;
        let sheet = self.witness(Goal::Item(first))?;
        let evaluation = self.engine().load(sheet).evaluation;
        let mut units = self.encoding.units_of(first).into_iter();
        let unit = units.find(|unit| evaluation.is_on_path(first, *unit))?;
        Some(sentences.answers(sheet, read, unit))
    }

    /// The questions that decide who is in a base.
    fn read_by(&self, base: &Base) -> BTreeSet<ItemIx> {
        let engine = self.engine();
        let instrument = &engine.instrument;
        let mut read = BTreeSet::new();
        let mut named = BTreeSet::new();
        for filter in &base.filters {
            if let Some(it) = filter.condition(instrument) {
                read.extend(reads::questions(engine, &it.program));
                named.extend(reads::named(engine, &it.program));
            }
        }
        let Some(units) = base.unit else {
            return read;
        };
        // Which units there are goes without saying where an answer of the unit decides.
        let is_of_unit = |it: &ItemIx| {
            let roster = instrument.items[*it as usize].roster;
            roster.and_then(|it| reads::units(engine, it)) == Some(units)
        };
        let is_added = matches!(instrument.items[units as usize].kind, Kind::Roster { .. });
        let decided = is_added || read.iter().any(is_of_unit);
        if decided && !named.contains(&units) {
            read.remove(&units);
        } else {
            read.insert(units);
        }
        read
    }
}
