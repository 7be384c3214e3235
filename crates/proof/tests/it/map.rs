//! The map: every block, page and item once, in order, joined to what its filter reads.

use std::collections::BTreeSet;

use expr::Lang;
use proof::graph::{Reach, Way};
use proof::map::node_of;
use proof::{Budget, Proof, prove};
use questionnaire::document::edit::Node;
use questionnaire::document::{self, form};

use crate::real::{engine, questionnaires};

fn keys(proof: &Proof<'_>) -> Vec<String> {
    let map = proof.map(Lang::Fr);
    map.iter().map(|it| it.node.key()).collect()
}

const SURVEY: &str = "
id: e
title: E
blocks:
- id: b
  title: B
  pages:
  - id: p
    items:
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - {id: majeur, kind: computed, label: Majeur, value: age >= 18}
  - id: q
    filter: majeur
    items:
    - {id: metier, kind: text, label: Métier}
    - {id: jamais, kind: text, label: Jamais, filter: age > 120}
";

#[test]
fn a_filter_is_said_where_it_stands_and_joined_to_the_questions_behind_it() {
    let engine = engine(SURVEY);
    let proof = prove(&engine, &Budget::default());
    let map = proof.map(Lang::Fr);
    let said: Vec<String> = map
        .iter()
        .map(|it| {
            let filter = it.filter.as_ref();
            let filter = filter.map(|it| format!("{} ({}) {:?}", it.words, it.text, it.reads));
            format!(
                "{} {} {}",
                it.depth,
                it.node.key(),
                filter.unwrap_or_default()
            )
            .replace('\u{202f}', "_")
        })
        .collect();
    let expected = [
        "0 block:b ",
        "1 page:p ",
        "2 item:age ",
        "2 item:majeur ",
        "1 page:q «_Majeur_» est vrai (majeur) [0]",
        "2 item:metier ",
        "2 item:jamais «_Âge_» est supérieur à 120 (age > 120) [0]",
    ];
    assert_eq!(said, expected, "{said:#?}");
    let reach: Vec<Option<Reach>> = map
        .iter()
        .filter(|it| it.item.is_some())
        .map(|it| it.reach)
        .collect();
    assert_eq!(
        reach,
        [
            Some(Reach::Always),
            None,
            Some(Reach::Some),
            Some(Reach::Never)
        ]
    );
    // Who gets to the job is of age; nobody gets to the last question.
    let (_, asked) = proof.way_to(2).unwrap();
    assert_eq!(asked, BTreeSet::from([0, 1, 2]));
    assert_eq!(proof.way_to(3), None);
}

/// Every block, page and item of every questionnaire is on its map once and in order; every filter is joined
/// to all that it reads, and each step of the branch graph leads to filters that are there.
#[test]
fn the_maps_of_real_questionnaires_leave_nothing_out() {
    for (path, source) in questionnaires() {
        let engine = engine(&source);
        let document = document::read(&source).questionnaire.unwrap();
        let mut proof = prove(&engine, &Budget::default());
        let outline = form::outline(&document);
        let is_asked = |it: &Node| match it {
            Node::Item(id) => document.frame.iter().all(|it| it.id != *id),
            _ => true,
        };
        let expected = outline.iter().map(|it| &it.node).filter(|it| is_asked(it));
        let expected: Vec<String> = expected.map(Node::key).collect();
        assert_eq!(keys(&proof), expected, "{path}");
        let map = proof.map(Lang::Fr);
        for it in map.iter().filter_map(|it| it.filter.as_ref()) {
            assert!(!it.words.is_empty() && !it.text.is_empty(), "{path} {it:?}");
        }
        let bases = proof.bases();
        let branches = proof.branches(&bases, Lang::Fr);
        let nodes: BTreeSet<String> = map.iter().map(|it| it.node.key()).collect();
        for (at, step) in branches.steps.iter().enumerate() {
            for filter in &step.filters {
                let node = node_of(&engine.instrument, *filter).unwrap();
                assert!(nodes.contains(&node.key()), "{path} {node:?}");
            }
            // What a step's filters read is joined to it, unless it is of the step itself.
            let joined: BTreeSet<u32> = branches
                .ways
                .iter()
                .filter_map(|it| match it {
                    Way::Opens {
                        from,
                        line: Some(line),
                        to,
                        ..
                    } if *to == at => Some(branches.steps[*from].lines[*line].item),
                    _ => None,
                })
                .collect();
            // Which units there are goes without saying where an answer of the unit decides.
            if bases.list[step.base].unit.is_some() {
                continue;
            }
            let own: BTreeSet<u32> = step.lines.iter().map(|it| it.item).collect();
            let filters: BTreeSet<String> = step
                .filters
                .iter()
                .filter_map(|it| Some(node_of(&engine.instrument, *it)?.key()))
                .collect();
            let read = map.iter().filter(|it| filters.contains(&it.node.key()));
            let read = read
                .filter_map(|it| it.filter.as_ref())
                .flat_map(|it| &it.reads);
            let is_drawn = |it: &&u32| {
                branches
                    .steps
                    .iter()
                    .any(|step| step.lines.iter().any(|line| line.item == **it))
            };
            for it in read.filter(is_drawn).filter(|it| !own.contains(it)) {
                let id = &engine.instrument.items[*it as usize].id;
                assert!(
                    joined.contains(it),
                    "{path}: {id} is not joined to step {at}"
                );
            }
        }
    }
}
