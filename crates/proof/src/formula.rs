//! Formulas over yes-or-no inputs, each written once: an and-inverter graph.
//!
//! Equal formulas are the same literal, so that two items with the same base usually show it by
//! having the same literal, and what is built twice costs once.

use std::collections::HashMap;
use std::ops::Not;

/// A formula or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lit(u32);

impl Lit {
    pub(crate) const TRUE: Self = Self(0);
    pub(crate) const FALSE: Self = Self(1);

    /// That a node is true.
    pub(crate) const fn of(node: u32) -> Self {
        Self(node << 1)
    }

    /// The node it is about.
    pub(crate) const fn node(self) -> u32 {
        self.0 >> 1
    }

    pub(crate) const fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    pub(crate) const fn is_constant(self) -> bool {
        self.0 < 2
    }
}

impl Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// True.
    Constant,
    /// Decided from outside.
    Input,
    /// Both hold.
    And(Lit, Lit),
}

/// Every formula made so far; a node's operands stand before it.
#[derive(Debug)]
pub(crate) struct Formulas {
    nodes: Vec<Shape>,
    known: HashMap<(Lit, Lit), Lit>,
}

impl Formulas {
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Shape::Constant],
            known: HashMap::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn shape(&self, node: u32) -> Shape {
        self.nodes[node as usize]
    }

    fn push(&mut self, shape: Shape) -> Lit {
        let node = self.nodes.len() as u32;
        self.nodes.push(shape);
        Lit::of(node)
    }

    pub(crate) fn input(&mut self) -> Lit {
        self.push(Shape::Input)
    }

    pub(crate) fn and(&mut self, a: Lit, b: Lit) -> Lit {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        if a == Lit::TRUE || a == b {
            return b;
        }
        if a == Lit::FALSE || a == !b {
            return Lit::FALSE;
        }
        if let Some(it) = self.by_operands(a, b).or_else(|| self.by_operands(b, a)) {
            return it;
        }
        if let (Some((p, q)), Some((r, s))) = (self.operands(a), self.operands(b))
            && (p == !r || p == !s || q == !r || q == !s)
        {
            return Lit::FALSE;
        }
        if let Some(it) = self.known.get(&(a, b)) {
            return *it;
        }
        let it = self.push(Shape::And(a, b));
        self.known.insert((a, b), it);
        it
    }

    /// The operands of a conjunction that is not negated.
    fn operands(&self, it: Lit) -> Option<(Lit, Lit)> {
        match self.shape(it.node()) {
            Shape::And(p, q) if !it.is_negated() => Some((p, q)),
            _ => None,
        }
    }

    /// `a and b` where `b` is a conjunction that says something about `a`.
    fn by_operands(&self, a: Lit, b: Lit) -> Option<Lit> {
        let Shape::And(p, q) = self.shape(b.node()) else {
            return None;
        };
        match b.is_negated() {
            false if a == p || a == q => Some(b),
            false if a == !p || a == !q => Some(Lit::FALSE),
            // Not both, and one of them is false already.
            true if a == !p || a == !q => Some(a),
            _ => None,
        }
    }

    pub(crate) fn or(&mut self, a: Lit, b: Lit) -> Lit {
        !self.and(!a, !b)
    }

    pub(crate) fn implies(&mut self, a: Lit, b: Lit) -> Lit {
        !self.and(a, !b)
    }

    /// Whether both are true or both are false.
    pub(crate) fn same(&mut self, a: Lit, b: Lit) -> Lit {
        let both = self.and(a, b);
        let neither = self.and(!a, !b);
        self.or(both, neither)
    }

    /// All of them, as a balanced tree: deep chains would be walked recursively by nobody, but
    /// solvers like them short.
    pub(crate) fn all(&mut self, them: impl IntoIterator<Item = Lit>) -> Lit {
        let mut level: Vec<Lit> = them.into_iter().collect();
        while level.len() > 1 {
            let pairs = level.chunks(2);
            level = pairs
                .map(|it| match *it {
                    [a, b] => self.and(a, b),
                    [a] => a,
                    _ => Lit::TRUE,
                })
                .collect();
        }
        level.pop().unwrap_or(Lit::TRUE)
    }

    pub(crate) fn any(&mut self, them: impl IntoIterator<Item = Lit>) -> Lit {
        !self.all(them.into_iter().map(Not::not))
    }

    /// A literal for each of `n` cases of which exactly one holds, whatever the new inputs are. The
    /// first case is the one where all inputs are false.
    pub(crate) fn cases(&mut self, n: usize) -> Vec<Lit> {
        let mut cases = Vec::with_capacity(n);
        self.split(n, Lit::TRUE, &mut cases);
        cases
    }

    fn split(&mut self, n: usize, under: Lit, cases: &mut Vec<Lit>) {
        match n {
            0 => {}
            1 => cases.push(under),
            _ => {
                let later = self.input();
                let (left, right) = (self.and(under, !later), self.and(under, later));
                let half = n.div_ceil(2);
                self.split(half, left, cases);
                self.split(n - half, right, cases);
            }
        }
    }

    /// The truth of every node, given that of the inputs.
    pub(crate) fn values(&self, input: impl Fn(u32) -> bool) -> Values {
        let mut values: Vec<bool> = Vec::with_capacity(self.nodes.len());
        for (node, shape) in (0u32..).zip(&self.nodes) {
            let value = match *shape {
                Shape::Constant => true,
                Shape::Input => input(node),
                Shape::And(a, b) => {
                    let holds = |it: Lit| values[it.node() as usize] != it.is_negated();
                    holds(a) && holds(b)
                }
            };
            values.push(value);
        }
        Values(values)
    }

    /// The same formulas with some inputs fixed.
    pub(crate) fn with(&mut self, them: &[Lit], fixed: &HashMap<u32, bool>) -> Vec<Lit> {
        let mut made: HashMap<u32, Lit> = HashMap::new();
        let cone = self.cone(them.iter().copied());
        for node in cone {
            let it = match self.shape(node) {
                Shape::Constant => Lit::TRUE,
                Shape::Input => match fixed.get(&node) {
                    Some(true) => Lit::TRUE,
                    Some(false) => Lit::FALSE,
                    None => Lit::of(node),
                },
                Shape::And(a, b) => {
                    let [a, b] = [a, b].map(|it| {
                        let made = made.get(&it.node()).copied().unwrap_or(Lit::TRUE);
                        if it.is_negated() { !made } else { made }
                    });
                    self.and(a, b)
                }
            };
            made.insert(node, it);
        }
        let new = |it: &Lit| {
            let made = made.get(&it.node()).copied().unwrap_or(Lit::TRUE);
            if it.is_negated() { !made } else { made }
        };
        them.iter().map(new).collect()
    }

    /// Every node that the formulas are made of, operands first.
    pub(crate) fn cone(&self, them: impl IntoIterator<Item = Lit>) -> Vec<u32> {
        let mut seen = std::collections::HashSet::new();
        let mut waiting: Vec<u32> = them.into_iter().map(Lit::node).collect();
        let mut cone = Vec::new();
        while let Some(node) = waiting.pop() {
            if seen.insert(node) {
                cone.push(node);
                if let Shape::And(a, b) = self.shape(node) {
                    waiting.extend([a.node(), b.node()]);
                }
            }
        }
        // A node stands after its operands.
        cone.sort_unstable();
        cone
    }

    /// The inputs that the formulas read.
    pub(crate) fn inputs(&self, them: impl IntoIterator<Item = Lit>) -> Vec<u32> {
        let mut cone = self.cone(them);
        cone.retain(|it| self.shape(*it) == Shape::Input);
        cone
    }
}

