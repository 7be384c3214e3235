//! What the sample says of an invited person: from the file to the figures, and nobody's to change.

use std::path::Path;

use serde_json::Value;
use service::{Config, Services, SystemRandomness};
use time::OffsetDateTime;

use super::site::{Browser, delivered};
use crate::program::{Server, recueil, text};

const SURVEY: &str = "
id: cadre
title: Cadre
frame:
- {id: region, kind: single, label: Région, choices: [{code: idf, label: Île-de-France}, {code: bzh, label: Bretagne}]}
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: vu, kind: single, label: 'Vu, en {region} ?', choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
  - id: q
    filter: region = 'idf'
    items:
    - {id: ville, kind: text, label: Ville}
";

const SAMPLE: &str = "email;region\n\
                      a@x.fr;idf\nb@x.fr;idf\nc@x.fr;idf\nd@x.fr;idf\ne@x.fr;idf\n";

/// A database with the survey.
fn installed(folder: &Path) -> String {
    let database = format!("sqlite://{}", folder.join("recueil.db").display());
    let config = Config::new(&database);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let services = Services::open(config, OffsetDateTime::now_utc, SystemRandomness).await;
        let services = services.unwrap();
        services
            .studies()
            .install(&services.operator(), SURVEY)
            .await
            .unwrap();
        services.close().await;
    });
    database
}

fn json(args: &[&str]) -> (Option<i32>, Value) {
    let output = recueil(args);
    let told = serde_json::from_slice(&output.stdout);
    (
        output.status.code(),
        told.unwrap_or_else(|_| panic!("{}", text(&output.stderr))),
    )
}

#[test]
fn from_the_file_to_the_figures() {
    let folder = tempfile::tempdir().unwrap();
    let database = installed(folder.path());
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    };
    let on = |args: &[&str]| {
        let all = [args, &["--database", &database, "--format", "json"]].concat();
        json(&all)
    };
    let wrong = file("wrong.csv", "email;region\na@x.fr;Ile-de-France\n");
    let (code, it) = on(&["invite", "cadre", &wrong]);
    assert_eq!(
        (code, &it["errors"][0]["code"]),
        (Some(1), &"frame_value".into())
    );
    assert_eq!(
        it["errors"][0]["allowed"],
        serde_json::json!(["idf", "bzh"])
    );
    let four = file("four.csv", SAMPLE.rsplit_once("e@x").unwrap().0);
    let (code, it) = on(&["invite", "cadre", &four]);
    assert_eq!(
        (code, &it["blanked_lines"]),
        (Some(2), &serde_json::json!([2, 3, 4, 5]))
    );

    let folder = tempfile::tempdir().unwrap();
    let database = installed(folder.path());
    let sample = file("sample.csv", SAMPLE);
    let on = |args: &[&str]| json(&[args, &["--database", &database, "--format", "json"]].concat());
    let (code, it) = on(&["invite", "cadre", &sample, "--send", "invitation"]);
    assert_eq!((code, &it["added"]), (Some(0), &5.into()));
    let tokens = delivered(&database);
    let server = Server::start(&database, &[]);

    let mut anne = Browser::new(&server);
    anne.follow(&tokens["a@x.fr"]);
    let begun = anne.post("/r/cadre", "");
    assert_eq!(begun.header("location"), Some("/r/cadre/p/p"));
    let shown = anne.get("/r/cadre/p/p").body;
    assert!(shown.contains("Vu, en Île-de-France"), "{shown}");
    assert!(!shown.contains("name=\"region\""));
    // Posting what is not asked changes nothing, on this page and on one that there is not.
    let forged = "region=bzh&region.%24missing=refused&vu=oui&go=next";
    let next = anne.post("/r/cadre/p/p", forged);
    assert_eq!(next.header("location"), Some("/r/cadre/p/q"));
    let away = anne.post("/r/cadre/p/%24frame", "region=bzh&go=next");
    assert!([303, 404].contains(&away.status), "{}", away.status);
    assert_ne!(anne.get("/r/cadre/p/%24frame").status, 200);
    anne.post("/r/cadre/p/q", "ville=Ici&region=bzh&go=next");
    let review = anne.get("/r/cadre/review").body;
    assert!(!review.contains("Base de sondage"), "{review}");
    // Pages are handed over to others, what the sample says is not, and they change it no more than she does.
    let pages = anne.get("/r/cadre/together").body;
    assert!(
        pages.contains("value=\"q\"") && !pages.contains("$frame"),
        "{pages}"
    );
    let handed = anne.post("/r/cadre/together", "label=x&pages=%24frame");
    assert_eq!(handed.status, 400);
    let sent = anne.post("/r/cadre/review", "region=bzh&go=next");
    assert_eq!(sent.header("location"), Some("/r/cadre/receipt"));
    // Whoever comes without an invitation.
    let mut open = Browser::new(&server);
    open.post("/r/cadre", "");
    open.post("/r/cadre/p/p", "region=idf&vu=non&go=next");
    assert_eq!(open.post("/r/cadre/review", "go=next").status, 303);
    server.kill();

    let sheets = recueil(&[
        "export",
        "cadre",
        "--format",
        "ndjson",
        "--database",
        &database,
    ]);
    let sheets = file("sheets.ndjson", &text(&sheets.stdout));
    let survey = file("survey.yaml", SURVEY);
    let args = ["tally", &survey, &sheets, "--item", "vu", "--by", "region"];
    let (code, it) = json(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(code, Some(0));
    let columns = it["tables"][0]["columns"].as_array().unwrap();
    let answered = |column: &Value| (column["code"].clone(), column["base"]["answered"].clone());
    let answered: Vec<_> = columns.iter().map(answered).collect();
    assert_eq!(
        answered,
        [("idf".into(), 1.into()), ("bzh".into(), 0.into())]
    );
    let (_, it) = json(&[
        "tally", &survey, &sheets, "--item", "region", "--format", "json",
    ]);
    let base = &it["tables"][0]["base"];
    assert_eq!(
        (&base["answered"], &base["no_answer"]),
        (&1.into(), &1.into())
    );
    // Sheets from elsewhere may carry it.
    let other = "{\"answers\":{\"region\":\"bzh\",\"vu\":\"non\"}}\n";
    let other = file("other.ndjson", other);
    assert_eq!(on(&["import", "cadre", &other]).1["added"], 1);
    // The proof takes it as a given like any other.
    assert_eq!(json(&["check", &survey, "--format", "json"]).0, Some(0));
    let (_, it) = json(&["routes", &survey, "--format", "json"]);
    assert_eq!(
        (&it["proven"], &it["routes"]["count"]),
        (&true.into(), &"2".into())
    );
    let cover = recueil(&["cohort", &survey, "--cover"]);
    assert!(text(&cover.stdout).contains("\"region\":\"idf\""));
}
