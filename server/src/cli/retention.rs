//! `recueil retention STUDY[/WAVE] [--contacts-days N] [--drafts-days N] [--answers-days N]`

use clap::Args;
use expr::Lang;
use serde_json::json;
use service::Retention as Days;

use super::data::{self, Database};
use super::output::{self, Exit, Format};

#[derive(Debug, Args)]
pub(super) struct Retention {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// Erase contact details so many days after the wave has ended; `never` to keep them.
    #[arg(long, value_name = "N", value_parser = days)]
    contacts_days: Option<Setting>,
    /// Erase unsubmitted answers so many days after their last save; `never` for as long as usual.
    #[arg(long, value_name = "N", value_parser = days)]
    drafts_days: Option<Setting>,
    /// Erase responses so many days after the wave has ended; `never` to keep them.
    #[arg(long, value_name = "N", value_parser = days)]
    answers_days: Option<Setting>,
    #[command(flatten)]
    database: Database,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

/// What an option says.
#[derive(Clone, Copy, Debug)]
enum Setting {
    Never,
    Days(u16),
}

impl Setting {
    fn over(given: Option<Self>, before: Option<u16>) -> Option<u16> {
        match given {
            None => before,
            Some(Self::Never) => None,
            Some(Self::Days(n)) => Some(n),
        }
    }
}

fn days(text: &str) -> Result<Setting, String> {
    if text == "never" {
        return Ok(Setting::Never);
    }
    text.parse().map(Setting::Days).map_err(|_| {
        "attendu : un nombre de jours ou `never` / expected: a number of days or `never`".to_owned()
    })
}

impl Retention {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let days = data::block_on(async {
            let services = self.database.open().await?;
            let wave = services.waves().by_address(&self.wave).await?;
            let may = data::may(&services, &wave).await?;
            let before = services.retention().plan(&may, &wave).await?.days;
            let days = Days {
                contacts_days: Setting::over(self.contacts_days, before.contacts_days),
                drafts_days: Setting::over(self.drafts_days, before.drafts_days),
                answers_days: Setting::over(self.answers_days, before.answers_days),
                ..before
            };
            if days != before {
                services.retention().set(&may, &wave, days).await?;
            }
            services.close().await;
            Ok(days)
        })?;
        match Format::or_detect(self.format) {
            Format::Json => output::json(&json!({
                "contacts_days": days.contacts_days,
                "drafts_days": days.drafts_days,
                "answers_days": days.answers_days,
                "ended_on": days.ended_on.map(|it| it.to_string()),
            }))?,
            Format::Text => {
                for (fr, en, it) in [
                    (
                        "Coordonnées, après la fin",
                        "Contact details, after the end",
                        days.contacts_days,
                    ),
                    (
                        "Brouillons, après le dernier enregistrement",
                        "Drafts, after the last save",
                        days.drafts_days,
                    ),
                    (
                        "Réponses, après la fin",
                        "Responses, after the end",
                        days.answers_days,
                    ),
                ] {
                    println!("{}", line(fr, en, it, lang));
                }
            }
        }
        Ok(Exit::Done)
    }
}

fn line(fr: &str, en: &str, days: Option<u16>, lang: Lang) -> String {
    match (lang, days) {
        (Lang::Fr, Some(n)) => format!("{fr}\u{202f}: {n} jours"),
        (Lang::Fr, None) => format!("{fr}\u{202f}: non réglé"),
        (Lang::En, Some(n)) => format!("{en}: {n} days"),
        (Lang::En, None) => format!("{en}: not set"),
    }
}
