//! What a wave's page says of retention is what happens.

use crate::fixture::{Site, may};
use crate::retention::{SURVEY, calendar, day, field, respondent};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use service::{Erased, Retention, RetentionPlan};
use time::Date;

/// The first day on which something went, as the log tells it.
fn first(plan: &RetentionPlan, of: impl Fn(&Erased) -> u64) -> Option<Date> {
    let days = plan.erased.iter().filter(|it| of(&it.1) > 0);
    days.map(|it| it.0).min()
}

/// Law: what goes, goes on the day that was said, and what other days would erase is what they erase.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_planned_is_what_happens() {
    let site = Site::new();
    let services = site.open().await;
    let study = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap();
    let version = study.wave.version;
    let mut runner = TestRunner::deterministic();
    let mut waves = Vec::new();
    for nth in 0..15 {
        let calendar = calendar().new_tree(&mut runner).unwrap().current();
        site.clock.set(day(calendar.begun).midnight().assume_utc());
        waves.push(field(services.clone(), version, nth, calendar).await.1);
    }
    let retention = services.retention();
    let at = |today: i64| site.clock.set(day(today).midnight().assume_utc());
    at(9);
    let mut planned = Vec::new();
    for wave in &waves {
        let right = may(&services, wave).await;
        planned.push(retention.plan(&right, wave).await.unwrap());
    }
    let (mut n_days, mut total) = (0, Erased::default());
    for today in 9..=121 {
        at(today);
        let mut expected = Vec::new();
        for wave in &waves {
            let right = may(&services, wave).await;
            let days = retention.plan(&right, wave).await.unwrap().days;
            expected.push(retention.would_erase(&right, wave, days).await.unwrap());
        }
        services.retention_day(day(today)).await.unwrap();
        for (wave, expected) in waves.iter().zip(expected) {
            let right = may(&services, wave).await;
            let plan = retention.plan(&right, wave).await.unwrap();
            let told = plan.erased.iter().find(|it| it.0 == day(today));
            let told = told.map_or_else(Erased::default, |it| it.1);
            assert_eq!(told, expected, "{} on day {today}", wave.slug);
            n_days += u64::from(told != Erased::default());
            total.n_answers += told.n_answers;
        }
    }
    assert!(n_days > 20 && total.n_answers > 5, "{n_days} {total:?}");
    for (wave, planned) in waves.iter().zip(planned) {
        let right = may(&services, wave).await;
        let plan = retention.plan(&right, wave).await.unwrap();
        let answers = first(&plan, |it| it.n_answers);
        assert_eq!(answers, planned.answers_on, "{}: {plan:?}", wave.slug);
        let contacts = first(&plan, |it| it.n_contacts);
        match planned.contacts_on {
            // They had gone with the responses.
            Some(_) if contacts.is_none() => assert!(answers <= planned.contacts_on),
            on => assert_eq!(contacts, on, "{}", wave.slug),
        }
        assert!(plan.has_ended == planned.ends_on.is_some());
    }
}

#[tokio::test]
async fn days_that_are_not_set_and_ends_that_are_not_known_are_said_so() {
    let site = Site::new();
    let services = site.open().await;
    let wave = services
        .studies()
        .install(&services.operator(), SURVEY)
        .await
        .unwrap()
        .wave;
    respondent(&services, &wave, true).await;
    respondent(&services, &wave, false).await;
    let right = may(&services, &wave).await;
    let retention = services.retention();
    let plan = retention.plan(&right, &wave).await.unwrap();
    assert_eq!((plan.drafts_days, plan.days.drafts_days), (90, None));
    assert_eq!((plan.ends_on, plan.has_ended), (None, false));
    let at_once = Retention {
        contacts_days: Some(0),
        drafts_days: Some(0),
        answers_days: Some(0),
        ended_on: None,
    };
    retention.set(&right, &wave, at_once).await.unwrap();
    let plan = retention.plan(&right, &wave).await.unwrap();
    assert_eq!((plan.contacts_on, plan.answers_on), (None, None));
    // Closed by hand today, it ends today, and what is kept for no day goes tomorrow.
    services.waves().close(&right, &wave).await.unwrap();
    let plan = retention.plan(&right, &wave).await.unwrap();
    let today = plan.ends_on.unwrap();
    assert!(plan.has_ended);
    assert_eq!(plan.answers_on, today.next_day());
    let nothing = retention.would_erase(&right, &wave, at_once).await.unwrap();
    assert_eq!(nothing, Erased::default(), "it is still its day");
    services.retention_day(today).await.unwrap();
    let tomorrow = today.next_day().unwrap();
    site.clock.set(tomorrow.midnight().assume_utc());
    let all = Erased {
        n_contacts: 1,
        n_drafts: 1,
        n_answers: 1,
    };
    let would = retention.would_erase(&right, &wave, at_once).await.unwrap();
    assert_eq!(would, all);
    let kept = Retention::default();
    let would = retention.would_erase(&right, &wave, kept).await.unwrap();
    assert_eq!(would, Erased::default());
    let erased = services.retention_day(tomorrow).await.unwrap();
    assert_eq!(erased.n_answers, 1);
    let plan = retention.plan(&right, &wave).await.unwrap();
    assert_eq!(plan.erased, [(tomorrow, erased)]);
    // Setting days again keeps the day on which it ended.
    retention.set(&right, &wave, kept).await.unwrap();
    let plan = retention.plan(&right, &wave).await.unwrap();
    assert_eq!(plan.days.ended_on, Some(today));
}
