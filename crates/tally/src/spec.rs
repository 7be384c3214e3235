//! The tables an instrument has, before anything is counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use expr::{ListId, Type};
use questionnaire::instrument::{
    Cells, Choice, Instrument, Item, ItemIx, Kind, List, Net, Row, Units,
};
use questionnaire::{Engine, Text};
use rust_decimal::Decimal;

use crate::table::TableKind;
use crate::title::{joined, ours, unfilled};
use crate::unit::Unit;

/// One table to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spec {
    pub(crate) id: String,
    /// Other names it answers to: its item, its roster.
    pub(crate) names: Vec<String>,
    pub(crate) label: Text,
    /// The question in full, where the label is a short title.
    pub(crate) question: Text,
    pub(crate) kind: TableKind,
    pub(crate) unit: Unit,
    pub(crate) roster: Option<u32>,
    pub(crate) universe: Text,
    /// How many units there are in all, of those whom it is about.
    pub(crate) population: Option<u64>,
    /// What a quantity is counted in: « ETP », « € ».
    pub(crate) measure: Text,
    pub(crate) source: Source,
    pub(crate) shape: Shape,
    /// Its item, and the row of a grid.
    pub(crate) item: ItemIx,
    pub(crate) row: Option<u16>,
    /// Of each code of its version, its row, where they are not counted in the version's own rows.
    pub(crate) recode: Option<Vec<u16>>,
}

impl Spec {
    /// Whether its values are worked out, not given.
    pub(crate) const fn is_computed(&self) -> bool {
        matches!(self.source, Source::Computed { .. })
    }

    /// The row of a code.
    pub(crate) fn row_of(&self, code: u16) -> u16 {
        let rows = self.recode.as_deref();
        rows.map_or(code, |it| {
            it.get(usize::from(code)).copied().unwrap_or(u16::MAX)
        })
    }

    /// The rows that codes are counted in, each once.
    pub(crate) fn rows_of<'c>(&self, codes: &'c [u16]) -> Cow<'c, [u16]> {
        if self.recode.is_none() {
            return Cow::Borrowed(codes);
        }
        let mut rows = Vec::with_capacity(codes.len());
        for code in codes {
            let row = self.row_of(*code);
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Cow::Owned(rows)
    }
}

/// Where its answers are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// In slots: one outside rosters, inside one for each unit that can exist.
    Slots(Vec<u32>),
    /// In a computed value; inside a roster, of at most this many units.
    Computed { item: ItemIx, units: Option<u32> },
}

impl Source {
    /// How many units can have an answer.
    pub(crate) fn units(&self) -> u32 {
        match self {
            Self::Slots(slots) => slots.len() as u32,
            Self::Computed { units, .. } => units.unwrap_or(1),
        }
    }
}

/// What its answers look like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Choices(Choices),
    Truth,
    Number,
    Date,
    Text,
}

/// Rows of a table of choices.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choices {
    pub(crate) list: Vec<Choice>,
    pub(crate) several: bool,
    pub(crate) ranked: bool,
    /// The number each code is, where all codes of a scale are numbers.
    pub(crate) numbers: Option<Vec<Option<Decimal>>>,
    pub(crate) nets: Vec<Net>,
}

/// Every table, in the order of the questionnaire.
pub(crate) fn all(engine: &Engine) -> Vec<Spec> {
    let instrument = &engine.instrument;
    let mut slots: BTreeMap<(ItemIx, Option<u16>), Vec<u32>> = BTreeMap::new();
    for (ix, slot) in (0_u32..).zip(engine.layout.slots()) {
        // The slots of a roster's item follow each other unit by unit.
        slots.entry((slot.item, slot.row)).or_default().push(ix);
    }
    let mut specs = Vec::new();
    for (ix, item) in (0_u32..).zip(&instrument.items) {
        if let Kind::Computed { value } = &item.kind {
            let units = item.roster.map(|roster| instrument.unit_bound(roster));
            let source = Source::Computed { item: ix, units };
            let shape = computed_shape(instrument, ix, value.program.ty());
            specs.push(spec(instrument, ix, None, source, shape));
            continue;
        }
        let Some(shape) = shape(instrument, ix, item) else {
            continue;
        };
        let rows = match &item.kind {
            Kind::Grid { rows, .. } => (0_u16..).zip(rows).map(Some).collect(),
            _ => vec![None],
        };
        for row in rows {
            let key = (ix, row.map(|(at, _)| at));
            let source = Source::Slots(slots.remove(&key).unwrap_or_default());
            specs.push(spec(instrument, ix, row, source, shape.clone()));
        }
    }
    specs
}

