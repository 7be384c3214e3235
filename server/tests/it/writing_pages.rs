//! Writing a questionnaire over HTTP and without scripts: begun, found wrong, mended, published, changed.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use service::Role;
use tower::ServiceExt;

use crate::person::Person;
use crate::roles::Site;

const TEXT: &str = "/studio/s/essai/questionnaire";
const PUBLISH: &str = "/studio/s/essai/questionnaire/publish";

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

pub(crate) async fn organiser<'a>(site: &'a Site, email: &str) -> Person<'a> {
    let session = site.somebody(email, Some(Role::Organiser), false).await;
    let person = Person::new(site);
    person.hold("recueil-team", session.reveal());
    person
}

/// What a form with a file sends.
async fn give(person: &Person<'_>, path: &str, fields: &[(&str, &str)]) -> crate::roles::Reply {
    let session = person.held("recueil-team").unwrap();
    person.site.give(path, &session, fields).await
}

async fn save(person: &Person<'_>, source: &str, revision: i64, what: &str) -> crate::roles::Reply {
    let encoded: String = source.bytes().map(|it| format!("%{it:02X}")).collect();
    let body = format!("do={what}&revision={revision}&source={encoded}");
    person.post(TEXT, &body).await
}

#[tokio::test]
async fn a_questionnaire_is_begun_mended_published_and_changed() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let new = ada.get("/studio/new").await;
    assert_eq!(new.status, StatusCode::OK);
    assert!(new.body.matches("<option value=\"qpv-cls\"").count() == 2);
    assert!(!new.body.contains("value=\"autre\""));
    let begun = [
        ("from", "empty"),
        ("slug", "essai"),
        ("study-title", "Essai"),
    ];
    let begun = give(&ada, "/studio/new", &begun).await;
    assert_eq!(
        begun.location(),
        format!("{TEXT}?done=begun"),
        "{}",
        begun.body
    );
    let page = ada.get(TEXT).await.body;
    assert!(
        page.contains("id: essai") && page.contains("peut être publié"),
        "{page}"
    );

    // A contradiction is named with what to do; nothing is saved by looking.
    let never = SMALL.replace("age >= 18", "age >= 18 and age < 10");
    let looked = save(&ada, &never, 1, "check").await;
    assert!(
        looked.body.contains("ne peut pas encore être publié"),
        "{}",
        looked.body
    );
    assert!(looked.body.contains("Ligne 9") && looked.body.contains("n’est pas enregistré"));
    assert!(!ada.get(TEXT).await.body.contains("metier"));
    let saved = save(&ada, &never, 1, "save").await;
    assert_eq!(saved.location(), format!("{TEXT}?done=saved"));
    let refused = ada.get(PUBLISH).await.body;
    assert!(refused.contains("Pas encore publiable") && !refused.contains("name=\"revision\""));
    save(&ada, SMALL, 2, "save").await;
    let first = ada.get(PUBLISH).await.body;
    assert!(
        first.contains("première version") && first.contains("value=\"3\""),
        "{first}"
    );
    let map = ada.get("/studio/s/essai/questionnaire/map").await.body;
    assert!(map.contains("<svg") && map.contains("metier"));
    let stale = ada.post(PUBLISH, "revision=2").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let done = ada.post(PUBLISH, "revision=3").await;
    assert!(
        done.body.contains("La version 1 est publiée"),
        "{}",
        done.body
    );

    // A wave is made, and asks the next version as nobody has begun.
    let wave = ada
        .post(
            "/studio/s/essai/waves",
            "slug=printemps&zone=Europe%2FParis&access=open&kept=anonymous&language=fr",
        )
        .await;
    assert_eq!(wave.status, StatusCode::SEE_OTHER, "{}", wave.body);
    let next = SMALL
        .replace("{fr: Métier}", "{fr: Votre métier}")
        .replace("age >= 18", "age >= 16");
    save(&ada, &next, 3, "save").await;
    let told = ada.get(PUBLISH).await.body;
    for words in [
        "reformulée",
        "posée à davantage de personnes",
        "age &gt;= 16",
        "Version 1",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let done = ada.post(PUBLISH, "revision=4").await.body;
    assert!(
        done.contains("La version 2 est publiée") && done.contains("printemps"),
        "{done}"
    );
    // What was published is there to be read, and taken up again.
    let back = ada.post(TEXT, "do=restore&number=1").await;
    assert_eq!(back.location(), format!("{TEXT}?done=restored"));
    assert!(ada.get(TEXT).await.body.contains("{fr: Métier}"));
    assert_eq!(
        ada.post(TEXT, "do=restore&number=9").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn two_who_write_lose_nothing() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let file = [("from", "file"), ("file", SMALL)];
    assert_eq!(
        give(&ada, "/studio/new", &file).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        ada.get(TEXT)
            .await
            .body
            .contains("{id: age, kind: quantity")
    );
    save(&ada, "id: essai # theirs", 1, "save").await;
    let late = save(&ada, "id: essai # mine", 1, "save").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for words in ["# theirs", "# mine", "entre-temps", "value=\"2\""] {
        assert!(late.body.contains(words), "{words}: {}", late.body);
    }
    // What they changed in different items is merged, what both changed stands side by side.
    save(&ada, SMALL, 2, "save").await;
    let age = SMALL.replace("{fr: Âge}", "{fr: Votre âge}");
    save(&ada, &age, 3, "save").await;
    let job = SMALL.replace("{fr: Métier}", "{fr: Profession}");
    let merged = save(&ada, &job, 3, "save").await;
    assert_eq!(merged.location(), format!("{TEXT}?done=merged"));
    let both = ada.get(TEXT).await.body;
    assert!(both.contains("Votre âge") && both.contains("Profession"));
    let other = SMALL.replace("{fr: Âge}", "{fr: Quel âge}");
    let clash = save(&ada, &other, 3, "save").await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(
        clash.body.contains("age · label.fr") && clash.body.contains("Ce que vous avez changé")
    );
    assert_eq!(
        save(&ada, "id: essai # mine", 5, "save").await.status,
        StatusCode::SEE_OTHER
    );
}

/// What the proof, the replay and the compiler call things by codes has words in both languages.
#[test]
fn every_code_has_words() {
    use app::{i18n::Texts, language::Language};
    use proof::impact::{Relation, Series};
    let series = [
        Series::Comparable,
        Series::BaseChanged,
        Series::Recoded,
        Series::Unproven,
        Series::New,
        Series::Gone,
    ];
    let bases = [
        Relation::Wider,
        Relation::Narrower,
        Relation::Different,
        Relation::Unproven,
    ];
    let outcomes = [
        "responses",
        "routed",
        "off_path",
        "without_place",
        "refused",
        "incomplete",
    ];
    let mut keys: Vec<String> = Vec::new();
    keys.extend(series.map(|it| format!("writing-series-{}", it.code())));
    keys.extend(bases.map(|it| format!("writing-base-{}", it.code())));
    keys.extend(outcomes.map(|it| format!("writing-become-{it}")));
    keys.extend(["error", "warning", "info"].map(|it| format!("writing-is-{it}")));
    keys.extend(["saved", "merged", "begun", "restored"].map(|it| format!("writing-done-{it}")));
    keys.extend(["set", "insert", "move", "remove"].map(|it| format!("writing-did-{it}")));
    for language in [Language::Fr, Language::En] {
        for key in &keys {
            assert_ne!(&Texts::of(language).get(key), key);
        }
    }
}

/// Whoever designs nothing is not offered to begin, and led back.
#[tokio::test]
async fn an_analyst_begins_nothing() {
    let site = Site::open().await;
    let session = site
        .somebody("bo@exemple.fr", Some(Role::Analyst), false)
        .await;
    let bo = Person::new(&site);
    bo.hold("recueil-team", session.reveal());
    assert!(!bo.get("/studio").await.body.contains("/studio/new"));
    assert_eq!(bo.get("/studio/new").await.location(), "/studio");
    let begun = give(&bo, "/studio/new", &[("from", "empty"), ("slug", "essai")]).await;
    assert_eq!(begun.location(), "/studio");
    assert_eq!(bo.get(TEXT).await.status, StatusCode::NOT_FOUND);
    let study = bo.get("/studio/s/qpv-cls").await.body;
    assert!(!study.contains("/questionnaire"));
}

/// What stands in a text is text on every page of it.
#[tokio::test]
async fn what_is_written_is_shown_and_never_run() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let hostile = "</textarea></pre><script>alert(1)</script>";
    let source = SMALL.replace("fr: Essai", &format!("fr: '{hostile}'"));
    let source = source.replace("fr: Âge", &format!("fr: '{hostile}'"));
    let begun = give(&ada, "/studio/new", &[("from", "file"), ("file", &source)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let unsound = source.replace("kind: text", &format!("kind: '{hostile}'"));
    let saved = save(&ada, &unsound, 1, "save");
    assert_eq!(saved.await.status, StatusCode::SEE_OTHER);
    let wrong = ada.get(TEXT).await;
    save(&ada, &source, 2, "save").await;
    let late = save(&ada, &source, 1, "save").await;
    let map = ada
        .get("/studio/s/essai/questionnaire/map?way=to-metier")
        .await;
    let publish = ada.post(PUBLISH, "revision=3").await;
    let refused = give(
        &ada,
        "/studio/new",
        &[("from", "file"), ("file", hostile), ("slug", hostile)],
    )
    .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for page in [wrong, late, map, publish, refused, ada.get("/studio").await] {
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    }
}

/// A file of another encoding is refused with what to do, and no letter of it becomes another one.
#[tokio::test]
async fn a_file_of_another_encoding_is_refused() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nfile\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"q.yaml\"\r\n\r\n".to_vec();
    body.extend(SMALL.chars().map(|it| it as u8));
    body.extend(b"\r\n--x--\r\n");
    let cookie = format!("recueil-team={}", ada.held("recueil-team").unwrap());
    let request = Request::post("/studio/new")
        .header("host", "recueil.test")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let reply = site.app.clone().oneshot(request).await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = to_bytes(reply.into_body(), 1 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&page).contains("pas en UTF-8"));
    assert_eq!(ada.get(TEXT).await.status, StatusCode::NOT_FOUND);
}
