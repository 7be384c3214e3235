//! What is erased is gone from the files, and stays gone when a backup is put back.

use crate::database::{TestDatabase, on_both, on_sqlite};
use crate::fixture::{Field, TODAY, contact, open_wave};
use crate::team::entry;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::{
    ChangeKind, Changes, DraftAt, DraftSave, Due, Erased, Erasure, ErasureKind, NewAudit,
    Retention, Revision, Store, Submission, WaveId,
};
use time::Date;

on_both!(
    erased_answers_take_their_drafts_and_linked_contacts_with_them,
    a_ledger_is_replayed_into_a_database_that_was_put_back,
    days_are_set_without_moving_the_end,
);

/// Nothing is due: nobody left a draft before today.
pub(crate) const NOTHING: Due = Due {
    contacts: false,
    answers: false,
    drafts_before: TODAY,
};

async fn erase(store: &Store, wave: WaveId, due: Due) -> Erased {
    let retention = store.retention();
    let erased = retention.erase(wave, due, TODAY, entry("wave.erased"));
    erased.await.unwrap()
}

/// Erases contact details and addresses; says how many.
pub(crate) async fn erase_contacts(store: &Store, wave: WaveId) -> u64 {
    let contacts = true;
    erase(
        store,
        wave,
        Due {
            contacts,
            ..NOTHING
        },
    )
    .await
    .n_contacts
}

/// Erases drafts that were last saved before a day; says how many.
pub(crate) async fn erase_drafts(store: &Store, wave: WaveId, before: Date) -> u64 {
    let drafts_before = before;
    let due = Due {
        drafts_before,
        ..NOTHING
    };
    erase(store, wave, due).await.n_drafts
}

async fn erase_answers(store: &Store, wave: WaveId) -> u64 {
    let answers = true;
    erase(store, wave, Due { answers, ..NOTHING })
        .await
        .n_answers
}

/// Fills a wave: `n` responses with contacts, and as many drafts under way; every value of them
/// holds the mark.
async fn fill(store: &Store, field: &Field, mark: &str, n: usize) {
    for nth in 0..n {
        let mark = format!("{mark}-{nth:02}-");
        let token = format!("token {mark}");
        let draft = store.drafts().open(field.draft(&token)).await.unwrap();
        let draft = Some(DraftAt {
            id: draft.id,
            revision: draft.revision,
        });
        let submission = Submission {
            draft,
            contacts: vec![
                contact(&format!("{mark}linked@example.org"), true),
                contact(&format!("{mark}apart@example.org"), false),
            ],
            ..field.submission(&format!("{mark}verbatim"))
        };
        store.responses().submit(submission).await.unwrap();
        let token = format!("other {mark}");
        let draft = store.drafts().open(field.draft(&token)).await.unwrap();
        let save = DraftSave {
            draft: DraftAt {
                id: draft.id,
                revision: draft.revision,
            },
            sheet: format!(r#"{{"x":"{mark}draft"}}"#),
            page: None,
            language: "fr".to_owned(),
            day: TODAY,
        };
        store.drafts().save(save).await.unwrap();
    }
}

async fn days_are_set_without_moving_the_end(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    fill(&store, &field, "one", 2).await;
    let retention = store.retention();
    let told = |subject: &str| NewAudit {
        study: Some(field.study.id),
        subject: subject.to_owned(),
        ..entry("wave.retention")
    };
    let days = |answers_days, ended_on| Retention {
        contacts_days: Some(30),
        drafts_days: None,
        answers_days,
        ended_on,
    };
    let first = days(Some(7), None);
    let settled = retention.settle(field.wave, first, told("cls")).await;
    settled.unwrap();
    assert_eq!(retention.of(field.wave).await.unwrap(), first);
    let ended = days(Some(7), Some(TODAY));
    retention.set(field.wave, ended).await.unwrap();
    let settled = retention.settle(field.wave, days(None, None), told("cls"));
    settled.await.unwrap();
    let kept = retention.of(field.wave).await.unwrap();
    assert_eq!(kept, days(None, Some(TODAY)));
    let nowhere = WaveId(crate::fixture::random_uuid());
    let lost = retention.settle(nowhere, first, told("cls")).await;
    assert!(lost.is_err(), "and it is not told");

    let audit = store.audit();
    audit.note(told("asv")).await.unwrap();
    audit.note(entry("wave.retention")).await.unwrap();
    let about = |action, limit| audit.about(field.study.id, action, "cls", limit);
    let found = about("wave.retention", 9).await.unwrap();
    assert_eq!(found.len(), 2);
    assert!(found[0].number > found[1].number, "the latest first");
    assert_eq!(about("wave.retention", 1).await.unwrap(), found[..1]);
    assert_eq!(about("wave.erased", 9).await.unwrap(), []);

    let tomorrow = TODAY.next_day().unwrap();
    let n_drafts = async |before| retention.n_drafts(field.wave, before).await.unwrap();
    assert_eq!((n_drafts(TODAY).await, n_drafts(tomorrow).await), (0, 2));
    let erased = erase_drafts(&store, field.wave, tomorrow).await;
    assert_eq!(erased, 2, "as many as were counted");
}

async fn erased_answers_take_their_drafts_and_linked_contacts_with_them(database: TestDatabase) {
    let store = database.open().await;
    let (field, other) = (
        open_wave(&store, "cls").await,
        open_wave(&store, "asv").await,
    );
    fill(&store, &field, "one", 3).await;
    fill(&store, &other, "two", 2).await;
    for n in [3, 0] {
        assert_eq!(erase_answers(&store, field.wave).await, n);
    }
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 0);
    assert_eq!(store.responses().count(other.wave).await.unwrap(), 2);
    let left = store.contacts().of_wave(field.wave).await.unwrap();
    assert!(left.len() == 3 && left.iter().all(|it| it.response.is_none()));
    let progress = store.drafts().progress(field.wave).await.unwrap();
    assert_eq!((progress.n_opened, progress.n_submitted), (3, 0));
    // Whoever counts is told to count anew.
    let changes = store.responses().changes(field.wave, Revision(3)).await;
    assert_eq!(changes.unwrap(), Changes::Purged(Revision(4)));
    for n in [3, 0] {
        assert_eq!(erase_contacts(&store, field.wave).await, n);
    }
    // The day itself is kept.
    assert_eq!(erase_drafts(&store, field.wave, TODAY).await, 0);
    let tomorrow = TODAY.next_day().unwrap();
    assert_eq!(erase_drafts(&store, field.wave, tomorrow).await, 3);
    let ledger = store.retention().ledger().await.unwrap();
    let n_of = |kind| ledger.iter().filter(|it| it.kind == kind).count();
    assert_eq!(n_of(ErasureKind::Answers), 3);
    assert_eq!(n_of(ErasureKind::Contact), 6);
    assert_eq!(n_of(ErasureKind::Draft), 6);
    assert_eq!(n_of(ErasureKind::Withdrawn), 0);
}

