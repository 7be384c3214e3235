//! What respondents may do with what they gave: find it by its code, see it, correct it, take it
//! back.

use crate::fixture::{Site, exported, may, may_in, responses, stored_form};
use serde_json::json;
use service::{Draft, ServiceError, Services, Token, WaveInfo};
use time::macros::date;

/// Submits the nth sample sheet as a respondent does.
pub(crate) async fn submitted(services: &Services, wave: &WaveInfo, nth: usize) -> Token {
    let (token, _) = services.respond().open(wave, "fr").await.unwrap();
    answer(services, wave, &token, nth).await;
    submit(services, wave, &token).await;
    token
}

pub(crate) async fn answer(services: &Services, wave: &WaveInfo, token: &Token, nth: usize) {
    let answers = responses().swap_remove(nth).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
    services.respond().change(wave, token, fill).await.unwrap();
}

pub(crate) async fn submit(services: &Services, wave: &WaveInfo, token: &Token) -> bool {
    let respond = services.respond();
    let draft = respond.find(wave, token).await.unwrap().unwrap();
    let key = respond.idempotency_key(wave, token, &draft);
    let receipt = respond.submit(wave, token, &key, b"").await.unwrap();
    !receipt.is_repetition
}

async fn code(services: &Services, wave: &WaveInfo, token: &Token) -> String {
    let respond = services.respond();
    let draft = respond.find(wave, token).await.unwrap().unwrap();
    respond.code(wave, token, &draft).unwrap().reveal()
}

#[tokio::test]
async fn a_code_leads_to_the_same_draft_on_another_device() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, _) = respond.open(&wave, "fr").await.unwrap();
    let (other, _) = respond.open(&wave, "fr").await.unwrap();
    let code = code(&services, &wave, &token).await;
    assert_eq!(code.len(), 19);
    for written in [code.clone(), code.to_lowercase().replace('-', " ")] {
        let found = respond.by_code(&wave, &written).await.unwrap();
        assert_eq!(found.as_ref(), Some(&token));
    }
    assert_ne!(self::code(&services, &wave, &other).await, code);
    // Also once it is submitted: the receipt is found again.
    answer(&services, &wave, &token, 0).await;
    submit(&services, &wave, &token).await;
    let found = respond.by_code(&wave, &code).await.unwrap().unwrap();
    let own = respond.own(&wave, &found).await.unwrap().unwrap();
    assert_eq!(own.code.unwrap().reveal(), code);
}

#[tokio::test]
async fn five_hundred_wrong_codes_lead_nowhere() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, _) = respond.open(&wave, "fr").await.unwrap();
    let right = code(&services, &wave, &token).await;
    let letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut wrong = vec![String::new(), "é".repeat(16), right[..18].to_owned()];
    for at in (0..right.len()).filter(|at| at % 5 != 4) {
        for letter in letters.chars().filter(|it| !right[at..].starts_with(*it)) {
            wrong.push(format!("{}{letter}{}", &right[..at], &right[at + 1..]));
        }
    }
    assert!(wrong.len() > 490);
    for code in wrong {
        assert_eq!(respond.by_code(&wave, &code).await.unwrap(), None, "{code}");
    }
    let new = service::NewWave::open("autre");
    let waves = services.waves();
    let other = waves
        .create(&may_in(&services, "qpv-cls").await, wave.version, new)
        .await
        .unwrap();
    assert_eq!(respond.by_code(&other, &right).await.unwrap(), None);
}

#[tokio::test]
async fn the_database_alone_leads_from_no_draft_to_a_response() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut secrets = Vec::new();
    for nth in 0..5 {
        let token = submitted(&services, &wave, nth).await;
        let code = code(&services, &wave, &token).await;
        secrets.extend([token.reveal().to_owned(), code.replace('-', ""), code]);
    }
    services.clean_up().await.unwrap();
    let ids = exported(&services, &wave).await;
    let ids: Vec<_> = ids.into_iter().filter_map(|it| it.meta.id).collect();
    assert_eq!(ids.len(), 5);
    services.close().await;
    let bytes = site.files();
    for secret in secrets {
        assert!(!contains(&bytes, secret.as_bytes()), "a secret is stored");
    }
}

/// As `secrets.rs` digests a token for looking its draft up.
fn token_hash(token: &Token) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for part in [b"draft token".as_slice(), token.reveal().as_bytes()] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().map(|it| format!("{it:02x}")).collect()
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|it| it == text)
}

