//! Responses as columns are counted as one by one.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use questionnaire::{Engine, Sheet};
use tally::{Dataset, Filter, Options, Place, Plan};

use crate::laws::sheet;
use crate::support::{EVERY_KIND, QPV_CLS, plan, read, sheets, tally};

fn dataset(engine: &Engine, sheets: &[Sheet]) -> (Dataset, Vec<Place>) {
    let mut dataset = Dataset::new(Arc::new(engine.clone()));
    let push = |it: &Sheet| dataset.push(&engine.load(it).evaluation);
    let places = sheets.iter().map(push).collect();
    (dataset, places)
}

fn plans(engine: &Engine) -> Vec<Arc<Plan>> {
    let all = Options {
        max_texts: usize::MAX,
        ..Options::default()
    };
    let columns = [
        "presence",
        "themes",
        "accord",
        "demarches",
        "avis",
        "par_demarche.pilote",
        "grille[ars]",
        "ordre",
        "qpv:1,2.5",
        "double:4",
        "par_demarche.etp:1",
        "par_demarche.pilote:any",
        "par_demarche.pilote:all",
        "par_demarche.pilote:first",
        "par_demarche.etp:any:1",
        "par_demarche.etp:sum:1,3.25",
    ];
    let by = columns.iter().map(|by| Options {
        by: Some((*by).to_owned()),
        ..all.clone()
    });
    let by: Vec<Options> = by.collect();
    std::iter::once(all)
        .chain(by)
        .map(|it| plan(engine, it))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_dataset_counts_what_a_tally_counts(
        sheets in proptest::collection::vec((sheet(), any::<bool>()), 0..20),
        more in proptest::collection::vec(sheet(), 0..5),
    ) {
        let engine = &*EVERY_KIND;
        let (all, withdrawn): (Vec<Sheet>, Vec<bool>) = sheets.into_iter().unzip();
        let (mut dataset, places) = dataset(engine, &all);
        let before = dataset.clone();
        let by_presence = plans(engine).swap_remove(1);
        let mut taken = dataset.count(&by_presence);
        for (place, _) in places.iter().zip(&withdrawn).filter(|it| *it.1) {
            prop_assert_eq!(taken.take(&dataset.count_one(*place, &by_presence)), Ok(()));
            prop_assert!(dataset.withdraw(*place));
            prop_assert!(!dataset.withdraw(*place), "once");
        }
        let kept = all.iter().zip(&withdrawn).filter(|it| !it.1);
        let mut kept: Vec<Sheet> = kept.map(|it| it.0.clone()).collect();
        prop_assert_eq!(&taken, &dataset.count(&by_presence), "taken back one by one");
        let (other, others) = self::dataset(engine, &more);
        let shift = dataset.append(other);
        kept.extend(more.iter().cloned());
        for plan in plans(engine) {
            let tally = |sheets: &[Sheet]| {
                let mut tally = tally::Tally::new(Arc::clone(&plan));
                sheets.iter().for_each(|it| tally.add(&engine.load(it).evaluation));
                tally
            };
            prop_assert_eq!(&dataset.count(&plan), &tally(&kept));
            prop_assert_eq!(&before.count(&plan), &tally(&all), "a copy stays as it is");
        }
        prop_assert_eq!(dataset.len(), kept.len() as u64);
        for place in others {
            prop_assert!(dataset.withdraw(place.after(shift)));
        }
        prop_assert_eq!(dataset.len(), (kept.len() - more.len()) as u64);
    }
}

#[test]
fn the_survey_on_qpv_is_counted_as_one_by_one() {
    let engine = &*QPV_CLS;
    let sheets = sheets(&read("questionnaires/qpv-cls/responses.ndjson"));
    // More than one chunk.
    let sheets: Vec<Sheet> = sheets.iter().cycle().take(20_000).cloned().collect();
    let options = Options {
        by: Some("cls_population".to_owned()),
        ..Options::default()
    };
    let (dataset, _) = dataset(engine, &sheets);
    let tables = dataset.count(&plan(engine, options.clone())).tables("fr");
    assert_eq!(tables, tally(engine, options, &sheets).tables("fr"));
}

/// Conditions on respondents: worked out for all at once, and one by one.
const OF_RESPONDENTS: &[&str] = &[
    "presence = 'oui'",
    "not presence = 'oui'",
    "presence in ('non', 'autre')",
    "presence != 'oui' or accord",
    "themes has 'sante' and not (themes has 'jeunes')",
    "grille[ars] = 'souvent' or grille[ville] = 'jamais'",
    "qpv > 3",
    "qpv >= 0.5 and not (2.5 >= qpv)",
    "qpv != 1",
    "budget <= 2.25",
    "answered(themes)",
    "answered(mots) and not answered(jour)",
    "missing_reason(presence) = 'dont_know'",
    "missing_reason(budget) = 'not_asked' or missing_reason(budget) = 'no_answer'",
    "missing_reason(double) = 'dont_know'",
    "double > 5",
    "answered(double)",
    "qpv + budget > 4",
    "count(themes) >= 2",
    "count(demarches) = 1",
    "jour >= '2026-03-15'",
    "mots = 'a'",
    "at_least(2, presence = 'oui', accord, qpv > 1)",
    "any(par_demarche, etp < 1)",
    "all(par_demarche, answered(pilote))",
    "sum(par_demarche.etp) > 3",
    "par_demarche[cls].pilote = 'ville'",
    "count(par_demarche) > 0",
    "answered(suite)",
];

