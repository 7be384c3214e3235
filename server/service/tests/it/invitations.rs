//! Samples, invitations, mails: who is asked, who is written to, who has answered.

use crate::fixture::{Site, exported, may, responses};
use service::{
    Access, AccessChange, Draft, InvitationToken, MailKind, SampleStatus, ServiceError, Services,
    Standing, Token, Verdict, WaveInfo,
};
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;
use time::macros::datetime;

const SAMPLE: &str = "email;langue;territoire;taille\n\
                      marie@example.org;fr;QN01;12\n\
                      paul@example.org;en;;\n\
                      awa@example.org;;QN02;3\n";

/// The built-in survey, for invited people only, with a sample of three.
pub(crate) async fn invited(site: &Site) -> (Services, WaveInfo) {
    let (services, wave) = site.open_qpv().await;
    let added = services
        .invitations()
        .import(&may(&services, &wave).await, &wave, SAMPLE.as_bytes())
        .await;
    assert_eq!(added.unwrap().n_added, 3);
    let change = AccessChange {
        access: Some(Access::Invitation),
        ..AccessChange::default()
    };
    services
        .invitations()
        .set_access(&may(&services, &wave).await, &wave, change)
        .await
        .unwrap();
    let wave = services.waves().by_slug(&wave.slug).await.unwrap().unwrap();
    assert_eq!(wave.access, Access::Invitation);
    (services, wave)
}

/// A mail as it would arrive.
pub(crate) struct Arrived {
    id: uuid::Uuid,
    pub(crate) token: InvitationToken,
    subject: String,
    body: String,
}

/// Sends all that is due; what arrives, by address.
pub(crate) async fn deliver(services: &Services) -> BTreeMap<String, Arrived> {
    let mut arrived = BTreeMap::new();
    while let Some(parcel) = services.post().take().await.unwrap() {
        let token = parcel.invitation().unwrap().clone();
        let link = format!("https://x/i/{}", token.reveal());
        let mail = Arrived {
            id: parcel.id(),
            body: parcel.body(&link, &format!("{link}/opt-out")),
            subject: parcel.subject().to_owned(),
            token,
        };
        assert!(mail.body.contains(&link));
        arrived.insert(parcel.recipient().to_owned(), mail);
        services
            .post()
            .settle(&parcel, Verdict::Taken)
            .await
            .unwrap();
    }
    arrived
}

pub(crate) async fn status(services: &Services, wave: &WaveInfo) -> SampleStatus {
    let may = may(services, wave).await;
    services.invitations().status(&may, wave).await.unwrap()
}

pub(crate) async fn begin(
    services: &Services,
    wave: &WaveInfo,
    invitation: &InvitationToken,
) -> Token {
    let respond = services.respond();
    let (token, _) = respond
        .open_invited(wave, "fr", Some(invitation))
        .await
        .unwrap();
    let answers = responses().swap_remove(0).answers;
    let fill = |draft: &mut Draft| draft.sheet.answers = answers.clone();
    respond.change(wave, &token, fill).await.unwrap();
    token
}

pub(crate) async fn send(
    services: &Services,
    wave: &WaveInfo,
    token: &Token,
    invitation: &InvitationToken,
) -> service::Result<service::Receipt> {
    let respond = services.respond();
    let draft = respond.find(wave, token).await.unwrap().unwrap();
    let key = respond.idempotency_key(wave, token, &draft);
    respond
        .submit_invited(wave, token, Some(invitation), &key, b"")
        .await
}

#[tokio::test]
async fn an_invited_person_answers_once() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    let invitations = services.invitations();
    assert_eq!(
        invitations
            .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
            .await
            .unwrap(),
        3
    );
    let mails = deliver(&services).await;
    let marie = &mails["marie@example.org"];
    let found = invitations.find(&marie.token).await.unwrap().unwrap();
    assert_eq!(
        (found.wave.slug.as_str(), found.has_answered),
        ("qpv-cls", false)
    );
    invitations.note_opened(&found).await.unwrap();
    assert_eq!(status(&services, &wave).await.opened, 1);
    let standing = async |token| invitations.standing(&wave, token).await.unwrap();
    assert_eq!(standing(Some(&marie.token)).await, Standing::Welcome);
    assert_eq!(standing(None).await, Standing::NotInvited);
    assert!(matches!(
        services.respond().open(&wave, "fr").await,
        Err(ServiceError::NotInvited)
    ));

    // Begun on two devices, sent from both: the second is refused and loses nothing.
    let (here, there) = (
        begin(&services, &wave, &marie.token).await,
        begin(&services, &wave, &marie.token).await,
    );
    assert_eq!(status(&services, &wave).await.partial, 1);
    let first = send(&services, &wave, &here, &marie.token).await.unwrap();
    let again = send(&services, &wave, &here, &marie.token).await.unwrap();
    assert_eq!(again.response, first.response);
    assert!(matches!(
        send(&services, &wave, &there, &marie.token).await,
        Err(ServiceError::InvitationUsed)
    ));
    let draft = services
        .respond()
        .find(&wave, &there)
        .await
        .unwrap()
        .unwrap();
    assert!(!draft.is_submitted && !draft.sheet.answers.is_empty());
    // Somebody who has begun cannot finish with nothing, or with nobody's invitation.
    let paul = begin(&services, &wave, &mails["paul@example.org"].token).await;
    let nobody = InvitationToken::parse(&"0".repeat(40)).unwrap();
    assert!(matches!(
        send(&services, &wave, &paul, &nobody).await,
        Err(ServiceError::NotInvited)
    ));
    assert_eq!(standing(Some(&marie.token)).await, Standing::HasAnswered);
    assert_eq!(exported(&services, &wave).await.len(), 1);
    let status = status(&services, &wave).await;
    assert_eq!(
        (
            status.sample,
            status.invited,
            status.complete,
            status.partial,
            status.silent
        ),
        (3, 3, 1, 1, 1)
    );
    assert_eq!(status.response_rate, Some(100.0 / 3.0));
}

