//! YAML (and so JSON) text as a tree whose every node knows where it stands.
//!
//! Built on parser events without recursion. Anchors are expanded, and what they expand to is
//! counted: a small file cannot become a huge tree.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use serde_json::{Map, Number, Value};

use super::source_map::{Place, SourceMap};
use crate::diagnostic::{Diagnostic, Position, Problem};

/// Longest file that is read, in bytes.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
const MAX_NODES: usize = 400_000;
const MAX_DEPTH: usize = 64;
/// Most keys written twice that are told.
const MAX_DUPLICATES: usize = 20;

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    start: Marker,
    end: Marker,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Scalar { text: String, plain: bool },
    List(Vec<Node>),
    Record(Vec<(String, Marker, Node)>),
}

/// A collection whose end has not been seen.
struct Open {
    node: Node,
    anchor: usize,
    /// The key that waits for its value, in a record.
    key: Option<(String, Marker)>,
}

/// Reads the text; what stands where goes into the map.
///
/// # Errors
/// One diagnostic: the text is too large, or not YAML.
pub(super) fn parse(source: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<(Value, SourceMap)> {
    if source.len() > MAX_BYTES {
        diagnostics.push(Diagnostic::error(
            Position::START,
            Problem::TooLarge { bytes: MAX_BYTES },
        ));
        return None;
    }
    let root = match build(source) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(*problem);
            return None;
        }
    };
    let mut map = SourceMap::new(source);
    let mut path = String::new();
    let value = to_value(root, &mut path, &mut map, diagnostics);
    Some((value, map))
}

fn position(at: Marker) -> Position {
    Position {
        line: at.line() as u32,
        column: at.col() as u32 + 1,
    }
}

pub(super) type Stop = Box<Diagnostic>;

fn stop(at: Marker, problem: Problem) -> Stop {
    Box::new(Diagnostic::error(position(at), problem))
}

/// What a node takes when it is copied.
#[derive(Clone, Copy, Default)]
struct Cost {
    nodes: usize,
    bytes: usize,
    /// Levels, itself included.
    depth: usize,
}

impl Cost {
    fn of(node: &Node) -> Self {
        let mut it = match &node.kind {
            Kind::Scalar { text, .. } => Self {
                nodes: 0,
                bytes: text.len(),
                depth: 0,
            },
            Kind::List(items) => items
                .iter()
                .map(Self::of)
                .fold(Self::default(), Self::beside),
            Kind::Record(entries) => entries
                .iter()
                .map(|(key, _, it)| {
                    let mut cost = Self::of(it);
                    cost.bytes += key.len();
                    cost
                })
                .fold(Self::default(), Self::beside),
        };
        it.nodes += 1;
        it.depth += 1;
        it
    }

    fn beside(self, other: Self) -> Self {
        Self {
            nodes: self.nodes + other.nodes,
            bytes: self.bytes + other.bytes,
            depth: self.depth.max(other.depth),
        }
    }
}

pub(super) fn build(source: &str) -> Result<Node, Stop> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, (Node, Cost)> = HashMap::new();
    let mut root: Option<Node> = None;
    let mut spent = Cost::default();
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| {
            let detail = error.info().to_owned();
            stop(*error.marker(), Problem::Syntax { detail })
        })?;
        let (node, anchor, cost) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain
                    && !tag.is_some_and(|it| it.suffix == "str" && it.is_yaml_core_schema());
                let kind = Kind::Scalar {
                    text: text.into_owned(),
                    plain,
                };
                let node = Node {
                    kind,
                    start: span.start,
                    end: span.end,
                };
                let cost = Cost::of(&node);
                (node, anchor, cost)
            }
            Event::SequenceStart(anchor, _) => {
                start(&mut open, Kind::List(Vec::new()), span, anchor)?;
                continue;
            }
            Event::MappingStart(anchor, _) => {
                start(&mut open, Kind::Record(Vec::new()), span, anchor)?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(mut it) = open.pop() else { continue };
                it.node.end = span.end;
                let own = Cost {
                    nodes: 1,
                    ..Cost::default()
                };
                (it.node, it.anchor, own)
            }
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some((node, cost)) => (node.clone(), 0, *cost),
                // An anchor that is still open stands inside itself.
                None => {
                    let detail = "an alias inside its own anchor".to_owned();
                    return Err(stop(span.start, Problem::Syntax { detail }));
                }
            },
            Event::DocumentStart(_) if root.is_some() => {
                return Err(stop(span.start, Problem::SeveralDocuments));
            }
            _ => continue,
        };
        if open.len() + cost.depth > MAX_DEPTH {
            return Err(stop(span.start, Problem::TooDeep { depth: MAX_DEPTH }));
        }
        spent = spent.beside(cost);
        if anchor != 0 {
            // What an anchor may be copied from is a copy itself.
            let cost = Cost::of(&node);
            spent = spent.beside(cost);
            anchors.insert(anchor, (node.clone(), cost));
        }
        if spent.nodes > MAX_NODES || spent.bytes > MAX_BYTES {
            return Err(stop(span.start, Problem::TooLarge { bytes: MAX_BYTES }));
        }
        place(&mut open, &mut root, node)?;
    }
    root.ok_or_else(|| Box::new(Diagnostic::error(Position::START, Problem::Empty)))
}

