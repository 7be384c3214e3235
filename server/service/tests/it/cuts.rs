//! Live results of some of the responses, in columns.

use crate::fixture::{Site, exported, may, responses};
use crate::live::{Page, enter, next};
use service::{LiveEventKind, ServiceError, Services, WaveInfo};
use std::collections::BTreeMap;
use std::sync::Arc;
use tally::{Cut, CutError, Filter, Options, Plan, Tally};

fn cut(by: &str, only: &str) -> Cut {
    let given = |it: &str| (!it.is_empty()).then(|| it.to_owned());
    Cut {
        by: given(by),
        only: given(only),
        ..Cut::default()
    }
}

async fn import(services: &Services, wave: &WaveInfo, range: std::ops::Range<usize>) {
    let sheets = responses().drain(range).collect();
    let import = services.import(&may(services, wave).await, wave).await;
    import.unwrap().sheets(sheets).await.unwrap();
}

/// Counted one by one from what is exported.
async fn recounted(
    services: &Services,
    wave: &WaveInfo,
    it: &Cut,
) -> (u64, BTreeMap<String, serde_json::Value>) {
    let engine = &wave.engine;
    let filter = it.only.as_deref().map(|only| Filter {
        program: questionnaire::condition(engine, only, None)
            .unwrap()
            .program,
        roster: None,
    });
    let options = Options {
        by: it.by.clone(),
        filter,
        max_texts: 500,
        ..Options::default()
    };
    let mut tally = Tally::new(Arc::new(Plan::new(engine, options).unwrap()));
    for sheet in exported(services, wave).await {
        tally.add(&engine.load(&sheet).evaluation);
    }
    let text = serde_json::to_string(&tally.tables("fr")).unwrap();
    let tables: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let tables = tables.into_iter();
    let tables = tables.map(|it| (it["item"].as_str().unwrap().to_owned(), it));
    (tally.responses(), tables.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_results_follow_what_is_stored() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 0..40).await;
    let right = enter(&services, &wave).await;
    let cuts = [
        cut("presence_cls", ""),
        cut("", "presence_cls = 'oui'"),
        cut("presence_asv", "presence_cls = 'oui'"),
        cut("nb_qpv:1,3", "not answered(cls_budget)"),
    ];
    let mut watched = Vec::new();
    for it in cuts {
        let live = services.live().cut(it.clone());
        let mut watcher = live.watch(right, "fr", None).await.unwrap();
        let mut page = Page::default();
        page.take_next(&mut watcher).await;
        let (n, tables) = recounted(&services, &wave, &it).await;
        assert_eq!((page.revision, page.kept), (40, Some(n)), "{it:?}");
        assert_eq!(page.tables, tables, "{it:?}");
        watched.push((it, watcher, page));
    }
    import(&services, &wave, 40..130).await;
    for (it, mut watcher, mut page) in watched {
        page.follow(&mut watcher, 130).await;
        let (n, tables) = recounted(&services, &wave, &it).await;
        assert_eq!((page.responses, page.kept), (130, Some(n)), "{it:?}");
        assert_eq!(page.tables, tables, "{it:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_cut_is_counted_once_however_many_watch() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    import(&services, &wave, 0..10).await;
    let right = enter(&services, &wave).await;
    let mut watchers = Vec::new();
    for _ in 0..20 {
        let live = services.live().cut(cut("presence_cls", ""));
        let mut watcher = live.watch(right, "fr", None).await.unwrap();
        assert_eq!(next(&mut watcher).await.kind, LiveEventKind::Snapshot);
        watchers.push(watcher);
    }
    import(&services, &wave, 10..11).await;
    let mut events = Vec::new();
    for watcher in &mut watchers {
        events.push(next(watcher).await);
    }
    assert!(
        events
            .iter()
            .all(|it| it.revision.0 == 11 && it.kind == LiveEventKind::Delta)
    );
    assert!(
        events
            .iter()
            .all(|it| Arc::ptr_eq(&it.data, &events[0].data))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_cut_is_refused_and_too_many_cuts_make_room() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let right = enter(&services, &wave).await;
    let refused = async |it: Cut| services.live().cut(it).frame(right, "fr").await.err();
    let Some(ServiceError::BadCut(CutError::Plan(error))) = refused(cut("nope", "")).await else {
        panic!("an unknown question");
    };
    assert_eq!(error.code(), "TA0001");
    let found = refused(cut("", "presence_clss = 'oui'")).await;
    assert!(
        matches!(found, Some(ServiceError::BadCut(CutError::Condition(_)))),
        "{found:?}"
    );
    // More than are kept: those that nobody watches make room for others.
    for n in 0..150 {
        let it = cut("", &format!("nb_qpv > {n}"));
        assert!(services.live().cut(it).frame(right, "fr").await.is_ok());
    }
    // Those that somebody watches do not.
    let mut watchers = Vec::new();
    let mut n_refused = 0;
    for n in 0..100 {
        let it = cut("", &format!("nb_qpv > {n}"));
        match services.live().cut(it).watch(right, "fr", None).await {
            Ok(watcher) => watchers.push(watcher),
            Err(ServiceError::Busy) => n_refused += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((watchers.len(), n_refused), (64, 36));
}
