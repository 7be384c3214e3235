//! The store's behaviour, each test on SQLite and on Postgres.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "in a test, a step that fails is a failed test"
)]

mod alike;
mod anonymity;
mod attack;
mod audited;
mod contributors;
mod database;
mod drafts;
mod entries;
mod erasures;
mod faults;
mod fixture;
mod group_commit;
mod invitations;
mod linkage;
mod means;
mod news;
mod outbox;
mod rehearsals;
mod rehearsed_saves;
mod rights;
mod schema;
mod studies;
mod submissions;
mod team;
mod working_versions;
