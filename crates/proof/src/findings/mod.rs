//! What the proof found, in words, with places in the file and sheets that show it.
//!
//! One fault, one finding: what follows from something already told is left out.

mod blocked;
mod places;
mod reads;
mod rule;

use std::collections::BTreeSet;

use expr::{Lang, Severity};
use questionnaire::document::{Questionnaire, SourceMap};
use questionnaire::instrument::Kind;
use questionnaire::layout::Source;
use questionnaire::{Position, Sheet};

use crate::encode::RuleKind;
use crate::formula::Lit;
use crate::goal::Goal;
use crate::prove::{Found, Proof, Status};
use crate::solver::Answer;
use places::Places;

pub use rule::{RULES, Rule};

/// Something found about a questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of thing.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// Where.
    pub position: Position,
    /// What it is about: an id or a code.
    pub subject: String,
    /// Conditions that exclude each other, checks that block, or what remains unproven.
    pub because: Vec<String>,
    /// A sheet that shows it, where one can.
    pub witness: Option<Box<Sheet>>,
}

impl Finding {
    /// What was found, in one sentence.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.rule.message(lang, &self.subject, &self.why(lang))
    }

    /// What to do.
    #[must_use]
    pub fn suggestion(&self, lang: Lang) -> String {
        self.rule.hint(lang, &self.subject, &self.why(lang))
    }

    fn why(&self, lang: Lang) -> String {
        if self.rule.code == rule::EXCLUSIVE_AGAINST_MINIMUM.code
            || self.rule.code == rule::UNPROVEN.code
        {
            return self.because.join(", ");
        }
        let quoted = |it: &String| match lang {
            Lang::Fr => format!("« {it} »"),
            Lang::En => format!("`{it}`"),
        };
        let list: Vec<String> = self.because.iter().map(quoted).collect();
        match (list.as_slice(), lang) {
            ([], _) => String::new(),
            ([one], Lang::Fr) => format!(" : {one} n’est jamais vrai ici"),
            ([one], Lang::En) => format!(": {one} never holds here"),
            ([them @ .., last], Lang::Fr) => {
                format!(" : {} et {last} s’excluent", them.join(", "))
            }
            ([them @ .., last], Lang::En) => {
                format!(": {} and {last} exclude each other", them.join(", "))
            }
        }
    }
}

impl Proof<'_> {
    /// Everything found, in the order of the file. The document and the map are those that the
    /// engine was compiled from ([`questionnaire::check`]).
    pub fn findings(&mut self, document: &Questionnaire, map: &SourceMap) -> Vec<Finding> {
        let mut it = Findings {
            places: Places::new(document, map),
            proof: self,
            found: Vec::new(),
            told: BTreeSet::new(),
        };
        it.empty_rosters();
        it.too_few_choices();
        it.dead_ends();
        it.filters();
        it.choices();
        it.computed();
        it.fills();
        it.checks();
        it.reads();
        it.unproven();
        let mut found = it.found;
        found.sort_by_key(|it| (it.position, it.rule.code));
        found.dedup();
        found
    }
}

/// What is wrong already: what follows from it is not told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// A check of an item.
    Check(u32, u16),
    /// Everything about the answers of an item.
    Item(u32),
}

struct Findings<'p, 'e, 'd> {
    proof: &'p mut Proof<'e>,
    places: Places<'d>,
    found: Vec<Finding>,
    told: BTreeSet<Told>,
}

