//! Whom a condition keeps, of some respondents: counted by replaying their sheets, with no formula.

use std::collections::BTreeSet;

use expr::Truth;
use questionnaire::layout::Source;
use questionnaire::{Engine, Evaluation, Sheet};

/// How many a condition keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// All of them.
    pub n: usize,
    /// Those who get to the condition: what encloses it is on path. Of what stands in a roster, in one unit at least.
    pub reach: usize,
    /// Those for whom it holds there.
    pub kept: usize,
    /// The same of units, where it stands in a roster.
    pub units: Option<(usize, usize)>,
}

/// How many of some respondents the conditions that stand at these places keep: those for whom one of them holds. A
/// check keeps whom it does not stop.
///
/// ```
/// let checked = questionnaire::check(
///     "
/// id: essai
/// title: Essai
/// blocks:
///   - id: b
///     pages:
///       - id: p
///         items:
///           - { id: age, kind: quantity, label: Âge }
///           - { id: avis, kind: text, label: Avis, filter: age >= 18 }
/// ",
/// );
/// let engine = checked.engine.unwrap();
/// let sheets = [17, 18, 30].map(|age| serde_json::from_value(serde_json::json!({"answers": {"age": age}})).unwrap());
/// let kept = proof::kept(&engine, &sheets, &[questionnaire::layout::Source::Item(1)]);
/// assert_eq!((kept.n, kept.reach, kept.kept, kept.units), (3, 3, 2, None));
/// ```
#[must_use]
pub fn kept(engine: &Engine, sheets: &[Sheet], places: &[Source]) -> Kept {
    let places: BTreeSet<Source> = places.iter().copied().collect();
    let mut all = Kept {
        n: sheets.len(),
        ..Kept::default()
    };
    let mut units = (0, 0);
    let mut is_of_units = false;
    for sheet in sheets {
        let loaded = engine.load(sheet);
        let found = readings(engine, &loaded.evaluation, &places);
        let (mut reach, mut kept) = (false, false);
        for it in found {
            is_of_units |= it.is_of_unit;
            if it.is_reached {
                reach = true;
                kept |= it.holds;
                units.0 += usize::from(it.is_of_unit);
                units.1 += usize::from(it.is_of_unit && it.holds);
            }
        }
        all.reach += usize::from(reach);
        all.kept += usize::from(kept);
    }
    all.units = is_of_units.then_some(units);
    all
}

/// A condition as one sheet, or one unit of it, has it.
struct Reading {
    is_reached: bool,
    holds: bool,
    is_of_unit: bool,
}

fn readings(
    engine: &Engine,
    evaluation: &Evaluation<'_>,
    places: &BTreeSet<Source>,
) -> Vec<Reading> {
    let is_here = |it: &Source| places.contains(it);
    let gates = (0u32..).zip(engine.layout.gates());
    let gates = gates.filter(|(_, it)| it.filter.as_ref().is_some_and(is_here));
    let gates = gates.map(|(at, it)| {
        let parent = it
            .parent
            .is_none_or(|it| evaluation.gate_truth(it).is_true());
        let exists = it
            .exists
            .is_none_or(|(roster, unit)| evaluation.exists(roster, unit));
        Reading {
            is_reached: parent && exists,
            holds: evaluation.gate_truth(at).is_true(),
            is_of_unit: it.unit.is_some(),
        }
    });
    let watched = (0u32..).zip(engine.layout.watched());
    let watched = watched.filter(|(_, it)| is_here(&it.source));
    let watched = watched.map(|(at, it)| {
        let truth = evaluation.watched_truth(at);
        let (is_reached, holds) = match it.source {
            Source::Check(item, _) => (evaluation.is_on_path(item, it.unit), truth != Truth::False),
            Source::Choice(item, _) => (evaluation.is_on_path(item, it.unit), truth.is_true()),
            _ => (true, truth.is_true()),
        };
        Reading {
            is_reached,
            holds,
            is_of_unit: it.unit.is_some(),
        }
    });
    gates.chain(watched).collect()
}
