use crate::fixture::{Site, edge, exported, may, responses, stored_form};
use questionnaire::Sheet;
use serde_json::json;
use service::{Outcome, Services, WaveInfo};
use std::collections::BTreeSet;

pub(crate) async fn import(
    services: &Services,
    wave: &WaveInfo,
    sheets: Vec<Sheet>,
) -> Vec<Outcome> {
    services
        .import(&may(services, wave).await, wave)
        .await
        .unwrap()
        .sheets(sheets)
        .await
        .unwrap()
}

pub(crate) fn kind(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Added { .. } => "added",
        Outcome::Unchanged { .. } => "unchanged",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Refused { .. } => "refused",
        Outcome::Rehearsal { .. } => "rehearsal",
        Outcome::Skipped { .. } => "skipped",
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn importing_twice_adds_nothing() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let first = import(&services, &wave, responses()).await;
    assert_eq!(first.len(), 130);
    assert!(first.iter().all(|it| kind(it) == "added"));
    let again = import(&services, &wave, responses()).await;
    assert!(again.iter().all(|it| kind(it) == "unchanged"));
    assert_eq!(exported(&services, &wave).await.len(), 130);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_exported_imports_as_what_it_was() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut named: Sheet = responses().swap_remove(3);
    named.meta.id = Some("dossier 12".to_owned());
    let mut nameless: Sheet = responses().swap_remove(4);
    nameless.meta.id = None;
    import(&services, &wave, responses()).await;
    import(&services, &wave, vec![named.clone(), nameless, edge(10)]).await;

    let sheets = exported(&services, &wave).await;
    assert_eq!(sheets.len(), 133);
    let original = responses();
    for sheet in &sheets {
        let same = original.iter().find(|it| it.meta.id == sheet.meta.id);
        if let Some(same) = same {
            assert_eq!(stored_form(&wave, same), sheet.answers);
        }
    }
    assert!(
        sheets
            .iter()
            .any(|it| it.meta.id == named.meta.id && it.answers == stored_form(&wave, &named))
    );
    let again = import(&services, &wave, sheets.clone()).await;
    assert!(again.iter().all(|it| kind(it) == "unchanged"), "{again:?}");

    let other_site = Site::new();
    let (elsewhere, wave) = other_site.open_qpv().await;
    import(&elsewhere, &wave, sheets.clone()).await;
    let ids =
        |sheets: &[Sheet]| -> BTreeSet<_> { sheets.iter().map(|it| it.meta.id.clone()).collect() };
    assert_eq!(ids(&exported(&elsewhere, &wave).await), ids(&sheets));
}

#[tokio::test]
async fn the_same_id_with_other_content_is_a_conflict() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let sheet = responses().swap_remove(0);
    let mut other = sheet.clone();
    other.answers.insert("nb_qpv".to_owned(), json!(7));
    // In one go, the first one counts.
    let outcomes = import(&services, &wave, vec![sheet.clone(), other, sheet.clone()]).await;
    let kinds: Vec<_> = outcomes.iter().map(kind).collect();
    assert_eq!(kinds, ["added", "conflict", "unchanged"]);
    assert_eq!(
        outcomes[1],
        Outcome::Conflict {
            id: sheet.meta.id.clone()
        }
    );
    assert_eq!(
        exported(&services, &wave).await[0].answers,
        stored_form(&wave, &sheet)
    );
}

#[tokio::test]
async fn one_bad_sheet_does_not_harm_its_neighbours() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut unknown = responses().swap_remove(1);
    unknown.answers.insert("nothing".to_owned(), json!("x"));
    unknown
        .answers
        .insert("presence_cls".to_owned(), json!("yes"));
    let sheets = vec![
        responses().swap_remove(0),
        unknown,
        edge(13),
        responses().swap_remove(2),
    ];
    let outcomes = import(&services, &wave, sheets).await;
    let kinds: Vec<_> = outcomes.iter().map(kind).collect();
    assert_eq!(kinds, ["added", "refused", "refused", "added"]);
    let Outcome::Refused { failures, .. } = &outcomes[1] else {
        panic!("refused")
    };
    let wrong: BTreeSet<_> = failures
        .iter()
        .map(|it| (it.item.as_str(), it.code.code()))
        .collect();
    assert!(
        wrong.contains(&("nothing", "unknown_item".to_owned())),
        "{wrong:?}"
    );
    assert!(
        wrong.contains(&("presence_cls", "unknown_code".to_owned())),
        "{wrong:?}"
    );
    let Outcome::Refused { id, failures } = &outcomes[2] else {
        panic!("refused")
    };
    assert_eq!(id.as_deref(), Some("00000000-0000-4000-8000-000000000013"));
    assert_eq!(failures[0].item, "cls_partenaires");
}

#[tokio::test]
async fn off_path_answers_are_dropped_with_a_notice() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let outcomes = import(&services, &wave, vec![edge(8)]).await;
    let Outcome::Added { dropped, .. } = &outcomes[0] else {
        panic!("added")
    };
    assert_eq!(*dropped, ["asv_pilotage", "asv_poste", "asv_nb_postes"]);
    let stored = exported(&services, &wave).await.remove(0);
    assert!(!stored.answers.contains_key("asv_poste"));
    let again = import(&services, &wave, vec![edge(8)]).await;
    assert!(matches!(&again[0], Outcome::Unchanged { dropped, .. } if dropped.len() == 3));
}

#[tokio::test]
async fn a_break_off_stays_a_break_off() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    assert_eq!(
        kind(&import(&services, &wave, vec![edge(10)]).await[0]),
        "added"
    );
    let stored = exported(&services, &wave).await.remove(0);
    assert_eq!(stored.meta.reached.as_deref(), Some("cls"));
}

#[tokio::test]
async fn two_people_without_ids_who_answered_alike_are_two() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut sheet = responses().swap_remove(0);
    sheet.meta.id = None;
    let file = vec![sheet.clone(), sheet.clone(), sheet];
    let first = import(&services, &wave, file.clone()).await;
    assert!(first.iter().all(|it| kind(it) == "added"));
    let again = import(&services, &wave, file).await;
    assert!(again.iter().all(|it| kind(it) == "unchanged"));
    assert_eq!(exported(&services, &wave).await.len(), 3);
}
