//! Columns: numbers in bands, ranks, and the ways from the units of a roster to their respondents. Counted by hand.

use questionnaire::Sheet;
use serde_json::json;
use tally::{Breakdown, Options, Percent, Plan, PlanError, Table};

use crate::support::{EVERY_KIND, sheet, tally};

/// Four coordinators: of a CLS and an ASV, of a CLS, of an ASV, of nothing.
fn sheets() -> Vec<Sheet> {
    [
        json!({"presence": "oui", "qpv": 4, "ordre": ["b", "a"], "demarches": ["cls", "asv"],
               "par_demarche": [{"demarche": "cls", "etp": 1.5, "pilote": "ville"},
                                {"demarche": "asv", "etp": 0.5, "pilote": "etat"}]}),
        json!({"presence": "oui", "qpv": 1, "ordre": ["a"], "demarches": ["cls"],
               "par_demarche": [{"demarche": "cls", "etp": 0.5, "pilote": "ville"}]}),
        json!({"presence": "non", "qpv": 0.5, "ordre": ["a", "c"], "demarches": ["asv"],
               "par_demarche": [{"demarche": "asv", "etp": {"$missing": "dont_know"}}]}),
        json!({"presence": "non", "qpv": {"$missing": "refused"}, "demarches": []}),
    ]
    .iter()
    .map(sheet)
    .collect()
}

fn by(by: &str) -> Vec<Table> {
    let options = Options {
        by: Some(by.to_owned()),
        ..Options::default()
    };
    tally(&EVERY_KIND, options, &sheets()).tables("fr")
}

/// Of a table, each column: its words, how many units are in it, how many of them gave the first row.
fn columns(tables: &[Table], item: &str) -> Vec<(String, u64, u64)> {
    let table = tables.iter().find(|it| it.item == item).expect("the table");
    let columns = table.columns.iter().flatten();
    let columns = columns.map(|it| {
        let n = it.figures.rows.first().map_or(0, |row| row.n);
        (it.label.clone(), it.figures.base.responses(), n)
    });
    columns.collect()
}

#[track_caller]
fn check(asked: &str, item: &str, expected: &[(&str, u64, u64)]) {
    let found = columns(&by(asked), item);
    let found: Vec<(&str, u64, u64)> = found.iter().map(|it| (it.0.as_str(), it.1, it.2)).collect();
    assert_eq!(found, expected, "{asked}");
}

#[test]
fn numbers_make_bands_and_ranks_their_first() {
    check(
        "qpv:1,2.5",
        "presence",
        &[
            ("moins de 1", 1, 0),
            ("1 à moins de 2,5", 1, 1),
            ("2,5 et plus", 1, 1),
        ],
    );
    check(
        "ordre",
        "presence",
        &[("A", 2, 1), ("B", 1, 1), ("C", 0, 0)],
    );
}

#[test]
fn somebody_with_two_schemes_counts_once_among_people_and_twice_among_schemes() {
    let tables = by("demarches");
    // Groups overlap: whoever has both is in both columns, and once in all.
    assert_eq!(
        columns(&tables, "presence"),
        [("CLS".to_owned(), 2, 2), ("ASV".to_owned(), 2, 1)]
    );
    let presence = tables.iter().find(|it| it.item == "presence").unwrap();
    assert_eq!(
        (
            presence.figures.base.responses(),
            presence.unit.to_string().as_str()
        ),
        (4, "respondent")
    );
    let pilots = tables
        .iter()
        .find(|it| it.item == "par_demarche.pilote")
        .unwrap();
    assert_eq!(
        (
            pilots.figures.base.responses(),
            pilots.unit.to_string().as_str()
        ),
        (4, "par_demarche")
    );
    assert_eq!(
        pilots.figures.rows[0].n, 2,
        "two schemes are led by the town"
    );
}