async fn a_ledger_is_replayed_into_a_database_that_was_put_back(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    fill(&store, &field, "one", 2).await;
    let ids = store.responses().page(field.wave, None, 9).await.unwrap();
    let ids: Vec<_> = ids.into_iter().map(|it| it.id).collect();
    let rights = store.rights();
    assert!(
        rights
            .withdraw(field.wave, ids[0], None, TODAY)
            .await
            .unwrap()
    );
    let ledger = store.retention().ledger().await.unwrap();
    assert_eq!(ledger.len(), 2);
    assert_eq!(store.replay_erasures(ledger.clone()).await.unwrap(), 0);
    // The response is there again, and the table knows nothing of its erasure.
    let mut again = field.submission("back");
    again.response.id = ids[0];
    store.responses().submit(again).await.unwrap();
    let db = database.connect().await;
    db.execute_unprepared("DELETE FROM erasure").await.unwrap();
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 2);
    assert_eq!(store.replay_erasures(ledger.clone()).await.unwrap(), 1);
    assert_eq!(store.rights().n_withdrawn(field.wave).await.unwrap(), 2);
    let mut table = store.retention().ledger().await.unwrap();
    table.sort_by(|a, b| a.digest.cmp(&b.digest));
    assert_eq!(table, ledger);
    let strange = Erasure {
        digest: "of something else".to_owned(),
        kind: ErasureKind::Draft,
        wave: field.wave,
        day: TODAY,
    };
    assert_eq!(store.replay_erasures(vec![strange]).await.unwrap(), 0);
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|it| it.unwrap().path()).collect()
}

/// How often a text stands in the files of a folder.
fn hits(folder: &Path, text: &str) -> usize {
    let found = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        bytes
            .windows(text.len())
            .filter(|it| *it == text.as_bytes())
            .count()
    };
    files(folder).iter().map(found).sum()
}

fn folder(database: &TestDatabase) -> PathBuf {
    let path = database.url.trim_start_matches("sqlite://");
    Path::new(path).parent().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_what_was_erased_is_left_in_the_files() {
    on_sqlite(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        fill(&store, &field, "kept", 5).await;
        let erased = open_wave(&store, "asv").await;
        fill(&store, &erased, "canary", 50).await;
        let folder = folder(&database);
        assert!(
            hits(&folder, "canary-07-") > 3,
            "the search finds what is there"
        );
        let tomorrow = TODAY.next_day().unwrap();
        erase_answers(&store, erased.wave).await;
        erase_contacts(&store, erased.wave).await;
        assert_eq!(erase_drafts(&store, erased.wave, tomorrow).await, 50);
        store.finish_erasing().await;
        for nth in 0..50 {
            assert_eq!(hits(&folder, &format!("canary-{nth:02}-")), 0, "{nth}");
        }
        assert!(hits(&folder, "kept-03-") > 3);
        store.close().await;
    })
    .await;
}

