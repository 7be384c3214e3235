//! Writing a questionnaire: saves, what is found, publishing, and what it changes.

use crate::fixture::{QPV, Site, may, responses};
use expr::Lang;
use service::team::{Design, ReadAudit, SignedIn, Visitor};
use service::{Clash, NewWave, Role, ServiceError, Services};

pub(crate) const SMALL: &str = "id: essai
title: {fr: Essai}
blocks:
  - id: b
    pages:
      - id: p
        items:
          - {id: age, kind: quantity, label: {fr: Âge}, required: true}
          - {id: metier, kind: text, label: {fr: Métier}, filter: age >= 18}
";

/// Somebody with an account.
pub(crate) async fn somebody(services: &Services, email: &str, is_administrator: bool) -> SignedIn {
    const PASSWORD: &str = "bruine-clavier-orge-59";
    let (team, operator) = (services.team(), services.operator());
    team.add(&operator, email, "Ada", PASSWORD, is_administrator)
        .await
        .unwrap();
    let visitor = Visitor::default();
    let opened = team.sign_in(email, PASSWORD, &visitor).await.unwrap();
    team.session(&opened.secret).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_study_is_begun_written_and_published() {
    let site = Site::new();
    let services = site.open().await;
    let (writing, ada) = (
        services.writing(),
        somebody(&services, "ada@exemple.fr", true).await,
    );
    let study = writing.begin(&ada, SMALL).await.unwrap();
    assert_eq!(study.slug, "essai");
    let may = services.team().may::<Design>(&ada, "essai").await.unwrap();
    let working = writing.open(&may).await.unwrap();
    assert_eq!((working.source.as_str(), working.revision), (SMALL, 1));
    assert_eq!(working.saved_by.as_deref(), Some("Ada"));
    assert_eq!(writing.published(&may).await.unwrap(), []);
    assert!(writing.change(&may, SMALL).await.unwrap().is_none());

    // What is unsound is kept, found wrong, and not published.
    let broken = SMALL.replace("age >= 18", "age >= 'a'");
    assert_eq!(writing.save(&may, &broken, 1).await.unwrap().revision, 2);
    let looked = writing.look(&broken, Lang::Fr).await.unwrap();
    assert!(!looked.is_sound() && looked.facts.is_none() && !looked.diagnostics.is_empty());
    let refused = writing.publish(&may, 2).await;
    assert!(matches!(
        refused,
        Err(ServiceError::UnsoundQuestionnaire(_))
    ));
    // What contradicts itself is found by the proof.
    let never = SMALL.replace("age >= 18", "age >= 18 and age < 10");
    let looked = writing.look(&never, Lang::Fr).await.unwrap();
    assert!(looked.diagnostics.is_empty() && !looked.findings.is_empty());
    assert!(!looked.is_sound());
    // Nor is that published, whoever asks for it.
    assert_eq!(writing.save(&may, &never, 2).await.unwrap().revision, 3);
    let refused = writing.publish(&may, 3).await;
    assert!(matches!(
        refused,
        Err(ServiceError::UnsoundQuestionnaire(_))
    ));
    assert_eq!(writing.published(&may).await.unwrap(), []);

    assert_eq!(writing.save(&may, SMALL, 3).await.unwrap().revision, 4);
    let looked = writing.look(SMALL, Lang::Fr).await.unwrap();
    assert!(looked.is_sound());
    let facts = looked.facts.clone().unwrap();
    assert_eq!(
        (
            facts.n_items,
            facts.routes.unwrap().count.to_string().as_str()
        ),
        (2, "2")
    );
    let stale = writing.publish(&may, 3).await;
    assert!(matches!(stale, Err(ServiceError::SavedMeanwhile)));
    let now = writing.publish(&may, 4).await.unwrap();
    assert_eq!((now.number, now.is_new, now.moved.len()), (1, true, 0));
    assert!(!writing.publish(&may, 4).await.unwrap().is_new);
    let read = services
        .team()
        .may::<ReadAudit>(&ada, "essai")
        .await
        .unwrap();
    let entries = services.team().audit(&read, 10).await.unwrap();
    let actions: Vec<_> = entries.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["study.publish", "study.create"]);
}

