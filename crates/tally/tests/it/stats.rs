//! Summaries of quantities.

use proptest::prelude::*;
use rust_decimal::Decimal;
use tally::Values;

fn values(numbers: &[i64]) -> Values {
    let mut values = Values::default();
    numbers
        .iter()
        .for_each(|it| values.add(Decimal::new(*it, 1)));
    values
}

/// Quartiles against R: `quantile(c(…), type = 7)`.
#[track_caller]
fn check(tenths: &[i64], [q1, median, q3]: [&str; 3]) {
    let stats = values(tenths).stats();
    let found = [stats.q1, stats.median, stats.q3].map(|it| it.map(|it| it.to_string()));
    assert_eq!(found, [q1, median, q3].map(|it| Some(it.to_owned())));
}

#[test]
fn quartiles_are_those_of_r_numpy_and_spreadsheets() {
    check(&[10], ["1", "1", "1"]);
    check(&[10, 20], ["1.25", "1.5", "1.75"]);
    check(&[10, 20, 30, 40], ["1.75", "2.5", "3.25"]);
    check(&[10, 20, 30, 40, 50], ["2", "3", "4"]);
    check(&[1, 2, 100], ["0.15", "0.2", "5.1"]);
    check(&[30, 10, 30, 30], ["2.5", "3", "3"]);
}

#[test]
fn sums_of_decimals_are_exact() {
    let stats = values(&[1, 2]).stats();
    assert_eq!(stats.sum, Some(Decimal::new(3, 1)));
    assert_eq!(stats.mean, Some(Decimal::new(15, 2)));
}

#[test]
fn nothing_has_no_summary() {
    let stats = Values::default().stats();
    assert_eq!(
        (stats.n, stats.mean, stats.median, stats.sum, stats.min),
        (0, None, None, None, None)
    );
    assert_eq!(Values::default().bins(12), None);
}

#[test]
fn a_sum_that_does_not_fit_is_not_made_up() {
    let mut values = Values::default();
    values.add(Decimal::MAX);
    values.add(Decimal::MAX);
    let stats = values.stats();
    assert_eq!((stats.sum, stats.mean), (None, None));
    assert_eq!(stats.median, Some(Decimal::MAX));
}

#[test]
fn whole_numbers_get_intervals_that_are_whole() {
    let bins = values(&[0, 40, 70, 310])
        .bins(12)
        .expect("there is a spread");
    assert_eq!(
        (bins.start, bins.width, bins.whole),
        (0.into(), 5.into(), true)
    );
    assert_eq!(bins.counts, [2, 1, 0, 0, 0, 0, 1]);
}

#[test]
fn equal_values_have_no_distribution_to_draw() {
    assert_eq!(values(&[30, 30]).bins(12), None);
}

proptest! {
    #[test]
    fn quartiles_split_the_values(numbers in proptest::collection::vec(-500_i64..500, 1..40)) {
        let stats = values(&numbers).stats();
        let mut sorted: Vec<Decimal> = numbers.iter().map(|it| Decimal::new(*it, 1)).collect();
        sorted.sort();
        // Type 7 by its definition: h = (n − 1) p, between the values at ⌊h⌋ and ⌊h⌋ + 1.
        for (p, found) in [(25, stats.q1), (50, stats.median), (75, stats.q3)] {
            let h = Decimal::from(sorted.len() - 1) * Decimal::new(p, 2);
            let lower = usize::try_from(h.floor()).expect("a place");
            let upper = (lower + 1).min(sorted.len() - 1);
            let expected = sorted[lower] + (h - h.floor()) * (sorted[upper] - sorted[lower]);
            prop_assert_eq!(found, Some(expected.normalize()));
        }
        prop_assert_eq!((stats.min, stats.max), (sorted.first().copied(), sorted.last().copied()));
    }

    #[test]
    fn every_value_is_in_exactly_one_interval(
        numbers in proptest::collection::vec(-500_i64..500, 1..40),
        most in 1_u32..20,
    ) {
        let values = values(&numbers);
        if let Some(bins) = values.bins(most) {
            prop_assert_eq!(bins.counts.iter().sum::<u64>(), values.n());
            prop_assert!(bins.counts.len() <= most as usize + 1);
            for (at, n) in bins.counts.iter().enumerate() {
                let from = bins.start + bins.width * Decimal::from(at);
                let to = from + bins.width;
                let last = at + 1 == bins.counts.len();
                let inside = numbers.iter().map(|it| Decimal::new(*it, 1)).filter(|it| {
                    *it >= from && (*it < to || (last && !bins.whole && *it == to))
                });
                prop_assert_eq!(inside.count() as u64, *n);
            }
        } else {
            prop_assert!(numbers.iter().all(|it| it == &numbers[0]));
        }
    }

    #[test]
    fn taking_values_back_leaves_the_others(
        kept in proptest::collection::vec(-50_i64..50, 0..20),
        gone in proptest::collection::vec(-50_i64..50, 0..20),
    ) {
        let mut all = values(&gone);
        kept.iter().for_each(|it| all.add(Decimal::new(*it, 1)));
        let mut taken = Values::default();
        gone.iter().for_each(|it| taken.add(Decimal::new(*it * 10, 2)));
        all.take(&taken);
        prop_assert_eq!(all, values(&kept));
    }
}
