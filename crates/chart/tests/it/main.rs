//! Charts from outside: what is drawn, what is written, and that both agree.

mod drawings;
mod extremes;
mod graph_guide;
mod graph_laws;
mod graph_samples;
mod graphs;
mod kinds;
mod laws;
mod laws_of_parts;
mod laws_of_sets;
mod laws_of_values;
mod numbers;
// Clippy lets test code panic where it can see that it is test code.
#[cfg(test)]
mod read;
mod samples;
