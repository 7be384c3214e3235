//! The map: every block, page and item in order, each with its own filter in words and what that
//! reads; and the questions that somebody is asked.
//!
//! The branch graph ([`crate::graph`]) says who is asked what; the map says where that is written.

use std::collections::{BTreeMap, BTreeSet};

use expr::Lang;
use questionnaire::document::edit::Node;
use questionnaire::instrument::{Instrument, Item, ItemIx, Kind};
use questionnaire::layout::Source;
use questionnaire::{Engine, Sheet};

use crate::goal::Goal;
use crate::graph::Reach;
use crate::prove::Proof;
use crate::reads;
use crate::sentence::Sentences;

/// A block, page or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which node of the document.
    pub node: Node,
    /// 0 for blocks, 1 for pages, 2 for items, 3 for items of rosters.
    pub depth: usize,
    /// What it is called; nothing where its author gave no title.
    pub name: String,
    /// Its own filter; those above it go without saying.
    pub filter: Option<Filter>,
    /// Which item it is, of an item.
    pub item: Option<ItemIx>,
    /// Whether it is asked or shown, rather than worked out.
    pub is_asked: bool,
    /// Whether it has a value, which conditions can read.
    pub has_value: bool,
    /// Whether it can be reached, of an item that is asked.
    pub reach: Option<Reach>,
}

/// A filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// As it is written.
    pub text: String,
    /// In words.
    pub words: String,
    /// The questions it goes back to.
    pub reads: Vec<ItemIx>,
}

/// The node whose filter stands there; nothing for what is no filter.
#[must_use]
pub fn node_of(instrument: &Instrument, source: Source) -> Option<Node> {
    let item = |it: ItemIx| instrument.items.get(it as usize);
    Some(match source {
        Source::Block(it) => Node::Block(instrument.blocks.get(it as usize)?.id.clone()),
        Source::Page(it) => Node::Page(instrument.pages.get(it as usize)?.id.clone()),
        Source::Item(it) => Node::Item(item(it)?.id.clone()),
        Source::Row(it, nth) => {
            let it = item(it)?;
            let Kind::Grid { rows, .. } = &it.kind else {
                return None;
            };
            Node::Row {
                item: it.id.clone(),
                code: rows.get(usize::from(nth))?.code.clone(),
            }
        }
        Source::Check(..) | Source::Choice(..) | Source::Fill(..) | Source::Value(_) => {
            return None;
        }
    })
}

impl Proof<'_> {
    /// The map, in one language. The sampling frame is not on it: nobody is asked that.
    #[must_use]
    pub fn map(&self, lang: Lang) -> Vec<Entry> {
        let engine = self.engine();
        let instrument = &engine.instrument;
        let sentences = Sentences::new(engine, lang);
        let n_frame = usize::from(!instrument.frame.is_empty());
        let mut on_page: BTreeMap<u32, Vec<ItemIx>> = BTreeMap::new();
        for (ix, item) in (0u32..).zip(&instrument.items) {
            if !instrument.is_frame(ix) {
                on_page.entry(item.page).or_default().push(ix);
            }
        }
        let title = |it: &Option<questionnaire::Text>| {
            let title = it.as_ref().map(|it| sentences.text(it));
            title.unwrap_or_default()
        };
        let blank = |node: Node, depth: usize, name: String, source: Source| Entry {
            node,
            depth,
            name,
            filter: filter(engine, source, None, &sentences),
            item: None,
            is_asked: true,
            has_value: false,
            reach: None,
        };
        let mut entries = Vec::new();
        for (at, block) in (0u32..).zip(&instrument.blocks).skip(n_frame) {
            let node = Node::Block(block.id.clone());
            entries.push(blank(node, 0, title(&block.title), Source::Block(at)));
            for (at, page) in (0u32..)
                .zip(&instrument.pages)
                .filter(|it| it.1.block == at)
            {
                let node = Node::Page(page.id.clone());
                entries.push(blank(node, 1, title(&page.title), Source::Page(at)));
                let items = on_page.get(&at).map_or(&[][..], Vec::as_slice);
                entries.extend(items.iter().map(|it| self.entry(*it, &sentences)));
            }
        }
        entries
    }

    fn entry(&self, ix: ItemIx, sentences: &Sentences<'_>) -> Entry {
        let engine = self.engine();
        let item: &Item = &engine.instrument.items[ix as usize];
        let is_asked = !matches!(item.kind, Kind::Computed { .. });
        Entry {
            node: Node::Item(item.id.clone()),
            depth: if item.roster.is_some() { 3 } else { 2 },
            name: sentences.bare_title(ix),
            filter: filter(engine, Source::Item(ix), item.roster, sentences),
            item: Some(ix),
            is_asked,
            has_value: !matches!(item.kind, Kind::Statement),
            reach: is_asked.then(|| self.reach(ix)),
        }
    }

    /// The items that somebody is asked with these answers, in some unit at least.
    #[must_use]
    pub fn asked(&self, sheet: &Sheet) -> BTreeSet<ItemIx> {
        let engine = self.engine();
        let evaluation = engine.load(sheet).evaluation;
        let is_asked = |ix: &ItemIx| {
            let mut units = self.encoding.units_of(*ix).into_iter();
            units.any(|unit| evaluation.is_on_path(*ix, unit))
        };
        let n = u32::try_from(engine.instrument.items.len()).unwrap_or(u32::MAX);
        (0..n).filter(is_asked).collect()
    }

    /// Answers by which somebody gets to an item, and everything that they are asked.
    #[must_use]
    pub fn way_to(&self, item: ItemIx) -> Option<(&Sheet, BTreeSet<ItemIx>)> {
        let sheet = self.witness(Goal::Item(item))?;
        Some((sheet, self.asked(sheet)))
    }
}

fn filter(
    engine: &Engine,
    source: Source,
    roster: Option<u32>,
    sentences: &Sentences<'_>,
) -> Option<Filter> {
    let condition = source.condition(&engine.instrument)?;
    Some(Filter {
        text: condition.source.clone(),
        words: sentences.of(&condition.source, roster),
        reads: reads::questions(engine, &condition.program)
            .into_iter()
            .collect(),
    })
}
