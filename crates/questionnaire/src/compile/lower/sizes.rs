//! Whether a document is small enough to be compiled: everything after this is bounded.

use crate::compile::findings::Findings;
use crate::diagnostic::Problem;
use crate::document::{Item, Questionnaire};
use crate::layout::MAX_PARTS;

const MAX_ITEMS: usize = 5_000;
const MAX_LANGUAGES: usize = 30;
/// A list that several items share counts once for each: its filters are theirs.
const MAX_CONDITIONS: usize = 50_000;
const MAX_CONDITION_BYTES: usize = 4_000_000;

/// Whether everything is within its limit; what is not is reported.
pub(super) fn fit(document: &Questionnaire, findings: &mut Findings<'_>) -> bool {
    let before = findings.has_errors();
    let mut it = Sizes {
        document,
        findings,
        items: 0,
        conditions: 0,
        bytes: 0,
    };
    it.at_most(
        MAX_LANGUAGES,
        document.languages.len(),
        "/languages",
        "languages",
    );
    it.at_most(MAX_ITEMS, document.lists.len(), "/lists", "lists");
    it.at_most(MAX_ITEMS, document.fills.len(), "/fills", "fills");
    it.at_most(MAX_ITEMS, document.nets.len(), "/nets", "nets");
    it.at_most(MAX_ITEMS, document.figures.len(), "/figures", "figures");
    for (nth, list) in document.lists.iter().enumerate() {
        it.at_most(
            MAX_PARTS,
            list.choices.len(),
            &format!("/lists/{nth}/choices"),
            "choices",
        );
    }
    for (nth, fill) in document.fills.iter().enumerate() {
        it.at_most(
            MAX_PARTS,
            fill.cases.len(),
            &format!("/fills/{nth}/cases"),
            "cases",
        );
    }
    let pages = document.blocks.iter().map(|it| it.pages.len());
    it.at_most(
        MAX_ITEMS,
        document.blocks.len() + pages.sum::<usize>(),
        "/blocks",
        "blocks",
    );
    it.items(&document.frame, "/frame");
    for (b, block) in document.blocks.iter().enumerate() {
        for (p, page) in block.pages.iter().enumerate() {
            it.items(&page.items, &format!("/blocks/{b}/pages/{p}/items"));
        }
    }
    it.at_most(MAX_ITEMS, it.items, "/blocks", "items");
    it.at_most(MAX_CONDITIONS, it.conditions, "/blocks", "conditions");
    it.at_most(MAX_CONDITION_BYTES, it.bytes, "/blocks", "conditions");
    before == it.findings.has_errors()
}

struct Sizes<'a, 'f, 'm> {
    document: &'a Questionnaire,
    findings: &'f mut Findings<'m>,
    items: usize,
    conditions: usize,
    bytes: usize,
}

impl Sizes<'_, '_, '_> {
    fn at_most(&mut self, limit: usize, size: usize, path: &str, what: &'static str) {
        if size > limit {
            self.findings.error(path, Problem::TooMany { what, limit });
        }
    }

    fn items(&mut self, items: &[Item], path: &str) {
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            self.items += 1;
            self.at_most(
                MAX_PARTS,
                item.choices.len(),
                &format!("{path}/choices"),
                "choices",
            );
            self.at_most(MAX_PARTS, item.rows.len(), &format!("{path}/rows"), "rows");
            self.at_most(
                MAX_PARTS,
                item.checks.len(),
                &format!("{path}/checks"),
                "checks",
            );
            let attributes = item.attributes.len();
            self.at_most(
                MAX_PARTS,
                attributes,
                &format!("{path}/attributes"),
                "attributes",
            );
            let named = item.list.as_ref();
            let named = named.and_then(|id| self.document.lists.iter().find(|it| it.id == *id));
            let choices = named.map_or(&item.choices, |it| &it.choices);
            let sources = (item.filter.iter())
                .chain(choices.iter().filter_map(|it| it.filter.as_ref()))
                .chain(item.rows.iter().filter_map(|it| it.filter.as_ref()))
                .chain(item.checks.iter().map(|it| &it.require));
            for source in sources {
                self.conditions += 1;
                self.bytes += source.len();
            }
            self.items(&item.items, &format!("{path}/items"));
        }
    }
}
