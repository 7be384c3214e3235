//! The shape of an instrument: every item in its place, fields checked against kinds, names unique.

use std::collections::{BTreeMap, HashMap};

use expr::Type;

use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{self, AttributeType, ItemKind, Questionnaire, SourceMap};
use crate::failure::Severity;
use crate::instrument::{
    Attribute, AttributeValue, Block, Cells, Choice, Condition, ContactField, Fill, Instrument, Item,
    Kind, List, Net, Page, Quantity, Roster, Row, Specify, Units,
};
use crate::layout::Source;
use crate::text::Text;

/// An instrument whose conditions are still to be checked.
pub(super) struct Lowered {
    pub(super) instrument: Instrument,
    /// Each condition: where it goes, its source, its path in the file.
    pub(super) conditions: Vec<(Source, String, String)>,
    /// Path of the element with each id.
    pub(super) places: HashMap<String, String>,
}

const MAX_CHOICES: usize = 10_000;
const MAX_ITEMS: usize = 5_000;
const MAX_UNITS: u16 = 50;

pub(super) fn lower(
    document: &Questionnaire,
    map: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Lowered {
    let mut it = Lowering {
        document,
        map,
        diagnostics,
        items: Vec::new(),
        rosters: Vec::new(),
        lists: Vec::new(),
        named_lists: HashMap::new(),
        conditions: Vec::new(),
        places: HashMap::new(),
    };
    it.questionnaire()
}

struct Lowering<'a> {
    document: &'a Questionnaire,
    map: &'a SourceMap,
    diagnostics: &'a mut Vec<Diagnostic>,
    items: Vec<Item>,
    rosters: Vec<Roster>,
    lists: Vec<List>,
    named_lists: HashMap<String, u32>,
    conditions: Vec<(Source, String, String)>,
    places: HashMap<String, String>,
}

