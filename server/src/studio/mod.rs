//! The team's own pages: extract → authorise ([`gate`]) → load → draw.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod door;
pub(crate) mod gate;
pub(crate) mod members;
pub(crate) mod results;
pub(crate) mod studies;
