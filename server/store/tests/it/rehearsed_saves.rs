//! A rehearsal of what is being written belongs to its study, comes with its responses, and goes as a whole.

use crate::database::{TestDatabase, on_both};
use crate::fixture::{Field, NOW, open_wave, random_uuid, version_of, wave_of};
use crate::team::entry;
use std::time::Duration;
use store::{
    Changes, Conflict, NewRehearsal, Publication, Response, ResponseId, Revision, Store,
    StoreError, VersionId, Wave, WaveId, WaveState,
};
use tokio::time::timeout;

on_both!(
    it_is_found_by_its_study_only,
    a_new_one_takes_the_place_of_the_old_one,
    it_points_to_itself_and_stays_closed,
    what_it_asks_is_not_published,
    removing_it_leaves_nothing_and_takes_nothing_else,
    many_responses_come_at_once,
    of_two_at_once_one_stays,
    whoever_watches_is_told,
);

/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

fn rehearsal(field: &Field, save: i64, n_responses: usize) -> NewRehearsal {
    let id = WaveId(random_uuid());
    let version = VersionId(random_uuid());
    let wave = Wave {
        id,
        version,
        rehearsal_of: Some(id),
        rehearses_save: Some(save),
        closing_message: None,
        closes_at: None,
        ..wave_of(
            &field.study,
            &field.version,
            &format!("{}/working", field.study.slug),
            WaveState::Closed,
        )
    };
    let response = |n: usize| Response {
        id: ResponseId(random_uuid()),
        version,
        sheet: format!(r#"{{"answers":{{"n":{n}}}}}"#),
        content_hash: format!("hash of {n}"),
    };
    NewRehearsal {
        wave,
        source: format!("# save {save}\n"),
        content_hash: "hash of content".to_owned(),
        responses: (0..n_responses).map(response).collect(),
    }
}

async fn rehearse(store: &Store, new: NewRehearsal) -> store::Result<()> {
    let told = entry("rehearsal.begin");
    store.rehearsals().rehearse(new, told).await
}

async fn it_is_found_by_its_study_only(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let rehearsals = store.rehearsals();
    assert_eq!(rehearsals.of_study(field.study.id).await.unwrap(), None);
    let new = rehearsal(&field, 7, 3);
    let wave = new.wave.clone();
    rehearse(&store, new).await.unwrap();
    let found = rehearsals.of_study(field.study.id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&wave));
    assert_eq!(found.unwrap().rehearses_save, Some(7));
    // It is no wave of the study, nor the rehearsal of one, nor of itself.
    let waves = store.waves();
    assert_eq!(waves.by_slug(&wave.slug).await.unwrap(), None);
    let all = waves.of_study(field.study.id).await.unwrap();
    assert_eq!(all.iter().map(|it| it.id).collect::<Vec<_>>(), [field.wave]);
    assert_eq!(waves.in_state(WaveState::Closed).await.unwrap(), []);
    assert_eq!(rehearsals.of(field.wave).await.unwrap(), None);
    assert_eq!(rehearsals.of(wave.id).await.unwrap(), None);
    let responses = store.responses();
    assert_eq!(responses.count(wave.id).await.unwrap(), 3);
    assert_eq!(responses.count(field.wave).await.unwrap(), 0);
    assert_eq!(
        responses.revision(field.wave).await.unwrap(),
        Revision::default()
    );
    // Beside it a wave has its own, and removing either leaves the other.
    let of_wave = field.rehearsal();
    waves.create(of_wave.clone()).await.unwrap();
    let told = entry("rehearsal.remove");
    let removed = rehearsals.remove(field.wave, told).await.unwrap();
    assert_eq!(removed, Some(0));
    assert!(rehearsals.of_study(field.study.id).await.unwrap().is_some());
    let told = entry("rehearsal.remove");
    assert_eq!(rehearsals.remove(wave.id, told).await.unwrap(), None);
}

async fn a_new_one_takes_the_place_of_the_old_one(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (first, second) = (rehearsal(&field, 1, 2), rehearsal(&field, 2, 5));
    let (old, new) = (first.wave.clone(), second.wave.clone());
    rehearse(&store, first).await.unwrap();
    let told = move |before: &Option<u64>| {
        let mut it = entry("rehearsal.begin");
        it.before = before.map(|n| n.to_string());
        Some(it)
    };
    store.rehearsals().rehearse(second, told).await.unwrap();
    let found = store.rehearsals().of_study(field.study.id).await.unwrap();
    assert_eq!(found, Some(new.clone()));
    assert_eq!(store.waves().by_id(old.id).await.unwrap(), None);
    assert_eq!(store.versions().by_id(old.version).await.unwrap(), None);
    assert_eq!(store.responses().count(new.id).await.unwrap(), 5);
    let log = store.audit().latest(None, 1).await.unwrap();
    assert_eq!(log[0].before.as_deref(), Some("2"));
}

