//! Mails: to whom, how often, and what is kept of them, on both databases.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, NOW, open_wave, random_uuid};
use crate::invitations::{begun, invite, token};
use crate::team::entry;
use std::collections::BTreeMap;
use store::{Access, MailKind, MailState, MailTemplate, MessageId, NewMail, Store, UnitId};
use time::Duration;

on_both!(
    a_mail_is_taken_until_it_is_sent,
    mails_go_to_whom_they_may,
    a_template_is_replaced,
);

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
        .queue(field.wave, kind, NOW, mails, entry("mail.queue"))
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
        let templates = store.mail_templates();
        let set = templates.set(template(subject), entry("mail.text"));
        set.await.unwrap();
    }
    let all = store.mail_templates().of_wave(field.wave).await.unwrap();
    assert_eq!(all, [template("Dernier rappel")]);
}
