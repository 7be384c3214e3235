//! What is an other answer, or means something else; and which conditions were written anew.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::Engine;
use questionnaire::instrument::{Choice, Item, ItemIx, Kind, List};
use questionnaire::layout::Source;
use serde::Serialize;

use super::asked::{Base, Relation};
use super::pairing::{Pairing, cells_name, reads};
use super::{ItemImpact, Series};
use crate::goal::Goal;

/// In what answers are others, or mean something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recoding {
    /// It is of another kind.
    Kind,
    /// It stands in another roster, or in none any more: something else is counted.
    Unit,
    /// Choices were added or taken away.
    Choices,
    /// A choice means a missing reason that it did not, excludes others, or has other attributes.
    Meaning,
    /// Other decimals, or another currency.
    Number,
    /// Another computation.
    Value,
    /// What it is computed from has other answers.
    Operands,
}

impl Recoding {
    /// The code in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Unit => "unit",
            Self::Choices => "choices",
            Self::Meaning => "meaning",
            Self::Number => "number",
            Self::Value => "value",
            Self::Operands => "operands",
        }
    }
}

/// Codes that only one version has.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Codes {
    /// Those of the new version.
    pub added: Vec<String>,
    /// Those of the old version.
    pub removed: Vec<String>,
}

impl Codes {
    fn of<'c>(old: &[&'c str], new: &[&'c str]) -> Self {
        let without = |a: &[&str], b: &[&str]| -> Vec<String> {
            let only = a.iter().filter(|it| !b.contains(it));
            only.map(|it| (*it).to_owned()).collect()
        };
        Self {
            added: without(new, old),
            removed: without(old, new),
        }
    }

    /// Whether both versions have the same ones.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// A condition that is another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Where it stands: `item:actions_qpv`, `block:asv`, `check:etp.total`.
    pub place: String,
    /// As it was; none if there was none.
    pub old: Option<String>,
    /// As it is; none if there is none.
    pub new: Option<String>,
    /// Whether it is a soft check, in either version: it asks respondents to confirm.
    #[serde(skip)]
    pub(super) is_soft: bool,
}

/// What becomes of each item.
pub(super) fn items(pairing: &Pairing<'_>, mut bases: BTreeMap<ItemIx, Base>) -> Vec<ItemImpact> {
    let (old, new) = (&pairing.old.instrument, &pairing.new.instrument);
    let old_of: BTreeMap<ItemIx, ItemIx> = pairing.new_of.iter().map(|(a, b)| (*b, *a)).collect();
    let mut recoded: BTreeMap<ItemIx, Vec<Recoding>> = old_of
        .iter()
        .map(|(new, old)| (*new, recodings(pairing, *old, *new)))
        .collect();
    operands(pairing.new, &mut recoded);
    let mut all = Vec::new();
    for (at, item) in (0u32..).zip(&new.items) {
        let Some(was) = old_of.get(&at) else {
            all.push(alone(item, Series::New));
            continue;
        };
        let before = &old.items[*was as usize];
        let base = bases.remove(was);
        // Other choices and rows are no other wording.
        let of = |engine, it| [codes(engine, it), rows(it)].concat();
        let mut kept = of(pairing.new, item);
        let known = of(pairing.old, before);
        kept.retain(|it| known.contains(it));
        let recoded = recoded.remove(&at).unwrap_or_default();
        let series = match &base {
            _ if !recoded.is_empty() => Series::Recoded,
            Some(it) if it.gained.is_some() || it.lost.is_some() => Series::BaseChanged,
            // Asked of somebody and of nobody: the base is not the same, even if no sheet of both
            // versions shows it.
            Some(it) if it.reached_old.is_some_and(|a| it.reached_new == Some(!a)) => {
                Series::BaseChanged
            }
            Some(it) if it.relation == Relation::Same => Series::Comparable,
            _ => Series::Unproven,
        };
        let page = |engine: &questionnaire::Instrument, it: &Item| {
            let page = engine.pages.get(it.page as usize);
            page.map(|it| it.id.clone())
        };
        all.push(ItemImpact {
            id: item.id.clone(),
            kind: item.kind.name(),
            series,
            base,
            decided_by: pairing.decided_by(*was, at),
            recoded,
            choices: choices(pairing, *was, at),
            rows: Codes::of(&rows(before), &rows(item)),
            reworded: texts(pairing.old, before, &kept) != texts(pairing.new, item, &kept),
            moved: page(old, before) != page(new, item),
        });
    }
    let gone = (0u32..).zip(&old.items);
    let gone = gone.filter(|(at, _)| !pairing.new_of.contains_key(at));
    all.extend(gone.map(|(_, it)| alone(it, Series::Gone)));
    all
}

