//! The map's screen.

use std::collections::{BTreeSet, HashMap};

use app::studio::team::field_screen::Wrong;
use app::studio::writing::map::screen::{MapLine, MapScreen, MapShown, WayLine};
use app::{paths, render};
use axum::http::StatusCode;
use chart::graph::{Guide, LineGuide, NodeGuide};
use expr::Lang;
use proof::graph::Reach;
use questionnaire::document;
use questionnaire::document::edit::Node;
use questionnaire::instrument::ItemIx;
use service::team::Design;
use service::{Mapped, Trip, Whose, Working};

use super::super::findings::cover;
use super::super::{lang, leading, looked};
use super::Asked;
use crate::branches::in_words;
use crate::problem::Answer;
use crate::studio::gate::Within;

/// Sizes that make sense, in per cent.
const SIZES: std::ops::RangeInclusive<u32> = 20..=400;

pub(super) async fn draw(
    within: &Within<Design>,
    asked: &Asked,
    working: Working,
    status: StatusCode,
    wrong: Option<Wrong>,
) -> Answer {
    let caller = &within.signed.caller;
    let lang = lang(&caller.reader.asked);
    let writing = within.services().writing();
    let refuse = |it| within.signed.refuse(&it);
    let source = &working.source;
    let found = writing.look(source, lang).await.map_err(refuse)?;
    let mapped = writing.map(source, lang).await.map_err(refuse)?;
    let mut looked = looked(&found, lang);
    leading(&mut looked, &document::read(source));
    let people = writing.people(source).await.map_err(refuse)?;
    cover(&mut looked, &people);
    let zoom = match asked.zoom.as_str() {
        "" => &asked.size,
        it => it,
    };
    let zoom = zoom.parse::<u32>().ok().filter(|it| SIZES.contains(it));
    let study = &within.may.study().slug;
    let screen = MapScreen {
        head: within.head().await?,
        revision: working.revision,
        map: mapped
            .as_ref()
            .as_ref()
            .map(|it| shown(study, it, asked, lang)),
        looked,
        zoom,
        wrong,
    };
    Ok(caller.page(status, |frame| render::map(frame, &screen)))
}

fn shown(study: &str, it: &Mapped, asked: &Asked, lang: Lang) -> MapShown {
    let names = names(it);
    let code = |trip: &Trip| match trip.whose {
        Whose::Person(nth) => format!("p{nth}"),
        Whose::Reaching(item) => format!("to-{}", names.get(&item).map_or("", |it| it.id)),
    };
    let trip = it.trips.iter().find(|it| code(it) == asked.way);
    let on = trip.map(|it| &it.asked);
    let pages = names.iter().map(|(item, it)| (*item, it.page)).collect();
    MapShown {
        graph: in_words(&it.branches, &pages, lang),
        guide: guide(study, it, on),
        lines: lines(it, &names, on),
        ways: it
            .trips
            .iter()
            .map(|trip| WayLine {
                code: code(trip),
                n_asked: n_asked(it, &trip.asked),
                to: match trip.whose {
                    Whose::Person(_) => None,
                    Whose::Reaching(item) => names.get(&item).map(|it| it.name.to_owned()),
                },
            })
            .collect(),
        way: trip.map(code),
        join: (asked.from.clone(), asked.to.clone()),
    }
}

/// What an item is called, and where it stands.
struct Name<'m> {
    id: &'m str,
    name: &'m str,
    page: &'m str,
}

fn names(it: &Mapped) -> HashMap<ItemIx, Name<'_>> {
    let mut names = HashMap::new();
    // Items of the frame are in the drawing and on no page.
    for line in it.branches.steps.iter().flat_map(|it| &it.lines) {
        let name = Name {
            id: &line.id,
            name: &line.text,
            page: "",
        };
        names.insert(line.item, name);
    }
    let mut page = "";
    for entry in &it.entries {
        match (&entry.node, entry.item) {
            (Node::Page(_), _) => page = &entry.name,
            (Node::Item(id), Some(item)) => {
                let name = &entry.name;
                names.insert(item, Name { id, name, page });
            }
            _ => {}
        }
    }
    names
}

fn guide(study: &str, it: &Mapped, on: Option<&BTreeSet<ItemIx>>) -> Guide {
    let nodes = it.branches.steps.iter().zip(&it.filters);
    let nodes = nodes.map(|(step, filters)| NodeGuide {
        // What stands nearest to the questions is what one wants to change.
        condition: filters
            .last()
            .map(|it| paths::condition_at(study, &it.key(), "filter"))
            .unwrap_or_default(),
        verb: String::new(),
        lines: step
            .lines
            .iter()
            .map(|line| {
                let key = Node::Item(line.id.clone()).key();
                LineGuide {
                    href: paths::edit_node(study, &key),
                    key,
                    is_on: on.is_some_and(|it| it.contains(&line.item)),
                }
            })
            .collect(),
    });
    Guide {
        nodes: nodes.collect(),
        has_way: on.is_some(),
    }
}

fn lines(
    it: &Mapped,
    names: &HashMap<ItemIx, Name<'_>>,
    on: Option<&BTreeSet<ItemIx>>,
) -> Vec<MapLine> {
    let mut lines: Vec<MapLine> = Vec::with_capacity(it.entries.len());
    for entry in &it.entries {
        let filter = entry.filter.as_ref();
        let reads = filter.map_or(&[][..], |it| it.reads.as_slice());
        let reads = reads.iter().filter_map(|it| names.get(it));
        let is_on = match (on, entry.item) {
            (Some(on), Some(item)) if entry.is_asked => Some(on.contains(&item)),
            _ => None,
        };
        lines.push(MapLine {
            key: entry.node.key(),
            depth: entry.depth,
            name: entry.name.clone(),
            condition: filter.map(|it| it.words.clone()),
            reads: reads
                .map(|it| (Node::Item(it.id.to_owned()).key(), it.name.to_owned()))
                .collect(),
            is_question: entry.has_value,
            is_never: entry.reach == Some(Reach::Never),
            is_on,
        });
    }
    // A page or block is on the way if something on it is.
    for at in (0..lines.len()).rev() {
        let depth = lines[at].depth;
        if depth > 1 {
            continue;
        }
        let inside = lines[at + 1..].iter().take_while(|it| it.depth > depth);
        let is_on = inside.filter_map(|it| it.is_on).reduce(|a, b| a || b);
        lines[at].is_on = is_on;
    }
    lines
}

/// How many questions somebody is asked.
fn n_asked(it: &Mapped, asked: &BTreeSet<ItemIx>) -> usize {
    let lines = it.branches.steps.iter().flat_map(|it| &it.lines);
    lines.filter(|it| asked.contains(&it.item)).count()
}
