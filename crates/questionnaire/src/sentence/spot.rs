//! Where a condition stands in a document, by the names that forms and addresses have for it.

use crate::document::edit::{Edit, Node, apply};
use crate::document::form::{self, Control, Unreadable};
use crate::document::{Item, Questionnaire};
use crate::instrument::{Instrument, Kind};
use crate::layout::Source;

/// A field of a node in which a condition stands or could stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Whose.
    pub node: Node,
    /// Which field, as in [`Edit::Set`].
    pub field: Vec<String>,
}

impl Spot {
    /// A field of a node by its name; the first one that is a condition where there is none of this name. `None`
    /// where the node has no condition.
    ///
    /// ```
    /// use questionnaire::document::{self, edit::Node};
    /// use questionnaire::sentence::Spot;
    /// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, filter: 1 > 0, pages: []}]\n";
    /// let document = document::read(source).questionnaire.unwrap();
    /// let spot = Spot::find(&document, &Node::Block("b".into()), "").unwrap();
    /// assert_eq!((spot.name().as_str(), spot.text(&document).as_str()), ("filter", "1 > 0"));
    /// assert_eq!(Spot::find(&document, &Node::Questionnaire, ""), None);
    /// ```
    #[must_use]
    pub fn find(document: &Questionnaire, node: &Node, field: &str) -> Option<Self> {
        let mut all = Self::of(document, node);
        let at = all.iter().position(|it| it.name() == field).unwrap_or(0);
        (at < all.len()).then(|| all.swap_remove(at))
    }

    /// Every field of a node in which a condition stands or could stand.
    #[must_use]
    pub fn of(document: &Questionnaire, node: &Node) -> Vec<Self> {
        let fields = form::form(document, node).map(|it| it.fields);
        let fields = fields.into_iter().flatten();
        // The expression of a computed value is no condition.
        let fields = fields.filter(|it| it.control == Control::Condition && it.path != ["value"]);
        let spot = |it: form::Field| Self {
            node: node.clone(),
            field: it.path,
        };
        fields.map(spot).collect()
    }

    /// The name of the field in addresses: `filter`, `require`, `cases.0.when`.
    #[must_use]
    pub fn name(&self) -> String {
        self.field.join(".")
    }

