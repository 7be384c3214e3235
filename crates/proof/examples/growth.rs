//! What a full proof of a large questionnaire costs, as a line of JSON: `growth ITEMS CONDITIONS SEED`.
//!
//! A process of its own for each, so that the peak of its memory is that of this proof.
use std::fs::read_to_string;
use std::time::Instant;

use proof::Budget;
use serde_json::json;

fn main() {
    let given: Vec<u64> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let [items, conditions, seed] = given[..] else {
        eprintln!("growth ITEMS CONDITIONS SEED");
        return;
    };
    let document = testkit::large(items as usize, conditions as usize, seed);
    let text = serde_json::to_string(&document).unwrap_or_default();
    let checked = questionnaire::check(&text);
    let (Some(engine), Some(document)) = (&checked.engine, &checked.questionnaire) else {
        eprintln!("{:#?}", checked.diagnostics);
        return;
    };
    let before = (Instant::now(), on_the_processor());
    let budget = Budget::default();
    let mut proof = proof::prove(engine, &budget);
    let routes = proof.routes();
    let findings = proof.findings(document, &checked.map).len();
    let elapsed = before.0.elapsed();
    // Where the system does not say, everything is counted.
    let own = on_the_processor()
        .zip(before.1)
        .map(|(now, then)| now - then);
    let own = own.unwrap_or(elapsed.as_nanos() as u64);
    let line = json!({
        "elapsed": elapsed.as_nanos() as u64,
        "processor": own,
        "steps": budget.spent(),
        "formulas": proof.n_formulas(),
        "goals": proof.goals().count(),
        "sheets": proof.sheets().len(),
        "open": proof.unproven().len(),
        "routes": routes.map(|it| it.count.to_string().len()),
        "findings": findings,
        "kibibytes": peak(),
    });
    println!("{line}");
}

/// Nanoseconds that this process was running, as Linux counts them.
fn on_the_processor() -> Option<u64> {
    // Where another process could come first, the count is brought up to date.
    std::thread::yield_now();
    let text = read_to_string("/proc/self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// The most memory that this process has had, as Linux counts it.
fn peak() -> Option<u64> {
    let text = read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|it| it.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