/// Whoever reads keeps what they see in the log, for longer than one attempt to empty it waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_reader_keeps_nothing_that_was_erased_in_the_log() {
    on_sqlite(async |database| {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        fill(&store, &field, "canary", 2).await;
        let folder = folder(&database);
        let reader = database.connect().await;
        let reading = reader.begin().await.unwrap();
        let sees = "SELECT CAST(count(*) AS TEXT) FROM contact";
        let sees = Statement::from_string(DbBackend::Sqlite, sees);
        reading.query_one_raw(sees).await.unwrap();
        erase_answers(&store, field.wave).await;
        erase_contacts(&store, field.wave).await;
        let tomorrow = TODAY.next_day().unwrap();
        erase_drafts(&store, field.wave, tomorrow).await;
        // One attempt waits for five seconds.
        let gone = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(5_500)).await;
            reading.rollback().await.unwrap();
        });
        let begun = Instant::now();
        store.finish_erasing().await;
        assert!(gone.is_finished(), "it waited {:?}", begun.elapsed());
        assert_eq!(hits(&folder, "canary-01-"), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn yesterdays_backup_does_not_bring_back_what_was_erased() {
    on_sqlite(async |database| {
        let folder = folder(&database);
        let path = folder.join("recueil.db");
        let backup = tempfile::tempdir().unwrap();
        let copy = backup.path().join("yesterday.db");

        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        fill(&store, &field, "canary", 10).await;
        store.back_up(&copy).await.unwrap();
        assert!(
            store.back_up(&copy).await.is_err(),
            "no backup is overwritten"
        );
        let page = store.responses().page(field.wave, None, 1).await.unwrap();
        let withdrawn = page[0].clone();
        let rights = store.rights();
        let done = rights.withdraw(field.wave, withdrawn.id, None, TODAY).await;
        assert!(done.unwrap());
        erase_contacts(&store, field.wave).await;
        store.finish_erasing().await;
        let revision = store.responses().revision(field.wave).await.unwrap();
        store.close().await;

        std::fs::copy(&copy, &path).unwrap();
        for extra in ["recueil.db-wal", "recueil.db-shm"] {
            let _ = std::fs::remove_file(folder.join(extra));
        }
        assert!(hits(&folder, "linked@example.org") >= 10, "it was put back");
        let store = database.open().await;
        assert_eq!(store.responses().count(field.wave).await.unwrap(), 9);
        assert_eq!(store.rights().n_withdrawn(field.wave).await.unwrap(), 1);
        assert_eq!(store.contacts().of_wave(field.wave).await.unwrap(), []);
        let changes = store.responses().changes(field.wave, Revision(10)).await;
        let Changes::Since(changes) = changes.unwrap() else {
            panic!("nothing was purged");
        };
        assert_eq!(changes[0].response, withdrawn.id);
        assert_eq!(changes[0].kind, ChangeKind::Withdraw);
        assert_eq!(
            store.responses().revision(field.wave).await.unwrap(),
            revision
        );
        assert_eq!(hits(&folder, "@example.org"), 0);
        assert_eq!(hits(&folder, withdrawn.sheet.as_str()), 0);
        store.close().await;
        // Once more changes nothing.
        let store = database.open().await;
        assert_eq!(
            store.responses().revision(field.wave).await.unwrap(),
            revision
        );
        assert_eq!(store.rights().n_withdrawn(field.wave).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_names_nothing_and_is_mended() {
    on_sqlite(async |database| {
        let path = folder(&database).join("erasures.ndjson");
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        assert!(!path.exists(), "nothing was erased");
        fill(&store, &field, "canary", 2).await;
        erase_contacts(&store, field.wave).await;
        store.finish_erasing().await;
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 4);
        assert!(!text.contains("canary"));
        store.close().await;
        // A file that was lost, or cut off by a crash, is written again from the table.
        std::fs::write(&path, &text[..text.len() / 2]).unwrap();
        let store = database.open().await;
        let mended = std::fs::read_to_string(&path).unwrap();
        let mended: Vec<&str> = mended.lines().collect();
        for line in text.lines() {
            assert!(mended.contains(&line), "{line}");
        }
        store.close().await;
    })
    .await;
}
