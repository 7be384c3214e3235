//! Signing in and out, passwords, sessions.

use service::ServiceError;
use service::team::{Offer, Opened, Secret, Visitor};
use time::Duration;

use super::{GOOD, OTHER, administered, visitor};
use crate::fixture::Site;

#[tokio::test]
async fn the_first_link_makes_the_administrator_once() {
    let site = Site::new();
    let services = site.open().await;
    let (team, operator) = (services.team(), services.operator());
    let first = team.first_link(&operator).await.unwrap().unwrap();
    // A second start prints another one; both are good until one is used.
    let second = team.first_link(&operator).await.unwrap().unwrap();
    assert_eq!(team.offer(&first).await.unwrap(), Offer::Administrator);
    let join = async |link: &Secret, email: &str, name: &str, password: &str| {
        team.join(link, email, name, password, &visitor("a")).await
    };
    for (email, name, password, code) in [
        ("personne", "Ada", GOOD, "bad_email"),
        ("ada@exemple.fr", "  ", GOOD, "bad_name"),
        ("ada@exemple.fr", "Ada", "motdepasse123", "weak_password"),
    ] {
        assert_eq!(
            join(&second, email, name, password)
                .await
                .unwrap_err()
                .code(),
            code
        );
    }
    let opened = join(&second, " Ada@Exemple.fr", "Ada  Lovelace", GOOD)
        .await
        .unwrap();
    assert!(opened.who.is_administrator());
    assert_eq!(
        (opened.who.email(), opened.who.name()),
        ("ada@exemple.fr", "Ada Lovelace")
    );
    for link in [&first, &second] {
        assert_eq!(
            join(link, "b@exemple.fr", "B", OTHER)
                .await
                .unwrap_err()
                .code(),
            "link_gone"
        );
        assert_eq!(team.offer(link).await.unwrap_err().code(), "link_gone");
    }
    assert!(team.first_link(&operator).await.unwrap().is_none());
    // A link is too old after two days.
    let site = Site::new();
    let services = site.open().await;
    let link = services
        .team()
        .first_link(&services.operator())
        .await
        .unwrap()
        .unwrap();
    site.clock
        .set(time::macros::datetime!(2026-03-04 09:30 UTC));
    assert_eq!(
        services.team().offer(&link).await.unwrap_err().code(),
        "link_gone"
    );
}

