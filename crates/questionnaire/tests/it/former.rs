//! Former names: what goes on from what, and the older version under the newer one's names.

use questionnaire::{Engine, Keep, Lineage, Sheet};
use serde_json::json;

const OLD: &str = "
id: essai
title: Essai
lists: [{id: etats, choices: [{code: oui, label: Oui}, {code: projet, label: Projet}, {code: non, label: Non}]}]
blocks:
  - id: b
    pages:
      - id: p
        items:
          - {id: cls, kind: single, label: C, list: etats}
          - {id: themes, kind: multiple, label: T, choices: [{code: a, label: A}, {code: b, label: B, specify: {}}, {code: c, label: C}]}
          - {id: grille, kind: grid, label: G, list: etats, rows: [{code: l1, label: L1}, {code: l2, label: L2}]}
          - {id: etp, kind: quantity, label: E, filter: cls = 'projet'}
          - {id: actions, kind: roster, key: action, label: Actions, units: {max: 3, label: action}, items: [{id: nom, kind: text, label: Nom}]}
";

fn new() -> String {
    OLD.replace(
        "{code: projet, label: Projet}",
        "{code: en_projet, label: Projet, was: [projet]}",
    )
    .replace("'projet'", "'en_projet'")
    .replace("{id: cls, ", "{id: contrat, was: [cls, clsm], ")
    .replace("filter: cls", "filter: contrat")
    .replace(
        "{code: a, label: A}, {code: b, label: B, specify: {}}",
        "{code: ab, label: AB, was: [a, b], specify: {}}",
    )
    .replace(
        "{code: l1, label: L1}",
        "{code: ligne, label: L1, was: [l1]}",
    )
    .replace("{id: nom, ", "{id: intitule, was: [nom], ")
}

fn engine(source: &str) -> Engine {
    let checked = questionnaire::check(source);
    let found = checked.diagnostics;
    checked
        .engine
        .unwrap_or_else(|| panic!("{found:#?}\n{source}"))
}

#[test]
fn names_lead_from_the_newer_version_to_the_older_one() {
    let (old, new) = (engine(OLD), engine(&new()));
    let lineage = Lineage::of(&old.instrument, &new.instrument);
    let item = |engine: &Engine, id: &str| engine.layout.item(id).unwrap();
    for (is, was) in [("contrat", "cls"), ("etp", "etp"), ("intitule", "nom")] {
        assert_eq!(lineage.item(item(&new, is)), Some(item(&old, was)), "{is}");
    }
    let choices = |was: &str, is: &str| lineage.choices(item(&old, was), item(&new, is));
    assert_eq!(choices("cls", "contrat"), [Some(0), Some(1), Some(2)]);
    assert_eq!(choices("themes", "themes"), [Some(0), Some(0), Some(1)]);
    let grid = (item(&old, "grille"), item(&new, "grille"));
    assert_eq!(lineage.row(grid.0, grid.1, 0), Some(0));
    assert_eq!(lineage.row(grid.0, grid.1, 1), Some(1));
    // Without a word of it, another name is something else.
    let silent = engine(&OLD.replace("{id: etp,", "{id: moyens,"));
    let lineage = Lineage::of(&old.instrument, &silent.instrument);
    assert_eq!(lineage.item(item(&silent, "moyens")), None);
}

#[test]
fn the_older_version_under_newer_names_reads_its_own_sheets_alike() {
    let (old, new) = (engine(OLD), engine(&new()));
    assert!(old.renamed(&old).is_none(), "nothing has another name");
    let renamed = old.renamed(&new).unwrap();
    let sheet: Sheet = serde_json::from_value(json!({"answers": {
        "cls": "projet", "themes": ["a", "b"], "themes.b": "autre", "grille": {"l1": "oui", "l2": "projet"},
        "etp": 2, "actions": [{"action": "1", "nom": "Un"}, {"action": "2", "nom": "Deux"}],
    }}))
    .unwrap();
    let under = old.renamed_sheet(&renamed, &sheet);
    assert_eq!(
        serde_json::Value::from(under.answers.clone()),
        json!({
            // Two choices that became one cannot both have its name: the first has.
            "contrat": "en_projet", "themes": ["ab", "b"], "themes.b": "autre",
            "grille": {"ligne": "oui", "l2": "en_projet"}, "etp": 2,
            "actions": [{"action": "1", "intitule": "Un"}, {"action": "2", "intitule": "Deux"}],
        })
    );
    let states = |engine: &Engine, sheet: &Sheet| {
        let loaded = engine.load(sheet);
        assert!(loaded.misfits.is_empty(), "{:?}", loaded.misfits);
        loaded.evaluation.slots().collect::<Vec<_>>()
    };
    assert_eq!(states(&old, &sheet), states(&renamed, &under));
    let kept = old.load(&sheet).evaluation.to_answers(Keep::Everything);
    assert_eq!(kept.len(), 6);
}

#[test]
fn an_instrument_for_browsers_knows_no_former_names() {
    let whole = engine(&new()).instrument;
    assert!(!whole.former.items.is_empty() && !whole.former.choices.is_empty());
    let small = whole.for_answering("fr");
    assert_eq!(small.former, questionnaire::instrument::Former::default());
    let mut arrived = questionnaire::Instrument::from_bytes(&whole.to_bytes()).unwrap();
    assert_eq!(arrived.former, small.former);
    arrived.former.clone_from(&whole.former);
    assert_eq!(arrived, whole);
}
