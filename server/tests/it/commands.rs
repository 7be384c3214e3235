//! The command line: output and exit codes of the contract.

use serde_json::Value;

use crate::program::{recueil, survey, text};

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn check_finds_nothing_in_the_survey() {
    let file = survey("questionnaire.yaml");
    let output = recueil(&["check", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        json(&output.stdout),
        serde_json::json!({ "diagnostics": [] })
    );
}

#[test]
fn check_names_place_and_remedy_of_a_wrong_code() {
    let source = std::fs::read_to_string(survey("questionnaire.yaml")).unwrap();
    let wrong = source.replacen("presence_asv = 'oui'", "presence_asv = 'yes'", 1);
    let offset = wrong.find("'yes'").unwrap() + 1;
    let line = wrong[..offset].lines().count();
    let column = wrong[..offset].lines().last().unwrap().chars().count() + 1;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.yaml");
    std::fs::write(&file, wrong).unwrap();
    let output = recueil(&["check", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found = json(&output.stdout);
    let first = &found["diagnostics"][0];
    assert_eq!(first["severity"], "error");
    assert_eq!(first["suggestion"], "oui");
    assert_eq!(first["line"], line);
    assert_eq!(first["column"], column);
    assert_eq!(first["file"], file.to_str().unwrap());
}

#[test]
fn a_call_that_is_none_exits_with_64() {
    for args in [
        &[][..],
        &["chek"],
        &["check"],
        &["export", "qpv-cls", "--format", "odt"],
        &["serve", "--public-url", "nope"],
        &["serve", "--public-url", "https://example.org/enquetes"],
    ] {
        assert_eq!(recueil(args).status.code(), Some(64), "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["tally", "--help"]] {
        assert_eq!(recueil(args).status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn files_that_cannot_be_read_are_errors_in_the_input() {
    let output = recueil(&["check", "/nowhere/at/all.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&output.stdout)["diagnostics"][0]["code"], "IO0001");
    let file = survey("questionnaire.yaml");
    let output = recueil(&["evaluate", file.to_str().unwrap(), "/nowhere/at/all.ndjson"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn evaluate_gives_a_line_a_sheet_and_names_lines_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let sheets = folder.path().join("sheets.ndjson");
    std::fs::write(
        &sheets,
        "{\"answers\":{\"nb_qpv\":\"deux\"}}\nnot a sheet\n{\"answers\":{}}\n",
    )
    .unwrap();
    let file = survey("questionnaire.yaml");
    let output = recueil(&[
        "evaluate",
        file.to_str().unwrap(),
        sheets.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["slots"]["nb_qpv"], "no_answer");
    let failures = lines[0]["failures"].as_array().unwrap();
    assert!(
        failures
            .iter()
            .any(|it| it["item"] == "nb_qpv" && it["code"] == "type")
    );
    assert!(text(&output.stderr).contains("line 2"));
}

#[test]
fn import_refuses_sheet_by_sheet_and_drops_what_is_off_path() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let edge = survey("edge.ndjson");
    let output = recueil(&[
        "import",
        "qpv-cls",
        edge.to_str().unwrap(),
        "--database",
        &database,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let summary = json(&output.stdout);
    assert_eq!(
        (&summary["added"], &summary["refused"]),
        (&12.into(), &2.into())
    );
    let remarks: Vec<Value> = text(&output.stderr)
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let dropped: Vec<&str> = remarks
        .iter()
        .filter(|it| it["code"] == "off_path")
        .map(|it| it["item"].as_str().unwrap())
        .collect();
    assert_eq!(
        dropped,
        [
            "asv_pilotage",
            "asv_poste",
            "asv_nb_postes",
            "actions_types"
        ]
    );
    assert!(
        remarks
            .iter()
            .any(|it| it["item"] == "cls_partenaires" && it["code"] == "required")
    );
    // The same id with other content is a conflict, and nothing changes.
    let first = std::fs::read_to_string(&edge)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    let other = folder.path().join("other.ndjson");
    std::fs::write(
        &other,
        first.replace(
            "\"coordination\": \"moyenne\"",
            "\"coordination\": \"insuffisante\"",
        ),
    )
    .unwrap();
    let output = recueil(&[
        "import",
        "qpv-cls",
        other.to_str().unwrap(),
        "--database",
        &database,
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&output.stdout)["conflict"], 1);
}

#[test]
fn unknown_studies_waves_items_and_conditions_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let answers = survey("responses.ndjson");
    let output = recueil(&[
        "import",
        "nope",
        answers.to_str().unwrap(),
        "--database",
        &database,
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("nope"));
    let file = survey("questionnaire.yaml");
    let tally = |more: &[&str]| {
        let mut args = vec!["tally", file.to_str().unwrap(), answers.to_str().unwrap()];
        args.extend(more);
        recueil(&args)
    };
    let output = tally(&["--item", "nope"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("TA0001"));
    let output = tally(&["--where", "presence_cls = 'yes'"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("oui"));
    let output = tally(&[
        "--item",
        "cls_budget",
        "--by",
        "cls_population",
        "--where",
        "nb_qpv > 2",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let table = &json(&output.stdout)["tables"][0];
    let columns = table["columns"].as_array().unwrap();
    let codes: Vec<_> = columns
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        ["moins_20k", "de_20k_a_50k", "de_50k_a_100k", "plus_100k"]
    );
    let asked: u64 = columns
        .iter()
        .map(|it| it["base"]["asked"].as_u64().unwrap())
        .sum();
    assert_eq!(asked, table["base"]["asked"].as_u64().unwrap());
}

#[test]
fn tally_says_that_sheets_do_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let answers = folder.path().join("answers.ndjson");
    let sheets = "{\"answers\":{\"structure\":\"hacker\"}}\n{\"answers\":{\"zzz\":1}}\n{\"answers\":{\"nb_qpv\":5}}\n";
    std::fs::write(&answers, sheets).unwrap();
    let file = survey("questionnaire.yaml");
    let output = recueil(&["tally", file.to_str().unwrap(), answers.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).contains("2 feuille(s)"),
        "{}",
        text(&output.stderr)
    );
    let answers = survey("responses.ndjson");
    let output = recueil(&["tally", file.to_str().unwrap(), answers.to_str().unwrap()]);
    assert_eq!(text(&output.stderr), "");
}