    /// Whether the document cannot do without it.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.field != ["filter"]
    }

    /// The condition that stands there.
    #[must_use]
    pub fn text(&self, document: &Questionnaire) -> String {
        let fields = form::form(document, &self.node).map(|it| it.fields);
        let mut fields = fields.into_iter().flatten();
        let found = fields.find(|it| it.path == self.field);
        found.map(|it| it.value).unwrap_or_default()
    }

    /// The edits that put a condition there: none where it stands there already.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn edits(&self, document: &Questionnaire, text: &str) -> Result<Vec<Edit>, Unreadable> {
        let name = format!("{}|{}", self.node.key(), self.name());
        form::edits(document, &[(name, text.to_owned())])
    }

    /// The document with a condition there; `None` if it cannot do without one.
    #[must_use]
    pub fn with(&self, document: &Questionnaire, text: &str) -> Option<Questionnaire> {
        let mut document = document.clone();
        for edit in self.edits(&document, text).ok()? {
            apply(&mut document, &edit).ok()?;
        }
        Some(document)
    }

    /// The conditions that hold wherever this one is read, outermost first, and the roster in whose units it is:
    /// of what respondents go through to get there. `None` for what many questions share, and for what stands
    /// nowhere.
    #[must_use]
    pub fn above(&self, document: &Questionnaire) -> Option<(Vec<String>, Option<String>)> {
        let of_item = match &self.node {
            Node::Item(id) => Some((id, false)),
            Node::Choice { item, .. } | Node::Row { item, .. } | Node::Check { item, .. } => {
                Some((item, true))
            }
            Node::ListChoice { list, .. } => {
                let mut users = items(document).filter(|it| it.1.list.as_ref() == Some(list));
                let only = users.next()?;
                if users.next().is_some() {
                    return None;
                }
                Some((&only.1.id, true))
            }
            _ => None,
        };
        let mut found: Vec<Option<String>> = Vec::new();
        let mut units = None;
        let page_id = match (of_item, &self.node) {
            (Some((id, own)), _) => {
                let (page, item, roster) = items(document).find(|it| it.1.id == *id)?;
                found.extend([roster.and_then(|it| it.filter.clone())]);
                found.extend([item.filter.clone().filter(|_| own)]);
                units = roster.map(|it| it.id.clone());
                Some((page, true))
            }
            (None, Node::Page(id)) => Some((id.as_str(), false)),
            _ => None,
        };
        if let Some((id, own)) = page_id {
            let block = document.blocks.iter();
            let mut block = block.filter(|it| it.pages.iter().any(|it| it.id == id));
            let block = block.next()?;
            let page = block.pages.iter().find(|it| it.id == id)?;
            found.insert(0, page.filter.clone().filter(|_| own));
            found.insert(0, block.filter.clone());
        }
        Some((found.into_iter().flatten().collect(), units))
    }

    /// Where it stands once a document with it is compiled: in several places of a list that several items have.
    #[must_use]
    pub fn sources(&self, document: &Questionnaire, instrument: &Instrument) -> Vec<Source> {
        let position = |at: Option<usize>| at.and_then(|it| u32::try_from(it).ok());
        let item = |id: &str| position(instrument.items.iter().position(|it| it.id == id));
        let choice = |id: &str, code: &str| {
            let ix = item(id)?;
            let it = &instrument.items[ix as usize];
            let list = instrument.lists.get(it.list()? as usize)?;
            let code = list.position(code)?;
            let nth = it.choice_filters.iter().position(|at| at.0 == code)?;
            Some(Source::Choice(ix, u16::try_from(nth).ok()?))
        };
        let one = match &self.node {
            Node::Block(id) => {
                position(instrument.blocks.iter().position(|it| it.id == *id)).map(Source::Block)
            }
            Node::Page(id) => {
                position(instrument.pages.iter().position(|it| it.id == *id)).map(Source::Page)
            }
            Node::Item(id) => item(id).map(Source::Item),
            Node::Row { item: id, code } => item(id).and_then(|ix| {
                let Kind::Grid { rows, .. } = &instrument.items[ix as usize].kind else {
                    return None;
                };
                let row = rows.iter().position(|it| it.code == *code)?;
                Some(Source::Row(ix, u16::try_from(row).ok()?))
            }),
            Node::Check { item: of, id } => item(of).and_then(|ix| {
                let checks = &instrument.items[ix as usize].checks;
                let nth = checks.iter().position(|it| it.id == *id)?;
                Some(Source::Check(ix, u16::try_from(nth).ok()?))
            }),
            Node::Choice { item, code } => choice(item, code),
            Node::ListChoice { list, code } => {
                let users = items(document).filter(|it| it.1.list.as_ref() == Some(list));
                return users.filter_map(|it| choice(&it.1.id, code)).collect();
            }
            Node::Fill(id) => {
                let nth = self.field.get(1).and_then(|it| it.parse().ok());
                let fill = position(instrument.fills.iter().position(|it| it.id == *id));
                fill.zip(nth).map(|(fill, nth)| Source::Fill(fill, nth))
            }
            Node::Questionnaire | Node::Frame | Node::List(_) | Node::Net(_) | Node::Figure(_) => {
                None
            }
        };
        one.into_iter().collect()
    }
}

/// Every item that is asked, with its page and the roster it stands in.
fn items(document: &Questionnaire) -> impl Iterator<Item = (&str, &Item, Option<&Item>)> {
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    pages.flat_map(|page| {
        page.items.iter().flat_map(move |it| {
            let own = std::iter::once((page.id.as_str(), it, None));
            own.chain(
                it.items
                    .iter()
                    .map(move |inner| (page.id.as_str(), inner, Some(it))),
            )
        })
    })
}
