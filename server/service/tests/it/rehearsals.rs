use crate::fixture::{QPV, Site, edge, exported, may, may_in, responses};
use crate::import::{import, kind};
use crate::live::{enter, next, recounted};
use proptest::prelude::*;
use questionnaire::Sheet;
use serde_json::{Value, json};
use service::{Fielding, LiveEventKind, NewWave, Outcome, ServiceError, Services, WaveInfo};
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);

async fn rehearse(services: &Services, wave: &WaveInfo, sheets: Vec<Sheet>) -> WaveInfo {
    let rehearsal = services
        .rehearsals()
        .ensure(&may(services, wave).await, wave)
        .await
        .unwrap();
    let outcomes = import(services, &rehearsal, sheets).await;
    assert!(
        outcomes.iter().all(|it| kind(it) == "added"),
        "{outcomes:?}"
    );
    rehearsal
}

fn kinds(outcomes: &[Outcome]) -> Vec<&'static str> {
    outcomes.iter().map(kind).collect()
}

fn marked(mut sheet: Sheet, mark: Value) -> Sheet {
    sheet.meta.other.insert("rehearsal".to_owned(), mark);
    sheet
}

async fn ensured(services: &Services, wave: &WaveInfo) -> WaveInfo {
    let may = may(services, wave).await;
    services.rehearsals().ensure(&may, wave).await.unwrap()
}

#[tokio::test]
async fn a_wave_has_one_rehearsal_that_nobody_can_answer() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsals = services.rehearsals();
    assert!(rehearsals.of(&wave).await.unwrap().is_none());
    assert!(matches!(
        rehearsals.known(&wave).await,
        Err(ServiceError::NoRehearsal(wave)) if wave == "qpv-cls"
    ));
    let rehearsal = rehearsals
        .ensure(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert!(rehearsal.is_rehearsal() && !wave.is_rehearsal());
    assert_eq!(rehearsal.rehearsal_of, Some(wave.id));
    assert_eq!(rehearsal.fielding, Fielding::Closed);
    assert_eq!(
        rehearsals
            .ensure(&may(&services, &wave).await, &wave)
            .await
            .unwrap()
            .id,
        rehearsal.id
    );
    assert_eq!(rehearsals.known(&wave).await.unwrap().id, rehearsal.id);

    assert!(matches!(
        services
            .waves()
            .reopen(&may(&services, &rehearsal).await, &rehearsal)
            .await,
        Err(ServiceError::IsRehearsal)
    ));
    assert!(matches!(
        services.respond().open(&rehearsal, "fr").await,
        Err(ServiceError::Closed)
    ));
    assert!(matches!(
        rehearsals
            .ensure(&may(&services, &rehearsal).await, &rehearsal)
            .await,
        Err(ServiceError::IsRehearsal)
    ));
}

#[tokio::test]
async fn no_address_but_its_own_means_a_rehearsal() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = ensured(&services, &wave).await;
    let waves = services.waves();
    let open = waves.open().await.unwrap();
    assert_eq!(open.iter().map(|it| it.id).collect::<Vec<_>>(), [wave.id]);
    for address in ["qpv-cls", "qpv-cls/qpv-cls"] {
        assert_eq!(waves.by_address(address).await.unwrap().id, wave.id);
    }
    for slug in [
        rehearsal.slug.as_str(),
        "rehearsal",
        "qpv-cls_rehearsal",
        "qpv-cls/rehearsal",
    ] {
        assert!(waves.by_slug(slug).await.unwrap().is_none(), "{slug}");
        let address = format!("qpv-cls/{slug}");
        assert!(matches!(
            waves.by_address(&address).await,
            Err(ServiceError::UnknownWave(_))
        ));
    }
}

