//! Two people edit one document through a server, in any order: nothing is lost silently.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Edit, Node, Reason, apply, merge};
use serde_json::Value;
use testkit::{EVERY_NODE, Found, Tape, edit, nodes};

use super::{apply_all, read};

/// Little enough for two people to want the same often.
const NEAR: &str = r"
id: e
title: Essai
fills: [{id: nom, cases: [{when: un = 'a', text: A}, {when: un = 'b', text: B}], fallback: x}]
blocks:
  - id: b
    pages:
      - {id: p, items: [{id: un, kind: single, choices: [{code: a, label: A}, {code: b, label: B}]}]}
      - {id: q, items: [{id: r, kind: roster, items: [{id: m, kind: text}]}]}
";

/// 10,000 cases, or as many as `PROPTEST_CASES` says if that is more.
fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig {
        cases: given.cases.max(10_000),
        max_shrink_iters: 4_000,
        failure_persistence: None,
        ..given
    }
}

/// An edit in the server's log.
struct Logged {
    author: usize,
    /// How much of the log its author had seen.
    seen: usize,
    edit: Edit,
}

/// Something that an edit said of the document.
#[derive(Debug)]
enum Said {
    Value(Node, Vec<String>, Option<Value>),
    Under(Node, Node),
    Exists(Node),
    Gone(Node),
}

/// An edit that was not reported as a conflict.
struct Accepted {
    author: usize,
    /// After how much of the log it held.
    at: usize,
    edit: Edit,
    said: Vec<Said>,
}

struct Editor {
    /// How much of the log they have seen.
    seen: usize,
    /// What they see: that, and what they have not sent.
    document: Questionnaire,
    pending: Vec<Edit>,
}

struct Server {
    log: Vec<Logged>,
    /// The document after so much of the log.
    states: Vec<Questionnaire>,
    accepted: Vec<Accepted>,
    /// The codes of the conflicts that their authors were shown.
    reasons: Vec<String>,
}

impl Server {
    /// Takes an editor's edits in, and tells them the others'.
    fn sync(&mut self, author: usize, editor: &mut Editor) -> Result<(), TestCaseError> {
        let base = self.states[editor.seen].clone();
        let log = self.log[editor.seen..].iter();
        let theirs: Vec<Edit> = log.map(|it| it.edit.clone()).collect();
        let mine = std::mem::take(&mut editor.pending);
        let merged = merge(&base, &theirs, &mine).unwrap();
        let n_before = self.log.len();
        let (mut n_applied, mut n_conflicts) = (0, 0);
        for (nth, edit) in mine.iter().enumerate() {
            // What became of each is seen by merging one more.
            let so_far = merge(&base, &theirs, &mine[..=nth]).unwrap();
            prop_assert_eq!(&merged.applied[..so_far.applied.len()], &so_far.applied[..]);
            prop_assert_eq!(
                &merged.conflicts[..so_far.conflicts.len()],
                &so_far.conflicts[..]
            );
            if so_far.conflicts.len() > n_conflicts {
                n_conflicts += 1;
                let conflict = &so_far.conflicts[n_conflicts - 1];
                prop_assert_eq!(&conflict.edit, edit, "a conflict carries the whole edit");
                prop_assert_eq!(so_far.applied.len(), n_applied, "both applied and not");
                continue;
            }
            if so_far.applied.len() > n_applied {
                n_applied += 1;
                let mut document = self.states[self.log.len()].clone();
                apply(&mut document, &so_far.applied[n_applied - 1]).unwrap();
                prop_assert!(document == so_far.document);
                self.states.push(document);
                let edit = so_far.applied[n_applied - 1].clone();
                self.log.push(Logged {
                    author,
                    seen: editor.seen,
                    edit,
                });
            }
            self.accepted.push(Accepted {
                author,
                at: self.log.len(),
                edit: edit.clone(),
                said: said(edit, &so_far.document),
            });
        }
        prop_assert_eq!(self.log.len(), n_before + merged.applied.len());
        self.reasons
            .extend(merged.conflicts.iter().map(|it| code(&it.reason)));
        // What the editor makes of the log is what the server has.
        let log: Vec<Edit> = self.log[editor.seen..]
            .iter()
            .map(|it| it.edit.clone())
            .collect();
        editor.document = apply_all(&base, &log).unwrap();
        editor.seen = self.log.len();
        prop_assert!(editor.document == merged.document);
        prop_assert!(editor.document == self.states[editor.seen]);
        Ok(())
    }

    /// What somebody wrote stands, or is a conflict, or was taken back by somebody who knew of it.
    fn nothing_is_lost(&self) -> Result<(), TestCaseError> {
        let states: Vec<HashMap<Node, Found>> = self.states.iter().map(by_name).collect();
        for it in &self.accepted {
            for said in &it.said {
                prop_assert!(
                    holds(said, &states[it.at]),
                    "{:?} did not do {:?}",
                    it.edit,
                    said
                );
                let Some(lost) = (it.at..states.len()).find(|at| !holds(said, &states[*at])) else {
                    continue;
                };
                let by = &self.log[lost - 1];
                // What others had done already counts from when they did.
                let since = (0..=it.at)
                    .rev()
                    .take_while(|at| holds(said, &states[*at]))
                    .last();
                let known = by.author == it.author || since.is_some_and(|it| by.seen >= it);
                prop_assert!(
                    known,
                    "{:?} said {:?}, and was undone unseen by {:?}",
                    it.edit,
                    said,
                    by.edit
                );
            }
        }
        Ok(())
    }
}

fn by_name(document: &Questionnaire) -> HashMap<Node, Found> {
    nodes(document)
        .into_iter()
        .map(|it| (it.node.clone(), it))
        .collect()
}

