//! Sets of routes as ordered binary decision diagrams: small where few answers matter at a time.
//!
//! Only what counting routes needs: conjunction, and forgetting variables. The libraries that offer
//! this bring threads or the system's randomness with them, and none takes a budget of steps.

use std::collections::HashMap;

use num_bigint::BigUint;

use crate::solver::Budget;

/// A set of cases.
pub(crate) type Diagram = u32;

pub(crate) const EMPTY: Diagram = 0;
pub(crate) const ALL: Diagram = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Branch {
    var: u32,
    low: Diagram,
    high: Diagram,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Op {
    And,
    Or,
}

/// The budget is met.
#[derive(Debug)]
pub(crate) struct TooLarge;

/// Diagrams over variables in one order; equal sets are one diagram.
pub(crate) struct Diagrams {
    branches: Vec<Branch>,
    known: HashMap<Branch, Diagram>,
    done: HashMap<(Op, Diagram, Diagram), Diagram>,
    negated: HashMap<Diagram, Diagram>,
    budget: Budget,
    limit: usize,
}

impl Diagrams {
    /// `limit` bounds how many branches there may be.
    pub(crate) fn new(budget: &Budget, limit: usize) -> Self {
        let end = Branch {
            var: u32::MAX,
            low: 0,
            high: 0,
        };
        Self {
            branches: vec![end; 2],
            known: HashMap::new(),
            done: HashMap::new(),
            negated: HashMap::new(),
            budget: budget.clone(),
            limit,
        }
    }

    fn branch(&mut self, var: u32, low: Diagram, high: Diagram) -> Result<Diagram, TooLarge> {
        if low == high {
            return Ok(low);
        }
        let branch = Branch { var, low, high };
        if let Some(it) = self.known.get(&branch) {
            return Ok(*it);
        }
        if self.branches.len() >= self.limit || !self.budget.take(1) {
            return Err(TooLarge);
        }
        let it = self.branches.len() as Diagram;
        self.branches.push(branch);
        self.known.insert(branch, it);
        Ok(it)
    }

    /// The cases in which a variable is true.
    pub(crate) fn var(&mut self, var: u32) -> Result<Diagram, TooLarge> {
        self.branch(var, EMPTY, ALL)
    }

    pub(crate) fn not(&mut self, it: Diagram) -> Result<Diagram, TooLarge> {
        match it {
            EMPTY => return Ok(ALL),
            ALL => return Ok(EMPTY),
            _ => {}
        }
        if let Some(it) = self.negated.get(&it) {
            return Ok(*it);
        }
        let Branch { var, low, high } = self.branches[it as usize];
        let (low, high) = (self.not(low)?, self.not(high)?);
        let res = self.branch(var, low, high)?;
        self.negated.insert(it, res);
        self.negated.insert(res, it);
        Ok(res)
    }

    pub(crate) fn and(&mut self, a: Diagram, b: Diagram) -> Result<Diagram, TooLarge> {
        self.apply(Op::And, a, b)
    }

    pub(crate) fn or(&mut self, a: Diagram, b: Diagram) -> Result<Diagram, TooLarge> {
        self.apply(Op::Or, a, b)
    }

    /// The cases in which both hold or neither.
    pub(crate) fn same(&mut self, a: Diagram, b: Diagram) -> Result<Diagram, TooLarge> {
        let both = self.and(a, b)?;
        let (a, b) = (self.not(a)?, self.not(b)?);
        let neither = self.and(a, b)?;
        self.or(both, neither)
    }

    fn apply(&mut self, op: Op, a: Diagram, b: Diagram) -> Result<Diagram, TooLarge> {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        match (op, a, b) {
            (Op::And, EMPTY, _) => return Ok(EMPTY),
            (Op::And, ALL, it) | (Op::Or, EMPTY, it) => return Ok(it),
            (Op::Or, ALL, _) => return Ok(ALL),
            _ if a == b => return Ok(a),
            _ => {}
        }
        if let Some(it) = self.done.get(&(op, a, b)) {
            return Ok(*it);
        }
        let (var, [a0, a1], [b0, b1]) = self.split(a, b);
        let low = self.apply(op, a0, b0)?;
        let high = self.apply(op, a1, b1)?;
        let res = self.branch(var, low, high)?;
        self.done.insert((op, a, b), res);
        Ok(res)
    }

    fn split(&self, a: Diagram, b: Diagram) -> (u32, [Diagram; 2], [Diagram; 2]) {
        let var = self.top(a).min(self.top(b));
        (var, self.under(a, var), self.under(b, var))
    }

    fn top(&self, it: Diagram) -> u32 {
        self.branches[it as usize].var
    }

    fn under(&self, it: Diagram, var: u32) -> [Diagram; 2] {
        let branch = self.branches[it as usize];
        if branch.var == var {
            [branch.low, branch.high]
        } else {
            [it, it]
        }
    }

    /// What both say of the variables that are not forgotten.
    pub(crate) fn and_forget(
        &mut self,
        a: Diagram,
        b: Diagram,
        forgotten: &dyn Fn(u32) -> bool,
    ) -> Result<Diagram, TooLarge> {
        let mut done = HashMap::new();
        self.and_forget_in(a, b, forgotten, &mut done)
    }

    fn and_forget_in(
        &mut self,
        a: Diagram,
        b: Diagram,
        forgotten: &dyn Fn(u32) -> bool,
        done: &mut HashMap<(Diagram, Diagram), Diagram>,
    ) -> Result<Diagram, TooLarge> {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        if a == EMPTY {
            return Ok(EMPTY);
        }
        if b == ALL {
            return Ok(ALL);
        }
        if let Some(it) = done.get(&(a, b)) {
            return Ok(*it);
        }
        if !self.budget.take(1) {
            return Err(TooLarge);
        }
        let (var, [a0, a1], [b0, b1]) = self.split(a, b);
        let low = self.and_forget_in(a0, b0, forgotten, done)?;
        let res = if forgotten(var) {
            if low == ALL {
                ALL
            } else {
                let high = self.and_forget_in(a1, b1, forgotten, done)?;
                self.or(low, high)?
            }
        } else {
            let high = self.and_forget_in(a1, b1, forgotten, done)?;
            self.branch(var, low, high)?
        };
        done.insert((a, b), res);
        Ok(res)
    }

    /// How many cases of these variables, ascending, a diagram has; it has no others.
    pub(crate) fn count(&self, it: Diagram, vars: &[u32]) -> BigUint {
        let mut done = HashMap::new();
        let rank = |var: u32| vars.partition_point(|it| *it < var);
        let at = rank(self.top(it)).min(vars.len());
        self.count_in(it, vars, &mut done) << at
    }

    /// Cases of the variables from the diagram's own first one on.
    fn count_in(&self, it: Diagram, vars: &[u32], done: &mut HashMap<Diagram, BigUint>) -> BigUint {
        if it <= ALL {
            return BigUint::from(it);
        }
        if let Some(n) = done.get(&it) {
            return n.clone();
        }
        let rank = |var: u32| vars.partition_point(|it| *it < var).min(vars.len());
        let branch = self.branches[it as usize];
        let next = rank(branch.var) + 1;
        let mut n = BigUint::ZERO;
        for part in [branch.low, branch.high] {
            let skipped = rank(self.top(part)) - next;
            n += self.count_in(part, vars, done) << skipped;
        }
        done.insert(it, n.clone());
        n
    }

    /// The least or greatest sum of weights over the cases of a diagram; `None` if it has none.
    pub(crate) fn extreme(
        &self,
        it: Diagram,
        weights: &[(u32, u64)],
        greatest: bool,
    ) -> Option<u64> {
        let mut done = HashMap::new();
        self.extreme_in(it, 0, weights, greatest, &mut done)
    }

    fn extreme_in(
        &self,
        it: Diagram,
        from: usize,
        weights: &[(u32, u64)],
        greatest: bool,
        done: &mut HashMap<Diagram, Option<u64>>,
    ) -> Option<u64> {
        if it == EMPTY {
            return None;
        }
        let rank = |var: u32| weights.partition_point(|it| it.0 < var).min(weights.len());
        let at = rank(self.top(it));
        // A variable that the diagram does not look at is free.
        let skipped: u64 = if greatest {
            weights[from..at].iter().map(|it| it.1).sum()
        } else {
            0
        };
        if it == ALL {
            return Some(skipped);
        }
        let own = match done.get(&it) {
            Some(known) => *known,
            None => {
                let branch = self.branches[it as usize];
                let low = self.extreme_in(branch.low, at + 1, weights, greatest, done);
                let high = self.extreme_in(branch.high, at + 1, weights, greatest, done);
                let high = high.map(|it| it + weights[at].1);
                let best = match (low, high) {
                    (Some(a), Some(b)) if greatest => Some(a.max(b)),
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                done.insert(it, best);
                best
            }
        };
        own.map(|it| it + skipped)
    }

    /// The nth case of these variables, in the order of their values.
    /// `done` keeps what was counted, for the next time.
    pub(crate) fn nth(
        &self,
        it: Diagram,
        vars: &[u32],
        mut n: BigUint,
        done: &mut HashMap<Diagram, BigUint>,
    ) -> Vec<bool> {
        let rank = |var: u32| vars.partition_point(|it| *it < var).min(vars.len());
        let mut at = it;
        let mut case = Vec::with_capacity(vars.len());
        for (place, var) in vars.iter().enumerate() {
            let [low, high] = self.under(at, *var);
            let skipped = rank(self.top(low)) - (place + 1);
            let lows = self.count_in(low, vars, done) << skipped;
            if n < lows {
                case.push(false);
                at = low;
            } else {
                n -= lows;
                case.push(true);
                at = high;
            }
        }
        case
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagrams() -> Diagrams {
        Diagrams::new(&Budget::default(), 10_000)
    }

    #[test]
    fn counting_includes_variables_that_do_not_matter() {
        let mut it = diagrams();
        let (a, c) = (it.var(0).unwrap(), it.var(4).unwrap());
        let both = it.and(a, c).unwrap();
        assert_eq!(it.count(both, &[0, 2, 4, 6]), BigUint::from(4_u8));
        assert_eq!(it.count(ALL, &[0, 2]), BigUint::from(4_u8));
        assert_eq!(it.count(EMPTY, &[0, 2]), BigUint::ZERO);
    }

    #[test]
    fn forgetting_keeps_what_is_said_of_the_rest() {
        let mut it = diagrams();
        let (a, b, c) = (it.var(0).unwrap(), it.var(1).unwrap(), it.var(2).unwrap());
        let [ab, bc] = [it.same(a, b).unwrap(), it.same(b, c).unwrap()];
        let ac = it.and_forget(ab, bc, &|var| var == 1).unwrap();
        assert_eq!(ac, it.same(a, c).unwrap());
    }

    #[test]
    fn the_shortest_and_longest_case_count_free_variables() {
        let mut it = diagrams();
        let a = it.var(1).unwrap();
        let weights = [(0, 5), (1, 3), (2, 7)];
        assert_eq!(it.extreme(a, &weights, false), Some(3));
        assert_eq!(it.extreme(a, &weights, true), Some(15));
        assert_eq!(it.extreme(EMPTY, &weights, true), None);
    }

    #[test]
    fn every_case_has_a_number() {
        let mut it = diagrams();
        let (a, b) = (it.var(0).unwrap(), it.var(2).unwrap());
        let either = it.or(a, b).unwrap();
        let vars = [0, 1, 2];
        let cases: Vec<_> = (0..6_u8)
            .map(|n| it.nth(either, &vars, BigUint::from(n), &mut HashMap::new()))
            .collect();
        assert!(cases.iter().all(|it| it[0] || it[2]));
        assert!(cases.windows(2).all(|it| it[0] < it[1]));
    }

    #[test]
    fn a_limit_is_kept() {
        let mut it = Diagrams::new(&Budget::default(), 3);
        it.var(0).unwrap();
        assert!(it.var(1).is_err());
    }
}
