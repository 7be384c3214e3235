//! What holds for every tally.

use std::collections::BTreeMap;

use proptest::prelude::*;
use questionnaire::Sheet;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use tally::{Base, Figures, Options, Table, Tally, apply, delta};

use crate::naive::{self, Recount};
use crate::support::{EVERY_KIND, plan, tally};

fn missing() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({"$missing": "dont_know"})),
        Just(json!({"$missing": "refused"})),
        Just(Value::Null),
    ]
}

fn code(codes: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop_oneof![4 => proptest::sample::select(codes).prop_map(Value::from), 1 => missing()].boxed()
}

fn codes(codes: &'static [&'static str]) -> BoxedStrategy<Value> {
    let some = proptest::sample::subsequence(codes, 0..=codes.len());
    prop_oneof![4 => some.prop_map(|it| json!(it)), 1 => missing()].boxed()
}

fn number() -> BoxedStrategy<Value> {
    prop_oneof![4 => (0_u32..60).prop_map(|it| json!(f64::from(it) / 10.0)), 1 => missing()].boxed()
}

fn scheme(key: &'static str) -> impl Strategy<Value = Value> {
    (number(), code(&["ville", "etat"]))
        .prop_map(move |(etp, pilote)| json!({"demarche": key, "etp": etp, "pilote": pilote}))
}

/// A sheet of the questionnaire with every kind; what is off path stays in it.
pub(crate) fn sheet() -> impl Strategy<Value = Sheet> {
    let first = (
        code(&["oui", "oui", "non", "autre", "nsp"]),
        number(),
        codes(&["sante", "jeunes", "aucun"]),
        number(),
        code(&["1", "2", "3", "nsp"]),
        code(&["souvent", "jamais"]),
        code(&["souvent", "jamais"]),
        Just(vec!["a", "b", "c"]).prop_shuffle(),
    );
    let second = (
        proptest::option::of("[a-d]{1,2}"),
        proptest::option::of(any::<bool>()),
        (1_i8..29).prop_map(|day| format!("2026-03-{day:02}")),
        codes(&["cls", "asv"]),
        scheme("cls"),
        scheme("asv"),
        proptest::option::of(proptest::sample::select(&["profil", "details", "fin"][..])),
    );
    (first, second, 0_usize..4).prop_map(|(first, second, ranked)| {
        let (presence, qpv, themes, budget, avis, ars, ville, ordre) = first;
        let (mots, accord, jour, demarches, cls, asv, reached) = second;
        let chosen = |key: &str| {
            demarches
                .as_array()
                .is_some_and(|it| it.contains(&json!(key)))
        };
        let units = [("cls", cls), ("asv", asv)]
            .into_iter()
            .filter(|(key, _)| chosen(key));
        let units: Vec<Value> = units.map(|(_, unit)| unit).collect();
        let answers = json!({
            "presence": presence, "presence.autre": "ailleurs", "qpv": qpv, "themes": themes,
            "budget": budget, "avis": avis, "grille": {"ars": ars, "ville": ville},
            "ordre": &ordre[..ranked], "mots": mots, "accord": accord, "jour": jour,
            "demarches": demarches, "par_demarche": units,
        });
        let meta = reached.map_or(json!({}), |page| json!({"reached": page}));
        let sheet = json!({"meta": meta, "answers": answers});
        serde_json::from_value(sheet).expect("a sheet")
    })
}

fn texts() -> Options {
    Options {
        max_texts: usize::MAX,
        ..Options::default()
    }
}

/// A table in the words of the recount.
fn as_recount(table: &Table) -> Recount {
    let Figures {
        base,
        rows,
        nets,
        texts,
        ..
    } = &table.figures;
    let states = [
        ("answered", base.answered()),
        ("dont_know", base.dont_know()),
        ("refused", base.refused()),
        ("no_answer", base.no_answer()),
        ("not_asked", base.not_asked()),
        ("not_reached", base.not_reached()),
    ];
    let counts = |pairs: &mut dyn Iterator<Item = (String, u64)>| -> BTreeMap<String, u64> {
        pairs.filter(|(_, n)| *n > 0).collect()
    };
    Recount {
        states: counts(&mut states.iter().map(|(state, n)| ((*state).to_owned(), *n))),
        codes: counts(&mut rows.iter().map(|row| (row.code.clone(), row.n))),
        nets: counts(&mut nets.iter().map(|net| (net.id.clone(), net.n))),
        numbers: Vec::new(),
        texts: texts
            .iter()
            .filter(|it| it.code.is_none())
            .flat_map(|it| it.texts.iter().map(|it| (it.text.clone(), it.n)))
            .collect(),
    }
}

