//! The pages of a wave: made, dated, opened and closed; its responses judged.

use axum::http::Method;
use service::Role;

use crate::roles::{Reply, Site};

const WAVES: &str = "/studio/s/qpv-cls/waves";

struct Desk {
    site: Site,
    organiser: String,
    analyst: String,
}

impl Desk {
    async fn open() -> Self {
        let site = Site::open().await;
        let organiser = site.somebody("o@exemple.fr", Some(Role::Organiser), false);
        let organiser = organiser.await.reveal().to_owned();
        let analyst = site.somebody("a@exemple.fr", Some(Role::Analyst), false);
        let analyst = analyst.await.reveal().to_owned();
        Self {
            site,
            organiser,
            analyst,
        }
    }

    async fn get(&self, path: &str) -> Reply {
        let session = Some(self.organiser.as_str());
        self.site.send(&Method::GET, path, session, "").await
    }

    async fn post(&self, path: &str, body: &str) -> Reply {
        let session = Some(self.organiser.as_str());
        self.site.send(&Method::POST, path, session, body).await
    }

    /// Brings the first responses of the sample into the wave.
    async fn import(&self, n: usize) {
        let services = &self.site.services;
        let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
        let (team, operator) = (services.team(), services.operator());
        let may = team.operator_may(&operator, "qpv-cls").await.unwrap();
        let mut import = services.import(&may, &wave).await.unwrap();
        let sheets = include_str!("../../../questionnaires/qpv-cls/responses.ndjson");
        let sheets = sheets.lines().take(n);
        let sheets = sheets.map(|it| serde_json::from_str(it).unwrap());
        import.sheets(sheets.collect()).await.unwrap();
    }

    async fn judge(&self, body: &str) -> Reply {
        let session = Some(self.analyst.as_str());
        let path = format!("{WAVES}/qpv-cls/admissibility");
        let method = if body.is_empty() {
            Method::GET
        } else {
            Method::POST
        };
        self.site.send(&method, &path, session, body).await
    }
}

