//! Results of some of the responses, in columns: pages, programs, and the page on which a filter is put together.

use axum::http::StatusCode;
use serde_json::Value;
use service::Role;

use crate::api::{analyst_token, ask, with_responses};
use crate::person::Person;
use crate::roles::Site;

const RESULTS: &str = "/studio/s/qpv-cls/waves/qpv-cls";
const FILTER: &str = "/studio/s/qpv-cls/waves/qpv-cls/filter";
const TABLES: &str = "/api/v1/studies/qpv-cls/waves/qpv-cls/tables";

async fn analyst(site: &Site) -> Person<'_> {
    let session = site.somebody("eva@exemple.fr", Some(Role::Analyst), false);
    let person = Person::new(site);
    person.hold("recueil-team", session.await.reveal());
    person
}

#[tokio::test]
async fn a_page_of_results_is_cut_by_its_address() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    let whole = eva.get(RESULTS).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert!(whole.body.contains("<option value=\"presence_cls\""));
    assert!(!whole.body.contains("id=\"kept\""));

    let path = format!("{RESULTS}?by=presence_asv&where=presence_cls+%3D+%27oui%27");
    let cut = eva.get(&path).await;
    assert_eq!(cut.status, StatusCode::OK);
    let words = cut.words();
    assert!(words.contains("comptées\u{202f}: 124 sur 130"), "{words}");
    assert!(words.contains("« Présence d’un CLS » est « Oui »") || words.contains("seulement si"));
    assert!(
        cut.body.contains("selected value=\"presence_asv\""),
        "the question is chosen"
    );
    // The events go on with the same cut.
    assert!(
        cut.body
            .contains("by=presence_asv&amp;where=presence_cls%20%3D%20%27oui%27")
    );
    // Another language keeps it.
    assert!(cut.body.contains("lang=en"));

    // Numbers are put in bands that stand in the address from then on.
    let bounded = eva.get(&format!("{RESULTS}?by=nb_qpv")).await;
    assert!(
        bounded
            .location()
            .starts_with(&format!("{RESULTS}?by=nb_qpv%3A")),
        "{}",
        bounded.location()
    );
    let shown = eva.get(bounded.location()).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.words().contains("moins de"));
}

