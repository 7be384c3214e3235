//! Joining a study through the provider, by a link that invites an address.

use super::{Bound, encoded, person, refused};
use crate::roles::Reply;
use axum::http::{Method, StatusCode};
use serde_json::Value;
use service::Role;
use service::team::{ManageMembers, Secret, Visitor};

const INVITED: &str = "ada@exemple.fr";
const JOIN: &str = "/studio/sign-in/openid/join";

impl Bound {
    /// The secret of a link that invites somebody to a study.
    async fn invite(&self, email: &str) -> Secret {
        let (team, operator) = (self.site.services.team(), self.site.services.operator());
        let may = team.operator_may::<ManageMembers>(&operator, "qpv-cls");
        let may = may.await.unwrap();
        team.invite(&may, email, Role::Analyst).await.unwrap()
    }

    async fn page(&self, path: &str) -> Reply {
        self.site.send(&Method::GET, path, None, "").await
    }

    /// Whether a link still offers to join.
    async fn offers(&self, link: &Secret) -> bool {
        let page = self.page(&format!("/studio/link/{}", link.reveal())).await;
        match page.status {
            StatusCode::OK => page.body.contains("Créer le compte avec ProConnect"),
            _ => false,
        }
    }

    /// Leaves with a link, and comes back.
    async fn join(&self, link: &Secret) -> Reply {
        let (path, cookie) = self.leave_with(link).await;
        self.back(&path, &cookie).await
    }

    async fn leave_with(&self, link: &Secret) -> (String, String) {
        let body = format!("link={}&name=Ada+Lovelace&password=", link.reveal());
        let (to, cookie) = self.depart_with(JOIN, "", &body).await;
        assert!(!to.contains(link.reveal()));
        (self.walk(&to), cookie)
    }

    /// Asks to leave with a link, and stays.
    async fn ask(&self, link: &Secret) -> Reply {
        let body = format!("link={}&name=Eve", link.reveal());
        self.site.send(&Method::POST, JOIN, None, &body).await
    }

    async fn accounts(&self) -> Vec<(String, bool)> {
        let (team, operator) = (self.site.services.team(), self.site.services.operator());
        let all = team.all(&operator).await.unwrap();
        let all = all.into_iter();
        all.map(|it| (it.email, it.password.is_some())).collect()
    }
}

fn ada() -> Value {
    person("u1", "Ada@Exemple.fr", true)
}

#[tokio::test]
async fn whoever_was_invited_joins_without_a_password() {
    let Some(it) = Bound::open().await else {
        return;
    };
    let link = it.invite(INVITED).await;
    let address = format!("/studio/link/{}", link.reveal());
    let page = it.page(&address).await;
    for shown in [
        "formaction=\"/studio/sign-in/openid/join\"",
        "ProConnect confirmera que l’adresse ada@exemple.fr est la vôtre",
        "name=\"password\"",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    it.running.told(&ada(), "");
    let reply = it.join(&link).await;
    assert_eq!(reply.location(), "/studio/s/qpv-cls", "{}", reply.body);
    let session = reply.session().unwrap();
    assert_eq!(it.accounts().await, [(INVITED.to_owned(), false)]);
    let study = it
        .site
        .send(&Method::GET, "/studio/s/qpv-cls", Some(&session), "")
        .await;
    assert_eq!(study.status, 200);
    // The link has done its work: it does not even know her any more.
    refused_link(&it.page(&address).await);
    refused_link(&it.ask(&link).await);
    // From now on she comes as she came.
    it.running
        .told(&person("u1", "other@exemple.fr", false), "");
    assert!(it.sign_in().await.session().is_some());
    // There is no password that anybody could guess, and a way to one by mail.
    let team = it.site.services.team();
    for guess in ["", "bruine-clavier-orge-59"] {
        let visitor = Visitor::default();
        assert!(team.sign_in(INVITED, guess, &visitor).await.is_err());
    }
    let account = it
        .site
        .send(&Method::GET, "/studio/account", Some(&session), "")
        .await;
    assert!(account.body.contains("n’a pas de mot de passe"));
    assert!(account.body.contains("Ada Lovelace"));
    assert!(!account.body.contains("name=\"present\""));
    let operator = it.site.services.operator();
    let log = team.whole_audit_after(&operator, 0).await.unwrap();
    let entry = log.iter().find(|it| it.action == "account.create").unwrap();
    let after: Value = serde_json::from_str(entry.after.as_deref().unwrap()).unwrap();
    assert_eq!(after["role"], "analyst");
    assert_eq!(after["provider"], it.running.issuer.as_str());
    assert!(entry.study.is_some() && entry.account.is_some());
}

fn refused_link(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::GONE);
    assert!(reply.body.contains("Ce lien ne fonctionne plus"));
    assert!(reply.session().is_none());
}

