//! Watchers learn of every change, from whichever process.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{open_wave, random_uuid};
use std::time::Duration;
use store::{Revision, Store, StoreError, WaveId};
use tokio::sync::watch;
use tokio::time::timeout;

on_both!(
    a_watcher_starts_at_the_present_revision,
    a_watcher_sees_the_own_process_write,
    a_watcher_sees_another_process_write,
    a_wave_nobody_knows_cannot_be_watched,
);

/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

async fn reaches(watcher: &mut watch::Receiver<Revision>, revision: i64) {
    timeout(PATIENCE, watcher.wait_for(|now| *now >= Revision(revision)))
        .await
        .expect("the watcher is woken")
        .expect("the store is open");
    assert_eq!(*watcher.borrow(), Revision(revision));
}

async fn a_watcher_starts_at_the_present_revision(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    assert_eq!(
        *store.watch(field.wave).await.unwrap().borrow(),
        Revision(0)
    );
    store
        .responses()
        .submit(field.submission("a"))
        .await
        .unwrap();
    assert_eq!(
        *store.watch(field.wave).await.unwrap().borrow(),
        Revision(1)
    );
}

async fn a_watcher_sees_the_own_process_write(database: TestDatabase) {
    // Without polling worth the name, so that only the commit itself can wake the watcher.
    let options = store::StoreOptions::new(&database.url).poll_every(Duration::from_secs(3_600));
    let store = Store::open(options).await.unwrap();
    let field = open_wave(&store, "cls").await;
    let mut watcher = store.watch(field.wave).await.unwrap();
    let mut another = store.watch(field.wave).await.unwrap();
    for revision in 1..=3 {
        store
            .responses()
            .submit(field.submission(&format!("{revision}")))
            .await
            .unwrap();
        reaches(&mut watcher, revision).await;
    }
    // A slow watcher misses nothing: it sees the newest.
    reaches(&mut another, 3).await;
}

async fn a_watcher_sees_another_process_write(database: TestDatabase) {
    let serving = database.open().await;
    let field = open_wave(&serving, "cls").await;
    let mut watcher = serving.watch(field.wave).await.unwrap();
    let importing = database.open().await;
    importing
        .responses()
        .submit(field.submission("a"))
        .await
        .unwrap();
    reaches(&mut watcher, 1).await;
    importing
        .responses()
        .submit(field.submission("b"))
        .await
        .unwrap();
    importing.close().await;
    reaches(&mut watcher, 2).await;
}

async fn a_wave_nobody_knows_cannot_be_watched(database: TestDatabase) {
    let store = database.open().await;
    assert!(matches!(
        store.watch(WaveId(random_uuid())).await,
        Err(StoreError::NotFound("wave"))
    ));
}
