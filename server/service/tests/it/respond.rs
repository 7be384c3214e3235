use crate::fixture::{Site, edge, exported, may, may_in, responses, stored_form};
use questionnaire::instrument::ContactField;
use serde_json::json;
use service::{Draft, Receipt, ServiceError, Services, Token, WaveInfo};
use std::collections::BTreeMap;
use time::macros::datetime;

/// Opens a draft and fills it with the answers of a sample sheet.
async fn filled(services: &Services, wave: &WaveInfo) -> Token {
    let (token, _) = services.respond().open(wave, "fr").await.unwrap();
    let answers = responses().swap_remove(0).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
    services.respond().change(wave, &token, fill).await.unwrap();
    token
}

async fn submit(services: &Services, wave: &WaveInfo, token: &Token) -> Receipt {
    let respond = services.respond();
    let draft = respond.find(wave, token).await.unwrap().unwrap();
    let key = respond.idempotency_key(wave, token, &draft);
    respond.submit(wave, token, &key, b"").await.unwrap()
}

#[tokio::test]
async fn answers_are_kept_page_by_page_and_submitted_once() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, draft) = respond.open(&wave, "en").await.unwrap();
    assert!(draft.sheet.answers.is_empty() && !draft.is_submitted);
    assert_eq!(draft.language, "en");

    let (_, page) = respond
        .change(&wave, &token, |draft| {
            draft
                .sheet
                .answers
                .insert("presence_cls".to_owned(), json!("non"));
            draft.sheet.meta.reached = Some("profil".to_owned());
            draft.language = "fr".to_owned();
            "next page"
        })
        .await
        .unwrap();
    assert_eq!(page, "next page");
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert_eq!(draft.sheet.answers["presence_cls"], "non");
    assert_eq!(draft.sheet.meta.reached.as_deref(), Some("profil"));
    assert_eq!(draft.language, "fr");
    assert_eq!(respond.receipt(&wave, &token).await.unwrap(), None);

    let sheet = responses().swap_remove(0);
    respond
        .change(&wave, &token, |draft| {
            draft.sheet.answers = sheet.answers.clone();
        })
        .await
        .unwrap();
    let receipt = submit(&services, &wave, &token).await;
    assert!(!receipt.is_repetition);

    let stored = exported(&services, &wave).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(
        stored[0].meta.id.as_deref(),
        Some(receipt.response.to_string().as_str())
    );
    assert_eq!(stored[0].answers, stored_form(&wave, &sheet));
    assert_eq!(stored[0].meta.reached, None);

    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert!(draft.is_submitted && draft.sheet.answers.is_empty());
    let again = respond.receipt(&wave, &token).await.unwrap().unwrap();
    assert_eq!(again.response, receipt.response);
    assert!(matches!(
        respond.change(&wave, &token, |_| ()).await,
        Err(ServiceError::AlreadySubmitted)
    ));
}

