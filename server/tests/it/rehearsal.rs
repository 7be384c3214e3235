//! Rehearsals from outside: the command line, the pages, the events.

use serde_json::{Value, json};

use crate::events::Events;
use crate::program::{Reply, Respondent, Server, recueil, send, survey, text};

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

    /// Runs a command; gives its exit code and what it printed on either output.
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

    /// The sample sheets, rehearsed.
    fn rehearse(&self) {
        let sheets = survey("responses.ndjson");
        let (code, summary, errors) =
            self.run(&["import", "qpv-cls", sheets.to_str().unwrap(), "--rehearsal"]);
        assert_eq!(code, 0, "{errors}");
        let summary: Value = serde_json::from_str(&summary).unwrap();
        assert_eq!(
            (&summary["rehearsal"], &summary["added"]),
            (&json!(true), &json!(130))
        );
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn serve(&self) -> Server {
        Server::start(&self.database, &[])
    }
}

fn get(server: &Server, path: &str) -> Reply {
    send(&server.address, "GET", path, &[], "").unwrap()
}

fn post(server: &Server, path: &str, headers: &[(&str, &str)]) -> Reply {
    send(&server.address, "POST", path, headers, "").unwrap()
}

/// The path of the dashboard, with its key.
fn dashboard(server: &Server) -> String {
    let (_, path) = server.dashboard.split_once(&server.address).unwrap();
    path.to_owned()
}

/// An attribute that a page gives somewhere, beginning like this.
fn attribute(page: &str, name: &str, begins: &str) -> Option<String> {
    let start = format!("{name}=\"{begins}");
    let at = page.find(&start)? + name.len() + 2;
    page[at..].split('"').next().map(str::to_owned)
}

#[test]
fn a_rehearsal_is_imported_exported_and_removed() {
    let site = Site::new();
    site.rehearse();
    let (code, real, _) = site.run(&["export", "qpv-cls"]);
    assert_eq!((code, real.as_str()), (0, ""), "nothing real was added");
    for address in ["qpv-cls", "qpv-cls/qpv-cls"] {
        let (code, rehearsed, _) = site.run(&["export", address, "--rehearsal"]);
        assert_eq!((code, rehearsed.lines().count()), (0, 130));
        for line in rehearsed.lines() {
            let sheet: Value = serde_json::from_str(line).unwrap();
            assert_eq!(sheet["meta"]["rehearsal"], true);
            assert_eq!(sheet["meta"]["synthetic"], true);
        }
    }
    // The name that rehearsals once had means nothing.
    let (code, _, errors) = site.run(&["export", "qpv-cls/qpv-cls_rehearsal"]);
    assert_eq!(code, 1, "{errors}");

    let (code, removed, _) = site.run(&["rehearsal", "remove", "qpv-cls", "--format", "text"]);
    assert_eq!(code, 0);
    assert_eq!(
        removed,
        "Répétition supprimée, avec 130 réponse(s) fictive(s)\n"
    );
    let (code, removed, _) = site.run(&["rehearsal", "remove", "qpv-cls", "--format", "json"]);
    assert_eq!(code, 2, "done, and there is something to say");
    assert_eq!(
        serde_json::from_str::<Value>(&removed).unwrap(),
        json!({ "removed": null })
    );
    let again = ["rehearsal", "remove", "qpv-cls", "--format", "text"];
    let (_, english, _) = site.run(&[&["--lang", "en"], &again[..]].concat());
    assert_eq!(english, "There was no rehearsal; nothing was changed\n");
    let (code, _, errors) = site.run(&["export", "qpv-cls", "--rehearsal"]);
    assert_eq!(code, 1);
    assert!(errors.contains("no rehearsal of `qpv-cls`"), "{errors}");
    assert_eq!(site.run(&["rehearsal", "remove", "nope"]).0, 1);
    assert_eq!(recueil(&["rehearsal"]).status.code(), Some(64));
    assert_eq!(recueil(&["rehearsal", "remove"]).status.code(), Some(64));
}

#[test]
fn what_is_meant_to_fail_is_left_out_of_a_rehearsal() {
    let site = Site::new();
    let one = "{\"meta\":{\"synthetic\":true,\"fails\":[\"cls_partenaires\"]},\"answers\":{\"nb_qpv\":\"deux\"}}\n";
    let file = site.file("cohort.ndjson", one);
    let import = [
        "import",
        "qpv-cls",
        &file,
        "--rehearsal",
        "--format",
        "text",
    ];
    let (code, summary, errors) = site.run(&import);
    assert_eq!((code, errors.as_str()), (2, ""));
    assert!(
        summary.starts_with("Répétition\u{202f}: 0 ajoutée(s)"),
        "{summary}"
    );
    assert!(summary.ends_with("1 faite(s) pour échouer et laissée(s) de côté\n"));
    // Without `--rehearsal` it is refused like any sheet that fails.
    assert_eq!(site.run(&import[..3]).0, 1);
}