fn alone(it: &Item, series: Series) -> ItemImpact {
    ItemImpact {
        id: it.id.clone(),
        kind: it.kind.name(),
        series,
        base: None,
        decided_by: Vec::new(),
        recoded: Vec::new(),
        choices: Codes::default(),
        rows: Codes::default(),
        reworded: false,
        moved: false,
    }
}

/// The codes of an item's answers or of its computed value.
fn list<'e>(engine: &'e Engine, it: &Item) -> Option<&'e List> {
    use expr::{ListId, Type};
    let list = match &it.kind {
        Kind::Computed { value } => match value.program.ty() {
            Type::Code(ListId(list)) | Type::Codes(ListId(list)) => Some(list),
            _ => None,
        },
        _ => it.list(),
    };
    engine.instrument.lists.get(list? as usize)
}

fn codes<'e>(engine: &'e Engine, it: &Item) -> Vec<&'e str> {
    let choices = list(engine, it).into_iter().flat_map(|it| &it.choices);
    choices.map(|it| it.code.as_str()).collect()
}

fn choices(pairing: &Pairing<'_>, old: ItemIx, new: ItemIx) -> Codes {
    let was = codes(pairing.old, &pairing.old.instrument.items[old as usize]);
    let is = codes(pairing.new, &pairing.new.instrument.items[new as usize]);
    Codes::of(&was, &is)
}

