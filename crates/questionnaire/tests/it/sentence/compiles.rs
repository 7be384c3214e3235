//! What may be said at a place compiles there.

use std::collections::{HashMap, VecDeque};

use expr::Severity;
use proptest::prelude::*;
use questionnaire::Engine;
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::Node;
use questionnaire::instrument::Kind;
use questionnaire::sentence::{
    self, Clause, Group, How, Join, Level, Needs, Operand, Operator, Part, Possible, Sayable,
    Subject, Units,
};
use testkit::{Tape, cases};

use super::{built_in, places, with};

/// A sentence that speaks of the units of these rosters, so that what may be said of them is offered.
fn of_units(inside: &[String]) -> Group {
    let probe = Part::Text("true".to_owned());
    inside
        .iter()
        .rev()
        .fold(Group::all(vec![probe]), |group, roster| {
            Group::all(vec![Part::Units(Units {
                roster: roster.clone(),
                how: How::Some,
                group,
            })])
        })
}

/// Everything that may be said at a place: outside rosters, in each, and, two deep, in each pair.
pub(super) fn everything(document: &Questionnaire, node: &Node, depth: usize) -> Option<Sayable> {
    let mut group = Group::default();
    let mut chains: Vec<Vec<String>> = vec![Vec::new()];
    for _ in 0..depth {
        let sayable = sentence::sayable(document, node, &group, "fr")?;
        let mut longer = Vec::new();
        for inside in &chains {
            for roster in &sayable.level(inside).unwrap().rosters {
                let mut chain = inside.clone();
                chain.push(roster.id.clone());
                group.parts.extend(of_units(&chain).parts);
                longer.push(chain);
            }
        }
        chains = longer;
    }
    sentence::sayable(document, node, &group, "fr")
}

/// Every line that something to speak of makes.
fn clauses(level: &Level, about: &Subject, reasons: &[&str]) -> Vec<Clause> {
    let mut found = Vec::new();
    for operator in &about.operators {
        let values: Vec<Operand> = match about.possible(*operator) {
            Possible::Nothing => Vec::new(),
            Possible::Choices => {
                let codes = about.choices.iter().map(|it| it.0.clone());
                codes.map(Operand::Text).collect()
            }
            Possible::Reasons => {
                let reasons = reasons.iter().map(|it| (*it).to_owned());
                reasons.map(Operand::Text).collect()
            }
            Possible::Number => vec![Operand::Number(3.into()), Operand::Number((-2).into())],
            Possible::Date => vec![Operand::Text("2026-03-12".to_owned()), Operand::Today],
            Possible::Text => vec![Operand::Text("l’un d’eux".to_owned())],
        };
        let others = level
            .subjects
            .iter()
            .filter(|it| about.fits(it) && operator.compares());
        let others = others.map(|it| Operand::Subject(it.subject.clone()));
        let of = |values| Clause {
            subject: about.subject.clone(),
            operator: *operator,
            values,
        };
        match operator.needs() {
            Needs::Nothing => found.push(of(Vec::new())),
            Needs::One => found.extend(values.into_iter().chain(others).map(|it| of(vec![it]))),
            Needs::Several if values.is_empty() => {}
            Needs::Several => found.push(of(values)),
        }
    }
    found
}

/// Conditions of at most 4,000 bytes that say all of this, as any of it.
fn chunks(clauses: &[Clause], inside: &[String]) -> Vec<String> {
    let said = |parts: &[Part]| {
        let join = Join::Any;
        let group = Group {
            join,
            parts: parts.to_vec(),
        };
        let whole = inside.iter().rev().fold(group, |group, roster| {
            let (roster, how) = (roster.clone(), How::Some);
            Group::all(vec![Part::Units(Units { roster, how, group })])
        });
        sentence::write(&whole).unwrap()
    };
    let mut found = Vec::new();
    let (mut parts, mut length) = (Vec::new(), 0);
    for it in clauses {
        let part = Part::Clause(it.clone());
        let more = said(std::slice::from_ref(&part)).len() + 4;
        if length + more > 3_500 {
            found.push(said(&parts));
            parts.clear();
            length = 0;
        }
        length += more;
        parts.push(part);
    }
    if !parts.is_empty() {
        found.push(said(&parts));
    }
    found
}

