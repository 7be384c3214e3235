//! Whatever respondents and analysts do, the numbers shown are those of the responses that count.

use crate::fixture::{Site, exported, may, responses};
use crate::live::{Page, enter, recounted};
use crate::rights::{answer, submit, submitted};
use proptest::prelude::*;
use service::{Admitted, Revision, ServiceError, Services, Token, WaveInfo};

#[derive(Debug, Clone)]
enum Step {
    Submit(usize),
    Correct(usize, usize),
    /// Begins a correction and leaves it.
    Leave(usize, usize),
    Withdraw(usize),
    SetAside(usize),
    TakeBack(usize),
}

async fn admitted(services: &Services, wave: &WaveInfo) -> Admitted {
    let right = enter(services, wave).await;
    let admitted = services.admissibility().admitted(right, wave).await;
    admitted.unwrap()
}

fn step() -> impl Strategy<Value = Step> {
    let (who, what) = (0..9_usize, 0..130_usize);
    prop_oneof![
        4 => what.clone().prop_map(Step::Submit),
        3 => (who.clone(), what.clone()).prop_map(|(who, what)| Step::Correct(who, what)),
        1 => (who.clone(), what).prop_map(|(who, what)| Step::Leave(who, what)),
        2 => who.clone().prop_map(Step::Withdraw),
        2 => who.clone().prop_map(Step::SetAside),
        1 => who.prop_map(Step::TakeBack),
    ]
}

async fn act(services: &Services, wave: &WaveInfo, people: &mut Vec<Token>, step: Step) {
    let respond = services.respond();
    let (who, what) = match step {
        Step::Submit(what) => {
            people.push(submitted(services, wave, what).await);
            return;
        }
        Step::Correct(who, what) | Step::Leave(who, what) => (who, what),
        Step::Withdraw(who) | Step::SetAside(who) | Step::TakeBack(who) => (who, 0),
    };
    if people.is_empty() {
        return;
    }
    let at = who % people.len();
    let own = respond.own(wave, &people[at]).await.unwrap().unwrap();
    match step {
        Step::Submit(_) => {}
        Step::Correct(..) | Step::Leave(..) => {
            respond.begin_correction(wave, &people[at]).await.unwrap();
            answer(services, wave, &people[at], what).await;
            if matches!(step, Step::Correct(..)) {
                submit(services, wave, &people[at]).await;
            }
        }
        Step::Withdraw(_) => {
            let token = people.swap_remove(at);
            assert!(respond.withdraw(wave, &token).await.unwrap());
        }
        Step::SetAside(_) => {
            let admissibility = services.admissibility();
            let may = may(services, wave).await;
            let set = admissibility.set_aside(&may, wave, own.response, "doublon");
            set.await.unwrap();
        }
        Step::TakeBack(_) => {
            let admissibility = services.admissibility();
            let may = may(services, wave).await;
            let taken = admissibility
                .take_back(&may, wave, own.response)
                .await
                .unwrap();
            assert_eq!(taken, own.is_set_aside);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Law: what a watcher put together from deltas is what counting the stored responses anew
    /// gives, after any sequence of submissions, corrections, withdrawals and decisions.
    #[test]
    fn live_numbers_are_those_of_the_responses_that_count(
        steps in prop::collection::vec(step(), 1..20),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let site = Site::new();
            let (services, wave) = site.open_qpv().await;
            let right = enter(&services, &wave).await;
            let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
            let (mut page, mut people) = (Page::default(), Vec::new());
            page.take_next(&mut watcher).await;
            for step in steps {
                act(&services, &wave, &mut people, step).await;
                let store = site.store().await;
                let Revision(revision) = store.responses().revision(wave.id).await.unwrap();
                page.follow(&mut watcher, revision).await;
                let counted = exported(&services, &wave).await;
                assert_eq!(page.responses, counted.len() as u64);
                assert_eq!(page.tables, recounted(&services, &wave).await);
                let admitted = admitted(&services, &wave).await;
                assert_eq!(admitted.n_received, people.len() as u64);
                assert_eq!(admitted.n_received - admitted.n_set_aside, page.responses);
                store.close().await;
            }
            services.close().await;
        });
    }
}

