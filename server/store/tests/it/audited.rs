//! A change and the entry that tells of it: both or neither, on both databases.

use crate::attack::column;
use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, NOW, TODAY, contact, open_wave, random_uuid, version_of};
use crate::invitations::{invite, token, unit};
use crate::team::entry;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use std::collections::BTreeMap;
use std::pin::Pin;
use store::{
    Access, AccessChange, AddedUnits, Due, Erased, MailKind, MailTemplate, MessageId, NewAudit,
    NewMail, NewUnit, ResponseId, Result, Retention, Store, StudyId, Submission, UnitId,
    WaveChange, WaveId, WaveState,
};

on_both!(
    a_change_whose_entry_cannot_be_written_does_not_happen,
    what_does_not_happen_is_not_told,
    an_entry_says_what_came_of_the_change,
);

/// A wave in which there is something to change.
struct Ground {
    store: Store,
    study: StudyId,
    wave: WaveId,
    unit: UnitId,
    response: ResponseId,
    aside: ResponseId,
}

impl Ground {
    async fn new(store: &Store, slug: &str) -> Self {
        let field = open_wave(store, slug).await;
        invite(store, &field, &[slug], Access::Both).await;
        let unit = store.samples().by_token(&token(slug)).await.unwrap();
        let response = submitted(store, &field, field.wave, slug).await;
        let aside = submitted(store, &field, field.wave, "aside").await;
        let admissibility = store.admissibility();
        let decided =
            admissibility.set_aside(field.wave, aside, "doublon", entry("response.aside"));
        assert!(decided.await.unwrap());
        let templates = store.mail_templates();
        let own = template(field.wave, MailKind::Reminder);
        templates.set(own, entry("mail.text")).await.unwrap();
        let rehearsal = field.rehearsal();
        store.waves().create(rehearsal.clone()).await.unwrap();
        submitted(store, &field, rehearsal.id, "made up").await;
        Self {
            store: store.clone(),
            study: field.study.id,
            wave: field.wave,
            unit: unit.unwrap().id,
            response,
            aside,
        }
    }

    /// The same names in a wave that is not there.
    fn nowhere(&self) -> Self {
        Self {
            store: self.store.clone(),
            study: StudyId(random_uuid()),
            wave: WaveId(random_uuid()),
            ..*self
        }
    }
}

async fn submitted(store: &Store, field: &Field, wave: WaveId, content: &str) -> ResponseId {
    let submission = Submission {
        wave,
        contacts: vec![contact(&format!("{content}@example.org"), false)],
        only_if_open: false,
        ..field.submission(content)
    };
    let id = submission.response.id;
    store.responses().submit(submission).await.unwrap();
    id
}

fn template(wave: WaveId, kind: MailKind) -> MailTemplate {
    MailTemplate {
        wave,
        kind,
        language: "fr".to_owned(),
        subject: "Enquête".to_owned(),
        body: "{link}".to_owned(),
    }
}

fn newcomer() -> NewUnit {
    let name = random_uuid().to_string();
    NewUnit {
        id: UnitId(random_uuid()),
        ..unit(&name)
    }
}

fn mail(unit: UnitId) -> NewMail {
    NewMail {
        id: MessageId(random_uuid()),
        unit,
        subject: "Enquête".to_owned(),
        body: "Bonjour".to_owned(),
    }
}

const EVERYTHING: Due = Due {
    contacts: true,
    answers: true,
    drafts_before: TODAY,
};

type Done<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
type Change = for<'a> fn(&'a Ground, NewAudit) -> Done<'a>;

