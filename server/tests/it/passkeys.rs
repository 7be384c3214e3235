//! Passkeys over HTTP: what the script asks and brings, which cookies come and go, what is told to whom.

use axum::http::{Method, header};
use recueil::state::State;
use serde_json::{Value, json};
use service::Role;

use crate::device::Device;
use crate::roles::{ORIGIN, Reply, Site};

const CHALLENGE: &str = "/studio/sign-in/passkey/challenge";
const SIGN_IN: &str = "/studio/sign-in/passkey";

/// Posts JSON as the script does, with cookies.
async fn post(site: &Site, path: &str, cookies: &str, body: &Value) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("cookie", cookies),
    ];
    let body = body.to_string();
    site.send_with(&Method::POST, path, &headers, &body).await
}

/// What an answer sets of a cookie.
fn set(reply: &Reply, name: &str) -> Option<String> {
    let all = reply.headers.get_all(header::SET_COOKIE).iter();
    let mut all = all.map(|it| it.to_str().unwrap());
    all.find(|it| it.starts_with(&format!("{name}=")))
        .map(str::to_owned)
}

/// The cookie of a ceremony, as a browser sends it back.
fn ceremony(reply: &Reply) -> String {
    let cookie = set(reply, "recueil-ceremony").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn asked(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

/// Adds a passkey to the account of a session.
async fn added(site: &Site, session: &str) -> Device {
    let mut device = Device::at(ORIGIN);
    let session = format!("recueil-team={session}");
    let begun = post(
        site,
        "/studio/account/passkey/challenge",
        &session,
        &json!({}),
    )
    .await;
    let made = json!({ "passkey-name": "Téléphone", "answer": device.make(&asked(&begun)) });
    let cookies = format!("{session}; {}", ceremony(&begun));
    let kept = post(site, "/studio/account/passkey", &cookies, &made).await;
    assert_eq!(asked(&kept)["to"], "/studio/account?done=passkey-added");
    device
}

/// Signs in; `session` is what the browser had before.
async fn sign_in(site: &Site, device: &mut Device, session: &str, next: &str) -> Reply {
    let begun = post(site, CHALLENGE, "", &json!({})).await;
    let answer = json!({ "next": next, "answer": device.answer(&asked(&begun)) });
    let cookies = format!("recueil-team={session}; {}", ceremony(&begun));
    post(site, SIGN_IN, &cookies, &answer).await
}

async fn get(site: &Site, path: &str, session: Option<&str>) -> Reply {
    site.send(&Method::GET, path, session, "").await
}

#[tokio::test]
async fn a_passkey_is_added_signs_in_and_is_removed() {
    let site = Site::open().await;
    let first = site
        .somebody("ada@exemple.fr", Some(Role::Viewer), false)
        .await;
    let mut device = added(&site, first.reveal()).await;
    let account = get(
        &site,
        "/studio/account?done=passkey-added",
        Some(first.reveal()),
    )
    .await;
    assert!(account.body.contains("Téléphone") && account.body.contains("est ajoutée"));

    let reply = sign_in(&site, &mut device, first.reveal(), "/studio/account").await;
    assert_eq!(asked(&reply)["to"], "/studio/account");
    let cookie = set(&reply, "recueil-team").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        set(&reply, "recueil-ceremony")
            .unwrap()
            .contains("Max-Age=0")
    );
    // Fixation: the secret is new, and the one that was brought is worth nothing.
    let second = reply.session().unwrap();
    assert_ne!(second, first.reveal());
    let gone = get(&site, "/studio", Some(first.reveal())).await;
    assert!(gone.location().starts_with("/studio/sign-in"));
    for next in [
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/r/x",
        "",
    ] {
        let reply = sign_in(&site, &mut device, "", next).await;
        assert_eq!(asked(&reply)["to"], "/studio", "{next}");
    }

    let account = get(&site, "/studio/account", Some(&second)).await;
    let id = account
        .body
        .split("name=\"passkey\" value=\"")
        .nth(1)
        .unwrap()[..36]
        .to_owned();
    let other = sign_in(&site, &mut device, "", "").await.session().unwrap();
    let body = format!("do=passkey&passkey={id}");
    let removed = site
        .send(&Method::POST, "/studio/account", Some(&second), &body)
        .await;
    assert_eq!(removed.location(), "/studio/account?done=passkey-removed");
    let gone = get(&site, "/studio", Some(&other)).await;
    assert!(
        gone.location().starts_with("/studio/sign-in"),
        "the other sessions have ended"
    );
    assert_eq!(sign_in(&site, &mut device, "", "").await.status, 422);
}

#[tokio::test]
async fn unknown_and_wrong_are_told_the_same() {
    let site = Site::open().await;
    let session = site.somebody("ada@exemple.fr", None, false).await;
    let device = added(&site, session.reveal()).await;
    let (mut wrong, mut unknown) = (device.clone(), Device::at(ORIGIN));
    wrong.key = unknown.key.clone();
    unknown.user.clone_from(&device.user);
    let (mut times_wrong, mut times_unknown) = (Vec::new(), Vec::new());
    let mut answers = Vec::new();
    for _ in 0..9 {
        for (device, times) in [
            (&mut wrong, &mut times_wrong),
            (&mut unknown, &mut times_unknown),
        ] {
            let begun = site.services.team();
            let party = service::team::RelyingParty::at(ORIGIN).unwrap();
            let visitor = service::team::Visitor {
                address: times.len().to_string(),
                ..Default::default()
            };
            let begun = begun.begin_passkey_sign_in(&party, &visitor).await.unwrap();
            let answer = json!({ "answer": device.answer(&begun.ask) });
            let cookies = format!("recueil-ceremony={}", begun.secret.reveal());
            let start = std::time::Instant::now();
            let reply = post(&site, SIGN_IN, &cookies, &answer).await;
            times.push(start.elapsed().as_secs_f64());
            let opened = reply.session();
            answers.push((reply.status, reply.body, opened));
        }
    }
    assert_eq!(answers[0].0, 422);
    assert!(
        answers[0].1.contains("\"code\":\"not_recognised\""),
        "{}",
        answers[0].1
    );
    assert!(answers.iter().all(|it| *it == answers[0] && it.2.is_none()));
    times_wrong.sort_by(f64::total_cmp);
    times_unknown.sort_by(f64::total_cmp);
    let ratio = times_wrong[4] / times_unknown[4];
    eprintln!("wrong {} s, unknown {} s", times_wrong[4], times_unknown[4]);
    assert!((0.2..5.0).contains(&ratio), "{ratio}");
    // Without the browser's cookie: the same.
    let bare = post(
        &site,
        SIGN_IN,
        "",
        &json!({ "answer": wrong.answer(&json!({ "publicKey": {} })) }),
    )
    .await;
    assert_eq!(
        (bare.status, bare.body),
        (answers[0].0, answers[0].1.clone())
    );
}

#[tokio::test]
async fn pages_offer_passkeys_where_browsers_make_some() {
    let site = Site::open().await;
    let session = site.somebody("ada@exemple.fr", None, false).await;
    let page = get(&site, "/studio/sign-in", None).await.body;
    assert!(page.contains("data-passkey=\"prove\"") && page.contains("ont besoin de JavaScript"));
    // The form for passwords stands before it, whole.
    let (password, passkey) = (page.find("name=\"password\""), page.find("data-passkey"));
    assert!(password.unwrap() < passkey.unwrap());
    let account = get(&site, "/studio/account", Some(session.reveal()))
        .await
        .body;
    assert!(account.contains("data-passkey=\"make\""));
    // Who is signed in is led on, unless they are to prove it again.
    let led = get(
        &site,
        "/studio/sign-in?next=/studio/account",
        Some(session.reveal()),
    )
    .await;
    assert_eq!(led.location(), "/studio/account");
    let again = app::paths::sign_in_again("/studio/account");
    let again = get(&site, &again, Some(session.reveal())).await;
    assert!(again.status == 200 && again.body.contains("prouvez encore une fois"));

    // Without HTTPS there are none: nothing is offered and nothing answers.
    for public in ["http://enquetes.example.org", "https://192.0.2.1", ""] {
        let bare = State::new(site.services.clone(), false).at(public);
        let bare = site.with(recueil::router::router(bare));
        let page = get(&bare, "/studio/sign-in", None).await.body;
        assert!(
            page.contains("name=\"password\"") && !page.contains("data-passkey"),
            "{public}"
        );
        assert_eq!(
            post(&bare, CHALLENGE, "", &json!({})).await.status,
            404,
            "{public}"
        );
    }
}
