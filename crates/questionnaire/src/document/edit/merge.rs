//! Two people's edits of one document, in the order of a server.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::apply::{Change, perform};
use super::find::{parent, part, place, state};
use super::touched::{Touched, Trail};
use super::{Edit, Place, Refused};
use crate::document::Questionnaire;

/// What merging gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The document with the edits of both.
    pub document: Questionnaire,
    /// Mine, as they were applied after theirs, in order: what the server adds to its log. What was so
    /// already is left out, but for fields: they have been written.
    pub applied: Vec<Edit>,
    /// Mine that were not applied.
    pub conflicts: Vec<Conflict>,
}

/// An edit that was not applied, since that would undo what others have done meanwhile, or since
/// there is no longer anything to edit. What others did stands; nothing of the edit is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The edit as its author made it.
    pub edit: Edit,
    /// Why it was not applied.
    pub reason: Reason,
    /// What it is about when its author began: the field's value, the node's place, or the node to
    /// be removed or put in. `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// The same after the edits of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
}

/// Why an edit was not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Others have written this field.
    Written,
    /// Others have moved this node.
    Moved,
    /// Others have changed something inside of what would be removed.
    Inside,
    /// Others have removed it, or what it would stand in.
    Gone,
    /// What has this name now was made by others.
    Replaced,
    /// The document that both have made does not allow it.
    Refused(Refused),
}

/// Makes my edits on a document that others have changed since I last saw it.
///
/// Both sequences began with `base`; theirs came first. An edit of mine is applied unless that would
/// take back something of theirs: the same field with another value, another place for a node
/// that they moved, the removal of something in which they changed anything. Two languages of one
/// text are two fields. Where both did the same there is nothing to do. Edits of mine that build
/// on one that was not applied are conflicts too where what they need is not there.
///
/// Something that should follow a sibling that is gone follows the nearest one that stood before it
/// and is still there, else it comes first. Of several nodes put after one sibling the last one
/// stands nearest to it.
///
/// Merging knows of nodes and fields, not of what they mean: a condition that reads a choice which
/// somebody else removes is for [`check`](crate::check()) to find.
///
/// # Errors
/// If the edits of the others do not fit `base`: it is not what they began with.
///
/// ```
/// use questionnaire::document::{self, edit::{merge, Edit, Reason}};
/// let base = document::read("id: e\ntitle: Essai\nblocks: []\n").questionnaire.unwrap();
/// let title = |lang: &str, text: &str| -> Edit {
///     let json = serde_json::json!({"set": {"node": "questionnaire", "field": ["title", lang], "value": text}});
///     serde_json::from_value(json).unwrap()
/// };
/// let merged = merge(&base, &[title("fr", "Enquête")], &[title("fr", "Sondage"), title("en", "Survey")])?;
/// assert_eq!((merged.document.title.get("fr"), merged.document.title.get("en")), ("Enquête", "Survey"));
/// let [conflict] = &merged.conflicts[..] else { panic!() };
/// assert_eq!((&conflict.edit, &conflict.reason), (&title("fr", "Sondage"), &Reason::Written));
/// assert_eq!((conflict.base.clone(), conflict.theirs.clone()), (Some("Essai".into()), Some("Enquête".into())));
/// # Ok::<(), document::edit::Refused>(())
/// ```
pub fn merge(base: &Questionnaire, theirs: &[Edit], mine: &[Edit]) -> Result<Merged, Refused> {
    let mut others = base.clone();
    let mut touched = Touched::default();
    let mut trail = Trail::default();
    for edit in theirs {
        let change = perform(&mut others, edit)?;
        touched.note(edit, &change);
        trail.note(edit, &change);
    }
    let mut merged = Merged {
        document: others.clone(),
        applied: Vec::new(),
        conflicts: Vec::new(),
    };
    for edit in mine {
        match one(&mut merged.document, &touched, &mut trail, edit) {
            Ok(it) => merged.applied.extend(it),
            Err(reason) => merged.conflicts.push(Conflict {
                edit: edit.clone(),
                reason,
                base: state(base, edit),
                theirs: state(&others, edit),
            }),
        }
    }
    Ok(merged)
}

/// Makes one edit; answers how, `None` if there is nothing to do.
fn one(
    document: &mut Questionnaire,
    touched: &Touched,
    trail: &mut Trail,
    edit: &Edit,
) -> Result<Option<Edit>, Reason> {
    if is_so(document, touched, edit) {
        // That somebody wrote a field is for others to know, whatever it said before.
        return Ok(matches!(edit, Edit::Set { .. }).then(|| edit.clone()));
    }
    if let Some(reason) = touched.forbids(document, edit) {
        stays_away(trail, edit);
        return Err(reason);
    }
    let edit = trail.resolve(document, edit);
    match perform(document, &edit) {
        Ok(Change::Nothing) => Ok(None),
        Ok(change) => {
            trail.note(&edit, &change);
            Ok(Some(edit))
        }
        Err(refused) => {
            stays_away(trail, &edit);
            Err(Reason::Refused(refused))
        }
    }
}

/// Whether the document says already what an edit wants, because others wanted it too.
fn is_so(document: &Questionnaire, touched: &Touched, edit: &Edit) -> bool {
    match edit {
        Edit::Set { node, field, value } => {
            let part = part(document, node);
            part.is_some_and(|it| it.changes(field, value.as_ref()) == Ok(false))
        }
        Edit::Insert { under, content, .. } => {
            let it = content.part();
            let node = under.child(content.kind(), it.name());
            node.is_some_and(|node| {
                let here = part(document, &node).is_some_and(|other| it.equals(other));
                here && parent(document, &node).as_ref() == Some(under)
            })
        }
        Edit::Move { node, under, after } => {
            place(document, node).is_some_and(|it| it.under == *under && it.after == *after)
        }
        Edit::Remove { node } => touched.removed(node),
    }
}

/// Notes where something would stand that does not, for what would follow it.
fn stays_away(trail: &mut Trail, edit: &Edit) {
    let (node, under, after) = match edit {
        Edit::Insert {
            under,
            after,
            content,
        } => {
            let node = under.child(content.kind(), content.part().name());
            (node, under, after)
        }
        Edit::Move { node, under, after } => (Some(node.clone()), under, after),
        _ => return,
    };
    if let Some(node) = node {
        let (under, after) = (under.clone(), after.clone());
        trail.leave(&node, Place { under, after });
    }
}
