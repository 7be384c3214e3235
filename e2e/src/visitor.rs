//! A respondent without a browser, for those of whom a scenario needs many: forms, cookies, nothing else.

use anyhow::{Context as _, Result, bail};
use std::{collections::BTreeMap, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a visitor keeps between requests.
#[derive(Debug, Default)]
pub struct Visitor(BTreeMap<String, String>);

/// Where an answer leads, or that it stays.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The address that it leads to; empty if it leads nowhere.
    pub location: String,
    /// All of its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What comes after them.
    pub body: String,
}

impl Answer {
    /// The first value of a header, its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(it, _)| it == name).map(|(_, it)| it.as_str())
    }
}

impl Visitor {
    /// Opens an address.
    ///
    /// # Errors
    /// If there is no answer.
    pub async fn get(&mut self, address: &str) -> Result<Answer> {
        self.ask("GET", address, "").await
    }

    /// Sends a form.
    ///
    /// # Errors
    /// If there is no answer.
    pub async fn post(&mut self, address: &str, form: &str) -> Result<Answer> {
        self.ask("POST", address, form).await
    }

    async fn ask(&mut self, method: &str, address: &str, form: &str) -> Result<Answer> {
        let url = Url::parse(address)?;
        let host = url.host_str().context("an address has a host")?;
        let port = url.port_or_known_default().context("a port")?;
        let cookies: Vec<String> = self.0.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = format!(
            "{method} {} HTTP/1.1\r\nhost: {host}:{port}\r\nconnection: close\r\ncookie: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            url.path(),
            cookies.join("; "),
            form.len(),
        );
        let mut answer = String::new();
        let exchange = async {
            // The server listens there, whatever `localhost` means here.
            let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).await?;
            answer.push_str(&String::from_utf8_lossy(&bytes));
            anyhow::Ok(())
        };
        timeout(PATIENCE, exchange).await??;
        let Some((head, body)) = answer.split_once("\r\n\r\n") else {
            bail!("the answer to {method} {address} was cut");
        };
        let mut lines = head.lines();
        let status = lines.next().and_then(|it| it.split(' ').nth(1));
        let status = status.context("a status")?.parse()?;
        let mut location = String::new();
        let mut headers = Vec::new();
        for (name, value) in lines.filter_map(|it| it.split_once(": ")) {
            let name = name.to_ascii_lowercase();
            headers.push((name.clone(), value.to_owned()));
            match name.as_str() {
                "location" => value.clone_into(&mut location),
                "set-cookie" => {
                    let cookie = value.split(';').next().and_then(|it| it.split_once('='));
                    let (name, value) = cookie.context("a cookie has a name")?;
                    self.0.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        Ok(Answer {
            status,
            location,
            headers,
            body: body.to_owned(),
        })
    }
}