#[tokio::test]
async fn a_wave_from_its_form_to_its_early_closing() {
    let desk = Desk::open().await;
    let form = desk.get(WAVES).await;
    assert!(form.status == 200 && form.body.contains("value=\"Europe/Paris\""));
    let typed = "slug=printemps&access=both&kept=named&max=25&language=fr&zone=Indian/Reunion\
                 &opens=2100-03-28T08:00&closes=2100-04-30T18:00";
    let made = desk.post(WAVES, typed).await;
    assert_eq!(
        made.location(),
        format!("{WAVES}/printemps/settings?done=created")
    );
    let page = desk.get(made.location()).await.body;
    for shown in [
        "La vague est créée",
        "value=\"2100-03-28T08:00\"",
        "value=\"2100-04-30T18:00\"",
        "value=\"Indian/Reunion\"",
        "value=\"25\"",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let settings = format!("{WAVES}/printemps/settings");

    // Opened now, the date that kept it shut is taken off; then it has one again.
    assert_eq!(
        desk.site
            .send(&Method::GET, "/r/printemps", None, "")
            .await
            .status,
        403
    );
    assert_eq!(desk.post(&settings, "do=open").await.status, 303);
    assert_eq!(
        desk.site
            .send(&Method::GET, "/r/printemps", None, "")
            .await
            .status,
        200
    );
    let dated = "do=when&zone=Pacific/Noumea&opens=2100-01-05T07:30&closes=&language=fr";
    assert_eq!(desk.post(&settings, dated).await.status, 303);
    let told = desk.site.send(&Method::GET, "/r/printemps", None, "").await;
    assert_eq!(told.status, 403);
    assert!(
        told.body
            .contains("5 janvier 2100 à 07:30 (heure de Nouméa)"),
        "{}",
        told.body
    );
    let told = desk
        .site
        .send(&Method::GET, "/r/printemps?lang=en", None, "")
        .await;
    assert!(
        told.body.contains("at 07:30 (Nouméa time)"),
        "{}",
        told.body
    );

    // Closed by hand before its date, it does not say the date.
    let dated = "do=when&zone=Europe/Paris&opens=&closes=2100-01-05T07:30&language=fr";
    assert_eq!(desk.post(&settings, dated).await.status, 303);
    assert_eq!(desk.post(&settings, "do=close").await.status, 303);
    let told = desk
        .site
        .send(&Method::GET, "/r/printemps", None, "")
        .await
        .body;
    assert!(told.contains("n’accepte plus de réponses") && !told.contains("2100"));
    let dated = "do=when&zone=Europe/Paris&opens=&closes=2026-01-05T07:30&language=fr";
    assert_eq!(desk.post(&settings, dated).await.status, 303);
    assert_eq!(desk.post(&settings, "do=open").await.status, 303);
    assert_eq!(
        desk.site
            .send(&Method::GET, "/r/printemps", None, "")
            .await
            .status,
        200
    );

    let who = "do=who&access=open&kept=anonymous&max=";
    assert_eq!(desk.post(&settings, who).await.status, 303);
    let owner = desk
        .site
        .somebody("p@exemple.fr", Some(Role::Owner), false)
        .await;
    let audit = app::paths::audit("qpv-cls");
    let audit = desk
        .site
        .send(&Method::GET, &audit, Some(owner.reveal()), "")
        .await
        .body;
    for did in [
        "Vague créée",
        "Dates réglées",
        "Vague ouverte",
        "Vague fermée",
        "Accès réglé",
    ] {
        assert!(audit.contains(did), "{did}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_wave_comes_back_with_what_was_typed() {
    let desk = Desk::open().await;
    let base = [
        ("slug", "été"),
        ("zone", "Europe/Paris"),
        ("opens", ""),
        ("closes", ""),
        ("max", ""),
    ];
    for (changed, words) in [
        (
            vec![("slug", "été")],
            "Ce nom ne peut pas être dans une adresse",
        ),
        (vec![("slug", "qpv-cls")], "Une vague porte déjà ce nom"),
        (
            vec![("slug", "a"), ("zone", "Europe/Pari")],
            "Ce fuseau horaire n’existe pas",
        ),
        (vec![("slug", "a"), ("opens", "demain")], "Donnez une date"),
        (
            vec![("slug", "a"), ("opens", "2026-03-29T02:30")],
            "les horloges avancent",
        ),
        (vec![("slug", "a"), ("max", "0")], "Le nombre de réponses"),
        (
            vec![("slug", "a"), ("max", "beaucoup")],
            "Le nombre de réponses",
        ),
        (
            vec![
                ("slug", "a"),
                ("opens", "2026-03-02T08:00"),
                ("closes", "2026-03-02T08:00"),
            ],
            "La fermeture doit venir après",
        ),
    ] {
        let mut fields: std::collections::BTreeMap<_, _> = base.into_iter().collect();
        fields.extend(changed.iter().copied());
        let body: Vec<_> = fields
            .iter()
            .map(|(key, it)| format!("{key}={it}"))
            .collect();
        let reply = desk.post(WAVES, &body.join("&")).await;
        assert_eq!(reply.status, 422, "{changed:?}");
        assert!(reply.body.contains(words), "{changed:?}: {words}");
        let (key, typed) = changed[changed.len() - 1];
        let kept = format!("value=\"{typed}\"");
        assert!(reply.body.contains(&kept), "{key} is typed again");
        for said in [
            format!("href=\"#{key}\""),
            format!("{key}-error"),
            "aria-invalid=\"true\"".to_owned(),
        ] {
            assert!(reply.body.contains(&said), "{changed:?}: {said}");
        }
    }
    let reply = desk
        .post(&format!("{WAVES}/autre/settings"), "do=close")
        .await;
    assert_eq!(reply.status, 404, "a wave of another study");
    assert_eq!(
        desk.get(&format!("{WAVES}/autre/settings")).await.status,
        404
    );
}

#[tokio::test]
async fn responses_are_set_aside_and_taken_back() {
    let desk = Desk::open().await;
    let empty = desk.judge("").await;
    assert!(empty.status == 200 && empty.body.contains("Aucune réponse n’est encore arrivée"));
    desk.import(25).await;

    let page = desk.judge("").await.body;
    let ids: Vec<_> = page
        .split("name=\"response\" value=\"")
        .skip(1)
        .map(|it| it[..36].to_owned())
        .collect();
    assert_eq!(ids.len(), 25);
    assert!(ids.is_sorted(), "in the order of random keys");
    for (at, id) in ids.iter().take(4).enumerate() {
        let reason = if at == 0 {
            "doublon"
        } else {
            "incompl%C3%A8te"
        };
        let body = format!("do=aside&response={id}&reason={reason}");
        let done = desk.judge(&body).await;
        let to = format!("/admissibility?done=aside#r-{}", &id[..8]);
        assert!(done.location().ends_with(&to));
    }
    let page = desk.judge("").await.body;
    for shown in [
        "<dd>25</dd>",
        "<dd>21</dd>",
        "incomplète (3)",
        "doublon (1)",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let results = app::paths::results("qpv-cls", "qpv-cls");
    let analyst = Some(desk.analyst.as_str());
    let results = desk
        .site
        .send(&Method::GET, &results, analyst, "")
        .await
        .body;
    assert!(
        results.contains("21 réponses sur 25"),
        "on the dashboard too"
    );
    let back = desk.judge(&format!("do=back&response={}", ids[0])).await;
    assert_eq!(back.status, 303);
    assert!(desk.judge("").await.body.contains("<dd>22</dd>"));

    for (body, words) in [
        (
            format!("do=aside&response={}&reason=+", ids[0]),
            "Donnez un motif",
        ),
        (
            "do=aside&response=x&reason=y".to_owned(),
            "Cette réponse n’existe plus",
        ),
    ] {
        let refused = desk.judge(&body).await;
        assert!(
            refused.status == 422 && refused.body.contains(words),
            "{words}"
        );
    }
    // Nothing of what people said stands there, and the organiser does not judge.
    assert!(!page.contains("Hôpital") && page.contains(" sur "));
    let path = format!("{WAVES}/qpv-cls/admissibility");
    assert_eq!(desk.get(&path).await.status, 403);
}

#[tokio::test]
async fn days_of_retention_are_set_and_what_erases_at_once_is_confirmed() {
    let desk = Desk::open().await;
    desk.import(3).await;
    let path = format!("{WAVES}/qpv-cls/retention");
    let page = desk.get(&path).await;
    assert!(page.status == 200 && page.body.contains("pas de date de fermeture"));
    assert!(page.body.contains("Rien n’a encore été effacé"));
    let done = desk.post(&path, "contacts=30&drafts=&answers=365").await;
    assert_eq!(done.location(), format!("{path}?done=retention"));
    let page = desk.get(done.location()).await.body;
    for shown in [
        "Les durées sont enregistrées",
        "value=\"30\"",
        "value=\"365\"",
        "date qui sera connue",
        "depuis plus de 90 jours",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for (body, field) in [
        ("contacts=-1&drafts=&answers=", "contacts"),
        ("contacts=&drafts=bientôt&answers=", "drafts"),
        ("contacts=&drafts=&answers=36501", "answers"),
    ] {
        let refused = desk.post(&path, body).await;
        assert_eq!(refused.status, 422, "{body}");
        let link = format!("href=\"#{field}\"");
        assert!(refused.body.contains(&link), "{body}");
        assert!(refused.body.contains("Une durée est un nombre entier"));
    }

    // It ended long ago: what erases at once is said before it is done.
    let settings = format!("{WAVES}/qpv-cls/settings");
    let over = "do=when&zone=Europe/Paris&opens=&closes=2026-01-05T07:30&language=fr";
    assert_eq!(desk.post(&settings, over).await.status, 303);
    let services = &desk.site.services;
    let stored = async || {
        let wave = services.waves().by_slug("qpv-cls").await.unwrap().unwrap();
        let (team, operator) = (services.team(), services.operator());
        let may = team.operator_may(&operator, "qpv-cls").await.unwrap();
        let plan = services.retention().plan(&may, &wave).await.unwrap();
        let see = team.operator_may(&operator, "qpv-cls").await.unwrap();
        let n = services.waves().n_responses(&see, &wave).await.unwrap();
        (plan.days.answers_days, n)
    };
    let at_once = desk.post(&path, "contacts=&drafts=&answers=7").await;
    assert_eq!(at_once.status, 422);
    assert!(at_once.body.contains("3 réponses") && at_once.body.contains("id=\"confirm\""));
    assert_eq!(stored().await, (Some(365), 3), "nothing was done");
    let confirmed = desk.post(&path, "contacts=&drafts=&answers=7&confirm=yes");
    assert_eq!(confirmed.await.status, 303);
    assert_eq!(stored().await, (Some(7), 3));
    services.clean_up().await.unwrap();
    assert_eq!(stored().await, (Some(7), 0));
    let page = desk.get(&path).await.body;
    assert!(page.contains("5 janvier 2026") && page.contains("3 réponses"));
}
