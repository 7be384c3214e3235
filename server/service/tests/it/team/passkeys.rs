//! Passkeys: adding, signing in, removing, and everything that must be refused.

use serde_json::Value;
use service::team::{Begun, Opened, RelyingParty, Secret};
use service::{ServiceError, Services};
use time::Duration;
use time::macros::datetime;

use super::device::Device;
use super::{GOOD, administered, somebody, visitor};
use crate::fixture::Site;

const ORIGIN: &str = "https://enquetes.example.org";

fn party() -> RelyingParty {
    RelyingParty::at(ORIGIN).unwrap()
}

/// Adds a passkey of a new device to the account of whoever just signed in.
async fn added(services: &Services, opened: &Opened, name: &str) -> Device {
    let (team, party) = (services.team(), party());
    let mut device = Device::at(ORIGIN);
    let begun = team.begin_passkey(&party, &opened.who).await.unwrap();
    let made = device.make(&begun.ask);
    team.add_passkey(&party, &opened.who, &begun.secret, name, made)
        .await
        .unwrap();
    device
}

async fn begin(services: &Services) -> Begun<Value> {
    let team = services.team();
    let visitor = visitor("phone");
    team.begin_passkey_sign_in(&party(), &visitor)
        .await
        .unwrap()
}

async fn finish(
    services: &Services,
    ceremony: &Secret,
    answer: Value,
) -> Result<Opened, &'static str> {
    let (team, party, from) = (services.team(), party(), visitor("phone"));
    let opened = team.sign_in_with_passkey(&party, ceremony, answer, &from);
    opened.await.map_err(|it| it.code())
}

async fn sign_in(services: &Services, device: &mut Device) -> Result<Opened, &'static str> {
    let begun = begin(services).await;
    let answer = device.answer(&begun.ask);
    finish(services, &begun.secret, answer).await
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let team = services.team();
    let mut device = added(&services, &admin, "  Clé   bleue ").await;
    let listed = team.passkeys(&admin.who).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].name.as_str(), listed[0].used_on),
        ("Clé bleue", None)
    );

    let opened = sign_in(&services, &mut device).await.unwrap();
    assert_eq!(opened.who.id(), admin.who.id());
    assert!(opened.who.is_administrator());
    assert_ne!(opened.secret, admin.secret);
    let listed = team.passkeys(&opened.who).await.unwrap();
    assert_eq!(listed[0].used_on, Some(time::macros::date!(2026 - 03 - 02)));
    // The same browser's former session ends, as with a password.
    let begun = begin(&services).await;
    let mut from = visitor("phone");
    from.former = Some(opened.secret.clone());
    let answer = device.answer(&begun.ask);
    let party = party();
    let again = team
        .sign_in_with_passkey(&party, &begun.secret, answer, &from)
        .await
        .unwrap();
    assert!(team.session(&opened.secret).await.unwrap().is_none());
    assert!(team.session(&again.secret).await.unwrap().is_some());
    // Everything is written down; no key is.
    let log = team
        .whole_audit_after(&services.operator(), 0)
        .await
        .unwrap();
    let entry = log.iter().find(|it| it.action == "passkey.add").unwrap();
    assert_eq!(entry.after.as_deref(), Some(r#"{"name":"Clé bleue"}"#));
}

#[tokio::test]
async fn what_is_asked_says_nothing_of_anybody() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let before = begin(&services).await.ask;
    added(&services, &admin, "a").await;
    let mut after = begin(&services).await.ask;
    assert_ne!(
        before["publicKey"]["challenge"],
        after["publicKey"]["challenge"]
    );
    after["publicKey"]["challenge"] = before["publicKey"]["challenge"].clone();
    assert_eq!(before, after);
    assert_eq!(before["publicKey"]["userVerification"], "required");
    assert_eq!(before["publicKey"]["rpId"], "enquetes.example.org");
    // A second key of the same device is not made, and the device must find it by itself.
    let ask = services
        .team()
        .begin_passkey(&party(), &admin.who)
        .await
        .unwrap()
        .ask;
    let ask = &ask["publicKey"];
    assert_eq!(ask["excludeCredentials"].as_array().unwrap().len(), 1);
    let selection = &ask["authenticatorSelection"];
    assert_eq!(selection["residentKey"], "required");
    assert_eq!(selection["userVerification"], "required");
}

