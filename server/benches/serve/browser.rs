//! A browser as the server sees it: one connection that is kept, a cookie, forms.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;

/// One respondent's connection.
pub(crate) struct Browser {
    stream: BufReader<TcpStream>,
    cookies: Vec<String>,
}

/// What matters of the head of an answer.
#[derive(Default)]
struct Head {
    status: u16,
    location: Option<String>,
    length: usize,
    chunked: bool,
}

impl Browser {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            cookies: Vec::new(),
        })
    }

    /// Loads a page.
    pub(crate) fn get(&mut self, path: &str) -> Result<()> {
        self.ask("GET", path, "")?;
        Ok(())
    }

    /// Posts a form; says where the answer leads.
    pub(crate) fn post(&mut self, path: &str, form: &str) -> Result<Option<String>> {
        self.ask("POST", path, form)
    }

    /// Posts a form and loads the page the answer leads to.
    pub(crate) fn post_and_follow(&mut self, path: &str, form: &str) -> Result<Option<String>> {
        let location = self.post(path, form)?;
        if let Some(path) = &location {
            self.get(path)?;
        }
        Ok(location)
    }

    fn ask(&mut self, method: &str, path: &str, form: &str) -> Result<Option<String>> {
        let cookies = self.cookies.join("; ");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookies}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let head = self.head()?;
        self.skip_body(&head)?;
        match head.status {
            200 | 303 => Ok(head.location),
            status => Err(Error::other(format!("{method} {path}: {status}"))),
        }
    }

    fn head(&mut self) -> Result<Head> {
        let mut head = Head::default();
        let status = self.line()?;
        head.status = status
            .split(' ')
            .nth(1)
            .and_then(|it| it.parse().ok())
            .ok_or(ErrorKind::InvalidData)?;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else {
                return Ok(head);
            };
            match name.to_ascii_lowercase().as_str() {
                "location" => head.location = Some(value.to_owned()),
                "content-length" => head.length = value.parse().unwrap_or_default(),
                "transfer-encoding" => head.chunked = true,
                "set-cookie" => self
                    .cookies
                    .extend(value.split(';').next().map(str::to_owned)),
                _ => {}
            }
        }
    }

    fn skip_body(&mut self, head: &Head) -> Result<()> {
        if !head.chunked {
            return self.skip(head.length);
        }
        loop {
            let size = usize::from_str_radix(&self.line()?, 16)
                .map_err(|_| Error::from(ErrorKind::InvalidData))?;
            // The data, and the line end after them.
            self.skip(size + 2)?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    fn skip(&mut self, length: usize) -> Result<()> {
        let mut body = (&mut self.stream).take(length as u64);
        let skipped = std::io::copy(&mut body, &mut std::io::sink())?;
        if skipped < length as u64 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
