//! Counting all that is stored: once when somebody begins to watch, on all processors.

use super::folded::Folded;
use super::versions::Versions;
use crate::{Result, ServiceError};
use std::sync::Arc;
use std::thread::available_parallelism;
use store::{Response, Revision, Store, WaveId};
use tally::Dataset;
use tokio::task::{JoinError, JoinSet};

/// How many responses are read at a time.
const PAGE: u64 = 2048;

/// Counts all stored responses. The revision is read first: what changes during the count is
/// taken in again afterwards, which changes nothing. `None` if one answers a version that is not among these.
pub(super) async fn count_all(
    store: &Store,
    wave: WaveId,
    versions: &Arc<Versions>,
) -> Result<Option<Folded>> {
    let revision = store.responses().revision(wave).await?;
    let mut folded = Folded::new(Arc::clone(versions), revision);
    let most = available_parallelism().map_or(1, usize::from);
    let mut counting = JoinSet::new();
    let mut read = Vec::new();
    let mut after = None;
    loop {
        let admissibility = store.admissibility();
        let page = admissibility.counted_page(wave, after, PAGE).await?;
        let is_last = page.is_empty();
        if page.iter().any(|it| !folded.knows(it.version)) {
            return Ok(None);
        }
        after = page.last().map(|it| it.id).or(after);
        read.extend(page);
        // As many as are kept together, so that what is counted on several threads is kept as if it were on one.
        if is_last || read.len() >= Dataset::CHUNK {
            while counting.len() >= most {
                take_in(&mut folded, counting.join_next().await)?;
            }
            let (read, versions) = (std::mem::take(&mut read), Arc::clone(versions));
            counting.spawn_blocking(move || count(read, versions, revision));
        }
        if is_last {
            break;
        }
    }
    while let Some(counted) = counting.join_next().await {
        take_in(&mut folded, Some(counted))?;
    }
    Ok(Some(folded))
}

fn count(responses: Vec<Response>, versions: Arc<Versions>, revision: Revision) -> Folded {
    let mut folded = Folded::new(versions, revision);
    responses.into_iter().for_each(|it| folded.put(it));
    folded
}

fn take_in(
    folded: &mut Folded,
    counted: Option<std::result::Result<Folded, JoinError>>,
) -> Result<()> {
    match counted {
        None => {}
        Some(Ok(other)) => folded.append(other),
        // It was interrupted: the program is stopping.
        Some(Err(_)) => return Err(ServiceError::Busy),
    }
    Ok(())
}
