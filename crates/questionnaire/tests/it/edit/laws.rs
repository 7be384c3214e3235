//! What holds of all documents and edits.

use proptest::prelude::*;
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Content, Edit, Merged, Node, apply, diff, inverse, merge};
use testkit::{EVERY_NODE, Tape, cases, edits, nodes};

use super::{apply_all, built_in, read};

fn config() -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 4_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn tapes() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..300)
}

/// The item that an edit changes, if it changes nothing else: its fields, choices, rows, checks.
fn own_item(edit: &Edit) -> Option<Node> {
    let (node, under) = match edit {
        Edit::Set { node, .. } | Edit::Remove { node } => (node, None),
        Edit::Move { node, under, .. } => (node, Some(under)),
        Edit::Insert {
            content: Content::Item(_),
            ..
        } => return None,
        Edit::Insert { under, .. } => (under, None),
    };
    match (node, under, edit) {
        (Node::Item(_), None, Edit::Set { .. } | Edit::Insert { .. }) => Some(node.clone()),
        (Node::Choice { item, .. } | Node::Row { item, .. } | Node::Check { item, .. }, _, _) => {
            Some(Node::Item(item.clone()))
        }
        _ => None,
    }
}

/// The edits between two documents make one the other, and mean the same after a journey.
#[track_caller]
fn between(a: &Questionnaire, b: &Questionnaire) -> Vec<Edit> {
    let edits = diff(a, b).unwrap();
    let json = serde_json::to_string(&edits).unwrap();
    let edits: Vec<Edit> = serde_json::from_str(&json).unwrap();
    let made = apply_all(a, &edits).unwrap_or_else(|refused| panic!("{refused}: {json}"));
    assert!(made == *b, "{json}");
    edits
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_edits_between_two_versions_make_one_the_other(n in 0..40_usize, tape in tapes()) {
        let before = read(EVERY_NODE);
        let made = edits(&before, n, &mut Tape::of_list(tape));
        let after = apply_all(&before, &made).unwrap();
        between(&before, &after);
        between(&after, &before);
    }

    #[test]
    fn the_edits_between_any_two_documents_make_one_the_other(a in cases(), b in cases()) {
        between(&a.questionnaire, &b.questionnaire);
    }

    #[test]
    fn an_edit_is_undone_by_its_inverse(tape in tapes()) {
        let mut tape = Tape::of_list(tape);
        let mut document = read(EVERY_NODE);
        for edit in edits(&document, 12, &mut tape) {
            let before = document.clone();
            let undo = inverse(&before, &edit).unwrap();
            apply(&mut document, &edit).unwrap();
            let mut undone = document.clone();
            apply(&mut undone, &undo).unwrap();
            prop_assert!(undone == before, "{:?}, then {:?}", edit, undo);
        }
    }

    #[test]
    fn an_edit_that_is_refused_changes_nothing(tape in tapes()) {
        let mut tape = Tape::of_list(tape);
        let document = read(EVERY_NODE);
        for _ in 0..30 {
            let edit = testkit::edit(&document, &mut tape);
            let mut changed = document.clone();
            let refused = apply(&mut changed, &edit).err();
            prop_assert_eq!(inverse(&document, &edit).err(), refused.clone());
            prop_assert!(refused.is_none() || changed == document, "{:?}", edit);
        }
    }

    #[test]
    fn merging_nothing_changes_nothing(n in 0..15_usize, tape in tapes()) {
        let base = read(EVERY_NODE);
        let made = edits(&base, n, &mut Tape::of_list(tape));
        let after = apply_all(&base, &made).unwrap();
        let theirs = merge(&base, &made, &[]).unwrap();
        prop_assert_eq!(&theirs, &Merged { document: after.clone(), applied: vec![], conflicts: vec![] });
        let mine = merge(&base, &[], &made).unwrap();
        prop_assert_eq!(&mine.conflicts, &vec![]);
        prop_assert!(mine.document == after);
        prop_assert!(apply_all(&base, &mine.applied).unwrap() == after);
    }

    #[test]
    fn what_is_applied_after_the_others_makes_the_merged_document(n in 0..12_usize, m in 0..12_usize, tape in tapes()) {
        let base = read(EVERY_NODE);
        let mut tape = Tape::of_list(tape);
        let theirs = edits(&base, n, &mut tape);
        let mine = edits(&base, m, &mut tape);
        let merged = merge(&base, &theirs, &mine).unwrap();
        let serial = apply_all(&apply_all(&base, &theirs).unwrap(), &merged.applied);
        prop_assert!(serial.unwrap() == merged.document);
        prop_assert!(merged.applied.len() + merged.conflicts.len() <= mine.len());
        // And edits can still tell everything apart.
        prop_assert!(diff(&base, &merged.document).is_ok());
    }

    #[test]
    fn edits_of_different_items_never_conflict(case in cases(), n in 1..80_usize, seed: u64) {
        let base = case.questionnaire;
        let mut tape = Tape::of_seed(seed);
        let items: Vec<Node> = nodes(&base).into_iter().map(|it| it.node).filter(|it| matches!(it, Node::Item(_))).collect();
        // Every other item is one's, those between are the other's.
        let mut sides = [(base.clone(), Vec::new()), (base.clone(), Vec::new())];
        for _ in 0..n {
            let edit = testkit::edit(&base, &mut tape);
            let Some(nth) = own_item(&edit).and_then(|item| items.iter().position(|it| *it == item)) else {
                continue;
            };
            let (document, made) = &mut sides[nth % 2];
            if apply(document, &edit).is_ok() {
                made.push(edit);
            }
        }
        let [(_, a), (_, b)] = sides;
        let ab = merge(&base, &a, &b).unwrap();
        prop_assert_eq!(&ab.conflicts, &vec![]);
        prop_assert!(ab.document == merge(&base, &b, &a).unwrap().document, "the order matters");
    }
}

#[test]
fn built_in_questionnaires_become_each_other() {
    let all = built_in();
    for a in &all {
        for b in &all {
            let edits = between(a, b);
            assert_eq!(edits.is_empty(), a == b);
        }
    }
}

#[test]
fn built_in_questionnaires_are_edited_and_undone() {
    for (seed, base) in (0..).zip(built_in()) {
        let made = edits(&base, 40, &mut Tape::of_seed(seed));
        let mut document = base.clone();
        let mut undo = Vec::new();
        for edit in &made {
            undo.push(inverse(&document, edit).unwrap());
            apply(&mut document, edit).unwrap();
        }
        between(&base, &document);
        undo.reverse();
        assert!(apply_all(&document, &undo).unwrap() == base);
    }
}
