//! The nodes of a document, read from its JSON form: edits are judged by what files say.

use questionnaire::document::Questionnaire;
use questionnaire::document::edit::Node;
use serde_json::{Map, Value};

/// A node as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it is called.
    pub node: Node,
    /// What it stands in; the document stands in itself.
    pub under: Node,
    /// Its fields, without the nodes in it and the list that is the frame.
    pub fields: Value,
}

/// Everything in a document, parents before their children.
#[must_use]
pub fn nodes(document: &Questionnaire) -> Vec<Found> {
    let mut root = record(serde_json::to_value(document).unwrap_or_default());
    let mut it = Nodes(Vec::new());
    let at = Node::Questionnaire;
    let lists = take(&mut root, "lists");
    let fills = take(&mut root, "fills");
    let nets = take(&mut root, "nets");
    let figures = take(&mut root, "figures");
    let frame = take(&mut root, "frame");
    let blocks = take(&mut root, "blocks");
    it.push(at.clone(), &at, root);
    for mut list in lists {
        let id = text(&list, "id");
        let choices = take(&mut list, "choices");
        let node = it.push(Node::List(id.clone()), &at, list);
        for choice in choices {
            let (list, code) = (id.clone(), text(&choice, "code"));
            it.push(Node::ListChoice { list, code }, &node, choice);
        }
    }
    for fill in fills {
        it.push(Node::Fill(text(&fill, "id")), &at, fill);
    }
    for net in nets {
        it.push(Node::Net(text(&net, "id")), &at, net);
    }
    for figure in figures {
        it.push(Node::Figure(text(&figure, "id")), &at, figure);
    }
    it.items(frame, &Node::Frame);
    for mut block in blocks {
        let pages = take(&mut block, "pages");
        let node = it.push(Node::Block(text(&block, "id")), &at, block);
        for mut page in pages {
            let items = take(&mut page, "items");
            let node = it.push(Node::Page(text(&page, "id")), &node, page);
            it.items(items, &node);
        }
    }
    it.0
}

struct Nodes(Vec<Found>);

impl Nodes {
    fn push(&mut self, node: Node, under: &Node, fields: Map<String, Value>) -> Node {
        self.0.push(Found {
            node: node.clone(),
            under: under.clone(),
            fields: Value::Object(fields),
        });
        node
    }

    fn items(&mut self, items: Vec<Map<String, Value>>, under: &Node) {
        for mut fields in items {
            let item = text(&fields, "id");
            let choices = take(&mut fields, "choices");
            let rows = take(&mut fields, "rows");
            let checks = take(&mut fields, "checks");
            let items = take(&mut fields, "items");
            let node = self.push(Node::Item(item.clone()), under, fields);
            for it in choices {
                let (item, code) = (item.clone(), text(&it, "code"));
                self.push(Node::Choice { item, code }, &node, it);
            }
            for it in rows {
                let (item, code) = (item.clone(), text(&it, "code"));
                self.push(Node::Row { item, code }, &node, it);
            }
            for it in checks {
                let (item, id) = (item.clone(), text(&it, "id"));
                self.push(Node::Check { item, id }, &node, it);
            }
            self.items(items, &node);
        }
    }
}

fn record(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(it) => it,
        _ => Map::new(),
    }
}

fn take(fields: &mut Map<String, Value>, key: &str) -> Vec<Map<String, Value>> {
    match fields.remove(key) {
        Some(Value::Array(list)) => list.into_iter().map(record).collect(),
        _ => Vec::new(),
    }
}

fn text(fields: &Map<String, Value>, key: &str) -> String {
    let text = fields.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
