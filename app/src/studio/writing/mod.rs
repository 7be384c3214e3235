//! Writing a questionnaire: beginning a study, its text with what is found about it, its branches, what a new
//! version changes. Plain forms; one small script that leads to a line.
//!
//! Reading order: [`screen`] → a file a page; [`edit`] and [`condition`] are folders.

pub mod condition;
pub mod edit;
pub mod rehearse;
pub mod plan_screen;
pub mod screen;

mod begin;
mod branches;
mod findings;
mod plan;
mod print;
mod publish;
mod source;
mod table;

pub(crate) use begin::begin;
pub(crate) use branches::branches;
pub(crate) use plan::plan;
pub(crate) use print::print;
pub(crate) use publish::publish;
pub(crate) use source::source;