#[test]
fn sheets_of_a_rehearsal_are_never_imported_as_real_ones() {
    let site = Site::new();
    site.rehearse();
    let header = |csv: &str| csv.lines().next().unwrap_or_default().to_owned();
    for format in ["ndjson", "csv"] {
        let export = ["export", "qpv-cls", "--rehearsal", "--format", format];
        let (_, exported, _) = site.run(&export);
        let marks = header(&exported).contains("meta.synthetic,meta.rehearsal,");
        assert_eq!(marks, format == "csv");
        let file = site.file(&format!("rehearsed.{format}"), &exported);
        let (code, summary, errors) = site.run(&["import", "qpv-cls", &file]);
        let summary: Value = serde_json::from_str(&summary).unwrap();
        assert_eq!(code, 1);
        assert_eq!(
            (&summary["added"], &summary["refused"]),
            (&json!(0), &json!(130))
        );
        let first: Value = serde_json::from_str(errors.lines().next().unwrap()).unwrap();
        assert_eq!(
            (&first["code"], &first["item"]),
            (&json!("rehearsal"), &json!(null))
        );
        assert!(first["id"].is_string());
        assert!(first["message"].as_str().unwrap().contains("--rehearsal"));
        // Where they came from they are known.
        let (code, summary, _) = site.run(&["import", "qpv-cls", &file, "--rehearsal"]);
        let summary: Value = serde_json::from_str(&summary).unwrap();
        assert_eq!((code, &summary["unchanged"]), (0, &json!(130)));
    }
    assert_eq!(site.run(&["export", "qpv-cls"]).1, "");
    // Made up is not rehearsed: the sample sheets are imported as ever, and their CSV is as it was.
    let sheets = survey("responses.ndjson");
    assert_eq!(
        site.run(&["import", "qpv-cls", sheets.to_str().unwrap()]).0,
        0
    );
    let (_, real, _) = site.run(&["export", "qpv-cls", "--format", "csv"]);
    assert!(!header(&real).contains("rehearsal"));
}

#[test]
fn tally_counts_a_rehearsal_alone() {
    let site = Site::new();
    site.rehearse();
    let (_, rehearsed, _) = site.run(&["export", "qpv-cls", "--rehearsal"]);
    let alone = site.file("alone.ndjson", &rehearsed);
    let real = std::fs::read_to_string(survey("responses.ndjson")).unwrap();
    let mixed = site.file("mixed.ndjson", &format!("{rehearsed}{real}"));
    let questionnaire = survey("questionnaire.yaml");
    let tally = |file: &str, format: &str| {
        let questionnaire = questionnaire.to_str().unwrap();
        recueil(&[
            "tally",
            questionnaire,
            file,
            "--item",
            "cls_budget",
            "--format",
            format,
        ])
    };
    let output = tally(&alone, "json");
    let tables: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tables["rehearsal"], true);
    assert!(text(&tally(&alone, "text").stdout).starts_with("RÉPÉTITION"));
    let output = tally(&mixed, "json");
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(1), String::new())
    );
    assert!(text(&output.stderr).contains("130 feuille(s)"));
    let real = tally(survey("responses.ndjson").to_str().unwrap(), "json");
    let tables: Value = serde_json::from_slice(&real.stdout).unwrap();
    assert_eq!(tables.get("rehearsal"), None);
}

