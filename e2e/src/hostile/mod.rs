//! Strings that mean harm, and what tells whether one of them did any.
//!
//! Reading order: [`corpus`] (which strings) → [`questionnaires`] (where they stand) → [`watch`] (what a page
//! may never do, however it is written).

pub mod corpus;
pub mod questionnaires;
pub mod watch;
