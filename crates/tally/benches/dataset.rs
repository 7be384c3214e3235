//! A million responses to 50 questions as columns: `cargo bench -p tally --bench dataset`.
//!
//! Questions have ten choices each, but for ten numbers; one in twenty is left empty. A hundredth of the responses beside
//! it shows what grows with their number.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use questionnaire::{Engine, Evaluation};
use serde_json::json;
use tally::{Dataset, Filter, Options, Plan, PlanError, Tally};

const QUESTIONS: usize = 50;
const CHOICES: usize = 10;
/// Different responses; the others are these again.
const DIFFERENT: usize = 4_096;

/// A question in five asks for a number, the others for one of ten choices.
fn questionnaire() -> String {
    let mut yaml =
        "id: bench\ntitle: B\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n".to_owned();
    for nth in 0..QUESTIONS {
        let _ = match is_number(nth) {
            true => writeln!(yaml, "    - {{id: q{nth}, kind: quantity, label: Q}}"),
            false => {
                let choices = (0..CHOICES).map(|it| format!("{{code: c{it}, label: C}}"));
                let choices: Vec<String> = choices.collect();
                let choices = choices.join(", ");
                writeln!(
                    yaml,
                    "    - {{id: q{nth}, kind: single, label: Q, choices: [{choices}]}}"
                )
            }
        };
    }
    yaml
}

const fn is_number(question: usize) -> bool {
    question % 5 == 4
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn response<'e>(engine: &'e Engine, dice: &mut Dice) -> Evaluation<'e> {
    let mut it = engine.evaluation();
    for nth in 0..QUESTIONS {
        if dice.below(20) == 0 {
            continue;
        }
        let answer = match is_number(nth) {
            true => json!(dice.below(200)),
            false => json!(format!("c{}", dice.below(CHOICES).min(dice.below(CHOICES)))),
        };
        it.set_json(&format!("q{nth}"), &answer);
    }
    it
}

fn benches(c: &mut Criterion) {
    let Some(engine) = questionnaire::check(&questionnaire()).engine else {
        return;
    };
    let engine = Arc::new(engine);
    let mut dice = Dice(1);
    let responses: Vec<_> = (0..DIFFERENT)
        .map(|_| response(&engine, &mut dice))
        .collect();
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
        for it in responses.iter().cycle().take(n) {
            dataset.push(it);
        }
        dataset
    };
    let dataset = fill();
    let bytes = dataset.size() as f64 / n as f64;
    println!("{n} responses to {QUESTIONS} questions: {bytes:.1} bytes each");
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
