//! The page where responses are entered: a file checked and taken in, by whoever may enter and sees nothing else.

use app::i18n::Texts;
use app::language::Language;
use app::studio::team::{entry_remark, entry_unreadable};
use app::typography::typeset;
use axum::http::Method;
use questionnaire::FailureCode;
use service::Role;

use crate::program::survey;
use crate::roles::{Reply, Site};

const WAVE: &str = "/studio/s/qpv-cls/waves/qpv-cls";

struct Desk {
    site: Site,
    session: String,
}

impl Desk {
    async fn of(role: Role) -> Self {
        let site = Site::open().await;
        let session = site.somebody("c@exemple.fr", Some(role), false).await;
        let session = session.reveal().to_owned();
        Self { site, session }
    }

    async fn get(&self, path: &str) -> Reply {
        let session = Some(self.session.as_str());
        self.site.send(&Method::GET, path, session, "").await
    }

    /// The form with a file, as browsers send it.
    async fn give(&self, fields: &[(&str, &str)]) -> Reply {
        let path = format!("{WAVE}/entry");
        self.site.give(&path, &self.session, fields).await
    }
}

fn shows(reply: &Reply, texts: &[&str]) {
    for text in texts {
        assert!(reply.body.contains(text), "{text}\n{}", reply.body);
    }
}

#[tokio::test]
async fn a_correspondent_checks_a_file_and_takes_it_in() {
    let desk = Desk::of(Role::Correspondent).await;
    let study = desk.get("/studio/s/qpv-cls").await;
    shows(
        &study,
        &["/studio/s/qpv-cls/waves/qpv-cls/entry\">Saisie</a>"],
    );
    let empty = desk.get(&format!("{WAVE}/entry")).await;
    shows(&empty, &["meta.id,meta.reached,", "cls_partenaires["]);
    for hidden in ["Invitations", "Réglages", "Recevabilité", "Résultats"] {
        assert!(!empty.body.contains(hidden), "{hidden}");
    }

    let sheets = std::fs::read_to_string(survey("responses.ndjson")).unwrap();
    let some: Vec<&str> = sheets.lines().take(4).collect();
    let file = some.join("\n");
    let checked = desk.give(&[("file", &file), ("do", "check")]).await;
    assert_eq!(checked.status, 200);
    shows(
        &checked,
        &["4 réponses seraient ajoutées", "Importer 4 réponses"],
    );
    // Nothing was done, and what comes back from the page is the file.
    let again = checked.body.split("name=\"again\" value=\"").nth(1);
    let again = again.and_then(|it| it.split('"').next()).unwrap();
    let taken = desk.give(&[("again", again), ("do", "import")]).await;
    shows(&taken, &["4 réponses ajoutées"]);
    let twice = desk.give(&[("file", &file), ("do", "import")]).await;
    shows(
        &twice,
        &["Aucune réponse n’a été ajoutée", "Déjà là, inchangées"],
    );
    let known = desk.give(&[("file", &file), ("do", "check")]).await;
    shows(&known, &["Aucune réponse ne serait ajoutée"]);
    assert!(
        !known.body.contains("value=\"import\">Importer "),
        "nothing to take in"
    );
}

