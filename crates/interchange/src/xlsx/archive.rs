//! The container: parts, each unpacked as a stream that ends at a limit.

use super::{Fault, FaultKind};
use std::io::{self, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// More parts than any workbook that people fill in by hand.
const MOST_PARTS: usize = 4_000;

pub(super) struct Archive<'f>(ZipArchive<Cursor<&'f [u8]>>);

impl<'f> Archive<'f> {
    pub(super) fn open(file: &'f [u8]) -> Result<Self, Fault> {
        // Before anything is kept per part: each has this mark in the list of parts.
        let marks = file.windows(4).filter(|it| it == b"PK\x01\x02");
        if marks.count() > MOST_PARTS {
            return Err(FaultKind::TooLarge.into());
        }
        // Only the form for files beyond 4 GB can say that there are more, and room is made for them.
        if file.windows(4).any(|it| it == b"PK\x06\x06") {
            return Err(FaultKind::TooLarge.into());
        }
        let archive = ZipArchive::new(Cursor::new(file)).map_err(|it| fault(&it))?;
        Ok(Self(archive))
    }

    /// A part, if there is one of this name: at most `limit` bytes of it.
    pub(super) fn part(&mut self, name: &str, limit: u64) -> Result<Option<Part<'_>>, Fault> {
        match self.0.by_name(name) {
            Ok(part) => Ok(Some(Part {
                part: Box::new(part),
                left: limit,
            })),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }
}

fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::InvalidPassword => FaultKind::Encrypted.into(),
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            FaultKind::Encrypted.into()
        }
        _ => FaultKind::Damaged.into(),
    }
}

/// A part as it unpacks. That its checksum is wrong shows at its end.
pub(super) struct Part<'a> {
    part: Box<dyn Read + 'a>,
    left: u64,
}

/// The error of a part that unpacks to more than its limit.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than is read")]
pub(super) struct Beyond;

impl Read for Part<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Beyond)),
        }
        Ok(read)
    }
}
