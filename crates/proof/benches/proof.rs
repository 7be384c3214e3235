//! What a full proof costs: every goal, the routes, what is found.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use proof::Budget;
use questionnaire::document::Questionnaire;
use questionnaire::{Checked, Engine};

#[expect(
    clippy::panic,
    reason = "a benchmark without its questionnaire has nothing to measure"
)]
fn checked(text: &str) -> (Checked, Engine) {
    let mut checked = questionnaire::check(text);
    let engine = checked.engine.take();
    let engine = engine.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    (checked, engine)
}

fn written(it: &Questionnaire) -> String {
    serde_json::to_string(it).unwrap_or_default()
}

fn prove(engine: &Engine, checked: &Checked) -> usize {
    let mut proof = proof::prove(engine, &Budget::default());
    let routes = proof.routes();
    let document = checked.questionnaire.as_ref();
    let found = document.map_or(0, |it| proof.findings(it, &checked.map).len());
    black_box(routes);
    found
}

fn full(c: &mut Criterion) {
    let mut group = c.benchmark_group("a full proof");
    let qpv = include_str!("../../../questionnaires/qpv-cls/questionnaire.yaml");
    let small = written(&testkit::large(50, 30, 1));
    let large = written(&testkit::large(500, 300, 1));
    for (name, text) in [
        ("the survey on QPV", qpv),
        ("50 items, 30 conditions", &small),
        ("500 items, 300 conditions", &large),
    ] {
        let (checked, engine) = checked(text);
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(5))
            .bench_function(name, |b| b.iter(|| prove(black_box(&engine), &checked)));
    }
    group.finish();
}

criterion_group!(benches, full);
criterion_main!(benches);
