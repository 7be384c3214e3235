//! Entering: what the team types in for people who answered another way, and who may.

use crate::fixture::{QPV, Site, exported, may, may_in, responses, stored_form};
use crate::invitations::invited;
use service::team::{Enter, Field, ReadAudit};
use service::{Draft, Fielding, Respond, ServiceError, Token, WaveInfo};

/// Fills an entry with the nth sample sheet.
async fn typed(respond: &Respond<'_>, wave: &WaveInfo, nth: usize) -> Token {
    let (token, draft) = respond.open_entry(wave, "fr").await.unwrap();
    assert!(draft.is_entry && draft.sheet.answers.is_empty());
    fill(respond, wave, &token, nth).await.unwrap();
    token
}

async fn fill(
    respond: &Respond<'_>,
    wave: &WaveInfo,
    token: &Token,
    nth: usize,
) -> Result<(), ServiceError> {
    let answers = responses().swap_remove(nth).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers.clone_from(&answers);
    respond.change(wave, token, fill).await.map(|_| ())
}

async fn submit(respond: &Respond<'_>, wave: &WaveInfo, token: &Token) -> bool {
    let draft = respond.find(wave, token).await.unwrap().unwrap();
    let key = respond.idempotency_key(wave, token, &draft);
    let receipt = respond.submit(wave, token, &key, b"").await.unwrap();
    !receipt.is_repetition
}

/// It is the team's, as an import is: neither dates nor invitations nor room are asked for, and what
/// respondents do is counted without it.
#[tokio::test]
async fn an_entry_is_submitted_whether_the_wave_takes_responses_or_not() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    let field = may::<Field>(&services, &wave).await;
    services.waves().close(&field, &wave).await.unwrap();
    let wave = services.waves().by_slug(&wave.slug).await.unwrap().unwrap();
    assert_eq!(wave.fielding, Fielding::Closed);
    let enter = services.enter(&may(&services, &wave).await);
    let before = services.invitations().status(&field, &wave).await.unwrap();
    let mut tokens = Vec::new();
    for nth in 0..2 {
        let token = typed(&enter, &wave, nth).await;
        assert!(submit(&enter, &wave, &token).await);
        assert!(!submit(&enter, &wave, &token).await);
        tokens.push(token);
    }
    let mut stored: Vec<_> = exported(&services, &wave).await;
    stored.sort_by_key(|it| serde_json::to_string(&it.answers).unwrap());
    let mut given: Vec<_> = responses().drain(..2).collect();
    given.sort_by_key(|it| serde_json::to_string(&stored_form(&wave, it)).unwrap());
    for (stored, given) in stored.iter().zip(&given) {
        assert_eq!(stored.answers, stored_form(&wave, given));
    }
    assert_eq!(stored.len(), 2);
    let after = services.invitations().status(&field, &wave).await.unwrap();
    assert_eq!(before, after);

    // Mistakes of the hand are mended, closed or not, and what should not be there is taken out.
    enter.begin_correction(&wave, &tokens[0]).await.unwrap();
    fill(&enter, &wave, &tokens[0], 5).await.unwrap();
    assert!(submit(&enter, &wave, &tokens[0]).await);
    assert!(enter.withdraw(&wave, &tokens[1]).await.unwrap());
    let stored = exported(&services, &wave).await;
    let sixth = stored_form(&wave, &responses().swap_remove(5));
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].answers, sixth);

    // Who did what stands in the audit log; what was typed does not.
    let may = may::<ReadAudit>(&services, &wave).await;
    let entries = services.team().audit(&may, 100).await.unwrap();
    let n = |action: &str| entries.iter().filter(|it| it.action == action).count();
    let told = ["data.enter", "data.correct", "data.withdraw"].map(n);
    assert_eq!(told, [2, 1, 1]);
    let mut told = entries.iter().filter(|it| it.action.starts_with("data."));
    assert!(told.all(|it| it.before.is_none() && it.after.is_none()));
}

/// Without the right an entry does not exist, whatever one holds of it.
#[tokio::test]
async fn whoever_may_not_enter_finds_no_entry() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    let operator = services.operator();
    services.studies().install(&operator, &other).await.unwrap();
    let enter = services.enter(&may(&services, &wave).await);
    let token = typed(&enter, &wave, 0).await;
    let draft = enter.find(&wave, &token).await.unwrap().unwrap();
    let code = enter.code(&wave, &token, &draft).unwrap().reveal();
    assert_eq!(
        enter.by_code(&wave, &code).await.unwrap(),
        Some(token.clone())
    );
    let elsewhere = may_in::<Enter>(&services, "autre").await;
    for stranger in [services.respond(), services.enter(&elsewhere)] {
        assert!(stranger.find(&wave, &token).await.unwrap().is_none());
        assert!(stranger.own(&wave, &token).await.unwrap().is_none());
        let changed = fill(&stranger, &wave, &token, 1).await;
        assert!(matches!(changed, Err(ServiceError::UnknownDraft)));
        let key = stranger.idempotency_key(&wave, &token, &draft);
        let submitted = stranger.submit(&wave, &token, &key, b"").await;
        assert!(matches!(submitted, Err(ServiceError::UnknownDraft)));
        assert!(!stranger.withdraw(&wave, &token).await.unwrap());
        let opened = stranger.open_entry(&wave, "fr").await;
        assert!(matches!(
            opened,
            Err(ServiceError::Forbidden | ServiceError::UnknownWave(_))
        ));
    }
    // Only members write it: no link hands it over.
    let handed = enter.hand_over(&wave, &token, "Awa", "", &[]).await;
    assert!(matches!(handed, Err(ServiceError::Forbidden)));
    assert!(submit(&enter, &wave, &token).await);
    for stranger in [services.respond(), services.enter(&elsewhere)] {
        assert!(stranger.own(&wave, &token).await.unwrap().is_none());
        assert!(!stranger.withdraw(&wave, &token).await.unwrap());
    }
    assert_eq!(exported(&services, &wave).await.len(), 1);
}

/// The right to enter changes nothing for what respondents write themselves, nor for rehearsals.
#[tokio::test]
async fn the_right_to_enter_opens_nothing_else() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let (token, _) = services.respond().open(&wave, "fr").await.unwrap();
    let field = may::<Field>(&services, &wave).await;
    services.waves().close(&field, &wave).await.unwrap();
    let closed = services.waves().by_slug(&wave.slug).await.unwrap().unwrap();
    let enter = services.enter(&may(&services, &wave).await);
    let changed = fill(&enter, &closed, &token, 0).await;
    assert!(matches!(changed, Err(ServiceError::Closed)));
    let opened = enter.open(&closed, "fr").await;
    assert!(matches!(opened, Err(ServiceError::Closed)));
    let design = may(&services, &wave).await;
    let rehearsal = services.rehearsals().ensure(&design, &wave).await.unwrap();
    let opened = enter.open_entry(&rehearsal, "fr").await;
    assert!(matches!(opened, Err(ServiceError::IsRehearsal)));
}
