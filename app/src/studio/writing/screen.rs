//! What the pages show on which a questionnaire is written.

use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::{Person, StudyHead};

/// `/studio/new`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginScreen {
    /// Who begins.
    pub who: Person,
    /// Questionnaires that come with the program, by id and title.
    pub built_in: Vec<(String, String)>,
    /// Studies of theirs, by name in addresses and title.
    pub studies: Vec<(String, String)>,
    /// What was typed.
    pub values: BeginValues,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
    /// What is wrong with the file.
    pub faults: Vec<FileFault>,
}

/// What stands in the form that begins a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BeginValues {
    /// From what: `empty`, `built-in`, `file`, `study`.
    pub from: String,
    /// From which questionnaire of the program, by id.
    pub built_in: String,
    /// From the questionnaire of which study, by name.
    pub study: String,
    /// Name in addresses.
    pub slug: String,
    /// Title.
    pub title: String,
}

impl BeginValues {
    /// From what, as far as that is known.
    #[must_use]
    pub fn origin(&self) -> &'static str {
        match self.from.as_str() {
            "built-in" => "built-in",
            "file" => "file",
            "study" => "study",
            _ => "empty",
        }
    }
}

/// Something wrong with a file, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// The stable code.
    pub code: String,
    /// Line, from 1 on.
    pub line: u32,
    /// Column, from 1 on.
    pub column: u32,
    /// What.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

/// `/studio/s/{study}/questionnaire`
#[derive(Clone, Debug, PartialEq)]
pub struct SourceScreen {
    /// The head.
    pub head: StudyHead,
    /// The text in the form.
    pub source: String,
    /// The save that it is written over.
    pub revision: i64,
    /// When that was saved and by whom, if that is known.
    pub saved: Option<Saved>,
    /// Whether the text in the form is another than what was saved.
    pub is_draft: bool,
    /// The number of the published version that the text in the form is, where one is read.
    pub reading: Option<i32>,
    /// What was found about it.
    pub looked: LookedShown,
    /// What somebody else saved in between.
    pub theirs: Option<String>,
    /// What both changed, differently.
    pub clashes: Vec<ClashLine>,
    /// What was done just now; its words stand under `writing-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// Something that two people changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClashLine {
    /// What it is about.
    pub place: String,
    /// What I did: `set`, `insert`, `move`, `remove`.
    pub what: &'static str,
    /// What I wrote.
    pub mine: Option<String>,
    /// What the other wrote.
    pub theirs: Option<String>,
    /// What stood there before.
    pub base: Option<String>,
}

/// A save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Day, as `2026-03-02`.
    pub day: String,
    /// Hour, as `09:30`, with its zone.
    pub time: String,
    /// By whom.
    pub by: Option<String>,
}

/// What was found about a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LookedShown {
    /// Line by line.
    pub findings: Vec<FindingLine>,
    /// Of a questionnaire without errors.
    pub facts: Option<FactsShown>,
    /// Whether it may be published.
    pub is_sound: bool,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingLine {
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// The stable code.
    pub code: String,
    /// Where: from 1.
    pub line: u32,
    /// The same, in characters.
    pub column: u32,
    /// What.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
    /// The node it is about, by its key, where one leads there.
    pub node: Option<String>,
    /// Answers that show it.
    pub witness: Vec<(String, String)>,
}

/// What is known of a questionnaire without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsShown {
    /// Its items.
    pub n_items: usize,
    /// How many routes there are, and the fewest and most questions on one.
    pub routes: Option<(String, usize, usize)>,
    /// Usual minutes to answer.
    pub minutes: Option<u32>,
    /// What is neither proven nor refuted.
    pub unproven: Vec<String>,
    /// What typical respondents go through, where they were drawn.
    pub cover: Option<CoverShown>,
}

/// What typical respondents go through together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverShown {
    /// How many they are.
    pub n_people: usize,
    /// Filters both ways, choices, boundaries, checks and variable texts that they go through.
    pub covered: usize,
    /// How many of these there are.
    pub total: usize,
}

/// `/studio/s/{study}/questionnaire/publish`
#[derive(Clone, Debug, PartialEq)]
pub struct PublishScreen {
    /// The head.
    pub head: StudyHead,
    /// The save that would be published.
    pub revision: i64,
    /// Whether there are no errors.
    pub is_sound: bool,
    /// What it changes from what was published last.
    pub change: Option<ChangeShown>,
    /// What was published, latest first.
    pub versions: Vec<VersionLine>,
    /// The waves, where there is a version that they ask.
    pub waves: Vec<WaveLine>,
    /// Which waves would ask it, and which keep their version.
    pub published: Option<PublishedShown>,
    /// Why the page comes back.
    pub wrong: Option<Wrong>,
}

/// A wave, before a new version is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveLine {
    /// Its name.
    pub slug: String,
    /// Whether it takes responses: `soon`, `open`, `closed`, `full`.
    pub state: &'static str,
    /// The version that it asks.
    pub number: i32,
    /// How many responses it has.
    pub n_responses: u64,
    /// How many people are answering.
    pub n_answering: u64,
    /// What becomes of it: `follows`, `may_follow`, `keeps`.
    pub fate: &'static str,
}

/// What a new version changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeShown {
    /// Whether it is proven that nothing changes for anybody.
    pub is_nothing: bool,
    /// Questions of which something changes.
    pub items: Vec<ItemChange>,
    /// Conditions written anew: where, before, after.
    pub conditions: Vec<(String, String, String)>,
    /// Of the stored responses, by what becomes of them: a code, and how many.
    pub responses: Vec<(&'static str, u64)>,
    /// What is neither proven nor refuted.
    pub unproven: Vec<String>,
}

/// What changes about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Its id.
    pub id: String,
    /// Whether a series goes on: `comparable`, `choices`, `base_changed`, `recoded`, `unproven`, `new`, `gone`.
    pub series: &'static str,
    /// Who is asked it now: `same`, `wider`, `narrower`, `different`, `unproven`.
    pub base: Option<&'static str>,
    /// Whether a text of it is another one.
    pub is_reworded: bool,
    /// Whether it stands on another page.
    pub is_moved: bool,
    /// Choices that are new.
    pub added: Vec<String>,
    /// Choices that are gone.
    pub removed: Vec<String>,
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub number: i32,
    /// The day.
    pub day: String,
}

/// What publishing led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedShown {
    /// The version's number.
    pub number: i32,
    /// Whether it is new.
    pub is_new: bool,
    /// Waves that ask it from now on.
    pub moved: Vec<String>,
    /// Waves that keep theirs.
    pub kept: Vec<String>,
    /// How many people who are answering go on with it.
    pub n_carried: u64,
    /// How many go on with the version that they began, in waves that ask it.
    pub n_stayed: u64,
}

/// `/studio/s/{study}/questionnaire/print`
#[derive(Clone, Debug, PartialEq)]
pub struct PrintScreen {
    /// The head.
    pub head: StudyHead,
    /// The published version that is shown; the working version if there is none.
    pub version: Option<i32>,
    /// The numbers of the published versions.
    pub versions: Vec<i32>,
    /// The language that is shown.
    pub language: String,
    /// Those of the questionnaire.
    pub languages: Vec<String>,
    /// Whether ids, codes and conditions are shown.
    pub annotated: bool,
    /// The paper as HTML in which nothing is markup but its own; nothing while the text has errors.
    pub paper: Option<String>,
}
