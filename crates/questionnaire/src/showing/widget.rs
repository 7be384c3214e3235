//! What a question asks for, with the answer so far.

use serde_json::Value;

use super::Showing;
use crate::answer::Answer;
use crate::evaluation::SlotState;
use crate::fill::decimal;
use crate::instrument::{Cells, ItemIx, Kind, Quantity};
use crate::view::{
    CellView, ChoiceView, ColumnView, QuantityView, RankedView, RowView, SpecifyView, Widget,
};

impl Showing<'_, '_> {
    pub(super) fn widget(&self, ix: ItemIx, unit: Option<u32>) -> Widget {
        let instrument = &self.evaluation.engine().instrument;
        let item = &instrument.items[ix as usize];
        let layout = &self.evaluation.engine().layout;
        let slot = layout.first_slot(ix, unit).unwrap_or(u32::MAX);
        let choices = || self.choices(ix, unit, slot);
        match &item.kind {
            Kind::Single { .. } => Widget::Single { choices: choices() },
            Kind::Scale { .. } => Widget::Scale { choices: choices() },
            Kind::Territory { .. } => Widget::Territory { choices: choices() },
            Kind::Multiple { min, max, .. } => Widget::Multiple {
                choices: choices(),
                min: *min,
                max: *max,
            },
            Kind::Quantity(it) | Kind::Money(it) => Widget::Quantity(self.quantity(it, slot)),
            Kind::Text {
                max_length,
                multiline,
            } => Widget::Text {
                value: self.typed(slot),
                max_length: *max_length,
                multiline: *multiline,
            },
            Kind::Date { earliest, latest } => {
                let (day, month, year) = self.date_parts(slot);
                Widget::Date {
                    day,
                    month,
                    year,
                    earliest: earliest.map(expr::iso::text),
                    latest: latest.map(expr::iso::text),
                }
            }
            Kind::Rank { min, max, .. } => Widget::Rank {
                choices: self.ranked(ix, unit, slot),
                min: *min,
                max: *max,
            },
            Kind::Consent => Widget::Consent {
                value: match self.evaluation.answer(slot) {
                    Answer::Bool(it) => Some(*it),
                    _ => None,
                },
            },
            Kind::Grid { rows, cells } => {
                let list = item.list().and_then(|it| instrument.lists.get(it as usize));
                let columns = list
                    .map_or(&[][..], |it| &it.choices)
                    .iter()
                    .zip(0u16..)
                    .filter(|(_, at)| self.evaluation.is_offered(ix, unit, *at))
                    .map(|(it, _)| ColumnView {
                        code: it.code.clone(),
                        label: it.label.get(self.lang).to_owned(),
                    })
                    .collect();
                let slots = layout.slots_of(ix, unit);
                let rows = slots
                    .zip(rows)
                    .map(|(slot, row)| self.row(slot, row, cells));
                Widget::Grid {
                    columns,
                    rows: rows.collect(),
                }
            }
            Kind::Contact { fields, .. } => Widget::Contact {
                fields: fields.iter().map(|it| (*it, String::new())).collect(),
            },
            Kind::Statement | Kind::Computed { .. } | Kind::Roster { .. } => Widget::Text {
                value: String::new(),
                max_length: 0,
                multiline: false,
            },
        }
    }

    fn row(&self, slot: u32, row: &crate::instrument::Row, cells: &Cells) -> RowView {
        let key = self.evaluation.engine().layout.slots()[slot as usize]
            .key
            .to_string();
        let codes = || {
            let choices = self
                .evaluation
                .list_of(slot)
                .map_or(&[][..], |it| &it.choices);
            let chosen = choices
                .iter()
                .zip(0u16..)
                .filter(|(_, at)| self.is_selected(slot, *at));
            chosen.map(|(it, _)| it.code.clone()).collect::<Vec<_>>()
        };
        let state = self.evaluation.state(slot);
        RowView {
            label: row.label.get(self.lang).to_owned(),
            on_path: state != SlotState::NotAsked,
            cell: match cells {
                Cells::Single { .. } => CellView::Single {
                    selected: codes().pop(),
                },
                Cells::Multiple { .. } => CellView::Multiple { selected: codes() },
                Cells::Quantity(it) => CellView::Quantity(self.quantity(it, slot)),
            },
            failures: self
                .failures
                .iter()
                .filter(|it| it.item == key)
                .map(|it| self.failure(it))
                .collect(),
            key,
        }
    }

