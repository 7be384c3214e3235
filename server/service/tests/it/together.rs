//! Several people prepare one response.

use crate::fixture::{QPV, Site, exported, responses};
use serde_json::{Value, json};
use service::{
    Author, ContributorState, ContributorToken, Draft, ServiceError, Services, Token, WaveInfo,
};

/// Canaries: found nowhere once the response is sent.
const HOLDER: &str = "Canari-Lucie-4711";
const LABEL: &str = "Canari-Budget-4712";
const NAME: &str = "Canari-Marie-4713";

async fn shared(services: &Services, wave: &WaveInfo) -> (Token, ContributorToken) {
    let respond = services.respond();
    let (token, _) = respond.open(wave, "fr").await.unwrap();
    let pages = ["profil".to_owned()];
    let link = respond
        .hand_over(wave, &token, LABEL, HOLDER, &pages)
        .await
        .unwrap();
    respond
        .join(wave, &link, &format!(" {NAME}\n"))
        .await
        .unwrap();
    (token, link)
}

fn holds(files: &[u8], text: &str) -> bool {
    files.windows(text.len()).any(|it| it == text.as_bytes())
}

#[tokio::test]
async fn names_are_gone_once_the_response_is_sent() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, link) = shared(&services, &wave).await;
    let (draft, contributor) = respond.part(&wave, &link).await.unwrap();
    assert_eq!(draft.holder_name(), HOLDER);
    assert_eq!(draft.name_of(Author::Contributor(contributor.id)), NAME);
    assert_eq!(contributor.pages, ["profil"]);
    let answers = responses().swap_remove(0).answers;
    let fill = |draft: &mut Draft, it: &service::Contributor| {
        let nothing = [("nb_qpv".to_owned(), Value::Null)];
        let typed = vec![("nb_qpv".to_owned(), json!(31))];
        let drawn = draft.drawn(&nothing);
        draft.merge(Author::Contributor(it.id), &drawn, typed, &nothing);
        draft.sheet.answers = answers.clone();
    };
    respond.change_part(&wave, &link, fill).await.unwrap();
    let files = site.files();
    for name in [HOLDER, LABEL, NAME] {
        assert!(holds(&files, name), "the test finds what is there: {name}");
    }
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    let key = respond.idempotency_key(&wave, &token, &draft);
    respond.submit(&wave, &token, &key, b"").await.unwrap();
    let files = site.files();
    for name in [HOLDER, LABEL, NAME] {
        assert!(!holds(&files, name), "{name}");
    }
    let sheets = exported(&services, &wave).await;
    assert!(!serde_json::to_string(&sheets).unwrap().contains("Canari"));
    let own = respond.own(&wave, &token).await.unwrap().unwrap();
    assert!(!own.to_json().contains("Canari"));
    // The link says that it was sent; a repeated submission has the same receipt.
    let sent = respond.part(&wave, &link).await.unwrap_err();
    assert!(matches!(sent, ServiceError::AlreadySubmitted));
    assert!(
        respond
            .submit(&wave, &token, &key, b"")
            .await
            .unwrap()
            .is_repetition
    );
    let more = respond
        .hand_over(&wave, &token, "x", "", &[])
        .await
        .unwrap_err();
    assert!(matches!(more, ServiceError::AlreadySubmitted));
    // A correction begins without anybody else, and is handed to nobody.
    respond.begin_correction(&wave, &token).await.unwrap();
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    assert!(!draft.is_shared() && draft.contributors().is_empty());
    let more = respond
        .hand_over(&wave, &token, "x", "", &[])
        .await
        .unwrap_err();
    assert!(matches!(more, ServiceError::AlreadySubmitted));
    let sent = respond.part(&wave, &link).await.unwrap_err();
    assert!(matches!(sent, ServiceError::AlreadySubmitted));
}

