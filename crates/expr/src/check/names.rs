//! What names mean at one place.

use super::{Checker, Typed};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::Problem;
use crate::print::quoted;
use crate::program::{At, Slot};
use crate::scope::{RosterId, Symbol, Type};
use crate::suggest;
use crate::value::Missing;

impl Checker<'_> {
    /// What a plain name means: an item of the innermost roster function first.
    pub(super) fn symbol(&self, name: &str) -> Option<Symbol> {
        let inner = self
            .frames
            .iter()
            .rev()
            .find_map(|it| self.scope.resolve_in(*it, name));
        inner.or_else(|| self.scope.resolve(name))
    }

    /// The roster with this name.
    pub(super) fn roster(&self, name: &str) -> Option<RosterId> {
        match self.symbol(name)? {
            Symbol::Roster(it) => Some(it),
            _ => None,
        }
    }

    /// What a name, a field or a row means; nothing for other expressions.
    pub(super) fn meaning(&self, expr: &Expr) -> Option<Symbol> {
        match &expr.kind {
            ExprKind::Name(name) => self.symbol(name),
            ExprKind::Field { base, field } => {
                self.scope.resolve_field(base, field).or_else(|| {
                    let roster = self.roster(base)?;
                    self.scope.resolve_in(roster, field)
                })
            }
            ExprKind::Row { base, row } => self.scope.resolve_row(base, row),
            _ => None,
        }
    }

    /// Where a unit variable of this roster is read here: in the innermost roster function over
    /// it, else in the unit the whole expression stands in.
    pub(super) fn at(&self, roster: RosterId) -> Option<At> {
        match self.frames.iter().rposition(|it| *it == roster) {
            Some(level) => u8::try_from(level + 1).ok().map(|it| At::Each(roster, it)),
            None => (self.scope.current_roster() == Some(roster)).then_some(At::Current(roster)),
        }
    }

    /// The variable that a reference reads.
    pub(super) fn slot(&mut self, expr: &Expr) -> Option<(Slot, Type)> {
        if let ExprKind::Unit { roster, unit, item } = &expr.kind {
            return self.unit_slot(expr, roster, unit, item);
        }
        match self.meaning(expr) {
            Some(Symbol::Var { id, ty }) => Some((Slot(id, At::Global), ty)),
            Some(Symbol::UnitVar { id, roster, ty }) => match self.at(roster) {
                Some(at) => Some((Slot(id, at), ty)),
                None => {
                    self.error(
                        expr.span,
                        Problem::NeedsUnit {
                            name: expr.to_string(),
                        },
                    );
                    None
                }
            },
            Some(Symbol::Roster(_)) => {
                let problem = Problem::RosterAsValue {
                    name: expr.to_string(),
                };
                self.report(expr.span, problem, |_| Some(format!("count({expr})")));
                None
            }
            None => {
                self.unknown_name(expr);
                None
            }
        }
    }

    /// `roster[unit].item`
    fn unit_slot(
        &mut self,
        expr: &Expr,
        roster: &str,
        unit: &str,
        item: &str,
    ) -> Option<(Slot, Type)> {
        let Some(id) = self.roster(roster) else {
            self.unknown_name(expr);
            return None;
        };
        let Some(position) = self.scope.unit(id, unit) else {
            let (roster, unit) = (roster.to_owned(), unit.to_owned());
            self.error(expr.span, Problem::UnknownUnit { roster, unit });
            return None;
        };
        match self.scope.resolve_in(id, item) {
            Some(Symbol::UnitVar {
                id: var,
                roster,
                ty,
            }) if roster == id => Some((Slot(var, At::Unit(id, position)), ty)),
            _ => {
                self.unknown_name(expr);
                None
            }
        }
    }

    pub(super) fn unknown_name(&mut self, expr: &Expr) {
        let problem = Problem::UnknownName {
            name: expr.to_string(),
        };
        self.report(expr.span, problem, |this| this.similar_name(expr));
    }

    fn similar_name(&mut self, expr: &Expr) -> Option<String> {
        let scope = self.scope;
        let names = self.names.get_or_insert_with(|| scope.names());
        let whole = expr.to_string();
        let all = names.iter().map(String::as_str);
        if !matches!(expr.kind, ExprKind::Name(_)) {
            return suggest::closest(&whole, all).map(str::to_owned);
        }
        // Inside a roster function its items stand without the roster's name.
        let items = names.iter().filter_map(|it| {
            let (_, item) = it.rsplit_once('.')?;
            self.frames
                .iter()
                .any(|it| scope.resolve_in(*it, item).is_some())
                .then_some(item)
        });
        let values = ["true", "false", "today"];
        suggest::closest(&whole, items.chain(all).chain(values)).map(str::to_owned)
    }

    /// Whether `expr` is an unknown name that is a code (or a reason) the other side knows:
    /// `presence = oui`. Reports it.
    pub(super) fn is_bare_code(&mut self, expr: &Expr, other: &Typed) -> bool {
        let ExprKind::Name(name) = &expr.kind else {
            return false;
        };
        if self.symbol(name).is_some() {
            return false;
        }
        let meant = match other {
            Typed::Value(Type::Code(list) | Type::Codes(list), _) => {
                let codes = self.scope.codes(*list);
                if codes.iter().any(|it| it.code == *name) {
                    Some(name.as_str())
                } else if self.similar_name(expr).is_none() {
                    suggest::closest(name, codes.iter().map(|it| it.code.as_str()))
                } else {
                    None
                }
            }
            Typed::Reason(_) => suggest::closest(name, Missing::ALL.map(Missing::code)),
            _ => None,
        };
        let Some(meant) = meant else { return false };
        let problem = Problem::CodeWithoutQuotes { code: name.clone() };
        self.report(expr.span, problem, |_| Some(quoted(meant)));
        true
    }
}
