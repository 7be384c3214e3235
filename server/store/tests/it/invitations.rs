//! Samples, who may answer, and mails: on both databases.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, NOW, open_wave, random_uuid};
use std::collections::BTreeMap;
use store::{
    Access, AccessChange, Conflict, DraftAt, MailKind, MailState, MailTemplate, MessageId, NewMail,
    NewUnit, Store, StoreError, Submission, UnitId,
};
use time::Duration;

on_both!(
    an_address_is_in_a_sample_once,
    of_many_submissions_with_one_invitation_one_is_stored,
    a_wave_of_invited_people_takes_nobody_else,
    a_full_wave_takes_exactly_what_it_may,
    an_anonymous_wave_notes_nobodys_response,
    a_wave_that_is_not_anonymous_knows_whose_response_is_whose,
    a_mail_is_taken_until_it_is_sent,
    mails_go_to_whom_they_may,
    a_template_is_replaced,
);

pub(crate) fn unit(name: &str) -> NewUnit {
    NewUnit {
        id: UnitId(random_uuid()),
        email: format!("{name}@example.org"),
        language: Some("fr".to_owned()),
        territory: None,
        variables: r#"{"taille":"12"}"#.to_owned(),
        token_hash: token(name),
    }
}

pub(crate) fn token(name: &str) -> String {
    format!("hash of the invitation of {name}")
}

pub(crate) async fn invite(store: &Store, field: &Field, names: &[&str], access: Access) {
    let units = names.iter().map(|name| unit(name)).collect();
    store.samples().add(field.wave, units).await.unwrap();
    let change = AccessChange {
        access: Some(access),
        ..AccessChange::default()
    };
    store
        .samples()
        .set_access(field.wave, change)
        .await
        .unwrap();
}

/// A submission with a draft of its own, opened with the same invitation.
async fn begun(store: &Store, field: &Field, content: &str, invitation: &str) -> Submission {
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
    let added = store.samples().add(field.wave, first).await.unwrap();
    assert_eq!((added.n_added, added.known), (2, vec![2]));
    let again = vec![spelt("PAUL@x.fr"), spelt("zoé@x.fr")];
    let added = store.samples().add(field.wave, again).await.unwrap();
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
        store.samples().add(other.wave, here).await.unwrap().n_added,
        1
    );
    // Two imports at once add each address once.
    let samples = store.samples();
    let (one, two) = tokio::join!(samples.add(field.wave, vec![unit("a"), unit("b")]), async {
        let units = ["b", "c"].map(|name| NewUnit {
            token_hash: format!("{name}, drawn again"),
            ..unit(name)
        });
        samples.add(field.wave, units.into()).await
    },);
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
    store.samples().add(other.wave, units).await.unwrap();
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
    store.samples().set_access(field.wave, both).await.unwrap();
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
    store.samples().set_access(field.wave, full).await.unwrap();
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
        store.samples().set_access(field.wave, named).await,
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
    store.samples().set_access(field.wave, named).await.unwrap();
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
    store.responses().withdraw(field.wave, id).await.unwrap();
    let noted = store.samples().participations(field.wave).await.unwrap();
    assert_eq!(noted, []);
}

/// Queues a mail to everybody to whom it may go; says how many.
async fn queue(store: &Store, field: &Field, kind: MailKind) -> usize {
    let units = store.outbox().recipients(field.wave, kind).await.unwrap();
    let mails = units.into_iter().map(|unit| NewMail {
        id: MessageId(random_uuid()),
        unit: unit.id,
        subject: "Enquête".to_owned(),
        body: "Bonjour".to_owned(),
    });
    let mails = mails.collect();
    store
        .outbox()
        .queue(field.wave, kind, NOW, mails)
        .await
        .unwrap()
}

