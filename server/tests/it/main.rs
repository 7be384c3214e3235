//! The program from outside: its command line, its pages, and what a kill leaves of its answers.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod api;
mod closing;
mod commands;
mod condition_pages;
mod cross_site;
mod cuts;
#[cfg(feature = "passkeys")]
#[path = "../../service/tests/it/team/device.rs"]
mod device;
mod durability;
mod edit_pages;
mod entries;
mod entry_pages;
mod events;
mod figures;
mod impact;
mod invite;
mod live;
mod mail;
mod map_pages;
mod moving_pages;
#[cfg(feature = "oidc")]
mod openid;
mod operators;
mod pages;
#[cfg(feature = "passkeys")]
mod passkeys;
mod person;
mod plan_pages;
mod print_pages;
mod program;
mod proofs;
mod rehearsal;
mod rehearse_pages;
mod rights;
mod roles;
mod routes;
mod sample_pages;
mod sink;
mod team;
mod together;
mod users;
mod waves;
mod writing_pages;