#[tokio::test]
async fn a_wrong_proof_is_refused_whatever_is_wrong() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let mut device = added(&services, &admin, "a").await;
    let other = somebody(&services, "bo@exemple.fr", None).await;
    type Harm = fn(&mut Device);
    let harms: [(&str, Harm); 6] = [
        ("another key", |it| it.key = Device::at(ORIGIN).key),
        ("unknown", |it| it.id = vec![7; 32]),
        ("another site", |it| {
            it.origin = "https://evil.example".to_owned();
        }),
        ("another site's key", |it| {
            it.site = "evil.example".to_owned();
        }),
        ("nobody was verified", |it| it.verifies = false),
        ("a copy that counts less", |it| it.counter = 0),
    ];
    for (what, harm) in harms {
        let mut wrong = device.clone();
        harm(&mut wrong);
        assert_eq!(
            sign_in(&services, &mut wrong).await.err(),
            Some("not_recognised"),
            "{what}"
        );
    }
    // Somebody else's handle on one's own key.
    let mut handle = device.clone();
    let begun = services
        .team()
        .begin_passkey(&party(), &other)
        .await
        .unwrap();
    handle.user = begun.ask["publicKey"]["user"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    handle.counter += 10;
    assert_eq!(
        sign_in(&services, &mut handle).await.err(),
        Some("not_recognised")
    );
    for nonsense in [
        Value::Null,
        Value::from("x"),
        serde_json::json!({ "id": "a" }),
    ] {
        let begun = begin(&services).await;
        let refused = finish(&services, &begun.secret, nonsense).await;
        assert_eq!(refused.err(), Some("not_recognised"));
    }
    // Nothing of all this harmed the key.
    device.counter += 20;
    assert!(sign_in(&services, &mut device).await.is_ok());
}

#[tokio::test]
async fn a_challenge_is_answered_once_in_time_by_its_browser() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let mut device = added(&services, &admin, "a").await;
    let begun = begin(&services).await;
    let answer = device.answer(&begun.ask);
    assert!(
        finish(&services, &begun.secret, answer.clone())
            .await
            .is_ok()
    );
    assert_eq!(
        finish(&services, &begun.secret, answer).await.err(),
        Some("not_recognised")
    );
    // Another browser's cookie, or none that was ever given out.
    let (mine, theirs) = (begin(&services).await, begin(&services).await);
    let answer = device.answer(&mine.ask);
    assert_eq!(
        finish(&services, &theirs.secret, answer.clone())
            .await
            .err(),
        Some("not_recognised")
    );
    let forged = Secret::parse(&"0".repeat(64)).unwrap();
    assert_eq!(
        finish(&services, &forged, answer).await.err(),
        Some("not_recognised")
    );
    // A session's secret is no ceremony's, and a ceremony for adding does not sign in.
    let adding = services
        .team()
        .begin_passkey(&party(), &admin.who)
        .await
        .unwrap();
    let answer = device.answer(&adding.ask);
    assert_eq!(
        finish(&services, &adding.secret, answer).await.err(),
        Some("not_recognised")
    );
    // A wrong answer uses the challenge up.
    let begun = begin(&services).await;
    let right = device.answer(&begun.ask);
    assert!(finish(&services, &begun.secret, Value::Null).await.is_err());
    assert!(finish(&services, &begun.secret, right).await.is_err());
    // Too late by a second; cleaned up, nothing is left of it.
    let begun = begin(&services).await;
    let answer = device.answer(&begun.ask);
    site.clock
        .set(datetime!(2026-03-02 09:30 UTC) + begun.lasts);
    assert_eq!(
        finish(&services, &begun.secret, answer).await.err(),
        Some("not_recognised")
    );
    // Another process answers as well as the one that asked.
    let begun = begin(&services).await;
    let elsewhere = site.open().await;
    let answer = device.answer(&begun.ask);
    assert!(finish(&elsewhere, &begun.secret, answer).await.is_ok());
}

