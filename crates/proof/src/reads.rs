//! Which questions a condition goes back to, through computed values and rosters.

use std::collections::BTreeSet;

use expr::{Node, Op, Program, Value, VarId};
use questionnaire::Engine;
use questionnaire::instrument::{ItemIx, Kind, Units};
use questionnaire::layout::{Source, Var};

/// The questions and rosters whose answers a condition can change with.
pub(crate) fn questions(engine: &Engine, program: &Program) -> BTreeSet<ItemIx> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![program];
    while let Some(program) = waiting.pop() {
        let of = program.dependencies();
        let vars = of.vars.iter().copied();
        let vars = vars
            .chain(of.unit_vars.iter().map(|it| it.1))
            .chain(of.fixed_unit_vars.iter().map(|it| it.2))
            .chain(of.roster_vars.iter().map(|it| it.1));
        let rosters = of.rosters.iter().map(|it| it.0);
        let rosters = rosters
            .chain(of.unit_vars.iter().map(|it| it.0.0))
            .chain(of.fixed_unit_vars.iter().map(|it| it.0.0))
            .chain(of.roster_vars.iter().map(|it| it.0.0));
        found.extend(rosters.filter_map(|it| units(engine, it)));
        for var in vars {
            match item(engine, var) {
                Some(Read::Question(it)) => {
                    found.insert(it);
                }
                Some(Read::Computed(it)) if seen.insert(it) => {
                    let value = Source::Value(it).condition(&engine.instrument);
                    waiting.extend(value.map(|it| &it.program));
                }
                Some(Read::Computed(_)) | None => {}
            }
        }
    }
    found
}

/// The questions whose answers decide whether a question is asked, and which choices it offers; computed
/// values are looked into.
#[must_use]
pub fn routing(engine: &Engine, item: ItemIx) -> BTreeSet<ItemIx> {
    let instrument = &engine.instrument;
    let Some(it) = instrument.items.get(item as usize) else {
        return BTreeSet::new();
    };
    let page = instrument.pages.get(it.page as usize);
    let block = page.and_then(|it| instrument.blocks.get(it.block as usize));
    let roster = it.roster.and_then(|it| instrument.rosters.get(it as usize));
    let roster = roster.and_then(|it| instrument.items.get(it.item as usize));
    let rows = match &it.kind {
        Kind::Grid { rows, .. } => rows.as_slice(),
        _ => &[],
    };
    let filters = [
        it.filter.as_ref(),
        page.and_then(|it| it.filter.as_ref()),
        block.and_then(|it| it.filter.as_ref()),
        roster.and_then(|it| it.filter.as_ref()),
    ];
    let filters = filters.into_iter().flatten();
    let filters = filters.chain(it.choice_filters.iter().map(|it| &it.1));
    let filters = filters.chain(rows.iter().filter_map(|it| it.filter.as_ref()));
    let read = filters.flat_map(|it| questions(engine, &it.program));
    read.chain(it.roster.and_then(|it| units(engine, it)))
        .collect()
}

/// Numbers, days and texts that are written out in a condition.
pub(crate) fn literals(node: Node<'_>) -> Vec<Value> {
    let own = match node.op() {
        Op::Number(it) => Some(Value::Number(*it)),
        Op::Date(it) => Some(Value::Date(*it)),
        Op::Text(it) => Some(Value::Text(it.to_string())),
        _ => None,
    };
    let inside = node.operands().flat_map(literals);
    own.into_iter().chain(inside).collect()
}

/// The questions that a condition names itself, outside rosters.
pub(crate) fn named(engine: &Engine, program: &Program) -> BTreeSet<ItemIx> {
    let of = program.dependencies();
    let vars = of.vars.iter().filter_map(|it| item(engine, *it));
    vars.filter_map(|it| match it {
        Read::Question(it) => Some(it),
        Read::Computed(_) => None,
    })
    .collect()
}

/// The computed values and variables of the sampling frame that a condition names: what nobody can read off
/// a question.
#[must_use]
pub fn unasked(engine: &Engine, program: &Program) -> BTreeSet<ItemIx> {
    let of = program.dependencies();
    let vars = of.vars.iter().copied();
    let vars = vars
        .chain(of.unit_vars.iter().map(|it| it.1))
        .chain(of.fixed_unit_vars.iter().map(|it| it.2))
        .chain(of.roster_vars.iter().map(|it| it.1));
    vars.filter_map(|it| match item(engine, it)? {
        Read::Computed(it) => Some(it),
        Read::Question(it) => engine.instrument.is_frame(it).then_some(it),
    })
    .collect()
}

/// What says which units a roster has.
pub(crate) fn units(engine: &Engine, roster: u32) -> Option<ItemIx> {
    let it = engine.instrument.rosters.get(roster as usize)?;
    Some(match it.units {
        Units::Chosen { item, .. } => item,
        Units::Free { .. } => it.item,
    })
}

enum Read {
    Question(ItemIx),
    Computed(ItemIx),
}

fn item(engine: &Engine, var: VarId) -> Option<Read> {
    let layout = &engine.layout;
    let slot = |it: u32| layout.slots().get(it as usize).map(|it| it.item);
    match layout.var(var)? {
        Var::Slot(it) | Var::Attribute(it, _) => slot(it).map(Read::Question),
        Var::Computed(it) => {
            let cell = layout.computed_cells().get(it as usize)?;
            Some(Read::Computed(cell.item))
        }
        Var::UnitKey(it) => units(engine, it).map(Read::Question),
        Var::Nothing => None,
    }
}

/// Every condition of a questionnaire.
pub(crate) fn sources(engine: &Engine) -> BTreeSet<Source> {
    let layout = &engine.layout;
    let gates = layout.gates().iter().filter_map(|it| it.filter);
    let watched = layout.watched().iter().map(|it| it.source);
    let computed = layout.computed_cells().iter();
    gates
        .chain(watched)
        .chain(computed.map(|it| Source::Value(it.item)))
        .collect()
}
