//! Samples, and who may answer: on both databases.

use crate::database::{TestDatabase, on_both};
use crate::erasures::erase_contacts;
use crate::fixture::{Field, TODAY, open_wave, random_uuid};
use crate::team::entry;
use sea_orm::ConnectionTrait;
use store::{
    Access, AccessChange, Conflict, DraftAt, NewUnit, Store, StoreError, Submission, UnitId,
};

on_both!(
    an_address_is_in_a_sample_once,
    of_many_submissions_with_one_invitation_one_is_stored,
    a_wave_of_invited_people_takes_nobody_else,
    a_full_wave_takes_exactly_what_it_may,
    an_anonymous_wave_notes_nobodys_response,
    a_wave_that_is_not_anonymous_knows_whose_response_is_whose,
    who_withdraws_may_answer_again,
    a_response_without_an_invitation_gives_none_back,
    addresses_are_erased,
);

pub(crate) fn unit(name: &str) -> NewUnit {
    NewUnit {
        id: UnitId(random_uuid()),
        email: format!("{name}@example.org"),
        language: Some("fr".to_owned()),
        territory: None,
        variables: r#"{"taille":"12"}"#.to_owned(),
        frame: None,
        token_hash: token(name),
    }
}

pub(crate) fn token(name: &str) -> String {
    format!("hash of the invitation of {name}")
}

pub(crate) async fn invite(store: &Store, field: &Field, names: &[&str], access: Access) {
    let units = names.iter().map(|name| unit(name)).collect();
    store
        .samples()
        .add(field.wave, units, entry("sample.import"))
        .await
        .unwrap();
    let change = AccessChange {
        access: Some(access),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, change, entry("wave.access"))
        .await
        .unwrap();
}

/// A submission with a draft of its own, opened with the same invitation.
pub(crate) async fn begun(
    store: &Store,
    field: &Field,
    content: &str,
    invitation: &str,
) -> Submission {
    let draft = store
        .drafts()
        .open_invited(field.draft(content), Some(token(invitation)))
        .await
        .unwrap();
    Submission {
        draft: Some(DraftAt {
            id: draft.id,
            revision: draft.revision,
        }),
        ..field.submission(content)
    }
}

async fn an_address_is_in_a_sample_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let spelt = |email: &str| NewUnit {
        email: email.to_owned(),
        ..unit(email)
    };
    let first = vec![spelt("marie@x.fr"), spelt("paul@x.fr"), spelt("Marie@X.fr")];
    let added = store
        .samples()
        .add(field.wave, first, entry("sample.import"))
        .await
        .unwrap();
    assert_eq!((added.n_added, added.known), (2, vec![2]));
    let again = vec![spelt("PAUL@x.fr"), spelt("zoé@x.fr")];
    let added = store
        .samples()
        .add(field.wave, again, entry("sample.import"))
        .await
        .unwrap();
    assert_eq!((added.n_added, added.known), (1, vec![0]));
    // What is known is not changed, and another wave has a sample of its own.
    let units = store.samples().of_wave(field.wave).await.unwrap();
    let mut emails: Vec<_> = units.iter().filter_map(|it| it.email.as_deref()).collect();
    emails.sort_unstable();
    assert_eq!(emails, ["marie@x.fr", "paul@x.fr", "zoé@x.fr"]);
    let other = open_wave(&store, "other").await;
    let here = vec![NewUnit {
        token_hash: token("another secret"),
        ..spelt("marie@x.fr")
    }];
    assert_eq!(
        store
            .samples()
            .add(other.wave, here, entry("sample.import"))
            .await
            .unwrap()
            .n_added,
        1
    );
    // Two imports at once add each address once.
    let samples = store.samples();
    let (one, two) = tokio::join!(
        samples.add(
            field.wave,
            vec![unit("a"), unit("b")],
            entry("sample.import")
        ),
        async {
            let units = ["b", "c"].map(|name| NewUnit {
                token_hash: format!("{name}, drawn again"),
                ..unit(name)
            });
            samples
                .add(field.wave, units.into(), entry("sample.import"))
                .await
        },
    );
    assert_eq!(one.unwrap().n_added + two.unwrap().n_added, 3);
}

