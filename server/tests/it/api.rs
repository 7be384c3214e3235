//! What `/api/v1/openapi.json` says, beside what the router holds and the routes answer.

use std::collections::BTreeSet;

use axum::http::{Method, header};
use jsonschema::Validator;
use serde_json::{Value, json};
use service::Role;
use service::team::Enter;

use crate::program::survey;
use crate::roles::{Reply, Site};

const BASE: &str = "/api/v1/studies/qpv-cls/waves/qpv-cls";

fn description() -> Value {
    serde_json::from_str(include_str!("../../src/api/openapi.json")).unwrap()
}

/// The schema of an answer of an operation; references go through the whole document.
fn schema_of(document: &Value, operation: &Value, status: u16, kind: &str) -> Validator {
    let mut answer = &operation["responses"][status.to_string()];
    if let Some(to) = answer["$ref"].as_str() {
        answer = document.pointer(&to[1..]).unwrap();
    }
    let mut schema = answer["content"][kind]["schema"].clone();
    assert!(
        schema.is_object(),
        "{} {status} {kind} is not described",
        operation["operationId"]
    );
    schema["components"] = document["components"].clone();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

fn kind_of(reply: &Reply) -> &str {
    reply.headers[header::CONTENT_TYPE].to_str().unwrap()
}

/// Compares an answer with what is said of it.
fn holds(document: &Value, pattern: &str, reply: &Reply) -> Result<usize, String> {
    answers(document, &Method::GET, pattern, reply)
}

/// The same of any method.
fn answers(
    document: &Value,
    method: &Method,
    pattern: &str,
    reply: &Reply,
) -> Result<usize, String> {
    let kind = kind_of(reply);
    let method = method.as_str().to_lowercase();
    let operation = &document["paths"][pattern][method];
    let schema = schema_of(document, operation, reply.status.as_u16(), kind);
    let bodies: Vec<Value> = match kind {
        "application/x-ndjson" => reply
            .body
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        _ => vec![serde_json::from_str(&reply.body).unwrap()],
    };
    for body in &bodies {
        let wrong = schema.iter_errors(body).next();
        wrong.map_or(Ok(()), |it| {
            Err(format!("{pattern}: {it} at {}", it.instance_path()))
        })?;
    }
    Ok(bodies.len())
}

pub(crate) async fn ask(site: &Site, path: &str, bearer: Option<&str>) -> Reply {
    let value = bearer.map(|it| format!("Bearer {it}"));
    let headers: Vec<_> = value
        .iter()
        .map(|it| ("authorization", it.as_str()))
        .collect();
    site.send_with(&Method::GET, path, &headers, "").await
}

/// A token of the analyst's for `qpv-cls`, where there are responses.
pub(crate) async fn analyst_token(site: &Site) -> String {
    let session = site
        .somebody("ana@exemple.fr", Some(Role::Analyst), false)
        .await;
    let team = site.services.team();
    let who = team.session(&session).await.unwrap().unwrap();
    let made = team
        .make_token(&who, "qpv-cls", Role::Analyst, "Essai", 7)
        .await;
    made.unwrap().bearer
}

/// The published survey's responses.
pub(crate) async fn with_responses(site: &Site) {
    let operator = site.services.operator();
    let team = site.services.team();
    let may = team
        .operator_may::<Enter>(&operator, "qpv-cls")
        .await
        .unwrap();
    let wave = site.services.waves().by_address("qpv-cls").await.unwrap();
    let mut import = site.services.import(&may, &wave).await.unwrap();
    let sheets = std::fs::read_to_string(survey("responses.ndjson")).unwrap();
    let sheets = sheets.lines().map(|it| serde_json::from_str(it).unwrap());
    import.sheets(sheets.collect()).await.unwrap();
}

#[test]
fn the_description_and_the_router_hold_the_same_routes() {
    let described: BTreeSet<(String, String)> = description()["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            let methods = item
                .as_object()
                .unwrap()
                .keys()
                .filter(|it| *it != "parameters");
            methods
                .map(|it| (it.to_uppercase(), path.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    let listed: BTreeSet<(String, String)> = recueil::router::listed()
        .into_iter()
        .filter(|it| it.pattern.starts_with("/api/"))
        .map(|it| (it.method.to_string(), it.pattern.to_owned()))
        .collect();
    assert!(!listed.is_empty());
    assert_eq!(described, listed);
}

#[tokio::test]
async fn every_answer_is_as_described() {
    let (site, document) = (Site::open().await, description());
    with_responses(&site).await;
    let bearer = analyst_token(&site).await;
    let mut described = 0;
    for pattern in document["paths"].as_object().unwrap().keys() {
        let path = pattern
            .replace("{study}", "qpv-cls")
            .replace("{wave}", "qpv-cls");
        let reply = ask(&site, &path, Some(&bearer)).await;
        assert_eq!(reply.status, 200, "{path}");
        described += holds(&document, pattern, &reply).unwrap();
        if document["paths"][pattern]["get"]["security"] == json!([]) {
            continue;
        }
        let nobody = ask(&site, &path, None).await;
        assert_eq!(
            (
                nobody.status.as_u16(),
                &nobody.headers[header::WWW_AUTHENTICATE]
            ),
            (401, &"Bearer".parse().unwrap())
        );
        holds(&document, pattern, &nobody).unwrap();
        for (right, wrong) in [
            ("studies/qpv-cls", "studies/autre"),
            ("waves/qpv-cls", "waves/autre"),
        ] {
            if path.contains(right) {
                let unseen = ask(&site, &path.replace(right, wrong), Some(&bearer)).await;
                assert_eq!(unseen.status, 404, "{path}");
                holds(&document, pattern, &unseen).unwrap();
            }
        }
    }
    // The published survey has 130 responses.
    assert_eq!(described, 130 + 4);
    let nowhere = ask(&site, "/api/v1/nowhere", Some(&bearer)).await;
    assert_eq!(
        (nowhere.status.as_u16(), kind_of(&nowhere)),
        (404, "application/problem+json")
    );
}

#[tokio::test]
async fn the_tables_are_those_of_the_event_stream() {
    let site = Site::open().await;
    with_responses(&site).await;
    let bearer = analyst_token(&site).await;
    let reply = ask(&site, &format!("{BASE}/tables?lang=en"), Some(&bearer)).await;
    let results: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(results["responses"], 130);
    let wave = site.services.waves().by_address("qpv-cls").await.unwrap();
    let key = site.services.dashboard_key(&wave);
    let frame = site.services.enter_dashboard("qpv-cls", &key);
    let (_, right) = frame.await.unwrap().unwrap();
    let frame = site.services.live().frame(right, "en").await.unwrap();
    assert_eq!(reply.body, *frame.event(None).data);
    let studies = ask(&site, "/api/v1/studies", Some(&bearer)).await;
    let studies: Value = serde_json::from_str(&studies.body).unwrap();
    assert_eq!(studies["studies"].as_array().unwrap().len(), 1);
    assert_eq!(studies["studies"][0]["role"], "analyst");
}

/// The comparison can fail.
#[tokio::test]
async fn an_answer_that_is_not_as_described_is_noticed() {
    let site = Site::open().await;
    let bearer = analyst_token(&site).await;
    let reply = ask(&site, "/api/v1/studies", Some(&bearer)).await;
    let mut document = description();
    let role = "/components/schemas/Study/properties/role/enum/2";
    assert_eq!(document.pointer(role), Some(&"analyst".into()));
    *document.pointer_mut(role).unwrap() = "analyser".into();
    let noticed = holds(&document, "/api/v1/studies", &reply).unwrap_err();
    assert!(noticed.contains("/studies/0/role"), "{noticed}");
}

/// A token with a role, for `qpv-cls`, of somebody who has that role.
async fn token(site: &Site, role: Role) -> String {
    let email = format!("{}@exemple.fr", role.code());
    let session = site.somebody(&email, Some(role), false).await;
    let team = site.services.team();
    let who = team.session(&session).await.unwrap().unwrap();
    let made = team.make_token(&who, "qpv-cls", role, "Saisie", 7).await;
    made.unwrap().bearer
}

/// What a program sends.
async fn give(site: &Site, path: &str, bearer: &str, file: &str) -> Reply {
    let bearer = format!("Bearer {bearer}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/octet-stream"),
    ];
    site.send_with(&Method::POST, path, &headers, file).await
}

#[tokio::test]
async fn a_program_enters_responses_with_the_token_of_a_correspondent() {
    let (site, document) = (Site::open().await, description());
    let bearer = token(&site, Role::Correspondent).await;
    let pattern = "/api/v1/studies/{study}/waves/{wave}/responses";
    let path = format!("{BASE}/responses");
    let dry = format!("{path}?dry_run=true");
    let as_described = |reply: &Reply| {
        answers(&document, &Method::POST, pattern, reply).unwrap();
        let told: Value = serde_json::from_str(&reply.body).unwrap();
        told
    };
    let sheets = std::fs::read_to_string(survey("responses.ndjson")).unwrap();
    let edges = std::fs::read_to_string(survey("edge.ndjson")).unwrap();
    let file = format!("{sheets}\n{edges}\nnot a sheet\n");

    let checked = give(&site, &dry, &bearer, &file).await;
    assert_eq!(checked.status, 200, "{}", checked.body);
    let mut would = as_described(&checked);
    assert_eq!(
        (&would["added"], &would["refused"]),
        (&142.into(), &2.into())
    );
    assert_eq!(
        (&would["broken"], &would["dry_run"]),
        (&1.into(), &true.into())
    );
    let done = as_described(&give(&site, &path, &bearer, &file).await);
    would["dry_run"] = false.into();
    assert_eq!(would, done, "what was said is what was done");
    let again = as_described(&give(&site, &path, &bearer, &file).await);
    assert_eq!(
        (&again["added"], &again["unchanged"]),
        (&0.into(), &142.into())
    );

    let made_up = r#"{"meta":{"rehearsal":true},"answers":{}}"#;
    let told = as_described(&give(&site, &path, &bearer, made_up).await);
    assert_eq!(
        (&told["refused"], &told["remarks"][0]["code"]),
        (&1.into(), &"rehearsal".into())
    );

    for (query, file, status, code) in [
        ("", "", 422, "no_file"),
        (
            "",
            "email;langue\nmarie@exemple.fr;fr\n",
            422,
            "no_known_column",
        ),
        ("", "PK\u{3}\u{4}", 422, "workbook_damaged"),
        ("?dry_run=perhaps", made_up, 400, "bad_request"),
        ("?dryrun=true", made_up, 400, "bad_request"),
    ] {
        let reply = give(&site, &format!("{path}{query}"), &bearer, file).await;
        assert_eq!(reply.status, status, "{query} {file} {}", reply.body);
        assert_eq!(as_described(&reply)["code"], code);
    }
    let large = "x".repeat(33 * 1024 * 1024 + 1);
    let reply = give(&site, &path, &bearer, &large).await;
    assert_eq!(
        (reply.status.as_u16(), &as_described(&reply)["code"]),
        (413, &"too_large".into())
    );

    // Whoever enters takes nothing out, whoever looks enters nothing, and another study is not there.
    let taken_out = ask(&site, &path, Some(&bearer)).await;
    assert_eq!(taken_out.status, 403);
    let viewer = token(&site, Role::Viewer).await;
    let before = n_responses(&site).await;
    for (bearer, path, status) in [
        (viewer.as_str(), path.clone(), 403),
        (
            &bearer,
            path.replace("studies/qpv-cls", "studies/autre"),
            404,
        ),
        (&bearer, path.replace("waves/qpv-cls", "waves/autre"), 404),
        ("recueil_0", path.clone(), 401),
    ] {
        let reply = give(&site, &path, bearer, &file).await;
        assert_eq!(reply.status, status, "{path}");
        as_described(&reply);
    }
    assert_eq!(n_responses(&site).await, before);
}

async fn n_responses(site: &Site) -> u64 {
    let (team, operator) = (site.services.team(), site.services.operator());
    let may = team.operator_may(&operator, "qpv-cls").await.unwrap();
    let wave = site.services.waves().by_address("qpv-cls").await.unwrap();
    site.services
        .waves()
        .n_responses(&may, &wave)
        .await
        .unwrap()
}
