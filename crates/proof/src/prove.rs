//! The proof: every goal met by a sheet, shown to be impossible, or left open.

use std::collections::{BTreeMap, VecDeque};

use questionnaire::{Engine, Evaluation, Severity, Sheet};

use crate::encode::{Encoding, Rule, RuleKind};
use crate::formula::{Lit, Values};
use crate::goal::Goal;
use crate::realize::{Points, Search, sheet_of};
use crate::solver::{Answer, Budget, Sat};
use crate::widen::Widening;

/// Cases of the formulas that are tried for one goal before it is left open.
const MAX_TRIES: usize = 64;

/// Values that are taken one by one where a condition reads several numbers.
pub(crate) const MAX_POINTS: i128 = 24;

/// What is known of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// This sheet of [`Proof::sheets`] meets it; the engine says so.
    Met(usize),
    /// No complete sheet meets it.
    Never,
    /// Neither a sheet nor a proof was found within the budget.
    Open,
}

impl Status {
    /// Whether it is met: yes, no, or not proven.
    #[must_use]
    pub const fn truth(self) -> Option<bool> {
        match self {
            Self::Met(_) => Some(true),
            Self::Never => Some(false),
            Self::Open => None,
        }
    }
}

/// Goals that are not decided yet, and when they are met.
type Left = VecDeque<(Goal, Lit)>;

/// What is proven of a questionnaire.
pub struct Proof<'e> {
    pub(crate) encoding: Encoding<'e>,
    pub(crate) sat: Sat,
    pub(crate) budget: Budget,
    goals: BTreeMap<Goal, Status>,
    /// Whether anybody can complete the questionnaire.
    pub(crate) can_be_completed: Option<bool>,
    /// What sheets must keep: everything, or, where nobody can complete the questionnaire, only
    /// what is said of single answers.
    pub(crate) base: Lit,
    sheets: Vec<Sheet>,
    /// What else was left open.
    open: Vec<String>,
}

/// How many values of a number are taken one by one, for tests of the search.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// See [`Options`].
    pub max_points: i128,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_points: MAX_POINTS,
        }
    }
}

/// Proves what can be proven of a questionnaire within a budget.
#[must_use]
pub fn prove<'e>(engine: &'e Engine, budget: &Budget) -> Proof<'e> {
    prove_with(engine, budget, Options::default())
}

/// The same, with other bounds of what is taken value by value.
#[must_use]
pub fn prove_with<'e>(engine: &'e Engine, budget: &Budget, options: Options) -> Proof<'e> {
    let mut encoding = Encoding::new(engine, options.max_points);
    let complete: Vec<Lit> = encoding.rules.iter().map(|it| it.holds).collect();
    let complete = encoding.formulas.all(complete);
    let mut it = Proof {
        encoding,
        sat: Sat::new(budget),
        budget: budget.clone(),
        goals: BTreeMap::new(),
        can_be_completed: None,
        base: complete,
        sheets: Vec::new(),
        open: Vec::new(),
    };
    it.run();
    it
}

/// What a search for a sheet gave.
pub(crate) enum Found<'e> {
    Sheet(Box<Evaluation<'e>>),
    /// There is none.
    None,
    Open,
}

/// Neither found nor excluded within the budget.
struct Open;