#[tokio::test]
async fn the_only_wave_of_a_study_is_meant_though_it_has_a_rehearsal() {
    let site = Site::new();
    let services = site.open().await;
    let (study, version, _) = services
        .studies()
        .publish(&services.operator(), QPV)
        .await
        .unwrap();
    let waves = services.waves();
    let only = waves
        .create(
            &may_in(&services, &study.slug).await,
            version,
            NewWave::open("automne"),
        )
        .await
        .unwrap();
    ensured(&services, &only).await;
    assert_eq!(waves.by_address("qpv-cls").await.unwrap().id, only.id);
}

#[tokio::test]
async fn a_rehearsal_leaves_out_what_is_meant_to_fail() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut failing = edge(13);
    failing
        .meta
        .other
        .insert("fails".to_owned(), json!(["cls_partenaires"]));
    let sheets = vec![failing, responses().swap_remove(0)];
    let rehearsal = ensured(&services, &wave).await;
    let outcomes = import(&services, &rehearsal, sheets.clone()).await;
    assert_eq!(kinds(&outcomes), ["skipped", "added"]);
    // Anywhere else such a sheet fails, as it is meant to.
    let outcomes = import(&services, &wave, sheets).await;
    assert_eq!(kinds(&outcomes), ["refused", "added"]);
}

#[tokio::test]
async fn sheets_of_a_rehearsal_are_marked_and_refused_elsewhere() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = rehearse(&services, &wave, responses().split_off(120)).await;
    let sheets = exported(&services, &rehearsal).await;
    assert_eq!(sheets.len(), 10);
    for sheet in &sheets {
        assert_eq!(sheet.meta.other["rehearsal"], json!(true));
        assert_eq!(sheet.meta.other["synthetic"], json!(true));
    }
    // Neither among the real ones, nor in another wave.
    let other = services
        .waves()
        .create(
            &may_in(&services, "qpv-cls").await,
            wave.version,
            NewWave::open("automne"),
        )
        .await
        .unwrap();
    for wave in [&wave, &other] {
        let outcomes = import(&services, wave, sheets.clone()).await;
        assert!(outcomes.iter().all(|it| kind(it) == "rehearsal"));
        assert_eq!(exported(&services, wave).await, []);
    }
    // They go back where they came from, and add nothing.
    let outcomes = import(&services, &rehearsal, sheets).await;
    assert!(outcomes.iter().all(|it| kind(it) == "unchanged"));
    // Made up is not rehearsed: the sample sheets are imported as ever, and come out unmarked.
    let outcomes = import(&services, &wave, responses().split_off(120)).await;
    assert!(outcomes.iter().all(|it| kind(it) == "added"));
    for sheet in exported(&services, &wave).await {
        assert!(!sheet.meta.is_rehearsal() && sheet.meta.is_synthetic());
    }
}

#[tokio::test]
async fn in_doubt_a_mark_counts() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let marks = [
        (json!(true), "rehearsal"),
        (json!("oui"), "rehearsal"),
        (json!(1), "rehearsal"),
        (json!({}), "rehearsal"),
        (json!(null), "added"),
        (json!(false), "added"),
    ];
    for (sheet, (mark, expected)) in responses().into_iter().zip(marks) {
        let outcomes = import(&services, &wave, vec![marked(sheet, mark.clone())]).await;
        assert_eq!(kinds(&outcomes), [expected], "{mark}");
    }
}

#[tokio::test]
async fn a_rehearsal_is_of_the_version_that_the_wave_fields() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = ensured(&services, &wave).await;
    let install = async |n: u32| {
        let newer = QPV.replacen("Budget annuel", &format!("Budget annuel ({n})"), 1);
        services
            .studies()
            .install(&services.operator(), &newer)
            .await
            .unwrap()
            .wave
    };
    // A rehearsal keeps nobody from changing the wave's version, and follows while it is empty.
    let second = install(2).await;
    assert_ne!(second.version, wave.version);
    let followed = ensured(&services, &second).await;
    assert_eq!(
        (followed.id, followed.version),
        (rehearsal.id, second.version)
    );
    // One with responses does not change under them.
    rehearse(&services, &second, responses().split_off(128)).await;
    let third = install(3).await;
    assert_ne!(third.version, second.version);
    assert!(matches!(
        services
            .rehearsals()
            .ensure(&may(&services, &third).await, &third)
            .await,
        Err(ServiceError::RehearsalOutdated)
    ));
    assert_eq!(
        services
            .rehearsals()
            .remove(&may(&services, &third).await, &third)
            .await
            .unwrap(),
        Some(2)
    );
    let fresh = ensured(&services, &third).await;
    assert_eq!(fresh.version, third.version);
}

