//! From the fields of a page to a sentence, and what is still to do.

use expr::{Expr, Type};

use super::build::{Fault, Todo, What};
use super::{Compares, Draft, DraftUnits, Line, Path, Piece, Says};
use crate::compile::place::Place;
use crate::sentence::read::parsed;
use crate::sentence::write::clause_expr;
use crate::sentence::{
    Clause, Group, How, Join, Level, Needs, Operand, Operator, Part, Possible, Sayable, Subject,
    Units,
};

/// What can be done with values of fields at one level.
pub(super) struct At<'s> {
    pub(super) sayable: &'s Sayable,
    pub(super) level: &'s Level,
}

impl At<'_> {
    /// What is spoken of by its key.
    fn about(&self, key: &str) -> Option<&Subject> {
        self.level.about(&parsed(key)?)
    }

    /// Whether a value may stand after an operator.
    fn fits(&self, about: &Subject, operator: Operator, with: Compares, value: &str) -> bool {
        match (with, about.possible(operator)) {
            (Compares::Other, _) => self.about(value).is_some_and(|it| about.fits(it)),
            (Compares::Today, _) | (_, Possible::Nothing) => false,
            (_, Possible::Choices) => about.choices.iter().any(|it| it.0 == value),
            (_, Possible::Reasons) => self.sayable.reasons.contains(&value),
            (_, Possible::Number) => Operand::typed_number(value).is_some(),
            (_, Possible::Date) => expr::iso::parse(value).is_some(),
            (_, Possible::Text) => true,
        }
    }

    fn offers(&self, about: &Subject, code: &str) -> bool {
        let Some((operator, with)) = Compares::read(code) else {
            return false;
        };
        let may = match with {
            Compares::Value => true,
            Compares::Other => self.level.subjects.iter().any(|it| about.fits(it)),
            Compares::Today => about.ty == Type::Date,
        };
        may && about.takes(operator)
    }
}

/// Lets what is said follow what it is said of: where another subject or operator was chosen, what does not fit it
/// is gone.
pub(super) fn settle(draft: &mut Draft, sayable: &Sayable, inside: &mut Vec<String>) {
    let level = sayable.level(inside);
    for piece in &mut draft.pieces {
        match piece {
            Piece::Line(it) => {
                if let Some(level) = level {
                    settle_line(it, &At { sayable, level });
                }
            }
            Piece::Group(it) => settle(it, sayable, inside),
            Piece::Units(it) => {
                let spoken = Says::spoken("", &it.says.operator);
                if it.says.was != spoken {
                    let is_other = it.says.operator.ends_with(":other");
                    let is_number = |it: &String| Operand::typed_number(it).is_some();
                    it.says.values.retain(|it| is_number(it) != is_other);
                    it.says.was = spoken;
                }
                inside.push(it.roster.clone());
                settle(&mut it.inside, sayable, inside);
                inside.pop();
            }
            Piece::Text(_) => {}
        }
    }
}

fn settle_line(line: &mut Line, at: &At<'_>) {
    let Some(about) = at.about(&line.subject) else {
        return;
    };
    let says = &mut line.says;
    if !at.offers(about, &says.operator) {
        let first = about.operators.first().map(|it| it.code());
        says.operator = first.unwrap_or_default().to_owned();
    }
    let Some((operator, with)) = Compares::read(&says.operator) else {
        return;
    };
    let spoken = Says::spoken(&line.subject, &says.operator);
    if says.was != spoken {
        says.values.retain(|it| at.fits(about, operator, with, it));
        says.was = spoken;
    }
    if operator.needs() == Needs::One {
        says.values.truncate(1);
    }
}

/// Reads the fields of a page.
pub(super) struct Finish<'p, 'n, 'i> {
    pub(super) place: &'p Place<'n, 'i>,
    pub(super) sayable: &'p Sayable,
    pub(super) faults: Vec<Fault>,
}

