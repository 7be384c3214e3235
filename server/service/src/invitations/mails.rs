//! Which text goes to whom, in which language.

use super::Invitations;
use super::template::{Template, TemplateFault, Values, with_links};
use crate::team::{Field, May};
use crate::{Fielding, Result, ServiceError, WaveInfo};
use serde_json::json;
use store::{MailKind, MailTemplate, MessageId, NewMail};
use time::{Date, Month};

/// A mail as somebody would get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The language.
    pub language: String,
    /// The subject.
    pub subject: String,
    /// The text, with example links.
    pub body: String,
    /// Whether the text is the wave's own, not the program's.
    pub is_own: bool,
}

/// The text of a mail with its fills, and the mail that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// The subject, with fills.
    pub subject: String,
    /// The text, with fills.
    pub body: String,
    /// As somebody would get it.
    pub shown: Preview,
}

/// The program's own texts: the subject, an empty line, the body.
const BUILT_IN: [(MailKind, &str, &str); 6] = [
    (
        MailKind::Invitation,
        "fr",
        include_str!("mails/invitation.fr.txt"),
    ),
    (
        MailKind::Invitation,
        "en",
        include_str!("mails/invitation.en.txt"),
    ),
    (
        MailKind::Reminder,
        "fr",
        include_str!("mails/reminder.fr.txt"),
    ),
    (
        MailKind::Reminder,
        "en",
        include_str!("mails/reminder.en.txt"),
    ),
    (MailKind::Other, "fr", include_str!("mails/other.fr.txt")),
    (MailKind::Other, "en", include_str!("mails/other.en.txt")),
];

/// Shown in a preview in place of a link: one that opens nothing.
const EXAMPLE: &str = "https://example.org/i/0000";

impl Invitations<'_> {
    /// Queues mails to everybody to whom one of this kind may be written now, and says to how many:
    /// an invitation to who has none, a reminder to who was invited and has not answered; never to who
    /// does not want it or whose address does not exist.
    ///
    /// # Errors
    /// [`ServiceError::NotYetOpen`], [`ServiceError::Closed`] or [`ServiceError::Full`], as the link
    /// would open nothing; [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn queue(&self, may: &May<Field>, wave: &WaveInfo, kind: MailKind) -> Result<usize> {
        may.must_hold(wave)?;
        if kind != MailKind::Other || wave.fielding == Fielding::NotYetOpen {
            wave.must_be_open()?;
        }
        let own = self.0.store().mail_templates().of_wave(wave.id).await?;
        let outbox = self.0.store().outbox();
        let mut mails = Vec::new();
        for unit in outbox.recipients(wave.id, kind).await? {
            let language = unit.language.unwrap_or_else(|| wave.language.clone());
            let template = text(&own, kind, &language)?;
            let values = values(wave, &language);
            mails.push(NewMail {
                id: MessageId(self.0.chance().uuid_v4()?),
                unit: unit.id,
                subject: template.subject(&values),
                body: template.body(&values),
            });
        }
        let now = self.0.now();
        let entry = may.entry(now, "mail.queue", &wave.slug);
        let told = move |n_queued: &usize| {
            let mut entry = entry.clone();
            entry.after = Some(json!({ "kind": kind, "mails": n_queued }).to_string());
            Some(entry)
        };
        Ok(outbox.queue(wave.id, kind, now, mails, told).await?)
    }

    /// Gives a wave's mails of one kind a text of its own in one language.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundTemplate`] with all that is wrong with it;
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn set_template(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        kind: MailKind,
        language: &str,
        subject: &str,
        body: &str,
    ) -> Result<()> {
        may.must_hold(wave)?;
        read(kind, subject, body).map_err(ServiceError::UnsoundTemplate)?;
        let template = MailTemplate {
            wave: wave.id,
            kind,
            language: language.to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
        };
        let mut entry = may.entry(self.0.now(), "mail.text", &wave.slug);
        entry.after = Some(json!({ "kind": kind, "language": language }).to_string());
        let templates = self.0.store().mail_templates();
        Ok(templates.set(template, entry).await?)
    }

    /// Takes a wave's own text away: the program's is sent again.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn drop_template(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        kind: MailKind,
        language: &str,
    ) -> Result<()> {
        may.must_hold(wave)?;
        let mut entry = may.entry(self.0.now(), "mail.text", &wave.slug);
        entry.after = Some(json!({ "kind": kind, "language": language, "own": false }).to_string());
        let templates = self.0.store().mail_templates();
        templates.drop(wave.id, kind, language, entry).await?;
        Ok(())
    }

    /// A wave's mail of one kind in every language of its questionnaire.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer; [`ServiceError::UnknownWave`] if the
    /// wave is of another study.
    pub async fn previews(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        kind: MailKind,
    ) -> Result<Vec<Preview>> {
        let texts = self.texts(may, wave, kind).await?;
        Ok(texts.into_iter().map(|it| it.shown).collect())
    }

    /// The same with what it is made from.
    ///
    /// # Errors
    /// As of [`Invitations::previews`].
    pub async fn texts(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        kind: MailKind,
    ) -> Result<Vec<MailText>> {
        may.must_hold(wave)?;
        let own = self.0.store().mail_templates().of_wave(wave.id).await?;
        let languages = wave.engine.instrument.languages.iter();
        let text = |language: &String| {
            let (subject, body, is_own) = source(&own, kind, language);
            let template = read(kind, subject, body).map_err(ServiceError::UnsoundTemplate)?;
            Ok(MailText {
                subject: subject.to_owned(),
                body: body.to_owned(),
                shown: shown(&template, wave, language, is_own),
            })
        };
        languages.map(text).collect()
    }

    /// How a text would look that is not kept yet.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundTemplate`] with all that is wrong with it.
    pub fn preview(
        &self,
        wave: &WaveInfo,
        kind: MailKind,
        language: &str,
        subject: &str,
        body: &str,
    ) -> Result<Preview> {
        let template = read(kind, subject, body).map_err(ServiceError::UnsoundTemplate)?;
        Ok(shown(&template, wave, language, true))
    }

    /// To how many people a mail of each kind may be written now.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer; [`ServiceError::UnknownWave`] if the
    /// wave is of another study.
    pub async fn n_due(&self, may: &May<Field>, wave: &WaveInfo, kind: MailKind) -> Result<usize> {
        may.must_hold(wave)?;
        let outbox = self.0.store().outbox();
        Ok(outbox.recipients(wave.id, kind).await?.len())
    }
}

