//! The team's own pages: signing in, studies, members, audit, account. Plain forms; a script only
//! where browsers want one, for passkeys.
//!
//! Reading order: [`screen`] → `frame` (what surrounds them, and fields) → a file a page.

pub mod entry_screen;
pub mod field_screen;
pub mod home_screen;
pub mod one_entry;
pub mod retention_screen;
pub mod sample_screen;
pub mod screen;

mod account;
mod admissibility;
mod audit;
mod closing;
mod contacts;
mod deed;
mod door;
mod entry;
pub(super) mod frame;
mod home;
mod invitations;
mod means;
mod members;
mod messages;
mod retention;
mod sample;
mod studies;
mod wave;
pub(super) mod wrong;

pub use entry::{entry_remark, entry_unreadable};
pub use sample::{sample_advice, sample_fault, template_fault};

pub(crate) use account::account;
pub(crate) use admissibility::admissibility;
pub(crate) use audit::audit;
pub(crate) use contacts::contacts;
pub(crate) use door::{away, link, recover, sign_in};
pub(crate) use entry::entry;
pub(crate) use home::{home, news};
pub(crate) use invitations::{invitations, sample_figures};
pub(crate) use members::members;
pub(crate) use messages::messages;
pub(crate) use retention::retention;
pub(crate) use studies::study;
pub(crate) use wave::{new_wave, wave_settings};