#[tokio::test]
async fn a_draft_keeps_what_a_submission_drops() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let off_path = edge(8);
    services
        .respond()
        .change(&wave, &token, |draft| {
            draft.sheet.answers = off_path.answers.clone();
        })
        .await
        .unwrap();
    let draft = services
        .respond()
        .find(&wave, &token)
        .await
        .unwrap()
        .unwrap();
    assert!(draft.sheet.answers.contains_key("asv_pilotage"));
    submit(&services, &wave, &token).await;
    let stored = exported(&services, &wave).await.remove(0);
    for dropped in ["asv_pilotage", "asv_poste", "asv_nb_postes"] {
        assert!(!stored.answers.contains_key(dropped), "{dropped}");
    }
    assert_eq!(stored.answers.len() + 3, off_path.answers.len());
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_stored() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let incomplete = edge(13);
    let fill = |draft: &mut Draft| {
        draft.sheet.answers = incomplete.answers.clone();
        draft.sheet.answers.insert("forged".to_owned(), json!("x"));
    };
    services
        .respond()
        .change(&wave, &token, fill)
        .await
        .unwrap();
    let Err(ServiceError::Invalid(failures)) =
        services.respond().submit(&wave, &token, "key", b"").await
    else {
        panic!("a required answer is missing")
    };
    let wrong: Vec<_> = failures
        .iter()
        .map(|it| (it.item.as_str(), it.code.code()))
        .collect();
    assert!(
        wrong.contains(&("cls_partenaires", "required".to_owned())),
        "{wrong:?}"
    );
    assert_eq!(exported(&services, &wave).await, []);

    // The key was not used up by the refusal.
    let answers = responses().swap_remove(0).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
    services
        .respond()
        .change(&wave, &token, fill)
        .await
        .unwrap();
    services
        .respond()
        .submit(&wave, &token, "key", b"")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_repeated_submission_gets_the_same_receipt() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let token = filled(&services, &wave).await;
    let first = respond.submit(&wave, &token, "key", b"body").await.unwrap();
    let again = respond.submit(&wave, &token, "key", b"body").await.unwrap();
    assert_eq!(
        again,
        Receipt {
            is_repetition: true,
            ..first
        }
    );
    // From a second tab, with another key.
    let other_tab = respond
        .submit(&wave, &token, "another key", b"body")
        .await
        .unwrap();
    assert_eq!(
        other_tab,
        Receipt {
            is_repetition: true,
            ..first
        }
    );
    assert_eq!(exported(&services, &wave).await.len(), 1);

    assert!(matches!(
        respond.submit(&wave, &token, "key", b"another body").await,
        Err(ServiceError::KeyReused)
    ));
    let somebody_else = filled(&services, &wave).await;
    assert!(matches!(
        respond.submit(&wave, &somebody_else, "key", b"body").await,
        Err(ServiceError::KeyReused)
    ));
    assert_eq!(exported(&services, &wave).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_impatient_respondent_is_counted_once() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let token = filled(&services, &wave).await;
    let mut clicks = tokio::task::JoinSet::new();
    for click in 0..40 {
        let (services, wave, token) = (services.clone(), wave.clone(), token.clone());
        // Two tabs, each with its own key, each clicked many times.
        let key = format!("tab {}", click % 2);
        clicks.spawn(async move {
            services
                .respond()
                .submit(&wave, &token, &key, b"")
                .await
                .unwrap()
        });
    }
    let receipts = clicks.join_all().await;
    assert_eq!(receipts.iter().filter(|it| !it.is_repetition).count(), 1);
    assert!(
        receipts
            .iter()
            .all(|it| it.response == receipts[0].response)
    );
    assert_eq!(exported(&services, &wave).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_lose_nothing() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let mut saves = tokio::task::JoinSet::new();
    for n in 0..6 {
        let (services, wave, token) = (services.clone(), wave.clone(), token.clone());
        saves.spawn(async move {
            let put = |draft: &mut Draft| {
                draft.sheet.answers.insert(format!("item {n}"), json!(n));
            };
            services
                .respond()
                .change(&wave, &token, put)
                .await
                .map(|_| ())
        });
    }
    for saved in saves.join_all().await {
        saved.unwrap();
    }
    let draft = services
        .respond()
        .find(&wave, &token)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(draft.sheet.answers.len(), 6);
}

#[tokio::test]
async fn a_closed_wave_takes_nothing_but_answers_repetitions() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let in_time = filled(&services, &wave).await;
    let late = filled(&services, &wave).await;
    let receipt = submit(&services, &wave, &in_time).await;
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();

    // Even a handler that still holds the open wave cannot store into the closed one.
    let draft = services.respond().find(&wave, &late).await.unwrap();
    let key = services
        .respond()
        .idempotency_key(&wave, &late, &draft.unwrap());
    let stale = services.respond().submit(&wave, &late, &key, b"").await;
    assert!(matches!(stale, Err(ServiceError::Closed)), "{stale:?}");

    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    for refused in [
        services.respond().open(&wave, "fr").await.map(|_| ()),
        services
            .respond()
            .change(&wave, &late, |_| ())
            .await
            .map(|_| ()),
        services
            .respond()
            .submit(&wave, &late, &key, b"")
            .await
            .map(|_| ()),
    ] {
        assert!(matches!(refused, Err(ServiceError::Closed)), "{refused:?}");
    }
    assert_eq!(
        submit(&services, &wave, &in_time).await.response,
        receipt.response
    );
    assert_eq!(exported(&services, &wave).await.len(), 1);
}

#[tokio::test]
async fn a_token_opens_its_own_draft_only() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let other_wave = services
        .waves()
        .create(
            &may_in(&services, "qpv-cls").await,
            wave.version,
            service::NewWave::open("autre"),
        )
        .await
        .unwrap();
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let stranger = Token::parse(&"0".repeat(64)).unwrap();
    let respond = services.respond();
    assert!(respond.find(&other_wave, &token).await.unwrap().is_none());
    assert!(respond.find(&wave, &stranger).await.unwrap().is_none());
    for (wave, token) in [(&other_wave, &token), (&wave, &stranger)] {
        assert!(matches!(
            respond.change(wave, token, |_| ()).await,
            Err(ServiceError::UnknownDraft)
        ));
        assert!(matches!(
            respond.submit(wave, token, "key", b"").await,
            Err(ServiceError::UnknownDraft)
        ));
    }
}

