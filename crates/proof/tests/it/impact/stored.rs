//! Stored responses to the real survey, read again by edited versions: counts worked out by hand.

use std::path::Path;

use proof::Budget;
use proof::impact::{BaseBefore, Count, Relation, Replay, Series, impact, replay};
use questionnaire::{Engine, Sheet};

use crate::real::{engine, questionnaires};

fn source() -> String {
    let mut files = questionnaires().into_iter();
    let found = files.find(|it| it.0.ends_with("qpv-cls/questionnaire.yaml"));
    found.unwrap().1
}

#[track_caller]
fn edited(from: &str, to: &str) -> Engine {
    let source = source();
    assert!(source.contains(from));
    engine(&source.replace(from, to))
}

fn sheets() -> Vec<Sheet> {
    let file = "../../questionnaires/qpv-cls/responses.ndjson";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let lines = text.lines().filter(|it| !it.is_empty());
    let sheets = lines.map(|it| serde_json::from_str(it).unwrap());
    sheets.collect()
}

fn counts(them: &[Count]) -> Vec<(&str, u64)> {
    them.iter().map(|it| (it.key.as_str(), it.n)).collect()
}

/// Eligible, asked and answered, before and after.
fn base(replay: &Replay, id: &str) -> [[u64; 3]; 2] {
    let it: &BaseBefore = replay.bases.iter().find(|it| it.id == id).unwrap();
    [it.old, it.new].map(|it| {
        let it = it.unwrap();
        [it.eligible, it.asked, it.answered]
    })
}

const FILTER: &str = "presence_cls = 'oui' and nb_qpv > 0";

/// Of 116 with a CLS and a neighbourhood, 42 have one or two; 38 of them said what they do there.
#[test]
fn a_narrower_filter() {
    let (old, new) = (
        engine(&source()),
        edited(FILTER, "presence_cls = 'oui' and nb_qpv > 2"),
    );
    let it = replay(&old, &new, &sheets());
    assert_eq!(it.responses, 130);
    assert_eq!(it.routed_differently.n, 42);
    assert_eq!(it.routed_differently.ids.len(), 10);
    assert_eq!(
        counts(&it.off_path),
        [("actions_qpv", 42), ("actions_types", 38)]
    );
    assert_eq!(
        (it.refused, it.unanswered, it.without_place),
        (vec![], vec![], vec![])
    );
    assert_eq!(it.no_longer_complete.n, 0);
    let it = replay(&old, &new, &sheets());
    assert_eq!(base(&it, "actions_qpv"), [[116, 116, 112], [74, 74, 70]]);
    assert_eq!(base(&it, "actions_types"), [[100; 3], [62; 3]]);
    assert_eq!(base(&it, "cls_budget"), [[124, 124, 106]; 2]);
    // And without responses: the same two items, and nothing else.
    let it = impact(&old, &new, &Budget::default());
    assert_eq!(it.unproven, [""; 0]);
    let broken: Vec<(&str, Relation)> = it
        .items
        .iter()
        .filter(|it| it.series != Series::Comparable)
        .map(|it| (it.id.as_str(), it.base.as_ref().unwrap().relation))
        .collect();
    assert_eq!(
        broken,
        [
            ("actions_qpv", Relation::Narrower),
            ("actions_types", Relation::Narrower)
        ]
    );
    assert_eq!(it.refused, []);
    let (was, is) = (it.routes.old.unwrap(), it.routes.new.unwrap());
    assert_eq!(was.count, is.count);
    assert_eq!(it.routes.vanished.count, Some(0_u8.into()));
    assert_eq!(it.routes.appeared.count, Some(0_u8.into()));
}

/// Of 124 with a CLS, 8 have no neighbourhood: they would have to answer one more question.
#[test]
fn a_wider_filter() {
    let (old, new) = (engine(&source()), edited(FILTER, "presence_cls = 'oui'"));
    let it = replay(&old, &new, &sheets());
    assert_eq!(it.routed_differently.n, 8);
    assert_eq!(counts(&it.unanswered), [("actions_qpv", 8)]);
    assert_eq!(it.off_path, []);
    assert_eq!(it.no_longer_complete.n, 8);
    assert_eq!(base(&it, "actions_qpv"), [[116, 116, 112], [124, 124, 112]]);
}

/// Eight work for « une autre structure ».
#[test]
fn a_choice_and_a_question_less() {
    let text = source();
    let start = text.find("              - code: autre\n").unwrap();
    let end = start + text[start..].find("          - id: fonction").unwrap();
    let less = format!("{}{}", &text[..start], &text[end..]);
    let rest = less.find("          - id: coordination\n").unwrap();
    let renamed = format!(
        "{}{}",
        &less[..rest],
        less[rest..].replacen("id: coordination", "id: coordination_globale", 1)
    );
    let (old, new) = (engine(&text), engine(&renamed));
    let it = replay(&old, &new, &sheets());
    let refused: Vec<(&str, String, u64)> = it
        .refused
        .iter()
        .map(|it| (it.key.as_str(), it.code.code(), it.n))
        .collect();
    assert_eq!(refused, [("structure", "unknown_code".to_owned(), 8)]);
    assert_eq!(counts(&it.without_place), [("coordination", 130)]);
    assert_eq!(counts(&it.unanswered), [("coordination_globale", 130)]);
    assert_eq!(it.routed_differently.n, 0);
    assert_eq!(it.no_longer_complete.n, 130);
    let it = impact(&old, &new, &Budget::default());
    assert_eq!(it.unproven, [""; 0]);
    let of = |id: &str| it.item(id).unwrap().series;
    assert_eq!(of("structure"), Series::Recoded);
    assert_eq!(of("coordination"), Series::Gone);
    assert_eq!(of("coordination_globale"), Series::New);
    assert_eq!(of("leviers"), Series::Comparable);
    // Nothing of an answer is said of a response.
    let text = serde_json::to_string(&replay(&old, &new, &sheets())).unwrap();
    assert!(!text.contains("collectivite"));
}

/// A built-in questionnaire is itself, to the last item. The largest ones take a minute to count in
/// a build for tests.
#[test]
fn a_version_compared_with_itself() {
    let files = questionnaires().into_iter();
    for (path, source) in files.filter(|it| !it.0.contains("/territoires/")) {
        let engine = engine(&source);
        let it = impact(&engine, &engine, &Budget::default());
        assert!(!it.changes, "{path} {:?}", it.unproven);
        assert!(it.items.iter().all(|it| it.series == Series::Comparable));
    }
}
