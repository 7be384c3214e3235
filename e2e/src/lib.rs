//! The product seen from outside, in a real browser.
//!
//! Two programs use this library: `features` (sentences in `features/*.feature`) and `size` (what a respondent
//! downloads). `cargo xtask e2e` and `cargo xtask size` start them with everything they need.
//!
//! Reading order: [`settings`] → [`product`] (starts a server) → [`driver`] and [`browser`] (drive Chromium) →
//! [`network`], [`accessibility`] (what is looked at besides the page) → [`folder`] (pages that are files) →
//! [`hostile`] (strings that mean harm).

pub mod accessibility;
pub mod administrator;
pub mod browser;
pub mod driver;
pub mod folder;
pub mod hostile;
pub mod network;
pub mod product;
pub mod settings;
pub mod visitor;
