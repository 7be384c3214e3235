//! What changed between two snapshots of one plan.

use std::collections::HashMap;

use crate::table::Table;

/// The tables of `new` that are not in `old` as they are.
///
/// For two snapshots of one plan, `apply(old, delta(old, new)) = new`.
#[must_use]
pub fn delta(old: &[Table], new: &[Table]) -> Vec<Table> {
    let known: HashMap<&str, &Table> = old.iter().map(|it| (it.item.as_str(), it)).collect();
    new.iter()
        .filter(|it| known.get(it.item.as_str()) != Some(it))
        .cloned()
        .collect()
}

/// Replaces the tables that changed; a table not seen before comes last.
#[must_use]
pub fn apply(mut old: Vec<Table>, delta: Vec<Table>) -> Vec<Table> {
    let places: HashMap<String, usize> = old
        .iter()
        .enumerate()
        .map(|(place, it)| (it.item.clone(), place))
        .collect();
    for table in delta {
        match places
            .get(&table.item)
            .and_then(|place| old.get_mut(*place))
        {
            Some(place) => *place = table,
            None => old.push(table),
        }
    }
    old
}
