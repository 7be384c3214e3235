//! The live dashboard over HTTP: a page that is complete by itself, and events that keep it so.

use crate::events::Events;
use crate::program::{NO_SCHEME, Reply, Respondent, Server, recueil, send, survey};

struct Wave {
    _folder: tempfile::TempDir,
    database: String,
    server: Server,
}

fn serve() -> Wave {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let server = Server::start(&database, &[]);
    Wave {
        _folder: folder,
        database,
        server,
    }
}

impl Wave {
    /// The path of the dashboard, with its key.
    fn dashboard(&self) -> &str {
        self.server
            .dashboard
            .split_once(&self.server.address)
            .unwrap()
            .1
    }

    fn key(&self) -> &str {
        self.dashboard().rsplit('/').next().unwrap()
    }

    fn get(&self, path: &str) -> Reply {
        send(&self.server.address, "GET", path, &[], "").unwrap()
    }

    fn watch(&self, query: &str, headers: &[(&str, &str)]) -> Events {
        let path = format!("/live/waves/qpv-cls?key={}{query}", self.key());
        Events::open(&self.server.address, &path, headers)
    }

    fn respond(&self) {
        let respondent = Respondent::ready(&self.server.address).unwrap();
        let reply = respondent.post("/r/qpv-cls/review", "go=next").unwrap();
        assert_eq!(reply.header("location"), Some("/r/qpv-cls/receipt"));
    }

    /// What another process writes.
    fn import(&self) {
        let sheets = survey("responses.ndjson");
        let sheets = sheets.to_str().unwrap();
        let done = recueil(&["import", "qpv-cls", sheets, "--database", &self.database]);
        assert_eq!(
            done.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

#[test]
fn the_dashboard_is_complete_without_scripts() {
    let wave = serve();
    let empty = wave.get(wave.dashboard());
    assert_eq!(empty.status, 200);
    assert!(empty.body.contains("Pas encore de réponse"));
    wave.import();
    // Another process wrote: the page shows it as soon as the server has noticed.
    wave.watch("", &[]).wait_for(130);
    let page = wave.get(wave.dashboard()).body;
    for figure in [
        "76\u{202f}%",
        "124 répondant·es",
        "43,8\u{202f}%",
        "61,3\u{202f}%",
    ] {
        assert!(page.contains(figure), "{figure} is not on the page");
    }
    let english = wave.get(&format!("{}?lang=en", wave.dashboard())).body;
    assert!(english.contains("<html lang=\"en\"") && english.contains("43.8%"));
    wave.server.kill();
}

#[test]
fn without_its_key_there_is_no_dashboard() {
    let wave = serve();
    let wrong = "0".repeat(32);
    let unknown = wave.get(&format!("/d/nope/{}", wave.key()));
    let guessed = wave.get(&format!("/d/qpv-cls/{wrong}"));
    assert_eq!((unknown.status, guessed.status), (404, 404));
    assert!(
        !guessed.body.contains("répondant"),
        "nothing of the wave is shown"
    );
    for query in ["", "?key=", &format!("?key={wrong}")] {
        let reply = wave.get(&format!("/live/waves/qpv-cls{query}"));
        assert_eq!(reply.status, 404, "{query}");
        assert_eq!(
            reply.header("content-type"),
            Some("application/problem+json")
        );
    }
    let nobody = wave.get(&format!(
        "/live/waves/{}?key={}",
        uuid::Uuid::nil(),
        wave.key()
    ));
    assert_eq!(nobody.status, 404);
    wave.server.kill();
}

#[test]
fn a_response_reaches_who_watches_as_the_tables_that_changed() {
    let wave = serve();
    let mut events = wave.watch("&lang=fr", &[]);
    let first = events.next();
    assert_eq!(
        (first.name.as_str(), first.id, first.responses("structure")),
        ("snapshot", 0, Some(0))
    );
    wave.respond();
    let change = events.wait_for(1);
    assert_eq!((change.name.as_str(), change.id), ("delta", 1));
    assert_eq!(change.data["revision"], 1);
    assert_eq!(change.responses("structure"), Some(1));
    assert_eq!(
        change.responses("cls_etat"),
        Some(1),
        "not asked is counted too"
    );
    wave.respond();
    assert_eq!(events.wait_for(2).id, 2);
    wave.server.kill();
}

#[test]
fn whoever_comes_back_gets_what_was_missed() {
    let wave = serve();
    // Somebody keeps watching, so that the wave is followed all the time.
    let mut stays = wave.watch("", &[]);
    assert_eq!(stays.next().id, 0);
    wave.respond();
    assert_eq!(stays.wait_for(1).id, 1);
    // By the browser's header, which counts more than what the page was loaded with.
    let mut back = wave.watch("&since=1", &[("last-event-id", "0")]);
    let missed = back.next();
    assert_eq!((missed.name.as_str(), missed.id), ("delta", 1));
    // By the address of the page: nothing is sent until something changes.
    let mut loaded = wave.watch("&since=1", &[]);
    wave.respond();
    let news = loaded.wait_for(2);
    assert_eq!((news.name.as_str(), news.id), ("delta", 2));
    // From another time: everything, once.
    for header in ["999", "-1", "soon"] {
        let mut stranger = wave.watch("", &[("last-event-id", header)]);
        let all = stranger.next();
        assert_eq!((all.name.as_str(), all.id), ("snapshot", 2), "{header}");
        assert!(all.data["tables"].as_array().unwrap().len() > 30);
    }
    wave.server.kill();
}

#[test]
fn a_draft_moves_the_counters_and_no_table() {
    let wave = serve();
    let mut events = wave.watch("", &[]);
    events.next();
    let respondent = Respondent::begin(&wave.server.address).unwrap();
    let (page, answers) = NO_SCHEME[0];
    assert_eq!(respondent.post(page, answers).unwrap().status, 303);
    let event = events.next();
    assert_eq!(event.data["progress"]["started"], 1);
    assert_eq!(event.data["progress"]["finished"], 0);
    assert_eq!(event.data["tables"].as_array().map(Vec::len), Some(0));
    wave.server.kill();
}
