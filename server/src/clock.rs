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

/// The hour and minute, as `14:02`.
pub(crate) fn time_of_day() -> String {
    now().strftime("%H:%M").to_string()
}
