//! Sentences while they are put together, and the places where conditions stand.

use expect_test::expect;
use questionnaire::document::edit::Node;
use questionnaire::document::{self, Questionnaire};
use questionnaire::sentence::{
    self, Built, Draft, Given, Line, Path, Piece, Says, Spot, What, build,
};

use super::{built_in, flat, parsed, places};

const SURVEY: &str = "
id: essai
title: Essai
fills:
- {id: ton, cases: [{when: age > 60, text: vous}], fallback: tu}
blocks:
- id: profil
  pages:
  - id: profil
    items:
    - {id: age, kind: quantity, label: Âge}
    - {id: enfants, kind: quantity, label: Enfants}
    - {id: debut, kind: date, label: Début}
    - id: metier
      kind: single
      label: Métier
      choices: [{code: medecin, label: Médecin}, {code: autre, label: Autre}, {code: nsp, label: Je ne sais pas, missing: dont_know}]
    - id: demarches
      kind: multiple
      label: Démarches
      choices: [{code: cls, label: CLS}, {code: asv, label: ASV}]
- id: detail
  filter: age >= 18
  pages:
  - id: detail
    items:
    - id: postes
      kind: roster
      label: Vos postes
      key: demarche
      over: demarches
      filter: enfants > 0
      items: [{id: etp, kind: quantity, label: ETP, decimals: 1}, {id: suite, kind: text, label: Suite, filter: etp > 0}]
    - {id: avis, kind: text, label: Votre avis}
";

fn survey() -> Questionnaire {
    document::read(SURVEY).questionnaire.unwrap()
}

fn at(id: &str) -> Node {
    Node::Item(id.to_owned())
}

fn of_text(text: &str) -> Built {
    build(&survey(), &at("avis"), Given::Text(text.to_owned()), "fr").unwrap()
}

fn of_lines(draft: Draft) -> Built {
    build(&survey(), &at("avis"), Given::lines(draft), "fr").unwrap()
}

fn line(subject: &str, operator: &str, values: &[&str]) -> Piece {
    Piece::Line(Line {
        subject: subject.to_owned(),
        says: Says {
            operator: operator.to_owned(),
            values: values.iter().map(|it| (*it).to_owned()).collect(),
            was: Says::spoken(subject, operator),
        },
        find: String::new(),
    })
}

fn drafted(pieces: Vec<Piece>) -> Draft {
    Draft {
        pieces,
        ..Draft::default()
    }
}

