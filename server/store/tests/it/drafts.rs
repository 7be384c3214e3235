use crate::database::{TestDatabase, on_both};
use crate::erasures::erase_drafts;
use crate::fixture::{TODAY, open_wave, random_uuid};
use store::{
    Conflict, DraftAt, DraftId, DraftSave, DraftState, IdempotencyKey, Progress, Revision,
    StoreError, Submission, Submitted,
};

on_both!(
    finds_a_draft_again_by_its_secret,
    two_tabs_cannot_overwrite_each_other_unseen,
    submitting_empties_the_draft_once,
    a_draft_sent_from_many_tabs_at_once_is_stored_once,
    a_draft_saved_meanwhile_is_not_submitted,
    counts_how_far_people_came,
    erases_drafts_by_day,
);

fn save(draft: DraftAt, sheet: &str, page: &str) -> DraftSave {
    DraftSave {
        draft,
        sheet: sheet.to_owned(),
        page: Some(page.to_owned()),
        language: "en".to_owned(),
        day: TODAY,
    }
}

async fn finds_a_draft_again_by_its_secret(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let opened = store.drafts().open(field.draft("secret")).await.unwrap();
    assert_eq!(
        store.drafts().by_token("hash of secret").await.unwrap(),
        Some(opened.clone())
    );
    assert_eq!(
        store.drafts().by_token("hash of another").await.unwrap(),
        None
    );

    let at = DraftAt {
        id: opened.id,
        revision: 0,
    };
    assert_eq!(
        store
            .drafts()
            .save(save(at, r#"{"a":1}"#, "p1"))
            .await
            .unwrap(),
        1
    );
    let draft = store
        .drafts()
        .by_token("hash of secret")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            draft.sheet.as_str(),
            draft.page.as_deref(),
            draft.language.as_str(),
            draft.revision
        ),
        (r#"{"a":1}"#, Some("p1"), "en", 1)
    );
}

async fn two_tabs_cannot_overwrite_each_other_unseen(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let opened = store.drafts().open(field.draft("secret")).await.unwrap();
    let at = DraftAt {
        id: opened.id,
        revision: 0,
    };
    let (one, two) = tokio::join!(
        async { store.drafts().save(save(at, "1", "p")).await },
        async { store.drafts().save(save(at, "2", "p")).await },
    );
    assert!(one.is_ok() != two.is_ok(), "one of the two saves wins");
    assert!(matches!(one.or(two.clone()), Ok(1)));
    let nowhere = DraftAt {
        id: DraftId(random_uuid()),
        revision: 0,
    };
    assert!(matches!(
        store.drafts().save(save(nowhere, "1", "p")).await,
        Err(StoreError::NotFound("draft"))
    ));
    assert!(matches!(
        store.drafts().save(save(at, "3", "p")).await,
        Err(StoreError::Stale)
    ));
}

async fn submitting_empties_the_draft_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let opened = store.drafts().open(field.draft("secret")).await.unwrap();
    let at = DraftAt {
        id: opened.id,
        revision: 0,
    };
    store
        .drafts()
        .save(save(at, r#"{"a":1}"#, "p1"))
        .await
        .unwrap();
    let at = DraftAt {
        id: opened.id,
        revision: 1,
    };
    let submission = Submission {
        draft: Some(at),
        ..field.submission("a")
    };
    store.responses().submit(submission).await.unwrap();

    let draft = store
        .drafts()
        .by_token("hash of secret")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(draft.state, DraftState::Submitted);
    assert_eq!(
        (draft.sheet.as_str(), draft.page, draft.revision),
        ("{}", None, 0)
    );

    let again = Submission {
        draft: Some(at),
        ..field.submission("a")
    };
    assert!(matches!(
        store.responses().submit(again).await,
        Err(StoreError::Conflict(Conflict::DraftSubmitted))
    ));
    assert!(matches!(
        store.drafts().save(save(at, "2", "p")).await,
        Err(StoreError::Conflict(Conflict::DraftSubmitted))
    ));
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
}

async fn a_draft_sent_from_many_tabs_at_once_is_stored_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let opened = store.drafts().open(field.draft("secret")).await.unwrap();
    let draft = Some(DraftAt {
        id: opened.id,
        revision: 0,
    });
    // Who holds the draft's secret always arrives at the same response.
    let first = Submission {
        draft,
        ..field.submission("a")
    };
    let mut tabs = tokio::task::JoinSet::new();
    for tab in 0..24 {
        let store = store.clone();
        let key_hash = format!("key of tab {}", tab % 8);
        let idempotency = Some(IdempotencyKey {
            key_hash,
            body_hash: "body".to_owned(),
        });
        let submission = Submission {
            idempotency,
            ..first.clone()
        };
        tabs.spawn(async move { store.responses().submit(submission).await });
    }
    let mut n_added = 0;
    for answer in tabs.join_all().await {
        match answer {
            Ok(Submitted::Added(id, Revision(1))) if id == first.response.id => n_added += 1,
            Ok(Submitted::Unchanged(id)) if id == first.response.id => {}
            Err(StoreError::Stale | StoreError::Conflict(Conflict::DraftSubmitted)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(n_added, 1);
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
}

async fn a_draft_saved_meanwhile_is_not_submitted(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let opened = store.drafts().open(field.draft("secret")).await.unwrap();
    let evaluated = DraftAt {
        id: opened.id,
        revision: 0,
    };
    store
        .drafts()
        .save(save(evaluated, r#"{"a":2}"#, "p1"))
        .await
        .unwrap();
    let submission = Submission {
        draft: Some(evaluated),
        ..field.submission("a")
    };
    assert!(matches!(
        store.responses().submit(submission).await,
        Err(StoreError::Stale)
    ));
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 0);
    let gone = DraftAt {
        id: DraftId(random_uuid()),
        revision: 0,
    };
    let submission = Submission {
        draft: Some(gone),
        ..field.submission("a")
    };
    assert!(matches!(
        store.responses().submit(submission).await,
        Err(StoreError::NotFound("draft"))
    ));
}

async fn counts_how_far_people_came(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    for (token, page) in [
        ("a", None),
        ("b", Some("p1")),
        ("c", Some("p2")),
        ("d", Some("p2")),
    ] {
        let opened = store.drafts().open(field.draft(token)).await.unwrap();
        if let Some(page) = page {
            let at = DraftAt {
                id: opened.id,
                revision: 0,
            };
            store.drafts().save(save(at, "{}", page)).await.unwrap();
        }
    }
    let done = store.drafts().open(field.draft("e")).await.unwrap();
    let at = DraftAt {
        id: done.id,
        revision: 0,
    };
    let submission = Submission {
        draft: Some(at),
        ..field.submission("e")
    };
    store.responses().submit(submission).await.unwrap();

    let mut progress = store.drafts().progress(field.wave).await.unwrap();
    progress.reached.sort();
    assert_eq!(
        progress,
        Progress {
            n_opened: 5,
            n_submitted: 1,
            reached: vec![
                (None, 1),
                (Some("p1".to_owned()), 1),
                (Some("p2".to_owned()), 2)
            ],
        }
    );
}

async fn erases_drafts_by_day(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    store.drafts().open(field.draft("kept")).await.unwrap();
    let old = store::NewDraft {
        day: TODAY.previous_day().unwrap(),
        ..field.draft("old")
    };
    store.drafts().open(old).await.unwrap();
    assert_eq!(erase_drafts(&store, field.wave, TODAY).await, 1);
    assert!(
        store
            .drafts()
            .by_token("hash of kept")
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(store.drafts().by_token("hash of old").await.unwrap(), None);
}