#[test]
fn a_rule_leads_from_units_to_respondents() {
    let item = "presence";
    check(
        "par_demarche.pilote:any",
        item,
        &[("La ville", 2, 2), ("L’État", 1, 1)],
    );
    check(
        "par_demarche.pilote:all",
        item,
        &[("La ville", 1, 1), ("L’État", 0, 0)],
    );
    check(
        "par_demarche.pilote:first",
        item,
        &[("La ville", 2, 2), ("L’État", 0, 0)],
    );
    check(
        "par_demarche.etp:any:1",
        item,
        &[("moins de 1", 2, 2), ("1 et plus", 1, 1)],
    );
    check(
        "par_demarche.etp:sum:1",
        item,
        &[("moins de 1", 1, 1), ("1 et plus", 1, 1)],
    );
    // Without a rule units are in columns, and tables of respondents are left out.
    let tables = by("par_demarche.pilote");
    assert!(
        tables
            .iter()
            .all(|it| it.unit.to_string() == "par_demarche")
    );
}

#[test]
fn what_makes_no_columns_is_told() {
    let refused = |by: &str| {
        let options = Options {
            by: Some(by.to_owned()),
            ..Options::default()
        };
        let error = Plan::new(&EVERY_KIND, options).err();
        error.map_or("none", |it| it.code())
    };
    for (by, code) in [
        ("qpv", "TA0003"),
        ("mots", "TA0003"),
        ("jour", "TA0003"),
        ("presence:1", "TA0003"),
        ("par_demarche.etp:sum", "TA0003"),
        ("nothing", "TA0001"),
        ("", "TA0005"),
        ("qpv:2,1", "TA0005"),
        ("qpv:1,1", "TA0005"),
        ("qpv:a", "TA0005"),
        ("qpv:any:1:2", "TA0005"),
        ("presence:any", "TA0006"),
        ("par_demarche.pilote:sum", "TA0006"),
        ("presence", "none"),
    ] {
        assert_eq!(refused(by), code, "{by}");
    }
}

#[test]
fn a_breakdown_is_read_as_it_is_written() {
    for text in [
        "presence",
        "grille[ars]",
        "a.b:any",
        "a.b:sum:-1,0,2.5",
        "n:10",
    ] {
        let read: Result<Breakdown, PlanError> = text.parse();
        assert_eq!(read.map(|it| it.to_string()).as_deref(), Ok(text));
    }
    let many: Vec<String> = (0..25).map(|it| it.to_string()).collect();
    assert!(
        format!("n:{}", many.join(","))
            .parse::<Breakdown>()
            .is_err()
    );
}

#[test]
fn numbers_have_a_box_for_each_column() {
    let tables = by("presence");
    let qpv = tables.iter().find(|it| it.item == "qpv").unwrap();
    let charts = tally::charts(qpv, "fr");
    let boxes = charts
        .iter()
        .find(|it| it.id.ends_with(".columns"))
        .expect("boxes");
    let rows = boxes.table().rows;
    let labels: Vec<&str> = rows.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        labels,
        ["Oui", "Non"],
        "nobody of the others gave a number: {rows:?}"
    );
}

#[test]
fn percentages_are_of_columns_of_rows_or_of_all() {
    let tables = by("demarches");
    let presence = tables.iter().find(|it| it.item == "presence").unwrap();
    let first = |percent| {
        let charts = tally::charts_with(presence, percent, "fr");
        let rows = charts[0].table().rows;
        rows[0].1.clone()
    };
    // Of four two say yes: both have a CLS, one of them an ASV as well.
    assert_eq!(
        first(Percent::Column),
        ["2", "100\u{202f}%", "1", "50,0\u{202f}%"]
    );
    assert_eq!(
        first(Percent::Row),
        ["2", "100\u{202f}%", "1", "50,0\u{202f}%"]
    );
    assert_eq!(
        first(Percent::Total),
        ["2", "50,0\u{202f}%", "1", "25,0\u{202f}%"]
    );
    let said = |percent| tally::percent_sentence(presence, percent, chart::Language::French);
    assert_eq!(said(Percent::Column), None);
    assert!(said(Percent::Row).is_some_and(|it| it.contains("en ligne")));
}
