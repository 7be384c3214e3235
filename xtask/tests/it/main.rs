//! What the tree promises about itself.

// Clippy accepts `unwrap` in tests; the attribute tells it that these modules are nothing else.
#[cfg(test)]
mod arrows;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod leptos_options;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod tree;
