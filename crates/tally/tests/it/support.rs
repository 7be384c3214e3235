//! Engines and sheets that the tests share.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use questionnaire::{Engine, Sheet};
use serde_json::Value;
use tally::{Options, Plan, Table, Tally};

/// A questionnaire with every kind of item.
pub(crate) static EVERY_KIND: LazyLock<Engine> =
    LazyLock::new(|| engine(include_str!("every_kind.yaml")));

/// The built-in survey on QPV in local health contracts.
pub(crate) static QPV_CLS: LazyLock<Engine> =
    LazyLock::new(|| engine(&read("questionnaires/qpv-cls/questionnaire.yaml")));

pub(crate) fn engine(source: &str) -> Engine {
    let checked = questionnaire::check(source);
    checked
        .engine
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

/// A file of the repository.
pub(crate) fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn sheets(lines: &str) -> Vec<Sheet> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a sheet"))
        .collect()
}

pub(crate) fn sheet(answers: &Value) -> Sheet {
    Sheet {
        answers: answers.as_object().expect("answers").clone(),
        ..Sheet::default()
    }
}

pub(crate) fn plan(engine: &Engine, options: Options) -> Arc<Plan> {
    Arc::new(Plan::new(engine, options).unwrap_or_else(|error| panic!("{error}")))
}

/// The tables of some sheets, by whatever the options say.
pub(crate) fn tally(engine: &Engine, options: Options, sheets: &[Sheet]) -> Tally {
    let mut tally = Tally::new(plan(engine, options));
    for sheet in sheets {
        tally.add(&engine.load(sheet).evaluation);
    }
    tally
}

#[track_caller]
pub(crate) fn table<'t>(tables: &'t [Table], item: &str) -> &'t Table {
    tables
        .iter()
        .find(|table| table.item == item)
        .unwrap_or_else(|| panic!("no table {item}"))
}
