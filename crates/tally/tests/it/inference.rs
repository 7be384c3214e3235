//! Inference, against references: `tests/references/inference.py` makes them with statsmodels and exact
//! fractions, and says how to run it.

mod control;
mod laws;

use serde_json::Value;
use tally::{
    Difference, Groups, InferenceError, Interval, Level, MOST_DECIMALS, Method, Pairs, Share, holm,
    largest_remainder,
};

/// The cases of one kind.
fn cases(kind: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("inference.json")).unwrap();
    let all = file["cases"].as_array().unwrap();
    assert!(all.len() >= 200, "{} cases", all.len());
    let of_kind: Vec<Value> = all
        .iter()
        .filter(|it| it["kind"] == kind)
        .cloned()
        .collect();
    assert!(!of_kind.is_empty(), "no case of {kind}");
    of_kind
}

fn number(case: &Value) -> f64 {
    case.as_f64().unwrap()
}

fn numbers(case: &Value) -> Vec<f64> {
    case.as_array().unwrap().iter().map(number).collect()
}

fn counts(case: &Value) -> Vec<u64> {
    let all = case.as_array().unwrap();
    all.iter().map(|it| it.as_u64().unwrap()).collect()
}

fn share(case: &Value) -> Share {
    let it = counts(case);
    Share::new(it[0], it[1])
}

fn level(case: &Value) -> Level {
    let all = [Level::Ninety, Level::NinetyFive, Level::NinetyNine];
    let percent = case["level"].as_u64().unwrap();
    all.into_iter()
        .find(|it| u64::from(it.percent()) == percent)
        .unwrap()
}

/// Percentages and points agree to 10⁻⁹.
#[track_caller]
fn same_percent(found: f64, case: &Value, of: &Value) {
    assert!((found - number(of)).abs() <= 1e-9, "{found} in {case}");
}

/// Statistics and p-values agree to 10⁻⁹, and to nine digits where they are small or large.
#[track_caller]
fn same_digits(found: f64, case: &Value, of: &Value) {
    let expected = number(of);
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs(),
        "{found} in {case}"
    );
}

#[track_caller]
fn same_interval(found: Interval, case: &Value) {
    same_percent(found.low, case, &case["interval"][0]);
    same_percent(found.high, case, &case["interval"][1]);
}

#[track_caller]
fn same_difference(found: Difference, case: &Value) {
    same_percent(found.points, case, &case["points"]);
    same_interval(found.interval, case);
    same_digits(found.statistic, case, &case["statistic"]);
    same_digits(found.p_value, case, &case["p_value"]);
}

#[test]
fn score_intervals_are_those_of_statsmodels_and_of_exact_fractions() {
    for case in cases("wilson") {
        let share = Share::new(case["n"].as_u64().unwrap(), case["base"].as_u64().unwrap());
        let found = share.wilson(case["frame"].as_u64(), level(&case)).unwrap();
        same_interval(found, &case);
        if share.n == 0 {
            assert_eq!(found.low, 0.0, "{case}");
        }
        if share.n == share.base {
            assert_eq!(found.high, 100.0, "{case}");
        }
    }
}

#[test]
fn differences_of_groups_are_those_of_statsmodels_and_of_exact_fractions() {
    for case in cases("groups") {
        let [a, b, both] = ["a", "b", "both"].map(|it| share(&case[it]));
        let found = Groups { a, b, both }.difference(level(&case)).unwrap();
        same_difference(found, &case);
        let expected = match both.base {
            0 => Method::PooledZ,
            _ => Method::OverlapZ,
        };
        assert_eq!(found.method, expected, "{case}");
    }
}

#[test]
fn differences_of_pairs_are_those_of_statsmodels_and_of_exact_fractions() {
    for case in cases("pairs") {
        let it = counts(&case["table"]);
        let pairs = Pairs {
            both: it[0],
            only_first: it[1],
            only_second: it[2],
            neither: it[3],
        };
        let found = pairs.difference(level(&case)).unwrap();
        same_difference(found, &case);
        let expected = if case["exact"] == true {
            Method::McNemarExact
        } else {
            Method::McNemarChiSquare
        };
        assert_eq!(found.method, expected, "{case}");
    }
}

#[test]
fn corrected_p_values_are_those_of_statsmodels() {
    for case in cases("holm") {
        let found = holm(&numbers(&case["p_values"])).unwrap();
        let expected = case["corrected"].as_array().unwrap();
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.into_iter().zip(expected) {
            same_digits(found, &case, expected);
        }
    }
    assert_eq!(holm(&[]), Ok(vec![]));
}

