//! What the command line says of a questionnaire before anyone answers.

use serde_json::Value;

use crate::program::{recueil, survey, text};

fn written(source: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("essai.yaml");
    std::fs::write(&file, source).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

fn of_survey(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let source = std::fs::read_to_string(survey("questionnaire.yaml")).unwrap();
    assert!(source.contains(from));
    written(&source.replacen(from, to, 1))
}

#[test]
fn check_says_what_nobody_reaches_and_shows_it() {
    let (_folder, file) = of_survey(
        "filter: presence_cls = 'oui' and nb_qpv > 0",
        "filter: presence_cls = 'oui' and nb_qpv > 200",
    );
    let output = recueil(&["--lang", "en", "check", &file, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<&str> = found["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    // The question itself, and the one that is asked only after it.
    assert_eq!(codes, ["PR0001", "PR0001", "PR0031"]);
    let first = &found["diagnostics"][0];
    assert_eq!(
        first["message"],
        "nobody can get to `actions_qpv`: `nb_qpv > 200` never holds here"
    );
    assert!(first["witness"]["answers"].is_object());
    let output = recueil(&["check", &file, "--format", "text"]);
    assert!(text(&output.stdout).contains("conseil : changez ce filtre"));
}

#[test]
fn a_small_budget_is_a_notice_with_what_is_left_open() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    let output = recueil(&["check", file, "--budget", "50"]);
    assert_eq!(output.status.code(), Some(2));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["diagnostics"][0]["code"], "PR0060");
}

#[test]
fn a_cover_goes_through_everything_and_feeds_evaluate_and_tally() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    let output = recueil(&["cohort", file, "--cover"]);
    assert_eq!(output.status.code(), Some(0));
    let coverage: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(coverage["complete"], true);
    assert_eq!(coverage["filters"]["covered"], coverage["filters"]["total"]);
    let folder = tempfile::tempdir().unwrap();
    let sheets = folder.path().join("cover.ndjson");
    std::fs::write(&sheets, &output.stdout).unwrap();
    let lines = text(&output.stdout);
    let n = lines.lines().count();
    assert!(n > 4 && n < 30, "{n}");
    for line in lines.lines() {
        let sheet: Value = serde_json::from_str(line).unwrap();
        assert_eq!(sheet["meta"]["synthetic"], true);
        assert!(sheet["meta"]["covers"].is_array());
    }
    let sheets = sheets.to_str().unwrap();
    let output = recueil(&["evaluate", file, sheets, "--format", "json"]);
    let verdicts = text(&output.stdout);
    assert!(verdicts.lines().all(|it| it.contains("\"complete\":true")));
    let output = recueil(&["tally", file, sheets, "--item", "structure"]);
    let tables: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tables["tables"][0]["base"]["responses"], n);
}

#[test]
fn the_same_seed_draws_the_same_people_over_choices_and_over_routes() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    for over in ["choices", "routes"] {
        let args = [
            "cohort", file, "--count", "30", "--seed", "9", "--over", over,
        ];
        let (once, again) = (recueil(&args), recueil(&args));
        assert_eq!(once.status.code(), Some(0));
        assert_eq!(once.stdout, again.stdout);
        assert_eq!(text(&once.stdout).lines().count(), 30);
        let other = [
            "cohort", file, "--count", "30", "--seed", "10", "--over", over,
        ];
        assert_ne!(recueil(&other).stdout, once.stdout);
    }
}

#[test]
fn marginals_are_met_and_wrong_ones_refused() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let marginals = folder.path().join("marginals.json");
    let wanted = r#"{"structure": {"collectivite": 0.8, "association": 0.15, "autre": 0.05}}"#;
    std::fs::write(&marginals, wanted).unwrap();
    let marginals = marginals.to_str().unwrap();
    let args = ["cohort", file, "--count", "200", "--marginals", marginals];
    let output = recueil(&args);
    assert_eq!(output.status.code(), Some(0));
    let report = text(&output.stderr);
    let report: Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    let shares = report["marginals"]["shares"].as_array().unwrap();
    assert_eq!(shares.len(), 3);
    for it in shares {
        let gap = it["asked"].as_f64().unwrap() - it["obtained"].as_f64().unwrap();
        assert!(gap.abs() < 0.02, "{it}");
    }
    std::fs::write(marginals, r#"{"structure": {"mairie": 1}}"#).unwrap();
    assert_eq!(recueil(&args).status.code(), Some(1));
}

#[test]
fn calls_that_contradict_themselves_are_none() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    for args in [
        &["cohort", file, "--cover", "--count", "3"][..],
        &["cohort", file, "--seed", "3"],
        &["cohort", file, "--count", "3", "--over", "chance"],
    ] {
        assert_eq!(recueil(args).status.code(), Some(64), "{args:?}");
    }
}
