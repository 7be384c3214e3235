//! All of it: blocks, pages, runs of one filter.

use std::collections::BTreeSet;

use proof::Sentences;
use questionnaire::instrument::{Item, ItemIx, Kind, Units};
use questionnaire::{Engine, Instrument, Text, typography};

use super::number::numbers;
use super::route::{Next, Scope, lifted};
use super::words::Words;
use super::{Block, Entry, Field, LongList, Mark, Options, Page, Paper, Roster, Route, Run, extra};
use crate::prose::{Paragraph, paragraphs};

/// What is known while a paper is laid out.
pub(super) struct Lay<'a> {
    pub(super) engine: &'a Engine,
    pub(super) lang: &'a str,
    pub(super) words: Words,
    pub(super) annotated: bool,
    numbers: Vec<String>,
    /// Numbered items outside rosters.
    order: Vec<ItemIx>,
    /// What nobody is asked and is written all the same.
    unasked: BTreeSet<ItemIx>,
}

pub(super) fn paper(engine: &Engine, lang: &str, options: &Options) -> Paper {
    let instrument = &engine.instrument;
    let numbers = numbers(instrument);
    let order = (0u32..)
        .zip(&instrument.items)
        .filter(|(ix, it)| it.roster.is_none() && !numbers[*ix as usize].is_empty());
    let it = Lay {
        engine,
        lang,
        words: Words::of(lang),
        annotated: options.annotated,
        order: order.map(|(ix, _)| ix).collect(),
        numbers,
        unasked: extra::unasked(engine, options.annotated),
    };
    let mut lists = Vec::new();
    let blocks = it.blocks(&mut lists);
    let mut paper = Paper {
        lang: lang.to_owned(),
        words: it.words,
        title: it.text(&instrument.title),
        note: options.standing.map(|at| it.words.standing(at)),
        version: version(instrument),
        n_questions: 0,
        annotated: options.annotated,
        introduction: it.prose(instrument.introduction.as_ref()),
        howto: Vec::new(),
        known: it.known(),
        blocks,
        closing: it.prose(instrument.closing.as_ref()),
        lists,
        fills: it.fills(),
    };
    let questions = paper
        .entries()
        .filter(|it| matches!(it, Entry::Question(_)));
    paper.n_questions = questions.count();
    paper.howto = howto(&paper);
    paper
}

fn version(instrument: &Instrument) -> String {
    let hash: String = instrument.hash.chars().take(8).collect();
    format!("{} · {hash}", instrument.id)
}

/// How to fill it in: only what there is on it.
fn howto(paper: &Paper) -> Vec<String> {
    let words = paper.words;
    let (mut boxes, mut optional) = (BTreeSet::new(), false);
    for entry in paper.entries() {
        if let Entry::Question(it) = entry {
            if let Field::Choices { mark, .. } = &it.field {
                boxes.insert(*mark == Mark::Several);
            }
            optional |= it.hints.iter().any(|it| it == words.optional());
        }
    }
    let blocks = paper.blocks.iter();
    let pages = || blocks.clone().flat_map(|it| &it.pages);
    let routed = blocks.clone().any(|it| it.route.is_some())
        || pages().any(|it| it.route.is_some() || it.runs.iter().any(is_routed));
    let said = [
        (boxes.len() == 2, words.howto_boxes()),
        (routed, words.howto_routes()),
        (optional, words.howto_optional()),
    ];
    let said = said.into_iter().filter(|it| it.0);
    said.map(|it| it.1.to_owned()).collect()
}

fn is_routed(run: &Run) -> bool {
    let inside = |it: &Entry| matches!(it, Entry::Roster(it) if it.runs.iter().any(is_routed));
    run.route.is_some() || run.entries.iter().any(inside)
}

