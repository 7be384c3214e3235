//! Random answer sheets and events: valid, invalid, off path, with keys that nobody knows.

use questionnaire::session::{Event, Go};
use questionnaire::{Meta, Sheet};
use serde_json::{Map, Value, json};

use crate::spec::{Cells, Kind, List, Spec, unit_keys};
use crate::survey::Survey;
use crate::tape::Tape;

impl Survey {
    /// A sheet of nothing but answers that fit their items, on path or not.
    pub(crate) fn plausible(&self, tape: &mut Tape) -> Sheet {
        self.sheet_of(tape, false)
    }

    /// A sheet with anything in it.
    pub(crate) fn sheet(&self, tape: &mut Tape) -> Sheet {
        let mut sheet = self.sheet_of(tape, true);
        if tape.chance(15) {
            let keys = [
                "inconnu", "i0.c0", "i0[r0]", "i1[1].m2", "", "$missing", "i0.c0.c1",
            ];
            let key = tape.pick(&keys).copied().unwrap_or_default().to_owned();
            sheet.answers.insert(key, anything(tape));
        }
        sheet.meta.id = Some("essai".to_owned());
        if tape.chance(30) {
            let page = tape.below(self.n_pages + 1);
            sheet.meta.reached = Some(format!("p{page}"));
        }
        sheet
    }

    fn sheet_of(&self, tape: &mut Tape, strange: bool) -> Sheet {
        let mut answers = Map::new();
        for (at, spec) in self
            .specs
            .iter()
            .enumerate()
            .filter(|(_, it)| it.roster.is_none())
        {
            if !tape.chance(85) {
                continue;
            }
            if let Kind::Roster { key, .. } = &spec.kind {
                let units = self.units(tape, at, key, strange);
                answers.insert(spec.id.clone(), units);
            } else {
                self.answer(tape, spec, &spec.id, strange, &mut answers);
            }
        }
        Sheet {
            meta: Meta::default(),
            answers,
        }
    }

    fn units(&self, tape: &mut Tape, roster: usize, key: &str, strange: bool) -> Value {
        if strange && tape.chance(5) {
            return anything(tape);
        }
        let Kind::Roster { units, .. } = &self.specs[roster].kind else {
            return Value::Null;
        };
        let keys = unit_keys(&self.specs, units);
        let mut entries = Vec::new();
        for unit in &keys {
            if !tape.chance(60) {
                continue;
            }
            let mut entry = Map::new();
            entry.insert(key.to_owned(), Value::from(unit.as_str()));
            for spec in self.specs.iter().filter(|it| it.roster == Some(roster)) {
                if tape.chance(80) {
                    self.answer(tape, spec, &spec.id, strange, &mut entry);
                }
            }
            entries.push(Value::Object(entry));
        }
        if strange && tape.chance(10) {
            let unit = tape.pick(&["99", "zz", "c0"]).copied().unwrap_or("99");
            entries.push(json!({ key: unit }));
        }
        Value::Array(entries)
    }

    fn answer(
        &self,
        tape: &mut Tape,
        spec: &Spec,
        id: &str,
        strange: bool,
        into: &mut Map<String, Value>,
    ) {
        if !spec.is_question() && !strange {
            return;
        }
        let value = match &spec.kind {
            Kind::Grid { rows, .. } if tape.chance(95) => {
                let mut object = Map::new();
                for row in rows {
                    if tape.chance(85) {
                        object.insert(row.clone(), one(tape, spec, strange));
                    }
                }
                if strange && tape.chance(5) {
                    object.insert("zz".to_owned(), anything(tape));
                }
                Value::Object(object)
            }
            Kind::Statement | Kind::Contact | Kind::Computed { .. } if tape.chance(90) => return,
            _ => one(tape, spec, strange),
        };
        into.insert(id.to_owned(), value);
        for choice in spec.list.choices.iter().filter(|it| it.specify.is_some()) {
            let key = match &spec.kind {
                Kind::Grid { rows, .. } => match tape.pick(rows) {
                    Some(row) => format!("{id}[{row}].{}", choice.code),
                    None => continue,
                },
                _ => format!("{id}.{}", choice.code),
            };
            if tape.chance(60) {
                into.insert(key, text(tape));
            }
        }
    }

    /// What respondents do, one after the other.
    pub(crate) fn events(&self, tape: &mut Tape) -> Vec<Event> {
        (0..tape.below(6)).map(|_| self.event(tape)).collect()
    }

