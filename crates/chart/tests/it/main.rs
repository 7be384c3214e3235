//! Charts from outside: what is drawn, what is written, and that both agree.

mod drawings;
mod graph_guide;
mod graph_laws;
mod graph_samples;
mod graphs;
mod laws;
mod numbers;
// Clippy lets test code panic where it can see that it is test code.
#[cfg(test)]
mod read;
mod samples;
