//! The team's own pages: signing in, studies, members, audit, account. Plain forms; a script only
//! where browsers want one, for passkeys.
//!
//! Reading order: [`screen`] → `frame` (what surrounds them, and fields) → a file a page.

pub mod field_screen;
pub mod retention_screen;
pub mod screen;

mod account;
mod admissibility;
mod audit;
mod deed;
mod door;
mod frame;
mod means;
mod members;
mod retention;
mod studies;
mod wave;
mod wrong;

pub(crate) use account::account;
pub(crate) use admissibility::admissibility;
pub(crate) use audit::audit;
pub(crate) use door::{away, link, recover, sign_in};
pub(crate) use members::members;
pub(crate) use retention::retention;
pub(crate) use studies::{studies, study};
pub(crate) use wave::{new_wave, wave_settings};