#[tokio::test]
async fn contact_details_are_stored_apart_with_the_words_agreed_to() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let token = filled(&services, &wave).await;
    let give = |draft: &mut Draft| {
        draft.sheet.answers.insert("rappel".to_owned(), json!(true));
        let details = [
            (ContactField::Email, " amina@example.org ".to_owned()),
            (ContactField::Telephone, "  ".to_owned()),
        ];
        draft
            .contacts
            .insert("contact".to_owned(), BTreeMap::from(details));
    };
    services
        .respond()
        .change(&wave, &token, give)
        .await
        .unwrap();
    let receipt = submit(&services, &wave, &token).await;

    let stored = exported(&services, &wave).await.remove(0);
    assert!(!serde_json::to_string(&stored).unwrap().contains("amina"));
    let store = site.store().await;
    let contacts = store.contacts().of_wave(wave.id).await.unwrap();
    assert_eq!(contacts.len(), 1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&contacts[0].details).unwrap(),
        json!({ "item": "contact", "fields": { "email": "amina@example.org" } })
    );
    assert_eq!(
        contacts[0].response, None,
        "this survey does not ask to link the two"
    );
    assert!(!contacts[0].consent.contains(&receipt.response.to_string()));
    let consent: serde_json::Value = serde_json::from_str(&contacts[0].consent).unwrap();
    assert_eq!(consent["agreed"][0]["item"], "rappel");
    assert!(
        consent["agreed"][0]["label"]
            .as_str()
            .unwrap()
            .starts_with("Acceptez-vous")
    );
    assert_eq!(consent["questionnaire"], wave.engine.instrument.hash);
}

#[tokio::test]
async fn who_changes_their_mind_leaves_no_contact() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let token = filled(&services, &wave).await;
    let refuse = |draft: &mut Draft| {
        draft
            .sheet
            .answers
            .insert("rappel".to_owned(), json!(false));
        let details = BTreeMap::from([(ContactField::Email, "amina@example.org".to_owned())]);
        draft.contacts.insert("contact".to_owned(), details);
    };
    services
        .respond()
        .change(&wave, &token, refuse)
        .await
        .unwrap();
    submit(&services, &wave, &token).await;
    let store = site.store().await;
    assert_eq!(store.contacts().of_wave(wave.id).await.unwrap(), []);
}

#[tokio::test]
async fn cleaning_up_deletes_what_is_old() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let submitted = filled(&services, &wave).await;
    let receipt = submit(&services, &wave, &submitted).await;
    let (forgotten, _) = services.respond().open(&wave, "fr").await.unwrap();
    let store = site.store().await;
    let changes = async || {
        store
            .responses()
            .changes(wave.id, service::Revision(0))
            .await
            .unwrap()
    };
    assert!(matches!(changes().await, store::Changes::Since(_)));

    services.clean_up().await.unwrap();
    assert!(
        matches!(changes().await, store::Changes::Purged(_)),
        "the order is forgotten"
    );

    // After the keys are gone, the draft itself still tells a repetition.
    site.clock.set(datetime!(2026-03-20 09:30 UTC));
    services.clean_up().await.unwrap();
    assert_eq!(
        submit(&services, &wave, &submitted).await.response,
        receipt.response
    );
    assert!(
        services
            .respond()
            .find(&wave, &forgotten)
            .await
            .unwrap()
            .is_some()
    );

    site.clock.set(datetime!(2026-07-01 09:30 UTC));
    services.clean_up().await.unwrap();
    assert!(
        services
            .respond()
            .find(&wave, &forgotten)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(exported(&services, &wave).await.len(), 1, "responses stay");
}

#[tokio::test]
async fn conditions_read_the_day_of_the_last_step() {
    let site = Site::new();
    let services = site.open().await;
    let yaml = "id: jour\ntitle: Jour\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: n, kind: quantity, label: N}\n    - {id: tard, kind: quantity, label: Tard, filter: \"today > '2026-03-02'\"}\n";
    let wave = services
        .studies()
        .install(&services.operator(), yaml)
        .await
        .unwrap()
        .wave;
    let (token, draft) = services.respond().open(&wave, "fr").await.unwrap();
    let offered = |draft: &Draft| {
        let evaluation = draft.engine.load(&draft.sheet).evaluation;
        evaluation.is_on_path(1, None)
    };
    assert!(!offered(&draft));
    site.clock.set(datetime!(2026-03-03 08:00 UTC));
    let fill = |draft: &mut Draft| {
        draft.sheet.answers.insert("tard".to_owned(), json!(2));
        offered(draft)
    };
    let (_, was_offered) = services
        .respond()
        .change(&wave, &token, fill)
        .await
        .unwrap();
    assert!(was_offered);
    submit(&services, &wave, &token).await;
    let stored = exported(&services, &wave).await.remove(0);
    assert_eq!(stored.meta.today.unwrap().to_string(), "2026-03-03");
    assert_eq!(stored.answers["tard"], 2, "it was on path that day");
}
