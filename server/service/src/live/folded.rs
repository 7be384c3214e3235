//! A wave's responses, counted. Pure: responses in, tables out.

use questionnaire::Engine;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Response, ResponseId, Revision};
use tally::{Options, Plan, PlanError, Progress, Tally};

/// How many free texts a table lists.
const MAX_TEXTS: usize = 500;

/// The counts of a wave up to a revision.
///
/// Sheets are kept so that a corrected or withdrawn response can be taken back exactly as it was
/// counted: the cost of a change does not grow with the number of responses.
pub(crate) struct Folded {
    engine: Arc<Engine>,
    tally: Tally,
    progress: Progress,
    sheets: HashMap<ResponseId, Box<str>>,
    pub(crate) revision: Revision,
}

impl Folded {
    /// Nothing counted yet.
    pub(crate) fn new(engine: Arc<Engine>, revision: Revision) -> Result<Self, PlanError> {
        let options = Options {
            max_texts: MAX_TEXTS,
            ..Options::default()
        };
        let plan = Arc::new(Plan::new(&engine, options)?);
        Ok(Self {
            tally: Tally::new(plan),
            progress: Progress::new(&engine.instrument),
            engine,
            sheets: HashMap::new(),
            revision,
        })
    }

    /// Counts a response as it is now, instead of as it was. Doing it again changes nothing.
    pub(crate) fn put(&mut self, response: Response) {
        if self
            .sheets
            .get(&response.id)
            .is_some_and(|sheet| **sheet == *response.sheet)
        {
            return;
        }
        self.remove(response.id);
        if self.count(&response.sheet, Sign::Add) {
            self.sheets
                .insert(response.id, response.sheet.into_boxed_str());
        }
    }

    /// Counts a response no more.
    pub(crate) fn remove(&mut self, id: ResponseId) {
        if let Some(sheet) = self.sheets.remove(&id) {
            self.count(&sheet, Sign::Remove);
        }
    }

    pub(crate) fn n_responses(&self) -> usize {
        self.sheets.len()
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// How far people came: stored responses, and the drafts that were broken off or are under
    /// way, by the furthest page shown.
    pub(crate) fn progress(&self, drafts: &store::Progress) -> Progress {
        let mut progress = self.progress.clone();
        for (page, n) in &drafts.reached {
            let Some(page) = page
                .as_deref()
                .and_then(|it| self.engine.instrument.page(it))
            else {
                continue;
            };
            for _ in 0..*n {
                progress.add(Some(page));
            }
        }
        progress
    }

    /// Whether the sheet could be read and was counted.
    fn count(&mut self, sheet: &str, sign: Sign) -> bool {
        let Ok(sheet) = serde_json::from_str(sheet) else {
            tracing::error!("a stored sheet cannot be read and is not counted");
            return false;
        };
        let engine = Arc::clone(&self.engine);
        let evaluation = engine.load(&sheet).evaluation;
        let reached = evaluation.reached();
        match sign {
            Sign::Add => {
                self.tally.add(&evaluation);
                self.progress.add(reached);
            }
            Sign::Remove => {
                self.tally.remove(&evaluation);
                self.progress.remove(reached);
            }
        }
        true
    }
}

#[derive(Clone, Copy)]
enum Sign {
    Add,
    Remove,
}
