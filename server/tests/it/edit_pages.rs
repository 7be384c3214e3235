//! The editor over HTTP and without scripts: parts are added, written, ordered and taken back.

use axum::http::StatusCode;

use crate::person::Person;
use crate::roles::{Reply, Site};
use crate::writing_pages::organiser;

const EDIT: &str = "/studio/s/essai/questionnaire/edit";

/// What a form sends.
fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String { text.bytes().map(|it| format!("%{it:02X}")).collect() };
    let fields = fields.iter();
    let pairs: Vec<_> = fields
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

/// An organiser with an empty study, and the number of its latest save.
struct Desk<'a> {
    person: Person<'a>,
}

impl Desk<'_> {
    async fn open(site: &Site) -> Desk<'_> {
        let person = organiser(site, "ada@exemple.fr").await;
        let session = person.held("recueil-team").unwrap();
        let begun = [
            ("from", "empty"),
            ("slug", "essai"),
            ("study-title", "Essai"),
        ];
        let begun = site.give("/studio/new", &session, &begun).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        Desk { person }
    }

    async fn page(&self, node: &str) -> Reply {
        self.person.get(&format!("{EDIT}?node={node}")).await
    }

    /// The save that the page is of.
    async fn revision(&self) -> String {
        let page = self.page("").await.body;
        let after = page.split("name=\"revision\" value=\"").nth(1).unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    /// Presses a button of the form of a part as it is now.
    async fn press(&self, node: &str, button: &str, typed: &[(&str, &str)]) -> Reply {
        let revision = self.revision().await;
        let mut fields = vec![
            ("node", node),
            ("revision", revision.as_str()),
            ("do", button),
        ];
        fields.extend(typed);
        self.person.post(EDIT, &form(&fields)).await
    }

    async fn source(&self) -> String {
        let page = self.person.get("/studio/s/essai/questionnaire").await.body;
        let text = page.split("<textarea").nth(1).unwrap();
        let text = text.split("</textarea>").next().unwrap();
        text.replace("&#x27;", "'")
            .replace("&gt;", ">")
            .replace("&lt;", "<")
    }
}

#[tokio::test]
async fn a_questionnaire_is_built_part_by_part() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let empty = desk.page("").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.body.contains("page:debut"), "{}", empty.body);

    // A question is added to the page; its name comes from its text.
    let typed = [("new-label", "Présence d’un ASV"), ("new-kind", "single")];
    let added = desk
        .press("page:debut", "add-item page:debut", &typed)
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert!(
        added.location().contains("node=item%3Apresence_d_un_asv"),
        "{}",
        added.location()
    );
    let asv = "item:presence_d_un_asv";
    let page = desk.page(asv).await.body;
    for words in [
        "Présence d’un ASV",
        "choix_1",
        "Nouveau choix",
        "Affiché si",
        "srcdoc=",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Choices are written, added, ordered, removed; what was typed is kept by every button.
    let typed = [
        ("choice:presence_d_un_asv:choix_1|label.fr", "Oui"),
        ("choice:presence_d_un_asv:choix_2|label.fr", "Non"),
        ("item:presence_d_un_asv|required", ""),
        ("item:presence_d_un_asv|required", "on"),
        ("new-choice", "Ne sait pas"),
    ];
    let pressed = desk.press(asv, &format!("add-choice {asv}"), &typed).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.body);
    let pressed = desk
        .press(asv, "up choice:presence_d_un_asv:ne_sait_pas", &[])
        .await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.body);
    let source = desk.source().await;
    let at = |words: &str| {
        source
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {source}"))
    };
    assert!(at("fr: Oui") < at("fr: Ne sait pas") && at("fr: Ne sait pas") < at("fr: Non"));
    assert!(source.contains("required: true"));

    // A second question under a condition; an error is named with its part.
    let typed = [("new-label", "Nombre de QPV"), ("new-kind", "quantity")];
    desk.press(asv, &format!("add-item {asv}"), &typed).await;
    let qpv = "item:nombre_de_qpv";
    let wrong = [("item:nombre_de_qpv|filter", "presence_d_un_asv = 'yes'")];
    desk.press(qpv, "save", &wrong).await;
    let page = desk.page(qpv).await.body;
    assert!(page.contains("1 erreur"), "{page}");
    assert!(page.contains("ne peut pas encore être publié"));
    let right = [
        ("item:nombre_de_qpv|filter", "presence_d_un_asv = 'choix_1'"),
        ("item:nombre_de_qpv|min", "0,5"),
    ];
    desk.press(qpv, "save", &right).await;
    let page = desk.page(qpv).await.body;
    assert!(
        page.contains("peut être publié") && page.contains("value=\"0.5\""),
        "{page}"
    );
    // It is moved up before the one it depends on, which is wrong, and taken back.
    let moved = desk.press(qpv, &format!("up {qpv}"), &[]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let before = desk.source().await;
    assert!(before.find("nombre_de_qpv").unwrap() < before.find("id: presence_d_un_asv").unwrap());
    let undone = desk.press(qpv, "undo", &[]).await;
    assert!(
        undone.location().contains("done=undone"),
        "{}",
        undone.location()
    );
    let after = desk.source().await;
    assert!(
        after.find("id: nombre_de_qpv").unwrap() > after.find("id: presence_d_un_asv").unwrap()
    );
    desk.press(qpv, "redo", &[]).await;
    assert_eq!(desk.source().await, before);
}

