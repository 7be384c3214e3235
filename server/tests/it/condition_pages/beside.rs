//! What is wrong, what others write, what leads to a condition.

use axum::http::StatusCode;

use super::{Desk, PATH, SURVEY, TEXT, fields, says, text};
use crate::roles::Site;
use crate::writing_pages::organiser;

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
    let revision = fields(&early.body);
    let revision = revision.into_iter().find(|it| it.0 == "revision");
    let remove = "node=item%3Aavis&do=remove+item%3Aavis";
    let remove = format!("{remove}&revision={}", revision.unwrap().1);
    let removed = desk.person.post(&format!("{TEXT}/edit"), &remove).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    let gone = desk.press(&early, "save", &[("text", "age > 50")]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT, "{}", gone.body);
    says(&gone, &["n’existe plus", "age &gt; 50"]);
    // Nor is it lost where somebody has saved what is no questionnaire.
    let page = desk.page("page:detail").await;
    let latest = desk.person.get(TEXT).await.body;
    let latest = latest.split("name=\"revision\" value=\"").nth(1).unwrap();
    let latest = latest.split('"').next().unwrap();
    let body = format!("do=save&revision={latest}&source=rien");
    let broken = desk.person.post(TEXT, &body).await;
    assert_eq!(broken.status, StatusCode::SEE_OTHER, "{}", broken.body);
    let held = desk.press(&page, "save", &[("text", "age > 60")]).await;
    assert_eq!(held.status, StatusCode::CONFLICT, "{}", held.body);
    says(&held, &["n’est plus un questionnaire", "age &gt; 60"]);
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
