//! What all nodes have in common: a name, fields, nodes inside.

use std::any::Any;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::node::Kind;
use super::{Content, Refused, fields};
use crate::document::{
    Block, Check, Choice, ChoiceList, Figure, Fill, Item, Net, Page, Questionnaire, Row,
};

/// A node's type: how its children are told from its fields.
trait Shape: Clone + PartialEq + Serialize + DeserializeOwned + 'static {
    /// The fields that no `Set` changes: its name, its children.
    const FIXED: &'static [&'static str];
    fn name(&self) -> &str;
    /// Itself without its children.
    fn bare(&self) -> Self;
    fn swap_children(&mut self, _: &mut Self) {}
    fn each_child<'d>(&'d self, _: &mut dyn FnMut(Kind, &'d dyn Part)) {}
    fn content(&self) -> Option<Content>;
}

/// A node of whatever kind.
pub(super) trait Part {
    /// Its id or code.
    fn name(&self) -> &str;
    /// Its fields as a JSON record, without its children.
    fn fields(&self) -> Value;
    /// Whether giving a field a value would change something.
    fn changes(&self, field: &[String], value: Option<&Value>) -> Result<bool, Refused>;
    /// Gives a field a value; answers whether that changed something.
    fn set(&mut self, field: &[String], value: Option<&Value>) -> Result<bool, Refused>;
    /// What stands in it, in the order of the document.
    fn each_child<'d>(&'d self, each: &mut dyn FnMut(Kind, &'d dyn Part));
    /// It and everything in it; `None` for the document.
    fn content(&self) -> Option<Content>;
    /// Whether both are the same with everything in them.
    fn equals(&self, other: &dyn Part) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: Shape> Part for T {
    fn name(&self) -> &str {
        Shape::name(self)
    }

    fn fields(&self) -> Value {
        serde_json::to_value(self.bare()).unwrap_or_default()
    }

    fn changes(&self, field: &[String], value: Option<&Value>) -> Result<bool, Refused> {
        changed(&self.bare(), field, value).map(|it| it.is_some())
    }

    fn set(&mut self, field: &[String], value: Option<&Value>) -> Result<bool, Refused> {
        let Some(mut new) = changed(&self.bare(), field, value)? else {
            return Ok(false);
        };
        new.swap_children(self);
        *self = new;
        Ok(true)
    }

    fn each_child<'d>(&'d self, each: &mut dyn FnMut(Kind, &'d dyn Part)) {
        Shape::each_child(self, each);
    }

    fn content(&self) -> Option<Content> {
        Shape::content(self)
    }

    fn equals(&self, other: &dyn Part) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A node without its children whose field has another value; `None` if it has that value already.
fn changed<T: Shape>(
    bare: &T,
    field: &[String],
    value: Option<&Value>,
) -> Result<Option<T>, Refused> {
    let written = || field.join(".");
    let none = || Refused::NoSuchField { field: written() };
    let first = field.first().ok_or_else(none)?;
    if T::FIXED.contains(&first.as_str()) {
        return Err(none());
    }
    let mut json = serde_json::to_value(bare).unwrap_or_default();
    let was_text = fields::get(&json, field).is_some_and(Value::is_string);
    let value = value.filter(|it| !it.is_null());
    if !fields::put(&mut json, field, value) {
        return Err(none());
    }
    let mut new = None;
    // A text that has lost its last language goes, where the node can do without it.
    if let [outer @ .., _] = field
        && value.is_none()
        && was_text
        && fields::get(&json, outer)
            .and_then(Value::as_object)
            .is_some_and(Map::is_empty)
    {
        let mut without = json.clone();
        fields::put(&mut without, outer, None);
        new = serde_json::from_value(without).ok();
    }
    let new = match new {
        Some(it) => it,
        None => serde_json::from_value(json).map_err(|error| {
            let detail = error.to_string();
            if detail.starts_with("unknown field") {
                return none();
            }
            let field = written();
            Refused::NotAValue { field, detail }
        })?,
    };
    Ok((new != *bare).then_some(new))
}

/// Children of one kind, in order.
fn each<'d, T: Shape>(list: &'d [T], kind: Kind, each: &mut dyn FnMut(Kind, &'d dyn Part)) {
    list.iter().for_each(|it| each(kind, it));
}

impl Shape for Questionnaire {
    // The frame's items are told apart by where they stand: whoever walks starts there.
    const FIXED: &'static [&'static str] =
        &["lists", "fills", "nets", "figures", "frame", "blocks"];

    fn name(&self) -> &str {
        ""
    }

    fn bare(&self) -> Self {
        Self {
            schema: self.schema.clone(),
            id: self.id.clone(),
            title: self.title.clone(),
            languages: self.languages.clone(),
            introduction: self.introduction.clone(),
            closing: self.closing.clone(),
            unit: self.unit.clone(),
            offers: self.offers.clone(),
            lists: Vec::new(),
            fills: Vec::new(),
            nets: Vec::new(),
            figures: Vec::new(),
            frame: Vec::new(),
            blocks: Vec::new(),
        }
    }

    fn swap_children(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.lists, &mut other.lists);
        std::mem::swap(&mut self.fills, &mut other.fills);
        std::mem::swap(&mut self.nets, &mut other.nets);
        std::mem::swap(&mut self.figures, &mut other.figures);
        std::mem::swap(&mut self.frame, &mut other.frame);
        std::mem::swap(&mut self.blocks, &mut other.blocks);
    }

    fn each_child<'d>(&'d self, f: &mut dyn FnMut(Kind, &'d dyn Part)) {
        each(&self.lists, Kind::List, f);
        each(&self.fills, Kind::Fill, f);
        each(&self.nets, Kind::Net, f);
        each(&self.figures, Kind::Figure, f);
        each(&self.blocks, Kind::Block, f);
    }

    fn content(&self) -> Option<Content> {
        None
    }
}

impl Shape for Block {
    const FIXED: &'static [&'static str] = &["id", "pages"];

