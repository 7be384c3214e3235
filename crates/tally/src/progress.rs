//! How far respondents come: finished walks, and the page where the others stopped.

use std::sync::Arc;

use questionnaire::Text;
use questionnaire::instrument::{Instrument, Item, Page};
use serde::{Deserialize, Serialize};

use crate::title::unfilled;

/// Finished and unfinished responses, by the last page shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pages: Arc<[(String, Text)]>,
    /// The first page that is shown to anybody.
    first: usize,
    finished: u64,
    stopped: Vec<u64>,
}

/// [`Progress`] as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgressReport {
    /// Responses begun, finished or not.
    pub started: u64,
    /// Finished responses.
    pub finished: u64,
    /// `100 finished / started`; null when nobody started.
    pub pct_finished: Option<f64>,
    /// Every page, in order.
    pub pages: Vec<PageProgress>,
}

/// How many stopped on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageProgress {
    /// The page's id.
    pub page: String,
    /// Its title.
    pub label: String,
    /// Unfinished responses that were last shown this page.
    pub stopped: u64,
    /// `100 stopped / started`; null when nobody started.
    pub pct_stopped: Option<f64>,
}

impl Progress {
    /// Nobody has started yet.
    #[must_use]
    pub fn new(instrument: &Instrument) -> Self {
        Self::joined(&[instrument])
    }

    /// The same for several versions: the pages of the first one, then those that only others have.
    #[must_use]
    pub fn joined(versions: &[&Instrument]) -> Self {
        let mut pages: Vec<(String, Text)> = Vec::new();
        for instrument in versions {
            let first = usize::from(!instrument.frame.is_empty());
            for (nth, page) in instrument.pages.iter().enumerate() {
                let is_known = pages.iter().any(|(id, _)| *id == page.id);
                // The page of the sampling frame is shown to nobody; only the first version's has a place.
                if !is_known && (nth >= first || pages.is_empty()) {
                    pages.push((page.id.clone(), title(instrument, page)));
                }
            }
        }
        let pages: Arc<[_]> = pages.into();
        let frame = versions.first().is_some_and(|it| !it.frame.is_empty());
        Self {
            finished: 0,
            stopped: vec![0; pages.len()],
            pages,
            first: usize::from(frame),
        }
    }

    /// The position of the page with this id.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<u32> {
        let found = self.pages.iter().position(|(it, _)| it == id);
        found.and_then(|it| u32::try_from(it).ok())
    }

    /// Counts a response: finished, or last shown the page at this position.
    pub fn add(&mut self, reached: Option<u32>) {
        if let Some(n) = self.of(reached) {
            *n += 1;
        }
    }

    /// Takes back a response as it was counted.
    pub fn remove(&mut self, reached: Option<u32>) {
        if let Some(n) = self.of(reached) {
            *n = n.saturating_sub(1);
        }
    }

    /// Adds what another has counted of the same versions.
    pub fn merge(&mut self, other: &Self) {
        self.finished += other.finished;
        let pages = self.stopped.iter_mut().zip(&other.stopped);
        pages.for_each(|(mine, theirs)| *mine += theirs);
    }

    /// The report, with titles in `lang`.
    #[must_use]
    pub fn report(&self, lang: &str) -> ProgressReport {
        let started = self.finished + self.stopped.iter().sum::<u64>();
        let percent = |n: u64| (started > 0).then(|| 100.0 * n as f64 / started as f64);
        let page = |((page, label), stopped): (&(String, Text), &u64)| PageProgress {
            page: page.clone(),
            label: label.get(lang).to_owned(),
            stopped: *stopped,
            pct_stopped: percent(*stopped),
        };
        ProgressReport {
            started,
            finished: self.finished,
            pct_finished: percent(self.finished),
            pages: self
                .pages
                .iter()
                .zip(&self.stopped)
                .skip(self.first)
                .map(page)
                .collect(),
        }
    }

    fn of(&mut self, reached: Option<u32>) -> Option<&mut u64> {
        match reached {
            None => Some(&mut self.finished),
            Some(page) => self.stopped.get_mut(page as usize),
        }
    }
}

/// A page's title, else its block's, else that of its first item, else its id.
fn title(instrument: &Instrument, page: &Page) -> Text {
    let block = instrument
        .blocks
        .get(page.block as usize)
        .and_then(|it| it.title.as_ref());
    let item = page
        .items
        .first()
        .and_then(|it| instrument.items.get(*it as usize));
    let found = page.title.as_ref().or(block).or(item.map(Item::title));
    found.map_or_else(|| Text::fr(&page.id), |it| unfilled(instrument, it))
}
