//! What can be spoken of at one place, and what it is called.

use expr::{Expr, ExprKind, Function, Missing, RosterId, Scope, Symbol, Type};

use super::{Operator, Subject};
use crate::compile::place::Place;
use crate::instrument::{Cells, Instrument, Item, ItemIx, Kind, Units};
use crate::text::Text;

/// What a subject is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The question's title, or that of the roster whose units are counted.
    pub title: String,
    /// What of it is meant.
    pub part: Named,
    /// The title of the roster whose units have the question.
    pub roster: Option<String>,
}

/// What of a question is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Its answer.
    Answer,
    /// A row of it.
    Row(String),
    /// An attribute of the territory.
    Attribute(String),
    /// How many codes were chosen.
    Count,
    /// How many in a row of it.
    CountRow(String),
    /// How many units there are.
    Units,
    /// Which unit it is.
    Key,
    /// The answer of one unit.
    Unit(String),
    /// The sum over units.
    Sum,
    /// The least of units.
    Least,
    /// The greatest of units.
    Greatest,
}

/// Everything that could be spoken of, in units of these rosters, in the order of the questionnaire.
pub(super) fn all(place: &Place<'_, '_>, inside: &[String]) -> Vec<Expr> {
    let instrument = place.instrument();
    let name = |it: &str| Expr::from(ExprKind::Name(it.to_owned()));
    let of = |function, it| {
        Expr::from(ExprKind::Call {
            function,
            args: vec![it],
        })
    };
    let field = |base: &str, field: &str| {
        let (base, field) = (base.to_owned(), field.to_owned());
        Expr::from(ExprKind::Field { base, field })
    };
    let mut found = Vec::new();
    for item in &instrument.items {
        let is_here = |roster: u32| {
            let id = roster_id(instrument, roster);
            place.roster() == Some(roster) || inside.iter().any(|it| Some(&**it) == id)
        };
        let id = item.id.as_str();
        match &item.kind {
            Kind::Roster { roster } => {
                found.push(of(Function::Count, name(id)));
                let Some(it) = instrument.rosters.get(*roster as usize) else {
                    continue;
                };
                if is_here(*roster) {
                    found.push(name(&it.key));
                }
                let members = it.items.iter().map(|it| &instrument.items[*it as usize]);
                for member in members {
                    for function in [Function::Sum, Function::Min, Function::Max] {
                        found.push(of(function, field(id, &member.id)));
                    }
                }
            }
            _ if item.roster.is_some_and(|it| !is_here(it)) => {}
            Kind::Grid { rows, cells } => {
                for row in rows {
                    let (base, row) = (id.to_owned(), row.code.clone());
                    let row = Expr::from(ExprKind::Row { base, row });
                    found.push(row.clone());
                    if matches!(cells, Cells::Multiple { .. }) {
                        found.push(of(Function::Count, row));
                    }
                }
            }
            Kind::Territory { attributes, .. } => {
                found.push(name(id));
                found.extend(attributes.iter().map(|it| field(id, &it.id)));
            }
            Kind::Multiple { .. } | Kind::Rank { .. } => {
                found.extend([name(id), of(Function::Count, name(id))]);
            }
            Kind::Statement | Kind::Contact { .. } => {}
            Kind::Single { .. }
            | Kind::Scale { .. }
            | Kind::Quantity(_)
            | Kind::Money(_)
            | Kind::Text { .. }
            | Kind::Date { .. }
            | Kind::Consent
            | Kind::Computed { .. } => found.push(name(id)),
        }
    }
    found
}

pub(super) fn roster_id(instrument: &Instrument, roster: u32) -> Option<&str> {
    let it = instrument.rosters.get(roster as usize)?;
    Some(&instrument.items.get(it.item as usize)?.id)
}

/// An expression as something to speak of, if it is that.
pub(super) fn described(
    place: &Place<'_, '_>,
    it: &Expr,
    inside: &[String],
    lang: &str,
) -> Option<Subject> {
    let instrument = place.instrument();
    let (item, part) = part_of(place, it, inside, lang)?;
    let ty = type_of(place, it, inside)?;
    let own = instrument.items.get(item as usize)?;
    let roster = match part {
        Named::Key | Named::Units => None,
        _ => own.roster,
    };
    let title_of = |it: &Item| line(instrument, it.title(), lang);
    let roster = roster.and_then(|it| instrument.rosters.get(it as usize));
    let roster = roster.and_then(|it| instrument.items.get(it.item as usize));
    let choices = match ty {
        Type::Code(list) | Type::Codes(list) => instrument.lists.get(list.0 as usize),
        Type::Bool | Type::Number | Type::Text | Type::Date => None,
    };
    let choices = choices.into_iter().flat_map(|it| &it.choices);
    let choices = choices.filter(|it| it.missing.is_none());
    let mut operators = Operator::of(ty).to_vec();
    if super::read::is_reference(it) {
        operators.extend(Operator::OF_ANSWERS);
    }
    let block = instrument.pages.get(own.page as usize)?.block;
    Some(Subject {
        subject: it.clone(),
        name: Name {
            title: title_of(own),
            part,
            roster: roster.map(title_of),
        },
        ty,
        operators,
        choices: choices
            .map(|it| (it.code.clone(), line(instrument, &it.label, lang)))
            .collect(),
        item: own.id.clone(),
        block,
        is_later: item >= place.position(),
    })
}

