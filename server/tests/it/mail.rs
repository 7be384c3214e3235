//! Mails to a real mail server: at least once, to whom they may go, and nothing smuggled into them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use recueil::mail::{Mailer, work};
use service::team::{Field, May};
use service::{Config, MailKind, Services, SystemRandomness, WaveInfo};
use time::{Duration, OffsetDateTime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::sink::{Received, Sink};

const QPV: &str = include_str!("../../../questionnaires/qpv-cls/questionnaire.yaml");

/// Services with a clock that a test puts forward, and a mail server.
struct Office {
    _folder: tempfile::TempDir,
    now: Arc<Mutex<OffsetDateTime>>,
    services: Services,
    wave: WaveInfo,
    sink: Sink,
}

impl Office {
    async fn new(addresses: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("recueil.db").display());
        let now = Arc::new(Mutex::new(OffsetDateTime::now_utc()));
        let clock = {
            let now = Arc::clone(&now);
            move || *now.lock().unwrap()
        };
        let services = Services::open(Config::new(url), clock, SystemRandomness)
            .await
            .unwrap();
        let wave = services
            .studies()
            .install(&services.operator(), QPV)
            .await
            .unwrap()
            .wave;
        let office = Self {
            _folder: folder,
            now,
            services,
            wave,
            sink: Sink::start(),
        };
        office.invite(addresses).await;
        office
    }

    async fn invite(&self, addresses: &[&str]) {
        let table = format!("email\n{}\n", addresses.join("\n"));
        let invitations = self.services.invitations();
        invitations
            .import(&self.may().await, &self.wave, table.as_bytes())
            .await
            .unwrap();
    }

    async fn may(&self) -> May<Field> {
        let team = self.services.team();
        let operator = self.services.operator();
        team.operator_may(&operator, &self.wave.study)
            .await
            .unwrap()
    }

    async fn queue(&self, kind: MailKind) -> usize {
        self.services
            .invitations()
            .queue(&self.may().await, &self.wave, kind)
            .await
            .unwrap()
    }

    fn wait(&self, duration: Duration) {
        *self.now.lock().unwrap() += duration;
    }

    fn worker(&self) -> (JoinHandle<()>, watch::Sender<bool>) {
        let from = "Équipe <equipe@recueil.example>";
        let mailer = Mailer::new(&self.sink.url, from, "https://enquete.example/").unwrap();
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(work(self.services.clone(), mailer, stopped));
        (working, stop)
    }

    /// Sends all that is due now; what arrives.
    async fn deliver(&self, n: usize) -> Vec<Received> {
        let (working, stop) = self.worker();
        let sink = self.sink.clone();
        let received = tokio::task::spawn_blocking(move || sink.wait_for(n))
            .await
            .unwrap();
        stop.send(true).unwrap();
        working.await.unwrap();
        received
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_arrives_whole() {
    let office = Office::new(&["marie@example.org", "paul@example.org"]).await;
    assert_eq!(office.queue(MailKind::Invitation).await, 2);
    let received = office.deliver(2).await;
    let to: BTreeSet<&str> = received.iter().map(|it| it.header("to")).collect();
    assert_eq!(
        to,
        BTreeSet::from(["marie@example.org", "paul@example.org"])
    );
    for mail in &received {
        assert_eq!(mail.recipients, [mail.header("to")]);
        assert!(mail.header("from").ends_with("<equipe@recueil.example>"));
        assert!(mail.header("message-id").ends_with("@recueil.example>"));
        assert_eq!(mail.header("auto-submitted"), "auto-generated");
        let opt_out = mail.header("list-unsubscribe").trim_matches(['<', '>']);
        let one_click = mail.header("list-unsubscribe-post");
        assert_eq!(one_click, "List-Unsubscribe=One-Click");
        let link = opt_out.strip_suffix("/opt-out").unwrap();
        assert!(link.starts_with("https://enquete.example/i/"));
        assert!(mail.body.contains(&format!("\n{link}\n")), "{}", mail.body);
        assert!(
            mail.body.contains(&format!("\n{opt_out}\n")),
            "{}",
            mail.body
        );
        assert!(mail.body.contains("invité·e"), "{}", mail.body);
    }
    let status = office
        .services
        .invitations()
        .status(&office.may().await, &office.wave)
        .await
        .unwrap();
    assert_eq!((status.sample, status.invited), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_dies_after_a_mail_was_taken_sends_it_again_under_the_same_id() {
    const DEATHS: usize = 20;
    let office = Office::new(&["marie@example.org"]).await;
    office.queue(MailKind::Invitation).await;
    office.sink.be_silent(true);
    for n in 1..=DEATHS {
        let (working, _stop) = office.worker();
        let sink = office.sink.clone();
        tokio::task::spawn_blocking(move || sink.wait_for(n))
            .await
            .unwrap();
        // The mail server has it; whoever sent it never learns that.
        working.abort();
        assert!(working.await.unwrap_err().is_cancelled());
        office.wait(Duration::minutes(11));
    }
    office.sink.be_silent(false);
    let received = office.deliver(DEATHS + 1).await;
    let ids: BTreeSet<&str> = received.iter().map(|it| it.header("message-id")).collect();
    let texts: BTreeSet<&str> = received.iter().map(|it| it.body.as_str()).collect();
    assert_eq!((received.len(), ids.len(), texts.len()), (DEATHS + 1, 1, 1));
    // Settled: never again.
    office.wait(Duration::days(2));
    assert!(office.services.post().take().await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_mail_server_refuses_for_good_is_a_bounce_and_the_rest_waits() {
    let office = Office::new(&["gone@example.org", "later@example.org", "marie@example.org"]).await;
    office
        .sink
        .refuse("gone@example.org", "550 5.1.1 no such user");
    office
        .sink
        .refuse("later@example.org", "451 4.7.1 greylisted");
    office.queue(MailKind::Invitation).await;
    let status = async || {
        office
            .services
            .invitations()
            .status(&office.may().await, &office.wave)
            .await
            .unwrap()
    };
    let (working, stop) = office.worker();
    while status().await.bounced == 0 || status().await.invited == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send(true).unwrap();
    working.await.unwrap();
    office.sink.refuse("later@example.org", "");
    office.wait(Duration::minutes(12));
    let received = office.deliver(2).await;
    assert_eq!(received[1].recipients, ["later@example.org"]);
    assert_eq!((status().await.bounced, status().await.invited), (1, 2));
    office.wait(Duration::days(2));
    assert_eq!(
        office.queue(MailKind::Reminder).await,
        2,
        "not to who is gone"
    );
}

/// What might begin a header, a second recipient or a second mail, in every place that ends in one.
fn hostile() -> Vec<String> {
    let breaks = [
        "\r\n",
        "\n",
        "\r",
        "\n\n",
        "\r\n\r\n",
        "\r\n.\r\n",
        "\u{85}",
        "\u{2028}",
        "%0d%0a",
        "\\r\\n",
    ];
    let smuggled = [
        "Bcc: victim@example.org",
        "To: victim@example.org",
        "Subject: other",
        "Content-Type: text/html",
        "RCPT TO:<victim@example.org>",
    ];
    let all = breaks
        .iter()
        .flat_map(|it| smuggled.map(|more| format!("x{it}{more}")));
    all.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_smuggled_into_a_mail() {
    let office = Office::new(&["first@example.org"]).await;
    let invitations = office.services.invitations();
    let mut n_sent = 0;
    let mut names: Option<Vec<String>> = None;
    for (n, text) in hostile().into_iter().enumerate() {
        // As an address: refused, in whatever quotes.
        for address in [
            format!("{text}@example.org"),
            format!("a@example.org{text}"),
        ] {
            let table = format!("email,x\n\"{}\",1\n", address.replace('"', "\"\""));
            let imported = invitations
                .import(&office.may().await, &office.wave, table.as_bytes())
                .await;
            assert!(imported.is_err(), "{address:?}");
        }
        // In texts: a subject of several lines is refused, any other stays one header.
        let body = format!("{text}\n.\n{{link}} {{opt_out}}");
        let subject = format!("{text} {{title}}");
        let kept = invitations
            .set_template(
                &office.may().await,
                &office.wave,
                MailKind::Invitation,
                "fr",
                &subject,
                &body,
            )
            .await;
        let subject = match kept {
            Ok(()) => subject,
            Err(_) => "Enquête".to_owned(),
        };
        invitations
            .set_template(
                &office.may().await,
                &office.wave,
                MailKind::Invitation,
                "fr",
                &subject,
                &body,
            )
            .await
            .unwrap();
        let address = format!("person{n}@example.org");
        office.invite(&[&address]).await;
        n_sent += office.queue(MailKind::Invitation).await;
        let received = office.deliver(n_sent).await;
        let mail = received
            .iter()
            .find(|it| it.recipients == [address.as_str()])
            .unwrap();
        let mut theirs: Vec<String> = mail.headers.iter().map(|it| it.0.clone()).collect();
        theirs.sort();
        assert_eq!(
            *names.get_or_insert_with(|| theirs.clone()),
            theirs,
            "{text:?}"
        );
        assert!(
            mail.body.contains("\n.\n"),
            "a dot alone does not end the mail: {:?}",
            mail.body
        );
    }
    let received = office.sink.wait_for(n_sent);
    assert_eq!(received.len(), n_sent, "no mail became two");
    for mail in received {
        assert_eq!(mail.recipients.len(), 1);
        assert!(!mail.recipients[0].contains("victim"));
    }
}

#[tokio::test]
async fn what_a_mailer_cannot_use_is_said_without_its_password() {
    for smtp in [
        "smtps://me:secret-password@mail.example.org",
        "smtp://mail.example.org:587?tls=required",
        "smtp://127.0.0.1:25",
    ] {
        assert!(Mailer::new(smtp, "Équipe <equipe@example.org>", "https://x").is_ok());
    }
    for (smtp, from) in [
        ("nonsense secret-password", "equipe@example.org"),
        ("http://me:secret-password@host", "equipe@example.org"),
        ("smtp://me:secret-password@host", "not an address"),
    ] {
        let error = Mailer::new(smtp, from, "https://x").unwrap_err();
        let told = format!("{error:?}");
        assert!(!told.contains("secret-password"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_to_a_new_password_is_taken_to_its_mailbox() {
    let sink = Sink::start();
    let mailer = Mailer::new(&sink.url, "equipe@recueil.example", "https://x").unwrap();
    let courier = recueil::mail::courier(mailer);
    let link = format!("https://x/studio/link/{}", "0123456789abcdef".repeat(4));
    courier.0("ada@example.org", &link);
    let received = tokio::task::spawn_blocking(move || sink.wait_for(1)).await;
    let mail = received.unwrap().remove(0);
    assert_eq!(mail.recipients, ["ada@example.org"]);
    assert!(!mail.header("subject").is_empty());
    assert_eq!(mail.body.matches(&link).count(), 2, "in both languages");
}
