use crate::database::{TestDatabase, on_both};
use crate::fixture::{NOW, open_wave, random_uuid, set_state, version_of, wave_of};
use crate::team::entry;
use store::{
    Conflict, DraftAt, Publication, StoreError, Study, StudyId, Wave, WaveChange, WaveDates,
    WaveState,
};
use time::macros::datetime;

on_both!(
    creates_a_study_once,
    publishes_the_same_content_once,
    keeps_versions_apart_and_numbered,
    numbers_concurrent_publications,
    keeps_waves_and_their_states,
    dates_a_wave_anew,
    fixes_the_version_once_somebody_answers,
    moves_a_wave_on_and_whoever_may_with_it,
    keeps_the_first_value_of_a_setting,
    keeps_everything_over_a_restart,
);

fn study(slug: &str) -> Study {
    Study {
        id: StudyId(random_uuid()),
        slug: slug.to_owned(),
        title: r#"{"fr":"Titre"}"#.to_owned(),
        created_at: NOW,
    }
}

async fn creates_a_study_once(database: TestDatabase) {
    let store = database.open().await;
    let first = store.studies().ensure(study("cls")).await.unwrap();
    let second = store.studies().ensure(study("cls")).await.unwrap();
    let other = store.studies().ensure(study("asv")).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(
        store.studies().all().await.unwrap(),
        [other.clone(), first.clone()]
    );
    assert_eq!(store.studies().by_slug("cls").await.unwrap(), Some(first));
    assert_eq!(store.studies().by_id(other.id).await.unwrap(), Some(other));
    assert_eq!(store.studies().by_slug("nothing").await.unwrap(), None);
}

async fn publishes_the_same_content_once(database: TestDatabase) {
    let store = database.open().await;
    let study = store.studies().ensure(study("cls")).await.unwrap();
    let first = store
        .versions()
        .publish(version_of(study.id, "a"), entry("study.publish"))
        .await
        .unwrap();
    let again = store
        .versions()
        .publish(version_of(study.id, "a"), entry("study.publish"))
        .await
        .unwrap();
    assert!(matches!(first, Publication::New(_)));
    assert_eq!(again, Publication::Existing(first.version()));
}

