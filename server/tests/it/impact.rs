//! `recueil impact`: what a new version changes, for programs and for people, and its exit codes.

use serde_json::{Value, json};

use crate::program::{recueil, survey, text};

/// Runs `impact` on the survey with something replaced in it.
fn impact(from: &str, to: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let source = std::fs::read_to_string(survey("questionnaire.yaml")).unwrap();
    assert!(source.contains(from));
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.yaml");
    std::fs::write(&new, source.replace(from, to)).unwrap();
    let old = survey("questionnaire.yaml");
    let mut all = vec!["impact", old.to_str().unwrap(), new.to_str().unwrap()];
    all.extend(args);
    let output = recueil(&all);
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

const FILTER: [&str; 2] = ["nb_qpv > 0", "nb_qpv > 2"];

#[test]
fn people_read_what_changes_and_for_how_many() {
    let answers = survey("responses.ndjson");
    let args = [answers.to_str().unwrap(), "--format", "text"];
    let (code, out, _) = impact(FILTER[0], FILTER[1], &args);
    assert_eq!(code, Some(2));
    let expected = "\
La nouvelle version change quelque chose.

Questions
    31 comparables
     2 bases changées

  actions_qpv    base changée — base réduite
                 plus posée, par exemple\u{202f}: presence_cls = oui, nb_qpv = 2
  actions_types  base changée — base réduite
                 plus posée, par exemple\u{202f}: presence_cls = oui, nb_qpv = 2, actions_qpv = regulierement

Conditions réécrites
  item:actions_qpv
    − presence_cls = 'oui' and nb_qpv > 0
    + presence_cls = 'oui' and nb_qpv > 2

Des feuilles deviennent complètes qui ne l’étaient pas.

Parcours\u{202f}: 26 → 26\u{202f}; des questions communes, 0 disparaissent et 0 apparaissent

130 réponses relues par la nouvelle version
      42 sur un autre parcours

Réponses qui tomberaient hors parcours
      42 actions_qpv
      38 actions_types

Bases qui changent (concernés, interrogés, ayant répondu)
  actions_qpv      116    116    112  →     74     74     70
  actions_types    100    100    100  →     62     62     62
";
    assert_eq!(out, expected);
}

#[test]
fn programs_read_the_same() {
    let answers = survey("responses.ndjson");
    let args = [answers.to_str().unwrap(), "--format", "json"];
    let (code, out, _) = impact(FILTER[0], FILTER[1], &args);
    assert_eq!(code, Some(2));
    let it: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&it["changes"], &it["proven"]),
        (&true.into(), &true.into())
    );
    let items = it["items"].as_array().unwrap();
    let item = items.iter().find(|it| it["id"] == "actions_qpv").unwrap();
    let lost = &item["base"]["lost"];
    assert_eq!(
        *item,
        json!({
            "id": "actions_qpv",
            "kind": "single",
            "series": "base_changed",
            "base": {
                "relation": "narrower",
                "gained": null,
                "lost": lost,
                "reached_old": true,
                "reached_new": true,
            },
            "decided_by": ["presence_cls", "nb_qpv"],
            "recoded": [],
            "choices": {"added": [], "removed": []},
            "rows": {"added": [], "removed": []},
            "reworded": false,
            "moved": false,
        })
    );
    assert_eq!(lost["answers"]["nb_qpv"], 2);
    assert_eq!(lost["complete_in"], json!(["old", "new"]));
    assert_eq!(
        it["routes"],
        json!({
            "old": {"count": "26", "shortest": 11, "longest": 32},
            "new": {"count": "26", "shortest": 11, "longest": 32},
            "vanished": {"count": "0", "example": null},
            "appeared": {"count": "0", "example": null},
        })
    );
    assert_eq!(it["replay"]["routed_differently"]["n"], 42);
    assert_eq!(
        it["replay"]["off_path"],
        json!([{"key": "actions_qpv", "n": 42}, {"key": "actions_types", "n": 38}])
    );
    let bases = it["replay"]["bases"].as_array().unwrap();
    let base = bases.iter().find(|it| it["id"] == "actions_qpv").unwrap();
    assert_eq!(
        base["new"],
        json!({"eligible": 74, "asked": 74, "answered": 70})
    );
}

#[test]
fn exit_codes_say_whether_anything_changes() {
    let (code, out, _) = impact("fr: Combien", "fr: À combien", &["--format", "text"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Rien ne change pour personne\u{202f}: c’est prouvé."));
    let (code, out, _) = impact("fr: Combien", "fr: À combien", &["--format", "json"]);
    assert_eq!(code, Some(0));
    let it: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&it["changes"], &it["replay"]),
        (&false.into(), &Value::Null)
    );
    // What a budget leaves open is not called equal.
    let args = ["--budget", "1", "--format", "text", "--lang", "en"];
    let (code, out, _) = impact(FILTER[0], "nb_qpv >= 1 or nb_qpv > 3", &args);
    assert_eq!(code, Some(2));
    assert!(out.contains("Not proven: "), "{out}");
    let (code, _, said) = impact("presence_asv = 'oui'", "presence_asv = 'yes'", &[]);
    assert_eq!(code, Some(1));
    assert!(said.contains("EX0021"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("answers.ndjson");
    std::fs::write(&broken, "no sheet\n{\"answers\": {}}\n").unwrap();
    let (code, out, _) = impact("fr: Combien", "fr: À combien", &[broken.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    let it: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(it["replay"]["responses"], 1);
}
