//! What the site knows of the provider: that it names itself, and its keys.

use super::{Bound, person, refused};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The address without the name of the provider (RFC 9207).
fn unnamed(path: &str) -> String {
    let parts: Vec<&str> = path.split('&').collect();
    let others = parts.iter().filter(|it| !it.starts_with("iss="));
    let others: Vec<&str> = others.copied().collect();
    assert_eq!(others.len() + 1, parts.len(), "{path}");
    others.join("&")
}

#[tokio::test]
async fn a_provider_that_names_itself_has_to() {
    let says = |it| json!({ "authorization_response_iss_parameter_supported": it });
    for (says, is_needed) in [
        (json!({}), true),
        (says(json!(true)), true),
        (says(json!(false)), false),
        (says(Value::Null), false),
    ] {
        let Some(it) = Bound::open().await else {
            return;
        };
        it.site.somebody("ada@exemple.fr", None, false).await;
        let ada = person("u1", "ada@exemple.fr", true);
        let told = json!({ "person": ada, "wrong": "", "says": says });
        it.running.told_more(&told);
        let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
        let reply = it.back(&unnamed(&path), &cookie).await;
        match is_needed {
            true => refused(&reply, "unnamed"),
            false => assert!(reply.session().is_some(), "{says}"),
        }
        // One that need not name itself is not another's in any case.
        let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
        let other = path.replace("iss=http", "iss=https");
        refused(&it.back(&other, &cookie).await, "another's name");
        assert!(it.sign_in().await.session().is_some(), "{says}");
    }
}

/// A clock that goes on when it is told to.
#[derive(Clone)]
pub(super) struct Hands {
    begun: Instant,
    passed: Arc<AtomicU64>,
}

impl Hands {
    pub(super) fn new() -> Self {
        Self {
            begun: Instant::now(),
            passed: Arc::default(),
        }
    }

    pub(super) fn read(&self) -> Instant {
        self.begun + Duration::from_secs(self.passed.load(Ordering::SeqCst))
    }

    /// So long after the beginning.
    fn set(&self, seconds: u64) {
        self.passed.store(seconds, Ordering::SeqCst);
    }

    pub(super) fn pass(&self, seconds: u64) {
        self.passed.fetch_add(seconds, Ordering::SeqCst);
    }
}

async fn with_hands() -> Option<(Bound, Hands)> {
    let hands = Hands::new();
    let clock = hands.clone();
    let it = Bound::open_with(|it| it.timed_by(move || clock.read())).await?;
    it.site.somebody("ada@exemple.fr", None, false).await;
    Some((it, hands))
}

impl Bound {
    /// Says which keys the provider has, and what it does wrong.
    fn signs(&self, keys: &str, wrong: &str) {
        let ada = person("u1", "ada@exemple.fr", true);
        let told = json!({ "person": ada, "wrong": wrong, "keys": keys });
        self.running.told_more(&told);
    }

    /// How often it was asked for its addresses and keys.
    fn n_asked(&self) -> usize {
        self.running.ask("GET", "/asked", "").parse().unwrap()
    }
}

#[tokio::test]
async fn new_keys_count_at_once_and_the_old_ones_no_more() {
    let Some((it, _)) = with_hands().await else {
        return;
    };
    it.signs("own", "");
    assert!(it.sign_in().await.session().is_some());
    // In the same second, everything is signed with another key.
    it.signs("later", "");
    assert!(it.sign_in().await.session().is_some());
    it.signs("later", "both: the withdrawn key");
    refused(&it.sign_in().await, "the withdrawn key");
    it.signs("later", "");
    assert!(it.sign_in().await.session().is_some());
}

/// Somebody has got hold of a key; the provider withdraws it, and the site is not told.
#[tokio::test]
async fn a_withdrawn_key_counts_for_five_minutes() {
    let Some((it, hands)) = with_hands().await else {
        return;
    };
    it.signs("own", "");
    assert!(it.sign_in().await.session().is_some());
    it.signs("later", "both: the withdrawn key");
    hands.set(299);
    assert!(it.sign_in().await.session().is_some());
    hands.set(300);
    refused(&it.sign_in().await, "the withdrawn key");
}

#[tokio::test]
async fn forgers_do_not_make_the_site_ask_over_and_over() {
    let Some((it, hands)) = with_hands().await else {
        return;
    };
    it.signs("own", "");
    assert!(it.sign_in().await.session().is_some());
    let begun = it.n_asked();
    it.signs("own", "ID token: another key");
    for (seconds, n) in [
        (1, 1),
        (2, 1),
        (60, 1),
        (61, 2),
        (62, 2),
        (120, 2),
        (121, 3),
    ] {
        hands.set(seconds);
        refused(&it.sign_in().await, "another key");
        assert_eq!(it.n_asked() - begun, n, "after {seconds} s");
    }
}
