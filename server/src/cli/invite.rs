//! `recueil invite STUDY[/WAVE] [SAMPLE] [--text FILE]… [--preview KIND] [--send KIND] [--status]`

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use app::studio::team::{sample_advice, sample_fault, template_fault};
use clap::{Args, ValueEnum};
use expr::Lang;
use serde_json::{Map, Value, json};
use service::{
    ImportedSample, MailKind, Preview, SampleFault, SampleFaultKind, SampleStatus, ServiceError,
    Services, TemplateFault, TemplateFaultKind, WaveInfo,
};

use super::data::{self, Database};
use super::output::{self, Exit, Format};

/// Take in a sample, send invitations and reminders, say who has answered. Several at once run in this
/// order.
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// People to ask: CSV, or a workbook (.xlsx) whose first sheet is read, with a column `email`, perhaps
    /// `langue` and `territoire`; other columns are frame variables.
    #[arg(value_name = "SAMPLE.(csv|xlsx)")]
    sample: Option<PathBuf>,
    /// In an anonymous wave, how many people must share what the questionnaire takes of them from the
    /// sample; from others nothing is taken.
    #[arg(long, value_name = "K", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    least_group: u16,
    /// Words of one's own for a mail: a file named after what it is for and its language, as
    /// `reminder.fr.txt`, with the subject, an empty line, and the text. Fills: `{title}`, `{link}`,
    /// `{closes_on}`, `{opt_out}`.
    #[arg(long, value_name = "FILE")]
    text: Vec<PathBuf>,
    /// Show a mail in every language, sending nothing.
    #[arg(long, value_name = "KIND")]
    preview: Option<Kind>,
    /// Queue mails; `serve` sends them.
    #[arg(long, value_name = "KIND")]
    send: Option<Kind>,
    /// Say what became of everybody.
    #[arg(long)]
    status: bool,
    #[command(flatten)]
    database: Database,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Invitation,
    Reminder,
    Other,
}

impl From<Kind> for MailKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Invitation => Self::Invitation,
            Kind::Reminder => Self::Reminder,
            Kind::Other => Self::Other,
        }
    }
}

impl Invite {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let format = Format::or_detect(self.format);
        let report = data::block_on(async {
            let services = self.database.open().await?;
            let wave = services.waves().by_address(&self.wave).await?;
            let report = self.act(&services, &wave, lang).await;
            services.close().await;
            report
        })?;
        match format {
            Format::Json => output::json(&Value::Object(report.json))?,
            Format::Text => {
                let lines = report.lines.iter();
                lines.for_each(|line| println!("{}", output::lines(line)));
            }
        }
        Ok(report.exit)
    }

    async fn act(
        &self,
        services: &Services,
        wave: &WaveInfo,
        lang: Lang,
    ) -> anyhow::Result<Report> {
        let nothing = self.sample.is_none() && self.text.is_empty() && self.preview.is_none();
        if nothing && self.send.is_none() && !self.status {
            bail!(match lang {
                Lang::Fr =>
                    "rien à faire : donner un fichier, --text, --preview, --send ou --status",
                Lang::En => "nothing to do: give a file, --text, --preview, --send or --status",
            });
        }
        let invitations = services.invitations();
        let may = data::may(services, wave).await?;
        let mut report = Report {
            lang,
            exit: Exit::Done,
            json: Map::new(),
            lines: Vec::new(),
        };
        if let Some(path) = &self.sample {
            let table = std::fs::read(path).with_context(|| path.display().to_string())?;
            let least = usize::from(self.least_group);
            let imported = invitations.import_in_groups(&may, wave, &table, least);
            match imported.await {
                Ok(it) => report.imported(&it),
                Err(ServiceError::UnsoundSample(faults)) => {
                    report.refused(&faults);
                    return Ok(report);
                }
                Err(error) => return Err(error.into()),
            }
        }
        for path in &self.text {
            let shown = path.display();
            let (kind, language) = named(path)
                .with_context(|| format!("{shown}\u{a0}: invitation.fr.txt, reminder.en.txt…"))?;
            let text = std::fs::read_to_string(path).with_context(|| shown.to_string())?;
            let (subject, body) = text.split_once("\n\n").unwrap_or((&text, ""));
            let subject = subject.trim();
            let kept = invitations.set_template(&may, wave, kind, &language, subject, body);
            match kept.await {
                Ok(()) => {}
                Err(ServiceError::UnsoundTemplate(faults)) => {
                    report.unsound(path, &faults);
                    return Ok(report);
                }
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(kind) = self.preview {
            report.previews(&invitations.previews(&may, wave, kind.into()).await?);
        }
        if let Some(kind) = self.send {
            report.queued(invitations.queue(&may, wave, kind.into()).await?);
        }
        if self.status {
            report.status(&invitations.status(&may, wave).await?)?;
        }
        Ok(report)
    }
}

/// What a file's name says: `reminder.fr.txt`.
fn named(path: &Path) -> Option<(MailKind, String)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".txt")?;
    let (kind, language) = name.split_once('.')?;
    let kind = Kind::from_str(kind, false).ok()?;
    let is_language = !language.is_empty() && !language.contains('.');
    is_language.then(|| (kind.into(), language.to_owned()))
}

