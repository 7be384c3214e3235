use crate::database::{TestDatabase, on_both};
use crate::fixture::{TODAY, open_wave, set_state};
use crate::team::entry;
use sea_orm::ConnectionTrait;
use store::{Conflict, DraftAt, NewAudit, Progress, StoreError, Submission, Submitted, WaveState};

on_both!(
    an_entry_is_opened_in_a_closed_wave_and_told_of,
    an_entry_is_not_opened_without_being_told_of,
    a_submitted_entry_is_corrected_and_taken_out_by_the_team,
);

async fn an_entry_is_opened_in_a_closed_wave_and_told_of(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    set_state(&store, field.wave, WaveState::Closed)
        .await
        .unwrap();
    let opened = store.drafts().open(field.draft("a")).await;
    assert!(matches!(
        opened,
        Err(StoreError::Conflict(Conflict::WaveNotOpen))
    ));
    let told = || NewAudit {
        study: Some(field.study.id),
        ..entry("data.enter")
    };
    let draft = field.draft("a");
    let opened = store.drafts().open_entry(draft, told()).await.unwrap();
    assert!(opened.is_entry);
    let found = store.drafts().by_token("hash of a").await.unwrap();
    assert_eq!(found, Some(opened));
    let entries = store
        .audit()
        .latest(Some(field.study.id), 10)
        .await
        .unwrap();
    assert_eq!(entries.len(), 1);
    // It says nothing of how far respondents are.
    let progress = store.drafts().progress(field.wave).await.unwrap();
    assert_eq!(progress, Progress::default());
}

async fn an_entry_is_not_opened_without_being_told_of(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let past = database.connect().await;
    past.execute_unprepared("ALTER TABLE audit RENAME TO gone")
        .await
        .unwrap();
    let told = entry("data.enter");
    let opened = store.drafts().open_entry(field.draft("a"), told).await;
    assert!(opened.is_err());
    assert_eq!(store.drafts().by_token("hash of a").await.unwrap(), None);
}

async fn a_submitted_entry_is_corrected_and_taken_out_by_the_team(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    set_state(&store, field.wave, WaveState::Closed)
        .await
        .unwrap();
    let told = |action| NewAudit {
        study: Some(field.study.id),
        ..entry(action)
    };
    let drafts = store.drafts();
    let opened = drafts.open_entry(field.draft("a"), told("data.enter"));
    let draft = opened.await.unwrap();
    let at = |revision| {
        let id = draft.id;
        Some(DraftAt { id, revision })
    };
    let submission = Submission {
        draft: at(0),
        only_if_open: false,
        ..field.submission("a")
    };
    let response = submission.response.id;
    let stored = store.responses().submit(submission).await.unwrap();
    assert!(matches!(stored, Submitted::Added(..)));
    let rights = store.rights();
    let again = "again".to_owned();
    let begun = rights.begin_correction(draft.id, again, TODAY, Some(told("data.correct")));
    begun.await.unwrap();
    let open = store.drafts().by_token("hash of a").await.unwrap().unwrap();
    assert_eq!((open.correction, open.is_entry), (1, true));
    let (wave, told) = (field.wave, told("data.withdraw"));
    let taken = rights.withdraw_entry(wave, response, draft.id, TODAY, told);
    assert!(taken.await.unwrap());
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 0);
    assert_eq!(store.drafts().by_token("hash of a").await.unwrap(), None);
    let entries = store
        .audit()
        .latest(Some(field.study.id), 10)
        .await
        .unwrap();
    let actions: Vec<_> = entries.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["data.withdraw", "data.correct", "data.enter"]);
}
