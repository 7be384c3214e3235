//! What may be written of each node.

use serde_json::Value;

use super::{Control, Field, Form};
use crate::compile::takes;
use crate::document::edit::{Node, fields_of};
use crate::document::{AttributeType, Check, Choice, Item, ItemKind, Questionnaire, Row};

/// The node as a form; `None` if there is none of this name, and for the frame, which has no fields.
#[must_use]
pub fn form(document: &Questionnaire, node: &Node) -> Option<Form> {
    let values = fields_of(document, node)?;
    let mut at = Writer {
        languages: languages(document),
        values: &values,
        fields: Vec::new(),
    };
    let mut inside = Vec::new();
    match node {
        Node::Questionnaire => {
            at.needed("title", false);
            at.text("introduction", true);
            at.text("closing", true);
            at.text("unit", false);
            at.one("languages", Control::Words);
            at.one("offers", Control::Words);
        }
        Node::Frame => return None,
        Node::Block(_) => {
            at.text("title", false);
            at.one("filter", Control::Condition);
            at.one("population", Control::Whole);
        }
        Node::Page(_) => {
            at.text("title", false);
            at.one("filter", Control::Condition);
        }
        Node::Item(id) => {
            let item = document.item(id)?;
            self::item(&mut at, document, item);
            let choice = |it: &Choice| Node::Choice {
                item: id.clone(),
                code: it.code.clone(),
            };
            let row = |it: &Row| Node::Row {
                item: id.clone(),
                code: it.code.clone(),
            };
            let check = |it: &Check| Node::Check {
                item: id.clone(),
                id: it.id.clone(),
            };
            let within = item.choices.iter().map(choice);
            let within = within.chain(item.rows.iter().map(row));
            let within = within.chain(item.checks.iter().map(check));
            inside.extend(within.filter_map(|it| form(document, &it)));
        }
        Node::List(id) => {
            let list = document.lists.iter().find(|it| it.id == *id)?;
            let choice = |it: &Choice| Node::ListChoice {
                list: id.clone(),
                code: it.code.clone(),
            };
            let choices = list.choices.iter().map(choice);
            inside.extend(choices.filter_map(|it| form(document, &it)));
        }
        Node::Fill(id) => {
            let fill = document.fills.iter().find(|it| it.id == *id)?;
            for nth in 0..fill.cases.len() {
                let nth = nth.to_string();
                at.at(&["cases", &nth, "when"], Control::Condition);
                at.texts(&["cases", &nth, "text"], false, true);
            }
            at.needed("fallback", false);
        }
        Node::Net(id) => {
            document.nets.iter().find(|it| it.id == *id)?;
            at.needed("label", false);
            let several = [ItemKind::Single, ItemKind::Multiple, ItemKind::Scale];
            at.one("item", Control::One(ids(document, &several)));
            at.one("choices", Control::Words);
        }
        Node::Figure(id) => {
            document.figures.iter().find(|it| it.id == *id)?;
            at.one("item", Control::One(figure_items(document)));
            at.one("by", Control::One(figure_columns(document)));
            at.text("title", false);
        }
        Node::Choice { item, .. } => choice(&mut at, document, document.item(item)?),
        Node::ListChoice { .. } => answer(&mut at),
        Node::Row { .. } => {
            at.needed("label", false);
            at.one("filter", Control::Condition);
            at.one("was", Control::Words);
        }
        Node::Check { .. } => {
            at.one("require", Control::Condition);
            at.needed("message", false);
            at.one("severity", options(&["hard", "soft"]));
        }
    }
    Some(Form {
        node: node.clone(),
        fields: at.fields,
        inside,
    })
}

fn item(at: &mut Writer<'_>, document: &Questionnaire, item: &Item) {
    let kind = item.kind;
    let is_framed = document.frame.iter().any(|it| it.id == item.id);
    if kind == ItemKind::Computed {
        at.text("label", false);
    } else {
        at.needed("label", kind == ItemKind::Statement);
    }
    if is_framed {
        at.one("column", Control::Word);
    } else if kind != ItemKind::Computed {
        at.text("help", true);
    }
    let mut take = |field: &'static str, control: Control| {
        let is_asked = !matches!(field, "required" | "offers" | "multiline") || !is_framed;
        if takes(kind, item.cells, field) && is_asked {
            at.one(field, control);
        }
    };
    take("required", Control::Flag);
    take("offers", Control::Offers);
    take("cells", options(&["single", "multiple", "quantity"]));
    if !document.lists.is_empty() && item.choices.is_empty() {
        let lists = document.lists.iter().map(|it| it.id.clone());
        take("list", Control::One(lists.collect()));
    }
    for field in ["min_choices", "max_choices"] {
        take(field, Control::Whole);
    }
    for field in ["min", "max"] {
        take(field, Control::Number);
    }
    take("decimals", Control::Whole);
    take("currency", Control::Word);
    take("earliest", Control::Date);
    take("latest", Control::Date);
    take("max_length", Control::Whole);
    take("multiline", Control::Flag);
    take("attributes", Control::Attributes);
    take("fields", Control::Words);
    take("linked", Control::Flag);
    take("value", Control::Condition);
    take("key", Control::Word);
    if takes(kind, item.cells, "unit") {
        at.text("unit", false);
    }
    if kind == ItemKind::Roster {
        at.one("over", Control::One(ids(document, &[ItemKind::Multiple])));
        if item.over.is_none() {
            at.texts(&["units", "label"], false, false);
            at.at(&["units", "min"], Control::Whole);
            at.at(&["units", "max"], Control::Whole);
        }
    }
    if !is_framed {
        at.one("filter", Control::Condition);
        if kind != ItemKind::Statement {
            at.text("universe", false);
            at.one("population", Control::Whole);
        }
    }
    if kind != ItemKind::Statement {
        at.text("short", false);
        at.one("was", Control::Words);
    }
}