fn at<'v>(fields: &'v Value, path: &[String]) -> Option<&'v Value> {
    fields.pointer(&path.iter().map(|it| format!("/{it}")).collect::<String>())
}

/// What an edit says, by the document that it has made.
fn said(edit: &Edit, made: &Questionnaire) -> Vec<Said> {
    let found = by_name(made);
    match edit {
        Edit::Set { node, field, .. } => {
            let value = at(&found[node].fields, field).cloned();
            vec![Said::Value(node.clone(), field.clone(), value)]
        }
        Edit::Move { node, under, .. } => vec![Said::Under(node.clone(), under.clone())],
        Edit::Remove { node } => vec![Said::Gone(node.clone())],
        Edit::Insert { under, content, .. } => {
            // The new node and all in it, with all their fields.
            let id = serde_json::to_value(content).unwrap();
            let id = id.as_object().unwrap().values().next().unwrap();
            let name = id.get("code").or_else(|| id.get("id")).unwrap();
            let is_new = |it: &Found| {
                let own = it.fields.get("code").or_else(|| it.fields.get("id"));
                it.under == *under && own == Some(name) && kind(&it.node) == kind_of(content)
            };
            let mut inside: Vec<&Found> = Vec::new();
            let all = nodes(made);
            for it in &all {
                if is_new(it) || inside.iter().any(|parent| parent.node == it.under) {
                    inside.push(it);
                }
            }
            assert!(!inside.is_empty(), "{edit:?} put nothing in");
            let mut said = Vec::new();
            for it in inside {
                said.push(Said::Exists(it.node.clone()));
                said.push(Said::Under(it.node.clone(), it.under.clone()));
                for (key, value) in it.fields.as_object().unwrap() {
                    said.push(Said::Value(
                        it.node.clone(),
                        vec![key.clone()],
                        Some(value.clone()),
                    ));
                }
            }
            said
        }
    }
}

/// The key of a node's or a content's JSON form, those of choices being one.
fn kind(node: &Node) -> String {
    let json = serde_json::to_value(node).unwrap();
    let key = json.as_object().and_then(|it| it.keys().next());
    key.map_or_else(String::new, |it| it.replace("list_choice", "choice"))
}

fn kind_of(content: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(content).unwrap();
    json.as_object().unwrap().keys().next().unwrap().clone()
}

fn holds(said: &Said, document: &HashMap<Node, Found>) -> bool {
    match said {
        Said::Value(node, field, value) => {
            let found = document.get(node);
            found.is_some_and(|it| at(&it.fields, field) == value.as_ref())
        }
        Said::Under(node, under) => document.get(node).is_some_and(|it| it.under == *under),
        Said::Exists(node) => document.contains_key(node),
        Said::Gone(node) => !document.contains_key(node),
    }
}

fn code(reason: &Reason) -> String {
    let json = serde_json::to_value(reason).unwrap();
    let refused = json.pointer("/refused/code");
    refused.unwrap_or(&json).as_str().unwrap().to_owned()
}

/// Lets two editors edit and send in any order; answers what the server has then.
fn session(tape: &mut Tape) -> Result<Server, TestCaseError> {
    let base = read(if tape.chance(30) { EVERY_NODE } else { NEAR });
    let editor = Editor {
        seen: 0,
        document: base.clone(),
        pending: Vec::new(),
    };
    let mut editors = [
        editor,
        Editor {
            seen: 0,
            document: base.clone(),
            pending: Vec::new(),
        },
    ];
    let mut server = Server {
        log: Vec::new(),
        states: vec![base],
        accepted: Vec::new(),
        reasons: Vec::new(),
    };
    for _ in 0..4 + tape.below(24) {
        let who = tape.below(2);
        let it = &mut editors[who];
        if tape.chance(14) {
            server.sync(who, it)?;
            continue;
        }
        let edit = edit(&it.document, tape);
        if apply(&mut it.document, &edit).is_ok() {
            it.pending.push(edit);
        }
    }
    for who in [0, 1, 0] {
        server.sync(who, &mut editors[who])?;
    }
    prop_assert!(
        editors[0].document == editors[1].document,
        "they see different documents"
    );
    Ok(server)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn two_editors_lose_nothing_silently(tape in prop::collection::vec(any::<u32>(), 300)) {
        let server = session(&mut Tape::of_list(tape))?;
        server.nothing_is_lost()?;
    }
}

/// A law about what never happens is no law: the same sessions, counted.
#[test]
fn two_editors_meet() {
    let (mut n_edits, mut n_undone, mut n_quiet) = (0, 0, 0);
    let mut reasons = BTreeMap::new();
    for seed in 0..500 {
        let server = session(&mut Tape::of_seed(seed)).unwrap();
        let last = by_name(server.states.last().unwrap());
        n_edits += server.accepted.len() + server.reasons.len();
        n_undone += server
            .accepted
            .iter()
            .filter(|it| !it.said.iter().all(|it| holds(it, &last)))
            .count();
        n_quiet += usize::from(server.reasons.is_empty());
        for it in server.reasons {
            *reasons.entry(it).or_insert(0) += 1;
        }
    }
    let n_conflicts: usize = reasons.values().sum();
    println!(
        "{n_edits} edits, {n_undone} undone knowingly, {n_conflicts} conflicts: {reasons:?}; {n_quiet} sessions without"
    );
    assert!(n_edits > 3_000 && n_undone > 300 && n_conflicts > 350 && n_quiet > 50);
    for reason in ["written", "moved", "inside", "gone", "replaced", "taken"] {
        assert!(reasons.contains_key(reason), "never {reason}");
    }
}
