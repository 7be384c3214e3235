//! The drawn questionnaire as a document: filters, choices, checks.

use serde_json::{Map, Value, json};

use super::condition::Here;
use super::draw::Drawing;
use super::spec::{Cells, Kind, Range, Rank, Spec, Ty, Units, day, tenths};

/// Something with a filter, in the order in which it may read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Block(usize),
    Page(usize),
    Item(usize),
}

const LAST: Rank = [usize::MAX; 4];

impl Drawing<'_> {
    /// The document, with conditions in the order of their ranks: a computed item has a type only
    /// once it has been written, and what stands inside can contradict what stands around it.
    pub(super) fn document(mut self) -> Value {
        let n_blocks = self.pages.iter().map(|it| it.block + 1).max().unwrap_or(1);
        let mut parts: Vec<(Rank, Part)> = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let [block, rank] = page.rank;
            parts.push(([block, rank, 0, 0], Part::Page(at)));
            parts.push(([block, 0, 0, 0], Part::Block(page.block)));
        }
        let items = self.specs.iter().enumerate();
        parts.extend(items.map(|(at, it)| (it.rank, Part::Item(at))));
        parts.sort_unstable();
        parts.dedup();
        let mut block_filters = vec![None; n_blocks];
        let mut page_filters = vec![None; self.pages.len()];
        let mut written = vec![Map::new(); self.specs.len()];
        for (rank, part) in parts {
            match part {
                Part::Block(it) => block_filters[it] = self.filter(20, rank, None),
                Part::Page(it) => page_filters[it] = self.filter(20, rank, None),
                Part::Item(it) => written[it] = self.write(it),
            }
        }
        for (at, item) in written.iter_mut().enumerate() {
            self.watch(at, item);
        }
        // Members go into their rosters, from the last one back.
        for at in (0..self.specs.len()).rev() {
            if let Some(roster) = self.specs[at].roster {
                let member = Value::Object(std::mem::take(&mut written[at]));
                let items = written[roster].entry("items").or_insert_with(|| json!([]));
                if let Some(items) = items.as_array_mut() {
                    items.insert(0, member);
                }
            }
        }
        let mut blocks: Vec<Value> = Vec::new();
        for (block, filter) in block_filters.into_iter().enumerate() {
            let mut pages = Vec::new();
            for (at, _) in self
                .pages
                .iter()
                .enumerate()
                .filter(|(_, it)| it.block == block)
            {
                let on_page = self.specs.iter().zip(&written);
                let items: Vec<Value> = on_page
                    .filter(|(spec, _)| spec.page == at && spec.roster.is_none())
                    .map(|(_, it)| Value::Object(it.clone()))
                    .collect();
                let page = json!({ "id": format!("p{at}"), "items": items });
                pages.push(filtered(page, page_filters[at].take()));
            }
            let block = json!({ "id": format!("b{block}"), "pages": pages });
            blocks.push(filtered(block, filter));
        }
        let lists = std::mem::take(&mut self.shared);
        let lists = lists.iter().map(|list| {
            let choices = self.choices(&list.choices, &[], None);
            json!({ "id": list.name, "choices": choices })
        });
        let lists: Vec<_> = lists.collect();
        // Drawn last: what is drawn before stays as it is.
        let frame = if self.tape.chance(25) {
            framed(&mut blocks)
        } else {
            Vec::new()
        };
        json!({ "id": "petit", "title": "Petit", "lists": lists, "frame": frame, "blocks": blocks })
    }

    /// A condition that reads only what comes before `rank`, in so many of 100 cases; it is
    /// remembered, so that others can contradict it.
    fn filter(&mut self, percent: usize, rank: Rank, roster: Option<usize>) -> Option<String> {
        let here = Here::new(&self.specs, &self.written, roster, rank);
        // Nothing to read: hardly ever a filter.
        let percent = if here.is_empty() { 3 } else { percent };
        if !self.tape.chance(percent) {
            return None;
        }
        let it = match self.tape.below(10) {
            0..5 => here.plain(self.tape),
            5 | 6 => here.condition(self.tape, 0),
            7 | 8 => here.condition(self.tape, 1),
            _ => here.condition(self.tape, 2),
        };
        if roster.is_none() && !here.is_empty() {
            self.written.push((rank, it.clone()));
        }
        Some(it)
    }

    fn choices(
        &mut self,
        choices: &[super::spec::Choice],
        attributes: &[(&'static str, Ty)],
        here: Option<&Here>,
    ) -> Vec<Value> {
        let mut all = Vec::new();
        for choice in choices {
            let mut it = json!({ "code": choice.code, "label": choice.code });
            if choice.exclusive {
                it["exclusive"] = true.into();
            }
            if let Some(missing) = choice.missing {
                it["missing"] = missing.into();
            }
            if let Some(required) = choice.specify {
                it["specify"] = json!({ "required": required });
            }
            if let Some(here) = here.filter(|it| !it.is_empty())
                && self.tape.chance(10)
            {
                it["filter"] = here.condition(self.tape, 1).into();
            }
            let mut values = Map::new();
            for (name, ty) in attributes {
                let value = match ty {
                    _ if self.tape.chance(20) => continue,
                    Ty::Bool => self.tape.chance(50).into(),
                    Ty::Number(_) => self.tape.below(4).into(),
                    _ => "a".into(),
                };
                values.insert((*name).to_owned(), value);
            }
            if !values.is_empty() {
                it["attributes"] = values.into();
            }
            all.push(it);
        }
        all
    }

    /// An item with everything that decides whether it is asked.
    fn write(&mut self, at: usize) -> Map<String, Value> {
        let spec = self.specs[at].clone();
        let mut it = Map::new();
        it.insert("id".to_owned(), spec.id.clone().into());
        it.insert("label".to_owned(), spec.id.clone().into());
        if let Some(filter) = self.filter(60, spec.rank, spec.roster) {
            it.insert("filter".to_owned(), filter.into());
        }
        if spec.is_question() {
            if spec.required {
                it.insert("required".to_owned(), true.into());
            }
            if !spec.offers.is_empty() {
                it.insert("offers".to_owned(), json!(spec.offers));
            }
        }
        let kind = self.kind(at, &spec, &mut it);
        it.insert("kind".to_owned(), kind.into());
        it
    }

    fn kind(&mut self, at: usize, spec: &Spec, it: &mut Map<String, Value>) -> &'static str {
        let mut put = |key: &str, value: Value| {
            it.insert(key.to_owned(), value);
        };
        let bounds = |range: &Range, put: &mut dyn FnMut(&str, Value)| {
            put("min", exact(range.low));
            put("max", exact(range.high));
            put("decimals", u8::from(range.tenths).into());
        };
        match &spec.kind {
            Kind::Single => "single",
            Kind::Scale => "scale",
            Kind::Rank => "rank",
            Kind::Consent => "consent",
            Kind::Contact => "contact",
            Kind::Statement => "statement",
            Kind::Multiple(min, max) => {
                if let Some(min) = min {
                    put("min_choices", (*min).into());
                }
                if let Some(max) = max {
                    put("max_choices", (*max).into());
                }
                "multiple"
            }
            Kind::Territory(attributes) => {
                let types = attributes.iter().map(|(name, ty)| {
                    let ty = match ty {
                        Ty::Bool => "boolean",
                        Ty::Number(_) => "number",
                        _ => "text",
                    };
                    json!({ "id": name, "type": ty })
                });
                put("attributes", types.collect());
                "territory"
            }
            Kind::Quantity(range) => {
                bounds(range, &mut put);
                "quantity"
            }
            Kind::Money(range) => {
                bounds(range, &mut put);
                "money"
            }
            Kind::Text => {
                put("max_length", 5.into());
                "text"
            }
            Kind::Date(first, last) => {
                put("earliest", day(*first).into());
                put("latest", day(*last).into());
                "date"
            }
            Kind::Grid(rows, cells) => {
                let name = match cells {
                    Cells::Single => "single",
                    Cells::Multiple => "multiple",
                    Cells::Quantity(range) => {
                        bounds(range, &mut put);
                        "quantity"
                    }
                };
                put("cells", name.into());
                let mut written = Vec::new();
                for code in rows {
                    let row = json!({ "code": code, "label": code });
                    written.push(filtered(row, self.filter(50, spec.rank, spec.roster)));
                }
                put("rows", written.into());
                "grid"
            }
            Kind::Computed(_) => {
                let here = Here::new(&self.specs, &self.written, spec.roster, spec.rank);
                let (source, ty) = match !here.is_empty() && self.tape.chance(25) {
                    true => {
                        let codes = &["k1", "k2", "k3"][..2 + self.tape.below(2)];
                        let choices = codes.iter().map(|it| json!({ "code": it, "label": it }));
                        put("choices", choices.collect());
                        let source = here.class(self.tape, codes);
                        let codes = codes.iter().map(|it| (*it).to_owned()).collect();
                        (source, Ty::Code(format!("classes {}", spec.id), codes))
                    }
                    false => here.value(self.tape),
                };
                self.specs[at].kind = Kind::Computed(Some(ty));
                put("value", source.into());
                "computed"
            }
            Kind::Roster(key, units) => {
                put("key", key.clone().into());
                match units {
                    Units::Chosen(over) => put("over", self.specs[*over].id.clone().into()),
                    Units::Free(min, max) => {
                        put("units", json!({ "min": min, "max": max, "label": "unité" }));
                    }
                }
                "roster"
            }
        }
    }

    /// Choices, and what may read everything because nothing reads it: choice filters and checks.
    fn watch(&mut self, at: usize, it: &mut Map<String, Value>) {
        let spec = self.specs[at].clone();
        let here = Here::new(&self.specs, &self.written, spec.roster, LAST);
        if !spec.list.choices.is_empty() {
            let attributes = match &spec.kind {
                Kind::Territory(attributes) => attributes.clone(),
                _ => Vec::new(),
            };
            // A shared list has its own choices, all of them.
            let shared = self.shared.iter().find(|it| it.name == spec.list.name);
            if shared.is_some() && attributes.is_empty() {
                it.insert("list".to_owned(), spec.list.name.clone().into());
            } else {
                let choices = self.choices(&spec.list.choices, &attributes, Some(&here));
                it.insert("choices".to_owned(), choices.into());
            }
        }
        if !here.is_empty() && self.tape.chance(22) {
            let n = 1 + self.tape.below(2);
            let mut checks = Vec::new();
            for nth in 0..n {
                let severity = if self.tape.chance(40) { "soft" } else { "hard" };
                let depth = self.tape.below(2);
                checks.push(json!({
                    "id": format!("k{nth}"),
                    "require": here.condition(self.tape, depth),
                    "severity": severity,
                    "message": "À revoir",
                }));
            }
            it.insert("checks".to_owned(), checks.into());
        }
    }
}

