//! The versions of a questionnaire that the responses of a wave answer, and how their tables belong together.

use proof::Budget;
use proof::impact::{Recoding, Relation};
use questionnaire::{Engine, Instrument};
use std::sync::Arc;
use store::VersionId;
use tally::{Break, Cut, CutError, Join, Judged, PlanError, Progress, Version};

/// How many free texts a table lists.
const MAX_TEXTS: usize = 500;

/// One of them.
#[derive(Clone)]
pub(crate) struct Answered {
    pub(crate) id: VersionId,
    pub(crate) number: i32,
    pub(crate) engine: Arc<Engine>,
}

/// See the [module](self). The one that the wave asks now comes first.
pub(crate) struct Versions {
    all: Vec<Answered>,
    join: Join,
    progress: Progress,
    /// For each version, where its pages stand in the progress.
    pages: Vec<Vec<Option<u32>>>,
}

impl Versions {
    /// Plans their tables. With several versions this proves who is asked what in each: not for async threads.
    pub(crate) fn new(all: Vec<Answered>) -> Result<Self, PlanError> {
        let versions: Vec<Version<'_>> = all
            .iter()
            .map(|it| Version {
                number: it.number,
                engine: &it.engine,
            })
            .collect();
        let join = Join::new(&versions, MAX_TEXTS, |old, new| {
            judged(versions[old].engine, versions[new].engine)
        })?;
        let instruments: Vec<&Instrument> = all.iter().map(|it| &it.engine.instrument).collect();
        let progress = Progress::joined(&instruments);
        let pages = instruments.iter().map(|it| {
            let pages = it.pages.iter();
            pages.map(|it| progress.page(&it.id)).collect()
        });
        Ok(Self {
            pages: pages.collect(),
            join,
            progress,
            all,
        })
    }

    /// The position of a version, if it is one of them.
    pub(crate) fn position(&self, id: VersionId) -> Option<usize> {
        self.all.iter().position(|it| it.id == id)
    }

    pub(crate) fn engine(&self, at: usize) -> Option<&Arc<Engine>> {
        self.all.get(at).map(|it| &it.engine)
    }

    /// Their engines, in the order of the versions.
    pub(crate) fn engines(&self) -> impl Iterator<Item = &Arc<Engine>> {
        self.all.iter().map(|it| &it.engine)
    }

    pub(crate) fn join(&self) -> &Join {
        &self.join
    }

    /// Their tables, cut.
    pub(crate) fn cut(&self, cut: &Cut) -> Result<Join, CutError> {
        let versions = self.all.iter().map(|it| Version {
            number: it.number,
            engine: &it.engine,
        });
        self.join.cut(&versions.collect::<Vec<_>>(), cut)
    }

    /// Nobody has come anywhere yet.
    pub(crate) fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Where a page of a version stands in the progress.
    pub(crate) fn page(&self, version: usize, page: u32) -> Option<u32> {
        *self.pages.get(version)?.get(page as usize)?
    }
}

/// What conditions make of each item of a newer version, compared with an older one.
fn judged(old: &Engine, new: &Engine) -> Judged {
    // What only has another name is compared as what it is.
    let renamed = old.renamed(new);
    let old = renamed.as_ref().unwrap_or(old);
    let series = proof::impact::series(old, new, &Budget::default());
    let breaks = |(relation, recoded): (Relation, Vec<Recoding>)| {
        let other = (relation != Relation::Same).then_some(Break::Universe);
        let recoded = recoded.into_iter().filter_map(|it| match it {
            Recoding::Value => Some(Break::Value),
            Recoding::Operands => Some(Break::Operands),
            // What answers look like is the tally's business.
            Recoding::Kind
            | Recoding::Unit
            | Recoding::Choices
            | Recoding::Meaning
            | Recoding::Number => None,
        });
        recoded.chain(other).collect()
    };
    series
        .into_iter()
        .map(|(id, it)| (id, breaks(it)))
        .collect()
}
