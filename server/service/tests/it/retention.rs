//! What is due is erased on its day, and nothing before.

use crate::fixture::{Site, may, may_in};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use questionnaire::instrument::ContactField::Email;
use serde_json::json;
use service::{Draft, Erased, NewWave, Retention, Services, Token, WaveInfo};
use time::macros::date;
use time::{Date, Duration};

pub(crate) const SURVEY: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: avis, kind: text, label: Votre avis}
    - {id: qui, kind: contact, label: Votre adresse, fields: [email]}
";

const FIRST: Date = date!(2026 - 01 - 01);

pub(crate) fn day(n: i64) -> Date {
    FIRST + Duration::days(n)
}

/// One wave with its days. Days are counted from [`FIRST`].
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    contacts: Option<u16>,
    drafts: Option<u16>,
    answers: Option<u16>,
    /// When it closes by itself.
    closes: Option<i64>,
    /// When a draft was begun and left.
    pub(crate) begun: i64,
}

pub(crate) fn calendar() -> impl Strategy<Value = Calendar> {
    let days = || proptest::option::weighted(0.8, 0..60_u16);
    let closes = proptest::option::weighted(0.9, 10..60_i64);
    (days(), days(), days(), closes, 0..10_i64).prop_map(
        |(contacts, drafts, answers, closes, begun)| Calendar {
            contacts,
            drafts,
            answers,
            closes,
            begun,
        },
    )
}

pub(crate) async fn respondent(services: &Services, wave: &WaveInfo, is_sent: bool) -> Token {
    let respond = services.respond();
    let (token, _) = respond.open(wave, "fr").await.unwrap();
    let fill = |draft: &mut Draft| {
        draft.sheet.answers.insert("avis".to_owned(), json!("bien"));
        let fields = [(Email, "qui@example.org".to_owned())].into();
        draft.contacts.insert("qui".to_owned(), fields);
    };
    respond.change(wave, &token, fill).await.unwrap();
    if is_sent {
        let key = token.reveal();
        respond.submit(wave, &token, key, b"").await.unwrap();
    }
    token
}

/// A wave with its days, a response, and a draft that was left.
pub(crate) async fn field(
    services: Services,
    version: service::VersionId,
    nth: usize,
    calendar: Calendar,
) -> (Calendar, WaveInfo, Token, Token) {
    let new = NewWave {
        closes_at: calendar.closes.map(|it| day(it).midnight().assume_utc()),
        ..NewWave::open(&format!("vague-{nth}"))
    };
    let waves = services.waves();
    let wave = waves
        .create(&may_in(&services, "essai").await, version, new)
        .await
        .unwrap();
    let days = Retention {
        contacts_days: calendar.contacts,
        drafts_days: calendar.drafts,
        answers_days: calendar.answers,
        ended_on: None,
    };
    services
        .retention()
        .set(&may(&services, &wave).await, &wave, days)
        .await
        .unwrap();
    let sent = respondent(&services, &wave, true).await;
    let left = respondent(&services, &wave, false).await;
    (calendar, wave, sent, left)
}

/// Law: on each day, what has been kept for its days is gone, all of it, and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calendars() {
    const N: usize = 1_000;
    let site = Site::new();
    let services = site.open().await;
    let version = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap()
        .wave
        .version;
    let mut runner = TestRunner::deterministic();
    let mut waves = Vec::new();
    let calendars: Vec<Calendar> = (0..N)
        .map(|_| calendar().new_tree(&mut runner).unwrap().current())
        .collect();
    for begun in 0..10 {
        site.clock.set(day(begun).midnight().assume_utc());
        // All of a day at once: they share commits.
        let mut tasks = tokio::task::JoinSet::new();
        let of_day = calendars.iter().enumerate();
        for (nth, calendar) in of_day.filter(|(_, it)| it.begun == begun) {
            let (services, calendar) = (services.clone(), calendar.clone());
            tasks.spawn(async move { field(services, version, nth, calendar).await });
        }
        waves.extend(tasks.join_all().await);
    }
    assert_eq!(waves.len(), N);
    let store = site.store().await;
    let (mut n_erased, mut n_kept) = (Erased::default(), 0);
    // Some days are left out: the server was off.
    for today in [9, 16, 17, 59, 121] {
        let erased = services.retention_day(day(today)).await.unwrap();
        n_erased.n_contacts += erased.n_contacts;
        n_erased.n_drafts += erased.n_drafts;
        n_erased.n_answers += erased.n_answers;
        for (calendar, wave, sent, left) in &waves {
            let is_over = |days: Option<u16>| match (days, calendar.closes) {
                (Some(days), Some(closes)) => closes + i64::from(days) < today,
                _ => false,
            };
            let drafts = calendar.drafts.map_or(90, i64::from);
            let expected = (
                u64::from(!is_over(calendar.answers)),
                usize::from(!is_over(calendar.contacts)),
                calendar.begun + drafts >= today,
                !is_over(calendar.answers),
            );
            let respond = services.respond();
            let found = (
                store.responses().count(wave.id).await.unwrap(),
                store.contacts().of_wave(wave.id).await.unwrap().len(),
                respond.find(wave, left).await.unwrap().is_some(),
                respond.find(wave, sent).await.unwrap().is_some(),
            );
            assert_eq!(found, expected, "day {today}: {calendar:?}");
            n_kept += found.0;
        }
    }
    // The same day again finds nothing more.
    let again = services.retention_day(day(121)).await.unwrap();
    assert_eq!(again, Erased::default());
    assert!(n_erased.n_contacts > 500 && n_erased.n_drafts > 500 && n_erased.n_answers > 500);
    assert!(n_kept > 1_000, "{n_kept}");
    let ledger = store.retention().ledger().await.unwrap();
    let n = n_erased.n_contacts + n_erased.n_drafts + 2 * n_erased.n_answers;
    assert_eq!(
        ledger.len() as u64,
        n,
        "each erasure is noted, with the drafts of responses"
    );
}

#[tokio::test]
async fn a_wave_closed_by_hand_ends_on_the_day_on_which_that_is_seen() {
    let site = Site::new();
    let services = site.open().await;
    let wave = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap()
        .wave;
    respondent(&services, &wave, true).await;
    let days = Retention {
        answers_days: Some(3),
        ..Retention::default()
    };
    services
        .retention()
        .set(&may(&services, &wave).await, &wave, days)
        .await
        .unwrap();
    let n_answers = async |today: i64| {
        let erased = services.retention_day(day(today)).await.unwrap();
        let right = may(&services, &wave).await;
        let plan = services.retention().plan(&right, &wave).await.unwrap();
        let noted = plan.days.ended_on;
        (erased.n_answers, noted)
    };
    assert_eq!(n_answers(70).await, (0, None));
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert_eq!(n_answers(71).await, (0, Some(day(71))));
    // Opened again, it begins anew.
    services
        .waves()
        .reopen(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert_eq!(n_answers(80).await, (0, None));
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    assert_eq!(n_answers(81).await, (0, Some(day(81))));
    // Other days do not move the end.
    services
        .retention()
        .set(&may(&services, &wave).await, &wave, days)
        .await
        .unwrap();
    assert_eq!(n_answers(84).await, (0, Some(day(81))));
    assert_eq!(n_answers(85).await, (1, Some(day(81))));
}
