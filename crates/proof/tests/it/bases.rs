//! Who shares a base with whom: by hand for the real questionnaire, by brute force for small ones.

use std::collections::BTreeSet;

use expr::Lang;
use proof::{Bases, Budget, Sentences, prove};
use questionnaire::Engine;

use crate::real::{engine, questionnaires};

fn bases(engine: &Engine) -> Bases {
    prove(engine, &Budget::default()).bases()
}

/// Each base in a line: `2 < 1 | presence_cls = 'oui' | cls_etat cls_echelle`.
fn lines(engine: &Engine, bases: &Bases) -> Vec<String> {
    let id = |it: &u32| engine.instrument.items[*it as usize].id.as_str();
    let line = |(at, it): (usize, &proof::Base)| {
        let within = it
            .within
            .map_or(String::new(), |it| format!(" < {}", it + 1));
        let items: Vec<&str> = it.items.iter().map(id).collect();
        let condition = it.expression().unwrap_or_default();
        format!("{}{within} | {condition} | {}", at + 1, items.join(" "))
    };
    bases.list.iter().enumerate().map(line).collect()
}

#[track_caller]
fn check(blocks: &str, expected: &[&str]) {
    let engine = engine(&format!("id: e\ntitle: E\nblocks:\n{blocks}"));
    let found = bases(&engine);
    assert!(found.proven);
    assert_eq!(lines(&engine, &found), expected);
}

fn real(name: &str) -> Engine {
    let path = format!("{name}/questionnaire.yaml");
    let mut files = questionnaires().into_iter();
    engine(&files.find(|it| it.0.ends_with(&path)).unwrap().1)
}

/// As worked out by hand from what the survey published.
#[test]
fn the_bases_of_the_real_survey_are_those_of_its_figures() {
    let engine = real("qpv-cls");
    let found = bases(&engine);
    assert!(found.proven);
    let some_two = "at_least(2, presence_cls = 'oui', presence_cdv = 'oui', presence_asv = 'oui')";
    let expected = [
        "1 |  | structure fonction presence_cls presence_cdv presence_asv nb_qpv coordination \
         leviers freins suites rappel"
            .to_owned(),
        // The figures of 124.
        "2 < 1 | presence_cls = 'oui' | cls_etat cls_echelle cls_population cls_etp cls_budget \
         cls_partenaires"
            .to_owned(),
        // 128.
        "3 < 1 | presence_cdv = 'oui' | cdv_pilotage cdv_sante_animation".to_owned(),
        // 52.
        "4 < 1 | presence_asv = 'oui' | asv_pilotage asv_poste asv_nb_postes asv_verbatim"
            .to_owned(),
        format!("5 < 1 | {some_two} | articulation thematiques_communes articulation_verbatim"),
        "6 < 5 | thematiques_communes = 'oui' | thematiques".to_owned(),
        // 116, of the 124.
        "7 < 2 | presence_cls = 'oui' and nb_qpv > 0 | actions_qpv".to_owned(),
        // 100, of the 116.
        "8 < 7 | actions_qpv in ('regulierement', 'ponctuellement') | actions_types".to_owned(),
        // 122.
        "9 < 2 | presence_cls = 'oui' and presence_cdv = 'oui' | instances_cdv cls_volet_sante"
            .to_owned(),
        "10 < 2 | presence_cls = 'oui' and presence_asv = 'oui' | instances_asv".to_owned(),
        "11 < 1 | rappel | contact".to_owned(),
    ];
    assert_eq!(lines(&engine, &found), expected);
    // The CLS and the city contract overlap: their figures are of different people.
    assert!(!found.are_comparable(1, 2));
    assert!(found.are_comparable(7, 1));
    assert_eq!(found.comparable(8), [0, 1, 2, 4]);
    let sentences = Sentences::new(&engine, Lang::Fr);
    assert_eq!(
        found.list[4].universe(&sentences),
        "Au moins deux réponses parmi «\u{202f}Présence d’un CLS\u{202f}», «\u{202f}Présence d’un \
         contrat de ville\u{202f}» et «\u{202f}Présence d’un ASV\u{202f}» sont «\u{202f}Oui\u{202f}»"
    );
}

#[test]
fn filters_that_say_nothing_new_are_left_out() {
    check(
        "
- id: b
  pages:
  - id: p
    items:
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - {id: toujours, kind: text, label: T, filter: age >= 0}
- id: adultes
  filter: age >= 18
  pages:
  - id: q
    filter: age > 17
    items:
    - {id: metier, kind: text, label: M}
    - {id: encore, kind: text, label: E, filter: age != 3}
    - {id: retraite, kind: consent, label: R, filter: age >= 60 and age >= 18}
    - {id: depuis, kind: quantity, label: D, filter: retraite}
",
        &[
            "1 |  | age toujours",
            "2 < 1 | age >= 18 | metier encore",
            "3 < 2 | age >= 60 and age >= 18 | retraite",
            "4 < 3 | retraite | depuis",
        ],
    );
}

