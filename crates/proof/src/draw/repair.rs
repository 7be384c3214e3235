//! Answers that contradict each other are looked at again.

use std::collections::BTreeSet;

use expr::Truth;
use questionnaire::layout::Source;
use questionnaire::{Answer, Evaluation, FailureCode, Severity};
use rust_decimal::Decimal;
use serde_json::json;

use super::Walk;
use crate::reads;

/// Rounds in which failures are taken up one by one.
const MAX_ROUNDS: usize = 40;
/// Other answers tried for one failure.
const MAX_TRIES: usize = 60;

/// What is wrong, from bad to less bad: hard failures, soft ones.
type Harm = (usize, usize);

impl Walk<'_, '_> {
    /// Gives other answers to what failing checks read, and to what is wrong by itself. Answers
    /// whether nothing hard is left; soft checks may be.
    pub(super) fn mend(&mut self) -> bool {
        for _ in 0..MAX_ROUNDS {
            let (hard, soft) = harm(&self.evaluation);
            if hard == 0 && (soft == 0 || self.confirms) {
                return true;
            }
            let mut mended = false;
            for slots in self.suspects() {
                mended = self.try_others(&slots);
                if mended {
                    break;
                }
            }
            if !mended {
                break;
            }
        }
        harm(&self.evaluation).0 == 0
    }

    /// For each failure, hard ones first, the slots that it is about.
    fn suspects(&self) -> Vec<Vec<u32>> {
        let engine = self.drawing.engine;
        let mut suspects: Vec<(Severity, Vec<u32>)> = Vec::new();
        for failure in self.evaluation.failures() {
            if !matches!(failure.code, FailureCode::Check(_)) {
                let base = failure.item.rsplit_once('.').map(|it| it.0);
                let slot = engine.layout.slot(&failure.item);
                let slot = slot.or_else(|| engine.layout.slot(base?));
                suspects.push((Severity::Hard, slot.into_iter().collect()));
            }
        }
        for (at, it) in (0u32..).zip(engine.layout.watched()) {
            if let Source::Check(item, nth) = it.source
                && self.evaluation.watched_truth(at) == Truth::False
                && self.evaluation.is_on_path(item, it.unit)
            {
                let check = &engine.instrument.items[item as usize].checks[usize::from(nth)];
                let mut read = reads::questions(engine, &check.require.program);
                read.insert(item);
                suspects.push((check.severity, self.slots(&read, item, it.unit)));
            }
        }
        suspects.sort_by_key(|it| it.0);
        suspects.into_iter().map(|it| it.1).collect()
    }

    /// The slots of questions that are asked and may be answered anew: of the same unit where they
    /// stand in the same roster.
    fn slots(&self, questions: &BTreeSet<u32>, item: u32, unit: Option<u32>) -> Vec<u32> {
        let engine = self.drawing.engine;
        let roster = |it: u32| engine.instrument.items[it as usize].roster;
        let slots = (0u32..).zip(engine.layout.slots());
        let slots = slots.filter(|(slot, at)| {
            let elsewhere = roster(at.item).is_some() && roster(at.item) == roster(item);
            questions.contains(&at.item)
                && self.evaluation.state(*slot).is_asked()
                && self.kept.is_none_or(|it| !it.contains(&at.item))
                && (!elsewhere || at.unit == unit)
        });
        slots.map(|it| it.0).collect()
    }

    /// Tries other answers until there is less harm than before.
    fn try_others(&mut self, slots: &[u32]) -> bool {
        for nth in 0..MAX_TRIES {
            let Some(&slot) = self.chance.pick(slots) else {
                return false;
            };
            let one = |it: &mut Self| it.look_again(slot, slots);
            let all = |it: &mut Self| {
                for slot in slots {
                    it.draw(*slot);
                }
            };
            // One other answer mostly does; sometimes two must move together.
            let mended = if nth % 4 == 3 {
                self.attempt(all)
            } else {
                self.attempt(one)
            };
            if mended {
                return true;
            }
        }
        // Who cannot make ends meet says so, or says nothing.
        slots
            .iter()
            .any(|slot| self.attempt(|it| it.say_nothing(*slot)))
    }

