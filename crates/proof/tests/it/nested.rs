//! Answers that are read only where others are as they must be, or that cannot be there at all.

use proof::{Budget, Goal, Options, Status, prove_with};
use questionnaire::layout::Source;

/// What stands behind the condition of a case is read only for numbers that meet it: that nothing can
/// be found while `m` is unanswered says nothing of the cases in which it is answered.
#[test]
fn a_number_behind_the_condition_of_a_case() {
    let source = "
id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: n, kind: quantity, label: N, min: -2, max: 2}
    - {id: more, kind: consent, label: Plus}
    - id: them
      kind: roster
      label: Eux
      filter: more
      key: unit
      units: {min: 0, max: 1, label: unité}
      items:
      - {id: m, kind: quantity, label: M, min: 0, max: 1}
      - id: q
        kind: quantity
        label: Q
        filter: coalesce(case(n = unit, n != m, true), true)
        min: 0
        max: 1
";
    let checked = questionnaire::check(source);
    let engine = checked.engine.unwrap();
    for max_points in [1, 4, 24] {
        let proof = prove_with(&engine, &Budget::default(), Options { max_points });
        let hides = Goal::Hides(Source::Item(4));
        assert!(
            matches!(proof.status(hides), Status::Met(_)),
            "{max_points}"
        );
        let sheet = proof.witness(hides).unwrap();
        assert_eq!(sheet.answers["n"], 1);
        assert_eq!(sheet.answers["them"][0]["m"], 1);
    }
}

/// Where every choice means a missing reason, nothing is ever chosen, and none is not none of them.
#[test]
fn of_nothing_but_missing_reasons_there_is_no_count() {
    let source = "
id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - id: order
      kind: rank
      label: Ordre
      choices:
      - {code: x, label: X}
      - {code: y, label: Y, filter: count(them) = 0}
      - {code: z, label: Z}
    - {id: when, kind: consent, label: Quand, filter: order has 'x'}
    - {id: copy, kind: computed, filter: n < 4, value: them}
    - {id: n, kind: quantity, label: N, min: 0, max: 4}
    - id: them
      kind: multiple
      label: Eux
      filter: n != 1.5
      choices:
      - {code: a, label: A, missing: dont_know}
      - {code: b, label: B, missing: dont_know}
";
    let engine = questionnaire::check(source).engine.unwrap();
    for max_points in [1, 24] {
        let proof = prove_with(&engine, &Budget::default(), Options { max_points });
        let holds = Goal::Holds(Source::Choice(0, 0));
        assert!(!matches!(proof.status(holds), Status::Met(_)));
        for (goal, _) in proof.goals() {
            let sheet = proof.witness(goal).map(|it| it.answers.clone());
            let none = sheet.and_then(|it| it.get("them")?.as_array().map(Vec::is_empty));
            assert_ne!(none, Some(true), "{goal:?}");
        }
    }
}
