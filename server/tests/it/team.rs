//! The team over HTTP: the first account, signing in and out, members, headers, timing.

use axum::http::{Method, header};
use service::Role;
use service::team::Visitor;

use crate::roles::{Reply, Site};

const GOOD: &str = "v%C3%A9lo+mauve+sous+la+pluie";

async fn get(site: &Site, path: &str, session: Option<&str>) -> Reply {
    site.send(&Method::GET, path, session, "").await
}

async fn post(site: &Site, path: &str, session: Option<&str>, body: &str) -> Reply {
    site.send(&Method::POST, path, session, body).await
}

#[tokio::test]
async fn from_the_first_link_to_a_member_who_leaves() {
    let site = Site::open().await;
    let first = site
        .services
        .team()
        .first_link(&site.services.operator())
        .await
        .unwrap()
        .unwrap();
    let link = app::paths::link(first.reveal());
    let page = get(&site, &link, None).await;
    assert!(page.status == 200 && page.body.contains("compte d’administration"));
    // What is wrong comes back with what was typed, and the link still works.
    let weak = post(
        &site,
        &link,
        None,
        "email=ada@exemple.fr&name=Ada&password=court",
    )
    .await;
    assert_eq!(weak.status, 422);
    assert!(weak.body.contains("<title>Erreur") && weak.body.contains("ada@exemple.fr"));
    assert!(
        !weak.body.contains("court\""),
        "a password is never written back"
    );
    let body = format!("email=ada@exemple.fr&name=Ada&password={GOOD}");
    let made = post(&site, &link, None, &body).await;
    assert_eq!((made.status.as_u16(), made.location()), (303, "/studio"));
    let admin = made.session().unwrap();
    assert_eq!(get(&site, &link, None).await.status, 410);
    let unknown = app::paths::link(&"0".repeat(64));
    let (gone, unknown) = (
        get(&site, &link, None).await,
        get(&site, &unknown, None).await,
    );
    assert_eq!(gone.body, unknown.body, "used and unknown look alike");

    // She invites somebody, who is shown the link once.
    let members = app::paths::members("qpv-cls");
    let invited = post(
        &site,
        &members,
        Some(&admin),
        "email=bo@exemple.fr&role=viewer",
    )
    .await;
    let link = invited.body.split("/studio/link/").nth(1).unwrap()[..64].to_owned();
    assert!(
        !get(&site, &members, Some(&admin))
            .await
            .body
            .contains(&link)
    );
    let link = app::paths::link(&link);
    assert!(get(&site, &link, None).await.body.contains("bo@exemple.fr"));
    let joined = post(&site, &link, None, &format!("name=Bo&password={GOOD}")).await;
    assert_eq!(joined.location(), "/studio/s/qpv-cls");
    let bo = joined.session().unwrap();
    let study = get(&site, joined.location(), Some(&bo)).await;
    assert!(
        study.body.contains("lecture") && study.body.contains("/studio/s/qpv-cls/waves/qpv-cls")
    );
    let results = get(&site, &app::paths::results("qpv-cls", "qpv-cls"), Some(&bo)).await;
    assert_eq!(results.status, 200);
    assert!(
        !results.body.contains("key="),
        "no key that could be passed on"
    );
    let events = results.body.split("/live/waves/").nth(1).unwrap();
    let events = format!("/live/waves/{}", &events[..36]);
    assert_eq!(get(&site, &events, Some(&bo)).await.status, 200);
    assert_eq!(get(&site, &events, None).await.status, 404);

    // A new role counts at once; who is taken out sees nothing any more.
    let page = get(&site, &members, Some(&admin)).await.body;
    let id = page.split("/members/").nth(1).unwrap()[..36].to_owned();
    let member = app::paths::member("qpv-cls", &id);
    let audit = app::paths::audit("qpv-cls");
    assert_eq!(get(&site, &audit, Some(&bo)).await.status, 403);
    assert_eq!(
        post(&site, &member, Some(&admin), "do=role&role=owner")
            .await
            .status,
        303
    );
    let told = get(&site, &audit, Some(&bo)).await;
    assert!(told.status == 200 && told.body.contains("Rôle donné"));
    let last = post(&site, &member, Some(&bo), "do=remove").await;
    assert!(last.status == 422 && last.body.contains("au moins un propriétaire"));
    let file = get(&site, &app::paths::audit_file("qpv-cls"), Some(&bo)).await;
    assert!(file.body.lines().all(|it| it.starts_with("{\"number\":")));

    // Signing out ends the session, in every tab.
    let out = post(&site, "/studio/sign-out", Some(&bo), "").await;
    assert_eq!(out.location(), "/");
    assert!(
        get(&site, "/studio", Some(&bo))
            .await
            .location()
            .starts_with("/studio/sign-in")
    );
    assert_eq!(get(&site, &events, Some(&bo)).await.status, 404);
}