impl Finish<'_, '_, '_> {
    fn todo(&mut self, path: &Path, field: &str, todo: Todo) {
        self.faults.push(Fault {
            at: path.field(field),
            what: What::Todo(todo),
        });
    }

    /// The finished lines of a group; of the whole, `path` is empty.
    pub(super) fn group(&mut self, draft: &Draft, path: &Path, inside: &mut Vec<String>) -> Group {
        if draft.pieces.is_empty() && !path.0.is_empty() {
            self.todo(path, "join", Todo::Lines);
        }
        let join = match draft.join {
            Join::AtLeast(_) => match draft.n.trim().parse() {
                Ok(n) => Join::AtLeast(n),
                Err(_) => {
                    self.todo(path, "n", Todo::Whole);
                    draft.join
                }
            },
            other => other,
        };
        let pieces = draft.pieces.iter().enumerate();
        let parts = pieces.filter_map(|(nth, it)| self.piece(it, &path.at(nth), inside));
        Group {
            join,
            parts: parts.collect(),
        }
    }

    fn piece(&mut self, piece: &Piece, path: &Path, inside: &mut Vec<String>) -> Option<Part> {
        match piece {
            Piece::Line(it) => {
                let clause = self.line(it, path, inside)?;
                let at = match clause.values.is_empty() {
                    true => "subject",
                    false => "value",
                };
                self.check(&clause_expr(&clause), path, at, inside);
                Some(Part::Clause(clause))
            }
            Piece::Group(it) => Some(Part::Group(self.group(it, path, inside))),
            Piece::Units(it) => self.units(it, path, inside).map(Part::Units),
            Piece::Text(it) => {
                let text = it.trim();
                if text.is_empty() {
                    self.todo(path, "text", Todo::Text);
                    return None;
                }
                let parsed = expr::parse(text);
                let found = parsed.diagnostics.into_iter();
                self.faults.extend(found.map(|it| Fault {
                    at: path.field("text"),
                    what: What::Wrong(Box::new(it)),
                }));
                if let Some(tree) = parsed.expr {
                    self.check(&tree, path, "text", inside);
                }
                Some(Part::Text(text.to_owned()))
            }
        }
    }

    /// What the checker says of a part by itself.
    fn check(&mut self, it: &Expr, path: &Path, field: &str, inside: &[String]) {
        let found = self.place.wrong(it, inside);
        let is_right = found.iter().all(|it| it.severity != expr::Severity::Error);
        self.faults.extend(found.into_iter().map(|it| Fault {
            at: path.field(field),
            what: What::Wrong(Box::new(it)),
        }));
        if is_right && !self.place.allows(it, inside) {
            self.todo(path, field, Todo::Waits);
        }
    }

    fn line(&mut self, line: &Line, path: &Path, inside: &[String]) -> Option<Clause> {
        if line.subject.is_empty() {
            self.todo(path, "subject", Todo::Subject);
            return None;
        }
        let at = At {
            sayable: self.sayable,
            level: self.sayable.level(inside)?,
        };
        let Some(about) = at.about(&line.subject) else {
            self.todo(path, "subject", Todo::Gone);
            return None;
        };
        let offered = at.offers(about, &line.says.operator);
        let read = Compares::read(&line.says.operator).filter(|_| offered);
        let Some((operator, with)) = read else {
            self.todo(path, "operator", Todo::Operator);
            return None;
        };
        let values = match self.values(&line.says, with, about.possible(operator)) {
            Ok(it) => it,
            Err(todo) => {
                self.todo(path, "value", todo);
                return None;
            }
        };
        let values = match operator.needs() {
            Needs::Nothing => Vec::new(),
            Needs::One => values.into_iter().take(1).collect(),
            Needs::Several => values,
        };
        Some(Clause {
            subject: about.subject.clone(),
            operator,
            values,
        })
    }

    fn values(&self, says: &Says, with: Compares, wanted: Possible) -> Result<Vec<Operand>, Todo> {
        if with == Compares::Today {
            return Ok(vec![Operand::Today]);
        }
        if wanted == Possible::Nothing {
            return Ok(Vec::new());
        }
        if says.values.is_empty() {
            return Err(Todo::Value);
        }
        let one = |it: &String| match (with, wanted) {
            (Compares::Other, _) => parsed(it).map(Operand::Subject).ok_or(Todo::Value),
            (_, Possible::Number) => Operand::typed_number(it).ok_or(Todo::Number),
            (_, Possible::Date) if expr::iso::parse(it).is_none() => Err(Todo::Date),
            _ => Ok(Operand::Text(it.clone())),
        };
        says.values.iter().map(one).collect()
    }

    fn units(&mut self, it: &DraftUnits, path: &Path, inside: &mut Vec<String>) -> Option<Units> {
        let level = self.sayable.level(inside);
        let is_known = level.is_some_and(|level| level.rosters.iter().any(|at| at.id == it.roster));
        if !is_known {
            self.todo(path, "how", Todo::Gone);
            return None;
        }
        let how = match it.how.as_str() {
            "every" => Some(How::Every),
            "count" => match Compares::read(&it.says.operator) {
                Some((operator, with)) if operator.compares() => {
                    match self.values(&it.says, with, Possible::Number) {
                        Ok(values) => values.into_iter().next().map(|it| How::Count(operator, it)),
                        Err(todo) => {
                            self.todo(path, "value", todo);
                            None
                        }
                    }
                }
                _ => {
                    self.todo(path, "operator", Todo::Operator);
                    None
                }
            },
            _ => Some(How::Some),
        };
        inside.push(it.roster.clone());
        let group = self.group(&it.inside, path, inside);
        inside.pop();
        Some(Units {
            roster: it.roster.clone(),
            how: how?,
            group,
        })
    }
}
