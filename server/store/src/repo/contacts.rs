use crate::entity::contact;
use crate::{Contact, ResponseId, Result, Store, WaveId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Contact details, reached through [`Store::contacts`]. They are stored by a submission.
#[derive(Debug)]
pub struct Contacts<'a>(pub(crate) &'a Store);

impl Contacts<'_> {
    /// The contacts of a wave, in the order of their random ids.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_wave(&self, wave: WaveId) -> Result<Vec<Contact>> {
        let rows = contact::Entity::find()
            .filter(contact::COLUMN.wave_id.eq(wave))
            .order_by_asc(contact::Column::Id)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Contact::from).collect())
    }

    /// The contacts that are linked to a response.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_response(&self, wave: WaveId, response: ResponseId) -> Result<Vec<Contact>> {
        let rows = contact::Entity::find()
            .filter(contact::COLUMN.wave_id.eq(wave))
            .filter(contact::COLUMN.response_id.eq(response))
            .order_by_asc(contact::Column::Id)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Contact::from).collect())
    }
}

impl From<contact::Model> for Contact {
    fn from(row: contact::Model) -> Self {
        Self {
            id: row.id,
            version: row.version_id,
            details: row.details,
            consent: row.consent,
            response: row.response_id,
        }
    }
}
