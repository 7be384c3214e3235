//! Signing in through a real OpenID provider, and through one that answers wrongly.
//!
//! Needs Node.js and `RECUEIL_TEST_OIDC_PROVIDER`, the folder of the npm package `oidc-provider`, as
//! `cargo xtask test` gives it; without, only what needs no provider is tested.

mod farewell;
mod join;
mod known;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use recueil::openid::{Provider, Settings};
use recueil::state::State;
use serde_json::{Value, json};

use crate::roles::{ORIGIN, Reply, Site};

const BACK: &str = "http://localhost:3000/studio/sign-in/openid/return";
const AFTER: &str = "http://localhost:3000/studio/sign-in";
const SECRET: &str = "a secret of the site, long enough for a key";

/// What the site knows of a provider.
pub(crate) fn provider(issuer: &str) -> Arc<Provider> {
    Arc::new(known(issuer))
}

fn known(issuer: &str) -> Provider {
    let settings = Settings {
        issuer: issuer.to_owned(),
        client_id: "recueil".to_owned(),
        client_secret: SECRET.to_owned(),
        name: "ProConnect".to_owned(),
        scopes: ["email", "given_name", "usual_name", "siret"]
            .map(str::to_owned)
            .to_vec(),
    };
    Provider::new(settings, BACK, AFTER).unwrap()
}

/// A provider that runs.
struct Running {
    issuer: String,
    process: Child,
}

impl Drop for Running {
    fn drop(&mut self) {
        // Gone already, or killed now: both will do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Running {
    fn start() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "where the provider is, is the environment's to say"
        )]
        let folder = std::env::var("RECUEIL_TEST_OIDC_PROVIDER");
        let Ok(folder) = folder else {
            eprintln!("RECUEIL_TEST_OIDC_PROVIDER is not set: no provider, no test");
            return None;
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/provider.mjs");
        let mut process = Command::new("node")
            .args([script, &folder, BACK])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut lines = lines.map(Result::unwrap);
        let issuer = lines.find(|it| it.starts_with("http://")).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { issuer, process })
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let host = self.issuer.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nhost: {host}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        body.to_owned()
    }

    /// Says who comes next, and what to do wrong.
    fn told(&self, person: &Value, wrong: &str) {
        self.told_more(&json!({ "person": person, "wrong": wrong }));
    }

    /// The same with what it says of itself (`says`), and with which keys it has (`keys`).
    fn told_more(&self, told: &Value) {
        assert_eq!(self.ask("POST", "/told", &told.to_string()), "told");
    }
}

/// A site whose team signs in through a provider that runs.
struct Bound {
    site: Site,
    running: Running,
}

fn person(sub: &str, email: &str, verified: bool) -> Value {
    json!({
        "sub": sub, "email": email, "email_verified": verified,
        "given_name": "Ada", "usual_name": "Lovelace", "siret": "13002526500013",
    })
}

impl Bound {
    async fn open() -> Option<Self> {
        Self::open_with(|it| it).await
    }

    async fn open_with(settle: impl FnOnce(Provider) -> Provider) -> Option<Self> {
        let running = Running::start()?;
        let site = Site::open().await;
        let mut state = State::new(site.services.clone(), false).at(ORIGIN);
        state.provider = Some(Arc::new(settle(known(&running.issuer))));
        let site = site.with(recueil::router::router(state));
        Some(Self { site, running })
    }

    /// Leaves for the provider: its address, and the cookie that the browser has for coming back.
    async fn depart(&self, form: &str, cookies: &str) -> (String, String) {
        self.depart_with(form, cookies, "next=/studio/account")
            .await
    }

    async fn depart_with(&self, form: &str, cookies: &str, body: &str) -> (String, String) {
        let headers = [("cookie", cookies)];
        let page = self
            .site
            .send_with(&Method::POST, form, &headers, body)
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(
            !page.body.contains("hreflang"),
            "no page is at this address"
        );
        let refresh = page.headers["refresh"].to_str().unwrap();
        let to = refresh.strip_prefix("0; url=").unwrap();
        assert!(to.starts_with(&self.running.issuer));
        assert!(to.contains("code_challenge_method=S256") && to.contains("nonce="));
        let cookies = page.headers.get_all("set-cookie").iter();
        let mut cookies = cookies.map(|it| it.to_str().unwrap());
        let cookie = cookies
            .find(|it| it.starts_with("recueil-ceremony="))
            .unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        (to.to_owned(), cookie.split(';').next().unwrap().to_owned())
    }

    /// Goes where the provider sends people: the path on this site.
    fn walk(&self, to: &str) -> String {
        let walk = format!("/walk?to={}", encoded(to));
        let back = self.running.ask("GET", &walk, "");
        let path = back.strip_prefix(ORIGIN);
        path.unwrap_or_else(|| panic!("{back}")).to_owned()
    }

