//! Forms of other sites, for every route that takes one: what browsers of all ages say of where a form comes
//! from, and what is made of it.

use axum::http::{Method, StatusCode};
use service::Role;

use crate::roles::{Site, sample};

/// Who a form comes from, what their browser says of it, and whether it is taken.
type Case = (&'static str, &'static [(&'static str, &'static str)], bool);

/// The tests' server is `recueil.test`.
const CASES: [Case; 11] = [
    (
        "of this site",
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://recueil.test"),
        ],
        true,
    ),
    (
        "typed, or from a bookmark",
        &[("sec-fetch-site", "none")],
        true,
    ),
    // Without HTTPS, browsers say nothing of the site: a server on a local network.
    (
        "of this site, plain http",
        &[("origin", "http://recueil.test")],
        true,
    ),
    (
        "another site",
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.test"),
        ],
        false,
    ),
    (
        "a sister's site",
        &[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.recueil.test"),
        ],
        false,
    ),
    (
        "another site, plain http",
        &[("origin", "http://evil.test")],
        false,
    ),
    (
        "another port",
        &[("origin", "http://recueil.test:8080")],
        false,
    ),
    (
        "a name that begins alike",
        &[("origin", "https://recueil.test.evil.test")],
        false,
    ),
    ("a sandboxed frame", &[("origin", "null")], false),
    (
        "a sandboxed frame that says more",
        &[("sec-fetch-site", "cross-site"), ("origin", "null")],
        false,
    ),
    (
        "a lie that is none",
        &[
            ("sec-fetch-site", "same-origin, cross-site"),
            ("origin", "https://evil.test"),
        ],
        false,
    ),
];

#[tokio::test]
async fn forms_of_other_sites_are_refused_on_every_route() {
    let site = Site::open().await;
    let session = site
        .somebody("ada@exemple.fr", Some(Role::Owner), true)
        .await;
    let cookie = format!("recueil-team={}", session.reveal());
    let routes = recueil::router::listed();
    let forms = routes.iter().filter(|it| it.method == Method::POST);
    let mut n_asked = 0;
    for route in forms {
        let (path, body) = sample(route, "qpv-cls");
        for (who, says, is_taken) in CASES {
            // It would end the session that asks.
            if route.pattern == "/studio/sign-out" && is_taken {
                continue;
            }
            let mut headers = vec![("cookie", cookie.as_str())];
            headers.extend_from_slice(says);
            let reply = site.send_with(&Method::POST, &path, &headers, body).await;
            let is_refused =
                reply.status == StatusCode::FORBIDDEN && !reply.body.contains("invitation");
            assert_eq!(is_refused, !is_taken, "{who}: {path} {}", reply.status);
            n_asked += 1;
        }
    }
    assert!(n_asked > 200, "{n_asked}");
}