/// What is to be done and what is wrong, by field.
fn faults(built: &Built) -> String {
    let one = |it: &sentence::Fault| match &it.what {
        What::Todo(todo) => format!("{} {}", it.at, todo.code()),
        What::Wrong(found) => format!("{} {}", it.at, found.code),
    };
    built.faults.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_is_shown_in_fields_says_what_stood_there() {
    for (file, document) in built_in() {
        for (node, _) in places(&document) {
            let spot = Spot::find(&document, &node, "");
            let text = spot.map(|it| it.text(&document)).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let built = build(&document, &node, Given::Text(text.clone()), "fr").unwrap();
            assert!(
                built.is_right(),
                "{file} {node}: {text}: {:?}",
                built.faults
            );
            let again = build(&document, &node, Given::lines(built.draft.clone()), "fr").unwrap();
            assert!(
                again.is_right(),
                "{file} {node}: {text}: {:?}",
                again.faults
            );
            assert_eq!(
                flat(&parsed(&again.text)),
                flat(&parsed(&text)),
                "{file} {node}"
            );
            assert_eq!(again.draft, built.draft, "{file} {node}");
        }
    }
}

#[test]
fn fields_are_read_as_they_were_written() {
    let built = of_text(
        "at_least(2, age > 1, metier in ('medecin', 'autre'), any(postes, etp >= 0.5)) or 3 < age",
    );
    let mut posted = Vec::new();
    post(&built.draft, &Path::default(), &mut posted);
    assert_eq!(Draft::posted(&posted), built.draft);
}

/// The fields that a page has for a draft.
fn post(draft: &Draft, path: &Path, out: &mut Vec<(String, String)>) {
    use questionnaire::sentence::Join;
    let join = match draft.join {
        Join::All => "all",
        Join::Any => "any",
        Join::None => "none",
        Join::AtLeast(_) => "at-least",
    };
    out.push((path.field("join"), join.to_owned()));
    if !draft.n.is_empty() {
        out.push((path.field("n"), draft.n.clone()));
    }
    for (nth, piece) in draft.pieces.iter().enumerate() {
        let path = path.at(nth);
        let says = |it: &Says, out: &mut Vec<(String, String)>| {
            out.push((path.field("operator"), it.operator.clone()));
            out.push((path.field("was"), it.was.clone()));
            out.extend(it.values.iter().map(|it| (path.field("value"), it.clone())));
        };
        match piece {
            Piece::Line(it) => {
                out.push((path.field("is"), "line".to_owned()));
                out.push((path.field("subject"), it.subject.clone()));
                says(&it.says, out);
            }
            Piece::Group(it) => {
                out.push((path.field("is"), "group".to_owned()));
                post(it, &path, out);
            }
            Piece::Units(it) => {
                out.push((path.field("is"), "units".to_owned()));
                out.push((path.field("roster"), it.roster.clone()));
                out.push((path.field("how"), it.how.clone()));
                says(&it.says, out);
                post(&it.inside, &path, out);
            }
            Piece::Text(it) => {
                out.push((path.field("is"), "text".to_owned()));
                out.push((path.field("text"), it.clone()));
            }
        }
    }
}

#[test]
fn lines_become_a_text() {
    let built = of_lines(drafted(vec![
        line("age", "greater", &["17,5"]),
        line("metier", "is", &["medecin"]),
        line("debut", "less:today", &[]),
        line("age", "greater:other", &["enfants"]),
    ]));
    assert_eq!(
        built.text,
        "age > 17.5 and metier = 'medecin' and debut < today and age > enfants"
    );
    assert!(built.is_right(), "{:?}", built.faults);
}

#[test]
fn what_is_not_finished_is_told_and_left_out() {
    let built = of_lines(drafted(vec![
        line("", "", &[]),
        line("age", "greater", &["dix"]),
        line("age", "greater", &[]),
        line("metier", "is", &["medecn"]),
        line("debut", "is", &["hier"]),
        line("nobody", "is", &["x"]),
        Piece::Group(Draft::default()),
        Piece::Text("age >".to_owned()),
        Piece::Text(" ".to_owned()),
        line("age", "less", &["3"]),
    ]));
    expect!["g-0.subject subject; g-1.value number; g-2.value value; g-3.value EX0021; g-4.value date; g-5.subject gone; g-6.join lines; g-7.text EX0009; g-8.text text"]
        .assert_eq(&faults(&built));
    assert!(!built.is_right() && built.is_unfinished() && built.is_wrong());
    assert_eq!(built.text, "metier = 'medecn' and (age >) and age < 3");
}

#[test]
fn what_is_said_follows_what_it_is_said_of() {
    let Piece::Line(mut it) = line("age", "greater", &["18"]) else {
        panic!("a line")
    };
    it.subject = "metier".to_owned();
    let built = of_lines(drafted(vec![Piece::Line(it.clone())]));
    let Piece::Line(now) = &built.draft.pieces[0] else {
        panic!("a line")
    };
    assert_eq!(
        (now.says.operator.as_str(), now.says.values.len()),
        ("is", 0)
    );
    assert_eq!(faults(&built), "g-0.value value");
    // What fits stays.
    it.subject = "enfants".to_owned();
    assert_eq!(
        of_lines(drafted(vec![Piece::Line(it)])).text,
        "enfants > 18"
    );
}

#[test]
fn buttons_add_double_move_and_take_away() {
    let mut draft = of_text("age > 1 and (enfants > 2 or debut < today)").draft;
    let path = |it: &str| Path::read(it).unwrap();
    let said = |draft: &Draft| of_lines(draft.clone()).text;
    assert_eq!(draft.press("copy", &path("g-0"), ""), Some(path("g-1")));
    assert_eq!(draft.press("down", &path("g-1"), ""), Some(path("g-1-0")));
    assert_eq!(
        said(&draft),
        "age > 1 and (age > 1 or enfants > 2 or debut < today)"
    );
    assert_eq!(draft.press("up", &path("g-1-0"), ""), Some(path("g-1")));
    assert_eq!(draft.press("remove", &path("g-0"), ""), Some(path("g-0")));
    assert_eq!(draft.press("down", &path("g-1-1"), ""), Some(path("g-2")));
    assert_eq!(said(&draft), "age > 1 and enfants > 2 and debut < today");
    // At the ends there is nowhere to go.
    assert!(!draft.may_step(&path("g-0"), true) && !draft.may_step(&path("g-2"), false));
    assert_eq!(draft.press("line", &path("g"), ""), Some(path("g-3")));
    assert_eq!(draft.press("group", &path("g"), ""), Some(path("g-4-0")));
    assert_eq!(
        draft.press("units", &path("g-4"), "postes"),
        Some(path("g-4-1-0"))
    );
    assert_eq!(
        draft.press("text", &path("g-4-1"), ""),
        Some(path("g-4-1-1"))
    );
    for (verb, at) in [
        ("line", "g-0"),
        ("units", "g"),
        ("remove", "g"),
        ("up", "g-9"),
        ("jump", "g-0"),
    ] {
        assert_eq!(
            draft.clone().press(verb, &path(at), ""),
            None,
            "{verb} {at}"
        );
    }
    // Names of units mean nothing outside: lines stay with theirs.
    assert!(!draft.may_step(&path("g-4-1-0"), true));
    assert!(Path::read("h-0").is_none() && Path::read("g-x").is_none());
}

#[test]
fn what_says_the_same_stays_as_it_was_written() {
    let draft = of_text("age>1   and enfants>2").draft;
    let given = |draft: &Draft, text: &str| Given::Lines {
        draft: draft.clone(),
        was: "age>1   and enfants>2".to_owned(),
        text: text.to_owned(),
    };
    let build = |given| build(&survey(), &at("avis"), given, "fr").unwrap();
    assert_eq!(
        build(given(&draft, "age>1   and enfants>2")).text,
        "age>1   and enfants>2"
    );
    // The text was changed: lines follow it.
    let built = build(given(&draft, "age > 3"));
    assert_eq!((built.draft.pieces.len(), built.is_torn()), (1, false));
    // The lines were changed: the text follows them.
    let mut less = draft;
    less.press("remove", &Path(vec![0]), "");
    assert_eq!(
        build(given(&less, "age>1   and enfants>2")).text,
        "enfants > 2"
    );
    // Both were: nothing is thrown away.
    let torn = build(given(&less, "age > 3"));
    assert!(torn.is_torn() && !torn.is_right());
    assert_eq!(
        (torn.text.as_str(), torn.draft.pieces.len()),
        ("age > 3", 1)
    );
}

#[test]
fn an_answer_is_a_line() {
    let document = survey();
    let added = |text: &str, item: &str, value: &str| {
        let built = of_text(text);
        let draft = built
            .draft
            .with_answer(&document, &built.sayable, item, value);
        of_lines(draft).text
    };
    assert_eq!(added("", "metier", "autre"), "metier = 'autre'");
    assert_eq!(
        added("", "metier", "nsp"),
        "missing_reason(metier) = 'dont_know'"
    );
    assert_eq!(
        added("age > 1", "demarches", "cls"),
        "age > 1 and demarches has 'cls'"
    );
    assert_eq!(
        added("age > 1 or enfants > 2", "metier", "autre"),
        "(age > 1 or enfants > 2) and metier = 'autre'"
    );
    assert_eq!(
        added("metier = 'autre'", "metier", "autre"),
        "metier = 'autre'"
    );
    assert_eq!(added("", "etp", "2"), "any(postes, etp = 2)");
}

#[test]
fn every_condition_has_a_place() {
    for (file, document) in built_in() {
        let mut all: Vec<Spot> = Vec::new();
        for (nth, (node, field)) in places(&document).into_iter().enumerate() {
            let spot = Spot::find(&document, &node, field);
            // Where one may be written, something may be said, and nowhere else.
            if nth % 5 == 0 {
                let built = build(&document, &node, Given::Text(String::new()), "fr");
                assert_eq!(built.is_some(), spot.is_some(), "{file} {node}");
            }
            let Some(spot) = spot else { continue };
            assert_eq!(spot.name(), field, "{file} {node}");
            all.push(spot);
        }
        for fill in &document.fills {
            let node = Node::Fill(fill.id.clone());
            let cases = Spot::of(&document, &node);
            assert_eq!(cases.len(), fill.cases.len());
            for (spot, case) in cases.iter().zip(&fill.cases) {
                assert_eq!(spot.text(&document), case.when);
                let given = Given::Text(case.when.clone());
                let built = build(&document, &node, given, "fr").unwrap();
                assert!(built.is_right(), "{file} {node}: {:?}", built.faults);
            }
            all.extend(cases);
        }
        // Where it is once it is compiled; a list that nobody has is nowhere.
        for spot in all.iter().step_by(7) {
            let with = spot.with(&document, "true").unwrap();
            let engine = questionnaire::compile_document(&with).unwrap();
            let found = spot.sources(&with, &engine.instrument);
            let is_shared = matches!(spot.node, Node::ListChoice { .. });
            assert!(!found.is_empty() || is_shared, "{file} {spot:?}");
            for source in found {
                let condition = source.condition(&engine.instrument).unwrap();
                assert_eq!(condition.source, "true", "{file} {spot:?}");
            }
        }
    }
}

#[test]
fn who_gets_to_a_place_passes_what_stands_above() {
    let document = survey();
    let above = |node: Node| {
        let (texts, units) = Spot::find(&document, &node, "")
            .unwrap()
            .above(&document)
            .unwrap();
        format!("{} {units:?}", texts.join(" & "))
    };
    assert_eq!(above(at("age")), " None");
    assert_eq!(above(at("avis")), "age >= 18 None");
    assert_eq!(
        above(at("suite")),
        "age >= 18 & enfants > 0 Some(\"postes\")"
    );
    assert_eq!(above(Node::Block("detail".to_owned())), " None");
    assert_eq!(above(Node::Page("detail".to_owned())), "age >= 18 None");
    assert_eq!(above(Node::Fill("ton".to_owned())), " None");
}
