//! `recueil routes`: what can be reached and by which answers, who shares a base, the drawing.

use serde_json::{Value, json};

use crate::program::{recueil, survey, text};

const SURVEY: &str = "
id: essai
title: Essai
blocks:
- id: b
  title: Votre territoire
  pages:
  - id: p
    items:
    - {id: nb_qpv, kind: quantity, label: Nombre de QPV, required: true, min: 0, max: 9}
    - {id: actions, kind: consent, label: Des actions, filter: nb_qpv > 0, universe: territoires qui ont un QPV}
    - {id: lesquelles, kind: text, label: Lesquelles, filter: nb_qpv >= 1}
    - {id: beaucoup, kind: text, label: Pourquoi, filter: nb_qpv > 9}
    - {id: depuis, kind: text, label: Depuis, filter: today >= '2026-02-01'}
";

/// Runs `routes` on a questionnaire.
fn routes(source: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("essai.yaml");
    std::fs::write(&file, source).unwrap();
    let mut all = vec!["routes", file.to_str().unwrap()];
    all.extend(args);
    let output = recueil(&all);
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn json_of(source: &str, args: &[&str]) -> (Option<i32>, Value) {
    let (code, out, _) = routes(source, args);
    (code, serde_json::from_str(&out).unwrap())
}

#[test]
fn json_says_what_can_be_reached_and_by_which_answers() {
    let (code, it) = json_of(SURVEY, &["--lang", "en"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        it["items"][1],
        json!({
            "id": "actions",
            "reachable": true,
            "always": false,
            "witness": {
                "answers": it["items"][1]["witness"]["answers"],
                "meta": it["items"][1]["witness"]["meta"],
            },
            "universe": "“Nombre de QPV” is greater than 0",
            "expression": "nb_qpv > 0",
            "base": 2,
        })
    );
    let n = &it["items"][1]["witness"]["answers"]["nb_qpv"];
    assert!((1..=9).contains(&n.as_u64().unwrap()), "{n}");
    assert_eq!(it["items"][0]["always"], true);
    let never = &it["items"][3];
    assert_eq!(
        (&never["reachable"], &never["witness"]),
        (&json!(false), &Value::Null)
    );
    let today = &it["items"][4]["witness"]["meta"]["today"];
    assert!(today.as_str().unwrap() >= "2026-02-01", "{today}");
    assert_eq!(
        it["bases"][1],
        json!({
            "id": 2,
            "unit": null,
            "expression": "nb_qpv > 0",
            "universe": "“Nombre de QPV” is greater than 0",
            "items": ["actions", "lesquelles"],
            "within": 1,
            "comparable": [1],
        })
    );
    assert_eq!(
        it["routes"],
        json!({ "count": "4", "shortest": 1, "longest": 4 })
    );
    assert_eq!((&it["proven"], &it["unproven"]), (&json!(true), &json!([])));
}

#[test]
fn every_witness_of_the_survey_is_complete_and_shows_its_item() {
    let file = survey("questionnaire.yaml");
    let output = recueil(&["routes", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let it: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        it["routes"],
        json!({ "count": "26", "shortest": 11, "longest": 32 })
    );
    let folder = tempfile::tempdir().unwrap();
    let sheets = folder.path().join("witnesses.ndjson");
    let items = it["items"].as_array().unwrap();
    let lines = items.iter().map(|it| it["witness"].to_string() + "\n");
    std::fs::write(&sheets, lines.collect::<String>()).unwrap();
    let output = recueil(&[
        "evaluate",
        file.to_str().unwrap(),
        sheets.to_str().unwrap(),
        "--format",
        "json",
    ]);
    let evaluated = text(&output.stdout);
    let evaluated: Vec<Value> = evaluated
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(evaluated.len(), items.len());
    for (item, shown) in items.iter().zip(&evaluated) {
        let id = item["id"].as_str().unwrap();
        assert_eq!(shown["complete"], true, "{id}");
        // Contact details have no slot.
        assert_ne!(shown["slots"][id], "not_asked", "{id}");
    }
}

#[test]
fn text_is_an_outline_with_the_bases_under_it() {
    let (code, out, _) = routes(SURVEY, &["--format", "text"]);
    assert_eq!(code, Some(0));
    let expected = "\
4 parcours, de 1 à 4 questions
environ 1 minute

Essai
4 étapes · 5 questions · 1 bloc

Votre territoire
├─ 1. Dans tous les cas — toujours posée
│  · nb_qpv      Nombre de QPV
│
├─ 2. Territoires qui ont un QPV — atteignable
│  si nb_qpv > 0
│  ← nb_qpv
│  · actions     Des actions
│  · lesquelles  Lesquelles
│
├─ 3. «_Nombre de QPV_» est supérieur à 9 — jamais posée
│  si nb_qpv > 9
│  ← nb_qpv
│  · beaucoup    Pourquoi
│
└─ 4. La date du jour n’est pas avant le 1er février 2026 — atteignable
   · depuis      Depuis

Bases_: les chiffres d’une même base se comparent, et ceux d’une base avec ceux
   d’une base dont elle fait partie
1. Toutes les personnes interrogées
   nb_qpv
2. «_Nombre de QPV_» est supérieur à 0 — dans 1
   actions lesquelles
3. «_Nombre de QPV_» est supérieur à 9
   beaucoup
4. La date du jour n’est pas avant le 1er février 2026 — dans 1
   depuis
";
    assert_eq!(out.replace('\u{202f}', "_"), expected);
}

#[test]
fn the_graph_is_drawn_and_given_to_graphviz() {
    let (code, svg, _) = routes(SURVEY, &["--format", "svg"]);
    assert_eq!(code, Some(0));
    assert!(svg.starts_with("<?xml") || svg.starts_with("<svg"), "{svg}");
    assert!(svg.contains("Par exemple\u{202f}: Nombre de QPV → "));
    let (code, dot, _) = routes(SURVEY, &["--format", "dot"]);
    assert_eq!(code, Some(0));
    assert!(dot.starts_with("digraph"));
}

#[test]
fn what_the_budget_leaves_open_is_said() {
    let (code, it) = json_of(SURVEY, &["--budget", "1"]);
    assert_eq!(code, Some(2));
    assert_eq!(it["proven"], false);
    let unproven = it["unproven"].as_array().unwrap();
    assert!(unproven.contains(&json!("item:actions")), "{unproven:?}");
    assert!(unproven.contains(&json!("routes")), "{unproven:?}");
    assert_eq!(it["items"][1]["reachable"], Value::Null);
    let none = json!({ "count": null, "shortest": null, "longest": null });
    assert_eq!(it["routes"], none);
    let (code, out, _) = routes(SURVEY, &["--budget", "1", "--format", "text"]);
    assert_eq!(code, Some(2));
    assert!(out.starts_with("Nombre de parcours non établi\nNon prouvé\u{202f}: "));
}

#[test]
fn a_file_with_errors_is_not_proven() {
    let wrong = SURVEY.replace("nb_qpv >= 1", "nb_qvp >= 1");
    let (code, out, errors) = routes(&wrong, &[]);
    assert_eq!(code, Some(1));
    assert_eq!(out, "");
    assert!(errors.contains("EX0020"), "{errors}");
    let output = recueil(&["routes", "/nowhere/at/all.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    let output = recueil(&["routes"]);
    assert_eq!(output.status.code(), Some(64));
}