/// What an organiser, or time, does to a wave.
const CHANGES: [(&str, Change); 12] = [
    ("study.publish", |it, entry| {
        Box::pin(async {
            let version = version_of(it.study, "another content");
            it.store.versions().publish(version, entry).await?;
            Ok(())
        })
    }),
    ("sample.import", |it, entry| {
        Box::pin(async {
            let samples = it.store.samples();
            samples.add(it.wave, vec![newcomer()], entry).await?;
            Ok(())
        })
    }),
    ("wave.access", |it, entry| {
        Box::pin(async {
            let change = AccessChange {
                max_responses: Some(Some(7)),
                ..AccessChange::default()
            };
            it.store.samples().set_access(it.wave, change, entry).await
        })
    }),
    ("mail.queue", |it, entry| {
        Box::pin(async {
            let (outbox, kind) = (it.store.outbox(), MailKind::Invitation);
            let mails = vec![mail(it.unit)];
            outbox.queue(it.wave, kind, NOW, mails, entry).await?;
            Ok(())
        })
    }),
    ("mail.text", |it, entry| {
        Box::pin(async {
            let templates = it.store.mail_templates();
            let own = template(it.wave, MailKind::Invitation);
            templates.set(own, entry).await
        })
    }),
    ("mail.text dropped", |it, entry| {
        Box::pin(async {
            let templates = it.store.mail_templates();
            let dropped = templates.drop(it.wave, MailKind::Reminder, "fr", entry);
            dropped.await?;
            Ok(())
        })
    }),
    ("rehearsal.remove", |it, entry| {
        Box::pin(async {
            it.store.rehearsals().remove(it.wave, entry).await?;
            Ok(())
        })
    }),
    ("wave.erased", |it, entry| {
        Box::pin(async {
            let told = move |erased: &Erased| {
                let any = *erased != Erased::default();
                any.then(|| entry.clone())
            };
            let retention = it.store.retention();
            retention.erase(it.wave, EVERYTHING, TODAY, told).await?;
            Ok(())
        })
    }),
    ("wave.retention", |it, entry| {
        Box::pin(async {
            let days = Retention {
                answers_days: Some(30),
                ..Retention::default()
            };
            it.store.retention().settle(it.wave, days, entry).await
        })
    }),
    ("wave.settle", |it, entry| {
        Box::pin(async {
            let change = WaveChange {
                state: Some(WaveState::Closed),
                ..WaveChange::default()
            };
            it.store.waves().change(it.wave, change, entry).await
        })
    }),
    ("response.aside", |it, entry| {
        Box::pin(async {
            let admissibility = it.store.admissibility();
            let decided = admissibility.set_aside(it.wave, it.response, "doublon", entry);
            decided.await?;
            Ok(())
        })
    }),
    ("response.counted", |it, entry| {
        Box::pin(async {
            let admissibility = it.store.admissibility();
            admissibility.take_back(it.wave, it.aside, entry).await?;
            Ok(())
        })
    }),
];

/// Every row of every table, as text.
async fn contents(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let tables = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut contents = BTreeMap::new();
    for table in column(db, tables).await {
        let row = match db.get_database_backend() {
            DbBackend::Sqlite => {
                let names = format!("SELECT name FROM pragma_table_info('{table}')");
                let names = column(db, &names).await.into_iter();
                let names: Vec<String> = names.map(|it| format!("quote(\"{it}\")")).collect();
                names.join(" || '|' || ")
            }
            _ => "it::text".to_owned(),
        };
        let rows = format!("SELECT {row} FROM \"{table}\" it ORDER BY 1");
        contents.insert(table, column(db, &rows).await);
    }
    contents
}

/// Has the database refuse every entry of the audit log.
async fn refuse_entries(db: &DatabaseConnection) {
    let refuse: &[&str] = match db.get_database_backend() {
        DbBackend::Sqlite => &["CREATE TRIGGER refuse BEFORE INSERT ON audit \
             BEGIN SELECT RAISE(ABORT, 'no entry'); END"],
        _ => &[
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'no entry'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON audit \
             FOR EACH ROW EXECUTE FUNCTION refuse()",
        ],
    };
    for statement in refuse {
        db.execute_unprepared(statement).await.unwrap();
    }
}

async fn take_entries_again(db: &DatabaseConnection) {
    let take = match db.get_database_backend() {
        DbBackend::Sqlite => "DROP TRIGGER refuse",
        _ => "DROP TRIGGER refuse ON audit",
    };
    db.execute_unprepared(take).await.unwrap();
}

