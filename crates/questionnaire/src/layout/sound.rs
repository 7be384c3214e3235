//! Whether every position in an instrument leads somewhere, and whether it is small enough.
//!
//! An instrument may come from anywhere as JSON. What is checked here once is indexed without
//! looking everywhere else.

use super::Unusable;
use super::names::Names;
use crate::instrument::{Instrument, Item, ItemIx, Kind, Units};

/// Most choices of a list, rows of a grid, checks of an item, cases of a fill.
pub(crate) const MAX_PARTS: usize = 10_000;
/// Most units of a roster over chosen codes.
pub(crate) const MAX_UNITS: usize = 1_000;
/// Most slots, filters, computed values and conditions together, counting every unit of a roster.
pub(crate) const MAX_NODES: usize = 100_000;

pub(super) fn check(instrument: &Instrument) -> Result<(), Unusable> {
    sizes(instrument)?;
    for page in &instrument.pages {
        find(&instrument.blocks, page.block, "block of page", &page.id)?;
    }
    if let Some(id) = Names::of(instrument.items.iter().map(|it| it.id.as_str())).repeated() {
        return broken("second item", id);
    }
    for (ix, item) in (0u32..).zip(&instrument.items) {
        check_item(instrument, ix, item)?;
    }
    for (ix, roster) in (0u32..).zip(&instrument.rosters) {
        let item = find(
            &instrument.items,
            roster.item,
            "item of roster",
            &roster.key,
        )?;
        if item.kind != (Kind::Roster { roster: ix }) {
            return broken("item of roster", &roster.key);
        }
        let members = roster.items.iter().map(|it| (it, Some(ix)));
        check_members(instrument, members, "item of roster", &item.id)?;
        if let Units::Chosen { item: source, list } = roster.units {
            let source = find(&instrument.items, source, "source of roster", &item.id)?;
            let several = matches!(source.kind, Kind::Multiple { list: it, .. } if it == list);
            if !several || source.roster.is_some() {
                return broken("source of roster", &item.id);
            }
        }
    }
    for page in &instrument.pages {
        let members = page.items.iter().map(|it| (it, None));
        check_members(instrument, members, "item of page", &page.id)?;
    }
    let placed = instrument
        .pages
        .iter()
        .map(|it| it.items.len())
        .sum::<usize>()
        + instrument
            .rosters
            .iter()
            .map(|it| it.items.len())
            .sum::<usize>();
    let mut has_place = vec![false; instrument.items.len()];
    let members = instrument.pages.iter().flat_map(|it| &it.items);
    // Variables of the sampling frame stand nowhere.
    let n_frame = instrument.frame.len();
    has_place.iter_mut().take(n_frame).for_each(|it| *it = true);
    for member in members.chain(instrument.rosters.iter().flat_map(|it| &it.items)) {
        has_place[*member as usize] = true;
    }
    if placed + n_frame != instrument.items.len() || has_place.contains(&false) {
        return broken("page of item", "");
    }
    for net in &instrument.nets {
        let item = find(&instrument.items, net.item, "item of net", &net.id)?;
        for choice in &net.choices {
            check_choice(instrument, item, *choice, "choice of net")?;
        }
    }
    Ok(())
}

fn check_item(instrument: &Instrument, ix: ItemIx, item: &Item) -> Result<(), Unusable> {
    find(&instrument.pages, item.page, "page of item", &item.id)?;
    if let Some(list) = item.list() {
        find(&instrument.lists, list, "list of item", &item.id)?;
    }
    if let Some(roster) = item.roster {
        let roster = find(&instrument.rosters, roster, "roster of item", &item.id)?;
        let page = instrument.items.get(roster.item as usize).map(|it| it.page);
        if page != Some(item.page) || matches!(item.kind, Kind::Roster { .. }) {
            return broken("roster of item", &item.id);
        }
    }
    if let Kind::Roster { roster } = item.kind {
        let roster = find(&instrument.rosters, roster, "roster", &item.id)?;
        if roster.item != ix {
            return broken("roster", &item.id);
        }
    }
    for (choice, _) in &item.choice_filters {
        check_choice(instrument, item, *choice, "choice of filter")?;
    }
    Ok(())
}

fn check_members<'a>(
    instrument: &Instrument,
    members: impl Iterator<Item = (&'a ItemIx, Option<u32>)>,
    what: &'static str,
    which: &str,
) -> Result<(), Unusable> {
    for (member, roster) in members {
        let member = find(&instrument.items, *member, what, which)?;
        if member.roster != roster {
            return broken(what, which);
        }
    }
    Ok(())
}

fn check_choice(
    instrument: &Instrument,
    item: &Item,
    choice: u16,
    what: &'static str,
) -> Result<(), Unusable> {
    match instrument.list_of(item).and_then(|it| it.choice(choice)) {
        Some(_) => Ok(()),
        None => broken(what, &item.id),
    }
}

fn find<'a, T>(
    among: &'a [T],
    position: u32,
    what: &'static str,
    which: &str,
) -> Result<&'a T, Unusable> {
    match among.get(position as usize) {
        Some(it) => Ok(it),
        None => broken(what, which),
    }
}

fn broken<T>(what: &'static str, which: &str) -> Result<T, Unusable> {
    Err(Unusable::Broken {
        what,
        which: which.to_owned(),
    })
}

fn sizes(instrument: &Instrument) -> Result<(), Unusable> {
    let lists = instrument.lists.iter().map(|it| it.choices.len());
    at_most(MAX_PARTS, lists, "choices in a list")?;
    let units = (0u32..)
        .zip(&instrument.rosters)
        .map(|(it, _)| instrument.unit_bound(it) as usize);
    at_most(MAX_UNITS, units, "units of a roster")?;
    let fills = instrument.fills.iter().map(|it| it.cases.len());
    at_most(MAX_PARTS, fills.clone(), "cases of a fill")?;
    let mut nodes = 1 + instrument.blocks.len() + instrument.pages.len() + fills.sum::<usize>();
    for item in &instrument.items {
        let (rows, attributes) = match &item.kind {
            Kind::Grid { rows, .. } => (rows.len(), 0),
            Kind::Territory { attributes, .. } => (1, attributes.len()),
            _ => (1, 0),
        };
        let parts = [
            rows,
            attributes,
            item.checks.len(),
            item.choice_filters.len(),
        ];
        at_most(
            MAX_PARTS,
            parts.into_iter(),
            "rows, attributes, checks or filters of an item",
        )?;
        let each = 2 + 2 * rows + item.checks.len() + item.choice_filters.len();
        let own = match item.kind {
            Kind::Roster { roster } => 1 + instrument.unit_bound(roster) as usize,
            _ => 0,
        };
        let units = item
            .roster
            .map_or(1, |it| instrument.unit_bound(it) as usize);
        nodes = nodes
            .saturating_add(own)
            .saturating_add(each.saturating_mul(units));
    }
    at_most(
        MAX_NODES,
        std::iter::once(nodes),
        "answers and conditions, in all units of rosters",
    )
}

fn at_most(
    limit: usize,
    mut sizes: impl Iterator<Item = usize>,
    what: &'static str,
) -> Result<(), Unusable> {
    match sizes.any(|it| it > limit) {
        true => Err(Unusable::TooLarge { what, limit }),
        false => Ok(()),
    }
}
