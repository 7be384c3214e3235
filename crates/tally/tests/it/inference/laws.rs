//! What holds of everything inferred.

use proptest::collection::vec;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tally::{Groups, Interval, Level, MOST_DECIMALS, Pairs, Share, holm, largest_remainder};

fn level() -> impl Strategy<Value = Level> {
    proptest::sample::select(&[Level::Ninety, Level::NinetyFive, Level::NinetyNine][..])
}

fn share(most: u64) -> impl Strategy<Value = Share> {
    (1..=most)
        .prop_flat_map(|base| (0..=base, Just(base)))
        .prop_map(|(n, base)| Share::new(n, base))
}

/// Nobody, or so many.
fn part() -> impl Strategy<Value = Share> {
    prop_oneof![1 => Just(Share::new(0, 0)), 4 => share(60)]
}

fn sum(a: Share, b: Share) -> Share {
    Share::new(a.n + b.n, a.base + b.base)
}

fn groups() -> impl Strategy<Value = Groups> {
    let groups = (part(), part(), part()).prop_map(|(only_a, only_b, both)| Groups {
        a: sum(only_a, both),
        b: sum(only_b, both),
        both,
    });
    groups.prop_filter("nobody in a group", |it| it.a.base > 0 && it.b.base > 0)
}

fn pairs(most: u64) -> impl Strategy<Value = Pairs> {
    let counts = (0..=most, 0..=most, 0..=most, 0..=most);
    counts.prop_map(|(both, only_first, only_second, neither)| Pairs {
        both,
        only_first,
        only_second,
        neither,
    })
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9
}

/// The same but seen from the other side.
fn mirrored(a: Interval, b: Interval, at: f64) -> bool {
    close(a.low, at - b.high) && close(a.high, at - b.low)
}

