//! Invitations over HTTP and on the command line, as browsers without scripts and organisers see them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;
use service::{Config, InvitationToken, Services, SystemRandomness, Verdict};
use time::OffsetDateTime;

use crate::program::{NO_SCHEME, Reply, Server, recueil, send, text};

const SAMPLE: &str = "courriel;langue;taille\n\
                      marie@example.org;fr;12\n\
                      paul@example.org;en;\n\
                      awa@example.org;;3\n";

/// A database with the built-in surveys, one of them for invited people only, and their links.
struct Site {
    folder: tempfile::TempDir,
    database: String,
    tokens: BTreeMap<String, String>,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
        let mut site = Self {
            folder,
            database,
            tokens: BTreeMap::new(),
        };
        // Installs the surveys.
        Server::start(&site.database, &[]).kill();
        let sample = site.file("sample.csv", SAMPLE);
        let (code, it) = site.run(&["invite", "qpv-cls", &sample]);
        assert_eq!((code, &it["added"]), (Some(0), &3.into()));
        let (code, it) = site.run(&["wave", "qpv-cls", "--access", "invitation"]);
        assert_eq!((code, &it["access"]), (Some(0), &"invitation".into()));
        let (code, it) = site.run(&["invite", "qpv-cls", "--send", "invitation"]);
        assert_eq!((code, &it["queued"]), (Some(0), &3.into()));
        site.tokens = delivered(&site.database);
        site
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, Value) {
        let mut all = args.to_vec();
        all.extend(["--database", &self.database, "--format", "json"]);
        let output = recueil(&all);
        let told = serde_json::from_slice(&output.stdout);
        assert!(told.is_ok(), "{}", text(&output.stderr));
        let told = told.unwrap();
        (output.status.code(), told)
    }

    fn token(&self, name: &str) -> &str {
        &self.tokens[&format!("{name}@example.org")]
    }

    fn status(&self) -> Value {
        self.run(&["invite", "qpv-cls", "--status"]).1["status"].clone()
    }
}

/// Takes the mails out of the outbox, as the program would; the secrets by address.
fn delivered(database: &str) -> BTreeMap<String, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let config = Config::new(database);
        let services = Services::open(config, OffsetDateTime::now_utc, SystemRandomness).await;
        let services = services.unwrap();
        let mut tokens = BTreeMap::new();
        while let Some(parcel) = services.post().take().await.unwrap() {
            let token = parcel.invitation().map(InvitationToken::reveal).unwrap();
            tokens.insert(parcel.recipient().to_owned(), token.to_owned());
            services
                .post()
                .settle(&parcel, Verdict::Taken)
                .await
                .unwrap();
        }
        services.close().await;
        tokens
    })
}