    fn choices(&self, ix: ItemIx, unit: Option<u32>, slot: u32) -> Vec<ChoiceView> {
        let Some(list) = self.evaluation.list_of(slot) else {
            return Vec::new();
        };
        list.choices
            .iter()
            .zip(0u16..)
            .map(|(it, at)| ChoiceView {
                code: it.code.clone(),
                label: it.label.get(self.lang).to_owned(),
                selected: self.is_selected(slot, at),
                offered: self.evaluation.is_offered(ix, unit, at),
                exclusive: it.exclusive || it.missing.is_some(),
                missing: it.missing,
                specify: it.specify.as_ref().map(|specify| SpecifyView {
                    label: specify
                        .label
                        .as_ref()
                        .map(|it| it.get(self.lang).to_owned()),
                    value: self.evaluation.specified(slot, at).unwrap_or("").to_owned(),
                    required: specify.required,
                }),
            })
            .collect()
    }

    /// Whether a choice was made, also in an answer that cannot be accepted as a whole.
    fn is_selected(&self, slot: u32, choice: u16) -> bool {
        let Answer::Unreadable(answer) = self.evaluation.answer(slot) else {
            return self.evaluation.is_chosen(slot, choice);
        };
        let list = self.evaluation.list_of(slot);
        let Some(code) = list
            .and_then(|it| it.choice(choice))
            .map(|it| it.code.as_str())
        else {
            return false;
        };
        match &answer.given {
            Value::String(given) => given == code,
            Value::Array(given) => given.iter().any(|it| it == code),
            _ => false,
        }
    }

    fn ranked(&self, ix: ItemIx, unit: Option<u32>, slot: u32) -> Vec<RankedView> {
        let Some(list) = self.evaluation.list_of(slot) else {
            return Vec::new();
        };
        let order: Vec<&str> = match self.evaluation.answer(slot) {
            Answer::Codes(it) => it
                .iter()
                .filter_map(|it| list.choice(*it))
                .map(|it| it.code.as_str())
                .collect(),
            Answer::Unreadable(it) => it
                .given
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect(),
            _ => Vec::new(),
        };
        list.choices
            .iter()
            .zip(0u16..)
            .map(|(it, at)| RankedView {
                code: it.code.clone(),
                label: it.label.get(self.lang).to_owned(),
                rank: order
                    .iter()
                    .position(|code| *code == it.code)
                    .and_then(|it| u16::try_from(it + 1).ok()),
                offered: self.evaluation.is_offered(ix, unit, at),
            })
            .collect()
    }

    fn quantity(&self, it: &Quantity, slot: u32) -> QuantityView {
        QuantityView {
            value: self.typed(slot),
            min: it.min.map(|it| decimal(it, self.lang)),
            max: it.max.map(|it| decimal(it, self.lang)),
            decimals: it.decimals,
            unit: it.unit.as_ref().map(|it| match it.get(self.lang) {
                "EUR" => "€".to_owned(),
                other => other.to_owned(),
            }),
        }
    }

    /// What stands in a text field: the answer in the language's form, or what was typed.
    fn typed(&self, slot: u32) -> String {
        self.evaluation
            .answer_lines(slot, self.lang)
            .pop()
            .unwrap_or_default()
    }

    fn date_parts(&self, slot: u32) -> (String, String, String) {
        match self.evaluation.answer(slot) {
            Answer::Date(it) => (
                it.day().to_string(),
                it.month().to_string(),
                it.year().to_string(),
            ),
            Answer::Unreadable(it) => {
                // Typed as year-month-day, each as it was in its field.
                let mut parts = it
                    .given
                    .as_str()
                    .unwrap_or("")
                    .splitn(3, '-')
                    .map(str::to_owned);
                let [year, month, day] = [(); 3].map(|()| parts.next().unwrap_or_default());
                (day, month, year)
            }
            _ => <(String, String, String)>::default(),
        }
    }
}
