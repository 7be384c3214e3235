//! A rehearsal lives apart from its wave, never opens, and goes as a whole.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, contact, open_wave, random_uuid, set_state, wave_of};
use crate::team::entry;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::collections::BTreeMap;
use std::time::Duration;
use store::{
    Conflict, IdempotencyKey, Store, StoreError, StoreOptions, Submission, Wave, WaveId, WaveState,
};
use tokio::time::timeout;

on_both!(
    a_rehearsal_is_not_found_among_the_waves,
    a_wave_has_one_rehearsal,
    a_rehearsal_never_opens,
    a_rehearsal_is_counted_apart,
    removing_takes_all_of_it_and_nothing_else,
    removing_is_all_or_nothing,
    nothing_is_left_of_what_arrives_during_the_removal,
    a_wave_that_goes_takes_its_rehearsal_along,
    whoever_watches_is_told,
    waves_that_were_rehearsals_by_name_are_taken_over,
);

/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

/// The tables that hold something of a wave.
const OF_A_WAVE: [&str; 7] = [
    "response",
    "idempotency",
    "change_log",
    "wave_revision",
    "arrivals",
    "draft",
    "contact",
];

async fn rehearse(store: &Store, field: &Field) -> Wave {
    let rehearsal = field.rehearsal();
    store.waves().create(rehearsal.clone()).await.unwrap();
    rehearsal
}

async fn remove(store: &Store, of: WaveId) -> store::Result<Option<u64>> {
    let entry = entry("rehearsal.remove");
    store.rehearsals().remove(of, entry).await
}

/// A response with everything that can come with one.
async fn submit(store: &Store, field: &Field, wave: WaveId, content: &str) {
    let submission = Submission {
        wave,
        idempotency: Some(IdempotencyKey {
            key_hash: format!("key of {content}"),
            body_hash: format!("body of {content}"),
        }),
        contacts: vec![
            contact("linked@example.org", true),
            contact("apart@example.org", false),
        ],
        only_if_open: false,
        ..field.submission(content)
    };
    store.responses().submit(submission).await.unwrap();
}

/// How many rows a wave has in each table.
async fn rows(db: &DatabaseConnection, wave: WaveId) -> BTreeMap<&'static str, i64> {
    let mut rows = BTreeMap::new();
    for table in OF_A_WAVE {
        let place = match db.get_database_backend() {
            DbBackend::Sqlite => "?",
            _ => "$1",
        };
        let count = Statement::from_sql_and_values(
            db.get_database_backend(),
            format!("SELECT count(*) FROM \"{table}\" WHERE wave_id = {place}"),
            [wave.0.into()],
        );
        let row = db.query_one_raw(count).await.unwrap().unwrap();
        rows.insert(table, row.try_get_by_index::<i64>(0).unwrap());
    }
    rows
}

async fn run(
    db: &DatabaseConnection,
    sql: &str,
    values: impl IntoIterator<Item = WaveId>,
) -> Result<u64, sea_orm::DbErr> {
    let values: Vec<sea_orm::Value> = values.into_iter().map(|it| it.0.into()).collect();
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => sql.replace("$1", "?"),
        _ => sql.to_owned(),
    };
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

async fn a_rehearsal_is_not_found_among_the_waves(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    assert_eq!(store.rehearsals().of(field.wave).await.unwrap(), None);
    let rehearsal = rehearse(&store, &field).await;
    let waves = store.waves();
    assert_eq!(waves.by_slug(&rehearsal.slug).await.unwrap(), None);
    for found in [
        waves.of_study(field.study.id).await.unwrap(),
        waves.in_state(WaveState::Open).await.unwrap(),
    ] {
        let found: Vec<WaveId> = found.iter().map(|wave| wave.id).collect();
        assert_eq!(found, [field.wave]);
    }
    assert_eq!(waves.in_state(WaveState::Closed).await.unwrap(), []);
    assert_eq!(waves.all().await.unwrap().len(), 2);
    // Only who asks for it finds it.
    assert_eq!(
        store.rehearsals().of(field.wave).await.unwrap(),
        Some(rehearsal.clone())
    );
    assert_eq!(
        waves.by_id(rehearsal.id).await.unwrap(),
        Some(rehearsal.clone())
    );
    assert_eq!(store.rehearsals().of(rehearsal.id).await.unwrap(), None);
}

