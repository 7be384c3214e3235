//! What the dashboard shows: everything a handler has to load before it draws.

use questionnaire::instrument::Instrument;
use tally::{ProgressReport, Table};

/// `/d/{wave}/{key}`
#[derive(Clone, Debug, PartialEq)]
pub struct DashboardScreen {
    /// The questionnaire's title.
    pub title: String,
    /// Language of the questionnaire's texts as shown.
    pub language: String,
    /// Where respondents begin.
    pub respond: String,
    /// Whether the wave takes responses now.
    pub is_open: bool,
    /// Which state of the wave the numbers show.
    pub revision: i64,
    /// Where the wave's events come from, from this revision on.
    pub live: String,
    /// How far respondents came.
    pub progress: ProgressReport,
    /// The tables, by block.
    pub blocks: Vec<Block>,
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

/// Puts tables under the blocks of their questions; blocks without tables are left out.
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
    for table in tables {
        // `item`, `grid[row]`, `roster.item`, `roster.grid[row]`.
        let item = table.item.rsplit('.').next().unwrap_or_default();
        let item = item.split('[').next().unwrap_or_default();
        let block = instrument
            .item(item)
            .and_then(|item| instrument.pages.get(item.page as usize))
            .and_then(|page| blocks.get_mut(page.block as usize));
        if let Some(block) = block {
            block.tables.push(table.clone());
        }
    }
    blocks.retain(|block| !block.tables.is_empty());
    blocks
}
