//! The design system: what every page is made of.

pub mod document;
pub mod manifest;
pub mod markdown;

pub use document::{Document, Frame, document};
pub use manifest::Manifest;
