//! What tallies of many responses cost, and what they count, as a line of JSON: `tallies RESPONSES [FILE]`. The responses
//! are also written into the file, where one is named, for others to count.
//!
//! A process of its own for each number of responses, so that what it takes of memory is theirs.

mod answers;
mod csv;

use std::error::Error;
use std::fs::{File, read_to_string};
use std::hint::black_box;
use std::io::BufWriter;
use std::sync::Arc;
use std::time::{Duration, Instant};

use questionnaire::{Engine, Evaluation, Sheet};
use serde_json::{Value, json};
use tally::{Dataset, Filter, Options, Plan, Table, Tally};

/// What the cross-tab is filtered by.
const CONDITION: &str = "q3 = 'c1' and q9 > 50";
/// From more responses than this no sheets are loaded: it takes as long for each as for these.
const MOST_SHEETS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let n: usize = args.next().ok_or("tallies RESPONSES [FILE]")?.parse()?;
    let different = answers::different();
    if let Some(path) = args.next() {
        csv::write(&different, n, &mut BufWriter::new(File::create(path)?))?;
    }
    let checked = questionnaire::check(&answers::questionnaire());
    let engine = Arc::new(checked.engine.ok_or("the questionnaire is not sound")?);
    let sheets: Vec<Sheet> = different.iter().map(answers::sheet).collect();
    let pool: Vec<Evaluation<'_>> = sheets.iter().map(|it| engine.load(it).evaluation).collect();
    let before = resident();
    let started = Instant::now();
    let mut dataset = Dataset::new(Arc::clone(&engine));
    for it in answers::order(n) {
        dataset.push(&pool[it]);
    }
    let load = nanoseconds(started.elapsed());
    let resident = resident()
        .zip(before)
        .map(|(now, then)| now.saturating_sub(then));
    let bytes = dataset.size();

    let plans = Plans::new(&engine)?;
    let counted = |plan| measured(|| dataset.count(plan));
    let figures = json!({
        "marginals": counted(&plans.marginals),
        "marginals as tables": measured(|| dataset.count(&plans.marginals).tables("fr")),
        "drawn": measured(|| drawn(&dataset.count(&plans.marginals).tables("fr"))),
        "cross": counted(&plans.cross),
        "filtered": counted(&plans.filtered),
    });
    let counts = json!({
        "marginals": dataset.count(&plans.marginals).tables("fr").iter().map(figures_of).collect::<Vec<_>>(),
        "cross": cross(&dataset.count(&plans.cross)),
        "filtered": cross(&dataset.count(&plans.filtered)),
    });
    let mut tally = dataset.count(&plans.marginals);
    let mut next = pool.iter().cycle();
    let appended = measured(|| {
        if let Some(it) = next.next() {
            tally.add(it);
            dataset.push(it);
        }
    });
    // What is read stays as it is, so the chunk that is written to is copied first.
    let mut kept = dataset.clone();
    let copied = measured(|| {
        if let Some(it) = next.next() {
            kept = dataset.clone();
            tally.add(it);
            dataset.push(it);
        }
    });
    let from_sheets = (n <= MOST_SHEETS).then(|| {
        let started = Instant::now();
        let mut dataset = Dataset::new(Arc::clone(&engine));
        for it in answers::order(n) {
            dataset.push(&engine.load(&sheets[it]).evaluation);
        }
        black_box(dataset.len());
        nanoseconds(started.elapsed())
    });
    let line = json!({
        "n": n,
        "load": load,
        "load from sheets": from_sheets,
        "bytes": bytes,
        "resident": resident,
        "figures": figures,
        "append": appended,
        "append after a copy": copied,
        "memory": memory(),
        "counts": counts,
    });
    println!("{line}");
    Ok(())
}

struct Plans {
    marginals: Arc<Plan>,
    cross: Arc<Plan>,
    filtered: Arc<Plan>,
}

