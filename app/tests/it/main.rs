//! Pages as they leave the server: drawn, then read back as a browser would.

#![expect(
    clippy::expect_used,
    reason = "a page without what is looked for fails its test"
)]

mod dashboard;
mod export;
mod form;
mod markup;
mod pages;
mod samples;
mod strategies;
mod texts;
