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
            let (template, _) = text(&own, kind, &language)?;
            let values = values(wave, &language);
            mails.push(NewMail {
                id: MessageId(self.0.chance().uuid_v4()?),
                unit: unit.id,
                subject: template.subject(&values),
                body: template.body(&values),
            });
        }
        let n_queued = outbox.queue(wave.id, kind, self.0.now(), mails).await?;
        let mut entry = may.entry(self.0.now(), "mail.queue", &wave.slug);
        entry.after = Some(json!({ "kind": kind, "mails": n_queued }).to_string());
        self.0.store().audit().note(entry).await?;
        Ok(n_queued)
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
        self.0.store().mail_templates().set(template).await?;
        let mut entry = may.entry(self.0.now(), "mail.text", &wave.slug);
        entry.after = Some(json!({ "kind": kind, "language": language }).to_string());
        Ok(self.0.store().audit().note(entry).await?)
    }

    /// A wave's mail of one kind in every language of its questionnaire.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn previews(&self, wave: &WaveInfo, kind: MailKind) -> Result<Vec<Preview>> {
        let own = self.0.store().mail_templates().of_wave(wave.id).await?;
        let languages = wave.engine.instrument.languages.iter();
        let preview = |language: &String| {
            let (template, is_own) = text(&own, kind, language)?;
            let values = values(wave, language);
            let opt_out = format!("{EXAMPLE}/opt-out");
            Ok(Preview {
                language: language.clone(),
                subject: template.subject(&values),
                body: with_links(&template.body(&values), EXAMPLE, &opt_out),
                is_own,
            })
        };
        languages.map(preview).collect()
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

/// The text for a language, and whether it is the wave's own: the wave's in that language, else the
/// program's, else the program's in French.
fn text(own: &[MailTemplate], kind: MailKind, language: &str) -> Result<(Template, bool)> {
    let found = own
        .iter()
        .find(|it| it.kind == kind && it.language == language);
    let (subject, body) = match found {
        Some(own) => (own.subject.as_str(), own.body.as_str()),
        None => built_in(kind, language),
    };
    let template = read(kind, subject, body).map_err(ServiceError::UnsoundTemplate)?;
    Ok((template, found.is_some()))
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