#[test]
fn bases_inside_rosters_are_of_units() {
    check(
        "
- id: b
  pages:
  - id: p
    items:
    - {id: a_des_postes, kind: consent, label: P, required: true}
    - id: postes
      kind: roster
      label: Postes
      filter: a_des_postes
      key: poste
      units: {min: 1, max: 2, label: Poste}
      items:
      - {id: quotite, kind: quantity, label: Q, required: true, min: 0, max: 10}
      - {id: vacant, kind: consent, label: V}
      - {id: depuis, kind: date, label: D, filter: quotite > 5}
      - {id: pourquoi, kind: text, label: W, filter: not quotite <= 5}
    - {id: total, kind: text, label: T, filter: count(postes) >= 1}
",
        &[
            "1 |  | a_des_postes",
            "2 < 1 | a_des_postes | postes total",
            "3 | a_des_postes | quotite vacant",
            "4 < 3 | quotite > 5 | depuis pourquoi",
        ],
    );
}

/// Two rosters over the choices of one question are about the same schemes.
#[test]
fn rosters_over_one_question_share_units() {
    check(
        "
- id: b
  pages:
  - id: p
    items:
    - {id: demarches, kind: multiple, label: D, choices: [{code: cls, label: CLS}, {code: asv, label: ASV}]}
    - id: etats
      kind: roster
      label: E
      key: d
      over: demarches
      items: [{id: actif, kind: consent, label: A}]
    - id: budgets
      kind: roster
      label: B
      key: d
      over: demarches
      items:
      - {id: budget, kind: quantity, label: B}
      - {id: pourquoi, kind: text, label: P, filter: budget > 5}
",
        &[
            "1 |  | demarches etats budgets",
            "2 |  | actif budget",
            "3 < 2 | budget > 5 | pourquoi",
        ],
    );
}

#[test]
fn nobody_is_no_base_to_share() {
    let engine = engine(
        "
id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: n, kind: quantity, label: N, required: true, min: 0, max: 5}
    - {id: a, kind: text, label: A, filter: n > 5}
    - {id: b, kind: text, label: B, filter: n > 6}
",
    );
    let found = bases(&engine);
    let empty: Vec<bool> = found.list.iter().map(|it| it.is_empty).collect();
    assert_eq!(empty, [false, true, true]);
    assert_eq!(found.list[1].within, None);
}

/// Items share a base, or lie within one, exactly where all sheets say so.
#[test]
fn bases_agree_with_brute_force() {
    let (mut shared, mut within, mut apart) = (0, 0, 0);
    for seed in 0..150 {
        let small = testkit::small_case(seed);
        let engine = small.engine();
        let all = testkit::enumerate(&engine, 60_000).filter(|it| it.n_complete > 0);
        let Some(all) = all else {
            continue;
        };
        let found = bases(&engine);
        // Items that stand in every route as one slot.
        let items = engine.instrument.items.iter();
        let plain = items
            .enumerate()
            .filter(|(_, it)| it.roster.is_none() && engine.layout.slot(&it.id).is_some());
        let routes: Vec<(usize, BTreeSet<usize>)> = plain
            .map(|(at, it)| {
                let routes = all.routes.iter().enumerate();
                let on = routes.filter(|(_, route)| route.contains(&it.id));
                (at, on.map(|(at, _)| at).collect())
            })
            .filter(|(_, on): &(usize, BTreeSet<usize>)| !on.is_empty())
            .collect();
        for (a, on_a) in &routes {
            for (b, on_b) in &routes {
                let [base_a, base_b] = [found.of_item[*a], found.of_item[*b]];
                let context = || format!("{a} {b} {found:#?}\n{small:?}");
                if base_a == base_b {
                    assert_eq!(on_a, on_b, "{}", context());
                    shared += usize::from(a != b);
                } else if found.list[base_a].wider.contains(&base_b) {
                    assert!(on_a.is_subset(on_b), "{}", context());
                    within += 1;
                } else if found.proven {
                    // What only bounds of numbers leave open may stand apart without need.
                    apart += usize::from(!on_a.is_subset(on_b));
                }
            }
        }
    }
    assert!(
        shared > 100 && within > 100 && apart > 100,
        "{shared} {within} {apart}"
    );
}

/// The real questionnaires are told apart completely, and not one base is only quoted.
#[test]
fn real_bases_are_proven() {
    for (path, source) in questionnaires() {
        let engine = engine(&source);
        let found = bases(&engine);
        assert!(found.proven, "{path}");
        assert!(found.list.iter().all(|it| !it.is_empty), "{path}");
    }
}
