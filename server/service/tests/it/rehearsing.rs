//! Rehearsing what is being written, whether or not anything is published.

use crate::fixture::{QPV, Site, exported, may, may_in, responses};
use crate::writing::{SMALL, somebody};
use proptest::prelude::*;
use service::team::{Design, May, SignedIn};
use service::{LiveEventKind, MadeUp, NewWave, ServiceError, Services};
use std::time::Duration;
use tokio::time::timeout;

/// Generous, because the machine may be busy; nothing here waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(20);

/// A study that is not published, and who writes it.
async fn begun(services: &Services) -> (SignedIn, May<Design>) {
    let ada = somebody(services, "ada@exemple.fr", true).await;
    services.writing().begin(&ada, SMALL).await.unwrap();
    let may = services.team().may::<Design>(&ada, "essai").await.unwrap();
    (ada, may)
}

/// How many responses its frame counts, and of which questions.
async fn shown(services: &Services, may: &May<Design>) -> (usize, Vec<String>) {
    let (rehearsed, right) = services.writing().rehearsed(may).await.unwrap().unwrap();
    let frame = services.live().frame(right, "fr").await.unwrap();
    let tables = frame.tables().map(|it| it.label.clone()).collect();
    (usize::try_from(rehearsed.n_responses).unwrap(), tables)
}

#[tokio::test]
async fn a_study_is_rehearsed_before_anything_is_published() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, may) = begun(&services).await;
    let writing = services.writing();
    assert!(writing.rehearsed(&may).await.unwrap().is_none());
    let (save, n) = writing.rehearse(&may, MadeUp::Cover).await.unwrap();
    assert!(save == 1 && n >= 2, "{n}");
    let (counted, tables) = shown(&services, &may).await;
    assert_eq!(counted, n);
    assert_eq!(tables, ["Âge", "Métier"]);
    let (rehearsed, right) = writing.rehearsed(&may).await.unwrap().unwrap();
    assert!(rehearsed.wave.is_rehearsal() && rehearsed.save == 1);
    assert_eq!(right.wave(), rehearsed.wave.id);
    // Nothing is published by it, and there is no wave.
    assert_eq!(writing.published(&may).await.unwrap(), []);
    let home = services.home(&ada).await.unwrap();
    let own = home.iter().find(|it| it.study.slug == "essai").unwrap();
    assert!(own.waves.is_empty() && own.n_versions == 0);
    for address in ["essai", "essai/working", "essai/essai/working"] {
        assert!(services.waves().by_address(address).await.is_err());
    }
    // Nobody can answer it, open it, set its responses aside by name, or rehearse it.
    assert!(matches!(
        services.respond().open(&rehearsed.wave, "fr").await,
        Err(ServiceError::Closed)
    ));
    let field = may_in(&services, "essai").await;
    assert!(matches!(
        services.waves().reopen(&field, &rehearsed.wave).await,
        Err(ServiceError::IsRehearsal)
    ));
    assert!(matches!(
        services.rehearsals().ensure(&may, &rehearsed.wave).await,
        Err(ServiceError::IsRehearsal)
    ));
    // Published, it is version 1, and a wave of it begins empty.
    assert_eq!(writing.publish(&may, 1).await.unwrap().number, 1);
    let wave = NewWave::open("essai");
    let wave = services.waves().create_newest(&field, wave).await.unwrap();
    assert_eq!(exported(&services, &wave).await, []);
    assert_eq!(shown(&services, &may).await.0, n);
    let replayed = writing.change(&may, SMALL).await.unwrap().unwrap();
    assert!(
        replayed.replays.is_empty(),
        "made-up responses are not replayed"
    );

    assert_eq!(
        writing.remove_rehearsal(&may).await.unwrap(),
        Some(n as u64)
    );
    assert_eq!(writing.remove_rehearsal(&may).await.unwrap(), None);
    assert!(writing.rehearsed(&may).await.unwrap().is_none());
    let gone = services.live().frame(right, "fr").await;
    assert!(gone.is_err(), "{gone:?}");
}

#[tokio::test]
async fn another_rehearsal_takes_its_place_and_is_of_the_latest_save() {
    let site = Site::new();
    let services = site.open().await;
    let (_, may) = begun(&services).await;
    let writing = services.writing();
    writing.rehearse(&may, MadeUp::Cover).await.unwrap();
    let (first, right) = writing.rehearsed(&may).await.unwrap().unwrap();
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    let snapshot = timeout(PATIENCE, watcher.next()).await.unwrap().unwrap();
    assert_eq!(snapshot.kind, LiveEventKind::Snapshot);
    let next = SMALL.replace("Métier", "Profession");
    writing.save(&may, &next, 1).await.unwrap();
    // Until then it is of what it was.
    assert_eq!(shown(&services, &may).await.1, ["Âge", "Métier"]);
    let (save, n) = writing.rehearse(&may, MadeUp::Drawn(25)).await.unwrap();
    assert_eq!((save, n), (2, 25));
    assert_eq!(
        shown(&services, &may).await,
        (25, vec!["Âge".to_owned(), "Profession".to_owned()])
    );
    let last = timeout(PATIENCE, watcher.next()).await.unwrap().unwrap();
    assert_eq!(last.kind, LiveEventKind::Removed);
    let (second, _) = writing.rehearsed(&may).await.unwrap().unwrap();
    assert_ne!(first.wave.id, second.wave.id);
    // Another process, and one that starts again, show the same.
    let elsewhere = site.open().await;
    let may = may_in(&elsewhere, "essai").await;
    assert_eq!(shown(&elsewhere, &may).await.0, 25);
}

