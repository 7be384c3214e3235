//! What can be answered in a slot, cut into the classes that conditions tell apart.

use std::collections::BTreeMap;

use questionnaire::instrument::{Item, Kind, List, MissingOffer};
use questionnaire::{Answer, Engine};

use crate::cuts::{Cuts, grid_of};
use crate::formula::{Formulas, Lit};
use crate::grid::Grid;

/// Longer lists are cut into the choices that conditions tell apart.
const LONG_LIST: usize = 64;

/// Answers that are alike for every condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    /// One choice; where it stands for others of a long list, the first of them.
    Code(u16),
    Bool(bool),
    /// Numbers of the grid between two.
    Range(i128, i128),
    Text(String),
    /// A text that no condition mentions.
    OtherText,
    /// Several choices: what the set's own literals say.
    Set,
    /// One choice of several, which means a missing reason.
    Alone(u16),
    Missing(MissingOffer),
    Empty,
}

/// A class and when it is given.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub(crate) given: Given,
    pub(crate) lit: Lit,
}

/// Ordinary choices of a question with several answers.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    /// Each choice that means no missing reason, and whether it is chosen.
    pub(crate) chosen: Vec<(u16, Lit)>,
    /// Whether at least so many are chosen: `at_least[0]` is true.
    pub(crate) at_least: Vec<Lit>,
    /// Whether it is an answer that nothing is wrong with, other rules apart.
    pub(crate) valid: Lit,
}

impl Set {
    pub(crate) fn has(&self, code: u16) -> Lit {
        let found = self.chosen.iter().find(|it| it.0 == code);
        found.map_or(Lit::FALSE, |it| it.1)
    }
}

/// See the [module](self).
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) classes: Vec<Class>,
    pub(crate) set: Option<Set>,
    pub(crate) grid: Option<Grid>,
    /// Whether what is given is an answer at all: always, unless another version's answers are
    /// read.
    pub(crate) valid: Lit,
}

impl Domain {
    /// The domain of an item's slot. `max_points` is the greatest number of values that are taken
    /// one by one where a condition reads several numbers together.
    pub(crate) fn of(
        engine: &Engine,
        item_ix: u32,
        first_slot: u32,
        cuts: &Cuts,
        max_points: i128,
        formulas: &mut Formulas,
    ) -> Self {
        let item = &engine.instrument.items[item_ix as usize];
        let list = item
            .list()
            .and_then(|it| engine.instrument.lists.get(it as usize));
        let several = is_several(item);
        let grid = grid_of(engine, item_ix);
        let mut givens = Self::givens(engine, item_ix, first_slot, cuts, max_points);
        if !item.required {
            givens.push(Given::Empty);
        }
        let cases = formulas.cases(givens.len());
        let classes = givens.into_iter().zip(cases);
        let set = match list {
            Some(list) if several => Some(set_of(item, list, formulas)),
            _ => None,
        };
        Self {
            classes: classes.map(|(given, lit)| Class { given, lit }).collect(),
            set,
            grid,
            valid: Lit::TRUE,
        }
    }

    /// What can be answered, one class after the other.
    pub(crate) fn givens(
        engine: &Engine,
        item_ix: u32,
        first_slot: u32,
        cuts: &Cuts,
        max_points: i128,
    ) -> Vec<Given> {
        let item = &engine.instrument.items[item_ix as usize];
        let list = item
            .list()
            .and_then(|it| engine.instrument.lists.get(it as usize));
        let several = is_several(item);
        let grid = grid_of(engine, item_ix);
        let mut givens = Vec::new();
        match (&item.kind, grid, list) {
            (_, Some(grid), _) => {
                let starts = starts(grid, item_ix, cuts, max_points);
                givens.extend(ranges(&starts, grid.last));
            }
            (_, _, Some(_)) if several => givens.push(Given::Set),
            (_, _, Some(list)) => {
                let kept = kept_codes(item, list, first_slot, cuts);
                givens.extend(kept.into_iter().map(Given::Code));
            }
            (Kind::Consent, ..) => givens.extend([Given::Bool(true), Given::Bool(false)]),
            (Kind::Text { max_length, .. }, ..) => {
                givens.push(Given::OtherText);
                if cuts.read.contains(&item_ix) {
                    let fits =
                        |it: &&String| !it.is_empty() && it.chars().count() <= *max_length as usize;
                    let texts = cuts.texts.iter().filter(fits).cloned();
                    givens.extend(texts.map(Given::Text));
                }
            }
            _ => {}
        }
        let means = |reason: MissingOffer| {
            list.is_some_and(|it| it.choices.iter().any(|it| it.missing == Some(reason)))
        };
        if let (true, Some(list)) = (several, list) {
            let reasons = (0u16..).zip(&list.choices);
            let reasons = reasons.filter(|(_, it)| it.missing.is_some());
            givens.extend(reasons.map(|(at, _)| Given::Alone(at)));
        }
        let offers = item.offers.iter().filter(|it| !means(**it));
        givens.extend(offers.map(|it| Given::Missing(*it)));
        givens
    }

