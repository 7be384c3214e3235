use crate::fixture::{NoLuck, QPV, Site};
use service::{Config, Fielding, ServiceError, Services};

#[tokio::test]
async fn installing_again_changes_nothing() {
    let site = Site::new();
    let services = site.open().await;
    let first = services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
    let again = services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
    assert!(first.is_new_version && !again.is_new_version);
    assert_eq!(
        (first.wave.id, first.wave.version),
        (again.wave.id, again.wave.version)
    );
    assert_eq!(
        first.wave.slug, "qpv-cls",
        "the built-in wave carries the study's id"
    );
    assert_eq!(first.wave.fielding, Fielding::Open);

    let studies = services.studies().all(&services.operator()).await.unwrap();
    assert_eq!(studies.len(), 1);
    assert_eq!(
        studies[0].title.get("fr"),
        "La place des QPV dans les Contrats locaux de santé"
    );
    assert_eq!(
        services.studies().by_slug("qpv-cls").await.unwrap(),
        Some(studies[0].clone())
    );
    assert_eq!(services.studies().by_slug("asv").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_that_start_together_install_once() {
    let site = Site::new();
    let (one, two) = tokio::join!(site.open_qpv(), site.open_qpv());
    assert_eq!(one.1.id, two.1.id);
    assert_eq!(one.1.version, two.1.version);
    assert_eq!(one.0.dashboard_key(&one.1), two.0.dashboard_key(&two.1));
}

/// The survey with another title: another content, the same questions.
fn reworded() -> String {
    QPV.replace("fr: La place des QPV dans", "fr: Les QPV dans")
}

#[tokio::test]
async fn a_comment_is_no_new_version() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let commented = format!("# a comment\n{QPV}");
    let again = services
        .studies()
        .install(&services.operator(), &commented)
        .await
        .unwrap();
    assert!(!again.is_new_version);
    assert_eq!(again.wave.version, wave.version);
}

#[tokio::test]
async fn a_wave_takes_a_new_version_until_somebody_answers() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let second = services
        .studies()
        .install(&services.operator(), &reworded())
        .await
        .unwrap();
    assert!(second.is_new_version);
    assert_ne!(second.wave.version, wave.version);
    assert_eq!(second.wave.id, wave.id);

    services.respond().open(&second.wave, "fr").await.unwrap();
    let back = services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
    assert_eq!(
        back.wave.version, second.wave.version,
        "somebody has begun to answer"
    );
}

#[tokio::test]
async fn an_unsound_questionnaire_is_refused_with_its_errors() {
    let site = Site::new();
    let services = site.open().await;
    let misspelt = QPV.replace("presence_asv = 'oui'", "presence_asv = 'yes'");
    let Err(ServiceError::UnsoundQuestionnaire(found)) = services
        .studies()
        .publish(&services.operator(), &misspelt)
        .await
    else {
        panic!("`yes` is no code of that item")
    };
    assert_eq!(found[0].suggestion.as_deref(), Some("oui"));
    assert_eq!(
        services.studies().all(&services.operator()).await.unwrap(),
        []
    );
}

#[tokio::test]
async fn without_randomness_nothing_secret_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/r.db", folder.path().display());
    let opened = Services::open(Config::new(url), Site::new().clock, NoLuck).await;
    assert!(matches!(opened, Err(ServiceError::Internal(_))));
}

#[tokio::test]
async fn an_unreachable_database_is_unavailable() {
    let config = Config::new("postgres://nobody@127.0.0.1:1/nothing");
    let opened = Services::open(config, Site::new().clock, service::SystemRandomness).await;
    assert!(matches!(opened, Err(ServiceError::Unavailable(_))));
}
