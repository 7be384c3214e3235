//! What the island does, in the browser: one form, one engine, and what connects them.
//!
//! Each change is read with [`form::read`](super::form::read), given to the engine, and the page
//! that the engine then shows is written over the one that stands there. Reading order: [`begin`]
//! → [`Live::follow`] → [`draw`] → [`save`].

mod dom;
mod draw;
mod save;
mod summary;
mod tidy;

use std::cell::RefCell;
use std::rc::Rc;

use questionnaire::instrument::ContactField;
use questionnaire::view::PageView;
use questionnaire::{Engine, Evaluation, Instrument, page_of, session};
use serde_json::Value;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlFormElement};

use super::form;
use super::island::Begin;
use draw::Drawing;
use save::Saving;

/// The page's state while it is open.
struct Live {
    form: HtmlFormElement,
    evaluation: Evaluation<'static>,
    page: u32,
    language: String,
    /// Whether the respondent tried to go on: then all that is wrong is said.
    attempted: bool,
    /// The page as it stands.
    view: PageView,
    /// What the form said last.
    answers: Vec<(String, Value)>,
    contacts: Vec<(String, Vec<(ContactField, String)>)>,
    drawing: Drawing,
    saving: Saving,
}

/// Loads the questionnaire and follows the form from then on.
///
/// Whatever fails here leaves the page as the server drew it, which is a page that works.
pub(super) fn begin() {
    spawn_local(async move {
        let Some(form) = dom::one("form[data-begin]") else {
            return;
        };
        let text = form.get_attribute("data-begin").unwrap_or_default();
        let Ok(form) = form.dyn_into() else {
            return;
        };
        let Some(begin) = Begin::from_text(&text) else {
            return;
        };
        let Some(bytes) = save::get(&begin.instrument).await else {
            return;
        };
        let Ok(instrument) = Instrument::from_bytes(&bytes) else {
            return;
        };
        let Ok(engine) = Engine::new(instrument) else {
            return;
        };
        // The page has one engine until it is left.
        if let Some(live) = Live::new(Box::leak(Box::new(engine)), begin, form) {
            listen(&Rc::new(RefCell::new(live)));
        }
    });
}

impl Live {
    fn new(engine: &'static Engine, begin: Begin, form: HtmlFormElement) -> Option<Self> {
        let Begin {
            sheet,
            page: id,
            language,
            phrases,
            ..
        } = begin;
        let page = engine.instrument.page(&id)?;
        let evaluation = session::draft(engine, &sheet, page);
        let view = page_of(&evaluation, page, &language, true);
        let posted = form::read(&view, &form::untouched(&view));
        let phrases = Rc::new(phrases);
        Some(Self {
            saving: Saving::new(form.clone(), Rc::clone(&phrases)),
            drawing: Drawing::new(&form, phrases, language.clone()),
            attempted: sheet.meta.attempted.contains(&id),
            contacts: form::read(&view, &dom::pairs(&form)).contacts,
            answers: posted.event.answers,
            form,
            evaluation,
            page,
            language,
            view,
        })
    }

    /// Brings the page up to date with the form. `settled` is false while somebody is typing:
    /// then nothing new is found wrong.
    fn follow(&mut self, settled: bool) {
        let posted = form::read(&self.view, &dom::pairs(&self.form));
        let answers = posted.event.answers;
        let mut changed = self.contacts != posted.contacts;
        self.contacts = posted.contacts;
        for (key, value) in &answers {
            if !self
                .answers
                .iter()
                .any(|(it, old)| it == key && old == value)
            {
                self.evaluation.set_by_key(key, value);
                changed = true;
            }
        }
        self.answers = answers;
        if changed || settled {
            self.view = page_of(&self.evaluation, self.page, &self.language, true);
            self.drawing.draw(&self.view, self.attempted, settled);
        }
        if changed {
            self.saving.later();
        }
    }
}

/// Hears everything that happens in the form.
fn listen(live: &Rc<RefCell<Live>>) {
    let form = live.borrow().form.clone();
    // Answers given while the questionnaire was on its way.
    live.borrow_mut().follow(false);
    for (event, settled) in [("input", false), ("change", true)] {
        let live = Rc::clone(live);
        dom::on(&form, event, move |event: Event| {
            // Writing to the page can make the browser speak up again; once is enough.
            let Ok(mut live) = live.try_borrow_mut() else {
                return;
            };
            if settled {
                tidy::tidy(&live.form, &event);
            }
            live.follow(settled);
        });
    }
    let live = Rc::clone(live);
    dom::on(&form, "submit", move |_| {
        if let Ok(live) = live.try_borrow_mut() {
            live.saving.stop();
        }
    });
}

/// Keeps a closure for as long as the page is open.
fn forever<F: FnMut(Event) + 'static>(act: F) -> js_sys::Function {
    Closure::<dyn FnMut(Event)>::new(act)
        .into_js_value()
        .unchecked_into()
}
