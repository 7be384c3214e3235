//! A folder of pages over HTTP: opened as files, each would be of an origin of its own, its styles of another.

use anyhow::{Context as _, Result};
use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A folder that goes away, and the task that serves it until then.
pub struct Folder {
    /// Where it is, with a slash at the end.
    pub url: String,
    folder: Arc<TempDir>,
    server: JoinHandle<()>,
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Folder {
    /// Serves an empty folder on a port of its own.
    ///
    /// # Errors
    /// If there is no folder or no port to be had.
    pub async fn serve() -> Result<Self> {
        Self::serve_under("").await
    }

    /// The same, every page under a content security policy; an empty one is none.
    ///
    /// # Errors
    /// As of [`Folder::serve`].
    pub async fn serve_under(policy: &str) -> Result<Self> {
        let policy = match policy {
            "" => String::new(),
            it => format!("content-security-policy: {it}\r\n"),
        };
        let folder = Arc::new(tempfile::tempdir()?);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let root = Arc::clone(&folder);
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A browser that hangs up harms nobody; what it misses, the test notices.
                let _ = answer(stream, root.path(), &policy).await;
            }
        });
        Ok(Self {
            url,
            folder,
            server,
        })
    }

    /// Where to put files.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

async fn answer(stream: TcpStream, root: &Path, policy: &str) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let target = line.split(' ').nth(1).context("a request has an address")?;
    let name = PathBuf::from(target.trim_start_matches('/'));
    let mut header = String::new();
    while stream.read_line(&mut header).await? > 2 {
        header.clear();
    }
    let inside = name
        .components()
        .all(|it| matches!(it, Component::Normal(_)));
    let body = tokio::fs::read(root.join(&name))
        .await
        .ok()
        .filter(|_| inside);
    let status = if body.is_some() {
        "200 OK"
    } else {
        "404 Not Found"
    };
    let kind = match name.extension().and_then(|it| it.to_str()) {
        Some("css") => "text/css",
        _ => "text/html",
    };
    let body = body.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n{policy}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.flush().await?;
    Ok(())
}
