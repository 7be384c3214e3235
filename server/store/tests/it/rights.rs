//! What respondents may do with what they gave, and which responses count.

use crate::database::{TestDatabase, on_both};
use crate::erasures::erase_drafts;
use crate::fixture::{Field, TODAY, contact, open_wave, set_state};
use crate::team::entry;
use sea_orm::{ConnectionTrait, Statement};
use store::{
    Change, ChangeKind, Changes, Conflict, Draft, DraftAt, DraftState, ErasureKind, FoundByCode,
    IdempotencyKey, NewDraft, ResponseId, Revision, SealedCode, SetAside, Store, StoreError,
    Submission, Submitted, WaveState,
};

on_both!(
    a_code_finds_the_draft_of_its_wave_only,
    a_correction_replaces_the_response_when_it_is_submitted,
    a_correction_can_be_dropped_and_counts_as_submitted,
    a_closed_wave_takes_no_correction,
    a_withdrawal_takes_everything_with_it,
    corrections_and_a_withdrawal_at_once_leave_no_half,
    what_is_set_aside_is_kept_and_not_counted,
    a_withdrawn_response_is_not_set_aside_any_more,
);

fn at(draft: &Draft) -> DraftAt {
    DraftAt {
        id: draft.id,
        revision: draft.revision,
    }
}

async fn read(store: &Store, token: &str) -> Draft {
    let hash = format!("hash of {token}");
    store.drafts().by_token(&hash).await.unwrap().unwrap()
}

/// A response that came from a draft, with an address linked to it and one that is not.
async fn submitted(store: &Store, field: &Field, token: &str) -> ResponseId {
    let draft = store.drafts().open(field.draft(token)).await.unwrap();
    let submission = Submission {
        draft: Some(at(&draft)),
        idempotency: Some(key(token, 0)),
        contacts: vec![
            contact("linked@example.org", true),
            contact("apart@example.org", false),
        ],
        ..field.submission(token)
    };
    let id = submission.response.id;
    store.responses().submit(submission).await.unwrap();
    id
}

fn key(token: &str, nth: u8) -> IdempotencyKey {
    IdempotencyKey {
        key_hash: format!("key {nth} of {token}"),
        body_hash: "body".to_owned(),
    }
}

