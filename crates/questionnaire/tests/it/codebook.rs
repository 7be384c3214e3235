//! The codebook says of every variable what its values mean and who has one.

use std::collections::BTreeSet;

use expect_test::{expect, expect_file};
use questionnaire::codebook::Variable;
use questionnaire::instrument::Kind;
use questionnaire::{codebook, document};

use crate::judge::{engine, items};
use crate::qpv_cls;

#[test]
fn the_codebook_of_the_survey_on_qpv() {
    let codebook = codebook(&qpv_cls::engine(), "fr");
    let json = serde_json::to_value(&codebook).unwrap();
    // The version is the hash of the file, which has tests of its own.
    let json = json
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, _)| *key != "version");
    let json: serde_json::Map<_, _> = json.map(|(key, it)| (key.clone(), it.clone())).collect();
    expect_file!["golden/codebook.qpv-cls.fr.json"]
        .assert_eq(&format!("{:#}\n", serde_json::Value::from(json)));
}

fn line(it: &Variable) -> String {
    let universe = it.universe.condition.as_deref().unwrap_or("everybody");
    let codes: Vec<&str> = it.codes.iter().map(|it| it.code.as_str()).collect();
    format!("{} {} {} [{}]", it.id, it.kind, universe, codes.join(" "))
}

#[test]
fn rows_units_and_texts_beside_choices_are_variables() {
    let engine = engine(
        "
id: essai
title: Essai
fills: [{id: ici, cases: [{when: m has 'a', text: A}], fallback: ce territoire}]
blocks:
- id: b
  filter: n > 0
  pages:
  - id: p
    filter: n > 1
    items:
    - {id: s, kind: statement, label: S}
    - {id: c, kind: contact, label: C}
    - id: m
      kind: multiple
      label: 'Dans {ici}, {n|tant} ?'
      filter: n > 2
      choices: [{code: a, label: A, filter: n > 3}, {code: autre, label: Autre, specify: {required: true}}]
    - id: g
      kind: grid
      label: G
      cells: quantity
      min: 0.50
      decimals: 1
      rows: [{code: r, label: R, filter: n > 4}, {code: t, label: T}]
    - id: r
      kind: roster
      label: R
      key: unite
      over: m
      filter: n > 5
      items:
      - {id: x, kind: date, label: X, filter: n > 6, earliest: 2026-03-12}
      - {id: v, kind: computed, value: x + 1}
- id: b2
  pages:
  - {id: p2, items: [{id: n, kind: quantity, label: N}]}
",
    );
    let codebook = codebook(&engine, "fr");
    let lines: Vec<_> = codebook.variables.iter().map(line).collect();
    expect![[r#"
        m multiple (n > 0) and (n > 1) and (n > 2) [a autre]
        m.autre text (n > 0) and (n > 1) and (n > 2) []
        g[r] quantity (n > 0) and (n > 1) and (n > 4) []
        g[t] quantity (n > 0) and (n > 1) []
        r.x date (n > 0) and (n > 1) and (n > 5) and (n > 6) []
        r.v computed (n > 0) and (n > 1) and (n > 5) []
        n quantity everybody []"#]]
    .assert_eq(&lines.join("\n"));
    let of = |id: &str| codebook.variables.iter().find(|it| it.id == id).unwrap();
    assert_eq!(of("m").label, "Dans ce territoire, tant ?");
    assert_eq!(of("m").codes[0].filter.as_deref(), Some("n > 3"));
    assert!(of("m.autre").required);
    assert_eq!(
        (of("g[r]").bounds.min.as_deref(), of("g[r]").bounds.decimals),
        (Some("0.5"), Some(1))
    );
    assert_eq!(of("g[r]").part.as_deref(), Some("R"));
    let roster = of("r.x").roster.as_ref().unwrap();
    assert_eq!(
        (
            roster.id.as_str(),
            roster.key.as_str(),
            roster.over.as_deref()
        ),
        ("r", "unite", Some("m"))
    );
    assert_eq!(of("r.x").bounds.min.as_deref(), Some("2026-03-12"));
    assert_eq!(of("r.v").expression.as_deref(), Some("x + 1"));
}

#[test]
fn what_a_choice_means_already_is_not_offered_beside_it() {
    let engine = items(
        "- {id: a, kind: single, label: A, offers: [dont_know, refused], choices: [{code: oui, label: Oui}, {code: nsp, label: NSP, missing: dont_know}]}",
    );
    let codebook = codebook(&engine, "fr");
    assert_eq!(
        serde_json::to_value(&codebook.variables[0].offers).unwrap(),
        serde_json::json!(["refused"])
    );
    assert_eq!(
        serde_json::to_value(codebook.variables[0].codes[1].missing).unwrap(),
        "dont_know"
    );
}

/// Every slot has its variable, and every variable is there once.
#[test]
fn every_slot_has_its_variable() {
    for seed in 0..200 {
        let engine = testkit::case(seed).engine();
        let codebook = codebook(&engine, "fr");
        let ids: BTreeSet<&str> = codebook.variables.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids.len(), codebook.variables.len(), "seed {seed}");
        for slot in engine.layout.slots() {
            let item = &engine.instrument.items[slot.item as usize];
            let mut id = item.id.clone();
            if let Some(roster) = item.roster {
                let roster = engine.instrument.rosters[roster as usize].item;
                id = format!("{}.{id}", engine.instrument.items[roster as usize].id);
            }
            if let (Kind::Grid { rows, .. }, Some(row)) = (&item.kind, slot.row) {
                id = format!("{id}[{}]", rows[usize::from(row)].code);
            }
            assert!(ids.contains(id.as_str()), "{id} of seed {seed}");
        }
    }
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published = include_str!("../../../../schemas/questionnaire.schema.json");
    let published: serde_json::Value = serde_json::from_str(published).unwrap();
    assert_eq!(
        published,
        document::json_schema(),
        "run `cargo xtask codegen`"
    );
}