#[tokio::test]
async fn what_is_not_taken_is_told_by_line_question_and_reason() {
    let desk = Desk::of(Role::Organiser).await;
    let edges = std::fs::read_to_string(survey("edge.ndjson")).unwrap();
    let file = format!(
        "{edges}\n{{not a sheet\n{{\"meta\":{{\"id\":\"<b>x</b>\",\"rehearsal\":true}},\"answers\":{{}}}}\n{{\"meta\":{{\"id\":\"y\"}},\"answers\":{{\"<i>z</i>\":\"SECRET\"}}}}\n"
    );
    let told = desk.give(&[("file", &file), ("do", "import")]).await;
    assert_eq!(told.status, 200);
    shows(
        &told,
        &[
            "12 réponses ajoutées",
            "cls_partenaires",
            "une réponse est attendue",
            "00000000-0000-4000-8000-000000000013",
            "Ligne 16",
            "n’est pas une feuille de réponses",
            "vient d’une répétition",
            "le questionnaire n’a pas de telle question",
            "réponse hors du parcours",
            "&lt;b&gt;x&lt;/b&gt;",
            "&lt;i&gt;z&lt;/i&gt;",
        ],
    );
    for never in ["<b>x", "<i>z", "SECRET", "--rehearsal"] {
        assert!(!told.body.contains(never), "{never}");
    }

    let table = "meta.id;nb_qpv;<script>alert(1)</script>\n<u>1</u>;beaucoup;x\n";
    let told = desk.give(&[("file", table), ("do", "check")]).await;
    shows(
        &told,
        &[
            "Une colonne n’est pas lue",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "&lt;u&gt;1&lt;/u&gt;",
            "la valeur n’est pas du type attendu",
        ],
    );
    for never in ["<script>alert", "<u>1", "beaucoup"] {
        // The file itself goes into the page in Base64 only.
        assert!(!told.body.contains(never), "{never}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_what_to_do() {
    let desk = Desk::of(Role::Correspondent).await;
    for (file, words) in [
        ("", "Choisissez un fichier"),
        (
            "email;langue\nm@exemple.fr;fr\n",
            "aucune colonne n’est du questionnaire",
        ),
        ("PK\u{3}\u{4} and nothing more", "classeur abîmé"),
    ] {
        for wish in ["check", "import"] {
            let reply = desk.give(&[("file", file), ("do", wish)]).await;
            assert_eq!(reply.status, 422);
            shows(&reply, &[words, "aria-invalid=\"true\"", "<title>Erreur"]);
        }
    }
    // More than comes back from the page is chosen again; more than a form holds is refused.
    let line = "{\"answers\":{\"nb_qpv\":\"beaucoup\"}}\n";
    let valid = std::fs::read_to_string(survey("responses.ndjson")).unwrap();
    let large = format!("{}\n{}", valid.lines().next().unwrap(), line.repeat(20_000));
    let checked = desk.give(&[("file", &large), ("do", "check")]).await;
    shows(&checked, &["Le fichier est grand", "Et "]);
    assert!(!checked.body.contains("name=\"again\""));
    assert!(checked.body.len() < 200_000, "{}", checked.body.len());
    let larger = "x".repeat(34 * 1024 * 1024);
    let refused = desk.give(&[("file", &larger), ("do", "check")]).await;
    assert_eq!(refused.status, 413);
}

/// Every code that a file can get has words, here and on the command line, and those of the list of codes.
#[test]
fn every_code_of_a_file_has_words() {
    let failures = [
        FailureCode::Required,
        FailureCode::Type,
        FailureCode::UnknownItem,
        FailureCode::UnknownCode,
        FailureCode::Range,
        FailureCode::Exclusive,
        FailureCode::ChoiceFilter,
        FailureCode::Check("a:b".to_owned()),
    ];
    let mut codes: Vec<String> = failures.iter().map(FailureCode::code).collect();
    codes.extend(["conflict", "rehearsal", "off_path"].map(str::to_owned));
    let unreadable = [
        "encoding",
        "no_known_column",
        "too_large",
        "workbook_encrypted",
        "workbook_old",
        "workbook_damaged",
        "workbook_dtd",
        "workbook_empty",
        "error_cell",
    ];
    for language in Language::ALL {
        let texts = Texts::of(language);
        for code in &codes {
            let words = entry_remark(texts, code);
            assert!(!words.starts_with("entry-"), "{code} {language:?}");
        }
        for code in unreadable {
            let words = entry_unreadable(texts, code);
            assert!(words.contains(' '), "{code} {language:?}");
        }
        for (code, french, english) in interchange::CODES {
            let words = match language {
                Language::Fr => french,
                Language::En => english,
            };
            let words = typeset(words, language.code());
            assert_eq!(entry_remark(texts, code), words);
        }
    }
}
