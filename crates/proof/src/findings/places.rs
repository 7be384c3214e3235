//! Where conditions and items stand in the file.

use questionnaire::document::{Item, Questionnaire, SourceMap};
use questionnaire::layout::Source;
use questionnaire::{Engine, Position};

/// Paths of everything a finding can be about.
pub(crate) struct Places<'d> {
    document: &'d Questionnaire,
    map: &'d SourceMap,
    /// Path of each item of the instrument, with the item as written.
    items: Vec<(String, &'d Item)>,
    /// Path of each page.
    pages: Vec<String>,
    /// How many blocks, of one page each, stand before those of the file.
    n_hidden: usize,
}

impl<'d> Places<'d> {
    pub(crate) fn new(document: &'d Questionnaire, map: &'d SourceMap) -> Self {
        let (mut items, mut pages) = (Vec::new(), Vec::new());
        let frame = document.frame.iter().enumerate();
        items.extend(frame.map(|(at, it)| (format!("/frame/{at}"), it)));
        // The page and the block of the sampling frame, which nobody wrote.
        let n_hidden = usize::from(!document.frame.is_empty());
        pages.extend((0..n_hidden).map(|_| "/frame".to_owned()));
        for (b, block) in document.blocks.iter().enumerate() {
            for (p, page) in block.pages.iter().enumerate() {
                let path = format!("/blocks/{b}/pages/{p}");
                for (i, item) in page.items.iter().enumerate() {
                    let path = format!("{path}/items/{i}");
                    items.push((path.clone(), item));
                    for (j, inner) in item.items.iter().enumerate() {
                        items.push((format!("{path}/items/{j}"), inner));
                    }
                }
                pages.push(path);
            }
        }
        Self {
            document,
            map,
            items,
            pages,
            n_hidden,
        }
    }

    fn item_path(&self, item: u32) -> &str {
        self.items.get(item as usize).map_or("", |it| &it.0)
    }

    /// A field of an item.
    pub(crate) fn field(&self, item: u32, field: &str) -> Position {
        self.map.value(&format!("{}/{field}", self.item_path(item)))
    }

    /// A choice's code.
    pub(crate) fn choice(&self, item: u32, code: u16) -> Position {
        self.map
            .value(&format!("{}/code", self.choice_path(item, code)))
    }

    fn choice_path(&self, item: u32, code: u16) -> String {
        let Some((path, it)) = self.items.get(item as usize) else {
            return String::new();
        };
        let shared = it.list.as_ref().and_then(|name| {
            let mut lists = self.document.lists.iter();
            lists.position(|list| list.id == *name)
        });
        match shared {
            Some(list) => format!("/lists/{list}/choices/{code}"),
            None => format!("{path}/choices/{code}"),
        }
    }

    /// Path of a condition and the condition as written.
    pub(crate) fn condition(&self, engine: &Engine, source: Source) -> (String, String) {
        let item = |it: u32| self.items.get(it as usize);
        let (path, text) = match source {
            Source::Block(it) => {
                let at = (it as usize).saturating_sub(self.n_hidden);
                let block = self.document.blocks.get(at);
                (
                    format!("/blocks/{at}/filter"),
                    block.and_then(|it| it.filter.clone()),
                )
            }
            Source::Page(it) => {
                let mut pages = self.document.blocks.iter().flat_map(|it| &it.pages);
                let path = self.pages.get(it as usize).cloned().unwrap_or_default();
                (
                    format!("{path}/filter"),
                    pages
                        .nth((it as usize).saturating_sub(self.n_hidden))
                        .and_then(|it| it.filter.clone()),
                )
            }
            Source::Item(it) => (
                format!("{}/filter", self.item_path(it)),
                item(it).and_then(|it| it.1.filter.clone()),
            ),
            Source::Row(it, row) => (
                format!("{}/rows/{row}/filter", self.item_path(it)),
                item(it)
                    .and_then(|it| it.1.rows.get(usize::from(row)))
                    .and_then(|it| it.filter.clone()),
            ),
            Source::Check(it, nth) => (
                format!("{}/checks/{nth}/require", self.item_path(it)),
                item(it)
                    .and_then(|it| it.1.checks.get(usize::from(nth)))
                    .map(|it| it.require.clone()),
            ),
            Source::Choice(it, nth) => {
                let filters = engine.instrument.items.get(it as usize);
                let filter = filters.and_then(|it| it.choice_filters.get(usize::from(nth)));
                let path = filter.map(|(code, _)| self.choice_path(it, *code));
                (
                    format!("{}/filter", path.unwrap_or_default()),
                    filter.map(|(_, it)| it.source.clone()),
                )
            }
            Source::Fill(it, case) => (
                format!("/fills/{it}/cases/{case}/when"),
                self.document
                    .fills
                    .get(it as usize)
                    .and_then(|it| it.cases.get(usize::from(case)))
                    .map(|it| it.when.clone()),
            ),
            Source::Value(it) => (
                format!("{}/value", self.item_path(it)),
                item(it).and_then(|it| it.1.value.clone()),
            ),
        };
        (path, text.unwrap_or_default())
    }

    /// Where a condition begins.
    pub(crate) fn source(&self, engine: &Engine, source: Source) -> Position {
        self.map.value(&self.condition(engine, source).0)
    }

    /// Where a condition names something.
    pub(crate) fn name(&self, engine: &Engine, source: Source, name: &str) -> Position {
        let (path, text) = self.condition(engine, source);
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        let found = text.match_indices(name).find(|(at, it)| {
            let before = text[..*at].chars().next_back();
            let after = text[at + it.len()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        });
        match found {
            Some((at, _)) => self.map.inside(&path, &text, at as u32),
            None => self.map.value(&path),
        }
    }
}
