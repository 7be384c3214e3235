//! The plan of figures: by hand, against brute force, and against the tables that `tally` makes.

use proof::plan::{Gap, Plan};
use proof::{Budget, prove};
use questionnaire::Engine;
use questionnaire::document::Figure;
use questionnaire::figure::{Unfit, unfit};
use questionnaire::instrument::{Item, Kind};

use crate::real::{engine, questionnaires};

fn figure(item: &str, by: Option<&str>) -> Figure {
    Figure {
        id: "f".to_owned(),
        item: item.to_owned(),
        by: by.map(str::to_owned),
        title: None,
    }
}

fn plan(engine: &Engine, figures: &[Figure]) -> Plan {
    let mut proof = prove(engine, &Budget::default());
    let bases = proof.bases();
    proof.plan(figures, &bases)
}

const SURVEY: &str = "
id: e
title: E
frame: [{id: region, kind: single, label: R, choices: [{code: nord, label: N}, {code: sud, label: S}]}]
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: asv, kind: single, label: A, required: true, choices: [{code: oui, label: O}, {code: non, label: N}]}
    - {id: pilote, kind: single, label: P, filter: asv = 'oui', choices: [{code: ville, label: V}, {code: etat, label: E}]}
    - {id: pourquoi, kind: single, label: W, filter: asv = 'non', choices: [{code: argent, label: A}, {code: temps, label: T}]}
    - {id: jamais, kind: consent, label: J, filter: asv = 'oui' and asv = 'non'}
    - {id: muet, kind: single, label: M, choices: [{code: x, label: X, filter: asv = 'oui' and asv = 'non'}]}
    - {id: texte, kind: text, label: T}
    - {id: dit, kind: statement, label: D}
    - {id: joindre, kind: contact, label: C}
    - {id: etp, kind: quantity, label: N, min: 0, max: 9}
    - {id: grand, kind: computed, value: etp > 5}
    - {id: moitie, kind: computed, value: etp / 2}
    - id: postes
      kind: roster
      label: Postes
      filter: asv = 'oui'
      key: poste
      units: {min: 1, max: 2, label: Poste}
      items:
      - {id: quotite, kind: quantity, label: Q, min: 0, max: 10}
      - {id: vacant, kind: consent, label: V}
      - {id: depuis, kind: date, label: S, filter: vacant}
";

/// An item, what breaks it down, why that cannot be fed, and columns that stay empty.
type Case = (
    &'static str,
    Option<&'static str>,
    Option<Gap>,
    &'static [&'static str],
);

#[test]
fn each_gap_has_its_case() {
    use Unfit as M;
    let engine = engine(SURVEY);
    let cases: &[Case] = &[
        ("asv", None, None, &[]),
        ("texte", None, None, &[]),
        ("asv", Some("region"), None, &[]),
        ("region", None, None, &[]),
        ("pilote", Some("asv"), None, &["non"]),
        ("pilote", Some("grand"), None, &[]),
        ("grand", Some("pilote"), None, &[]),
        ("quotite", Some("vacant"), None, &[]),
        ("quotite", Some("asv"), None, &["non"]),
        ("depuis", Some("region"), None, &[]),
        ("rien", None, Some(Gap::Unfit(M::UnknownItem)), &[]),
        ("dit", None, Some(Gap::Unfit(M::NoTable)), &[]),
        ("joindre", None, Some(Gap::Unfit(M::NoTable)), &[]),
        ("postes", None, Some(Gap::Unfit(M::NoTable)), &[]),
        (
            "asv",
            Some("rien"),
            Some(Gap::Unfit(M::UnknownBreakdown)),
            &[],
        ),
        ("asv", Some("etp"), Some(Gap::Unfit(M::NoColumns)), &[]),
        ("asv", Some("moitie"), Some(Gap::Unfit(M::NoColumns)), &[]),
        ("asv", Some("vacant"), Some(Gap::Unfit(M::OtherUnits)), &[]),
        ("asv", Some("asv"), Some(Gap::Unfit(M::Itself)), &[]),
        ("jamais", None, Some(Gap::NeverAsked), &[]),
        ("jamais", Some("asv"), Some(Gap::NeverAsked), &[]),
        ("muet", None, Some(Gap::NeverAnswered), &[]),
        ("asv", Some("jamais"), Some(Gap::BreakdownNeverAsked), &[]),
        ("pilote", Some("pourquoi"), Some(Gap::NeverTogether), &[]),
        ("quotite", Some("pourquoi"), Some(Gap::NeverTogether), &[]),
        ("asv", Some("muet"), Some(Gap::AlwaysEmpty), &[]),
    ];
    let mut told = Vec::new();
    for (item, by, gap, empty) in cases {
        let found = plan(&engine, &[figure(item, *by)]);
        let [it] = &found.figures[..] else {
            panic!("{found:?}")
        };
        assert_eq!(it.gap, *gap, "{item} by {by:?}");
        assert_eq!(it.empty, *empty, "{item} by {by:?}");
        assert_eq!(it.base.is_some(), !matches!(gap, Some(Gap::Unfit(_))));
        told.extend(it.gap.map(Gap::code));
    }
    let twice = [figure("asv", None), figure("asv", None)];
    let found = plan(&engine, &twice);
    let gaps: Vec<_> = found.figures.iter().map(|it| it.gap).collect();
    assert_eq!(gaps, [None, Some(Gap::Twice)]);
    told.push(Gap::Twice.code());
    for gap in Gap::ALL {
        assert!(told.contains(&gap.code()), "{gap:?} has no case");
    }
}

