//! The few things asked of the document.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Event, EventTarget, FormData, HtmlFormElement, NodeList};

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The first element that matches.
pub(super) fn one(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// The first element inside that matches.
pub(super) fn inside(element: &Element, selector: &str) -> Option<Element> {
    element.query_selector(selector).ok()?
}

/// Every element inside that matches.
pub(super) fn all(element: &Element, selector: &str) -> Vec<Element> {
    let list: Option<NodeList> = element.query_selector_all(selector).ok();
    let count = list.as_ref().map_or(0, NodeList::length);
    (0..count)
        .filter_map(|it| list.as_ref()?.get(it)?.dyn_into().ok())
        .collect()
}

/// Shows or hides.
pub(super) fn show(element: &Element, shown: bool) {
    set(element, "hidden", !shown, "");
}

/// Sets or takes away an attribute; what is so already is left alone.
pub(super) fn set(element: &Element, name: &str, present: bool, value: &str) {
    if element.has_attribute(name) != present {
        let _ = if present {
            element.set_attribute(name, value)
        } else {
            element.remove_attribute(name)
        };
    }
}

/// Writes a text where another stands: screen readers hear of changes only.
pub(super) fn write(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// What the form would post, without a button.
pub(super) fn pairs(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for entry in data.entries().into_iter().flatten() {
        let entry: js_sys::Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// Acts on an event for as long as the page is open.
pub(super) fn on<F: FnMut(Event) + 'static>(target: &EventTarget, event: &str, act: F) {
    let _ = target.add_event_listener_with_callback(event, &super::forever(act));
}
