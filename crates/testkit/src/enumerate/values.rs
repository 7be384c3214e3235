//! Every value that a respondent can give to a slot.

use std::collections::BTreeSet;

use questionnaire::instrument::{
    AttributeValue, Cells, Condition, Instrument, Item, Kind, List, Quantity,
};
use questionnaire::layout::Slot;
use questionnaire::{Engine, number};
use serde_json::{Number, Value, json};

/// Most numbers or days that one answer may have.
const MAX_POINTS: i64 = 40;
/// Most choices of a question with several answers.
const MAX_CHOICES: usize = 10;
/// Most choices of a ranking.
const MAX_RANKED: usize = 3;

/// The values of a slot, nothing first; `None` when they are too many.
pub(super) fn of_slot(engine: &Engine, slot: &Slot, texts: &Texts) -> Option<Vec<Value>> {
    let item = &engine.instrument.items[slot.item as usize];
    let list = item
        .list()
        .and_then(|it| engine.instrument.lists.get(it as usize));
    let mut values = vec![Value::Null];
    match (&item.kind, list) {
        (
            Kind::Single { .. }
            | Kind::Scale { .. }
            | Kind::Territory { .. }
            | Kind::Grid {
                cells: Cells::Single { .. },
                ..
            },
            Some(list),
        ) => values.extend(codes(list).map(Value::from)),
        (
            Kind::Multiple { .. }
            | Kind::Grid {
                cells: Cells::Multiple { .. },
                ..
            },
            Some(list),
        ) => values.extend(subsets(list)?),
        (Kind::Rank { .. }, Some(list)) => values.extend(rankings(list)?),
        (
            Kind::Quantity(it)
            | Kind::Money(it)
            | Kind::Grid {
                cells: Cells::Quantity(it),
                ..
            },
            _,
        ) => values.extend(numbers(it)?),
        (Kind::Text { .. }, _) => values.extend(texts.0.iter().map(|it| json!(it))),
        (Kind::Date { .. }, _) => values.extend(days(item)?),
        (Kind::Consent, _) => values.extend([json!(true), json!(false)]),
        _ => return None,
    }
    for offer in &item.offers {
        // Where a choice means it, that choice is among the values.
        let is_choice =
            list.is_some_and(|it| it.choices.iter().any(|it| it.missing == Some(*offer)));
        if !is_choice {
            values.push(json!({ "$missing": offer.code() }));
        }
    }
    Some(values)
}

fn codes(list: &List) -> impl Iterator<Item = &str> + Clone {
    list.choices.iter().map(|it| it.code.as_str())
}

/// Every choice of at least one code, allowed or not: the engine will say.
fn subsets(list: &List) -> Option<Vec<Value>> {
    let n = list.choices.len();
    if n > MAX_CHOICES {
        return None;
    }
    let subset = |bits: usize| {
        let chosen = codes(list)
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1);
        chosen.map(|(_, it)| Value::from(it)).collect()
    };
    Some((1..1usize << n).map(subset).collect())
}

/// Every selection of at least one code, in every order.
fn rankings(list: &List) -> Option<Vec<Value>> {
    if list.choices.len() > MAX_RANKED {
        return None;
    }
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    let mut next = 0;
    while let Some(chosen) = all.get(next).cloned() {
        for code in codes(list).filter(|it| !chosen.contains(it)) {
            let mut longer = chosen.clone();
            longer.push(code);
            all.push(longer);
        }
        next += 1;
    }
    Some(all[1..].iter().map(|it| json!(it)).collect())
}

/// Every number between the bounds with the decimals that are allowed.
fn numbers(quantity: &Quantity) -> Option<Vec<Value>> {
    let per_one = 10i64.checked_pow(quantity.decimals.into())?;
    let per_one = number::from_json(&Number::from(per_one))?;
    let lowest = i64::try_from(quantity.min?.checked_mul(per_one)?.ceil()).ok()?;
    let highest = i64::try_from(quantity.max?.checked_mul(per_one)?.floor()).ok()?;
    if highest.checked_sub(lowest)? >= MAX_POINTS {
        return None;
    }
    let value = |it: i64| {
        Some(number::to_json(
            number::from_json(&Number::from(it))? / per_one,
        ))
    };
    (lowest..=highest).map(value).collect()
}

fn days(item: &Item) -> Option<Vec<Value>> {
    let Kind::Date {
        earliest: Some(earliest),
        latest: Some(latest),
    } = item.kind
    else {
        return None;
    };
    let mut days = Vec::new();
    let mut day = earliest;
    while day <= latest {
        days.push(json!(expr::iso::text(day)));
        if days.len() as i64 > MAX_POINTS {
            return None;
        }
        day = day.tomorrow().ok()?;
    }
    Some(days)
}

/// The texts that make a difference: those that conditions or territories name, and as many others
/// as there are slots, so that two answers can also differ.
pub(super) struct Texts(Vec<String>);

impl Texts {
    pub(super) fn of(engine: &Engine) -> Self {
        let instrument = &engine.instrument;
        let mut named = BTreeSet::new();
        for it in conditions(instrument) {
            named.extend(literals(it));
        }
        for choice in instrument.lists.iter().flat_map(|it| &it.choices) {
            named.extend(choice.attributes.iter().filter_map(|it| match it {
                AttributeValue::Text(it) => Some(it.clone()),
                _ => None,
            }));
        }
        // An empty text is no answer.
        named.remove("");
        let is_text = |it: &&Slot| {
            let item = &instrument.items[it.item as usize];
            matches!(item.kind, Kind::Text { .. })
        };
        let n = engine.layout.slots().iter().filter(is_text).count();
        let letters = ('a'..='z').map(String::from);
        let others = letters.filter(|it| !named.contains(it)).take(n);
        let others: Vec<_> = others.collect();
        Self(named.into_iter().chain(others).collect())
    }
}

/// Every condition and computed value.
fn conditions(instrument: &Instrument) -> Vec<&Condition> {
    let mut all: Vec<&Condition> = Vec::new();
    all.extend(instrument.blocks.iter().filter_map(|it| it.filter.as_ref()));
    all.extend(instrument.pages.iter().filter_map(|it| it.filter.as_ref()));
    for item in &instrument.items {
        all.extend(&item.filter);
        all.extend(item.checks.iter().map(|it| &it.require));
        all.extend(item.choice_filters.iter().map(|(_, it)| it));
        match &item.kind {
            Kind::Grid { rows, .. } => all.extend(rows.iter().filter_map(|it| it.filter.as_ref())),
            Kind::Computed { value } => all.push(value),
            _ => {}
        }
    }
    all
}

/// The texts that a condition compares with. Its source does not tell a text from a code, the
/// checked program does: as JSON, `{"text": "…"}` is an operation of it.
fn literals(condition: &Condition) -> Vec<String> {
    let program = serde_json::to_value(&condition.program).unwrap_or_default();
    let ops = program.get("ops").and_then(Value::as_array);
    let texts = ops.into_iter().flatten().filter_map(|it| it.get("text"));
    let texts = texts.filter_map(Value::as_str).map(str::to_owned);
    texts.collect()
}
