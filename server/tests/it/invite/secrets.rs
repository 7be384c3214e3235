//! Secrets of links: guessed, used up, written down.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::site::{Browser, Site};
use crate::program::{Server, send};

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
    let server = Server::start(&site.database, &["--trusted-proxies", "127.0.0.1"]);
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
    for (nth, forged) in mutations(site.token("awa"), 500).into_iter().enumerate() {
        let mut browser = Browser::new(&server);
        // From one address they would not be looked at.
        browser.from = Some(format!("192.0.2.{}", nth % 200));
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

/// The status of the last of so many wrong links.
fn wrong_links(server: &Server, n: usize, from: impl Fn(usize) -> Option<String>) -> u16 {
    let mut last = 0;
    for nth in 0..n {
        let mut browser = Browser::new(server);
        browser.from = from(nth);
        last = browser.follow(&format!("{nth:040}")).status;
    }
    last
}

#[test]
fn wrong_links_come_to_an_end_and_another_address_in_a_header_lifts_nothing() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let rotating = |nth: usize| Some(format!("192.0.2.{}", nth % 250));
    // Who has the right link may come as often as they like.
    for _ in 0..110 {
        assert_eq!(Browser::new(&server).follow(site.token("awa")).status, 303);
    }
    assert_eq!(wrong_links(&server, 100, rotating), 404);
    let mut after = Browser::new(&server);
    after.from = rotating(7);
    let refused = after.follow(&"0".repeat(40));
    assert_eq!(refused.status, 429);
    assert!(
        refused.body.contains("Trop de codes ou de liens"),
        "{}",
        refused.body
    );
    server.kill();

    // Behind a proxy that is trusted, what stands before its own words counts for nothing.
    let server = Server::start(
        &site.database,
        &["--trusted-proxies", "10.0.0.0/8,127.0.0.1"],
    );
    let through_proxy = |nth: usize| Some(format!("192.0.2.{}, 198.51.100.7", nth % 250));
    assert_eq!(wrong_links(&server, 101, through_proxy), 429);
    let elsewhere = |_| Some("198.51.100.8".to_owned());
    assert_eq!(
        wrong_links(&server, 1, elsewhere),
        404,
        "others are not held up"
    );
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