#[tokio::test]
async fn reminders_go_to_who_has_not_answered_with_the_same_link() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    let invitations = services.invitations();
    invitations
        .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let first = deliver(&services).await;
    let (marie, paul) = (&first["marie@example.org"], &first["paul@example.org"]);
    let token = begin(&services, &wave, &marie.token).await;
    send(&services, &wave, &token, &marie.token).await.unwrap();
    let of_paul = invitations.find(&paul.token).await.unwrap().unwrap();
    invitations.opt_out(&of_paul).await.unwrap();
    // His invitation stays good.
    assert_eq!(
        invitations
            .standing(&wave, Some(&paul.token))
            .await
            .unwrap(),
        Standing::Welcome
    );
    assert_eq!(
        invitations
            .queue(&may(&services, &wave).await, &wave, MailKind::Reminder)
            .await
            .unwrap(),
        1
    );
    let second = deliver(&services).await;
    let awa = &second["awa@example.org"];
    assert_eq!(
        (second.len(), &awa.token),
        (1, &first["awa@example.org"].token)
    );
    assert_ne!(awa.id, first["awa@example.org"].id);
    assert_eq!(
        invitations
            .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
            .await
            .unwrap(),
        0
    );
    let status = status(&services, &wave).await;
    assert_eq!(
        (status.complete, status.opted_out, status.reminders),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn a_mail_that_nobody_settled_is_sent_again_the_same() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    services
        .invitations()
        .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let mut taken = BTreeSet::new();
    while let Some(parcel) = services.post().take().await.unwrap() {
        taken.insert((parcel.id(), parcel.recipient().to_owned()));
    }
    assert_eq!(taken.len(), 3);
    site.clock.set(datetime!(2026-03-02 09:39 UTC));
    assert!(services.post().take().await.unwrap().is_none());
    site.clock.set(datetime!(2026-03-02 09:41 UTC));
    // Another process, too, finds them.
    let services = site.open().await;
    let mut again = BTreeSet::new();
    for verdict in [Verdict::Taken, Verdict::NoSuchAddress, Verdict::NotNow] {
        let parcel = services.post().take().await.unwrap().unwrap();
        again.insert((parcel.id(), parcel.recipient().to_owned()));
        services.post().settle(&parcel, verdict).await.unwrap();
    }
    assert_eq!(taken, again);
    assert!(services.post().take().await.unwrap().is_none());
    assert_eq!(status(&services, &wave).await.bounced, 1);
    // What could not be sent is tried for a day, then given up.
    let mut now = datetime!(2026-03-02 09:41 UTC);
    let mut n_attempts = 2;
    while n_attempts < 100 {
        now += Duration::hours(6);
        site.clock.set(now);
        let Some(parcel) = services.post().take().await.unwrap() else {
            break;
        };
        n_attempts += 1;
        services
            .post()
            .settle(&parcel, Verdict::NotNow)
            .await
            .unwrap();
    }
    assert_eq!(n_attempts, 13);
}

