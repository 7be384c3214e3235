use crate::database::{TestDatabase, on_both};
use crate::fixture::{TODAY, contact, open_wave, random_uuid, set_state};
use store::{
    Arrival, Change, ChangeKind, Changes, Conflict, IdempotencyKey, ResponseId, Revision, Store,
    StoreError, Submission, Submitted, WaveId, WaveState,
};

on_both!(
    stores_a_response_and_counts_it,
    answers_the_same_key_and_body_as_before,
    refuses_the_same_key_with_another_body,
    adds_the_same_response_once,
    takes_a_thousand_concurrent_repetitions_once,
    keeps_the_same_id_in_two_waves_apart,
    refuses_a_closed_wave_except_for_imports,
    logs_corrections_and_withdrawals,
    purges_the_change_log,
    purges_keys_by_day,
    pages_through_all_responses,
    tells_what_is_stored_by_its_content_hash,
);

fn with_key(mut submission: Submission, key: &str, body: &str) -> Submission {
    let (key_hash, body_hash) = (key.to_owned(), body.to_owned());
    submission.idempotency = Some(IdempotencyKey {
        key_hash,
        body_hash,
    });
    submission
}

async fn n_stored(store: &Store, wave: WaveId) -> u64 {
    store.responses().count(wave).await.unwrap()
}

async fn stores_a_response_and_counts_it(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let submission = field.submission("é, \"quoted\", 0.10, 12345678901234567890.123456789");
    let id = submission.response.id;
    let submitted = store.responses().submit(submission.clone()).await.unwrap();
    assert_eq!(submitted, Submitted::Added(id, Revision(1)));
    assert_eq!(
        store.responses().by_ids(field.wave, &[id]).await.unwrap(),
        [submission.response],
        "the sheet comes back as it was given, to the byte"
    );
    store
        .responses()
        .submit(field.submission("b"))
        .await
        .unwrap();
    let mut tomorrow = field.submission("c");
    tomorrow.day = TODAY.next_day().unwrap();
    store.responses().submit(tomorrow).await.unwrap();
    assert_eq!(
        store.responses().arrivals(field.wave).await.unwrap(),
        [
            Arrival {
                day: TODAY,
                n_responses: 2
            },
            Arrival {
                day: TODAY.next_day().unwrap(),
                n_responses: 1
            },
        ]
    );
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(3)
    );
}

async fn answers_the_same_key_and_body_as_before(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let first = with_key(field.submission("a"), "key", "body");
    let id = first.response.id;
    store.responses().submit(first).await.unwrap();
    // A retry may come with another id, because the id is drawn for each attempt.
    let again = with_key(field.submission("a"), "key", "body");
    assert_eq!(
        store.responses().submit(again).await.unwrap(),
        Submitted::Unchanged(id)
    );
    assert_eq!(n_stored(&store, field.wave).await, 1);
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(1)
    );
    assert_eq!(
        store.responses().by_key(field.wave, "key").await.unwrap(),
        Some((id, "body".to_owned()))
    );
    assert_eq!(
        store.responses().by_key(field.wave, "other").await.unwrap(),
        None
    );
}

async fn refuses_the_same_key_with_another_body(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    store
        .responses()
        .submit(with_key(field.submission("a"), "key", "body"))
        .await
        .unwrap();
    let other = with_key(field.submission("b"), "key", "other body");
    assert!(matches!(
        store.responses().submit(other).await,
        Err(StoreError::Conflict(Conflict::KeyReused))
    ));
    assert_eq!(n_stored(&store, field.wave).await, 1);
}

async fn adds_the_same_response_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let first = field.submission("a");
    let id = first.response.id;
    store.responses().submit(first.clone()).await.unwrap();
    assert_eq!(
        store.responses().submit(first.clone()).await.unwrap(),
        Submitted::Unchanged(id)
    );
    let mut other = first;
    other.response.content_hash = "hash of something else".to_owned();
    // A refused submission leaves nothing behind, its key included.
    let other = with_key(other, "key", "body");
    assert!(matches!(
        store.responses().submit(other).await,
        Err(StoreError::Conflict(Conflict::ResponseExists(exists))) if exists == id
    ));
    assert_eq!(
        store.responses().by_key(field.wave, "key").await.unwrap(),
        None
    );
    assert_eq!(n_stored(&store, field.wave).await, 1);
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(1)
    );
}

