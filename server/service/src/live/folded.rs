//! A wave's responses, counted. Pure: responses in, tables out.

use super::versions::Versions;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Response, ResponseId, Revision, VersionId};
use tally::{Progress, Table, Tally};

/// The counts of a wave up to a revision, for each version that its responses answer.
///
/// Sheets are kept so that a corrected or withdrawn response can be taken back exactly as it was
/// counted: the cost of a change does not grow with the number of responses.
pub(crate) struct Folded {
    versions: Arc<Versions>,
    /// In the order of the versions.
    parts: Vec<Part>,
    progress: Progress,
    pub(crate) revision: Revision,
}

/// The responses to one version.
struct Part {
    tally: Tally,
    sheets: HashMap<ResponseId, Box<str>>,
}

impl Folded {
    /// Nothing counted yet.
    pub(crate) fn new(versions: Arc<Versions>, revision: Revision) -> Self {
        let plans = versions.join().plans().iter();
        let parts = plans.map(|plan| Part {
            tally: Tally::new(Arc::clone(plan)),
            sheets: HashMap::new(),
        });
        Self {
            parts: parts.collect(),
            progress: versions.progress(),
            versions,
            revision,
        }
    }

    /// Whether responses to a version can be counted here.
    pub(crate) fn knows(&self, version: VersionId) -> bool {
        self.versions.position(version).is_some()
    }

    /// Counts a response as it is now, instead of as it was. Doing it again changes nothing.
    pub(crate) fn put(&mut self, response: Response) {
        let Some(at) = self.versions.position(response.version) else {
            tracing::error!("a response to a version that is not known here is not counted");
            return;
        };
        let before = self
            .parts
            .get(at)
            .and_then(|it| it.sheets.get(&response.id));
        if before.is_some_and(|sheet| **sheet == *response.sheet) {
            return;
        }
        self.remove(response.id);
        if self.count(at, &response.sheet, Sign::Add)
            && let Some(part) = self.parts.get_mut(at)
        {
            let sheet = response.sheet.into_boxed_str();
            part.sheets.insert(response.id, sheet);
        }
    }

    /// Counts a response no more.
    pub(crate) fn remove(&mut self, id: ResponseId) {
        let mut parts = self.parts.iter_mut().enumerate();
        let found = parts.find_map(|(at, it)| Some((at, it.sheets.remove(&id)?)));
        if let Some((at, sheet)) = found {
            self.count(at, &sheet, Sign::Remove);
        }
    }

    pub(crate) fn n_responses(&self) -> usize {
        self.parts.iter().map(|it| it.sheets.len()).sum()
    }

    /// The tables of all versions.
    pub(crate) fn tables(&self, language: &str) -> Vec<Table> {
        let tallies: Vec<&Tally> = self.parts.iter().map(|it| &it.tally).collect();
        self.versions.join().tables(&tallies, language)
    }

    /// How far people came: stored responses, and the drafts that were broken off or are under
    /// way, by the furthest page shown.
    pub(crate) fn progress(&self, drafts: &store::Progress) -> Progress {
        let mut progress = self.progress.clone();
        for (page, n) in &drafts.reached {
            let Some(page) = page.as_deref().and_then(|it| progress.page(it)) else {
                continue;
            };
            for _ in 0..*n {
                progress.add(Some(page));
            }
        }
        progress
    }

    /// Whether the sheet could be read and was counted.
    fn count(&mut self, at: usize, sheet: &str, sign: Sign) -> bool {
        let versions = Arc::clone(&self.versions);
        let (Some(engine), Some(part)) = (versions.engine(at), self.parts.get_mut(at)) else {
            return false;
        };
        let Ok(sheet) = serde_json::from_str(sheet) else {
            tracing::error!("a stored sheet cannot be read and is not counted");
            return false;
        };
        let evaluation = engine.load(&sheet).evaluation;
        let reached = evaluation.reached();
        let place = reached.and_then(|it| versions.page(at, it));
        // Every page of a version has its place, but that of the sampling frame, which nobody is shown.
        let has_place = reached.is_none() || place.is_some();
        match sign {
            Sign::Add => part.tally.add(&evaluation),
            Sign::Remove => part.tally.remove(&evaluation),
        }
        match sign {
            Sign::Add if has_place => self.progress.add(place),
            Sign::Remove if has_place => self.progress.remove(place),
            Sign::Add | Sign::Remove => {}
        }
        true
    }
}

#[derive(Clone, Copy)]
enum Sign {
    Add,
    Remove,
}
