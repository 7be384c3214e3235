//! How far a sample is: what became of everybody in it, and the response rate.

use super::Invitations;
use crate::team::{Field, May};
use crate::{Result, WaveInfo};
use serde::Serialize;
use store::{MailKind, MailState, UnitCounts};

/// What became of the people of a sample. `complete`, `partial`, `opened`, `opted_out`, `bounced` and
/// `silent` are disjoint and add up to `sample`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SampleStatus {
    /// People in the sample.
    pub sample: u64,
    /// People to whom an invitation was sent.
    pub invited: u64,
    /// People who have submitted a response.
    pub complete: u64,
    /// People who have begun one and not submitted it.
    pub partial: u64,
    /// People who have followed their link and not begun.
    pub opened: u64,
    /// People who do not want to be written to, and have not come.
    pub opted_out: u64,
    /// People whose address does not exist, and who have not come.
    pub bounced: u64,
    /// Everybody else.
    pub silent: u64,
    /// Reminders sent.
    pub reminders: u64,
    /// `100 complete / sample`: everybody counts who should have answered. Null without a sample.
    pub response_rate: Option<f64>,
    /// Mails by what they are for and how far they have come.
    pub mails: Vec<MailLine>,
}

/// How many mails of one kind are in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MailLine {
    /// What they are for.
    pub kind: MailKind,
    /// How far they have come.
    pub state: MailState,
    /// How many.
    pub n: u64,
}

impl Invitations<'_> {
    /// How far a wave's sample is.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer;
    /// [`crate::ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn status(&self, may: &May<Field>, wave: &WaveInfo) -> Result<SampleStatus> {
        may.must_hold(wave)?;
        let store = self.0.store();
        let mut status = count(&store.samples().counts(wave.id).await?);
        for counted in store.outbox().counts(wave.id).await? {
            let n = u64::try_from(counted.n).unwrap_or_default();
            if (counted.kind, counted.state) == (MailKind::Invitation, MailState::Sent) {
                status.invited = n;
            }
            status.mails.push(MailLine {
                kind: counted.kind,
                state: counted.state,
                n,
            });
        }
        Ok(status)
    }
}

fn count(units: &[UnitCounts]) -> SampleStatus {
    let mut status = SampleStatus::default();
    for unit in units {
        let n = u64::try_from(unit.n).unwrap_or_default();
        status.sample += n;
        status.reminders += u64::try_from(unit.n_reminders).unwrap_or_default();
        *match unit {
            it if it.answered => &mut status.complete,
            it if it.began => &mut status.partial,
            it if it.opted_out => &mut status.opted_out,
            it if it.bounced => &mut status.bounced,
            it if it.opened => &mut status.opened,
            _ => &mut status.silent,
        } += n;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "nobody asks more people than a double counts exactly"
    )]
    let rate = |part: u64, whole: u64| 100.0 * part as f64 / whole as f64;
    status.response_rate = (status.sample > 0).then(|| rate(status.complete, status.sample));
    status
}

#[cfg(test)]
mod tests {
    use super::count;
    use store::UnitCounts;

    /// Letters stand for what is noted: opened, began, answered, refused, bounced.
    fn unit(noted: &str) -> UnitCounts {
        UnitCounts {
            opened: noted.contains('o'),
            began: noted.contains('b'),
            answered: noted.contains('a'),
            opted_out: noted.contains('r'),
            bounced: noted.contains('x'),
            n: 1,
            n_reminders: 1,
        }
    }

    #[test]
    fn everybody_is_counted_once() {
        let all = ["", "o", "ob", "oba", "obar", "obar", "r", "or", "x", "obr"].map(unit);
        let status = count(&all);
        let parts = [
            status.complete,
            status.partial,
            status.opened,
            status.opted_out,
            status.bounced,
            status.silent,
        ];
        assert_eq!(parts, [3, 2, 1, 2, 1, 1]);
        assert_eq!(parts.iter().sum::<u64>(), status.sample);
        assert_eq!((status.response_rate, status.reminders), (Some(30.0), 10));
        assert_eq!(count(&[]).response_rate, None);
        let many = UnitCounts {
            n: 7,
            ..unit("oba")
        };
        assert_eq!((count(&[many]).complete, count(&[many]).sample), (7, 7));
    }
}