async fn count(database: &TestDatabase, sql: &str) -> i64 {
    let db = database.connect().await;
    let sql = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(sql).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn a_code_finds_the_draft_of_its_wave_only(database: TestDatabase) {
    let store = database.open().await;
    let (one, two) = (
        open_wave(&store, "one").await,
        open_wave(&store, "two").await,
    );
    let code = SealedCode {
        hash: "hash of code".to_owned(),
        token: "sealed token".to_owned(),
        code: "sealed code".to_owned(),
    };
    let new = NewDraft {
        code: Some(code),
        ..one.draft("secret")
    };
    let opened = store.drafts().open(new).await.unwrap();
    assert_eq!(opened.sealed_code.as_deref(), Some("sealed code"));
    assert_eq!(read(&store, "secret").await, opened);
    // Drafts from before there were codes have none, any number of them.
    for token in ["old", "older"] {
        store.drafts().open(one.draft(token)).await.unwrap();
    }
    let rights = store.rights();
    let found = FoundByCode {
        token_hash: "hash of secret".to_owned(),
        sealed_token: "sealed token".to_owned(),
    };
    let by_code = async |wave, hash| rights.by_code(wave, hash).await.unwrap();
    assert_eq!(by_code(one.wave, "hash of code").await, Some(found));
    assert_eq!(by_code(one.wave, "hash of another").await, None);
    assert_eq!(by_code(two.wave, "hash of code").await, None);
}

async fn a_correction_replaces_the_response_when_it_is_submitted(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let id = submitted(&store, &field, "a").await;
    let (rights, responses) = (store.rights(), store.responses());
    let draft = read(&store, "a").await;
    let begin = async || {
        rights
            .begin_correction(draft.id, "again".to_owned(), TODAY, None)
            .await
    };
    begin().await.unwrap();
    let open = read(&store, "a").await;
    assert_eq!((open.state, open.correction), (DraftState::Open, 1));
    assert_eq!(open.sheet, "again");
    // A second tab begins nothing anew.
    begin().await.unwrap();
    assert_eq!(read(&store, "a").await, open);
    let stored = responses.by_ids(field.wave, &[id]).await.unwrap();
    assert!(stored[0].sheet.contains("\"a\""), "counted as it was");
    assert_eq!(responses.revision(field.wave).await.unwrap(), Revision(1));

    let mut response = field.response("b");
    response.id = id;
    let correction = Submission {
        response,
        draft: Some(at(&open)),
        idempotency: Some(key("a", 1)),
        contacts: vec![contact("new@example.org", true)],
        ..field.submission("b")
    };
    let corrected = rights.correct(correction.clone()).await.unwrap();
    assert_eq!(corrected, Submitted::Added(id, Revision(2)));
    // Sent twice, it is answered twice and stored once.
    let again = rights.correct(correction.clone()).await.unwrap();
    assert_eq!(again, Submitted::Unchanged(id));
    let without_key = Submission {
        idempotency: None,
        ..correction
    };
    let refused = rights.correct(without_key.clone()).await;
    let expected = StoreError::Conflict(Conflict::DraftSubmitted).to_string();
    assert_eq!(refused.unwrap_err().to_string(), expected);

    let stored = responses.page(field.wave, None, 9).await.unwrap();
    assert_eq!(stored.len(), 1);
    assert!(stored[0].sheet.contains("\"b\""));
    let linked = store.contacts().of_response(field.wave, id).await.unwrap();
    assert_eq!(linked.len(), 1);
    assert!(linked[0].details.contains("new@example.org"));
    let draft = read(&store, "a").await;
    assert_eq!(
        (draft.state, draft.sheet.as_str()),
        (DraftState::Submitted, "{}")
    );
    let changes = responses.changes(field.wave, Revision(1)).await.unwrap();
    let change = Change {
        revision: Revision(2),
        kind: ChangeKind::Correct,
        response: id,
    };
    assert_eq!(changes, Changes::Since(vec![change]));

    // The same content again is no change.
    begin().await.unwrap();
    let open = read(&store, "a").await;
    let same = Submission {
        draft: Some(at(&open)),
        idempotency: Some(key("a", 2)),
        ..without_key
    };
    assert_eq!(
        rights.correct(same).await.unwrap(),
        Submitted::Unchanged(id)
    );
    assert_eq!(read(&store, "a").await.state, DraftState::Submitted);
    assert_eq!(responses.revision(field.wave).await.unwrap(), Revision(2));
}

async fn a_correction_can_be_dropped_and_counts_as_submitted(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    submitted(&store, &field, "a").await;
    let under_way = store.drafts().open(field.draft("b")).await.unwrap();
    let draft = read(&store, "a").await;
    let rights = store.rights();
    let begun = rights.begin_correction(draft.id, "again".to_owned(), TODAY, None);
    begun.await.unwrap();
    let progress = store.drafts().progress(field.wave).await.unwrap();
    assert_eq!((progress.n_opened, progress.n_submitted), (2, 1));
    assert_eq!(progress.reached, [(None, 1)]);
    for _ in 0..2 {
        rights.drop_correction(draft.id).await.unwrap();
        let draft = read(&store, "a").await;
        assert_eq!(
            (draft.state, draft.sheet.as_str()),
            (DraftState::Submitted, "{}")
        );
    }
    // Who has not submitted yet has no correction to drop.
    rights.drop_correction(under_way.id).await.unwrap();
    assert_eq!(read(&store, "b").await, under_way);
    // An abandoned one is dropped in time; the response and the way to it stay.
    let begun = rights.begin_correction(draft.id, "again".to_owned(), TODAY, None);
    begun.await.unwrap();
    let tomorrow = TODAY.next_day().unwrap();
    assert_eq!(erase_drafts(&store, field.wave, tomorrow).await, 2);
    assert_eq!(read(&store, "a").await.state, DraftState::Submitted);
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
}

async fn a_closed_wave_takes_no_correction(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let id = submitted(&store, &field, "a").await;
    let draft = read(&store, "a").await;
    let begin = async || {
        let rights = store.rights();
        rights
            .begin_correction(draft.id, "again".to_owned(), TODAY, None)
            .await
    };
    begin().await.unwrap();
    let open = read(&store, "a").await;
    let closed = WaveState::Closed;
    set_state(&store, field.wave, closed).await.unwrap();
    let mut response = field.response("b");
    response.id = id;
    let correction = Submission {
        response,
        draft: Some(at(&open)),
        ..field.submission("b")
    };
    for refused in [
        store.rights().correct(correction).await.map(|_| ()),
        begin().await,
    ] {
        let expected = StoreError::Conflict(Conflict::WaveNotOpen).to_string();
        assert_eq!(refused.unwrap_err().to_string(), expected);
    }
    let stored = store.responses().by_ids(field.wave, &[id]).await.unwrap();
    assert!(stored[0].sheet.contains("\"a\""));
}

async fn a_withdrawal_takes_everything_with_it(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let kept = submitted(&store, &field, "kept").await;
    let id = submitted(&store, &field, "gone").await;
    let draft = read(&store, "gone").await;
    let withdraw = async || {
        let rights = store.rights();
        rights
            .withdraw(field.wave, id, Some(draft.id), TODAY)
            .await
            .unwrap()
    };
    assert!(withdraw().await);
    assert!(!withdraw().await, "once");
    assert_eq!(store.rights().n_withdrawn(field.wave).await.unwrap(), 1);
    let left = store.responses().page(field.wave, None, 9).await.unwrap();
    assert_eq!(left.iter().map(|it| it.id).collect::<Vec<_>>(), [kept]);
    assert_eq!(store.drafts().by_token("hash of gone").await.unwrap(), None);
    // The linked address is gone; the other cannot be told apart and stays.
    let contacts = store.contacts().of_wave(field.wave).await.unwrap();
    assert_eq!(contacts.len(), 3);
    let keys = count(&database, "SELECT count(*) FROM idempotency").await;
    assert_eq!(keys, 1);
    let revision = store.responses().revision(field.wave).await.unwrap();
    assert_eq!(revision, Revision(3));
    let mut kinds: Vec<_> = store.retention().ledger().await.unwrap();
    kinds.sort_by_key(|it| format!("{:?}", it.kind));
    let kinds: Vec<_> = kinds.iter().map(|it| it.kind).collect();
    let expected = [
        ErasureKind::Contact,
        ErasureKind::Draft,
        ErasureKind::Withdrawn,
    ];
    assert_eq!(kinds, expected);
}

async fn corrections_and_a_withdrawal_at_once_leave_no_half(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    for round in 0..6 {
        let token = format!("round {round}");
        let id = submitted(&store, &field, &token).await;
        let draft = read(&store, &token).await;
        let begun = store.rights();
        let begun = begun.begin_correction(draft.id, "again".to_owned(), TODAY, None);
        begun.await.unwrap();
        let open = read(&store, &token).await;
        let mut tabs = tokio::task::JoinSet::new();
        for tab in 0..8 {
            let mut response = field.response(&format!("tab {tab}"));
            response.id = id;
            let correction = Submission {
                response,
                draft: Some(at(&open)),
                ..field.submission("x")
            };
            let (store, wave, draft) = (store.clone(), field.wave, draft.id);
            tabs.spawn(async move {
                let rights = store.rights();
                if tab == 4 {
                    let done = rights.withdraw(wave, id, Some(draft), TODAY).await;
                    assert!(done.unwrap());
                    return 0;
                }
                match rights.correct(correction).await {
                    Ok(Submitted::Added(..)) => 1,
                    Err(
                        StoreError::NotFound(_)
                        | StoreError::Stale
                        | StoreError::Conflict(Conflict::DraftSubmitted),
                    ) => 0,
                    other => panic!("{other:?}"),
                }
            });
        }
        let n_corrected: i32 = tabs.join_all().await.into_iter().sum();
        assert!(
            n_corrected <= 1,
            "{n_corrected} tabs were told that theirs is stored"
        );
        let hash = format!("hash of {token}");
        assert_eq!(store.drafts().by_token(&hash).await.unwrap(), None);
    }
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 0);
    assert_eq!(store.rights().n_withdrawn(field.wave).await.unwrap(), 6);
}