impl<'e> Proof<'e> {
    /// The questionnaire.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.encoding.engine
    }

    /// How many formulas the questionnaire was read into: what a proof's memory grows with.
    #[must_use]
    pub fn n_formulas(&self) -> usize {
        self.encoding.formulas.len()
    }

    /// What is known of a goal; open if it is none of this questionnaire's.
    #[must_use]
    pub fn status(&self, goal: Goal) -> Status {
        self.goals.get(&goal).copied().unwrap_or(Status::Open)
    }

    /// Every goal, with what is known of it.
    pub fn goals(&self) -> impl Iterator<Item = (Goal, Status)> + '_ {
        self.goals.iter().map(|(goal, status)| (*goal, *status))
    }

    /// The sheet that shows it, if one was found.
    #[must_use]
    pub fn witness(&self, goal: Goal) -> Option<&Sheet> {
        match self.status(goal) {
            Status::Met(at) => self.sheets.get(at),
            Status::Never | Status::Open => None,
        }
    }

    /// Every sheet that was found.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Whether anybody can complete the questionnaire: yes, no, or not proven.
    #[must_use]
    pub fn can_be_completed(&self) -> Option<bool> {
        self.can_be_completed
    }

    /// What is neither shown nor excluded, in words that stay the same.
    #[must_use]
    pub fn unproven(&self) -> Vec<String> {
        let goals = self.goals().filter(|(_, status)| *status == Status::Open);
        let goals = goals.map(|(goal, _)| goal.name(self.engine()));
        let mut all: Vec<String> = goals.chain(self.open.iter().cloned()).collect();
        if self.can_be_completed.is_none() {
            all.push("complete".to_owned());
        }
        all
    }

    pub(crate) fn note_open(&mut self, what: String) {
        if !self.open.contains(&what) {
            self.open.push(what);
        }
    }

    fn run(&mut self) {
        let goals = Goal::all(&self.encoding).into_iter();
        let mut left: Left = goals.map(|it| (it, it.when(&mut self.encoding))).collect();
        match self.find(&[self.base], |it| it.verdict(None).complete) {
            Found::Sheet(evaluation) => {
                self.can_be_completed = Some(true);
                self.keep(&evaluation, &mut left);
            }
            Found::None => {
                self.can_be_completed = Some(false);
                self.base = self.answers_alone();
            }
            Found::Open => {}
        }
        let widening = Widening::new(&self.encoding);
        while let Some((goal, when)) = left.pop_front() {
            let status = self.decide(goal, when, &mut left, &widening);
            self.goals.insert(goal, status);
        }
    }

    /// That every answer is right by itself.
    pub(crate) fn answers_alone(&mut self) -> Lit {
        let rules = self.encoding.rules.iter();
        let rules: Vec<Lit> = rules
            .filter(|it| matches!(it.kind, RuleKind::Answer { .. } | RuleKind::Offer { .. }))
            .map(|it| it.holds)
            .collect();
        self.encoding.formulas.all(rules)
    }

    fn decide(&mut self, goal: Goal, when: Lit, left: &mut Left, widening: &Widening) -> Status {
        let is_hard = |proof: &Self, item: u32, nth: u16| {
            let checks = &proof.engine().instrument.items[item as usize].checks;
            checks
                .get(usize::from(nth))
                .is_some_and(|it| it.severity == Severity::Hard)
        };
        match goal {
            Goal::CheckFails(item, nth) if is_hard(self, item, nth) => {
                let others = self.all_but(item, nth);
                let alone = self.answers_alone();
                // Failing with others at the same time is failing too.
                for base in [others, alone] {
                    match self.find(&[base, when], |it| goal.is_met(it)) {
                        Found::Sheet(evaluation) => {
                            return self.keep(&evaluation, &mut Left::new());
                        }
                        Found::None => {}
                        Found::Open => return Status::Open,
                    }
                }
                Status::Never
            }
            _ => {
                let complete = self.can_be_completed != Some(false);
                let fits = |it: &Evaluation<'_>| {
                    goal.is_met(it) && (!complete || it.verdict(None).complete)
                };
                let them = [self.base, when];
                match self.find_case(&them, fits) {
                    Ok(Some((evaluation, values))) => {
                        let wider = self.wider(&values, &them, left, widening, fits);
                        self.keep(wider.as_ref().unwrap_or(&evaluation), left)
                    }
                    Ok(None) => Status::Never,
                    Err(Open) => Status::Open,
                }
            }
        }
    }

    /// Every rule but one check.
    pub(crate) fn all_but(&mut self, item: u32, nth: u16) -> Lit {
        let is_it = |it: &Rule| matches!(it.kind, RuleKind::Check { item: a, nth: b, .. } if (a, b) == (item, nth));
        // True in its place: the tree over all rules changes on one path only.
        let rules = self.encoding.rules.iter();
        let rules: Vec<Lit> = rules
            .map(|it| if is_it(it) { Lit::TRUE } else { it.holds })
            .collect();
        self.encoding.formulas.all(rules)
    }

    /// A sheet that shows more of what is left.
    fn wider(
        &self,
        values: &Values,
        kept: &[Lit],
        left: &Left,
        widening: &Widening,
        fits: impl Fn(&Evaluation<'e>) -> bool,
    ) -> Option<Evaluation<'e>> {
        // What fails a check is a sheet of its own: the others are what people mean by an example.
        let wanted = left
            .iter()
            .filter(|it| !matches!(it.0, Goal::CheckFails(..)));
        let wanted: Vec<Lit> = wanted.map(|it| it.1).collect();
        let values = widening.widen(&self.encoding, values, kept, &wanted, &self.budget)?;
        let Search::Found(points) = self.encoding.search(&values, &self.budget) else {
            return None;
        };
        let texts = [false, true].into_iter();
        let mut sheets = texts.map(|it| self.encoding.evaluation(&values, &points, it));
        sheets.find(fits)
    }

    /// Keeps a sheet, and notes what it shows of what is left.
    fn keep(&mut self, evaluation: &Evaluation<'_>, left: &mut Left) -> Status {
        let complete = evaluation.verdict(None).complete;
        if complete {
            self.can_be_completed = Some(true);
        }
        let status = Status::Met(self.sheets.len());
        left.retain(|(goal, _)| {
            let is_met =
                (complete || !matches!(goal, Goal::CheckFails(..))) && goal.is_met(evaluation);
            if is_met {
                self.goals.insert(*goal, status);
            }
            !is_met
        });
        self.sheets.push(sheet_of(evaluation));
        status
    }

    /// Looks for a sheet in which formulas hold and which the engine finds fitting.
    pub(crate) fn find(
        &mut self,
        them: &[Lit],
        fits: impl Fn(&Evaluation<'e>) -> bool,
    ) -> Found<'e> {
        match self.find_case(them, fits) {
            Ok(Some((evaluation, _))) => Found::Sheet(Box::new(evaluation)),
            Ok(None) => Found::None,
            Err(Open) => Found::Open,
        }
    }

    /// The same, with the case of the formulas that the sheet is of; none if there is none.
    fn find_case(
        &mut self,
        them: &[Lit],
        fits: impl Fn(&Evaluation<'e>) -> bool,
    ) -> Result<Option<(Evaluation<'e>, Values)>, Open> {
        for _ in 0..MAX_TRIES {
            let values = match self.sat.ask(&self.encoding.formulas, them) {
                Answer::Yes(values) => values,
                Answer::No(_) => return Ok(None),
                Answer::Unknown => return Err(Open),
            };
            for one_text in [false, true] {
                let evaluation = self.encoding.evaluation(&values, &Points::new(), one_text);
                if fits(&evaluation) {
                    return Ok(Some((evaluation, values)));
                }
            }
            match self.encoding.search(&values, &self.budget) {
                Search::Found(points) => {
                    for one_text in [false, true] {
                        let evaluation = self.encoding.evaluation(&values, &points, one_text);
                        if fits(&evaluation) {
                            return Ok(Some((evaluation, values)));
                        }
                    }
                    return Err(Open);
                }
                Search::Impossible(because) => {
                    let clause: Vec<Lit> = because.into_iter().map(|it| !it).collect();
                    self.sat.require_any(&self.encoding.formulas, &clause);
                }
                Search::GaveUp => return Err(Open),
            }
        }
        Err(Open)
    }
}
