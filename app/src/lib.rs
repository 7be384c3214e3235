//! What people see: addresses, pages, components, texts, and the respondent's island.
//!
//! With feature `ssr` a page is a function from plain data to a whole HTML document
//! ([`render`]): handlers load, decide, then draw; drawing decides nothing and reads nothing. With
//! features `respond` and `studio` the same crate is the browser's module of respondents or of the
//! team: only the islands of one of them are compiled then.
//!
//! Reading order: [`paths`] → [`respond::screen`] → [`render`].

pub mod language;
pub mod paths;
pub mod respond;
#[cfg(any(feature = "ssr", feature = "studio"))]
pub mod studio;
pub use questionnaire::typography;

#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod invitation;
#[cfg(feature = "ssr")]
mod moment;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod ui;

/// The engine's judgement of a case, for the test that compares this module with the native engine.
pub use questionnaire::replay;