fn spec(
    instrument: &Instrument,
    ix: ItemIx,
    row: Option<(u16, &Row)>,
    source: Source,
    shape: Shape,
) -> Spec {
    let item = &instrument.items[ix as usize];
    let roster = item
        .roster
        .and_then(|it| instrument.rosters.get(it as usize));
    let roster_item = roster.and_then(|it| instrument.items.get(it.item as usize));
    let mut id = item.id.clone();
    let mut names = vec![item.id.clone()];
    let mut label = unfilled(instrument, item.title());
    let mut question = unfilled(instrument, &item.label);
    if let Some((_, row)) = row {
        id = format!("{id}[{}]", row.code);
        let row = unfilled(instrument, &row.label);
        label = joined(&label, &row, " — ");
        question = joined(&question, &row, " — ");
    }
    if let Some(roster_item) = roster_item {
        names = vec![
            roster_item.id.clone(),
            format!("{}.{}", roster_item.id, item.id),
        ];
        id = format!("{}.{id}", roster_item.id);
    }
    let universe = match (&item.universe, roster.map(|it| &it.units), roster_item) {
        (Some(universe), ..) => unfilled(instrument, universe),
        (None, Some(Units::Free { label, .. }), _) => label.clone(),
        (None, Some(Units::Chosen { .. }), Some(item)) => unfilled(instrument, item.title()),
        _ => instrument
            .unit
            .clone()
            .unwrap_or_else(|| ours("répondant·es", "respondents")),
    };
    Spec {
        id,
        names,
        label,
        question,
        kind: kind(&item.kind),
        unit: roster_item.map_or(Unit::Respondent, |it| Unit::Roster(it.id.clone())),
        roster: item.roster,
        universe,
        population: item.population.get(),
        measure: measure(&item.kind),
        source,
        shape,
        item: ix,
        row: row.map(|(at, _)| at),
        recode: None,
    }
}

/// What the answers to an item look like; `None` when it has none or they are kept apart.
fn shape(instrument: &Instrument, ix: ItemIx, item: &Item) -> Option<Shape> {
    let choices = |list: u32| choices(instrument, ix, list);
    Some(match &item.kind {
        Kind::Single { list } | Kind::Territory { list, .. } => Shape::Choices(choices(*list)),
        Kind::Grid {
            cells: Cells::Single { list },
            ..
        } => Shape::Choices(choices(*list)),
        Kind::Scale { list } => {
            let mut choices = choices(*list);
            choices.numbers = numbers(&choices.list);
            Shape::Choices(choices)
        }
        Kind::Multiple { list, .. }
        | Kind::Grid {
            cells: Cells::Multiple { list },
            ..
        } => Shape::Choices(Choices {
            several: true,
            ..choices(*list)
        }),
        Kind::Rank { list, .. } => Shape::Choices(Choices {
            several: true,
            ranked: true,
            ..choices(*list)
        }),
        Kind::Quantity(_)
        | Kind::Money(_)
        | Kind::Grid {
            cells: Cells::Quantity(_),
            ..
        } => Shape::Number,
        Kind::Text { .. } => Shape::Text,
        Kind::Date { .. } => Shape::Date,
        Kind::Consent => Shape::Truth,
        // Contact details are stored apart; the others have no answer or, for rosters, no slot.
        Kind::Contact { .. } | Kind::Statement | Kind::Roster { .. } => return None,
        Kind::Computed { .. } => return None,
    })
}

fn computed_shape(instrument: &Instrument, ix: ItemIx, ty: Type) -> Shape {
    let choices = |list: ListId, several: bool| {
        Shape::Choices(Choices {
            several,
            ..choices(instrument, ix, list.0)
        })
    };
    match ty {
        Type::Bool => Shape::Truth,
        Type::Number => Shape::Number,
        Type::Text => Shape::Text,
        Type::Date => Shape::Date,
        Type::Code(list) => choices(list, false),
        Type::Codes(list) => choices(list, true),
    }
}

fn choices(instrument: &Instrument, ix: ItemIx, list: u32) -> Choices {
    let list: Option<&List> = instrument.lists.get(list as usize);
    let mut list = list.map(|it| it.choices.clone()).unwrap_or_default();
    for choice in &mut list {
        choice.label = unfilled(instrument, &choice.label);
    }
    let nets = instrument
        .nets
        .iter()
        .filter(|net| net.item == ix)
        .cloned()
        .collect();
    Choices {
        list,
        several: false,
        ranked: false,
        numbers: None,
        nets,
    }
}

/// What the numbers of an item are counted in; empty when nothing says so.
fn measure(kind: &Kind) -> Text {
    let quantity = match kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => it,
        _ => return Text::default(),
    };
    let unit = quantity.unit.clone().unwrap_or_default();
    // An amount's unit is its currency's code; the euro is the one with a sign of its own here.
    if matches!(kind, Kind::Money(_)) && unit.get("fr") == "EUR" {
        Text::fr("€")
    } else {
        unit
    }
}

/// The numbers that codes are, when every code but those that mean a missing reason is one.
fn numbers(list: &[Choice]) -> Option<Vec<Option<Decimal>>> {
    list.iter()
        .map(|choice| match choice.missing {
            Some(_) => Some(None),
            None => choice.code.parse().ok().map(Some),
        })
        .collect()
}

/// Codes and labels of a truth value, in the order of rows and columns.
pub(crate) fn truths() -> [(String, Text); 2] {
    [
        ("true".to_owned(), ours("Oui", "Yes")),
        ("false".to_owned(), ours("Non", "No")),
    ]
}

fn kind(kind: &Kind) -> TableKind {
    match kind {
        Kind::Single { .. } => TableKind::Single,
        Kind::Multiple { .. } => TableKind::Multiple,
        Kind::Quantity(_) => TableKind::Quantity,
        Kind::Money(_) => TableKind::Money,
        Kind::Text { .. } => TableKind::Text,
        Kind::Date { .. } => TableKind::Date,
        Kind::Scale { .. } => TableKind::Scale,
        Kind::Grid { .. } => TableKind::Grid,
        Kind::Rank { .. } => TableKind::Rank,
        Kind::Territory { .. } => TableKind::Territory,
        Kind::Consent => TableKind::Consent,
        // Items without an answer make no table; see `shape`.
        Kind::Computed { .. } | Kind::Contact { .. } | Kind::Statement | Kind::Roster { .. } => {
            TableKind::Computed
        }
    }
}
