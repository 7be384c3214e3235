//! A questionnaire on paper: what is written, or what was published.

use super::Writing;
use crate::team::{Design, May};
use crate::{Result, ServiceError};
use publication::paper::Standing;
use publication::{Options, Paper};

/// How it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printing {
    /// The number of a published version; the working version if there is none.
    pub version: Option<i32>,
    /// The language of its texts; the first one of the questionnaire if it has not this one.
    pub language: String,
    /// Whether it is made for committees: with ids, codes and conditions.
    pub annotated: bool,
}

/// What there is to print.
#[derive(Debug, Clone)]
pub struct Printable {
    /// The paper; nothing while the text has errors.
    pub paper: Option<Paper>,
    /// The languages of the text.
    pub languages: Vec<String>,
    /// The published version that it is, if it is one.
    pub version: Option<i32>,
    /// The numbers of the published versions.
    pub versions: Vec<i32>,
}

impl Writing<'_> {
    /// The working version, or a published one, as a paper. A version that was not published is the working
    /// version.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer; [`ServiceError::Busy`] if it was
    /// interrupted.
    pub async fn printable(&self, may: &May<Design>, asked: &Printing) -> Result<Printable> {
        let published = self.published(may).await?;
        let versions = published.iter().map(|it| it.number).collect();
        let chosen = asked.version;
        let chosen = chosen.and_then(|number| published.into_iter().find(|it| it.number == number));
        let (source, version) = match chosen {
            Some(it) => (it.source, Some(it.number)),
            None => (self.open(may).await?.source, None),
        };
        let standing = match version {
            Some(number) => Standing::Published(number),
            None => Standing::Working,
        };
        let asked = asked.clone();
        let (paper, languages) = self
            .proving(move || {
                let engine = questionnaire::check(&source).engine;
                let Some(engine) = engine else {
                    return (None, Vec::new());
                };
                let languages = engine.instrument.languages.clone();
                let found = languages.iter().find(|it| **it == asked.language);
                let language = found.or(languages.first()).map_or("fr", String::as_str);
                let options = Options {
                    annotated: asked.annotated,
                    standing: Some(standing),
                };
                (
                    Some(publication::paper(&engine, language, &options)),
                    languages,
                )
            })
            .await?;
        Ok(Printable {
            paper,
            languages,
            version,
            versions,
        })
    }

    /// A paper as a PDF file.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted; [`ServiceError::Internal`] if the file would not be what
    /// it has to be.
    pub async fn pdf(&self, paper: Paper) -> Result<Vec<u8>> {
        let file = self
            .proving(move || publication::pdf::document(&paper))
            .await?;
        file.map_err(|error| ServiceError::unreadable("pdf", error.to_string()))
    }
}
