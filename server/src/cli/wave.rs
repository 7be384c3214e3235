//! `recueil wave STUDY[/WAVE] [--create] [--access …] [--max-responses …] [--opens …] [--closes …] [--open|--close]`

use clap::{Args, ValueEnum};
use expr::Lang;
use serde_json::json;
use service::team::{Field, May};
use service::{Access, AccessChange, Edge, NewWave, Schedule, Services, WaveInfo, Zone};
use time::OffsetDateTime;

use super::data::{self, Database};
use super::output::{self, Exit, Format};

/// Settle when a wave takes answers, and of whom; without an option, say how it is settled.
#[derive(Debug, Args)]
pub(super) struct Wave {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// Make the wave first; it takes no answers until it is opened.
    #[arg(long)]
    create: bool,
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
    /// From when on it takes answers, by the clocks of its zone: `2026-03-02T08:00`, or `none`. Of an
    /// hour that clocks show twice, the first.
    #[arg(long, value_name = "MOMENT|none")]
    opens: Option<String>,
    /// Until when it takes answers. Of an hour that clocks show twice, the second.
    #[arg(long, value_name = "MOMENT|none")]
    closes: Option<String>,
    /// The zone of its clocks: an IANA name, `Europe/Paris` at first. Moments that are not said anew
    /// stay the instants that they are.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// What it speaks to people whose language is not known.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Open it now; a date that would keep it shut is taken off.
    #[arg(long, conflicts_with = "close")]
    open: bool,
    /// Close it now.
    #[arg(long)]
    close: bool,
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
            let wave = self.settle(&services, change).await;
            services.close().await;
            wave
        })?;
        let access = json!(wave.access);
        match Format::or_detect(self.format) {
            Format::Json => output::json(&json!({
                "wave": wave.slug,
                "access": access,
                "max_responses": wave.max_responses,
                "anonymous": wave.anonymous,
                "opens": wave.opens_at.map(|it| wave.zone.write(it)),
                "closes": wave.closes_at.map(|it| wave.zone.write(it)),
                "zone": wave.zone.name(),
                "language": wave.language,
            }))?,
            Format::Text => {
                let (who, kept) = match lang {
                    Lang::Fr => (who_french(wave.access), kept_french(wave.anonymous)),
                    Lang::En => (who_english(wave.access), kept_english(wave.anonymous)),
                };
                println!("{}\u{a0}: {who}, {kept}", wave.slug);
                let (opens, closes) = match lang {
                    Lang::Fr => ("ouvre", "ferme"),
                    Lang::En => ("opens", "closes"),
                };
                for (word, at) in [(opens, wave.opens_at), (closes, wave.closes_at)] {
                    if let Some(at) = at {
                        println!("{word} {} {}", wave.zone.write(at), wave.zone.name());
                    }
                }
            }
        }
        Ok(Exit::Done)
    }
}

impl Wave {
    async fn settle(&self, services: &Services, change: AccessChange) -> anyhow::Result<WaveInfo> {
        let waves = services.waves();
        if self.create {
            let (study, wave) = self
                .wave
                .split_once('/')
                .unwrap_or((&self.wave, &self.wave));
            let (team, operator) = (services.team(), services.operator());
            let may = team.operator_may(&operator, study).await?;
            let new = NewWave {
                open: false,
                ..NewWave::open(wave)
            };
            waves.create_newest(&may, new).await?;
        }
        let wave = waves.by_address(&self.wave).await?;
        let may: May<Field> = data::may(services, &wave).await?;
        if change != AccessChange::default() {
            let invitations = services.invitations();
            invitations.set_access(&may, &wave, change).await?;
        }
        let dates = [&self.opens, &self.closes, &self.zone, &self.language];
        if dates.iter().any(|it| it.is_some()) {
            waves.schedule(&may, &wave, self.schedule(&wave)?).await?;
        }
        // What was settled just now decides what opening takes off.
        let wave = waves.by_address(&self.wave).await?;
        if self.open {
            waves.reopen(&may, &wave).await?;
        } else if self.close {
            waves.close(&may, &wave).await?;
        }
        Ok(waves.by_address(&self.wave).await?)
    }

    fn schedule(&self, wave: &WaveInfo) -> service::Result<Schedule> {
        let zone = match &self.zone {
            Some(name) => Zone::named(name)?,
            None => wave.zone.clone(),
        };
        let moment = |said: &Option<String>, before: Option<OffsetDateTime>, edge| match said {
            None => Ok(before),
            Some(none) if none == "none" => Ok(None),
            Some(text) => zone.read(text, edge).map(Some),
        };
        Ok(Schedule {
            opens_at: moment(&self.opens, wave.opens_at, Edge::Opening)?,
            closes_at: moment(&self.closes, wave.closes_at, Edge::Closing)?,
            language: self.language.clone(),
            zone: zone.clone(),
        })
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
