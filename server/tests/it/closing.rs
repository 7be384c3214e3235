//! What whoever comes too late is told, wherever they come from; and the link of a wave as a code.

use axum::http::{Method, StatusCode, header};
use service::Role;

use crate::person::Person;
use crate::roles::{Reply, Site};

const WAVE: &str = "/studio/s/qpv-cls/waves/qpv-cls";

struct Desk<'a> {
    organiser: Person<'a>,
    site: &'a Site,
}

impl Desk<'_> {
    async fn open(site: &Site) -> Desk<'_> {
        let session = site.somebody("o@exemple.fr", Some(Role::Organiser), false);
        let organiser = Person::new(site);
        organiser.hold("recueil-team", session.await.reveal());
        Desk { organiser, site }
    }

    async fn settle(&self, body: &str) -> Reply {
        self.organiser.post(&format!("{WAVE}/settings"), body).await
    }

    async fn page(&self) -> String {
        self.organiser.get(&format!("{WAVE}/settings")).await.body
    }

    async fn come(&self, path: &str) -> Reply {
        self.site.send(&Method::GET, path, None, "").await
    }
}

#[tokio::test]
async fn a_closed_wave_says_what_its_organisers_wrote() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    // Somebody is in the middle of it.
    let late = Person::new(&site);
    late.get("/r/qpv-cls").await;
    assert_eq!(late.post("/r/qpv-cls", "").await.status, 303);
    let page = "/r/qpv-cls/p/profil";
    assert_eq!(late.get(page).await.status, 200);

    let hostile = "<script>alert(1)</script>";
    let message = format!(
        "do=message&message-fr=Merci%20!%0D%0A%0D%0A%20R%C3%A9sultats%20en%20juin.%20{}&message-en=",
        "%3Cscript%3Ealert(1)%3C/script%3E"
    );
    let saved = desk.settle(&message).await;
    assert_eq!(saved.location(), format!("{WAVE}/settings?done=message"));
    // While it is open nobody is told.
    assert!(
        !desk
            .come("/r/qpv-cls")
            .await
            .body
            .contains("Résultats en juin")
    );
    assert_eq!(desk.settle("do=close").await.status, 303);

    let said = |reply: &Reply| {
        assert_eq!(reply.status, StatusCode::GONE, "{}", reply.body);
        assert!(reply.body.contains("Résultats en juin"), "{}", reply.body);
        assert!(!reply.body.contains(hostile) && reply.body.contains("&lt;script&gt;"));
        // Its words stand instead of ours.
        assert!(!reply.body.contains("Merci de votre intérêt"));
    };
    said(&desk.come("/r/qpv-cls").await);
    said(&desk.come("/r/qpv-cls?lang=en").await);
    let english = desk.come("/r/qpv-cls?lang=en").await.body;
    assert!(english.contains("lang=\"fr\"") && english.contains("This survey has ended"));
    // Where they were, what they send, what they would review.
    said(&late.get(page).await);
    said(&late.post(page, "go=save").await);
    said(&late.get("/r/qpv-cls/review").await);
    said(&late.post("/r/qpv-cls/review", "").await);
    said(&late.post("/r/qpv-cls", "").await);
    // Programs, too.
    let cookie = late.cookies.lock().unwrap().clone();
    let cookie: Vec<_> = cookie
        .iter()
        .map(|(name, it)| format!("{name}={it}"))
        .collect();
    let cookie = cookie.join("; ");
    let headers = [("accept", "application/json"), ("cookie", cookie.as_str())];
    let json = site
        .send_with(&Method::POST, page, &headers, "go=save")
        .await;
    let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert!(json["code"] == "closed" && json["status"] == 410, "{json}");
    let detail = json["detail"].as_str().unwrap();
    assert!(detail.starts_with("Merci !\n\nRésultats"), "{detail}");
    let listed = desk
        .organiser
        .get("/api/v1/studies/qpv-cls/waves")
        .await
        .body;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let message = &listed["waves"][0]["closing_message"]["fr"];
    assert!(message.as_str().unwrap().starts_with("Merci !"), "{listed}");

    // Before it opens and once it is full, it says when, or that it is full.
    let dated = "do=when&zone=Europe/Paris&opens=2100-01-05T07:30&closes=&language=fr";
    let moved = desk.settle(dated).await;
    assert_eq!(moved.location(), format!("{WAVE}/settings?done=when"));
    desk.settle("do=open").await;
    desk.settle(dated).await;
    let early = desk.come("/r/qpv-cls").await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    assert!(early.body.contains("2100") && !early.body.contains("Résultats en juin"));
    // By its date it is closed as by hand.
    let over = "do=when&zone=Europe/Paris&opens=&closes=2026-01-05T07:30&language=fr";
    desk.settle(over).await;
    said(&desk.come("/r/qpv-cls").await);
    // Without a message it says since when.
    assert_eq!(
        desk.settle("do=message&message-fr=&message-en=")
            .await
            .status,
        303
    );
    let stock = desk.come("/r/qpv-cls").await.body;
    assert!(stock.contains("5 janvier 2026") && stock.contains("Merci de votre intérêt"));
}