#[tokio::test]
async fn signing_in_over_http() {
    let site = Site::open().await;
    let before = site
        .somebody("ada@exemple.fr", Some(Role::Viewer), true)
        .await;
    let sign_in = async |body: &str, session: Option<&str>| {
        post(&site, "/studio/sign-in", session, body).await
    };
    let right = "email=ADA@exemple.fr&password=bruine-clavier-orge-59";
    let reply = sign_in(
        &format!("{right}&next=/studio/account"),
        Some(before.reveal()),
    )
    .await;
    assert_eq!(reply.location(), "/studio/account");
    let cookie = reply
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // Fixation: the secret is new, and the one that was brought is worth nothing.
    let after = reply.session().unwrap();
    assert_ne!(after, before.reveal());
    assert!(
        get(&site, "/studio", Some(before.reveal()))
            .await
            .location()
            .starts_with("/studio/sign-in")
    );
    for next in [
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/r/x",
    ] {
        assert_eq!(
            sign_in(&format!("{right}&next={next}"), None)
                .await
                .location(),
            "/studio"
        );
    }
    // Who does not exist and whose password is wrong are told the same.
    let wrong = sign_in("email=ada@exemple.fr&password=x", None).await;
    let unknown = sign_in("email=eve@exemple.fr&password=x", None).await;
    assert_eq!(
        (wrong.status, unknown.status),
        (422.try_into().unwrap(), 422.try_into().unwrap())
    );
    assert_eq!(wrong.words().replace("ada", "eve"), unknown.words());
    // From another site nothing is signed in or out.
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    let forged = site
        .send_with(&Method::POST, "/studio/sign-in", &headers, right)
        .await;
    assert_eq!(forged.status, 403);
    // A lost password: without mail, whoever administers is asked.
    let recover = get(&site, "/studio/recover", None).await;
    assert!(recover.body.contains("recueil user recover"));
}

/// An unknown address takes as long as a wrong password: medians of both, taken in turns, lie close
/// together. A lookup that skipped the hash would be tens of times faster.
#[tokio::test]
async fn who_has_an_account_is_not_told_by_time() {
    let site = Site::open().await;
    site.somebody("ada@exemple.fr", None, true).await;
    let team = site.services.team();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for nth in 0..9 {
        for (email, times) in [
            ("ada@exemple.fr", &mut known),
            ("eve@exemple.fr", &mut unknown),
        ] {
            let visitor = Visitor {
                address: nth.to_string(),
                ..Visitor::default()
            };
            let start = std::time::Instant::now();
            assert!(team.sign_in(email, "x", &visitor).await.is_err());
            times.push(start.elapsed());
        }
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[4].as_secs_f64(), unknown[4].as_secs_f64());
    let ratio = known / unknown;
    assert!((0.2..5.0).contains(&ratio), "{known} s and {unknown} s");
}

