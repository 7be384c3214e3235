//! The plan of figures over HTTP and without scripts.

use axum::http::StatusCode;

use crate::person::Person;
use crate::roles::{Reply, Site};
use crate::writing_pages::organiser;

const PLAN: &str = "/studio/s/essai/questionnaire/plan";

const TEXT: &str = "id: essai
title: {fr: Essai}
languages: [fr, en]
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: asv, kind: single, label: {fr: Un ASV}, required: true, choices: [{code: oui, label: {fr: Oui}}, {code: non, label: {fr: Non}}]}
    - {id: pilote, kind: single, label: {fr: Qui pilote}, filter: \"asv = 'oui'\", choices: [{code: ville, label: {fr: La ville}}, {code: etat, label: {fr: État}}]}
    - {id: pourquoi, kind: single, label: {fr: Pourquoi pas}, filter: \"asv = 'non'\", choices: [{code: temps, label: {fr: Le temps}}]}
    - {id: etp, kind: quantity, label: {fr: ETP}, min: 0, max: 9}
";

/// What a form sends.
fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String { text.bytes().map(|it| format!("%{it:02X}")).collect() };
    let fields = fields.iter();
    let pairs: Vec<_> = fields
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

struct Desk<'a>(Person<'a>);

impl Desk<'_> {
    async fn open<'a>(site: &'a Site, source: &str) -> Desk<'a> {
        let person = organiser(site, "ada@exemple.fr").await;
        let session = person.held("recueil-team").unwrap();
        let begun = [("from", "file"), ("slug", "essai"), ("file", source)];
        let begun = site.give("/studio/new", &session, &begun).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        Desk(person)
    }

    async fn page(&self) -> String {
        let page = self.0.get(PLAN).await;
        assert_eq!(page.status, 200);
        page.body.replace(['\u{202f}', '\u{a0}'], " ")
    }

    async fn revision(&self) -> String {
        let page = self.page().await;
        let after = page.split("name=\"revision\" value=\"").nth(1).unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    async fn press(&self, button: &str, typed: &[(&str, &str)]) -> Reply {
        let revision = self.revision().await;
        let mut fields = vec![("revision", revision.as_str()), ("do", button)];
        fields.extend(typed);
        self.0.post(PLAN, &form(&fields)).await
    }

    /// The ids of the figures, in order.
    async fn order(&self) -> Vec<String> {
        let page = self.page().await;
        let ids = page.split("<li id=\"figure:").skip(1);
        ids.map(|it| it.split('"').next().unwrap().to_owned())
            .collect()
    }
}

