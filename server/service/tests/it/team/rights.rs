//! Roles, members, links and tokens.

use service::team::{
    Action, Deed, Design, Enter, ExportData, Field, ManageMembers, Offer, ReadAudit, Secret, See,
    SetAside, SignedIn, ViewResults, allows,
};
use service::{Role, Services};

use super::{OTHER, administered, somebody, visitor};
use crate::fixture::{QPV, Site};

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
    services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    services
        .studies()
        .install(&services.operator(), &other)
        .await
        .unwrap();
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
    services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
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
    services
        .studies()
        .install(&services.operator(), &other)
        .await
        .unwrap();
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
            "study.publish",
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
    services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    services
        .studies()
        .install(&services.operator(), &other)
        .await
        .unwrap();
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
    services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap();
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
