//! Two who write at once: what each changed is merged by item where nothing of it meets, and shown where it
//! does.

use super::{Writing, read};
use crate::Result;
use crate::team::{Design, May};
use questionnaire::document::edit::{Conflict, Edit, Merged, Node, diff, merge};
use questionnaire::document::{Questionnaire, to_yaml};
use serde_json::Value;

/// Something that two people changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What it is about: an id or a code, and of what, `age · label.fr`.
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

impl Writing<'_> {
    /// A text that was written over an older save, with what was saved since; `None` where both changed the
    /// same thing differently, where one of the texts is no questionnaire, or where one has comments, which
    /// merging would lose.
    pub(super) async fn merged(
        &self,
        may: &May<Design>,
        source: &str,
        after: i64,
    ) -> Result<Option<(String, i64)>> {
        let latest = self.open(may).await?;
        let Some(base) = self.saved(may, after).await? else {
            return Ok(None);
        };
        let texts = [base.as_str(), latest.source.as_str(), source];
        if texts.iter().any(|it| it.contains('#')) {
            return Ok(None);
        }
        let merged = merge_texts(texts);
        let whole = merged.filter(|it| it.conflicts.is_empty());
        Ok(whole.map(|it| (to_yaml(&it.document), latest.revision)))
    }

    /// What a text that was written over an older save changes otherwise than what was saved since; nothing
    /// where the texts cannot be compared.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`](crate::ServiceError::Unavailable) if the database does not answer.
    pub async fn clashes(&self, may: &May<Design>, source: &str, after: i64) -> Result<Vec<Clash>> {
        let latest = self.open(may).await?;
        let Some(base) = self.saved(may, after).await? else {
            return Ok(Vec::new());
        };
        let merged = merge_texts([&base, &latest.source, source]);
        let conflicts = merged.map(|it| it.conflicts).unwrap_or_default();
        Ok(conflicts.into_iter().map(clash).collect())
    }

    /// The text of a save that is still kept. Before the first one it is what was published by then, if that
    /// was only one version: of several, nobody can tell which one was read, and merging with another one
    /// would take its changes back.
    pub(super) async fn saved(&self, may: &May<Design>, revision: i64) -> Result<Option<String>> {
        let store = self.0.store();
        if revision == 0 {
            let first = store.working_versions().at(may.id(), 1).await?;
            let Some(first) = first else {
                return Ok(None);
            };
            let mut read = store.versions().of_study(may.id()).await?;
            read.retain(|it| it.created_at <= first.saved_at);
            let only = (read.len() == 1).then(|| read.remove(0).source);
            return Ok(only);
        }
        let saved = store.working_versions().at(may.id(), revision).await?;
        Ok(saved.map(|it| it.source))
    }
}

fn merge_texts([base, theirs, mine]: [&str; 3]) -> Option<Merged> {
    let [base, theirs, mine] = [base, theirs, mine].map(|it| read(it).ok());
    let (base, theirs, mine): (Questionnaire, _, _) = (base?, theirs?, mine?);
    let theirs = diff(&base, &theirs).ok()?;
    let mine = diff(&base, &mine).ok()?;
    merge(&base, &theirs, &mine).ok()
}

pub(super) fn clash(it: Conflict) -> Clash {
    let (node, what, field, mine) = match it.edit {
        Edit::Set { node, field, value } => (name(&node), "set", field.join("."), value),
        Edit::Insert { content, under, .. } => {
            let content = serde_json::to_value(&content).ok();
            (name(&under), "insert", String::new(), content)
        }
        Edit::Move { node, .. } => (name(&node), "move", String::new(), None),
        Edit::Remove { node } => (name(&node), "remove", String::new(), None),
    };
    let place = match field.as_str() {
        "" => node,
        field => format!("{node} · {field}"),
    };
    Clash {
        place,
        what,
        mine: mine.map(said),
        theirs: it.theirs.map(said),
        base: it.base.map(said),
    }
}

fn name(node: &Node) -> String {
    match node {
        Node::Questionnaire => "questionnaire".to_owned(),
        Node::Frame => "frame".to_owned(),
        Node::Block(id)
        | Node::Page(id)
        | Node::Item(id)
        | Node::List(id)
        | Node::Fill(id)
        | Node::Net(id)
        | Node::Figure(id) => id.clone(),
        Node::Choice { item, code } | Node::Row { item, code } => format!("{item}[{code}]"),
        Node::ListChoice { list, code } => format!("{list}[{code}]"),
        Node::Check { item, id } => format!("{item} · {id}"),
    }
}

fn said(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
