//! Responses as answer sheets.

use crate::sheets::sheet_of;
use crate::team::{ExportData, May};
use crate::{Result, Services, WaveInfo};
use questionnaire::Sheet;
use store::{ResponseId, WaveId};

/// How many sheets are read at a time.
const PAGE: u64 = 500;

/// Reads a wave's responses page by page, in the order of their random identifiers.
#[derive(Debug)]
pub struct Export<'a> {
    services: &'a Services,
    wave: WaveId,
    is_rehearsal: bool,
    after: Option<ResponseId>,
    is_done: bool,
}

impl Services {
    /// Begins an export for a member, and writes down that they did.
    ///
    /// # Errors
    /// [`crate::ServiceError::UnknownWave`] if the study has no such wave.
    pub async fn export_for(&self, may: &May<ExportData>, wave: &str) -> Result<Export<'_>> {
        let wave = self.waves().within(may, wave).await?;
        let entry = may.entry(self.now(), "data.export", &wave.slug);
        self.store().audit().note(entry).await?;
        Ok(self.export(&wave))
    }

    /// Begins an export. What is exported can be imported again and adds nothing then. Sheets of a
    /// rehearsal are marked, so that they are not taken for real ones elsewhere.
    #[must_use]
    pub fn export(&self, wave: &WaveInfo) -> Export<'_> {
        Export {
            services: self,
            wave: wave.id,
            is_rehearsal: wave.is_rehearsal(),
            after: None,
            is_done: false,
        }
    }
}

impl Export<'_> {
    /// The next sheets; `None` at the end.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Sheet>>> {
        if self.is_done {
            return Ok(None);
        }
        let store = self.services.store();
        let page = store.responses().page(self.wave, self.after, PAGE).await?;
        let Some(last) = page.last() else {
            self.is_done = true;
            return Ok(None);
        };
        self.after = Some(last.id);
        let mut sheets = page.iter().map(sheet_of).collect::<Result<Vec<_>>>()?;
        if self.is_rehearsal {
            sheets.iter_mut().for_each(|it| it.meta.mark_rehearsal());
        }
        Ok(Some(sheets))
    }
}
