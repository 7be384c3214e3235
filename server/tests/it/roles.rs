//! Every route × every role × their own study and another: who gets in, and what the others learn.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use recueil::routes::{Access, Listed};
use recueil::state::State;
use service::team::{ManageMembers, Secret, Visitor, allows};
use service::{Config, Role, Services, SystemRandomness};
use tower::ServiceExt;

/// Where people reach the site.
pub(crate) const ORIGIN: &str = "http://localhost:3000";
const PASSWORD: &str = "bruine-clavier-orge-59";
const QPV: &str = include_str!("../../../questionnaires/qpv-cls/questionnaire.yaml");

pub(crate) struct Site {
    _folder: std::sync::Arc<tempfile::TempDir>,
    pub(crate) services: Services,
    pub(crate) app: Router,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn location(&self) -> &str {
        let to = self.headers.get(header::LOCATION);
        to.map_or("", |it| it.to_str().unwrap())
    }

    /// The page without what is new in every answer: the nonce of its script.
    pub(crate) fn words(&self) -> String {
        let policy = self.headers.get(header::CONTENT_SECURITY_POLICY);
        let policy = policy.map_or("", |it| it.to_str().unwrap());
        let nonce = policy.split("'nonce-").nth(1).unwrap_or_default();
        let nonce = nonce.split('\'').next().unwrap_or_default();
        match nonce {
            "" => self.body.clone(),
            nonce => self.body.replace(nonce, "…"),
        }
    }

    /// The session's secret that an answer sets.
    pub(crate) fn session(&self) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter();
        let mut all = all.map(|it| it.to_str().unwrap());
        let cookie = all.find_map(|it| it.strip_prefix("recueil-team="))?;
        cookie.split(';').next().map(str::to_owned)
    }
}

impl Site {
    pub(crate) async fn open() -> Self {
        let folder = std::sync::Arc::new(tempfile::tempdir().unwrap());
        let url = format!("sqlite://{}/recueil.db", folder.path().display());
        let clock = time::OffsetDateTime::now_utc;
        let services = Services::open(Config::new(url), clock, SystemRandomness)
            .await
            .unwrap();
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
        #[cfg_attr(not(feature = "oidc"), expect(unused_mut, reason = "nothing to add"))]
        let mut state = State::new(services.clone(), false).at(ORIGIN);
        #[cfg(feature = "oidc")]
        {
            // One that does not answer; `openid.rs` has one that does.
            state.provider = Some(crate::openid::provider("http://127.0.0.1:9"));
        }
        let app = recueil::router::router(state);
        Self {
            _folder: folder,
            services,
            app,
        }
    }

    /// The same site behind another router.
    pub(crate) fn with(&self, app: Router) -> Self {
        Self {
            _folder: self._folder.clone(),
            services: self.services.clone(),
            app,
        }
    }

    /// Creates an account, with a role in `qpv-cls` if one is given, and signs it in.
    pub(crate) async fn somebody(&self, email: &str, role: Option<Role>, admin: bool) -> Secret {
        let (team, operator) = (self.services.team(), self.services.operator());
        team.add(&operator, email, "Bruno", PASSWORD, admin)
            .await
            .unwrap();
        if let Some(role) = role {
            let may = team
                .operator_may::<ManageMembers>(&operator, "qpv-cls")
                .await
                .unwrap();
            team.add_member(&may, email, role).await.unwrap();
        }
        let visitor = Visitor {
            address: email.to_owned(),
            ..Visitor::default()
        };
        team.sign_in(email, PASSWORD, &visitor)
            .await
            .unwrap()
            .secret
    }

    pub(crate) async fn send(
        &self,
        method: &Method,
        path: &str,
        session: Option<&str>,
        body: &str,
    ) -> Reply {
        let cookie = session.map(|it| format!("recueil-team={it}"));
        let mut headers = vec![];
        if let Some(cookie) = &cookie {
            headers.push(("cookie", cookie.as_str()));
        }
        self.send_with(method, path, &headers, body).await
    }

