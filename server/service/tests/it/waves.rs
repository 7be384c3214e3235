use crate::fixture::{Site, may, may_in};
use service::{Fielding, NewWave, ServiceError};
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
        .publish(crate::fixture::QPV)
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
