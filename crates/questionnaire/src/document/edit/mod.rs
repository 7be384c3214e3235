//! Edits of a questionnaire: small changes that travel, are undone, and are merged with others'.
//!
//! Reading order: [`Node`] (what is edited) → [`Edit`] (how) → [`apply`] → [`inverse`] (undo) →
//! [`diff`] (two documents as edits) → [`merge`] (two people at once).
//!
//! Edits name what they change by its id, never by its position: they keep their meaning while
//! somebody else moves things around. They change the document and know nothing of what it means:
//! whether conditions still read what exists is for [`check`](crate::check()) to say.

mod apply;
mod content;
mod diff;
mod fields;
mod find;
mod inverse;
mod merge;
mod node;
mod part;
mod refused;
mod touched;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use apply::apply;
pub use content::Content;
pub use diff::diff;
pub use find::fields_of;
pub(crate) use find::siblings_of;
pub use inverse::inverse;
pub use merge::{Conflict, Merged, Reason, merge};
pub use node::{NoNode, Node};
pub use refused::Refused;

/// One change of a document.
///
/// Its JSON form is stable: a record with one key, the kind of change.
///
/// ```
/// use questionnaire::document::edit::Edit;
/// for json in [
///     // A field of a node, by its path: names in records, positions in lists. Texts are written
///     // one language at a time, so that two people can write two languages of one label.
///     r#"{"set":{"node":{"item":"age"},"field":["label","fr"],"value":"Votre âge ?"}}"#,
///     r#"{"set":{"node":{"item":"age"},"field":["min"],"value":18}}"#,
///     r#"{"set":{"node":{"fill":"nom"},"field":["cases","0","text","en"],"value":"you"}}"#,
///     // Without a value the field goes.
///     r#"{"set":{"node":{"choice":{"item":"sexe","code":"x"}},"field":["filter"]}}"#,
///     // The content is what stands in the file; without `after` it comes first.
///     r#"{"insert":{"under":{"page":"profil"},"after":"age","content":{"item":{"id":"ville","kind":"text"}}}}"#,
///     r#"{"insert":{"under":{"item":"sexe"},"content":{"choice":{"code":"x","label":{"fr":"Autre"}}}}}"#,
///     r#"{"insert":{"under":"questionnaire","content":{"block":{"id":"fin","pages":[]}}}}"#,
///     r#"{"move":{"node":{"item":"age"},"under":{"page":"fin"},"after":"ville"}}"#,
///     r#"{"move":{"node":{"item":"region"},"under":"frame"}}"#,
///     // With everything in it.
///     r#"{"remove":{"node":{"block":"fin"}}}"#,
/// ] {
///     let edit: Edit = serde_json::from_str(json)?;
///     assert_eq!(serde_json::to_string(&edit)?, json);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Gives a field a value, or none.
    Set {
        /// Whose field.
        node: Node,
        /// The field, then the way inside its value. What a node is known by and the nodes in it
        /// are no fields.
        field: Vec<String>,
        /// Its value as in JSON files; without one the field goes. A text that has lost its last
        /// language goes too where the document can do without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// Puts a new node, with everything in it, into another.
    Insert {
        /// Into which node.
        under: Node,
        /// The id or code of the sibling that it follows; it comes first without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
        /// The node.
        content: Content,
    },
    /// Puts a node, with everything in it, elsewhere.
    Move {
        /// Which one.
        node: Node,
        /// Into which node, perhaps the one that it stands in. Choices, rows and checks stay in
        /// theirs.
        under: Node,
        /// The id or code of the sibling that it follows; it comes first without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
    /// Takes a node away, with everything in it.
    Remove {
        /// Which one.
        node: Node,
    },
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Place {
    under: Node,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}