    fn event(&self, tape: &mut Tape) -> Event {
        let mut answers = Vec::new();
        for _ in 0..tape.below(5) {
            answers.push(self.posted(tape));
        }
        let rosters: Vec<(usize, &Spec)> = (self.specs.iter().enumerate())
            .filter(|(_, it)| matches!(it.kind, Kind::Roster { .. }))
            .collect();
        let roster = tape.pick(&rosters).map(|(_, it)| it.id.clone());
        let go = match (tape.below(8), roster) {
            (5, _) => Go::Back,
            (4, _) => Go::Save,
            (6, Some(roster)) => Go::Add { roster },
            (7, Some(roster)) => Go::Remove {
                roster,
                unit: (1 + tape.below(3)).to_string(),
            },
            _ => Go::Next,
        };
        let shown = self
            .specs
            .iter()
            .filter(|_| tape.chance(50))
            .map(|it| it.id.clone());
        let shown = shown.collect();
        let confirmed = self.specs.iter().filter(|_| tape.chance(20));
        let confirmed = confirmed.map(|it| format!("{} check:k0", it.id)).collect();
        Event {
            page: format!("p{}", tape.below(self.n_pages)),
            answers,
            shown,
            confirmed,
            go,
        }
    }

    /// A slot key with a value for it.
    pub(crate) fn posted(&self, tape: &mut Tape) -> (String, Value) {
        let Some(spec) = tape.pick(&self.specs) else {
            return (String::new(), Value::Null);
        };
        let base = match spec.roster {
            None => spec.id.clone(),
            Some(roster) => {
                let keys = match &self.specs[roster].kind {
                    Kind::Roster { units, .. } => unit_keys(&self.specs, units),
                    _ => Vec::new(),
                };
                let unit = tape.pick(&keys).cloned().unwrap_or_default();
                format!("{}[{unit}].{}", self.specs[roster].id, spec.id)
            }
        };
        let key = match &spec.kind {
            Kind::Grid { rows, .. } => {
                let row = tape.pick(rows).cloned().unwrap_or_default();
                format!("{base}[{row}]")
            }
            _ => base,
        };
        match tape.pick(&spec.list.choices) {
            Some(choice) if choice.specify.is_some() && tape.chance(40) => {
                (format!("{key}.{}", choice.code), text(tape))
            }
            _ => (key, one(tape, spec, true)),
        }
    }
}

/// A value for one slot of an item.
fn one(tape: &mut Tape, spec: &Spec, strange: bool) -> Value {
    match tape.below(20) {
        17 => return json!({ "$missing": "refused" }),
        18 => return json!({ "$missing": "dont_know" }),
        19 if strange => return anything(tape),
        16 if strange => return Value::Null,
        _ => {}
    }
    match &spec.kind {
        Kind::Single | Kind::Scale | Kind::Territory { .. } => code(tape, &spec.list),
        Kind::Multiple => codes(tape, &spec.list, false),
        Kind::Rank => codes(tape, &spec.list, true),
        Kind::Grid { cells, .. } => match cells {
            Cells::Single => code(tape, &spec.list),
            Cells::Multiple => codes(tape, &spec.list, false),
            Cells::Quantity => number(tape),
        },
        Kind::Quantity { .. } | Kind::Money => number(tape),
        Kind::Text => text(tape),
        Kind::Date => {
            let all = [
                "2026-03-12",
                "2024-02-29",
                "2019-12-31",
                "2026-02-30",
                "12/03/2026",
            ];
            let n = if strange { all.len() } else { 3 };
            json!(tape.pick(&all[..n]))
        }
        Kind::Consent => tape.chance(50).into(),
        Kind::Statement | Kind::Contact | Kind::Computed { .. } | Kind::Roster { .. } => text(tape),
    }
}

fn code(tape: &mut Tape, list: &List) -> Value {
    json!(tape.pick(&list.choices).map(|it| &it.code))
}

fn codes(tape: &mut Tape, list: &List, in_any_order: bool) -> Value {
    let mut chosen: Vec<&str> = Vec::new();
    for choice in &list.choices {
        if tape.chance(45) {
            let at = if in_any_order {
                tape.below(chosen.len() + 1)
            } else {
                chosen.len()
            };
            chosen.insert(at, &choice.code);
        }
    }
    json!(chosen)
}

fn number(tape: &mut Tape) -> Value {
    let all = [
        "1", "0", "2", "3", "0.5", "-1", "1.25", "2.5", "1000000", "0.1",
    ];
    let word = tape.pick(&all).copied().unwrap_or("1");
    serde_json::from_str(word).unwrap_or(Value::Null)
}

fn text(tape: &mut Tape) -> Value {
    let all = [
        "a",
        "été",
        "",
        "it's",
        "  ",
        "plus de cinq caractères",
        "{i0} <b>",
    ];
    json!(tape.pick(&all))
}

/// Any JSON value.
fn anything(tape: &mut Tape) -> Value {
    let all = [
        "null",
        "true",
        "17",
        "-0.0",
        "1e300",
        "18446744073709551615",
        "0.1000000000000000055",
        "\"c0\"",
        "\"zz\"",
        "\"\"",
        "[]",
        "[\"c0\", \"c0\"]",
        "[\"c0\", \"zz\"]",
        "[1, [2]]",
        "{}",
        "{\"$missing\": \"refused\"}",
        "{\"$missing\": \"away\"}",
        "{\"r0\": {\"r0\": 1}}",
        "[{\"u1\": \"1\"}]",
        "[{}]",
    ];
    let word = tape.pick(&all).copied().unwrap_or("null");
    serde_json::from_str(word).unwrap_or(Value::Null)
}
