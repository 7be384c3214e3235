//! kill -9 while respondents submit: every acknowledged response is there after the restart, once.
//!
//! The acknowledgements are recorded here, outside the killed process. A submission without an
//! answer is sent again after the restart, as a browser would: it must give one response, not two.
//! The negative control acknowledges before the commit; the same test must notice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::program::{Respondent, Server, recueil, text};

const CLIENTS: usize = 6;

/// What the clients know of their submissions.
#[derive(Default)]
struct History {
    acknowledged: Vec<String>,
    /// Sent, and never answered.
    unknown: Vec<Respondent>,
    n_kills: usize,
    n_kills_in_flight: usize,
}

/// Runs `kills` servers on one database, killing each under load.
fn torture(database: &str, kills: usize, more: &[&str]) -> History {
    let history = Arc::new(Mutex::new(History::default()));
    // A fixed sequence of moments: the machine's own noise makes each run different enough.
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..kills {
        let server = Server::start(database, more);
        let stop = Arc::new(AtomicBool::new(false));
        let in_flight = Arc::new(AtomicUsize::new(0));
        let retries = std::mem::take(&mut history.lock().unwrap().unknown);
        let retries = Arc::new(Mutex::new(retries));
        let before = history.lock().unwrap().acknowledged.len();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let address = server.address.clone();
                let (stop, in_flight) = (stop.clone(), in_flight.clone());
                let (history, retries) = (history.clone(), retries.clone());
                std::thread::spawn(move || {
                    loop {
                        let retry = retries.lock().unwrap().pop();
                        if stop.load(Ordering::SeqCst) && retry.is_none() {
                            return;
                        }
                        let ready = match retry {
                            Some(it) => Some(it.at(&address)),
                            None => Respondent::ready(&address).ok(),
                        };
                        let Some(respondent) = ready else { continue };
                        in_flight.fetch_add(1, Ordering::SeqCst);
                        let reply = respondent.post_json("/r/qpv-cls/review", "go=next");
                        // The clients note what they saw before the kill is looked at.
                        let mut history = history.lock().unwrap();
                        match reply {
                            Ok(it) if it.status == 201 => {
                                let body: Value = serde_json::from_str(&it.body).unwrap();
                                history
                                    .acknowledged
                                    .push(body["response"].as_str().unwrap().to_owned());
                            }
                            _ => history.unknown.push(respondent),
                        }
                        in_flight.fetch_sub(1, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(Duration::from_millis(60 + (seed >> 33) % 200));
        // On a busy machine nobody may have come that far: a kill would prove nothing yet.
        for _ in 0..200 {
            if history.lock().unwrap().acknowledged.len() >= before + 2 {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        let flying = in_flight.load(Ordering::SeqCst);
        server.kill();
        stop.store(true, Ordering::SeqCst);
        for client in clients {
            client.join().unwrap();
        }
        let mut history = history.lock().unwrap();
        history.unknown.append(&mut retries.lock().unwrap());
        history.n_kills += 1;
        history.n_kills_in_flight += usize::from(flying > 0);
    }
    Arc::into_inner(history).unwrap().into_inner().unwrap()
}

/// How many times each response is stored.
fn stored(database: &str) -> BTreeMap<String, usize> {
    let output = recueil(&[
        "export",
        "qpv-cls",
        "--format",
        "ndjson",
        "--database",
        database,
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut counts = BTreeMap::new();
    for line in text(&output.stdout).lines() {
        let sheet: Value = serde_json::from_str(line).unwrap();
        *counts
            .entry(sheet["meta"]["id"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    counts
}

fn lost(history: &History, stored: &BTreeMap<String, usize>) -> usize {
    history
        .acknowledged
        .iter()
        .filter(|it| !stored.contains_key(*it))
        .count()
}

#[test]
fn no_acknowledged_response_is_lost_or_doubled_by_kills() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    let mut history = torture(&database, 50, &[]);
    // Whatever was left without an answer is sent once more to a server that lives.
    let server = Server::start(&database, &[]);
    for respondent in std::mem::take(&mut history.unknown) {
        let reply = respondent
            .at(&server.address)
            .post_json("/r/qpv-cls/review", "go=next")
            .unwrap();
        assert_eq!(reply.status, 201, "{reply:?}");
        let body: Value = serde_json::from_str(&reply.body).unwrap();
        history
            .acknowledged
            .push(body["response"].as_str().unwrap().to_owned());
    }
    server.kill();
    let stored = stored(&database);
    assert_eq!(
        lost(&history, &stored),
        0,
        "acknowledged responses are lost"
    );
    assert!(
        stored.values().all(|it| *it == 1),
        "a response is stored twice"
    );
    history.acknowledged.sort_unstable();
    let n_acknowledged = history.acknowledged.len();
    history.acknowledged.dedup();
    // A response may be acknowledged twice (once more after a retry), but never to two people.
    assert_eq!(
        stored.len(),
        history.acknowledged.len(),
        "stored responses nobody submitted"
    );
    println!(
        "{} kills, {} with requests in flight, {n_acknowledged} acknowledgements",
        history.n_kills, history.n_kills_in_flight
    );
    assert!(history.n_kills >= 50);
    assert!(
        history.n_kills_in_flight * 10 >= history.n_kills * 3,
        "too few kills hit a submission"
    );
    assert!(
        n_acknowledged >= 100,
        "{n_acknowledged} acknowledgements prove little"
    );
}

#[cfg(feature = "negative-control")]
#[test]
fn the_test_notices_a_server_that_acknowledges_before_the_commit() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
    // The study itself is installed by a server that keeps its word.
    Server::start(&database, &[]).kill();
    let mut n_lost = 0;
    for _ in 0..10 {
        let history = torture(&database, 10, &["--acknowledge-before-commit"]);
        n_lost += lost(&history, &stored(&database));
        if n_lost > 0 {
            return;
        }
    }
    panic!("a server that acknowledges before the commit lost nothing in 100 kills");
}
