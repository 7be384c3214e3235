use crate::entity::mail_template;
use crate::write::{Tx, Write};
use crate::{MailKind, MailTemplate, Result, Store, WaveId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Texts of mails, reached through [`Store::mail_templates`].
#[derive(Debug)]
pub struct MailTemplates<'a>(pub(crate) &'a Store);

impl MailTemplates<'_> {
    /// The texts that a wave has of its own.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_wave(&self, wave: WaveId) -> Result<Vec<MailTemplate>> {
        let rows = mail_template::Entity::find()
            .filter(mail_template::COLUMN.wave_id.eq(wave))
            .order_by_asc(mail_template::Column::Language)
            .all(self.0.db())
            .await?;
        let template = |row: mail_template::Model| MailTemplate {
            wave: row.wave_id,
            kind: row.kind,
            language: row.language,
            subject: row.subject,
            body: row.body,
        };
        Ok(rows.into_iter().map(template).collect())
    }

    /// Stores a text, in place of the former one.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn set(&self, template: MailTemplate) -> Result<()> {
        self.0.write(SetTemplate(template)).await
    }

    /// Takes a wave's own text away. Doing it again changes nothing.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn drop(&self, wave: WaveId, kind: MailKind, language: &str) -> Result<()> {
        let language = language.to_owned();
        let command = DropTemplate {
            wave,
            kind,
            language,
        };
        self.0.write(command).await
    }
}

struct DropTemplate {
    wave: WaveId,
    kind: MailKind,
    language: String,
}

impl Write for DropTemplate {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        mail_template::Entity::delete_many()
            .filter(mail_template::COLUMN.wave_id.eq(self.wave))
            .filter(mail_template::COLUMN.kind.eq(self.kind))
            .filter(mail_template::COLUMN.language.eq(self.language.as_str()))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

struct SetTemplate(MailTemplate);

impl Write for SetTemplate {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        use mail_template::Column;
        let template = &self.0;
        mail_template::Entity::insert(mail_template::ActiveModel {
            wave_id: Set(template.wave),
            kind: Set(template.kind),
            language: Set(template.language.clone()),
            subject: Set(template.subject.clone()),
            body: Set(template.body.clone()),
        })
        .on_conflict(
            OnConflict::columns([Column::WaveId, Column::Kind, Column::Language])
                .update_columns([Column::Subject, Column::Body])
                .to_owned(),
        )
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}