#[tokio::test]
async fn adding_and_removing_need_a_fresh_sign_in() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let (team, party) = (services.team(), party());
    let mut device = added(&services, &admin, "a").await;
    let id = team.passkeys(&admin.who).await.unwrap()[0].id;
    site.clock.set(datetime!(2026-03-02 09:40 UTC));
    let stale = team.session(&admin.secret).await.unwrap().unwrap();
    assert!(!team.is_fresh(&stale));
    let code = |it: ServiceError| it.code();
    let begun = team.begin_passkey(&party, &stale).await.map(|_| ());
    assert_eq!(begun.map_err(code), Err("sign_in_again"));
    assert_eq!(
        team.remove_passkey(&stale, id).await.map_err(code),
        Err("sign_in_again")
    );
    // Signing in with the key itself is as good as with the password.
    let fresh = sign_in(&services, &mut device).await.unwrap();
    let second = added(&services, &fresh, "b").await;
    // Nobody removes what is another's, and a key is one account's.
    let other = somebody(&services, "bo@exemple.fr", None).await;
    assert_eq!(
        team.remove_passkey(&other, id).await.map_err(code),
        Err("link_gone")
    );
    let begun = team.begin_passkey(&party, &other).await.unwrap();
    let mut copy = second.clone();
    let made = copy.make(&begun.ask);
    let twice = team
        .add_passkey(&party, &other, &begun.secret, "c", made)
        .await;
    assert_eq!(twice.map_err(code), Err("taken"));
    // What somebody began, nobody else finishes.
    let begun = team.begin_passkey(&party, &fresh.who).await.unwrap();
    let made = Device::at(ORIGIN).make(&begun.ask);
    let stolen = team
        .add_passkey(&party, &other, &begun.secret, "d", made)
        .await;
    assert_eq!(stolen.map_err(code), Err("not_recognised"));

    // Removing ends the other sessions, and the key opens nothing any more.
    let elsewhere = sign_in(&services, &mut device).await.unwrap();
    team.remove_passkey(&fresh.who, id).await.unwrap();
    assert!(team.session(&elsewhere.secret).await.unwrap().is_none());
    assert!(team.session(&fresh.secret).await.unwrap().is_some());
    assert_eq!(
        sign_in(&services, &mut device).await.err(),
        Some("not_recognised")
    );
    let log = team
        .whole_audit_after(&services.operator(), 0)
        .await
        .unwrap();
    assert!(log.iter().any(|it| it.action == "passkey.remove"));
    // The password is what it was.
    assert!(
        team.sign_in("admin@exemple.fr", GOOD, &visitor("x"))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn an_account_takes_its_passkeys_along() {
    let site = Site::new();
    let (services, _) = administered(&site).await;
    let team = services.team();
    somebody(&services, "bo@exemple.fr", None).await;
    let bo = team
        .sign_in("bo@exemple.fr", super::OTHER, &visitor("b"))
        .await
        .unwrap();
    let mut device = added(&services, &bo, "a").await;
    let begun = begin(&services).await;
    let answer = device.answer(&begun.ask);
    team.remove(&services.operator(), "bo@exemple.fr")
        .await
        .unwrap();
    assert_eq!(
        finish(&services, &begun.secret, answer).await.err(),
        Some("not_recognised")
    );
}

#[tokio::test]
async fn attempts_are_few() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let (team, party) = (services.team(), party());
    let mut device = added(&services, &admin, "a").await;
    let mut wrong = device.clone();
    wrong.key = Device::at(ORIGIN).key;
    let mut evaluated = 0;
    for nth in 0..20 {
        let from = visitor(&format!("10.0.0.{nth}"));
        let begun = team.begin_passkey_sign_in(&party, &from).await.unwrap();
        let answer = wrong.answer(&begun.ask);
        let refused = team
            .sign_in_with_passkey(&party, &begun.secret, answer, &from)
            .await;
        evaluated += usize::from(refused.unwrap_err().code() == "not_recognised");
    }
    assert_eq!(evaluated, 10);
    // Passwords are counted apart: they still open.
    assert!(
        team.sign_in("admin@exemple.fr", GOOD, &visitor("x"))
            .await
            .is_ok()
    );
    site.clock
        .set(datetime!(2026-03-02 09:30 UTC) + Duration::minutes(4));
    assert!(sign_in(&services, &mut device).await.is_ok());
    // One address begins only so many.
    let from = visitor("y");
    let mut begun = 0;
    for _ in 0..40 {
        begun += usize::from(team.begin_passkey_sign_in(&party, &from).await.is_ok());
    }
    assert_eq!(begun, 30);
}