#[tokio::test]
async fn what_is_set_aside_is_kept_said_and_taken_back() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut people = Vec::new();
    for nth in 0..5 {
        people.push(submitted(&services, &wave, nth).await);
    }
    let mut ids = Vec::new();
    for token in &people {
        let own = services.respond().own(&wave, token).await.unwrap().unwrap();
        ids.push(own.response);
    }
    let admissibility = services.admissibility();
    for (id, reason) in [
        (ids[0], "incomplète"),
        (ids[1], " doublon "),
        (ids[2], "incomplète"),
    ] {
        admissibility
            .set_aside(&may(&services, &wave).await, &wave, id, reason)
            .await
            .unwrap();
    }
    let admitted = admitted(&services, &wave).await;
    assert_eq!((admitted.n_received, admitted.n_set_aside), (5, 3));
    let reasons = [("incomplète".to_owned(), 2), ("doublon".to_owned(), 1)];
    assert_eq!(admitted.reasons, reasons);
    assert_eq!(exported(&services, &wave).await.len(), 2);
    let own = services
        .respond()
        .own(&wave, &people[0])
        .await
        .unwrap()
        .unwrap();
    assert!(own.is_set_aside);

    // All, and each that is set aside says so.
    let mut all = services
        .export_all(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let sheets = all.next_page().await.unwrap().unwrap();
    assert_eq!(sheets.len(), 5);
    let n_marked = sheets
        .iter()
        .filter(|it| it.meta.other.contains_key("set_aside"));
    assert_eq!(n_marked.count(), 3);

    assert!(
        admissibility
            .take_back(&may(&services, &wave).await, &wave, ids[0])
            .await
            .unwrap()
    );
    assert!(
        !admissibility
            .take_back(&may(&services, &wave).await, &wave, ids[0])
            .await
            .unwrap()
    );
    assert_eq!(exported(&services, &wave).await.len(), 3);
    let nobody = service::ResponseId(wave.id.0);
    let refused = admissibility
        .set_aside(&may(&services, &wave).await, &wave, nobody, "x")
        .await;
    assert!(matches!(refused, Err(ServiceError::UnknownResponse)));
    let refused = admissibility
        .set_aside(&may(&services, &wave).await, &wave, ids[0], "  ")
        .await;
    assert!(matches!(refused, Err(ServiceError::ReasonNeeded)));
    // What is imported again is known, set aside or not.
    let again = services
        .import(&may(&services, &wave).await, &wave)
        .await
        .unwrap()
        .sheets(vec![responses().swap_remove(9)])
        .await;
    assert_eq!(again.unwrap().len(), 1);
}

/// The erasure of all answers is one revision of which no change is told: everything is counted
/// anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_follows_the_erasure_of_answers() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let sheets = responses().drain(..20).collect();
    services
        .import(&may(&services, &wave).await, &wave)
        .await
        .unwrap()
        .sheets(sheets)
        .await
        .unwrap();
    services
        .rehearsals()
        .ensure(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let days = service::Retention {
        answers_days: Some(0),
        ..service::Retention::default()
    };
    services
        .retention()
        .set(&may(&services, &wave).await, &wave, days)
        .await
        .unwrap();
    let right = enter(&services, &wave).await;
    let mut watcher = services.live().watch(right, "fr", None).await.unwrap();
    let mut page = Page::default();
    page.take_next(&mut watcher).await;
    assert_eq!(page.responses, 20);
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let today = time::macros::date!(2026 - 03 - 02);
    let erased = services.retention_day(today).await.unwrap();
    assert_eq!(
        erased.n_answers, 0,
        "the day on which it was closed is kept"
    );
    let tomorrow = today.next_day().unwrap();
    let erased = services.retention_day(tomorrow).await.unwrap();
    assert_eq!(erased.n_answers, 20);
    page.follow(&mut watcher, 21).await;
    assert_eq!(page.responses, 0);
    assert_eq!(page.tables, recounted(&services, &wave).await);
    // Days that were noted for a rehearsal go with it.
    assert!(
        services
            .rehearsals()
            .remove(&may(&services, &wave).await, &wave)
            .await
            .unwrap()
            .is_some()
    );
}
