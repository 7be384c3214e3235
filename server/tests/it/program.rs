//! Runs the program and talks to it, as anybody from outside would. Benchmarks do it with this file too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// The survey that the program has built in.
pub(crate) fn survey(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../questionnaires/qpv-cls")
        .join(file)
}

/// Runs `recueil` to its end.
pub(crate) fn recueil(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recueil"))
        .args(args)
        .env_remove("RECUEIL_DATABASE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// `127.0.0.1:port`
    pub(crate) address: String,
    pub(crate) dashboard: String,
}

impl Server {
    pub(crate) fn start(database: &str, more: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_recueil")), database, more)
    }

    /// Writes whatever can be written into a file.
    pub(crate) fn start_with_log(database: &str, log: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recueil"));
        command
            .env("RECUEIL_LOG", "trace")
            .stderr(std::fs::File::create(log).unwrap());
        Self::run(command, database, &[])
    }

    fn run(mut command: Command, database: &str, more: &[&str]) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .args(more)
            .env_remove("RECUEIL_DATABASE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let respond = lines.next().unwrap();
        let dashboard = lines.next().unwrap();
        let address = respond
            .strip_prefix("respond http://")
            .and_then(|it| it.split('/').next())
            .unwrap()
            .to_owned();
        let dashboard = dashboard.strip_prefix("dashboard ").unwrap().to_owned();
        Self {
            child,
            address,
            dashboard,
        }
    }

    /// SIGKILL: no destructor runs, no buffer is written.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    /// A server that outlived its test would keep the output of all tests open, and whoever reads it waiting.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }
}

/// One request on a connection of its own; an error when the server goes before it has answered.
pub(crate) fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Reply> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    if method == "POST" {
        request.push_str("content-type: application/x-www-form-urlencoded\r\n");
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|it| it.split(' ').nth(1)?.parse().ok())
        .ok_or_else(cut)?;
    let headers = lines
        .filter_map(|it| it.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Ok(Reply {
        status,
        headers,
        body: body.to_owned(),
    })
}

/// A respondent without scripts: a cookie, and forms.
#[derive(Clone, Debug)]
pub(crate) struct Respondent {
    address: String,
    cookie: String,
}

impl Respondent {
    /// Presses « Commencer ».
    pub(crate) fn begin(address: &str) -> std::io::Result<Self> {
        let reply = send(address, "POST", "/r/qpv-cls", &[], "")?;
        let cookie = reply
            .header("set-cookie")
            .and_then(|it| it.split(';').next())
            .unwrap_or("");
        Ok(Self {
            address: address.to_owned(),
            cookie: cookie.to_owned(),
        })
    }

    /// Answers everything up to the review.
    pub(crate) fn ready(address: &str) -> std::io::Result<Self> {
        let respondent = Self::begin(address)?;
        for (page, answers) in NO_SCHEME {
            respondent.post(page, answers)?;
        }
        Ok(respondent)
    }

    /// What a browser would send along.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) fn at(&self, address: &str) -> Self {
        Self {
            address: address.to_owned(),
            ..self.clone()
        }
    }

    pub(crate) fn get(&self, path: &str) -> std::io::Result<Reply> {
        send(&self.address, "GET", path, &[("cookie", &self.cookie)], "")
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> std::io::Result<Reply> {
        send(
            &self.address,
            "POST",
            path,
            &[("cookie", &self.cookie)],
            body,
        )
    }

    /// Posts as a program: the answer to a submission names the response.
    pub(crate) fn post_json(&self, path: &str, body: &str) -> std::io::Result<Reply> {
        let headers = [
            ("cookie", self.cookie.as_str()),
            ("accept", "application/json"),
        ];
        send(&self.address, "POST", path, &headers, body)
    }
}

/// The answers of a coordinator in a territory without any scheme, up to the review.
pub(crate) const NO_SCHEME: [(&str, &str); 2] = [
    (
        "/r/qpv-cls/p/profil",
        "structure=collectivite&fonction=coordo_cls&presence_cls=non&presence_cdv=non&presence_asv=non&nb_qpv=0&go=next",
    ),
    (
        "/r/qpv-cls/p/coordination",
        "coordination=moyenne&leviers=financements&freins=turnover&rappel=false&go=next",
    ),
];
