//! The migrations: up, down and up again, and the same tables as the entities describe.

use crate::database::{TestDatabase, on_both, on_sqlite};
use crate::fixture::{open_wave, random_uuid};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::collections::BTreeMap;
use std::sync::Arc;

on_both!(
    migrates_up_down_and_up_again,
    each_migration_reverts_itself,
    opening_twice_at_once_migrates_once,
    the_entities_describe_the_migrated_tables,
);

/// Table → column → type, nullability, place in the primary key.
type Tables = BTreeMap<String, BTreeMap<String, String>>;

async fn tables(db: &DatabaseConnection) -> Tables {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT t.name AS table_name, c.name AS column_name, \
             lower(c.type) || CASE c.\"notnull\" WHEN 1 THEN ' not null' ELSE '' END \
             || CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END AS description \
             FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT c.table_name::text, c.column_name::text, c.data_type::text \
             || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END \
             || coalesce(' key ' || k.ordinal_position::text, '') AS description \
             FROM information_schema.columns c \
             LEFT JOIN (information_schema.key_column_usage k \
               JOIN information_schema.table_constraints p \
               ON p.constraint_name = k.constraint_name AND p.table_name = k.table_name \
               AND p.constraint_type = 'PRIMARY KEY') \
             ON k.table_name = c.table_name AND k.column_name = c.column_name \
             WHERE c.table_schema = 'public'"
        }
    };
    let mut tables = Tables::new();
    for row in db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
    {
        let table: String = row.try_get_by_index(0).unwrap();
        let column: String = row.try_get_by_index(1).unwrap();
        let description: String = row.try_get_by_index(2).unwrap();
        if table != "seaql_migrations" {
            tables.entry(table).or_default().insert(column, description);
        }
    }
    tables
}

async fn migrates_up_down_and_up_again(database: TestDatabase) {
    let db = database.connect().await;
    Migrator::up(&db, None).await.unwrap();
    let once = tables(&db).await;
    assert_eq!(once.len(), 30);
    Migrator::down(&db, None).await.unwrap();
    assert_eq!(tables(&db).await, Tables::new());
    Migrator::up(&db, None).await.unwrap();
    assert_eq!(tables(&db).await, once);
}

async fn each_migration_reverts_itself(database: TestDatabase) {
    let db = database.connect().await;
    for _ in Migrator::migrations() {
        let before = tables(&db).await;
        Migrator::up(&db, Some(1)).await.unwrap();
        let after = tables(&db).await;
        assert_ne!(before, after);
        Migrator::down(&db, Some(1)).await.unwrap();
        assert_eq!(tables(&db).await, before);
        Migrator::up(&db, Some(1)).await.unwrap();
        assert_eq!(tables(&db).await, after);
    }
}

async fn opening_twice_at_once_migrates_once(database: TestDatabase) {
    let (one, two) = tokio::join!(database.open(), database.open());
    let field = open_wave(&one, "cls").await;
    assert_eq!(
        two.studies().by_slug("cls").await.unwrap(),
        Some(field.study)
    );
}

/// A new SQLite file is given its journal by whoever comes first, and the others wait for it:
/// who meets the file in between must not be told that the database is locked.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_file_may_be_opened_twice_at_once() {
    const OPENERS: usize = 2;
    // One of some dozens of files failed while nobody waited.
    for _ in 0..100 {
        on_sqlite(async |database| {
            let database = Arc::new(database);
            let mut opened = tokio::task::JoinSet::new();
            for _ in 0..OPENERS {
                let database = Arc::clone(&database);
                opened.spawn(async move { database.open().await });
            }
            assert_eq!(opened.join_all().await.len(), OPENERS);
        })
        .await;
    }
}

async fn the_entities_describe_the_migrated_tables(database: TestDatabase) {
    let migrated = database.connect().await;
    Migrator::up(&migrated, None).await.unwrap();
    let from_migrations = tables(&migrated).await;
    Migrator::down(&migrated, None).await.unwrap();
    store::schema::create_from_entities(&migrated)
        .await
        .unwrap();
    let from_entities = tables(&migrated).await;
    assert_eq!(from_entities, from_migrations);
    // The comparison sees a difference when there is one.
    let name = random_uuid().simple().to_string();
    let drift = format!("ALTER TABLE study ADD COLUMN \"{name}\" TEXT");
    migrated.execute_unprepared(&drift).await.unwrap();
    assert_ne!(tables(&migrated).await, from_migrations);
}
