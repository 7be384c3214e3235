//! `recueil wave STUDY[/WAVE] [--access open|invitation|both] [--max-responses N|none] [--named|--anonymous]`

use clap::{Args, ValueEnum};
use expr::Lang;
use serde_json::json;
use service::{Access, AccessChange};

use super::data::{self, Database};
use super::output::{self, Exit, Format};

/// Settle who may answer a wave; without an option, say how it is settled.
#[derive(Debug, Args)]
pub(super) struct Wave {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// Who may answer: whoever has the address, invited people only, or both.
    #[arg(long)]
    access: Option<Who>,
    /// After how many responses it takes no more; `none` for no limit.
    #[arg(long, value_name = "N|none", value_parser = limit)]
    max_responses: Option<Limit>,
    /// Note whose response is whose. Only before anybody has begun.
    #[arg(long, conflicts_with = "anonymous")]
    named: bool,
    /// Note nothing that leads from a person to a response. Only before anybody has begun.
    #[arg(long)]
    anonymous: bool,
    #[command(flatten)]
    database: Database,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Who {
    Open,
    Invitation,
    Both,
}

#[derive(Clone, Copy, Debug)]
struct Limit(Option<i64>);

fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "none" => Ok(Limit(None)),
        _ => match text.parse() {
            Ok(n @ 0..) => Ok(Limit(Some(n))),
            _ => Err("attendu : un nombre ou none / expected: a number or none".to_owned()),
        },
    }
}

impl Wave {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let change = AccessChange {
            access: self.access.map(|it| match it {
                Who::Open => Access::Open,
                Who::Invitation => Access::Invitation,
                Who::Both => Access::Both,
            }),
            max_responses: self.max_responses.map(|Limit(it)| it),
            anonymous: (self.named || self.anonymous).then_some(self.anonymous),
        };
        let wave = data::block_on(async {
            let services = self.database.open().await?;
            let wave = services.waves().by_address(&self.wave).await?;
            let may = data::may(&services, &wave).await?;
            let invitations = services.invitations();
            invitations.set_access(&may, &wave, change).await?;
            let wave = services.waves().by_address(&self.wave).await?;
            services.close().await;
            Ok(wave)
        })?;
        let access = json!(wave.access);
        match Format::or_detect(self.format) {
            Format::Json => output::json(&json!({
                "wave": wave.slug,
                "access": access,
                "max_responses": wave.max_responses,
                "anonymous": wave.anonymous,
            }))?,
            Format::Text => {
                let (who, kept) = match lang {
                    Lang::Fr => (who_french(wave.access), kept_french(wave.anonymous)),
                    Lang::En => (who_english(wave.access), kept_english(wave.anonymous)),
                };
                println!("{}\u{a0}: {who}, {kept}", wave.slug);
            }
        }
        Ok(Exit::Done)
    }
}

fn who_french(access: Access) -> &'static str {
    match access {
        Access::Open => "ouverte à qui a l’adresse",
        Access::Invitation => "sur invitation",
        Access::Both => "ouverte, et sur invitation",
    }
}

fn who_english(access: Access) -> &'static str {
    match access {
        Access::Open => "open to whoever has the address",
        Access::Invitation => "by invitation",
        Access::Both => "open, and by invitation",
    }
}

fn kept_french(is_anonymous: bool) -> &'static str {
    match is_anonymous {
        true => "anonyme",
        false => "les réponses sont reliées aux personnes invitées",
    }
}

fn kept_english(is_anonymous: bool) -> &'static str {
    match is_anonymous {
        true => "anonymous",
        false => "responses are linked to invited people",
    }
}