fn filtered(mut it: Value, filter: Option<String>) -> Value {
    if let Some(filter) = filter {
        it["filter"] = filter.into();
    }
    it
}

/// A number of tenths as JSON.
fn exact(it: i64) -> Value {
    questionnaire::number::parse(&tenths(it)).unwrap_or_default()
}

/// Takes questions that can be variables of the sampling frame off the first page; one item stays.
fn framed(blocks: &mut [Value]) -> Vec<Value> {
    const KINDS: [&str; 7] = [
        "single",
        "scale",
        "territory",
        "quantity",
        "money",
        "text",
        "date",
    ];
    let page = blocks
        .first_mut()
        .and_then(|it| it.pointer_mut("/pages/0/items"));
    let Some(items) = page.and_then(Value::as_array_mut) else {
        return Vec::new();
    };
    let can_be = |it: &Value| {
        let is_kind = KINDS.iter().any(|kind| it["kind"] == *kind);
        is_kind && it.get("filter").is_none() && it.get("list").is_none()
    };
    let mut frame = Vec::new();
    while items.len() > 1
        && let Some(at) = items.iter().position(can_be)
    {
        let mut item = items.remove(at);
        strip(
            &mut item,
            &["required", "offers", "checks", "help", "multiline"],
        );
        for choice in item
            .get_mut("choices")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            strip(choice, &["exclusive", "specify", "missing", "filter"]);
        }
        frame.push(item);
    }
    frame
}

fn strip(value: &mut Value, fields: &[&str]) {
    if let Some(value) = value.as_object_mut() {
        value.retain(|field, _| !fields.contains(&field.as_str()));
    }
}