/// A text in one line, fills left open.
pub(super) fn line(instrument: &Instrument, it: &Text, lang: &str) -> String {
    let text = instrument.unfilled(it.get(lang), lang);
    let words: Vec<&str> = text.split([' ', '\n', '\t', '\r']).collect();
    let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
    words.join(" ")
}

fn find<'i>(instrument: &'i Instrument, id: &str) -> Option<(ItemIx, &'i Item)> {
    (0u32..).zip(&instrument.items).find(|(_, it)| it.id == id)
}

fn part_of(
    place: &Place<'_, '_>,
    it: &Expr,
    inside: &[String],
    lang: &str,
) -> Option<(ItemIx, Named)> {
    let instrument = place.instrument();
    let roster = |id: &str| match find(instrument, id)?.1.kind {
        Kind::Roster { roster } => instrument.rosters.get(roster as usize),
        _ => None,
    };
    match &it.kind {
        ExprKind::Name(name) => {
            let own = place.roster().and_then(|it| roster_id(instrument, it));
            let mut rosters = inside.iter().rev().map(String::as_str).chain(own);
            let key = rosters.find_map(|it| roster(it).filter(|it| it.key == *name));
            match key {
                Some(it) => Some((it.item, Named::Key)),
                None => Some((find(instrument, name)?.0, Named::Answer)),
            }
        }
        ExprKind::Row { base, row } => {
            let (ix, item) = find(instrument, base)?;
            let Kind::Grid { rows, .. } = &item.kind else {
                return None;
            };
            let row = rows.iter().find(|it| it.code == *row)?;
            Some((ix, Named::Row(line(instrument, &row.label, lang))))
        }
        ExprKind::Field { base, field } => match find(instrument, base) {
            Some((ix, item)) if matches!(item.kind, Kind::Territory { .. }) => {
                Some((ix, Named::Attribute(field.clone())))
            }
            _ => Some((find(instrument, field)?.0, Named::Answer)),
        },
        ExprKind::Unit {
            roster: id,
            unit,
            item,
        } => {
            let label = match &roster(id)?.units {
                Units::Chosen { list, .. } => {
                    let list = instrument.lists.get(*list as usize)?;
                    let choice = list.choices.iter().find(|it| it.code == *unit)?;
                    line(instrument, &choice.label, lang)
                }
                Units::Free { label, .. } => format!("{} {unit}", line(instrument, label, lang)),
            };
            Some((find(instrument, item)?.0, Named::Unit(label)))
        }
        ExprKind::Call { function, args } => {
            let [arg] = &args[..] else { return None };
            let (ix, part) = part_of(place, arg, inside, lang)?;
            let is_roster = matches!(instrument.items[ix as usize].kind, Kind::Roster { .. });
            let part = match (function, part) {
                (Function::Count, Named::Row(it)) => Named::CountRow(it),
                (Function::Count, Named::Answer) if is_roster => Named::Units,
                (Function::Count, Named::Answer) => Named::Count,
                (Function::Sum, Named::Answer) => Named::Sum,
                (Function::Min, Named::Answer) => Named::Least,
                (Function::Max, Named::Answer) => Named::Greatest,
                _ => return None,
            };
            Some((ix, part))
        }
        _ => None,
    }
}

/// The type of something, if it has one and the same wherever the condition is read.
fn type_of(place: &Place<'_, '_>, it: &Expr, inside: &[String]) -> Option<Type> {
    let mut types = place.scopes().map(|it_in| type_in(&it_in, it, inside));
    let first = types.next().flatten();
    if types.all(|it| it == first) {
        first
    } else {
        None
    }
}

fn type_in(scope: &impl Scope, it: &Expr, inside: &[String]) -> Option<Type> {
    let roster = |id: &str| match scope.resolve(id)? {
        Symbol::Roster(it) => Some(it),
        Symbol::Var { .. } | Symbol::UnitVar { .. } => None,
    };
    let symbol = match &it.kind {
        ExprKind::Name(name) => {
            let in_units = |it: &String| scope.resolve_in(roster(it)?, name);
            let inner = inside.iter().rev().find_map(in_units);
            inner.or_else(|| scope.resolve(name))?
        }
        ExprKind::Row { base, row } => scope.resolve_row(base, row)?,
        ExprKind::Field { base, field } => scope.resolve_field(base, field)?,
        ExprKind::Unit {
            roster: id, item, ..
        } => {
            let RosterId(at) = roster(id)?;
            scope.resolve_in(RosterId(at), item)?
        }
        ExprKind::Call { function, args } => {
            return match function {
                Function::Count | Function::Sum => Some(Type::Number),
                Function::Min | Function::Max => type_in(scope, args.first()?, inside),
                _ => None,
            };
        }
        _ => return None,
    };
    match symbol {
        Symbol::Var { ty, .. } | Symbol::UnitVar { ty, .. } => Some(ty),
        Symbol::Roster(_) => None,
    }
}

/// Why an answer may be missing, as conditions name it.
pub(super) fn reasons() -> [&'static str; 5] {
    Missing::ALL.map(Missing::code)
}
