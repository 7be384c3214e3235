//! What respondents may do with what they gave, over HTTP and without scripts.

use serde_json::Value;

use crate::program::{NO_SCHEME, Reply, Respondent, Server, recueil, send, text};

struct Site {
    _folder: tempfile::TempDir,
    database: String,
    server: Server,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
        let server = Server::start(&database, &[]);
        Self {
            _folder: folder,
            database,
            server,
        }
    }

    fn address(&self) -> &str {
        &self.server.address
    }

    /// Somebody who has sent their answers.
    fn sent(&self) -> Respondent {
        let respondent = Respondent::ready(self.address()).unwrap();
        let reply = respondent.post("/r/qpv-cls/review", "go=next").unwrap();
        assert_eq!(reply.header("location"), Some("/r/qpv-cls/receipt"));
        respondent
    }

    fn resume(&self, wave: &str, code: &str) -> Reply {
        let path = format!("/r/{wave}/resume");
        send(self.address(), "POST", &path, &[], &format!("code={code}")).unwrap()
    }

    fn exported(&self) -> Vec<Value> {
        let output = recueil(&["export", "qpv-cls", "--database", &self.database]);
        let lines = text(&output.stdout);
        lines
            .lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect()
    }
}

fn code_of(page: &str) -> String {
    let code = page.split("class=\"code\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap().to_owned();
    assert_eq!(code.len(), 19, "{code}");
    code
}

fn cookie_of(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn location(reply: &Reply) -> (u16, &str) {
    (reply.status, reply.header("location").unwrap_or_default())
}

#[test]
fn answers_go_on_on_another_device() {
    let site = Site::new();
    let respondent = Respondent::begin(site.address()).unwrap();
    let page = "/r/qpv-cls/p/profil";
    assert!(
        respondent
            .get(page)
            .unwrap()
            .body
            .contains("profil?then=keep")
    );
    let typed = "structure=collectivite&nb_qpv=7&go=save";
    let reply = respondent
        .post("/r/qpv-cls/p/profil?then=keep", typed)
        .unwrap();
    assert_eq!(location(&reply), (303, "/r/qpv-cls/keep"));
    let keep = respondent.get("/r/qpv-cls/keep").unwrap();
    assert_eq!(keep.status, 200);
    let code = code_of(&keep.body);
    let address = format!("http://{}/r/qpv-cls/resume", site.address());
    assert!(keep.body.contains(&address), "{}", keep.body);
    let again = respondent.get("/r/qpv-cls/keep").unwrap();
    assert_eq!(code_of(&again.body), code, "the same code each time");

    let sloppy = code.to_lowercase().replace('-', "+");
    for written in [code.as_str(), sloppy.as_str()] {
        let reply = site.resume("qpv-cls", written);
        assert_eq!(location(&reply), (303, page));
        assert_eq!(cookie_of(&reply), respondent.cookie());
    }
    let elsewhere = respondent.at(site.address());
    let body = elsewhere.get(page).unwrap().body;
    assert!(body.contains("value=\"7\""), "the answers are there");
    // Without a response there is no code.
    let nobody = send(site.address(), "GET", "/r/qpv-cls/keep", &[], "").unwrap();
    assert_eq!(nobody.status, 409);
}

#[test]
fn wrong_codes_are_answered_alike_and_not_for_ever() {
    let site = Site::new();
    let code = code_of(&site.sent().get("/r/qpv-cls/receipt").unwrap().body);
    let wrong = code.replace(|it: char| it != '-', "7");
    let mut replies = vec![
        site.resume("qpv-cls", &wrong),
        site.resume("qpv-cls", "x"),
        site.resume("qpv-cls", ""),
        send(site.address(), "POST", "/r/qpv-cls/resume", &[], "").unwrap(),
    ];
    let of_another = site.resume("evaluation-cls", &code);
    let place = "/r/evaluation-cls/resume?code=unknown";
    assert_eq!(location(&of_another), (303, place));
    assert!(of_another.header("set-cookie").is_none());
    for reply in &mut replies {
        assert_eq!(location(reply), (303, "/r/qpv-cls/resume?code=unknown"));
        reply.headers.retain(|(name, _)| name != "date");
    }
    for reply in &replies[1..] {
        assert_eq!(reply.headers, replies[0].headers);
        assert_eq!(reply.body, replies[0].body);
    }
    let said = send(
        site.address(),
        "GET",
        "/r/qpv-cls/resume?code=unknown",
        &[],
        "",
    );
    let said = said.unwrap();
    assert_eq!(said.status, 200);
    assert!(said.body.contains("aria-invalid=\"true\"") && said.body.contains("<title>Erreur"));
    // The right one, any number of times.
    for _ in 0..30 {
        let reply = site.resume("qpv-cls", &code);
        assert_eq!(location(&reply), (303, "/r/qpv-cls/receipt"));
    }
    for _ in 4..20 {
        assert_eq!(site.resume("qpv-cls", &wrong).status, 303);
    }
    let forged = [("x-forwarded-for", "203.0.113.9")];
    let body = format!("code={code}");
    let reply = send(site.address(), "POST", "/r/qpv-cls/resume", &forged, &body).unwrap();
    assert_eq!(
        reply.status, 429,
        "also the right one, from wherever it says it comes"
    );
    assert!(reply.header("set-cookie").is_none());
    assert_eq!(
        site.resume("evaluation-cls", "x").status,
        303,
        "waves are told apart"
    );
}

#[test]
fn a_response_is_corrected_and_counts_as_it_was_until_then() {
    let site = Site::new();
    let respondent = site.sent();
    let receipt = respondent.get("/r/qpv-cls/receipt").unwrap();
    assert_eq!(receipt.status, 200);
    assert!(receipt.body.contains("comptée"), "{}", receipt.body);
    let before = site.exported();
    assert_eq!(before.len(), 1);
    for _ in 0..2 {
        let reply = respondent.post("/r/qpv-cls/receipt/correct", "").unwrap();
        assert_eq!(location(&reply), (303, "/r/qpv-cls/review"));
    }
    let review = respondent.get("/r/qpv-cls/review").unwrap();
    assert!(
        review.body.contains("Vous corrigez une réponse"),
        "{}",
        review.body
    );
    let (page, answers) = NO_SCHEME[1];
    let changed = answers.replace("coordination=moyenne", "coordination=satisfaisante");
    assert_ne!(changed, answers);
    assert_eq!(respondent.post(page, &changed).unwrap().status, 303);
    // Half-way: the receipt says so, the numbers are those of before.
    let receipt = respondent.get("/r/qpv-cls/receipt").unwrap();
    assert!(receipt.body.contains("Une correction est en cours"));
    assert_eq!(site.exported(), before);
    // Given up, and begun again.
    let reply = respondent.post("/r/qpv-cls/receipt/keep", "").unwrap();
    assert_eq!(location(&reply), (303, "/r/qpv-cls/receipt"));
    respondent.post("/r/qpv-cls/receipt/correct", "").unwrap();
    let body = respondent.get(page).unwrap().body;
    assert!(
        !body.contains("value=\"satisfaisante\" checked"),
        "what was given up is gone"
    );
    respondent.post(page, &changed).unwrap();
    let key = |page: &str| {
        let key = page
            .split("name=\"idempotency_key\" value=\"")
            .nth(1)
            .unwrap();
        key.split('"').next().unwrap().to_owned()
    };
    let review = respondent.get("/r/qpv-cls/review").unwrap();
    let post = format!("idempotency_key={}&go=next", key(&review.body));
    for _ in 0..2 {
        let reply = respondent.post("/r/qpv-cls/review", &post).unwrap();
        assert_eq!(location(&reply), (303, "/r/qpv-cls/receipt"));
    }
    let after = site.exported();
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["meta"]["id"], before[0]["meta"]["id"]);
    assert_eq!(after[0]["answers"]["coordination"], "satisfaisante");
    // One's own export is what is stored.
    let own = respondent.get("/r/qpv-cls/receipt/export/json").unwrap();
    let disposition = own.header("content-disposition").unwrap();
    assert_eq!(disposition, "attachment; filename=\"reponse-qpv-cls.json\"");
    let own: Value = serde_json::from_str(&own.body).unwrap();
    assert_eq!(own["response"], after[0]);
    let own = respondent.get("/r/qpv-cls/receipt/export/html").unwrap();
    assert!(own.body.starts_with("<!DOCTYPE html>"));
    assert!(own.body.contains("QPV") && !own.body.contains("<script"));
    let other = respondent.get("/r/qpv-cls/receipt/export/pdf").unwrap();
    assert_eq!(other.status, 404);
}

#[test]
fn a_response_is_withdrawn_and_its_respondent_may_answer_again() {
    let site = Site::new();
    let respondent = site.sent();
    site.sent();
    let code = code_of(&respondent.get("/r/qpv-cls/receipt").unwrap().body);
    let ask = respondent.get("/r/qpv-cls/receipt/withdraw").unwrap();
    assert!(ask.status == 200 && ask.body.contains("Retirer votre réponse"));
    assert_eq!(site.exported().len(), 2, "asking changes nothing");
    for _ in 0..2 {
        let reply = respondent.post("/r/qpv-cls/receipt/withdraw", "").unwrap();
        assert_eq!(location(&reply), (303, "/r/qpv-cls/withdrawn"));
        let cookie = reply.header("set-cookie").unwrap();
        assert!(cookie.contains("Max-Age=0"), "{cookie}");
    }
    assert_eq!(respondent.get("/r/qpv-cls/withdrawn").unwrap().status, 200);
    assert_eq!(site.exported().len(), 1);
    for path in ["receipt", "receipt/withdraw", "receipt/export/json", "keep"] {
        let reply = respondent.get(&format!("/r/qpv-cls/{path}")).unwrap();
        assert_eq!(reply.status, 409, "{path}");
    }
    let reply = site.resume("qpv-cls", &code);
    assert_eq!(location(&reply), (303, "/r/qpv-cls/resume?code=unknown"));
    site.sent();
    assert_eq!(site.exported().len(), 2);
    // Who has only begun has nothing to withdraw, and loses nothing.
    let begun = Respondent::begin(site.address()).unwrap();
    let reply = begun.post("/r/qpv-cls/receipt/withdraw", "").unwrap();
    assert_eq!(reply.status, 409);
    assert_eq!(begun.get("/r/qpv-cls/p/profil").unwrap().status, 200);
    // Neither does another site.
    let cross = [("sec-fetch-site", "cross-site")];
    for path in ["withdraw", "correct", "keep"] {
        let path = format!("/r/qpv-cls/receipt/{path}");
        let reply = send(site.address(), "POST", &path, &cross, "").unwrap();
        assert_eq!(reply.status, 403);
    }
}

#[test]
fn a_crash_amid_a_correction_loses_neither_the_response_nor_the_correction() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let exported = || {
        let output = recueil(&["export", "qpv-cls", "--database", &database]);
        text(&output.stdout)
    };
    let server = Server::start(&database, &[]);
    let respondent = Respondent::ready(&server.address).unwrap();
    respondent.post("/r/qpv-cls/review", "go=next").unwrap();
    let before = exported();
    assert_eq!(before.lines().count(), 1);
    respondent.post("/r/qpv-cls/receipt/correct", "").unwrap();
    let (page, answers) = NO_SCHEME[1];
    let changed = answers.replace("coordination=moyenne", "coordination=satisfaisante");
    respondent.post(page, &changed).unwrap();
    server.kill();
    assert_eq!(exported(), before);
    let server = Server::start(&database, &[]);
    let respondent = respondent.at(&server.address);
    let receipt = respondent.get("/r/qpv-cls/receipt").unwrap();
    assert!(receipt.body.contains("Une correction est en cours"));
    respondent.post("/r/qpv-cls/review", "go=next").unwrap();
    server.kill();
    let after = exported();
    assert_eq!(after.lines().count(), 1);
    assert!(
        after.contains("\"coordination\":\"satisfaisante\""),
        "{after}"
    );
}
