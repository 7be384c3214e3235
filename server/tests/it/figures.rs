//! The published figures of the survey, from the 130 sheets, on the command line and after import.

use serde_json::Value;

use crate::program::{recueil, survey, text};

fn tables(item: Option<&str>) -> Vec<Value> {
    let (questionnaire, answers) = (survey("questionnaire.yaml"), survey("responses.ndjson"));
    let mut args = vec![
        "tally",
        questionnaire.to_str().unwrap(),
        answers.to_str().unwrap(),
    ];
    if let Some(item) = item {
        args.extend(["--item", item]);
    }
    let output = recueil(&args);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    value["tables"].as_array().unwrap().clone()
}

/// A percentage as the source prints it: with as many decimals as the printed one.
fn rounds_to(found: f64, printed: f64) -> bool {
    let step = if printed.fract() == 0.0 { 1.0 } else { 0.1 };
    (found - printed).abs() <= step / 2.0 + 1e-9
}

#[test]
fn every_published_figure_comes_out() {
    let published = std::fs::read_to_string(survey("published.json")).unwrap();
    let published: Value = serde_json::from_str(&published).unwrap();
    let mut n_figures = 0;
    for figure in published["figures"].as_array().unwrap() {
        let item = figure["item"].as_str().unwrap();
        let table = tables(Some(item)).pop().unwrap();
        let base = &table["base"];
        assert_eq!(base["asked"], figure["asked_in_sample"], "{item}");
        assert_eq!(base["dont_know"], figure["dont_know_in_sample"], "{item}");
        let rows = table["rows"].as_array().unwrap();
        let percent = |code: &str| {
            let row = rows.iter().find(|it| it["code"] == code);
            row.unwrap_or_else(|| panic!("{item} has no row {code}"))["pct_asked"]
                .as_f64()
                .unwrap()
        };
        for (code, printed) in figure["percent"].as_object().into_iter().flatten() {
            let (found, printed) = (percent(code), printed.as_f64().unwrap());
            // The source prints 2.4 % for 3 of 130, which is 2.3: its own note says so.
            let allowed = item == "articulation" && code == "nsp" && (found - printed).abs() < 0.11;
            assert!(
                allowed || rounds_to(found, printed),
                "{item} {code}: {found} is not {printed}"
            );
            n_figures += 1;
        }
        for (code, n) in figure["count"].as_object().into_iter().flatten() {
            let row = rows.iter().find(|it| it["code"] == code.as_str()).unwrap();
            assert_eq!(&row["n"], n, "{item} {code}");
            n_figures += 1;
        }
        if let Some(printed) = figure["percent_unordered"].as_array() {
            let codes = figure["options"].as_array().unwrap();
            let mut found: Vec<f64> = codes
                .iter()
                .map(|it| percent(it.as_str().unwrap()))
                .collect();
            let mut printed: Vec<f64> = printed.iter().map(|it| it.as_f64().unwrap()).collect();
            found.sort_by(f64::total_cmp);
            printed.sort_by(f64::total_cmp);
            for (found, printed) in found.iter().zip(printed) {
                assert!(
                    rounds_to(*found, printed),
                    "{item}: {found} is not {printed}"
                );
                n_figures += 1;
            }
        }
    }
    assert!(n_figures >= 45, "{n_figures} figures compared");
}

#[test]
fn base_identities_hold_in_every_table() {
    let tables = tables(None);
    assert!(tables.len() >= 30);
    for table in tables {
        let n = |key: &str| table["base"][key].as_u64().unwrap();
        assert_eq!(n("responses"), n("eligible") + n("not_asked"));
        assert_eq!(n("eligible"), n("asked") + n("not_reached"));
        assert_eq!(
            n("asked"),
            n("answered") + n("dont_know") + n("refused") + n("no_answer")
        );
        assert_eq!(n("responses"), 130);
    }
}

#[test]
fn importing_twice_adds_nothing_and_export_gives_the_same_figures() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let answers = survey("responses.ndjson");
    let import = |file: &str| {
        let output = recueil(&["import", "qpv-cls", file, "--database", &database]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    assert_eq!(import(answers.to_str().unwrap())["added"], 130);
    let again = import(answers.to_str().unwrap());
    assert_eq!(
        (&again["added"], &again["unchanged"]),
        (&0.into(), &130.into())
    );
    for format in ["ndjson", "csv", "xlsx"] {
        let output = recueil(&[
            "export",
            "qpv-cls",
            "--format",
            format,
            "--database",
            &database,
        ]);
        assert!(output.status.success());
        let file = folder.path().join(format!("export.{format}"));
        std::fs::write(&file, &output.stdout).unwrap();
        let again = import(file.to_str().unwrap());
        assert_eq!(
            (&again["added"], &again["unchanged"]),
            (&0.into(), &130.into()),
            "{format}"
        );
        let questionnaire = survey("questionnaire.yaml");
        let tally = recueil(&[
            "tally",
            questionnaire.to_str().unwrap(),
            file.to_str().unwrap(),
        ]);
        let tally: Value = serde_json::from_slice(&tally.stdout).unwrap();
        assert_eq!(
            tally["tables"].as_array().unwrap(),
            &tables(None),
            "{format}"
        );
    }
}