/// A choice of an item: of a question all that an answer can have, else its name.
fn choice(at: &mut Writer<'_>, document: &Questionnaire, item: &Item) {
    if item.kind == ItemKind::Computed {
        at.needed("label", false);
        at.one("was", Control::Words);
        return;
    }
    if document.frame.iter().any(|it| it.id == item.id) {
        at.needed("label", false);
        at.one("was", Control::Words);
    } else {
        answer(at);
    }
    for it in &item.attributes {
        let control = match it.ty {
            AttributeType::Boolean => Control::Flag,
            AttributeType::Number => Control::Number,
            AttributeType::Text => Control::Word,
        };
        at.at(&["attributes", &it.id], control);
    }
}

fn answer(at: &mut Writer<'_>) {
    at.needed("label", false);
    at.one("exclusive", Control::Flag);
    at.at(&["specify"], Control::Flag);
    if at.values.get("specify").is_some() {
        at.texts(&["specify", "label"], false, false);
        at.at(&["specify", "required"], Control::Flag);
    }
    at.one("missing", options(&["dont_know", "refused"]));
    at.one("filter", Control::Condition);
    at.one("was", Control::Words);
}

fn options(codes: &[&str]) -> Control {
    Control::One(codes.iter().map(|it| (*it).to_owned()).collect())
}

/// Ids of all items of some kinds.
fn ids(document: &Questionnaire, kinds: &[ItemKind]) -> Vec<String> {
    let mut found = Vec::new();
    for page in document.blocks.iter().flat_map(|it| &it.pages) {
        among(
            &page.items,
            &|it: &Item| kinds.contains(&it.kind),
            &mut found,
        );
    }
    found
}

fn among(items: &[Item], is: &impl Fn(&Item) -> bool, found: &mut Vec<String>) {
    for it in items {
        if is(it) {
            found.push(it.id.clone());
        }
        among(&it.items, is, found);
    }
}

/// What a figure can be of: what is asked, then what the sample says.
pub(super) fn figure_items(document: &Questionnaire) -> Vec<String> {
    every(document, &|it: &Item| it.kind.makes_table())
}

/// What the columns of a figure can be of. Whether a computed value has choices is known once it is compiled.
pub(super) fn figure_columns(document: &Questionnaire) -> Vec<String> {
    every(document, &|it: &Item| {
        it.kind.makes_columns() != Some(false)
    })
}

fn every(document: &Questionnaire, is: &impl Fn(&Item) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for page in document.blocks.iter().flat_map(|it| &it.pages) {
        among(&page.items, is, &mut found);
    }
    among(&document.frame, is, &mut found);
    found
}

/// The languages in which texts are written: those of the questionnaire, French first.
fn languages(document: &Questionnaire) -> Vec<String> {
    let mut languages = vec!["fr".to_owned()];
    let others = document.languages.iter().filter(|it| *it != "fr").cloned();
    languages.extend(others);
    languages
}

/// Writes down fields with the values that they have.
struct Writer<'v> {
    languages: Vec<String>,
    values: &'v Value,
    fields: Vec<Field>,
}

impl Writer<'_> {
    fn text(&mut self, field: &str, is_long: bool) {
        self.texts(&[field], is_long, false);
    }

    fn needed(&mut self, field: &str, is_long: bool) {
        self.texts(&[field], is_long, true);
    }

    fn texts(&mut self, path: &[&str], is_long: bool, is_needed: bool) {
        for language in self.languages.clone() {
            let path: Vec<&str> = path.iter().copied().chain([language.as_str()]).collect();
            let control = Control::Text {
                is_long,
                // Other languages fall back to French.
                is_needed: is_needed && language == "fr",
                language: language.clone(),
            };
            self.at(&path, control);
        }
    }

    fn one(&mut self, field: &str, control: Control) {
        self.at(&[field], control);
    }

    fn at(&mut self, path: &[&str], control: Control) {
        let mut value = Some(self.values);
        for key in path {
            value = value.and_then(|it| match it {
                Value::Array(list) => list.get(key.parse::<usize>().ok()?),
                other => other.get(key),
            });
        }
        self.fields.push(Field {
            path: path.iter().map(|it| (*it).to_owned()).collect(),
            value: value.map(|it| typed(it, &control)).unwrap_or_default(),
            control,
        });
    }
}

/// A value as it is typed.
pub(super) fn typed(value: &Value, control: &Control) -> String {
    match (value, control) {
        // A record that is there, where a flag says whether it is.
        (Value::Object(_), Control::Flag) | (Value::Bool(true), _) => "on".to_owned(),
        (Value::Bool(false) | Value::Null, _) => String::new(),
        (Value::Array(list), Control::Offers) if list.is_empty() => "none".to_owned(),
        (Value::Array(list), Control::Attributes) => {
            let line = |it: &Value| {
                let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default();
                format!("{}: {}", text("id"), text("type"))
            };
            list.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        (Value::Array(list), _) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            words.join(", ")
        }
        (Value::String(it), _) => it.clone(),
        (other, _) => other.to_string(),
    }
}
