//! What depends on itself is refused, and everybody who takes part is named.

use super::{found, items};
use questionnaire::{Problem, check};

#[test]
fn a_circle_names_who_takes_part_and_nobody_else() {
    let source = items(
        "- {id: avant, kind: text, label: A}
- {id: a, kind: text, label: A, filter: answered(c) and answered(avant)}
- {id: b, kind: text, label: B, filter: answered(a)}
- {id: c, kind: text, label: C, filter: answered(b)}
- {id: apres, kind: text, label: A, filter: answered(c)}",
    );
    let found = check(&source).diagnostics;
    let [it] = &found[..] else {
        panic!("{found:?}")
    };
    let Problem::Cycle { ids } = &it.problem else {
        panic!("{it:?}")
    };
    let mut ids: Vec<_> = ids.split(" → ").collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[test]
fn a_circle_through_a_page_stands_at_its_filter() {
    let source = "id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    filter: ‸answered(a)
    items:
    - {id: a, kind: text, label: A}
";
    found("QN0021", source);
}