#[test]
fn the_rehearsal_has_a_dashboard_of_its_own() {
    let site = Site::new();
    site.rehearse();
    let server = site.serve();
    let real = get(&server, &dashboard(&server)).body;
    assert!(real.contains("130 réponses fictives"), "{real}");
    assert!(
        real.contains("Pas encore de réponse"),
        "none of them is counted"
    );
    let address = attribute(&real, "href", "/d/qpv-cls/rehearsal/").unwrap();
    let page = get(&server, &address);
    assert_eq!(page.status, 200);
    for says in [
        "Répétition\u{202f}: réponses fictives, à ne pas diffuser",
        "<title>Répétition\u{202f}: résultats fictifs",
        "124 répondant·es",
    ] {
        assert!(page.body.contains(says), "{says}");
    }
    let english = get(&server, &format!("{address}?lang=en")).body;
    assert!(english.contains("Rehearsal: made-up responses, not to be passed on"));
    // Its key opens nothing else, and its page does not give away the other one.
    let own = address.rsplit('/').next().unwrap();
    let dashboard = dashboard(&server);
    let key = dashboard.rsplit('/').next().unwrap();
    assert!(own.len() >= 32 && own != key && !page.body.contains(key));
    for path in [
        format!("/d/qpv-cls/{own}"),
        format!("/d/qpv-cls/rehearsal/{key}"),
        format!("/d/qpv-cls%2Frehearsal/{own}"),
        format!("/d/nope/rehearsal/{own}"),
        format!("/live/waves/qpv-cls?key={own}"),
        format!("/live/waves/qpv-cls%2Frehearsal?key={own}"),
        "/r/qpv-cls%2Frehearsal".to_owned(),
    ] {
        assert_eq!(get(&server, &path).status, 404, "{path}");
    }
    // Nobody is invited to answer it.
    let home = get(&server, "/").body;
    let invitations = home.matches("href=\"/r/").count();
    assert_eq!(invitations, recueil::BUILTIN.len());
    server.kill();
}

#[test]
fn a_rehearsal_is_removed_from_the_dashboard_of_its_wave() {
    let site = Site::new();
    let server = site.serve();
    site.rehearse();
    let respondent = Respondent::ready(&server.address).unwrap();
    assert_eq!(
        respondent
            .post("/r/qpv-cls/review", "go=next")
            .unwrap()
            .status,
        303
    );
    let address = dashboard(&server);
    let real = get(&server, &address).body;
    let rehearsal = attribute(&real, "href", "/d/qpv-cls/rehearsal/").unwrap();
    let remove = attribute(&real, "action", "/d/").unwrap();
    let page = get(&server, &rehearsal).body;
    let live = page.split("/live/waves/").nth(1).unwrap();
    let live = live.split("&quot;").next().unwrap().replace("&amp;", "&");
    let live = format!("/live/waves/{}", live.split("&since").next().unwrap());
    let mut events = Events::open(&server.address, &live, &[]);
    let first = events.next();
    assert_eq!(
        (&first.data["rehearsal"], first.responses("structure")),
        (&json!(true), Some(130))
    );

    // Not from another site, not without the wave's own key, and not by following a link.
    let (own, key) = (
        rehearsal.rsplit('/').next().unwrap(),
        address.rsplit('/').next().unwrap(),
    );
    let cross = [("sec-fetch-site", "cross-site")];
    assert_eq!(post(&server, &remove, &cross).status, 403);
    for wrong in [own, "0", &"0".repeat(32)] {
        let path = format!("/d/qpv-cls/{wrong}/rehearsal/remove");
        assert_eq!(post(&server, &path, &[]).status, 404, "{wrong}");
    }
    assert_eq!(get(&server, &remove).status, 404);
    assert_eq!(get(&server, &rehearsal).status, 200);

    for _ in 0..2 {
        let reply = post(&server, &remove, &[]);
        let there = format!("/d/qpv-cls/{key}#{}", app::paths::REMOVED);
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, Some(there.as_str()))
        );
    }
    // Who watches is told, once, and the stream ends.
    let (name, _, data) = events.next_text().unwrap();
    assert_eq!(name, "removed");
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data, json!({ "revision": 130, "rehearsal": true }));
    assert!(events.next_text().is_none());
    assert_eq!(get(&server, &live).status, 404);
    assert_eq!(get(&server, &rehearsal).status, 404);

    let real = get(&server, &address).body;
    assert!(!real.contains("réponses fictives, jamais comptées"));
    assert!(real.contains("La répétition est supprimée"));
    assert_eq!(site.run(&["export", "qpv-cls"]).1.lines().count(), 1);
    server.kill();
}

#[test]
fn a_dashboard_is_told_when_another_process_removes_the_rehearsal() {
    let site = Site::new();
    site.rehearse();
    let server = site.serve();
    let real = get(&server, &dashboard(&server)).body;
    let rehearsal = attribute(&real, "href", "/d/qpv-cls/rehearsal/").unwrap();
    let page = get(&server, &rehearsal).body;
    let live = page.split("/live/waves/").nth(1).unwrap();
    let live = live.split("&quot;").next().unwrap().replace("&amp;", "&");
    let mut events = Events::open(&server.address, &format!("/live/waves/{live}"), &[]);
    assert_eq!(site.run(&["rehearsal", "remove", "qpv-cls"]).0, 0);
    assert_eq!(events.next_text().unwrap().0, "removed");
    assert!(events.next_text().is_none());
    server.kill();
}
