//! Answer sheets as CSV: a row a response, a column a slot.

mod cells;

use questionnaire::instrument::{Cells, Instrument, Kind, List, Units};
use questionnaire::{Answer, Engine, Evaluation, Meta, MissingOffer, Sheet};
use serde_json::{Map, Value, json};

use crate::Loss;
use cells::{is_marked, mark, missing, plain, text};

/// The columns that an instrument's answers have.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns(Vec<Column>);

#[derive(Clone, Debug, PartialEq)]
struct Column {
    name: String,
    holds: Holds,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Holds {
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

    fn with(engine: &Engine, marks: bool) -> Self {
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

fn list_of(instrument: &Instrument, item: u32) -> Option<&List> {
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

/// A header row and a row for each response; marked, if any is of a rehearsal.
///
/// ```
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let sheet = serde_json::from_str(r#"{"meta":{"id":"a"},"answers":{"age":30}}"#)?;
/// let text = interchange::csv::write(&engine, [&sheet]);
/// assert_eq!(text, "meta.id,meta.reached,age\r\na,,30\r\n");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn write<'s>(engine: &Engine, sheets: impl IntoIterator<Item = &'s Sheet>) -> String {
    let sheets: Vec<&Sheet> = sheets.into_iter().collect();
    let columns = Columns::with(engine, sheets.iter().any(|it| it.meta.is_rehearsal()));
    let mut out = header(&columns);
    for sheet in sheets {
        out.push_str(&line(&columns, engine, sheet));
    }
    out
}

/// The header row.
#[must_use]
pub fn header(columns: &Columns) -> String {
    record(columns.names())
}

/// The row of one response.
#[must_use]
pub fn line(columns: &Columns, engine: &Engine, sheet: &Sheet) -> String {
    let loaded = engine.load(sheet);
    record(
        columns
            .row(&sheet.meta, &loaded.evaluation)
            .iter()
            .map(String::as_str),
    )
}

fn record<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory does not fail, and what goes in is UTF-8.
    let written = writer.write_record(fields).is_ok();
    let bytes = if written {
        writer.into_inner().unwrap_or_default()
    } else {
        Vec::new()
    };
    String::from_utf8(bytes).unwrap_or_default()
}

/// What a CSV text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Its sheets, each with its line number.
    pub sheets: Vec<(usize, Sheet)>,
    /// Columns and rows that have no place in the questionnaire.
    pub losses: Vec<Loss>,
}

/// Reads sheets from CSV; a comma or a semicolon separates, as the header shows.
#[must_use]
pub fn read(engine: &Engine, source: &str) -> Read {
    let source = source.trim_start_matches('\u{feff}');
    let head = source.lines().next().unwrap_or("");
    let delimiter = if head.matches(';').count() > head.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(source.as_bytes());
    let mut read = Read::default();
    let known = Columns::of_rehearsal(engine);
    let mut columns: Vec<Option<&Column>> = Vec::new();
    if let Ok(header) = reader.headers() {
        for name in header {
            let name = name.trim();
            let found = known.0.iter().find(|it| it.name == name);
            let again = found.is_some() && columns.iter().flatten().any(|it| it.name == name);
            if found.is_none() || again {
                read.losses.push(Loss {
                    code: "IX0002",
                    place: name.to_owned(),
                    message: if again {
                        "cette colonne est donnée deux fois ; la seconde n’est pas lue".to_owned()
                    } else {
                        "le questionnaire n’a pas de telle colonne ; elle n’est pas lue".to_owned()
                    },
                });
            }
            columns.push(found.filter(|_| !again));
        }
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |it| it.line() as usize);
                let beyond = record.iter().skip(columns.len());
                if beyond.into_iter().any(|it| !it.trim().is_empty()) {
                    // Which cell is too many cannot be known: read anyway, every answer after it would be another's.
                    let (n, expected) = (record.len(), columns.len());
                    read.losses.push(unreadable(
                        line as u64,
                        &format!("{n} cellules pour {expected} colonnes"),
                    ));
                } else if record.iter().any(|it| !it.trim().is_empty()) {
                    read.sheets.push((line, sheet(engine, &columns, &record)));
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                read.losses.push(unreadable(line, &error.to_string()));
            }
        }
    }
    if let Some(line) = unclosed_quote(source, delimiter) {
        // The last row is what the quote made of everything after it.
        read.sheets.pop_if(|(at, _)| *at <= line);
        read.losses.push(unreadable(
            line as u64,
            "un guillemet y est ouvert et jamais fermé ; ni elle ni les suivantes ne sont lues",
        ));
    }
    read
}

fn unreadable(line: u64, why: &str) -> Loss {
    Loss {
        code: "IX0003",
        place: format!("line {line}"),
        message: format!("cette ligne n’est pas du CSV lisible : {why}"),
    }
}

/// The line on which a quote is opened that nothing closes. The reader takes the rest of the text for one cell then,
/// and says nothing.
fn unclosed_quote(source: &str, delimiter: u8) -> Option<usize> {
    let mut opened = None;
    let mut line = 1;
    let mut at_start = true;
    let mut bytes = source.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            if opened.is_none() {
                opened = at_start.then_some(line);
            } else if bytes.next_if_eq(&b'"').is_none() {
                // Two in a row stand for one; this one closes.
                opened = None;
            }
        }
        line += usize::from(byte == b'\n');
        at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    opened
}

/// The cells of one several-answers question.
#[derive(Default)]
struct Several {
    slot: u32,
    /// Choices made, each with its rank (or its place in the list).
    chosen: Vec<(usize, u16)>,
    /// What stands there instead of ticks.
    other: Option<Value>,
}

fn sheet(engine: &Engine, columns: &[Option<&Column>], record: &csv::StringRecord) -> Sheet {
    let instrument = &engine.instrument;
    let mut meta = Meta::default();
    let mut answers = Map::new();
    let mut several: Vec<Several> = Vec::new();
    let mut units = Vec::new();
    for (column, cell) in columns.iter().zip(record) {
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