async fn takes_a_thousand_concurrent_repetitions_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let mut waiting = tokio::task::JoinSet::new();
    for attempt in 0..1_000 {
        let store = store.clone();
        let key = format!("key {}", attempt % 10);
        let submission = with_key(field.submission(&key), &key, "body");
        waiting.spawn(async move {
            // Somebody else's attempt may be under way: the rule is to try again.
            loop {
                match store.responses().submit(submission.clone()).await {
                    Err(StoreError::Stale | StoreError::Unavailable(_)) => {}
                    answer => return answer.unwrap().response(),
                }
            }
        });
    }
    let mut ids: Vec<ResponseId> = waiting.join_all().await;
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids.len(),
        10,
        "each key was answered with one and the same response"
    );
    assert_eq!(n_stored(&store, field.wave).await, 10);
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(10)
    );
}

async fn keeps_the_same_id_in_two_waves_apart(database: TestDatabase) {
    let store = database.open().await;
    let one = open_wave(&store, "one").await;
    let two = open_wave(&store, "two").await;
    let first = one.submission("a");
    let mut second = two.submission("b");
    second.response.id = first.response.id;
    store.responses().submit(first).await.unwrap();
    let submitted = store.responses().submit(second.clone()).await.unwrap();
    assert_eq!(submitted, Submitted::Added(second.response.id, Revision(1)));
    assert_eq!(n_stored(&store, one.wave).await, 1);
    assert_eq!(
        store.responses().page(two.wave, None, 5).await.unwrap(),
        [second.response]
    );
}

async fn refuses_a_closed_wave_except_for_imports(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let before = with_key(field.submission("before"), "key", "body");
    store.responses().submit(before.clone()).await.unwrap();
    set_state(&store, field.wave, WaveState::Closed)
        .await
        .unwrap();

    assert!(matches!(
        store.responses().submit(field.submission("late")).await,
        Err(StoreError::Conflict(Conflict::WaveNotOpen))
    ));
    assert!(matches!(
        store.drafts().open(field.draft("late")).await,
        Err(StoreError::Conflict(Conflict::WaveNotOpen))
    ));
    // Who asks again about a response that was stored in time gets the answer of then.
    let id = before.response.id;
    assert_eq!(
        store.responses().submit(before).await.unwrap(),
        Submitted::Unchanged(id)
    );

    let mut import = field.submission("import");
    import.only_if_open = false;
    store.responses().submit(import).await.unwrap();
    assert_eq!(n_stored(&store, field.wave).await, 2);

    let mut nowhere = field.submission("x");
    nowhere.wave = WaveId(random_uuid());
    assert!(matches!(
        store.responses().submit(nowhere).await,
        Err(StoreError::NotFound("wave"))
    ));
}

async fn logs_corrections_and_withdrawals(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let mut kept = field.submission("kept");
    let mut gone = field.submission("gone");
    gone.contacts.push(contact("gone@example.org", true));
    kept.contacts.push(contact("kept@example.org", false));
    let (kept_id, gone_id) = (kept.response.id, gone.response.id);
    store.responses().submit(kept).await.unwrap();
    store.responses().submit(gone).await.unwrap();
    let mut corrected = field.response("corrected");
    corrected.id = kept_id;
    store
        .responses()
        .correct(field.wave, corrected.clone())
        .await
        .unwrap();
    let rights = store.rights();
    let withdraw = async || rights.withdraw(field.wave, gone_id, None, TODAY).await;
    assert!(withdraw().await.unwrap());

    assert_eq!(
        store.responses().page(field.wave, None, 5).await.unwrap(),
        [corrected]
    );
    let change = |revision, kind, response| Change {
        revision: Revision(revision),
        kind,
        response,
    };
    assert_eq!(
        store
            .responses()
            .changes(field.wave, Revision(0))
            .await
            .unwrap(),
        Changes::Since(vec![
            change(1, ChangeKind::Submit, kept_id),
            change(2, ChangeKind::Submit, gone_id),
            change(3, ChangeKind::Correct, kept_id),
            change(4, ChangeKind::Withdraw, gone_id),
        ])
    );
    let contacts = store.contacts().of_wave(field.wave).await.unwrap();
    assert_eq!(contacts.len(), 1, "a linked contact goes with its response");
    assert_eq!(contacts[0].response, None);

    assert!(!withdraw().await.unwrap());
    let nobody = field.response("nobody");
    assert!(matches!(
        store.responses().correct(field.wave, nobody).await,
        Err(StoreError::NotFound("response"))
    ));
    assert_eq!(
        store.responses().revision(field.wave).await.unwrap(),
        Revision(4)
    );
}

