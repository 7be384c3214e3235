//! Counting anew, the long way: from the verdicts and the sheets as text, knowing nothing of slots,
//! plans and increments. The tally must say the same.

use std::collections::BTreeMap;

use questionnaire::instrument::{Cells, Choice, Instrument, Item, Kind, MissingOffer};
use questionnaire::{Engine, Sheet};
use serde_json::{Map, Value};

/// One table, recounted: states, codes, nets and numbers.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Recount {
    pub(crate) states: BTreeMap<String, u64>,
    pub(crate) codes: BTreeMap<String, u64>,
    pub(crate) nets: BTreeMap<String, u64>,
    pub(crate) numbers: Vec<String>,
    pub(crate) texts: BTreeMap<String, u64>,
}

/// Every table by its id.
pub(crate) fn recount(engine: &Engine, sheets: &[Sheet]) -> BTreeMap<String, Recount> {
    let mut tables = BTreeMap::new();
    for sheet in sheets {
        let verdict = engine.load(sheet).verdict(None);
        for (key, state) in &verdict.slots {
            let (table, item, value) = find(engine, &sheet.answers, key);
            let recount: &mut Recount = tables.entry(table).or_default();
            *recount.states.entry(state.code().to_owned()).or_default() += 1;
            if ["not_asked", "not_reached"].contains(&state.code()) {
                continue;
            }
            let codes = codes(&engine.instrument, item, value);
            for code in &codes {
                *recount.codes.entry(code.clone()).or_default() += 1;
            }
            for net in engine
                .instrument
                .nets
                .iter()
                .filter(|net| net_item(engine, net) == item.id)
            {
                let joined: Vec<&str> = choices(&engine.instrument, item)
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| net.choices.contains(&(*at as u16)))
                    .map(|(_, choice)| choice.code.as_str())
                    .collect();
                if codes.iter().any(|code| joined.contains(&code.as_str())) {
                    *recount.nets.entry(net.id.clone()).or_default() += 1;
                }
            }
            match value {
                Some(Value::Number(number)) => recount.numbers.push(number.to_string()),
                Some(Value::String(text)) if matches!(item.kind, Kind::Text { .. }) => {
                    *recount.texts.entry(text.clone()).or_default() += 1;
                }
                _ => {}
            }
        }
    }
    tables
}

fn net_item<'e>(engine: &'e Engine, net: &questionnaire::instrument::Net) -> &'e str {
    &engine.instrument.items[net.item as usize].id
}

/// The table a slot's key belongs to, its item, and the value the sheet has for it.
fn find<'a>(
    engine: &'a Engine,
    answers: &'a Map<String, Value>,
    key: &str,
) -> (String, &'a Item, Option<&'a Value>) {
    let (outer, inner) = key
        .split_once("].")
        .map_or((None, key), |(unit, rest)| (Some(unit), rest));
    let (id, row) = match inner.split_once('[') {
        Some((id, row)) => (id, Some(row.trim_end_matches(']'))),
        None => (inner, None),
    };
    let item = engine.instrument.item(id).expect("slots have items");
    let Some(unit) = outer else {
        let value = answers.get(id);
        let value = match row {
            Some(row) => value.and_then(|it| it.get(row)),
            None => value,
        };
        return (inner.to_owned(), item, value);
    };
    let (roster, unit) = unit.split_once('[').expect("roster[unit].item");
    let key = &engine.instrument.rosters[item.roster.expect("inside a roster") as usize].key;
    let units = answers.get(roster).and_then(Value::as_array);
    let entry = units.and_then(|it| it.iter().find(|it| it[key] == unit));
    (
        format!("{roster}.{inner}"),
        item,
        entry.and_then(|it| it.get(id)),
    )
}

fn choices<'i>(instrument: &'i Instrument, item: &Item) -> &'i [Choice] {
    item.list()
        .map_or(&[], |list| &instrument.lists[list as usize].choices)
}

/// Codes that a value stands for; a missing reason that exactly one choice means is that choice.
fn codes(instrument: &Instrument, item: &Item, value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Bool(it)) => vec![it.to_string()],
        Some(Value::String(code))
            if !matches!(item.kind, Kind::Text { .. } | Kind::Date { .. }) =>
        {
            vec![code.clone()]
        }
        Some(Value::Array(codes)) => codes
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Value::Object(reason)) => {
            let reason = reason
                .get("$missing")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let reason = MissingOffer::from_code(reason);
            let meant = choices(instrument, item)
                .iter()
                .filter(|it| it.missing == reason);
            let meant: Vec<String> = meant.map(|it| it.code.clone()).collect();
            if reason.is_some() && meant.len() == 1 {
                meant
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

/// Whether an item is tallied by numbers.
pub(crate) fn is_number(item: &Item) -> bool {
    matches!(
        item.kind,
        Kind::Quantity(_)
            | Kind::Money(_)
            | Kind::Grid {
                cells: Cells::Quantity(_),
                ..
            }
    )
}
