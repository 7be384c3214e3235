//! Taking from a sample who its people are.

use super::samples::UNITS_A_STATEMENT;
use crate::entity::{outbox, sample_unit};
use crate::ledger::note_all;
use crate::write::Tx;
use crate::{ErasureKind, MailState, Result, UnitId, WaveId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Date;
use uuid::Uuid;

/// Takes from units who they are.
pub(crate) async fn forget_units(tx: &Tx<'_>, units: &[UnitId]) -> Result<u64> {
    let mut n = 0;
    for some in units.chunks(UNITS_A_STATEMENT) {
        let erased = sample_unit::Entity::update_many()
            .set(sample_unit::ActiveModel {
                email: Set(None),
                territory: Set(None),
                variables: Set("{}".to_owned()),
                frame: Set(None),
                ..Default::default()
            })
            .filter(sample_unit::COLUMN.id.is_in(some.iter().copied()))
            .exec(tx.db)
            .await?;
        n += erased.rows_affected;
    }
    Ok(n)
}

/// Erases the addresses of a wave's sample, all that the file said beside them (columns may hold
/// names), and the mails that wait to be sent to them; says how many addresses. Who was asked stays
/// counted, and links stay good.
pub(super) async fn erase_addresses(tx: &Tx<'_>, wave: WaveId, day: Date) -> Result<u64> {
    outbox::Entity::delete_many()
        .filter(outbox::COLUMN.wave_id.eq(wave))
        .filter(outbox::COLUMN.state.eq(MailState::Queued))
        .exec(tx.db)
        .await?;
    let units: Vec<UnitId> = sample_unit::Entity::find()
        .filter(sample_unit::COLUMN.wave_id.eq(wave))
        .filter(sample_unit::COLUMN.email.is_not_null())
        .select_only()
        .column(sample_unit::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    let keys: Vec<Uuid> = units.iter().map(|it| it.0).collect();
    note_all(tx, ErasureKind::Address, wave, &keys, day).await?;
    forget_units(tx, &units).await
}