/// Whoever is counted without being in a column is told apart from whoever is in one.
#[test]
fn a_breakdown_of_fewer_people_says_so() {
    let engine = engine(SURVEY);
    for (item, by, is_whole) in [
        ("asv", "region", true),
        ("pilote", "asv", true),
        ("asv", "pilote", false),
        ("etp", "pilote", false),
        ("quotite", "asv", true),
        ("quotite", "vacant", true),
    ] {
        let found = plan(&engine, &[figure(item, Some(by))]);
        assert_eq!(
            found.figures[0].columns.is_none(),
            is_whole,
            "{item} by {by}"
        );
    }
}

#[test]
fn questions_that_no_figure_uses() {
    let engine = engine(SURVEY);
    let unused = |figures: &[Figure]| -> Vec<String> {
        let found = plan(&engine, figures).unused.into_iter();
        let id = |it: u32| engine.instrument.items[it as usize].id.clone();
        let line = |it: proof::plan::Unused| match it.is_read {
            true => format!("({})", id(it.item)),
            false => id(it.item),
        };
        found.map(line).collect()
    };
    let all = "(asv) pilote pourquoi jamais muet texte (etp) quotite (vacant) depuis";
    assert_eq!(unused(&[]).join(" "), all);
    // What a computed value is made of is used, and so is what breaks a figure down.
    let some = [
        figure("grand", None),
        figure("quotite", Some("asv")),
        figure("texte", Some("rien")),
    ];
    assert_eq!(
        unused(&some).join(" "),
        "pilote pourquoi jamais muet (vacant) depuis"
    );
}

/// The id by which `tally` knows an item's table.
fn table(engine: &Engine, item: &Item) -> String {
    let roster = item
        .roster
        .map(|it| engine.instrument.rosters[it as usize].item);
    match roster {
        Some(it) => format!("{}.{}", engine.instrument.items[it as usize].id, item.id),
        None => item.id.clone(),
    }
}

/// Names and kinds fit exactly where `tally` has a table.
#[test]
fn what_fits_is_what_is_tabulated() {
    let (mut fit, mut not) = (0, 0);
    let mut sources: Vec<String> = questionnaires().into_iter().map(|it| it.1).collect();
    sources.push(SURVEY.to_owned());
    for source in sources {
        let engine = engine(&source);
        let items = &engine.instrument.items;
        // Every pair of a few: all of them would be a thousand a questionnaire.
        let items_of = items.iter().enumerate();
        // Of a roster `tally` makes the tables of all its items: a figure is one of them.
        for (nth, item) in items_of.filter(|it| !matches!(it.1.kind, Kind::Roster { .. })) {
            for by in items
                .iter()
                .skip(nth % 7)
                .step_by(7)
                .filter(|it| it.id != item.id)
            {
                let options = tally::Options {
                    item: Some(table(&engine, item)),
                    by: Some(table(&engine, by)),
                    ..tally::Options::default()
                };
                let is_made = tally::Plan::new(&engine, options).is_ok();
                let unfit = unfit(&engine.instrument, &figure(&item.id, Some(&by.id)));
                assert_eq!(
                    unfit.is_none(),
                    is_made,
                    "{} by {}: {unfit:?}",
                    item.id,
                    by.id
                );
                *(if is_made { &mut fit } else { &mut not }) += 1;
            }
        }
    }
    assert!(fit > 200 && not > 200, "{fit} {not}");
}

