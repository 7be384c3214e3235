//! Figures that are wanted: one more of them, and what they can be of.

use super::fields::{figure_columns, figure_items};
use super::naming::{free, word};
use crate::document::edit::{Content, Edit, Node};
use crate::document::{Figure, Questionnaire};
use crate::text::Text;

/// Most letters of a name that is made of two others: a number may follow.
const LONGEST_NAME: usize = 58;

/// One more figure, after all others: of an item, perhaps by the answers to another. Its id comes from its title,
/// else from what it is of.
///
/// ```
/// use questionnaire::document::{self, edit::apply, form::want};
/// let mut document = document::read("id: e\ntitle: E\nblocks: []\n").questionnaire.unwrap();
/// for (id, title) in [("etp_par_region", ""), ("etp_par_region_2", ""), ("moyens", "Moyens")] {
///     let (edit, node) = want(&document, "etp", Some("region"), title);
///     assert_eq!(node.key(), format!("figure:{id}"));
///     apply(&mut document, &edit)?;
/// }
/// assert_eq!(document.figures.len(), 3);
/// # Ok::<(), document::edit::Refused>(())
/// ```
#[must_use]
pub fn want(document: &Questionnaire, item: &str, by: Option<&str>, title: &str) -> (Edit, Node) {
    let title = title.trim();
    let whole = match by {
        Some(by) => format!("{item}_par_{by}"),
        None => item.to_owned(),
    };
    let otherwise: String = whole.chars().take(LONGEST_NAME).collect();
    let is_taken = |it: &str| document.figures.iter().any(|other| other.id == it);
    let id = free(&word(title, &otherwise), is_taken);
    let figure = Figure {
        id: id.clone(),
        item: item.to_owned(),
        by: by.map(str::to_owned),
        title: (!title.is_empty()).then(|| Text::fr(title)),
    };
    let edit = Edit::Insert {
        under: Node::Questionnaire,
        after: document.figures.last().map(|it| it.id.clone()),
        content: Content::Figure(figure),
    };
    (edit, Node::Figure(id))
}

/// The items that a figure can be of, and those whose answers can make its columns, in the order of the
/// questionnaire and those of the sample last.
#[must_use]
pub fn wanted(document: &Questionnaire) -> (Vec<String>, Vec<String>) {
    (figure_items(document), figure_columns(document))
}
