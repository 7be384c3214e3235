//! proof
mod chance;
mod coverage;
mod cuts;
mod diagram;
mod domain;
mod draw;
pub mod duration;
mod encode;
mod formula;
mod goal;
mod grid;
mod prove;
mod rake;
mod reads;
mod realize;
mod routes;
mod seen;
mod solver;

pub use coverage::{Bound, Coverage, Part, Target, Targets};
pub use draw::{Drawing, plausible};
pub use duration::Estimate;
pub use goal::Goal;
pub use prove::{Options, Proof, Status, prove, prove_with};
pub use rake::{MarginalError, Marginals, Raked, Report, Share, Weights, pool_size, rake, weights};
pub use routes::Routes;
pub use solver::Budget;