impl Plans {
    fn new(engine: &Engine) -> Result<Self, Box<dyn Error>> {
        let condition = questionnaire::condition(engine, CONDITION, None);
        let condition = condition.map_err(|it| format!("{it:?}"))?;
        let filter = Filter {
            program: condition.program,
            roster: None,
        };
        let by = |filter: Option<Filter>| Options {
            item: Some("q0".to_owned()),
            by: Some("q1".to_owned()),
            filter,
            ..Options::default()
        };
        let plan = |options| Plan::new(engine, options).map(Arc::new);
        Ok(Self {
            marginals: plan(Options::default())?,
            cross: plan(by(None))?,
            filtered: plan(by(Some(filter)))?,
        })
    }
}

/// How many gave each choice, and how many nothing; of numbers how many, sum, smallest, quartiles, largest.
fn figures_of(table: &Table) -> Value {
    let figures = &table.figures;
    match &figures.stats {
        Some(stats) => {
            // As they are written: bare numbers.
            let it = json!(stats);
            let names = ["n", "sum", "min", "q1", "median", "q3", "max"];
            json!(names.map(|name| it[name].clone()))
        }
        None => {
            let rows = figures.rows.iter().map(|it| it.n);
            let base = &figures.base;
            json!(
                rows.chain([base.asked() - base.answered()])
                    .collect::<Vec<u64>>()
            )
        }
    }
}

/// The rows of a cross-tab.
fn cross(tally: &Tally) -> Value {
    let tables = tally.tables("fr");
    let columns = tables.first().and_then(|it| it.columns.as_ref());
    let columns: Vec<Vec<u64>> = columns
        .into_iter()
        .flatten()
        .map(|it| it.figures.rows.iter().map(|it| it.n).collect())
        .collect();
    let rows = columns.first().map_or(0, Vec::len);
    let row = |at: usize| columns.iter().map(|it| it[at]).collect::<Vec<u64>>();
    json!((0..rows).map(row).collect::<Vec<_>>())
}

/// Median and fastest tenth of what a piece of work takes, in nanoseconds: over two seconds, after a tenth of that.
fn measured<T>(mut work: impl FnMut() -> T) -> Value {
    let mut one = |until: Instant| {
        let mut times = Vec::new();
        while times.len() < 5 || Instant::now() < until {
            let started = Instant::now();
            black_box(work());
            times.push(nanoseconds(started.elapsed()));
        }
        times
    };
    one(Instant::now() + Duration::from_millis(200));
    let mut times = one(Instant::now() + Duration::from_secs(2));
    times.sort_unstable();
    json!({"median": times[times.len() / 2], "fastest_tenth": times[times.len() / 10]})
}

/// What the processor reads at most, in bytes a nanosecond: of a large array, and of two sets that are in its cache and
/// whose shared bits are counted.
fn memory() -> Value {
    const LARGE: usize = 1 << 25;
    const SMALL: usize = 1 << 9;
    let best = |bytes: usize, times: usize, work: &dyn Fn() -> u64| {
        let one = || {
            let started = Instant::now();
            (0..times).for_each(|_| _ = black_box(work()));
            bytes as f64 * times as f64 / nanoseconds(started.elapsed()) as f64
        };
        (0..20).map(|_| one()).fold(0.0, f64::max)
    };
    let large: Vec<u64> = (0..LARGE as u64).collect();
    let (a, b) = large.split_at(SMALL);
    let b = &b[..SMALL];
    let sum = || black_box(&large).iter().fold(0, |all, it| all ^ it);
    let shared = || {
        let words = black_box(a).iter().zip(black_box(b));
        words.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    };
    json!({
        "read": best(8 * LARGE, 1, &sum),
        "shared": best(16 * SMALL, 2_000, &shared),
    })
}

fn nanoseconds(it: Duration) -> u64 {
    it.as_nanos() as u64
}

/// Bytes of memory that this process has, as Linux counts it.
fn resident() -> Option<u64> {
    let text = read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|it| it.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(1024 * kibibytes)
}

/// What a page of results is made of but for its frame: every figure in both widths, and its numbers.
fn drawn(tables: &[Table]) -> usize {
    let charts = tables.iter().flat_map(|it| tally::charts(it, "fr"));
    let drawn = charts.map(|it| it.drawings().len() + it.table().html().len());
    drawn.sum()
}