/// The other controls of names: what they are made of, and who is asked for one.
#[tokio::test]
async fn a_name_is_one_line_and_not_nothing() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, link) = shared(&services, &wave).await;
    for nothing in ["", " \t\r\n", "\u{0}"] {
        let named = respond.join(&wave, &link, nothing).await.unwrap_err();
        assert!(matches!(named, ServiceError::BadName));
        let named = respond
            .hand_over(&wave, &token, nothing, "", &[])
            .await
            .unwrap_err();
        assert!(matches!(named, ServiceError::BadName));
    }
    respond
        .join(&wave, &link, &format!("a\r\nb{}", "c".repeat(200)))
        .await
        .unwrap();
    let (_, contributor) = respond.part(&wave, &link).await.unwrap();
    assert_eq!(contributor.name.unwrap(), format!("a b{}", "c".repeat(77)));
    respond.finish(&wave, &link, true).await.unwrap();
    let (draft, _) = respond.part(&wave, &link).await.unwrap();
    assert_eq!(draft.contributors()[0].state, ContributorState::Finished);
    // A link of one wave leads nowhere in another, nor does one that never was.
    let services = site.open().await;
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    let other = services
        .studies()
        .install(&services.operator(), &other)
        .await
        .unwrap()
        .wave;
    let gone = services.respond().part(&other, &link).await.unwrap_err();
    assert!(matches!(gone, ServiceError::LinkGone));
    let never = ContributorToken::parse(&"0".repeat(40)).unwrap();
    let gone = respond.part(&wave, &never).await.unwrap_err();
    assert!(matches!(gone, ServiceError::LinkGone));
}

/// Six people save the same field at once: nothing is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn six_at_once_lose_nothing() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let respond = services.respond();
    let (token, _) = respond.open(&wave, "fr").await.unwrap();
    let mut links = Vec::new();
    for nth in 0..6 {
        let label = nth.to_string();
        links.push(
            respond
                .hand_over(&wave, &token, &label, "", &[])
                .await
                .unwrap(),
        );
    }
    let empty = [("nb_qpv".to_owned(), Value::Null)];
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    let drawn = draft.drawn(&empty);
    let mut saved = tokio::task::JoinSet::new();
    for (nth, link) in links.iter().cloned().enumerate() {
        let (services, wave, drawn) = (services.clone(), wave.clone(), drawn.clone());
        saved.spawn(async move {
            let change = |draft: &mut Draft, it: &service::Contributor| {
                let now = draft
                    .sheet
                    .answers
                    .get("nb_qpv")
                    .cloned()
                    .unwrap_or_default();
                let typed = vec![("nb_qpv".to_owned(), json!(nth + 1))];
                let current = [("nb_qpv".to_owned(), now)];
                let by = Author::Contributor(it.id);
                for (key, value) in draft.merge(by, &drawn, typed, &current) {
                    draft.sheet.answers.insert(key, value);
                }
            };
            // Whoever is told to try again does.
            for _ in 0..20 {
                match services.respond().change_part(&wave, &link, change).await {
                    Err(ServiceError::Busy) => {}
                    done => return done.unwrap(),
                }
            }
            panic!("twenty times too late");
        });
    }
    saved.join_all().await;
    let draft = respond.find(&wave, &token).await.unwrap().unwrap();
    let open = draft.disagreements();
    assert_eq!(open.len(), 1);
    let mut values: Vec<i64> = open[0]
        .proposals
        .iter()
        .map(|it| it.1.as_i64().unwrap())
        .collect();
    values.push(draft.sheet.answers["nb_qpv"].as_i64().unwrap());
    values.sort_unstable();
    assert_eq!(values, [1, 2, 3, 4, 5, 6]);
    // Nothing is sent meanwhile.
    let key = respond.idempotency_key(&wave, &token, &draft);
    let refused = respond.submit(&wave, &token, &key, b"").await.unwrap_err();
    assert_eq!(refused.code(), "disagreement");
}
