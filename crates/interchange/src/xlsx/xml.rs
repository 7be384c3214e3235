//! XML as a stream of what matters here: elements by their local name, and text.

use super::archive::{Beyond, Part};
use super::{Fault, FaultKind};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::io::{self, BufRead, BufReader};

/// The longest tag or text. A cell holds 32,767 characters at most.
const LONGEST: u64 = 1024 * 1024;

/// What comes next in a part.
pub(super) enum Next {
    /// An element begins; also one that is empty, which then ends.
    Start(Tag),
    /// The element of this name ends.
    End(String),
    /// Text, references replaced.
    Text(String),
    /// The part ends, and its checksum is right.
    Eof,
}

/// The beginning of an element.
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute by its local name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    pub(super) fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), Some("1" | "true"))
    }
}

/// Reads a part.
pub(super) struct Stream<'a> {
    reader: Reader<Bounded<BufReader<Part<'a>>>>,
    buffer: Vec<u8>,
}

impl<'a> Stream<'a> {
    pub(super) fn new(part: Part<'a>) -> Self {
        let mut reader = Reader::from_reader(Bounded {
            source: BufReader::new(part),
            left: LONGEST,
        });
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    pub(super) fn next(&mut self) -> Result<Next, Fault> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = LONGEST;
            let event = self.reader.read_event_into(&mut self.buffer);
            return Ok(match event.map_err(|it| fault(&it))? {
                Event::Start(it) => Next::Start(tag(&it)?),
                Event::End(it) => Next::End(it.local_name().as_ref().to_owned()),
                Event::Text(it) => Next::Text(it.xml10_content().into_owned()),
                Event::CData(it) => Next::Text(it.xml10_content().into_owned()),
                Event::GeneralRef(it) => Next::Text(referred(&it)?),
                Event::DocType(_) => return Err(FaultKind::Dtd.into()),
                Event::Eof => {
                    self.drain()?;
                    Next::Eof
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Reads on to the end, where the checksum is.
    fn drain(&mut self) -> Result<(), Fault> {
        let source = &mut self.reader.get_mut().source;
        let rest = io::copy(source, &mut io::sink());
        rest.map_err(|it| io_fault(&it))?;
        Ok(())
    }
}

fn tag(start: &BytesStart<'_>) -> Result<Tag, Fault> {
    let mut attributes = Vec::new();
    // That no attribute stands there twice is for others to find: looking costs the square of their number.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| FaultKind::Damaged)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        attributes.push((
            attribute.key.local_name().as_ref().to_owned(),
            value.map_err(|_| FaultKind::Damaged)?.into_owned(),
        ));
    }
    Ok(Tag {
        name: start.local_name().as_ref().to_owned(),
        attributes,
    })
}

/// What `&amp;` and the like stand for: there are no others without a DTD.
fn referred(reference: &BytesRef<'_>) -> Result<String, Fault> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character.to_string());
    }
    Ok(match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(FaultKind::Damaged.into()),
    }
    .to_owned())
}

fn fault(error: &Error) -> Fault {
    match error {
        Error::Io(error) => io_fault(error),
        _ => FaultKind::Damaged.into(),
    }
}

fn io_fault(error: &io::Error) -> Fault {
    let is_beyond = error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Beyond>);
    if is_beyond {
        FaultKind::TooLarge.into()
    } else {
        FaultKind::Damaged.into()
    }
}

/// Gives no more than a limit between two events, which the parser would keep whole.
struct Bounded<R> {
    source: R,
    left: u64,
}

impl<R: BufRead> io::Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(Beyond));
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.left = self.left.saturating_sub(n as u64);
        self.source.consume(n);
    }
}
