//! Instruments on their way to browsers.
//!
//! Bytes without field names: reading them takes a tenth of the code that reading JSON takes, and that code is
//! downloaded by every respondent. The two ends are builds of one commit, and the address of an instrument
//! changes with its content, so the form needs no version.

use std::fmt;

use super::Instrument;

/// These bytes are no instrument of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnInstrument;

impl fmt::Display for NotAnInstrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these bytes are no instrument of this version of the program")
    }
}

impl std::error::Error for NotAnInstrument {}

impl Instrument {
    /// The instrument as bytes, for [`from_bytes`](Self::from_bytes).
    ///
    /// # Errors
    /// None that a compiled instrument can cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, NotAnInstrument> {
        postcard::to_allocvec(self).map_err(|_| NotAnInstrument)
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// When it was not that, or another version of the program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAnInstrument> {
        match postcard::take_from_bytes(bytes) {
            Ok((instrument, [])) => Ok(instrument),
            Ok(_) | Err(_) => Err(NotAnInstrument),
        }
    }
}

#[cfg(test)]
#[cfg(feature = "authoring")]
mod tests {
    use super::{Instrument, NotAnInstrument};

    fn instrument() -> Instrument {
        let source = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");
        crate::check(source).engine.unwrap().instrument
    }

    #[test]
    fn bytes_give_the_instrument_back() {
        let instrument = instrument();
        let bytes = instrument.to_bytes().unwrap();
        assert!(Instrument::from_bytes(&bytes) == Ok(instrument));
    }

    #[test]
    fn damaged_bytes_are_refused_or_another_instrument_but_never_a_panic() {
        let bytes = instrument().to_bytes().unwrap();
        assert_eq!(
            Instrument::from_bytes(&bytes[..bytes.len() - 1]),
            Err(NotAnInstrument)
        );
        let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
        assert_eq!(Instrument::from_bytes(&longer), Err(NotAnInstrument));
        for at in (0..bytes.len()).step_by(11) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            if let Ok(it) = Instrument::from_bytes(&damaged) {
                let _ = crate::Engine::new(it);
            }
        }
    }
}