    /// Keeps a change only if it does less harm than there was.
    fn attempt(&mut self, change: impl FnOnce(&mut Self)) -> bool {
        let before = self.evaluation.clone();
        let (decided, counted) = (self.decided.clone(), self.counted.clone());
        change(self);
        self.answer_all();
        if harm(&self.evaluation) < harm(&before) {
            return true;
        }
        (self.evaluation, self.decided, self.counted) = (before, decided, counted);
        false
    }

    /// Another answer, or one that follows from the others that the same check reads.
    fn look_again(&mut self, slot: u32, others: &[u32]) {
        let informed = match self.evaluation.answer(slot) {
            Answer::Number(_) => self.number_beside(slot, others),
            Answer::Date(_) => self.date_beside(slot, others),
            _ => None,
        };
        match informed {
            Some(answer) if self.chance.happens(600) => self.evaluation.set(slot, answer),
            _ => self.draw(slot),
        }
    }

    /// One of the other numbers, their sum, a difference, or something between nothing and these.
    fn number_beside(&mut self, slot: u32, others: &[u32]) -> Option<Answer> {
        let number = |it: &u32| match self.evaluation.answer(*it) {
            Answer::Number(number) if *it != slot => Some(*number),
            _ => None,
        };
        let them: Vec<Decimal> = others.iter().filter_map(number).collect();
        let first = *self.chance.pick(&them)?;
        let second = *self.chance.pick(&them)?;
        let sum = them
            .iter()
            .try_fold(Decimal::ZERO, |all, it| all.checked_add(*it))?;
        let rest = sum.checked_sub(first)?;
        let value = match self.chance.below(6) {
            0 => first,
            1 => sum,
            // What the first has more than all the others together.
            2 => first.checked_sub(rest)?,
            3 => first.checked_sub(second)?,
            4 => first.checked_add(Decimal::ONE)?,
            _ => {
                (first * Decimal::from(self.chance.below(101))).checked_div(Decimal::ONE_HUNDRED)?
            }
        };
        let places = match self.evaluation.answer(slot) {
            Answer::Number(it) => it.scale(),
            _ => 0,
        };
        Some(Answer::Number(value.round_dp(places).normalize()))
    }

    /// One of the other days, or one within some months of it.
    fn date_beside(&mut self, slot: u32, others: &[u32]) -> Option<Answer> {
        let day = |it: &u32| match self.evaluation.answer(*it) {
            Answer::Date(day) if *it != slot => Some(*day),
            _ => None,
        };
        let mut them: Vec<_> = others.iter().filter_map(day).collect();
        them.push(self.drawing.today);
        let day = expr::days::number(*self.chance.pick(&them)?);
        let moved = self.chance.between(-400, 400);
        expr::days::date(day + i64::try_from(moved).ok()?).map(Answer::Date)
    }

    /// A missing reason where one is offered; an empty answer where that may be.
    fn say_nothing(&mut self, slot: u32) {
        let engine = self.drawing.engine;
        let at = &engine.layout.slots()[slot as usize];
        let item = &engine.instrument.items[at.item as usize];
        match item.offers.first() {
            Some(reason) => {
                let reason = json!({ "$missing": reason.code() });
                self.evaluation.set_json(&at.key, &reason);
            }
            None if !item.required => self.evaluation.set(slot, Answer::Empty),
            None => {}
        }
    }
}

fn harm(evaluation: &Evaluation<'_>) -> Harm {
    let failures = evaluation.failures();
    let hard = failures.iter().filter(|it| it.severity == Severity::Hard);
    let hard = hard.count();
    (hard, failures.len() - hard)
}