#[tokio::test]
async fn who_may_sign_in() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let team = services.team();
    let try_it = async |email: &str, password: &str| {
        team.sign_in(email, password, &visitor("b"))
            .await
            .map(|_| ())
            .map_err(|it| it.code())
    };
    assert_eq!(try_it("ADMIN@exemple.fr", GOOD).await, Ok(()));
    assert_eq!(
        try_it("admin@exemple.fr", OTHER).await,
        Err("wrong_credentials")
    );
    assert_eq!(
        try_it("nobody@exemple.fr", GOOD).await,
        Err("wrong_credentials")
    );
    assert_eq!(try_it("", "").await, Err("wrong_credentials"));
    assert_eq!(
        try_it("nobody@exemple.fr", "nobody has this password").await,
        Err("wrong_credentials")
    );
    assert!(team.session(&admin.secret).await.unwrap().is_some());
    assert!(
        team.session(&Secret::parse(&"0".repeat(64)).unwrap())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn wrong_passwords_are_few() {
    let site = Site::new();
    let (services, _) = administered(&site).await;
    let team = services.team();
    let mut evaluated = 0;
    for nth in 0..40 {
        // Another address each time: the account's own limit holds.
        let from = visitor(&format!("10.0.0.{nth}"));
        match team.sign_in("admin@exemple.fr", OTHER, &from).await {
            Err(ServiceError::WrongCredentials) => evaluated += 1,
            Err(ServiceError::TooMany { wait }) => assert!(wait <= Duration::minutes(3)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(evaluated, 10);
    // Even the right one waits; then it opens, and clears what was counted.
    let right = async || team.sign_in("admin@exemple.fr", GOOD, &visitor("x")).await;
    assert_eq!(right().await.unwrap_err().code(), "too_many_attempts");
    site.clock
        .set(time::macros::datetime!(2026-03-02 09:34 UTC));
    assert!(right().await.is_ok());
    // One address tries many accounts.
    let mut evaluated = 0;
    for nth in 0..40 {
        let email = format!("b{nth}@exemple.fr");
        let tried = team.sign_in(&email, OTHER, &visitor("y")).await;
        evaluated += usize::from(matches!(tried, Err(ServiceError::WrongCredentials)));
    }
    assert_eq!(evaluated, 30);
}

#[tokio::test]
async fn sessions_end_by_themselves_and_by_hand() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let team = services.team();
    let is_open = async |it: &Opened| team.session(&it.secret).await.unwrap().is_some();
    let sign_in = async |password: &str, former: Option<Secret>| {
        let from = Visitor {
            former,
            ..visitor("b")
        };
        team.sign_in("admin@exemple.fr", password, &from)
            .await
            .unwrap()
    };
    let second = sign_in(GOOD, None).await;
    let listed = team.sessions(&second.who).await.unwrap();
    assert_eq!(listed.iter().filter(|it| it.is_this).count(), 1);
    assert_eq!(listed.len(), 2);
    // Signing in again in the same browser: a new secret, and the old one is worth nothing.
    let third = sign_in(GOOD, Some(second.secret.clone())).await;
    assert_ne!(third.secret, second.secret);
    assert!(!is_open(&second).await && is_open(&third).await && is_open(&admin).await);
    // One ends another.
    let other = team.sessions(&third.who).await.unwrap();
    let other = other.iter().find(|it| !it.is_this).unwrap();
    team.end_session(&third.who, &other.id).await.unwrap();
    assert!(!is_open(&admin).await);
    team.sign_out(&third.who).await.unwrap();
    assert!(!is_open(&third).await);
    // A new password ends every other session, on every device.
    let (here, there) = (sign_in(GOOD, None).await, sign_in(GOOD, None).await);
    let wrong = team
        .change_password(&here.who, OTHER, OTHER, &visitor("b"))
        .await;
    assert_eq!(wrong.unwrap_err().code(), "wrong_credentials");
    let new = team
        .change_password(&here.who, GOOD, OTHER, &visitor("b"))
        .await
        .unwrap();
    assert!(!is_open(&here).await && !is_open(&there).await && is_open(&new).await);
    // Unused for twelve hours, or a week old.
    site.clock
        .set(time::macros::datetime!(2026-03-02 21:29 UTC));
    assert!(is_open(&new).await);
    site.clock
        .set(time::macros::datetime!(2026-03-03 09:28 UTC));
    assert!(is_open(&new).await);
    site.clock
        .set(time::macros::datetime!(2026-03-03 21:28 UTC));
    assert!(!is_open(&new).await);
    let last = sign_in(OTHER, None).await;
    // Used every eleven hours, and over all the same after a week.
    for nth in 1..=15 {
        site.clock
            .set(time::macros::datetime!(2026-03-03 21:28 UTC) + Duration::hours(11) * nth);
        assert!(is_open(&last).await);
    }
    site.clock
        .set(time::macros::datetime!(2026-03-10 21:28 UTC));
    assert!(!is_open(&last).await);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    let team = services.team();
    assert!(
        team.recover("nobody@exemple.fr", &visitor("c"))
            .await
            .unwrap()
            .is_none()
    );
    let (email, link) = team
        .recover("ADMIN@exemple.fr", &visitor("c"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(email, "admin@exemple.fr");
    assert_eq!(team.offer(&link).await.unwrap(), Offer::Recover { email });
    // It sets a password and makes no account.
    let join = team
        .join(&link, "x@exemple.fr", "X", OTHER, &visitor("c"))
        .await;
    assert_eq!(join.unwrap_err().code(), "link_gone");
    let weak = team.reset_password(&link, "court", &visitor("c")).await;
    assert_eq!(weak.unwrap_err().code(), "weak_password");
    let opened = team
        .reset_password(&link, OTHER, &visitor("c"))
        .await
        .unwrap();
    assert!(team.session(&admin.secret).await.unwrap().is_none());
    assert!(team.session(&opened.secret).await.unwrap().is_some());
    let again = team.reset_password(&link, GOOD, &visitor("c")).await;
    assert_eq!(again.unwrap_err().code(), "link_gone");
    let by_hand = team
        .recover_by_hand(&services.operator(), "admin@exemple.fr")
        .await
        .unwrap();
    assert!(
        team.reset_password(&by_hand, GOOD, &visitor("c"))
            .await
            .is_ok()
    );
}
