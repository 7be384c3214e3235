//! The branch map and what is found about a text, over HTTP and without scripts.

use axum::http::StatusCode;
use serde_json::Value;

use crate::person::Person;
use crate::roles::{Reply, Site};
use crate::writing_pages::organiser;

const TEXT: &str = "/studio/s/essai/questionnaire";
const MAP: &str = "/studio/s/essai/questionnaire/map";

const SURVEY: &str = "id: essai
title: {fr: Essai}
blocks:
- id: vous
  title: {fr: Vous}
  pages:
  - id: p
    title: {fr: Qui vous êtes}
    items:
    - {id: asv, kind: single, label: {fr: Présence d’un ASV}, required: true, choices: [{code: oui, label: {fr: Oui}}, {code: non, label: {fr: Non}}]}
    - {id: age, kind: quantity, label: {fr: Âge}, required: true, min: 0, max: 120}
  - id: q
    title: {fr: Votre ASV}
    filter: asv = 'oui'
    items:
    - {id: pilote, kind: text, label: {fr: Qui pilote}}
    - {id: jamais, kind: text, label: {fr: Jamais}, filter: age > 120}
";

fn encoded(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

fn form(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter();
    let pairs: Vec<_> = fields
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

/// An organiser whose study has the survey as its first save.
async fn desk(site: &Site) -> Person<'_> {
    let ada = organiser(site, "ada@exemple.fr").await;
    let session = ada.held("recueil-team").unwrap();
    let fields = [("from", "file"), ("file", SURVEY)];
    let begun = site.give("/studio/new", &session, &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    ada
}

/// Texts as they are typed: without the spaces and signs that typography puts in.
fn plain(text: &str) -> String {
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    text.replace("&#x27;", "'").replace("&gt;", ">")
}

async fn page(person: &Person<'_>, path: &str) -> String {
    let reply = person.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    plain(&reply.body)
}

/// The part of a page between two signs.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let after = page
        .split_once(from)
        .unwrap_or_else(|| panic!("{from}: {page}"))
        .1;
    after.split(to).next().unwrap()
}

#[tokio::test]
async fn the_map_draws_says_and_leads_to_everything() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let map = page(&ada, MAP).await;
    let drawing = between(&map, "id=\"map\"", "</figure>");
    let list = between(&map, "class=\"map-list\"", "</section>");
    for id in ["asv", "age", "pilote", "jamais"] {
        let link = format!("href=\"{TEXT}/edit?node=item%3A{id}\"");
        assert!(drawing.contains(&link), "{id}: {drawing}");
        assert!(list.contains(&link), "{id}: {list}");
    }
    // Conditions are in words, and lead to where they are written.
    let words = "« Présence d’un ASV » est « Oui »";
    let condition = format!("{TEXT}/condition?at=page%3Aq&amp;field=filter");
    for part in [drawing, list] {
        assert!(part.contains(words) && part.contains(&condition), "{part}");
    }
    // The page of a condition that nobody put in words is named.
    assert!(drawing.contains("Votre ASV"), "{drawing}");
    // What nobody gets to is named, in the drawing, the list and above both.
    let never = between(&map, "class=\"map-never\"", "</div>");
    assert!(
        never.contains("Jamais") && !never.contains("pilote"),
        "{never}"
    );
    assert!(list.contains("jamais posée") && drawing.contains("graph-never"));
    assert!(map.contains("Vérification") && map.contains("ne peut pas encore être publié"));
    assert!(!drawing.contains("graph-off"));
}

#[tokio::test]
async fn a_way_stands_out_and_everything_else_stands_back() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let map = page(&ada, &format!("{MAP}?way=to-pilote")).await;
    let drawing = between(&map, "id=\"map\"", "</figure>");
    assert!(drawing.contains("graph-on") && drawing.contains("graph-off"));
    let list = between(&map, "class=\"map-list\"", "</section>");
    let (on, off) = (
        list.matches("sur le parcours").count(),
        list.matches("hors parcours").count(),
    );
    assert_eq!((on, off), (6, 1), "{list}");
    assert!(
        map.contains("<option value=\"to-pilote\" selected"),
        "{map}"
    );
    // Typical respondents, by how much they are asked.
    assert!(
        map.contains("1 — 2 questions posées") || map.contains("1 — 3 questions posées"),
        "{map}"
    );
    let first = page(&ada, &format!("{MAP}?way=p0")).await;
    assert!(first.contains("graph-on"), "{first}");
    // A way that is not there is none.
    let none = page(&ada, &format!("{MAP}?way=p99")).await;
    assert!(!none.contains("graph-off") && !none.contains("hors parcours"));
}

#[tokio::test]
async fn the_drawing_has_the_size_that_is_asked_for() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let width = |page: &str| -> f64 {
        let svg = between(page, "<svg", ">").to_owned();
        between(&svg, " width=\"", "\"").parse().unwrap()
    };
    let plain = page(&ada, MAP).await;
    let twice = page(&ada, &format!("{MAP}?zoom=200")).await;
    assert!((width(&twice) - 2.0 * width(&plain)).abs() < 2.0);
    // Showing a way keeps the size; fitting forgets it.
    let kept = page(&ada, &format!("{MAP}?size=200&way=p0")).await;
    assert!((width(&twice) - width(&kept)).abs() < 1.0);
    let fit = page(&ada, &format!("{MAP}?size=200&zoom=fit")).await;
    assert!((width(&plain) - width(&fit)).abs() < 1.0);
    let absurd = page(&ada, &format!("{MAP}?zoom=999999")).await;
    assert!((width(&plain) - width(&absurd)).abs() < 1.0);
}

