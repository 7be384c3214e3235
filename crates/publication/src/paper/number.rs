//! Who has which number.

use questionnaire::Instrument;
use questionnaire::instrument::{ItemIx, Kind};

/// Numbers by position of the item: questions through the whole questionnaire, those of a roster within it.
/// Texts, computed values and variables of the sample have none.
pub(super) fn numbers(instrument: &Instrument) -> Vec<String> {
    let mut numbers = vec![String::new(); instrument.items.len()];
    let mut n = 0;
    let mut within = 0;
    for (at, item) in instrument.items.iter().enumerate() {
        if instrument.is_frame(at as ItemIx) || !is_asked(&item.kind) {
            continue;
        }
        let roster = item
            .roster
            .and_then(|it| instrument.rosters.get(it as usize));
        numbers[at] = match roster {
            Some(roster) => {
                within += 1;
                format!("{}.{within}", numbers[roster.item as usize])
            }
            None => {
                n += 1;
                within = 0;
                n.to_string()
            }
        };
    }
    numbers
}

/// Whether something is answered, or holds what is.
const fn is_asked(kind: &Kind) -> bool {
    match kind {
        Kind::Statement | Kind::Computed { .. } => false,
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::Quantity(_)
        | Kind::Money(_)
        | Kind::Text { .. }
        | Kind::Date { .. }
        | Kind::Scale { .. }
        | Kind::Grid { .. }
        | Kind::Rank { .. }
        | Kind::Territory { .. }
        | Kind::Consent
        | Kind::Contact { .. }
        | Kind::Roster { .. } => true,
    }
}

/// Numbers of items, in their order, as ranges: « 7 à 12 » stands for those between.
pub(super) fn ranges(order: &[ItemIx], wanted: &[ItemIx]) -> Vec<(ItemIx, ItemIx)> {
    let mut found: Vec<(ItemIx, ItemIx)> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, item) in order.iter().enumerate() {
        if !wanted.contains(item) {
            continue;
        }
        match (found.last_mut(), last) {
            (Some(range), Some(before)) if before + 1 == at => range.1 = *item,
            _ => found.push((*item, *item)),
        }
        last = Some(at);
    }
    found
}
