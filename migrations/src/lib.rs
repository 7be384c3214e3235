#![doc = include_str!("../README.md")]
#![expect(
    elided_lifetimes_in_paths,
    reason = "MigrationTrait elides the lifetime of SchemaManager, and async_trait wants it the same way here"
)]

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261123_000001_create_studies;
mod m20261123_000002_create_responses;
mod m20261123_000003_create_drafts;
mod m20261123_000004_create_settings;
mod m20261125_000005_mark_rehearsals;
mod m20261126_000006_create_accounts;
mod m20261126_000007_invite;
mod m20261126_000008_rights;
mod m20261126_000009_contributors;
mod m20261126_000010_create_identities;
mod m20261126_000010_create_passkeys;
mod m20261126_000011_time_zones;
mod m20261126_000012_frame;
mod m20261126_000013_entry;
mod m20261126_000014_working_versions;
mod m20261127_000015_undo;
mod m20261127_000017_rehearse_saves;
mod m20261127_000018_closing_message;
mod table;

/// Applies and reverts the migrations, in order.
///
/// `store::Store::open` runs it inside one transaction, so that a crash half-way leaves the
/// former schema and two processes that start together do not trip over each other.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_studies::Migration),
            Box::new(m20261123_000002_create_responses::Migration),
            Box::new(m20261123_000003_create_drafts::Migration),
            Box::new(m20261123_000004_create_settings::Migration),
            Box::new(m20261125_000005_mark_rehearsals::Migration),
            Box::new(m20261126_000006_create_accounts::Migration),
            Box::new(m20261126_000008_rights::Migration),
            Box::new(m20261126_000007_invite::Migration),
            Box::new(m20261126_000010_create_passkeys::Migration),
            Box::new(m20261126_000009_contributors::Migration),
            Box::new(m20261126_000010_create_identities::Migration),
            Box::new(m20261126_000011_time_zones::Migration),
            Box::new(m20261126_000012_frame::Migration),
            Box::new(m20261126_000013_entry::Migration),
            Box::new(m20261126_000014_working_versions::Migration),
            Box::new(m20261127_000015_undo::Migration),
            Box::new(m20261127_000017_rehearse_saves::Migration),
            Box::new(m20261127_000018_closing_message::Migration),
        ]
    }
}
