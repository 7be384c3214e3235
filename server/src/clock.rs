//! The one place that reads the clock.
//!
//! Days and hours are those of the team's time zone: « enregistré à 14:02 » must be what the
//! respondent's own clock says.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use time::{OffsetDateTime, UtcOffset};

/// The time zone in which days are counted.
const ZONE: &str = "Europe/Paris";

fn now() -> Zoned {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone)
}

/// The present moment, with the offset in which days are counted.
#[must_use]
pub(crate) fn system() -> OffsetDateTime {
    let now = now();
    let offset = UtcOffset::from_whole_seconds(now.offset().seconds()).unwrap_or(UtcOffset::UTC);
    let at = OffsetDateTime::from_unix_timestamp_nanos(now.timestamp().as_nanosecond());
    at.unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(offset)
}

/// A moment by the clocks of that zone.
pub(crate) fn local(at: OffsetDateTime) -> OffsetDateTime {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let stamp = Timestamp::from_nanosecond(at.unix_timestamp_nanos());
    let offset = stamp.map(|it| zone.to_offset(it).seconds()).unwrap_or(0);
    at.to_offset(UtcOffset::from_whole_seconds(offset).unwrap_or(UtcOffset::UTC))
}

/// The hour and minute, as `14:02`.
pub(crate) fn time_of_day() -> String {
    now().strftime("%H:%M").to_string()
}