fn start(open: &mut Vec<Open>, kind: Kind, span: Span, anchor: usize) -> Result<(), Stop> {
    if open.len() >= MAX_DEPTH {
        return Err(stop(span.start, Problem::TooDeep { depth: MAX_DEPTH }));
    }
    let node = Node {
        kind,
        start: span.start,
        end: span.end,
    };
    open.push(Open {
        node,
        anchor,
        key: None,
    });
    Ok(())
}

/// Puts a finished node where it belongs.
fn place(open: &mut [Open], root: &mut Option<Node>, node: Node) -> Result<(), Stop> {
    let Some(parent) = open.last_mut() else {
        *root = Some(node);
        return Ok(());
    };
    match &mut parent.node.kind {
        Kind::List(items) => items.push(node),
        Kind::Record(entries) => match parent.key.take() {
            Some((key, at)) => entries.push((key, at, node)),
            None => match node.kind {
                Kind::Scalar { text, .. } => parent.key = Some((text, node.start)),
                _ => {
                    let detail = "a key must be a simple text".to_owned();
                    return Err(stop(node.start, Problem::Syntax { detail }));
                }
            },
        },
        Kind::Scalar { .. } => {}
    }
    Ok(())
}

fn to_value(
    node: Node,
    path: &mut String,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Value {
    let at = Place {
        position: position(node.start),
        start: node.start.index(),
        end: node.end.index(),
    };
    map.insert(path, at);
    match node.kind {
        Kind::Scalar { text, plain: true } => resolve(text),
        Kind::Scalar { text, plain: false } => Value::String(text),
        Kind::List(items) => {
            let mut list = Vec::with_capacity(items.len());
            for (nth, item) in items.into_iter().enumerate() {
                let length = path.len();
                path.push_str(&format!("/{nth}"));
                list.push(to_value(item, path, map, diagnostics));
                path.truncate(length);
            }
            Value::Array(list)
        }
        Kind::Record(entries) => {
            let mut record = Map::new();
            for (key, at, node) in entries {
                let length = path.len();
                path.push('/');
                path.push_str(&key);
                map.insert_key(path, position(at));
                let value = to_value(node, path, map, diagnostics);
                path.truncate(length);
                if record.contains_key(&key) && diagnostics.len() >= MAX_DUPLICATES {
                    continue;
                }
                if record.contains_key(&key) {
                    diagnostics.push(Diagnostic::error(
                        position(at),
                        Problem::DuplicateKey { key },
                    ));
                } else {
                    record.insert(key, value);
                }
            }
            Value::Object(record)
        }
    }
}

/// A plain scalar by YAML's core schema: `oui`, `no` and dates stay texts.
fn resolve(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if digits.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        // A code such as 01 keeps its zero: it is a text.
        let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
        if !padded {
            if let Ok(it) = text.parse::<i64>() {
                return Value::Number(it.into());
            }
            let float = digits
                .bytes()
                .all(|it| it.is_ascii_digit() || b".eE+-".contains(&it));
            if let Some(it) = float
                .then(|| text.parse::<f64>().ok())
                .flatten()
                .and_then(Number::from_f64)
            {
                return Value::Number(it);
            }
        }
    }
    Value::String(text)
}