/// A browser: what it was told to keep, it sends along.
struct Browser<'a> {
    server: &'a Server,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    fn new(server: &'a Server) -> Self {
        Self {
            server,
            cookies: BTreeMap::new(),
        }
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Reply {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let cookies = cookies.join("; ");
        let reply = send(
            &self.server.address,
            method,
            path,
            &[("cookie", &cookies)],
            body,
        )
        .unwrap();
        for (name, value) in reply.headers.iter().filter(|it| it.0 == "set-cookie") {
            let cookie = value.split(';').next().unwrap_or(name);
            let (name, value) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        reply
    }

    fn get(&mut self, path: &str) -> Reply {
        self.ask("GET", path, "")
    }

    fn post(&mut self, path: &str, body: &str) -> Reply {
        self.ask("POST", path, body)
    }

    fn follow(&mut self, token: &str) -> Reply {
        self.get(&format!("/i/{token}"))
    }

    /// From « Commencer » to the receipt; the last reply.
    fn answer(&mut self) -> Reply {
        assert_eq!(self.post("/r/qpv-cls", "").status, 303);
        for (page, answers) in NO_SCHEME {
            assert_eq!(self.post(page, answers).status, 303, "{page}");
        }
        self.post("/r/qpv-cls/review", "go=next")
    }
}

#[test]
fn a_link_becomes_a_cookie_and_serves_once() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let mut marie = Browser::new(&server);
    // Without her invitation she is told kindly how to come.
    for reply in [marie.get("/r/qpv-cls"), marie.post("/r/qpv-cls", "")] {
        assert_eq!(reply.status, 403);
        assert!(reply.body.contains("sur invitation"), "{}", reply.body);
    }
    assert!(!marie.get("/").body.contains("href=\"/r/qpv-cls\""));
    let token = site.token("marie");
    let followed = marie.follow(token);
    assert_eq!(
        (followed.status, followed.header("location")),
        (303, Some("/r/qpv-cls"))
    );
    let cookie = followed.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/")
    );
    let start = marie.get("/r/qpv-cls");
    assert_eq!(start.status, 200);
    assert!(!start.body.contains(token));
    assert_eq!(
        marie.answer().header("location"),
        Some("/r/qpv-cls/receipt")
    );
    assert_eq!(marie.get("/r/qpv-cls/receipt").status, 200);
    // Again, from here: it has served.
    for reply in [marie.get("/r/qpv-cls"), marie.post("/r/qpv-cls", "")] {
        assert_eq!(reply.status, 409);
        assert!(reply.body.contains("déjà"), "{}", reply.body);
    }
    assert_eq!(
        marie.follow(token).status,
        303,
        "her own browser is told so by the wave’s page"
    );
    // From elsewhere, the link looks like none.
    assert_eq!(Browser::new(&server).follow(token).status, 404);
    let status = site.status();
    assert_eq!(
        (&status["complete"], &status["silent"]),
        (&1.into(), &2.into())
    );
    assert_eq!(
        site.run(&["invite", "qpv-cls", "--send", "reminder"]).1["queued"],
        2
    );
    server.kill();
}

#[test]
fn two_devices_with_one_invitation_store_one_response() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let (mut here, mut there) = (Browser::new(&server), Browser::new(&server));
    for browser in [&mut here, &mut there] {
        browser.follow(site.token("marie"));
        browser.post("/r/qpv-cls", "");
        for (page, answers) in NO_SCHEME {
            browser.post(page, answers);
        }
    }
    let first = here.post("/r/qpv-cls/review", "go=next");
    assert_eq!(first.header("location"), Some("/r/qpv-cls/receipt"));
    let second = there.post("/r/qpv-cls/review", "go=next");
    assert_eq!(second.status, 409);
    assert!(
        second.body.contains("Vous avez déjà répondu"),
        "{}",
        second.body
    );
    assert_eq!(site.status()["complete"], 1);
    server.kill();
}

#[test]
fn behind_https_the_cookie_is_bound_to_the_host() {
    let site = Site::new();
    let server = {
        // The address printed is the public one; the port is the one we choose.
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_recueil"))
            .args([
                "serve",
                "--database",
                &site.database,
                "--listen",
                &port.to_string(),
            ])
            .args(["--public-url", "https://enquete.example"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(line.starts_with("respond https://enquete.example/r/"));
        (child, port.to_string())
    };
    let (mut child, address) = server;
    let reply = send(
        &address,
        "GET",
        &format!("/i/{}", site.token("paul")),
        &[],
        "",
    )
    .unwrap();
    let cookie = reply.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("__Host-recueil.invitation-qpv-cls="),
        "{cookie}"
    );
    assert!(cookie.contains("; Secure"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
    // He was written to in English.
    assert_eq!(reply.header("location"), Some("/r/qpv-cls?lang=en"));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Texts that are nearly a secret: a character changed, left out, doubled, two swapped, another case.
fn mutations(token: &str, n: usize) -> Vec<String> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % n as u64).unwrap()
    };
    let mut all = Vec::new();
    while all.len() < n {
        let mut letters: Vec<char> = token.chars().collect();
        let at = below(letters.len());
        match below(6) {
            0 => letters[at] = char::from(b"0123456789abcdef"[below(16)]),
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, '0'),
            3 => {
                let to = below(letters.len());
                letters.swap(at, to);
            }
            4 => letters = letters.iter().map(char::to_ascii_uppercase).collect(),
            _ => letters[at] = ['%', '.', ' ', 'é', '\'', '*', '-', 'g'][below(8)],
        }
        let mutated: String = letters.into_iter().collect();
        if mutated != token {
            all.push(mutated);
        }
    }
    all
}

