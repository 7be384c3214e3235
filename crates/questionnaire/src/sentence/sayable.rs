//! What may be said at one place: only what compiles there.

use expr::{Diagnostic, Expr, ExprKind, Function, Type};

use super::read::{is_reference, parsed};
use super::write::clause_expr;
use super::{Clause, Group, Name, Operand, Operator, Part, subjects};
use crate::compile::place::{self, Place};
use crate::document::Questionnaire;
use crate::document::edit::Node;

/// Roster functions in roster functions multiply what they cost: the language has two levels.
const MAX_LEVELS: usize = 2;

/// What may be said at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Sayable {
    /// The titles of the blocks, by position; that of the sampling frame among them.
    pub blocks: Vec<String>,
    /// Why an answer may be missing.
    pub reasons: [&'static str; 5],
    levels: Vec<Level>,
}

/// What may be said in units of the same rosters.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// These rosters, outermost first; none outside.
    pub inside: Vec<String>,
    /// What may be spoken of, in the order of the questionnaire.
    pub subjects: Vec<Subject>,
    /// Of the units of which rosters something may be said.
    pub rosters: Vec<Counted>,
}

/// A roster of whose units something may be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Something to speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// As conditions have it.
    pub subject: Expr,
    /// What it is called.
    pub name: Name,
    /// What it is.
    pub ty: Type,
    /// What may be said of it.
    pub operators: Vec<Operator>,
    /// Which codes it may have, with their labels.
    pub choices: Vec<(String, String)>,
    /// The item that it is of.
    pub item: String,
    /// The position of its block.
    pub block: u32,
    /// Whether it is asked after the place: it is known all the same, as people are led back.
    pub is_later: bool,
}

/// What the values of an operator may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    /// There is none.
    Nothing,
    /// Codes of the subject.
    Choices,
    /// Missing reasons.
    Reasons,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Texts.
    Text,
}

impl Subject {
    /// Its name in forms: the text of the subject.
    #[must_use]
    pub fn key(&self) -> String {
        expr::print(&self.subject)
    }

    /// What the values of an operator may be.
    #[must_use]
    pub const fn possible(&self, operator: Operator) -> Possible {
        if operator.is_of_reasons() {
            return Possible::Reasons;
        }
        if matches!(operator.needs(), super::Needs::Nothing) {
            return Possible::Nothing;
        }
        match self.ty {
            Type::Bool => Possible::Nothing,
            Type::Number => Possible::Number,
            Type::Text => Possible::Text,
            Type::Date => Possible::Date,
            Type::Code(_) | Type::Codes(_) => Possible::Choices,
        }
    }

    /// Whether it can be compared with another subject.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        let compares = !matches!(self.ty, Type::Bool | Type::Codes(_));
        compares && self.ty == other.ty && self.subject != other.subject
    }
}

impl Sayable {
    /// What may be said in units of these rosters.
    #[must_use]
    pub fn level(&self, inside: &[String]) -> Option<&Level> {
        self.levels.iter().find(|it| it.inside == inside)
    }
}

impl Level {
    /// What may be said of something.
    #[must_use]
    pub fn about(&self, subject: &Expr) -> Option<&Subject> {
        self.subjects.iter().find(|it| it.subject == *subject)
    }
}

/// What may be said at a place, outside rosters and in those of which the sentence speaks. What the
/// sentence speaks of already is among it if it compiles, also where it would not be offered.
///
/// `None` where nothing has a condition.
#[must_use]
pub fn sayable(
    document: &Questionnaire,
    node: &Node,
    group: &Group,
    lang: &str,
) -> Option<Sayable> {
    place::at(document, node, |place| said_at(place, group, lang))
}

pub(super) fn said_at(place: &Place<'_, '_>, group: &Group, lang: &str) -> Sayable {
    let mut levels: Vec<Level> = Vec::new();
    collect(place, group, &mut Vec::new(), lang, &mut levels);
    let instrument = place.instrument();
    let blocks = instrument.blocks.iter().map(|it| {
        let title = it.title.as_ref();
        title.map_or_else(|| it.id.clone(), |it| subjects::line(instrument, it, lang))
    });
    Sayable {
        blocks: blocks.collect(),
        reasons: subjects::reasons(),
        levels,
    }
}

