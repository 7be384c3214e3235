//! A questionnaire as a paper document, in one language: typed values that know no layout.
//!
//! Reading order: [`Paper`] → [`Block`] → [`Page`] → [`Run`] → [`Entry`] → [`Question`] → [`Field`]; then `number`
//! (who has which number), `route` (filters in words), `question` (each kind), `lay` (all of it).

mod extra;
mod field;
mod lay;
mod number;
mod question;
mod route;
mod words;

use questionnaire::Engine;

use crate::prose::Paragraph;
pub use route::{Next, Route};
pub use words::Words;

/// What is put on paper besides what respondents need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// For committees: ids, codes, conditions as they are written, messages, what nobody is asked.
    pub annotated: bool,
    /// What the text is, said under the title.
    pub standing: Option<Standing>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is being written.
    Working,
    /// It was published, under this number.
    Published(i32),
}

/// A whole questionnaire on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// The language of its texts.
    pub lang: String,
    /// The words around them.
    pub words: Words,
    /// Title.
    pub title: String,
    /// What the text is.
    pub note: Option<String>,
    /// The questionnaire's id and the beginning of its version's hash.
    pub version: String,
    /// How many questions it numbers.
    pub n_questions: usize,
    /// Whether it is made for committees.
    pub annotated: bool,
    /// Introduction.
    pub introduction: Vec<Paragraph>,
    /// How to fill it in.
    pub howto: Vec<String>,
    /// What the sample says already.
    pub known: Vec<Unasked>,
    /// The content.
    pub blocks: Vec<Block>,
    /// Shown at the end.
    pub closing: Vec<Paragraph>,
    /// Lists too long to stand beside their question.
    pub lists: Vec<LongList>,
    /// Texts that depend on the answers; for committees.
    pub fills: Vec<Varied>,
}

/// Pages that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its id, for committees.
    pub id: Option<String>,
    /// Heading.
    pub title: Option<String>,
    /// Who fills it in, if not everybody.
    pub route: Option<Route>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// What is one screen for respondents.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its id, for committees.
    pub id: Option<String>,
    /// Heading.
    pub title: Option<String>,
    /// Who fills it in, if not everybody.
    pub route: Option<Route>,
    /// What stands on it.
    pub runs: Vec<Run>,
}

/// What stands one after the other under one filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The filter in words; none for everybody.
    pub route: Option<Route>,
    /// What stands under it.
    pub entries: Vec<Entry>,
}

/// A text, a question, a roster or a value that is worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A text without an answer.
    Statement {
        /// Its id, for committees.
        id: Option<String>,
        /// The text.
        text: Vec<Paragraph>,
        /// Rules between answers.
        checks: Vec<Check>,
    },
    /// A question.
    Question(Box<Question>),
    /// The same questions for several units.
    Roster(Box<Roster>),
    /// Nothing to fill in: what a condition reads, or a committee wants to see.
    Computed(Unasked),
}

/// A question on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Under which it is found: `7`, `12.1`.
    pub number: String,
    /// Its id, for committees.
    pub id: Option<String>,
    /// The question.
    pub label: String,
    /// Help under it.
    pub help: Option<String>,
    /// Who is asked, in the author's words, where the filter above does not say it already.
    pub universe: Option<String>,
    /// How to answer, sentence by sentence.
    pub hints: Vec<String>,
    /// Where the answer goes.
    pub field: Field,
    /// Missing reasons that can be given instead.
    pub offers: Vec<Choice>,
    /// Rules between answers.
    pub checks: Vec<Check>,
    /// Which questions the answer decides about; for committees.
    pub decides: Option<String>,
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Boxes to tick, or to number.
    Choices {
        /// How.
        mark: Mark,
        /// Which.
        choices: Vec<Choice>,
        /// Whether they are in order and stand side by side where there is room.
        is_scale: bool,
    },
    /// A place for a number, with its unit.
    Number {
        /// What is counted.
        unit: Option<String>,
    },
    /// So many lines of text.
    Lines(usize),
    /// Day, month, year.
    Date,
    /// A line for one of a long list that stands at the end.
    Listed,
    /// A table.
    Grid(Grid),
    /// Lines with a name before each.
    Contact(Vec<String>),
}