    fn name(&self) -> &str {
        &self.id
    }

    fn bare(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            filter: self.filter.clone(),
            population: self.population,
            pages: Vec::new(),
        }
    }

    fn swap_children(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.pages, &mut other.pages);
    }

    fn each_child<'d>(&'d self, f: &mut dyn FnMut(Kind, &'d dyn Part)) {
        each(&self.pages, Kind::Page, f);
    }

    fn content(&self) -> Option<Content> {
        Some(Content::Block(self.clone()))
    }
}

impl Shape for Page {
    const FIXED: &'static [&'static str] = &["id", "items"];

    fn name(&self) -> &str {
        &self.id
    }

    fn bare(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            filter: self.filter.clone(),
            items: Vec::new(),
        }
    }

    fn swap_children(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.items, &mut other.items);
    }

    fn each_child<'d>(&'d self, f: &mut dyn FnMut(Kind, &'d dyn Part)) {
        each(&self.items, Kind::Item, f);
    }

    fn content(&self) -> Option<Content> {
        Some(Content::Page(self.clone()))
    }
}

impl Shape for Item {
    const FIXED: &'static [&'static str] = &["id", "items", "choices", "rows", "checks"];

    fn name(&self) -> &str {
        &self.id
    }

    fn bare(&self) -> Self {
        let mut it = self.clone();
        it.items.clear();
        it.choices.clear();
        it.rows.clear();
        it.checks.clear();
        it
    }

    fn swap_children(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.items, &mut other.items);
        std::mem::swap(&mut self.choices, &mut other.choices);
        std::mem::swap(&mut self.rows, &mut other.rows);
        std::mem::swap(&mut self.checks, &mut other.checks);
    }

    fn each_child<'d>(&'d self, f: &mut dyn FnMut(Kind, &'d dyn Part)) {
        each(&self.choices, Kind::Choice, f);
        each(&self.rows, Kind::Row, f);
        each(&self.checks, Kind::Check, f);
        each(&self.items, Kind::Item, f);
    }

    fn content(&self) -> Option<Content> {
        Some(Content::Item(Box::new(self.clone())))
    }
}

impl Shape for ChoiceList {
    const FIXED: &'static [&'static str] = &["id", "choices"];

    fn name(&self) -> &str {
        &self.id
    }

    fn bare(&self) -> Self {
        Self {
            id: self.id.clone(),
            choices: Vec::new(),
        }
    }

    fn swap_children(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.choices, &mut other.choices);
    }

    fn each_child<'d>(&'d self, f: &mut dyn FnMut(Kind, &'d dyn Part)) {
        each(&self.choices, Kind::Choice, f);
    }

    fn content(&self) -> Option<Content> {
        Some(Content::List(self.clone()))
    }
}

/// Nodes with nothing inside.
macro_rules! leaves {
    ($($type:ident, $name:ident, $content:ident;)*) => {$(
        impl Shape for $type {
            const FIXED: &'static [&'static str] = &[stringify!($name)];

            fn name(&self) -> &str {
                &self.$name
            }

            fn bare(&self) -> Self {
                self.clone()
            }

            fn content(&self) -> Option<Content> {
                Some(Content::$content(self.clone()))
            }
        }
    )*};
}

leaves! {
    Fill, id, Fill;
    Net, id, Net;
    Figure, id, Figure;
    Choice, code, Choice;
    Row, code, Row;
    Check, id, Check;
}
