//! Entering over HTTP and without scripts: a correspondent types in what people answered on paper.

use axum::http::StatusCode;
use service::Role;
use service::team::{Enter, Field};

use crate::person::Person;
use crate::program::NO_SCHEME;
use crate::roles::Site;

const BEGIN: &str = "/studio/s/qpv-cls/waves/qpv-cls/entry/begin";
const ENTRY: &str = "/studio/s/qpv-cls/waves/qpv-cls/entry";
const PROFILE: &str = "/r/qpv-cls/p/profil";
const KEPT: &str = "recueil-entry.qpv-cls";
const SAID: &str = "quelqu’un d’autre a répondu";

/// A closed wave, and a correspondent in front of it.
async fn desk(site: &Site) -> Person<'_> {
    let session = site
        .somebody("saisie@exemple.fr", Some(Role::Correspondent), false)
        .await;
    let (services, operator) = (&site.services, site.services.operator());
    let team = services.team();
    let may = team.operator_may::<Field>(&operator, "qpv-cls").await;
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    services.waves().close(&may.unwrap(), &wave).await.unwrap();
    let person = Person::new(site);
    person.hold("recueil-team", session.reveal());
    person
}

async fn stored(site: &Site) -> u64 {
    let (services, operator) = (&site.services, site.services.operator());
    let team = services.team();
    let may = team.operator_may(&operator, "qpv-cls").await.unwrap();
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    services.waves().n_responses(&may, &wave).await.unwrap()
}

#[tokio::test]
async fn a_correspondent_types_a_questionnaire_in_though_the_wave_is_closed() {
    let site = Site::open().await;
    let desk = desk(&site).await;
    let begun = desk.post(BEGIN, "").await;
    assert_eq!(begun.location(), PROFILE, "{}", begun.body);
    let page = desk.get(PROFILE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(SAID) && page.body.contains(ENTRY));
    let entry = desk.get(ENTRY).await.body;
    assert!(entry.contains("Une saisie est en cours") && entry.contains("Son code"));
    for (page, answers) in NO_SCHEME {
        let reply = desk.post(page, answers).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    }
    // Nothing is handed over: there is no link, and no page.
    let review = desk.get("/r/qpv-cls/review").await;
    assert!(review.body.contains(SAID) && !review.body.contains("/together"));
    assert_eq!(
        desk.get("/r/qpv-cls/together").await.location(),
        "/r/qpv-cls/review"
    );
    let key = review
        .body
        .split("name=\"idempotency_key\" value=\"")
        .nth(1);
    let key = key.and_then(|it| it.split('"').next()).unwrap();
    let body = format!("idempotency_key={key}&go=next");
    for _ in 0..2 {
        let sent = desk.post("/r/qpv-cls/review", &body).await;
        assert_eq!(sent.location(), format!("{ENTRY}?done=entered"));
    }
    assert_eq!(stored(&site).await, 1);
    let entry = desk.get(&format!("{ENTRY}?done=entered")).await.body;
    assert!(entry.contains("La réponse saisie est enregistrée"));
    assert!(entry.contains("/r/qpv-cls/receipt") && !entry.contains("Son code"));
    let receipt = desk.get("/r/qpv-cls/receipt").await;
    assert!(receipt.body.contains(SAID) && receipt.body.contains("/r/qpv-cls/receipt/correct"));
    // It is mended, and taken out.
    let again = desk.post("/r/qpv-cls/receipt/correct", "").await;
    assert_eq!(again.location(), "/r/qpv-cls/review");
    let kept = desk.post("/r/qpv-cls/receipt/keep", "").await;
    assert_eq!(kept.location(), "/r/qpv-cls/receipt");
    let out = desk.post("/r/qpv-cls/receipt/withdraw", "").await;
    assert_eq!(out.location(), format!("{ENTRY}?done=taken-out"));
    assert_eq!(stored(&site).await, 0);
}

/// A desk is shared: what is being typed in is there for whoever is signed in and may enter, and the
/// cookie alone is worth nothing.
#[tokio::test]
async fn without_the_session_what_the_browser_holds_leads_nowhere() {
    let site = Site::open().await;
    let desk = desk(&site).await;
    desk.post(BEGIN, "").await;
    let keep = desk.get("/r/qpv-cls/keep").await;
    let code = keep.body.split("class=\"code\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap();
    assert_eq!(code.len(), 19, "{code}");
    let session = desk.held("recueil-team").unwrap();
    let viewer = site
        .somebody("viewer@exemple.fr", Some(Role::Viewer), false)
        .await;
    let nobody = Person::new(&site).get(PROFILE).await;
    for other in [None, Some(viewer.reveal()), Some(&"f".repeat(64))] {
        match other {
            Some(other) => desk.hold("recueil-team", other),
            None => desk.drop("recueil-team"),
        }
        let page = desk.get(PROFILE).await;
        assert_eq!((page.status, page.words()), (nobody.status, nobody.words()));
        let posted = desk.post(PROFILE, NO_SCHEME[0].1).await;
        assert_eq!(posted.status, nobody.status);
        let resumed = desk
            .post("/r/qpv-cls/resume", &format!("code={code}"))
            .await;
        assert_eq!(resumed.location(), "/r/qpv-cls/resume?code=unknown");
    }
    // A correspondent finds it at another desk by its code.
    let other = Person::new(&site);
    other.hold("recueil-team", &session);
    let resumed = other
        .post("/r/qpv-cls/resume", &format!("code={code}"))
        .await;
    assert_eq!(resumed.location(), PROFILE);
    assert_eq!(other.held(KEPT), desk.held(KEPT));
    assert!(other.held("recueil-qpv-cls").is_none());
    assert!(other.get(PROFILE).await.body.contains(SAID));
}

/// Members are respondents too: their own response and what they type in stay apart.
#[tokio::test]
async fn their_own_response_is_another() {
    let site = Site::open().await;
    let desk = desk(&site).await;
    let (services, operator) = (&site.services, site.services.operator());
    let team = services.team();
    let field = team
        .operator_may::<Field>(&operator, "qpv-cls")
        .await
        .unwrap();
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    services.waves().reopen(&field, &wave).await.unwrap();
    desk.post("/r/qpv-cls", "").await;
    let own = desk.held("recueil-qpv-cls").unwrap();
    assert!(!desk.get(PROFILE).await.body.contains(SAID));
    desk.post(BEGIN, "").await;
    assert_eq!(desk.held("recueil-qpv-cls"), Some(own));
    desk.post(PROFILE, NO_SCHEME[0].1).await;
    assert!(desk.get(PROFILE).await.body.contains(SAID));
    // The door of respondents is theirs, whatever is being typed in.
    let start = desk.get("/r/qpv-cls").await;
    assert!(!start.body.contains(SAID) && start.body.contains(PROFILE));
    let enter = team
        .operator_may::<Enter>(&operator, "qpv-cls")
        .await
        .unwrap();
    let token = service::Token::parse(&desk.held(KEPT).unwrap()).unwrap();
    let typed = services.enter(&enter).find(&wave, &token).await.unwrap();
    assert!(!typed.unwrap().sheet.answers.is_empty());
    desk.drop(KEPT);
    let page = desk.get(PROFILE).await.body;
    assert!(!page.contains(SAID) && !page.contains("checked"), "{page}");
}
