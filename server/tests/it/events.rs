//! Listens to the events of a live dashboard, as a browser would. Benchmarks listen with it too.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A stream of events, read as they come.
pub(crate) struct Events(BufReader<TcpStream>);

/// An event as it came.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: i64,
    pub(crate) data: Value,
}

impl Event {
    /// How many responses the table of an item is of, if the event has that table.
    pub(crate) fn responses(&self, item: &str) -> Option<u64> {
        let tables = self.data["tables"].as_array().unwrap();
        let table = tables.iter().find(|it| it["item"] == item)?;
        table["base"]["responses"].as_u64()
    }
}

impl Events {
    /// HTTP/1.0: the body is not cut into chunks then.
    pub(crate) fn open(address: &str, path: &str, headers: &[(&str, &str)]) -> Self {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let mut request = format!("GET {path} HTTP/1.0\r\nhost: {address}\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Self(BufReader::new(stream));
        assert!(events.line().unwrap().contains(" 200 "));
        let mut head = Vec::new();
        loop {
            match events.line().unwrap() {
                it if it.is_empty() => break,
                it => head.push(it.to_ascii_lowercase()),
            }
        }
        assert!(
            head.contains(&"content-type: text/event-stream".to_owned()),
            "{head:?}"
        );
        assert!(
            head.contains(&"cache-control: no-store".to_owned()),
            "{head:?}"
        );
        events
    }

    /// `None` at the end of the stream.
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let length = self.0.read_line(&mut line).ok()?;
        (length > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event that carries something: its name, revision and text; `None` when the stream has ended.
    pub(crate) fn next_text(&mut self) -> Option<(String, i64, String)> {
        let (mut name, mut id, mut data) = (String::new(), None, None);
        loop {
            let line = self.line()?;
            match line.split_once(": ") {
                Some(("event", it)) => it.clone_into(&mut name),
                Some(("id", it)) => id = Some(it.parse().unwrap()),
                Some(("data", it)) => data = Some(it.to_owned()),
                _ if line.is_empty() => {
                    if let Some(data) = data.take() {
                        return Some((name, id.unwrap(), data));
                    }
                }
                _ => {}
            }
        }
    }

    /// The next event that carries something, read.
    pub(crate) fn next(&mut self) -> Event {
        let (name, id, data) = self.next_text().unwrap();
        let data = serde_json::from_str(&data).unwrap();
        Event { name, id, data }
    }

    /// Waits for this many responses; events close together may have been merged.
    pub(crate) fn wait_for(&mut self, responses: u64) -> Event {
        loop {
            let event = self.next();
            if event.data["responses"].as_u64().unwrap() >= responses {
                return event;
            }
        }
    }
}
