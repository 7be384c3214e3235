//! Mails to be sent, for whoever sends them: at least once, under the same Message-ID each time.

use crate::invitations::{InvitationToken, with_links};
use crate::{Result, Services};
use store::{Letter, MessageId};
use time::Duration;
use uuid::Uuid;

/// For how long whoever takes a mail has it to themselves. Longer than any sending takes.
const LEASE: Duration = Duration::minutes(10);
/// After the first failure; twice as long after each further one.
const FIRST_PAUSE: Duration = Duration::minutes(1);
const LONGEST_PAUSE: Duration = Duration::hours(6);
/// The last attempt comes about a day after the first.
const MOST_ATTEMPTS: i32 = 13;

/// Mails to be sent, reached through [`Services::post`].
#[derive(Debug)]
pub struct Post<'a>(pub(crate) &'a Services);

/// A mail that has been taken to be sent. Say afterwards what became of it ([`Post::settle`]); else it is
/// due again after a while.
#[derive(Clone)]
pub struct Parcel {
    letter: Letter,
    invitation: Option<InvitationToken>,
}

impl std::fmt::Debug for Parcel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parcel")
            .field("id", &self.letter.id)
            .finish_non_exhaustive()
    }
}

impl Parcel {
    /// The same at every attempt.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let MessageId(id) = self.letter.id;
        id
    }

    /// The address.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.letter.recipient
    }

    /// The subject: one line.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.letter.subject
    }

    /// The secret that its links carry, if it is about an invitation.
    #[must_use]
    pub fn invitation(&self) -> Option<&InvitationToken> {
        self.invitation.as_ref()
    }

    /// The text with its links.
    #[must_use]
    pub fn body(&self, link: &str, opt_out: &str) -> String {
        with_links(&self.letter.body, link, opt_out)
    }
}

/// What became of an attempt to send a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A mail server has taken it.
    Taken,
    /// There is no such address.
    NoSuchAddress,
    /// Not now; perhaps later.
    NotNow,
}

impl Post<'_> {
    /// Takes a mail that is due.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn take(&self) -> Result<Option<Parcel>> {
        let now = self.0.now();
        let outbox = self.0.store().outbox();
        while let Some(letter) = outbox.take(now, now + LEASE).await? {
            let invitation = letter.unit.map(|unit| self.0.invitation_of(unit));
            let hash = invitation.as_ref().map(InvitationToken::hash);
            if hash == letter.token_hash {
                return Ok(Some(Parcel { letter, invitation }));
            }
            // Its link would open nothing. It waits until the key is what it was.
            tracing::error!(
                mail = %letter.id,
                "the invitation key is not the one that people were invited with; a mail waits"
            );
        }
        Ok(None)
    }

    /// Notes what became of a mail.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer; the mail is then due again.
    pub async fn settle(&self, parcel: &Parcel, verdict: Verdict) -> Result<()> {
        let outbox = self.0.store().outbox();
        let Letter { id, attempts, .. } = parcel.letter;
        let settled = match verdict {
            Verdict::Taken => outbox.sent(id).await,
            Verdict::NoSuchAddress => outbox.bounced(id).await,
            Verdict::NotNow if attempts >= MOST_ATTEMPTS => outbox.failed(id).await,
            Verdict::NotNow => outbox.postpone(id, self.0.now() + pause(attempts)).await,
        };
        Ok(settled?)
    }
}

/// How long to wait after so many attempts.
fn pause(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default();
    let pause = 2_i32
        .checked_pow(doublings)
        .map(|times| FIRST_PAUSE * times);
    pause.map_or(LONGEST_PAUSE, |it| it.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::{MOST_ATTEMPTS, pause};
    use time::Duration;

    #[test]
    fn pauses_grow_up_to_a_limit() {
        let minutes = [1, 2, 3, 9, 10, 100].map(|attempts| pause(attempts).whole_minutes());
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
        let all = (1..MOST_ATTEMPTS)
            .map(pause)
            .fold(Duration::ZERO, |all, it| all + it);
        assert!(
            all > Duration::hours(20) && all < Duration::hours(48),
            "{all}"
        );
    }
}
