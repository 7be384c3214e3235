use super::audit::Audited;
use crate::entity::{outbox, sample_unit, wave};
use crate::write::{Tx, Write, in_utc};
use crate::{
    Letter, MailCounts, MailKind, MailState, MessageId, NewMail, Result, SampleUnit, Store,
    StoreError, Tells, UnitId, WaveId,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::{HashMap, HashSet};
use time::OffsetDateTime;

/// Mails to be sent, reached through [`Store::outbox`].
///
/// A mail stands here before it is sent and is sent at least once: who sends takes it for a while
/// ([`Outbox::take`]), and says afterwards what became of it. If they never do, it is due again.
#[derive(Debug)]
pub struct Outbox<'a>(pub(crate) &'a Store);

impl Outbox<'_> {
    /// The units of a wave to which a mail of this kind may be written now: not those who do not want
    /// to be written to, whose address does not exist, or to whom such a mail is on its way; for an
    /// invitation, those without one; for a reminder, those who were invited and have not answered.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn recipients(&self, wave: WaveId, kind: MailKind) -> Result<Vec<SampleUnit>> {
        recipients(self.0.db(), wave, kind).await
    }

    /// Queues mails, due at once, and writes down who did; leaves out those that may not be written by
    /// now. Says how many were queued.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn queue(
        &self,
        wave: WaveId,
        kind: MailKind,
        now: OffsetDateTime,
        mails: Vec<NewMail>,
        told: impl Tells<usize>,
    ) -> Result<usize> {
        let command = Queue {
            wave,
            kind,
            now: in_utc(now),
            mails,
        };
        self.0.write(Audited::new(command, told)).await
    }

    /// Takes a mail that is due, for as long as until `again`. Mails that have lost their reason (a
    /// reminder to who has answered) are dropped on the way.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn take(&self, now: OffsetDateTime, again: OffsetDateTime) -> Result<Option<Letter>> {
        let (now, again) = (in_utc(now), in_utc(again));
        let due = outbox::Entity::find()
            .filter(outbox::COLUMN.state.eq(MailState::Queued))
            .filter(outbox::COLUMN.next_attempt.lte(now))
            .select_only()
            .column(outbox::Column::Id)
            .into_tuple::<MessageId>()
            .one(self.0.db())
            .await?;
        // Looking costs no write.
        match due {
            Some(_) => self.0.write(Take { now, again }).await,
            None => Ok(None),
        }
    }

    /// Notes that a mail server has taken a mail, and erases recipient and text.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn sent(&self, mail: MessageId) -> Result<()> {
        self.0.write(End(mail, MailState::Sent)).await
    }

    /// Notes that a mail is given up, and erases recipient and text.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn failed(&self, mail: MessageId) -> Result<()> {
        self.0.write(End(mail, MailState::Failed)).await
    }

    /// Notes that a mail's address does not exist, of the mail and of its unit.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn bounced(&self, mail: MessageId) -> Result<()> {
        self.0.write(End(mail, MailState::Bounced)).await
    }

    /// Has a mail tried again later.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn postpone(&self, mail: MessageId, until: OffsetDateTime) -> Result<()> {
        let until = in_utc(until);
        self.0.write(Postpone { mail, until }).await
    }

    /// How many mails of a wave are in which state.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn counts(&self, wave: WaveId) -> Result<Vec<MailCounts>> {
        let counts: Vec<(MailKind, MailState, i64)> = outbox::Entity::find()
            .filter(outbox::COLUMN.wave_id.eq(wave))
            .select_only()
            .column(outbox::Column::Kind)
            .column(outbox::Column::State)
            .column_as(outbox::Column::Id.count(), "n")
            .group_by(outbox::Column::Kind)
            .group_by(outbox::Column::State)
            .order_by_asc(outbox::Column::Kind)
            .order_by_asc(outbox::Column::State)
            .into_tuple()
            .all(self.0.db())
            .await?;
        let count = |(kind, state, n)| MailCounts { kind, state, n };
        Ok(counts.into_iter().map(count).collect())
    }
}

