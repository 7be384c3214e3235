//! A wave's responses, counted. Pure: responses in, tables out.

use super::frame::{Known, Tables};
use super::versions::Versions;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Response, ResponseId, Revision, VersionId};
use tally::{Dataset, Join, Place, Progress, Tally};

/// The counts of a wave up to a revision, for each version that its responses answer.
///
/// Responses are kept as columns, so that one that is corrected or withdrawn is taken back exactly as it was
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
    dataset: Dataset,
    counted: HashMap<ResponseId, Counted>,
}

/// A response that is counted.
struct Counted {
    place: Place,
    /// Where it stands in the progress, if it stands there: the page that was reached, or the end.
    reached: Option<Option<u32>>,
    /// Of what was stored.
    content_hash: Box<str>,
}

impl Folded {
    /// Nothing counted yet.
    pub(crate) fn new(versions: Arc<Versions>, revision: Revision) -> Self {
        let plans = versions.join().plans().iter().zip(versions.engines());
        let parts = plans.map(|(plan, engine)| Part {
            tally: Tally::new(Arc::clone(plan)),
            dataset: Dataset::new(Arc::clone(engine)),
            counted: HashMap::new(),
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
        let known = self
            .parts
            .get(at)
            .and_then(|it| it.counted.get(&response.id));
        if known.is_some_and(|it| *it.content_hash == *response.content_hash) {
            return;
        }
        self.remove(response.id);
        self.count(at, response);
    }

    /// Takes in what was counted elsewhere of the same versions: other responses.
    pub(crate) fn append(&mut self, other: Self) {
        for (mine, theirs) in self.parts.iter_mut().zip(other.parts) {
            if mine.tally.merge(&theirs.tally).is_err() {
                tracing::error!("responses were counted by another plan and are not taken in");
                continue;
            }
            let shift = mine.dataset.append(theirs.dataset);
            let moved = theirs.counted.into_iter().map(|(id, it)| {
                let place = it.place.after(shift);
                (id, Counted { place, ..it })
            });
            mine.counted.extend(moved);
        }
        self.progress.merge(&other.progress);
    }

    /// Counts a response no more.
    pub(crate) fn remove(&mut self, id: ResponseId) {
        let mut parts = self.parts.iter_mut();
        let Some((part, it)) = parts.find_map(|part| {
            let it = part.counted.remove(&id)?;
            Some((part, it))
        }) else {
            return;
        };
        let one = part.dataset.count_one(it.place, part.tally.plan());
        if part.tally.take(&one).is_err() {
            tracing::error!("a response was counted by another plan and is not taken back");
        }
        part.dataset.withdraw(it.place);
        if let Some(reached) = it.reached {
            self.progress.remove(reached);
        }
    }

    /// The tables of all versions, of everybody.
    pub(crate) fn tables(&self, language: &str) -> Tables {
        let tallies: Vec<&Tally> = self.parts.iter().map(|it| &it.tally).collect();
        Tables {
            all: self.versions.join().tables(&tallies, language),
            ..Tables::default()
        }
    }

    /// The responses as they are now, to be counted otherwise while others are taken in here.
    pub(crate) fn datasets(&self) -> Datasets {
        Datasets(self.parts.iter().map(|it| it.dataset.clone()).collect())
    }

    /// What is known now: how far people came is of stored responses, and of the drafts that were broken off or are
    /// under way, by the furthest page shown.
    pub(crate) fn known(&self, drafts: &store::Progress) -> Known {
        let mut progress = self.progress.clone();
        for (page, n) in &drafts.reached {
            let Some(page) = page.as_deref().and_then(|it| progress.page(it)) else {
                continue;
            };
            for _ in 0..*n {
                progress.add(Some(page));
            }
        }
        Known {
            revision: self.revision,
            n_responses: self.parts.iter().map(|it| it.counted.len()).sum(),
            progress,
        }
    }

    fn count(&mut self, at: usize, response: Response) {
        let versions = Arc::clone(&self.versions);
        let (Some(engine), Some(part)) = (versions.engine(at), self.parts.get_mut(at)) else {
            return;
        };
        let Ok(sheet) = serde_json::from_str(&response.sheet) else {
            tracing::error!("a stored sheet cannot be read and is not counted");
            return;
        };
        let evaluation = engine.load(&sheet).evaluation;
        part.tally.add(&evaluation);
        let reached = match evaluation.reached() {
            None => Some(None),
            // Every page of a version has its place, but that of the sampling frame, which nobody is shown.
            Some(page) => versions.page(at, page).map(Some),
        };
        if let Some(reached) = reached {
            self.progress.add(reached);
        }
        let it = Counted {
            place: part.dataset.push(&evaluation),
            reached,
            content_hash: response.content_hash.into_boxed_str(),
        };
        part.counted.insert(response.id, it);
    }
}

/// The responses to each version at one revision.
pub(crate) struct Datasets(Vec<Dataset>);

impl Datasets {
    /// Their tables as they are cut. The cost grows with the number of responses: not for async threads.
    pub(crate) fn tables(&self, join: &Join, language: &str) -> Tables {
        let counted = self.0.iter().zip(join.plans());
        let counted: Vec<Tally> = counted.map(|(it, plan)| it.count(plan)).collect();
        let tallies: Vec<&Tally> = counted.iter().collect();
        Tables {
            all: join.tables(&tallies, language),
            n_kept: Some(counted.iter().map(Tally::responses).sum()),
            left_out: join.left_out().into(),
            combinations: join.combinations(&self.0).map(Arc::new),
        }
    }
}