#[tokio::test]
async fn a_correction_counts_once_it_is_submitted() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let token = submitted(&services, &wave, 0).await;
    let before = respond.own(&wave, &token).await.unwrap().unwrap();
    assert!(!before.is_being_corrected && !before.is_set_aside);

    for _ in 0..2 {
        respond.begin_correction(&wave, &token).await.unwrap();
    }
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert!(draft.is_correction());
    assert_eq!(draft.sheet.answers, before.sheet.answers);
    // Each page of the route may be opened at once.
    for page in &wave.engine.instrument.pages {
        let evaluation = questionnaire::page_view(&draft.engine, &draft.sheet, &page.id, "fr");
        let is_on_path = evaluation.is_some_and(|it| !it.shown.is_empty());
        let may_open = questionnaire::session::may_open(&draft.engine, &draft.sheet, &page.id);
        assert_eq!(may_open, is_on_path, "{}", page.id);
    }
    answer(&services, &wave, &token, 7).await;
    let meanwhile = respond.own(&wave, &token).await.unwrap().unwrap();
    assert!(meanwhile.is_being_corrected);
    assert_eq!(meanwhile.sheet, before.sheet);
    assert_eq!(
        exported(&services, &wave).await,
        std::slice::from_ref(&before.sheet)
    );

    assert!(submit(&services, &wave, &token).await);
    assert!(!submit(&services, &wave, &token).await, "once");
    let after = respond.own(&wave, &token).await.unwrap().unwrap();
    assert_eq!(after.response, before.response);
    assert_eq!(after.sheet.answers, stored_form(&wave, &responses()[7]));
    assert_eq!(exported(&services, &wave).await, [after.sheet]);
    // Again, and given up this time.
    respond.begin_correction(&wave, &token).await.unwrap();
    answer(&services, &wave, &token, 3).await;
    respond.drop_correction(&wave, &token).await.unwrap();
    let left = respond.own(&wave, &token).await.unwrap().unwrap();
    assert_eq!(left.sheet.answers, stored_form(&wave, &responses()[7]));
    assert!(!left.is_being_corrected);
}

#[tokio::test]
async fn a_closed_wave_is_not_corrected_but_withdrawn_from() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let token = submitted(&services, &wave, 0).await;
    let late = submitted(&services, &wave, 1).await;
    respond.begin_correction(&wave, &late).await.unwrap();
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    let refused = respond.begin_correction(&wave, &token).await;
    assert!(matches!(refused, Err(ServiceError::Closed)), "{refused:?}");
    assert!(respond.withdraw(&wave, &token).await.unwrap());
    // A correction that was not sent in time changes nothing.
    let own = respond.own(&wave, &late).await.unwrap().unwrap();
    assert_eq!(exported(&services, &wave).await, [own.sheet]);
}

#[tokio::test]
async fn who_withdraws_may_answer_again_as_somebody_new() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let token = submitted(&services, &wave, 0).await;
    let other = submitted(&services, &wave, 1).await;
    let code = code(&services, &wave, &token).await;
    respond.begin_correction(&wave, &token).await.unwrap();
    assert!(respond.withdraw(&wave, &token).await.unwrap());
    for _ in 0..2 {
        assert!(!respond.withdraw(&wave, &token).await.unwrap());
    }
    assert!(respond.own(&wave, &token).await.unwrap().is_none());
    assert!(respond.find(&wave, &token).await.unwrap().is_none());
    assert_eq!(respond.by_code(&wave, &code).await.unwrap(), None);
    let left = exported(&services, &wave).await;
    assert_eq!(left.len(), 1);
    assert_eq!(respond.n_withdrawn(&wave).await.unwrap(), 1);
    let again = submitted(&services, &wave, 0).await;
    assert_eq!(exported(&services, &wave).await.len(), 2);
    assert_ne!(again, other);
    // What is not submitted is nobody's response to withdraw.
    let (under_way, _) = respond.open(&wave, "fr").await.unwrap();
    assert!(!respond.withdraw(&wave, &under_way).await.unwrap());
    assert!(respond.find(&wave, &under_way).await.unwrap().is_some());
}

#[tokio::test]
async fn a_linked_contact_is_seen_corrected_and_withdrawn_with_its_response() {
    use questionnaire::instrument::ContactField::Email;
    const SURVEY: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: avis, kind: text, label: Votre avis}
    - {id: qui, kind: contact, label: Votre adresse, fields: [email], linked: true}