async fn purges_the_change_log(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    for content in ["a", "b", "c"] {
        store
            .responses()
            .submit(field.submission(content))
            .await
            .unwrap();
    }
    let responses = store.responses();
    responses
        .purge_changes(field.wave, Revision(2))
        .await
        .unwrap();
    responses
        .purge_changes(field.wave, Revision(1))
        .await
        .unwrap();
    assert_eq!(
        responses.changes(field.wave, Revision(0)).await.unwrap(),
        Changes::Purged(Revision(3))
    );
    assert_eq!(
        responses.changes(field.wave, Revision(1)).await.unwrap(),
        Changes::Purged(Revision(3))
    );
    let Changes::Since(changes) = responses.changes(field.wave, Revision(2)).await.unwrap() else {
        panic!("revision 3 is still in the log")
    };
    assert_eq!(changes.len(), 1);
    assert_eq!(
        responses.changes(field.wave, Revision(3)).await.unwrap(),
        Changes::Since(Vec::new())
    );
    // The counter goes on where it was.
    let submitted = responses.submit(field.submission("d")).await.unwrap();
    assert!(matches!(submitted, Submitted::Added(_, Revision(4))));
}

async fn purges_keys_by_day(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let yesterday = Submission {
        day: TODAY.previous_day().unwrap(),
        ..field.submission("a")
    };
    store
        .responses()
        .submit(with_key(yesterday, "old", "body"))
        .await
        .unwrap();
    store
        .responses()
        .submit(with_key(field.submission("b"), "new", "body"))
        .await
        .unwrap();
    assert_eq!(store.responses().purge_keys(TODAY).await.unwrap(), 1);
    assert_eq!(
        store.responses().by_key(field.wave, "old").await.unwrap(),
        None
    );
    assert!(
        store
            .responses()
            .by_key(field.wave, "new")
            .await
            .unwrap()
            .is_some()
    );
}

async fn pages_through_all_responses(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let mut expected = Vec::new();
    for n in 0..25 {
        let submission = field.submission(&format!("{n}"));
        expected.push(submission.response.id);
        store.responses().submit(submission).await.unwrap();
    }
    expected.sort_unstable();
    let mut read = Vec::new();
    loop {
        let page = store
            .responses()
            .page(field.wave, read.last().copied(), 10)
            .await
            .unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page.into_iter().map(|response| response.id));
    }
    assert_eq!(read, expected);
    let some = [expected[0], ResponseId(random_uuid()), expected[1]];
    assert_eq!(
        store
            .responses()
            .by_ids(field.wave, &some)
            .await
            .unwrap()
            .len(),
        2
    );
}

async fn tells_what_is_stored_by_its_content_hash(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = open_wave(&store, "asv").await;
    let mut stored = Vec::new();
    // More than one query asks for.
    for n in 0..501 {
        let submission = field.submission(&n.to_string());
        stored.push(submission.response.clone());
        store.responses().submit(submission).await.unwrap();
    }
    let elsewhere = other.submission("elsewhere");
    let mut ids: Vec<ResponseId> = stored.iter().map(|it| it.id).collect();
    ids.extend([elsewhere.response.id, ResponseId(random_uuid())]);
    store.responses().submit(elsewhere).await.unwrap();
    let hashes = async |ids: &[ResponseId]| {
        let found = store.responses().content_hashes(field.wave, ids).await;
        found.unwrap()
    };
    let found = hashes(&ids).await;
    assert_eq!(found.len(), 501, "others are left out");
    for it in &stored {
        assert_eq!(found.get(&it.id), Some(&it.content_hash));
    }
    assert!(hashes(&[]).await.is_empty());
}