/// What may stand in an address, percent-encoded.
fn encoded(text: &str) -> String {
    app::paths::invitation(text)
}

#[test]
fn mutated_unknown_and_used_links_look_alike_and_open_nothing() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let mut marie = Browser::new(&server);
    marie.follow(site.token("marie"));
    marie.answer();
    let unknown = Browser::new(&server).follow(&"0".repeat(40));
    assert_eq!(unknown.status, 404);
    assert!(
        unknown
            .body
            .contains("Ce lien n’ouvre pas de questionnaire"),
        "{}",
        unknown.body
    );
    let used = Browser::new(&server).follow(site.token("marie"));
    assert_eq!((used.status, &used.body), (404, &unknown.body));
    for forged in mutations(site.token("awa"), 500) {
        let mut browser = Browser::new(&server);
        let reply = browser.get(&encoded(&forged));
        assert_eq!(
            (reply.status, &reply.body),
            (404, &unknown.body),
            "{forged}"
        );
        assert_eq!(reply.header("set-cookie"), None, "{forged}");
        let opt_out = browser.get(&format!("{}/opt-out", encoded(&forged)));
        assert_eq!(opt_out.status, 404, "{forged}");
        // As a cookie it opens nothing either.
        if !forged.contains([' ', 'é']) {
            browser
                .cookies
                .insert("recueil.invitation-qpv-cls".to_owned(), forged.clone());
            assert_eq!(browser.post("/r/qpv-cls", "").status, 403, "{forged}");
        }
    }
    // Nor does an invitation open another survey than its own.
    let mut awa = Browser::new(&server);
    awa.follow(site.token("awa"));
    let cookie = awa.cookies["recueil.invitation-qpv-cls"].clone();
    let (code, _) = site.run(&["wave", "volet-sante", "--access", "invitation"]);
    assert_eq!(code, Some(0));
    awa.cookies
        .insert("recueil.invitation-volet-sante".to_owned(), cookie);
    assert_eq!(awa.post("/r/volet-sante", "").status, 403);
    let status = site.status();
    assert_eq!(
        (&status["complete"], &status["opened"]),
        (&1.into(), &1.into())
    );
    server.kill();
}

#[test]
fn somebody_asks_for_no_more_messages() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let page = format!("/i/{}/opt-out", site.token("paul"));
    let mut paul = Browser::new(&server);
    let asked = paul.get(&page);
    assert_eq!(asked.status, 200);
    assert!(
        asked.body.contains(&format!("action=\"{page}\"")),
        "{}",
        asked.body
    );
    assert_eq!(
        site.status()["opted_out"],
        0,
        "looking at the page does nothing"
    );
    // Twice does no harm, and a form of another site does nothing.
    let cross = [("sec-fetch-site", "cross-site")];
    let forged = send(&server.address, "POST", &page, &cross, "").unwrap();
    assert_eq!(
        (forged.status, &site.status()["opted_out"]),
        (403, &0.into())
    );
    for _ in 0..2 {
        let done = paul.post(&page, "");
        assert_eq!(
            (done.status, done.header("location")),
            (303, Some(page.as_str()))
        );
    }
    assert!(paul.get(&page).body.contains("Nous ne vous écrirons plus"));
    assert_eq!(site.status()["opted_out"], 1);
    assert_eq!(
        site.run(&["invite", "qpv-cls", "--send", "reminder"]).1["queued"],
        2
    );
    // The invitation stays good.
    paul.follow(site.token("paul"));
    assert_eq!(paul.get("/r/qpv-cls").status, 200);
    server.kill();
}

#[test]
fn a_full_survey_says_so() {
    let site = Site::new();
    let args = [
        "wave",
        "qpv-cls",
        "--access",
        "both",
        "--max-responses",
        "1",
    ];
    assert_eq!(site.run(&args).1["max_responses"], 1);
    let server = Server::start(&site.database, &[]);
    let (mut first, mut second) = (Browser::new(&server), Browser::new(&server));
    assert_eq!(second.post("/r/qpv-cls", "").status, 303);
    for (page, answers) in NO_SCHEME {
        second.post(page, answers);
    }
    first.follow(site.token("marie"));
    assert_eq!(
        first.answer().header("location"),
        Some("/r/qpv-cls/receipt")
    );
    for reply in [
        second.post("/r/qpv-cls/review", "go=next"),
        second.get("/r/qpv-cls"),
    ] {
        assert_eq!(reply.status, 410);
        assert!(
            reply.body.contains("toutes les réponses prévues"),
            "{}",
            reply.body
        );
    }
    assert_eq!(
        site.run(&["wave", "qpv-cls", "--max-responses", "none"]).1["max_responses"],
        Value::Null
    );
    assert_eq!(second.post("/r/qpv-cls/review", "go=next").status, 303);
    server.kill();
}

