//! What the sample says of people, in their responses and in the figures.

use crate::fixture::{Site, exported, may};
use crate::invitations::{deliver, send};
use service::team::SetAside;
use service::{Access, AccessChange, MailKind, SampleFault, ServiceError, Services, WaveInfo};
use std::fmt::Write as _;

const SURVEY: &str = "
id: cadre
title: Cadre
frame:
- {id: region, kind: single, label: Région, column: Région, choices: [{code: idf, label: Île-de-France}, {code: bzh, label: Bretagne}]}
- {id: taille, kind: quantity, label: Habitants, min: 0}
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: vu, kind: single, label: Vu ?, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
    - {id: pourquoi, kind: text, label: Pourquoi ?, filter: region = 'idf'}
";

async fn installed(site: &Site) -> (Services, WaveInfo) {
    let services = site.open().await;
    let wave = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap()
        .wave;
    (services, wave)
}

async fn import(
    services: &Services,
    wave: &WaveInfo,
    table: &str,
) -> Result<Vec<u64>, Vec<SampleFault>> {
    let invitations = services.invitations();
    let may = may(services, wave).await;
    match invitations.import(&may, wave, table.as_bytes()).await {
        Ok(it) => Ok(it.blanked_lines),
        Err(ServiceError::UnsoundSample(faults)) => Err(faults),
        Err(error) => unreachable!("{error}"),
    }
}

#[tokio::test]
async fn cells_that_the_questionnaire_does_not_know_are_refused() {
    let site = Site::new();
    let (services, wave) = installed(&site).await;
    let told = async |table: &str| {
        let faults = import(&services, &wave, table).await.unwrap_err();
        let told = faults.into_iter().map(|it| {
            let column = it.column.unwrap_or_default();
            let meant = it.suggestion.unwrap_or_default();
            format!(
                "{} {column} {} {meant} {}",
                it.line,
                it.kind.code(),
                it.allowed.join(",")
            )
        });
        told.collect::<Vec<_>>()
    };
    let table = "email;RÉGION;Taille\na@x.fr;Bretagne;1\nb@x.fr;bhz;1,5\nc@x.fr;93;-1\nd@x.fr;;\n";
    let expected = [
        "2 RÉGION frame_value bzh idf,bzh",
        "3 RÉGION frame_value bzh idf,bzh",
        "3 Taille frame_value  ",
        "4 RÉGION frame_value  idf,bzh",
        "4 Taille frame_value  ",
    ];
    assert_eq!(told(table).await, expected);
    let expected = ["1 Région no_frame_column  "];
    assert_eq!(told("email;taille\na@x.fr;1\n").await, expected);
}

/// Six of one region and one of another, who answer what they like.
#[tokio::test]
async fn what_the_sample_says_is_in_the_responses() {
    let site = Site::new();
    let (services, wave) = installed(&site).await;
    let mut table = "email,région,taille\n".to_owned();
    for n in 0..8 {
        let region = if n < 6 { "idf" } else { "bzh" };
        writeln!(table, "p{n}@x.fr,{region},100").unwrap();
    }
    let one = "email,région,taille\nq@x.fr,bzh,7\n";
    // Two are too few: nothing of them, nor of the others then, who would be told apart by it.
    assert_eq!(import(&services, &wave, &table).await.unwrap().len(), 8);
    assert_eq!(import(&services, &wave, one).await.unwrap(), [2]);

    let site = Site::new();
    let (services, wave) = installed(&site).await;
    let invitations = services.invitations();
    let right = may(&services, &wave).await;
    let table = table.as_bytes();
    invitations
        .import_in_groups(&right, &wave, table, 2)
        .await
        .unwrap();
    let change = AccessChange {
        access: Some(Access::Both),
        ..AccessChange::default()
    };
    invitations.set_access(&right, &wave, change).await.unwrap();
    invitations
        .queue(&right, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let mails = deliver(&services).await;
    let respond = services.respond();
    for n in [0, 1, 7] {
        let invitation = &mails[&format!("p{n}@x.fr")].token;
        let opened = respond.open_invited(&wave, "fr", Some(invitation)).await;
        let (token, draft) = opened.unwrap();
        let region = if n < 6 { "idf" } else { "bzh" };
        assert_eq!(draft.sheet.answers["region"], region);
        let fill = |draft: &mut service::Draft| {
            draft.sheet.answers.insert("vu".to_owned(), "oui".into());
            draft
                .sheet
                .answers
                .insert("pourquoi".to_owned(), "a".into());
        };
        respond.change(&wave, &token, fill).await.unwrap();
        send(&services, &wave, &token, invitation).await.unwrap();
    }
    // Somebody who was not invited: nothing is known of them.
    let (token, draft) = respond.open(&wave, "fr").await.unwrap();
    assert!(draft.sheet.answers.is_empty());
    let key = respond.idempotency_key(&wave, &token, &draft);
    respond.submit(&wave, &token, &key, b"").await.unwrap();

    // Nobody was asked for it: two questions of who lives in « idf », one of the others.
    let aside = crate::fixture::may::<SetAside>(&services, &wave).await;
    let admissibility = services.admissibility();
    let judged = admissibility.judged(&aside, &wave, None, 9).await;
    let mut asked: Vec<u64> = judged.unwrap().iter().map(|it| it.n_asked).collect();
    asked.sort_unstable();
    assert_eq!(asked, [1, 1, 2, 2]);

    let sheets = exported(&services, &wave).await;
    let mut regions: Vec<_> = sheets
        .iter()
        .map(|it| {
            let text = |key: &str| {
                it.answers
                    .get(key)
                    .map_or("-".to_owned(), ToString::to_string)
            };
            format!("{} {} {}", text("region"), text("taille"), text("pourquoi"))
        })
        .collect();
    regions.sort();
    let expected = [
        "\"bzh\" 100 -",
        "\"idf\" 100 \"a\"",
        "\"idf\" 100 \"a\"",
        "- - -",
    ];
    assert_eq!(regions, expected);
}