/// What is offered, whatever may not be read at one place only.
fn forms(level: &Level, reasons: &[&str]) -> HashMap<String, Vec<Clause>> {
    let form = |it: &Subject| {
        // Which others it may be compared with is another matter at each place.
        let mut alone = level.clone();
        alone.subjects.clear();
        (it.key(), clauses(&alone, it, reasons))
    };
    level.subjects.iter().map(form).collect()
}

fn errors(document: &Questionnaire) -> Vec<String> {
    let yaml = questionnaire::document::to_yaml(document);
    let found = questionnaire::check(&yaml).diagnostics.into_iter();
    let found = found.filter(|it| it.severity == Severity::Error);
    found.map(|it| it.message(expr::Lang::En)).collect()
}

/// The roster in which a condition is read; those of a shared list are read in several.
fn roster_of(engine: &Engine, node: &Node) -> Result<Option<u32>, ()> {
    let id = match node {
        Node::Item(id)
        | Node::Choice { item: id, .. }
        | Node::Row { item: id, .. }
        | Node::Check { item: id, .. } => id,
        Node::ListChoice { .. } => return Err(()),
        _ => return Ok(None),
    };
    Ok(engine.instrument.item(id).and_then(|it| it.roster))
}

/// What the layout says of a questionnaire with a condition at one place.
fn laid_out(engine: &Engine, node: &Node, text: &str, roster: Option<u32>) -> Vec<String> {
    let condition = questionnaire::condition(engine, text, roster).unwrap();
    let mut instrument = engine.instrument.clone();
    match node {
        Node::Block(id) => {
            let block = instrument.blocks.iter_mut().find(|it| it.id == *id);
            block.unwrap().filter = Some(condition);
        }
        Node::Page(id) => {
            let page = instrument.pages.iter_mut().find(|it| it.id == *id);
            page.unwrap().filter = Some(condition);
        }
        Node::Item(id) => {
            let item = instrument.items.iter_mut().find(|it| it.id == *id);
            item.unwrap().filter = Some(condition);
        }
        Node::Row { item: id, code } => {
            let item = instrument.items.iter_mut().find(|it| it.id == *id);
            let Kind::Grid { rows, .. } = &mut item.unwrap().kind else {
                panic!("{id} is no grid");
            };
            let row = rows.iter_mut().find(|it| it.code == *code);
            row.unwrap().filter = Some(condition);
        }
        // Nothing waits for a choice or a check.
        _ => return Vec::new(),
    }
    let laid_out = Engine::new(instrument);
    laid_out.err().iter().map(ToString::to_string).collect()
}

/// The lines that were checked, by the roster of the place and the units that they speak of.
type Known = HashMap<(Option<u32>, Vec<String>), HashMap<String, Vec<Clause>>>;

