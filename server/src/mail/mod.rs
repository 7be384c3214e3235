//! Mails out: taken from the outbox one by one, handed to a mail server, settled.
//!
//! A mail is settled after the server has taken it. Who dies in between leaves it to be sent again, with
//! the same Message-ID, by which mailboxes know it: at least once, never lost.

mod message;
mod recovery;
mod verdict;

pub use recovery::courier;

use std::time::Duration;

use anyhow::Context;
use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Tokio1Executor};
use service::{Parcel, Services, Verdict};
use tokio::sync::watch;

/// How long a mail server may take for each of its answers. A mail must be sent or given up before others
/// may take it.
const PATIENCE: Duration = Duration::from_secs(45);
/// How often to look whether another process has queued mails.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long to wait when the database does not answer.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);

/// What is needed to send mails.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The address that links begin with, without a `/` at its end.
    public: String,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").finish_non_exhaustive()
    }
}

impl Mailer {
    /// Speaks to a mail server (`smtps://user:password@host`, `smtp://host:25`,
    /// `smtp://host?tls=required`…) on behalf of `from` (`Équipe <equipe@example.org>`); links lead to
    /// `public`.
    ///
    /// # Errors
    /// If an address cannot be read. The message never holds it: it may hold a password.
    pub fn new(smtp: &str, from: &str, public: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp)
            .ok()
            .context("adresse du serveur de courriel illisible / unreadable SMTP address")?
            .timeout(Some(PATIENCE))
            .build();
        let from = from
            .parse()
            .ok()
            .context("expéditeur illisible / unreadable sender")?;
        Ok(Self {
            transport,
            from,
            public: public.trim_end_matches('/').to_owned(),
        })
    }

    async fn send(&self, parcel: &Parcel) -> Verdict {
        let message = match message::compose(parcel, &self.from, &self.public) {
            Ok(message) => message,
            // Whoever wrote this address passed a check that mail does not: nobody has it.
            Err(message::Unwritable) => return Verdict::NoSuchAddress,
        };
        match self.transport.send(message).await {
            Ok(_) => Verdict::Taken,
            Err(error) => {
                let verdict = verdict::of(&error);
                let code = error.status().map(u16::from);
                // What the server said may quote the address.
                tracing::warn!(mail = %parcel.id(), code, ?verdict, "a mail was not taken");
                verdict
            }
        }
    }
}

/// Sends what is due, until told to stop; what is being sent then is finished.
pub async fn work(services: Services, mailer: Mailer, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match one(&services, &mailer).await {
            Ok(true) => continue,
            Ok(false) => LOOK_EVERY,
            Err(error) => {
                tracing::warn!(%error, "sending mails");
                AFTER_TROUBLE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => if changed.is_err() {
                return;
            },
        }
    }
}

/// Sends one mail, if one is due.
async fn one(services: &Services, mailer: &Mailer) -> service::Result<bool> {
    let Some(parcel) = services.post().take().await? else {
        return Ok(false);
    };
    let verdict = mailer.send(&parcel).await;
    services.post().settle(&parcel, verdict).await?;
    Ok(true)
}