async fn keeps_versions_apart_and_numbered(database: TestDatabase) {
    let store = database.open().await;
    let study_a = store.studies().ensure(study("a")).await.unwrap();
    let study_b = store.studies().ensure(study("b")).await.unwrap();
    let first = store
        .versions()
        .publish(version_of(study_a.id, "1"), entry("study.publish"))
        .await
        .unwrap()
        .version();
    let second = store
        .versions()
        .publish(version_of(study_a.id, "2"), entry("study.publish"))
        .await
        .unwrap()
        .version();
    let other = store
        .versions()
        .publish(version_of(study_b.id, "1"), entry("study.publish"))
        .await
        .unwrap()
        .version();
    assert_eq!((first.number, second.number, other.number), (1, 2, 1));
    // The study has the title of what was published last.
    let named = store::NewVersion {
        title: r#"{"fr":"Titre"}"#.to_owned(),
        ..version_of(study_b.id, "2")
    };
    let versions = store.versions();
    versions
        .publish(named, entry("study.publish"))
        .await
        .unwrap();
    let same = version_of(study_b.id, "2");
    versions
        .publish(same, entry("study.publish"))
        .await
        .unwrap();
    let now = store.studies().by_id(study_b.id).await.unwrap().unwrap();
    assert_eq!(now.title, r#"{"fr":"Titre"}"#);
    assert_eq!(
        store.versions().by_id(first.id).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        store.versions().of_study(study_a.id).await.unwrap(),
        [first, second]
    );
    let nowhere = version_of(StudyId(random_uuid()), "1");
    assert!(matches!(
        store
            .versions()
            .publish(nowhere, entry("study.publish"))
            .await,
        Err(StoreError::NotFound("study"))
    ));
}

async fn numbers_concurrent_publications(database: TestDatabase) {
    let store = database.open().await;
    let study = store.studies().ensure(study("cls")).await.unwrap();
    let publications: Vec<_> = (0..8)
        .map(|n| {
            let store = store.clone();
            let version = version_of(study.id, &format!("content {n}"));
            tokio::spawn(async move {
                store
                    .versions()
                    .publish(version, entry("study.publish"))
                    .await
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for publication in publications {
        numbers.push(publication.await.unwrap().unwrap().version().number);
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
}

async fn keeps_waves_and_their_states(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let second = wave_of(&field.study, &field.version, "cls-2027", WaveState::Draft);
    store.waves().create(second.clone()).await.unwrap();

    assert_eq!(
        store.waves().by_slug("cls-2027").await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(
        store.waves().by_id(second.id).await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(store.waves().by_slug("nothing").await.unwrap(), None);
    assert_eq!(
        store.waves().of_study(field.study.id).await.unwrap().len(),
        2
    );
    assert_eq!(slugs(&store, WaveState::Open).await, ["cls"]);

    set_state(&store, second.id, WaveState::Open).await.unwrap();
    set_state(&store, field.wave, WaveState::Closed)
        .await
        .unwrap();
    assert_eq!(slugs(&store, WaveState::Open).await, ["cls-2027"]);
    assert_eq!(slugs(&store, WaveState::Closed).await, ["cls"]);

    let namesake = wave_of(&field.study, &field.version, "cls", WaveState::Draft);
    assert!(matches!(
        store.waves().create(namesake).await,
        Err(StoreError::Conflict(Conflict::Taken("wave")))
    ));
    let nowhere = wave_of(&field.study, &field.version, "x", WaveState::Draft).id;
    assert!(matches!(
        set_state(&store, nowhere, WaveState::Open).await,
        Err(StoreError::NotFound("wave"))
    ));
}

async fn dates_a_wave_anew(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = wave_of(&field.study, &field.version, "other", WaveState::Draft);
    store.waves().create(other.clone()).await.unwrap();
    let before = store.waves().by_id(field.wave).await.unwrap().unwrap();
    let dated = |opens_at, closes_at, zone: &str, language: &str| WaveDates {
        opens_at,
        closes_at,
        zone: Some(zone.to_owned()),
        language: Some(language.to_owned()),
    };
    // The same instants said with other offsets are the same instants when they come back.
    let opens = datetime!(2026-03-02 08:00 +11);
    let closes = datetime!(2026-03-20 18:00 -4);
    let open = Some(WaveState::Open);
    for (state, dates, zone, language) in [
        (
            None,
            dated(Some(opens), Some(closes), "Pacific/Noumea", "en"),
            "Pacific/Noumea",
            "en",
        ),
        (
            Some(WaveState::Closed),
            dated(Some(opens), None, "Indian/Reunion", "fr"),
            "Indian/Reunion",
            "fr",
        ),
        (open, WaveDates::default(), "Indian/Reunion", "fr"),
        (None, dated(None, None, "UTC", "en"), "UTC", "en"),
    ] {
        let was = store.waves().by_id(field.wave).await.unwrap().unwrap();
        let change = WaveChange {
            state,
            dates: Some(dates.clone()),
            closing_message: None,
        };
        let entry = entry("wave.schedule");
        let changed = store.waves().change(field.wave, change, entry).await;
        changed.unwrap();
        let expected = Wave {
            state: state.unwrap_or(was.state),
            opens_at: dates.opens_at,
            closes_at: dates.closes_at,
            zone: zone.to_owned(),
            language: Some(language.to_owned()),
            ..before.clone()
        };
        let now = store.waves().by_id(field.wave).await.unwrap();
        assert_eq!(now, Some(expected));
    }
    // What it says when it is closed is kept by every other change, and goes when it is to go.
    let said = Some(r#"{"fr":"Merci !"}"#.to_owned());
    for (message, expected) in [
        (Some(said.clone()), &said),
        (None, &said),
        (Some(None), &None),
    ] {
        let change = WaveChange {
            state: open,
            closing_message: message,
            ..WaveChange::default()
        };
        let entry = entry("wave.message");
        let changed = store.waves().change(field.wave, change, entry).await;
        changed.unwrap();
        let now = store.waves().by_id(field.wave).await.unwrap().unwrap();
        assert_eq!(now.closing_message, *expected);
    }
    let untouched = store.waves().by_id(other.id).await.unwrap();
    assert_eq!(untouched, Some(other), "only the one that was meant");
    let noted = async || {
        let all = store.audit().latest(None, 100).await.unwrap();
        all.iter().filter(|it| it.action != "study.publish").count()
    };
    assert_eq!(noted().await, 7);

    let rehearsal = field.rehearsal();
    store.waves().create(rehearsal.clone()).await.unwrap();
    let nowhere = wave_of(&field.study, &field.version, "x", WaveState::Draft).id;
    let redate = async |wave| {
        let change = WaveChange {
            dates: Some(WaveDates::default()),
            ..WaveChange::default()
        };
        store.waves().change(wave, change, entry("x")).await
    };
    assert!(matches!(
        redate(rehearsal.id).await,
        Err(StoreError::Conflict(Conflict::IsRehearsal))
    ));
    let kept = store.waves().by_id(rehearsal.id).await.unwrap();
    assert_eq!(kept, Some(rehearsal));
    assert!(matches!(
        redate(nowhere).await,
        Err(StoreError::NotFound("wave"))
    ));
    // What did not happen is not told, nor the making of a wave whose name is taken.
    let namesake = wave_of(&field.study, &field.version, "cls", WaveState::Draft);
    let taken = store
        .waves()
        .create_noted(namesake, entry("wave.create"))
        .await;
    assert!(taken.is_err());
    assert_eq!(noted().await, 7);
    let third = wave_of(&field.study, &field.version, "third", WaveState::Draft);
    let waves = store.waves();
    let made = waves.create_noted(third, entry("wave.create")).await;
    made.unwrap();
    assert_eq!(noted().await, 8);
}

async fn slugs(store: &store::Store, state: WaveState) -> Vec<String> {
    store
        .waves()
        .in_state(state)
        .await
        .unwrap()
        .into_iter()
        .map(|wave| wave.slug)
        .collect()
}

async fn fixes_the_version_once_somebody_answers(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let second = store
        .versions()
        .publish(version_of(field.study.id, "2"), entry("study.publish"))
        .await
        .unwrap()
        .version();

    store
        .waves()
        .set_version(field.wave, second.id, Some(entry("wave.version")))
        .await
        .unwrap();
    assert_eq!(
        store
            .waves()
            .by_id(field.wave)
            .await
            .unwrap()
            .unwrap()
            .version,
        second.id
    );
    // Whoever still holds the former version must look again.
    assert!(matches!(
        store.drafts().open(field.draft("t")).await,
        Err(StoreError::Stale)
    ));

    store
        .waves()
        .set_version(field.wave, field.version.id, None)
        .await
        .unwrap();
    store.drafts().open(field.draft("t")).await.unwrap();
    assert!(matches!(
        store
            .waves()
            .set_version(field.wave, second.id, Some(entry("wave.version")))
            .await,
        Err(StoreError::Conflict(Conflict::WaveBegun))
    ));
}

/// A wave that has begun moves on where that is asked for; drafts and responses keep their version until they are carried
/// over, as they were read.
async fn moves_a_wave_on_and_whoever_may_with_it(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let second = store
        .versions()
        .publish(version_of(field.study.id, "2"), entry("study.publish"))
        .await
        .unwrap()
        .version();
    for token in ["a", "b", "c"] {
        store.drafts().open(field.draft(token)).await.unwrap();
    }
    store
        .drafts()
        .open_entry(field.draft("entry"), entry("data.enter"))
        .await
        .unwrap();
    let response = field.submission("one");
    store.responses().submit(response).await.unwrap();
    store
        .waves()
        .move_on(field.wave, second.id, entry("wave.version"))
        .await
        .unwrap();
    let wave = store.waves().by_id(field.wave).await.unwrap().unwrap();
    assert_eq!(wave.version, second.id);
    let versions = store.responses().versions(field.wave).await.unwrap();
    assert_eq!(versions, [field.version.id]);

    // Page by page, without entries: what they are of was answered already.
    let first = store
        .drafts()
        .in_other_version(field.wave, second.id, None, 2)
        .await
        .unwrap();
    let rest = store
        .drafts()
        .in_other_version(field.wave, second.id, Some(first[1].id), 2)
        .await
        .unwrap();
    assert_eq!((first.len(), rest.len()), (2, 1));
    let at = |draft: &store::Draft| DraftAt {
        id: draft.id,
        revision: draft.revision,
    };
    assert!(
        store
            .drafts()
            .carry(at(&first[0]), second.id)
            .await
            .unwrap()
    );
    assert!(
        !store
            .drafts()
            .carry(at(&first[0]), second.id)
            .await
            .unwrap()
    );
    let left = store
        .drafts()
        .in_other_version(field.wave, second.id, None, 9)
        .await
        .unwrap();
    assert_eq!(left.len(), 2);
    let mut of_second = field.submission("two");
    of_second.response.version = second.id;
    store.responses().submit(of_second).await.unwrap();
    let versions = store.responses().versions(field.wave).await.unwrap();
    assert_eq!(versions.len(), 2);
    let nowhere = store::WaveId(random_uuid());
    let moved = store
        .waves()
        .move_on(nowhere, second.id, entry("wave.version"))
        .await;
    assert!(matches!(moved, Err(StoreError::NotFound("wave"))));
}

async fn keeps_the_first_value_of_a_setting(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(
        store
            .settings()
            .ensure("key", "first".to_owned())
            .await
            .unwrap(),
        "first"
    );
    assert_eq!(
        store
            .settings()
            .ensure("key", "second".to_owned())
            .await
            .unwrap(),
        "first"
    );
    assert_eq!(
        store
            .settings()
            .ensure("other", "third".to_owned())
            .await
            .unwrap(),
        "third"
    );
}

async fn keeps_everything_over_a_restart(database: TestDatabase) {
    let store = database.open().await;
    store.ping().await.unwrap();
    let field = open_wave(&store, "cls").await;
    let submission = field.submission("a");
    store.responses().submit(submission.clone()).await.unwrap();
    store.close().await;
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
    assert!(matches!(
        store.responses().submit(field.submission("b")).await,
        Err(StoreError::Unavailable(_))
    ));

    let store = database.open().await;
    let page = store.responses().page(field.wave, None, 10).await.unwrap();
    assert_eq!(page, [submission.response]);
}