/// Conditions on the units of the roster.
const OF_UNITS: &[&str] = &[
    "par_demarche.etp > 2",
    "etp > 2",
    "pilote = 'ville'",
    "demarche = 'cls'",
    "pilote = 'etat' or presence = 'oui'",
    "not answered(etp)",
    "etp * 2 > qpv",
];

fn filtered(engine: &Engine, source: &str, roster: Option<u32>) -> Option<Options> {
    let condition = questionnaire::condition(engine, source, roster).ok()?;
    Some(Options {
        filter: Some(Filter {
            program: condition.program,
            roster,
        }),
        by: source
            .len()
            .is_multiple_of(2)
            .then(|| "presence".to_owned()),
        max_texts: usize::MAX,
        ..Options::default()
    })
}

/// What the conditions above ask.
static FILTERED: LazyLock<Vec<(&str, Arc<Plan>)>> = LazyLock::new(|| {
    let engine = &*EVERY_KIND;
    let all = OF_RESPONDENTS.iter().map(|it| (*it, None));
    let units = OF_UNITS.iter().map(|it| (*it, Some(0)));
    let all = all.chain(units);
    let planned =
        all.filter_map(|(it, roster)| Some((it, plan(engine, filtered(engine, it, roster)?))));
    planned.collect()
});

#[test]
fn the_questionnaire_knows_every_condition() {
    let known: Vec<&str> = FILTERED.iter().map(|it| it.0).collect();
    let all = OF_RESPONDENTS.iter().chain(OF_UNITS);
    let unknown: Vec<&&str> = all.filter(|it| !known.contains(*it)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_filter_keeps_whom_its_condition_keeps(
        sheets in proptest::collection::vec(sheet(), 0..30),
        withdrawn in any::<prop::sample::Index>(),
    ) {
        let engine = &*EVERY_KIND;
        let mut sheets = sheets;
        let (mut dataset, places) = dataset(engine, &sheets);
        if !places.is_empty() {
            let at = withdrawn.index(places.len());
            dataset.withdraw(places[at]);
            sheets.remove(at);
        }
        for (condition, plan) in FILTERED.iter() {
            let mut tally = tally::Tally::new(Arc::clone(plan));
            sheets.iter().for_each(|it| tally.add(&engine.load(it).evaluation));
            prop_assert_eq!(&dataset.count(plan), &tally, "{}", condition);
        }
    }
}

/// Every condition that a questionnaire has, as a filter, and everything that can make columns.
fn asked(engine: &Engine) -> Vec<Options> {
    let texts = Options {
        max_texts: usize::MAX,
        ..Options::default()
    };
    let items = engine.instrument.items.iter();
    let filters = items.flat_map(|item| {
        let checks = item.checks.iter().map(|it| &it.require);
        let all = item.filter.iter().chain(checks);
        all.map(|it| Filter {
            program: it.program.clone(),
            roster: item.roster,
        })
    });
    let filters: Vec<Filter> = filters.collect();
    let tables = Plan::new(engine, Options::default());
    let tables = tables.iter().flat_map(Plan::items);
    let by = tables.flat_map(|id| {
        let ways = ["", ":any", ":all", ":first", ":0,2", ":first:1", ":sum:1,5"];
        let ways = ways.map(|it| format!("{id}{it}"));
        // Only what is in a roster has rules.
        ways.into_iter().filter(|it| {
            Plan::new(
                engine,
                Options {
                    by: Some(it.clone()),
                    ..Options::default()
                },
            )
            .is_ok()
        })
    });
    let by: Vec<String> = by.collect();
    let mut all = vec![texts.clone()];
    for nth in 0..filters.len().max(by.len()) {
        all.push(Options {
            filter: filters.get(nth).cloned(),
            by: by.get(nth).cloned(),
            ..texts.clone()
        });
        all.push(Options {
            filter: filters.get(nth).cloned(),
            ..texts.clone()
        });
    }
    all
}

#[test]
fn a_thousand_studies_are_counted_as_one_by_one() {
    let (mut n_plans, mut n_filtered) = (0, 0);
    for seed in 0..1_000 {
        let cases = testkit::series(seed, 6);
        let engine = cases[0].engine();
        let sheets = cases.iter().flat_map(|it| [&it.sheet, &it.plausible]);
        let sheets: Vec<Sheet> = sheets.cloned().collect();
        let (mut dataset, places) = dataset(&engine, &sheets);
        dataset.withdraw(places[seed as usize % places.len()]);
        let evaluations: Vec<_> = sheets.iter().map(|it| engine.load(it).evaluation).collect();
        for options in asked(&engine) {
            let is_filtered = options.filter.is_some();
            let Ok(plan) = Plan::new(&engine, options) else {
                continue;
            };
            let plan = Arc::new(plan);
            let mut tally = tally::Tally::new(Arc::clone(&plan));
            for (nth, it) in evaluations.iter().enumerate() {
                if nth != seed as usize % places.len() {
                    tally.add(it);
                }
            }
            assert_eq!(dataset.count(&plan), tally, "seed {seed}");
            n_plans += 1;
            n_filtered += usize::from(is_filtered);
        }
    }
    assert!(
        n_plans > 5_000 && n_filtered > 2_000,
        "{n_plans} plans, {n_filtered} with filters"
    );
}
