//! Rehearsing what is being written, over HTTP and without scripts; and the team's home, live.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::StreamExt;
use serde_json::Value;
use service::Role;
use tower::ServiceExt;

use crate::person::Person;
use crate::roles::{Reply, Site};
use crate::writing_pages::organiser;

const NEW: &str = "/studio/new";
const TEXT: &str = "/studio/s/essai/questionnaire";
const REHEARSE: &str = "/studio/s/essai/questionnaire/rehearsal";
const RESULTS: &str = "/studio/s/essai/questionnaire/rehearsal/results";
/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

const SMALL: &str = "id: essai
title: {fr: Essai}
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: age, kind: quantity, label: {fr: Âge}, required: true, min: 0, max: 120}
    - {id: metier, kind: text, label: {fr: Métier}, filter: age >= 18}
";

async fn begin(person: &Person<'_>, fields: &[(&str, &str)]) -> Reply {
    let session = person.held("recueil-team").unwrap();
    person.site.give(NEW, &session, fields).await
}

/// Somebody who writes a study that is not published, and has saved once.
async fn writer<'a>(site: &'a Site, source: &str) -> Person<'a> {
    let ada = organiser(site, "ada@exemple.fr").await;
    let begun = begin(&ada, &[("from", "file"), ("file", source)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    ada
}

async fn save(person: &Person<'_>, source: &str, revision: i64, what: &str) -> Reply {
    let encoded: String = source.bytes().map(|it| format!("%{it:02X}")).collect();
    let body = format!("do={what}&revision={revision}&source={encoded}");
    person.post(TEXT, &body).await
}

/// Narrow spaces as plain ones.
fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ").replace('’', "'")
}

#[tokio::test]
async fn a_study_that_was_never_published_is_rehearsed_and_the_rehearsal_removed() {
    let site = Site::open().await;
    let ada = writer(&site, SMALL).await;
    // Every page on which is written has the button.
    for page in ["", "/edit", "/map", "/publish"] {
        let body = ada.get(&format!("{TEXT}{page}")).await.body;
        assert!(body.contains(">Répéter<"), "{page}");
    }
    let none = ada.get(REHEARSE).await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.body.contains("Pas encore de répétition"));
    assert_eq!(ada.get(RESULTS).await.location(), REHEARSE);

    let made = ada.post(REHEARSE, "").await;
    assert_eq!(made.location(), RESULTS, "{}", made.body);
    let page = plain(&ada.get(RESULTS).await.body);
    for words in [
        "Répétition : réponses fictives, à ne pas diffuser",
        "Répétition : résultats fictifs",
        "Enregistrement 1, répété le",
        "Supprimer la répétition",
        "Âge",
        "Métier",
        "/live/waves/",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Nobody is sent to answer it: there is no such wave.
    assert!(!page.contains("\"/r/essai\""));
    assert_eq!(ada.get("/r/essai").await.status, StatusCode::NOT_FOUND);
    let there = plain(&ada.get(REHEARSE).await.body);
    assert!(there.contains("Répétition en place") && there.contains("réponses fictives"));
    // It is in no list, is counted nowhere, and publishing knows of none.
    let home = plain(&ada.get("/studio").await.body);
    assert!(home.contains("Questionnaire pas encore publié"));
    assert!(!ada.get("/studio/s/essai").await.body.contains("working"));
    let publish = ada.get("/studio/s/essai/questionnaire/publish").await.body;
    assert!(publish.contains("première version"));

    // The questionnaire goes on; the results say so, and a new rehearsal takes the place of the old one.
    save(&ada, &SMALL.replace("Métier", "Profession"), 1, "save").await;
    let stale = plain(&ada.get(RESULTS).await.body);
    assert!(stale.contains("a été enregistré depuis") && stale.contains("Métier"));
    let drawn = ada.post(REHEARSE, "who=drawn&n=40").await;
    assert_eq!(drawn.location(), RESULTS);
    let page = plain(&ada.get(RESULTS).await.body);
    assert!(page.contains("Enregistrement 2, répété le") && page.contains("Profession"));
    assert!(!page.contains("a été enregistré depuis"));
    let there = plain(&ada.get(REHEARSE).await.body);
    assert!(there.contains("40 réponses fictives"), "{there}");
    let english = ada.get(&format!("{REHEARSE}?lang=en")).await.body;
    assert!(english.contains("40 made-up responses") && english.contains("Save 2, rehearsed"));

    for _ in 0..2 {
        let gone = ada.post(REHEARSE, "do=remove").await;
        assert_eq!(gone.location(), format!("{REHEARSE}?done=removed"));
    }
    let gone = ada.get(&format!("{REHEARSE}?done=removed")).await.body;
    assert!(gone.contains("The rehearsal was removed"), "{gone}");
    assert_eq!(ada.get(RESULTS).await.location(), REHEARSE);
    // What was done is written down.
    let session = site.somebody("o@exemple.fr", None, true).await;
    let log = site
        .send(
            &Method::GET,
            "/studio/s/essai/audit",
            Some(session.reveal()),
            "",
        )
        .await;
    let log = plain(&log.body);
    assert!(log.contains("Répétition du questionnaire"), "{log}");
    assert!(log.contains("Répétition supprimée") && log.contains("enregistrement : – → 2"));
    assert_eq!(log.matches("Répétition supprimée").count(), 1);
}

