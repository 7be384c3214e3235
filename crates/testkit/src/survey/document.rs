//! The drawn survey as a document: texts, filters, choices, checks.

use serde_json::{Map, Value, json};

use super::{Drawing, Page};
use crate::condition::Here;
use crate::spec::{Cells, Kind, List, Rank, Spec, Ty, Units};

impl Drawing<'_> {
    /// The document, with conditions: items in the order of their ranks, for a computed item has a
    /// type only once it has been written.
    pub(super) fn document(&mut self, pages: &[Page]) -> Value {
        let mut order: Vec<usize> = (0..self.specs.len()).collect();
        order.sort_by_key(|it| self.specs[*it].rank);
        let mut written = vec![Map::new(); self.specs.len()];
        for at in order {
            written[at] = self.write(at);
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
        let n_blocks = pages.iter().map(|it| it.block + 1).max().unwrap_or(1);
        let mut blocks: Vec<Value> = Vec::new();
        for block in 0..n_blocks {
            let mut own = Vec::new();
            for (at, page) in pages.iter().enumerate().filter(|(_, it)| it.block == block) {
                let on_page = self.specs.iter().zip(&written);
                let items: Vec<Value> = on_page
                    .filter(|(spec, _)| spec.page == at && spec.roster.is_none())
                    .map(|(_, it)| Value::Object(it.clone()))
                    .collect();
                let mut it = json!({ "id": format!("p{at}"), "items": items });
                let [block_rank, page_rank] = page.rank;
                let rank = [block_rank, page_rank, 0, 0];
                if self.tape.chance(30) {
                    it["filter"] = self.filter(rank, None).into();
                }
                own.push(it);
            }
            let mut it = json!({ "id": format!("b{block}"), "pages": own });
            let rank = pages
                .iter()
                .find(|it| it.block == block)
                .map_or(0, |it| it.rank[0]);
            if self.tape.chance(20) {
                it["filter"] = self.filter([rank, 0, 0, 0], None).into();
            }
            blocks.push(it);
        }
        let mut document = json!({ "id": "cas", "title": "Cas", "blocks": blocks });
        if !self.shared.is_empty() {
            let lists = self.shared.clone();
            let lists: Vec<_> = lists
                .iter()
                .map(|it| json!({ "id": it.name, "choices": self.choices(it, &[], None) }))
                .collect();
            document["lists"] = lists.into();
        }
        if self.tape.chance(40) {
            let here = Here::new(&self.specs, None, |_| true);
            let cases: Vec<_> = (0..1 + self.tape.below(2))
                .map(|it| json!({ "when": here.condition(self.tape, 1), "text": format!("cas {it}") }))
                .collect();
            let fill = json!({ "id": "texte", "cases": cases, "fallback": "sinon" });
            document["fills"] = json!([fill]);
        }
        document
    }

    /// A condition that reads only what comes before `rank`.
    fn filter(&mut self, rank: Rank, roster: Option<usize>) -> String {
        let here = Here::new(&self.specs, roster, |it| it.rank < rank);
        let depth = 1 + self.tape.below(2);
        here.condition(self.tape, depth)
    }

    fn choices(
        &mut self,
        list: &List,
        attributes: &[(String, crate::spec::Ty)],
        here: Option<&Here>,
    ) -> Vec<Value> {
        let mut choices = Vec::new();
        for choice in &list.choices {
            let mut it = json!({ "code": choice.code, "label": format!("Choix {}", choice.code) });
            if choice.exclusive {
                it["exclusive"] = true.into();
            }
            if let Some(missing) = choice.missing {
                it["missing"] = missing.into();
            }
            if let Some(required) = choice.specify {
                it["specify"] = json!({ "required": required });
            }
            if let Some(here) = here
                && self.tape.chance(20)
            {
                it["filter"] = here.condition(self.tape, 1).into();
            }
            let mut values = Map::new();
            for (name, ty) in attributes {
                let value = match ty {
                    _ if self.tape.chance(25) => continue,
                    Ty::Bool => self.tape.chance(50).into(),
                    Ty::Number => self.tape.below(5).into(),
                    _ => "a".into(),
                };
                values.insert(name.clone(), value);
            }
            if !values.is_empty() {
                it["attributes"] = values.into();
            }
            choices.push(it);
        }
        choices
    }

    /// An item with everything that decides whether it is asked.
    fn write(&mut self, at: usize) -> Map<String, Value> {
        let spec = self.specs[at].clone();
        let mut it = Map::new();
        it.insert("id".to_owned(), spec.id.clone().into());
        let mut label = format!("Question {}", spec.id);
        // A computed value's label is never shown to respondents: nothing is filled in.
        if !matches!(spec.kind, Kind::Computed { .. })
            && self.tape.chance(20)
            && let Some(other) = self.tape.pick(&self.fillable(spec.roster))
        {
            label = format!("{label} {{{other}|rien}}");
        }
        it.insert("label".to_owned(), label.into());
        if self.tape.chance(35) {
            it.insert(
                "filter".to_owned(),
                self.filter(spec.rank, spec.roster).into(),
            );
        }
        if spec.required && spec.is_question() {
            it.insert("required".to_owned(), true.into());
        }
        if spec.is_question() && self.tape.chance(30) {
            it.insert("offers".to_owned(), json!(["dont_know", "refused"]));
        }
        let kind = self.write_kind(at, &spec, &mut it);
        it.insert("kind".to_owned(), kind.into());
        it
    }

    fn fillable(&self, roster: Option<usize>) -> Vec<String> {
        let fits = |it: &&Spec| {
            let filled = matches!(
                it.kind,
                Kind::Single
                    | Kind::Multiple
                    | Kind::Quantity { .. }
                    | Kind::Text
                    | Kind::Date
                    | Kind::Computed { .. }
            );
            filled && (it.roster.is_none() || it.roster == roster)
        };
        self.specs
            .iter()
            .filter(fits)
            .map(|it| it.id.clone())
            .collect()
    }

    fn write_kind(&mut self, at: usize, spec: &Spec, it: &mut Map<String, Value>) -> &'static str {
        match &spec.kind {
            Kind::Single => "single",
            Kind::Scale => "scale",
            Kind::Multiple | Kind::Rank => {
                if self.tape.chance(30) {
                    it.insert("max_choices".to_owned(), (1 + self.tape.below(3)).into());
                }
                if self.tape.chance(20) {
                    it.insert("min_choices".to_owned(), 1.into());
                }
                if matches!(spec.kind, Kind::Rank) {
                    "rank"
                } else {
                    "multiple"
                }
            }
            Kind::Territory { attributes } => {
                if !attributes.is_empty() {
                    let types = attributes.iter().map(|(name, ty)| {
                        let ty = match ty {
                            crate::spec::Ty::Bool => "boolean",
                            crate::spec::Ty::Number => "number",
                            _ => "text",
                        };
                        json!({ "id": name, "type": ty })
                    });
                    it.insert("attributes".to_owned(), types.collect());
                }
                "territory"
            }
            Kind::Quantity { decimals } => {
                self.bounds(it);
                if *decimals > 0 {
                    it.insert("decimals".to_owned(), (*decimals).into());
                }
                "quantity"
            }
            Kind::Money => {
                self.bounds(it);
                "money"
            }
            Kind::Text => {
                if self.tape.chance(30) {
                    it.insert("max_length".to_owned(), 5.into());
                }
                "text"
            }
            Kind::Date => {
                if self.tape.chance(40) {
                    it.insert("earliest".to_owned(), "2020-01-01".into());
                    it.insert("latest".to_owned(), "2026-12-31".into());
                }
                "date"
            }
            Kind::Consent => "consent",
            Kind::Contact => "contact",
            Kind::Statement => "statement",
            Kind::Grid { rows, cells } => {
                let mut written = Vec::new();
                for code in rows {
                    let mut row = json!({ "code": code, "label": format!("Ligne {code}") });
                    if self.tape.chance(25) {
                        row["filter"] = self.filter(spec.rank, spec.roster).into();
                    }
                    written.push(row);
                }
                it.insert("rows".to_owned(), written.into());
                let cells = match cells {
                    Cells::Single => "single",
                    Cells::Multiple => "multiple",
                    Cells::Quantity => {
                        self.bounds(it);
                        "quantity"
                    }
                };
                it.insert("cells".to_owned(), cells.into());
                "grid"
            }
            Kind::Computed { .. } => {
                let here = Here::new(&self.specs, spec.roster, |it| it.rank < spec.rank);
                let (source, ty) = match self.tape.chance(25) {
                    true => {
                        let codes = ["haut", "bas", "nul"];
                        let choice = |it| json!({ "code": it, "label": it });
                        it.insert("choices".to_owned(), codes.map(choice).into());
                        let source = here.class(self.tape, &codes);
                        let list = format!("classes {}", spec.id);
                        (source, Ty::Code(list, codes.map(str::to_owned).to_vec()))
                    }
                    false => here.value(self.tape),
                };
                self.specs[at].kind = Kind::Computed { ty: Some(ty) };
                it.insert("value".to_owned(), source.into());
                "computed"
            }
            Kind::Roster { key, units } => {
                it.insert("key".to_owned(), key.clone().into());
                match units {
                    Units::Chosen { over } => {
                        it.insert("over".to_owned(), self.specs[*over].id.clone().into());
                    }
                    Units::Free { min, max } => {
                        let units = json!({ "min": min, "max": max, "label": "unité" });
                        it.insert("units".to_owned(), units);
                    }
                }
                "roster"
            }
        }
    }

    fn bounds(&mut self, it: &mut Map<String, Value>) {
        if self.tape.chance(40) {
            it.insert("min".to_owned(), 0.into());
        }
        if self.tape.chance(40) {
            it.insert("max".to_owned(), json!(2.5));
        }
    }

    /// Choices, and what may read everything because nothing reads it: choice filters and checks.
    fn watch(&mut self, at: usize, it: &mut Map<String, Value>) {
        let spec = self.specs[at].clone();
        let here = Here::new(&self.specs, spec.roster, |_| true);
        if !spec.list.choices.is_empty() {
            let attributes = match &spec.kind {
                Kind::Territory { attributes } => attributes.clone(),
                _ => Vec::new(),
            };
            // A shared list has its own choices; attributes make it a list of the item's own.
            if spec.list.is_shared && attributes.is_empty() {
                it.insert("list".to_owned(), spec.list.name.clone().into());
            } else {
                let choices = self.choices(&spec.list, &attributes, Some(&here));
                it.insert("choices".to_owned(), choices.into());
            }
        }
        if self.tape.chance(20) {
            let checks: Vec<Value> = (0..1 + self.tape.below(2))
                .map(|nth| {
                    let severity = if self.tape.chance(50) { "soft" } else { "hard" };
                    json!({
                        "id": format!("k{nth}"),
                        "require": here.condition(self.tape, 2),
                        "severity": severity,
                        "message": "À revoir",
                    })
                })
                .collect();
            it.insert("checks".to_owned(), checks.into());
        }
    }
}