async fn of_many_submissions_with_one_invitation_one_is_stored(database: TestDatabase) {
    const AT_ONCE: usize = 12;
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie"], Access::Invitation).await;
    let mut tabs = Vec::new();
    for n in 0..AT_ONCE {
        tabs.push(begun(&store, &field, &format!("tab {n}"), "marie").await);
    }
    let mut under_way = tokio::task::JoinSet::new();
    for submission in tabs {
        let store = store.clone();
        under_way.spawn(async move {
            let invitation = Some(token("marie"));
            store
                .responses()
                .submit_invited(submission, invitation)
                .await
        });
    }
    let mut n_stored = 0;
    for answer in under_way.join_all().await {
        match answer {
            Ok(_) => n_stored += 1,
            Err(StoreError::Conflict(Conflict::InvitationUsed)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(n_stored, 1);
    assert_eq!(store.samples().n_responses(field.wave).await.unwrap(), 1);
    let answered = store
        .samples()
        .by_token(&token("marie"))
        .await
        .unwrap()
        .unwrap();
    assert!(answered.opened && answered.began && answered.answered);
    // A draft that lost keeps its answers; the invitation opens no other.
    let progress = store.drafts().progress(field.wave).await.unwrap();
    assert_eq!(progress.n_submitted, 1);
    let late = store
        .drafts()
        .open_invited(field.draft("late"), Some(token("marie")))
        .await;
    assert!(matches!(
        late,
        Err(StoreError::Conflict(Conflict::InvitationUsed))
    ));
}

async fn a_wave_of_invited_people_takes_nobody_else(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = open_wave(&store, "other").await;
    invite(&store, &field, &["marie"], Access::Invitation).await;
    let units = vec![unit("elsewhere")];
    store
        .samples()
        .add(other.wave, units, entry("sample.import"))
        .await
        .unwrap();
    for invitation in [None, Some(token("nobody")), Some(token("elsewhere"))] {
        let opened = store
            .drafts()
            .open_invited(field.draft("a"), invitation.clone())
            .await;
        let submitted = store
            .responses()
            .submit_invited(field.submission("a"), invitation)
            .await;
        for refusal in [opened.map(|_| ()), submitted.map(|_| ())] {
            assert!(matches!(
                refusal,
                Err(StoreError::Conflict(Conflict::NotInvited))
            ));
        }
    }
    // An import is the team's own.
    let import = Submission {
        only_if_open: false,
        ..field.submission("a")
    };
    store.responses().submit(import).await.unwrap();
    let both = AccessChange {
        access: Some(Access::Both),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, both, entry("wave.access"))
        .await
        .unwrap();
    store
        .responses()
        .submit(field.submission("b"))
        .await
        .unwrap();
    assert_eq!(store.samples().n_responses(field.wave).await.unwrap(), 2);
}

async fn a_full_wave_takes_exactly_what_it_may(database: TestDatabase) {
    const ROOM: usize = 5;
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let full = AccessChange {
        max_responses: Some(Some(5)),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, full, entry("wave.access"))
        .await
        .unwrap();
    let mut under_way = tokio::task::JoinSet::new();
    for n in 0..4 * ROOM {
        let submission = field.submission(&n.to_string());
        let store = store.clone();
        under_way.spawn(async move { store.responses().submit(submission).await });
    }
    let answers = under_way.join_all().await;
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), ROOM);
    for answer in answers {
        assert!(matches!(
            answer,
            Ok(_) | Err(StoreError::Conflict(Conflict::WaveFull))
        ));
    }
    let late = store.drafts().open(field.draft("late")).await;
    assert!(matches!(
        late,
        Err(StoreError::Conflict(Conflict::WaveFull))
    ));
    assert_eq!(store.responses().revision(field.wave).await.unwrap().0, 5);
}

async fn an_anonymous_wave_notes_nobodys_response(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie"], Access::Invitation).await;
    let submission = begun(&store, &field, "a", "marie").await;
    let invitation = Some(token("marie"));
    store
        .responses()
        .submit_invited(submission, invitation)
        .await
        .unwrap();
    let noted = store.samples().participations(field.wave).await.unwrap();
    assert_eq!(noted, []);
    let named = AccessChange {
        anonymous: Some(false),
        ..AccessChange::default()
    };
    assert!(matches!(
        store
            .samples()
            .set_access(field.wave, named, entry("wave.access"))
            .await,
        Err(StoreError::Conflict(Conflict::WaveBegun))
    ));
}

async fn a_wave_that_is_not_anonymous_knows_whose_response_is_whose(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie", "paul"], Access::Both).await;
    let named = AccessChange {
        anonymous: Some(false),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, named, entry("wave.access"))
        .await
        .unwrap();
    let submission = begun(&store, &field, "a", "marie").await;
    let id = submission.response.id;
    let invitation = Some(token("marie"));
    store
        .responses()
        .submit_invited(submission, invitation)
        .await
        .unwrap();
    store
        .responses()
        .submit(field.submission("nobody’s"))
        .await
        .unwrap();
    let marie = store
        .samples()
        .by_token(&token("marie"))
        .await
        .unwrap()
        .unwrap();
    let noted = store.samples().participations(field.wave).await.unwrap();
    assert_eq!(
        noted,
        [store::Participation {
            unit: marie.id,
            response: id
        }]
    );
    // A response that is withdrawn is nobody's.
    let rights = store.rights();
    assert!(rights.withdraw(field.wave, id, None, TODAY).await.unwrap());
    let noted = store.samples().participations(field.wave).await.unwrap();
    assert_eq!(noted, []);
}

async fn who_withdraws_may_answer_again(database: TestDatabase) {
    let store = database.open().await;
    let responses = store.responses();
    for is_anonymous in [true, false] {
        let field = open_wave(&store, &format!("wave-{is_anonymous}")).await;
        let of = |name: &str| format!("{name}-{is_anonymous}");
        let (marie, paul) = (of("marie"), of("paul"));
        invite(&store, &field, &[&marie, &paul], Access::Invitation).await;
        let change = AccessChange {
            anonymous: Some(is_anonymous),
            ..AccessChange::default()
        };
        store
            .samples()
            .set_access(field.wave, change, entry("wave.access"))
            .await
            .unwrap();
        let mut ids = Vec::new();
        for name in [&marie, &paul] {
            let submission = begun(&store, &field, name, name).await;
            ids.push(submission.response.id);
            let invitation = Some(token(name));
            responses
                .submit_invited(submission, invitation)
                .await
                .unwrap();
        }
        let rights = store.rights();
        let withdraw = async |id, invitation: &str| {
            let invitation = Some(token(invitation));
            let done = rights.withdraw_invited(field.wave, id, None, TODAY, invitation);
            done.await.unwrap()
        };
        let counts = async || {
            let units = store.samples().of_wave(field.wave).await.unwrap();
            let n_answered = units.iter().filter(|it| it.answered).count();
            (
                n_answered,
                store.samples().n_responses(field.wave).await.unwrap(),
            )
        };
        // Where it is known whose response it is, nobody else's invitation comes back for it.
        assert!(withdraw(ids[0], &paul).await);
        let (back, kept) = match is_anonymous {
            true => (&paul, &marie),
            false => (&marie, &paul),
        };
        assert_eq!(counts().await, (1, 1));
        // What is gone gives nothing back a second time.
        assert!(!withdraw(ids[0], kept).await);
        assert_eq!(counts().await, (1, 1));
        let again = begun(&store, &field, &of("again"), back).await;
        responses
            .submit_invited(again, Some(token(back)))
            .await
            .unwrap();
        // Never more responses than answered invitations.
        assert_eq!(counts().await, (2, 2));
        // Who has lost the invitation withdraws all the same; whose it was is known with names only.
        assert!(withdraw(ids[1], "nobody").await);
        assert_eq!(counts().await, (if is_anonymous { 2 } else { 1 }, 1));
    }
}

async fn a_response_without_an_invitation_gives_none_back(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie"], Access::Both).await;
    let change = AccessChange {
        anonymous: Some(false),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, change, entry("wave.access"))
        .await
        .unwrap();
    let submission = begun(&store, &field, "hers", "marie").await;
    let responses = store.responses();
    let hers = Some(token("marie"));
    responses
        .submit_invited(submission, hers.clone())
        .await
        .unwrap();
    let open = field.submission("open");
    let id = open.response.id;
    responses.submit(open).await.unwrap();
    let rights = store.rights();
    let done = rights.withdraw_invited(field.wave, id, None, TODAY, hers);
    assert!(done.await.unwrap());
    let units = store.samples().of_wave(field.wave).await.unwrap();
    assert!(units[0].answered, "her own response stands");
}

async fn addresses_are_erased(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie", "paul"], Access::Invitation).await;
    let (kind, samples) = (store::MailKind::Invitation, store.samples());
    let units = store.outbox().recipients(field.wave, kind).await.unwrap();
    let mail = store::NewMail {
        id: store::MessageId(random_uuid()),
        unit: units[0].id,
        subject: "Enquête".to_owned(),
        body: "Bonjour".to_owned(),
    };
    let now = crate::fixture::NOW;
    let outbox = store.outbox();
    outbox
        .queue(field.wave, kind, now, vec![mail], entry("mail.queue"))
        .await
        .unwrap();
    let erase = async || erase_contacts(&store, field.wave).await;
    let db = database.connect().await;
    let named = "UPDATE sample_unit SET variables = '{\"nom\":\"Marie\"}', territory = 'QN01'";
    db.execute_unprepared(named).await.unwrap();
    assert_eq!((erase().await, erase().await), (2, 0));
    // Nor does anything stay that the file said beside the address.
    let nobody = |unit: &store::SampleUnit| {
        unit.email.is_none() && unit.variables == "{}" && unit.territory.is_none()
    };
    let all = samples.of_wave(field.wave).await.unwrap();
    assert!(all.len() == 2 && all.iter().all(nobody), "{all:?}");
    assert_eq!(outbox.take(now, now).await.unwrap(), None);
    // A database from before that is put back has them again, and not for long.
    let ledger = store.retention().ledger().await.unwrap();
    let of_units = |it: &&store::Erasure| it.kind == store::ErasureKind::Address;
    assert_eq!(ledger.iter().filter(of_units).count(), 2);
    let back = "UPDATE sample_unit SET email = token_hash";
    db.execute_unprepared(back).await.unwrap();
    db.execute_unprepared("DELETE FROM erasure").await.unwrap();
    assert_eq!(store.replay_erasures(ledger).await.unwrap(), 2);
    assert!(
        samples
            .of_wave(field.wave)
            .await
            .unwrap()
            .iter()
            .all(nobody)
    );
    assert_eq!(outbox.recipients(field.wave, kind).await.unwrap(), []);
    // The link stays good.
    let submission = begun(&store, &field, "a", "marie").await;
    let invitation = Some(token("marie"));
    store
        .responses()
        .submit_invited(submission, invitation)
        .await
        .unwrap();
}