#[tokio::test]
async fn what_is_typed_is_saved_before_it_is_rehearsed() {
    let site = Site::open().await;
    let ada = writer(&site, SMALL).await;
    // Nothing new is no new save.
    assert_eq!(save(&ada, SMALL, 1, "rehearse").await.location(), RESULTS);
    assert!(ada.get(RESULTS).await.body.contains("Enregistrement 1"));
    let typed = SMALL.replace("Métier", "Profession");
    assert_eq!(save(&ada, &typed, 1, "rehearse").await.location(), RESULTS);
    let page = ada.get(RESULTS).await.body;
    assert!(page.contains("Enregistrement 2") && page.contains("Profession"));
    // In the editor too.
    let edit = "node=item%3Aage&revision=2&do=rehearse&item%3Aage%7Clabel.fr=Votre+%C3%A2ge";
    let edited = ada.post(&format!("{TEXT}/edit"), edit).await;
    assert_eq!(edited.location(), RESULTS, "{}", edited.body);
    let page = ada.get(RESULTS).await.body;
    assert!(
        page.contains("Enregistrement 3") && page.contains("Votre âge"),
        "{page}"
    );
    // Errors that are typed are saved, and told where there is a way to them.
    let broken = typed.replace("age >= 18", "age >= 'a'");
    let told = save(&ada, &broken, 3, "rehearse").await;
    assert_eq!(
        told.location(),
        format!("{REHEARSE}?wrong=unsound_questionnaire")
    );
    let told = ada.get(told.location()).await.body;
    assert!(told.contains("Pas encore répétable") && told.contains("id=\"summary\""));
    assert!(told.contains("node=item%3Ametier"), "{told}");
    // The rehearsal of what was sound is still there.
    assert!(told.contains("Répétition en place"));
}

#[tokio::test]
async fn what_cannot_be_rehearsed_says_why() {
    let site = Site::open().await;
    let broken = SMALL.replace("age >= 18", "age >= 'a'");
    let ada = writer(&site, &broken).await;
    let told = ada.post(REHEARSE, "").await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains("Ce texte a des erreurs"));
    assert!(told.body.contains("node=item%3Ametier"), "{}", told.body);
    // What is no questionnaire at all leads to its text.
    save(&ada, "id: [", 1, "save").await;
    let told = ada.post(REHEARSE, "").await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains(&format!("href=\"{TEXT}\"")));
    // Nobody can come to the end.
    let dead = SMALL.replace(
        "max: 120}",
        "max: 120, checks: [{id: jamais, require: age < 0, message: {fr: Non}}]}",
    );
    save(&ada, &dead, 2, "save").await;
    let told = ada.post(REHEARSE, "").await;
    assert_eq!(
        told.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        told.body
    );

    save(&ada, SMALL, 3, "save").await;
    for n in ["0", "1001", "-4", "beaucoup", ""] {
        let told = ada.post(REHEARSE, &format!("who=drawn&n={n}")).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{n}");
        assert!(
            told.body.contains("id=\"n-error\"") && told.body.contains("aria-invalid=\"true\"")
        );
    }
    assert_eq!(ada.get(RESULTS).await.location(), REHEARSE);
}

