//! Respondent pages.
//!
//! A page is drawn from a view of the engine ([`questionnaire::view`]) and posted back to the same
//! address; [`form`] reads what was posted. One file of [`widgets`] per kind of question.

pub mod form;
pub mod wording;

#[cfg(any(feature = "ssr", feature = "respond"))]
pub(crate) mod ids;
#[cfg(any(feature = "ssr", feature = "respond"))]
pub mod island;
#[cfg(feature = "respond")]
mod live;

#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub(crate) mod problem;
#[cfg(feature = "ssr")]
mod question;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
pub mod rights;
#[cfg(feature = "ssr")]
mod roster;
#[cfg(feature = "ssr")]
pub mod screen;
#[cfg(feature = "ssr")]
mod start;
#[cfg(feature = "ssr")]
mod summary;
#[cfg(feature = "ssr")]
pub mod together;
#[cfg(feature = "ssr")]
pub(crate) mod widgets;

#[cfg(feature = "ssr")]
pub(crate) use {
    page::page,
    problem::problem,
    receipt::receipt,
    review::review,
    start::{home, start},
};
