//! The nodes of a questionnaire in the order in which they are asked.

use crate::document::edit::Node;
use crate::document::{Item, Questionnaire, SourceMap};

/// A block, page or item, and how deep it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which node.
    pub node: Node,
    /// 0 for blocks, 1 for pages, 2 for items, 3 for items of rosters.
    pub depth: usize,
    /// Where it stands in the file.
    path: String,
}

/// Every block, page and item in order; then the frame's items at depth 1.
///
/// ```
/// use questionnaire::document::{self, form::outline};
/// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}]}]}]\n";
/// let document = document::read(source).questionnaire.unwrap();
/// let keys: Vec<_> = outline(&document).iter().map(|it| it.node.key()).collect();
/// assert_eq!(keys, ["block:b", "page:p", "item:age"]);
/// ```
#[must_use]
pub fn outline(document: &Questionnaire) -> Vec<Entry> {
    let mut found = Vec::new();
    for (nth, block) in document.blocks.iter().enumerate() {
        let path = format!("/blocks/{nth}");
        found.push(entry(Node::Block(block.id.clone()), 0, &path));
        for (nth, page) in block.pages.iter().enumerate() {
            let path = format!("{path}/pages/{nth}");
            found.push(entry(Node::Page(page.id.clone()), 1, &path));
            items(&page.items, 2, &path, "items", &mut found);
        }
    }
    items(&document.frame, 1, "", "frame", &mut found);
    found
}

fn items(list: &[Item], depth: usize, path: &str, key: &str, found: &mut Vec<Entry>) {
    for (nth, item) in list.iter().enumerate() {
        let path = format!("{path}/{key}/{nth}");
        found.push(entry(Node::Item(item.id.clone()), depth, &path));
        items(&item.items, depth + 1, &path, "items", found);
    }
}

fn entry(node: Node, depth: usize, path: &str) -> Entry {
    Entry {
        node,
        depth,
        path: path.to_owned(),
    }
}

/// The node in which something stands in the file: what begins last before it.
#[must_use]
pub fn node_at(outline: &[Entry], map: &SourceMap, line: u32) -> Option<Node> {
    // What stands above the first block is the questionnaire's own.
    let begun = outline.iter().filter(|it| map.value(&it.path).line <= line);
    let last = begun.max_by_key(|it| (map.value(&it.path).line, it.depth));
    last.map(|it| it.node.clone())
}
