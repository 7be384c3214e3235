//! The columns of a table of answers, and one response as its row.

use questionnaire::instrument::{Cells, Instrument, Kind, List, Units};
use questionnaire::{Answer, Engine, Evaluation, Meta};
use serde_json::Value;

use crate::cells::{mark, missing, text};

/// The columns that an instrument's answers have.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns(pub(crate) Vec<Column>);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) holds: Holds,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Holds {
    Id,
    Reached,
    /// The day on which it was answered.
    Today,
    /// Whether the sheet was made up.
    Synthetic,
    /// Whether the sheet comes from a rehearsal.
    Rehearsal,
    /// A slot's whole value.
    Value(u32),
    /// Whether a choice is made, or (in a ranking) its rank.
    Choice {
        slot: u32,
        choice: u16,
        ranked: bool,
    },
    /// The text beside a choice.
    Specify {
        slot: u32,
        choice: u16,
    },
    /// How many free units a roster has.
    Units(u32),
}

const ID: &str = "meta.id";
const REACHED: &str = "meta.reached";
const TODAY: &str = "meta.today";
const SYNTHETIC: &str = "meta.synthetic";
const REHEARSAL: &str = "meta.rehearsal";

impl Columns {
    /// The columns of an instrument: the response's id, the last page shown, then each slot.
    #[must_use]
    pub fn of(engine: &Engine) -> Self {
        Self::with(engine, false)
    }

    /// The same for sheets of a rehearsal, with the columns that mark them.
    #[must_use]
    pub fn of_rehearsal(engine: &Engine) -> Self {
        Self::with(engine, true)
    }

    pub(crate) fn with(engine: &Engine, marks: bool) -> Self {
        let instrument = &engine.instrument;
        let mut columns = vec![
            Column {
                name: ID.to_owned(),
                holds: Holds::Id,
            },
            Column {
                name: REACHED.to_owned(),
                holds: Holds::Reached,
            },
        ];
        if engine.reads_today() {
            columns.push(Column {
                name: TODAY.to_owned(),
                holds: Holds::Today,
            });
        }
        if marks {
            for (name, holds) in [(SYNTHETIC, Holds::Synthetic), (REHEARSAL, Holds::Rehearsal)] {
                let name = name.to_owned();
                columns.push(Column { name, holds });
            }
        }
        for (at, roster) in (0u32..).zip(&instrument.rosters) {
            if let Units::Free { .. } = roster.units {
                let id = &instrument.items[roster.item as usize].id;
                columns.push(Column {
                    name: format!("{id}.$units"),
                    holds: Holds::Units(at),
                });
            }
        }
        for (slot, it) in (0u32..).zip(engine.layout.slots()) {
            let kind = &instrument.items[it.item as usize].kind;
            let list = list_of(instrument, it.item);
            let several = matches!(
                kind,
                Kind::Multiple { .. }
                    | Kind::Rank { .. }
                    | Kind::Grid {
                        cells: Cells::Multiple { .. },
                        ..
                    }
            );
            match list {
                Some(list) if several => {
                    let ranked = matches!(kind, Kind::Rank { .. });
                    for (choice, at) in (0u16..).zip(&list.choices) {
                        let name = format!("{}[{}]", it.key, at.code);
                        columns.push(Column {
                            name,
                            holds: Holds::Choice {
                                slot,
                                choice,
                                ranked,
                            },
                        });
                    }
                }
                _ => columns.push(Column {
                    name: it.key.to_string(),
                    holds: Holds::Value(slot),
                }),
            }
            for (choice, at) in (0u16..).zip(list.map_or(&[][..], |it| &it.choices)) {
                if at.specify.is_some() {
                    let name = format!("{}.{}", it.key, at.code);
                    columns.push(Column {
                        name,
                        holds: Holds::Specify { slot, choice },
                    });
                }
            }
        }
        Self(columns)
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.name.as_str())
    }

    /// One response as a row.
    #[must_use]
    pub fn row(&self, meta: &Meta, evaluation: &Evaluation<'_>) -> Vec<String> {
        self.0
            .iter()
            .map(|it| cell(&it.holds, meta, evaluation))
            .collect()
    }
}

pub(crate) fn list_of(instrument: &Instrument, item: u32) -> Option<&List> {
    let item = instrument.items.get(item as usize)?;
    instrument.lists.get(item.list()? as usize)
}

fn cell(holds: &Holds, meta: &Meta, evaluation: &Evaluation<'_>) -> String {
    let engine = evaluation.engine();
    match *holds {
        Holds::Id => meta.id.clone().unwrap_or_default(),
        Holds::Reached => meta.reached.clone().unwrap_or_default(),
        Holds::Today => meta.today.map_or_else(String::new, |it| it.to_string()),
        Holds::Synthetic => mark(meta.is_synthetic()),
        Holds::Rehearsal => mark(meta.is_rehearsal()),
        Holds::Units(roster) => evaluation.n_units(roster).to_string(),
        Holds::Specify { slot, choice } => text(evaluation.specified(slot, choice).unwrap_or("")),
        Holds::Value(slot) => match evaluation.answer(slot) {
            Answer::Missing(reason) => missing(*reason),
            answer => {
                let list = list_of(
                    &engine.instrument,
                    engine.layout.slots()[slot as usize].item,
                );
                match answer.to_json(list) {
                    None => String::new(),
                    Some(Value::String(it)) => match answer {
                        Answer::Text(_) | Answer::Unreadable(_) => text(&it),
                        _ => it,
                    },
                    Some(other) => other.to_string(),
                }
            }
        },
        Holds::Choice {
            slot,
            choice,
            ranked,
        } => match evaluation.answer(slot) {
            Answer::Missing(reason) => missing(*reason),
            Answer::Codes(codes) => match codes.iter().position(|it| *it == choice) {
                Some(at) if ranked => (at + 1).to_string(),
                Some(_) => "1".to_owned(),
                None if ranked => String::new(),
                None => "0".to_owned(),
            },
            _ => String::new(),
        },
    }
}