#[test]
fn columns_are_rounded_as_by_giving_out_one_unit_after_another() {
    for case in cases("rounding") {
        let decimals = u32::try_from(case["decimals"].as_u64().unwrap()).unwrap();
        let found = largest_remainder(&counts(&case["counts"]), decimals).unwrap();
        let units: Vec<i128> = found.iter().map(rust_decimal::Decimal::mantissa).collect();
        let expected = counts(&case["units"]);
        assert_eq!(
            units,
            expected.into_iter().map(i128::from).collect::<Vec<_>>(),
            "{case}"
        );
        assert!(found.iter().all(|it| it.scale() == decimals), "{case}");
    }
}

/// Published figures: Newcombe's first example of 1998; a table of Cavo et al. (2012) as in the R package
/// contingencytables.
#[test]
fn published_intervals_are_found_again() {
    let ends = |found: Result<Difference, InferenceError>| {
        let it = found.unwrap().interval;
        format!("{:.4} to {:.4}", it.low / 100.0, it.high / 100.0)
    };
    let newcombe = Groups::disjoint(Share::new(56, 70), Share::new(48, 80));
    assert_eq!(
        ends(newcombe.difference(Level::NinetyFive)),
        "0.0524 to 0.3339"
    );
    let cavo = Pairs {
        both: 59,
        only_first: 6,
        only_second: 16,
        neither: 80,
    };
    assert_eq!(
        ends(cavo.difference(Level::NinetyFive)),
        "-0.1186 to -0.0046"
    );
}

#[test]
fn counts_that_cannot_be_are_told_apart() {
    use InferenceError as E;
    let wilson = |n, base, frame| Share::new(n, base).wilson(frame, Level::NinetyFive).err();
    assert_eq!(wilson(0, 0, None), Some(E::NobodyInBase));
    assert_eq!(wilson(0, 0, Some(0)), Some(E::NobodyInBase));
    assert_eq!(wilson(3, 2, Some(1)), Some(E::MoreThanBase));
    assert_eq!(wilson(1, 2, Some(1)), Some(E::FrameBelowBase));
    assert_eq!(wilson(1, 2, Some(2)), None);

    let groups = |a: (u64, u64), b: (u64, u64), both: (u64, u64)| {
        let [a, b, both] = [a, b, both].map(|(n, base)| Share::new(n, base));
        Groups { a, b, both }.difference(Level::NinetyFive).err()
    };
    assert_eq!(groups((0, 0), (9, 2), (0, 0)), Some(E::NobodyInBase));
    assert_eq!(groups((1, 2), (0, 0), (0, 0)), Some(E::NobodyInBase));
    assert_eq!(groups((1, 2), (3, 2), (9, 9)), Some(E::MoreThanBase));
    // More than are in a group; more with the property; more without; more with it than units.
    assert_eq!(groups((1, 3), (5, 9), (1, 4)), Some(E::OverlapBeyondGroup));
    assert_eq!(groups((1, 3), (5, 9), (2, 3)), Some(E::OverlapBeyondGroup));
    assert_eq!(groups((2, 3), (5, 9), (0, 2)), Some(E::OverlapBeyondGroup));
    assert_eq!(groups((2, 3), (5, 9), (2, 1)), Some(E::OverlapBeyondGroup));
    assert_eq!(groups((2, 3), (5, 9), (2, 3)), None);

    let nobody = Pairs::default().difference(Level::NinetyFive);
    assert_eq!(nobody, Err(E::NobodyInBase));
    for bad in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
        assert_eq!(holm(&[0.5, bad]), Err(E::NotAProbability));
    }
    assert_eq!(largest_remainder(&[], 0), Err(E::NobodyInBase));
    assert_eq!(largest_remainder(&[0, 0], 99), Err(E::NobodyInBase));
    let beyond = largest_remainder(&[1], MOST_DECIMALS + 1);
    assert_eq!(beyond, Err(E::TooManyDecimals));
    assert_ne!(E::NobodyInBase.to_string(), E::MoreThanBase.to_string());
}

#[test]
fn no_difference_is_found_where_all_are_alike() {
    let [nobody, everybody, some] = [(0, 7), (7, 7), (5, 7)].map(|(n, base)| Share::new(n, base));
    let apart = [nobody, everybody].map(|it| Groups::disjoint(it, it));
    let same = Groups {
        a: some,
        b: some,
        both: some,
    };
    for groups in apart.into_iter().chain([same]) {
        let found = groups.difference(Level::NinetyFive).unwrap();
        assert_eq!(
            (found.points, found.statistic, found.p_value),
            (0.0, 0.0, 1.0)
        );
    }
    let interval = same.difference(Level::NinetyFive).unwrap().interval;
    assert_eq!((interval.low, interval.high), (0.0, 0.0));
}
