//! A mail server that keeps what it gets, and answers as a test wants.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// The addresses that the envelope names.
    pub(crate) recipients: Vec<String>,
    /// Header lines as they came, unfolded: name in lower case, value.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, its transfer encoding undone.
    pub(crate) body: String,
}

impl Received {
    /// The only value of a header.
    pub(crate) fn header(&self, name: &str) -> &str {
        let all: Vec<&str> = self
            .headers
            .iter()
            .filter(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all[0]
    }
}

#[derive(Default)]
struct Kept {
    received: Vec<Received>,
    /// What to answer to an address, instead of yes.
    refusals: HashMap<String, String>,
    /// Whether a mail is taken and its sender never told.
    is_silent: bool,
}

/// The running server. It ends with the test.
#[derive(Clone)]
pub(crate) struct Sink {
    pub(crate) url: String,
    kept: Arc<(Mutex<Kept>, Condvar)>,
}

impl Sink {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let kept = Arc::new((Mutex::new(Kept::default()), Condvar::new()));
        let sink = Self {
            url,
            kept: Arc::clone(&kept),
        };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A sender that goes away in the midst of a mail is its own matter.
                std::thread::spawn(move || drop(converse(stream, &kept)));
            }
        });
        sink
    }

    /// Answers to an address with this from now on; with nothing special if empty.
    pub(crate) fn refuse(&self, address: &str, reply: &str) {
        let mut kept = self.kept.0.lock().unwrap();
        match reply {
            "" => kept.refusals.remove(address),
            _ => kept.refusals.insert(address.to_owned(), reply.to_owned()),
        };
    }

    /// Takes mails, from now on, without telling their sender; or tells again.
    pub(crate) fn be_silent(&self, is_silent: bool) {
        self.kept.0.lock().unwrap().is_silent = is_silent;
    }

    /// Everything received, once there are so many.
    pub(crate) fn wait_for(&self, n: usize) -> Vec<Received> {
        let (kept, arrived) = &*self.kept;
        let patience = Duration::from_secs(30);
        let lacks = |kept: &mut Kept| kept.received.len() < n;
        let (kept, waited) = arrived
            .wait_timeout_while(kept.lock().unwrap(), patience, lacks)
            .unwrap();
        assert!(!waited.timed_out(), "{} of {n} mails", kept.received.len());
        kept.received.clone()
    }
}

fn converse(stream: TcpStream, kept: &(Mutex<Kept>, Condvar)) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    let mut recipients = Vec::new();
    out.write_all(b"220 sink\r\n")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply = match verb.as_str() {
            "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                let refusal = kept.0.lock().unwrap().refusals.get(address).cloned();
                if refusal.is_none() {
                    recipients.push(address.to_owned());
                }
                refusal.unwrap_or_else(|| "250 yes".to_owned())
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mail = read_mail(&mut lines, std::mem::take(&mut recipients))?;
                let mut kept_now = kept.0.lock().unwrap();
                kept_now.received.push(mail);
                let is_silent = kept_now.is_silent;
                drop(kept_now);
                kept.1.notify_all();
                if is_silent {
                    // Until the sender goes away.
                    while lines.read_line(&mut line)? > 0 {}
                    return Ok(());
                }
                "250 taken".to_owned()
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => "250 yes".to_owned(),
        };
        out.write_all(format!("{reply}\r\n").as_bytes())?;
    }
}

fn read_mail(lines: &mut impl BufRead, recipients: Vec<String>) -> std::io::Result<Received> {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut body = String::new();
    let mut in_body = false;
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        let line = line.strip_suffix("\r\n").unwrap_or(&line);
        match line {
            "." => break,
            _ if in_body => {
                body.push_str(line.strip_prefix('.').unwrap_or(line));
                body.push('\n');
            }
            "" => in_body = true,
            _ if line.starts_with([' ', '\t']) => {
                if let Some((_, value)) = headers.last_mut() {
                    value.push_str(line);
                }
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
    let is_quoted = headers
        .iter()
        .any(|(name, value)| name == "content-transfer-encoding" && value == "quoted-printable");
    if is_quoted {
        body = unquoted(&body);
    }
    Ok(Received {
        recipients,
        headers,
        body,
    })
}

/// Undoes quoted-printable.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut parts = text.split('=');
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        match part.get(..2).map(|it| u8::from_str_radix(it, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            _ => bytes.extend(part.bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