async fn join(ada: &Person<'_>, from: &str, to: &str, revision: &str) -> Reply {
    let fields = [("from", from), ("to", to), ("revision", revision)];
    ada.post(MAP, &form(&fields)).await
}

#[tokio::test]
async fn joining_two_parts_begins_a_condition() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let joined = join(&ada, "item:age", "item:pilote", "1").await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    let to = format!("{TEXT}/condition?at=item%3Apilote&field=filter");
    assert_eq!(joined.location(), to);
    let text = page(&ada, TEXT).await;
    assert!(text.contains("filter: \"answered(age)\""), "{text}");
    // What depends on it already is only opened.
    let again = join(&ada, "item:age", "item:pilote", "2").await;
    assert_eq!(again.location(), to);
    let map = page(&ada, MAP).await;
    assert!(map.contains("name=\"revision\" value=\"2\""), "{map}");
    // It can be taken back in the editor.
    let undo = [("node", "item:pilote"), ("revision", "2"), ("do", "undo")];
    let undone = ada.post(&format!("{TEXT}/edit"), &form(&undo)).await;
    assert!(undone.location().contains("done=undone"));
    assert!(!page(&ada, TEXT).await.contains("answered(age)"));
}

#[tokio::test]
async fn what_cannot_be_joined_comes_back_with_the_reason() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let cases = [
        ("item:age", "item:age", "dépendre de lui-même"),
        ("item:none", "item:age", "n’existe plus"),
        ("page:p", "item:age", "n’existe plus"),
        ("item:age", "nonsense", "n’existe plus"),
        // The page on which it is asked would wait for itself.
        ("item:age", "page:p", "ne peut pas être lue"),
    ];
    for (from, to, words) in cases {
        let reply = join(&ada, from, to, "1").await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{from} {to}"
        );
        assert!(reply.body.contains(words), "{from} {to}: {}", reply.body);
        assert!(reply.body.contains("<svg") && reply.body.contains("aria-invalid"));
    }
    let late = join(&ada, "item:age", "item:pilote", "77").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let map = page(&ada, MAP).await;
    assert!(
        map.contains("name=\"revision\" value=\"1\""),
        "nothing is saved"
    );
}

#[tokio::test]
async fn what_has_errors_has_no_map_but_says_why() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let wrong = SURVEY.replace("asv = 'oui'", "asv = 'yes'");
    let save = [("do", "save"), ("revision", "1"), ("source", &wrong)];
    ada.post(TEXT, &form(&save)).await;
    let map = page(&ada, MAP).await;
    assert!(
        map.contains("Pas encore de carte") && !map.contains("<svg"),
        "{map}"
    );
    assert!(
        map.contains("edit?node=page%3Aq"),
        "the finding leads to its part: {map}"
    );
}

async fn findings(ada: &Person<'_>, source: &str, cover: &str) -> Value {
    let body = form(&[("source", source), ("cover", cover)]);
    let reply = ada.post(&format!("{TEXT}/findings"), &body).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert_eq!(reply.headers["cache-control"], "no-store");
    serde_json::from_str(&reply.body).unwrap()
}

#[tokio::test]
async fn what_is_found_of_a_text_has_its_place_in_it_and_its_panel() {
    let site = Site::open().await;
    let ada = desk(&site).await;
    let found = findings(&ada, SURVEY, "").await;
    assert_eq!(found["is_sound"], false);
    let marks = found["marks"].as_array().unwrap();
    let never = marks.iter().find(|it| it["severity"] == "error").unwrap();
    assert_eq!(never["line"], 17, "{never}");
    assert!(plain(found["panel"].as_str().unwrap()).contains("data-line=\"17\""));
    assert_eq!(found["names"]["items"][0][0], "asv");
    assert_eq!(
        found["names"]["items"][0][1],
        serde_json::json!(["oui", "non"])
    );

    // A wrong code is found at its very place.
    let wrong = SURVEY.replace("asv = 'oui'", "asv = 'yes'");
    let found = findings(&ada, &wrong, "").await;
    let mark = &found["marks"][0];
    let line = wrong
        .lines()
        .nth(mark["line"].as_u64().unwrap() as usize - 1)
        .unwrap();
    let column = mark["column"].as_u64().unwrap() as usize;
    let rest: String = line.chars().skip(column - 1).collect();
    assert!(rest.starts_with("yes'"), "{rest}");

    // The cohort is drawn when it is asked for; what is no questionnaire has no names.
    let sound = SURVEY.replace("age > 120", "age > 60");
    let quick = findings(&ada, &sound, "").await;
    assert!(
        !quick["panel"]
            .as_str()
            .unwrap()
            .contains("répondant·es types")
    );
    let whole = findings(&ada, &sound, "on").await;
    let panel = plain(whole["panel"].as_str().unwrap());
    assert!(
        panel.contains("répondant·es types") && panel.contains("100 %"),
        "{panel}"
    );
    assert_eq!(
        findings(&ada, "not: a: questionnaire", "on").await["names"],
        Value::Null
    );
    // Nothing of it is saved, and hostile text stays text.
    let hostile = SURVEY.replace("fr: Âge", "fr: '<script>alert(1)</script>'");
    let found = findings(&ada, &hostile, "on").await;
    assert!(!found["panel"].as_str().unwrap().contains("<script>"));
    assert!(
        page(&ada, MAP)
            .await
            .contains("name=\"revision\" value=\"1\"")
    );
    let bo = organiser(&site, "bo@exemple.fr").await;
    let body = form(&[("source", "a")]);
    let reply = bo.post(&format!("{TEXT}/findings"), &body).await;
    assert_eq!(
        reply.status,
        StatusCode::NOT_FOUND,
        "no member of this study"
    );
}
