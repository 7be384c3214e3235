//! Conditions put together over HTTP and without scripts: what a browser would send is read from the page.

mod beside;

use axum::http::StatusCode;

use crate::person::Person;
use crate::roles::{Reply, Site};
use crate::writing_pages::organiser;

const PATH: &str = "/studio/s/essai/questionnaire/condition";
const TEXT: &str = "/studio/s/essai/questionnaire";

const SURVEY: &str = "id: essai
title: {fr: Essai}
frame:
- {id: taille, kind: quantity, label: {fr: Habitants de la commune}}
blocks:
- id: profil
  title: {fr: Votre profil}
  pages:
  - id: profil
    items:
    - {id: age, kind: quantity, label: {fr: Votre âge}, required: true, min: 0, max: 120}
    - id: presence
      kind: single
      label: {fr: Présence d’un ASV}
      required: true
      choices: [{code: oui, label: {fr: Oui}}, {code: non, label: {fr: Non}}]
    - id: demarches
      kind: multiple
      label: {fr: Vos démarches}
      choices: [{code: cls, label: {fr: CLS}}, {code: asv, label: {fr: ASV}}]
    - id: lieu
      kind: territory
      label: {fr: Votre commune}
      attributes: [{id: qpv, type: boolean}]
      choices: [{code: '75056', label: {fr: Paris}, attributes: {qpv: true}}]
- id: detail
  title: {fr: Le détail}
  pages:
  - id: detail
    items:
    - id: postes
      kind: roster
      label: {fr: Vos postes}
      key: demarche
      over: demarches
      items: [{id: etp, kind: quantity, label: {fr: ETP}, min: 0, max: 10}]
    - id: avis
      kind: text
      label: {fr: Votre avis}
      checks: [{id: lu, require: age > 0, message: {fr: Lu ?}}]
";

/// The values that a browser would send for the page's form.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("id=\"part\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut found = Vec::new();
    let plain = |text: &str| {
        let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let after = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(plain(after.split('"').next().unwrap()))
    };
    let mut rest = form;
    while let Some((_, after)) = rest.split_once('<') {
        // Values of attributes may hold both signs.
        let mut is_quoted = false;
        let end = after.find(|it| {
            is_quoted ^= it == '"';
            it == '>' && !is_quoted
        });
        let (tag, after) = after.split_at(end.unwrap());
        let text = after[1..].split('<').next().unwrap();
        rest = after;
        let name = attribute(tag, "name");
        match tag.split([' ', '/']).next().unwrap() {
            "input" => {
                let is_box = tag.contains("type=\"checkbox\"");
                if !is_box || tag.contains(" checked") {
                    let value = attribute(tag, "value").unwrap_or_default();
                    found.push((name.unwrap(), value));
                }
            }
            // The first option is sent where none is chosen.
            "select" => found.push((name.unwrap(), "\u{0}".to_owned())),
            "option" => {
                let value = attribute(tag, "value").unwrap();
                let last = &mut found.last_mut().unwrap().1;
                if last == "\u{0}" || tag.contains(" selected") {
                    *last = value;
                }
            }
            // Browsers drop the line break that it begins with.
            "textarea" => {
                let text = text.strip_prefix('\n').unwrap_or(text);
                found.push((name.unwrap(), plain(text)));
            }
            _ => {}
        }
    }
    found
}

struct Desk<'a> {
    person: Person<'a>,
}

impl Desk<'_> {
    async fn open(site: &Site) -> Desk<'_> {
        let person = organiser(site, "ada@exemple.fr").await;
        let session = person.held("recueil-team").unwrap();
        let begun = [("from", "file"), ("file", SURVEY)];
        let begun = site.give("/studio/new", &session, &begun).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        Desk { person }
    }

    async fn page(&self, at: &str) -> Reply {
        self.person.get(&format!("{PATH}?at={at}")).await
    }

    /// Chooses and types on a page, and presses a button of it.
    async fn press(&self, page: &Reply, button: &str, typed: &[(&str, &str)]) -> Reply {
        // Only the script looks.
        let shown = format!("value=\"{button}\"");
        let is_there = button == "look" || page.body.contains(&shown);
        assert!(is_there, "no button {button}: {}", page.body);
        let mut fields = fields(&page.body);
        for (name, value) in typed {
            let at = fields.iter().position(|it| it.0 == *name);
            let at = at.unwrap_or_else(|| panic!("no field {name}: {}", page.body));
            fields[at].1 = (*value).to_owned();
        }
        fields.push(("do".to_owned(), button.to_owned()));
        let encoded =
            |text: &str| -> String { text.bytes().map(|it| format!("%{it:02X}")).collect() };
        let fields = fields.iter();
        let fields: Vec<_> = fields
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        self.person.post(PATH, &fields.join("&")).await
    }

    async fn source(&self) -> String {
        let page = self.person.get(TEXT).await.body;
        let text = page.split("<textarea").nth(1).unwrap();
        let text = text.split("</textarea>").next().unwrap();
        text.replace("&#x27;", "'")
            .replace("&gt;", ">")
            .replace("&lt;", "<")
    }
}

#[track_caller]
fn says(page: &Reply, words: &[&str]) {
    let body = page.body.replace(['\u{202f}', '\u{a0}'], " ");
    for it in words {
        assert!(body.contains(it), "{it}: {body}");
    }
}

