//! What somebody who holds the whole database can and cannot tell.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{contact, open_wave};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::collections::HashSet;
use store::{DraftAt, Submission};

on_both!(
    a_response_has_no_time_and_no_order,
    nothing_leads_from_a_contact_or_a_draft_to_a_response,
    a_contact_is_linked_where_the_respondent_agreed,
);

async fn columns(db: &DatabaseConnection, table: &str) -> HashSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        _ => format!(
            "SELECT column_name::text AS name FROM information_schema.columns \
             WHERE table_name = '{table}'"
        ),
    };
    strings(db, &sql).await
}

async fn strings(db: &DatabaseConnection, sql: &str) -> HashSet<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        .collect()
}

/// Every value of a table's column, as text; binary keys in hexadecimal.
async fn values(db: &DatabaseConnection, table: &str, column: &str) -> HashSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => format!(
            "SELECT CASE typeof(\"{column}\") WHEN 'blob' THEN lower(hex(\"{column}\")) \
             ELSE CAST(\"{column}\" AS TEXT) END FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"
        ),
        _ => format!(
            "SELECT replace(\"{column}\"::text, '-', '') FROM \"{table}\" \
             WHERE \"{column}\" IS NOT NULL"
        ),
    };
    strings(db, &sql).await
}

async fn a_response_has_no_time_and_no_order(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    store
        .responses()
        .submit(field.submission("a"))
        .await
        .unwrap();
    let db = database.connect().await;
    assert_eq!(
        columns(&db, "response").await,
        ["wave_id", "id", "version_id", "sheet", "content_hash"]
            .map(str::to_owned)
            .into()
    );
    if db.get_database_backend() == DbBackend::Sqlite {
        for table in [
            "response",
            "idempotency",
            "change_log",
            "draft",
            "contact",
            "arrivals",
            "set_aside",
            "withdrawal",
            "erasure",
            "sample_unit",
            "participation",
            "outbox",
        ] {
            assert!(
                db.execute_unprepared(&format!("SELECT rowid FROM \"{table}\""))
                    .await
                    .is_err(),
                "{table} remembers the order of its rows"
            );
        }
    }
    // Once the change log has served, no table names the response but its own.
    store
        .responses()
        .purge_changes(field.wave, store::Revision(1))
        .await
        .unwrap();
    assert!(values(&db, "change_log", "response_id").await.is_empty());
}

async fn nothing_leads_from_a_contact_or_a_draft_to_a_response(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    for n in 0..20 {
        let draft = store
            .drafts()
            .open(field.draft(&format!("secret {n}")))
            .await
            .unwrap();
        let draft = Some(DraftAt {
            id: draft.id,
            revision: draft.revision,
        });
        let contacts = vec![contact(&format!("person{n}@example.org"), false)];
        let submission = Submission {
            draft,
            contacts,
            ..field.submission(&format!("{n}"))
        };
        store.responses().submit(submission).await.unwrap();
    }
    let db = database.connect().await;
    let mut of_responses = HashSet::new();
    for column in ["id", "sheet", "content_hash"] {
        of_responses.extend(values(&db, "response", column).await);
    }
    assert_eq!(of_responses.len(), 60);
    for table in ["contact", "draft"] {
        for column in columns(&db, table).await {
            let shared: Vec<String> = values(&db, table, &column)
                .await
                .intersection(&of_responses)
                .cloned()
                .collect();
            assert!(
                shared.is_empty(),
                "{table}.{column} shares {shared:?} with the responses"
            );
        }
    }
    assert!(values(&db, "contact", "response_id").await.is_empty());
    // Random keys, so that sorting two tables by key does not align them.
    let ids = values(&db, "contact", "id").await.into_iter();
    for id in ids.chain(values(&db, "response", "id").await) {
        assert_eq!(
            id.chars().nth(12),
            Some('4'),
            "{id} is not a random identifier"
        );
    }
}

async fn a_contact_is_linked_where_the_respondent_agreed(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let contacts = vec![
        contact("agreed@example.org", true),
        contact("not@example.org", false),
    ];
    let submission = Submission {
        contacts,
        ..field.submission("a")
    };
    let id = submission.response.id;
    store.responses().submit(submission).await.unwrap();
    let mut stored = store.contacts().of_wave(field.wave).await.unwrap();
    stored.sort_by_key(|contact| contact.details.clone());
    assert_eq!(stored[0].response, Some(id));
    assert_eq!(stored[1].response, None);
    assert_eq!(stored[0].version, field.version.id);
    assert!(stored[0].consent.contains("recontacté"));
}
