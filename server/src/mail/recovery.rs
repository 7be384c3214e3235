//! Links to a new password. They are no matter for the outbox: a link that waits in the database would be
//! there to be stolen, and whoever gets none asks again.

use std::sync::Arc;
use std::time::Duration;

use lettre::AsyncTransport;
use service::Verdict;

use super::{Mailer, message, verdict};
use crate::state::Courier;

/// How often a link is tried to be sent, and how long to wait in between.
const ATTEMPTS: usize = 3;
const PAUSE: Duration = Duration::from_secs(20);

/// Takes links to mailboxes.
#[must_use]
pub fn courier(mailer: Mailer) -> Courier {
    Courier(Arc::new(move |address: &str, link: &str| {
        let (mailer, address, link) = (mailer.clone(), address.to_owned(), link.to_owned());
        tokio::spawn(async move { send(&mailer, &address, &link).await });
    }))
}

async fn send(mailer: &Mailer, address: &str, link: &str) {
    let text = include_str!("recovery.txt");
    let (subject, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let body = body.replace("LINK", link);
    let Ok(message) = message::plain(&mailer.from, address, subject, body) else {
        return;
    };
    for attempt in 1..=ATTEMPTS {
        let Err(error) = mailer.transport.send(message.clone()).await else {
            return;
        };
        // What the server said may quote the address.
        let code = error.status().map(u16::from);
        tracing::warn!(attempt, code, "a link to a new password was not taken");
        if verdict::of(&error) == Verdict::NoSuchAddress {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
