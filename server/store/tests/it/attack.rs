//! How somebody who holds a database would try to tell whose answers are whose.

use crate::linkage::Truth;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(crate) async fn column(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        .collect()
}

/// A key as hexadecimal text.
pub(crate) fn key(db: &DatabaseConnection, column: &str) -> String {
    match db.get_database_backend() {
        DbBackend::Sqlite => format!("lower(hex({column}))"),
        _ => format!("replace({column}::text, '-', '')"),
    }
}

/// How many responses are found by matching two orders of rows.
pub(crate) fn hits_by_order(units: &[String], responses: &[String], truth: &Truth) -> usize {
    let guesses = units.iter().filter(|unit| truth.contains_key(*unit));
    guesses
        .zip(responses)
        .filter(|(unit, response)| truth[*unit] == **response)
        .count()
}

/// How far from chance the orders of two tables go together, in standard deviations (Spearman).
pub(crate) fn deviation(units: &[String], responses: &[String], truth: &Truth) -> f64 {
    let place: BTreeMap<&String, f64> = responses.iter().zip((0..).map(f64::from)).collect();
    let units: Vec<&String> = units
        .iter()
        .filter(|unit| truth.contains_key(*unit))
        .collect();
    let n = f64::from(u32::try_from(units.len()).unwrap());
    let squares: f64 = units
        .iter()
        .zip((0..).map(f64::from))
        .map(|(unit, at)| (at - place[&truth[*unit]]).powi(2))
        .sum();
    let rho = 1.0 - 6.0 * squares / (n * (n * n - 1.0));
    rho * (n - 1.0).sqrt()
}

/// The rows of every table, each as its values.
pub(crate) async fn rows_of_all_tables(db: &DatabaseConnection) -> Vec<Vec<String>> {
    let tables = column(
        db,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .await;
    let mut all = Vec::new();
    for table in tables {
        let names = column(
            db,
            &format!("SELECT name FROM pragma_table_info('{table}')"),
        )
        .await;
        let values = names.iter().map(|name| {
            format!(
                "CASE typeof(\"{name}\") WHEN 'blob' THEN lower(hex(\"{name}\")) \
                 ELSE coalesce(CAST(\"{name}\" AS TEXT), '') END"
            )
        });
        let joined = values.collect::<Vec<_>>().join(" || char(31) || ");
        let rows = column(db, &format!("SELECT {joined} FROM \"{table}\"")).await;
        all.extend(rows.iter().map(|row| {
            let values = row.split('\u{1f}');
            values.map(str::to_owned).collect::<Vec<_>>()
        }));
    }
    all
}

/// How many responses are found by going from row to row along values that stand in few of them.
pub(crate) fn hits_by_value(rows: &[Vec<String>], truth: &Truth) -> usize {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        for value in row.iter().filter(|value| value.len() > 8) {
            places.entry(value).or_default().push(at);
        }
    }
    let finds = |unit: &str, response: &str| {
        let mut seen = BTreeSet::from([unit]);
        let mut to_follow = vec![unit];
        while let Some(value) = to_follow.pop() {
            let rows_of_value = places.get(value).map_or(&[][..], Vec::as_slice);
            // What stands everywhere (the wave, a day) tells nobody apart.
            if rows_of_value.len() > 8 {
                continue;
            }
            for value in rows_of_value.iter().flat_map(|at| &rows[*at]) {
                if value.len() > 8 && seen.insert(value) {
                    to_follow.push(value);
                }
            }
        }
        seen.contains(response)
    };
    truth
        .iter()
        .filter(|(unit, response)| finds(unit, response))
        .count()
}

/// Keys in the order in which they last stand in the file.
pub(crate) fn by_offset(file: &[u8], keys: &[String]) -> Vec<String> {
    let last = |key: &String| {
        let bytes: Vec<u8> = (0..key.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&key[at..at + 2], 16).unwrap())
            .collect();
        file.windows(bytes.len())
            .rposition(|window| window == bytes)
    };
    let mut placed: Vec<(Option<usize>, String)> =
        keys.iter().map(|key| (last(key), key.clone())).collect();
    placed.sort();
    placed.into_iter().map(|(_, key)| key).collect()
}

/// How many responses are found by looking at the database after each commit that the log holds: what
/// changed at once, or one after the other, belongs together.
pub(crate) async fn hits_by_log(folder: &Path, file: &[u8], log: &[u8], truth: &Truth) -> usize {
    const HEADER: usize = 32;
    let page = usize::try_from(u32::from_be_bytes(file[16..20].try_into().unwrap()) >> 16).unwrap();
    let mut hits = 0;
    let mut before: Option<(BTreeSet<String>, BTreeSet<String>)> = None;
    let mut last_person: Option<String> = None;
    let frames = log
        .get(HEADER..)
        .unwrap_or_default()
        .chunks_exact(24 + page);
    let commits = frames
        .enumerate()
        .filter(|(_, frame)| frame[4..8] != [0; 4]);
    for (n, _) in commits {
        let copy = folder.join(format!("copy{n}.db"));
        std::fs::write(&copy, file).unwrap();
        let upto = HEADER + (n + 1) * (24 + page);
        std::fs::write(format!("{}-wal", copy.display()), &log[..upto]).unwrap();
        let db = Database::connect(format!("sqlite://{}", copy.display()))
            .await
            .unwrap();
        let touched = "SELECT lower(hex(id)) || opened || began || answered FROM sample_unit";
        let touched: BTreeSet<String> = column(&db, touched).await.into_iter().collect();
        let answers = "SELECT lower(hex(id)) FROM response UNION SELECT sheet FROM draft";
        let answers: BTreeSet<String> = column(&db, answers).await.into_iter().collect();
        db.close().await.unwrap();
        if let Some((units, responses)) = &before {
            if let Some(unit) = touched.difference(units).next() {
                last_person = Some(unit[..32].to_owned());
            }
            let new = answers.difference(responses);
            let found = new.filter(|it| {
                last_person
                    .as_ref()
                    .is_some_and(|unit| truth.get(unit) == Some(it))
            });
            hits += found.count();
        }
        before = Some((touched, answers));
    }
    hits
}
