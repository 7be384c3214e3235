use interchange::csv::{read, write};
use questionnaire::{Engine, Keep, Sheet};
use serde_json::{Value, json};
use testkit::EVERY_KIND;

fn engine() -> Engine {
    let checked = questionnaire::check(EVERY_KIND);
    assert!(checked.is_sound(), "{:?}", checked.diagnostics);
    checked.engine.unwrap()
}

fn sheet(answers: &Value) -> Sheet {
    let answers = answers.as_object().unwrap().clone();
    Sheet {
        answers,
        ..Sheet::default()
    }
}

/// What the engine makes of a sheet, in its one stored form.
fn canonical(engine: &Engine, sheet: &Sheet) -> Value {
    Value::Object(engine.load(sheet).evaluation.to_answers(Keep::Everything))
}

fn round_trips(answers: &Value) {
    let engine = engine();
    let before = sheet(answers);
    let text = write(&engine, [&before]);
    let after = read(&engine, &text);
    assert_eq!(after.losses, []);
    let found = after
        .sheets
        .first()
        .map_or_else(|| json!({}), |(_, it)| canonical(&engine, it));
    assert_eq!(found, canonical(&engine, &before), "{text}");
}

#[test]
fn every_kind_comes_back() {
    round_trips(&json!({
        "un": "autre", "un.autre": "ailleurs", "plusieurs": ["x", "z"], "nombre": 1.25,
        "somme": 1_720_865, "texte": "deux\nlignes ; et \"guillemets\"", "jour": "2026-03-12",
        "accord": false, "rang": ["r", "p"], "grille": {"l1": "oui", "l2": "non"},
        "coches": {"l1": ["non"]}, "par_choix": [{"qui": "x", "etp": 0.5}, {"qui": "z", "etp": 1}],
        "libres": [{"unit": "1", "nom": "A"}, {"unit": "2", "ouverte": true}, {"unit": "3"}],
    }));
    round_trips(&json!({}));
}

#[test]
fn missing_reasons_come_back() {
    round_trips(&json!({
        "un": {"$missing": "dont_know"}, "plusieurs": {"$missing": "refused"},
        "nombre": {"$missing": "dont_know"}, "grille": {"l1": {"$missing": "refused"}},
        "rang": {"$missing": "refused"}, "accord": {"$missing": "dont_know"},
    }));
}

#[test]
fn what_could_not_be_read_is_not_lost() {
    round_trips(&json!({"nombre": "beaucoup", "jour": "hier", "un": "inconnu"}));
}

#[test]
fn texts_that_a_spreadsheet_would_run_are_disarmed_and_come_back() {
    for text in [
        "=1+1", "+33", "-2", "@x", "\tx", "\rx", "'=x", "''", "＝x", "$refused", "$", "'a",
    ] {
        let engine = engine();
        let written = write(&engine, [&sheet(&json!({"texte": text}))]);
        let cell = written.lines().nth(1).unwrap_or_default().to_owned();
        assert!(
            !cell.contains(&format!(",{text},")),
            "{text:?} stands bare in {written:?}"
        );
        round_trips(&json!({"texte": text}));
    }
}

#[test]
fn columns_without_a_place_are_losses_and_semicolons_are_read() {
    let engine = engine();
    let read = read(
        &engine,
        "nombre;rien;plusieurs[x];plusieurs[y]\r\n1,5;3;1;0\r\n",
    );
    assert_eq!(read.losses.len(), 1);
    assert_eq!(read.losses[0].place, "rien");
    assert_eq!(read.sheets[0].1.answers["nombre"], json!(1.5));
    assert_eq!(read.sheets[0].1.answers["plusieurs"], json!(["x"]));
}

#[test]
fn the_day_comes_back_where_conditions_read_it() {
    let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: n, kind: quantity, label: N, filter: \"today > '2026-03-01'\"}\n";
    let engine = questionnaire::check(yaml).engine.unwrap();
    let json = json!({ "meta": { "today": "2026-03-02" }, "answers": { "n": 1 } });
    let before: Sheet = serde_json::from_value(json).unwrap();
    let text = write(&engine, [&before]);
    assert_eq!(
        text,
        "meta.id,meta.reached,meta.today,n\r\n,,2026-03-02,1\r\n"
    );
    assert_eq!(
        read(&engine, &text).sheets[0].1.meta.today,
        before.meta.today
    );
}

/// Codes and places of what could not be read, and the lines that were.
fn told(source: &str) -> (Vec<(&'static str, String)>, Vec<usize>) {
    let read = read(&engine(), source);
    let losses = read.losses.into_iter().map(|it| (it.code, it.place));
    let lines = read.sheets.into_iter().map(|(line, _)| line);
    (losses.collect(), lines.collect())
}

#[test]
fn a_quote_that_is_never_closed_swallows_nobody_silently() {
    let source = "nombre,texte\n1,bien\n2,\"début\n3,suite\n4,fin\n";
    assert_eq!(
        told(source),
        (vec![("IX0003", "line 3".to_owned())], vec![2])
    );
    let sound = "nombre,texte\n1,\"deux\nlignes, et \"\"un mot\"\"\"\n2,a\"b\n";
    assert_eq!(told(sound), (vec![], vec![2, 4]));
}

#[test]
fn a_row_with_more_cells_than_the_header_is_not_guessed_at() {
    let source = "nombre,texte\n1,a\n2,b,c\n3,d,,\n";
    assert_eq!(
        told(source),
        (vec![("IX0003", "line 3".to_owned())], vec![2, 4])
    );
}

#[test]
fn the_marks_of_a_rehearsal_come_back() {
    let engine = engine();
    let mut marked = sheet(&json!({"nombre": 1}));
    marked.meta.mark_synthetic();
    marked.meta.mark_rehearsal();
    let text = write(&engine, [&marked, &sheet(&json!({"nombre": 2}))]);
    assert!(
        text.starts_with("meta.id,meta.reached,meta.synthetic,meta.rehearsal,"),
        "{text}"
    );
    let after = read(&engine, &text);
    assert_eq!(after.losses, []);
    let marks: Vec<_> = after
        .sheets
        .iter()
        .map(|(_, it)| (it.meta.is_synthetic(), it.meta.is_rehearsal()))
        .collect();
    assert_eq!(marks, [(true, true), (false, false)]);
    // Files of real responses are as they were.
    assert!(!write(&engine, [&sheet(&json!({}))]).contains("rehearsal"));
}

#[test]
fn in_doubt_a_cell_marks_a_rehearsal() {
    let engine = engine();
    for (cell, expected) in [
        ("1", true),
        ("VRAI", true),
        ("true", true),
        ("oui", true),
        ("x", true),
        ("", false),
        (" ", false),
        ("0", false),
        ("FAUX", false),
        ("False", false),
    ] {
        let read = read(&engine, &format!("meta.rehearsal,nombre\r\n{cell},1\r\n"));
        assert_eq!(read.sheets[0].1.meta.is_rehearsal(), expected, "{cell:?}");
    }
}
