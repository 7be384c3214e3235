use crate::fixture::{Site, exported, may, responses};
use service::{
    Draft, LiveEvent, LiveEventKind, Revision, Services, ViewDashboard, Watcher, WaveInfo,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn enter(services: &Services, wave: &WaveInfo) -> ViewDashboard {
    let key = services.dashboard_key(wave);
    services
        .enter_dashboard(&wave.slug, &key)
        .await
        .unwrap()
        .unwrap()
        .1
}

pub(crate) async fn next(watcher: &mut Watcher) -> LiveEvent {
    timeout(PATIENCE, watcher.next())
        .await
        .expect("something to send")
        .expect("still open")
}

/// What a browser puts together from the events.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) revision: i64,
    pub(crate) responses: u64,
    /// How many of them a filter keeps.
    pub(crate) kept: Option<u64>,
    pub(crate) tables: BTreeMap<String, serde_json::Value>,
}

impl Page {
    fn take(&mut self, event: &LiveEvent) {
        let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
        if event.kind == LiveEventKind::Snapshot {
            self.tables.clear();
        }
        self.revision = data["revision"].as_i64().unwrap();
        self.responses = data["responses"].as_u64().unwrap();
        self.kept = data["kept"].as_u64();
        assert_eq!(event.revision, Revision(self.revision));
        for table in data["tables"].as_array().unwrap() {
            self.tables
                .insert(table["item"].as_str().unwrap().to_owned(), table.clone());
        }
    }

    pub(crate) async fn take_next(&mut self, watcher: &mut Watcher) {
        self.take(&next(watcher).await);
    }

    pub(crate) async fn follow(&mut self, watcher: &mut Watcher, revision: i64) {
        while self.revision < revision {
            self.take(&next(watcher).await);
        }
    }
}

/// All tables, counted by hand from what is exported.
pub(crate) async fn recounted(
    services: &Services,
    wave: &WaveInfo,
) -> BTreeMap<String, serde_json::Value> {
    let options = tally::Options {
        max_texts: 500,
        ..tally::Options::default()
    };
    let plan = Arc::new(tally::Plan::new(&wave.engine, options).unwrap());
    let mut tally = tally::Tally::new(plan);
    for sheet in exported(services, wave).await {
        tally.add(&wave.engine.load(&sheet).evaluation);
    }
    // Through text, as the events went: reading a number back may move its last digit.
    let text = serde_json::to_string(&tally.tables("fr")).unwrap();
    let tables: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    tables
        .into_iter()
        .map(|it| (it["item"].as_str().unwrap().to_owned(), it))
        .collect()
}

