//! ChromeDriver, which starts browsers for us.

use anyhow::{Context as _, Result, bail};
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// A running ChromeDriver; killed when dropped.
pub struct Driver {
    /// Where it listens.
    pub url: String,
    /// Kept alive for its `kill_on_drop`.
    _process: Child,
}

impl Driver {
    /// Starts it on a port it chooses and waits until it says which.
    ///
    /// # Errors
    /// If it cannot start or says nothing in time.
    pub async fn start(program: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let lines = process
            .stdout
            .take()
            .context("chromedriver has no output")?;
        let mut lines = BufReader::new(lines).lines();
        let port = timeout(Duration::from_secs(30), async {
            while let Some(line) = lines.next_line().await? {
                if let Some((_, port)) = line.split_once("started successfully on port ") {
                    return Ok(port.trim_end_matches('.').parse::<u16>()?);
                }
            }
            bail!("chromedriver ended without naming its port")
        })
        .await
        .context("chromedriver does not name its port")??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            _process: process,
        })
    }
}
