//! In the browser: events in, fragments out.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use serde::Deserialize;
use tally::{Combinations, ProgressReport, Table};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventSource, MessageEvent};

use super::fragments::{Part, admitted, anchor, combinations, counters, kept, part, set, stops};
use super::island::{EMPTY, Link};
use super::words::Words;

/// Least time between two announcements to a screen reader.
const ANNOUNCE_EVERY: Duration = Duration::from_secs(10);

/// What an event carries; see `contract.md`.
#[derive(Deserialize)]
struct News {
    revision: i64,
    responses: u64,
    /// How many of them a filter keeps.
    kept: Option<u64>,
    /// Who is in exactly which of the sets that were asked for.
    combinations: Option<Combinations>,
    progress: ProgressReport,
    tables: Vec<Table>,
}

/// Opens the stream of events and follows it for as long as the page lives. The page was loaded
/// with this many responses.
pub(super) fn follow(
    events: &str,
    responses: u64,
    words: &Words,
    link: RwSignal<Link>,
    revision: RwSignal<i64>,
    announced: RwSignal<String>,
) {
    let Ok(source) = EventSource::new(events) else {
        link.set(Link::Ended);
        return;
    };
    let announcer = Announcer(Rc::new(RefCell::new(Announced {
        words: words.announce.clone(),
        line: announced,
        told: responses,
        known: responses,
        is_pausing: false,
    })));
    let removed = Words::nth(&words.live, 4).to_owned();
    let words = words.clone();
    let on_news = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(news) = read(&event) else { return };
        if let Some(document) = web_sys::window().and_then(|it| it.document()) {
            show(&document, &news, &words);
        }
        // Last: whoever waits for a revision finds its numbers there.
        revision.set(news.revision);
        link.set(Link::Live(time_of_day()));
        announcer.heard(news.progress.finished);
    });
    // A snapshot and a delta are taken in alike: both replace whole tables.
    for kind in ["snapshot", "delta"] {
        let listener = on_news.as_ref().unchecked_ref();
        if source
            .add_event_listener_with_callback(kind, listener)
            .is_err()
        {
            link.set(Link::Ended);
        }
    }
    on_news.forget();

    let gone = source.clone();
    let on_removed = Closure::<dyn Fn(Event)>::new(move |_| {
        // Or the browser would come back, to be told that there is nothing.
        gone.close();
        announced.set(removed.clone());
        link.set(Link::Removed);
    });
    if source
        .add_event_listener_with_callback("removed", on_removed.as_ref().unchecked_ref())
        .is_err()
    {
        link.set(Link::Ended);
    }
    on_removed.forget();

    let on_open = Closure::<dyn Fn(Event)>::new(move |_| link.set(Link::Live(time_of_day())));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    on_open.forget();

    let watched = source.clone();
    let on_error = Closure::<dyn Fn(Event)>::new(move |_| {
        // The browser tries again by itself, unless it was told that there is nothing here.
        let over = watched.ready_state() == EventSource::CLOSED;
        link.set(if over { Link::Ended } else { Link::Lost });
    });
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
}

fn read(event: &MessageEvent) -> Option<News> {
    serde_json::from_str(&event.data().as_string()?).ok()
}

/// Puts what has changed in its place. Whatever is unfolded stays unfolded.
fn show(document: &Document, news: &News, words: &Words) {
    let mut tables = news.tables.iter();
    // A page of one figure has no place for the others.
    let is_whole = document.get_element_by_id("wall").is_none();
    if is_whole && tables.any(|it| document.get_element_by_id(&anchor(&it.item)).is_none()) {
        // The wave asks another version now, with questions that this page has no place for.
        if let Some(window) = web_sys::window() {
            // Cannot fail: it is the page's own address.
            let _ = window.location().reload();
        }
        return;
    }
    if let Some(place) = document.get_element_by_id("counters") {
        replace(&place, &counters(&news.progress, words));
    }
    if let Some(place) = document.get_element_by_id("admitted") {
        replace(&place, &admitted(news.responses, words));
    }
    if let (Some(place), Some(n)) = (document.get_element_by_id("kept"), news.kept) {
        place.set_text_content(Some(&kept(n, news.responses, words)));
    }
    if let (Some(place), Some(all)) = (
        document.get_element_by_id("combinations"),
        &news.combinations,
    ) {
        replace(&place, &combinations(all, words));
    }
    if let Some(place) = document.get_element_by_id("stops") {
        replace(&place, &stops(&news.progress, words));
    }
    if news.progress.started > 0
        && let Some(place) = document.get_element_by_id(EMPTY)
    {
        place.remove();
    }
    for table in &news.tables {
        let Some(figure) = document.get_element_by_id(&anchor(&table.item)) else {
            continue;
        };
        let table = set(table, words);
        for it in Part::ALL {
            let selector = format!("[data-part={}]", it.name());
            if let Ok(Some(place)) = figure.query_selector(&selector) {
                replace(&place, &part(it, &table, words));
            }
        }
    }
}

fn replace(place: &Element, html: &str) {
    let unfolded = |place: &Element| place.query_selector("details").ok().flatten();
    let open = unfolded(place).is_some_and(|it| it.has_attribute("open"));
    place.set_inner_html(html);
    if open && let Some(details) = unfolded(place) {
        // Cannot fail: the name is a valid attribute.
        let _ = details.set_attribute("open", "");
    }
}

/// Tells screen readers the number of responses, politely and not too often.
#[derive(Clone)]
struct Announcer(Rc<RefCell<Announced>>);

struct Announced {
    words: Vec<String>,
    line: RwSignal<String>,
    /// The number last told, at first the one the page was loaded with.
    told: u64,
    known: u64,
    is_pausing: bool,
}

impl Announcer {
    fn heard(&self, responses: u64) {
        self.0.borrow_mut().known = responses;
        self.tell();
    }

    fn tell(&self) {
        let mut it = self.0.borrow_mut();
        if it.is_pausing || it.told == it.known {
            return;
        }
        it.told = it.known;
        it.is_pausing = true;
        it.line.set(sentence(&it.words, it.told));
        let again = self.clone();
        set_timeout(
            move || {
                again.0.borrow_mut().is_pausing = false;
                again.tell();
            },
            ANNOUNCE_EVERY,
        );
    }
}

fn sentence(words: &[String], n: u64) -> String {
    Words::nth(words, usize::from(n > 1)).replace("{n}", &n.to_string())
}

/// The browser's time of day, `14:02:05`.
fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:02}:{:02}:{:02}",
        now.get_hours(),
        now.get_minutes(),
        now.get_seconds()
    )
}
