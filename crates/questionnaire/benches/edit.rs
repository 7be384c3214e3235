//! What editing costs in a questionnaire of 500 items: one edit, its undoing, what has changed, what
//! two people did.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Edit, apply, diff, inverse, merge};
use testkit::{Tape, edits, large};

#[expect(
    clippy::panic,
    reason = "a benchmark without its edits has nothing to measure"
)]
fn edit(json: &str) -> Edit {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// One of the last labels, so that finding it takes long.
fn label(text: &str) -> Edit {
    edit(&format!(
        r#"{{"set":{{"node":{{"item":"q480"}},"field":["label","fr"],"value":"{text}"}}}}"#
    ))
}

fn carry(page: &str) -> Edit {
    edit(&format!(
        r#"{{"move":{{"node":{{"item":"q480"}},"under":{{"page":"{page}"}}}}}}"#
    ))
}

fn changed(document: &Questionnaire, edits: &[Edit]) -> Questionnaire {
    let mut it = document.clone();
    let refused = edits.iter().filter(|edit| apply(&mut it, edit).is_err());
    assert_eq!(refused.count(), 0, "an edit does not fit");
    it
}

fn editing(c: &mut Criterion) {
    let base = large(500, 300, 1);
    let mut group = c.benchmark_group("editing 500 items");

    for (name, pair) in [
        ("one label", [label("Une autre ?"), label("Une question ?")]),
        ("one move", [carry("p1-1"), carry("p50-1")]),
    ] {
        let mut document = changed(&base, &pair);
        let mut turn = pair.iter().cycle();
        group.bench_function(name, |b| {
            b.iter(|| turn.next().map(|it| apply(&mut document, black_box(it))));
        });
    }

    let one = label("Une autre ?");
    group.bench_function("undoing one label", |b| {
        b.iter(|| inverse(black_box(&base), &one));
    });

    let after = changed(&base, std::slice::from_ref(&one));
    assert_eq!(diff(&base, &after), Ok(vec![one]));
    group.bench_function("what has changed: one label", |b| {
        b.iter(|| diff(black_box(&base), black_box(&after)));
    });

    let theirs = edits(&base, 100, &mut Tape::of_seed(1));
    let mine = edits(&base, 100, &mut Tape::of_seed(2));
    if let Ok(it) = merge(&base, &theirs, &mine) {
        let (applied, conflicts) = (it.applied.len(), it.conflicts.len());
        eprintln!("of 100 edits after 100 others {applied} apply, {conflicts} are conflicts");
    }
    group.bench_function("merging 100 and 100 edits", |b| {
        b.iter(|| merge(black_box(&base), &theirs, &mine));
    });
    group.finish();
}

criterion_group!(benches, editing);
criterion_main!(benches);
