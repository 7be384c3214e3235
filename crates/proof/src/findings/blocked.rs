//! What keeps respondents from going on: dead ends, questions without an accepted answer, rosters
//! that may be empty where a check needs a unit.

use questionnaire::Severity;
use questionnaire::instrument::{Kind, Units};
use questionnaire::layout::{Source, Var};

use super::{Findings, Told, rule};
use crate::dead_end::DeadEnd;
use crate::encode::{Rule, RuleKind};
use crate::formula::Lit;
use crate::goal::Goal;
use crate::prove::Found;
use crate::realize::{Points, sheet_of};

impl Findings<'_, '_, '_> {
    /// Hard checks that fail where a roster has no unit, though not everywhere.
    pub(super) fn empty_rosters(&mut self) {
        let engine = self.proof.engine();
        for (ix, item) in (0u32..).zip(&engine.instrument.items) {
            for (nth, check) in (0u16..).zip(&item.checks) {
                if check.severity != Severity::Hard || item.roster.is_some() {
                    continue;
                }
                let mut rosters = Vec::new();
                self.rosters_read(&check.require.program, &mut rosters, 0);
                for roster in rosters {
                    if self.needs_a_unit(ix, nth, roster) {
                        let source = Source::Check(ix, nth);
                        let position = self.places.source(engine, source);
                        let subject = self.id(engine.instrument.rosters[roster as usize].item);
                        self.push(&rule::EMPTY_ROSTER, position, &subject);
                        self.told.insert(Told::Check(ix, nth));
                        break;
                    }
                }
            }
        }
    }

    fn rosters_read(&self, program: &expr::Program, rosters: &mut Vec<u32>, depth: usize) {
        let engine = self.proof.engine();
        let dependencies = program.dependencies();
        for it in &dependencies.rosters {
            if !rosters.contains(&it.0) {
                rosters.push(it.0);
            }
        }
        for var in &dependencies.vars {
            let Some(Var::Computed(first)) = engine.layout.var(*var) else {
                continue;
            };
            let cell = engine.layout.computed_cells().get(first as usize);
            let item = cell.and_then(|it| engine.instrument.items.get(it.item as usize));
            if let (Some(Kind::Computed { value }), true) = (item.map(|it| &it.kind), depth < 16) {
                self.rosters_read(&value.program, rosters, depth + 1);
            }
        }
    }

    /// Whether without a unit the check always fails, while it may be kept with some.
    fn needs_a_unit(&mut self, item: u32, nth: u16, roster: u32) -> bool {
        let it = &self.proof.engine().instrument.rosters[roster as usize];
        if matches!(it.units, Units::Free { min, .. } if min > 0) {
            return false;
        }
        let encoding = &mut self.proof.encoding;
        let asked = encoding.item_gate(it.item, None);
        let units = encoding.existing(expr::RosterId(roster));
        let some = encoding.formulas.any(units);
        let truth = encoding.check(item, None, usize::from(nth));
        let gate = encoding.item_gate(item, None);
        let others = self.proof.all_but(item, nth);
        let empty = [others, asked, !some, gate];
        let with = |more: Lit| [empty.as_slice(), &[more]].concat();
        let fails = matches!(self.proof.find(&with(truth.no), |_| true), Found::Sheet(..));
        let kept = matches!(self.proof.find(&with(!truth.no), |_| true), Found::None);
        let otherwise = [others, asked, some, gate, truth.yes];
        fails && kept && matches!(self.proof.find(&otherwise, |_| true), Found::Sheet(..))
    }

    /// Questions with a least number of choices that ordinary choices cannot reach.
    pub(super) fn too_few_choices(&mut self) {
        let instrument = &self.proof.engine().instrument;
        for (ix, item) in (0u32..).zip(&instrument.items) {
            let Kind::Multiple {
                list,
                min: Some(min),
                ..
            } = item.kind
            else {
                continue;
            };
            let choices = &instrument.lists[list as usize].choices;
            let ordinary = choices
                .iter()
                .filter(|it| !it.exclusive && it.missing.is_none())
                .count();
            let exclusive = choices.iter().any(|it| it.exclusive);
            if exclusive && ordinary < usize::from(min) {
                let position = self.places.field(ix, "min_choices");
                let subject = item.id.clone();
                self.push(&rule::EXCLUSIVE_AGAINST_MINIMUM, position, &subject)
                    .because = vec![min.to_string()];
                self.told.insert(Told::Item(ix));
            }
        }
    }

    /// Pages that cannot be left, by everybody or by some.
    pub(super) fn dead_ends(&mut self) {
        let pages = self.proof.engine().instrument.pages.len() as u32;
        for page in 0..pages {
            match self.proof.dead_end(page) {
                DeadEnd::None => {}
                DeadEnd::Open => {
                    let id = &self.proof.engine().instrument.pages[page as usize].id;
                    self.proof.note_open(format!("dead_end:{id}"));
                }
                DeadEnd::Some(values, why) => {
                    let evaluation = self
                        .proof
                        .encoding
                        .evaluation(&values, &Points::new(), false);
                    let mut sheet = sheet_of(&evaluation);
                    sheet.meta.reached = self
                        .proof
                        .engine()
                        .instrument
                        .pages
                        .get(page as usize)
                        .map(|it| it.id.clone());
                    self.blocked(page, &why, sheet);
                }
            }
        }
    }

    fn blocked(&mut self, page: u32, why: &[Rule], sheet: questionnaire::Sheet) {
        let engine = self.proof.engine();
        let of_check = |it: &Rule| match it.kind {
            RuleKind::Check { item, nth, .. } => Some((item, nth)),
            _ => None,
        };
        let mut checks: Vec<(u32, u16)> = why.iter().filter_map(of_check).collect();
        checks.sort_unstable();
        checks.dedup();
        if checks
            .iter()
            .any(|(item, nth)| self.told.contains(&Told::Check(*item, *nth)))
        {
            return;
        }
        let owners: Vec<u32> = why.iter().map(|it| it.item(engine)).collect();
        if owners.iter().any(|it| self.told.contains(&Told::Item(*it))) {
            return;
        }
        let nobody = self.proof.can_be_completed == Some(false);
        let owner = checks
            .last()
            .map(|it| it.0)
            .or_else(|| owners.last().copied());
        let Some(owner) = owner else {
            return;
        };
        let required = engine.instrument.items[owner as usize].required;
        let never_answered = nobody || self.is_never(Goal::Item(owner));
        let (found, subject) = if checks.len() > 1 && nobody {
            (&rule::NOBODY_COMPLETES, String::new())
        } else if required && never_answered {
            (&rule::CANNOT_BE_ANSWERED, self.id(owner))
        } else {
            (
                &rule::DEAD_END,
                engine.instrument.pages[page as usize].id.clone(),
            )
        };
        let position = match checks.last() {
            Some((item, nth)) => self.places.source(engine, Source::Check(*item, *nth)),
            None => self.places.field(owner, "id"),
        };
        let texts = checks.iter().filter_map(|(item, nth)| {
            let source = Source::Check(*item, *nth);
            source.condition(&engine.instrument)
        });
        let texts: Vec<String> = texts.map(|it| it.source.clone()).collect();
        let it = self.push(found, position, &subject);
        it.because = texts;
        it.witness = Some(Box::new(sheet));
        self.told
            .extend(checks.iter().map(|it| Told::Check(it.0, it.1)));
        self.told.extend(owners.into_iter().map(Told::Item));
    }
}
