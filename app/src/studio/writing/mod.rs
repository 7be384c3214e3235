//! Writing a questionnaire: beginning a study, its text with what is found about it, its map, what a new
//! version changes. Plain forms; scripts make them quicker.
//!
//! Reading order: [`screen`] → a file a page; [`edit`], [`condition`], [`map`] and [`rehearse`] are folders.

pub mod condition;
pub mod edit;
pub mod map;
pub mod plan_screen;
pub mod rehearse;
pub mod screen;

mod begin;
mod findings;
mod plan;
mod print;
mod publish;
mod source;
mod table;

pub(crate) use begin::begin;
pub(crate) use plan::plan;
pub(crate) use print::print;
pub(crate) use publish::publish;
pub(crate) use source::{found, source};
