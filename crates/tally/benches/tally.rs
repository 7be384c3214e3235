//! Counting 10,000 and 100,000 sheets of the survey on QPV: `cargo bench -p tally`.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use questionnaire::{Engine, Sheet};
use tally::{Options, Plan, Tally, delta};

const STUDY: &str = "../../questionnaires/qpv-cls";

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(STUDY).join(file);
    std::fs::read_to_string(&path).unwrap_or_default()
}

/// The survey, and its 130 sample sheets over and over.
fn survey(n: usize) -> Option<(Engine, Vec<Sheet>)> {
    let engine = questionnaire::check(&read("questionnaire.yaml")).engine?;
    let lines = read("responses.ndjson");
    let sheets: Vec<Sheet> = lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let sheets = sheets.iter().cycle().take(n).cloned().collect();
    Some((engine, sheets))
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("tally");
    group.sample_size(10);
    for n in [10_000, 100_000] {
        let Some((engine, sheets)) = survey(n) else {
            continue;
        };
        let plan = |options| Plan::new(&engine, options).map(Arc::new);
        let (Ok(plain), Ok(crossed)) = (
            plan(Options::default()),
            plan(Options {
                by: Some("cls_population".to_owned()),
                ..Options::default()
            }),
        ) else {
            continue;
        };
        group.throughput(Throughput::Elements(n as u64));
        group.bench_with_input(
            BenchmarkId::new("evaluate_and_count", n),
            &sheets,
            |b, sheets| {
                b.iter(|| {
                    let mut tally = Tally::new(Arc::clone(&plain));
                    for sheet in sheets {
                        tally.add(&engine.load(sheet).evaluation);
                    }
                    black_box(tally.tables("fr"))
                });
            },
        );
        // What a live dashboard holds: evaluations made once, counted again and again.
        let evaluations: Vec<_> = sheets
            .iter()
            .take(130)
            .map(|sheet| engine.load(sheet).evaluation)
            .collect();
        for (name, plan) in [("count", &plain), ("count_by", &crossed)] {
            group.bench_function(BenchmarkId::new(name, n), |b| {
                b.iter(|| {
                    let mut tally = Tally::new(Arc::clone(plan));
                    evaluations
                        .iter()
                        .cycle()
                        .take(n)
                        .for_each(|it| tally.add(it));
                    black_box(tally.responses())
                });
            });
        }
    }
    group.finish();

    let Some((engine, sheets)) = survey(10_000) else {
        return;
    };
    let Ok(plan) = Plan::new(
        &engine,
        Options {
            max_texts: 500,
            ..Options::default()
        },
    ) else {
        return;
    };
    let mut tally = Tally::new(Arc::new(plan));
    sheets
        .iter()
        .for_each(|sheet| tally.add(&engine.load(sheet).evaluation));
    let Some(last) = sheets.last() else { return };
    // One more response on a dashboard of 10,000: fold it, take a snapshot, find what changed.
    let before = tally.tables("fr");
    c.bench_function("fold_one_of_10000", |b| {
        b.iter(|| {
            let evaluation = engine.load(last).evaluation;
            tally.add(&evaluation);
            let changed = delta(&before, &tally.tables("fr"));
            tally.remove(&evaluation);
            black_box(changed)
        });
    });
}

criterion_group!(tally_benches, benches);
criterion_main!(tally_benches);
