//! What an invitation does inside the transaction of a draft or of a submission.
//!
//! Here, and only here, a person and answers meet. Nothing of it stays in a row: the unit turns from
//! “not answered” to “answered”, which changes no length and moves no bytes within its page, and the
//! response is stored under a key that follows from another secret.

use super::waves::locked_wave;
use crate::entity::{participation, response, sample_unit};
use crate::write::Tx;
use crate::{Access, Conflict, ResponseId, Result, UnitId, Wave, WaveId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// The unit behind an invitation, if the wave takes answers of this respondent at all: `None` for who
/// answers an open wave without an invitation.
async fn admitted(
    tx: &Tx<'_>,
    wave: &Wave,
    invitation: Option<&str>,
) -> Result<Option<sample_unit::Model>> {
    let unit = match invitation {
        Some(token_hash) => {
            sample_unit::Entity::find()
                .filter(sample_unit::COLUMN.token_hash.eq(token_hash))
                .filter(sample_unit::COLUMN.wave_id.eq(wave.id))
                .one(tx.db)
                .await?
        }
        None => None,
    };
    match (wave.access, unit) {
        (_, Some(unit)) if unit.answered => Err(Conflict::InvitationUsed.into()),
        (_, Some(unit)) => Ok(Some(unit)),
        (Access::Invitation, None) => Err(Conflict::NotInvited.into()),
        (Access::Open | Access::Both, None) => Ok(None),
    }
}

/// Lets a respondent begin.
pub(super) async fn begin(tx: &Tx<'_>, wave: &Wave, invitation: Option<&str>) -> Result<()> {
    must_have_room(tx, wave, 1).await?;
    let Some(unit) = admitted(tx, wave, invitation).await? else {
        return Ok(());
    };
    if !unit.began {
        sample_unit::Entity::update_many()
            .set(sample_unit::ActiveModel {
                opened: Set(true),
                began: Set(true),
                ..Default::default()
            })
            .filter(sample_unit::COLUMN.id.eq(unit.id))
            .exec(tx.db)
            .await?;
    }
    Ok(())
}

/// Turns the invitation to answered: of several submissions with it, one finds it unanswered.
pub(super) async fn claim(
    tx: &Tx<'_>,
    wave: &Wave,
    invitation: Option<&str>,
) -> Result<Option<UnitId>> {
    let Some(unit) = admitted(tx, wave, invitation).await? else {
        return Ok(None);
    };
    let claimed = sample_unit::Entity::update_many()
        .set(sample_unit::ActiveModel {
            opened: Set(true),
            began: Set(true),
            answered: Set(true),
            ..Default::default()
        })
        .filter(sample_unit::COLUMN.id.eq(unit.id))
        .filter(sample_unit::COLUMN.answered.eq(false))
        .exec(tx.db)
        .await?;
    if claimed.rows_affected == 1 {
        Ok(Some(unit.id))
    } else {
        Err(Conflict::InvitationUsed.into())
    }
}

/// Notes whose response it is; never in an anonymous wave.
pub(super) async fn note(
    tx: &Tx<'_>,
    wave: &Wave,
    unit: Option<UnitId>,
    response: ResponseId,
) -> Result<()> {
    let Some(unit) = unit.filter(|_| !wave.anonymous) else {
        return Ok(());
    };
    participation::Entity::insert(participation::ActiveModel {
        unit_id: Set(unit),
        wave_id: Set(wave.id),
        response_id: Set(response),
    })
    .exec_without_returning(tx.db)
    .await?;
    Ok(())
}

/// Gives an invitation back when its response is withdrawn: it can be answered once more. In a wave with
/// names the participation tells which one it is, and a response that came without an invitation gives none
/// back; in an anonymous wave only the respondent can tell, by its digest.
pub(super) async fn give_back(
    tx: &Tx<'_>,
    wave: WaveId,
    response: ResponseId,
    invitation: Option<&str>,
) -> Result<()> {
    let unit = if locked_wave(tx, wave).await?.anonymous {
        let Some(invitation) = invitation else {
            return Ok(());
        };
        sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.token_hash.eq(invitation))
            .filter(sample_unit::COLUMN.wave_id.eq(wave))
            .one(tx.db)
            .await?
            .map(|it| it.id)
    } else {
        participation::Entity::find()
            .filter(participation::COLUMN.wave_id.eq(wave))
            .filter(participation::COLUMN.response_id.eq(response))
            .one(tx.db)
            .await?
            .map(|it| it.unit_id)
    };
    let Some(unit) = unit else {
        return Ok(());
    };
    sample_unit::Entity::update_many()
        .set(sample_unit::ActiveModel {
            answered: Set(false),
            ..Default::default()
        })
        .filter(sample_unit::COLUMN.id.eq(unit))
        .exec(tx.db)
        .await?;
    Ok(())
}

/// Fails if the wave has no room for so many more responses. Whoever stores a response asks once the
/// wave's counter is locked, so that two cannot take the last place.
pub(super) async fn must_have_room(tx: &Tx<'_>, wave: &Wave, n_more: i64) -> Result<()> {
    let Some(most) = wave.max_responses else {
        return Ok(());
    };
    let n_stored = response::Entity::find()
        .filter(response::COLUMN.wave_id.eq(wave.id))
        .count(tx.db)
        .await?;
    match i64::try_from(n_stored) {
        Ok(n_stored) if n_stored.saturating_add(n_more) <= most => Ok(()),
        _ => Err(Conflict::WaveFull.into()),
    }
}
