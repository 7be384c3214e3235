//! What the dashboard shows: everything a handler has to load before it draws.

use super::cut_screen::{Arrivals, CutShown, WallShown};
use crate::studio::writing::rehearse::screen::RehearsedShown;
use questionnaire::instrument::Instrument;
use tally::{ProgressReport, Table};

/// `/d/{wave}/{key}` and `/d/{wave}/rehearsal/{key}`
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardScreen {
    /// The questionnaire's title.
    pub title: String,
    /// Where the title leads, for those who have a studio.
    pub home: Option<String>,
    /// Language of the questionnaire's texts as shown.
    pub language: String,
    /// Where respondents begin, where anybody can answer.
    pub respond: Option<String>,
    /// What the numbers are of.
    pub concern: Concern,
    /// How many responses are not counted.
    pub admission: Admission,
    /// Of whom the tables are, and by what they are split.
    pub cut: CutShown,
    /// Which state of the wave the numbers show.
    pub revision: i64,
    /// Where the wave's events come from, from this revision on.
    pub live: String,
    /// How far respondents came.
    pub progress: ProgressReport,
    /// How many responses came when.
    pub arrivals: Arrivals,
    /// The tables, by block.
    pub blocks: Vec<Block>,
    /// The only figure that is shown, large.
    pub wall: Option<WallShown>,
}

/// How many responses are not counted, as the page was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    /// All that are stored.
    pub n_received: u64,
    /// Those set aside.
    pub n_set_aside: u64,
    /// Those withdrawn; they are not stored any more.
    pub n_withdrawn: u64,
    /// How many people were asked to answer, where only they can.
    pub n_invited: Option<u64>,
    /// Why some are set aside, the most frequent reason first.
    pub reasons: Vec<(String, u64)>,
}

/// What the numbers of a dashboard are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// What people answered in a wave.
    Wave {
        /// Whether the wave takes responses now.
        is_open: bool,
        /// Its rehearsal, if it has one.
        rehearsal: Option<Rehearsal>,
    },
    /// Made-up responses, to see what the numbers will look like.
    Rehearsal,
    /// The same, to a questionnaire that is being written.
    Writing {
        /// Of which save, and when.
        of: RehearsedShown,
        /// Where it is removed, and made anew.
        rehearse: String,
        /// Where the questionnaire is written.
        edit: String,
    },
}

impl Concern {
    /// Whether the responses are made up.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        !matches!(self, Self::Wave { .. })
    }
}

/// The rehearsal of a wave, as its dashboard speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// Where its own dashboard is.
    pub href: String,
    /// Where the form posts that removes it.
    pub remove: String,
    /// How many responses it has.
    pub n_responses: u64,
}

/// The tables of one block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The block's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its tables, in order.
    pub tables: Vec<Table>,
}

/// The id of what stands in for the blocks of questions that the questionnaire has no more: no block can have it.
pub const FORMER: &str = "former-versions";

/// Puts tables under the blocks of their questions, and those of questions that only former versions have after them all;
/// blocks without tables are left out.
#[must_use]
pub fn by_block<'t>(
    instrument: &Instrument,
    tables: impl IntoIterator<Item = &'t Table>,
    language: &str,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = instrument
        .blocks
        .iter()
        .map(|block| Block {
            id: block.id.clone(),
            title: block
                .title
                .as_ref()
                .map_or("", |it| it.get(language))
                .to_owned(),
            tables: Vec::new(),
        })
        .collect();
    let mut former = Block {
        id: FORMER.to_owned(),
        title: String::new(),
        tables: Vec::new(),
    };
    for table in tables {
        // `item`, `grid[row]`, `roster.item`, `roster.grid[row]`.
        let item = table.item.rsplit('.').next().unwrap_or_default();
        let item = item.split('[').next().unwrap_or_default();
        let block = instrument
            .item(item)
            .and_then(|item| instrument.pages.get(item.page as usize))
            .and_then(|page| blocks.get_mut(page.block as usize));
        block.unwrap_or(&mut former).tables.push(table.clone());
    }
    blocks.push(former);
    blocks.retain(|block| !block.tables.is_empty());
    blocks
}
