#![doc = include_str!("../README.md")]

pub mod html;
pub mod paper;
pub mod pdf;
mod prose;

pub use paper::{Options, Paper, paper};
pub use pdf::NotPrintable;
pub use prose::{Paragraph, Shape, Span};