/// The identities of the base chain, and percentages that follow from it.
fn is_sound(figures: &Figures) -> Result<(), TestCaseError> {
    let base = &figures.base;
    prop_assert_eq!(base.responses(), base.eligible() + base.not_asked());
    prop_assert_eq!(base.eligible(), base.asked() + base.not_reached());
    let without = base.dont_know() + base.refused() + base.no_answer();
    prop_assert_eq!(base.asked(), base.answered() + without);
    for row in &figures.rows {
        prop_assert!(row.n <= base.asked());
        prop_assert_eq!(row.pct_asked.is_none(), base.asked() == 0);
        prop_assert_eq!(
            row.pct_answered.is_none(),
            base.answered() == 0 || row.missing.is_some()
        );
        if let Some(percent) = row.pct_asked {
            prop_assert_eq!(percent, 100.0 * row.n as f64 / base.asked() as f64);
        }
        if let Some(percent) = row.pct_answered {
            prop_assert_eq!(percent, 100.0 * row.n as f64 / base.answered() as f64);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_tally_is_what_a_naive_recount_says(sheets in proptest::collection::vec(sheet(), 0..25)) {
        let engine = &*EVERY_KIND;
        let recounts = naive::recount(engine, &sheets);
        let tables = tally(engine, texts(), &sheets).tables("fr");
        for table in &tables {
            is_sound(&table.figures)?;
            if table.item == "double" {
                continue; // has no slot; see `options`
            }
            let mut recount = recounts.get(&table.item).map_or_else(Recount::default, |it| {
                Recount { states: it.states.clone(), codes: it.codes.clone(), nets: it.nets.clone(),
                    numbers: it.numbers.clone(), texts: it.texts.clone() }
            });
            let numbers = std::mem::take(&mut recount.numbers);
            prop_assert_eq!(as_recount(table), recount, "{}", &table.item);
            let id = table.item.rsplit('.').next().unwrap_or_default();
            if engine.instrument.item(id).is_some_and(naive::is_number) {
                let mut numbers: Vec<Decimal> =
                    numbers.iter().map(|it| it.parse().expect("a decimal")).collect();
                numbers.sort();
                let stats = table.figures.stats.as_ref().expect("quantities have stats");
                prop_assert_eq!(stats.n, numbers.len() as u64);
                prop_assert_eq!(stats.min, numbers.first().copied());
                prop_assert_eq!(stats.max, numbers.last().copied());
                let sum = (!numbers.is_empty()).then(|| numbers.iter().sum::<Decimal>());
                prop_assert_eq!(stats.sum, sum);
                prop_assert!(table.figures.rows.is_empty());
            }
        }
        // Every slot is in a table, and no table counts anything that has no slot.
        for item in recounts.keys() {
            prop_assert!(tables.iter().any(|table| table.item == *item), "{}", item);
        }
    }

    #[test]
    fn whatever_the_order_and_whatever_was_taken_back_the_tally_is_the_same(
        kept in proptest::collection::vec(sheet(), 0..12),
        withdrawn in proptest::collection::vec(sheet(), 0..6),
    ) {
        let engine = &*EVERY_KIND;
        let options = || Options { by: Some("presence".to_owned()), ..texts() };
        let expected = tally(engine, options(), &kept);

        let mut other = Tally::new(plan(engine, options()));
        withdrawn.iter().for_each(|it| other.add(&engine.load(it).evaluation));
        kept.iter().rev().for_each(|it| other.add(&engine.load(it).evaluation));
        withdrawn.iter().for_each(|it| other.remove(&engine.load(it).evaluation));
        prop_assert_eq!(&other, &expected);

        let (left, right) = kept.split_at(kept.len() / 2);
        let mut merged = tally(engine, options(), left);
        prop_assert_eq!(merged.merge(&tally(engine, options(), right)), Ok(()));
        prop_assert_eq!(&merged, &expected);
        prop_assert_eq!(merged.tables("fr"), expected.tables("fr"));
    }

    #[test]
    fn applying_a_delta_gives_the_new_tables(
        before in proptest::collection::vec(sheet(), 0..6),
        after in proptest::collection::vec(sheet(), 0..6),
    ) {
        let engine = &*EVERY_KIND;
        let old = tally(engine, texts(), &before).tables("fr");
        let new = tally(engine, texts(), &after).tables("fr");
        let changed = delta(&old, &new);
        for table in &changed {
            prop_assert!(!old.contains(table), "{} has not changed", &table.item);
        }
        prop_assert_eq!(apply(old, changed), new);
    }

    #[test]
    fn columns_split_those_who_answered_the_question_of_the_columns(
        sheets in proptest::collection::vec(sheet(), 0..15),
    ) {
        let engine = &*EVERY_KIND;
        let by = Options { by: Some("presence".to_owned()), ..Options::default() };
        let tables = tally(engine, by, &sheets).tables("fr");
        let presence = &tables[0];
        for table in &tables {
            let columns = table.columns.as_ref().expect("columns were asked for");
            let codes: Vec<&str> = columns.iter().map(|it| it.code.as_str()).collect();
            prop_assert_eq!(codes, ["oui", "non", "autre", "nsp"]);
            for (at, column) in columns.iter().enumerate() {
                is_sound(&column.figures)?;
                // A column is the tally of those who gave its answer.
                let gave = |sheet: &&Sheet| {
                    let recount = naive::recount(engine, &[(*sheet).clone()]);
                    recount["presence"].codes.contains_key(&column.code)
                };
                let own: Vec<Sheet> = sheets.iter().filter(gave).cloned().collect();
                let own = tally(engine, Options::default(), &own).tables("fr");
                let own = own.into_iter().find(|it| it.item == table.item).expect("the same table");
                prop_assert_eq!(&column.figures, &own.figures);
                if table.unit == presence.unit {
                    prop_assert_eq!(column.figures.base.responses(), presence.figures.rows[at].n);
                }
            }
        }
    }

    #[test]
    fn tables_survive_being_written_and_read(sheets in proptest::collection::vec(sheet(), 0..8)) {
        let by = Options { by: Some("presence".to_owned()), ..texts() };
        let tables = tally(&EVERY_KIND, by, &sheets).tables("en");
        // A mean may have more digits than a JSON number carries; once written, nothing changes.
        let once: Vec<Table> = reread(&tables);
        prop_assert_eq!(&reread(&once), &once);
        for (written, table) in once.iter().zip(&tables) {
            prop_assert_eq!(&written.figures.rows, &table.figures.rows);
            prop_assert_eq!(&written.figures.base, &table.figures.base);
        }
    }
}

/// Without `float_roundtrip`, some come back as the double beside it.
#[test]
fn percentages_are_read_as_they_were_written() {
    for base in 1_u32..200 {
        for n in 0..=base {
            let percent = 100.0 * f64::from(n) / f64::from(base);
            let text = json!({"code": "oui", "label": "Oui", "n": n, "pct_asked": percent, "pct_answered": percent});
            let row: tally::Row = serde_json::from_str(&text.to_string()).expect("a row");
            assert_eq!(row.pct_asked, Some(percent), "{n} of {base}");
        }
    }
}

fn reread(tables: &[Table]) -> Vec<Table> {
    let json = serde_json::to_string(tables).expect("tables are JSON");
    serde_json::from_str(&json).expect("and can be read back")
}

#[test]
fn a_base_whose_parts_do_not_add_up_is_refused() {
    let mut chain: Map<String, Value> = Map::new();
    for part in [
        "responses",
        "eligible",
        "asked",
        "answered",
        "dont_know",
        "refused",
        "no_answer",
        "not_asked",
        "not_reached",
    ] {
        chain.insert(part.to_owned(), json!(0));
    }
    assert!(serde_json::from_value::<Base>(Value::Object(chain.clone())).is_ok());
    chain.insert("asked".to_owned(), json!(1));
    assert!(serde_json::from_value::<Base>(Value::Object(chain)).is_err());
}
