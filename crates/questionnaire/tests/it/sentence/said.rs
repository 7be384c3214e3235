//! What may be said at a place, and what built-in conditions are as sentences.

use std::collections::BTreeMap;
use std::fmt::Write;

use expect_test::expect;
use expr::{Expr, ExprKind, Function};
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::Node;
use questionnaire::sentence::{self, Group, Part, Sayable};

use super::compiles::everything;
use super::{built_in, flat, parsed, places};

#[test]
fn conditions_of_the_built_in_questionnaires_are_sentences() {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut n, mut lines) = (0, 0);
    for (_, document) in built_in() {
        for (node, field) in places(&document) {
            let found = testkit::nodes(&document).into_iter();
            let found = found.filter(|it| it.node == node).map(|it| it.fields);
            for text in found.filter_map(|it| Some(it.get(field)?.as_str()?.to_owned())) {
                n += 1;
                let group = sentence::read(&text);
                let written = sentence::write(&group).unwrap();
                assert_eq!(flat(&parsed(&written)), flat(&parsed(&text)));
                lines += group.count().0;
                note(&group, &mut texts);
                // What it speaks of is offered, or is told beside.
                let sayable = sentence::sayable(&document, &node, &group, "fr").unwrap();
                speaks(&sayable, &group, &mut Vec::new());
            }
        }
    }
    let mut out = format!("{n} conditions, {lines} lines; these parts stay texts:\n");
    for (text, n) in texts {
        writeln!(out, "{n} × {text}").unwrap();
    }
    expect![[r#"
        212 conditions, 256 lines; these parts stay texts:
        1 × cls_signature + 366 * cls_duree >= today
        1 × fa_atteintes + fa_partielles + fa_reportees <= fa_programmees
        1 × fa_atteintes + fa_partielles + fa_reportees >= fa_programmees
        1 × fa_atteintes + fa_partielles <= fa_programmees
    "#]]
    .assert_eq(&out);
}

fn note(group: &Group, texts: &mut BTreeMap<String, usize>) {
    for part in &group.parts {
        match part {
            Part::Text(it) => *texts.entry(it.clone()).or_default() += 1,
            Part::Group(it) => note(it, texts),
            Part::Units(it) => note(&it.group, texts),
            Part::Clause(_) => {}
        }
    }
}

fn speaks(sayable: &Sayable, group: &Group, inside: &mut Vec<String>) {
    let level = sayable.level(inside).unwrap();
    for part in &group.parts {
        match part {
            Part::Clause(it) => {
                let about = level.about(&it.subject);
                let about = about.unwrap_or_else(|| panic!("{}", it.subject));
                assert!(!about.name.title.is_empty(), "{}", it.subject);
                let all = about.operators.contains(&it.operator);
                assert!(all, "{} {:?}", it.subject, it.operator);
            }
            Part::Group(it) => speaks(sayable, it, inside),
            Part::Units(it) => {
                assert!(level.rosters.iter().any(|roster| roster.id == it.roster));
                inside.push(it.roster.clone());
                speaks(sayable, &it.group, inside);
                inside.pop();
            }
            Part::Text(_) => {}
        }
    }
}

const SURVEY: &str = "
id: essai
title: Essai
frame:
- {id: taille, kind: quantity, label: Taille de la commune}
blocks:
- id: profil
  title: Votre profil
  pages:
  - id: profil
    items:
    - {id: age, kind: quantity, label: Âge}
    - id: metier
      kind: single
      label: Métier
      choices:
      - {code: medecin, label: Médecin}
      - {code: autre, label: Autre}
      - {code: nsp, label: Je ne sais pas, missing: dont_know}
    - id: demarches
      kind: multiple
      label: Démarches
      choices: [{code: cls, label: CLS}, {code: asv, label: ASV}]
    - id: lieu
      kind: territory
      label: Commune
      attributes: [{id: qpv, type: boolean}]
      choices: [{code: '75056', label: Paris, attributes: {qpv: true}}]
- id: detail
  title: Le détail
  pages:
  - id: detail
    items:
    - id: postes
      kind: roster
      label: Vos postes
      key: demarche
      over: demarches
      items:
      - {id: etp, kind: quantity, label: ETP, decimals: 1}
      - {id: debut, kind: date, label: Début, filter: etp > 0}
    - {id: total, kind: computed, label: Total, value: sum(postes.etp)}
    - {id: avis, kind: text, label: Votre avis, filter: total > 1}
    - {id: merci, kind: statement, label: Merci}
";

fn survey() -> Questionnaire {
    questionnaire::document::read(SURVEY).questionnaire.unwrap()
}

fn keys(node: &Node, group: &str, inside: &[&str]) -> String {
    let group = sentence::read(group);
    let sayable = sentence::sayable(&survey(), node, &group, "fr").unwrap();
    let inside: Vec<String> = inside.iter().map(|it| (*it).to_owned()).collect();
    let level = sayable.level(&inside).unwrap();
    let keys = level.subjects.iter().map(|it| {
        let later = if it.is_later { " (later)" } else { "" };
        format!("{}{later}", it.key())
    });
    keys.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_waits_for_a_place_is_not_offered_there() {
    let item = |it: &str| Node::Item(it.to_owned());
    // The last question: everything before it, and not itself.
    expect!["taille, age, metier, demarches, count(demarches), lieu, lieu.qpv, count(postes), sum(postes.etp), min(postes.etp), max(postes.etp), min(postes.debut), max(postes.debut), total"]
        .assert_eq(&keys(&item("avis"), "", &[]));
    // What the total is worked out from does not read it, nor what is asked after it.
    expect![
        "taille, age, metier, demarches, count(demarches), lieu, lieu.qpv, count(postes), demarche"
    ]
    .assert_eq(&keys(&item("etp"), "", &[]));
    // The first block can read nothing of its own.
    expect!["taille"].assert_eq(&keys(&Node::Block("profil".to_owned()), "", &[]));
    // A check comes after all answers.
    let asked = keys(&item("age"), "", &[]);
    assert!(!asked.contains("age,"), "{asked}");
}

#[test]
fn in_units_their_own_items_are_offered() {
    let avis = Node::Item("avis".to_owned());
    let asked = keys(&avis, "any(postes, etp > 1)", &["postes"]);
    assert!(asked.contains("demarche, "), "{asked}");
    assert!(asked.contains("etp, debut"), "{asked}");
    assert!(asked.contains("taille, age"), "{asked}");
}

#[test]
fn offers_have_names_types_and_values() {
    let node = Node::Item("avis".to_owned());
    let sayable = sentence::sayable(&survey(), &node, &Group::default(), "fr").unwrap();
    let level = sayable.level(&[]).unwrap();
    let mut out = String::new();
    for it in &level.subjects {
        let operators: Vec<_> = it.operators.iter().map(|it| it.code()).collect();
        let choices: Vec<_> = it.choices.iter().map(|it| it.1.as_str()).collect();
        let block = &sayable.blocks[it.block as usize];
        writeln!(
            out,
            "{block}: {} {:?} of {:?}: {} [{}]",
            it.name.title,
            it.name.part,
            it.name.roster,
            operators.join(" "),
            choices.join(", ")
        )
        .unwrap();
    }
    expect![[r#"
        Base de sondage: Taille de la commune Answer of None: is is-not less less-or-equal greater greater-or-equal answered not-answered reason not-reason []
        Votre profil: Âge Answer of None: is is-not less less-or-equal greater greater-or-equal answered not-answered reason not-reason []
        Votre profil: Métier Answer of None: is is-not among not-among answered not-answered reason not-reason [Médecin, Autre]
        Votre profil: Démarches Answer of None: has has-not answered not-answered reason not-reason [CLS, ASV]
        Votre profil: Démarches Count of None: is is-not less less-or-equal greater greater-or-equal []
        Votre profil: Commune Answer of None: is is-not among not-among answered not-answered reason not-reason [Paris]
        Votre profil: Commune Attribute("qpv") of None: holds holds-not answered not-answered reason not-reason []
        Le détail: Vos postes Units of None: is is-not less less-or-equal greater greater-or-equal []
        Le détail: ETP Sum of Some("Vos postes"): is is-not less less-or-equal greater greater-or-equal []
        Le détail: ETP Least of Some("Vos postes"): is is-not less less-or-equal greater greater-or-equal []
        Le détail: ETP Greatest of Some("Vos postes"): is is-not less less-or-equal greater greater-or-equal []
        Le détail: Début Least of Some("Vos postes"): is is-not less less-or-equal greater greater-or-equal []
        Le détail: Début Greatest of Some("Vos postes"): is is-not less less-or-equal greater greater-or-equal []
        Le détail: Total Answer of None: is is-not less less-or-equal greater greater-or-equal answered not-answered reason not-reason []
    "#]].assert_eq(&out);
}

#[test]
fn what_is_wrong_with_a_text_is_told_where_it_stands() {
    let node = Node::Item("avis".to_owned());
    let wrong = |text: &str| {
        let found = sentence::wrong(&survey(), &node, text).unwrap();
        let found = found.iter().map(|it| {
            let of = (
                it.code,
                it.span.start,
                it.suggestion.as_deref().unwrap_or(""),
            );
            format!("{} {} {}", of.0, of.1, of.2)
        });
        found.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(wrong("age > 1"), "");
    assert_eq!(wrong(""), "");
    assert_eq!(wrong("agee > 1"), "EX0020 0 age");
    assert_eq!(wrong("age > 1 and metier = 'medecn'"), "EX0021 22 medecin");
    assert_eq!(wrong("etp > 1"), "EX0029 0 ");
}

#[test]
fn nothing_is_offered_where_nothing_has_a_condition() {
    let sayable = |node| sentence::sayable(&survey(), &node, &Group::default(), "fr");
    for node in [
        Node::Questionnaire,
        Node::Frame,
        Node::Item("taille".to_owned()),
        Node::Item("nobody".to_owned()),
        Node::Block("$frame".to_owned()),
        Node::Choice {
            item: "age".to_owned(),
            code: "x".to_owned(),
        },
    ] {
        assert_eq!(sayable(node.clone()), None, "{node}");
    }
}

#[test]
fn a_questionnaire_with_errors_is_built_on_all_the_same() {
    let broken = SURVEY
        .replace("filter: total > 1", "filter: totl > 1")
        .replace("sum(postes.etp)", "sum(postes.et)")
        .replace(
            "title: Essai",
            "title: Essai\nlists: [{id: vide, choices: []}]",
        );
    let document = questionnaire::document::read(&broken)
        .questionnaire
        .unwrap();
    let node = Node::Item("avis".to_owned());
    let sayable = sentence::sayable(&document, &node, &Group::default(), "fr").unwrap();
    let level = sayable.level(&[]).unwrap();
    let has = |it: &str| level.about(&parsed(it)).is_some();
    assert!(has("age") && has("sum(postes.etp)"));
    assert!(!has("total"), "it has no type");
}

#[test]
fn a_unit_that_is_named_is_told_though_it_is_not_offered() {
    let node = Node::Item("avis".to_owned());
    let group = sentence::read("postes[cls].etp > 1 and nobody = 'x'");
    let sayable = sentence::sayable(&survey(), &node, &group, "fr").unwrap();
    let level = sayable.level(&[]).unwrap();
    let unit = level.about(&parsed("postes[cls].etp")).unwrap();
    assert_eq!(unit.name.part, sentence::Named::Unit("CLS".to_owned()));
    assert_eq!(level.about(&parsed("nobody")), None);
}

#[test]
fn the_two_levels_of_rosters_are_offered() {
    let node = Node::Item("avis".to_owned());
    let count = ExprKind::Call {
        function: Function::Count,
        args: vec![Expr::from(ExprKind::Name("postes".to_owned()))],
    };
    let sayable = everything(&survey(), &node, 1).unwrap();
    let level = sayable.level(&["postes".to_owned()]).unwrap();
    assert!(level.about(&count.into()).is_some());
    // Not the same units again.
    assert_eq!(level.rosters, []);
}