/// Each line that is offered somewhere in a document is right in the roster of that place, and all that
/// is offered at a place may be read there at once.
fn check(document: &Questionnaire, places: &[(Node, &'static str)], depth: usize) -> usize {
    let engine = questionnaire::compile_document(document).unwrap();
    let mut n = 0;
    let mut checked = Known::new();
    for place in places {
        let Some(sayable) = everything(document, &place.0, depth) else {
            continue;
        };
        let mut whole: Vec<String> = Vec::new();
        let mut read: Vec<String> = Vec::new();
        let mut chains = VecDeque::from([Vec::<String>::new()]);
        while let Some(inside) = chains.pop_front() {
            let Some(level) = sayable.level(&inside) else {
                continue;
            };
            chains.extend(level.rosters.iter().map(|it| {
                let mut chain = inside.clone();
                chain.push(it.id.clone());
                chain
            }));
            n += lines(&engine, place, &sayable, level, &mut checked, &mut whole);
            // What is read outside rosters need not be read once more in their units.
            let new = level.subjects.iter().filter(|it| !read.contains(&it.key()));
            let readings: Vec<Clause> = new.map(reading).collect();
            read.extend(readings.iter().map(|it| it.subject.to_string()));
            whole.extend(chunks(&readings, &inside));
        }
        for text in whole {
            let found = match roster_of(&engine, &place.0) {
                // Whether it closes a circle is told by the layout.
                Ok(roster) => laid_out(&engine, &place.0, &text, roster),
                Err(()) => errors(&with(document, place, &text)),
            };
            assert_eq!(found, Vec::<String>::new(), "{place:?}\n{text}");
        }
    }
    n
}

/// Checks the lines of one level, each once for each roster; how many there are. What has to be checked in
/// the document itself is added to `whole`.
fn lines(
    engine: &Engine,
    place: &(Node, &str),
    sayable: &Sayable,
    level: &Level,
    checked: &mut Known,
    whole: &mut Vec<String>,
) -> usize {
    let roster = roster_of(engine, &place.0);
    let key = (roster.unwrap_or_default(), level.inside.clone());
    let known = checked.entry(key).or_default();
    let mut forms = forms(level, &sayable.reasons);
    let mut n = 0;
    let mut new: Vec<Clause> = Vec::new();
    for about in &level.subjects {
        let form = forms.remove(&about.key()).unwrap();
        let lines = clauses(level, about, &sayable.reasons);
        n += lines.len();
        if roster.is_err() || known.get(&about.key()) != Some(&form) {
            new.extend(lines);
        }
        if roster.is_ok() {
            known.insert(about.key(), form);
        }
    }
    let texts = chunks(&new, &level.inside);
    let Ok(roster) = roster else {
        whole.extend(texts);
        return n;
    };
    for text in texts {
        if let Err(mut found) = questionnaire::condition(engine, &text, roster) {
            found.retain(|it| it.severity == Severity::Error);
            panic!("{place:?} {found:#?}\n{text}");
        }
    }
    n
}

/// A line that reads a subject, whatever it is.
fn reading(it: &Subject) -> Clause {
    let is_answer = it.operators.contains(&Operator::Answered);
    let (operator, values) = match is_answer {
        true => (Operator::Answered, Vec::new()),
        false => (Operator::Is, vec![Operand::Subject(it.subject.clone())]),
    };
    Clause {
        subject: it.subject.clone(),
        operator,
        values,
    }
}

/// Places that differ in what may be read there: choices wait for nothing, one of each item will do.
fn telling(document: &Questionnaire) -> Vec<(Node, &'static str)> {
    let mut seen = Vec::new();
    let mut found = places(document);
    found.retain(|(node, _)| {
        let of = match node {
            Node::Choice { item, .. } => format!("item {item}"),
            Node::ListChoice { list, .. } => format!("list {list}"),
            _ => return true,
        };
        let is_new = !seen.contains(&of);
        seen.push(of);
        is_new
    });
    found
}

#[test]
fn everything_offered_in_the_built_in_questionnaires_compiles() {
    let mut n = 0;
    // Guides are built in the same way, and shorter.
    let all = built_in()
        .into_iter()
        .filter(|it| it.0.ends_with("/questionnaire.yaml"));
    for (file, document) in all {
        let mut places = telling(&document);
        // Every place takes minutes; whoever asks for more random cases asks for them too.
        if std::env::var_os("PROPTEST_CASES").is_none() {
            places = places.into_iter().step_by(12).collect();
        }
        let lines = check(&document, &places, 1);
        assert!(lines > 1_000, "{file}: only {lines}");
        n += lines;
    }
    assert!(n > 100_000, "only {n}");
}

#[test]
fn everything_offered_in_random_questionnaires_compiles() {
    let config = ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(case in cases(), seed: u64)| {
        let mut tape = Tape::of_seed(seed);
        let all = telling(&case.questionnaire);
        let places: Vec<_> = (0..6).filter_map(|_| tape.pick(&all).cloned()).collect();
        check(&case.questionnaire, &places, 2);
    });
}