#[tokio::test]
async fn a_sample_is_taken_in_whole_or_not_at_all() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let invitations = services.invitations();
    let faulty = "email;langue\nmarie@example.org;fr\nnobody;fr\nawa@example.org;de\n";
    let Err(ServiceError::UnsoundSample(faults)) = invitations
        .import(&may(&services, &wave).await, &wave, faulty.as_bytes())
        .await
    else {
        panic!("it must be refused");
    };
    let told: Vec<_> = faults.iter().map(|it| (it.line, it.kind.code())).collect();
    assert_eq!(told, [(3, "email"), (4, "language")]);
    assert_eq!(status(&services, &wave).await.sample, 0);
    invitations
        .import(&may(&services, &wave).await, &wave, SAMPLE.as_bytes())
        .await
        .unwrap();
    let more = "email,x\nzoe@example.org,1\nMARIE@example.org,2\n";
    let added = invitations
        .import(&may(&services, &wave).await, &wave, more.as_bytes())
        .await
        .unwrap();
    assert_eq!((added.n_added, added.known_lines), (1, vec![3]));
    let units = site.store().await.samples().of_wave(wave.id).await.unwrap();
    let variables: BTreeMap<_, _> = units
        .iter()
        .map(|it| (it.email.as_deref().unwrap(), it.variables.as_str()))
        .collect();
    assert_eq!(variables["marie@example.org"], r#"{"taille":"12"}"#);
    assert_eq!(variables["zoe@example.org"], r#"{"x":"1"}"#);
}

#[tokio::test]
async fn mails_speak_the_language_of_who_gets_them() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    let invitations = services.invitations();
    let refused = invitations
        .set_template(
            &may(&services, &wave).await,
            &wave,
            MailKind::Invitation,
            "en",
            "Hello {name}",
            "{link}",
        )
        .await;
    let Err(ServiceError::UnsoundTemplate(faults)) = refused else {
        panic!("it must be refused");
    };
    let told: Vec<_> = faults.iter().map(|it| it.kind.code()).collect();
    assert_eq!(told, ["unknown_fill", "fill_missing"]);
    let own = "Click {link} or {opt_out}";
    invitations
        .set_template(
            &may(&services, &wave).await,
            &wave,
            MailKind::Invitation,
            "en",
            "About {title}",
            own,
        )
        .await
        .unwrap();
    let previews = invitations
        .previews(&may(&services, &wave).await, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let told: Vec<_> = previews
        .iter()
        .map(|it| (it.language.as_str(), it.is_own))
        .collect();
    assert_eq!(told, [("fr", false), ("en", true)]);
    assert!(previews[0].subject.starts_with("Votre avis"));
    invitations
        .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let mails = deliver(&services).await;
    assert!(mails["paul@example.org"].subject.starts_with("About "));
    assert!(
        mails["paul@example.org"]
            .body
            .starts_with("Click https://x/i/")
    );
    for french in ["marie@example.org", "awa@example.org"] {
        assert!(mails[french].subject.starts_with("Votre avis"));
        assert!(!mails[french].body.contains('{'), "{}", mails[french].body);
    }
}

#[tokio::test]
async fn no_secret_and_no_address_stays_where_it_has_no_place() {
    let site = Site::new();
    let (services, wave) = invited(&site).await;
    services
        .invitations()
        .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
        .await
        .unwrap();
    let mails = deliver(&services).await;
    let token = begin(&services, &wave, &mails["marie@example.org"].token).await;
    send(&services, &wave, &token, &mails["marie@example.org"].token)
        .await
        .unwrap();
    services.close().await;
    let bytes = site.files();
    let n_found = |text: &str| {
        let windows = bytes.windows(text.len());
        windows.filter(|it| *it == text.as_bytes()).count()
    };
    for (address, mail) in &mails {
        assert_eq!(n_found(mail.token.reveal()), 0, "the secret is stored");
        // In its row and in the index of addresses, nowhere else.
        assert_eq!(n_found(address), 2, "{address}");
    }
    assert_eq!(n_found(token.reveal()), 0);
}

#[tokio::test]
async fn a_link_follows_from_a_key_outside_the_database_too() {
    let site = Site::new();
    let with_key = |key: &str| {
        let key = Some(key.to_owned());
        site.open_with(move |config| config.invitation_key = key)
    };
    let services = with_key("one").await;
    let wave = services
        .studies()
        .install(&services.operator(), crate::fixture::QPV)
        .await
        .unwrap()
        .wave;
    let invitations = services.invitations();
    invitations
        .import(&may(&services, &wave).await, &wave, SAMPLE.as_bytes())
        .await
        .unwrap();
    assert_eq!(
        invitations
            .queue(&may(&services, &wave).await, &wave, MailKind::Invitation)
            .await
            .unwrap(),
        3
    );
    // With another key the links would open nothing: the mails wait.
    assert!(
        with_key("another")
            .await
            .post()
            .take()
            .await
            .unwrap()
            .is_none()
    );
    site.clock.set(datetime!(2026-03-02 09:41 UTC));
    let mails = deliver(&with_key("one").await).await;
    assert_eq!(mails.len(), 3);
    for mail in mails.values() {
        assert!(invitations.find(&mail.token).await.unwrap().is_some());
    }
}
