//! Signing in, roles, links and tokens.

use crate::fixture::{QPV, Site};
use service::team::{
    Action, Deed, Design, Enter, ExportData, Field, ManageMembers, Offer, Opened, ReadAudit,
    Secret, See, SetAside, SignedIn, ViewResults, Visitor, allows,
};
use service::{Role, ServiceError, Services};
use time::Duration;

const GOOD: &str = "vélo mauve sous la pluie";
const OTHER: &str = "bruine-clavier-orge-59";

fn visitor(address: &str) -> Visitor {
    Visitor {
        address: address.to_owned(),
        agent: "Navigateur".to_owned(),
        former: None,
    }
}

/// A site with its administrator.
async fn administered(site: &Site) -> (Services, Opened) {
    let services = site.open().await;
    let team = services.team();
    let link = team
        .first_link(&services.operator())
        .await
        .unwrap()
        .unwrap();
    let admin = team
        .join(&link, "Admin@Exemple.fr ", "Ada", GOOD, &visitor("a"))
        .await
        .unwrap();
    (services, admin)
}

/// Somebody with an account, and a role in the built-in study if one is given.
async fn somebody(services: &Services, email: &str, role: Option<Role>) -> SignedIn {
    let (team, operator) = (services.team(), services.operator());
    team.add(&operator, email, "Bruno", OTHER, false)
        .await
        .unwrap();
    if let Some(role) = role {
        let may = team
            .operator_may::<ManageMembers>(&operator, "qpv-cls")
            .await
            .unwrap();
        team.add_member(&may, email, role).await.unwrap();
    }
    team.sign_in(email, OTHER, &visitor(email))
        .await
        .unwrap()
        .who
}

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

async fn right<D: Deed>(services: &Services, who: &SignedIn, study: &str) -> &'static str {
    match services.team().may::<D>(who, study).await {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

async fn rights(services: &Services, who: &SignedIn, study: &str) -> Vec<(Action, &'static str)> {
    macro_rules! all {
        ($($deed:ident),*) => {
            vec![$((Action::$deed, right::<$deed>(services, who, study).await)),*]
        };
    }
    all!(
        See,
        ViewResults,
        ExportData,
        SetAside,
        Enter,
        Design,
        Field,
        ManageMembers,
        ReadAudit
    )
}

#[tokio::test]
async fn what_each_role_may_do_here_and_nowhere_else() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    services.studies().install(QPV).await.unwrap();
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    services.studies().install(&other).await.unwrap();
    for role in Role::ALL {
        let who = somebody(
            &services,
            &format!("{}@exemple.fr", role.code()),
            Some(role),
        )
        .await;
        for (action, found) in rights(&services, &who, "qpv-cls").await {
            let expected = if allows(role, action) {
                "ok"
            } else {
                "forbidden"
            };
            assert_eq!(found, expected, "{role:?} {action:?}");
        }
        // A study that is not theirs is one that does not exist.
        for study in ["autre", "inconnue"] {
            for (action, found) in rights(&services, &who, study).await {
                assert_eq!(found, "unknown_study", "{role:?} {action:?} {study}");
            }
        }
        let seen = services.team().studies(&who).await.unwrap();
        let seen: Vec<_> = seen.iter().map(|it| (it.0.slug.as_str(), it.1)).collect();
        assert_eq!(seen, [("qpv-cls", role)]);
    }
    let nobody = somebody(&services, "personne@exemple.fr", None).await;
    assert!(services.team().studies(&nobody).await.unwrap().is_empty());
    for study in ["qpv-cls", "autre"] {
        assert!(
            rights(&services, &nobody, study)
                .await
                .iter()
                .all(|it| it.1 == "unknown_study")
        );
        assert!(
            rights(&services, &admin.who, study)
                .await
                .iter()
                .all(|it| it.1 == "ok")
        );
    }
}