    pub(crate) async fn send_with(
        &self,
        method: &Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "recueil.test");
        if *method == Method::POST {
            if headers.iter().all(|it| it.0 != "content-type") {
                request = request.header("content-type", "application/x-www-form-urlencoded");
            }
            if headers
                .iter()
                .all(|it| !["sec-fetch-site", "origin"].contains(&it.0))
            {
                request = request.header("sec-fetch-site", "same-origin");
            }
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let reply = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = reply.into_parts();
        let is_stream = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|it| it == "text/event-stream");
        let body = match is_stream {
            true => String::new(),
            false => {
                let bytes = to_bytes(body, 1 << 24).await.unwrap();
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

/// An address of a pattern, and what is posted there: something that changes nothing. A route that is
/// not known here has not been thought about.
pub(crate) fn sample(route: &Listed, study: &str) -> (String, &'static str) {
    let body = match (&route.method, route.pattern) {
        (&Method::GET, _) => "",
        (_, "/r/{wave}" | "/r/{wave}/p/{page}" | "/r/{wave}/review") => "go=save",
        (_, "/r/{wave}/resume") => "code=AAAA-AAAA-AAAA-AAAA",
        (_, "/r/{wave}/receipt/correct" | "/r/{wave}/receipt/keep") => "",
        (_, "/r/{wave}/receipt/withdraw") => "",
        (_, "/r/{wave}/together" | "/r/{wave}/together/{contributor}") => "",
        (_, "/r/{wave}/with/{secret}" | "/r/{wave}/part") => "",
        (_, "/r/{wave}/part/{page}") => "go=save",
        (_, "/d/{wave}/{key}/rehearsal/remove" | "/i/{token}/opt-out") => "",
        (_, "/d/{wave}/{key}/filter") => "do=look",
        (_, "/studio/sign-in") => "email=a&password=b",
        (_, "/studio/sign-out" | "/studio/recover") => "",
        (_, "/studio/link/{secret}") => "name=X&password=Y",
        (_, "/studio/account") => "do=name&name=Bruno",
        (_, "/studio/sign-in/passkey/challenge" | "/studio/account/passkey/challenge") => "{}",
        (_, "/studio/sign-in/openid" | "/studio/account/openid") => "",
        (_, "/studio/sign-in/openid/join") => "link=x&name=X",
        (_, "/studio/sign-in/passkey" | "/studio/account/passkey") => r#"{"answer":null}"#,
        (_, "/studio/s/{study}/members") => "email=nobody&role=viewer",
        (_, "/studio/s/{study}/members/{member}") => "do=remove",
        (_, "/studio/s/{study}/links/{link}") => "",
        (_, "/studio/new") => "",
        (_, "/studio/s/{study}/questionnaire") => "do=check&source=a&revision=0",
        (_, "/studio/s/{study}/questionnaire/edit") => "do=save&revision=77",
        (_, "/studio/s/{study}/questionnaire/condition") => "do=save&revision=77",
        (_, "/studio/s/{study}/questionnaire/rehearsal") => "who=drawn&n=0",
        (_, "/studio/s/{study}/questionnaire/plan") => "do=save&revision=77",
        (_, "/studio/s/{study}/questionnaire/findings") => "source=a",
        (_, "/studio/s/{study}/questionnaire/map") => "from=item%3Anone&to=item%3Anone",
        (_, "/studio/s/{study}/questionnaire/publish") => "revision=77",
        (_, "/studio/s/{study}/waves") => "slug=%C3%89",
        (_, "/studio/s/{study}/waves/{wave}/filter") => "do=look",
        (_, "/studio/s/{study}/waves/{wave}/settings") => "do=when&zone=nulle/part",
        (_, "/studio/s/{study}/waves/{wave}/entry/begin") => "",
        (_, "/studio/s/{study}/waves/{wave}/admissibility") => "do=aside",
        (_, "/studio/s/{study}/waves/{wave}/retention") => "contacts=never",
        (_, "/studio/s/{study}/waves/{wave}/invitations") => "",
        (_, "/studio/s/{study}/waves/{wave}/entry") => "",
        (_, "/api/v1/studies/{study}/waves/{wave}/responses") => "",
        (_, "/studio/s/{study}/waves/{wave}/invitations/send") => "send=invitation&n=1",
        (_, "/studio/s/{study}/waves/{wave}/messages/{kind}") => "do=show&language=fr",
        (method, pattern) => panic!("nobody has said what to send to {method} {pattern}"),
    };
    let nil = "00000000-0000-0000-0000-000000000000";
    let path = route
        .pattern
        .replace("{study}", study)
        .replace("{wave}", study);
    let path = path.replace("{member}", nil).replace("{link}", nil);
    let path = path.replace("{contributor}", nil);
    let path = path.replace("{id}", nil).replace("{file}", "none.css");
    let path = path
        .replace("{page}", "profil")
        .replace("{version}", "none");
    let path = path
        .replace("{form}", "json")
        .replace("{kind}", "reminder")
        .replace("{token}", &"0".repeat(40));
    let path = path
        .replace("{key}", &"0".repeat(32))
        .replace("{secret}", &"0".repeat(64));
    assert!(
        !path.contains('{'),
        "nobody has said what stands for a part of {}",
        route.pattern
    );
    (path, body)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Not found, exactly like what does not exist.
    NotFound,
    /// Seen, and refused.
    Refused,
    /// Sent to sign in, or told to.
    SignIn,
    /// Served, or told what is wrong with the request itself.
    In,
}

fn way(reply: &Reply) -> Way {
    match reply.status {
        StatusCode::NOT_FOUND => Way::NotFound,
        StatusCode::FORBIDDEN => Way::Refused,
        StatusCode::UNAUTHORIZED => Way::SignIn,
        _ if reply.location().starts_with("/studio/sign-in") => Way::SignIn,
        // The provider is down.
        StatusCode::SERVICE_UNAVAILABLE if reply.body.contains("service d’identité") => Way::In,
        it if it.is_server_error() => panic!("{it}: {}", reply.body),
        _ => Way::In,
    }
}

/// Who asks: signed in or not, with which role, in which study.
struct Asking<'a> {
    name: &'a str,
    session: Option<&'a str>,
    role: Option<Role>,
    is_administrator: bool,
}

/// What a route must answer to somebody about a study.
fn expected(access: Access, who: &Asking<'_>, is_own: bool) -> Option<Way> {
    let of_study = |action| match (who.session, who.role) {
        (None, _) => Way::SignIn,
        _ if who.is_administrator => Way::In,
        (_, Some(role)) if is_own && allows(role, action) => Way::In,
        (_, Some(_)) if is_own => Way::Refused,
        _ => Way::NotFound,
    };
    match access {
        // Who may do what there does not depend on the team's roles; other tests look after it.
        Access::Public | Access::Respondent | Access::Link => None,
        Access::SignedIn if who.session.is_none() => Some(Way::SignIn),
        Access::SignedIn => Some(Way::In),
        Access::Study(action) | Access::Api(action) => Some(of_study(action)),
    }
}

#[tokio::test]
async fn every_route_by_every_role_in_every_study() {
    let site = Site::open().await;
    let mut sessions = BTreeMap::new();
    for role in Role::ALL {
        let email = format!("{}@exemple.fr", role.code());
        sessions.insert(
            role.code(),
            (site.somebody(&email, Some(role), false).await, Some(role)),
        );
    }
    // What a role may do must not depend on being the last owner.
    site.somebody("autre@exemple.fr", Some(Role::Owner), false)
        .await;
    sessions.insert(
        "stranger",
        (site.somebody("x@exemple.fr", None, false).await, None),
    );
    sessions.insert(
        "administrator",
        (site.somebody("a@exemple.fr", None, true).await, None),
    );
    let mut asked = 0;
    let routes = recueil::router::listed();
    for route in &routes {
        for study in ["qpv-cls", "autre", "inconnue"] {
            let mut unseen: Option<String> = None;
            for name in sessions.keys().copied().chain(["nobody", "forged"]) {
                if route.pattern == "/studio/sign-out" && name != "nobody" {
                    continue;
                }
                let session = sessions.get(name);
                let forged = "f".repeat(64);
                let secret = session.map(|it| it.0.reveal());
                let who = Asking {
                    name,
                    session: secret,
                    role: session.and_then(|it| it.1),
                    is_administrator: name == "administrator",
                };
                let sent = if name == "forged" {
                    Some(forged.as_str())
                } else {
                    secret
                };
                let (path, body) = sample(route, study);
                let reply = site.send(&route.method, &path, sent, body).await;
                let Some(mut expected) = expected(route.access, &who, study == "qpv-cls") else {
                    way(&reply);
                    continue;
                };
                if study == "inconnue" && expected == Way::In && route.pattern.contains("{study}") {
                    expected = Way::NotFound;
                }
                let context = format!("{} {path} {} {}", route.method, who.name, reply.status);
                assert_eq!(way(&reply), expected, "{context}");
                asked += 1;
                // What somebody may not see looks like what does not exist.
                if expected == Way::NotFound {
                    let body = reply.body.replace(study, "…");
                    assert_eq!(*unseen.get_or_insert(body.clone()), body, "{context}");
                }
            }
        }
    }
    assert!(asked > 300, "{asked}");
}

/// A route that was given the wrong class would be noticed: the test can fail.
#[tokio::test]
async fn a_route_of_the_wrong_class_is_noticed() {
    let site = Site::open().await;
    let viewer = site
        .somebody("viewer@exemple.fr", Some(Role::Viewer), false)
        .await;
    let routes = recueil::router::listed();
    let audit = routes
        .iter()
        .find(|it| it.pattern.ends_with("/audit"))
        .unwrap();
    let (path, _) = sample(audit, "qpv-cls");
    let reply = site
        .send(&Method::GET, &path, Some(viewer.reveal()), "")
        .await;
    let who = Asking {
        name: "viewer",
        session: Some(viewer.reveal()),
        role: Some(Role::Viewer),
        is_administrator: false,
    };
    let wrong = Access::Study(service::team::Action::See);
    assert_ne!(Some(way(&reply)), expected(wrong, &who, true));
    assert_eq!(Some(way(&reply)), expected(audit.access, &who, true));
}

/// The list of routes is that of the addresses: none is served that is not listed.
#[test]
fn every_address_is_a_route_and_every_route_an_address() {
    let own = ["/healthz", "/readyz", "/metrics"];
    let mut listed: Vec<&str> = recueil::router::listed()
        .iter()
        .map(|it| it.pattern)
        .collect();
    listed.retain(|it| !own.contains(it));
    listed.sort_unstable();
    listed.dedup();
    let mut all: Vec<&str> = app::paths::PATTERNS.to_vec();
    all.sort_unstable();
    assert_eq!(listed, all);
}

/// Programs act with a token, in one study and with its scope only.
#[tokio::test]
async fn a_token_over_http() {
    let site = Site::open().await;
    let session = site
        .somebody("analyst@exemple.fr", Some(Role::Analyst), false)
        .await;
    let team = site.services.team();
    let who = team.session(&session).await.unwrap().unwrap();
    let wide = team
        .make_token(&who, "qpv-cls", Role::Analyst, "a", 3)
        .await
        .unwrap();
    let narrow = team
        .make_token(&who, "qpv-cls", Role::Viewer, "b", 3)
        .await
        .unwrap();
    let responses = |study: &str| app::paths::responses(study, study);
    for (bearer, path, status) in [
        (wide.bearer.as_str(), responses("qpv-cls"), 200),
        (wide.bearer.as_str(), responses("autre"), 404),
        (narrow.bearer.as_str(), responses("qpv-cls"), 403),
        (
            narrow.bearer.as_str(),
            app::paths::results("qpv-cls", "qpv-cls"),
            200,
        ),
        // A wave is looked for in the study of the address.
        (
            wide.bearer.as_str(),
            app::paths::responses("qpv-cls", "autre"),
            404,
        ),
        (wide.bearer.as_str(), app::paths::account(), 403),
        ("recueil_0", responses("qpv-cls"), 401),
        ("", responses("qpv-cls"), 401),
    ] {
        let bearer = format!("Bearer {bearer}");
        let reply = site
            .send_with(&Method::GET, &path, &[("authorization", &bearer)], "")
            .await;
        assert_eq!(reply.status.as_u16(), status, "{path}");
    }
}

/// Nobody becomes the operator by HTTP: that is for the command line and the start of the program.
#[test]
fn no_handler_acts_as_the_operator() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let (mut files, mut found) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path != source.join("cli") {
                    folders.push(path);
                }
            } else if std::fs::read_to_string(&path).unwrap().contains("operator") {
                found.push(path);
            } else {
                files += 1;
            }
        }
    }
    assert!(files > 20 && found.is_empty(), "{found:?}");
}