#[tokio::test]
async fn what_is_only_looked_at_is_not_saved() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let typed = [("new-label", "Âge"), ("new-kind", "quantity")];
    desk.press("page:debut", "add-item page:debut", &typed)
        .await;
    let before = desk.source().await;
    let typed = [("item:age|label.fr", "Quel est votre âge ?")];
    let looked = desk.press("item:age", "look", &typed).await;
    assert_eq!(looked.status, StatusCode::OK);
    let preview = looked.body.split("srcdoc=").nth(1).unwrap();
    assert!(preview.contains("Quel est votre âge"), "{preview}");
    assert_eq!(desk.source().await, before);
    // Nothing is said of a proof that has not run; once it has, its findings come alone.
    let found = "data-part=\"findings\"";
    assert!(!looked.body.contains(found), "{}", looked.body);
    let proven = desk.press("item:age", "prove", &typed).await.body;
    assert!(
        proven.contains(found) && proven.contains("data-sound=\"true\""),
        "{proven}"
    );
    assert!(!proven.contains("srcdoc="), "{proven}");
    let looked = desk.press("item:age", "look", &typed).await.body;
    assert!(looked.contains(found), "known by now: {looked}");
    // Half a condition is an error that is told; the page stays.
    let typed = [("item:age|filter", "age >")];
    let looked = desk.press("item:age", "look", &typed).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(
        looked.body.contains("data-severity=\"error\"") && looked.body.contains(found),
        "{}",
        looked.body
    );
    // What cannot be read yet is left as it was.
    let typed = [("item:age|min", "dix-")];
    let looked = desk.press("item:age", "look", &typed).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.body.contains("srcdoc="), "{}", looked.body);
    assert_eq!(desk.source().await, before);
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_as_it_was_typed() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let typed = [("new-label", "Âge"), ("new-kind", "quantity")];
    desk.press("page:debut", "add-item page:debut", &typed)
        .await;
    let typed = [
        ("item:age|min", "dix-huit"),
        ("item:age|label.fr", "Votre âge"),
    ];
    let wrong = desk.press("item:age", "save", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["dix-huit", "Votre âge", "Écrivez un nombre", "aria-invalid"] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    assert!(!desk.source().await.contains("Votre âge"));
    let nowhere = desk.press("item:age", "up choice:age:gone", &[]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nowhere = desk.press("item:age", "remove item:gone", &[]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.body.contains("n’existe plus"), "{}", nowhere.body);
    // A part that is not there is not an error: the questionnaire is open then.
    assert_eq!(desk.page("item:gone").await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_people_see_each_other_and_what_meets() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let typed = [("new-label", "Âge"), ("new-kind", "quantity")];
    desk.press("page:debut", "add-item page:debut", &typed)
        .await;
    let read = desk.revision().await;
    desk.press("item:age", "save", &[("item:age|label.fr", "Votre âge")])
        .await;
    let late = form(&[
        ("node", "item:age"),
        ("revision", &read),
        ("do", "save"),
        ("item:age|label.fr", "Quel âge ?"),
        ("item:age|min", "18"),
    ]);
    let late = desk.person.post(EDIT, &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    for words in ["Quel âge", "Votre âge", "écrit au même endroit"] {
        assert!(late.body.contains(words), "{words}: {}", late.body);
    }
    assert!(desk.source().await.contains("min: 18"));
    let bo = organiser(&site, "bo@exemple.fr").await;
    let news = bo.get(&format!("{EDIT}/news?node=item:age")).await;
    assert_eq!(
        news.status,
        StatusCode::NOT_FOUND,
        "no member of this study"
    );
}

#[tokio::test]
async fn what_is_written_is_text_in_the_editor_and_its_preview() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let hostile = "\"><script>alert(1)</script></textarea></iframe>";
    let typed = [("new-label", hostile), ("new-kind", "single")];
    let added = desk
        .press("page:debut", "add-item page:debut", &typed)
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let at = added.location().replace("&done=saved", "");
    let page = desk.person.get(&at).await.body;
    assert!(
        page.contains("alert(1)") && !page.contains("<script>alert"),
        "{page}"
    );
    assert!(page.contains("sandbox=\"allow-same-origin\""));
}
