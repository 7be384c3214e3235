use super::audit::Audited;
use crate::entity::mail_template;
use crate::write::{Tx, Write};
use crate::{MailKind, MailTemplate, NewAudit, Result, Store, WaveId};
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

    /// Stores a text, in place of the former one, and writes down who did.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn set(&self, template: MailTemplate, entry: NewAudit) -> Result<()> {
        let command = SetTemplate(template);
        self.0.write(Audited::new(command, entry)).await
    }

    /// Takes a wave's own text away, and writes down who did. `false`, and nothing is written, if there
    /// is none.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn drop(
        &self,
        wave: WaveId,
        kind: MailKind,
        language: &str,
        entry: NewAudit,
    ) -> Result<bool> {
        let language = language.to_owned();
        let command = DropTemplate {
            wave,
            kind,
            language,
        };
        let told = move |was_there: &bool| was_there.then(|| entry.clone());
        self.0.write(Audited::new(command, told)).await
    }
}

struct DropTemplate {
    wave: WaveId,
    kind: MailKind,
    language: String,
}

impl Write for DropTemplate {
    type Output = bool;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let gone = mail_template::Entity::delete_many()
            .filter(mail_template::COLUMN.wave_id.eq(self.wave))
            .filter(mail_template::COLUMN.kind.eq(self.kind))
            .filter(mail_template::COLUMN.language.eq(self.language.as_str()))
            .exec(tx.db)
            .await?;
        Ok(gone.rows_affected > 0)
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
