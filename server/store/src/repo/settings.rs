use crate::entity::setting;
use crate::write::{Tx, Write};
use crate::{Result, Store, StoreError};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// Values the program keeps for itself, reached through [`Store::settings`].
#[derive(Debug)]
pub struct Settings<'a>(pub(crate) &'a Store);

impl Settings<'_> {
    /// The value of a setting; `value` becomes it if there is none yet. Of several processes
    /// that start together, the first decides for all.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn ensure(&self, name: &'static str, value: String) -> Result<String> {
        self.0.write(Ensure { name, value }).await
    }
}

struct Ensure {
    name: &'static str,
    value: String,
}

impl Write for Ensure {
    type Output = String;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<String> {
        setting::Entity::insert(setting::ActiveModel {
            name: Set(self.name.to_owned()),
            value: Set(self.value.clone()),
        })
        .on_conflict(
            OnConflict::column(setting::Column::Name)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(tx.db)
        .await?;
        setting::Entity::find_by_id(self.name)
            .one(tx.db)
            .await?
            .map(|setting| setting.value)
            .ok_or(StoreError::NotFound("setting"))
    }
}
