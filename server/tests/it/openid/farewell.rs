//! Signing out, here and at the provider.

use super::known::Hands;
use super::{AFTER, Bound, encoded, parameter, person};
use crate::roles::{ORIGIN, Reply};
use axum::http::Method;
use serde_json::{Value, json};
use service::team::Secret;
use std::time::{Duration, Instant};

/// Somebody who has signed in through the provider: their session, and all that their browser holds.
struct Entered {
    session: String,
    cookies: String,
}

impl Bound {
    async fn enter(&self) -> Entered {
        let reply = self.sign_in().await;
        let session = reply.session().unwrap();
        let set = reply.headers.get_all("set-cookie").iter();
        let mut set = set.map(|it| it.to_str().unwrap());
        let hint = set.find(|it| it.starts_with("recueil-openid=")).unwrap();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/studio/sign-out"] {
            assert!(hint.contains(part), "{hint}");
        }
        let hint = hint.split(';').next().unwrap();
        let cookies = format!("recueil-team={session}; {hint}");
        Entered { session, cookies }
    }

    async fn sign_out(&self, cookies: &str) -> Reply {
        let headers = [("cookie", cookies)];
        let path = "/studio/sign-out";
        self.site.send_with(&Method::POST, path, &headers, "").await
    }

    /// Our session has ended, and the browser goes home.
    async fn is_home(&self, reply: &Reply, session: &str, what: &str) {
        assert_eq!(
            (reply.status.as_u16(), reply.location()),
            (303, "/"),
            "{what}"
        );
        assert!(reply.headers.get("refresh").is_none(), "{what}");
        assert!(self.has_ended(session).await, "{what}");
    }

    async fn has_ended(&self, session: &str) -> bool {
        let secret = Secret::parse(session).unwrap();
        let team = self.site.services.team();
        team.session(&secret).await.unwrap().is_none()
    }

    /// Where the same browser comes out that was at the provider last.
    fn walk_again(&self, to: &str) -> String {
        let walk = format!("/walk?again&to={}", encoded(to));
        self.running.ask("GET", &walk, "")
    }

    /// Whether the provider still knows whose browser it is.
    async fn is_known_there(&self) -> bool {
        let (to, _) = self.depart("/studio/sign-in/openid", "").await;
        let back = self.walk_again(&format!("{to}&prompt=none"));
        match back.contains("error=login_required") {
            true => false,
            false => back.contains("code="),
        }
    }
}

fn ada() -> Value {
    person("u1", "ada@exemple.fr", true)
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_provider_too() {
    let Some(it) = Bound::open().await else {
        return;
    };
    it.site.somebody("ada@exemple.fr", None, false).await;
    it.running.told(&ada(), "");
    let ada = it.enter().await;
    assert!(it.is_known_there().await);
    let page = it.sign_out(&ada.cookies).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Vous êtes déconnecté·e de Recueil"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Votre session chez ProConnect"));
    // Ours has ended before anybody goes anywhere.
    assert!(it.has_ended(&ada.session).await);
    let set = page.headers.get_all("set-cookie").iter();
    let set: Vec<&str> = set.map(|it| it.to_str().unwrap()).collect();
    for name in ["recueil-team=;", "recueil-openid=;"] {
        assert!(set.iter().any(|it| it.starts_with(name)), "{set:?}");
    }
    let to = page.headers["refresh"].to_str().unwrap();
    let to = to.strip_prefix("0; url=").unwrap();
    assert!(to.starts_with(&format!("{}/session/end?", it.running.issuer)));
    let hint = ada.cookies.split("recueil-openid=").nth(1).unwrap();
    assert_eq!(parameter(to, "id_token_hint"), hint);
    assert!(it.is_known_there().await, "nobody has gone there yet");
    let back = it.walk_again(to);
    let state = parameter(to, "state");
    assert!(state.len() > 20);
    assert_eq!(back, format!("{AFTER}?state={state}"));
    assert!(!it.is_known_there().await);
    let page = it.back(back.strip_prefix(ORIGIN).unwrap(), "").await;
    assert!(page.status == 200 && page.body.contains("name=\"password\""));
    // Signing out again finds nobody.
    let again = it.sign_out(&ada.cookies).await;
    assert_eq!(again.location(), "/studio/sign-in");
}

#[tokio::test]
async fn a_session_ends_here_whatever_the_provider_does() {
    let hands = Hands::new();
    let clock = hands.clone();
    let opened = Bound::open_with(|it| it.timed_by(move || clock.read())).await;
    let Some(it) = opened else {
        return;
    };
    let by_password = it.site.somebody("ada@exemple.fr", None, false).await;
    let enter = async |says: Value| {
        hands.pass(400);
        let told = json!({ "person": ada(), "wrong": "", "says": says });
        it.running.told_more(&told);
        it.enter().await
    };
    // Where it has no address, or none to which anybody may be sent.
    for end in [
        Value::Null,
        json!("javascript:alert(1)"),
        json!("http://evil.example/end"),
        json!("//evil.example/end"),
        json!("/session/end"),
        json!(""),
    ] {
        let ada = enter(json!({ "end_session_endpoint": end })).await;
        let reply = it.sign_out(&ada.cookies).await;
        it.is_home(&reply, &ada.session, &end.to_string()).await;
    }
    // Who holds no token of the provider's is sent nowhere, nor who came by a password.
    let ada = enter(json!({})).await;
    let hint = ada.cookies.split_once("; ").unwrap().1;
    let only = format!("recueil-team={}", ada.session);
    it.is_home(&it.sign_out(&only).await, &ada.session, "no token")
        .await;
    let ada = enter(json!({})).await;
    let strange = format!("recueil-team={}; recueil-openid=x.y", ada.session);
    it.is_home(
        &it.sign_out(&strange).await,
        &ada.session,
        "a strange token",
    )
    .await;
    let with = format!("recueil-team={}; {hint}", by_password.reveal());
    it.is_home(
        &it.sign_out(&with).await,
        by_password.reveal(),
        "by a password",
    )
    .await;
    // Where it does not answer, nobody waits for long.
    for wrong in ["down", "silent"] {
        let ada = enter(json!({})).await;
        it.running.told(&self::ada(), wrong);
        // What is known of it is too old.
        hands.pass(400);
        let begun = Instant::now();
        let reply = it.sign_out(&ada.cookies).await;
        it.is_home(&reply, &ada.session, wrong).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{wrong}");
    }
}