/// What is wrong with a text as the condition of a place; its positions are those of the text.
#[must_use]
pub fn wrong(document: &Questionnaire, node: &Node, text: &str) -> Option<Vec<Diagnostic>> {
    place::at(document, node, |place| wrong_at(place, text))
}

pub(super) fn wrong_at(place: &Place<'_, '_>, text: &str) -> Vec<Diagnostic> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let parsed = expr::parse(text);
    let mut found = parsed.diagnostics;
    if let Some(tree) = parsed.expr {
        found.extend(place.wrong(&tree, &[]));
    }
    found
}

/// The levels of a group and of those in it.
fn collect(
    place: &Place<'_, '_>,
    group: &Group,
    inside: &mut Vec<String>,
    lang: &str,
    levels: &mut Vec<Level>,
) {
    let at = match levels.iter().position(|it| it.inside == *inside) {
        Some(it) => it,
        None => {
            levels.push(level(place, inside, lang));
            levels.len() - 1
        }
    };
    for part in &group.parts {
        match part {
            Part::Clause(it) => {
                let operands = it.values.iter().filter_map(|it| match it {
                    Operand::Subject(it) => Some(it),
                    Operand::Text(_) | Operand::Number(_) | Operand::Today => None,
                });
                for subject in std::iter::once(&it.subject).chain(operands) {
                    if levels[at].about(subject).is_none() {
                        levels[at]
                            .subjects
                            .extend(about(place, subject, inside, lang));
                    }
                }
            }
            Part::Group(it) => collect(place, it, inside, lang, levels),
            Part::Units(it) if inside.len() < MAX_LEVELS => {
                inside.push(it.roster.clone());
                collect(place, &it.group, inside, lang, levels);
                inside.pop();
            }
            Part::Units(_) | Part::Text(_) => {}
        }
    }
}

fn level(place: &Place<'_, '_>, inside: &[String], lang: &str) -> Level {
    let mut subjects: Vec<Subject> = Vec::new();
    for it in subjects::all(place, inside) {
        // Rosters may have keys of the same name: the innermost is meant.
        if subjects.iter().all(|known| known.subject != it) {
            subjects.extend(about(place, &it, inside, lang));
        }
    }
    let instrument = place.instrument();
    let rosters = instrument.rosters.iter().filter_map(|it| {
        let item = instrument.items.get(it.item as usize)?;
        let counted = Counted {
            id: item.id.clone(),
            title: subjects::line(instrument, item.title(), lang),
        };
        let is_new = inside.len() < MAX_LEVELS && !inside.contains(&counted.id);
        let units = Expr::from(ExprKind::Call {
            function: Function::Count,
            args: vec![ExprKind::Name(counted.id.clone()).into()],
        });
        (is_new && is_readable(place, &units, inside)).then_some(counted)
    });
    Level {
        inside: inside.to_vec(),
        subjects,
        rosters: rosters.collect(),
    }
}

fn about(place: &Place<'_, '_>, it: &Expr, inside: &[String], lang: &str) -> Option<Subject> {
    let about = subjects::described(place, it, inside, lang)?;
    // What cannot be summed is told by the checker, as is what waits for this place.
    is_readable(place, it, inside).then_some(about)
}

/// Whether something may be read at a place: it says so itself, and the text of it means the same.
fn is_readable(place: &Place<'_, '_>, it: &Expr, inside: &[String]) -> bool {
    let (operator, values) = match is_reference(it) {
        true => (Operator::Answered, Vec::new()),
        false => {
            // Of dates there may be a least and a greatest: they are no numbers.
            let probe = Operand::Subject(it.clone());
            (Operator::Is, vec![probe])
        }
    };
    let probe = Clause {
        subject: it.clone(),
        operator,
        values,
    };
    parsed(&expr::print(it)).as_ref() == Some(it) && place.allows(&clause_expr(&probe), inside)
}