#[tokio::test]
async fn whoever_designs_nothing_begins_nothing() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let writing = services.writing();
    let bo = somebody(&services, "bo@exemple.fr", false).await;
    assert!(matches!(
        writing.begin(&bo, SMALL).await,
        Err(ServiceError::Forbidden)
    ));
    let manage = may(&services, &wave).await;
    let team = services.team();
    for (role, is_allowed) in [
        (Role::Viewer, false),
        (Role::Correspondent, false),
        (Role::Analyst, false),
        (Role::Organiser, true),
    ] {
        team.add_member(&manage, "bo@exemple.fr", role)
            .await
            .unwrap();
        assert_eq!(
            writing.may_begin(&bo).await.unwrap(),
            is_allowed,
            "{role:?}"
        );
    }
    for (source, code) in [
        ("[", "unsound_questionnaire"),
        ("id: Été\ntitle: {fr: a}\nblocks: []\n", "bad_study_name"),
        ("id: qpv-cls\ntitle: {fr: a}\nblocks: []\n", "taken"),
    ] {
        let refused = writing.begin(&bo, source).await.unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
    }
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_read() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (writing, may) = (services.writing(), may::<Design>(&services, &wave).await);
    let working = writing.open(&may).await.unwrap();
    assert_eq!((working.source.as_str(), working.revision), (QPV, 0));
    assert_eq!(writing.save(&may, "a", 0).await.unwrap().revision, 1);
    let late = writing.save(&may, "b", 0).await;
    assert!(matches!(late, Err(ServiceError::SavedMeanwhile)));
    assert_eq!(writing.open(&may).await.unwrap().source, "a");
}

