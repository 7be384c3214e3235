//! The running program, seen from outside: how soon a submission is on the dashboards of those who watch, and how
//! many complete responses it stores in a second.
//!
//! The program is the one `cargo xtask serve` builds, in a process of its own, with SQLite on disk; who asks it runs
//! on the same machine and takes its share of the processors.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on has nothing to say"
)]

mod browser;
#[expect(dead_code, reason = "tests ask for more than benchmarks do")]
#[path = "../../tests/it/events.rs"]
mod events;
#[expect(dead_code, reason = "tests ask for more than benchmarks do")]
#[path = "../../tests/it/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};

use browser::Browser;
use events::Events;
use program::{NO_SCHEME, Respondent, Server, recueil, survey};

/// Longer than a live wave waits between two computations: what is measured is a response that comes alone.
const QUIET: Duration = Duration::from_millis(300);
/// The sample sheets that the dashboards start from.
const SAMPLE: u64 = 130;

/// A server with a database of its own.
fn serve(folder: &tempfile::TempDir) -> (Server, String) {
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    (Server::start(&database, &[]), database)
}

/// What a watcher saw: who it is, the revision, and when it was there.
type Seen = (usize, i64, Instant);

/// Opens the streams, each read by a thread of its own until the server goes.
fn watch(server: &Server, watchers: usize) -> Receiver<Seen> {
    let key = server.dashboard.rsplit('/').next().unwrap();
    let path = format!("/live/waves/qpv-cls?key={key}");
    let (saw, seen) = mpsc::channel();
    for watcher in 0..watchers {
        let mut events = Events::open(&server.address, &path, &[]);
        events.wait_for(SAMPLE);
        let saw = saw.clone();
        std::thread::spawn(move || {
            while let Some((_, revision, _)) = events.next_text() {
                if saw.send((watcher, revision, Instant::now())).is_err() {
                    return;
                }
            }
        });
    }
    seen
}

/// From posting a submission until its revision has arrived on every open stream.
fn shown(c: &mut Criterion) {
    let mut group = c.benchmark_group("from submission to dashboard");
    group
        .sample_size(20)
        .sampling_mode(SamplingMode::Flat)
        .measurement_time(Duration::from_secs(20));
    for watchers in [1, 100] {
        group.bench_function(format!("{watchers} watching"), |b| {
            let folder = tempfile::tempdir().unwrap();
            let (server, database) = serve(&folder);
            let sheets = survey("responses.ndjson");
            let sheets = sheets.to_str().unwrap();
            let import = recueil(&["import", "qpv-cls", sheets, "--database", &database]);
            assert!(import.status.success());
            let seen = watch(&server, watchers);
            b.iter_custom(|n| {
                let ready: Vec<_> = (0..n)
                    .map(|_| Respondent::ready(&server.address).unwrap())
                    .collect();
                ready.iter().map(|it| submit(it, &seen, watchers)).sum()
            });
            server.kill();
        });
    }
    group.finish();
}

/// How long one submission takes to reach all watchers.
fn submit(respondent: &Respondent, seen: &Receiver<Seen>, watchers: usize) -> Duration {
    std::thread::sleep(QUIET);
    // Counters of drafts move without a new revision.
    let mut before = 0;
    while let Ok((_, revision, _)) = seen.try_recv() {
        before = before.max(revision);
    }
    let start = Instant::now();
    let reply = respondent.post("/r/qpv-cls/review", "go=next").unwrap();
    assert_eq!(reply.header("location"), Some("/r/qpv-cls/receipt"));
    let mut missing: BTreeSet<usize> = (0..watchers).collect();
    let mut last = start;
    while !missing.is_empty() {
        let (watcher, revision, at) = seen.recv().unwrap();
        if revision > before && missing.remove(&watcher) {
            last = last.max(at);
        }
    }
    last.duration_since(start)
}

/// Complete responses, each acknowledged after its commit.
fn stored(c: &mut Criterion) {
    let mut group = c.benchmark_group("a complete response");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .measurement_time(Duration::from_secs(8))
        .throughput(Throughput::Elements(1));
    type Walk = fn(&str) -> std::io::Result<()>;
    let walks: [(&str, Walk); 2] = [("posts", posts), ("every page", every_page)];
    for (name, walk) in walks {
        for respondents in [1, 4, 32] {
            group.bench_function(format!("{name}, {respondents} at a time"), |b| {
                let folder = tempfile::tempdir().unwrap();
                let (server, _) = serve(&folder);
                b.iter_custom(|n| at_a_time(respondents, n, || walk(&server.address).unwrap()));
                server.kill();
            });
        }
    }
    group.finish();
}

/// How long `n` pieces of work take, done by this many at a time.
fn at_a_time(threads: usize, n: u64, work: impl Fn() + Sync) -> Duration {
    let begun = AtomicU64::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while begun.fetch_add(1, Ordering::Relaxed) < n {
                    work();
                }
            });
        }
    });
    start.elapsed()
}

/// The first page, then nothing but posts.
fn posts(address: &str) -> std::io::Result<()> {
    let mut browser = Browser::open(address)?;
    browser.get("/r/qpv-cls")?;
    browser.post("/r/qpv-cls", "")?;
    for (page, answers) in NO_SCHEME {
        browser.post(page, answers)?;
    }
    submitted(browser.post("/r/qpv-cls/review", "go=next")?.as_deref());
    Ok(())
}

/// What a browser does without scripts: each post is followed by the page it leads to, up to the receipt.
fn every_page(address: &str) -> std::io::Result<()> {
    let mut browser = Browser::open(address)?;
    browser.get("/r/qpv-cls")?;
    browser.post_and_follow("/r/qpv-cls", "")?;
    for (page, answers) in NO_SCHEME {
        browser.post_and_follow(page, answers)?;
    }
    submitted(
        browser
            .post_and_follow("/r/qpv-cls/review", "go=next")?
            .as_deref(),
    );
    Ok(())
}

/// A page that was refused leads back to itself: nothing would have been stored.
fn submitted(location: Option<&str>) {
    assert_eq!(location, Some("/r/qpv-cls/receipt"));
}

criterion_group!(benches, shown, stored);
criterion_main!(benches);