/// The text that stands beside the lines.
fn text(page: &Reply) -> String {
    let fields = fields(&page.body);
    fields.into_iter().find(|it| it.0 == "text").unwrap().1
}

#[tokio::test]
async fn a_condition_is_put_together_line_by_line() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    // From the editor, with what was typed there.
    let editor = desk
        .person
        .get(&format!("{TEXT}/edit?node=item:avis"))
        .await;
    let button = "value=\"condition item:avis|filter\"";
    assert!(editor.body.contains(button), "{}", editor.body);
    let page = desk.page("item:avis").await;
    assert_eq!(page.status, StatusCode::OK);
    says(
        &page,
        &[
            "Votre avis",
            "Afficher si",
            "Sans condition",
            "Ajouter une ligne",
            "répondants types",
        ],
    );

    let page = desk.press(&page, "line g", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    says(
        &page,
        &[
            "Choisissez de quoi parle cette ligne",
            "Votre profil",
            "Présence d’un ASV",
            "Habitants de la commune",
            "Votre commune : qpv",
        ],
    );
    // Its values are there once the page knows what it is about.
    let page = desk
        .press(&page, "update", &[("g-0.subject", "presence")])
        .await;
    says(
        &page,
        &["Donnez une valeur", "est l’un de", "n’a pas de réponse"],
    );
    let page = desk.press(&page, "line g", &[("g-0.value", "oui")]).await;
    assert_eq!(text(&page), "presence = 'oui'");
    let page = desk.press(&page, "update", &[("g-1.subject", "age")]).await;
    let typed = [("g-1.operator", "greater"), ("g-1.value", "17,5")];
    let page = desk.press(&page, "group g", &typed).await;
    assert_eq!(text(&page), "presence = 'oui' and age > 17.5");
    // A group in it, in which either will do; then one about units.
    let page = desk
        .press(&page, "update", &[("g-2-0.subject", "demarches")])
        .await;
    let page = desk
        .press(&page, "line g-2", &[("g-2-0.value", "cls")])
        .await;
    let page = desk
        .press(&page, "update", &[("g-2-1.subject", "lieu.qpv")])
        .await;
    let page = desk.press(&page, "units g", &[]).await;
    assert_eq!(
        text(&page),
        "presence = 'oui' and age > 17.5 and (demarches has 'cls' or lieu.qpv)"
    );
    says(&page, &["Pour au moins une unité", "Vos postes"]);
    let page = desk
        .press(&page, "update", &[("g-3-0.subject", "etp")])
        .await;
    let typed = [
        ("g-3-0.operator", "greater-or-equal"),
        ("g-3-0.value", "1"),
        ("g-3.how", "count"),
    ];
    let page = desk.press(&page, "update", &typed).await;
    let page = desk.press(&page, "update", &[("g-3.value", "2")]).await;
    let whole = "presence = 'oui' and age > 17.5 and (demarches has 'cls' or lieu.qpv) and count(postes, etp >= 1) >= 2";
    assert_eq!(text(&page), whole);
    says(
        &page,
        &["pas encore enregistré", "répondants types qui arrivent ici"],
    );
    assert!(
        !desk.source().await.contains("filter"),
        "nothing is saved yet"
    );

    // Doubled, moved, taken away.
    let page = desk.press(&page, "copy g-0", &[]).await;
    let page = desk.press(&page, "down g-0", &[]).await;
    let page = desk.press(&page, "remove g-1", &[]).await;
    assert_eq!(text(&page), whole);
    let saved = desk.press(&page, "save", &[]).await;
    assert!(
        saved.location().contains("done=saved"),
        "{} {}",
        saved.location(),
        saved.body
    );
    assert!(
        desk.source().await.contains(whole),
        "{}",
        desk.source().await
    );
    let page = desk.person.get(saved.location()).await;
    says(&page, &["C’est enregistré"]);
    assert_eq!(text(&page), whole);
    // It is taken back here, too.
    let undone = desk.press(&page, "undo", &[]).await;
    let page = desk.person.get(undone.location()).await;
    says(&page, &["La modification est annulée", "Sans condition"]);
    assert_eq!(text(&page), "");
}

#[tokio::test]
async fn text_and_lines_follow_each_other() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let page = desk.page("page:detail").await;
    let page = desk
        .press(&page, "read", &[("text", "age >= 18 and taille > 100 + 1")])
        .await;
    says(&page, &["est supérieur ou égal à", "Écrit comme texte"]);
    let page = desk.press(&page, "update", &[("g-0.value", "21")]).await;
    assert_eq!(text(&page), "age >= 21 and taille > 100 + 1");
    // Both change: nobody's typing is thrown away.
    let typed = [("g-0.value", "30"), ("text", "age < 5")];
    let torn = desk.press(&page, "save", &typed).await;
    assert_eq!(torn.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &torn,
        &[
            "ne disent plus la même chose",
            "Garder les lignes",
            "age &lt; 5",
            "value=\"30\"",
        ],
    );
    let lines = desk.press(&torn, "lines", &[]).await;
    assert_eq!(text(&lines), "age >= 30 and taille > 100 + 1");
    let taken = desk.press(&torn, "read", &[]).await;
    assert_eq!(text(&taken), "age < 5");
    // Saved, and back in the editor.
    let back = desk.press(&taken, "back", &[]).await;
    assert!(
        back.location().contains("/edit?node=page%3Adetail"),
        "{}",
        back.location()
    );
}