#[tokio::test]
async fn a_rehearsal_is_for_those_who_design() {
    let site = Site::open().await;
    let own = "/studio/s/qpv-cls/questionnaire/rehearsal";
    let ada = organiser(&site, "ada@exemple.fr").await;
    assert_eq!(ada.post(own, "").await.location(), format!("{own}/results"));
    let page = ada.get(&format!("{own}/results")).await.body;
    let live = page.split("/live/waves/").nth(1).unwrap();
    let live = live.split("&quot;").next().unwrap().replace("&amp;", "&");
    let live = format!("/live/waves/{live}");
    assert_eq!(ada.get(&live).await.status, StatusCode::OK);
    for role in [Role::Viewer, Role::Analyst, Role::Correspondent] {
        let email = format!("{}@exemple.fr", role.code());
        let session = site.somebody(&email, Some(role), false).await;
        let bo = Person::new(&site);
        bo.hold("recueil-team", session.reveal());
        for path in [own.to_owned(), format!("{own}/results")] {
            assert_eq!(bo.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(
            bo.get(&live).await.status,
            StatusCode::NOT_FOUND,
            "{role:?}"
        );
    }
    // The wave that people answer is as it was.
    let wave = site.services.waves().by_slug("qpv-cls").await.unwrap();
    assert!(!wave.unwrap().is_rehearsal());
    let results = ada.get("/studio/s/qpv-cls/waves/qpv-cls").await.body;
    assert!(results.contains("Pas encore de réponse"), "{results}");
    // Once it is removed its events are gone.
    ada.post(own, "do=remove").await;
    assert_eq!(ada.get(&live).await.status, StatusCode::NOT_FOUND);
}

/// The events of an address, one text after the other.
struct Events(
    std::pin::Pin<Box<dyn futures_util::Stream<Item = String> + Send>>,
    String,
);

impl Events {
    async fn open(site: &Site, path: &str, session: &str) -> Self {
        let request = Request::get(path)
            .header("host", "recueil.test")
            .header("cookie", format!("recueil-team={session}"))
            .body(Body::empty())
            .unwrap();
        let reply = site.app.clone().oneshot(request).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let stream = reply.into_body().into_data_stream();
        let stream = stream.map(|it| String::from_utf8_lossy(&it.unwrap()).into_owned());
        Self(Box::pin(stream), String::new())
    }

    /// The next event's data; nothing once the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let next = async {
            loop {
                if let Some((event, rest)) = self.1.split_once("\n\n") {
                    let data = event.lines().find_map(|it| it.strip_prefix("data: "));
                    let data = data.map(str::to_owned);
                    self.1 = rest.to_owned();
                    match data {
                        Some(data) => return Some(data),
                        None => continue,
                    }
                }
                self.1 += &self.0.next().await?;
            }
        };
        tokio::time::timeout(PATIENCE, next).await.unwrap()
    }
}

