//! Nodes that travel: what an edit puts into a document.

use serde::{Deserialize, Serialize};

use super::Node;
use super::node::Kind;
use super::part::Part;
use crate::document::{Block, Check, Choice, ChoiceList, Figure, Fill, Item, Net, Page, Row};

/// A node with everything in it, as it stands in the file.
///
/// ```
/// use questionnaire::document::edit::Content;
/// let json = r#"{"row":{"code":"sport","label":{"fr":"Le sport"}}}"#;
/// let content: Content = serde_json::from_str(json)?;
/// assert_eq!(serde_json::to_string(&content)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A block with its pages.
    Block(Block),
    /// A page with its items.
    Page(Page),
    /// An item with its choices, rows, checks and, in a roster, items.
    Item(Box<Item>),
    /// A list of choices that items share.
    List(ChoiceList),
    /// A fill.
    Fill(Fill),
    /// A net.
    Net(Net),
    /// A figure that is wanted.
    Figure(Figure),
    /// A choice of an item or of a list.
    Choice(Choice),
    /// A row of a grid.
    Row(Row),
    /// A check of an item.
    Check(Check),
}

impl Content {
    pub(super) fn part(&self) -> &dyn Part {
        match self {
            Self::Block(it) => it,
            Self::Page(it) => it,
            Self::Item(it) => &**it,
            Self::List(it) => it,
            Self::Fill(it) => it,
            Self::Net(it) => it,
            Self::Figure(it) => it,
            Self::Choice(it) => it,
            Self::Row(it) => it,
            Self::Check(it) => it,
        }
    }

    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Block(_) => Kind::Block,
            Self::Page(_) => Kind::Page,
            Self::Item(_) => Kind::Item,
            Self::List(_) => Kind::List,
            Self::Fill(_) => Kind::Fill,
            Self::Net(_) => Kind::Net,
            Self::Figure(_) => Kind::Figure,
            Self::Choice(_) => Kind::Choice,
            Self::Row(_) => Kind::Row,
            Self::Check(_) => Kind::Check,
        }
    }

    /// How many items stand in each other, itself included.
    pub(super) fn depth(&self) -> usize {
        fn below(item: &Item) -> usize {
            1 + item.items.iter().map(below).max().unwrap_or(0)
        }
        match self {
            Self::Item(it) => below(it),
            Self::Page(it) => it.items.iter().map(below).max().unwrap_or(0),
            Self::Block(it) => {
                let items = it.pages.iter().flat_map(|it| &it.items);
                items.map(below).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Leaves pages and items out, with everything in them, that stand elsewhere already.
    pub(super) fn without(&mut self, elsewhere: &impl Fn(&Node) -> bool) {
        fn items(list: &mut Vec<Item>, elsewhere: &impl Fn(&Node) -> bool) {
            list.retain(|it| !elsewhere(&Node::Item(it.id.clone())));
            for it in list {
                items(&mut it.items, elsewhere);
            }
        }
        match self {
            Self::Item(it) => items(&mut it.items, elsewhere),
            Self::Page(it) => items(&mut it.items, elsewhere),
            Self::Block(it) => {
                it.pages.retain(|it| !elsewhere(&Node::Page(it.id.clone())));
                for it in &mut it.pages {
                    items(&mut it.items, elsewhere);
                }
            }
            _ => {}
        }
    }
}

/// The children of one kind of one node.
pub(super) trait Siblings {
    fn position(&self, name: &str) -> Option<usize>;
    fn name(&self, at: usize) -> Option<&str>;
    fn part(&self, at: usize) -> Option<&dyn Part>;
    fn part_mut(&mut self, at: usize) -> Option<&mut dyn Part>;
    /// Puts a node of the same kind among them; answers `false` for one of another kind.
    fn put(&mut self, at: usize, content: Content) -> bool;
    fn take(&mut self, at: usize) -> Option<Content>;
}

macro_rules! siblings {
    ($($type:ident, $name:ident, $content:ident, $it:ident => $in:expr, $out:expr;)*) => {$(
        impl Siblings for Vec<$type> {
            fn position(&self, name: &str) -> Option<usize> {
                self.iter().position(|it| it.$name == name)
            }

            fn name(&self, at: usize) -> Option<&str> {
                self.get(at).map(|it| it.$name.as_str())
            }

            fn part(&self, at: usize) -> Option<&dyn Part> {
                self.get(at).map(|it| it as &dyn Part)
            }

            fn part_mut(&mut self, at: usize) -> Option<&mut dyn Part> {
                self.get_mut(at).map(|it| it as &mut dyn Part)
            }

            fn put(&mut self, at: usize, content: Content) -> bool {
                let Content::$content($it) = content else {
                    return false;
                };
                self.insert(at.min(self.len()), $in);
                true
            }

            fn take(&mut self, at: usize) -> Option<Content> {
                (at < self.len()).then(|| {
                    let $it = self.remove(at);
                    Content::$content($out)
                })
            }
        }
    )*};
}

siblings! {
    Block, id, Block, it => it, it;
    Page, id, Page, it => it, it;
    Item, id, Item, it => *it, Box::new(it);
    ChoiceList, id, List, it => it, it;
    Fill, id, Fill, it => it, it;
    Net, id, Net, it => it, it;
    Figure, id, Figure, it => it, it;
    Choice, code, Choice, it => it, it;
    Row, code, Row, it => it, it;
    Check, id, Check, it => it, it;
}
