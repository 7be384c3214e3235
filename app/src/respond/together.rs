//! Several people prepare one response: the holder's page, the page of whoever was handed a part of
//! it, and what question pages and the review show besides.

mod drawing;

use super::screen::Study;
pub(super) use drawing::{disagreements, sign_off};
pub(crate) use drawing::{handed, part, together};

/// Name of the hidden field that says what a page was drawn with.
pub const DRAWN: &str = "$drawn";
/// Name of the buttons that settle a disagreement: the key, what was shown, which of it.
pub const SETTLE: &str = "$settle";
/// Name of the field that a person's name is given in.
pub const NAME: &str = "name";
/// Name of the field for what the holder calls a contributor.
pub const LABEL: &str = "label";
/// Name of the checkboxes of the pages that are handed over.
pub const PAGES: &str = "pages";
/// Name of the checkbox by which the holder signs off.
pub const SIGNED: &str = "signed";
/// Name of the buttons on the page of a part.
pub const DO: &str = "do";

/// An answer for which there are several proposals, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct DisagreementView {
    /// The slot's key.
    pub key: String,
    /// The page it stands on.
    pub page: String,
    /// The question.
    pub label: String,
    /// Stands for what is shown.
    pub shown: String,
    /// Who says what; the first is stored.
    pub versions: Vec<VersionView>,
}

/// One of several proposals.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionView {
    /// Whose it is; empty for a holder who has not said.
    pub author: String,
    /// The answer, one line a choice; empty when there is none.
    pub answer: Vec<String>,
}

/// What a question page of a shared draft shows besides.
#[derive(Clone, Debug, PartialEq)]
pub struct PageTogether {
    /// What it was drawn with, for [`DRAWN`].
    pub drawn: String,
    /// What is to be settled on it.
    pub disagreements: Vec<DisagreementView>,
    /// Whether it is a contributor who answers.
    pub is_part: bool,
}

/// What the review of a shared draft shows besides.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewTogether {
    /// Who wrote the answer of a slot, by key; the holder's own are left out.
    pub authors: Vec<(String, String)>,
    /// What is to be settled.
    pub disagreements: Vec<DisagreementView>,
    /// Contributors who have not said that they are done.
    pub unfinished: Vec<String>,
    /// Whose answers are signed off.
    pub names: Vec<String>,
    /// Whether the box was left empty.
    pub is_unsigned: bool,
}

/// `/r/{wave}/together`
#[derive(Clone, Debug, PartialEq)]
pub struct TogetherScreen {
    /// The study.
    pub study: Study,
    /// Those who were handed something.
    pub contributors: Vec<ContributorLine>,
    /// The whole address that was just made, and for whom: shown once.
    pub new_link: Option<(String, String)>,
    /// Pages that can be handed over: id and title.
    pub pages: Vec<(String, String)>,
    /// What the holder calls themselves.
    pub holder: String,
    /// Whether the form lacked a name.
    pub is_nameless: bool,
    /// Whether no more people may be asked.
    pub is_full: bool,
    /// Where the answers go on.
    pub go_on: String,
}

/// Somebody who was handed something.
#[derive(Clone, Debug, PartialEq)]
pub struct ContributorLine {
    /// Their key.
    pub id: String,
    /// What the holder calls them.
    pub label: String,
    /// What they call themselves.
    pub name: Option<String>,
    /// `offered`, `joined`, `finished` or `withdrawn`.
    pub state: &'static str,
    /// Their pages, how many answers each has and how many it may have.
    pub pages: Vec<PageProgress>,
    /// Whether they have all of it.
    pub is_whole: bool,
}

/// How far a page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageProgress {
    /// The page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Answers given.
    pub n_given: usize,
    /// Answers asked for; none while the page does not concern this response.
    pub n_asked: usize,
}

/// `/r/{wave}/with/{secret}`
#[derive(Clone, Debug, PartialEq)]
pub struct HandedScreen {
    /// The study.
    pub study: Study,
    /// The secret, for the form.
    pub secret: String,
    /// Who handed it over; empty if they have not said.
    pub holder: String,
}

/// `/r/{wave}/part`
#[derive(Clone, Debug, PartialEq)]
pub struct PartScreen {
    /// The study.
    pub study: Study,
    /// Who handed it over; empty if they have not said.
    pub holder: String,
    /// What the contributor calls themselves; at first they are asked.
    pub name: Option<String>,
    /// Whether the form lacked a name.
    pub is_nameless: bool,
    /// Whether they have said that they are done.
    pub is_finished: bool,
    /// Their pages.
    pub pages: Vec<PageProgress>,
}