async fn a_wave_has_one_rehearsal(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsal = rehearse(&store, &field).await;
    let create = async |wave: Wave| store.waves().create(wave).await;
    let second = Wave {
        slug: "other/rehearsal".to_owned(),
        ..field.rehearsal()
    };
    assert!(matches!(
        create(second.clone()).await,
        Err(StoreError::Conflict(Conflict::Taken("wave")))
    ));
    let of_a_rehearsal = Wave {
        rehearsal_of: Some(rehearsal.id),
        ..second.clone()
    };
    assert!(matches!(
        create(of_a_rehearsal).await,
        Err(StoreError::Conflict(Conflict::IsRehearsal))
    ));
    let of_nothing = Wave {
        rehearsal_of: Some(WaveId(random_uuid())),
        ..second
    };
    assert!(matches!(
        create(of_nothing).await,
        Err(StoreError::NotFound("wave"))
    ));
    // Of two that are created at once, one stays.
    remove(&store, field.wave).await.unwrap();
    let (one, two) = tokio::join!(create(field.rehearsal()), create(field.rehearsal()));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert_eq!(store.waves().all().await.unwrap().len(), 2);
}

async fn a_rehearsal_never_opens(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    for state in [WaveState::Open, WaveState::Draft] {
        let ajar = Wave {
            state,
            ..field.rehearsal()
        };
        assert!(matches!(
            store.waves().create(ajar).await,
            Err(StoreError::Conflict(Conflict::IsRehearsal))
        ));
    }
    let rehearsal = rehearse(&store, &field).await;
    for state in [WaveState::Open, WaveState::Draft, WaveState::Closed] {
        assert!(matches!(
            set_state(&store, rehearsal.id, state).await,
            Err(StoreError::Conflict(Conflict::IsRehearsal))
        ));
    }
    // Nor by going past the store.
    let db = database.connect().await;
    let open = run(
        &db,
        "UPDATE wave SET state = 'open' WHERE id = $1",
        [rehearsal.id],
    );
    assert!(open.await.is_err());
    // So nobody can begin to answer it, nor submit.
    let draft = store::NewDraft {
        wave: rehearsal.id,
        ..field.draft("somebody")
    };
    assert!(matches!(
        store.drafts().open(draft).await,
        Err(StoreError::Conflict(Conflict::WaveNotOpen))
    ));
    let submission = Submission {
        wave: rehearsal.id,
        ..field.submission("a")
    };
    assert!(matches!(
        store.responses().submit(submission).await,
        Err(StoreError::Conflict(Conflict::WaveNotOpen))
    ));
}

async fn a_rehearsal_is_counted_apart(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsal = rehearse(&store, &field).await;
    submit(&store, &field, field.wave, "real").await;
    for content in ["one", "two", "three"] {
        submit(&store, &field, rehearsal.id, content).await;
    }
    // The same response may be in both.
    let both = Submission {
        only_if_open: false,
        ..field.submission("both")
    };
    store.responses().submit(both.clone()).await.unwrap();
    let there = Submission {
        wave: rehearsal.id,
        ..both
    };
    store.responses().submit(there).await.unwrap();
    let responses = store.responses();
    assert_eq!(responses.count(field.wave).await.unwrap(), 2);
    assert_eq!(responses.count(rehearsal.id).await.unwrap(), 4);
    assert_eq!(responses.revision(field.wave).await.unwrap().0, 2);
    let page = responses.page(field.wave, None, 10).await.unwrap();
    assert_eq!(page.len(), 2);
    let arrived = responses.arrivals(field.wave).await.unwrap();
    assert_eq!(arrived.iter().map(|it| it.n_responses).sum::<i64>(), 2);
}

