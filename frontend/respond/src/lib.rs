//! What a respondent's browser runs: the islands of `app`'s respondent pages.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands that the server rendered; Leptos' script calls it once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