#[tokio::test]
async fn figures_are_wanted_ordered_changed_and_taken_back() {
    let site = Site::open().await;
    let desk = Desk::open(&site, TEXT).await;
    let empty = desk.page().await;
    for words in [
        "Aucun chiffre n’est encore voulu",
        "Un ASV (asv)",
        "lue par une condition",
    ] {
        assert!(empty.contains(words), "{words}: {empty}");
    }
    let added = desk.press("add-figure item:asv", &[]).await;
    assert_eq!(
        added.location(),
        format!("{PLAN}?done=saved"),
        "{}",
        added.body
    );
    let typed = [
        ("new-item", "pilote"),
        ("new-by", "asv"),
        ("new-title", "Les pilotes"),
    ];
    let added = desk.press("add-figure questionnaire", &typed).await;
    assert_eq!(
        added.location(),
        format!("{PLAN}?done=saved"),
        "{}",
        added.body
    );
    assert_eq!(desk.order().await, ["asv", "les_pilotes"]);
    let page = desk.page().await;
    for words in [
        "Les pilotes",
        "Chaque chiffre voulu peut être nourri",
        "2 questions qu’aucun chiffre n’utilise",
        "Personnes concernées : « Un ASV » est « Oui »",
        "Colonnes toujours vides : Non",
        "edit?node=item%3Apilote",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Order, with what was typed carried along.
    let typed = [
        ("figure:asv|title.en", "An ASV"),
        ("figure:asv|by", "pilote"),
    ];
    let moved = desk.press("up figure:les_pilotes", &typed).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    assert_eq!(desk.order().await, ["les_pilotes", "asv"]);
    let source = desk.0.get("/studio/s/essai/questionnaire").await.body;
    assert!(
        source.contains("en: An ASV") && source.contains("by: pilote"),
        "{source}"
    );
    desk.press("undo", &[]).await;
    assert_eq!(desk.order().await, ["asv", "les_pilotes"]);
    desk.press("redo", &[]).await;
    let gone = desk.press("remove figure:asv", &[]).await;
    assert_eq!(gone.location(), format!("{PLAN}?done=removed"));
    assert_eq!(desk.order().await, ["les_pilotes"]);
    // A question that goes leaves its figures, which say so; the editor shows them as well.
    let edit = "/studio/s/essai/questionnaire/edit";
    let revision = desk.revision().await;
    let fields = [
        ("revision", revision.as_str()),
        ("do", "remove item:pilote"),
    ];
    assert_eq!(desk.0.post(edit, &form(&fields)).await.status, 303);
    let page = desk.page().await;
    assert!(
        page.contains("1 chiffre que rien ne peut nourrir"),
        "{page}"
    );
    assert!(
        page.contains("n’est plus, dans le questionnaire") && page.contains("<code>pilote</code>")
    );
    let node = desk.0.get(&format!("{edit}?node=figure:les_pilotes")).await;
    assert!(node.body.contains("Chiffre voulu") && node.body.contains("QN0041"));
}

#[tokio::test]
async fn each_gap_is_told_in_both_languages() {
    use app::i18n::Texts;
    use app::language::Language;
    for gap in proof::plan::Gap::ALL {
        let key = format!("plan-gap-{}", gap.code());
        for language in Language::ALL {
            assert_ne!(Texts::of(language).get(&key), key);
        }
    }
    let site = Site::open().await;
    let figures = "figures:\n- {id: a, item: pilote, by: pourquoi}\n- {id: b, item: etp, by: etp}\n- {id: c, item: asv, by: etp}\nblocks:";
    let desk = Desk::open(&site, &TEXT.replace("blocks:", figures)).await;
    let page = desk.page().await;
    for words in [
        "3 chiffres que rien ne peut nourrir",
        "Personne ne peut se voir poser les deux questions",
        "ne se répartit pas selon elle-même",
        "n’a pas de choix qui feraient des colonnes",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let english = desk.0.get(&format!("{PLAN}?lang=en")).await.body;
    assert!(
        english.contains("Nobody can be asked both questions"),
        "{english}"
    );
}

#[tokio::test]
async fn what_is_wrong_comes_back_as_it_was_typed() {
    let site = Site::open().await;
    let desk = Desk::open(&site, TEXT).await;
    let typed = [("new-item", ""), ("new-title", "Des pilotes")];
    let wrong = desk.press("add-figure questionnaire", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["href=\"#new-item\"", "Des pilotes", "aria-invalid"] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    let nowhere = desk.press("up figure:rien", &[]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    // What meets what somebody else wrote is shown, and not overwritten.
    desk.press("add-figure item:asv", &[]).await;
    let read = desk.revision().await;
    desk.press("save", &[("figure:asv|title.fr", "Le premier")])
        .await;
    let late = form(&[
        ("revision", &read),
        ("do", "save"),
        ("figure:asv|title.fr", "Le second"),
    ]);
    let late = desk.0.post(PLAN, &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    for words in ["Le premier", "Le second", "écrit au même endroit"] {
        assert!(late.body.contains(words), "{words}: {}", late.body);
    }
    // A text with errors has no plan yet; one that is no questionnaire can be mended as text only.
    let broken = TEXT.replace("asv = 'oui'", "asv = 'yes'");
    let encoded: String = broken.bytes().map(|it| format!("%{it:02X}")).collect();
    let revision = desk.revision().await;
    let body = format!("do=save&revision={revision}&source={encoded}");
    desk.0.post("/studio/s/essai/questionnaire", &body).await;
    let page = desk.page().await;
    assert!(page.contains("Le questionnaire a des erreurs"), "{page}");
    let revision = desk.revision().await;
    let body = format!("do=save&revision={revision}&source=%5B");
    desk.0.post("/studio/s/essai/questionnaire", &body).await;
    assert!(
        !desk
            .page()
            .await
            .contains("form method=\"post\" action=\"/studio/s/essai/questionnaire/plan\"")
    );
}

#[tokio::test]
async fn what_is_written_is_text() {
    let site = Site::open().await;
    let desk = Desk::open(&site, TEXT).await;
    let hostile = "\"><script>alert(1)</script>";
    let typed = [("new-item", "asv"), ("new-title", hostile)];
    let added = desk.press("add-figure questionnaire", &typed).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let page = desk.page().await;
    assert!(
        page.contains("alert(1)") && !page.contains("<script>alert"),
        "{page}"
    );
}
