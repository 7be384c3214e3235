//! The pages about whom a wave asks: a file checked and taken in, mails read and sent, a call-back list.

use axum::http::{Method, header};
use service::Role;

use crate::roles::{Reply, Site};

const WAVE: &str = "/studio/s/qpv-cls/waves/qpv-cls";

const SAMPLE: &str = "email;langue;taille\nmarie@exemple.fr;fr;12\npaul@exemple.fr;en;3\n";

struct Desk {
    site: Site,
    organiser: String,
}

impl Desk {
    async fn open() -> Self {
        let site = Site::open().await;
        let organiser = site.somebody("o@exemple.fr", Some(Role::Organiser), false);
        let organiser = organiser.await.reveal().to_owned();
        Self { site, organiser }
    }

    async fn get(&self, path: &str) -> Reply {
        let session = Some(self.organiser.as_str());
        let path = format!("{WAVE}{path}");
        self.site.send(&Method::GET, &path, session, "").await
    }

    async fn post(&self, path: &str, body: &str) -> Reply {
        let session = Some(self.organiser.as_str());
        let path = format!("{WAVE}{path}");
        self.site.send(&Method::POST, &path, session, body).await
    }

    /// The form with a file, as browsers send it.
    async fn give(&self, fields: &[(&str, &str)]) -> Reply {
        let path = format!("{WAVE}/invitations");
        self.site.give(&path, &self.organiser, fields).await
    }
}

fn shows(reply: &Reply, texts: &[&str]) {
    for text in texts {
        assert!(reply.body.contains(text), "{text}\n{}", reply.body);
    }
}

#[tokio::test]
async fn people_are_looked_at_and_then_taken_in() {
    let desk = Desk::open().await;
    let empty = desk.get("/invitations").await;
    shows(&empty, &["Importer les personnes à inviter"]);
    assert!(!empty.body.contains("Envoyer maintenant"));

    let wrong = desk
        .give(&[("file", "email;langue\nnobody;de\n"), ("do", "import")])
        .await;
    assert_eq!(wrong.status, 422);
    shows(
        &wrong,
        &[
            "Rien n’a été importé",
            "adresse non valide",
            "langue que le questionnaire n’a pas",
        ],
    );
    assert!(!wrong.body.contains("nobody"), "never what stands there");

    let checked = desk.give(&[("file", SAMPLE), ("do", "check")]).await;
    assert_eq!(checked.status, 200);
    shows(
        &checked,
        &[
            "Il ajouterait 2 personnes",
            "langue des messages",
            "gardée avec la personne",
            "marie@exemple.fr",
        ],
    );
    // Nothing was done, and what comes back from the page is the file.
    shows(&desk.get("/invitations").await, &["Importer les personnes"]);
    let table = checked.body.split("name=\"table\" value=\"").nth(1);
    let table = table.and_then(|it| it.split('"').next()).unwrap();
    let taken = desk.give(&[("table", table), ("do", "import")]).await;
    shows(&taken, &["2 personnes ajoutées"]);
    let again = desk.give(&[("file", SAMPLE), ("do", "import")]).await;
    shows(&again, &["Personne n’a été ajouté", "(lignes 2, 3)"]);

    let nothing = desk.give(&[("do", "check")]).await;
    assert_eq!(nothing.status, 422);
    shows(&nothing, &["Choisissez un fichier"]);
    let broken = desk.give(&[("table", "%%%"), ("do", "check")]).await;
    assert_eq!(broken.status, 422);
}

#[tokio::test]
async fn mails_go_to_as_many_as_the_page_said() {
    let desk = Desk::open().await;
    desk.give(&[("file", SAMPLE), ("do", "import")]).await;
    let page = desk.get("/invitations").await;
    shows(
        &page,
        &[
            "Inviter 2 personnes",
            "Envoyer maintenant (2)",
            // Both languages are read before they go.
            "Votre avis",
            "Your views",
            "Personne n’est à relancer",
            "Aucun serveur d’envoi",
        ],
    );
    let other = desk.post("/invitations/send", "send=invitation&n=3").await;
    assert_eq!(other.status, 409);
    shows(&other, &["a changé"]);
    assert_eq!(
        desk.post("/invitations/send", "send=x&n=2").await.status,
        400
    );
    let sent = desk.post("/invitations/send", "send=invitation&n=2").await;
    assert_eq!(
        sent.location(),
        format!("{WAVE}/invitations?done=sent"),
        "{}",
        sent.body
    );
    let page = desk.get("/invitations?done=sent").await;
    shows(
        &page,
        &["en file d’envoi", "Personne n’attend d’invitation"],
    );
    // Pressed twice, it goes once.
    let twice = desk.post("/invitations/send", "send=invitation&n=2").await;
    assert_eq!(twice.status, 409);
}

/// The number alone does not tell: once the first reminder has left, as many people are due again.
#[tokio::test]
async fn a_reminder_that_has_left_does_not_leave_again_by_the_same_form() {
    let desk = Desk::open().await;
    desk.give(&[("file", SAMPLE), ("do", "import")]).await;
    let deliver = async || {
        let post = desk.site.services.post();
        while let Some(parcel) = post.take().await.unwrap() {
            post.settle(&parcel, service::Verdict::Taken).await.unwrap();
        }
    };
    desk.post("/invitations/send", "send=invitation&n=2").await;
    deliver().await;
    let page = desk.get("/invitations").await;
    shows(
        &page,
        &["Relancer 2 personnes", "name=\"before\" value=\"0\""],
    );
    let form = "send=reminder&n=2&before=0";
    let sent = desk.post("/invitations/send", form).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    deliver().await;
    assert_eq!(desk.post("/invitations/send", form).await.status, 409);
    // On the page as it is now, one may.
    let page = desk.get("/invitations").await;
    shows(
        &page,
        &["Relancer 2 personnes", "name=\"before\" value=\"2\""],
    );
    let again = desk
        .post("/invitations/send", "send=reminder&n=2&before=2")
        .await;
    assert_eq!(again.status, 303, "{}", again.body);
}