/// Two questions are never asked together exactly where no sheet asks both.
#[test]
fn being_together_agrees_with_brute_force() {
    let (mut together, mut never) = (0, 0);
    for seed in 0..120 {
        let small = testkit::small_case(seed);
        let engine = small.engine();
        let all = testkit::enumerate(&engine, 60_000).filter(|it| it.n_complete > 0);
        let Some(all) = all else {
            continue;
        };
        let items = engine.instrument.items.iter();
        let plain: Vec<&Item> = items
            .filter(|it| it.roster.is_none() && engine.layout.slot(&it.id).is_some())
            .collect();
        let is_asked = |it: &Item| all.routes.iter().any(|route| route.contains(&it.id));
        let mut figures = Vec::new();
        let mut expected = Vec::new();
        for item in &plain {
            for by in &plain {
                let wanted = figure(&item.id, Some(&by.id));
                if unfit(&engine.instrument, &wanted).is_some() || !is_asked(item) || !is_asked(by)
                {
                    continue;
                }
                let both = |route: &std::collections::BTreeSet<String>| {
                    route.contains(&item.id) && route.contains(&by.id)
                };
                expected.push(all.routes.iter().any(both));
                figures.push(wanted);
            }
        }
        let found = plan(&engine, &figures);
        for ((it, wanted), is_together) in found.figures.iter().zip(&figures).zip(expected) {
            let context = || format!("{wanted:?} {it:?}\n{small:?}");
            match it.gap {
                Some(Gap::NeverTogether) => assert!(!is_together, "{}", context()),
                Some(Gap::NeverAnswered) => continue,
                _ => assert!(is_together, "{}", context()),
            }
            *(if is_together {
                &mut together
            } else {
                &mut never
            }) += 1;
        }
    }
    assert!(together > 200 && never > 10, "{together} {never}");
}

/// A column that is said to stay empty has nobody of the covering cohort in it.
#[test]
fn empty_columns_are_empty_for_everybody() {
    let mut n_empty = 0;
    for (path, source) in questionnaires() {
        let engine = engine(&source);
        let mut proof = prove(&engine, &Budget::default());
        let bases = proof.bases();
        let items = &engine.instrument.items;
        let mut figures = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            let by = items.iter().skip(nth % 11).step_by(11);
            figures.extend(by.map(|by| figure(&item.id, Some(&by.id))));
        }
        figures.retain(|it| unfit(&engine.instrument, it).is_none());
        let found = proof.plan(&figures, &bases);
        let sheets = proof.cover().sheets;
        for (it, wanted) in found.figures.iter().zip(&figures) {
            let by = it.by.unwrap();
            let list = items[by as usize].list();
            for code in &it.empty {
                n_empty += 1;
                let choices = &engine.instrument.lists[list.unwrap() as usize].choices;
                let nth = choices.iter().position(|it| it.code == *code).unwrap() as u16;
                for sheet in &sheets {
                    let loaded = engine.load(sheet);
                    if !loaded.verdict(None).complete || items[by as usize].roster.is_some() {
                        continue;
                    }
                    let asked = |it: u32| loaded.evaluation.is_on_path(it, None);
                    let slot = engine.layout.slots_of(by, None).next().unwrap();
                    let chosen = asked(by) && loaded.evaluation.is_chosen(slot, nth);
                    let counted = it.item.is_some_and(asked);
                    assert!(!(counted && chosen), "{path} {wanted:?} {code}");
                }
            }
        }
    }
    assert!(n_empty > 3, "{n_empty}");
}
