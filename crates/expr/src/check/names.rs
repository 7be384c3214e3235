//! What names mean at one place.

use super::{Checker, Typed};
use crate::ast::{Expr, ExprKind, is_name};
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
        if let Some(whole) = self.qualified(expr) {
            // `etp` for `schemes.etp`: the name exists, the unit is missing.
            match self.meaning(&whole) {
                Some(Symbol::UnitVar { roster, .. }) if self.at(roster).is_none() => {
                    self.error(
                        expr.span,
                        Problem::NeedsUnit {
                            name: whole.to_string(),
                        },
                    );
                }
                _ => self.report(expr.span, problem, |_| Some(whole.to_string())),
            }
            return;
        }
        self.report(expr.span, problem, |this| {
            let name = this.similar_name(expr);
            name.or_else(|| match &expr.kind {
                ExprKind::Name(name) => suggest::constant(name).map(str::to_owned),
                _ => None,
            })
        });
    }

    /// Every name of the place, asked from the scope once.
    fn names(&mut self) -> &[String] {
        let scope = self.scope;
        self.names.get_or_insert_with(|| scope.names())
    }

    /// The field that a plain name is the last part of.
    pub(super) fn qualified(&mut self, expr: &Expr) -> Option<Expr> {
        let ExprKind::Name(name) = &expr.kind else {
            return None;
        };
        let (base, _) = self
            .names()
            .iter()
            .filter_map(|it| it.rsplit_once('.'))
            .find(|(base, field)| field == name && is_name(base))?;
        let kind = ExprKind::Field {
            base: base.to_owned(),
            field: name.clone(),
        };
        Some(Expr {
            kind,
            span: expr.span,
        })
    }

    fn similar_name(&mut self, expr: &Expr) -> Option<String> {
        self.names();
        let names = self.names.as_deref().unwrap_or_default();
        let all = names.iter().map(String::as_str);
        match &expr.kind {
            ExprKind::Name(name) => {
                // Inside a roster its items stand without its name.
                let items = names
                    .iter()
                    .filter_map(|it| it.rsplit_once('.').map(|it| it.1));
                let items = items.filter(|it| self.symbol(it).is_some());
                suggest::closest_name(name, items.chain(all)).map(str::to_owned)
            }
            ExprKind::Unit { roster, unit, item } => {
                let items = all.filter_map(|it| it.strip_prefix(roster)?.strip_prefix('.'));
                let item = suggest::closest_name(item, items)?.to_owned();
                let (roster, unit) = (roster.clone(), unit.clone());
                Some(Expr::from(ExprKind::Unit { roster, unit, item }).to_string())
            }
            _ => suggest::closest_name(&expr.to_string(), all).map(str::to_owned),
        }
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
                } else if self.similar_name(expr).is_none() && self.qualified(expr).is_none() {
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