async fn removing_takes_all_of_it_and_nothing_else(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = open_wave(&store, "asv").await;
    let rehearsal = rehearse(&store, &field).await;
    let others = rehearse(&store, &other).await;
    for (field, wave) in [
        (&field, field.wave),
        (&field, rehearsal.id),
        (&other, others.id),
    ] {
        submit(&store, field, wave, "one").await;
        submit(&store, field, wave, "two").await;
    }
    store.drafts().open(field.draft("somebody")).await.unwrap();
    let db = database.connect().await;
    // No respondent can leave a draft in a rehearsal; one that got there some other way goes too.
    let moved = run(&db, "UPDATE draft SET wave_id = $1", [rehearsal.id]).await;
    assert_eq!(moved.unwrap(), 1);
    store.drafts().open(field.draft("another")).await.unwrap();
    let full = rows(&db, rehearsal.id).await;
    assert!(full.values().all(|n| *n > 0), "{full:?}");
    let before = (rows(&db, field.wave).await, rows(&db, others.id).await);

    assert_eq!(remove(&store, field.wave).await.unwrap(), Some(2));
    let empty = rows(&db, rehearsal.id).await;
    assert!(empty.values().all(|n| *n == 0), "{empty:?}");
    assert_eq!(store.waves().by_id(rehearsal.id).await.unwrap(), None);
    assert_eq!(
        (rows(&db, field.wave).await, rows(&db, others.id).await),
        before
    );

    // Doing it again does nothing, and there can be another.
    assert_eq!(remove(&store, field.wave).await.unwrap(), None);
    let again = rehearse(&store, &field).await;
    assert_ne!(again.id, rehearsal.id);
    assert_eq!(remove(&store, field.wave).await.unwrap(), Some(0));
    // A rehearsal is removed through its wave only.
    assert_eq!(remove(&store, others.id).await.unwrap(), None);
    assert!(matches!(
        remove(&store, WaveId(random_uuid())).await,
        Err(StoreError::NotFound("wave"))
    ));
    assert_eq!(
        (rows(&db, field.wave).await, rows(&db, others.id).await),
        before
    );
}

async fn removing_is_all_or_nothing(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsal = rehearse(&store, &field).await;
    submit(&store, &field, rehearsal.id, "one").await;
    let db = database.connect().await;
    let full = rows(&db, rehearsal.id).await;
    // Something holds on to the very last row that would go.
    let kind = match db.get_database_backend() {
        DbBackend::Sqlite => "blob",
        _ => "uuid",
    };
    db.execute_unprepared(&format!(
        "CREATE TABLE hold (wave_id {kind} REFERENCES wave (id))"
    ))
    .await
    .unwrap();
    run(&db, "INSERT INTO hold VALUES ($1)", [rehearsal.id])
        .await
        .unwrap();
    assert!(remove(&store, field.wave).await.is_err());
    assert_eq!(rows(&db, rehearsal.id).await, full);
    db.execute_unprepared("DELETE FROM hold").await.unwrap();
    assert_eq!(remove(&store, field.wave).await.unwrap(), Some(1));
}

