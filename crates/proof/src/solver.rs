//! Can these formulas hold together? Asked of a SAT solver, within a budget of steps.

use std::cell::Cell;
use std::rc::Rc;

use batsat::{Callbacks, Solver, SolverInterface, SolverOpts, lbool};

use crate::formula::{Formulas, Lit, Shape, Values};

/// Steps of a question that need not be answered.
const BRIEFLY: u64 = 2_000;

/// How much a proof may cost, in steps: decisions of the solver, nodes of diagrams, boxes of numbers
/// looked at. The same steps are taken on every machine.
#[derive(Clone, Debug)]
pub struct Budget {
    left: Rc<Cell<u64>>,
    given: u64,
    /// Steps left for one question.
    question: Rc<Cell<u64>>,
}

impl Budget {
    /// Enough for questionnaires of thousands of items.
    pub const DEFAULT_STEPS: u64 = 20_000_000;

    /// So many steps.
    #[must_use]
    pub fn new(steps: u64) -> Self {
        Self {
            left: Rc::new(Cell::new(steps)),
            given: steps,
            question: Rc::new(Cell::new(u64::MAX)),
        }
    }

    /// Steps taken so far.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.given - self.left.get()
    }

    /// Takes steps; whether there were so many left.
    pub(crate) fn take(&self, steps: u64) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(steps));
        left > steps
    }

    pub(crate) fn is_met(&self) -> bool {
        self.left.get() == 0
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(Self::DEFAULT_STEPS)
    }
}

impl Callbacks for Budget {
    fn stop(&self) -> bool {
        let left = self.question.get();
        self.question.set(left.saturating_sub(1));
        left == 0 || !self.take(1)
    }
}

/// What the solver answers.
#[derive(Debug)]
pub(crate) enum Answer {
    /// They can, as in this case.
    Yes(Values),
    /// They cannot; these of the assumptions are enough for that.
    No(Vec<Lit>),
    /// The budget is met.
    Unknown,
}

/// A solver that learns of formulas when they are first asked about.
pub(crate) struct Sat {
    solver: Solver<Budget>,
    vars: Vec<Option<batsat::Var>>,
    budget: Budget,
}

impl Sat {
    pub(crate) fn new(budget: &Budget) -> Self {
        Self {
            solver: Solver::new(SolverOpts::default(), budget.clone()),
            vars: Vec::new(),
            budget: budget.clone(),
        }
    }

    fn known(&self, node: u32) -> Option<batsat::Var> {
        self.vars.get(node as usize).copied().flatten()
    }

    fn add(&mut self, formulas: &Formulas, node: u32) {
        if self.vars.len() <= node as usize {
            self.vars.resize(node as usize + 1, None);
        }
        // Only inputs are decided, the rest follows from them: false where nothing asks for another
        // value, the first case. Deciding what formulas are to give instead makes searches of
        // questionnaires with many comparisons several times longer.
        let is_input = formulas.shape(node) == Shape::Input;
        self.vars[node as usize] = Some(self.solver.new_var(lbool::FALSE, is_input));
    }

    /// The literal of a formula that was learned.
    fn lit(&self, it: Lit) -> batsat::Lit {
        let var = self.known(it.node()).unwrap_or(batsat::Var::UNDEF);
        batsat::Lit::new(var, !it.is_negated())
    }

    fn clause(&mut self, lits: &[batsat::Lit]) {
        self.solver.add_clause_reuse(&mut lits.to_vec());
    }

    /// Tells the solver what a formula is made of (Tseitin's transformation).
    fn learn(&mut self, formulas: &Formulas, it: Lit) {
        let mut waiting = vec![it.node()];
        let mut new = Vec::new();
        while let Some(node) = waiting.pop() {
            if self.known(node).is_none() {
                self.add(formulas, node);
                new.push(node);
                if let Shape::And(a, b) = formulas.shape(node) {
                    waiting.extend([a.node(), b.node()]);
                }
            }
        }
        for node in new {
            let me = self.lit(Lit::of(node));
            match formulas.shape(node) {
                Shape::Constant => self.clause(&[me]),
                Shape::Input => {}
                Shape::And(a, b) => {
                    let [a, b] = [a, b].map(|it| self.lit(it));
                    self.clause(&[!me, a]);
                    self.clause(&[!me, b]);
                    self.clause(&[me, !a, !b]);
                }
            }
        }
    }

    /// One of them holds from now on.
    pub(crate) fn require_any(&mut self, formulas: &Formulas, them: &[Lit]) {
        let mut clause = Vec::new();
        for it in them {
            self.learn(formulas, *it);
            clause.push(self.lit(*it));
        }
        self.solver.add_clause_reuse(&mut clause);
    }

    /// Whether all of them can hold together; `None` when the budget is met.
    pub(crate) fn can(&mut self, formulas: &Formulas, them: &[Lit]) -> Option<bool> {
        if self.budget.is_met() {
            return None;
        }
        if them.contains(&Lit::FALSE) {
            return Some(false);
        }
        let assumed = self.assume(formulas, them);
        match self.solver.solve_limited(&assumed) {
            it if it == lbool::TRUE => Some(true),
            it if it == lbool::FALSE => Some(false),
            _ => None,
        }
    }

    fn assume(&mut self, formulas: &Formulas, them: &[Lit]) -> Vec<batsat::Lit> {
        let mut assumed = Vec::with_capacity(them.len());
        for it in them {
            self.learn(formulas, *it);
            assumed.push(self.lit(*it));
        }
        assumed
    }

    /// The same, given up after a few steps: for questions of which none must be answered. More
    /// choices than units to make them in are easily asked for, and hard to exclude.
    pub(crate) fn ask_briefly(&mut self, formulas: &Formulas, them: &[Lit]) -> Answer {
        self.budget.question.set(BRIEFLY);
        let answer = self.ask(formulas, them);
        self.budget.question.set(u64::MAX);
        answer
    }

    /// Whether all of them can hold together, with a case or with what excludes it.
    pub(crate) fn ask(&mut self, formulas: &Formulas, them: &[Lit]) -> Answer {
        if self.budget.is_met() {
            return Answer::Unknown;
        }
        if them.contains(&Lit::FALSE) {
            return Answer::No(vec![Lit::FALSE]);
        }
        let assumed = self.assume(formulas, them);
        let answer = self.solver.solve_limited(&assumed);
        if answer == lbool::TRUE {
            let value = |node: u32| {
                let var = self.known(node);
                var.is_some_and(|it| self.solver.value_var(it) == lbool::TRUE)
            };
            Answer::Yes(formulas.values(value))
        } else if answer == lbool::FALSE {
            let core = self.solver.unsat_core();
            let pairs = them.iter().zip(&assumed);
            let core = pairs.filter(|(_, lit)| core.contains(&!**lit) || core.contains(lit));
            Answer::No(core.map(|(it, _)| *it).collect())
        } else {
            Answer::Unknown
        }
    }
}
