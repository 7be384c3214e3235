//! Checks every condition where it stands and puts its program in place.

use std::collections::{BTreeSet, HashMap, HashSet};

use expr::{Expr, ExprKind};

use super::findings::Findings;
use super::lower::{Lowered, Written};
use super::scope::Names;
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::SourceMap;
use crate::instrument::{Condition, Instrument, ItemIx, Kind};
use crate::layout::Source;

pub(super) fn check(lowered: &mut Lowered, findings: &mut Findings<'_>) {
    let mut programs = Vec::new();
    {
        let instrument = &lowered.instrument;
        let mut names = Names::new(instrument);
        let untyped = types_of_computed(&mut names, &lowered.conditions, findings);
        for written in &lowered.conditions {
            if findings.is_full() {
                break;
            }
            let (condition, found) = compile(&names, written);
            // What reads a computed item without a type: that item's own error is told already.
            let waits = |it: &expr::Diagnostic| {
                words(it.span.slice(&written.source)).any(|it| untyped.contains(it))
            };
            for it in found.into_iter().filter(|it| !waits(it)) {
                findings.push(located(it, written, findings.map()));
            }
            programs.extend(condition.map(|it| (written.to, it)));
        }
    }
    for (to, condition) in programs {
        put(&mut lowered.instrument, to, condition);
    }
}

/// Works out the types of computed items, each after those it reads; answers the ids of those that
/// have none because they read each other, or are wrong.
pub(super) fn types_of_computed<'i>(
    names: &mut Names<'i>,
    conditions: &[Written],
    findings: &mut Findings<'_>,
) -> HashSet<&'i str> {
    let instrument = names.instrument();
    let id = |it: ItemIx| instrument.items[it as usize].id.as_str();
    let values: HashMap<ItemIx, &Written> = conditions
        .iter()
        .filter_map(|it| match it.to {
            Source::Value(item) => Some((item, it)),
            _ => None,
        })
        .collect();
    // What each one waits for.
    let mut waits: HashMap<ItemIx, BTreeSet<ItemIx>> = HashMap::new();
    let mut readers: HashMap<ItemIx, Vec<ItemIx>> = HashMap::new();
    for (&item, written) in &values {
        let mut read = BTreeSet::new();
        if let Some(tree) = expr::parse(&written.source).expr {
            names_in(&tree, instrument, &mut |name| {
                read.extend(names.item(name).filter(|it| values.contains_key(it)));
            });
        }
        for &it in &read {
            readers.entry(it).or_default().push(item);
        }
        waits.insert(item, read);
    }
    let mut free: BTreeSet<ItemIx> = waits
        .iter()
        .filter(|(_, it)| it.is_empty())
        .map(|(it, _)| *it)
        .collect();
    let mut untyped = HashSet::new();
    while let Some(item) = free.pop_first() {
        waits.remove(&item);
        match compile(names, values[&item]).0 {
            Some(it) => {
                names.computed.insert(item, it.program.ty());
            }
            None => {
                untyped.insert(id(item));
            }
        }
        for reader in readers.remove(&item).unwrap_or_default() {
            if let Some(it) = waits.get_mut(&reader) {
                it.remove(&item);
                if it.is_empty() {
                    free.insert(reader);
                }
            }
        }
    }
    untyped.extend(waits.keys().map(|it| id(*it)));
    if let Some(circle) = circle(&waits) {
        let ids: Vec<&str> = circle.iter().map(|it| id(*it)).collect();
        let problem = Problem::Cycle {
            ids: ids.join(" → "),
        };
        findings.error(&values[&circle[0]].path, problem);
    }
    untyped
}

/// One circle among items of which each waits for another.
fn circle(waits: &HashMap<ItemIx, BTreeSet<ItemIx>>) -> Option<Vec<ItemIx>> {
    let mut seen = Vec::new();
    let mut at_of: HashMap<ItemIx, usize> = HashMap::new();
    let mut at = *waits.keys().min()?;
    while !at_of.contains_key(&at) {
        at_of.insert(at, seen.len());
        seen.push(at);
        at = *waits.get(&at)?.first()?;
    }
    Some(seen.split_off(at_of[&at]))
}

/// Calls `each` with every name that could be a computed item's.
fn names_in(expr: &Expr, instrument: &Instrument, each: &mut dyn FnMut(&str)) {
    match &expr.kind {
        ExprKind::Name(name) => each(name),
        ExprKind::Field { base, field } => {
            // An attribute of a territory may be called like a computed item.
            let territory =
                |it: &&crate::instrument::Item| matches!(it.kind, Kind::Territory { .. });
            if instrument.item(base).filter(territory).is_none() {
                each(field);
            }
        }
        ExprKind::Unit { item, .. } => each(item),
        ExprKind::Not(it) | ExprKind::Neg(it) => names_in(it, instrument, each),
        ExprKind::And(operands) | ExprKind::Or(operands) => {
            operands
                .iter()
                .for_each(|it| names_in(it, instrument, each));
        }
        ExprKind::Binary { left, right, .. } => {
            names_in(left, instrument, each);
            names_in(right, instrument, each);
        }
        ExprKind::In { operand, list, .. } => {
            names_in(operand, instrument, each);
            list.iter().for_each(|it| names_in(it, instrument, each));
        }
        ExprKind::Call { args, .. } => args.iter().for_each(|it| names_in(it, instrument, each)),
        ExprKind::Row { .. }
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Bool(_)
        | ExprKind::Today => {}
    }
}

fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|it: char| !(it.is_ascii_alphanumeric() || it == '_'))
}

fn compile(names: &Names<'_>, written: &Written) -> (Option<Condition>, Vec<expr::Diagnostic>) {
    let roster = item_of(written.to).and_then(|it| names.instrument().items[it as usize].roster);
    let parsed = expr::parse(&written.source);
    let Some(tree) = parsed.expr else {
        return (None, parsed.diagnostics);
    };
    let checked = expr::check(&tree, &names.at(roster), written.expected);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(checked.diagnostics);
    let condition = checked.program.map(|program| Condition {
        source: expr::print(&tree),
        program,
    });
    (condition, diagnostics)
}

fn located(it: expr::Diagnostic, written: &Written, map: &SourceMap) -> Diagnostic {
    Diagnostic {
        severity: it.severity,
        position: map.inside(&written.path, &written.source, it.span.start),
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
