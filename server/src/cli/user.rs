//! `recueil user add|list|remove|recover|role|audit … [--database …]`

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use expr::Lang;
use serde_json::json;
use service::team::ManageMembers;
use service::{Role, Services};

use super::data::{self, Database};
use super::output::{self, Exit, Format};

#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create an account; its password is the first line of standard input.
    Add {
        /// The e-mail address.
        email: String,
        /// What others call them; the address, if it is not given.
        #[arg(long)]
        name: Option<String>,
        /// May do everything, in every study.
        #[arg(long)]
        administrator: bool,
        #[command(flatten)]
        database: Database,
    },
    /// List the accounts.
    List {
        #[command(flatten)]
        database: Database,
        /// How to print.
        #[arg(long)]
        format: Option<Format>,
    },
    /// Remove an account with its sessions, roles and tokens.
    Remove {
        /// The e-mail address.
        email: String,
        #[command(flatten)]
        database: Database,
    },
    /// Make a link to a new password, to be handed over; it works once, for two hours.
    Recover {
        /// The e-mail address.
        email: String,
        /// The address that people use, for the link.
        #[arg(
            long,
            env = "RECUEIL_PUBLIC_URL",
            default_value = "http://127.0.0.1:3000"
        )]
        public_url: String,
        #[command(flatten)]
        database: Database,
    },
    /// Give an account a role in a study.
    Role {
        /// The e-mail address.
        email: String,
        /// The study.
        study: String,
        /// The role: owner, organiser, analyst, correspondent, viewer.
        #[arg(value_parser = role)]
        role: Role,
        #[command(flatten)]
        database: Database,
    },
    /// Print the whole audit log, an entry a line, and check its chain.
    Audit {
        #[command(flatten)]
        database: Database,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| {
        let all = Role::ALL.map(Role::code);
        all.join(", ")
    })
}

impl User {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        data::block_on(async {
            match self.action {
                Action::Add {
                    email,
                    name,
                    administrator,
                    database,
                } => {
                    let password = password(lang)?;
                    let services = database.open().await?;
                    let name = name.as_deref().unwrap_or(&email);
                    let added = services
                        .team()
                        .add(&services.operator(), &email, name, &password, administrator)
                        .await;
                    services.close().await;
                    let added = added.map_err(|it| explained(&it, lang))?;
                    println!("{}", added.email);
                    Ok(Exit::Done)
                }
                Action::List { database, format } => {
                    let services = database.open().await?;
                    let all = services.team().all(&services.operator()).await;
                    services.close().await;
                    let format = Format::or_detect(format);
                    for it in all? {
                        match format {
                            Format::Json => output::json_line(&json!({
                                "email": it.email,
                                "name": it.name,
                                "administrator": it.is_administrator,
                            }))?,
                            Format::Text if it.is_administrator => {
                                println!("{}  {}  (administrator)", it.email, it.name);
                            }
                            Format::Text => println!("{}  {}", it.email, it.name),
                        }
                    }
                    Ok(Exit::Done)
                }
                Action::Remove { email, database } => {
                    let services = database.open().await?;
                    let removed = services.team().remove(&services.operator(), &email).await;
                    services.close().await;
                    removed.map_err(|it| explained(&it, lang))?;
                    Ok(Exit::Done)
                }
                Action::Recover {
                    email,
                    public_url,
                    database,
                } => {
                    let services = database.open().await?;
                    let operator = services.operator();
                    let secret = services.team().recover_by_hand(&operator, &email).await;
                    services.close().await;
                    let secret = secret.map_err(|it| explained(&it, lang))?;
                    let link = app::paths::link(secret.reveal());
                    println!("{}{link}", public_url.trim_end_matches('/'));
                    Ok(Exit::Done)
                }
                Action::Role {
                    email,
                    study,
                    role,
                    database,
                } => {
                    let services = database.open().await?;
                    let given = give(&services, &email, &study, role).await;
                    services.close().await;
                    given.map_err(|it| explained(&it, lang))?;
                    Ok(Exit::Done)
                }
                Action::Audit { database } => {
                    let services = database.open().await?;
                    let exit = audit(&services, lang).await;
                    services.close().await;
                    exit
                }
            }
        })
    }
}

async fn give(services: &Services, email: &str, study: &str, role: Role) -> service::Result<()> {
    let team = services.team();
    let operator = services.operator();
    let may = team.operator_may::<ManageMembers>(&operator, study).await?;
    team.add_member(&may, email, role).await
}

async fn audit(services: &Services, lang: Lang) -> anyhow::Result<Exit> {
    let (team, operator) = (services.team(), services.operator());
    let mut number = 0;
    loop {
        let page = team.whole_audit_after(&operator, number).await?;
        let Some(last) = page.last() else {
            break;
        };
        number = last.number;
        for entry in &page {
            output::json_line(entry)?;
        }
    }
    match team.verify_audit(&operator).await? {
        Ok((n, hash)) => {
            let words = match lang {
                Lang::Fr => format!("{n} entrée(s), chaîne intacte ; dernière empreinte : {hash}"),
                Lang::En => format!("{n} entries, chain whole; last hash: {hash}"),
            };
            eprintln!("{words}");
            Ok(Exit::Done)
        }
        Err(broken) => {
            let words = match lang {
                Lang::Fr => format!("chaîne rompue à l’entrée {}", broken.number),
                Lang::En => format!("the chain is broken at entry {}", broken.number),
            };
            eprintln!("{words}");
            Ok(Exit::Errors)
        }
    }
}

/// The first line of standard input. It is not asked for where it would be seen.
fn password(lang: Lang) -> anyhow::Result<String> {
    let mut input = std::io::stdin().lock();
    if std::io::stdin().is_terminal() {
        let words = match lang {
            Lang::Fr => {
                "donnez le mot de passe sur l’entrée standard : recueil user add … < fichier"
            }
            Lang::En => "give the password on standard input: recueil user add … < file",
        };
        bail!(words);
    }
    std::io::stderr().flush()?;
    let mut line = String::new();
    input.read_line(&mut line).context("stdin")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// An error with its stable code, in the words of the language.
fn explained(error: &service::ServiceError, lang: Lang) -> anyhow::Error {
    let words = match (error.code(), lang) {
        ("weak_password", Lang::Fr) => {
            "ce mot de passe est trop court (12 caractères au moins) ou trop facile à deviner"
        }
        ("bad_email", Lang::Fr) => "ce n’est pas une adresse électronique",
        ("bad_name", Lang::Fr) => "un nom a de 1 à 100 caractères, sur une ligne",
        ("taken", Lang::Fr) => "cette adresse a déjà un compte",
        ("unknown_account", Lang::Fr) => "aucun compte n’a cette adresse",
        ("unknown_study", Lang::Fr) => "il n’y a pas d’étude de ce nom",
        ("last_administrator", Lang::Fr) => {
            "le dernier compte d’administration ne peut être supprimé"
        }
        ("last_owner", Lang::Fr) => "une étude garde au moins un propriétaire",
        _ => return anyhow::anyhow!("{error} ({})", error.code()),
    };
    anyhow::anyhow!("{words} ({})", error.code())
}