proptest! {
    #[test]
    fn an_interval_holds_the_percentage(share in share(1 << 40), more in 0_u64..1 << 40, level in level()) {
        for frame in [None, Some(share.base + more)] {
            let interval = share.wilson(frame, level).unwrap();
            prop_assert!(interval.holds(share.percent().unwrap()));
            prop_assert!(0.0 <= interval.low && interval.high <= 100.0);
        }
    }

    #[test]
    fn more_answers_make_an_interval_narrower(share in share(10_000), times in 2_u64..50, level in level()) {
        let more = Share::new(share.n * times, share.base * times);
        let width = |it: Share| it.wilson(None, level).unwrap().width();
        prop_assert!(width(more) < width(share));
    }

    #[test]
    fn a_frame_makes_an_interval_narrower(share in share(10_000), outside in 1_u64..10_000, level in level()) {
        let width = |frame| share.wilson(frame, level).unwrap().width();
        let frame = share.base + outside;
        let [all, most, some, none] =
            [Some(share.base), Some(frame), Some(frame + outside), None].map(width);
        prop_assert!(all == 0.0 && all < most);
        if share.base == 1 {
            // One unit says of a frame, however large, what it says of everybody.
            prop_assert!(most == some && some == none);
        } else {
            prop_assert!(most < some && some < none);
        }
        let point = share.wilson(Some(share.base), level).unwrap();
        prop_assert_eq!(Some(point.low), share.percent());
    }

    #[test]
    fn those_without_have_the_mirrored_interval(share in share(10_000), level in level()) {
        let without = Share::new(share.base - share.n, share.base);
        let [a, b] = [share, without].map(|it| it.wilson(None, level).unwrap());
        prop_assert!(mirrored(a, b, 100.0));
    }

    #[test]
    fn a_higher_level_is_wider(share in share(10_000), groups in groups(), pairs in pairs(50)) {
        let levels = [Level::Ninety, Level::NinetyFive, Level::NinetyNine];
        let of_share = levels.map(|it| share.wilson(None, it).unwrap());
        let of_groups = levels.map(|it| groups.difference(it).unwrap().interval);
        let of_pairs = levels.map(|it| pairs.difference(it).map_or(of_share[0], |it| it.interval));
        for it in [of_share, of_groups, of_pairs] {
            prop_assert!(it[0].width() <= it[1].width() && it[1].width() <= it[2].width());
        }
    }

    #[test]
    fn a_difference_changes_its_sign_with_the_order(groups in groups(), pairs in pairs(60), level in level()) {
        let turned = Groups { a: groups.b, b: groups.a, both: groups.both };
        let [a, b] = [groups, turned].map(|it| it.difference(level).unwrap());
        prop_assert_eq!((a.points, a.statistic, a.p_value), (-b.points, -b.statistic, b.p_value));
        prop_assert!(mirrored(a.interval, b.interval, 0.0));

        let turned = Pairs { only_first: pairs.only_second, only_second: pairs.only_first, ..pairs };
        if let (Ok(a), Ok(b)) = (pairs.difference(level), turned.difference(level)) {
            prop_assert_eq!((a.points, a.statistic, a.p_value), (-b.points, b.statistic, b.p_value));
            prop_assert!(mirrored(a.interval, b.interval, 0.0));
        }
    }

    #[test]
    fn an_interval_holds_the_difference(groups in groups(), pairs in pairs(60), level in level()) {
        let found = [groups.difference(level), pairs.difference(level)];
        for it in found.into_iter().flatten() {
            prop_assert!(it.interval.holds(it.points));
            prop_assert!(it.interval.low >= -100.0 && it.interval.high <= 100.0);
            prop_assert!((0.0..=1.0).contains(&it.p_value));
        }
    }

    /// Without common units: the pooled test and Newcombe's interval, as textbooks write them.
    #[test]
    fn groups_apart_are_compared_as_in_textbooks(a in share(500), b in share(500), level in level()) {
        let found = Groups { a, b, both: Share::new(0, 0) }.difference(level).unwrap();
        prop_assert_eq!(found, Groups::disjoint(a, b).difference(level).unwrap());
        let [p_a, p_b] = [a, b].map(|it| it.percent().unwrap());
        prop_assert!(close(found.points, p_a - p_b));

        let p = (a.n + b.n) as f64 / (a.base + b.base) as f64;
        let variance = p * (1.0 - p) * (1.0 / a.base as f64 + 1.0 / b.base as f64);
        let z = if variance > 0.0 { (p_a - p_b) / 100.0 / variance.sqrt() } else { 0.0 };
        prop_assert!(close(found.statistic, z));

        let [of_a, of_b] = [a, b].map(|it| it.wilson(None, level).unwrap());
        let low = found.points - (p_a - of_a.low).hypot(of_b.high - p_b);
        let high = found.points + (of_a.high - p_a).hypot(p_b - of_b.low);
        prop_assert!(close(found.interval.low, low) && close(found.interval.high, high));
    }

    /// A part differs from the whole as it differs from the rest, less by the size of the rest.
    #[test]
    fn a_part_and_the_whole_are_the_part_and_the_rest(part in share(500), rest in share(500), level in level()) {
        let against_rest = Groups::disjoint(part, rest).difference(level).unwrap();
        let whole = sum(part, rest);
        let found = Groups { a: part, b: whole, both: part }.difference(level).unwrap();
        let size = rest.base as f64 / whole.base as f64;
        prop_assert!(close(found.points, size * against_rest.points));
        prop_assert!(close(found.statistic, against_rest.statistic));
        prop_assert!(close(found.p_value, against_rest.p_value));
        prop_assert!(close(found.interval.low, size * against_rest.interval.low));
        prop_assert!(close(found.interval.high, size * against_rest.interval.high));
    }

    /// In groups of one size, common units that are like the others say nothing of the difference.
    #[test]
    fn common_units_like_the_others_leave_z_as_it_is(
        only_a in 0_u64..=40, only_b in 0_u64..=40, common in 1_u64..60,
    ) {
        let both = Share::new((only_a + only_b) * common, 80 * common);
        let [only_a, only_b] = [only_a, only_b].map(|n| Share::new(n, 40));
        let (a, b) = (sum(only_a, both), sum(only_b, both));
        let found = Groups { a, b, both }.difference(Level::NinetyFive).unwrap();
        let others = Groups::disjoint(only_a, only_b).difference(Level::NinetyFive).unwrap();
        prop_assert!(close(found.statistic, others.statistic));
    }

    #[test]
    fn no_counts_make_it_panic(
        n in any::<[u64; 6]>(), frame in any::<Option<u64>>(), level in level(), decimals in 0..=MOST_DECIMALS,
    ) {
        let [a, b, both] = [(n[0], n[1]), (n[2], n[3]), (n[4], n[5])].map(|(n, base)| Share::new(n, base));
        let bad = Groups { a, b, both }.difference(level);
        prop_assert!(bad.is_err() || bad.unwrap().p_value <= 1.0);
        prop_assert!(bad.is_err() || bad.unwrap().interval.width() <= 200.0);

        let [a, b] = [(n[0], n[1]), (n[2], n[3])].map(|(x, y)| Share::new(x.min(y), x.max(y).max(1)));
        let both = Share::new(a.n.min(b.n), a.n.min(b.n) + (a.base - a.n).min(b.base - b.n));
        let found = Groups { a, b, both }.difference(level).unwrap();
        prop_assert!(found.interval.holds(found.points) && (0.0..=1.0).contains(&found.p_value));
        prop_assert!(found.statistic.is_finite());

        let pairs = Pairs { both: n[0], only_first: n[1], only_second: n[2], neither: n[3] };
        let found = pairs.difference(level).unwrap();
        prop_assert!(found.interval.holds(found.points) && (0.0..=1.0).contains(&found.p_value));

        if let Ok(interval) = a.wilson(frame, level) {
            prop_assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high <= 100.0);
        }
        let column = largest_remainder(&n, decimals).unwrap();
        prop_assert_eq!(column.iter().sum::<Decimal>(), Decimal::ONE_HUNDRED);
    }

    #[test]
    fn corrected_p_values_keep_their_order(p_values in vec(0.0..=1.0, 1..30), turn in 0_usize..30) {
        let corrected = holm(&p_values).unwrap();
        for (p, it) in p_values.iter().zip(&corrected) {
            let bonferroni = (p_values.len() as f64 * p).min(1.0);
            prop_assert!(p <= it && *it <= bonferroni);
            for (other, its) in p_values.iter().zip(&corrected) {
                prop_assert!(p > other || it <= its);
            }
        }
        let turned = |it: &[f64]| {
            let mut it = it.to_vec();
            it.rotate_left(turn % p_values.len());
            it
        };
        prop_assert_eq!(holm(&turned(&p_values)).unwrap(), turned(&corrected));
    }

    #[test]
    fn a_rounded_column_adds_up(counts in vec(0_u64..200, 1..40), decimals in 0_u32..5) {
        let base: u64 = counts.iter().sum();
        prop_assume!(base > 0);
        let column = largest_remainder(&counts, decimals).unwrap();
        prop_assert_eq!(column.iter().sum::<Decimal>(), Decimal::ONE_HUNDRED);
        let unit = Decimal::new(1, decimals);
        for (n, it) in counts.iter().zip(&column) {
            // Times the base, so that nothing is divided.
            let off = *it * Decimal::from(base) - Decimal::from(100 * n);
            prop_assert!(off.abs() < unit * Decimal::from(base));
            prop_assert!(*n > 0 || it.is_zero());
            for (other, its) in counts.iter().zip(&column) {
                prop_assert!(n <= other || it >= its);
            }
        }
    }

    #[test]
    fn a_column_of_different_counts_is_rounded_alike_in_any_order(
        counts in proptest::collection::btree_set(0_u64..200, 2..20), decimals in 0_u32..4,
    ) {
        let rising: Vec<u64> = counts.into_iter().collect();
        let falling: Vec<u64> = rising.iter().rev().copied().collect();
        let mut column = largest_remainder(&falling, decimals).unwrap();
        column.reverse();
        prop_assert_eq!(column, largest_remainder(&rising, decimals).unwrap());
    }
}
