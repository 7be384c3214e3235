//! Answers as words, in short: what a witness answers to a question.

use expr::ListId;
use questionnaire::instrument::{Item, ItemIx, Kind};
use questionnaire::{MissingOffer, Sheet};
use rust_decimal::Decimal;
use serde_json::Value;

use super::Sentences;

/// Choices, rows and questions that are named.
const MOST: usize = 4;

impl Sentences<'_> {
    /// What a sheet answers to some questions, in one line; nothing where it answers none of them.
    /// Answers inside rosters are those of one unit.
    #[must_use]
    pub fn answers(&self, sheet: &Sheet, items: &[ItemIx], unit: Option<u32>) -> String {
        let mut parts: Vec<String> = items
            .iter()
            .filter_map(|ix| {
                let answer = self.given(sheet, *ix, unit)?;
                let said = self.answer(*ix, answer)?;
                Some(format!("{} → {said}", self.bare_title(*ix)))
            })
            .collect();
        self.words.shortened(&mut parts, MOST);
        parts.join(self.words.between())
    }

    /// An answer of a sheet, inside a roster that of one unit.
    fn given<'s>(&self, sheet: &'s Sheet, ix: ItemIx, unit: Option<u32>) -> Option<&'s Value> {
        let instrument = &self.engine.instrument;
        let item = self.item(ix)?;
        let Some(at) = item.roster else {
            return sheet.answers.get(&item.id);
        };
        let roster = instrument.rosters.get(at as usize)?;
        let key = instrument.unit_key(at, unit?);
        let units = sheet.answers.get(&self.item(roster.item)?.id)?.as_array()?;
        let is_it = |it: &&Value| it.get(&roster.key).and_then(Value::as_str) == Some(&key);
        units.iter().find(is_it)?.get(&item.id)
    }

    fn answer(&self, ix: ItemIx, answer: &Value) -> Option<String> {
        let item = self.item(ix)?;
        match (&item.kind, answer) {
            (Kind::Roster { .. }, Value::Array(units)) => Some(self.words.units(units.len())),
            (Kind::Grid { rows, .. }, Value::Object(cells)) => {
                let mut said: Vec<String> = rows
                    .iter()
                    .filter_map(|row| {
                        let cell = self.cell(item, cells.get(&row.code)?)?;
                        Some(self.words.with_part(&self.text(&row.label), &cell))
                    })
                    .collect();
                self.words.shortened(&mut said, MOST);
                Some(said.join(", "))
            }
            (_, it) => self.cell(item, it),
        }
    }

    fn cell(&self, item: &Item, answer: &Value) -> Option<String> {
        let one = |it: &Value| match (it, item.list()) {
            (Value::String(code), Some(list)) => Some(self.bare_choice(ListId(list), code)),
            (Value::String(text), None) => match (&item.kind, text.parse()) {
                (Kind::Date { .. }, Ok(day)) => Some(self.words.date(day)),
                _ => Some(self.words.quoted(text)),
            },
            (Value::Number(it), _) => {
                let number: Decimal = it.to_string().parse().ok()?;
                Some(self.words.number(number))
            }
            (Value::Bool(it), _) => Some(self.words.yes_or_no(*it).to_owned()),
            (Value::Object(it), _) => {
                let reason = MissingOffer::from_code(it.get("$missing")?.as_str()?)?;
                Some(self.words.reason(reason.reason()).to_owned())
            }
            _ => None,
        };
        match answer {
            Value::Array(them) => {
                let mut said: Vec<String> = them.iter().filter_map(one).collect();
                self.words.shortened(&mut said, MOST);
                Some(said.join(", "))
            }
            it => one(it),
        }
    }
}
