//! Conditions put together over HTTP and without scripts: what a browser would send is read from the page.

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
    for piece in form.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
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
            "textarea" => found.push((name.unwrap(), plain(text))),
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
        let shown = format!("value=\"{button}\"");
        assert!(
            page.body.contains(&shown),
            "no button {button}: {}",
            page.body
        );
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

#[tokio::test]
async fn what_is_wrong_is_named_in_its_place() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let page = desk.page("item:avis").await;
    let wrong = desk
        .press(&page, "save", &[("text", "agee > 18 and presence = 'yes'")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &wrong,
        &[
            "<mark>agee</mark>",
            "Essayez : age",
            "'yes'",
            "aria-invalid",
            "malgré l’erreur",
        ],
    );
    assert!(!desk.source().await.contains("agee"));
    // Half-written is how writing looks.
    let kept = desk.press(&wrong, "keep", &[]).await;
    assert!(kept.location().contains("done=saved"), "{}", kept.body);
    assert!(desk.source().await.contains("agee > 18"));
    // A line that is not finished is not saved, and nothing of it is lost.
    let page = desk.page("item:etp").await;
    let page = desk.press(&page, "line g", &[]).await;
    let page = desk.press(&page, "update", &[("g-0.subject", "age")]).await;
    let wrong = desk.press(&page, "save", &[("g-0.value", "dix")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &wrong,
        &[
            "n’est pas terminée",
            "Écrivez un nombre",
            "value=\"dix\"",
            "href=\"#g-0.value\"",
        ],
    );
    // A check cannot do without.
    let check = desk.page("check:avis:lu").await;
    says(&check, &["acceptée si", "Vérification"]);
    let empty = desk.press(&check, "save", &[("text", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&empty, &["Il faut une condition ici"]);
}

#[tokio::test]
async fn a_way_of_the_map_leads_to_its_line() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let asked = "page:detail&field=when&reads=presence&value=oui";
    let page = desk.page(asked).await;
    assert_eq!(text(&page), "presence = 'oui'");
    says(&page, &["pas encore enregistré"]);
    let saved = desk.press(&page, "save", &[]).await;
    assert!(
        saved.location().contains("at=page%3Adetail&field=filter"),
        "{}",
        saved.location()
    );
    // It is there already: it is not put in twice.
    assert_eq!(text(&desk.page(asked).await), "presence = 'oui'");
    let more = desk.page("page:detail&reads=demarches&value=asv").await;
    assert_eq!(text(&more), "presence = 'oui' and demarches has 'asv'");
}

#[tokio::test]
async fn what_others_wrote_there_is_shown_and_kept() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let early = desk.page("item:avis").await;
    let theirs = desk.press(&early, "save", &[("text", "age > 20")]).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.body);
    let late = desk.press(&early, "save", &[("text", "age > 30")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    says(
        &late,
        &["écrit au même endroit", "age &gt; 20", "age &gt; 30"],
    );
    assert!(desk.source().await.contains("age > 20"));
    // Having seen it, they want theirs again.
    let again = desk.press(&late, "save", &[]).await;
    assert!(again.location().contains("done=saved"), "{}", again.body);
    assert!(desk.source().await.contains("age > 30"));
    // What others wrote elsewhere is merged.
    let early = desk.page("item:avis").await;
    let other = desk.page("page:detail").await;
    desk.press(&other, "save", &[("text", "age > 1")]).await;
    let merged = desk.press(&early, "save", &[("text", "age > 40")]).await;
    assert!(merged.location().contains("done=merged"), "{}", merged.body);
    // What is gone meanwhile is said to be.
    let early = desk.page("item:avis").await;
    let source = desk.source().await;
    let without = source.split("    - id: avis").next().unwrap().to_owned();
    let revision = fields(&early.body)
        .into_iter()
        .find(|it| it.0 == "revision")
        .unwrap()
        .1;
    let encoded: String = without.bytes().map(|it| format!("%{it:02X}")).collect();
    let body = format!("do=save&revision={revision}&source={encoded}");
    let removed = desk.person.post(TEXT, &body).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    let gone = desk.press(&early, "save", &[("text", "age > 50")]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT, "{}", gone.body);
    says(&gone, &["n’existe plus", "age &gt; 50"]);
}

#[tokio::test]
async fn there_is_a_page_where_there_is_a_condition() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    for at in [
        "block:detail",
        "page:profil",
        "item:etp",
        "choice:presence:oui",
        "check:avis:lu",
    ] {
        assert_eq!(desk.page(at).await.status, StatusCode::OK, "{at}");
    }
    for at in [
        "questionnaire",
        "item:taille",
        "item:gone",
        "choice:presence:gone",
        "nothing",
        "frame",
    ] {
        assert_eq!(desk.page(at).await.status, StatusCode::NOT_FOUND, "{at}");
    }
    // Nobody has said which one.
    let page = desk.person.get(PATH).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(page.location().ends_with("/questionnaire/edit"));
    let bo = organiser(&site, "bo@exemple.fr").await;
    let reply = bo.get(&format!("{PATH}?at=item:avis")).await;
    assert_eq!(
        reply.status,
        StatusCode::NOT_FOUND,
        "no member of this study"
    );
}

#[tokio::test]
async fn what_is_written_is_text_on_the_page() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let page = desk.page("item:avis").await;
    let hostile = "</textarea><script>alert(1)</script>";
    let page = desk.press(&page, "look", &[("text", hostile)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("alert(1)") && !page.body.contains("<script>alert"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn many_choices_are_searched() {
    let site = Site::open().await;
    let desk = Desk::open(&site).await;
    let choices: Vec<String> = (0..200)
        .map(|it| format!("{{code: c{it}, label: {{fr: Commune {it}}}}}"))
        .collect();
    let many = SURVEY.replace(
        "choices: [{code: '75056', label: {fr: Paris}, attributes: {qpv: true}}]",
        &format!(
            "choices: [{}, {{code: '75056', label: {{fr: Pârîs}}}}]",
            choices.join(", ")
        ),
    );
    let encoded: String = many.bytes().map(|it| format!("%{it:02X}")).collect();
    let saved = desk
        .person
        .post(TEXT, &format!("do=save&revision=1&source={encoded}"))
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = desk.page("item:avis").await;
    let page = desk
        .press(&page, "read", &[("text", "lieu = 'c150'")])
        .await;
    // What is chosen is in view, not all the others.
    says(&page, &["Commune 150", "201 choix"]);
    assert!(!page.body.contains("Commune 190"));
    let page = desk.press(&page, "update", &[("g-0.find", "paris")]).await;
    says(&page, &["Pârîs", "1 choix correspond", "Commune 150"]);
    let page = desk.press(&page, "update", &[("g-0.value", "75056")]).await;
    assert_eq!(text(&page), "lieu = '75056'");
    // Several of them.
    let typed = [("g-0.operator", "among"), ("g-0.find", "commune 19")];
    let page = desk.press(&page, "update", &typed).await;
    says(&page, &["type=\"checkbox\"", "Commune 199", "Pârîs"]);
    assert_eq!(text(&page), "lieu in ('75056')");
}