    /// Whether a class is given.
    pub(crate) fn when(&self, given: &Given) -> Lit {
        let found = self.classes.iter().find(|it| it.given == *given);
        found.map_or(Lit::FALSE, |it| it.lit)
    }

    /// Whether this choice is made, alone or among others.
    pub(crate) fn picks(&self, code: u16, formulas: &mut Formulas) -> Lit {
        let alone = self.when(&Given::Alone(code));
        let one = self.when(&Given::Code(code));
        let among = match &self.set {
            Some(set) => {
                let is_set = self.when(&Given::Set);
                formulas.and(is_set, set.has(code))
            }
            None => Lit::FALSE,
        };
        formulas.any([alone, one, among])
    }
}

/// Whether it is answered with several choices.
pub(crate) fn is_several(item: &Item) -> bool {
    use questionnaire::instrument::Cells;
    matches!(
        item.kind,
        Kind::Multiple { .. }
            | Kind::Rank { .. }
            | Kind::Grid {
                cells: Cells::Multiple { .. },
                ..
            }
    )
}

/// First values of the ranges between cuts, the ends of what can be answered apart.
pub(crate) fn starts(grid: Grid, item: u32, cuts: &Cuts, max_points: i128) -> Vec<i128> {
    if grid.len() == 0 {
        return Vec::new();
    }
    let mut starts: Vec<i128> = vec![grid.first];
    if cuts.together.contains(&item) && grid.len() <= max_points {
        starts = (grid.first..=grid.last).collect();
    } else if cuts.read.contains(&item) || item == crate::cuts::TODAY {
        starts.extend(cuts.pieces(item));
        starts.extend([grid.first + 1, grid.last]);
        starts.retain(|it| (grid.first..=grid.last).contains(it));
        starts.sort_unstable();
        starts.dedup();
    }
    starts
}

/// The ranges that start there, up to a last value.
fn ranges(starts: &[i128], last: i128) -> impl Iterator<Item = Given> + '_ {
    let ends = starts.iter().skip(1).map(|it| it - 1).chain([last]);
    let ranges = starts.iter().zip(ends);
    ranges.map(|(from, to)| Given::Range(*from, to))
}

/// The choices that stand for themselves; of a long list, one of each sort that conditions can tell
/// apart.
fn kept_codes(item: &Item, list: &List, first_slot: u32, cuts: &Cuts) -> Vec<u16> {
    let mut firsts: BTreeMap<Sort, u16> = BTreeMap::new();
    for (code, sort) in (0u16..).zip(sorts(item, list, first_slot, cuts)) {
        firsts.entry(sort).or_insert(code);
    }
    let mut kept: Vec<u16> = firsts.into_values().collect();
    kept.sort_unstable();
    kept
}

/// What conditions can tell of a choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// Which one it is.
    Itself(u16),
    /// Only its attributes.
    Like(String),
}