impl Lowering<'_> {
    fn error(&mut self, path: &str, problem: Problem) {
        self.diagnostics.push(Diagnostic::error(self.map.value(path), problem));
    }

    fn error_at_key(&mut self, path: &str, problem: Problem) {
        self.diagnostics.push(Diagnostic::error(self.map.key(path), problem));
    }

    fn suggest(&mut self, path: &str, problem: Problem, given: &str, words: &[&str]) {
        let mut it = Diagnostic::error(self.map.value(path), problem);
        it.suggestion = document::closest(given, words).map(str::to_owned);
        self.diagnostics.push(it);
    }

    fn questionnaire(&mut self) -> Lowered {
        let document = self.document;
        if !is_slug(&document.id) {
            self.error("/id", Problem::BadId { id: document.id.clone() });
        }
        let languages = self.languages();
        if document.blocks.is_empty() {
            self.error("/blocks", Problem::EmptyList { field: "blocks" });
        }
        for (nth, list) in document.lists.iter().enumerate() {
            let path = format!("/lists/{nth}");
            if self.named_lists.contains_key(&list.id) {
                let line = self.map.value("/lists").line;
                self.error(&format!("{path}/id"), Problem::DuplicateId { id: list.id.clone(), line });
            }
            let ix = self.list(&list.choices, &[], &format!("{path}/choices"));
            self.named_lists.insert(list.id.clone(), ix);
        }
        let mut blocks = Vec::new();
        let mut pages = Vec::new();
        for (b, block) in document.blocks.iter().enumerate() {
            let path = format!("/blocks/{b}");
            self.place(&block.id, &path, Space::Block);
            if block.pages.is_empty() {
                self.error(&format!("{path}/pages"), Problem::EmptyList { field: "pages" });
            }
            let filter = self.condition(Source::Block(b as u32), block.filter.as_ref(), &path, "filter");
            blocks.push(Block { id: block.id.clone(), title: block.title.clone(), filter });
            for (p, page) in block.pages.iter().enumerate() {
                let path = format!("{path}/pages/{p}");
                self.place(&page.id, &path, Space::Page);
                let ix = pages.len() as u32;
                let filter = self.condition(Source::Page(ix), page.filter.as_ref(), &path, "filter");
                let items = self.items(&page.items, ix, None, &format!("{path}/items"));
                pages.push(Page {
                    id: page.id.clone(),
                    block: b as u32,
                    title: page.title.clone(),
                    filter,
                    items,
                });
            }
        }
        if self.items.len() > MAX_ITEMS {
            self.error("/blocks", Problem::TooMany { what: "items", limit: MAX_ITEMS });
        }
        let fills = self.fills();
        let nets = self.nets();
        Lowered {
            instrument: Instrument {
                id: document.id.clone(),
                hash: String::new(),
                languages,
                title: document.title.clone(),
                introduction: document.introduction.clone(),
                closing: document.closing.clone(),
                unit: document.unit.clone(),
                lists: std::mem::take(&mut self.lists),
                blocks,
                pages,
                items: std::mem::take(&mut self.items),
                rosters: std::mem::take(&mut self.rosters),
                fills,
                nets,
            },
            conditions: std::mem::take(&mut self.conditions),
            places: std::mem::take(&mut self.places),
        }
    }

    fn languages(&mut self) -> Vec<String> {
        let languages = match &self.document.languages[..] {
            [] => vec!["fr".to_owned()],
            given => given.to_vec(),
        };
        let code = |it: &str| (2..=3).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_lowercase());
        for (nth, it) in languages.iter().enumerate() {
            if !code(it) {
                self.error(&format!("/languages/{nth}"), Problem::BadLanguage { given: it.clone() });
            }
        }
        if !languages.iter().any(|it| it == "fr") {
            self.error("/languages", Problem::BadLanguage { given: languages.join(", ") });
        }
        languages
    }

    /// Notes where an id stands; ids are unique among their kind of thing.
    fn place(&mut self, id: &str, path: &str, space: Space) {
        let at = format!("{path}/id");
        let well_formed = match space {
            Space::Item => is_name(id),
            Space::Block | Space::Page => is_name(id) || is_slug(id),
        };
        if !well_formed {
            self.error(&at, Problem::BadId { id: id.to_owned() });
        } else if matches!(space, Space::Item) && is_word(id) {
            self.error(&at, Problem::ReservedId { id: id.to_owned() });
        }
        let key = match space {
            Space::Item => id.to_owned(),
            Space::Block => format!("block {id}"),
            Space::Page => format!("page {id}"),
        };
        if let Some(first) = self.places.get(&key) {
            let line = self.map.value(&format!("{first}/id")).line;
            self.error(&at, Problem::DuplicateId { id: id.to_owned(), line });
        } else {
            self.places.insert(key, path.to_owned());
        }
    }

    /// Notes a condition; its program is put in when it has been checked.
    fn condition(
        &mut self,
        to: Source,
        source: Option<&String>,
        path: &str,
        field: &str,
    ) -> Option<Condition> {
        let source = source?;
        self.conditions.push((to, source.clone(), format!("{path}/{field}")));
        Some(Condition { source: source.clone(), program: expr::Program::constant(true) })
    }

    fn items(
        &mut self,
        items: &[document::Item],
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Vec<u32> {
        let mut placed = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            self.place(&item.id, &path, Space::Item);
            let ix = self.items.len() as u32;
            placed.push(ix);
            self.item(ix, item, page, roster, &path);
        }
        placed
    }

    fn item(&mut self, ix: u32, item: &document::Item, page: u32, roster: Option<u32>, path: &str) {
        self.fields(item, path);
        let filter = self.condition(Source::Item(ix), item.filter.as_ref(), path, "filter");
        let checks = (0u16..)
            .zip(&item.checks)
            .map(|(nth, check)| {
                let path = format!("{path}/checks/{nth}");
                if !is_name(&check.id) {
                    self.error(&format!("{path}/id"), Problem::BadId { id: check.id.clone() });
                }
                let source = Some(&check.require);
                let require = self.condition(Source::Check(ix, nth), source, &path, "require");
                crate::instrument::Check {
                    id: check.id.clone(),
                    require: require.unwrap_or_else(nothing),
                    severity: match check.severity {
                        document::CheckSeverity::Hard => Severity::Hard,
                        document::CheckSeverity::Soft => Severity::Soft,
                    },
                    message: check.message.clone(),
                }
            })
            .collect();
        // The item takes its place before its kind is known: a roster's items follow it.
        self.items.push(Item {
            id: item.id.clone(),
            label: item.label.clone().unwrap_or_default(),
            help: item.help.clone(),
            short: item.short.clone(),
            universe: item.universe.clone(),
            filter,
            required: item.required,
            offers: item.offers.clone().unwrap_or_else(|| self.document.offers.clone()),
            checks,
            choice_filters: Vec::new(),
            page,
            roster,
            kind: Kind::Statement,
        });
        let kind = self.kind(ix, item, page, roster, path);
        let choice_filters = self.choice_filters(ix, item, path);
        if let Some(it) = self.items.get_mut(ix as usize) {
            it.kind = kind;
            it.choice_filters = choice_filters;
        }
    }

    fn choice_filters(&mut self, ix: u32, item: &document::Item, path: &str) -> Vec<(u16, Condition)> {
        let named = item.list.as_ref().and_then(|id| {
            let nth = self.document.lists.iter().position(|it| it.id == *id)?;
            Some((&self.document.lists[nth].choices, format!("/lists/{nth}/choices")))
        });
        let (choices, base) = named.unwrap_or((&item.choices, format!("{path}/choices")));
        let mut filters = Vec::new();
        for (at, choice) in (0u16..).zip(choices) {
            let to = Source::Choice(ix, filters.len() as u16);
            let path = format!("{base}/{at}");
            if let Some(it) = self.condition(to, choice.filter.as_ref(), &path, "filter") {
                filters.push((at, it));
            }
        }
        filters
    }

    fn kind(
        &mut self,
        ix: u32,
        item: &document::Item,
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Kind {
        if let (Some(min), Some(max)) = (item.min_choices, item.max_choices)
            && min > max
        {
            self.error(&format!("{path}/min_choices"), Problem::BadBounds);
        }
        match item.kind {
            ItemKind::Single => Kind::Single { list: self.choices(item, path) },
            ItemKind::Scale => Kind::Scale { list: self.choices(item, path) },
            ItemKind::Multiple => Kind::Multiple {
                list: self.choices(item, path),
                min: item.min_choices,
                max: item.max_choices,
            },
            ItemKind::Rank => {
                let list = self.choices(item, path);
                let missing = |it: &List| it.choices.iter().any(|it| it.missing.is_some());
                if self.lists.get(list as usize).is_some_and(missing) {
                    self.error(path, Problem::MissingNotAllowed);
                }
                Kind::Rank { list, min: item.min_choices, max: item.max_choices }
            }
            ItemKind::Territory => {
                let attributes: Vec<_> = item
                    .attributes
                    .iter()
                    .map(|it| Attribute { id: it.id.clone(), ty: attribute_type(it.ty) })
                    .collect();
                Kind::Territory { list: self.choices(item, path), attributes }
            }
            ItemKind::Quantity => Kind::Quantity(self.quantity(item, path, 0, item.unit.clone())),
            ItemKind::Money => {
                let currency = item.currency.clone().unwrap_or_else(|| "EUR".to_owned());
                Kind::Money(self.quantity(item, path, 2, Some(Text::fr(currency))))
            }
            ItemKind::Text => Kind::Text {
                max_length: item.max_length.unwrap_or(4_000),
                multiline: item.multiline,
            },
            ItemKind::Date => {
                let earliest = self.date(item.earliest.as_ref(), &format!("{path}/earliest"));
                let latest = self.date(item.latest.as_ref(), &format!("{path}/latest"));
                if let (Some(earliest), Some(latest)) = (earliest, latest)
                    && earliest > latest
                {
                    self.error(&format!("{path}/earliest"), Problem::BadBounds);
                }
                Kind::Date { earliest, latest }
            }
            ItemKind::Grid => self.grid(ix, item, path),
            ItemKind::Consent => Kind::Consent,
            ItemKind::Contact => Kind::Contact {
                fields: if item.fields.is_empty() {
                    vec![ContactField::Name, ContactField::Email, ContactField::Telephone]
                } else {
                    item.fields.clone()
                },
                linked: item.linked,
            },
            ItemKind::Statement => Kind::Statement,
            ItemKind::Computed => {
                let value = self.condition(Source::Value(ix), item.value.as_ref(), path, "value");
                Kind::Computed { value: value.unwrap_or_else(nothing) }
            }
            ItemKind::Roster => self.roster(ix, item, page, roster, path),
        }
    }

    fn quantity(
        &mut self,
        item: &document::Item,
        path: &str,
        decimals: u8,
        unit: Option<Text>,
    ) -> Quantity {
        if let (Some(min), Some(max)) = (item.min, item.max)
            && min > max
        {
            self.error(&format!("{path}/min"), Problem::BadBounds);
        }
        if item.decimals.is_some_and(|it| it > 10) {
            self.error(&format!("{path}/decimals"), Problem::TooMany { what: "decimals", limit: 10 });
        }
        Quantity { min: item.min, max: item.max, decimals: item.decimals.unwrap_or(decimals), unit }
    }

    fn date(&mut self, given: Option<&String>, path: &str) -> Option<jiff::civil::Date> {
        let given = given?;
        let date = given.parse().ok();
        if date.is_none() {
            self.error(path, Problem::BadDate { given: given.clone() });
        }
        date
    }

    fn grid(&mut self, ix: u32, item: &document::Item, path: &str) -> Kind {
        if item.rows.is_empty() {
            self.error(path, Problem::FieldNeeded { field: "rows", kind: "grid" });
        }
        let mut seen = BTreeMap::new();
        let rows = (0u16..)
            .zip(&item.rows)
            .map(|(nth, row)| {
                let path = format!("{path}/rows/{nth}");
                self.code(&row.code, &path, &mut seen);
                let filter =
                    self.condition(Source::Row(ix, nth), row.filter.as_ref(), &path, "filter");
                Row { code: row.code.clone(), label: row.label.clone(), filter }
            })
            .collect();
        let cells = match item.cells.unwrap_or(document::Cells::Single) {
            document::Cells::Single => Cells::Single { list: self.choices(item, path) },
            document::Cells::Multiple => Cells::Multiple { list: self.choices(item, path) },
            document::Cells::Quantity => {
                Cells::Quantity(self.quantity(item, path, 0, item.unit.clone()))
            }
        };
        Kind::Grid { rows, cells }
    }

    fn roster(
        &mut self,
        ix: u32,
        item: &document::Item,
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Kind {
        if roster.is_some() {
            self.error(path, Problem::NestedRoster);
            return Kind::Statement;
        }
        let units = match (&item.over, &item.units) {
            (Some(source), None) => self.chosen_units(source, &format!("{path}/over")),
            (None, Some(it)) => {
                if it.min > it.max {
                    self.error(&format!("{path}/units/min"), Problem::BadBounds);
                }
                if it.max > MAX_UNITS {
                    let limit = usize::from(MAX_UNITS);
                    self.error(&format!("{path}/units/max"), Problem::TooMany { what: "units", limit });
                }
                Some(Units::Free { min: it.min, max: it.max.min(MAX_UNITS), label: it.label.clone() })
            }
            (Some(_), Some(_)) => {
                let problem = Problem::FieldNotForKind { field: "units", kind: "roster over" };
                self.error(&format!("{path}/units"), problem);
                None
            }
            (None, None) => {
                self.error(path, Problem::FieldNeeded { field: "over", kind: "roster" });
                None
            }
        };
        let key = item.key.clone().unwrap_or_else(|| "unit".to_owned());
        if !is_name(&key) || is_word(&key) {
            self.error(&format!("{path}/key"), Problem::BadId { id: key.clone() });
        }
        let at = self.rosters.len() as u32;
        let units = units.unwrap_or(Units::Free { min: 0, max: 0, label: Text::default() });
        self.rosters.push(Roster { item: ix, key, units, items: Vec::new() });
        let members = self.items(&item.items, page, Some(at), &format!("{path}/items"));
        if members.is_empty() {
            self.error(path, Problem::FieldNeeded { field: "items", kind: "roster" });
        }
        if let Some(it) = self.rosters.get_mut(at as usize) {
            it.items = members;
        }
        Kind::Roster { roster: at }
    }

    fn chosen_units(&mut self, source: &str, path: &str) -> Option<Units> {
        let found = (0u32..).zip(&self.items).find(|(_, it)| it.id == source);
        let units = found.and_then(|(item, it)| match it.kind {
            Kind::Multiple { list, .. } if it.roster.is_none() => Some(Units::Chosen { item, list }),
            _ => None,
        });
        if units.is_none() {
            self.error(path, Problem::BadRosterSource { item: source.to_owned() });
        }
        units
    }

    /// The item's code list: its own, or the named one.
    fn choices(&mut self, item: &document::Item, path: &str) -> u32 {
        if let Some(name) = &item.list {
            if let Some(ix) = self.named_lists.get(name) {
                return *ix;
            }
            let names: Vec<&str> = self.document.lists.iter().map(|it| it.id.as_str()).collect();
            let problem = Problem::UnknownList { list: name.clone() };
            self.suggest(&format!("{path}/list"), problem, name, &names);
        } else if item.choices.is_empty() {
            let kind = kind_name(item.kind);
            self.error(path, Problem::FieldNeeded { field: "choices", kind });
        }
        self.list(&item.choices, &item.attributes, &format!("{path}/choices"))
    }

    fn list(
        &mut self,
        choices: &[document::Choice],
        attributes: &[document::Attribute],
        path: &str,
    ) -> u32 {
        if choices.len() > MAX_CHOICES {
            self.error(path, Problem::TooMany { what: "choices", limit: MAX_CHOICES });
        }
        let mut seen = BTreeMap::new();
        let choices = choices
            .iter()
            .take(MAX_CHOICES)
            .enumerate()
            .map(|(nth, it)| {
                let path = format!("{path}/{nth}");
                self.code(&it.code, &path, &mut seen);
                let attributes = self.attributes(it, attributes, &path);
                Choice {
                    code: it.code.clone(),
                    label: it.label.clone(),
                    exclusive: it.exclusive,
                    specify: it
                        .specify
                        .as_ref()
                        .map(|it| Specify { label: it.label.clone(), required: it.required }),
                    missing: it.missing,
                    attributes,
                }
            })
            .collect();
        self.lists.push(List { choices });
        self.lists.len() as u32 - 1
    }

    fn code(&mut self, code: &str, path: &str, seen: &mut BTreeMap<String, ()>) {
        let at = format!("{path}/code");
        if !is_code(code) {
            self.error(&at, Problem::BadId { id: code.to_owned() });
        } else if seen.insert(code.to_owned(), ()).is_some() {
            self.error(&at, Problem::DuplicateCode { code: code.to_owned() });
        }
    }

    fn attributes(
        &mut self,
        choice: &document::Choice,
        declared: &[document::Attribute],
        path: &str,
    ) -> Vec<AttributeValue> {
        for name in choice.attributes.keys() {
            if !declared.iter().any(|it| it.id == *name) {
                let problem = Problem::BadAttribute { attribute: name.clone() };
                self.error_at_key(&format!("{path}/attributes/{name}"), problem);
            }
        }
        declared
            .iter()
            .map(|it| match (choice.attributes.get(&it.id), it.ty) {
                (None, _) => AttributeValue::None,
                (Some(serde_json::Value::Bool(it)), AttributeType::Boolean) => AttributeValue::Bool(*it),
                (Some(serde_json::Value::Number(number)), AttributeType::Number) => {
                    crate::number::from_json(number)
                        .map_or(AttributeValue::None, AttributeValue::Number)
                }
                (Some(serde_json::Value::String(it)), AttributeType::Text) => {
                    AttributeValue::Text(it.clone())
                }
                (Some(_), _) => {
                    let problem = Problem::BadAttribute { attribute: it.id.clone() };
                    self.error(&format!("{path}/attributes/{}", it.id), problem);
                    AttributeValue::None
                }
            })
            .collect()
    }

    fn fills(&mut self) -> Vec<Fill> {
        let document = self.document;
        let mut fills = Vec::new();
        for (nth, fill) in document.fills.iter().enumerate() {
            let path = format!("/fills/{nth}");
            self.place(&fill.id, &path, Space::Item);
            let cases = (0u16..)
                .zip(&fill.cases)
                .map(|(case, it)| {
                    let path = format!("{path}/cases/{case}");
                    let to = Source::Fill(nth as u32, case);
                    let when = self.condition(to, Some(&it.when), &path, "when");
                    (when.unwrap_or_else(nothing), it.text.clone())
                })
                .collect();
            fills.push(Fill { id: fill.id.clone(), cases, fallback: fill.fallback.clone() });
        }
        fills
    }

    fn nets(&mut self) -> Vec<Net> {
        let document = self.document;
        let mut nets: Vec<Net> = Vec::new();
        for (nth, net) in document.nets.iter().enumerate() {
            let path = format!("/nets/{nth}");
            if nets.iter().any(|it| it.id == net.id) {
                let line = self.map.value("/nets").line;
                self.error(&format!("{path}/id"), Problem::DuplicateId { id: net.id.clone(), line });
            }
            let Some(at) = self.items.iter().position(|it| it.id == net.item) else {
                let problem = Problem::UnknownItem { item: net.item.clone() };
                let ids: Vec<String> = self.items.iter().map(|it| it.id.clone()).collect();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                self.suggest(&format!("{path}/item"), problem, &net.item, &ids);
                continue;
            };
            let codes: Vec<String> = self.items[at]
                .list()
                .and_then(|it| self.lists.get(it as usize))
                .map(|it| it.choices.iter().map(|it| it.code.clone()).collect())
                .unwrap_or_default();
            let mut choices = Vec::new();
            for (c, code) in net.choices.iter().enumerate() {
                match codes.iter().position(|it| it == code) {
                    Some(it) => choices.push(it as u16),
                    None => {
                        let problem =
                            Problem::UnknownCode { code: code.clone(), item: net.item.clone() };
                        let words: Vec<&str> = codes.iter().map(String::as_str).collect();
                        self.suggest(&format!("{path}/choices/{c}"), problem, code, &words);
                    }
                }
            }
            choices.sort_unstable();
            choices.dedup();
            nets.push(Net { id: net.id.clone(), label: net.label.clone(), item: at as u32, choices });
        }
        nets
    }

    /// Fields that the item's kind does not take, or needs and does not have.
    fn fields(&mut self, item: &document::Item, path: &str) {
        let kind = kind_name(item.kind);
        for (field, given) in given_fields(item) {
            if given && !takes(item.kind, item.cells, field) {
                self.error_at_key(
                    &format!("{path}/{field}"),
                    Problem::FieldNotForKind { field, kind },
                );
            }
        }
        if item.label.is_none() && item.kind != ItemKind::Computed {
            self.error(path, Problem::FieldNeeded { field: "label", kind });
        }
        if item.kind == ItemKind::Computed && item.value.is_none() {
            self.error(path, Problem::FieldNeeded { field: "value", kind });
        }
    }
}

#[derive(Clone, Copy)]
enum Space {
    Block,
    Page,
    Item,
}

/// Stands where a condition has been reported as wrong.
fn nothing() -> Condition {
    Condition { source: String::new(), program: expr::Program::constant(false) }
}

fn attribute_type(ty: AttributeType) -> Type {
    match ty {
        AttributeType::Boolean => Type::Bool,
        AttributeType::Number => Type::Number,
        AttributeType::Text => Type::Text,
    }
}

/// A kind's name in files.
pub(super) fn kind_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Single => "single",
        ItemKind::Multiple => "multiple",
        ItemKind::Quantity => "quantity",
        ItemKind::Money => "money",
        ItemKind::Text => "text",
        ItemKind::Date => "date",
        ItemKind::Scale => "scale",
        ItemKind::Grid => "grid",
        ItemKind::Rank => "rank",
        ItemKind::Territory => "territory",
        ItemKind::Consent => "consent",
        ItemKind::Contact => "contact",
        ItemKind::Statement => "statement",
        ItemKind::Computed => "computed",
        ItemKind::Roster => "roster",
    }
}