/// What is printed at the end.
struct Report {
    lang: Lang,
    exit: Exit,
    json: Map<String, Value>,
    lines: Vec<String>,
}

impl Report {
    fn say(&mut self, french: String, english: String) {
        self.lines.push(match self.lang {
            Lang::Fr => french,
            Lang::En => english,
        });
    }

    fn imported(&mut self, it: &ImportedSample) {
        let (added, known, blanked) = (it.n_added, &it.known_lines, &it.blanked_lines);
        if !known.is_empty() || !blanked.is_empty() {
            self.exit = Exit::Notices;
        }
        self.say(
            format!(
                "{added} personne(s) ajoutée(s), {} déjà connue(s){}",
                known.len(),
                lines_of(known)
            ),
            format!(
                "{added} people added, {} known already{}",
                known.len(),
                lines_of(known)
            ),
        );
        self.json.insert("added".to_owned(), json!(added));
        self.json.insert("known_lines".to_owned(), json!(known));
        if !blanked.is_empty() {
            self.say(
                format!(
                    "{} dont rien ne sera repris dans la réponse, trop peu se ressemblant{}",
                    blanked.len(),
                    lines_of(blanked)
                ),
                format!(
                    "{} of whom nothing will go into the response, too few being alike{}",
                    blanked.len(),
                    lines_of(blanked)
                ),
            );
        }
        self.json.insert("blanked_lines".to_owned(), json!(blanked));
    }

    fn refused(&mut self, faults: &[SampleFault]) {
        self.exit = Exit::Errors;
        let told = faults.iter().map(|fault| {
            json!({
                "line": fault.line,
                "column": fault.column,
                "sheet": fault.sheet,
                "allowed": fault.allowed,
                "suggestion": fault.suggestion,
                "code": fault.kind.code(),
                "message": words(fault, self.lang),
            })
        });
        let told: Vec<Value> = told.collect();
        self.json.insert("errors".to_owned(), Value::Array(told));
        self.say(
            "Rien n’a été importé".to_owned(),
            "Nothing was imported".to_owned(),
        );
        for fault in faults {
            let line = fault.line;
            let mut words = words(fault, self.lang);
            let meant = fault.suggestion.as_deref();
            let advice = sample_advice(output::texts(self.lang), meant, &fault.allowed);
            if !advice.is_empty() {
                words = format!("{words}. {advice}");
            }
            let mut at = (String::new(), String::new());
            if let Some(sheet) = &fault.sheet {
                at = (
                    format!("feuille «\u{a0}{}\u{a0}», ", output::shown(sheet)),
                    format!("sheet “{}”, ", output::shown(sheet)),
                );
            }
            at.0 += &format!("ligne {line}");
            at.1 += &format!("line {line}");
            if let Some(column) = fault.column.as_deref().map(output::shown) {
                at.0 += &format!(", colonne «\u{a0}{column}\u{a0}»");
                at.1 += &format!(", column “{column}”");
            }
            self.say(
                format!("  {}\u{202f}: {words}", at.0),
                format!("  {}: {words}", at.1),
            );
        }
    }

