//! Names that items, choices and rows had in earlier versions.

use std::collections::BTreeSet;

use super::{Lowering, ids};
use crate::diagnostic::Problem;
use crate::document;
use crate::instrument::Was;

/// Names among which each former one is nobody's, and only one's.
pub(super) struct Names<'d> {
    /// Whether a name could be one of these.
    is_name: fn(&str) -> bool,
    now: BTreeSet<&'d str>,
    before: BTreeSet<&'d str>,
}

impl<'d> Names<'d> {
    pub(super) fn of_codes(now: impl Iterator<Item = &'d str>) -> Self {
        Self {
            is_name: ids::is_code,
            now: now.collect(),
            before: BTreeSet::new(),
        }
    }
}

impl<'d> Lowering<'d, '_, '_> {
    /// Notes the former ids of all items, once all are known.
    pub(super) fn former_items(&mut self) {
        let document = self.document;
        let mut names = Names {
            is_name: ids::is_name,
            now: self.ids.keys().copied().collect(),
            before: BTreeSet::new(),
        };
        self.former_of(&document.frame, "/frame", &mut names);
        for (b, block) in document.blocks.iter().enumerate() {
            for (p, page) in block.pages.iter().enumerate() {
                let path = format!("/blocks/{b}/pages/{p}/items");
                self.former_of(&page.items, &path, &mut names);
            }
        }
    }

    fn former_of(&mut self, items: &'d [document::Item], path: &str, names: &mut Names<'d>) {
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            let of = self.ids.get(item.id.as_str()).copied().unwrap_or_default();
            if let Some(it) = self.former(of, 0, &item.was, &path, names) {
                self.former.items.push(it);
            }
            self.former_of(&item.items, &format!("{path}/items"), names);
        }
    }

    /// The former names of something, as far as they can be: none that something has now, none twice.
    pub(super) fn former(
        &mut self,
        of: u32,
        at: u16,
        was: &'d [String],
        path: &str,
        names: &mut Names<'d>,
    ) -> Option<Was> {
        let mut found = Vec::new();
        for (nth, name) in was.iter().enumerate() {
            let is_free = (names.is_name)(name) && !names.now.contains(name.as_str());
            if is_free && names.before.insert(name) {
                found.push(name.clone());
            } else {
                let problem = Problem::FormerName { name: name.clone() };
                self.findings.error(&format!("{path}/was/{nth}"), problem);
            }
        }
        (!found.is_empty()).then_some(Was {
            of,
            at,
            names: found,
        })
    }
}
