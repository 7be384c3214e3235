//! Invitations over HTTP and on the command line, as browsers without scripts and organisers see them.

mod frame;
mod names;
mod secrets;
mod site;
mod workbooks;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use self::site::{Browser, SAMPLE, Site};
use crate::program::{NO_SCHEME, Server, recueil, send, text};
use crate::sink::Sink;

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

#[test]
fn from_the_command_line_to_a_mailbox_and_back() {
    let site = Site::new();
    let sample = site.file("more.csv", "email\nzoe@example.org\n");
    assert_eq!(site.run(&["invite", "qpv-cls", &sample]).0, Some(0));
    let sink = Sink::start();
    let from = "Équipe <equipe@example.org>";
    let server = Server::start(
        &site.database,
        &["--smtp-url", &sink.url, "--mail-from", from],
    );
    // The server that runs notices what another process queues.
    let (_, it) = site.run(&["invite", "qpv-cls", "--send", "invitation"]);
    assert_eq!(it["queued"], 1);
    let mail = sink.wait_for(1).remove(0);
    assert_eq!(mail.recipients, ["zoe@example.org"]);
    let base = format!("http://{}", server.address);
    let link = mail.body.lines().find_map(|line| line.strip_prefix(&base));
    let link = link.unwrap();
    let mut zoe = Browser::new(&server);
    assert_eq!(zoe.get(link).status, 303);
    assert_eq!(zoe.answer().header("location"), Some("/r/qpv-cls/receipt"));
    assert_eq!(site.status()["complete"], 1);
    server.kill();
}

/// RFC 8058: the mail provider's server asks in somebody's name, without a cookie and without a browser.
#[test]
fn a_mail_provider_asks_for_no_more_messages_with_one_click() {
    let site = Site::new();
    let server = Server::start(&site.database, &[]);
    let page = format!("/i/{}/opt-out", site.token("paul"));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let parts = ("content-type", "multipart/form-data; boundary=b");
    let one_click = "List-Unsubscribe=One-Click";
    let part = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let ask = |path: &str, headers: &[(&str, &str)], body: &str| {
        send(&server.address, "POST", path, headers, body).unwrap()
    };
    // A page of another site that knows the link is a browser, and says so.
    let forged = [form, ("origin", "https://evil.example")];
    assert_eq!(ask(&page, &forged, one_click).status, 403);
    assert_eq!(site.status()["opted_out"], 0);
    // Twice does no harm; nothing is led anywhere or remembered.
    for (kind, body) in [(form, one_click), (parts, part), (form, one_click)] {
        let done = ask(&page, &[kind], body);
        assert_eq!((done.status, done.body.as_str()), (204, ""), "{body}");
        for name in ["location", "set-cookie"] {
            assert_eq!(done.header(name), None, "{body}");
        }
        assert_eq!(site.status()["opted_out"], 1, "{body}");
    }
    // Whose link is none is told what everybody is.
    for unknown in ["x".repeat(43), "0".repeat(40)] {
        let unknown = ask(&format!("/i/{unknown}/opt-out"), &[form], one_click);
        assert_eq!(unknown.status, 404);
    }
    assert_eq!(site.status()["opted_out"], 1);
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
    // Words of one's own: refused whole, or used from then on.
    let words = site.file("reminder.fr.txt", "Encore {nom}\n\nBonjour");
    let (code, it) = site.run(&["invite", "qpv-cls", "--text", &words, "--lang", "en"]);
    assert_eq!((code, it["errors"].as_array().unwrap().len()), (Some(1), 3));
    assert_eq!(it["errors"][0]["code"], "unknown_fill");
    let words = site.file(
        "reminder.fr.txt",
        "Encore {title}\n\nBonjour,\n\n{link}\n{opt_out}\n",
    );
    let args = [
        "invite",
        "qpv-cls",
        "--text",
        &words,
        "--preview",
        "reminder",
    ];
    let (code, it) = site.run(&args);
    let own = &it["previews"][0];
    assert_eq!((code, &own["own"]), (Some(0), &true.into()));
    assert!(
        own["subject"]
            .as_str()
            .unwrap()
            .starts_with("Encore La place")
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
