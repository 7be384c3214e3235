use crate::fixture::{Site, may, may_in};
use service::team::May;
use service::{Fielding, NewWave, Schedule, ServiceError, Zone};
use time::macros::datetime;

#[tokio::test]
async fn opens_and_closes_by_the_clock() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let dated = NewWave {
        opens_at: Some(datetime!(2026-03-10 08:00 UTC)),
        closes_at: Some(datetime!(2026-03-20 18:00 UTC)),
        ..NewWave::open("printemps")
    };
    services
        .waves()
        .create(&may_in(&services, "qpv-cls").await, wave.version, dated)
        .await
        .unwrap();
    let fielding = async || {
        services
            .waves()
            .by_slug("printemps")
            .await
            .unwrap()
            .unwrap()
            .fielding
    };
    let open = async || services.waves().open().await.unwrap().len();

    assert_eq!((fielding().await, open().await), (Fielding::NotYetOpen, 1));
    let early = services
        .waves()
        .by_slug("printemps")
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(
        services.respond().open(&early, "fr").await,
        Err(ServiceError::NotYetOpen {
            opens_at: Some(_),
            ..
        })
    ));
    site.clock.set(datetime!(2026-03-10 08:00 UTC));
    assert_eq!((fielding().await, open().await), (Fielding::Open, 2));
    site.clock.set(datetime!(2026-03-20 18:00 UTC));
    assert_eq!((fielding().await, open().await), (Fielding::Closed, 1));
}

#[tokio::test]
async fn closes_and_opens_by_hand() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let closed = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!(closed.fielding, Fielding::Closed);
    services
        .waves()
        .reopen(&may(&services, &closed).await, &closed)
        .await
        .unwrap();
    assert_eq!(services.waves().open().await.unwrap().len(), 1);
}

/// Opening by hand says nothing of a language or a zone: a wave that had none of its own has none after.
#[tokio::test]
async fn opening_by_hand_leaves_the_language_alone() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let field = may(&services, &wave).await;
    let over = Schedule {
        opens_at: None,
        closes_at: Some(datetime!(2026-02-20 18:00 UTC)),
        zone: Zone::default(),
        language: None,
    };
    waves.schedule(&field, &wave, over).await.unwrap();
    let closed = waves.by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!(closed.fielding, Fielding::Closed);
    waves.reopen(&field, &closed).await.unwrap();
    let store = site.store().await;
    let stored = store.waves().by_id(wave.id).await.unwrap().unwrap();
    store.close().await;
    assert_eq!((stored.closes_at, stored.language), (None, None));
    assert_eq!(stored.state, store::WaveState::Open);
}

#[tokio::test]
async fn is_dated_anew_and_says_so_in_the_log() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let now = async || waves.by_slug("qpv-cls").await.unwrap().unwrap();
    let noumea = Schedule {
        opens_at: Some(datetime!(2026-03-10 08:00 +11)),
        closes_at: Some(datetime!(2026-03-20 18:00 +11)),
        zone: Zone::named("Pacific/Noumea").unwrap(),
        language: Some("fr".to_owned()),
    };
    let field = may(&services, &wave).await;
    waves.schedule(&field, &wave, noumea.clone()).await.unwrap();
    let dated = now().await;
    assert_eq!(dated.fielding, Fielding::NotYetOpen);
    assert_eq!(
        (dated.opens_at, dated.closes_at),
        (noumea.opens_at, noumea.closes_at)
    );
    assert_eq!(dated.opens_at.unwrap().offset().whole_hours(), 11);
    assert_eq!(
        (dated.zone.name(), dated.language.as_str()),
        ("Pacific/Noumea", "fr")
    );
    site.clock.set(datetime!(2026-03-09 21:00 UTC));
    assert_eq!(now().await.fielding, Fielding::Open);
    site.clock.set(datetime!(2026-03-20 07:00 UTC));
    let closed = now().await;
    assert_eq!(closed.fielding, Fielding::Closed);
    assert_eq!(closed.closed_at, noumea.closes_at);

    // Opened by hand after its date, it loses the date that kept it shut, and keeps the other.
    waves.reopen(&field, &closed).await.unwrap();
    let again = now().await;
    assert_eq!(again.fielding, Fielding::Open);
    assert_eq!((again.opens_at, again.closes_at), (noumea.opens_at, None));

    let may_read = may(&services, &wave).await;
    let log = services.team().audit(&may_read, 10).await.unwrap();
    let told = |action| log.iter().find(|it| it.action == action).unwrap();
    let (dated, opened) = (told("wave.schedule"), told("wave.open"));
    let after = opened.after.as_deref().unwrap();
    assert!(
        after.contains("\"closes\":null") && !opened.before.as_deref().unwrap().contains("null")
    );
    let after = dated.after.as_deref().unwrap();
    for said in ["2026-03-10T08:00", "2026-03-20T18:00", "Pacific/Noumea"] {
        assert!(after.contains(said), "{after}");
    }
    assert!(dated.before.as_deref().unwrap().contains("Europe/Paris"));
}