    /// Leaves and comes back: the path, and the cookie.
    async fn leave(&self, form: &str, cookies: &str) -> (String, String) {
        let (to, cookie) = self.depart(form, cookies).await;
        (self.walk(&to), cookie)
    }

    async fn back(&self, path: &str, cookies: &str) -> Reply {
        self.site
            .send_with(&Method::GET, path, &[("cookie", cookies)], "")
            .await
    }

    async fn sign_in(&self) -> Reply {
        let (path, cookie) = self.leave("/studio/sign-in/openid", "").await;
        self.back(&path, &cookie).await
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

/// A parameter of an address.
fn parameter<'a>(address: &'a str, name: &str) -> &'a str {
    let parameters = address.split(['?', '&']).skip(1);
    let mut values = parameters.filter_map(|it| it.strip_prefix(name)?.strip_prefix('='));
    values.next().unwrap()
}

/// The one answer to everything that is refused.
fn refused(reply: &Reply, what: &str) {
    assert_eq!(
        reply.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{what}: {}",
        reply.location()
    );
    assert!(reply.body.contains("n’a pas été reconnue"), "{what}");
    assert!(reply.session().is_none(), "{what}");
}

#[tokio::test]
async fn a_verified_address_is_bound_once_and_for_all() {
    let Some(it) = Bound::open().await else {
        return;
    };
    let before = it.site.somebody("ada@exemple.fr", None, false).await;
    it.running.told(&person("u1", "Ada@Exemple.fr", true), "");
    let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
    let cookies = format!("{cookie}; recueil-team={}", before.reveal());
    let reply = it.back(&path, &cookies).await;
    assert_eq!(reply.location(), "/studio/account", "{}", reply.body);
    // Fixation: the secret is new, and the one that was brought is worth nothing.
    let session = reply.session().unwrap();
    assert_ne!(session, before.reveal());
    let team = it.site.services.team();
    assert!(team.session(&before).await.unwrap().is_none());
    let account = it
        .site
        .send(&Method::GET, "/studio/account", Some(&session), "")
        .await;
    assert!(account.body.contains("est lié à votre identité ProConnect"));
    // From now on the subject counts, whatever the address is.
    it.running
        .told(&person("u1", "other@exemple.fr", false), "");
    assert!(it.sign_in().await.session().is_some());
    // Somebody else there with the same address is not her.
    it.running.told(&person("u2", "ada@exemple.fr", true), "");
    refused(&it.sign_in().await, "another subject");

    // She unbinds: the other sessions end, and it opens nothing any more.
    let id = account
        .body
        .split("name=\"identity\" value=\"")
        .nth(1)
        .unwrap()[..36]
        .to_owned();
    let body = format!("do=identity&identity={id}");
    let unbound = it
        .site
        .send(&Method::POST, "/studio/account", Some(&session), &body)
        .await;
    assert_eq!(unbound.location(), "/studio/account?done=identity-unbound");
    it.running
        .told(&person("u1", "other@exemple.fr", false), "");
    refused(&it.sign_in().await, "unbound");
    let operator = it.site.services.operator();
    let log = team.whole_audit_after(&operator, 0).await.unwrap();
    for act in ["identity.bind", "identity.unbind"] {
        assert!(log.iter().any(|it| it.action == act), "{act}");
    }
}

#[tokio::test]
async fn an_account_is_bound_by_its_owner() {
    let Some(it) = Bound::open().await else {
        return;
    };
    let ada = it.site.somebody("ada@exemple.fr", None, false).await;
    let bo = it.site.somebody("bo@exemple.fr", None, false).await;
    let session = |it: &service::team::Secret| format!("recueil-team={}", it.reveal());
    // As with ProConnect: nothing is said about whether the address was verified.
    it.running
        .told(&person("u1", "ada@ministere.fr", false), "");
    refused(&it.sign_in().await, "not bound yet");
    let (path, cookie) = it.leave("/studio/account/openid", &session(&ada)).await;
    // What she began, nobody else finishes, in whatever browser.
    refused(
        &it.back(&path, &format!("{cookie}; {}", session(&bo))).await,
        "somebody else",
    );
    let (path, cookie) = it.leave("/studio/account/openid", &session(&ada)).await;
    refused(&it.back(&path, &cookie).await, "signed out");
    let (path, cookie) = it.leave("/studio/account/openid", &session(&ada)).await;
    let bound = it
        .back(&path, &format!("{cookie}; {}", session(&ada)))
        .await;
    assert_eq!(bound.location(), "/studio/account?done=identity-bound");
    assert!(it.sign_in().await.session().is_some());
    // One identity is one account's.
    let (path, cookie) = it.leave("/studio/account/openid", &session(&bo)).await;
    refused(
        &it.back(&path, &format!("{cookie}; {}", session(&bo))).await,
        "taken",
    );
    // The account is removed, and nothing is left to sign in to.
    let team = it.site.services.team();
    team.remove(&it.site.services.operator(), "ada@exemple.fr")
        .await
        .unwrap();
    refused(&it.sign_in().await, "removed");
}

