//! How many responses came when. Days are all that is known: nothing tells in which order people answered.

use super::Live;
use crate::{Result, ViewDashboard};
use time::{Date, Duration};

/// How many responses came on each day, or in each week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Whether each place is a week, by its Monday.
    pub by_week: bool,
    /// From the first to the last, also those on which nobody answered.
    pub counts: Vec<(Date, u64)>,
}

/// More days than these are shown as weeks.
const MOST_DAYS: i64 = 62;
/// More weeks than these are no picture any more: the last ones are shown.
const MOST_WEEKS: i64 = 260;

impl Live<'_> {
    /// How many responses came when, of all that ever came, those withdrawn since included.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`](crate::ServiceError::Unavailable) if the database does not answer.
    pub async fn arrived(&self, right: ViewDashboard) -> Result<Arrived> {
        let responses = self.services.store().responses();
        let days = responses.arrivals(right.wave()).await?.into_iter();
        Ok(arrived(days.map(|it| {
            (it.day, it.n_responses.try_into().unwrap_or(0))
        })))
    }
}

/// Days in their order, with the empty ones between them.
fn arrived(days: impl Iterator<Item = (Date, u64)>) -> Arrived {
    let days: Vec<(Date, u64)> = days.collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Arrived::default();
    };
    let by_week = (last.0 - first.0).whole_days() >= MOST_DAYS;
    let (step, place): (i64, fn(Date) -> Date) = match by_week {
        false => (1, |it| it),
        true => (7, monday),
    };
    let end = place(last.0);
    let earliest = end.saturating_sub(Duration::days(step * MOST_WEEKS));
    let first = place(first.0).max(earliest);
    let n = (end - first).whole_days() / step + 1;
    let mut counts: Vec<(Date, u64)> = (0..n)
        .map(|nth| (first.saturating_add(Duration::days(nth * step)), 0))
        .collect();
    for (day, n) in days {
        let at = (place(day) - first).whole_days() / step;
        let place = usize::try_from(at).ok().and_then(|it| counts.get_mut(it));
        place.into_iter().for_each(|it| it.1 += n);
    }
    Arrived { by_week, counts }
}

fn monday(day: Date) -> Date {
    let since = day.weekday().number_days_from_monday();
    day.saturating_sub(Duration::days(since.into()))
}

#[cfg(test)]
mod tests {
    use super::{Arrived, arrived};
    use time::macros::date;

    #[test]
    fn every_day_between_the_first_and_the_last_has_its_place() {
        let days = [(date!(2026 - 03 - 02), 3), (date!(2026 - 03 - 05), 1)];
        let it = arrived(days.into_iter());
        let counts: Vec<u64> = it.counts.iter().map(|it| it.1).collect();
        assert_eq!((it.by_week, counts), (false, vec![3, 0, 0, 1]));
        assert_eq!(arrived([].into_iter()), Arrived::default());
    }

    #[test]
    fn many_days_are_weeks_and_nobody_is_lost() {
        let days = [
            (date!(2026 - 01 - 01), 2),
            (date!(2026 - 01 - 02), 3),
            (date!(2026 - 04 - 01), 1),
        ];
        let it = arrived(days.into_iter());
        assert!(it.by_week);
        assert_eq!(it.counts.first(), Some(&(date!(2025 - 12 - 29), 5)));
        assert_eq!(it.counts.last(), Some(&(date!(2026 - 03 - 30), 1)));
        assert_eq!(it.counts.iter().map(|it| it.1).sum::<u64>(), 6);
    }
}