impl<'a> Lay<'a> {
    pub(super) fn sentences(&self) -> Sentences<'_> {
        Sentences::new(self.engine, self.words.lang())
            .with_texts_in(self.lang)
            .with_numbers(&self.numbers)
    }

    pub(super) fn number(&self, item: ItemIx) -> &str {
        self.numbers.get(item as usize).map_or("", String::as_str)
    }

    pub(super) fn instrument(&self) -> &'a Instrument {
        &self.engine.instrument
    }

    pub(super) fn numbers(&self) -> &[String] {
        &self.numbers
    }

    /// Whether what nobody is asked is written all the same.
    pub(super) fn is_written(&self, item: ItemIx) -> bool {
        self.unasked.contains(&item)
    }

    /// A text in one line, fills left open, as its language writes it.
    pub(super) fn text(&self, it: &Text) -> String {
        let text = self.instrument().unfilled(it.get(self.lang), self.lang);
        let words = text.split([' ', '\n', '\t', '\r']);
        let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
        typography::typeset(&words.join(" "), self.lang)
    }

    pub(super) fn some_text(&self, it: Option<&Text>) -> Option<String> {
        it.map(|it| self.text(it)).filter(|it| !it.is_empty())
    }

    pub(super) fn prose(&self, it: Option<&Text>) -> Vec<Paragraph> {
        let source = it.map_or("", |it| it.get(self.lang));
        paragraphs(&self.instrument().unfilled(source, self.lang), self.lang)
    }

    pub(super) fn id(&self, id: &str) -> Option<String> {
        self.annotated.then(|| id.to_owned())
    }

    fn blocks(&self, lists: &mut Vec<LongList>) -> Vec<Block> {
        let instrument = self.instrument();
        let mut blocks: Vec<Block> = Vec::new();
        for (at, block) in (0u32..).zip(&instrument.blocks) {
            let pages = instrument.asked_pages().iter();
            let pages: Vec<_> = pages.filter(|it| it.block == at).collect();
            let items: Vec<ItemIx> = pages.iter().flat_map(|it| it.items.clone()).collect();
            // What only the sample says stands on no page.
            if pages.is_empty() {
                continue;
            }
            let scope = self.scope(&items);
            let mut route = self.route(block.filter.as_ref(), None, scope);
            let mut pages: Vec<Page> = pages.into_iter().map(|it| self.page(it, lists)).collect();
            if let Some(route) = &mut route {
                let runs = pages.iter_mut().flat_map(|it| &mut it.runs);
                route.who = lifted(&mut runs.flat_map(universes).collect::<Vec<_>>());
            }
            blocks.push(Block {
                id: self.id(&block.id),
                title: self.some_text(block.title.as_ref()),
                route,
                pages,
            });
        }
        blocks
    }

    fn page(&self, page: &questionnaire::instrument::Page, lists: &mut Vec<LongList>) -> Page {
        let mut route = self.route(page.filter.as_ref(), None, self.scope(&page.items));
        let mut runs = self.runs(&page.items, &self.order, None, lists);
        if let Some(route) = &mut route {
            let places = runs.iter_mut().flat_map(universes);
            route.who = lifted(&mut places.collect::<Vec<_>>());
        }
        Page {
            id: self.id(&page.id),
            title: self.some_text(page.title.as_ref()),
            route,
            runs,
        }
    }

    fn scope(&self, items: &[ItemIx]) -> Scope<'_> {
        Scope {
            order: &self.order,
            under: self.numbered(items),
            last: items.last().copied().unwrap_or_default(),
            end: Next::End,
        }
    }

    fn numbered(&self, items: &[ItemIx]) -> Vec<ItemIx> {
        let them = items.iter().copied();
        them.filter(|it| !self.number(*it).is_empty()).collect()
    }

    /// Items one after the other under one filter, without what is not written.
    fn runs(
        &self,
        items: &[ItemIx],
        order: &[ItemIx],
        roster: Option<u32>,
        lists: &mut Vec<LongList>,
    ) -> Vec<Run> {
        let instrument = self.instrument();
        let item = |it: ItemIx| &instrument.items[it as usize];
        let filter = |it: ItemIx| item(it).filter.as_ref();
        let mut together: Vec<Vec<ItemIx>> = Vec::new();
        for ix in items.iter().copied() {
            let is_unwritten =
                matches!(item(ix).kind, Kind::Computed { .. }) && !self.is_written(ix);
            if is_unwritten {
                continue;
            }
            let source = |it: ItemIx| filter(it).map(|it| &it.source);
            match together.last_mut() {
                Some(run) if source(run[0]) == source(ix) => run.push(ix),
                _ => together.push(vec![ix]),
            }
        }
        let mut runs = Vec::new();
        for them in together {
            let scope = Scope {
                order,
                under: self.numbered(&them),
                last: them.last().copied().unwrap_or_default(),
                end: match roster {
                    Some(_) => Next::Unit,
                    None => Next::End,
                },
            };
            let route = self.route(filter(them[0]), roster, scope);
            let entries = them.iter().map(|ix| self.entry(*ix, lists)).collect();
            let mut run = Run { route, entries };
            if run.route.is_some() {
                let who = lifted(&mut universes(&mut run));
                if let Some(route) = &mut run.route {
                    route.who = who;
                }
            }
            runs.push(run);
        }
        runs
    }

    fn entry(&self, ix: ItemIx, lists: &mut Vec<LongList>) -> Entry {
        let item = &self.instrument().items[ix as usize];
        match &item.kind {
            Kind::Statement => Entry::Statement {
                id: self.id(&item.id),
                text: self.prose(Some(&item.label)),
                checks: self.checks(item),
            },
            Kind::Computed { .. } => Entry::Computed(self.computed(ix)),
            Kind::Roster { roster } => Entry::Roster(Box::new(self.roster(ix, *roster, lists))),
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
            | Kind::Contact { .. } => Entry::Question(Box::new(self.question(ix, lists))),
        }
    }

    fn roster(&self, ix: ItemIx, at: u32, lists: &mut Vec<LongList>) -> Roster {
        let instrument = self.instrument();
        let item: &Item = &instrument.items[ix as usize];
        let roster = &instrument.rosters[at as usize];
        let (repeated, unit) = match &roster.units {
            Units::Chosen { item, .. } => (
                self.words.for_each_chosen(&self.sentences().title(*item)),
                self.words.chosen_unit(self.number(*item)),
            ),
            Units::Free { min, max, label } => {
                let label = self.text(label);
                (
                    self.words.for_each_added(&label, *min, *max),
                    capital(&self.words.added_unit(&label)),
                )
            }
        };
        let order = self.numbered(&roster.items);
        Roster {
            number: self.number(ix).to_owned(),
            id: self.id(&item.id),
            label: self.text(&item.label),
            help: self.some_text(item.help.as_ref()),
            universe: self.some_text(item.universe.as_ref()),
            repeated,
            unit,
            runs: self.runs(&roster.items, &order, Some(at), lists),
            checks: self.checks(item),
        }
    }
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Where the entries of a run say for whom they are.
fn universes(run: &mut Run) -> Vec<&mut Option<String>> {
    // A run that says it already says it for all of its entries.
    let places = run.entries.iter_mut().filter_map(|it| match it {
        Entry::Question(it) => Some(&mut it.universe),
        Entry::Roster(it) => Some(&mut it.universe),
        Entry::Statement { .. } | Entry::Computed(_) => None,
    });
    match &mut run.route {
        Some(Route { who, .. }) if who.is_some() => vec![who],
        _ => places.collect(),
    }
}