#[tokio::test]
async fn a_mail_says_what_the_team_writes() {
    let desk = Desk::open().await;
    let page = desk.get("/messages/reminder").await;
    shows(&page, &["texte d’origine", "https://example.org/i/0000"]);
    assert_eq!(desk.get("/messages/nothing").await.status, 404);

    let typed = "language=fr&subject=Avis&body=%7Blink%7D%0D%0A%7Bopt_out%7D";
    let seen = desk
        .post("/messages/reminder", &format!("do=show&{typed}"))
        .await;
    shows(&seen, &["pas encore enregistré"]);
    let page = desk.get("/messages/reminder").await;
    assert!(!page.body.contains("texte de la vague"), "only looked at");

    let wrong = "do=keep&language=fr&subject=%7Blink%7D&body=%7Bnom%7D+%3Cb%3E";
    let wrong = desk.post("/messages/reminder", wrong).await;
    assert_eq!(wrong.status, 422);
    shows(
        &wrong,
        &[
            "pas de lien dans l’objet",
            "{nom} n’est pas un texte variable",
            "il manque {opt_out}",
            "aria-invalid=\"true\"",
        ],
    );
    // What is drawn in a field stays in it.
    shows(&wrong, &["&lt;b&gt;"]);
    assert!(!wrong.body.contains("<b>"));

    let kept = desk
        .post("/messages/reminder", &format!("do=keep&{typed}"))
        .await;
    assert_eq!(
        kept.location(),
        format!("{WAVE}/messages/reminder?done=kept")
    );
    let page = desk.get("/messages/reminder?done=kept").await;
    shows(
        &page,
        &["texte de la vague", "Revenir au texte", "value=\"Avis\""],
    );
    desk.post("/messages/reminder", "do=drop&language=fr").await;
    let page = desk.get("/messages/reminder").await;
    assert!(!page.body.contains("texte de la vague"));
    for bad in ["do=show&language=de", "do=x&language=fr"] {
        assert_eq!(desk.post("/messages/reminder", bad).await.status, 400);
    }
}

#[tokio::test]
async fn a_file_of_the_largest_size_is_read_and_no_larger_one() {
    let desk = Desk::open().await;
    // More than other forms may hold.
    let mut large = "email;x\n".to_owned();
    for n in 0..20_000 {
        large += &format!("p{n}@exemple.fr;{}\n", "é".repeat(30));
    }
    assert!(large.len() > 1 << 20);
    let checked = desk.give(&[("file", &large), ("do", "check")]).await;
    assert_eq!(checked.status, 200);
    shows(
        &checked,
        &[
            "Il ajouterait 20\u{202f}000 personnes",
            "choisissez-le de nouveau",
        ],
    );
    let larger = "a".repeat(34 << 20);
    let refused = desk.give(&[("file", &larger), ("do", "check")]).await;
    assert_eq!(refused.status, 413);
    // Other forms stay small.
    let other = desk.post("/invitations/send", &large).await;
    assert_eq!(other.status, 413);
}

#[tokio::test]
async fn who_agreed_to_it_may_be_called_back() {
    let desk = Desk::open().await;
    shows(&desk.get("/contacts").await, &["Personne n’a encore"]);
    for (agrees, name) in [("true", "Awa =1"), ("false", "Paul")] {
        answer(&desk.site, agrees, name).await;
    }
    let page = desk.get("/contacts").await;
    shows(&page, &["Awa =1", "awa@exemple.fr", "Acceptez-vous d’être"]);
    assert!(!page.body.contains("Paul"));
    let file = desk.get("/contacts.csv").await;
    let kind = file.headers.get(header::CONTENT_TYPE).unwrap();
    assert_eq!(kind, "text/csv; charset=utf-8");
    let lines: Vec<_> = file.body.lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.body);
    assert!(lines[1].starts_with("Awa =1,awa@exemple.fr,,fr,"));
    let owner = desk.site.somebody("p@exemple.fr", Some(Role::Owner), false);
    let owner = owner.await.reveal().to_owned();
    let audit = desk
        .site
        .send(
            &Method::GET,
            "/studio/s/qpv-cls/audit",
            Some(owner.as_str()),
            "",
        )
        .await;
    shows(&audit, &["Liste de rappel téléchargée"]);
    assert!(!audit.body.contains("Awa"));
}

/// Somebody who answers, and gives their name.
async fn answer(site: &Site, agrees: &str, name: &str) {
    let services = &site.services;
    let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
    let respond = services.respond();
    let (token, _) = respond.open(&wave, "fr").await.unwrap();
    let first = include_str!("../../../questionnaires/qpv-cls/responses.ndjson");
    let sheet: questionnaire::Sheet = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    let fill = |draft: &mut service::Draft| {
        draft.sheet.answers = sheet.answers.clone();
        let agrees = serde_json::from_str(agrees).unwrap();
        draft.sheet.answers.insert("rappel".to_owned(), agrees);
        let details = [
            (
                questionnaire::instrument::ContactField::Name,
                name.to_owned(),
            ),
            (
                questionnaire::instrument::ContactField::Email,
                format!("{}@exemple.fr", name[..3].to_lowercase()),
            ),
        ];
        draft.contacts.insert("contact".to_owned(), details.into());
    };
    respond.change(&wave, &token, fill).await.unwrap();
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    let key = respond.idempotency_key(&wave, &token, &draft);
    respond.submit(&wave, &token, &key, b"").await.unwrap();
}
