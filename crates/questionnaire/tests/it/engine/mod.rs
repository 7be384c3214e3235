//! One test for each rule of the contract.

mod answers;
mod classes;
mod grids;
mod missing;
mod paths;
mod rosters;
mod texts;
