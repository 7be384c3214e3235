//! The team's own pages: extract → authorise ([`gate`]) → load → draw.

pub(crate) mod account;
pub(crate) mod admissibility;
pub(crate) mod audit;
#[cfg(any(feature = "passkeys", feature = "oidc"))]
mod ceremony;
pub(crate) mod contacts;
pub(crate) mod door;
pub(crate) mod entry;
mod field;
pub(crate) mod gate;
pub(crate) mod home;
pub(crate) mod invitations;
pub(crate) mod members;
pub(crate) mod messages;
pub(crate) mod one_entry;
#[cfg_attr(not(feature = "oidc"), path = "without_openid.rs")]
pub(crate) mod openid;
#[cfg_attr(not(feature = "passkeys"), path = "without_passkeys.rs")]
pub(crate) mod passkeys;
pub(crate) mod qr;
pub(crate) mod results;
pub(crate) mod retention;
pub(crate) mod sample;
pub(crate) mod studies;
mod upload;
pub(crate) mod waves;
pub(crate) mod writing;