/// Which mails each unit has been written, or is being written.
async fn written(
    db: &impl ConnectionTrait,
    wave: WaveId,
) -> Result<HashSet<(UnitId, MailKind, MailState)>> {
    let all: Vec<(Option<UnitId>, MailKind, MailState)> = outbox::Entity::find()
        .filter(outbox::COLUMN.wave_id.eq(wave))
        .select_only()
        .column(outbox::Column::UnitId)
        .column(outbox::Column::Kind)
        .column(outbox::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let known = all.into_iter();
    Ok(known
        .filter_map(|(unit, kind, state)| Some((unit?, kind, state)))
        .collect())
}

async fn recipients(
    db: &impl ConnectionTrait,
    wave: WaveId,
    kind: MailKind,
) -> Result<Vec<SampleUnit>> {
    use {MailKind::Invitation, MailState::Queued, MailState::Sent};
    let written = written(db, wave).await?;
    let units = sample_unit::Entity::find()
        .filter(sample_unit::COLUMN.wave_id.eq(wave))
        .filter(sample_unit::COLUMN.email.is_not_null())
        .filter(sample_unit::COLUMN.opted_out.eq(false))
        .filter(sample_unit::COLUMN.bounced.eq(false))
        .order_by_asc(sample_unit::Column::Id)
        .all(db)
        .await?;
    let may_be_written = |unit: &sample_unit::Model| {
        let has = |kind, state| written.contains(&(unit.id, kind, state));
        !has(kind, Queued)
            && match kind {
                Invitation => !unit.answered && !has(Invitation, Sent),
                MailKind::Reminder => {
                    !unit.answered && has(Invitation, Sent) && !has(Invitation, Queued)
                }
                MailKind::Other => true,
            }
    };
    Ok(units
        .into_iter()
        .filter(may_be_written)
        .map(SampleUnit::from)
        .collect())
}

struct Queue {
    wave: WaveId,
    kind: MailKind,
    now: OffsetDateTime,
    mails: Vec<NewMail>,
}

/// Databases bound the number of parameters of one statement.
const MAILS_A_STATEMENT: usize = 500;

impl Write for Queue {
    type Output = usize;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<usize> {
        // Two who queue mails of one wave take turns: nobody is written the same twice.
        wave::Entity::find_by_id(self.wave)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("wave"))?;
        let mut addresses: HashMap<UnitId, Option<String>> =
            recipients(tx.db, self.wave, self.kind)
                .await?
                .into_iter()
                .map(|unit| (unit.id, unit.email))
                .collect();
        let mails = self.mails.iter().filter_map(|mail| {
            let recipient = addresses.remove(&mail.unit)??;
            Some(outbox::ActiveModel {
                id: Set(mail.id),
                wave_id: Set(Some(self.wave)),
                unit_id: Set(Some(mail.unit)),
                kind: Set(self.kind),
                state: Set(MailState::Queued),
                attempts: Set(0),
                next_attempt: Set(Some(self.now)),
                recipient: Set(Some(recipient)),
                subject: Set(Some(mail.subject.clone())),
                body: Set(Some(mail.body.clone())),
            })
        });
        let mails: Vec<_> = mails.collect();
        let n_queued = mails.len();
        let mut mails = mails.into_iter().peekable();
        while mails.peek().is_some() {
            let chunk: Vec<_> = mails.by_ref().take(MAILS_A_STATEMENT).collect();
            outbox::Entity::insert_many(chunk)
                .exec_without_returning(tx.db)
                .await?;
        }
        Ok(n_queued)
    }
}

struct Take {
    now: OffsetDateTime,
    again: OffsetDateTime,
}

impl Write for Take {
    type Output = Option<Letter>;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Option<Letter>> {
        loop {
            let due = outbox::Entity::find()
                .filter(outbox::COLUMN.state.eq(MailState::Queued))
                .filter(outbox::COLUMN.next_attempt.lte(self.now))
                .order_by_asc(outbox::Column::NextAttempt)
                .lock_exclusive()
                .one(tx.db)
                .await?;
            let Some(mail) = due else {
                return Ok(None);
            };
            // On Postgres another process may have taken it while we waited for its row.
            if mail.state != MailState::Queued || mail.next_attempt.is_none_or(|it| it > self.now) {
                continue;
            }
            let unit = match mail.unit_id {
                Some(unit) => sample_unit::Entity::find_by_id(unit).one(tx.db).await?,
                None => None,
            };
            let recipient = mail.recipient.filter(|_| {
                unit.as_ref()
                    .is_none_or(|unit| may_still_go(unit, mail.kind))
            });
            let Some(recipient) = recipient else {
                outbox::Entity::delete_by_id(mail.id).exec(tx.db).await?;
                continue;
            };
            let attempts = mail.attempts.saturating_add(1);
            outbox::Entity::update_many()
                .set(outbox::ActiveModel {
                    attempts: Set(attempts),
                    next_attempt: Set(Some(self.again)),
                    ..Default::default()
                })
                .filter(outbox::COLUMN.id.eq(mail.id))
                .exec(tx.db)
                .await?;
            return Ok(Some(Letter {
                id: mail.id,
                unit: mail.unit_id,
                token_hash: unit.map(|unit| unit.token_hash),
                kind: mail.kind,
                attempts,
                recipient,
                subject: mail.subject.unwrap_or_default(),
                body: mail.body.unwrap_or_default(),
            }));
        }
    }
}

/// Whether a queued mail should still be sent.
fn may_still_go(unit: &sample_unit::Model, kind: MailKind) -> bool {
    let is_served = unit.answered && kind != MailKind::Other;
    !unit.opted_out && !unit.bounced && !is_served
}

struct End(MessageId, MailState);

impl Write for End {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let Self(id, state) = *self;
        let Some(mail) = outbox::Entity::find_by_id(id)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .filter(|mail| mail.state == MailState::Queued)
        else {
            return Ok(());
        };
        outbox::Entity::update_many()
            .set(outbox::ActiveModel {
                state: Set(state),
                next_attempt: Set(None),
                recipient: Set(None),
                subject: Set(None),
                body: Set(None),
                ..Default::default()
            })
            .filter(outbox::COLUMN.id.eq(id))
            .exec(tx.db)
            .await?;
        let Some(unit) = mail.unit_id else {
            return Ok(());
        };
        let of_unit = sample_unit::Entity::update_many().filter(sample_unit::COLUMN.id.eq(unit));
        match (state, mail.kind) {
            (MailState::Sent, MailKind::Reminder) => {
                let one_more = Expr::col(sample_unit::Column::NReminders).add(1);
                of_unit
                    .col_expr(sample_unit::Column::NReminders, one_more)
                    .exec(tx.db)
                    .await?;
            }
            (MailState::Bounced, _) => {
                of_unit
                    .col_expr(sample_unit::Column::Bounced, Expr::value(true))
                    .exec(tx.db)
                    .await?;
            }
            (MailState::Sent | MailState::Failed | MailState::Queued, _) => {}
        }
        Ok(())
    }
}

struct Postpone {
    mail: MessageId,
    until: OffsetDateTime,
}

impl Write for Postpone {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        outbox::Entity::update_many()
            .set(outbox::ActiveModel {
                next_attempt: Set(Some(self.until)),
                ..Default::default()
            })
            .filter(outbox::COLUMN.id.eq(self.mail))
            .filter(outbox::COLUMN.state.eq(MailState::Queued))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}
