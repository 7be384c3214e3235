//! Checks every condition where it stands and puts its program in place.

use std::collections::HashMap;

use expr::Expected;

use super::lower::Lowered;
use super::scope::Names;
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::SourceMap;
use crate::instrument::{Condition, Instrument, ItemIx, Kind};
use crate::layout::Source;

pub(super) fn check(lowered: &mut Lowered, map: &SourceMap, diagnostics: &mut Vec<Diagnostic>) {
    let mut programs = Vec::new();
    {
        let instrument = &lowered.instrument;
        let mut names = Names::new(instrument);
        let values = lowered.conditions.iter().filter(|it| matches!(it.0, Source::Value(_)));
        let circle = types_of_computed(&mut names, instrument, values.collect());
        for (ids, path) in circle {
            diagnostics.push(Diagnostic::error(map.value(&path), Problem::Cycle { ids }));
        }
        for (to, source, path) in &lowered.conditions {
            let roster = item_of(*to).and_then(|it| instrument.items[it as usize].roster);
            let expected = match to {
                Source::Value(_) => Expected::Any,
                _ => Expected::Condition,
            };
            let (condition, found) = compile(&names, roster, source, expected);
            let waits = |it: &expr::Diagnostic| waits_for_computed(instrument, &names, source, it);
            for it in found.into_iter().filter(|it| !waits(it)) {
                diagnostics.push(located(it, source, path, map));
            }
            programs.extend(condition.map(|it| (*to, it)));
        }
    }
    for (to, condition) in programs {
        put(&mut lowered.instrument, to, condition);
    }
}

/// Works out the types of computed items, each after those it reads. What is left reads itself;
/// answers each such circle once.
fn types_of_computed(
    names: &mut Names<'_>,
    instrument: &Instrument,
    mut waiting: Vec<&(Source, String, String)>,
) -> Vec<(String, String)> {
    loop {
        let before = waiting.len();
        waiting.retain(|(to, source, _)| {
            let Source::Value(item) = to else { return false };
            let roster = instrument.items[*item as usize].roster;
            let (condition, _) = compile(names, roster, source, Expected::Any);
            match condition {
                Some(it) => {
                    names.computed.insert(*item, it.program.ty());
                    false
                }
                None => true,
            }
        });
        if waiting.len() == before {
            break;
        }
    }
    // What is wrong by itself is reported with the other conditions; here only what waits for a
    // computed item that waits as well.
    let waiting_ids: HashMap<&str, &(Source, String, String)> = waiting
        .iter()
        .filter_map(|it| item_of(it.0).map(|ix| (instrument.items[ix as usize].id.as_str(), *it)))
        .collect();
    let mut in_circle: Vec<&str> = waiting_ids
        .iter()
        .filter(|(_, it)| words(&it.1).any(|word| waiting_ids.contains_key(word)))
        .map(|(id, _)| *id)
        .collect();
    in_circle.sort_unstable();
    match in_circle.first().and_then(|it| waiting_ids.get(it)) {
        Some((_, _, path)) => vec![(in_circle.join(" → "), path.clone())],
        None => Vec::new(),
    }
}

/// An unknown name that is a computed item without a type: already reported as a circle, or for
/// what is wrong in the computed item itself.
fn waits_for_computed(
    instrument: &Instrument,
    names: &Names<'_>,
    source: &str,
    found: &expr::Diagnostic,
) -> bool {
    let name = found.span.slice(source);
    let item = (0u32..).zip(&instrument.items).find(|(_, it)| it.id == name);
    item.is_some_and(|(ix, it)| {
        matches!(it.kind, Kind::Computed { .. }) && !names.computed.contains_key(&ix)
    })
}

fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|it: char| !(it.is_ascii_alphanumeric() || it == '_'))
}

fn compile(
    names: &Names<'_>,
    roster: Option<u32>,
    source: &str,
    expected: Expected,
) -> (Option<Condition>, Vec<expr::Diagnostic>) {
    let parsed = expr::parse(source);
    let Some(tree) = parsed.expr else { return (None, parsed.diagnostics) };
    let checked = expr::check(&tree, &names.at(roster), expected);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(checked.diagnostics);
    let condition = checked
        .program
        .map(|program| Condition { source: expr::print(&tree), program });
    (condition, diagnostics)
}

fn located(it: expr::Diagnostic, source: &str, path: &str, map: &SourceMap) -> Diagnostic {
    Diagnostic {
        severity: it.severity,
        position: map.inside(path, source, it.span.start),
        suggestion: it.suggestion.clone(),
        problem: Problem::Expression(Box::new(it)),
    }
}

fn item_of(source: Source) -> Option<ItemIx> {
    match source {
        Source::Block(_) | Source::Page(_) | Source::Fill(..) => None,
        // A roster's own filter is read before its units exist.
        Source::Item(it)
        | Source::Row(it, _)
        | Source::Check(it, _)
        | Source::Choice(it, _)
        | Source::Value(it) => Some(it),
    }
}

fn put(instrument: &mut Instrument, to: Source, condition: Condition) {
    let place = match to {
        Source::Block(it) => instrument.blocks[it as usize].filter.as_mut(),
        Source::Page(it) => instrument.pages[it as usize].filter.as_mut(),
        Source::Item(it) => instrument.items[it as usize].filter.as_mut(),
        Source::Row(it, row) => match &mut instrument.items[it as usize].kind {
            Kind::Grid { rows, .. } => rows[usize::from(row)].filter.as_mut(),
            _ => None,
        },
        Source::Check(it, nth) => {
            Some(&mut instrument.items[it as usize].checks[usize::from(nth)].require)
        }
        Source::Choice(it, nth) => {
            Some(&mut instrument.items[it as usize].choice_filters[usize::from(nth)].1)
        }
        Source::Fill(it, case) => {
            Some(&mut instrument.fills[it as usize].cases[usize::from(case)].0)
        }
        Source::Value(it) => match &mut instrument.items[it as usize].kind {
            Kind::Computed { value } => Some(value),
            _ => None,
        },
    };
    if let Some(place) = place {
        *place = condition;
    }
}
