//! Somebody invited has colleagues prepare pages: their names are written down nowhere but in the draft, as long
//! as there is one.

use super::site::{Browser, Site};
use crate::program::{NO_SCHEME, Server, send};

/// What nobody may find: how the holder calls themselves and their colleague, and what the colleague says.
const HOLDER: &str = "Canari-Lucie-4721";
const LABEL: &str = "Canari-Budget-4722";
const NAME: &str = "Canari-Marie-4723";
/// Typed where it is refused.
const REFUSED: &str = "Canari-Paul-4724";
const TOGETHER: &str = "/r/qpv-cls/together";
const PART: &str = "/r/qpv-cls/part";

fn value(page: &str, name: &str) -> String {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = value.unwrap_or_else(|| panic!("no {name} in {page}"));
    value
        .split('"')
        .next()
        .unwrap()
        .replace('=', "%3D")
        .replace(' ', "+")
}

/// Answers a page as a browser does to which it was drawn.
fn answer(browser: &mut Browser<'_>, path: &str, answers: &str) {
    let drawn = value(&browser.get(path).body, "$drawn");
    let reply = browser.post(path, &format!("{answers}&%24drawn={drawn}"));
    assert_eq!(reply.status, 303, "{path}: {}", reply.body);
}

/// Hands pages over, has them answered, settles, signs off and sends; gives the secrets that were used.
fn prepare_together(server: &Server, token: &str) -> Vec<String> {
    let (mut holder, mut colleague) = (Browser::new(server), Browser::new(server));
    holder.follow(token);
    assert_eq!(holder.post("/r/qpv-cls", "").status, 303);
    let handed = format!("label={LABEL}&name={HOLDER}&pages=profil&pages=coordination");
    let handed = holder.post(TOGETHER, &handed);
    let link = handed.body.split("id=\"link\"").nth(1).unwrap();
    let link = link.split_once('>').unwrap().1.split('<').next().unwrap();
    let link = &link[link.find("/r/").unwrap()..];
    // What is refused: no label, no such page, no name, a link that leads nowhere.
    let refused = holder.post(TOGETHER, &format!("label=+&name={REFUSED}"));
    assert_eq!(refused.status, 422);
    let refused = holder.post(TOGETHER, &format!("label={REFUSED}&pages=nowhere"));
    assert_eq!(refused.status, 400);
    assert_eq!(colleague.post(&format!("{link}0"), "").status, 404);
    assert_eq!(
        colleague
            .post(PART, &format!("do=join&name={REFUSED}"))
            .status,
        404
    );
    assert_eq!(colleague.post(link, "").header("location"), Some(PART));
    let nameless = colleague.post(PART, "do=join&name=+").status;
    assert_eq!(nameless, 422);
    let joined = colleague.post(PART, &format!("do=join&name={NAME}"));
    assert_eq!(joined.header("location"), Some(PART));
    // They answer a question differently, and a field that is none.
    let ((profile, answers), (coordination, others)) = (NO_SCHEME[0], NO_SCHEME[1]);
    let mine = value(&holder.get(profile).body, "$drawn");
    let theirs = answers.replace("nb_qpv=0", "nb_qpv=7");
    answer(
        &mut colleague,
        &profile.replace("/p/", "/part/"),
        &format!("{theirs}&nothing={REFUSED}"),
    );
    answer(
        &mut colleague,
        &coordination.replace("/p/", "/part/"),
        others,
    );
    assert_eq!(colleague.post(PART, "do=finish").status, 303);
    let body = format!("{answers}&%24drawn={mine}");
    assert_eq!(holder.post(profile, &body).status, 303);
    answer(&mut holder, coordination, others);
    answer(&mut holder, "/r/qpv-cls/p/suites", "rappel=false&go=next");
    let review = holder.get("/r/qpv-cls/review").body;
    assert!(
        review.contains(NAME),
        "the review says who wrote what: {review}"
    );
    let choice = value(&review, "$settle");
    holder.post("/r/qpv-cls/review", &format!("%24settle={choice}"));
    let sent = holder.post("/r/qpv-cls/review", "go=next&signed=yes");
    assert_eq!(
        sent.header("location"),
        Some("/r/qpv-cls/receipt"),
        "{}",
        sent.body
    );
    assert_eq!(colleague.get(PART).status, 410);
    let secret = link.rsplit('/').next().unwrap().to_owned();
    let cookies = holder
        .cookies
        .into_values()
        .chain(colleague.cookies.into_values());
    cookies.chain([secret]).collect()
}

/// With everything written that can be: nobody's name, and none of their secrets.
#[test]
fn who_prepares_a_response_is_not_in_the_log() {
    let site = Site::new();
    let log = site.folder.path().join("log");
    let server = Server::start_with_log(&site.database, &log);
    let secrets = prepare_together(&server, site.token("marie"));
    assert!(secrets.len() >= 3, "{secrets:?}");
    let reply = send(&server.address, "GET", "/", &[], "").unwrap();
    assert_eq!(reply.status, 200);
    server.kill();
    let log = std::fs::read_to_string(&log).unwrap();
    // It is the log of all this, down to the least.
    assert!(log.contains("a page was posted with fields it does not have"));
    let names = [HOLDER, LABEL, NAME, REFUSED, "Canari"].map(str::to_owned);
    for hidden in names.iter().chain(&secrets).filter(|it| it.len() > 5) {
        let lines: Vec<&str> = log.lines().filter(|it| it.contains(hidden)).collect();
        assert!(lines.is_empty(), "{lines:#?}");
    }
}
