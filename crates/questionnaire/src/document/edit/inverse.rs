//! Undoing.

use super::apply::perform;
use super::find::{part, place};
use super::part::Part;
use super::{Edit, Node, Refused, fields};
use crate::document::Questionnaire;

/// The edit that undoes another: `before` changed by `edit`, then by this, is `before` again.
///
/// # Errors
/// Why the edit does not fit the document.
///
/// ```
/// use questionnaire::document::{self, edit::{apply, inverse, Edit, Node}};
/// let before = document::read("id: essai\ntitle: Essai\nblocks: [{id: fin, pages: []}]\n").questionnaire.unwrap();
/// let edit = Edit::Remove { node: Node::Block("fin".into()) };
/// let undo = inverse(&before, &edit)?;
///
/// let mut document = before.clone();
/// apply(&mut document, &edit)?;
/// apply(&mut document, &undo)?;
/// assert_eq!(document, before);
/// # Ok::<(), document::edit::Refused>(())
/// ```
pub fn inverse(before: &Questionnaire, edit: &Edit) -> Result<Edit, Refused> {
    let mut after = before.clone();
    perform(&mut after, edit)?;
    let unknown = |node: &Node| Refused::UnknownNode { node: node.clone() };
    Ok(match edit {
        Edit::Set { node, field, .. } => {
            let was = part(before, node).ok_or_else(|| unknown(node))?.fields();
            let write = |length: usize| Edit::Set {
                node: node.clone(),
                field: field[..length].to_vec(),
                value: fields::get(&was, &field[..length]).cloned(),
            };
            // As little as will do: what others write beside it meanwhile is theirs.
            let mut lengths = (2..=field.len()).rev().map(write);
            let undoes = |it: &Edit| {
                let mut again = after.clone();
                perform(&mut again, it).is_ok() && again == *before
            };
            lengths.find(undoes).unwrap_or_else(|| write(1))
        }
        Edit::Insert { under, content, .. } => Edit::Remove {
            node: under
                .child(content.kind(), content.part().name())
                .ok_or_else(|| unknown(under))?,
        },
        Edit::Move { node, .. } => {
            let from = place(before, node).ok_or_else(|| unknown(node))?;
            Edit::Move {
                node: node.clone(),
                under: from.under,
                after: from.after,
            }
        }
        Edit::Remove { node } => {
            let from = place(before, node).ok_or_else(|| unknown(node))?;
            let content = part(before, node).and_then(Part::content);
            Edit::Insert {
                under: from.under,
                after: from.after,
                content: content.ok_or_else(|| unknown(node))?,
            }
        }
    })
}
