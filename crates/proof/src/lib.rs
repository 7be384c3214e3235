//! proof
mod cuts;
mod domain;
mod encode;
mod formula;
mod goal;
mod grid;
mod prove;
mod realize;
mod seen;
mod solver;

pub use goal::Goal;
pub use prove::{Options, Proof, Status, prove, prove_with};
pub use solver::Budget;
