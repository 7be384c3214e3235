//! Admissibility, retention, backups from outside.

use serde_json::{Value, json};
use std::path::Path;

use crate::program::{Respondent, Server, recueil, send, survey, text};

struct Site {
    folder: tempfile::TempDir,
    database: String,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
        Self { folder, database }
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut all = args.to_vec();
        all.extend(["--database", &self.database]);
        let output = recueil(&all);
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    }

    fn json(&self, args: &[&str]) -> Value {
        let (code, out, errors) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {errors}");
        serde_json::from_str(&out).unwrap()
    }

    fn import(&self) {
        // The survey is installed by the server's first start.
        Server::start(&self.database, &[]).kill();
        let sheets = survey("responses.ndjson");
        let (code, _, errors) = self.run(&["import", "qpv-cls", sheets.to_str().unwrap()]);
        assert!(code == 0 || code == 2, "{errors}");
    }

    fn exported(&self, more: &[&str]) -> Vec<Value> {
        let args = [&["export", "qpv-cls"], more].concat();
        let (code, out, errors) = self.run(&args);
        assert_eq!(code, 0, "{errors}");
        out.lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn responses_are_set_aside_with_a_reason_and_taken_back() {
    let site = Site::new();
    site.import();
    let ids: Vec<String> = site.exported(&[])[..4]
        .iter()
        .map(|it| it["meta"]["id"].as_str().unwrap().to_owned())
        .collect();
    let server = Server::start(&site.database, &[]);
    let aside = [
        "admissibility",
        "qpv-cls",
        "--reason",
        "incomplète",
        "--set-aside",
    ];
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let said = site.json(&[&aside[..], &ids[..]].concat());
    assert_eq!(
        (&said["received"], &said["counted"]),
        (&json!(130), &json!(126))
    );
    assert_eq!(said["set_aside"].as_array().unwrap().len(), 4);
    assert_eq!(site.exported(&[]).len(), 126);
    let all = site.exported(&["--all"]);
    let marked = all
        .iter()
        .filter(|it| it["meta"]["set_aside"] == "incomplète");
    assert_eq!((all.len(), marked.count()), (130, 4));
    assert_eq!(
        site.run(&["export", "qpv-cls", "--all", "--format", "csv"])
            .0,
        1
    );
    let key = server.dashboard.rsplit('/').next().unwrap();
    let page = send(
        &server.address,
        "GET",
        &format!("/d/qpv-cls/{key}"),
        &[],
        "",
    )
    .unwrap();
    assert!(
        page.body
            .contains("126 réponses sur 130 reçues · 4 écartées")
    );
    let back = site.json(&["admissibility", "qpv-cls", "--take-back", ids[0]]);
    assert_eq!(back["counted"], 127);
    assert_eq!(
        site.run(&["admissibility", "qpv-cls", "--take-back", ids[0]])
            .0,
        2
    );
    // Not without a reason, not what there is not.
    assert_eq!(
        site.run(&["admissibility", "qpv-cls", "--set-aside", ids[0]])
            .0,
        64
    );
    let nobody = "00000000-0000-4000-8000-000000000000";
    let refused = site.run(&[
        "admissibility",
        "qpv-cls",
        "--reason",
        "x",
        "--set-aside",
        nobody,
    ]);
    assert_eq!(refused.0, 1, "{refused:?}");
    server.kill();
}

#[test]
fn days_of_retention_are_set_one_by_one() {
    let site = Site::new();
    Server::start(&site.database, &[]).kill();
    let all = [
        "retention",
        "qpv-cls",
        "--contacts-days",
        "30",
        "--answers-days",
        "365",
    ];
    let said = site.json(&all);
    assert_eq!(said["contacts_days"], 30);
    let said = site.json(&[
        "retention",
        "qpv-cls",
        "--drafts-days",
        "14",
        "--answers-days",
        "never",
    ]);
    let expected = json!({
        "contacts_days": 30, "drafts_days": 14, "answers_days": null, "ended_on": null,
    });
    assert_eq!(said, expected);
    assert_eq!(site.json(&["retention", "qpv-cls"]), expected);
    assert_eq!(
        site.run(&["retention", "qpv-cls", "--drafts-days", "soon"])
            .0,
        64
    );
}

#[test]
fn a_backup_that_is_put_back_does_not_bring_back_what_was_withdrawn() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let send = || {
        let respondent = Respondent::ready(&server.address).unwrap();
        respondent.post("/r/qpv-cls/review", "go=next").unwrap();
        respondent
    };
    let (leaves, _stays) = (send(), send());
    let copy = site.folder.path().join("yesterday.db");
    assert_eq!(
        site.run(&["backup", path(&copy)]).0,
        0,
        "also while it is served"
    );
    let (code, _, errors) = site.run(&["backup", path(&copy)]);
    assert!(code == 1 && errors.contains("exists"), "{errors}");
    leaves.post("/r/qpv-cls/receipt/withdraw", "").unwrap();
    let left = site.exported(&[]);
    assert_eq!(left.len(), 1);

    let (code, _, errors) = site.run(&["restore", path(&copy), "--replace"]);
    assert!(code == 1 && errors.contains("stop the server"), "{errors}");
    assert_eq!(site.exported(&[]), left);
    server.kill();
    let (code, _, errors) = site.run(&["restore", path(&copy)]);
    assert!(code == 1 && errors.contains("already"), "{errors}");
    let (code, _, errors) = site.run(&["restore", path(&copy), "--replace"]);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(site.exported(&[]), left);
    let (code, ledger, _) = site.run(&["erasures"]);
    assert_eq!((code, ledger.lines().count()), (0, 2));
    let kept = site.folder.path().join("ledger.ndjson");
    std::fs::write(&kept, ledger).unwrap();
    assert_eq!(site.run(&["erasures", "--replay", path(&kept)]).0, 0);

    // What is no database, or not whole, replaces nothing.
    let broken = site.folder.path().join("broken.db");
    std::fs::write(&broken, b"not a database, but long enough to look at").unwrap();
    assert_eq!(site.run(&["restore", path(&broken), "--replace"]).0, 1);
    assert_eq!(site.run(&["restore", "/nowhere.db", "--replace"]).0, 1);
    assert_eq!(site.exported(&[]), left);
}

#[test]
fn postgres_is_referred_to_its_own_tools() {
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let output = recueil(&["restore", "/nowhere.db", "--database", nowhere]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("pg_restore"));
}
