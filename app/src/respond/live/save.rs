//! Saving while one answers: the whole form, to the page's own address, one request at a time.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Date, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams};

use super::dom;
use crate::respond::form::{GO, IDEMPOTENCY_KEY};
use crate::respond::wording::{Phrase, Phrases};

/// How long nothing must change before the form is saved, in milliseconds.
const PAUSE: i32 = 1500;

/// When to save, and how it went.
#[derive(Clone)]
pub(super) struct Saving {
    form: HtmlFormElement,
    phrases: Rc<Phrases>,
    timer: Rc<Cell<Option<i32>>>,
    /// A request is on its way.
    busy: Rc<Cell<bool>>,
    /// Something changed since that request was made.
    behind: Rc<Cell<bool>>,
}

impl Saving {
    pub(super) fn new(form: HtmlFormElement, phrases: Rc<Phrases>) -> Self {
        Self {
            form,
            phrases,
            timer: Rc::default(),
            busy: Rc::default(),
            behind: Rc::default(),
        }
    }

    /// Saves once nothing has changed for a while.
    pub(super) fn later(&self) {
        self.stop();
        let this = self.clone();
        let now = super::forever(move |_| this.now());
        let timer = web_sys::window().and_then(|it| {
            it.set_timeout_with_callback_and_timeout_and_arguments_0(&now, PAUSE)
                .ok()
        });
        self.timer.set(timer);
    }

    /// Forgets what was to be saved later: the form itself is on its way.
    pub(super) fn stop(&self) {
        if let (Some(timer), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
    }

    fn now(&self) {
        if self.busy.replace(true) {
            // Two requests could arrive in the other order.
            self.behind.set(true);
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            let done = post(&this.form).await;
            this.busy.set(false);
            this.say(done);
            if this.behind.take() {
                this.later();
            }
        });
    }

    fn say(&self, done: bool) {
        let Some(place) = dom::inside(&self.form, ".saved") else {
            return;
        };
        if done {
            let now = Date::new_0();
            let two = |it: u32| {
                let digit = |it: u32| char::from_digit(it, 10).unwrap_or('0');
                String::from_iter([digit(it / 10), digit(it % 10)])
            };
            let time = [two(now.get_hours()), two(now.get_minutes())].join(":");
            dom::write(
                &place,
                &self.phrases.get(Phrase::SavedAt).replace("{time}", &time),
            );
        } else {
            dom::write(&place, self.phrases.get(Phrase::SaveFailed));
        }
    }
}

/// The bytes at an address; `None` for whatever reason.
pub(super) async fn get(address: &str) -> Option<Vec<u8>> {
    let response = fetch(address, &RequestInit::new()).await?;
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

async fn post(form: &HtmlFormElement) -> bool {
    let Ok(body) = UrlSearchParams::new() else {
        return false;
    };
    for (name, value) in dom::pairs(form) {
        // The key is for the post that leads on; saving again is harmless as it is.
        if name != IDEMPOTENCY_KEY {
            body.append(&name, &value);
        }
    }
    body.append(GO, "save");
    let Ok(headers) = Headers::new() else {
        return false;
    };
    let _ = headers.append("Accept", "application/json");
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body);
    let Some(address) = form.get_attribute("action") else {
        return false;
    };
    fetch(&address, &init).await.is_some()
}

async fn fetch(address: &str, init: &RequestInit) -> Option<Response> {
    let promise = web_sys::window()?.fetch_with_str_and_init(address, init);
    let response: JsValue = JsFuture::from(promise).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    // A redirect means that the server has something else to say than « saved ».
    (response.ok() && !response.redirected()).then_some(response)
}
