//! The figures of the table: which benchmark each comes from, what a peer does beside it, what is aimed at.

use super::Spread;

/// The columns.
pub(super) const HEADER: [&str; 6] = [
    "figure",
    "ours: median (fastest tenth)",
    "SurveyJS: median (fastest tenth)",
    "ratio",
    "aim",
    "",
];

/// One line of the table.
pub(super) struct Figure {
    /// What people read.
    name: &'static str,
    /// What criterion calls it.
    pub(super) ours: &'static str,
    /// What the peer's script calls the same work.
    pub(super) peer: Option<&'static str>,
    unit: Unit,
    /// At most so many nanoseconds, or at least so many in a second.
    aim: Option<f64>,
}

#[derive(Clone, Copy)]
enum Unit {
    Time,
    PerSecond,
}

use Unit::{PerSecond, Time};

const fn figure(
    name: &'static str,
    ours: &'static str,
    peer: Option<&'static str>,
    unit: Unit,
    aim: Option<f64>,
) -> Figure {
    Figure {
        name,
        ours,
        peer,
        unit,
        aim,
    }
}

/// In the order of the table.
#[rustfmt::skip]
pub(super) const FIGURES: &[Figure] = &[
    figure("one condition evaluated", "eval/one condition", Some("condition/one condition"), Time, Some(50.0)),
    figure("a condition of six terms", "eval/six terms", Some("condition/six terms"), Time, Some(200.0)),
    figure("one answer change, 50 items", "one answer change/50 items", Some("change/50"), Time, Some(1_000.0)),
    figure("one answer change, 500 items", "one answer change/500 items", Some("change/500"), Time, Some(3_000.0)),
    figure("one that nothing follows, 50 items", "one answer change/50 items, nothing follows", Some("nothing follows/50"), Time, None),
    figure("one that nothing follows, 500 items", "one answer change/500 items, nothing follows", Some("nothing follows/500"), Time, None),
    figure("500 items read and checked from YAML", "a 500-item instrument/from YAML", None, Time, None),
    figure("500 items loaded from JSON", "a 500-item instrument/from compiled JSON", Some("load/500"), Time, None),
    figure("500 items loaded from bytes", "a 500-item instrument/from compiled bytes", None, Time, None),
    figure("full proof of the QPV survey", "a full proof/the survey on QPV", None, Time, None),
    figure("full proof, 50 items and 30 conditions", "a full proof/50 items, 30 conditions", None, Time, None),
    figure("full proof, 500 items and 300 conditions", "a full proof/500 items, 300 conditions", None, Time, Some(5_000_000_000.0)),
    figure("verdict of a sheet of the QPV survey", "the survey on QPV in local health contracts/verdict of a sheet", None, Time, None),
    figure("10,000 sheets evaluated and counted", "tally/evaluate_and_count/10000", None, Time, None),
    figure("100,000 sheets evaluated and counted", "tally/evaluate_and_count/100000", None, Time, None),
    figure("100,000 evaluated sheets counted", "tally/count/100000", None, Time, None),
    figure("one more response of 10,000, to its delta", "fold_one_of_10000", None, Time, None),
    figure("from submission to 1 dashboard", "from submission to dashboard/1 watching", None, Time, None),
    figure("from submission to the last of 100", "from submission to dashboard/100 watching", None, Time, None),
    figure("complete responses, 1 at a time", "a complete response/posts, 1 at a time", None, PerSecond, None),
    figure("complete responses, 4 at a time", "a complete response/posts, 4 at a time", None, PerSecond, None),
    figure("complete responses, 32 at a time", "a complete response/posts, 32 at a time", None, PerSecond, Some(1_000.0)),
    figure("… with every page loaded, 1 at a time", "a complete response/every page, 1 at a time", None, PerSecond, None),
    figure("… with every page loaded, 4 at a time", "a complete response/every page, 4 at a time", None, PerSecond, None),
    figure("… with every page loaded, 32 at a time", "a complete response/every page, 32 at a time", None, PerSecond, None),
];

impl Figure {
    /// The cells of its line.
    pub(super) fn row(&self, ours: Spread, peer: Option<Spread>) -> [String; 6] {
        let both = |it: Spread| {
            let (median, fastest) = (self.shown(it.median), self.shown(it.fastest_tenth));
            format!("{median} ({fastest})")
        };
        let (aim, reached) = match (self.unit, self.aim) {
            (_, None) => (String::new(), true),
            (Time, Some(most)) => (format!("≤ {}", time(most)), ours.median <= most),
            (PerSecond, Some(least)) => (format!("≥ {least:.0} /s"), 1e9 / ours.median >= least),
        };
        [
            self.name.to_owned(),
            both(ours),
            peer.map_or_else(String::new, both),
            peer.map_or_else(String::new, |it| ratio(it.median / ours.median)),
            aim,
            if reached { "" } else { "missed" }.to_owned(),
        ]
    }

    fn shown(&self, nanoseconds: f64) -> String {
        match self.unit {
            Time => time(nanoseconds),
            PerSecond => format!("{} /s", digits(1e9 / nanoseconds)),
        }
    }
}

pub(super) fn time(nanoseconds: f64) -> String {
    let units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")];
    let (size, unit) = units
        .into_iter()
        .find(|(size, _)| nanoseconds >= *size)
        .unwrap_or((1.0, "ns"));
    format!("{} {unit}", digits(nanoseconds / size))
}

pub(super) fn ratio(it: f64) -> String {
    format!("× {}", digits(it))
}

pub(super) fn time_of_seconds(seconds: f64) -> String {
    time(seconds * 1e9)
}

pub(super) fn megabytes(it: f64) -> String {
    format!("{} MB", digits(it))
}

/// A whole number: 3,027,017.
pub(super) fn grouped(it: f64) -> String {
    let digits = format!("{it:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Three digits, but no more zeroes than that takes: 3.42, 34.2, 342, 3,420.
fn digits(number: f64) -> String {
    match number {
        it if it < 9.995 => {
            let text = format!("{it:.2}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        it if it < 99.95 => {
            let text = format!("{it:.1}");
            text.trim_end_matches(".0").to_owned()
        }
        it => format!("{it:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (nanoseconds, expected) in [
            (14.76, "14.8 ns"),
            (50.0, "50 ns"),
            (397.7, "398 ns"),
            (1_000.0, "1 µs"),
            (3_420.0, "3.42 µs"),
            (37_645_632.0, "37.6 ms"),
            (2e9, "2 s"),
            (0.5, "0.5 ns"),
        ] {
            assert_eq!(time(nanoseconds), expected);
        }
    }

    #[test]
    fn large_numbers_are_grouped() {
        for (number, expected) in [(7.0, "7"), (300.0, "300"), (3_027_017.0, "3,027,017")] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn a_line_says_what_is_missed() {
        let spread = |median, fastest_tenth| Spread {
            median,
            fastest_tenth,
        };
        let row = FIGURES[0].row(spread(60.0, 40.0), Some(spread(600.0, 500.0)));
        assert_eq!(
            row[1..],
            [
                "60 ns (40 ns)",
                "600 ns (500 ns)",
                "× 10",
                "≤ 50 ns",
                "missed"
            ]
        );
        let row = FIGURES[0].row(spread(40.0, 39.0), None);
        assert_eq!(row[1..], ["40 ns (39 ns)", "", "", "≤ 50 ns", ""]);
    }
}
