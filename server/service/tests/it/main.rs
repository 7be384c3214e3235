//! The use cases, on the survey that comes with the program.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test, a step that fails is a failed test"
)]

mod closing;
mod conditions;
mod counts;
mod cuts;
mod editing;
mod entries;
mod fixture;
mod frame;
mod given_back;
mod import;
mod import_files;
mod invitations;
mod live;
mod moving;
mod planning;
mod plans;
mod rehearsals;
mod rehearsing;
mod respond;
mod retention;
mod rights;
mod studies;
mod team;
mod together;
mod waves;
mod workbooks;
mod writing;
