//! A server of one's own: free port, fresh database, its log kept.

use anyhow::{Context as _, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// How long a start may take: an empty database has to be migrated and the built-in studies installed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `recueil serve`; killed when dropped.
#[derive(Debug)]
pub struct Product {
    /// Where a respondent starts, as the server printed it.
    pub respond: String,
    /// Where the team looks, as the server printed it.
    pub dashboard: String,
    /// The link that creates the administrator, as the server printed it.
    pub administrator: String,
    program: PathBuf,
    database: String,
    /// Kept alive for its `kill_on_drop`.
    _server: Child,
    folder: TempDir,
}

impl Product {
    /// Starts `program` on a free port with a database of its own and waits for its addresses. People reach it by
    /// the name `localhost`: browsers make no passkeys for a bare network address.
    ///
    /// # Errors
    /// If it cannot start, ends, or says nothing in time; the error carries its log.
    pub async fn start(program: &Path) -> Result<Self> {
        Self::start_with(program, &[]).await
    }

    /// The same with further options of `serve`.
    ///
    /// # Errors
    /// As of [`Product::start`].
    pub async fn start_with(program: &Path, more: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let log = std::fs::File::create(folder.path().join("server.log"))?;
        let database = format!("sqlite://{}", folder.path().join("recueil.db").display());
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let listen = format!("127.0.0.1:{port}");
        let public = format!("http://localhost:{port}");
        let mut server = Command::new(program)
            .args(["serve", "--listen", &listen, "--public-url", &public])
            .args(["--database", &database])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let lines = server.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(lines).lines();
        let (mut respond, mut dashboard, mut administrator) = (None, None, None);
        let all = async {
            while let Some(line) = lines.next_line().await? {
                // Of several studies the first is the one that scenarios are about.
                let place = match line.split_once(' ') {
                    Some(("respond", url)) => Some((&mut respond, url)),
                    Some(("dashboard", url)) => Some((&mut dashboard, url)),
                    Some(("administrator", url)) => Some((&mut administrator, url)),
                    _ => None,
                };
                if let Some((place, url)) = place {
                    place.get_or_insert_with(|| url.trim().to_owned());
                }
                if respond.is_some() && dashboard.is_some() && administrator.is_some() {
                    break;
                }
            }
            anyhow::Ok(())
        };
        let waited = timeout(PATIENCE, all).await;
        // Somebody has to read what follows, or the server would block on a full pipe one day.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        match (waited, respond, dashboard, administrator) {
            (Ok(Ok(())), Some(respond), Some(dashboard), Some(administrator)) => Ok(Self {
                respond,
                dashboard,
                administrator,
                program: program.to_owned(),
                database,
                _server: server,
                folder,
            }),
            _ => {
                let log = std::fs::read_to_string(folder.path().join("server.log"))?;
                bail!(
                    "the server did not print `respond`, `dashboard` and `administrator`; its log:\n{log}"
                )
            }
        }
    }

    /// The address of a path on this server.
    ///
    /// # Errors
    /// If the server printed something that is not an address.
    pub fn url(&self, path: &str) -> Result<String> {
        Ok(url::Url::parse(&self.respond)?.join(path)?.into())
    }

    /// Rehearses the built-in study with a file of made-up responses, as the command line does.
    ///
    /// # Errors
    /// If the import does not succeed; the error carries what it said.
    pub async fn rehearse(&self, sheets: &Path) -> Result<()> {
        let sheets = sheets.to_str().context("a path that is no text")?;
        self.run(&["import", "qpv-cls", sheets, "--rehearsal"])
            .await
            .map(drop)
    }

    /// Installs a questionnaire with the example `install`: the addresses of its wave and of its dashboard.
    ///
    /// # Errors
    /// If it is not sound; the error carries what was found.
    pub async fn install(&self, install: &Path, questionnaire: &str) -> Result<(String, String)> {
        let file = self.file("questionnaire.json", questionnaire)?;
        let done = Command::new(install)
            .args([self.database.as_str(), &file])
            .stdin(Stdio::null())
            .output()
            .await
            .with_context(|| format!("cannot start {}", install.display()))?;
        let printed = String::from_utf8(done.stdout)?;
        let Some((start, dashboard)) = printed.trim_end().split_once(' ') else {
            bail!("not installed: {}", String::from_utf8_lossy(&done.stderr));
        };
        Ok((self.url(start)?, self.url(dashboard)?))
    }

    /// Runs a command of the program on the server's database, whatever comes of it.
    ///
    /// # Errors
    /// If it cannot be started.
    pub async fn attempt(&self, args: &[&str]) -> Result<std::process::Output> {
        let mut all = args.to_vec();
        all.extend(["--database", &self.database]);
        self.look(&all).await
    }

    /// Runs a command of the program that needs no database, whatever comes of it.
    ///
    /// # Errors
    /// If it cannot be started.
    pub async fn look(&self, args: &[&str]) -> Result<std::process::Output> {
        let mut command = Command::new(&self.program);
        Ok(command.args(args).stdin(Stdio::null()).output().await?)
    }

    /// Runs a command of the program on the server's database; what it printed.
    ///
    /// # Errors
    /// If it does not succeed; the error carries what it said.
    pub async fn run(&self, args: &[&str]) -> Result<String> {
        let done = self.attempt(args).await?;
        if !done.status.success() {
            bail!("`recueil {}` did not succeed: {done:?}", args.join(" "));
        }
        Ok(String::from_utf8(done.stdout)?)
    }

    /// Writes a file beside the database, for commands; its path.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn file(&self, name: &str, content: &str) -> Result<String> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content)?;
        Ok(path.display().to_string())
    }

    /// Everything it logged so far.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }
}
