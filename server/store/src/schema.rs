//! The tables as the entities describe them. Only the drift test reads this: it builds a second
//! database from it and compares that with the migrated one.

use crate::entity::{
    access_token, account, account_link, arrivals, audit, ceremony, change_log, contact,
    contributor, draft, erasure, idempotency, identity, mail_template, membership, outbox,
    participation, passkey, questionnaire_version, response, retention, sample_unit, session,
    set_aside, setting, study, wave, wave_revision, withdrawal, working_version,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, Schema};

/// Creates every table from its entity, parents first.
///
/// # Errors
/// What the database says.
pub async fn create_from_entities(db: &DatabaseConnection) -> Result<(), DbErr> {
    async fn create<E: EntityTrait>(db: &DatabaseConnection, entity: E) -> Result<(), DbErr> {
        let table = Schema::new(db.get_database_backend()).create_table_from_entity(entity);
        db.execute(&table).await.map(|_| ())
    }
    create(db, study::Entity).await?;
    create(db, questionnaire_version::Entity).await?;
    create(db, wave::Entity).await?;
    create(db, response::Entity).await?;
    create(db, idempotency::Entity).await?;
    create(db, change_log::Entity).await?;
    create(db, wave_revision::Entity).await?;
    create(db, arrivals::Entity).await?;
    create(db, draft::Entity).await?;
    create(db, contributor::Entity).await?;
    create(db, contact::Entity).await?;
    create(db, sample_unit::Entity).await?;
    create(db, participation::Entity).await?;
    create(db, outbox::Entity).await?;
    create(db, mail_template::Entity).await?;
    create(db, setting::Entity).await?;
    create(db, account::Entity).await?;
    create(db, session::Entity).await?;
    create(db, membership::Entity).await?;
    create(db, account_link::Entity).await?;
    create(db, access_token::Entity).await?;
    create(db, audit::Entity).await?;
    create(db, passkey::Entity).await?;
    create(db, ceremony::Entity).await?;
    create(db, identity::Entity).await?;
    create(db, withdrawal::Entity).await?;
    create(db, set_aside::Entity).await?;
    create(db, retention::Entity).await?;
    create(db, erasure::Entity).await?;
    create(db, working_version::Entity).await
}
