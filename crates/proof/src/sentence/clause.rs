//! Truths as clauses.

use expr::{BinaryOp, Expr, ExprKind, Function, Missing, Type};
use questionnaire::instrument::Kind;

use super::names::Thing;
use super::{Place, Sentences};

/// A clause, and whether it needs parentheses beside others.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) text: String,
    pub(super) loose: bool,
}

impl Clause {
    const fn tight(text: String) -> Self {
        Self { text, loose: false }
    }

    const fn loose(text: String) -> Self {
        Self { text, loose: true }
    }

    fn beside_others(self) -> String {
        if self.loose {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

impl Sentences<'_> {
    /// That a condition holds, or that it does not.
    pub(super) fn clause(&self, it: &Expr, holds: bool, place: &Place) -> Option<Clause> {
        let words = self.words;
        let tight = |text: String| Some(Clause::tight(text));
        match &it.kind {
            ExprKind::Bool(it) => tight(words.constant(*it == holds).to_owned()),
            ExprKind::Not(it) => self.clause(it, !holds, place),
            ExprKind::And(them) => self.joined(them, holds, holds, place),
            ExprKind::Or(them) => self.joined(them, !holds, holds, place),
            ExprKind::Name(_)
            | ExprKind::Field { .. }
            | ExprKind::Row { .. }
            | ExprKind::Unit { .. } => {
                let thing = self.thing(it, place)?;
                let name = self.named(&thing)?;
                let is_consent = match thing {
                    Thing::Item(ix) | Thing::Of(_, _, ix) => {
                        matches!(self.item(ix)?.kind, Kind::Consent)
                    }
                    _ => false,
                };
                tight(words.is_so(&name, holds, is_consent))
            }
            ExprKind::In {
                operand,
                list,
                negated,
            } => self.among(operand, list, holds != *negated, place),
            ExprKind::Binary { op, left, right } => match op {
                BinaryOp::Has => self.has(left, right, holds, place),
                BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => None,
                _ => self.compared(*op, left, right, holds, place),
            },
            ExprKind::Call { function, args } => self.called(*function, args, it, holds, place),
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Today | ExprKind::Neg(_) => None,
        }
    }

    /// Several clauses: all of them, or one of them.
    fn joined(&self, them: &[Expr], all: bool, holds: bool, place: &Place) -> Option<Clause> {
        if let Some((of, choices)) = choices_of_one(them).filter(|_| holds) {
            let name = self.value(of, None, place)?;
            let ty = self.type_of(of, place);
            let choices = choices.iter().map(|it| self.value(it, ty, place));
            let choices: Option<Vec<String>> = choices.collect();
            let choices = self.words.list(&choices?, all);
            return Some(Clause::tight(self.words.has(&name, &choices, true)));
        }
        let clauses: Option<Vec<String>> = them
            .iter()
            .map(|it| self.clause(it, holds, place).map(Clause::beside_others))
            .collect();
        let between = format!(" {} ", self.words.joint(all));
        Some(Clause::loose(clauses?.join(&between)))
    }

    /// Whether a value is an answer, or something that is worked out or given.
    fn is_answer(&self, it: &Expr, place: &Place) -> bool {
        match self.thing(it, place) {
            Some(Thing::Item(ix) | Thing::Of(_, _, ix)) => {
                let computed =
                    |it: &questionnaire::instrument::Item| matches!(it.kind, Kind::Computed { .. });
                !self.item(ix).is_some_and(computed)
            }
            Some(Thing::Row(..)) => true,
            _ => false,
        }
    }

    fn compared(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        holds: bool,
        place: &Place,
    ) -> Option<Clause> {
        // A value stands before what it is compared with.
        let is_fixed = |it: &Expr| {
            matches!(
                it.kind,
                ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Bool(_) | ExprKind::Today
            )
        };
        if is_fixed(left) && !is_fixed(right) {
            return self.compared(mirrored(op), right, left, holds, place);
        }
        let op = if holds { op } else { opposite(op) };
        if let Some(of) = reason_of(left) {
            let ExprKind::Text(reason) = &right.kind else {
                return None;
            };
            return self.reasons(of, &[reason], op == BinaryOp::Eq, place);
        }
        let ty = self.type_of(left, place).or(self.type_of(right, place));
        let words = self.words;
        if ty == Some(Type::Bool) {
            return self.equivalent(left, right, op == BinaryOp::Eq, place);
        }
        let [a, b] = [left, right].map(|it| self.value(it, ty, place));
        let (a, b) = (a?, b?);
        let is_text = matches!(right.kind, ExprKind::Text(_));
        Some(Clause::tight(match ty {
            Some(Type::Number) => words.compared(op, &a, &b),
            Some(Type::Date) => words.compared_days(op, &a, &b),
            _ => {
                let is_answer = self.is_answer(left, place);
                let equal = op == BinaryOp::Eq;
                match (equal, is_text) {
                    (true, true) => words.is_one(&a, &[b]),
                    (true, false) => words.is_same(&a, &b, is_answer),
                    (false, _) => words.is_other(&a, &[b], is_answer),
                }
            }
        }))
    }

    /// Two truths that are the same, or are not.
    fn equivalent(&self, left: &Expr, right: &Expr, equal: bool, place: &Place) -> Option<Clause> {
        if let ExprKind::Bool(it) = right.kind {
            return self.clause(left, it == equal, place);
        }
        let [a, b] = [left, right].map(|it| self.clause(it, true, place));
        let (a, b) = if equal {
            (a?.text, b?.text)
        } else {
            (a?.beside_others(), b?.beside_others())
        };
        Some(Clause::tight(self.words.equivalent(&a, &b, equal)))
    }

    fn among(&self, it: &Expr, list: &[Expr], holds: bool, place: &Place) -> Option<Clause> {
        let words = self.words;
        if let Some(of) = reason_of(it) {
            let reasons: Option<Vec<&str>> = list
                .iter()
                .map(|it| match &it.kind {
                    ExprKind::Text(it) => Some(it.as_str()),
                    _ => None,
                })
                .collect();
            return self.reasons(of, &reasons?, holds, place);
        }
        let ty = self.type_of(it, place);
        let name = self.value(it, ty, place)?;
        let values = self.values(list, ty, place)?;
        Some(Clause::tight(if holds {
            words.is_one(&name, &values)
        } else {
            words.is_other(&name, &values, self.is_answer(it, place))
        }))
    }

    fn reasons(&self, of: &Expr, them: &[&str], holds: bool, place: &Place) -> Option<Clause> {
        let name = self.value(of, None, place)?;
        let them: Option<Vec<String>> = them
            .iter()
            .map(|code| {
                let reason = Missing::ALL.into_iter().find(|it| it.code() == *code)?;
                Some(self.words.quoted(self.words.reason(reason)))
            })
            .collect();
        let text = self.words.reason_is(&name, &them?, holds);
        Some(Clause::tight(text))
    }

    fn has(&self, left: &Expr, right: &Expr, holds: bool, place: &Place) -> Option<Clause> {
        let name = self.value(left, None, place)?;
        let choice = self.value(right, self.type_of(left, place), place)?;
        Some(Clause::tight(self.words.has(&name, &choice, holds)))
    }

    fn called(
        &self,
        function: Function,
        args: &[Expr],
        it: &Expr,
        holds: bool,
        place: &Place,
    ) -> Option<Clause> {
        let words = self.words;
        match (function, args) {
            (Function::Answered, [of]) => {
                let name = self.value(of, None, place)?;
                let is_answer = self.is_answer(of, place);
                Some(Clause::tight(words.answered(&name, holds, is_answer)))
            }
            (Function::Any | Function::All, [_, condition]) => {
                let roster = self.over(args, place)?;
                let title = self.roster_title(roster)?;
                let is_any = function == Function::Any;
                // That it does not hold in every unit is that it fails in one.
                let inner = self.clause(condition, is_any || holds, &place.inside(roster))?;
                let units = match (is_any, holds) {
                    (true, true) | (false, false) => words.in_some_unit(&title),
                    (true, false) => words.in_no_unit(&title),
                    (false, true) => words.in_every_unit(&title),
                };
                Some(Clause::loose(format!("{units}, {}", inner.text)))
            }
            (Function::AtLeast, [n, conditions @ ..]) => {
                let ExprKind::Number(n) = &n.kind else {
                    return None;
                };
                let n = words.count(*n);
                if let Some((names, value)) = self.alike(conditions, place) {
                    return Some(Clause::tight(words.of_these(&n, holds, &names, &value)));
                }
                let parts: Option<Vec<String>> = conditions
                    .iter()
                    .map(|it| self.clause(it, true, place).map(Clause::beside_others))
                    .collect();
                Some(Clause::loose(words.of_conditions(&n, holds, &parts?)))
            }
            (Function::Case | Function::Coalesce, _) => {
                let value = self.value(it, Some(Type::Bool), place)?;
                Some(Clause::tight(words.is_so(&value, holds, false)))
            }
            _ => None,
        }
    }

    /// Questions that shall all have the answer that is called the same.
    fn alike(&self, conditions: &[Expr], place: &Place) -> Option<(Vec<String>, String)> {
        let mut names = Vec::new();
        let mut said: Option<String> = None;
        for it in conditions {
            let ExprKind::Binary {
                op: BinaryOp::Eq,
                left,
                right,
            } = &it.kind
            else {
                return None;
            };
            let ty = self.type_of(left, place);
            if !matches!(right.kind, ExprKind::Text(_)) || !matches!(ty, Some(Type::Code(_))) {
                return None;
            }
            let value = self.value(right, ty, place)?;
            if said.as_ref().is_some_and(|it| *it != value) || !self.is_answer(left, place) {
                return None;
            }
            said = Some(value);
            names.push(self.value(left, ty, place)?);
        }
        said.map(|it| (names, it))
    }
}

/// The question of which several choices are asked for, and these: `x has 'a' or x has 'b'`.
fn choices_of_one(them: &[Expr]) -> Option<(&Expr, Vec<&Expr>)> {
    let mut of = None;
    let mut choices = Vec::new();
    for it in them {
        match &it.kind {
            ExprKind::Binary {
                op: BinaryOp::Has,
                left,
                right,
            } if *of.get_or_insert(left) == left => choices.push(&**right),
            _ => return None,
        }
    }
    Some((of?, choices))
}

/// What is asked for its missing reason.
fn reason_of(it: &Expr) -> Option<&Expr> {
    match &it.kind {
        ExprKind::Call {
            function: Function::MissingReason,
            args,
        } => args.first(),
        _ => None,
    }
}

const fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Lt => BinaryOp::Gt,
        BinaryOp::Le => BinaryOp::Ge,
        BinaryOp::Gt => BinaryOp::Lt,
        BinaryOp::Ge => BinaryOp::Le,
        it => it,
    }
}

const fn opposite(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Eq => BinaryOp::Ne,
        BinaryOp::Ne => BinaryOp::Eq,
        BinaryOp::Lt => BinaryOp::Ge,
        BinaryOp::Le => BinaryOp::Gt,
        BinaryOp::Gt => BinaryOp::Le,
        BinaryOp::Ge => BinaryOp::Lt,
        it => it,
    }
}
