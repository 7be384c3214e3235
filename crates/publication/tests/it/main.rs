//! Paper against the instrument it is made of, and read back by other people's readers.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod built_in;
mod golden;
mod hostile;
mod laws;
mod outline;
mod pdf;
mod read;