async fn a_change_whose_entry_cannot_be_written_does_not_happen(database: TestDatabase) {
    let store = database.open().await;
    let db = database.connect().await;
    for (at, (name, change)) in CHANGES.into_iter().enumerate() {
        let ground = Ground::new(&store, &format!("wave-{at}")).await;
        let before = contents(&db).await;
        refuse_entries(&db).await;
        let refused = change(&ground, entry("change")).await;
        assert!(refused.is_err(), "{name}");
        assert_eq!(contents(&db).await, before, "{name}");
        take_entries_again(&db).await;
        change(&ground, entry("change")).await.unwrap();
        let after = contents(&db).await;
        let is_other = |table: &String| table != "audit" && after[table] != before[table];
        assert!(before.keys().any(is_other), "{name} changes something");
        assert_eq!(after["audit"].len(), before["audit"].len() + 1, "{name}");
    }
}

async fn what_does_not_happen_is_not_told(database: TestDatabase) {
    let store = database.open().await;
    let db = database.connect().await;
    let ground = Ground::new(&store, "cls").await;
    let before = contents(&db).await;
    for (name, change) in CHANGES {
        // Some are refused, and some find nothing to do.
        let _ = change(&ground.nowhere(), entry("change")).await;
        assert_eq!(contents(&db).await, before, "{name}");
    }
}

async fn an_entry_says_what_came_of_the_change(database: TestDatabase) {
    let store = database.open().await;
    let ground = Ground::new(&store, "cls").await;
    let words = async || {
        let latest = store.audit().latest(None, 1).await.unwrap();
        latest[0].after.clone().unwrap()
    };
    let known = unit("cls");
    let people = vec![newcomer(), known, newcomer()];
    let told = |added: &AddedUnits| {
        let after = Some(format!("{} of 3", added.n_added));
        Some(NewAudit {
            after,
            ..entry("sample.import")
        })
    };
    let added = store.samples().add(ground.wave, people, told).await;
    assert_eq!(added.unwrap().n_added, 2);
    assert_eq!(words().await, "2 of 3");
    // A mail is queued for whom one may be written to: not twice to one person, nor to a stranger.
    let mails = [ground.unit, ground.unit, UnitId(random_uuid())];
    let mails = mails.map(mail).into();
    let told = |n_queued: &usize| {
        let after = Some(format!("{n_queued} of 3"));
        Some(NewAudit {
            after,
            ..entry("mail.queue")
        })
    };
    let (outbox, kind) = (store.outbox(), MailKind::Invitation);
    let queued = outbox.queue(ground.wave, kind, NOW, mails, told).await;
    assert_eq!(queued.unwrap(), 1);
    assert_eq!(words().await, "1 of 3");
    let told = |n_responses: &u64| {
        let after = Some(format!("{n_responses} responses"));
        Some(NewAudit {
            after,
            ..entry("rehearsal.remove")
        })
    };
    let rehearsals = store.rehearsals();
    let removed = rehearsals.remove(ground.wave, told).await;
    assert_eq!(
        (removed.unwrap(), words().await),
        (Some(1), "1 responses".to_owned())
    );
    let told = |erased: &Erased| {
        let after = serde_json::to_string(erased).ok();
        Some(NewAudit {
            after,
            ..entry("wave.erased")
        })
    };
    let retention = store.retention();
    let erased = retention.erase(ground.wave, EVERYTHING, TODAY, told).await;
    // Three addresses and two people's contact details.
    let all = (5, 0, 2);
    let erased = erased.unwrap();
    assert_eq!((erased.n_contacts, erased.n_drafts, erased.n_answers), all);
    assert_eq!(words().await, r#"{"contacts":5,"drafts":0,"answers":2}"#);
    // Nothing is due of a wave that has nothing: nobody is told of it.
    let n = store.audit().after(0, None, 100).await.unwrap().len();
    let due = Due {
        contacts: false,
        answers: false,
        ..EVERYTHING
    };
    let erased = retention.erase(ground.wave, due, TODAY, told).await;
    assert_eq!(erased.unwrap(), Erased::default());
    assert_eq!(store.audit().after(0, None, 100).await.unwrap().len(), n);
}
