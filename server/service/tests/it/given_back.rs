//! What ends of a sample: addresses on their day, an answered invitation with a withdrawal.

use crate::fixture::{Site, exported, may};
use crate::invitations::{begin, deliver, invited, send, status};
use service::{AccessChange, MailKind};
use time::Duration;
use time::macros::datetime;

/// Addresses of a sample are contacts: they go on the day on which the contacts of the wave do.
#[tokio::test]
async fn addresses_are_erased_with_the_contacts() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    let days = service::Retention {
        contacts_days: Some(30),
        ..service::Retention::default()
    };
    services
        .retention()
        .set(&may(&services, &wave).await, &wave, days)
        .await
        .unwrap();
    services
        .waves()
        .close(&may(&services, &wave).await, &wave)
        .await
        .unwrap();
    let day = |n: i64| datetime!(2026-03-02 09:30 UTC).date() + Duration::days(n);
    // The wave is seen to have ended on this day.
    assert_eq!(services.retention_day(day(0)).await.unwrap().n_contacts, 0);
    assert_eq!(services.retention_day(day(30)).await.unwrap().n_contacts, 0);
    assert_eq!(services.retention_day(day(31)).await.unwrap().n_contacts, 3);
    assert_eq!(services.retention_day(day(31)).await.unwrap().n_contacts, 0);
    assert_eq!(
        status(&services, &wave).await.sample,
        3,
        "who was asked stays counted"
    );
}

/// Whoever withdraws may answer again, in a wave without names too, and is counted once then.
#[tokio::test]
async fn a_withdrawal_gives_the_invitation_back() {
    for named in [false, true] {
        let site = Site::new();
        let (services, wave) = invited(&site).await;
        let change = AccessChange {
            anonymous: Some(!named),
            ..AccessChange::default()
        };
        services
            .invitations()
            .set_access(&may(&services, &wave).await, &wave, change)
            .await
            .unwrap();
        let wave = services.waves().by_slug(&wave.slug).await.unwrap().unwrap();
        services
            .invitations()
            .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
            .await
            .unwrap();
        let arrived = deliver(&services).await;
        let invitation = &arrived["marie@example.org"].token;
        let token = begin(&services, &wave, invitation).await;
        send(&services, &wave, &token, invitation).await.unwrap();
        let again = services
            .respond()
            .open_invited(&wave, "fr", Some(invitation))
            .await;
        assert_eq!(again.unwrap_err().code(), "invitation_used");
        // With names it is known whose it was; without, the respondent's own link tells.
        let told = (!named).then_some(invitation);
        let respond = services.respond();
        assert!(respond.withdraw_invited(&wave, &token, told).await.unwrap());
        assert!(exported(&services, &wave).await.is_empty());
        let token = begin(&services, &wave, invitation).await;
        send(&services, &wave, &token, invitation).await.unwrap();
        assert_eq!(exported(&services, &wave).await.len(), 1);
        let again = services
            .respond()
            .open_invited(&wave, "fr", Some(invitation))
            .await;
        assert_eq!(again.unwrap_err().code(), "invitation_used");
    }
}
