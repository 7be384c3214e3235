//! Several faults in one source.

use questionnaire::check;

use super::items;

#[test]
fn one_pass_names_them_all() {
    let source = items(
        "- {id: a, kind: text, labell: A, mx: 1, label: A}
- {id: b, kind: text, label: B, filtre: x}
- {id: c, kind: quantity, label: C, min: haut}",
    );
    let codes: Vec<_> = check(&source)
        .diagnostics
        .iter()
        .map(|it| (it.position.line, it.code()))
        .collect();
    assert_eq!(
        codes,
        [(8, "QN0003"), (8, "QN0003"), (9, "QN0003"), (10, "QN0002")]
    );
}

#[test]
fn what_reads_something_wrong_is_not_wrong_itself() {
    let source = items(
        "- {id: a, kind: computed, value: nb + 1}
- {id: b, kind: computed, value: a + 1}
- {id: c, kind: text, label: C, filter: b > a}",
    );
    let found: Vec<_> = check(&source)
        .diagnostics
        .iter()
        .map(|it| (it.position.line, it.code()))
        .collect();
    assert_eq!(found, [(8, "EX0020")]);
}
