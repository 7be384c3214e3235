//! Computed codes are counted like chosen ones.

use serde_json::json;
use tally::{Options, charts};

use crate::support::{engine, sheet, table, tally};

const BANDS: &str = "
id: bandes
title: Bandes
languages: [fr, en]
nets: [{id: moins_de_20, item: bande, label: {fr: Moins de 20, en: Under 20}, choices: [moins_10, de_10_a_19]}]
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: n, kind: quantity, label: {fr: N, en: N}, offers: [dont_know]}
    - {id: groupe, kind: single, label: {fr: G, en: G}, choices: [{code: a, label: {fr: A, en: A}}, {code: b, label: {fr: B, en: B}}]}
    - id: bande
      kind: computed
      label: {fr: Bande, en: Band}
      value: case(n < 10, 'moins_10', n < 20, 'de_10_a_19', n < 30, 'de_20_a_29')
      choices:
      - {code: moins_10, label: {fr: Moins de 10, en: Under 10}}
      - {code: de_10_a_19, label: {fr: 10 à 19, en: 10 to 19}}
      - {code: de_20_a_29, label: {fr: 20 à 29, en: 20 to 29}}
      - {code: plus, label: {fr: 30 et plus, en: 30 and over}}
";

#[test]
fn every_code_has_its_row_and_its_label() {
    let engine = engine(BANDS);
    let sheets = [
        json!({ "n": 3, "groupe": "a" }),
        json!({ "n": 9, "groupe": "b" }),
        json!({ "n": 10, "groupe": "b" }),
        json!({ "n": 29 }),
        json!({ "n": 30 }),
        json!({ "n": { "$missing": "dont_know" } }),
        json!({}),
    ];
    let sheets = sheets.map(|it| sheet(&it));
    let tables = tally(&engine, Options::default(), &sheets).tables("en");
    let bande = table(&tables, "bande");
    let rows = bande.figures.rows.iter();
    let rows: Vec<_> = rows
        .map(|it| (it.code.as_str(), it.label.as_str(), it.n))
        .collect();
    assert_eq!(
        rows,
        [
            ("moins_10", "Under 10", 2),
            ("de_10_a_19", "10 to 19", 1),
            ("de_20_a_29", "20 to 29", 1),
            ("plus", "30 and over", 0),
        ]
    );
    // No case holds for 30, which says nothing else than an empty question.
    let base = &bande.figures.base;
    assert_eq!(
        (
            base.asked(),
            base.answered(),
            base.dont_know(),
            base.no_answer()
        ),
        (7, 4, 1, 2)
    );
    let net = &bande.figures.nets[0];
    assert_eq!((net.label.as_str(), net.n), ("Under 20", 3));
    assert_eq!(net.pct_answered, Some(75.0));

    // It splits other tables, and is split by them.
    let by = |item: &str| Options {
        by: Some(item.to_owned()),
        ..Options::default()
    };
    let tables = tally(&engine, by("bande"), &sheets).tables("fr");
    let columns = table(&tables, "groupe").columns.clone().expect("columns");
    let columns: Vec<_> = columns
        .iter()
        .map(|it| (it.label.as_str(), it.figures.base.answered()))
        .collect();
    assert_eq!(
        columns,
        [
            ("Moins de 10", 2),
            ("10 à 19", 1),
            ("20 à 29", 0),
            ("30 et plus", 0)
        ]
    );
    let tables = tally(&engine, by("groupe"), &sheets).tables("fr");
    let columns = table(&tables, "bande").columns.clone().expect("columns");
    assert_eq!(columns[1].figures.rows[0].n, 1);
    assert_eq!(columns[1].figures.nets[0].n, 2);

    let tables = tally(&engine, Options::default(), &sheets).tables("fr");
    let drawn = charts(table(&tables, "bande"), "fr");
    let labels = drawn[0].table().rows.into_iter().map(|it| it.0);
    let labels: Vec<_> = labels.collect();
    assert_eq!(
        labels,
        [
            "Moins de 10",
            "10 à 19",
            "20 à 29",
            "30 et plus",
            "Ne sait pas",
            "Sans réponse",
            "Moins de 20"
        ]
    );
}
