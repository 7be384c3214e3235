//! The questionnaire on paper: its page, its file, its command.

use axum::http::{StatusCode, header};
use service::Role;

use crate::person::Person;
use crate::program::{recueil, survey};
use crate::roles::Site;
use crate::writing_pages::organiser;

const PRINT: &str = "/studio/s/qpv-cls/questionnaire/print";
const TEXT: &str = "/studio/s/qpv-cls/questionnaire";

/// Spaces that do not break as ordinary ones.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

async fn write(person: &Person<'_>, source: &str, revision: i64) {
    let encoded: String = source.bytes().map(|it| format!("%{it:02X}")).collect();
    let body = format!("do=save&revision={revision}&source={encoded}");
    assert_eq!(person.post(TEXT, &body).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_page_shows_the_paper_with_its_routing() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let page = ada.get(PRINT).await;
    assert_eq!(page.status, StatusCode::OK);
    let body = plain(&page.body);
    for words in [
        "<article class=\"paper\" lang=\"fr\">",
        "Version de travail",
        "« Présence d’un CLS » (question 3) est « Oui »",
        "→ questions 7 à 12",
        "href=\"/studio/s/qpv-cls/questionnaire/print.pdf?in=fr\"",
        "aria-current=\"page\">Papier",
    ] {
        assert!(body.contains(words), "{words} in {body}");
    }
    // Styles stand in the stylesheet: the policy lets none stand in the page.
    assert!(!page.body.contains("<style") && !page.body.contains(" style="));
    assert!(!body.contains("presence_cls"));
    let english = ada
        .get(&format!("{PRINT}?in=en&codes=1&version=1"))
        .await
        .body;
    for words in [
        "lang=\"en\">",
        "Published version no. 1",
        "presence_cls = &#39;oui&#39;",
        "print.pdf?version=1&amp;in=en&amp;codes=1",
    ] {
        let english = plain(&english);
        assert!(english.contains(words), "{words} in {english}");
    }
}

#[tokio::test]
async fn the_file_is_the_same_as_long_as_the_text_is() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    let file = ada.get(&format!("{PRINT}.pdf?in=fr")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(
        file.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"qpv-cls-fr.pdf\""
    );
    assert!(file.body.starts_with("%PDF-1.7"));
    let again = ada.get(&format!("{PRINT}.pdf?in=fr")).await;
    assert_eq!(file.body, again.body);
    let published = ada.get(&format!("{PRINT}.pdf?version=1&in=en")).await;
    assert_eq!(
        published.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"qpv-cls-v1-en.pdf\""
    );
}

#[tokio::test]
async fn what_has_errors_is_not_printed_and_what_was_published_still_is() {
    let site = Site::open().await;
    let ada = organiser(&site, "ada@exemple.fr").await;
    write(&ada, "id: qpv-cls\ntitle: T\nblocks: 3\n", 0).await;
    let page = ada.get(PRINT).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Rien à imprimer") && !page.body.contains("print.pdf"));
    assert_eq!(ada.get(&format!("{PRINT}.pdf")).await.location(), PRINT);
    let published = ada.get(&format!("{PRINT}?version=1")).await;
    assert!(published.body.contains("class=\"paper\""));
}

#[tokio::test]
async fn who_does_not_design_has_no_paper() {
    let site = Site::open().await;
    let session = site
        .somebody("vue@exemple.fr", Some(Role::Viewer), false)
        .await;
    let viewer = Person::new(&site);
    viewer.hold("recueil-team", session.reveal());
    for path in [PRINT.to_owned(), format!("{PRINT}.pdf")] {
        assert_eq!(viewer.get(&path).await.status, StatusCode::FORBIDDEN);
    }
}

#[test]
fn the_command_makes_a_page_and_a_file() {
    let file = survey("questionnaire.yaml");
    let file = file.to_str().unwrap();
    let page = recueil(&["print", file, "--lang", "en", "--annotated"]);
    assert_eq!(page.status.code(), Some(0));
    let text = plain(&String::from_utf8(page.stdout).unwrap());
    assert!(text.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(text.contains("“Presence of a CLS” (question 3) is “Yes”"));
    assert!(text.contains("presence_cls"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("papier.pdf");
    let made = recueil(&["print", file, "-o", out.to_str().unwrap()]);
    assert_eq!(made.status.code(), Some(0));
    assert!(made.stdout.is_empty());
    let made = std::fs::read(&out).unwrap();
    let piped = recueil(&["print", file, "--format", "pdf"]).stdout;
    assert!(made.starts_with(b"%PDF-1.7") && made == piped);
}

#[test]
fn the_command_says_what_it_cannot_do() {
    let file = survey("questionnaire.yaml");
    let other = recueil(&["print", file.to_str().unwrap(), "--in", "br"]);
    assert_eq!(other.status.code(), Some(1));
    let said = String::from_utf8(other.stderr).unwrap();
    assert!(said.contains("br") && said.contains("fr, en"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("faux.yaml");
    std::fs::write(&wrong, "id: x\ntitle: T\nblocks: 3\n").unwrap();
    let wrong = recueil(&["print", wrong.to_str().unwrap()]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(wrong.stdout.is_empty());
    assert_eq!(recueil(&["print"]).status.code(), Some(64));
}
