//! Moments as people say them: a day and an hour by the clocks of a place.
//!
//! Stored is the instant, which no later change of a zone's rules moves, and the zone's name, so that the
//! instant is said back by the same clocks. Clocks that are put forward skip an hour: a moment within it
//! does not exist and is refused. Clocks that are put back have an hour twice: an opening is the first of
//! the two moments and a closing the second, so that nobody who reads the announced hour comes too early
//! or too late.

use crate::{Result, ServiceError};
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, fmt::strtime};
use time::{OffsetDateTime, UtcOffset};

/// A time zone, by its IANA name.
///
/// ```
/// use service::{Edge, Zone};
/// let paris = Zone::default();
/// let opens = paris.read("2026-03-02T08:00", Edge::Opening).unwrap();
/// assert_eq!(opens.unix_timestamp(), 1_772_434_800);
/// assert_eq!(paris.write(opens), "2026-03-02T08:00");
/// assert!(paris.read("2026-03-29T02:30", Edge::Opening).is_err(), "no clock shows it");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

/// On which side of a wave a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Where it begins to take responses.
    Opening,
    /// Where it stops.
    Closing,
}

impl Default for Zone {
    /// That of the team: `Europe/Paris`.
    fn default() -> Self {
        Self::named(Self::USUAL).unwrap_or_else(|_| Self {
            name: "UTC".to_owned(),
            zone: TimeZone::UTC,
        })
    }
}

impl Zone {
    /// The zone of whoever names none.
    pub const USUAL: &'static str = "Europe/Paris";

    /// Finds a zone by its IANA name.
    ///
    /// # Errors
    /// [`ServiceError::BadZone`] if there is none of this name.
    pub fn named(name: &str) -> Result<Self> {
        let zone = TimeZone::get(name).map_err(|_| ServiceError::BadZone)?;
        let name = zone.iana_name().ok_or(ServiceError::BadZone)?.to_owned();
        Ok(Self { name, zone })
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads a moment as forms and the command line give it: `2026-03-02T08:00`.
    ///
    /// # Errors
    /// [`ServiceError::BadMoment`] if it is none; [`ServiceError::SkippedMoment`] if the clocks of
    /// this zone never show it.
    pub fn read(&self, text: &str, edge: Edge) -> Result<OffsetDateTime> {
        let civil: DateTime = strtime::parse("%Y-%m-%dT%H:%M", text)
            .and_then(|it| it.to_datetime())
            .map_err(|_| ServiceError::BadMoment)?;
        let ambiguous = self.zone.to_ambiguous_zoned(civil);
        let found = match (ambiguous.offset(), edge) {
            (AmbiguousOffset::Gap { .. }, _) => return Err(ServiceError::SkippedMoment),
            (_, Edge::Opening) => ambiguous.earlier(),
            (_, Edge::Closing) => ambiguous.later(),
        };
        let found = found.map_err(|_| ServiceError::BadMoment)?;
        let at = OffsetDateTime::from_unix_timestamp(found.timestamp().as_second());
        Ok(self.here(at.map_err(|_| ServiceError::BadMoment)?))
    }

    /// The same instant, with the offset that this zone's clocks have then.
    #[must_use]
    pub fn here(&self, at: OffsetDateTime) -> OffsetDateTime {
        let instant = Timestamp::from_second(at.unix_timestamp()).unwrap_or_default();
        let offset: Offset = self.zone.to_offset(instant);
        at.to_offset(UtcOffset::from_whole_seconds(offset.seconds()).unwrap_or(UtcOffset::UTC))
    }

    /// A moment as [`read`](Self::read) reads it.
    #[must_use]
    pub fn write(&self, at: OffsetDateTime) -> String {
        let it = self.here(at);
        format!("{}T{:02}:{:02}", it.date(), it.hour(), it.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::{Edge, Zone};
    use crate::ServiceError;
    use proptest::prelude::*;
    use time::OffsetDateTime;
    use time::macros::datetime;

    fn read(zone: &str, text: &str, edge: Edge) -> Result<OffsetDateTime, &'static str> {
        let zone = Zone::named(zone).map_err(|it| it.code())?;
        zone.read(text, edge).map_err(|it| it.code())
    }

    #[test]
    fn hours_that_clocks_skip_or_show_twice() {
        use Edge::{Closing, Opening};
        for (zone, text, edge, expected) in [
            (
                "Europe/Paris",
                "2026-03-02T08:00",
                Opening,
                Ok(datetime!(2026-03-02 07:00 UTC)),
            ),
            (
                "Europe/Paris",
                "2026-03-29T01:59",
                Opening,
                Ok(datetime!(2026-03-29 00:59 UTC)),
            ),
            (
                "Europe/Paris",
                "2026-03-29T02:00",
                Opening,
                Err("skipped_moment"),
            ),
            (
                "Europe/Paris",
                "2026-03-29T02:59",
                Closing,
                Err("skipped_moment"),
            ),
            (
                "Europe/Paris",
                "2026-03-29T03:00",
                Closing,
                Ok(datetime!(2026-03-29 01:00 UTC)),
            ),
            (
                "Europe/Paris",
                "2026-10-25T02:30",
                Opening,
                Ok(datetime!(2026-10-25 00:30 UTC)),
            ),
            (
                "Europe/Paris",
                "2026-10-25T02:30",
                Closing,
                Ok(datetime!(2026-10-25 01:30 UTC)),
            ),
            (
                "Indian/Reunion",
                "2026-03-29T02:30",
                Opening,
                Ok(datetime!(2026-03-28 22:30 UTC)),
            ),
            (
                "Pacific/Noumea",
                "2026-03-02T08:00",
                Opening,
                Ok(datetime!(2026-03-01 21:00 UTC)),
            ),
            ("Europe/Pari", "2026-03-02T08:00", Opening, Err("bad_zone")),
            ("", "2026-03-02T08:00", Opening, Err("bad_zone")),
            ("UTC", "2026-02-30T08:00", Opening, Err("bad_moment")),
            ("UTC", "demain", Opening, Err("bad_moment")),
        ] {
            assert_eq!(read(zone, text, edge), expected, "{zone} {text} {edge:?}");
        }
        assert!(matches!(
            Zone::named("nulle/part"),
            Err(ServiceError::BadZone)
        ));
    }

    proptest! {
        /// What is written is read back, as the one moment or as the one of two that it was.
        #[test]
        fn what_is_written_is_read_back(minutes in 29_000_000..31_000_000_i64, at in 0..4_usize) {
            let zones = ["Europe/Paris", "America/Cayenne", "America/Miquelon", "Pacific/Noumea"];
            let zone = Zone::named(zones[at]).unwrap();
            let instant = OffsetDateTime::from_unix_timestamp(minutes * 60).unwrap();
            let text = zone.write(instant);
            let both = [Edge::Opening, Edge::Closing].map(|it| zone.read(&text, it).unwrap());
            prop_assert!(both.contains(&instant), "{text}: {both:?}");
            prop_assert!(both[0] <= both[1]);
        }
    }
}