";
    let site = Site::new();
    let services = site.open().await;
    let wave = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap()
        .wave;
    let respond = services.respond();
    let (token, _) = respond.open(&wave, "fr").await.unwrap();
    let write = async |address: &str| {
        let change = |draft: &mut Draft| {
            draft.sheet.answers.insert("avis".to_owned(), json!("bien"));
            let fields = [(Email, address.to_owned())].into();
            draft.contacts.insert("qui".to_owned(), fields);
        };
        respond.change(&wave, &token, change).await.unwrap();
        submit(&services, &wave, &token).await
    };
    write("un@example.org").await;
    let own = respond.own(&wave, &token).await.unwrap().unwrap();
    assert_eq!(own.contacts["qui"][&Email], "un@example.org");
    respond.begin_correction(&wave, &token).await.unwrap();
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert_eq!(draft.contacts, own.contacts);
    write("deux@example.org").await;
    let contacts = site
        .store()
        .await
        .contacts()
        .of_wave(wave.id)
        .await
        .unwrap();
    assert_eq!(contacts.len(), 1);
    assert!(contacts[0].details.contains("deux@example.org"));
    assert!(respond.withdraw(&wave, &token).await.unwrap());
    let contacts = site
        .store()
        .await
        .contacts()
        .of_wave(wave.id)
        .await
        .unwrap();
    assert_eq!(contacts, []);
    services.close().await;
    assert!(!contains(&site.files(), b"@example.org"));
}

#[tokio::test]
async fn drafts_from_before_there_were_codes_go_on() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let token = Token::parse(&"5e".repeat(32)).unwrap();
    // As such a draft lies in the store.
    let old = store::NewDraft {
        id: store::DraftId(wave.id.0),
        wave: wave.id,
        version: wave.version,
        token_hash: token_hash(&token),
        language: "fr".to_owned(),
        sheet: "{}".to_owned(),
        day: date!(2026 - 03 - 02),
        code: None,
    };
    site.store().await.drafts().open(old).await.unwrap();
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert!(respond.code(&wave, &token, &draft).is_none());
    answer(&services, &wave, &token, 0).await;
    assert!(submit(&services, &wave, &token).await);
    let own = respond.own(&wave, &token).await.unwrap().unwrap();
    assert!(own.code.is_none());
    assert!(respond.withdraw(&wave, &token).await.unwrap());
}

/// What a respondent is shown and what their export says is what is stored, field by field.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_random_respondents_see_exactly_what_is_stored() {
    let (mut n_seen, mut n_answers) = (0, 0);
    for seed in 0.. {
        let cases = testkit::series(seed, 100);
        let source = questionnaire::document::to_yaml(&cases[0].questionnaire);
        let site = Site::new();
        let services = site.open().await;
        let wave = services
            .studies()
            .install(&services.operator(), &source)
            .await
            .unwrap()
            .wave;
        let store = site.store().await;
        // All at once: they share commits.
        let mut people = tokio::task::JoinSet::new();
        for case in cases {
            let (services, wave, store) = (services.clone(), wave.clone(), store.clone());
            people.spawn(async move {
                let respond = services.respond();
                let (token, _) = respond.open(&wave, "fr").await.unwrap();
                let answers = &case.plausible.answers;
                let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
                respond.change(&wave, &token, fill).await.unwrap();
                let key = token.reveal();
                respond.submit(&wave, &token, key, b"").await.ok()?;
                let own = respond.own(&wave, &token).await.unwrap().unwrap();
                let stored = store.responses().by_ids(wave.id, &[own.response]).await;
                let stored = stored.unwrap().remove(0).sheet;
                let mut stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
                stored["meta"]["id"] = json!(own.response.0.to_string());
                let export: serde_json::Value = serde_json::from_str(&own.to_json()).unwrap();
                assert_eq!(export["response"], stored);
                Some(own.sheet.answers.len())
            });
        }
        for n in people.join_all().await.into_iter().flatten() {
            n_answers += n;
            n_seen += 1;
        }
        services.close().await;
        if n_seen >= 1_000 {
            break;
        }
        assert!(seed < 100, "most random responses are refused: {n_seen}");
    }
    assert!(n_answers > 1_000, "{n_answers}");
}
