//! What the map shows.

use chart::graph::{Graph, Guide};

use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::StudyHead;
use crate::studio::writing::screen::LookedShown;

/// `/studio/s/{study}/questionnaire/map`
#[derive(Clone, Debug, PartialEq)]
pub struct MapScreen {
    /// The head.
    pub head: StudyHead,
    /// The save that is shown.
    pub revision: i64,
    /// The map; nothing of a questionnaire with errors.
    pub map: Option<MapShown>,
    /// What was found.
    pub looked: LookedShown,
    /// How large it is drawn, in per cent; nothing: as wide as the page.
    pub zoom: Option<u32>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// A questionnaire without errors, as a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapShown {
    /// The drawing.
    pub graph: Graph,
    /// Where its parts lead, and the way that is shown.
    pub guide: Guide,
    /// Every block, page and item, in order.
    pub lines: Vec<MapLine>,
    /// Ways that can be shown.
    pub ways: Vec<WayLine>,
    /// The code of the one that is.
    pub way: Option<String>,
    /// What is typed of a condition to be begun: the question, and the place that shall depend on it.
    pub join: (String, String),
}

/// A block, page or item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapLine {
    /// Which node.
    pub key: String,
    /// 0 for blocks, 1 for pages, 2 for items, 3 for items of rosters.
    pub depth: usize,
    /// What people read.
    pub name: String,
    /// Its own condition in words.
    pub condition: Option<String>,
    /// The questions that it reads, by key and name.
    pub reads: Vec<(String, String)>,
    /// Whether a condition may read it.
    pub is_question: bool,
    /// Whether it is proven that nobody gets there.
    pub is_never: bool,
    /// Whether the way that is shown goes through it; `None` where none is shown, or it is asked of nobody.
    pub is_on: Option<bool>,
}

/// A way through the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayLine {
    /// Its code in addresses.
    pub code: String,
    /// How many questions are asked on it.
    pub n_asked: usize,
    /// The question that it leads to; nothing for a typical respondent.
    pub to: Option<String>,
}
