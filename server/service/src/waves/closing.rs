//! What a wave says to whoever comes when it takes no more responses.

use super::{WaveInfo, Waves};
use crate::team::{Field, May};
use crate::{Result, ServiceError};
use questionnaire::Text;
use store::WaveChange;
use validator::{ValidationError, ValidationErrors};

/// Most characters of a closing message, in each language.
pub const LONGEST_MESSAGE: usize = 2_000;

/// A closing message as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingMessage {
    /// Plain text: empty lines part paragraphs.
    pub text: String,
    /// The language it is in, which may be another than was asked for.
    pub language: String,
}

impl WaveInfo {
    /// What the wave says once it is closed to somebody who reads `language`: in that language, else in the one
    /// that it speaks where it does not know, else in whichever it was written.
    #[must_use]
    pub fn closing_in(&self, language: &str) -> Option<ClosingMessage> {
        let text = self.closing_message.as_ref()?;
        let mut wanted = [language, self.language.as_str()].into_iter();
        let own = wanted.find(|it| text.has(it));
        let own = own.map(|it| (it, text.get(it)));
        let (language, text) = own.or_else(|| text.iter().next())?;
        Some(ClosingMessage {
            text: text.to_owned(),
            language: language.to_owned(),
        })
    }
}

impl Waves<'_> {
    /// Says anew what people read who come when a wave takes no more responses. A language in which nothing is
    /// written has none; without any, the program's own words stand again.
    ///
    /// # Errors
    /// [`ServiceError::BadRequest`] if a text is too long, or in a language that the questionnaire does not
    /// speak; [`ServiceError::IsRehearsal`] for a rehearsal; [`ServiceError::UnknownWave`] if it is of another
    /// study.
    pub async fn set_closing_message(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        message: &Text,
    ) -> Result<()> {
        may.must_hold(wave)?;
        let spoken = &wave.engine.instrument.languages;
        let mut kept = Vec::new();
        for (language, typed) in message.iter() {
            let text = tidy(typed);
            if text.is_empty() {
                continue;
            }
            if !spoken.iter().any(|it| it == language) {
                return Err(wrong("language"));
            }
            if text.chars().count() > LONGEST_MESSAGE {
                return Err(wrong("message"));
            }
            kept.push((language.to_owned(), text));
        }
        let kept: Text = kept.into_iter().collect();
        let kept = (kept != Text::default()).then_some(kept);
        if kept == wave.closing_message {
            return Ok(());
        }
        let write = |it: &Option<Text>| it.as_ref().map(write).transpose();
        let mut entry = may.entry(self.0.now(), "wave.message", &wave.slug);
        entry.before = write(&wave.closing_message)?;
        entry.after = write(&kept)?;
        let change = WaveChange {
            closing_message: Some(entry.after.clone()),
            ..WaveChange::default()
        };
        let waves = self.0.store().waves();
        Ok(waves.change(wave.id, change, entry).await?)
    }
}

/// A text as it is kept: lines as everywhere else, no space at their ends, one empty line between paragraphs.
/// Characters that cannot be seen are none of it.
fn tidy(typed: &str) -> String {
    let typed = typed.replace("\r\n", "\n").replace('\r', "\n");
    let seen = |it: &char| *it == '\n' || !it.is_control();
    let typed: String = typed.replace('\t', " ").chars().filter(seen).collect();
    let mut out = String::new();
    let mut n_empty = 0;
    for line in typed.lines().map(str::trim) {
        if line.is_empty() {
            n_empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if n_empty > 0 { "\n\n" } else { "\n" });
        }
        n_empty = 0;
        out.push_str(line);
    }
    out
}

fn wrong(field: &'static str) -> ServiceError {
    let mut errors = ValidationErrors::new();
    errors.add(field, ValidationError::new(field));
    errors.into()
}

fn write(text: &Text) -> Result<String> {
    serde_json::to_string(text)
        .map_err(|error| ServiceError::unreadable("closing message", error.to_string()))
}

/// A message as it is stored.
pub(super) fn read(json: &str) -> Result<Text> {
    serde_json::from_str(json)
        .map_err(|error| ServiceError::unreadable("closing message", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn a_text_is_kept_as_paragraphs() {
        for (typed, kept) in [
            ("", ""),
            (" \r\n\r\n ", ""),
            ("Merci !", "Merci !"),
            ("  Merci ! \r\nÀ bientôt.\r\n", "Merci !\nÀ bientôt."),
            ("\n\nUn\n\n\n\n Deux\r\rTrois\n", "Un\n\nDeux\n\nTrois"),
            ("Un\u{0}\u{7}deux\tici", "Undeux ici"),
            ("<b>gras</b>", "<b>gras</b>"),
        ] {
            assert_eq!(tidy(typed), kept, "{typed:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_kept_stays_as_it_is(typed in ".{0,200}") {
            let once = tidy(&typed);
            proptest::prop_assert_eq!(tidy(&once), once);
        }
    }
}
