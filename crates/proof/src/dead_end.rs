//! Pages that somebody reaches and can never leave.
//!
//! « Some answers given before, such that all answers given here are refused » alternates between
//! « some » and « all »: a case of the earlier answers is guessed, answers here are looked for, and
//! what they would have helped with is excluded from the next guess (counterexample-guided).

use std::collections::{BTreeSet, HashMap};

use crate::encode::{Rule, RuleKind};
use crate::formula::{Lit, Values};
use crate::prove::Proof;
use crate::solver::Answer;

/// Most guesses for one page.
const MAX_GUESSES: usize = 200;
/// Most open comparisons of one rule: each may double what is said of it.
const MAX_OPEN: usize = 10;

/// What was found of a page.
pub(crate) enum DeadEnd {
    /// Everybody who reaches it can leave it.
    None,
    /// With these earlier answers nobody can; these of the page's rules are why.
    Some(Values, Vec<Rule>),
    /// Not proven.
    Open,
}

impl Proof<'_> {
    /// Looks for answers with which a page can be reached and not left.
    pub(crate) fn dead_end(&mut self, page: u32) -> DeadEnd {
        let rules: Vec<Rule> = self.encoding.rules.to_vec();
        let here: Vec<Rule> = rules.iter().filter(|it| it.page == page).copied().collect();
        if here.is_empty() {
            return DeadEnd::None;
        }
        let earlier = rules.iter().filter(|it| it.page < page).map(|it| it.holds);
        let earlier = self.encoding.formulas.all(earlier);
        let gate = self.engine().layout.page_gate(page);
        let reached = gate.map_or(Lit::TRUE, |it| self.encoding.gates[it as usize]);
        // What ranges of numbers leave open could help or hinder: first it may help.
        let all = self.encoding.formulas.all(here.iter().map(|it| it.holds));
        let given_here = self.inputs_from(page);
        let opens = self.open_inputs();
        let helped = self.guess(reached, earlier, all, |it| {
            given_here.contains(&it) || opens.contains(&it)
        });
        match helped {
            Guess::Stuck(values) => {
                let fixed = self.fixed(all, &values, |it| {
                    given_here.contains(&it) || opens.contains(&it)
                });
                let lits: Vec<Lit> = here.iter().map(|it| it.holds).collect();
                let lits = self.encoding.formulas.with(&lits, &fixed);
                let why = match self.sat.ask(&self.encoding.formulas, &lits) {
                    Answer::No(core) => here
                        .iter()
                        .zip(&lits)
                        .filter(|(_, lit)| core.contains(lit))
                        .map(|(it, _)| *it)
                        .collect(),
                    _ => here,
                };
                DeadEnd::Some(values, why)
            }
            Guess::Open => DeadEnd::Open,
            Guess::Free => {
                let read = self.encoding.formulas.inputs([all]);
                if !read.iter().any(|it| opens.contains(it)) {
                    return DeadEnd::None;
                }
                // Now it may only hinder: whatever it gives, there must be a way out.
                let Some(whatever) = self.whatever(here.iter().map(|it| it.holds), &opens) else {
                    return DeadEnd::Open;
                };
                match self.guess(reached, earlier, whatever, |it| given_here.contains(&it)) {
                    Guess::Free => DeadEnd::None,
                    Guess::Stuck(_) | Guess::Open => DeadEnd::Open,
                }
            }
        }
    }

    /// That rules hold whatever open comparisons give; `None` where there are too many of these.
    pub(crate) fn whatever(
        &mut self,
        rules: impl Iterator<Item = Lit>,
        opens: &BTreeSet<u32>,
    ) -> Option<Lit> {
        let formulas = &mut self.encoding.formulas;
        let mut all = Vec::new();
        for rule in rules {
            let mut rule = rule;
            let read = formulas.inputs([rule]);
            let among: Vec<u32> = read.into_iter().filter(|it| opens.contains(it)).collect();
            if among.len() > MAX_OPEN {
                return None;
            }
            for open in among {
                let cases =
                    [true, false].map(|it| formulas.with(&[rule], &HashMap::from([(open, it)]))[0]);
                rule = formulas.and(cases[0], cases[1]);
            }
            all.push(rule);
        }
        Some(formulas.all(all))
    }

    /// Inputs of answers that can still be given on a page or after it.
    fn inputs_from(&self, page: u32) -> BTreeSet<u32> {
        let encoding = &self.encoding;
        let instrument = &encoding.engine.instrument;
        let mut lits: Vec<Lit> = Vec::new();
        for (slot, domain) in encoding.engine.layout.slots().iter().zip(&encoding.domains) {
            if slot.page >= page {
                lits.extend(domain.classes.iter().map(|it| it.lit));
                let set = domain.set.iter().flat_map(|it| &it.chosen);
                lits.extend(set.map(|it| it.1));
            }
        }
        for (roster, cases) in instrument.rosters.iter().zip(&encoding.n_units) {
            if instrument.items[roster.item as usize].page >= page {
                lits.extend(cases);
            }
        }
        encoding.formulas.inputs(lits).into_iter().collect()
    }

    pub(crate) fn open_inputs(&self) -> BTreeSet<u32> {
        let opens = self.encoding.opens.iter();
        opens
            .flat_map(|it| [it.value, it.missing])
            .filter(|it| !it.is_constant())
            .map(Lit::node)
            .collect()
    }

    /// The inputs a formula reads that are not given here, as a case has them.
    fn fixed(&self, it: Lit, values: &Values, is_here: impl Fn(u32) -> bool) -> HashMap<u32, bool> {
        let read = self.encoding.formulas.inputs([it]).into_iter();
        read.filter(|it| !is_here(*it))
            .map(|it| (it, values.of_node(it)))
            .collect()
    }

    fn guess(
        &mut self,
        reached: Lit,
        earlier: Lit,
        leaves: Lit,
        is_here: impl Fn(u32) -> bool,
    ) -> Guess {
        let mut stuck = !leaves;
        for _ in 0..MAX_GUESSES {
            let values = match self
                .sat
                .ask(&self.encoding.formulas, &[reached, earlier, stuck])
            {
                Answer::Yes(values) => values,
                Answer::No(_) => return Guess::Free,
                Answer::Unknown => return Guess::Open,
            };
            let fixed = self.fixed(leaves, &values, &is_here);
            let way = self.encoding.formulas.with(&[leaves], &fixed)[0];
            let out = match self.sat.ask(&self.encoding.formulas, &[way]) {
                Answer::Yes(values) => values,
                Answer::No(_) => return Guess::Stuck(values),
                Answer::Unknown => return Guess::Open,
            };
            let read = self.encoding.formulas.inputs([leaves]);
            let answers: HashMap<u32, bool> = read
                .into_iter()
                .filter(|it| is_here(*it))
                .map(|it| (it, out.of_node(it)))
                .collect();
            let helped = self.encoding.formulas.with(&[leaves], &answers)[0];
            stuck = self.encoding.formulas.and(stuck, !helped);
        }
        Guess::Open
    }
}

enum Guess {
    /// With these earlier answers there is no way out.
    Stuck(Values),
    /// There always is one.
    Free,
    Open,
}

impl Rule {
    /// The item it is about.
    pub(crate) fn item(&self, engine: &questionnaire::Engine) -> u32 {
        match self.kind {
            RuleKind::Answer { slot } | RuleKind::Offer { slot } => {
                engine.layout.slots()[slot as usize].item
            }
            RuleKind::Check { item, .. } => item,
            RuleKind::Units { roster } => engine.instrument.rosters[roster as usize].item,
        }
    }
}
