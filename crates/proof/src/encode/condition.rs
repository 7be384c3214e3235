//! Conditions as formulas, operation by operation.

use expr::{At, Missing, Node, Op, Over, Reasons, Value};
use rust_decimal::Decimal;

use super::term::{Term, always};
use super::{Encoding, Open, Tri};
use crate::domain::counts;
use crate::formula::Lit;
use crate::seen::{Seen, combine, comparison, fold};

/// The units in which variables are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Context {
    current: Option<u32>,
    each: [u32; 2],
    level: usize,
}

impl Context {
    pub(crate) const fn new(current: Option<u32>) -> Self {
        Self {
            current,
            each: [0; 2],
            level: 0,
        }
    }

    /// One roster function further inside.
    pub(crate) fn inside(mut self, unit: u32) -> Self {
        if let Some(each) = self.each.get_mut(self.level) {
            *each = unit;
        }
        self.level += 1;
        self
    }

    pub(crate) fn of(&self, at: At) -> Option<u32> {
        match at {
            At::Global => None,
            At::Current(_) => self.current,
            At::Each(_, level) => self.each.get(usize::from(level).wrapping_sub(1)).copied(),
            At::Unit(_, unit) => Some(unit),
        }
    }
}

impl Encoding<'_> {
    pub(super) fn truth(&mut self, node: Node<'_>, context: Context) -> Tri {
        match node.op() {
            Op::Bool(true) => Tri::TRUE,
            Op::Bool(false) => Tri::FALSE,
            Op::Is(slot, code) => {
                let term = self.read(*slot, context);
                self.codes(node, context, &term, |it| it == *code)
            }
            Op::Among(codes) => {
                let term = self.operand(node, context);
                self.codes(node, context, &term, |it| codes.contains(&it))
            }
            Op::Answered(slot) => {
                let term = self.read(*slot, context);
                self.whether(node, context, &term, |it| it.is_none())
            }
            Op::Reason(slot, wanted) => {
                let term = self.read(*slot, context);
                self.whether(node, context, &term, |it| {
                    it.is_some_and(|it| it.meets(*wanted))
                })
            }
            Op::Not => {
                let it = self.first(node, context);
                Tri {
                    yes: it.no,
                    no: it.yes,
                    why: it.why,
                }
            }
            Op::And(_) => {
                let them = self.truths(node, context);
                let yes = self.formulas.all(them.iter().map(|it| it.yes));
                let no = self.formulas.any(them.iter().map(|it| it.no));
                self.joined(yes, no, &them)
            }
            Op::Or(_) => {
                let them = self.truths(node, context);
                self.either(&them)
            }
            Op::AtLeast(wanted, _) => {
                let them = self.truths(node, context);
                let hold: Vec<Lit> = them.iter().map(|it| it.yes).collect();
                let open: Vec<Lit> = them.iter().map(|it| !it.no).collect();
                let wanted = usize::from(*wanted);
                let [yes, could] = [hold, open].map(|it| {
                    let counts = counts(&it, &mut self.formulas);
                    counts.get(wanted).copied().unwrap_or(Lit::FALSE)
                });
                self.joined(yes, !could, &them)
            }
            Op::In(_) => {
                let terms = self.terms(node, context);
                let Some((it, list)) = terms.split_first() else {
                    return Tri::FALSE;
                };
                let mut them = Vec::new();
                for other in list {
                    let equal = self.pairs(it, other, equality);
                    them.push(self.truth_of(node, context, &equal));
                }
                self.either(&them)
            }
            Op::Has(code) => {
                let term = self.operand(node, context);
                self.has(node, context, &term, *code)
            }
            Op::Over(Over::Any, roster) => {
                let units = self.each_truth(node, *roster, context);
                let some = units.iter().map(|(exists, it)| (*exists, it.yes));
                let some: Vec<_> = some.collect();
                let yes = self.any_of(&some);
                Tri {
                    yes,
                    no: !yes,
                    ..Tri::FALSE
                }
            }
            Op::Over(Over::All, roster) => {
                let units = self.each_truth(node, *roster, context);
                let some = units.iter().map(|(exists, it)| (*exists, it.no));
                let some: Vec<_> = some.collect();
                let no = self.any_of(&some);
                Tri {
                    yes: !no,
                    no,
                    ..Tri::FALSE
                }
            }
            _ => {
                let term = self.term(node, context);
                self.truth_of(node, context, &term)
            }
        }
    }

    pub(super) fn term(&mut self, node: Node<'_>, context: Context) -> Term {
        match node.op() {
            Op::Number(it) => always(Seen::number(*it)),
            Op::Text(it) => always(Seen::Exact(Value::Text(it.to_string()))),
            Op::Date(it) => always(Seen::Exact(Value::Date(*it))),
            Op::Code(it) => always(Seen::Exact(Value::Code(*it))),
            Op::Today => self.today_term(),
            Op::Read(slot) => self.read(*slot, context),
            Op::Units(roster) => {
                let units: Vec<Lit> = self.existing(*roster);
                self.number_of(&units)
            }
            Op::Size => {
                let term = self.operand(node, context);
                self.size(term)
            }
            Op::Neg | Op::Round(_) => {
                let term = self.operand(node, context);
                let mut res = Vec::new();
                for (seen, when) in term {
                    let seen = combine(node, &[seen]);
                    self.add(&mut res, seen, when);
                }
                res
            }
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Compare(_) => {
                let terms = self.terms(node, context);
                match terms.as_slice() {
                    [left, right] => {
                        self.pairs(left, right, |a, b| combine(node, &[a.clone(), b.clone()]))
                    }
                    _ => always(Seen::UNKNOWN),
                }
            }
            Op::Min(_) => self.extreme(node, context, Over::Min),
            Op::Max(_) => self.extreme(node, context, Over::Max),
            Op::Coalesce(_) => {
                let terms = self.terms(node, context);
                let mut terms = terms.into_iter();
                let first = terms.next().unwrap_or_else(|| always(Seen::UNKNOWN));
                terms.fold(first, |so_far, next| {
                    self.pairs(&so_far, &next, |a, b| match (a, b) {
                        (Seen::Exact(Value::Missing(a)), Seen::Exact(Value::Missing(b))) => {
                            Seen::Exact(Value::Missing(a.union(*b)))
                        }
                        (Seen::Exact(Value::Missing(_)), b) => b.clone(),
                        (Seen::Vague, _) => Seen::Vague,
                        (a, _) => a.clone(),
                    })
                })
            }
            Op::Case(_) => self.case(node, context),
            Op::Over(Over::Count, roster) => {
                let units = self.each_truth(node, *roster, context);
                let hold: Vec<Lit> = units
                    .into_iter()
                    .map(|(exists, it)| self.formulas.and(exists, it.yes))
                    .collect();
                self.number_of(&hold)
            }
            Op::Over(over @ (Over::Sum | Over::Min | Over::Max), roster) => {
                self.over(node, *over, *roster, context)
            }
            Op::Bool(_)
            | Op::Is(..)
            | Op::Answered(_)
            | Op::Reason(..)
            | Op::Not
            | Op::And(_)
            | Op::Or(_)
            | Op::AtLeast(..)
            | Op::Among(_)
            | Op::In(_)
            | Op::Has(_)
            | Op::Over(Over::Any | Over::All, _) => {
                let truth = self.truth(node, context);
                self.table_of(truth)
            }
        }
    }

    pub(super) fn operand(&mut self, node: Node<'_>, context: Context) -> Term {
        match node.operands().next() {
            Some(it) => self.term(it, context),
            None => always(Seen::UNKNOWN),
        }
    }

    fn terms(&mut self, node: Node<'_>, context: Context) -> Vec<Term> {
        let operands = node.operands();
        operands.map(|it| self.term(it, context)).collect()
    }

    pub(super) fn first(&mut self, node: Node<'_>, context: Context) -> Tri {
        match node.operands().next() {
            Some(it) => self.truth(it, context),
            None => Tri::FALSE,
        }
    }

    fn truths(&mut self, node: Node<'_>, context: Context) -> Vec<Tri> {
        let operands = node.operands();
        operands.map(|it| self.truth(it, context)).collect()
    }

    /// Kleene's truth of several, unknown for the reasons of those that are.
    fn joined(&mut self, yes: Lit, no: Lit, them: &[Tri]) -> Tri {
        let mut why = [Lit::FALSE; 5];
        for it in them {
            let unknown = self.formulas.and(!it.yes, !it.no);
            for (all, one) in why.iter_mut().zip(it.why) {
                let one = self.formulas.and(unknown, one);
                *all = self.formulas.or(*all, one);
            }
        }
        Tri { yes, no, why }
    }

    fn either(&mut self, them: &[Tri]) -> Tri {
        let yes = self.formulas.any(them.iter().map(|it| it.yes));
        let no = self.formulas.all(them.iter().map(|it| it.no));
        self.joined(yes, no, them)
    }

    fn any_of(&mut self, them: &[(Lit, Lit)]) -> Lit {
        let both: Vec<Lit> = them
            .iter()
            .map(|(a, b)| self.formulas.and(*a, *b))
            .collect();
        self.formulas.any(both)
    }

    /// The input that stands for what a row leaves open.
    fn open(&mut self, node: Node<'_>, context: Context, when: Lit, can_be_missing: bool) -> Open {
        let value = self.value_of(node, context);
        let missing = match can_be_missing {
            true => self.formulas.input(),
            false => Lit::FALSE,
        };
        let open = Open {
            source: self.here,
            place: node.place(),
            context,
            when,
            value,
            missing,
        };
        self.opens.push(open.clone());
        open
    }

    /// A table of truths as a truth.
    fn truth_of(&mut self, node: Node<'_>, context: Context, term: &Term) -> Tri {
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        let mut why = [const { Vec::new() }; 5];
        for (seen, when) in term {
            match seen {
                Seen::Exact(Value::Bool(true)) => yes.push(*when),
                Seen::Exact(Value::Bool(false)) => no.push(*when),
                Seen::Exact(Value::Missing(reasons)) => note(&mut why, *reasons, *when),
                Seen::Either | Seen::Vague => {
                    let open = self.open(node, context, *when, *seen == Seen::Vague);
                    let there = self.formulas.and(*when, !open.missing);
                    yes.push(self.formulas.and(there, open.value));
                    no.push(self.formulas.and(there, !open.value));
                }
                // Data of another type than truth: unknown without a reason.
                _ => {}
            }
        }
        Tri {
            yes: self.formulas.any(yes),
            no: self.formulas.any(no),
            why: why.map(|it| self.formulas.any(it)),
        }
    }

    /// Whether a table's codes are wanted ones.
    fn codes(
        &mut self,
        node: Node<'_>,
        context: Context,
        term: &Term,
        wanted: impl Fn(u16) -> bool,
    ) -> Tri {
        let term: Term = term
            .iter()
            .map(|(seen, when)| {
                let seen = match seen {
                    Seen::Exact(Value::Code(it)) => Seen::Exact(Value::Bool(wanted(*it))),
                    Seen::Exact(Value::Missing(_)) | Seen::Vague => seen.clone(),
                    _ => Seen::UNKNOWN,
                };
                (seen, *when)
            })
            .collect();
        self.truth_of(node, context, &term)
    }

    /// A question about why a table's value is missing, which is never unknown.
    fn whether(
        &mut self,
        node: Node<'_>,
        context: Context,
        term: &Term,
        holds: impl Fn(Option<Reasons>) -> bool,
    ) -> Tri {
        let term: Term = term
            .iter()
            .map(|(seen, when)| {
                let seen = match seen {
                    Seen::Vague => Seen::Either,
                    it => Seen::Exact(Value::Bool(holds(it.is_missing()))),
                };
                (seen, *when)
            })
            .collect();
        self.truth_of(node, context, &term)
    }

    fn has(&mut self, node: Node<'_>, context: Context, term: &Term, code: u16) -> Tri {
        let mut res = Vec::new();
        for (seen, when) in term {
            match seen {
                Seen::Set(slot) => {
                    let set = self.domains[*slot as usize].set.as_ref();
                    let has = set.map_or(Lit::FALSE, |it| it.has(code));
                    let [with, without] = [has, !has].map(|it| self.formulas.and(*when, it));
                    self.add(&mut res, Seen::Exact(Value::Bool(true)), with);
                    self.add(&mut res, Seen::Exact(Value::Bool(false)), without);
                }
                Seen::Exact(Value::Missing(_)) | Seen::Vague => {
                    self.add(&mut res, seen.clone(), *when);
                }
                _ => self.add(&mut res, Seen::UNKNOWN, *when),
            }
        }
        self.truth_of(node, context, &res)
    }

    fn size(&mut self, term: Term) -> Term {
        let mut res = Vec::new();
        for (seen, when) in term {
            match seen {
                Seen::Set(slot) => {
                    let set = self.domains[slot as usize].set.clone();
                    let counts = set.map_or_else(Vec::new, |it| it.at_least);
                    for (seen, exactly) in self.numbers(&counts) {
                        let when = self.formulas.and(when, exactly);
                        self.add(&mut res, seen, when);
                    }
                }
                Seen::Exact(Value::Missing(_)) | Seen::Vague => self.add(&mut res, seen, when),
                _ => self.add(&mut res, Seen::UNKNOWN, when),
            }
        }
        res
    }

    /// A table of how many, from when there are at least so many.
    fn numbers(&mut self, at_least: &[Lit]) -> Term {
        let mut res = Vec::new();
        for (n, it) in at_least.iter().enumerate() {
            let more = at_least.get(n + 1).copied().unwrap_or(Lit::FALSE);
            let exactly = self.formulas.and(*it, !more);
            self.add(&mut res, Seen::number(Decimal::from(n)), exactly);
        }
        res
    }

    fn number_of(&mut self, them: &[Lit]) -> Term {
        let counts = counts(them, &mut self.formulas);
        self.numbers(&counts)
    }

    /// The value after the first condition that does not fail, where that one holds.
    fn case(&mut self, node: Node<'_>, context: Context) -> Term {
        let mut res = Vec::new();
        let mut reached = Lit::TRUE;
        let mut operands = node.operands();
        let mut otherwise = always(Seen::UNKNOWN);
        while let Some(it) = operands.next() {
            let Some(value) = operands.next() else {
                otherwise = self.term(it, context);
                break;
            };
            let truth = self.truth(it, context);
            let holds = self.formulas.and(reached, truth.yes);
            for (seen, when) in self.term(value, context) {
                let when = self.formulas.and(holds, when);
                self.add(&mut res, seen, when);
            }
            for (seen, when) in self.table_of(truth) {
                if seen.is_missing().is_some() {
                    let when = self.formulas.and(reached, when);
                    self.add(&mut res, seen, when);
                }
            }
            reached = self.formulas.and(reached, truth.no);
        }
        for (seen, when) in otherwise {
            let when = self.formulas.and(reached, when);
            self.add(&mut res, seen, when);
        }
        self.bounded(res)
    }

    fn extreme(&mut self, node: Node<'_>, context: Context, over: Over) -> Term {
        let terms = self.terms(node, context);
        let mut terms = terms.into_iter();
        let first = terms.next().unwrap_or_else(|| always(Seen::UNKNOWN));
        terms.fold(first, |so_far, next| {
            self.pairs(&so_far, &next, |a, b| {
                match (a.is_missing(), b.is_missing()) {
                    (Some(a), Some(b)) => Seen::Exact(Value::Missing(a.union(b))),
                    (Some(it), None) | (None, Some(it)) => Seen::Exact(Value::Missing(it)),
                    (None, None) => fold(over, a, b),
                }
            })
        })
    }
}