async fn a_mail_is_taken_until_it_is_sent(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    invite(&store, &field, &["marie"], Access::Invitation).await;
    assert_eq!(queue(&store, &field, MailKind::Invitation).await, 1);
    let outbox = store.outbox();
    let again = NOW + Duration::minutes(10);
    // Many look; one takes it.
    let taken = tokio::join!(
        outbox.take(NOW, again),
        outbox.take(NOW, again),
        outbox.take(NOW, again)
    );
    let mut taken: Vec<_> = [taken.0, taken.1, taken.2]
        .into_iter()
        .filter_map(Result::unwrap)
        .collect();
    assert_eq!(taken.len(), 1);
    let first = taken.remove(0);
    assert_eq!(
        (first.attempts, first.recipient.as_str()),
        (1, "marie@example.org")
    );
    assert_eq!(
        outbox
            .take(NOW + Duration::minutes(9), again)
            .await
            .unwrap(),
        None
    );
    // Whoever took it was killed: it is due again, the same.
    let later = again + Duration::minutes(10);
    let second = outbox.take(again, later).await.unwrap().unwrap();
    assert_eq!((second.id, second.attempts), (first.id, 2));
    outbox
        .postpone(second.id, again + Duration::hours(1))
        .await
        .unwrap();
    assert_eq!(outbox.take(later, later).await.unwrap(), None);
    let third = outbox
        .take(again + Duration::hours(1), again + Duration::hours(2))
        .await;
    assert_eq!(third.unwrap().unwrap().id, first.id);
    outbox.sent(first.id).await.unwrap();
    let counts = outbox.counts(field.wave).await.unwrap();
    assert_eq!(counts.len(), 1);
    assert_eq!((counts[0].state, counts[0].n), (MailState::Sent, 1));
    assert_eq!(
        outbox.take(NOW + Duration::days(30), again).await.unwrap(),
        None
    );
    // Sent, it holds neither the address nor the text.
    use sea_orm::{ConnectionTrait, Statement};
    let db = database.connect().await;
    let kept = "SELECT count(*) FROM outbox WHERE recipient IS NOT NULL OR subject IS NOT NULL \
                OR body IS NOT NULL";
    let kept = Statement::from_string(db.get_database_backend(), kept);
    let kept = db.query_one_raw(kept).await.unwrap().unwrap();
    assert_eq!(kept.try_get_by_index::<i64>(0).unwrap(), 0);
}

async fn mails_go_to_whom_they_may(database: TestDatabase) {
    use MailKind::{Invitation, Other, Reminder};
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let names = ["answers", "silent", "refuses", "gone", "late"];
    invite(&store, &field, &names, Access::Invitation).await;
    let outbox = store.outbox();
    let hour = Duration::hours(1);
    let ids: BTreeMap<UnitId, &str> = {
        let units = store.samples().of_wave(field.wave).await.unwrap();
        let name = |email: Option<String>| {
            let email = email.unwrap();
            *names.iter().find(|name| email.starts_with(**name)).unwrap()
        };
        units
            .into_iter()
            .map(|it| (it.id, name(it.email)))
            .collect()
    };
    let unit_of = |name: &str| *ids.iter().find(|(_, it)| **it == name).unwrap().0;
    assert_eq!(
        queue(&store, &field, Reminder).await,
        0,
        "nobody was invited"
    );
    assert_eq!(queue(&store, &field, Invitation).await, 5);
    assert_eq!(
        queue(&store, &field, Invitation).await,
        0,
        "they are on their way"
    );
    while let Some(letter) = outbox.take(NOW, NOW + hour).await.unwrap() {
        match ids[&letter.unit.unwrap()] {
            "gone" => outbox.bounced(letter.id).await.unwrap(),
            "late" => outbox.failed(letter.id).await.unwrap(),
            _ => outbox.sent(letter.id).await.unwrap(),
        }
    }
    store
        .samples()
        .note_opted_out(unit_of("refuses"))
        .await
        .unwrap();
    // An invitation that was given up may be tried anew; who refuses or is gone is left alone.
    assert_eq!(queue(&store, &field, Invitation).await, 1);
    assert_eq!(queue(&store, &field, Reminder).await, 2);
    // A reminder that has lost its reason on the way is not sent.
    let submission = begun(&store, &field, "a", "answers").await;
    let invitation = Some(token("answers"));
    store
        .responses()
        .submit_invited(submission, invitation)
        .await
        .unwrap();
    let mut reached = Vec::new();
    while let Some(letter) = outbox.take(NOW, NOW + hour).await.unwrap() {
        reached.push((ids[&letter.unit.unwrap()], letter.kind));
        outbox.sent(letter.id).await.unwrap();
    }
    reached.sort_unstable_by_key(|it| it.0);
    assert_eq!(reached, [("late", Invitation), ("silent", Reminder)]);
    let silent = store
        .samples()
        .by_token(&token("silent"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(silent.n_reminders, 1);
    assert_eq!(
        queue(&store, &field, Reminder).await,
        2,
        "a second one, and late’s first"
    );
    assert_eq!(
        queue(&store, &field, Other).await,
        3,
        "thanks to all but two"
    );
    let gone = store
        .samples()
        .by_token(&token("gone"))
        .await
        .unwrap()
        .unwrap();
    assert!(gone.bounced);
}

async fn a_template_is_replaced(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let template = |subject: &str| MailTemplate {
        wave: field.wave,
        kind: MailKind::Reminder,
        language: "fr".to_owned(),
        subject: subject.to_owned(),
        body: "{link}".to_owned(),
    };
    for subject in ["Rappel", "Dernier rappel"] {
        store.mail_templates().set(template(subject)).await.unwrap();
    }
    let all = store.mail_templates().of_wave(field.wave).await.unwrap();
    assert_eq!(all, [template("Dernier rappel")]);
}
