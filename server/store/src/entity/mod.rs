//! The tables as SeaORM entities, one file each. They never leave this crate: repositories turn
//! them into the plain structs that the rest of the program sees.
#![expect(
    unreachable_pub,
    reason = "SeaORM's derives need `pub` items; the module itself is private to the store"
)]

pub(crate) mod access_token;
pub(crate) mod account;
pub(crate) mod account_link;
pub(crate) mod arrivals;
pub(crate) mod audit;
pub(crate) mod ceremony;
pub(crate) mod change_log;
pub(crate) mod contact;
pub(crate) mod contributor;
pub(crate) mod draft;
pub(crate) mod erasure;
pub(crate) mod idempotency;
pub(crate) mod identity;
pub(crate) mod mail_template;
pub(crate) mod membership;
pub(crate) mod outbox;
pub(crate) mod participation;
pub(crate) mod passkey;
pub(crate) mod questionnaire_version;
pub(crate) mod response;
pub(crate) mod retention;
pub(crate) mod sample_unit;
pub(crate) mod session;
pub(crate) mod set_aside;
pub(crate) mod setting;
pub(crate) mod study;
pub(crate) mod wave;
pub(crate) mod wave_revision;
pub(crate) mod withdrawal;
pub(crate) mod working_version;
