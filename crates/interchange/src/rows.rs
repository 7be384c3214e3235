//! Rows of a table of answers, back into sheets.

use questionnaire::instrument::{Cells, Kind};
use questionnaire::{Engine, Meta, MissingOffer, Sheet};
use serde_json::{Map, Value, json};

use crate::Loss;
use crate::cells::{is_marked, plain};
use crate::columns::{Column, Columns, Holds, list_of};

/// The cells of one several-answers question.
#[derive(Default)]
struct Several {
    slot: u32,
    /// Choices made, each with its rank (or its place in the list).
    chosen: Vec<(usize, u16)>,
    /// What stands there instead of ticks.
    other: Option<Value>,
}

/// What stands in the columns of a file, by the names in its header.
pub(crate) struct Header<'e> {
    engine: &'e Engine,
    /// For each column of the file, what it holds; `None` if it is not read.
    columns: Vec<Option<Column>>,
}

impl<'e> Header<'e> {
    /// Finds the columns by name; those that the questionnaire does not have are losses.
    pub(crate) fn new<'n>(
        engine: &'e Engine,
        names: impl IntoIterator<Item = &'n str>,
        losses: &mut Vec<Loss>,
    ) -> Self {
        let mut known = Columns::of_rehearsal(engine).0;
        let mut taken: Vec<String> = Vec::new();
        let columns = names.into_iter().map(|name| {
            let name = name.trim();
            let found = known.iter().position(|it| it.name == name);
            if found.is_none() {
                losses.push(Loss {
                    code: "IX0002",
                    place: name.to_owned(),
                    message: if taken.iter().any(|it| it == name) {
                        "cette colonne est donnée deux fois ; la seconde n’est pas lue".to_owned()
                    } else {
                        "le questionnaire n’a pas de telle colonne ; elle n’est pas lue".to_owned()
                    },
                });
            }
            let column = known.swap_remove(found?);
            taken.push(column.name.clone());
            Some(column)
        });
        Self {
            columns: columns.collect(),
            engine,
        }
    }

    /// How many columns the file has.
    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// How many of them the questionnaire has.
    pub(crate) fn n_known(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// The sheet of one row; cells beyond the header are not looked at.
    pub(crate) fn sheet<'c>(&self, cells: impl Iterator<Item = &'c str>) -> Sheet {
        sheet(self.engine, &self.columns, cells)
    }
}

fn sheet<'c>(
    engine: &Engine,
    columns: &[Option<Column>],
    cells: impl Iterator<Item = &'c str>,
) -> Sheet {
    let instrument = &engine.instrument;
    let mut meta = Meta::default();
    let mut answers = Map::new();
    let mut several: Vec<Several> = Vec::new();
    let mut units = Vec::new();
    for (column, cell) in columns.iter().zip(cells) {
        let Some(column) = column else { continue };
        if cell.is_empty() {
            continue;
        }
        match column.holds {
            Holds::Id => meta.id = Some(cell.trim().to_owned()),
            Holds::Reached => meta.reached = Some(cell.trim().to_owned()),
            Holds::Today => meta.today = cell.trim().parse().ok(),
            Holds::Synthetic if is_marked(cell) => meta.mark_synthetic(),
            Holds::Rehearsal if is_marked(cell) => meta.mark_rehearsal(),
            Holds::Synthetic | Holds::Rehearsal => {}
            Holds::Units(roster) => units.push((roster, cell.trim().parse::<u32>().unwrap_or(0))),
            Holds::Specify { .. } => {
                answers.insert(column.name.clone(), Value::from(plain(cell)));
            }
            Holds::Value(slot) => {
                let kind =
                    &instrument.items[engine.layout.slots()[slot as usize].item as usize].kind;
                answers.insert(column.name.clone(), value(kind, cell));
            }
            Holds::Choice {
                slot,
                choice,
                ranked,
            } => {
                let cell = cell.trim();
                if several.last().is_none_or(|it| it.slot != slot) {
                    several.push(Several {
                        slot,
                        ..Several::default()
                    });
                }
                let Some(Several { chosen, other, .. }) = several.last_mut() else {
                    continue;
                };
                match cell.parse::<usize>() {
                    Ok(0) if !ranked => {}
                    Ok(1) if !ranked => chosen.push((usize::from(choice), choice)),
                    Ok(rank) if ranked => chosen.push((rank, choice)),
                    // Not a tick: kept as it stands, for the engine to refuse by its slot.
                    _ => *other = Some(reason(cell).unwrap_or_else(|| Value::from(cell))),
                }
            }
        }
    }
    for Several {
        slot,
        mut chosen,
        other,
    } in several
    {
        chosen.sort_unstable();
        let at = &engine.layout.slots()[slot as usize];
        let list = list_of(instrument, at.item);
        let codes = chosen
            .iter()
            .filter_map(|(_, it)| list?.choice(*it))
            .map(|it| Value::from(it.code.as_str()))
            .collect();
        let value = other.unwrap_or(Value::Array(codes));
        if value != json!([]) {
            answers.insert(at.key.to_string(), value);
        }
    }
    nest(engine, &units, Sheet { meta, answers })
}

/// Slots named one by one become the sheet's own form, with units that hold nothing yet.
fn nest(engine: &Engine, units: &[(u32, u32)], flat: Sheet) -> Sheet {
    let mut loaded = engine.load(&flat);
    for &(roster, count) in units {
        loaded.evaluation.set_units(roster, count);
    }
    let answers = loaded
        .evaluation
        .to_answers(questionnaire::Keep::Everything);
    Sheet {
        meta: flat.meta,
        answers,
    }
}

fn reason(cell: &str) -> Option<Value> {
    let reason = cell.strip_prefix('$').and_then(MissingOffer::from_code)?;
    Some(json!({ "$missing": reason.code() }))
}

fn value(kind: &Kind, cell: &str) -> Value {
    if let Some(reason) = reason(cell.trim()) {
        return reason;
    }
    match kind {
        Kind::Quantity(_)
        | Kind::Money(_)
        | Kind::Grid {
            cells: Cells::Quantity(_),
            ..
        } => {
            // A spreadsheet in French writes a decimal comma.
            let number = cell.trim().replace(',', ".");
            serde_json::from_str::<serde_json::Number>(&number)
                .map_or_else(|_| Value::from(plain(cell)), Value::Number)
        }
        Kind::Consent => match cell.trim().to_ascii_lowercase().as_str() {
            "true" | "vrai" | "1" => Value::Bool(true),
            "false" | "faux" | "0" => Value::Bool(false),
            _ => Value::from(plain(cell)),
        },
        Kind::Text { .. } => Value::from(plain(cell)),
        _ => Value::from(plain(cell.trim())),
    }
}
