//! A throw-away Postgres for the tests.

use crate::{context::Context, process::Program, tools};
use anyhow::{Context as _, Result, bail};
use std::{
    fs,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A running cluster; stopped and deleted when dropped.
pub(crate) struct Cluster {
    server: Child,
    folder: Folder,
    port: u16,
}

/// A temporary folder, deleted when dropped.
struct Folder(PathBuf);

/// The user and group Postgres runs as; it refuses root.
struct Account {
    uid: u32,
    gid: u32,
}

impl Cluster {
    /// Creates a cluster in a temporary folder and waits until it answers.
    ///
    /// It never syncs to disk: what matters of it is gone in minutes.
    pub(crate) fn start(cx: &Context) -> Result<Self> {
        // Through links, because only the real folder has the other programs.
        let initdb = tools::initdb(cx)?.canonicalize()?;
        let programs = initdb
            .parent()
            .context("initdb stands in a folder")?
            .to_owned();
        let folder = std::env::temp_dir().join(format!("recueil-postgres-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let folder = Folder(folder);
        let account = if tools::is_root()? {
            Some(Account::find()?)
        } else {
            None
        };
        if let Some(account) = &account {
            chown(&folder.0, Some(account.uid), Some(account.gid))?;
        }
        let command = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(&folder.0);
            if let Some(account) = &account {
                command.uid(account.uid).gid(account.gid);
            }
            command
        };

        let output = command(&initdb)
            .args(["-D", "data", "-U", "recueil", "-A", "trust", "-E", "UTF8"])
            .args(["--locale", "C", "--no-sync"])
            .output()
            .context("cannot start initdb")?;
        if !output.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&output.stderr));
        }

        let port = free_port()?;
        let log = fs::File::create(folder.0.join("log"))?;
        let server = command(&programs.join("postgres"))
            .args(["-D", "data", "-k", "."])
            .args(["-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "fsync=off", "-c", "synchronous_commit=off"])
            .args(["-c", "full_page_writes=off", "-c", "max_connections=200"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("cannot start postgres")?;
        let mut cluster = Self {
            server,
            folder,
            port,
        };
        cluster.wait(&programs.join("pg_isready"))?;
        Ok(cluster)
    }

    /// How tests reach it, as a superuser, so that each can create a database of its own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://recueil@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, pg_isready: &Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(60);
        let ask = ["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()].map(str::to_owned);
        loop {
            let answer = Command::new(pg_isready)
                .args(&ask)
                .status()
                .with_context(|| format!("cannot start {}", pg_isready.display()))?;
            if answer.success() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || Instant::now() > deadline {
                let log = fs::read_to_string(self.folder.0.join("log")).unwrap_or_default();
                bail!("postgres did not start:\n{log}");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT is Postgres' immediate shutdown; a plain kill would orphan its workers. Nothing here may fail
        // the tests that just ran, so errors are only worth a message.
        let pid = self.server.id().to_string();
        let stopped = Program::new("kill").args(["-QUIT", &pid]).run();
        if stopped.is_err() || self.server.wait().is_err() {
            eprintln!("  could not stop the test Postgres, process {pid}");
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("  could not delete {}: {error}", self.0.display());
        }
    }
}

impl Account {
    fn find() -> Result<Self> {
        for user in ["postgres", "nobody"] {
            let id = |flag| -> Result<u32> {
                Ok(Program::new("id")
                    .args([flag, user])
                    .output()?
                    .trim()
                    .parse()?)
            };
            if let (Ok(uid), Ok(gid)) = (id("-u"), id("-g")) {
                return Ok(Self { uid, gid });
            }
        }
        bail!("postgres does not run as root, and there is neither a user `postgres` nor `nobody`")
    }
}

/// A port nobody listens on. Somebody may take it before we do; Postgres then fails to start and says so.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