/// Headers of every route, errors included.
#[tokio::test]
async fn every_answer_has_its_headers() {
    let site = Site::open().await;
    let session = site
        .somebody("ada@exemple.fr", Some(Role::Owner), true)
        .await;
    let mut paths: Vec<String> = recueil::router::listed()
        .iter()
        .map(|it| {
            let path = it
                .pattern
                .replace("{study}", "qpv-cls")
                .replace("{wave}", "qpv-cls");
            path.replace(['{', '}'], "")
        })
        .collect();
    paths.extend([
        "/nowhere".to_owned(),
        "/studio/s/nope".to_owned(),
        "/r/nope".to_owned(),
    ]);
    for path in paths {
        for method in [Method::GET, Method::POST, Method::PUT] {
            let reply = site.send(&method, &path, Some(session.reveal()), "").await;
            let header = |name: &str| {
                let value = reply.headers.get(name);
                value.map_or("", |it| it.to_str().unwrap()).to_owned()
            };
            let context = format!("{method} {path} {}", reply.status);
            assert_eq!(header("x-content-type-options"), "nosniff", "{context}");
            assert_eq!(header("referrer-policy"), "same-origin", "{context}");
            assert_eq!(header("x-frame-options"), "DENY", "{context}");
            assert_eq!(
                header("cross-origin-opener-policy"),
                "same-origin",
                "{context}"
            );
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'"), "{context}");
            assert!(
                !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
                "{context}"
            );
            assert!(policy.contains("frame-ancestors 'none'"), "{context}");
            assert!(!header("cache-control").is_empty(), "{context}");
        }
    }
}

/// Codes of the service have words in both languages.
#[test]
fn every_code_has_words() {
    use app::i18n::Texts;
    use app::language::Language;
    let errors = [
        "wrong_credentials",
        "too_many_attempts",
        "bad_email",
        "bad_name",
        "bad_period",
        "bad_request",
        "weak_password",
        "taken",
        "unknown_account",
        "last_owner",
        "not_recognised",
        "provider_down",
        "sign_in_again",
        "link_gone",
        "bad_zone",
        "bad_moment",
        "skipped_moment",
        "closes_first",
        "bad_slug",
        "bad_quota",
        "bad_language",
        "bad_message",
        "wave_taken",
        "wave_begun",
        "reason_needed",
        "unknown_response",
        "bad_days",
        "erases_now",
        "unreadable_answers",
        "saved_meanwhile",
        "condition_both",
        "condition_broken",
        "condition_needed",
        "condition_unfinished",
        "condition_wrong",
        "filter_wrong",
        "map_itself",
        "map_not_there",
        "bad_study_name",
        "study_taken",
        "unsound_questionnaire",
        "no_questionnaire",
        "not_utf8",
        "no_text_file",
        "rehearsal_size",
        "nobody_to_rehearse",
    ];
    let acts = [
        "account-create",
        "account-link",
        "account-rename",
        "account-password",
        "account-recover",
        "account-remove",
        "member-invite",
        "member-join",
        "member-revoke",
        "member-role",
        "member-remove",
        "token-create",
        "token-revoke",
        "passkey-add",
        "identity-bind",
        "identity-unbind",
        "passkey-remove",
        "data-export",
        "wave-create",
        "wave-access",
        "sample-import",
        "mail-queue",
        "mail-text",
        "data-import",
        "wave-open",
        "wave-close",
        "wave-retention",
        "wave-erased",
        "wave-schedule",
        "wave-message",
        "response-set_aside",
        "response-take_back",
        "data-enter",
        "data-correct",
        "data-withdraw",
        "study-create",
        "study-publish",
        "rehearsal-begin",
        "rehearsal-remove",
        "wave-version",
    ];
    let mut keys: Vec<String> = errors.map(|it| format!("team-error-{it}")).to_vec();
    keys.extend(acts.map(|it| format!("team-did-{it}")));
    for role in Role::ALL.map(Role::code) {
        keys.extend([format!("team-role-{role}"), format!("team-allows-{role}")]);
    }
    for key in keys {
        for language in Language::ALL {
            assert_ne!(Texts::of(language).get(&key), key, "{language:?}");
        }
    }
}