fn rows(it: &Item) -> Vec<&str> {
    match &it.kind {
        Kind::Grid { rows, .. } => rows.iter().map(|it| it.code.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn recodings(pairing: &Pairing<'_>, old: ItemIx, new: ItemIx) -> Vec<Recoding> {
    let was = &pairing.old.instrument.items[old as usize];
    let is = &pairing.new.instrument.items[new as usize];
    let mut found = Vec::new();
    let kind = |it: &Item| match &it.kind {
        Kind::Grid { cells, .. } => (it.kind.name(), cells_name(cells)),
        _ => (it.kind.name(), ""),
    };
    if kind(was) != kind(is) {
        found.push(Recoding::Kind);
    }
    let same_unit = match (was.roster, is.roster) {
        (None, None) => true,
        (Some(a), Some(b)) => pairing.roster(a) == Some(b),
        _ => false,
    };
    let same_units = match (&was.kind, &is.kind) {
        (Kind::Roster { roster: a }, Kind::Roster { roster: b }) => pairing.roster(*a) == Some(*b),
        _ => true,
    };
    if !same_unit || !same_units {
        found.push(Recoding::Unit);
    }
    if !choices(pairing, old, new).is_same() {
        found.push(Recoding::Choices);
    }
    let (before, after) = (list(pairing.old, was), list(pairing.new, is));
    if let (Some(before), Some(after)) = (before, after) {
        let means = |it: &Choice| (it.missing, it.exclusive, it.attributes.clone());
        let differs = |it: &&Choice| {
            let other = after.position(&it.code).and_then(|it| after.choice(it));
            other.is_some_and(|other| means(it) != means(other))
        };
        if before.choices.iter().any(|it| differs(&it)) {
            found.push(Recoding::Meaning);
        }
    }
    if number(was) != number(is) {
        found.push(Recoding::Number);
    }
    if let (Kind::Computed { value: a }, Kind::Computed { value: b }) = (&was.kind, &is.kind)
        && a.source != b.source
    {
        found.push(Recoding::Value);
    }
    found
}

/// What makes two numbers comparable: decimals, and for money the currency.
fn number(it: &Item) -> (u8, Option<&questionnaire::Text>) {
    use questionnaire::instrument::Cells;
    match &it.kind {
        Kind::Quantity(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => (it.decimals, None),
        Kind::Money(it) => (it.decimals, it.unit.as_ref()),
        _ => (0, None),
    }
}

/// Computed values of something that has other answers are other values.
fn operands(new: &Engine, recoded: &mut BTreeMap<ItemIx, Vec<Recoding>>) {
    loop {
        let mut others: BTreeSet<ItemIx> = BTreeSet::new();
        for (at, found) in &*recoded {
            let item = &new.instrument.items[*at as usize];
            if !found.is_empty() || !matches!(item.kind, Kind::Computed { .. }) {
                continue;
            }
            let changed = |it: &ItemIx| recoded.get(it).is_none_or(|it| !it.is_empty());
            if operands_of(new, *at).iter().any(changed) {
                others.insert(*at);
            }
        }
        if others.is_empty() {
            return;
        }
        for it in others {
            recoded.entry(it).or_default().push(Recoding::Operands);
        }
    }
}

/// What a value is computed from: filters above it say who has one, not what it is.
fn operands_of(new: &Engine, item: ItemIx) -> BTreeSet<ItemIx> {
    let value = Source::Value(item).condition(&new.instrument);
    let read = value.map(|it| super::pairing::items_of(new, &it.program));
    let mut read = read.unwrap_or_default();
    read.retain(|it| *it != item && reads(new, item).contains(it));
    read
}

/// Every text that respondents and tables show of an item.
fn texts(engine: &Engine, it: &Item, kept: &[&str]) -> String {
    let choices = list(engine, it).into_iter().flat_map(|it| &it.choices);
    let choices: BTreeMap<_, _> = choices
        .filter(|it| kept.contains(&it.code.as_str()))
        .map(|it| (&it.code, (&it.label, &it.specify)))
        .collect();
    let own = match &it.kind {
        Kind::Grid { rows, .. } => {
            let rows = rows.iter().filter(|it| kept.contains(&it.code.as_str()));
            let rows: BTreeMap<_, _> = rows.map(|it| (&it.code, &it.label)).collect();
            format!("{rows:?}")
        }
        Kind::Quantity(it) => format!("{:?}", it.unit),
        _ => String::new(),
    };
    let texts = (&it.label, &it.help, &it.short, &it.universe);
    format!("{texts:?} {choices:?} {own}")
}

/// Conditions of what both versions have that are written otherwise.
pub(super) fn conditions(old: &Engine, new: &Engine) -> Vec<Changed> {
    let (was, is) = (places(old), places(new));
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let mut changed = Vec::new();
    for name in names {
        let text = |it: Option<&Place>| it.and_then(|it| it.text.clone());
        let (before, after) = (was.get(name), is.get(name));
        // What stands in something new or gone is no change of its own; a check is.
        let of_both = (before.is_some() && after.is_some()) || name.starts_with("check:");
        let soft = |it: Option<&Place>| it.is_some_and(|it| it.is_soft);
        if of_both && (text(before) != text(after) || soft(before) != soft(after)) {
            changed.push(Changed {
                place: name.clone(),
                old: text(before),
                new: text(after),
                is_soft: soft(before) || soft(after),
            });
        }
    }
    changed
}

struct Place {
    text: Option<String>,
    is_soft: bool,
}

/// Every place where a condition that decides something can stand.
fn places(engine: &Engine) -> BTreeMap<String, Place> {
    let instrument = &engine.instrument;
    let mut sources: Vec<Source> = Vec::new();
    sources.extend((0..instrument.blocks.len() as u32).map(Source::Block));
    sources.extend((0..instrument.pages.len() as u32).map(Source::Page));
    let mut places = BTreeMap::new();
    for (ix, item) in (0u32..).zip(&instrument.items) {
        sources.push(match item.kind {
            Kind::Computed { .. } => Source::Value(ix),
            _ => Source::Item(ix),
        });
        sources.extend((0..rows(item).len() as u16).map(|it| Source::Row(ix, it)));
        for (nth, check) in (0u16..).zip(&item.checks) {
            let is_soft = check.severity == questionnaire::Severity::Soft;
            let text = Some(check.require.source.clone());
            let name = format!("check:{}.{}", item.id, check.id);
            let _ = nth;
            places.insert(name, Place { text, is_soft });
        }
        // A choice without a filter is a place for one.
        for (code, choice) in (0u16..).zip(list(engine, item).map_or(&[][..], |it| &it.choices)) {
            let filter = item.choice_filters.iter().find(|it| it.0 == code);
            let text = filter.map(|it| it.1.source.clone());
            let name = format!("choice:{}.{}", item.id, choice.code);
            let is_soft = false;
            places.insert(name, Place { text, is_soft });
        }
        if matches!(item.kind, Kind::Computed { .. }) {
            let text = item.filter.as_ref().map(|it| it.source.clone());
            let is_soft = false;
            places.insert(format!("item:{}", item.id), Place { text, is_soft });
        }
    }
    for source in sources {
        let name = match source {
            Source::Value(it) => Goal::Value(it).name(engine),
            it => Goal::Holds(it).name(engine),
        };
        let name = name.strip_prefix("filter:").unwrap_or(&name);
        let name = name.strip_suffix(":holds").unwrap_or(name).to_owned();
        let condition = source.condition(instrument);
        let text = condition.map(|it| it.source.clone());
        let is_soft = false;
        places.insert(name, Place { text, is_soft });
    }
    places
}