/// The link is not enough, nor is an account at the provider: they must be of the same person.
#[tokio::test]
async fn a_link_and_somebody_else_open_nothing() {
    let Some(it) = Bound::open().await else {
        return;
    };
    let bo = it.site.somebody("bo@exemple.fr", None, false).await;
    it.running.told(&person("u2", "bo@exemple.fr", true), "");
    assert!(it.sign_in().await.session().is_some());
    let link = it.invite(INVITED).await;
    let mut silent = ada();
    silent.as_object_mut().unwrap().remove("email_verified");
    let mut nameless = ada();
    nameless.as_object_mut().unwrap().remove("email");
    for (who, what) in [
        (person("u3", "eve@exemple.fr", true), "another address"),
        (person("u3", INVITED, false), "not verified"),
        (silent, "not said whether it is verified"),
        (nameless, "no address"),
        (
            person("u3", "ada@exemple.fr.evil.example", true),
            "an address that begins so",
        ),
        (
            person("u2", INVITED, true),
            "somebody who has another account",
        ),
    ] {
        it.running.told(&who, "");
        refused(&it.join(&link).await, what);
        assert!(
            it.offers(&link).await,
            "{what}: the link is as good as before"
        );
        assert_eq!(it.accounts().await.len(), 1, "{what}");
    }
    // Nor for whoever is signed in here as somebody else.
    it.running.told(&person("u2", "bo@exemple.fr", true), "");
    let (path, cookie) = it.leave_with(&link).await;
    let cookies = format!("{cookie}; recueil-team={}", bo.reveal());
    refused(
        &it.back(&path, &cookies).await,
        "signed in as somebody else",
    );
    // Another browser finishes nothing.
    it.running.told(&ada(), "");
    let (path, _) = it.leave_with(&link).await;
    refused(&it.back(&path, "").await, "another browser");
    // And she herself joins after all that.
    assert!(it.join(&link).await.session().is_some());
}

#[tokio::test]
async fn a_link_that_goes_while_somebody_is_away_is_gone() {
    let Some(it) = Bound::open().await else {
        return;
    };
    it.running.told(&ada(), "");
    // It is revoked.
    let link = it.invite(INVITED).await;
    let (path, cookie) = it.leave_with(&link).await;
    let (team, operator) = (it.site.services.team(), it.site.services.operator());
    let may = team.operator_may::<ManageMembers>(&operator, "qpv-cls");
    let may = may.await.unwrap();
    let links = team.join_links(&may).await.unwrap();
    team.revoke_link(&may, links[0].id).await.unwrap();
    refused_link(&it.back(&path, &cookie).await);
    // She is given an account in another way.
    let link = it.invite(INVITED).await;
    let (path, cookie) = it.leave_with(&link).await;
    it.site.somebody(INVITED, None, false).await;
    refused(&it.back(&path, &cookie).await, "an account by now");
    assert_eq!(it.accounts().await, [(INVITED.to_owned(), true)]);
    // Who has an account signs in and accepts.
    assert!(!it.offers(&link).await);
    refused_link(&it.ask(&link).await);
}

#[tokio::test]
async fn only_an_invitation_is_joined_by() {
    let Some(it) = Bound::open().await else {
        return;
    };
    it.running.told(&ada(), "");
    let (team, operator) = (it.site.services.team(), it.site.services.operator());
    let first = team.first_link(&operator).await.unwrap().unwrap();
    refused_link(&it.ask(&first).await);
    it.site.somebody("bo@exemple.fr", None, true).await;
    let recovery = team.recover_by_hand(&operator, "bo@exemple.fr").await;
    refused_link(&it.ask(&recovery.unwrap()).await);
    let body = format!("link={}&name=Eve", "0".repeat(43));
    refused_link(&it.site.send(&Method::POST, JOIN, None, &body).await);
    // A name is asked for, and what was typed comes back.
    let link = it.invite(INVITED).await;
    let body = format!("link={}&name={}", link.reveal(), encoded(" "));
    let nameless = it.site.send(&Method::POST, JOIN, None, &body).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.body.contains("formaction=") && nameless.body.contains("Indiquez un nom"));
    assert!(it.offers(&link).await);
}