/// The fields that only some kinds take, and whether the item gives them.
fn given_fields(item: &document::Item) -> [(&'static str, bool); 24] {
    [
        ("required", item.required),
        ("offers", item.offers.is_some()),
        ("choices", !item.choices.is_empty()),
        ("list", item.list.is_some()),
        ("min_choices", item.min_choices.is_some()),
        ("max_choices", item.max_choices.is_some()),
        ("min", item.min.is_some()),
        ("max", item.max.is_some()),
        ("decimals", item.decimals.is_some()),
        ("unit", item.unit.is_some()),
        ("currency", item.currency.is_some()),
        ("earliest", item.earliest.is_some()),
        ("latest", item.latest.is_some()),
        ("max_length", item.max_length.is_some()),
        ("multiline", item.multiline),
        ("cells", item.cells.is_some()),
        ("rows", !item.rows.is_empty()),
        ("attributes", !item.attributes.is_empty()),
        ("fields", !item.fields.is_empty()),
        ("linked", item.linked),
        ("value", item.value.is_some()),
        ("key", item.key.is_some()),
        ("over", item.over.is_some()),
        ("units", item.units.is_some()),
    ]
}

fn takes(kind: ItemKind, cells: Option<document::Cells>, field: &str) -> bool {
    use ItemKind as K;
    let question = !matches!(kind, K::Statement | K::Computed | K::Roster | K::Contact);
    let numeric_grid = kind == K::Grid && cells == Some(document::Cells::Quantity);
    match field {
        "required" | "offers" => question,
        "choices" | "list" => {
            matches!(kind, K::Single | K::Multiple | K::Scale | K::Rank | K::Territory)
                || (kind == K::Grid && !numeric_grid)
        }
        "min_choices" | "max_choices" => matches!(kind, K::Multiple | K::Rank),
        "min" | "max" | "decimals" => matches!(kind, K::Quantity | K::Money) || numeric_grid,
        "unit" => kind == K::Quantity || numeric_grid,
        "currency" => kind == K::Money,
        "earliest" | "latest" => kind == K::Date,
        "max_length" | "multiline" => kind == K::Text,
        "cells" | "rows" => kind == K::Grid,
        "attributes" => kind == K::Territory,
        "fields" | "linked" => kind == K::Contact,
        "value" => kind == K::Computed,
        "key" | "over" | "units" => kind == K::Roster,
        _ => true,
    }
}

fn is_name(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|it: char| it.is_ascii_alphabetic())
        && id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

fn is_slug(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|it: char| it.is_ascii_lowercase())
        && id.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

/// Whether the condition language reads it as anything but a name.
fn is_word(id: &str) -> bool {
    !matches!(expr::parse(id).expr, Some(it) if matches!(it.kind, expr::ExprKind::Name(_)))
}

/// A code may start with a digit: departments, years, register numbers.
fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it))
}
