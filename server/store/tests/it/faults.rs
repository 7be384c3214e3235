//! A database that fails for a while: callers are told so, and the store heals by itself.

use crate::database::{TestDatabase, on_postgres, on_sqlite};
use crate::fixture::open_wave;
use sea_orm::{ConnectionTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::time::Duration;
use store::{Revision, StoreError};
use tokio::time::timeout;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_file_is_unavailable_until_it_is_free() {
    on_sqlite(|database: TestDatabase| async move {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let other = database.connect().await;
        let lock = other
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await
            .unwrap();
        let submission = field.submission("a");
        let refused = store.responses().submit(submission.clone()).await;
        assert!(
            matches!(refused, Err(StoreError::Unavailable(_))),
            "{refused:?}"
        );
        assert_eq!(
            store.responses().count(field.wave).await.unwrap(),
            0,
            "readers go on reading"
        );
        lock.rollback().await.unwrap();
        store.responses().submit(submission).await.unwrap();
        assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_postgres_ends_are_replaced() {
    on_postgres(|database: TestDatabase| async move {
        let store = database.open().await;
        let field = open_wave(&store, "cls").await;
        let mut watcher = store.watch(field.wave).await.unwrap();
        let admin = database.connect().await;
        admin
            .execute_unprepared(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await
            .unwrap();
        let submission = field.submission("a");
        let mut n_failures = 0;
        while let Err(error) = store.responses().submit(submission.clone()).await {
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
            n_failures += 1;
            assert!(n_failures < 50, "the store does not heal");
        }
        // Written by another process, so only listening or polling can bring the news.
        let other = database.open().await;
        other
            .responses()
            .submit(field.submission("b"))
            .await
            .unwrap();
        timeout(
            Duration::from_secs(20),
            watcher.wait_for(|now| *now == Revision(2)),
        )
        .await
        .unwrap()
        .unwrap();
    })
    .await;
}