/// The truth of every formula in one case.
#[derive(Clone, Debug)]
pub(crate) struct Values(Vec<bool>);

impl Values {
    /// Whether a formula holds; one made later than the values does not.
    pub(crate) fn holds(&self, it: Lit) -> bool {
        let value = self.0.get(it.node() as usize);
        value.is_some_and(|value| *value != it.is_negated())
    }

    /// Whether a node is true.
    pub(crate) fn of_node(&self, node: u32) -> bool {
        self.0.get(node as usize).is_some_and(|it| *it)
    }
}

#[cfg(test)]
mod tests {
    use super::{Formulas, Lit};

    #[test]
    fn equal_formulas_are_one_literal() {
        let mut it = Formulas::new();
        let (a, b) = (it.input(), it.input());
        assert_eq!(it.and(a, b), it.and(b, a));
        assert_eq!(it.and(a, !a), Lit::FALSE);
        assert_eq!(it.or(a, !a), Lit::TRUE);
        let both = it.and(a, b);
        assert_eq!(it.and(a, both), both);
        assert_eq!(it.and(!a, both), Lit::FALSE);
    }

    #[test]
    fn exactly_one_case_holds_whatever_the_inputs() {
        let mut it = Formulas::new();
        let cases = it.cases(5);
        for bits in 0..256_u32 {
            let values = it.values(|node| bits & (1 << (node % 8)) != 0);
            assert_eq!(cases.iter().filter(|it| values.holds(**it)).count(), 1);
        }
        assert!(it.values(|_| false).holds(cases[0]));
    }

    #[test]
    fn fixing_inputs_folds_what_follows() {
        let mut it = Formulas::new();
        let (a, b) = (it.input(), it.input());
        let both = it.and(a, b);
        let fixed = [(a.node(), true)].into();
        assert_eq!(it.with(&[both, !both], &fixed), [b, !b]);
    }
}
