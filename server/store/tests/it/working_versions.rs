use crate::database::{TestDatabase, on_both};
use crate::fixture::{NOW, open_wave, random_uuid};
use crate::team::{account, create, entry};
use sea_orm::ConnectionTrait;
use store::{
    Conflict, Deed, NewWorkingVersion, Role, Store, StoreError, Study, StudyId, WorkingVersion,
};

on_both!(
    a_study_begins_with_an_owner_and_a_first_save,
    a_study_is_not_created_without_being_told_of,
    two_who_save_cannot_overwrite_each_other_unseen,
    old_saves_go,
);

fn study(slug: &str) -> Study {
    Study {
        id: StudyId(random_uuid()),
        slug: slug.to_owned(),
        title: r#"{"fr":"Essai"}"#.to_owned(),
        created_at: NOW,
    }
}

fn save(study: StudyId, source: &str, after: i64) -> NewWorkingVersion {
    NewWorkingVersion {
        study,
        source: source.to_owned(),
        after,
        account: None,
        saved_at: NOW,
        deed: Deed::Write,
    }
}

async fn latest(store: &Store, study: StudyId) -> WorkingVersion {
    let found = store.working_versions().latest(study).await;
    found.unwrap().unwrap()
}

async fn a_study_begins_with_an_owner_and_a_first_save(database: TestDatabase) {
    let store = database.open().await;
    let owner = account("ada@exemple.fr", false);
    create(&store, &owner, None).await.unwrap();
    let new = study("essai");
    let versions = store.working_versions();
    let made = || {
        let told = entry("study.create");
        versions.create_study(new.clone(), owner.id, "id: essai".to_owned(), told)
    };
    made().await.unwrap();
    let role = store.members().role(new.id, owner.id).await.unwrap();
    assert_eq!(role, Some(Role::Owner));
    let first = latest(&store, new.id).await;
    assert_eq!((first.revision, first.source.as_str()), (1, "id: essai"));
    assert_eq!((first.account, first.saved_at), (Some(owner.id), NOW));
    let again = made().await;
    assert!(matches!(
        again,
        Err(StoreError::Conflict(Conflict::Taken("study")))
    ));
    // A study that was there before has none, and its first is saved over nothing.
    let field = open_wave(&store, "cls").await;
    let none = versions.latest(field.study.id).await.unwrap();
    assert_eq!(none, None);
    assert_eq!(
        versions.save(save(field.study.id, "a", 0)).await.unwrap(),
        1
    );
}

async fn a_study_is_not_created_without_being_told_of(database: TestDatabase) {
    let store = database.open().await;
    let owner = account("ada@exemple.fr", false);
    create(&store, &owner, None).await.unwrap();
    let past = database.connect().await;
    let gone = "ALTER TABLE audit RENAME TO gone";
    past.execute_unprepared(gone).await.unwrap();
    let (versions, told) = (store.working_versions(), entry("study.create"));
    let made = versions.create_study(study("essai"), owner.id, String::new(), told);
    assert!(made.await.is_err());
    assert_eq!(store.studies().by_slug("essai").await.unwrap(), None);
}

async fn two_who_save_cannot_overwrite_each_other_unseen(database: TestDatabase) {
    let (one, other) = (database.open().await, database.open().await);
    let study = open_wave(&one, "cls").await.study.id;
    let mut under_way = Vec::new();
    for nth in 0..10 {
        let store = if nth % 2 == 0 { &one } else { &other }.clone();
        let new = save(study, &format!("save {nth}"), 0);
        under_way.push(tokio::spawn(async move {
            store.working_versions().save(new).await
        }));
    }
    let mut n_saved = 0;
    for it in under_way {
        match it.await.unwrap() {
            Ok(revision) => {
                assert_eq!(revision, 1);
                n_saved += 1;
            }
            Err(error) => assert!(matches!(error, StoreError::Stale), "{error}"),
        }
    }
    assert_eq!(n_saved, 1);
    let versions = one.working_versions();
    assert_eq!(versions.save(save(study, "second", 1)).await.unwrap(), 2);
    assert_eq!(latest(&other, study).await.source, "second");
    let first = versions.at(study, 1).await.unwrap().unwrap();
    assert!(first.source.starts_with("save "));
    let unknown = versions.save(save(StudyId(random_uuid()), "a", 0)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound("study"))));
}

async fn old_saves_go(database: TestDatabase) {
    let store = database.open().await;
    let study = open_wave(&store, "cls").await.study.id;
    let versions = store.working_versions();
    for after in 0..303 {
        versions.save(save(study, "a", after)).await.unwrap();
    }
    for (revision, is_kept) in [(1, false), (3, false), (4, true), (303, true)] {
        let found = versions.at(study, revision).await.unwrap();
        assert_eq!(found.is_some(), is_kept, "{revision}");
    }
}
