//! Sheets out and in again, for questionnaires with every kind of item.

mod csv;
