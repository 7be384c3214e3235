//! The line that says whether the dashboard is live, and what keeps it so.
#![expect(
    missing_docs,
    reason = "the island macro writes a struct for the arguments and leaves it undocumented"
)]

use leptos::prelude::*;

use super::words::Words;

/// The id of what stands on the page as long as nobody has begun.
pub(crate) const EMPTY: &str = "empty";

/// Where the connection stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Nothing has come yet.
    #[default]
    Waiting,
    /// Up to date since this time of day.
    Live(String),
    /// Broken; the browser tries again by itself.
    Lost,
    /// Over: the wave is gone, or the link is no longer valid.
    Ended,
    /// Over: the rehearsal that the page shows was removed.
    Removed,
}

/// Follows the wave: says how things stand and brings the rest of the page up to date.
///
/// Without JavaScript it is an empty line: the page is as it was when it was loaded.
#[island]
pub fn LiveResults(
    /// Address of the events, from the revision of this page on.
    events: String,
    /// The revision that the page shows as it is loaded.
    revision: i64,
    /// How many responses the page shows as it is loaded.
    responses: u64,
    /// Words for everything that is drawn here.
    words: Words,
) -> impl IntoView {
    let link = RwSignal::new(Link::default());
    let announced = RwSignal::new(String::new());
    let started = RwSignal::new(false);
    let revision = RwSignal::new(revision);
    let lines = words.live.clone();
    Effect::new(move |_| {
        started.set(true);
        #[cfg(feature = "studio")]
        super::live::follow(&events, responses, &words, link, revision, announced);
        #[cfg(not(feature = "studio"))]
        let _ = (&events, responses, &words, announced);
    });
    let line = move || {
        if !started.get() {
            return String::new();
        }
        let nth = |nth: usize| Words::nth(&lines, nth).to_owned();
        match link.get() {
            Link::Waiting => nth(0),
            Link::Live(time) => nth(1).replace("{time}", &time),
            Link::Lost => nth(2),
            Link::Ended => nth(3),
            Link::Removed => nth(4),
        }
    };
    let state = move || match link.get() {
        Link::Waiting => "waiting",
        Link::Live(_) => "live",
        Link::Lost => "lost",
        Link::Ended => "ended",
        Link::Removed => "removed",
    };
    view! {
        <p class="live" data-state=state data-revision=move || revision.get().to_string()>{line}</p>
        <p class="unseen" role="status">{move || announced.get()}</p>
    }
}