#[tokio::test]
async fn a_wrong_answer_is_refused_whatever_is_wrong() {
    let Some(it) = Bound::open().await else {
        return;
    };
    it.site.somebody("ada@exemple.fr", None, false).await;
    let ada = person("u1", "ada@exemple.fr", true);
    for wrong in [
        "ID token: nonce",
        "ID token: no nonce",
        "ID token: audience",
        "ID token: one more audience",
        "ID token: issuer",
        "ID token: expired",
        "ID token: another key",
        "ID token: another's access token",
        "ID token: unsigned",
        "ID token: signed with the shared secret",
        "claims: another key",
        "claims: unsigned",
        "claims: signed with the shared secret",
        "claims: another subject",
        "claims: audience",
        "claims: issuer",
    ] {
        it.running.told(&ada, wrong);
        refused(&it.sign_in().await, wrong);
    }
    it.running.told(&person("u1", "ada@exemple.fr", false), "");
    refused(&it.sign_in().await, "not verified");
    let mut silent = ada.clone();
    silent.as_object_mut().unwrap().remove("email_verified");
    it.running.told(&silent, "");
    refused(&it.sign_in().await, "not said whether it is verified");
    it.running.told(&person("u1", "eve@exemple.fr", true), "");
    refused(&it.sign_in().await, "no account");
    it.running.told(&ada, "");
    // Another state, another provider's name, no cookie, another browser's cookie, a code that was used.
    let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
    let at = path.find("state=").unwrap() + 6;
    let forged = format!("{}{}{}", &path[..at], "0".repeat(64), &path[at + 64..]);
    refused(&it.back(&forged, &cookie).await, "state");
    refused(&it.back(&path, &cookie).await, "the question was used up");
    let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
    let forged = path.replace("iss=http", "iss=https");
    refused(&it.back(&forged, &cookie).await, "issuer in the address");
    let (path, _) = it.leave("/studio/sign-in/openid", "").await;
    refused(&it.back(&path, "").await, "no cookie");
    let (other, cookie) = it.leave("/studio/sign-in/openid", "").await;
    refused(&it.back(&path, &cookie).await, "another browser's");
    assert_ne!(path, other);
    let (path, cookie) = it.leave("/studio/sign-in/openid", "").await;
    assert!(it.back(&path, &cookie).await.session().is_some());
    refused(&it.back(&path, &cookie).await, "replayed");
    let denied = "/studio/sign-in/openid/return?error=access_denied&state=x";
    refused(&it.back(denied, &cookie).await, "denied");
}

/// Somebody has got hold of a code and brings it back as the answer to their own question.
#[tokio::test]
async fn a_code_serves_only_whoever_asked_for_it() {
    let Some(it) = Bound::open().await else {
        return;
    };
    it.site.somebody("ada@exemple.fr", None, false).await;
    let ada = person("u1", "ada@exemple.fr", true);
    it.running.told(&ada, "");
    let (hers, _) = it.depart("/studio/sign-in/openid", "").await;
    let (mine, cookie) = it.depart("/studio/sign-in/openid", "").await;
    for name in ["state", "nonce", "code_challenge"] {
        let (one, other) = (parameter(&hers, name), parameter(&mine, name));
        assert!(one.len() >= 43 && one != other, "{name}: {one}");
    }
    let path = |code_of: &str, mine: &str| {
        let (code, state) = (it.walk(code_of), parameter(mine, "state"));
        let code = parameter(&code, "code");
        let issuer = encoded(&it.running.issuer);
        format!("/studio/sign-in/openid/return?code={code}&state={state}&iss={issuer}")
    };
    let stolen = path(&hers, &mine);
    // Even where the nonce is the right one: the verifier is not.
    let nonce = format!("ID token: nonce={}", parameter(&mine, "nonce"));
    it.running.told(&ada, &nonce);
    refused(&it.back(&stolen, &cookie).await, "a stolen code");

    // The same with one's own code: it was the code.
    let (mine, cookie) = it.depart("/studio/sign-in/openid", "").await;
    let nonce = format!("ID token: nonce={}", parameter(&mine, "nonce"));
    it.running.told(&ada, &nonce);
    let own = path(&mine, &mine);
    assert!(it.back(&own, &cookie).await.session().is_some());
}

#[tokio::test]
async fn a_provider_that_is_down_holds_nobody_up() {
    let site = Site::open().await;
    site.somebody("ada@exemple.fr", None, false).await;
    let page = site.send(&Method::GET, "/studio/sign-in", None, "").await;
    assert!(page.body.contains("Se connecter avec ProConnect"));
    let down = site
        .send(&Method::POST, "/studio/sign-in/openid", None, "")
        .await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(down.body.contains("ne répond pas") && down.body.contains("name=\"password\""));
    let right = "email=ada@exemple.fr&password=bruine-clavier-orge-59";
    let reply = site
        .send(&Method::POST, "/studio/sign-in", None, right)
        .await;
    assert!(reply.session().is_some());
}
