//! Cut tables of several versions: a column, or whom a condition keeps, is what is counted of those people alone.

use proptest::prelude::*;
use questionnaire::Sheet;
use serde_json::Value;
use tally::{Cut, CutError, Figures, Join, Table, Tally, Version};

use super::{Changes, changes, counted, sheet, wishes};
use crate::support::{engine, table};

fn cut(by: Option<&str>, only: Option<&str>) -> Cut {
    let owned = |it: Option<&str>| it.map(str::to_owned);
    Cut {
        by: owned(by),
        only: owned(only),
        ..Cut::default()
    }
}

/// Tables of both versions, cut.
fn tables(join: &Join, sheets: [&[Sheet]; 2], engines: [&questionnaire::Engine; 2]) -> Vec<Table> {
    let count = |at: usize, engine: &questionnaire::Engine, sheets: &[Sheet]| {
        let mut tally = Tally::new(std::sync::Arc::clone(&join.plans()[at]));
        sheets
            .iter()
            .for_each(|it| tally.add(&engine.load(it).evaluation));
        tally
    };
    let (new, old) = (
        count(0, engines[1], sheets[1]),
        count(1, engines[0], sheets[0]),
    );
    join.tables(&[&new, &old], "fr")
}

/// The counts of figures, without shares, words and notes.
fn counts(it: &Figures) -> (tally::Base, Vec<u64>, Vec<u64>, Option<u64>) {
    let rows = it.rows.iter().map(|it| it.n).collect();
    let nets = it.nets.iter().map(|it| it.n).collect();
    (it.base, rows, nets, it.stats.as_ref().map(|it| it.n))
}

fn gave(sheet: &Sheet, codes: &[&str]) -> bool {
    let given = sheet.answers.get("presence").and_then(Value::as_str);
    given.is_some_and(|it| codes.contains(&it))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_cut_counts_those_people_alone(
        change in changes(),
        old in prop::collection::vec(wishes(), 0..12),
        new in prop::collection::vec(wishes(), 0..12),
    ) {
        let before = Changes::default();
        let engines = [&engine(&before.yaml()), &engine(&change.yaml())];
        let old: Vec<Sheet> = old.iter().map(|it| sheet(&before, it)).collect();
        let new: Vec<Sheet> = new.iter().map(|it| sheet(&change, it)).collect();
        let (join, _) = counted(engines, &change.judged(), [&old, &new]);
        let versions = [
            Version { number: 2, engine: engines[1] },
            Version { number: 1, engine: engines[0] },
        ];

        let by = join.cut(&versions, &cut(Some("presence"), None)).expect("columns");
        // Where the question is another one, the older version has no columns.
        let left_out: &[i32] = if change.other_meaning { &[1] } else { &[] };
        prop_assert_eq!(by.left_out(), left_out);
        let split = tables(&by, [&old, &new], engines);
        for code in change.presence() {
            let codes: &[&str] = if code == "flou" { &["flou", "incertain"] } else { &[code] };
            let theirs = |sheets: &[Sheet]| -> Vec<Sheet> {
                sheets.iter().filter(|it| gave(it, codes)).cloned().collect()
            };
            let (old, new) = (theirs(&old), theirs(&new));
            let old = if change.other_meaning { Vec::new() } else { old };
            let alone = tables(&join, [&old, &new], engines);
            for it in &split {
                let mut columns = it.columns.iter().flatten();
                let column = columns.rfind(|it| it.code == code).expect("the column");
                let alone = table(&alone, &it.item);
                prop_assert_eq!(counts(&column.figures), counts(&alone.figures), "{} {}", it.item, code);
            }
        }

        let kept = join.cut(&versions, &cut(None, Some("presence = 'oui'"))).expect("a filter");
        prop_assert_eq!(kept.left_out(), &[] as &[i32]);
        let theirs = |sheets: &[Sheet]| -> Vec<Sheet> {
            sheets.iter().filter(|it| gave(it, &["oui"])).cloned().collect()
        };
        let alone = tables(&join, [&theirs(&old), &theirs(&new)], engines);
        prop_assert_eq!(tables(&kept, [&old, &new], engines), alone);

        // What only one version knows keeps nobody of the other.
        if change.item_added {
            let kept = join.cut(&versions, &cut(None, Some("nouveau = 'a'"))).expect("a filter");
            prop_assert_eq!(kept.left_out(), &[1]);
            let theirs: Vec<Sheet> = new.iter().filter(|it| it.answers.contains_key("nouveau")).cloned().collect();
            prop_assert_eq!(
                tables(&kept, [&old, &new], engines),
                tables(&join, [&[], &theirs], engines)
            );
        }
    }
}

#[test]
fn what_no_version_can_be_cut_by_is_refused() {
    let version = Changes::default();
    let engines = [&engine(&version.yaml()), &engine(&version.yaml())];
    let (join, _) = counted(engines, &version.judged(), [&[], &[]]);
    let versions = [
        Version {
            number: 2,
            engine: engines[1],
        },
        Version {
            number: 1,
            engine: engines[0],
        },
    ];
    let refused = |it: Cut| join.cut(&versions, &it).err();
    let code = |it: Cut| match refused(it) {
        Some(CutError::Plan(it)) => it.code(),
        _ => "none",
    };
    assert_eq!(code(cut(Some("nothing"), None)), "TA0001");
    assert_eq!(code(cut(Some("etp"), None)), "TA0003");
    let unit = Cut {
        unit: Some("schemes".to_owned()),
        ..Cut::default()
    };
    assert_eq!(code(unit), "TA0002");
    let Some(CutError::Condition(found)) = refused(cut(None, Some("presense = 'oui'"))) else {
        panic!("a condition that no version understands");
    };
    assert_eq!((found[0].span.start, found[0].span.end), (0, 8));
    assert!(
        join.cut(&versions, &Cut::default())
            .is_ok_and(|it| it == join)
    );
}