#[tokio::test]
async fn what_cannot_be_cut_is_shown_whole_and_says_why() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    for (query, said) in [
        ("by=nope", "n’est ni une question"),
        ("by=nb_qpv:2,1", "ne dit pas de colonnes"),
        ("where=presence_clss+%3D+%27oui%27", "presence_clss"),
        ("where=presence_cls+%3D", "presence_cls ="),
        ("unit=menage", "rien n’est compté par"),
    ] {
        let page = eva.get(&format!("{RESULTS}?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        let words = page.words();
        assert!(words.to_lowercase().contains(said), "{query}: {words}");
        assert!(words.contains("ceux de tout le monde"), "{query}");
        assert!(
            words.contains("76\u{202f}%"),
            "the figures are there: {query}"
        );
        assert!(page.body.contains("aria-invalid=\"true\""), "{query}");
    }
}

#[tokio::test]
async fn programs_cut_as_well() {
    let site = Site::open().await;
    with_responses(&site).await;
    let bearer = analyst_token(&site).await;
    let cut = ask(
        &site,
        &format!("{TABLES}?by=presence_asv&where=nb_qpv+%3E+0"),
        Some(&bearer),
    )
    .await;
    let cut: Value = serde_json::from_str(&cut.body).unwrap();
    let kept = cut["kept"].as_u64().unwrap();
    assert!(kept > 0 && kept < 130, "{kept}");
    let columns = cut["tables"][0]["columns"].as_array().unwrap();
    let of_columns: u64 = columns
        .iter()
        .map(|it| it["base"]["responses"].as_u64().unwrap())
        .sum();
    assert!(of_columns > 0 && of_columns <= kept);
    let refused = ask(&site, &format!("{TABLES}?where=nope"), Some(&bearer)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused: Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(refused["code"], "bad_cut");
    assert!(
        refused["detail"].as_str().unwrap().contains("EX"),
        "{refused}"
    );
    let events = format!("/live/waves/qpv-cls?where=nope&key={}", key(&site).await);
    let refused = ask(&site, &events, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn key(site: &Site) -> String {
    let wave = site.services.waves().by_address("qpv-cls").await.unwrap();
    site.services.dashboard_key(&wave)
}

#[tokio::test]
async fn a_filter_is_put_together_and_leads_to_the_results() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    let page = eva.get(&format!("{FILTER}?by=presence_asv")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.words().contains("gardées\u{202f}: 130 sur 130"),
        "{}",
        page.words()
    );
    assert!(page.body.contains("name=\"by\" value=\"presence_asv\""));

    let typed = "by=presence_asv&unit=&was=&do=read&text=presence_cls+%3D+%27oui%27";
    let read = eva.post(FILTER, typed).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(
        read.words().contains("gardées\u{202f}: 124 sur 130"),
        "{}",
        read.words()
    );
    assert!(read.body.contains("name=\"g-0-subject\"") || read.body.contains("g-0"));

    let applied = eva
        .post(FILTER, &typed.replace("do=read", "do=apply"))
        .await;
    let expected = format!("{RESULTS}?by=presence_asv&where=presence_cls%20%3D%20%27oui%27");
    assert_eq!(applied.location(), expected);

    for (typed, said) in [
        (
            "do=apply&was=&text=presence_clss+%3D+1",
            "ne se comprend pas",
        ),
        (
            "do=apply&was=&text=&g-0.is=line&g-0.subject=",
            "n’est pas terminée",
        ),
    ] {
        let wrong = eva.post(FILTER, typed).await;
        if wrong.status == StatusCode::SEE_OTHER {
            panic!("{typed}: {}", wrong.location());
        }
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(wrong.words().contains(said), "{typed}: {}", wrong.words());
    }

    // By the link of the dashboard as well, and by no other.
    let key = key(&site).await;
    let anybody = Person::new(&site);
    let page = anybody
        .get(&format!("/d/qpv-cls/{key}/filter?where=nb_qpv+%3E+0"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let applied = anybody
        .post(
            &format!("/d/qpv-cls/{key}/filter"),
            "do=apply&was=&text=nb_qpv+%3E+0",
        )
        .await;
    assert_eq!(
        applied.location(),
        format!("/d/qpv-cls/{key}?where=nb_qpv%20%3E%200")
    );
    let wrong = "0".repeat(32);
    assert_eq!(
        anybody
            .get(&format!("/d/qpv-cls/{wrong}/filter"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn combinations_are_counted_and_offered() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    let page = eva.get(RESULTS).await;
    assert!(
        page.words().contains("Voir les combinaisons"),
        "several answers and alike questions are offered"
    );
    let sets = "presence_cls+%3D+%27oui%27%0D%0Apresence_asv+%3D+%27oui%27";
    let shown = eva.get(&format!("{RESULTS}?sets={sets}")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let words = shown.words();
    assert!(words.contains("id=\"combinations\""), "{words}");
    let drawn = words.split("id=\"combinations\"").nth(1).unwrap();
    let drawn = drawn.split("</section>").next().unwrap();
    assert!(
        drawn.contains("Présence d’un CLS"),
        "sets have names: {drawn}"
    );
    let wrong = eva
        .get(&format!("{RESULTS}?sets=presence_cls+%3D+%27oui%27%0Anope"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("id=\"sets-error\""));
    let bearer = analyst_token(&site).await;
    let told = ask(&site, &format!("{TABLES}?sets={sets}"), Some(&bearer)).await;
    let told: Value = serde_json::from_str(&told.body).unwrap();
    let rows = told["combinations"]["rows"].as_array().unwrap();
    let n: u64 = rows.iter().map(|it| it["n"].as_u64().unwrap()).sum();
    assert_eq!(told["combinations"]["n"], n);
    let both = rows
        .iter()
        .find(|it| it["sets"] == serde_json::json!([0, 1]));
    assert_eq!(both.unwrap()["n"], 46);
}

#[tokio::test]
async fn one_figure_is_shown_large_with_ways_on() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    let page = eva
        .get(&format!("{RESULTS}?by=presence_asv&wall=cls_etat"))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    assert!(words.contains("id=\"t-cls_etat\"") && !words.contains("id=\"t-structure\""));
    for rel in ["prev", "next"] {
        let link = words.split(&format!("rel=\"{rel}\"")).nth(1).unwrap();
        let href = link
            .split("href=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        assert!(
            href.contains("by=presence_asv") && href.contains("wall="),
            "{rel}: {href}"
        );
        let there = eva.get(&href.replace("&amp;", "&")).await;
        assert_eq!(there.status, StatusCode::OK);
        assert!(there.body.contains("id=\"wall\""), "{rel}");
    }
    // What is no figure is the whole page.
    let whole = eva.get(&format!("{RESULTS}?wall=nope")).await;
    assert!(!whole.body.contains("id=\"wall\""));
}

#[tokio::test]
async fn a_figure_is_given_as_a_file() {
    let site = Site::open().await;
    with_responses(&site).await;
    let eva = analyst(&site).await;
    let page = eva.get(RESULTS).await;
    assert!(page.body.contains("?wall=cls_etat&amp;form=csv\""));
    let numbers = eva
        .get(&format!(
            "{RESULTS}?by=presence_asv&level=95&wall=cls_etat&form=csv"
        ))
        .await;
    assert_eq!(numbers.headers["content-type"], "text/csv; charset=utf-8");
    let named = numbers.headers["content-disposition"].to_str().unwrap();
    assert_eq!(named, "attachment; filename=\"cls_etat.csv\"");
    let lines: Vec<&str> = numbers.body.lines().collect();
    assert!(
        lines[0].starts_with("item,unit,column,") && lines.len() > 5,
        "{lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|it| it.starts_with("cls_etat,respondent,oui,Oui,"))
    );
    let drawn = eva.get(&format!("{RESULTS}?wall=cls_etat&form=svg")).await;
    assert_eq!(drawn.headers["content-type"], "image/svg+xml");
    assert!(drawn.body.starts_with("<svg") && drawn.body.contains("<style>"));
    let none = eva.get(&format!("{RESULTS}?wall=nope&form=csv")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