/// Whether two can be seen to be equal, as `in` compares.
fn equality(a: &Seen, b: &Seen) -> Seen {
    match (a, b) {
        (Seen::Exact(Value::Missing(a)), Seen::Exact(Value::Missing(b))) => {
            Seen::Exact(Value::Missing(a.union(*b)))
        }
        (Seen::Exact(Value::Missing(it)), _) | (_, Seen::Exact(Value::Missing(it))) => {
            Seen::Exact(Value::Missing(*it))
        }
        (Seen::Exact(Value::Code(a)), Seen::Exact(Value::Code(b))) => {
            Seen::Exact(Value::Bool(a == b))
        }
        (Seen::Exact(Value::Text(a)), Seen::Exact(Value::Text(b))) => {
            Seen::Exact(Value::Bool(a == b))
        }
        (Seen::Exact(Value::Bool(a)), Seen::Exact(Value::Bool(b))) => {
            Seen::Exact(Value::Bool(a == b))
        }
        (a, b) => comparison(expr::Cmp::Eq, a, b),
    }
}

fn note(why: &mut [Vec<Lit>; 5], reasons: Reasons, when: Lit) {
    for (reason, why) in Missing::ALL.into_iter().zip(why) {
        if reasons.has(reason) {
            why.push(when);
        }
    }
}