#[test]
fn the_log_holds_no_secret_and_no_address() {
    let site = Site::new();
    let log = site.folder.path().join("log");
    let mut child = Command::new(env!("CARGO_BIN_EXE_recueil"))
        .args([
            "serve",
            "--database",
            &site.database,
            "--listen",
            "127.0.0.1:0",
        ])
        .args([
            "--smtp-url",
            "smtp://127.0.0.1:9",
            "--mail-from",
            "equipe@example.org",
        ])
        .env("RECUEIL_LOG", "trace")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().strip_prefix("respond http://").unwrap();
    let address = address.split('/').next().unwrap();
    let token = site.token("awa");
    for path in [
        format!("/i/{token}"),
        format!("/i/{token}/opt-out"),
        format!("/i/{token}x"),
    ] {
        send(address, "GET", &path, &[], "").unwrap();
    }
    send(address, "POST", &format!("/i/{token}/opt-out"), &[], "").unwrap();
    let cookie = format!("recueil.invitation-qpv-cls={token}");
    send(address, "POST", "/r/qpv-cls", &[("cookie", &cookie)], "").unwrap();
    site.run(&["invite", "qpv-cls", "--send", "reminder"]);
    // The mail server is not there: the log says that a mail was not taken.
    let mut looks = 0;
    while !std::fs::read_to_string(&log)
        .unwrap()
        .contains("a mail was not taken")
    {
        std::thread::sleep(std::time::Duration::from_millis(50));
        looks += 1;
        assert!(looks < 400, "no attempt to send");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let log = std::fs::read_to_string(&log).unwrap();
    for secret in [
        token,
        "marie@example.org",
        "awa@example.org",
        "paul@example.org",
    ] {
        let lines: Vec<&str> = log.lines().filter(|it| it.contains(secret)).collect();
        assert!(lines.is_empty(), "{lines:#?}");
    }
}

#[test]
fn the_command_line_says_what_is_wrong_with_a_sample() {
    let site = Site::new();
    let faulty = site.file(
        "faulty.csv",
        "email,langue\nnobody,fr\nzoe@example.org,de\n",
    );
    let (code, it) = site.run(&["invite", "qpv-cls", &faulty, "--lang", "en"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        (&it["errors"][0]["line"], &it["errors"][0]["code"]),
        (&2.into(), &"email".into())
    );
    assert_eq!(it["errors"][1]["code"], "language");
    let again = site.file("again.csv", SAMPLE);
    let (code, it) = site.run(&["invite", "qpv-cls", &again]);
    assert_eq!((code, &it["added"]), (Some(2), &0.into()));
    assert_eq!(it["known_lines"], serde_json::json!([2, 3, 4]));
    let (_, it) = site.run(&["invite", "qpv-cls", "--preview", "reminder"]);
    assert_eq!(it["previews"].as_array().unwrap().len(), 2);
    assert!(
        it["previews"][0]["subject"]
            .as_str()
            .unwrap()
            .starts_with("Rappel")
    );
    let output = recueil(&["invite", "qpv-cls", "--database", &site.database]);
    assert_eq!(output.status.code(), Some(1));
    let shown = recueil(&[
        "invite",
        "qpv-cls",
        "--status",
        "--database",
        &site.database,
        "--format",
        "text",
    ]);
    assert!(
        text(&shown.stdout).contains("3 personnes"),
        "{}",
        text(&shown.stdout)
    );
    let (code, it) = site.run(&["wave", "qpv-cls", "--named"]);
    assert_eq!((code, &it["anonymous"]), (Some(0), &false.into()));
}