#[tokio::test]
async fn the_home_tells_of_waves_and_moves_with_them() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let page = ada.get("/studio").await.body;
    for words in [
        "id=\"home\"",
        "data-cell=\"n:qpv-cls\"",
        "/live/studies?lang=fr",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Of another study nothing is told.
    assert!(!page.contains("autre"));
    let session = ada.held("recueil-team").unwrap();
    let mut events = Events::open(&site, "/live/studies?lang=fr", &session).await;
    let first: Value = serde_json::from_str(&events.next().await.unwrap()).unwrap();
    let first = first.as_str().unwrap();
    assert!(first.contains("data-cell=\"n:qpv-cls\"") && first.contains("<strong>0</strong>"));
    assert!(!first.contains("<html") && !first.contains("autre"));
    // A rehearsal moves nothing; a response does.
    ada.post("/studio/s/qpv-cls/questionnaire/rehearsal", "")
        .await;
    let services = &site.services;
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    let may = services
        .team()
        .operator_may(&services.operator(), "qpv-cls")
        .await
        .unwrap();
    let sheets = include_str!("../../../questionnaires/qpv-cls/responses.ndjson");
    let sheets = sheets.lines().take(3);
    let sheets = sheets.map(|it| serde_json::from_str(it).unwrap()).collect();
    let mut import = services.import(&may, &wave).await.unwrap();
    import.sheets(sheets).await.unwrap();
    loop {
        let list: Value = serde_json::from_str(&events.next().await.unwrap()).unwrap();
        if list.as_str().unwrap().contains("<strong>3</strong>") {
            break;
        }
    }
    // It ends with the session.
    ada.post("/studio/sign-out", "").await;
    assert_eq!(events.next().await, None);
    let refused = site
        .send(&Method::GET, "/live/studies", Some(&session), "")
        .await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_may_not_see_results_is_told_no_numbers() {
    let site = Site::open().await;
    let role = Some(Role::Correspondent);
    let session = site.somebody("bo@exemple.fr", role, false).await;
    let bo = Person::new(&site);
    bo.hold("recueil-team", session.reveal());
    let page = bo.get("/studio").await.body;
    assert!(page.contains("data-cell=\"state:qpv-cls\""));
    assert!(!page.contains("data-cell=\"n:") && !page.contains("/waves/qpv-cls\""));
    assert!(!page.contains("/questionnaire"));
    let nobody = site.somebody("x@exemple.fr", None, false).await;
    let page = site
        .send(&Method::GET, "/studio", Some(nobody.reveal()), "")
        .await;
    assert!(page.body.contains("class=\"empty\""), "{}", page.body);
}

#[tokio::test]
async fn a_study_begins_in_four_ways_and_bad_files_say_where() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let page = ada.get(NEW).await.body;
    for words in [
        "name=\"from\" value=\"empty\" checked",
        "<option value=\"qpv-cls\"",
        "name=\"built-in\"",
        "name=\"study\"",
        "id=\"drop-hint\" hidden",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for (fields, slug) in [
        (
            vec![("from", "built-in"), ("built-in", "qpv-cls")],
            "copie-1",
        ),
        (vec![("from", "study"), ("study", "qpv-cls")], "copie-2"),
        (vec![("from", "file"), ("file", SMALL)], "copie-3"),
        (vec![("from", "empty")], "copie-4"),
    ] {
        let mut fields = fields;
        fields.extend([("slug", slug), ("study-title", "Une copie")]);
        let begun = begin(&ada, &fields).await;
        let there = format!("/studio/s/{slug}/questionnaire?done=begun");
        assert_eq!(begun.location(), there, "{}", begun.body);
    }
    let home = ada.get("/studio").await.body;
    assert_eq!(home.matches("Une copie</a>").count(), 4, "{home}");
    // What is theirs to copy, and what is not.
    let foreign = begin(
        &ada,
        &[("from", "study"), ("study", "autre"), ("slug", "vol")],
    )
    .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    for (file, code, place) in [
        ("", "Choisissez un fichier", ""),
        ("PK\u{3}\u{4}…", "Ce fichier n'est pas un texte", ""),
        ("id: a\u{0}", "Ce fichier n'est pas un texte", ""),
        ("id: essai\ntitle: [", "Ce texte a des erreurs", "Ligne "),
        (
            "id: essai\ntitle: {fr: Essai}\nbloks: []\n",
            "Ce texte a des erreurs",
            "Ligne 3, colonne 1",
        ),
    ] {
        let told = begin(&ada, &[("from", "file"), ("file", file)]).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        let body = plain(&told.body);
        assert!(
            body.contains(code) && body.contains(place),
            "{file}: {body}"
        );
        assert!(body.contains("value=\"file\" checked"), "{file}");
        assert_eq!(
            body.contains("class=\"faults\""),
            !place.is_empty(),
            "{file}"
        );
    }
    // A mark before the text is no part of it.
    let marked = format!("\u{feff}{SMALL}");
    let begun = begin(&ada, &[("from", "file"), ("file", &marked)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
}

/// What pages put together of codes has words in both languages.
#[test]
fn every_code_has_words() {
    use app::{i18n::Texts, language::Language};
    for language in Language::ALL {
        for key in [
            "home-day-opens",
            "home-day-closes",
            "home-day-closed",
            "rehearse-done-removed",
            "rehearse-who-cover",
            "rehearse-who-drawn",
            "rehearse-hint-cover",
            "rehearse-hint-drawn",
            "writing-from-empty",
            "writing-from-built-in",
            "writing-from-file",
            "writing-from-study",
        ] {
            assert_ne!(Texts::of(language).get(key), key, "{language:?}");
        }
    }
}
