//! A million responses to 50 questions as columns: `cargo bench -p tally --bench dataset`. A hundredth of them beside it
//! shows what grows with their number. `cargo xtask bench -- tallies` measures the same beside other programs.

#[path = "../examples/tallies/answers.rs"]
mod answers;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use questionnaire::{Engine, Evaluation, Sheet};
use tally::{Dataset, Filter, Options, Plan, PlanError, Tally};

fn benches(c: &mut Criterion) {
    let Some(engine) = questionnaire::check(&answers::questionnaire()).engine else {
        return;
    };
    let engine = Arc::new(engine);
    let sheets: Vec<Sheet> = answers::different().iter().map(answers::sheet).collect();
    let responses: Vec<Evaluation<'_>> =
        sheets.iter().map(|it| engine.load(it).evaluation).collect();
    for n in [10_000, 1_000_000] {
        if let Err(error) = measure(c, &engine, &responses, n) {
            eprintln!("{n} responses are not measured: {error}");
        }
    }
}

fn measure(
    c: &mut Criterion,
    engine: &Arc<Engine>,
    responses: &[Evaluation<'_>],
    n: usize,
) -> Result<(), PlanError> {
    let fill = || {
        let mut dataset = Dataset::new(Arc::clone(engine));
        for it in answers::order(n) {
            dataset.push(&responses[it]);
        }
        dataset
    };
    let dataset = fill();
    let bytes = dataset.size() as f64 / n as f64;
    println!("{n} responses: {bytes:.1} bytes each");
    let filter = questionnaire::condition(engine, "q3 = 'c1' and q9 > 50", None);
    let Ok(filter) = filter else {
        return Err(PlanError::NothingLeft);
    };
    let filter = Filter {
        program: filter.program,
        roster: None,
    };
    let plan = |options| Plan::new(engine, options).map(Arc::new);
    let by = |filter: Option<Filter>| Options {
        item: Some("q0".to_owned()),
        by: Some("q1".to_owned()),
        filter,
        ..Options::default()
    };
    let (all, cross, filtered) = (
        plan(Options::default())?,
        plan(by(None))?,
        plan(by(Some(filter)))?,
    );
    let mut group = c.benchmark_group("dataset");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(4));
    group.throughput(Throughput::Elements(n as u64));
    group.bench_function(BenchmarkId::new("load", n), |b| {
        b.iter(|| black_box(fill().len()));
    });
    for (name, plan) in [
        ("all_marginals", &all),
        ("cross_10_by_10", &cross),
        ("cross_10_by_10_filtered", &filtered),
    ] {
        group.bench_function(BenchmarkId::new(name, n), |b| {
            b.iter(|| black_box(dataset.count(plan)));
        });
    }
    group.throughput(Throughput::Elements(1));
    let (mut dataset, mut tally) = (dataset, Tally::new(all));
    let mut next = responses.iter().cycle();
    group.bench_function(BenchmarkId::new("append_one", n), |b| {
        b.iter(|| {
            if let Some(it) = next.next() {
                tally.add(it);
                black_box(dataset.push(it));
            }
        });
    });
    group.finish();
    Ok(())
}

criterion_group!(dataset_benches, benches);
criterion_main!(dataset_benches);