    fn unsound(&mut self, path: &Path, faults: &[TemplateFault]) {
        self.exit = Exit::Errors;
        let told = faults.iter().map(|fault| {
            json!({
                "file": path.display().to_string(),
                "in": if fault.in_subject { "subject" } else { "body" },
                "code": fault.kind.code(),
                "message": template_words(&fault.kind, self.lang),
            })
        });
        let told: Vec<Value> = told.collect();
        self.json.insert("errors".to_owned(), Value::Array(told));
        for fault in faults {
            let words = template_words(&fault.kind, self.lang);
            self.lines
                .push(format!("{}\u{a0}: {words}", path.display()));
        }
    }

    fn previews(&mut self, previews: &[Preview]) {
        let told = previews.iter().map(|it| {
            json!({
                "language": it.language, "subject": it.subject, "body": it.body, "own": it.is_own,
            })
        });
        let told: Vec<Value> = told.collect();
        self.json.insert("previews".to_owned(), Value::Array(told));
        for it in previews {
            self.lines.push(format!(
                "— {} —\n{}\n\n{}",
                it.language, it.subject, it.body
            ));
        }
    }

    fn queued(&mut self, queued: usize) {
        self.say(
            format!("{queued} message(s) en file d’envoi"),
            format!("{queued} message(s) queued"),
        );
        self.json.insert("queued".to_owned(), json!(queued));
    }

    fn status(&mut self, it: &SampleStatus) -> anyhow::Result<()> {
        self.json
            .insert("status".to_owned(), serde_json::to_value(it)?);
        let rate = it.response_rate.unwrap_or_default();
        let parts = [
            ("invitées", "invited", it.invited),
            ("ont répondu", "complete", it.complete),
            ("ont commencé", "partial", it.partial),
            ("ont ouvert le lien", "opened the link", it.opened),
            ("refusent les messages", "opted out", it.opted_out),
            ("adresse inexistante", "bounced", it.bounced),
            ("sans nouvelle", "silent", it.silent),
        ];
        self.say(
            format!(
                "{} personnes, taux de réponse {rate:.1}\u{202f}%",
                it.sample
            )
            .replace('.', ","),
            format!("{} people, response rate {rate:.1}%", it.sample),
        );
        for (french, english, n) in parts {
            self.say(format!("{n:>7} {french}"), format!("{n:>7} {english}"));
        }
        Ok(())
    }
}

/// What is wrong with the words of a mail.
fn template_words(kind: &TemplateFaultKind, lang: Lang) -> String {
    let fill = match kind {
        TemplateFaultKind::UnknownFill(name) => name.as_str(),
        TemplateFaultKind::FillMissing(name) => name,
        _ => "",
    };
    template_fault(output::texts(lang), kind.code(), &output::shown(fill))
}

fn lines_of(known: &[u64]) -> String {
    match known {
        [] => String::new(),
        [first, ..] if known.len() > 10 => format!(" ({first}…)"),
        _ => format!(" {known:?}"),
    }
}

/// What is wrong, in words. Never what stands there: it may be somebody's address.
fn words(fault: &SampleFault, lang: Lang) -> String {
    let first = match fault.kind {
        SampleFaultKind::EmailTwice { first } => Some(first),
        _ => None,
    };
    sample_fault(output::texts(lang), fault.kind.code(), first)
}
