//! Respondent pages over HTTP, as a browser without scripts sees them.

use crate::program::{NO_SCHEME, Respondent, Server, send};

fn serve() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let server = Server::start(&database, &[]);
    (folder, server)
}

#[test]
fn a_whole_response_without_scripts() {
    let (_folder, server) = serve();
    let respondent = Respondent::begin(&server.address).unwrap();
    for (page, answers) in NO_SCHEME {
        assert_eq!(respondent.get(page).unwrap().status, 200);
        let reply = respondent.post(page, answers).unwrap();
        assert_eq!(reply.status, 303, "{page}");
    }
    let review = respondent.get("/r/qpv-cls/review").unwrap();
    assert_eq!(review.status, 200);
    // Post, redirect, get: the same post again leads to the same receipt.
    for _ in 0..2 {
        let reply = respondent.post("/r/qpv-cls/review", "go=next").unwrap();
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, Some("/r/qpv-cls/receipt"))
        );
    }
    let receipt = respondent.get("/r/qpv-cls/receipt").unwrap();
    assert_eq!(receipt.status, 200);
    let start = respondent.get("/r/qpv-cls").unwrap();
    assert!(
        start.body.contains("href=\"/r/qpv-cls/receipt\""),
        "{}",
        start.body
    );
    // Going back shows a sensible message, not the form again.
    assert_eq!(respondent.get("/r/qpv-cls/p/profil").unwrap().status, 409);
    server.kill();
}

#[test]
fn a_page_that_lacks_answers_is_shown_again_with_what_is_wrong() {
    let (_folder, server) = serve();
    let respondent = Respondent::begin(&server.address).unwrap();
    let page = "/r/qpv-cls/p/profil";
    assert!(
        !respondent
            .get(page)
            .unwrap()
            .body
            .contains("aria-invalid=\"true\"")
    );
    let reply = respondent
        .post(page, "structure=collectivite&nb_qpv=beaucoup&go=next")
        .unwrap();
    assert_eq!((reply.status, reply.header("location")), (303, Some(page)));
    let again = respondent.get(page).unwrap();
    assert!(again.body.contains("<title>Erreur"), "{}", again.body);
    assert!(
        again.body.contains("value=\"beaucoup\""),
        "what was typed is not lost"
    );
    // Nothing further on may be opened, and the review neither skips nor submits.
    let reply = respondent.get("/r/qpv-cls/p/coordination").unwrap();
    assert_eq!((reply.status, reply.header("location")), (303, Some(page)));
    let reply = respondent.post("/r/qpv-cls/review", "go=next").unwrap();
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, Some("/r/qpv-cls/review"))
    );
    assert_eq!(respondent.get("/r/qpv-cls/receipt").unwrap().status, 409);
    server.kill();
}

#[test]
fn bad_requests_get_a_kind_page_and_no_5xx() {
    let (_folder, server) = serve();
    let respondent = Respondent::begin(&server.address).unwrap();
    let page = "/r/qpv-cls/p/profil";
    let huge = format!("structure={}", "x".repeat(600 * 1024));
    let cases: [(&str, &str, &str, u16); 7] = [
        ("GET", "/nowhere", "", 404),
        ("GET", "/r/nope", "", 404),
        ("GET", "/r/qpv-cls/p/nope", "", 404),
        ("POST", "/r/qpv-cls/p/nope", "go=next", 404),
        ("DELETE", page, "", 404),
        ("POST", page, &huge, 413),
        ("GET", "/pkg/nope.js", "", 404),
    ];
    for (method, path, body, status) in cases {
        let reply = match method {
            "GET" => respondent.get(path).unwrap(),
            "POST" => match respondent.post(path, body) {
                Ok(it) => it,
                // The server may close the connection before it has read a body it refuses.
                Err(_) if status == 413 => continue,
                Err(error) => panic!("{path}: {error}"),
            },
            _ => send(&server.address, method, path, &[], body).unwrap(),
        };
        assert_eq!(reply.status, status, "{method} {path}");
    }
    // Forged fields, codes and buttons: kept out, the page stays.
    let forged = "structure=nope&structure=association&evil=1&presence_cls.$missing=stolen&nb_qpv=1e999&go=away";
    let reply = respondent.post(page, forged).unwrap();
    assert_eq!(
        (reply.status, reply.header("location").unwrap()),
        (303, page)
    );
    assert_eq!(respondent.get(page).unwrap().status, 200);
    // Programs get problem+json with a stable code.
    let reply = send(
        &server.address,
        "GET",
        "/r/nope",
        &[("accept", "application/json")],
        "",
    )
    .unwrap();
    assert_eq!(
        reply.header("content-type"),
        Some("application/problem+json")
    );
    assert!(reply.body.contains("\"code\":\"not-found\""));
    // A form of another site is refused.
    let cross = [("sec-fetch-site", "cross-site")];
    let reply = send(&server.address, "POST", "/r/qpv-cls", &cross, "").unwrap();
    assert_eq!(reply.status, 403);
    server.kill();
}

#[test]
fn every_answer_carries_the_security_headers() {
    let (_folder, server) = serve();
    for path in [
        "/",
        "/r/qpv-cls",
        "/r/nope",
        "/healthz",
        "/readyz",
        "/metrics",
        "/pkg/nope.css",
    ] {
        let reply = send(&server.address, "GET", path, &[], "").unwrap();
        let policy = reply.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "{path}");
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}"
        );
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert!(reply.header("cache-control").is_some(), "{path}");
    }
    server.kill();
}

#[test]
fn the_interface_speaks_the_language_asked_for() {
    let (_folder, server) = serve();
    let get = |path: &str, accept: &str| {
        send(
            &server.address,
            "GET",
            path,
            &[("accept-language", accept)],
            "",
        )
        .unwrap()
    };
    assert!(get("/", "fr").body.contains("<html lang=\"fr\""));
    assert!(
        get("/", "en-GB,fr;q=0.5")
            .body
            .contains("<html lang=\"en\"")
    );
    let chosen = get("/r/qpv-cls?lang=en", "fr");
    assert!(chosen.body.contains("<html lang=\"en\""));
    assert!(
        chosen
            .header("set-cookie")
            .unwrap()
            .starts_with("recueil-lang=en")
    );
    server.kill();
}

#[test]
fn the_dashboard_link_is_printed_and_unguessable() {
    let (_folder, server) = serve();
    let key = server.dashboard.rsplit('/').next().unwrap();
    assert!(key.len() >= 32 && key.bytes().all(|it| it.is_ascii_hexdigit()));
    server.kill();
}

#[test]
fn the_island_gets_its_questionnaire_from_the_program_that_served_its_page() {
    let (_folder, server) = serve();
    let respondent = Respondent::begin(&server.address).unwrap();
    let page = respondent.get("/r/qpv-cls/p/profil").unwrap().body;
    let begin = page.split("data-begin=\"").nth(1).unwrap();
    let begin = begin.split('"').next().unwrap();
    let begin = app::respond::island::Begin::from_text(begin).unwrap();
    assert_eq!(respondent.get(&begin.instrument).unwrap().status, 200);
    // A page of an earlier program would read it wrongly.
    let stale = format!("{}.earlier", begin.instrument);
    assert_eq!(respondent.get(&stale).unwrap().status, 404);
}
