use super::audit::append;
use crate::entity::{response, set_aside};
use crate::write::{Tx, Write};
use crate::{ChangeKind, NewAudit, Response, ResponseId, Result, SetAside, Store, WaveId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

/// Which responses count, reached through [`Store::admissibility`]. A response that is set aside
/// is kept as it is; only what counts responses leaves it out.
#[derive(Debug)]
pub struct Admissibility<'a>(pub(crate) &'a Store);

impl Admissibility<'_> {
    /// Sets a response aside, or gives another reason for one that is, and writes down who did.
    /// `false`, and nothing is written, if there is no such response.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn set_aside(
        &self,
        wave: WaveId,
        response: ResponseId,
        reason: &str,
        entry: NewAudit,
    ) -> Result<bool> {
        let reason = Some(reason.to_owned());
        self.0
            .write(Decide {
                wave,
                response,
                reason,
                entry,
            })
            .await
    }

    /// Counts a response again, and writes down who did. `false`, and nothing is written, if there
    /// is none that is set aside.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn take_back(
        &self,
        wave: WaveId,
        response: ResponseId,
        entry: NewAudit,
    ) -> Result<bool> {
        let reason = None;
        self.0
            .write(Decide {
                wave,
                response,
                reason,
                entry,
            })
            .await
    }

    /// The responses of a wave that are set aside, in the order of their random ids.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_wave(&self, wave: WaveId) -> Result<Vec<SetAside>> {
        let rows = set_aside::Entity::find()
            .filter(set_aside::COLUMN.wave_id.eq(wave))
            .order_by_asc(set_aside::Column::ResponseId)
            .all(self.0.db())
            .await?;
        let rows = rows.into_iter().map(|row| SetAside {
            response: row.response_id,
            reason: row.reason,
        });
        Ok(rows.collect())
    }

    /// The reason for which a response is set aside, if it is.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn reason(&self, wave: WaveId, response: ResponseId) -> Result<Option<String>> {
        let row = set_aside::Entity::find_by_id((wave, response))
            .one(self.0.db())
            .await?;
        Ok(row.map(|it| it.reason))
    }

    /// Finds responses that count by their ids; others are left out.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn counted_by_ids(&self, wave: WaveId, ids: &[ResponseId]) -> Result<Vec<Response>> {
        /// Databases bound the number of parameters of one query.
        const CHUNK: usize = 500;
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let rows = counted(wave)
                .filter(response::COLUMN.id.is_in(ids.iter().copied()))
                .all(self.0.db())
                .await?;
            found.extend(rows.into_iter().map(Response::from));
        }
        Ok(found)
    }

    /// The next responses that count, as [`page`](crate::Responses::page) gives them all.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn counted_page(
        &self,
        wave: WaveId,
        after: Option<ResponseId>,
        limit: u64,
    ) -> Result<Vec<Response>> {
        let mut query = counted(wave);
        if let Some(after) = after {
            query = query.filter(response::COLUMN.id.gt(after));
        }
        let rows = query
            .order_by_asc(response::Column::Id)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Response::from).collect())
    }

    /// How many responses of a wave count.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_counted(&self, wave: WaveId) -> Result<u64> {
        Ok(counted(wave).count(self.0.db()).await?)
    }
}

/// The responses of a wave that are not set aside.
fn counted(wave: WaveId) -> Select<response::Entity> {
    let mut aside = Query::select();
    aside
        .column(set_aside::Column::ResponseId)
        .from(set_aside::Entity)
        .and_where(Expr::col((set_aside::Entity, set_aside::Column::WaveId)).eq(wave));
    response::Entity::find()
        .filter(response::COLUMN.wave_id.eq(wave))
        .filter(response::Column::Id.not_in_subquery(aside.take()))
}

struct Decide {
    wave: WaveId,
    response: ResponseId,
    /// Why it is set aside; `None` to count it again.
    reason: Option<String>,
    /// Who did.
    entry: NewAudit,
}

impl Write for Decide {
    type Output = bool;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let key = (self.wave, self.response);
        let before = set_aside::Entity::find_by_id(key).one(tx.db).await?;
        if before.is_some() {
            set_aside::Entity::delete_by_id(key).exec(tx.db).await?;
        }
        if let Some(reason) = &self.reason {
            if response::Entity::find_by_id(key)
                .one(tx.db)
                .await?
                .is_none()
            {
                return Ok(false);
            }
            set_aside::Entity::insert(set_aside::ActiveModel {
                wave_id: Set(self.wave),
                response_id: Set(self.response),
                reason: Set(reason.clone()),
            })
            .exec_without_returning(tx.db)
            .await?;
        } else if before.is_none() {
            return Ok(false);
        }
        // Whoever counts reads the response again, and finds it or not.
        if before.is_some() != self.reason.is_some() {
            tx.log_change(self.wave, ChangeKind::Correct, self.response)
                .await?;
        }
        append(tx, &self.entry).await?;
        Ok(true)
    }
}