impl Findings<'_, '_, '_> {
    fn push(&mut self, rule: &'static Rule, position: Position, subject: &str) -> &mut Finding {
        self.found.push(Finding {
            rule,
            severity: rule.severity,
            position,
            subject: subject.to_owned(),
            because: Vec::new(),
            witness: None,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    fn id(&self, item: u32) -> String {
        self.proof.engine().instrument.items[item as usize]
            .id
            .clone()
    }

    fn is_never(&self, goal: Goal) -> bool {
        self.proof.status(goal) == Status::Never
    }

    fn is_met(&self, goal: Goal) -> bool {
        matches!(self.proof.status(goal), Status::Met(_))
    }

    /// Whether a goal is impossible only because of something told already.
    fn is_explained(&mut self, goal: Goal) -> bool {
        if self.told.is_empty() {
            return false;
        }
        let when = goal.when(&mut self.proof.encoding);
        let rules = self.proof.encoding.rules.clone();
        let mut asked: Vec<Lit> = rules.iter().map(|it| it.holds).collect();
        asked.push(when);
        let Answer::No(core) = self.proof.sat.ask(&self.proof.encoding.formulas, &asked) else {
            return false;
        };
        let engine = self.proof.engine();
        rules
            .iter()
            .filter(|it| core.contains(&it.holds))
            .any(|it| {
                let check = match it.kind {
                    RuleKind::Check { item, nth, .. } => {
                        self.told.contains(&Told::Check(item, nth))
                    }
                    _ => false,
                };
                check || self.told.contains(&Told::Item(it.item(engine)))
            })
    }

    /// Filters that never hold, always hold, or repeat what encloses them.
    fn filters(&mut self) {
        let goals: Vec<Source> = self
            .proof
            .goals()
            .filter_map(|(goal, _)| match goal {
                Goal::Holds(source) => Some(source),
                _ => None,
            })
            .collect();
        for source in goals {
            if self.is_never(Goal::Holds(source)) && self.is_met(Goal::Hides(source)) {
                self.never_holds(source);
            }
            if self.is_never(Goal::Hides(source)) && self.is_met(Goal::Holds(source)) {
                self.always_holds(source);
            }
        }
    }

    fn subject(&self, source: Source) -> String {
        let instrument = &self.proof.engine().instrument;
        let choice = |item: u32, code: u16| {
            let list = instrument.items[item as usize].list();
            list.and_then(|it| instrument.lists.get(it as usize)?.choice(code))
                .map_or_else(String::new, |it| it.code.clone())
        };
        match source {
            Source::Block(it) => instrument.blocks[it as usize].id.clone(),
            Source::Page(it) => instrument.pages[it as usize].id.clone(),
            Source::Item(it) | Source::Value(it) => self.id(it),
            Source::Row(it, row) => match &instrument.items[it as usize].kind {
                Kind::Grid { rows, .. } => {
                    format!("{}[{}]", self.id(it), rows[usize::from(row)].code)
                }
                _ => self.id(it),
            },
            Source::Choice(it, nth) => {
                let (code, _) = instrument.items[it as usize].choice_filters[usize::from(nth)];
                choice(it, code)
            }
            Source::Check(it, nth) => instrument.items[it as usize].checks[usize::from(nth)]
                .id
                .clone(),
            Source::Fill(it, _) => instrument.fills[it as usize].id.clone(),
        }
    }

    fn never_holds(&mut self, source: Source) {
        if self.is_explained(Goal::Holds(source)) {
            return;
        }
        let rule = match source {
            Source::Block(_) => &rule::BLOCK_UNREACHABLE,
            Source::Page(_) => &rule::PAGE_UNREACHABLE,
            Source::Row(..) => &rule::ROW_UNREACHABLE,
            Source::Choice(..) => &rule::CHOICE_NEVER_OFFERED,
            _ => &rule::ITEM_UNREACHABLE,
        };
        let (position, subject) = (
            self.places.source(self.proof.engine(), source),
            self.subject(source),
        );
        let because = self.conflict(source);
        let witness = self.proof.witness(Goal::Hides(source)).cloned();
        let it = self.push(rule, position, &subject);
        it.because = because;
        it.witness = witness.map(Box::new);
    }

    /// Which parts of a filter, and of those around it, cannot hold together.
    fn conflict(&mut self, source: Source) -> Vec<String> {
        let layout = &self.proof.engine().layout;
        let gate = (0u32..)
            .zip(layout.gates())
            .find(|(_, it)| it.filter == Some(source))
            .map(|(at, _)| at);
        let mut sources = vec![source];
        let mut at = match (gate, source) {
            (Some(gate), _) => layout.gates()[gate as usize].parent,
            (None, Source::Choice(item, _)) => layout.item_gate(item, None),
            _ => None,
        };
        while let Some(gate) = at {
            let gate = &layout.gates()[gate as usize];
            sources.extend(gate.filter);
            at = gate.parent;
        }
        let unit = gate.and_then(|it| layout.gates()[it as usize].unit);
        let mut parts: Vec<(String, Lit)> = Vec::new();
        for source in sources.into_iter().rev() {
            parts.extend(self.proof.encoding.conjuncts(source, unit));
        }
        let mut asked: Vec<Lit> = parts.iter().map(|it| it.1).collect();
        asked.push(self.proof.base);
        match self.proof.sat.ask(&self.proof.encoding.formulas, &asked) {
            Answer::No(core) => {
                let among = parts.into_iter().filter(|it| core.contains(&it.1));
                let mut texts: Vec<String> = among.map(|it| it.0).collect();
                texts.dedup();
                texts
            }
            _ => Vec::new(),
        }
    }

    fn always_holds(&mut self, source: Source) {
        let mut alone = Vec::new();
        for (_, yes) in self.proof.encoding.filters_at(source) {
            alone.push(!yes);
        }
        let some = self.proof.encoding.formulas.any(alone);
        let base = self.proof.base;
        let never = matches!(self.proof.find(&[base, some], |_| true), Found::None);
        let rule = if never {
            &rule::ALWAYS_HOLDS
        } else {
            &rule::REPEATS_ENCLOSING
        };
        let (position, subject) = (
            self.places.source(self.proof.engine(), source),
            self.subject(source),
        );
        let witness = self.proof.witness(Goal::Holds(source)).cloned();
        self.push(rule, position, &subject).witness = witness.map(Box::new);
    }

    fn choices(&mut self) {
        let goals: Vec<(u32, u16)> = self
            .proof
            .goals()
            .filter_map(|(goal, status)| match goal {
                Goal::Picks(item, code) if status == Status::Never => Some((item, code)),
                _ => None,
            })
            .collect();
        for (item, code) in goals {
            let filters = &self.proof.engine().instrument.items[item as usize].choice_filters;
            let filter = filters.iter().position(|it| it.0 == code);
            let is_filtered_out = filter
                .is_some_and(|nth| self.is_never(Goal::Holds(Source::Choice(item, nth as u16))));
            if is_filtered_out
                || !self.is_met(Goal::Item(item))
                || self.told.contains(&Told::Item(item))
                || self.is_explained(Goal::Picks(item, code))
            {
                continue;
            }
            let instrument = &self.proof.engine().instrument;
            let list = instrument.items[item as usize].list();
            let choice = list.and_then(|it| instrument.lists.get(it as usize)?.choice(code));
            let subject = choice.map_or_else(String::new, |it| it.code.clone());
            let position = self.places.choice(item, code);
            let because = self.excluding(Goal::Picks(item, code));
            self.push(&rule::CHOICE_NEVER_PICKED, position, &subject)
                .because = because;
        }
    }

    /// The checks without which a goal could be met.
    fn excluding(&mut self, goal: Goal) -> Vec<String> {
        let when = goal.when(&mut self.proof.encoding);
        let rules = self.proof.encoding.rules.clone();
        let mut asked: Vec<Lit> = rules.iter().map(|it| it.holds).collect();
        asked.push(when);
        let Answer::No(core) = self.proof.sat.ask(&self.proof.encoding.formulas, &asked) else {
            return Vec::new();
        };
        let among = rules.iter().filter(|it| core.contains(&it.holds));
        let engine = self.proof.engine();
        let mut texts: Vec<String> = among
            .filter_map(|it| match it.kind {
                RuleKind::Check { item, nth, .. } => {
                    let source = Source::Check(item, nth);
                    source.condition(&engine.instrument)
                }
                _ => None,
            })
            .map(|it| it.source.clone())
            .collect();
        texts.dedup();
        // One check alone excludes it: « never holds » would be said of the wrong thing.
        if texts.len() == 1 { Vec::new() } else { texts }
    }

    fn computed(&mut self) {
        let items = (0u32..).zip(&self.proof.engine().instrument.items);
        let computed: Vec<u32> = items
            .filter(|(_, it)| matches!(it.kind, Kind::Computed { .. }))
            .map(|(it, _)| it)
            .collect();
        for item in computed {
            if self.is_never(Goal::Value(item)) && self.is_met(Goal::Item(item)) {
                let position = self.places.source(self.proof.engine(), Source::Value(item));
                let subject = self.id(item);
                let witness = self.proof.witness(Goal::Item(item)).cloned();
                self.push(&rule::NEVER_COMPUTED, position, &subject).witness =
                    witness.map(Box::new);
            }
        }
    }

    fn fills(&mut self) {
        let goals: Vec<(u32, u16)> = self
            .proof
            .goals()
            .filter_map(|(goal, status)| match goal {
                Goal::Case(fill, case) if status == Status::Never => Some((fill, case)),
                _ => None,
            })
            .collect();
        for (fill, case) in goals {
            let source = Source::Fill(fill, case);
            let position = self.places.source(self.proof.engine(), source);
            let subject = self.subject(source);
            self.push(&rule::CASE_NEVER_USED, position, &subject);
        }
    }

    fn checks(&mut self) {
        let checks: Vec<(u32, u16)> = self
            .proof
            .goals()
            .filter_map(|(goal, _)| match goal {
                Goal::CheckHolds(item, nth) => Some((item, nth)),
                _ => None,
            })
            .collect();
        for (item, nth) in checks {
            let (fails, holds) = (Goal::CheckFails(item, nth), Goal::CheckHolds(item, nth));
            if self.told.contains(&Told::Check(item, nth))
                || self.told.contains(&Told::Item(item))
                || !self.is_met(Goal::Item(item))
            {
                continue;
            }
            let source = Source::Check(item, nth);
            let position = self.places.source(self.proof.engine(), source);
            let subject = self.subject(source);
            if self.is_never(fails) {
                let witness = self.proof.witness(holds).cloned();
                self.push(&rule::NEVER_FAILS, position, &subject).witness = witness.map(Box::new);
            } else if self.is_never(holds) && self.is_met(fails) && !self.is_explained(holds) {
                let hard = self.proof.engine().instrument.items[item as usize].checks
                    [usize::from(nth)]
                .severity
                    == questionnaire::Severity::Hard;
                let witness = self.proof.witness(fails).cloned();
                let it = self.push(&rule::NEVER_PASSES, position, &subject);
                it.witness = witness.map(Box::new);
                if !hard {
                    it.severity = Severity::Warning;
                }
            }
        }
    }

    fn unproven(&mut self) {
        let mut open = self.proof.unproven();
        if open.is_empty() {
            return;
        }
        open.sort();
        open.dedup();
        self.push(&rule::UNPROVEN, Position::START, "").because = open;
    }
}
