//! Intervals and comparisons as tables have them.

use questionnaire::Sheet;
use serde_json::json;
use tally::{Level, Note, Options, Table};

use crate::support::{engine, sheet, table, tally};

const SURVEY: &str = "id: e
title: E
blocks:
- id: b
  population: 220
  pages:
  - id: p
    items:
    - {id: cls, kind: single, label: CLS, population: 62, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
    - {id: roles, kind: multiple, label: R, choices: [{code: a, label: A}, {code: b, label: B}]}
    - {id: lieux, kind: roster, label: L, over: roles, key: lieu, items: [{id: etp, kind: single, label: E, choices: [{code: x, label: X}]}]}
";

/// Of 60 people, 30 in each role and 10 in both; those of the first one say yes more often.
fn sheets() -> Vec<Sheet> {
    let sheet = |n: u32| {
        let roles: &[&str] = match n {
            0..20 => &["a"],
            20..30 => &["a", "b"],
            30..50 => &["b"],
            _ => &[],
        };
        let cls = if n < 26 || n.is_multiple_of(10) {
            "oui"
        } else {
            "non"
        };
        sheet(&json!({"cls": cls, "roles": roles}))
    };
    (0..60).map(sheet).collect()
}

fn counted(by: Option<&str>, level: Option<Level>) -> Vec<Table> {
    let options = Options {
        by: by.map(str::to_owned),
        level,
        small_base: 20,
        ..Options::default()
    };
    tally(&engine(SURVEY), options, &sheets()).tables("fr")
}

#[test]
fn intervals_take_the_population_of_an_item_else_of_its_block() {
    let tables = counted(None, Some(Level::NinetyFive));
    let population = |item: &str| table(&tables, item).precision.and_then(|it| it.population);
    assert_eq!(population("cls"), Some(62));
    assert_eq!(population("roles"), Some(220));
    assert_eq!(
        population("lieux.etp"),
        None,
        "units of a roster are others"
    );
    let row = &table(&tables, "cls").figures.rows[0];
    let of_frame = tally::Share::new(row.n, 60).wilson(Some(62), Level::NinetyFive);
    assert_eq!(row.interval, of_frame.ok());
    let ends = row
        .interval
        .map(|it| (it.low <= 100.0 * row.n as f64 / 60.0, it.width() < 5.0));
    assert_eq!(
        ends,
        Some((true, true)),
        "60 of 62 answered: not much is left open"
    );
    let plain = counted(None, None);
    assert!(
        plain
            .iter()
            .all(|it| it.precision.is_none()
                && it.figures.rows.iter().all(|it| it.interval.is_none()))
    );
}

#[test]
fn a_column_is_compared_with_everybody_who_is_not_in_it() {
    let tables = counted(Some("roles"), Some(Level::NinetyFive));
    let cls = table(&tables, "cls");
    assert!(cls.figures.notes.contains(&Note::OverlappingGroups));
    let columns = cls.columns.as_deref().unwrap();
    let of = |at: usize| columns[at].figures.rows[0].differs;
    // 26 of 30 in the first role say yes, and 3 of the 30 others; in the second 8 of 30 and 21 of 30.
    let (more, less) = (of(0).unwrap(), of(1).unwrap());
    assert!(
        more.points > 70.0 && less.points < -40.0,
        "{more:?} {less:?}"
    );
    assert!(more.p_value < less.p_value && less.p_value < 0.05);
    let by_hand = tally::Groups::disjoint(tally::Share::new(8, 30), tally::Share::new(21, 30));
    let by_hand = by_hand.difference(Level::NinetyFive).unwrap();
    assert_eq!(less.points, by_hand.points);
    // Holm: of two, the larger one stays as it is and the smaller one is doubled.
    assert!((less.p_value - by_hand.p_value).abs() < 1e-12);
    // Written and read again, nothing is another.
    let text = serde_json::to_string(&tables).unwrap();
    let again: Vec<Table> = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
}

#[test]
fn groups_that_are_small_are_not_compared() {
    let few: Vec<Sheet> = sheets().into_iter().step_by(4).collect();
    let options = Options {
        by: Some("roles".to_owned()),
        level: Some(Level::NinetyFive),
        ..Options::default()
    };
    let tables = tally(&engine(SURVEY), options, &few).tables("fr");
    let columns = tables.iter().flat_map(|it| it.columns.iter().flatten());
    assert!(
        columns
            .flat_map(|it| &it.figures.rows)
            .all(|it| it.differs.is_none())
    );
}
