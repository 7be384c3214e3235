//! Publishing over HTTP while people answer: the organiser chooses which waves move, tables join both versions.

use axum::http::StatusCode;
use service::NewWave;
use service::team::Field;

use crate::person::Person;
use crate::roles::Site;
use crate::writing_pages::organiser;

const TEXT: &str = "/studio/s/essai/questionnaire";
const PUBLISH: &str = "/studio/s/essai/questionnaire/publish";
const RESULTS: &str = "/studio/s/essai/waves/vague";

const FIRST: &str = "id: essai
title: {fr: Essai}
blocks:
- id: b
  title: {fr: Bloc}
  pages:
  - id: p1
    items:
    - {id: ici, kind: single, label: {fr: Ici}, choices: [{code: oui, label: {fr: Oui}}, {code: non, label: {fr: Non}}]}
  - id: p2
    items:
    - {id: avis, kind: single, label: {fr: Votre avis}, choices: [{code: bon, label: {fr: Bon}}, {code: mauvais, label: {fr: Mauvais}}]}
    - {id: ancien, kind: text, label: {fr: Question ancienne}}
";

async fn save(person: &Person<'_>, source: &str, revision: i64) {
    let encoded: String = source.bytes().map(|it| format!("%{it:02X}")).collect();
    let body = format!("do=save&revision={revision}&source={encoded}");
    let saved = person.post(TEXT, &body).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

async fn answer(person: &Person<'_>, pages: &[(&str, &str)]) {
    for (page, answers) in pages {
        let reply = person.post(&format!("/r/vague/p/{page}"), answers).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    }
}

async fn submit(person: &Person<'_>) {
    let review = person.get("/r/vague/review").await.body;
    let key = review.split("name=\"idempotency_key\" value=\"").nth(1);
    let key = key.and_then(|it| it.split('"').next()).unwrap_or_default();
    let body = format!("idempotency_key={key}&go=next");
    let sent = person.post("/r/vague/review", &body).await;
    assert_eq!(sent.location(), "/r/vague/receipt", "{}", sent.body);
}

#[tokio::test]
async fn a_begun_wave_moves_where_the_organiser_says_so() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let session = ada.held("recueil-team").unwrap();
    let file = [("from", "file"), ("file", FIRST)];
    let begun = site.give("/studio/new", &session, &file).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    ada.post(PUBLISH, "revision=1").await;
    let (services, operator) = (&site.services, site.services.operator());
    let team = services.team();
    let may = team.operator_may::<Field>(&operator, "essai");
    let new = NewWave::open("vague");
    services
        .waves()
        .create_newest(&may.await.unwrap(), new)
        .await
        .unwrap();
    let people: Vec<Person<'_>> = (0..3).map(|_| Person::new(&site)).collect();
    for person in &people {
        person.post("/r/vague", "").await;
    }
    answer(
        &people[0],
        &[("p1", "ici=oui&go=next"), ("p2", "avis=bon&go=next")],
    )
    .await;
    submit(&people[0]).await;
    answer(&people[1], &[("p1", "ici=non&go=save")]).await;
    answer(&people[2], &[("p1", "ici=non&go=next")]).await;

    let second = FIRST.replace("{fr: Bon}", "{fr: Plutôt bon}").replace(
        "{id: ancien, kind: text, label: {fr: Question ancienne}}",
        "{id: nouveau, kind: text, label: {fr: Question nouvelle}}",
    );
    save(&ada, &second, 1).await;
    let told = ada.get(PUBLISH).await.body;
    for words in [
        "Ce que deviennent les vagues",
        "name=\"move\"",
        "value=\"vague\"",
        "ouverte",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(
        !told.contains("checked"),
        "the safe choice is the usual one"
    );
    let done = ada.post(PUBLISH, "revision=2&move=vague").await.body;
    for words in [
        "La version 2 est publiée",
        "vague",
        "Une personne en train de répondre continue",
        "Une personne en train de répondre garde",
    ] {
        assert!(done.contains(words), "{words}: {done}");
    }

    // Whoever has not seen the second page sees its new words; whoever has seen it keeps them.
    answer(&people[1], &[("p1", "ici=non&go=next")]).await;
    let page = people[1].get("/r/vague/p/p2").await.body;
    assert!(
        page.contains("Plutôt bon") && page.contains("Question nouvelle"),
        "{page}"
    );
    let page = people[2].get("/r/vague/p/p2").await.body;
    assert!(
        !page.contains("Plutôt bon") && page.contains("Question ancienne"),
        "{page}"
    );
    for person in &people[1..] {
        answer(person, &[("p2", "avis=bon&go=next")]).await;
        submit(person).await;
    }

    let results = ada
        .get(RESULTS)
        .await
        .body
        .replace(['\u{202f}', '\u{a0}'], " ");
    for words in [
        "Réponses aux versions 1 et 2 du questionnaire, comptées ensemble.",
        "Formulée autrement dans la version 1.",
        "Question nouvelle dans la version 2 : réponses à la version 1, qui ne la pose pas : 2, hors de la base.",
        "Question retirée après la version 1",
        "Questions des versions précédentes",
        "Plutôt bon",
    ] {
        assert!(results.contains(words), "{words}: {results}");
    }

    // Every version is there to be read, and nothing is saved by reading it.
    let read = ada.get(&format!("{TEXT}?version=1")).await.body;
    assert!(
        read.contains("Question ancienne") && read.contains("Vous lisez la version 1"),
        "{read}"
    );
    assert!(ada.get(TEXT).await.body.contains("Question nouvelle"));
    let none = ada.get(&format!("{TEXT}?version=9")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

/// What is told of a wave by codes has words in both languages.
#[test]
fn every_code_of_a_wave_has_words() {
    use app::{i18n::Texts, language::Language};
    for language in [Language::Fr, Language::En] {
        let texts = Texts::of(language);
        for code in ["soon", "open", "closed", "full", "follows", "keeps", "move"] {
            assert!(
                texts.find(&format!("writing-wave-{code}")).is_some(),
                "{code}"
            );
        }
        assert!(texts.find("writing-series-choices").is_some());
    }
}