/// How a box is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// One is ticked.
    One,
    /// Several are ticked.
    Several,
    /// Ranks are written in.
    Rank,
}

/// An answer category.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What the respondent reads.
    pub label: String,
    /// Its code, for committees.
    pub code: Option<String>,
    /// The text asked for beside it.
    pub specify: Option<String>,
    /// What holds of it, sentence by sentence: that it stands alone, for whom it is.
    pub notes: Vec<String>,
}

/// A grid as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// What each cell takes.
    pub cells: Cells,
    /// The columns; none where cells are numbers.
    pub columns: Vec<Choice>,
    /// Whether columns are headed by letters, with what they mean above the table.
    pub is_lettered: bool,
    /// The rows: labels, codes and notes.
    pub rows: Vec<Choice>,
}

/// What a cell of a grid takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// A tick.
    Ticks(Mark),
    /// A number, with its unit.
    Number(Option<String>),
}

/// The same questions for several units.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// Under which it is found.
    pub number: String,
    /// Its id, for committees.
    pub id: Option<String>,
    /// What it is about.
    pub label: String,
    /// Help under it.
    pub help: Option<String>,
    /// Who is asked, in the author's words.
    pub universe: Option<String>,
    /// For what it is filled in, in words.
    pub repeated: String,
    /// The name of the line on which a sheet says which unit it is of.
    pub unit: String,
    /// What is asked of each.
    pub runs: Vec<Run>,
    /// Rules between answers.
    pub checks: Vec<Check>,
}

/// What nobody is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Unasked {
    /// Its id, for committees.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is, in words: how it is worked out, or what it can be.
    pub said: String,
    /// The expression as it is written, for committees.
    pub source: Option<String>,
    /// The codes it can be, for committees.
    pub choices: Vec<Choice>,
    /// Rules between answers.
    pub checks: Vec<Check>,
}

/// A rule between answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What has to hold, in words.
    pub rule: String,
    /// Whether it blocks.
    pub is_hard: bool,
    /// What the respondent would read, and the rule as it is written; for committees.
    pub annotation: Option<CheckAnnotation>,
}

/// What committees see of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckAnnotation {
    /// Its id.
    pub id: String,
    /// What the respondent reads when it fails.
    pub message: String,
    /// The condition as it is written.
    pub source: String,
}

/// A list that stands at the end.
#[derive(Clone, Debug, PartialEq)]
pub struct LongList {
    /// The number of its question.
    pub number: String,
    /// Its heading.
    pub title: String,
    /// Its choices; none of a list that is longer than anybody would print.
    pub choices: Vec<Choice>,
}

/// A text that depends on the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// Its name in texts.
    pub id: String,
    /// When which text stands there, sentence by sentence.
    pub cases: Vec<(String, String)>,
}

/// Longer lists stand at the end.
pub const LONG_LIST: usize = 40;
/// Of longer ones, only how many choices there are.
pub const LONGEST_LIST: usize = 400;

/// The questionnaire as a paper document in one language.
#[must_use]
pub fn paper(engine: &Engine, lang: &str, options: &Options) -> Paper {
    lay::paper(engine, lang, options)
}

impl Paper {
    /// What stands on all pages, in order, those of rosters after their roster.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let runs = self.blocks.iter().flat_map(|it| &it.pages);
        runs.flat_map(|it| &it.runs).flat_map(within)
    }
}

fn within(run: &Run) -> Vec<&Entry> {
    let mut found = Vec::new();
    for entry in &run.entries {
        found.push(entry);
        if let Entry::Roster(it) = entry {
            found.extend(it.runs.iter().flat_map(within));
        }
    }
    found
}
