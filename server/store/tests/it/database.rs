//! Runs a test body on a fresh SQLite file and on a fresh Postgres database.
//!
//! Postgres is reached through `RECUEIL_TEST_POSTGRES`, the address of a server on which
//! databases may be created; `cargo xtask test` starts one and sets it. Without it the Postgres
//! half says that it was skipped, and fails on CI, where nothing may be skipped unseen.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use std::future::Future;
use store::{Store, StoreOptions};
use tempfile::TempDir;

/// Declares tests: for each named function, one on SQLite and one on Postgres.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::database::on_sqlite(super::$name).await;
            }
        )*}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::database::on_postgres(super::$name).await;
            }
        )*}
    };
}
pub(crate) use on_both;

/// An empty database that a test may open as often as it likes.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

impl TestDatabase {
    /// Opens the store on it, as one process would.
    pub(crate) async fn open(&self) -> Store {
        Store::open(StoreOptions::new(&self.url)).await.unwrap()
    }

    /// Connects past the store, to look at what is really there.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let mut options = sea_orm::ConnectOptions::new(format!("{}{}", self.url, self.create()));
        options.sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    fn create(&self) -> &'static str {
        if self.url.starts_with("sqlite") {
            "?mode=rwc"
        } else {
            ""
        }
    }
}

pub(crate) async fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(TestDatabase) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/recueil.db", folder.path().display());
    test(TestDatabase {
        url,
        _folder: Some(folder),
    })
    .await;
}

pub(crate) async fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(TestDatabase) -> F) {
    let Some(server) = variable("RECUEIL_TEST_POSTGRES") else {
        assert!(
            variable("CI").is_none(),
            "RECUEIL_TEST_POSTGRES must be set on CI"
        );
        eprintln!("skipped: RECUEIL_TEST_POSTGRES is not set");
        return;
    };
    let name = format!("recueil_test_{}", crate::fixture::random_uuid().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    test(TestDatabase {
        url: with_database(&server, &name),
        _folder: None,
    })
    .await;
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no command line to take settings from"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The server's address with another database: `postgres://user@host:port/NAME?query`.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').unwrap_or((server, ""));
    let authority_ends = address
        .match_indices('/')
        .nth(2)
        .map_or(address.len(), |(at, _)| at);
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    format!("{}/{name}{query}", &address[..authority_ends])
}

#[test]
fn names_another_database_on_the_same_server() {
    for (server, expected) in [
        ("postgres://u@h:5/postgres", "postgres://u@h:5/x"),
        ("postgres://u@h:5", "postgres://u@h:5/x"),
        (
            "postgres://u@h/postgres?host=/tmp/s",
            "postgres://u@h/x?host=/tmp/s",
        ),
    ] {
        assert_eq!(with_database(server, "x"), expected);
    }
}