fn shown(template: &Template, wave: &WaveInfo, language: &str, is_own: bool) -> Preview {
    let values = values(wave, language);
    let opt_out = format!("{EXAMPLE}/opt-out");
    Preview {
        language: language.to_owned(),
        subject: template.subject(&values),
        body: with_links(&template.body(&values), EXAMPLE, &opt_out),
        is_own,
    }
}

/// An invitation and a reminder must say where to answer and how to be written to no more.
fn read(kind: MailKind, subject: &str, body: &str) -> Result<Template, Vec<TemplateFault>> {
    let must_link = match kind {
        MailKind::Invitation | MailKind::Reminder => true,
        MailKind::Other => false,
    };
    Template::read(subject, body, must_link)
}

/// The text for a language: the wave's own in that language, else the program's, else the program's in
/// French.
fn text(own: &[MailTemplate], kind: MailKind, language: &str) -> Result<Template> {
    let (subject, body, _) = source(own, kind, language);
    read(kind, subject, body).map_err(ServiceError::UnsoundTemplate)
}

/// What that is made from, and whether it is the wave's own.
fn source<'a>(own: &'a [MailTemplate], kind: MailKind, language: &str) -> (&'a str, &'a str, bool) {
    let mut own = own.iter();
    match own.find(|it| it.kind == kind && it.language == language) {
        Some(own) => (&own.subject, &own.body, true),
        None => {
            let (subject, body) = built_in(kind, language);
            (subject, body, false)
        }
    }
}

fn built_in(kind: MailKind, language: &str) -> (&'static str, &'static str) {
    let of_kind = || BUILT_IN.iter().filter(|it| it.0 == kind);
    let found = of_kind().find(|it| it.1 == language);
    let text = found.or_else(|| of_kind().next()).map_or("", |it| it.2);
    text.split_once("\n\n").unwrap_or((text, ""))
}

fn values(wave: &WaveInfo, language: &str) -> Values {
    Values {
        title: wave.engine.instrument.title.get(language).to_owned(),
        closes_on: wave.closes_at.map(|it| day(it.date(), language)),
    }
}

/// A day in words.
fn day(date: Date, language: &str) -> String {
    const FRENCH: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month: Month = date.month();
    let name = FRENCH[usize::from(u8::from(month)) - 1];
    match (language, date.day()) {
        ("en", day) => format!("{day} {month} {}", date.year()),
        (_, 1) => format!("1er {name} {}", date.year()),
        (_, day) => format!("{day} {name} {}", date.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, MailKind, built_in, day, read};
    use time::macros::date;

    #[test]
    fn the_programs_own_texts_are_sound() {
        for (kind, language, _) in BUILT_IN {
            let (subject, body) = built_in(kind, language);
            assert_eq!(read(kind, subject, body).err(), None, "{kind:?} {language}");
            assert!(body.len() > 50, "{kind:?} {language}");
        }
        let german = built_in(MailKind::Reminder, "de");
        assert_eq!(german, built_in(MailKind::Reminder, "fr"));
    }

    #[test]
    fn days_are_written_out() {
        for (language, date, expected) in [
            ("fr", date!(2017 - 09 - 01), "1er septembre 2017"),
            ("fr", date!(2026 - 12 - 31), "31 décembre 2026"),
            ("en", date!(2017 - 09 - 01), "1 September 2017"),
        ] {
            assert_eq!(day(date, language), expected);
        }
    }
}