async fn it_points_to_itself_and_stays_closed(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    type Change = fn(&mut Wave, WaveId);
    let changes: [Change; 4] = [
        |it, _| it.rehearsal_of = None,
        |it, other| it.rehearsal_of = Some(other),
        |it, _| it.rehearses_save = None,
        |it, _| it.state = WaveState::Open,
    ];
    for change in changes {
        let mut new = rehearsal(&field, 1, 1);
        change(&mut new.wave, field.wave);
        let refused = rehearse(&store, new).await;
        assert!(matches!(
            refused,
            Err(StoreError::Conflict(Conflict::IsRehearsal))
        ));
    }
    assert_eq!(store.waves().all().await.unwrap().len(), 1);
    // Nor is a wave that people answer said to be of a save, by going past that.
    let mut sham = wave_of(&field.study, &field.version, "autre", WaveState::Open);
    sham.rehearses_save = Some(1);
    assert!(store.waves().create(sham).await.is_err());
}

async fn what_it_asks_is_not_published(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    rehearse(&store, rehearsal(&field, 1, 1)).await.unwrap();
    let versions = store.versions();
    let published = versions.of_study(field.study.id).await.unwrap();
    assert_eq!(published, std::slice::from_ref(&field.version));
    let found = store.rehearsals().of_study(field.study.id).await.unwrap();
    let asked = versions.by_id(found.unwrap().version).await.unwrap();
    let asked = asked.unwrap();
    assert_eq!((asked.number, asked.source.as_str()), (0, "# save 1\n"));
    // The same content may be published, and is the next version; another one too.
    for (content, number) in [("content", 1), ("more", 2)] {
        let publication = versions
            .publish(version_of(field.study.id, content), entry("study.publish"))
            .await
            .unwrap();
        assert_eq!(
            matches!(publication, Publication::New(_)),
            content == "more"
        );
        assert_eq!(publication.version().number, number);
    }
}

async fn removing_it_leaves_nothing_and_takes_nothing_else(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let other = open_wave(&store, "asv").await;
    let real = field.submission("real");
    store.responses().submit(real).await.unwrap();
    rehearse(&store, rehearsal(&field, 1, 4)).await.unwrap();
    rehearse(&store, rehearsal(&other, 1, 2)).await.unwrap();
    let rehearsals = store.rehearsals();
    let found = rehearsals.of_study(field.study.id).await.unwrap().unwrap();
    let remove = async || {
        let told = entry("rehearsal.remove");
        rehearsals
            .remove_of_study(field.study.id, told)
            .await
            .unwrap()
    };
    assert_eq!(remove().await, Some(4));
    assert_eq!(remove().await, None);
    assert_eq!(rehearsals.of_study(field.study.id).await.unwrap(), None);
    assert_eq!(store.versions().by_id(found.version).await.unwrap(), None);
    assert_eq!(store.responses().count(found.id).await.unwrap(), 0);
    assert_eq!(store.responses().count(field.wave).await.unwrap(), 1);
    let log = store.audit().latest(None, 10).await.unwrap();
    let removals = log.iter().filter(|it| it.action == "rehearsal.remove");
    assert_eq!(
        removals.count(),
        1,
        "where there was nothing, nothing is told"
    );
    let kept = rehearsals.of_study(other.study.id).await.unwrap();
    assert!(kept.is_some_and(|it| it.created_at == NOW));
}

async fn many_responses_come_at_once(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let new = rehearsal(&field, 1, 1_201);
    let wave = new.wave.id;
    rehearse(&store, new).await.unwrap();
    let responses = store.responses();
    assert_eq!(responses.count(wave).await.unwrap(), 1_201);
    assert_eq!(responses.revision(wave).await.unwrap(), Revision(1_201));
    // In which order they came is written nowhere.
    let since = responses.changes(wave, Revision(0)).await.unwrap();
    assert_eq!(since, Changes::Purged(Revision(1_201)));
    let now = responses.changes(wave, Revision(1_201)).await.unwrap();
    assert_eq!(now, Changes::Since(Vec::new()));
}

async fn of_two_at_once_one_stays(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (one, two) = tokio::join!(
        rehearse(&store, rehearsal(&field, 1, 3)),
        rehearse(&store, rehearsal(&field, 2, 3)),
    );
    one.unwrap();
    two.unwrap();
    assert_eq!(store.waves().all().await.unwrap().len(), 2);
    let found = store.rehearsals().of_study(field.study.id).await.unwrap();
    assert_eq!(store.responses().count(found.unwrap().id).await.unwrap(), 3);
}

async fn whoever_watches_is_told(database: TestDatabase) {
    let store = database.open().await;
    let field = open_wave(&store, "cls").await;
    let (first, second) = (rehearsal(&field, 1, 2), rehearsal(&field, 2, 2));
    let (old, new) = (first.wave.id, second.wave.id);
    rehearse(&store, first).await.unwrap();
    let mut news = store.watch(old).await.unwrap();
    rehearse(&store, second).await.unwrap();
    let ended = timeout(PATIENCE, async { while news.changed().await.is_ok() {} });
    ended.await.unwrap();
    // By another process too.
    let mut news = store.watch(new).await.unwrap();
    let elsewhere = database.open().await;
    let told = entry("rehearsal.remove");
    let rehearsals = elsewhere.rehearsals();
    rehearsals
        .remove_of_study(field.study.id, told)
        .await
        .unwrap();
    let ended = timeout(PATIENCE, async { while news.changed().await.is_ok() {} });
    ended.await.unwrap();
}
