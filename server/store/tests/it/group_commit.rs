//! Many writers at once: nothing lost, nothing doubled, one failure does not fail its neighbours.

use crate::database::{TestDatabase, on_both};
use crate::fixture::open_wave;
use std::collections::HashSet;
use store::{Changes, Conflict, ResponseId, Revision, StoreError, Submitted};
use tokio::task::JoinSet;

on_both!(
    every_acknowledged_submission_is_there_once,
    a_conflict_does_not_fail_its_neighbours,
    a_caller_that_gives_up_does_not_harm_the_others,
    two_processes_write_to_the_same_database,
);

async fn every_acknowledged_submission_is_there_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let mut waiting = JoinSet::new();
    for n in 0..400 {
        let store = store.clone();
        let submission = field.submission(&format!("{n}"));
        waiting.spawn(async move { store.responses().submit(submission).await.unwrap() });
    }
    let mut acknowledged = HashSet::new();
    let mut revisions = Vec::new();
    for submitted in waiting.join_all().await {
        let Submitted::Added(id, revision) = submitted else {
            panic!("all were new")
        };
        acknowledged.insert(id);
        revisions.push(revision);
    }
    revisions.sort_unstable();
    assert_eq!(
        revisions,
        (1..=400).map(Revision).collect::<Vec<_>>(),
        "revisions have no holes"
    );

    let stored = store
        .responses()
        .page(field.wave, None, 1_000)
        .await
        .unwrap();
    let stored: HashSet<ResponseId> = stored.into_iter().map(|response| response.id).collect();
    assert_eq!(stored, acknowledged);
    let Changes::Since(changes) = store
        .responses()
        .changes(field.wave, Revision(0))
        .await
        .unwrap()
    else {
        panic!("nothing was purged")
    };
    let logged: HashSet<ResponseId> = changes.iter().map(|change| change.response).collect();
    assert_eq!(logged, acknowledged);
    assert_eq!(
        store.responses().arrivals(field.wave).await.unwrap()[0].n_responses,
        400
    );
}

async fn a_conflict_does_not_fail_its_neighbours(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let taken = field.submission("taken");
    store.responses().submit(taken.clone()).await.unwrap();
    let mut waiting = JoinSet::new();
    for n in 0..100 {
        let store = store.clone();
        let mut submission = field.submission(&format!("{n}"));
        let is_bad = n % 3 == 0;
        if is_bad {
            submission.response.id = taken.response.id;
        }
        waiting.spawn(async move { (is_bad, store.responses().submit(submission).await) });
    }
    let mut n_added = 1;
    for (is_bad, answer) in waiting.join_all().await {
        match answer {
            Ok(Submitted::Added(..)) if !is_bad => n_added += 1,
            Err(StoreError::Conflict(Conflict::ResponseExists(_))) if is_bad => {}
            other => panic!("{is_bad}: {other:?}"),
        }
    }
    assert_eq!(store.responses().count(field.wave).await.unwrap(), n_added);
    let n_revisions = i64::try_from(n_added).unwrap();
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(n_revisions)
    );
}

async fn a_caller_that_gives_up_does_not_harm_the_others(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let mut waiting = JoinSet::new();
    for n in 0..60 {
        let store = store.clone();
        let submission = field.submission(&format!("{n}"));
        let call = tokio::spawn(async move { store.responses().submit(submission).await });
        if n % 2 == 0 {
            call.abort();
        } else {
            waiting.spawn(call);
        }
    }
    for answer in waiting.join_all().await {
        answer.unwrap().unwrap();
    }
    let n_stored = store.responses().count(field.wave).await.unwrap();
    assert!((30..=60).contains(&n_stored), "{n_stored}");
    let revision = store.responses().revision(field.wave).await.unwrap();
    assert_eq!(u64::try_from(revision.0).unwrap(), n_stored);
}

async fn two_processes_write_to_the_same_database(database: TestDatabase) {
    let one = database.open().await;
    let field = open_wave(&one, "cls").await;
    let two = database.open().await;
    let mut waiting = JoinSet::new();
    for n in 0..120 {
        let store = if n % 2 == 0 { one.clone() } else { two.clone() };
        let submission = field.submission(&format!("{n}"));
        waiting.spawn(async move { store.responses().submit(submission).await.unwrap() });
    }
    waiting.join_all().await;
    for store in [one, two] {
        assert_eq!(store.responses().count(field.wave).await.unwrap(), 120);
        assert_eq!(
            store.responses().revision(field.wave).await.unwrap(),
            Revision(120)
        );
    }
}
