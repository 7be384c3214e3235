//! Who is in exactly which sets: by hand, and against asking each response.

use std::collections::BTreeMap;
use std::sync::Arc;

use questionnaire::Sheet;
use serde_json::json;
use tally::{Combinations, Cut, CutError, Dataset, Join, Version};

use crate::support::{engine, sheet};

const SURVEY: &str = "id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: asv, kind: single, label: A, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
    - {id: cls, kind: single, label: C, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
    - {id: clsm, kind: single, label: M, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
";

/// So many territories with these schemes: as the thirty of the survey « territoires » (7 with an ASV only, 4 with all
/// three, 14 with none), and one that does not say.
fn territories() -> Vec<Sheet> {
    let of = |n: usize, has: &str| {
        let said = |id: &str| {
            if has.split(' ').any(|it| it == id) {
                "oui"
            } else {
                "non"
            }
        };
        let answers = json!({"asv": said("asv"), "cls": said("cls"), "clsm": said("clsm")});
        vec![sheet(&answers); n]
    };
    let mut all = [
        of(7, "asv"),
        of(4, "asv cls clsm"),
        of(14, ""),
        of(2, "cls"),
        of(3, "asv clsm"),
    ]
    .concat();
    all.push(sheet(&json!({"asv": "oui"})));
    all
}

fn combined(sets: &[&str], only: Option<&str>) -> Result<Combinations, CutError> {
    let engine = engine(SURVEY);
    let versions = [Version {
        number: 1,
        engine: &engine,
    }];
    let join = Join::new(&versions, 0, |_, _| unreachable!("one version")).expect("tables");
    let cut = Cut {
        sets: sets.iter().map(|it| (*it).to_owned()).collect(),
        only: only.map(str::to_owned),
        ..Cut::default()
    };
    let join = join.cut(&versions, &cut)?;
    let mut dataset = Dataset::new(Arc::new(engine.clone()));
    for it in territories() {
        dataset.push(&engine.load(&it).evaluation);
    }
    Ok(join.combinations(&[dataset]).expect("sets were asked for"))
}

fn rows(it: &Combinations) -> BTreeMap<Vec<usize>, u64> {
    it.rows.iter().map(|it| (it.sets.clone(), it.n)).collect()
}

const PRESENT: [&str; 3] = ["asv = 'oui'", "cls = 'oui'", "clsm = 'oui'"];

#[test]
fn everybody_is_in_exactly_one_combination() {
    let it = combined(&PRESENT, None).unwrap();
    assert_eq!((it.n, it.unknown), (30, 1), "of one it cannot be told");
    let expected = [
        (vec![], 14),
        (vec![0], 7),
        (vec![0, 1, 2], 4),
        (vec![0, 2], 3),
        (vec![1], 2),
    ];
    assert_eq!(rows(&it), BTreeMap::from(expected));
    let all: f64 = it.rows.iter().filter_map(|it| it.pct).sum();
    assert!((all - 100.0).abs() < 1e-9);
    let some = combined(&PRESENT, Some("cls = 'oui'")).unwrap();
    assert_eq!((some.n, some.unknown), (6, 0));
    let names = ["ASV", "CLS", "CLSM"].map(str::to_owned);
    let chart = it.chart(&names, "Démarches", "territoires", 10, "fr");
    assert_eq!(chart.base, "30 territoires · 1 dont une réponse manque");
    let drawn: Vec<(String, String)> = chart
        .table()
        .rows
        .into_iter()
        .map(|it| (it.0, it.1[0].clone()))
        .collect();
    assert_eq!(drawn[1], ("ASV".to_owned(), "7".to_owned()), "{drawn:?}");
}

#[test]
fn what_is_no_set_is_refused() {
    let refused = combined(&["asv = 'oui'", "asw = 'oui'"], None).unwrap_err();
    assert!(
        matches!(&refused, CutError::Set(1, found) if found[0].span.start == 0),
        "{refused:?}"
    );
    let many = vec!["asv = 'oui'"; 9];
    assert_eq!(combined(&many, None), Err(CutError::ManySets));
}

#[test]
fn random_studies_are_combined_as_one_by_one() {
    let mut n_counted = 0;
    for seed in 0..1_000 {
        let cases = testkit::series(seed, 12);
        let engine = cases[0].engine();
        let items = engine.instrument.items.iter();
        let filters = items
            .filter(|it| it.roster.is_none())
            .filter_map(|it| it.filter.as_ref());
        let sets: Vec<String> = filters.map(|it| it.source.clone()).take(4).collect();
        if sets.is_empty() {
            continue;
        }
        let sheets: Vec<Sheet> = cases
            .iter()
            .flat_map(|it| [it.sheet.clone(), it.plausible.clone()])
            .collect();
        let versions = [Version {
            number: 1,
            engine: &engine,
        }];
        let join = Join::new(&versions, 0, |_, _| unreachable!("one version"));
        let Ok(join) = join else { continue };
        let cut = Cut {
            sets: sets.clone(),
            ..Cut::default()
        };
        let join = join
            .cut(&versions, &cut)
            .expect("conditions of the study itself");
        let mut dataset = Dataset::new(Arc::new(engine.clone()));
        let programs: Vec<expr::Program> = sets
            .iter()
            .map(|it| questionnaire::condition(&engine, it, None).unwrap().program)
            .collect();
        let (mut expected, mut unknown) = (BTreeMap::new(), 0);
        for it in &sheets {
            let evaluation = engine.load(it).evaluation;
            dataset.push(&evaluation);
            let truths: Vec<expr::Truth> = programs
                .iter()
                .map(|it| it.truth(&evaluation, None))
                .collect();
            if truths.iter().any(|it| !it.is_true() && !it.is_false()) {
                unknown += 1;
                continue;
            }
            let is_in = (0..truths.len()).filter(|it| truths[*it].is_true());
            *expected
                .entry(is_in.collect::<Vec<usize>>())
                .or_insert(0_u64) += 1;
        }
        let found = join.combinations(&[dataset]).expect("sets");
        assert_eq!(rows(&found), expected, "seed {seed}");
        assert_eq!(found.unknown, unknown, "seed {seed}");
        n_counted += expected.len();
    }
    assert!(n_counted > 700, "{n_counted}");
}
