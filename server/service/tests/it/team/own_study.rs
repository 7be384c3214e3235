//! A right is of one study.

use service::team::{Design, Enter, ExportData, Field, ReadAudit, SetAside, ViewResults};

use super::administered;
use crate::fixture::{QPV, Site};

/// A right in one study does nothing to a wave of another, whoever passes it.
#[tokio::test]
async fn a_right_holds_in_its_own_study() {
    let site = Site::new();
    let (services, _) = administered(&site).await;
    let here = services
        .studies()
        .install(&services.operator(), QPV)
        .await
        .unwrap()
        .wave;
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    let there = services
        .studies()
        .install(&services.operator(), &other)
        .await
        .unwrap()
        .wave;
    let field = crate::fixture::may::<Field>(&services, &here).await;
    let export = crate::fixture::may::<ExportData>(&services, &here).await;
    let enter = crate::fixture::may::<Enter>(&services, &here).await;
    let design = crate::fixture::may::<Design>(&services, &here).await;
    let aside = crate::fixture::may::<SetAside>(&services, &here).await;
    let nobody = service::ResponseId(uuid::Uuid::nil());
    let days = service::Retention::default();
    let view = crate::fixture::may::<ViewResults>(&services, &here).await;
    let (_, seen) = services.results(&view, &here.slug).await.unwrap();
    let dates = service::Schedule {
        opens_at: None,
        closes_at: None,
        zone: service::Zone::default(),
        language: None,
    };
    let change = service::AccessChange::default();
    let kind = service::MailKind::Invitation;
    let invitations = services.invitations();
    let refused = [
        services.waves().close(&field, &there).await.err(),
        services.waves().reopen(&field, &there).await.err(),
        services.retention().set(&field, &there, days).await.err(),
        services.retention().plan(&field, &there).await.err(),
        services
            .retention()
            .would_erase(&field, &there, days)
            .await
            .err(),
        services.export(&export, &there).await.err(),
        services.export_all(&export, &there).await.err(),
        services.import(&enter, &there).await.err(),
        services.rehearsals().ensure(&design, &there).await.err(),
        services.rehearsals().remove(&design, &there).await.err(),
        services
            .admissibility()
            .set_aside(&aside, &there, nobody, "x")
            .await
            .err(),
        services
            .admissibility()
            .take_back(&aside, &there, nobody)
            .await
            .err(),
        services.admissibility().list(&aside, &there).await.err(),
        services.admissibility().admitted(seen, &there).await.err(),
        services
            .admissibility()
            .judged(&aside, &there, None, 1)
            .await
            .err(),
        services.waves().schedule(&field, &there, dates).await.err(),
        invitations.set_access(&field, &there, change).await.err(),
        invitations.import(&field, &there, b"email").await.err(),
        invitations.queue(&field, &there, kind).await.err(),
        invitations
            .set_template(&field, &there, kind, "fr", "x", "{link}")
            .await
            .err(),
        invitations
            .drop_template(&field, &there, kind, "fr")
            .await
            .err(),
        invitations
            .check_sample(&field, &there, b"email", 5)
            .await
            .err(),
        invitations.status(&field, &there).await.err(),
        invitations.texts(&field, &there, kind).await.err(),
        invitations.n_due(&field, &there, kind).await.err(),
        services.call_back().list(&field, &there).await.err(),
        services.call_back().csv(&field, &there).await.err(),
    ];
    for (nth, error) in refused.into_iter().enumerate() {
        assert_eq!(error.map(|it| it.code()), Some("unknown_wave"), "{nth}");
    }
    // In its own it does, and that is told.
    services.waves().close(&field, &here).await.unwrap();
    let read = crate::fixture::may::<ReadAudit>(&services, &here).await;
    let told = services.team().audit(&read, 9).await.unwrap();
    let actions: Vec<&str> = told.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["wave.close", "study.publish"]);
}