/// What was given on paper is entered after the end as well, by whoever may.
#[tokio::test]
async fn entering_goes_on_after_the_end() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let clerk = site.somebody("c@exemple.fr", Some(Role::Correspondent), false);
    let clerk_session = clerk.await;
    let clerk = Person::new(&site);
    clerk.hold("recueil-team", clerk_session.reveal());
    desk.settle("do=message&message-fr=Fini.").await;
    desk.settle("do=close").await;
    let begun = clerk.post(&format!("{WAVE}/entry/begin"), "").await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = clerk.get(begun.location()).await;
    assert_eq!(page.status, 200, "{}", page.body);
}

#[tokio::test]
async fn the_settings_show_the_page_before_it_is_saved_and_what_is_wrong() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let page = desk.page().await;
    for shown in [
        "id=\"link-h\"",
        "id=\"when-h\"",
        "id=\"closing-h\"",
        "id=\"who-h\"",
        "qr.svg",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(page.contains("https://recueil.test/r/qpv-cls") || page.contains("/r/qpv-cls"));
    let shown = desk
        .settle("do=show-message&message-fr=&message-en=Much%20obliged")
        .await;
    assert_eq!(shown.status, 200);
    // Who reads French would read the English, and both are shown.
    let n = shown.body.matches("Much obliged").count();
    assert_eq!(n, 3, "in the field and on both pages: {}", shown.body);
    assert!(
        !desk.page().await.contains("Much obliged"),
        "nothing is saved"
    );

    let long = format!(
        "do=message&message-fr={}&message-en=Thanks",
        "a".repeat(2_001)
    );
    let wrong = desk.settle(&long).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "href=\"#message-fr\"",
        "2 000 caractères",
        "aria-invalid=\"true\"",
        ">Thanks<",
    ] {
        let body = wrong.body.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(body.contains(words), "{words}: {body}");
    }
    // A language that the questionnaire does not speak is no default either.
    let unspoken = "do=when&zone=Europe/Paris&opens=&closes=&language=tlh";
    let unspoken = desk.settle(unspoken).await;
    assert_eq!(unspoken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unspoken.body.contains("ne parle pas cette langue"));
}

#[tokio::test]
async fn a_moved_date_says_so() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let at = |opens: &str, closes: &str| {
        format!("do=when&zone=Europe/Paris&opens={opens}&closes={closes}&language=fr")
    };
    for (body, done) in [
        // Nobody was told a date before.
        (at("", "2100-04-30T18:00"), "when"),
        (at("", "2100-05-31T18:00"), "closing-moved"),
        (at("2100-05-01T08:00", "2100-05-31T18:00"), "when"),
        (at("2100-05-02T08:00", "2100-05-31T18:00"), "opening-moved"),
        (at("", ""), "dates-moved"),
        (at("", ""), "when"),
    ] {
        let settled = desk.settle(&body).await;
        assert_eq!(
            settled.location(),
            format!("{WAVE}/settings?done={done}"),
            "{body}"
        );
        let page = desk.organiser.get(settled.location()).await.body;
        assert_eq!(page.contains("déplacée"), done != "when", "{done}");
    }
    let owner = site
        .somebody("p@exemple.fr", Some(Role::Owner), false)
        .await;
    let audit = app::paths::audit("qpv-cls");
    let audit = site
        .send(&Method::GET, &audit, Some(owner.reveal()), "")
        .await;
    let audit = audit.body.replace(['\u{202f}', '\u{a0}'], " ");
    assert!(
        audit.contains("fermeture déplacée : 30 avril 2100 18:00 → 31 mai 2100 18:00"),
        "{audit}"
    );
}

#[tokio::test]
async fn the_link_is_a_code_for_screens_and_for_print() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    for (file, kind, begins) in [
        ("qr.svg", "image/svg+xml", "<svg"),
        // The test reads bodies as texts: of the bytes there it keeps letters.
        ("qr.png", "image/png", "\u{fffd}PNG"),
    ] {
        let code = desk.organiser.get(&format!("{WAVE}/{file}")).await;
        assert_eq!(code.status, 200);
        assert_eq!(code.headers[header::CONTENT_TYPE], kind);
        let named = code.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            named.starts_with("attachment;") && named.contains("qpv-cls-qr"),
            "{named}"
        );
        assert!(code.body.starts_with(begins), "{file}");
        let nobody = desk.come(&format!("{WAVE}/{file}")).await;
        assert_eq!(nobody.status, 303, "to sign in");
        let nowhere = desk
            .organiser
            .get(&format!("/studio/s/qpv-cls/waves/autre/{file}"))
            .await;
        assert_eq!(nowhere.status, 404, "a wave of another study");
    }
    let svg = desk.organiser.get(&format!("{WAVE}/qr.svg")).await.body;
    assert!(svg.contains("/r/qpv-cls</title>"), "{svg}");
}