#[tokio::test]
async fn a_rehearsal_has_a_key_of_its_own_that_opens_nothing_else() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = ensured(&services, &wave).await;
    let (real, own) = (
        services.dashboard_key(&wave),
        services.dashboard_key(&rehearsal),
    );
    assert_ne!(real, own);
    let rehearsals = services.rehearsals();
    let entered = rehearsals.enter("qpv-cls", &own).await.unwrap();
    assert_eq!(entered.map(|(it, _)| it.id), Some(rehearsal.id));
    for (slug, key) in [
        ("qpv-cls", real.as_str()),
        ("qpv-cls", ""),
        ("nothing", &own),
        (&rehearsal.slug, &own),
    ] {
        assert!(rehearsals.enter(slug, key).await.unwrap().is_none());
    }
    for slug in ["qpv-cls", &rehearsal.slug] {
        assert!(
            services
                .enter_dashboard(slug, &own)
                .await
                .unwrap()
                .is_none()
        );
    }
    rehearsals
        .remove(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert!(rehearsals.enter("qpv-cls", &own).await.unwrap().is_none());
    // The key of a rehearsal that was removed does not open the next one.
    let next = rehearsals
        .ensure(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert_ne!(services.dashboard_key(&next), own);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_watches_a_rehearsal_that_is_removed_is_told_once() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = rehearse(&services, &wave, responses().split_off(125)).await;
    let right = services.right_to(&rehearsal, &services.dashboard_key(&rehearsal));
    let right = right.unwrap();
    let live = services.live();
    let mut french = live.watch(right, "fr", None).await.unwrap();
    let mut english = live.watch(right, "en", None).await.unwrap();
    let mut real = live
        .watch(enter(&services, &wave).await, "fr", None)
        .await
        .unwrap();
    for (watcher, is_rehearsal) in [
        (&mut french, true),
        (&mut english, true),
        (&mut real, false),
    ] {
        let first: Value = serde_json::from_str(&next(watcher).await.data).unwrap();
        assert_eq!(first["rehearsal"], is_rehearsal);
    }
    // Has everything already, and must be told all the same.
    let mut up_to_date = live
        .watch(right, "fr", Some(service::Revision(5)))
        .await
        .unwrap();

    // Another process removes it.
    let removing = site.open().await;
    let same = removing.waves().by_address("qpv-cls").await.unwrap();
    assert_eq!(
        removing
            .rehearsals()
            .remove(&may(&removing, &same).await, &same)
            .await
            .unwrap(),
        Some(5)
    );
    for watcher in [&mut french, &mut english, &mut up_to_date] {
        let last = next(watcher).await;
        assert_eq!(last.kind, LiveEventKind::Removed);
        let data: Value = serde_json::from_str(&last.data).unwrap();
        assert_eq!(data, json!({ "revision": 5, "rehearsal": true }));
        let end = timeout(PATIENCE, watcher.next()).await.expect("an end");
        assert_eq!(end, None);
    }
    assert!(matches!(
        live.frame(right, "fr").await,
        Err(ServiceError::UnknownWave(_) | ServiceError::WaveGone)
    ));
    // The wave itself is watched as before.
    import(&services, &wave, responses().split_off(129)).await;
    assert_eq!(next(&mut real).await.kind, LiveEventKind::Delta);
}

#[tokio::test]
async fn an_import_into_a_rehearsal_that_was_removed_says_so() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = ensured(&services, &wave).await;
    services
        .rehearsals()
        .remove(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let outcome = services
        .import(&may(&services, &rehearsal).await, &rehearsal)
        .await
        .unwrap()
        .sheets(responses())
        .await;
    assert!(
        matches!(outcome, Err(ServiceError::WaveGone)),
        "{outcome:?}"
    );
    assert_eq!(
        services
            .rehearsals()
            .remove(&may(&services, &wave).await, &wave)
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn old_change_logs_of_rehearsals_are_deleted_too() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let rehearsal = rehearse(&services, &wave, responses().split_off(120)).await;
    services.clean_up().await.unwrap();
    let changes = site
        .store()
        .await
        .responses()
        .changes(rehearsal.id, service::Revision(0))
        .await;
    assert!(matches!(changes, Ok(store::Changes::Purged(_))));
}

/// Something that happens to a wave or its rehearsal.
#[derive(Debug, Clone)]
enum Step {
    Real(usize),
    Rehearse(usize),
    /// What is exported of the rehearsal, imported as if it were real.
    Mistake,
    Remove,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..30_usize).prop_map(Step::Real),
        4 => (0..30_usize).prop_map(Step::Rehearse),
        1 => Just(Step::Mistake),
        1 => Just(Step::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Law: whatever is rehearsed and removed, the wave's numbers are those of its real responses.
    #[test]
    fn rehearsals_never_count(steps in prop::collection::vec(step(), 1..16)) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (site, control) = (Site::new(), Site::new());
            let (services, wave) = site.open_qpv().await;
            let (alone, only) = control.open_qpv().await;
            for step in steps {
                match step {
                    Step::Real(nth) => {
                        let sheet = vec![responses().swap_remove(nth)];
                        import(&services, &wave, sheet.clone()).await;
                        import(&alone, &only, sheet).await;
                    }
                    Step::Rehearse(nth) => {
                        let rehearsal = ensured(&services, &wave).await;
                        import(&services, &rehearsal, vec![responses().swap_remove(nth)]).await;
                    }
                    Step::Mistake => {
                        let rehearsal = ensured(&services, &wave).await;
                        let sheets = exported(&services, &rehearsal).await;
                        import(&services, &wave, sheets).await;
                    }
                    Step::Remove => {
                        services.rehearsals().remove(&may(&services, &wave).await, &wave).await.unwrap();
                    }
                }
            }
            assert_eq!(exported(&services, &wave).await, exported(&alone, &only).await);
            let right = enter(&services, &wave).await;
            let frame = services.live().frame(right, "fr").await.unwrap();
            let shown = serde_json::to_value(frame.tables().collect::<Vec<_>>()).unwrap();
            let expected = recounted(&alone, &only).await;
            let shown: std::collections::BTreeMap<String, Value> = shown
                .as_array()
                .unwrap()
                .iter()
                .map(|it| (it["item"].as_str().unwrap().to_owned(), it.clone()))
                .collect();
            assert_eq!(shown, expected);
            services.close().await;
            alone.close().await;
        });
    }
}

/// Negative control: the comparison of the law sees it when a rehearsal does count.
#[tokio::test]
async fn the_law_would_notice_a_rehearsal_that_counts() {
    let (site, control) = (Site::new(), Site::new());
    let (services, wave) = site.open_qpv().await;
    let (alone, only) = control.open_qpv().await;
    let rehearsal = rehearse(&services, &wave, responses().split_off(129)).await;
    let mut stripped = exported(&services, &rehearsal).await;
    stripped
        .iter_mut()
        .for_each(|it| drop(it.meta.other.remove("rehearsal")));
    import(&services, &wave, stripped).await;
    assert_ne!(
        recounted(&services, &wave).await,
        recounted(&alone, &only).await
    );
}