/// What conditions can tell of each choice of a list.
pub(crate) fn sorts(item: &Item, list: &List, first_slot: u32, cuts: &Cuts) -> Vec<Sort> {
    let whole = item.list().is_some_and(|it| cuts.whole_lists.contains(&it));
    let short = list.choices.len() <= LONG_LIST || whole;
    let codes = (0u16..).zip(&list.choices);
    codes
        .map(|(code, choice)| {
            let filtered = item.choice_filters.iter().any(|(at, _)| *at == code);
            if short || cuts.codes.contains(&code) || filtered || choice.missing.is_some() {
                return Sort::Itself(code);
            }
            let read = cuts.attributes.iter().filter(|it| it.0 == first_slot);
            let seen: Vec<_> = read
                .map(|(_, part)| choice.attributes.get(usize::from(*part)))
                .collect();
            Sort::Like(format!("{seen:?}"))
        })
        .collect()
}

fn set_of(item: &Item, list: &List, formulas: &mut Formulas) -> Set {
    let ordinary = (0u16..).zip(&list.choices);
    let ordinary: Vec<_> = ordinary.filter(|(_, it)| it.missing.is_none()).collect();
    // The first choice is the default: an input that is false chooses it.
    let chosen: Vec<(u16, Lit)> = ordinary
        .iter()
        .enumerate()
        .map(|(nth, (code, _))| {
            let input = formulas.input();
            (*code, if nth == 0 { !input } else { input })
        })
        .collect();
    set_from(item, list, chosen, formulas)
}

/// Several choices, given when each is chosen: those that mean no missing reason.
pub(crate) fn set_from(
    item: &Item,
    list: &List,
    chosen: Vec<(u16, Lit)>,
    formulas: &mut Formulas,
) -> Set {
    let at_least = counts(&chosen.iter().map(|it| it.1).collect::<Vec<_>>(), formulas);
    let (min, max) = match item.kind {
        Kind::Multiple { min, max, .. } | Kind::Rank { min, max, .. } => (min, max),
        _ => (None, None),
    };
    let n_at_least = |n: usize| at_least.get(n).copied().unwrap_or(Lit::FALSE);
    let exclusive: Vec<Lit> = chosen
        .iter()
        .filter(|(code, _)| list.choice(*code).is_some_and(|it| it.exclusive))
        .map(|it| it.1)
        .collect();
    let excludes = formulas.any(exclusive);
    // « Aucun » stands alone, and the least number does not speak of it.
    let alone = formulas.implies(excludes, !n_at_least(2));
    let enough = match min {
        Some(min) => formulas.or(excludes, n_at_least(usize::from(min))),
        None => Lit::TRUE,
    };
    let few_enough = max.map_or(Lit::TRUE, |max| !n_at_least(usize::from(max) + 1));
    let valid = formulas.all([n_at_least(1), alone, enough, few_enough]);
    Set {
        chosen,
        at_least,
        valid,
    }
}

/// For each number, whether at least so many hold.
pub(crate) fn counts(them: &[Lit], formulas: &mut Formulas) -> Vec<Lit> {
    let mut at_least = vec![Lit::TRUE];
    for it in them {
        at_least.push(Lit::FALSE);
        for n in (1..at_least.len()).rev() {
            let one_more = formulas.and(at_least[n - 1], *it);
            at_least[n] = formulas.or(at_least[n], one_more);
        }
    }
    at_least
}

impl Given {
    /// The answer, unless it is several choices; a number's is the value `at` of its grid.
    pub(crate) fn answer(&self, grid: Option<Grid>, at: Option<i128>, text: &str) -> Answer {
        match self {
            Self::Code(it) => Answer::Code(*it),
            Self::Bool(it) => Answer::Bool(*it),
            Self::Range(low, high) => {
                let Some(grid) = grid else {
                    return Answer::Empty;
                };
                let at = at.unwrap_or_else(|| grid.plain(*low, *high));
                grid.number(at)
                    .map(Answer::Number)
                    .or_else(|| grid.day(at).map(Answer::Date))
                    .unwrap_or_default()
            }
            Self::Text(it) => Answer::Text(it.as_str().into()),
            Self::OtherText => Answer::Text(text.into()),
            Self::Alone(it) => Answer::Codes([*it].into()),
            Self::Missing(it) => Answer::Missing(*it),
            Self::Set | Self::Empty => Answer::Empty,
        }
    }
}