#[tokio::test]
async fn refuses_dates_that_make_no_sense() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let waves = services.waves();
    let field: May<_> = may(&services, &wave).await;
    let same = datetime!(2026-03-10 08:00 UTC);
    let plain = Schedule {
        opens_at: None,
        closes_at: None,
        zone: Zone::default(),
        language: None,
    };
    let backwards = Schedule {
        opens_at: Some(same),
        closes_at: Some(same),
        ..plain.clone()
    };
    let unspoken = Schedule {
        language: Some("tlh".to_owned()),
        ..plain.clone()
    };
    for new in [backwards, unspoken] {
        let refused = waves.schedule(&field, &wave, new.clone()).await;
        assert!(
            matches!(refused, Err(ServiceError::BadRequest(_))),
            "{new:?}"
        );
    }
    let mut elsewhere = wave.clone();
    elsewhere.study = "autre".to_owned();
    let refused = waves.schedule(&field, &elsewhere, plain).await;
    assert!(matches!(refused, Err(ServiceError::UnknownWave(_))));
    let kept = waves.by_slug("qpv-cls").await.unwrap().unwrap();
    assert_eq!(kept.fielding, Fielding::Open);
    assert_eq!((kept.opens_at, kept.closes_at), (None, None));
}

#[tokio::test]
async fn refuses_waves_that_make_no_sense() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    for slug in ["", "É", "a b", "-a", "A", &"a".repeat(65), "a/b"] {
        let refused = services
            .waves()
            .create(
                &may_in(&services, "qpv-cls").await,
                wave.version,
                NewWave::open(slug),
            )
            .await;
        assert!(
            matches!(refused, Err(ServiceError::BadRequest(_))),
            "{slug:?}"
        );
    }
    let backwards = NewWave {
        opens_at: Some(datetime!(2026-03-10 08:00 UTC)),
        closes_at: Some(datetime!(2026-03-10 08:00 UTC)),
        ..NewWave::open("backwards")
    };
    let refused = services
        .waves()
        .create(&may_in(&services, "qpv-cls").await, wave.version, backwards)
        .await;
    assert!(matches!(refused, Err(ServiceError::BadRequest(_))));
    let taken = services
        .waves()
        .create(
            &may_in(&services, "qpv-cls").await,
            wave.version,
            NewWave::open("qpv-cls"),
        )
        .await;
    assert!(matches!(taken, Err(ServiceError::Taken("wave"))));
}

#[tokio::test]
async fn finds_a_wave_by_study_or_by_study_and_wave() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let second = services
        .waves()
        .create(
            &may_in(&services, "qpv-cls").await,
            wave.version,
            NewWave::open("automne"),
        )
        .await
        .unwrap();
    let waves = services.waves();
    assert_eq!(waves.by_address("qpv-cls").await.unwrap().id, wave.id);
    assert_eq!(
        waves.by_address("qpv-cls/qpv-cls").await.unwrap().id,
        wave.id
    );
    assert_eq!(
        waves.by_address("qpv-cls/automne").await.unwrap().id,
        second.id
    );
    assert!(matches!(
        waves.by_address("qpv-cls/hiver").await,
        Err(ServiceError::UnknownWave(slug)) if slug == "hiver"
    ));
    assert!(matches!(
        waves.by_address("asv").await,
        Err(ServiceError::UnknownStudy(slug)) if slug == "asv"
    ));
    assert!(waves.by_slug("hiver").await.unwrap().is_none());
}

#[tokio::test]
async fn asks_which_wave_is_meant() {
    let site = Site::new();
    let services = site.open().await;
    let (study, version, _) = services
        .studies()
        .publish(&services.operator(), crate::fixture::QPV)
        .await
        .unwrap();
    let waves = services.waves();
    assert!(matches!(
        waves.by_address("qpv-cls").await,
        Err(ServiceError::UnknownWave(_))
    ));
    let only = waves
        .create(
            &may_in(&services, &study.slug).await,
            version,
            NewWave::open("un"),
        )
        .await
        .unwrap();
    assert_eq!(waves.by_address("qpv-cls").await.unwrap().id, only.id);
    waves
        .create(
            &may_in(&services, &study.slug).await,
            version,
            NewWave::open("deux"),
        )
        .await
        .unwrap();
    let Err(ServiceError::WaveNeeded { waves, .. }) = waves.by_address("qpv-cls").await else {
        panic!("two waves could be meant")
    };
    assert_eq!(waves, ["deux", "un"]);
}
