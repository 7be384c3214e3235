//! What one choice takes away from others: « aucun », « je ne sais pas ».

use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::dom;
use crate::respond::form::MISSING;

/// Makes the other fields agree with the one that was just changed.
pub(super) fn tidy(form: &HtmlFormElement, event: &Event) {
    let Some(target) = event.target() else { return };
    let Some((name, filled)) = name_of(&target) else {
        return;
    };
    if let Some(key) = name
        .strip_suffix(MISSING)
        .and_then(|it| it.strip_suffix('.'))
    {
        // A reason takes the place of an answer.
        each_field(form, |field, other| {
            if other != name && belongs(other, key) {
                clear(field);
            }
        });
        return;
    }
    if !filled {
        return;
    }
    let input: Option<&HtmlInputElement> = target.dyn_ref();
    let alone = input.map(|it| it.type_() == "checkbox" && it.has_attribute("data-exclusive"));
    each_field(form, |field, other| {
        if other
            .strip_suffix(MISSING)
            .and_then(|it| it.strip_suffix('.'))
            .is_some_and(|key| belongs(&name, key))
        {
            // An answer takes the place of a reason.
            clear(field);
        } else if let (Some(alone), Some(other), Some(it)) = (
            alone,
            field
                .dyn_ref::<HtmlInputElement>()
                .filter(|_| other == name),
            input,
        ) && other != it
            && other.type_() == "checkbox"
            && (alone || other.has_attribute("data-exclusive"))
        {
            // « Aucun » stands alone.
            other.set_checked(false);
        }
    });
}

/// Whether a field of this name is part of the answer to `key`: itself, a row, a part of a date.
/// The text beside a choice is not: it hides with its choice and comes back with it.
fn belongs(name: &str, key: &str) -> bool {
    let Some(rest) = name.strip_prefix(key) else {
        return false;
    };
    rest.is_empty() || rest.starts_with('[') || matches!(rest, ".day" | ".month" | ".year")
}

fn name_of(target: &web_sys::EventTarget) -> Option<(String, bool)> {
    if let Some(it) = target.dyn_ref::<HtmlInputElement>() {
        let ticks = matches!(it.type_().as_str(), "radio" | "checkbox");
        let filled = if ticks {
            it.checked()
        } else {
            !it.value().is_empty()
        };
        return Some((it.name(), filled));
    }
    if let Some(it) = target.dyn_ref::<HtmlSelectElement>() {
        return Some((it.name(), !it.value().is_empty()));
    }
    target
        .dyn_ref::<HtmlTextAreaElement>()
        .map(|it| (it.name(), !it.value().is_empty()))
}

fn each_field(form: &HtmlFormElement, mut act: impl FnMut(&web_sys::Element, &str)) {
    for field in dom::all(form, "input:not([type=hidden]),select,textarea") {
        if let Some(name) = field.get_attribute("name") {
            act(&field, &name);
        }
    }
}

fn clear(field: &web_sys::Element) {
    if let Some(it) = field.dyn_ref::<HtmlInputElement>() {
        if matches!(it.type_().as_str(), "radio" | "checkbox") {
            it.set_checked(false);
        } else {
            it.set_value("");
        }
    } else if let Some(it) = field.dyn_ref::<HtmlSelectElement>() {
        it.set_value("");
    } else if let Some(it) = field.dyn_ref::<HtmlTextAreaElement>() {
        it.set_value("");
    }
}