async fn nothing_is_left_of_what_arrives_during_the_removal(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsal = rehearse(&store, &field).await;
    let arriving: Vec<_> = (0..40)
        .map(|n| {
            let submission = Submission {
                wave: rehearsal.id,
                only_if_open: false,
                ..field.submission(&format!("{n}"))
            };
            let store = store.clone();
            tokio::spawn(async move { store.responses().submit(submission).await })
        })
        .collect();
    let removed = remove(&store, field.wave).await.unwrap();
    assert!(removed.is_some());
    for arrived in arriving {
        match arrived.await.unwrap() {
            Ok(_) | Err(StoreError::NotFound("wave")) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    let empty = rows(&database.connect().await, rehearsal.id).await;
    assert!(empty.values().all(|n| *n == 0), "{empty:?}");
}

async fn a_wave_that_goes_takes_its_rehearsal_along(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsal = rehearse(&store, &field).await;
    let db = database.connect().await;
    for id in [rehearsal.id, field.wave] {
        run(&db, "DELETE FROM wave_revision WHERE wave_id = $1", [id])
            .await
            .unwrap();
    }
    run(&db, "DELETE FROM wave WHERE id = $1", [field.wave])
        .await
        .unwrap();
    assert_eq!(store.waves().all().await.unwrap(), []);
}

async fn whoever_watches_is_told(database: TestDatabase) {
    // Without polling worth the name, so that only the removal itself can tell.
    let options = StoreOptions::new(&database.url).poll_every(Duration::from_secs(3_600));
    let removing = Store::open(options).await.unwrap();
    let serving = database.open().await;
    let field = open_wave(&removing, "cls").await;
    let rehearsal = rehearse(&removing, &field).await;
    let mut here = removing.watch(rehearsal.id).await.unwrap();
    let mut there = serving.watch(rehearsal.id).await.unwrap();
    let mut beside = serving.watch(field.wave).await.unwrap();
    submit(&removing, &field, rehearsal.id, "one").await;
    remove(&removing, field.wave).await.unwrap();
    for watcher in [&mut here, &mut there] {
        let closed = async { while watcher.changed().await.is_ok() {} };
        timeout(PATIENCE, closed)
            .await
            .expect("the watcher is told");
    }
    // Who watches the wave itself goes on.
    submit(&removing, &field, field.wave, "real").await;
    // Nothing of what was waited for may be kept: it holds the feed up.
    let moved = async { beside.wait_for(|now| now.0 == 1).await.is_ok() };
    let moved = timeout(PATIENCE, moved).await.expect("news of the wave");
    assert!(moved);
    assert!(matches!(
        serving.watch(rehearsal.id).await,
        Err(StoreError::NotFound("wave"))
    ));
}

/// How many migrations there were when rehearsals were still told by their names.
const BEFORE: u32 = 4;

async fn waves_that_were_rehearsals_by_name_are_taken_over(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = open_wave(&store, "asv").await;
    let create = async |field: &Field, slug: &str, state: WaveState| {
        let wave = Wave {
            closes_at: None,
            ..wave_of(&field.study, &field.version, slug, state)
        };
        store.waves().create(wave.clone()).await.unwrap();
        wave.id
    };
    let made = create(&field, "cls_rehearsal", WaveState::Draft).await;
    submit(&store, &field, made, "made up").await;
    // Everything else that has such a name stays what it is.
    let mut kept = vec![
        create(&field, "cls_rehearsal_rehearsal", WaveState::Draft).await,
        create(&field, "asv_rehearsal", WaveState::Draft).await,
        create(&field, "clsm_rehearsal", WaveState::Draft).await,
        create(&field, "rehearsal", WaveState::Draft).await,
    ];
    let closed = create(&other, "asv_rehearsals", WaveState::Draft).await;
    kept.push(closed);
    store.close().await;

    let db = database.connect().await;
    let after = u32::try_from(Migrator::migrations().len()).unwrap() - BEFORE;
    Migrator::down(&db, Some(after)).await.unwrap();
    // Nothing that a respondent may have sent is ever called made up.
    run(&db, "DELETE FROM contact WHERE wave_id = $1", [made])
        .await
        .unwrap();
    let store = database.open().await;
    assert_eq!(
        store
            .waves()
            .by_id(made)
            .await
            .unwrap()
            .unwrap()
            .rehearsal_of,
        None,
        "its submission came with a key"
    );
    store.close().await;
    Migrator::down(&db, Some(after)).await.unwrap();
    run(&db, "DELETE FROM idempotency WHERE wave_id = $1", [made])
        .await
        .unwrap();

    let store = database.open().await;
    let taken = store.rehearsals().of(field.wave).await.unwrap().unwrap();
    assert_eq!(
        (taken.id, taken.slug.as_str(), taken.state),
        (made, "cls/rehearsal", WaveState::Closed)
    );
    assert_eq!(store.responses().count(made).await.unwrap(), 1);
    for id in kept {
        let wave = store.waves().by_id(id).await.unwrap().unwrap();
        assert_eq!((wave.rehearsal_of, wave.state), (None, WaveState::Draft));
    }
    assert_eq!(store.rehearsals().of(other.wave).await.unwrap(), None);
    store.close().await;

    // And back.
    Migrator::down(&db, Some(after)).await.unwrap();
    let names = Statement::from_string(
        db.get_database_backend(),
        "SELECT slug FROM wave WHERE state = 'draft' AND slug = 'cls_rehearsal'",
    );
    assert!(db.query_one_raw(names).await.unwrap().is_some());
    Migrator::up(&db, None).await.unwrap();
}