#[tokio::test]
async fn what_cannot_be_rehearsed_leaves_the_former_rehearsal() {
    let site = Site::new();
    let services = site.open().await;
    let (_, may) = begun(&services).await;
    let writing = services.writing();
    let (_, n) = writing.rehearse(&may, MadeUp::Cover).await.unwrap();
    for most in [0, MadeUp::MOST + 1, u16::MAX] {
        let refused = writing.rehearse(&may, MadeUp::Drawn(most)).await;
        assert!(matches!(refused, Err(ServiceError::RehearsalSize)));
    }
    let broken = SMALL.replace("age >= 18", "age >= 'a'");
    writing.save(&may, &broken, 1).await.unwrap();
    for who in [MadeUp::Cover, MadeUp::Drawn(3)] {
        let refused = writing.rehearse(&may, who).await;
        assert!(matches!(
            refused,
            Err(ServiceError::UnsoundQuestionnaire(_))
        ));
    }
    // Nobody comes to the end of this one.
    let never = "checks: [{id: jamais, require: age < 0, message: {fr: Non}}]";
    let dead = SMALL.replace(
        "required: true",
        &format!("required: true, min: 0, {never}"),
    );
    writing.save(&may, &dead, 2).await.unwrap();
    for who in [MadeUp::Cover, MadeUp::Drawn(3)] {
        let refused = writing.rehearse(&may, who).await;
        assert!(
            matches!(refused, Err(ServiceError::NobodyToRehearse)),
            "{refused:?}"
        );
    }
    let (rehearsed, _) = writing.rehearsed(&may).await.unwrap().unwrap();
    assert_eq!((rehearsed.save, rehearsed.n_responses), (1, n as u64));
}

#[tokio::test]
async fn what_was_published_is_rehearsed_where_nobody_has_saved() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let may = may(&services, &wave).await;
    let (save, n) = services
        .writing()
        .rehearse(&may, MadeUp::Drawn(30))
        .await
        .unwrap();
    assert_eq!((save, n), (0, 30));
    let found = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!((found.id, found.version), (wave.id, wave.version));
    // A newer built-in questionnaire moves the wave as if there were no rehearsal.
    let newer = QPV.replacen("Budget annuel", "Budget de l’année", 1);
    let installed = services
        .studies()
        .install(&services.operator(), &newer)
        .await
        .unwrap();
    assert!(installed.is_new_version && installed.wave.version != wave.version);
    services.clean_up().await.unwrap();
    assert_eq!(shown(&services, &may).await.0, 30);
}

/// Something that happens to a study.
#[derive(Debug, Clone)]
enum Step {
    Real(usize),
    Rehearse(u16),
    Cover,
    Publish(u32),
    Remove,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..30_usize).prop_map(Step::Real),
        2 => (1..12_u16).prop_map(Step::Rehearse),
        1 => Just(Step::Cover),
        1 => (0..3_u32).prop_map(Step::Publish),
        1 => Just(Step::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// Law: whatever is rehearsed and removed, the study's waves, versions and responses are those of one where
    /// nothing ever was.
    #[test]
    fn rehearsals_touch_nothing_real(steps in prop::collection::vec(step(), 1..10)) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (site, control) = (Site::new(), Site::new());
            let (services, wave) = site.open_qpv().await;
            let (alone, only) = control.open_qpv().await;
            let right: May<Design> = may(&services, &wave).await;
            for step in steps {
                match step {
                    Step::Real(nth) => {
                        for (services, wave) in [(&services, &wave), (&alone, &only)] {
                            let may = may(services, wave).await;
                            let mut import = services.import(&may, wave).await.unwrap();
                            import.sheets(vec![responses().swap_remove(nth)]).await.unwrap();
                        }
                    }
                    Step::Rehearse(n) => {
                        services.writing().rehearse(&right, MadeUp::Drawn(n)).await.unwrap();
                    }
                    Step::Cover => {
                        services.writing().rehearse(&right, MadeUp::Cover).await.unwrap();
                    }
                    Step::Publish(n) => {
                        let source = QPV.replacen("Budget annuel", &format!("Budget annuel ({n})"), 1);
                        for services in [&services, &alone] {
                            services.studies().publish(&services.operator(), &source).await.unwrap();
                        }
                    }
                    Step::Remove => {
                        services.writing().remove_rehearsal(&right).await.unwrap();
                    }
                }
            }
            assert_eq!(exported(&services, &wave).await, exported(&alone, &only).await);
            let there: May<Design> = may(&alone, &only).await;
            let numbers = async |services: &Services, may: &May<Design>| -> Vec<i32> {
                let all = services.writing().published(may).await.unwrap();
                all.iter().map(|it| it.number).collect()
            };
            assert_eq!(numbers(&services, &right).await, numbers(&alone, &there).await);
            let counted = async |services: &Services| {
                let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
                let may = may(services, &wave).await;
                let n = services.waves().n_responses(&may, &wave).await.unwrap();
                (services.waves().open().await.unwrap().len(), n)
            };
            assert_eq!(counted(&services).await, counted(&alone).await);
            services.close().await;
            alone.close().await;
        });
    }
}