async fn what_is_set_aside_is_kept_and_not_counted(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let one = submitted(&store, &field, "one").await;
    let two = submitted(&store, &field, "two").await;
    let aside = store.admissibility();
    let counted = async || {
        let page = aside.counted_page(field.wave, None, 9).await.unwrap();
        let by_ids = aside.counted_by_ids(field.wave, &[one, two]).await.unwrap();
        assert_eq!(page.len(), by_ids.len());
        assert_eq!(
            page.len() as u64,
            aside.n_counted(field.wave).await.unwrap()
        );
        page.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(counted().await.len(), 2);
    assert!(
        aside
            .set_aside(field.wave, one, "doublon", entry("a"))
            .await
            .unwrap()
    );
    assert_eq!(counted().await, [two]);
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 2);
    // Another reason is no other state; an unknown response is none.
    assert!(
        aside
            .set_aside(field.wave, one, "hors champ", entry("b"))
            .await
            .unwrap()
    );
    let unknown = field.response("x").id;
    assert!(
        !aside
            .set_aside(field.wave, unknown, "x", entry("c"))
            .await
            .unwrap()
    );
    let listed = SetAside {
        response: one,
        reason: "hors champ".to_owned(),
    };
    assert_eq!(aside.of_wave(field.wave).await.unwrap(), [listed]);
    let reason = aside.reason(field.wave, one).await.unwrap();
    assert_eq!(reason.as_deref(), Some("hors champ"));
    assert!(aside.take_back(field.wave, one, entry("d")).await.unwrap());
    assert!(!aside.take_back(field.wave, one, entry("e")).await.unwrap());
    // Only what happened is told.
    let told = store.audit().latest(None, 10).await.unwrap();
    let told: Vec<_> = told.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(told, ["d", "b", "a", "study.publish"]);
    assert_eq!(counted().await.len(), 2);
    let changes = store.responses().changes(field.wave, Revision(2)).await;
    let Changes::Since(changes) = changes.unwrap() else {
        panic!("nothing was purged");
    };
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|it| it.response == one));
}

async fn a_withdrawn_response_is_not_set_aside_any_more(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let id = submitted(&store, &field, "a").await;
    let aside = store.admissibility();
    aside
        .set_aside(field.wave, id, "doublon", entry("a"))
        .await
        .unwrap();
    let rights = store.rights();
    assert!(rights.withdraw(field.wave, id, None, TODAY).await.unwrap());
    assert_eq!(aside.of_wave(field.wave).await.unwrap(), []);
}