#[tokio::test]
async fn members_are_invited_changed_and_removed() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    services.studies().install(QPV).await.unwrap();
    let team = services.team();
    let may = team
        .may::<ManageMembers>(&admin.who, "qpv-cls")
        .await
        .unwrap();
    let see = team.may::<See>(&admin.who, "qpv-cls").await.unwrap();
    let link = team.invite(&may, "Chloé@exemple.fr", Role::Owner).await;
    assert_eq!(link.unwrap_err().code(), "bad_email");
    let link = team
        .invite(&may, "Chloe@Exemple.fr", Role::Owner)
        .await
        .unwrap();
    let offer = team.offer(&link).await.unwrap();
    let Offer::Join {
        study,
        role,
        email,
        has_account,
    } = offer
    else {
        panic!("{offer:?}");
    };
    assert_eq!(
        (study.slug.as_str(), role, email.as_str()),
        ("qpv-cls", Role::Owner, "chloe@exemple.fr")
    );
    assert!(!has_account);
    // Whatever address is typed: the invited one joins.
    let chloe = team
        .join(&link, "x@exemple.fr", "Chloé", OTHER, &visitor("d"))
        .await
        .unwrap()
        .who;
    assert_eq!(chloe.email(), "chloe@exemple.fr");
    assert_eq!(
        team.invite(&may, "chloe@exemple.fr", Role::Viewer)
            .await
            .unwrap_err()
            .code(),
        "taken"
    );

    // Somebody who has an account accepts with it, and nobody else can.
    let dora = somebody(&services, "dora@exemple.fr", None).await;
    let link = team
        .invite(&may, "dora@exemple.fr", Role::Viewer)
        .await
        .unwrap();
    assert_eq!(
        team.accept(&chloe, &link).await.unwrap_err().code(),
        "link_gone"
    );
    let waiting = team.join_links(&may).await.unwrap();
    assert_eq!(
        waiting
            .iter()
            .map(|it| it.email.as_str())
            .collect::<Vec<_>>(),
        ["dora@exemple.fr"]
    );
    assert_eq!(team.accept(&dora, &link).await.unwrap().slug, "qpv-cls");
    assert_eq!(
        team.accept(&dora, &link).await.unwrap_err().code(),
        "link_gone"
    );
    // A revoked invitation is none, and is revoked in its own study only.
    let link = team
        .invite(&may, "eve@exemple.fr", Role::Analyst)
        .await
        .unwrap();
    let id = team.join_links(&may).await.unwrap()[0].id;
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    services.studies().install(&other).await.unwrap();
    let elsewhere = team
        .may::<ManageMembers>(&admin.who, "autre")
        .await
        .unwrap();
    assert_eq!(
        team.revoke_link(&elsewhere, id).await.unwrap_err().code(),
        "link_gone"
    );
    assert!(team.offer(&link).await.is_ok());
    team.revoke_link(&may, id).await.unwrap();
    assert_eq!(team.offer(&link).await.unwrap_err().code(), "link_gone");

    // A role changes at once, for a session that is open.
    assert_eq!(
        right::<ExportData>(&services, &dora, "qpv-cls").await,
        "forbidden"
    );
    team.set_role(&may, dora.id(), Role::Analyst).await.unwrap();
    assert_eq!(right::<ExportData>(&services, &dora, "qpv-cls").await, "ok");
    assert_eq!(
        team.set_role(&elsewhere, dora.id(), Role::Owner)
            .await
            .unwrap_err()
            .code(),
        "unknown_account"
    );
    assert_eq!(
        team.set_role(&may, chloe.id(), Role::Viewer)
            .await
            .unwrap_err()
            .code(),
        "last_owner"
    );
    assert_eq!(team.members(&see).await.unwrap().len(), 2);
    team.remove_member(&may, dora.id()).await.unwrap();
    assert_eq!(
        right::<See>(&services, &dora, "qpv-cls").await,
        "unknown_study"
    );
    // An account that is removed signs nobody in any more.
    let opened = team
        .sign_in("dora@exemple.fr", OTHER, &visitor("d"))
        .await
        .unwrap();
    team.remove(&services.operator(), "dora@exemple.fr")
        .await
        .unwrap();
    assert!(team.session(&opened.secret).await.unwrap().is_none());

    // All this is told, in a chain that nobody has touched, without any secret.
    let audit = team.may::<ReadAudit>(&chloe, "qpv-cls").await.unwrap();
    let told = team.audit(&audit, 50).await.unwrap();
    let actions: Vec<&str> = told.iter().rev().map(|it| it.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "member.invite",
            "account.create",
            "member.invite",
            "member.join",
            "member.invite",
            "member.revoke",
            "member.role",
            "member.remove",
        ]
    );
    assert!(told.iter().all(|it| it.study == Some(audit.study().id)));
    let whole = team
        .verify_audit(&services.operator())
        .await
        .unwrap()
        .unwrap();
    assert!(whole.0 > told.len() as i64);
    let text = serde_json::to_string(
        &team
            .whole_audit_after(&services.operator(), 0)
            .await
            .unwrap(),
    );
    let text = text.unwrap();
    assert!(!text.contains(link.reveal()) && !text.contains("argon2") && !text.contains(OTHER));
}