/// A version is told by proof and by the responses that there are; waves that have begun keep theirs.
#[tokio::test]
async fn a_new_version_is_measured_before_it_is_published() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let import = may(&services, &wave).await;
    let mut import = services.import(&import, &wave).await.unwrap();
    import.sheets(responses()).await.unwrap();
    let fielded = may(&services, &wave).await;
    let waves = services.waves();
    let later = NewWave::open("plus-tard");
    waves.create_newest(&fielded, later).await.unwrap();
    let (writing, may) = (services.writing(), may::<Design>(&services, &wave).await);
    let same = writing.change(&may, QPV).await.unwrap().unwrap();
    assert!(!same.impact.changes && same.replays[0].routed_differently.n == 0);
    let new = QPV.replacen(
        "filter: presence_cls = 'oui'",
        "filter: presence_cls = 'non'",
        1,
    );
    assert_ne!(new, QPV);
    let change = writing.change(&may, &new).await.unwrap().unwrap();
    assert!(change.impact.changes);
    assert_eq!(
        (change.replays.len(), change.replays[0].responses),
        (1, 130)
    );
    assert!(change.replays[0].routed_differently.n > 0);
    let revision = writing.save(&may, &new, 0).await.unwrap().revision;
    let now = writing.publish(&may, revision).await.unwrap();
    assert_eq!((now.number, now.is_new), (2, true));
    assert_eq!(now.moved, ["plus-tard"]);
    assert_eq!(now.kept, ["qpv-cls"]);
    let versions = writing.published(&may).await.unwrap();
    assert_eq!(
        versions.iter().map(|it| it.number).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(versions[1].source, new);
    let read = crate::fixture::may::<ReadAudit>(&services, &wave).await;
    let entries = services.team().audit(&read, 10).await.unwrap();
    let moved: Vec<_> = entries
        .iter()
        .filter(|it| it.action == "wave.version")
        .map(|it| (it.subject.as_str(), it.after.as_deref()))
        .collect();
    assert_eq!(moved, [("plus-tard", Some(r#"{"version":2}"#))]);
    // Another study's name is none of this one's.
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    let revision = writing.save(&may, &other, revision).await.unwrap().revision;
    let refused = writing.publish(&may, revision).await;
    assert!(matches!(refused, Err(ServiceError::BadStudyName)));
}

/// What two change in different items is merged; what they change differently is shown and nothing is
/// overwritten; a text with comments is never merged, as they would be lost.
#[tokio::test]
async fn two_who_write_at_once_are_merged_by_item() {
    let site = Site::new();
    let services = site.open().await;
    let writing = services.writing();
    let ada = somebody(&services, "ada@exemple.fr", true).await;
    writing.begin(&ada, SMALL).await.unwrap();
    let may = services.team().may::<Design>(&ada, "essai").await.unwrap();
    let theirs = SMALL.replace("{fr: Âge}", "{fr: Votre âge}");
    assert!(!writing.save(&may, &theirs, 1).await.unwrap().is_merged);
    let mine = SMALL
        .replace("{fr: Métier}", "{fr: Votre métier}")
        .replace("age >= 18", "age >= 16");
    let saved = writing.save(&may, &mine, 1).await.unwrap();
    assert_eq!((saved.revision, saved.is_merged), (3, true));
    let both = writing.open(&may).await.unwrap().source;
    for words in ["Votre âge", "Votre métier", "age >= 16"] {
        assert!(both.contains(words), "{words}: {both}");
    }
    assert!(writing.look(&both, Lang::Fr).await.unwrap().is_sound());

    let other = mine.replace("Votre métier", "Profession");
    let late = writing.save(&may, &other, 1).await;
    assert!(matches!(late, Err(ServiceError::SavedMeanwhile)));
    assert_eq!(writing.open(&may).await.unwrap().source, both);
    let clashes = writing.clashes(&may, &other, 1).await.unwrap();
    let clash = Clash {
        place: "metier · label.fr".to_owned(),
        what: "set",
        mine: Some("Profession".to_owned()),
        theirs: Some("Votre métier".to_owned()),
        base: Some("Métier".to_owned()),
    };
    assert_eq!(clashes, [clash]);

    let remarked = format!("{SMALL}# à revoir\n");
    let late = writing.save(&may, &remarked, 1).await;
    assert!(matches!(late, Err(ServiceError::SavedMeanwhile)));
}

/// A program that starts again brings its built-in questionnaires, and leaves alone what organisers have made
/// of them.
#[tokio::test]
async fn a_start_leaves_alone_what_organisers_write() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (writing, may) = (services.writing(), may::<Design>(&services, &wave).await);
    let new = QPV.replacen(
        "filter: presence_cls = 'oui'",
        "filter: presence_cls = 'non'",
        1,
    );
    let revision = writing.save(&may, &new, 0).await.unwrap().revision;
    let now = writing.publish(&may, revision).await.unwrap();
    assert_eq!(now.moved, ["qpv-cls"]);
    let version = async || {
        let wave = services.waves().by_slug("qpv-cls").await.unwrap();
        wave.unwrap().version
    };
    let theirs = version().await;
    assert_ne!(theirs, wave.version);
    let newer = QPV.replacen("filter: presence_cls = 'oui'", "filter: nb_qpv > 0", 1);
    for built_in in [QPV, &newer] {
        let operator = services.operator();
        let installed = services
            .studies()
            .install(&operator, built_in)
            .await
            .unwrap();
        assert!(!installed.is_new_version);
        assert_eq!(version().await, theirs);
    }
    assert_eq!(writing.published(&may).await.unwrap().len(), 2);
}

/// Whoever began with the published text is merged against that text, also when another has published since.
#[tokio::test]
async fn what_was_published_in_between_is_not_taken_back() {
    let site = Site::new();
    let services = site.open().await;
    let (writing, operator) = (services.writing(), services.operator());
    services.studies().publish(&operator, SMALL).await.unwrap();
    let may = crate::fixture::may_in::<Design>(&services, "essai").await;
    site.clock
        .set(time::macros::datetime!(2026-03-03 09:30 UTC));
    let theirs = SMALL.replace("{fr: Âge}", "{fr: Votre âge}");
    let saved = writing.save(&may, &theirs, 0).await.unwrap();
    site.clock
        .set(time::macros::datetime!(2026-03-04 09:30 UTC));
    writing.publish(&may, saved.revision).await.unwrap();
    let mine = SMALL.replace("{fr: Métier}", "{fr: Profession}");
    assert!(writing.save(&may, &mine, 0).await.unwrap().is_merged);
    let both = writing.open(&may).await.unwrap().source;
    assert!(
        both.contains("Votre âge") && both.contains("Profession"),
        "{both}"
    );
}
