//! What a respondent's browser runs: the islands of `app`'s respondent pages.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands that the server rendered; Leptos' script calls it once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Judges a case with the engine of this module; a test compares it with the native engine's
/// judgement ([`app::replay`]).
#[wasm_bindgen]
#[must_use]
pub fn replay(given: &str) -> String {
    app::replay(given)
}