#[tokio::test]
async fn a_token_opens_one_study_no_wider_than_its_owner() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    services.studies().install(QPV).await.unwrap();
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    services.studies().install(&other).await.unwrap();
    let team = services.team();
    let analyst = somebody(&services, "analyste@exemple.fr", Some(Role::Analyst)).await;
    let make = async |who: &SignedIn, study: &str, scope: Role, days: u16| {
        team.make_token(who, study, scope, "script", days).await
    };
    assert_eq!(
        make(&analyst, "qpv-cls", Role::Organiser, 30)
            .await
            .unwrap_err()
            .code(),
        "forbidden"
    );
    assert_eq!(
        make(&analyst, "autre", Role::Viewer, 30)
            .await
            .unwrap_err()
            .code(),
        "unknown_study"
    );
    assert_eq!(
        make(&analyst, "qpv-cls", Role::Viewer, 0)
            .await
            .unwrap_err()
            .code(),
        "bad_period"
    );
    let token = make(&analyst, "qpv-cls", Role::Analyst, 30).await.unwrap();
    assert!(token.bearer.starts_with("recueil_"));
    let by = async |bearer: &str| team.by_token(bearer, &visitor("e")).await.unwrap();
    let program = by(&token.bearer).await.unwrap();
    assert_eq!(
        right::<ExportData>(&services, &program, "qpv-cls").await,
        "ok"
    );
    assert_eq!(
        right::<Design>(&services, &program, "qpv-cls").await,
        "forbidden"
    );
    // A program is no person: it changes no password and makes no token.
    assert_eq!(
        make(&program, "qpv-cls", Role::Viewer, 1)
            .await
            .unwrap_err()
            .code(),
        "forbidden"
    );
    assert_eq!(
        team.rename(&program, "X").await.unwrap_err().code(),
        "forbidden"
    );
    assert_eq!(
        team.sessions(&program).await.unwrap_err().code(),
        "forbidden"
    );
    // An administrator's token opens one study, with its scope.
    let narrow = make(&admin.who, "qpv-cls", Role::Viewer, 1).await.unwrap();
    let narrow = by(&narrow.bearer).await.unwrap();
    assert!(!narrow.is_administrator());
    assert_eq!(
        right::<ViewResults>(&services, &narrow, "qpv-cls").await,
        "ok"
    );
    assert_eq!(
        right::<ExportData>(&services, &narrow, "qpv-cls").await,
        "forbidden"
    );
    assert_eq!(
        right::<See>(&services, &narrow, "autre").await,
        "unknown_study"
    );
    // It falls with its owner's role, on its day, and when it is revoked.
    let may = team
        .may::<ManageMembers>(&admin.who, "qpv-cls")
        .await
        .unwrap();
    team.set_role(&may, analyst.id(), Role::Viewer)
        .await
        .unwrap();
    assert_eq!(
        right::<See>(&services, &program, "qpv-cls").await,
        "unknown_study"
    );
    let listed = team.tokens(&analyst).await.unwrap();
    assert_eq!(
        listed[0].used_on.map(|it| it.to_string()).as_deref(),
        Some("2026-03-02")
    );
    assert_eq!(
        team.revoke_token(&admin.who, listed[0].id)
            .await
            .unwrap_err()
            .code(),
        "link_gone"
    );
    team.revoke_token(&analyst, listed[0].id).await.unwrap();
    assert!(by(&token.bearer).await.is_none());
}

/// Bit flips, other lengths, other purposes.
#[tokio::test]
async fn of_500_mutated_secrets_none_opens() {
    let site = Site::new();
    let (services, admin) = administered(&site).await;
    services.studies().install(QPV).await.unwrap();
    let team = services.team();
    let token = team
        .make_token(&admin.who, "qpv-cls", Role::Viewer, "t", 1)
        .await
        .unwrap();
    let good = admin.secret.reveal().to_owned();
    let mut tried = 0;
    for at in 0..64 {
        for other in ['0', '7', 'f', 'A', ' ', 'g'] {
            let mut forged: Vec<char> = good.chars().collect();
            if forged[at] == other {
                continue;
            }
            forged[at] = other;
            let forged: String = forged.into_iter().collect();
            if let Some(secret) = Secret::parse(&forged) {
                assert!(
                    team.session(&secret).await.unwrap().is_none(),
                    "{at} {other}"
                );
            }
            tried += 1;
        }
    }
    for cut in 0..64 {
        assert!(Secret::parse(&good[..cut]).is_none());
        assert!(Secret::parse(&format!("{good}{}", &good[..=cut])).is_none());
        let forged = token
            .bearer
            .replacen(&token.bearer[8 + cut..9 + cut], "x", 1);
        // Another address each time: wrong ones are few from one.
        let from = visitor(&format!("f{cut}"));
        if forged != token.bearer {
            assert!(team.by_token(&forged, &from).await.unwrap().is_none());
        }
        tried += 3;
    }
    assert!(tried > 500, "{tried}");
    // What opens one door opens no other.
    let bearer = format!("recueil_{good}");
    assert!(
        team.by_token(&bearer, &visitor("g"))
            .await
            .unwrap()
            .is_none()
    );
    let as_session = Secret::parse(&token.bearer["recueil_".len()..]).unwrap();
    assert!(team.session(&as_session).await.unwrap().is_none());
    assert_eq!(
        team.offer(&admin.secret).await.unwrap_err().code(),
        "link_gone"
    );
    assert!(team.session(&admin.secret).await.unwrap().is_some());
    let mut wrong = 0;
    for _ in 0..100 {
        wrong += usize::from(team.by_token("recueil_", &visitor("h")).await.is_ok());
    }
    assert_eq!(wrong, 60);
}
