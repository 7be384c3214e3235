//! From a sentence to what a page shows of it.

use super::{Compares, Draft, DraftUnits, Line, Piece, Says};
use crate::sentence::{
    Clause, Group, How, Join, Level, Operand, Operator, Part, Possible, Sayable, Subject, write,
};
use expr::Type;

/// A sentence in fields. A line that could not be made at this place stays as its text.
pub(super) fn draft(group: &Group, sayable: &Sayable, inside: &mut Vec<String>) -> Draft {
    let pieces = group.parts.iter();
    let pieces = pieces.map(|it| {
        piece(it, sayable, inside).unwrap_or_else(|| {
            Piece::Text(write(&Group::all(vec![it.clone()])).unwrap_or_default())
        })
    });
    let pieces = pieces.collect();
    let n = match group.join {
        Join::AtLeast(n) => n.to_string(),
        Join::All | Join::Any | Join::None => String::new(),
    };
    Draft {
        join: group.join,
        n,
        pieces,
    }
}

fn piece(part: &Part, sayable: &Sayable, inside: &mut Vec<String>) -> Option<Piece> {
    let level = sayable.level(inside)?;
    Some(match part {
        Part::Clause(it) => Piece::Line(line(it, level)?),
        Part::Group(it) => Piece::Group(draft(it, sayable, inside)),
        Part::Units(it) => {
            level.rosters.iter().find(|at| at.id == it.roster)?;
            let (how, says) = counted(&it.how, level)?;
            inside.push(it.roster.clone());
            let group = draft(&it.group, sayable, inside);
            inside.pop();
            Piece::Units(DraftUnits {
                roster: it.roster.clone(),
                how: how.to_owned(),
                says,
                inside: group,
            })
        }
        Part::Text(it) => Piece::Text(it.clone()),
    })
}

fn line(it: &Clause, level: &Level) -> Option<Line> {
    let about = level.about(&it.subject)?;
    let with = it.values.first().map_or(Compares::Value, Compares::of);
    let fits = it.values.iter().all(|value| match value {
        Operand::Subject(it) => level.about(it).is_some_and(|it| about.fits(it)),
        Operand::Today => about.ty == Type::Date,
        Operand::Number(_) => about.possible(it.operator) == Possible::Number,
        Operand::Text(_) => matches!(
            about.possible(it.operator),
            Possible::Choices | Possible::Reasons | Possible::Text | Possible::Date
        ),
    });
    if !fits || !about.takes(it.operator) {
        return None;
    }
    let operator = with.code(it.operator);
    let subject = about.key();
    Some(Line {
        says: Says {
            was: Says::spoken(&subject, &operator),
            operator,
            values: it.values.iter().filter_map(typed).collect(),
        },
        subject,
        find: String::new(),
    })
}

/// How a group that is said of units is counted, in fields.
fn counted(how: &How, level: &Level) -> Option<(&'static str, Says)> {
    let says = |operator: String, values| Says {
        was: Says::spoken("", &operator),
        operator,
        values,
    };
    let usual = || says(Operator::GreaterOrEqual.code().to_owned(), Vec::new());
    Some(match how {
        How::Some => ("some", usual()),
        How::Every => ("every", usual()),
        How::Count(operator, value) => {
            let fits = match value {
                Operand::Number(_) => true,
                Operand::Subject(it) => {
                    let is_number = |it: &Subject| it.ty == Type::Number;
                    level.about(it).is_some_and(is_number)
                }
                Operand::Text(_) | Operand::Today => false,
            };
            let code = Compares::of(value).code(*operator);
            (
                "count",
                fits.then(|| says(code, typed(value).into_iter().collect()))?,
            )
        }
    })
}

/// A value as it is typed or chosen.
fn typed(value: &Operand) -> Option<String> {
    match value {
        Operand::Text(it) => Some(it.clone()),
        Operand::Number(it) => Some(it.normalize().to_string()),
        Operand::Today => None,
        Operand::Subject(it) => Some(expr::print(it)),
    }
}

impl Subject {
    /// Whether something can be said of it, or stands said of it: of several reasons as of one.
    #[must_use]
    pub fn takes(&self, operator: Operator) -> bool {
        let reasons = operator.is_of_reasons() && self.operators.contains(&Operator::Reason);
        reasons || self.operators.contains(&operator)
    }
}
