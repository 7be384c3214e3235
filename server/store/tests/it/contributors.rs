//! People who hold a link into another's draft: they go with it, and nothing of them outlives its
//! submission.

use crate::database::{TestDatabase, on_both};
use crate::erasures::erase_drafts;
use crate::fixture::{Field, TODAY, open_wave, random_uuid};
use store::{
    Conflict, Contributor, ContributorId, ContributorState, Draft, DraftAt, DraftId, DraftSave,
    NewContributor, Retention, Store, StoreError, Submission,
};

on_both!(
    a_link_leads_to_its_draft,
    a_link_that_is_taken_back_ends_a_save_under_way,
    submitting_empties_contributors,
    contributors_go_with_their_draft,
    a_draft_has_only_so_many,
);

fn new(draft: DraftId, secret: &str) -> NewContributor {
    NewContributor {
        id: ContributorId(random_uuid()),
        draft,
        secret_hash: format!("hash of {secret}"),
        label: "Budget".to_owned(),
        pages: vec!["moyens".to_owned(), "suites".to_owned()],
        at_most: 3,
    }
}

async fn found(store: &Store, secret: &str) -> Option<(Contributor, Draft)> {
    let hash = format!("hash of {secret}");
    store.contributors().by_secret(&hash).await.unwrap()
}

/// A draft with one contributor, who has said their name.
async fn shared(store: &Store, field: &Field, secret: &str) -> (DraftId, ContributorId) {
    let draft = store.drafts().open(field.draft(secret)).await.unwrap();
    let new = new(draft.id, secret);
    let id = new.id;
    store.contributors().add(new).await.unwrap();
    let name = Some("Marie".to_owned());
    let joined = ContributorState::Joined;
    assert!(store.contributors().note(id, name, joined).await.unwrap());
    (draft.id, id)
}

async fn a_link_leads_to_its_draft(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (draft, id) = shared(&store, &field, "a").await;
    shared(&store, &field, "b").await;
    let (contributor, of) = found(&store, "a").await.unwrap();
    assert_eq!((of.id, contributor.id), (draft, id));
    assert_eq!(contributor.name.as_deref(), Some("Marie"));
    assert_eq!(contributor.pages, ["moyens", "suites"]);
    assert_eq!(contributor.state, ContributorState::Joined);
    assert!(found(&store, "c").await.is_none());
    let all = store.contributors().of_draft(draft).await.unwrap();
    assert_eq!(all, [contributor]);
    // Two links never have one secret.
    let again = store.contributors().add(new(draft, "b")).await;
    assert!(again.is_err());
    let nobody = store
        .contributors()
        .add(new(DraftId(random_uuid()), "d"))
        .await;
    assert!(matches!(nobody, Err(StoreError::NotFound(_))));
}

async fn a_link_that_is_taken_back_ends_a_save_under_way(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (draft, id) = shared(&store, &field, "a").await;
    let (_, read) = found(&store, "a").await.unwrap();
    let (other, _) = shared(&store, &field, "b").await;
    let contributors = store.contributors();
    assert!(
        !contributors.withdraw(other, id).await.unwrap(),
        "of another draft"
    );
    assert!(contributors.withdraw(draft, id).await.unwrap());
    assert!(!contributors.withdraw(draft, id).await.unwrap(), "once");
    let save = DraftSave {
        draft: DraftAt {
            id: draft,
            revision: read.revision,
        },
        sheet: "{}".to_owned(),
        page: None,
        language: "fr".to_owned(),
        day: TODAY,
    };
    let saved = store.drafts().save(save).await;
    assert!(matches!(saved, Err(StoreError::Stale)), "{saved:?}");
    let joined = contributors.note(id, None, ContributorState::Joined).await;
    assert!(!joined.unwrap(), "what was taken back stays so");
}

async fn submitting_empties_contributors(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (draft, id) = shared(&store, &field, "a").await;
    let (_, at) = found(&store, "a").await.unwrap();
    let submission = Submission {
        draft: Some(DraftAt {
            id: draft,
            revision: at.revision,
        }),
        ..field.submission("x")
    };
    store.responses().submit(submission).await.unwrap();
    let (left, _) = found(&store, "a").await.unwrap();
    let nothing = Contributor {
        id,
        draft,
        label: String::new(),
        name: None,
        pages: Vec::new(),
        state: ContributorState::Sent,
    };
    assert_eq!(left, nothing);
    let more = store.contributors().add(new(draft, "b")).await;
    let submitted = StoreError::from(Conflict::DraftSubmitted);
    assert_eq!(more.unwrap_err().to_string(), submitted.to_string());
    let name = Some("Marie".to_owned());
    let contributors = store.contributors();
    let joined = contributors.note(id, name, ContributorState::Joined).await;
    assert!(!joined.unwrap());
}

/// By retention, by withdrawal, by a ledger that is replayed.
async fn contributors_go_with_their_draft(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (_, of_old) = shared(&store, &field, "old").await;
    let (withdrawn, _) = shared(&store, &field, "withdrawn").await;
    let (_, at) = found(&store, "withdrawn").await.unwrap();
    let submission = Submission {
        draft: Some(DraftAt {
            id: withdrawn,
            revision: at.revision,
        }),
        ..field.submission("x")
    };
    let response = submission.response.id;
    store.responses().submit(submission).await.unwrap();
    let rights = store.rights();
    assert!(
        rights
            .withdraw(field.wave, response, Some(withdrawn), TODAY)
            .await
            .unwrap()
    );
    assert!(found(&store, "withdrawn").await.is_none());

    store
        .retention()
        .set(field.wave, Retention::default())
        .await
        .unwrap();
    let tomorrow = TODAY.next_day().unwrap();
    assert_eq!(erase_drafts(&store, field.wave, tomorrow).await, 1);
    assert!(found(&store, "old").await.is_none());
    let contributors = store.contributors();
    let joined = contributors
        .note(of_old, None, ContributorState::Joined)
        .await;
    assert!(!joined.unwrap());
}

async fn a_draft_has_only_so_many(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (draft, _) = shared(&store, &field, "0").await;
    let mut added = tokio::task::JoinSet::new();
    for nth in 1..8 {
        let store = store.clone();
        let new = new(draft, &nth.to_string());
        added.spawn(async move { store.contributors().add(new).await.is_ok() });
    }
    let n_added = added.join_all().await.into_iter().filter(|it| *it).count();
    assert_eq!(n_added, 2);
}
