//! Sheets out and in again, for questionnaires with every kind of item.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod csv;
mod joined;
mod workbooks;
mod xlsx;