async fn import(services: &Services, wave: &WaveInfo, range: std::ops::Range<usize>) {
    let sheets = responses().drain(range).collect();
    services
        .import(&may(services, wave).await, wave)
        .await
        .unwrap()
        .sheets(sheets)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_follows_what_is_stored() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 0..40).await;
    let right = enter(&services, &wave).await;
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    let mut page = Page::default();
    let first = next(&mut watcher).await;
    assert_eq!(first.kind, LiveEventKind::Snapshot);
    page.take(&first);
    assert_eq!((page.revision, page.responses), (40, 40));
    assert_eq!(page.tables, recounted(&services, &wave).await);

    import(&services, &wave, 40..130).await;
    page.follow(&mut watcher, 130).await;
    assert_eq!(page.responses, 130);
    assert_eq!(page.tables, recounted(&services, &wave).await);
    assert_eq!(page.tables["presence_cls"]["base"]["responses"], 130);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_submission_reaches_every_dashboard_as_a_delta() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 1..130).await;
    let right = enter(&services, &wave).await;
    let mut watchers = Vec::new();
    for _ in 0..50 {
        let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
        assert_eq!(next(&mut watcher).await.revision, Revision(129));
        watchers.push(watcher);
    }
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let answers = responses().swap_remove(0).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
    services
        .respond()
        .change(&wave, &token, fill)
        .await
        .unwrap();
    services
        .respond()
        .submit(&wave, &token, "key", b"")
        .await
        .unwrap();

    let mut received = Vec::new();
    for watcher in &mut watchers {
        // Opening the draft may have been shown before.
        let mut event = next(watcher).await;
        while event.revision < Revision(130) {
            event = next(watcher).await;
        }
        assert_eq!(event.kind, LiveEventKind::Delta);
        received.push(event);
    }
    assert!(
        received
            .iter()
            .all(|event| Arc::ptr_eq(&event.data, &received[0].data)),
        "computed and written once, however many watch"
    );
    let n_tables = services
        .live()
        .frame(right, "fr")
        .await
        .unwrap()
        .tables()
        .count();
    let delta: serde_json::Value = serde_json::from_str(&received[0].data).unwrap();
    assert!(delta["tables"].as_array().unwrap().len() <= n_tables);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_sees_what_another_process_imports() {
    let site = Site::new();
    let (serving, wave) = site.open_qpv().await;
    let right = enter(&serving, &wave).await;
    let mut watcher = serving.live().watch(right, "fr", None).await.unwrap();
    let mut page = Page::default();
    page.take(&next(&mut watcher).await);
    assert_eq!(page.responses, 0);

    let importing = site.open().await;
    let same = importing.waves().by_address("qpv-cls").await.unwrap();
    import(&importing, &same, 0..130).await;
    importing.close().await;
    page.follow(&mut watcher, 130).await;
    assert_eq!(page.tables, recounted(&serving, &wave).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_that_was_away_gets_what_it_missed() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let right = enter(&services, &wave).await;
    let mut page = Page::default();
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    page.take(&next(&mut watcher).await);
    import(&services, &wave, 0..3).await;
    page.follow(&mut watcher, 3).await;

    // It looks away (another tab keeps the language alive), and comes back with `Last-Event-ID`.
    let other_tab = services.live().watch(right, "fr", None).await.unwrap();
    drop(watcher);
    import(&services, &wave, 3..9).await;
    let mut watcher = services
        .live()
        .watch(right, "fr", Some(Revision(3)))
        .await
        .unwrap();
    let back = next(&mut watcher).await;
    assert_eq!(back.kind, LiveEventKind::Delta);
    page.take(&back);
    page.follow(&mut watcher, 9).await;
    assert_eq!(page.tables, recounted(&services, &wave).await);
    drop(other_tab);

    // A revision that this database never had is answered with everything.
    let mut confused = services
        .live()
        .watch(right, "fr", Some(Revision(900)))
        .await
        .unwrap();
    assert_eq!(next(&mut confused).await.kind, LiveEventKind::Snapshot);
    // Who has everything is sent nothing until something changes.
    let mut up_to_date = services
        .live()
        .watch(right, "fr", Some(Revision(9)))
        .await
        .unwrap();
    import(&services, &wave, 9..10).await;
    assert_eq!(next(&mut up_to_date).await.revision, Revision(10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn corrections_and_withdrawals_are_taken_back_out() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 0..20).await;
    let right = enter(&services, &wave).await;
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    let mut page = Page::default();
    page.take(&next(&mut watcher).await);

    let store = site.store().await;
    let stored = store.responses().page(wave.id, None, 20).await.unwrap();
    let today = time::macros::date!(2026 - 03 - 02);
    let withdraw = async |id| {
        let rights = store.rights();
        assert!(rights.withdraw(wave.id, id, None, today).await.unwrap());
    };
    withdraw(stored[0].id).await;
    let corrected = store::Response {
        id: stored[1].id,
        ..stored[2].clone()
    };
    store.responses().correct(wave.id, corrected).await.unwrap();
    page.follow(&mut watcher, 22).await;
    assert_eq!(page.responses, 19);
    assert_eq!(page.tables, recounted(&services, &wave).await);

    // Where the change log was purged before it was read, everything is counted again.
    withdraw(stored[2].id).await;
    store
        .responses()
        .purge_changes(wave.id, Revision(23))
        .await
        .unwrap();
    page.follow(&mut watcher, 23).await;
    assert_eq!(page.responses, 18);
    assert_eq!(page.tables, recounted(&services, &wave).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_shows_where_people_are() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 0..3).await;
    let right = enter(&services, &wave).await;
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    next(&mut watcher).await;

    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let turn = |draft: &mut Draft| draft.sheet.meta.reached = Some("cls".to_owned());
    services
        .respond()
        .change(&wave, &token, turn)
        .await
        .unwrap();
    let event = next(&mut watcher).await;
    assert_eq!(event.revision, Revision(3), "a draft is no response");
    let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
    assert_eq!(data["tables"], serde_json::json!([]));
    let frame = services.live().frame(right, "fr").await.unwrap();
    let progress = frame.progress();
    assert_eq!((progress.started, progress.finished), (4, 3));
    let at = progress.pages.iter().find(|it| it.page == "cls").unwrap();
    assert_eq!(at.stopped, 1);
    assert_eq!(frame.n_responses(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_ends_when_the_program_stops() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let right = enter(&services, &wave).await;
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    next(&mut watcher).await;
    services.stop_live();
    let end = timeout(PATIENCE, watcher.next())
        .await
        .expect("the stream ends");
    assert_eq!(end, None);
    assert!(matches!(
        services.live().watch(right, "fr", None).await,
        Err(service::ServiceError::Stopping)
    ));
}

#[tokio::test]
async fn a_dashboard_speaks_the_languages_of_the_questionnaire() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let right = enter(&services, &wave).await;
    let title = async |language: &str| {
        let frame = services.live().frame(right, language).await.unwrap();
        frame.tables().next().unwrap().label.clone()
    };
    assert_ne!(title("fr").await, title("en").await);
    assert_eq!(title("br").await, title("fr").await);
}

#[tokio::test]
async fn without_the_key_there_is_no_dashboard() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let key = services.dashboard_key(&wave);
    assert!(key.len() >= 32, "at least 128 bits");
    let enter =
        async |slug: &str, key: &str| services.enter_dashboard(slug, key).await.unwrap().is_some();
    assert!(enter("qpv-cls", &key).await);
    assert!(!enter("qpv-cls", "").await);
    assert!(!enter("qpv-cls", &"0".repeat(key.len())).await);
    assert!(!enter("nothing", &key).await);

    // The link stays good over a restart, and is another one elsewhere.
    services.close().await;
    let (services, wave) = site.open_qpv().await;
    assert_eq!(services.dashboard_key(&wave), key);
    let elsewhere = Site::new();
    let (services, wave) = elsewhere.open_qpv().await;
    assert_ne!(services.dashboard_key(&wave), key);
}
