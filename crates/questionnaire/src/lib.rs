#![doc = include_str!("../README.md")]

mod answer;
mod carry;
mod change;
mod evaluation;
mod failure;
pub mod fill;
pub mod instrument;
mod keep;
pub mod layout;
mod lineage;
mod load;
pub mod number;
mod replay;
pub mod session;
mod sheet;
mod showing;
mod specified;
mod text;
pub mod typography;
mod verdict;
pub mod view;

#[cfg(feature = "authoring")]
pub mod codebook;
#[cfg(feature = "authoring")]
mod compile;
#[cfg(feature = "authoring")]
mod diagnostic;
#[cfg(feature = "authoring")]
pub mod document;
#[cfg(feature = "authoring")]
pub mod figure;
#[cfg(feature = "authoring")]
mod frame;
#[cfg(feature = "authoring")]
pub mod sentence;

pub use answer::{Answer, Unreadable};
pub use carry::{Stays, carry};
pub use evaluation::{Engine, Evaluation, SlotState};
pub use failure::{Failure, FailureCode, Severity};
pub use instrument::{Instrument, MissingOffer};
pub use keep::Keep;
pub use lineage::Lineage;
pub use load::Loaded;
pub use replay::{Case, replay, verdicts};
pub use sheet::{Meta, Sheet};
pub use showing::{page_of, page_view, review_view};
pub use text::Text;
pub use verdict::Verdict;

#[cfg(feature = "authoring")]
pub use codebook::codebook;
#[cfg(feature = "authoring")]
pub use compile::{Checked, check, compile_document, condition};
#[cfg(feature = "authoring")]
pub use diagnostic::{Diagnostic, Position, Problem};
#[cfg(feature = "authoring")]
pub use frame::{FrameFault, frame_value};
