//! Answers that contradict each other are looked at again.

use std::collections::BTreeSet;

use expr::{Truth, Value};
use questionnaire::instrument::{Cells, Kind};
use questionnaire::layout::Source;
use questionnaire::{Answer, Evaluation, FailureCode, Severity};
use rust_decimal::Decimal;

use super::walk::Walk;
use crate::reads;

/// Rounds in which failures are taken up one by one.
const MAX_ROUNDS: usize = 40;
/// Other answers tried for one failure.
const MAX_TRIES: usize = 60;

/// What is wrong, from bad to less bad: hard failures, soft ones.
type Harm = (usize, usize);

/// What a failure is about.
struct Suspect {
    severity: Severity,
    /// The questions that it depends on.
    questions: BTreeSet<u32>,
    /// Where it stands.
    item: u32,
    unit: Option<u32>,
    /// The slots that may be answered anew.
    slots: Vec<u32>,
    /// What the check compares with.
    literals: Vec<Value>,
}

impl Walk<'_, '_> {
    /// Gives other answers to what failing checks read, and to what is wrong by itself. Answers
    /// whether nothing hard is left; soft checks may be.
    pub(super) fn mend(&mut self) -> bool {
        for _ in 0..MAX_ROUNDS {
            let (hard, soft) = harm(&self.evaluation);
            if hard == 0 && (soft == 0 || self.confirms) {
                return true;
            }
            let mut suspects = self.suspects();
            let narrow = suspects.iter().any(|it| self.try_others(it));
            // Where no answer to the questions themselves will do, another route may.
            let mended = narrow
                || suspects.iter_mut().any(|it| {
                    self.widen(it);
                    self.try_others(it)
                });
            if !mended {
                break;
            }
        }
        harm(&self.evaluation).0 == 0
    }

    /// What each failure is about, hard ones first.
    fn suspects(&self) -> Vec<Suspect> {
        let engine = self.drawing.engine;
        let mut suspects = Vec::new();
        for failure in self.evaluation.failures() {
            if matches!(failure.code, FailureCode::Check(_)) {
                continue;
            }
            let base = failure.item.rsplit_once('.').map(|it| it.0);
            let slot = engine.layout.slot(&failure.item);
            let slot = slot.or_else(|| engine.layout.slot(base?));
            let Some(slot) = slot else { continue };
            let at = &engine.layout.slots()[slot as usize];
            suspects.push(Suspect {
                severity: Severity::Hard,
                questions: BTreeSet::from([at.item]),
                item: at.item,
                unit: at.unit,
                slots: vec![slot],
                literals: Vec::new(),
            });
        }
        for (at, it) in (0u32..).zip(engine.layout.watched()) {
            if let Source::Check(item, nth) = it.source
                && self.evaluation.watched_truth(at) == Truth::False
                && self.evaluation.is_on_path(item, it.unit)
            {
                let check = &engine.instrument.items[item as usize].checks[usize::from(nth)];
                let program = &check.require.program;
                let mut questions = reads::questions(engine, program);
                questions.insert(item);
                suspects.push(Suspect {
                    severity: check.severity,
                    slots: self.slots(&questions, item, it.unit),
                    questions,
                    item,
                    unit: it.unit,
                    literals: reads::literals(program.root()),
                });
            }
        }
        suspects.sort_by_key(|it| it.severity);
        suspects
    }

    /// Adds what decides whether its questions are asked.
    fn widen(&self, it: &mut Suspect) {
        let engine = self.drawing.engine;
        let mut waiting: Vec<u32> = it.questions.iter().copied().collect();
        while let Some(item) = waiting.pop() {
            let new = reads::routing(engine, item).into_iter();
            waiting.extend(new.filter(|new| it.questions.insert(*new)));
        }
        it.slots = self.slots(&it.questions, it.item, it.unit);
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
    fn try_others(&mut self, it: &Suspect) -> bool {
        for nth in 0..MAX_TRIES {
            let Some(&slot) = self.chance.pick(&it.slots) else {
                return false;
            };
            // One other answer mostly does; sometimes two must move together, or all.
            let mended = match nth % 4 {
                1 => self.attempt(|walk| {
                    walk.look_again(slot, it);
                    let other = walk.chance.pick(&it.slots).copied();
                    walk.look_again(other.unwrap_or(slot), it);
                }),
                3 => self.attempt(|walk| it.slots.iter().for_each(|slot| walk.draw(*slot))),
                _ => self.attempt(|walk| walk.look_again(slot, it)),
            };
            if mended {
                return true;
            }
        }
        // Who cannot make ends meet says so, or says nothing.
        let mut slots = it.slots.iter();
        slots.any(|slot| self.attempt(|walk| walk.say_nothing(*slot)))
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

    /// Another answer, or one that follows from what the same check reads.
    fn look_again(&mut self, slot: u32, it: &Suspect) {
        if self.chance.happens(100) {
            return self.say_nothing(slot);
        }
        let engine = self.drawing.engine;
        let at = &engine.layout.slots()[slot as usize];
        let item = &engine.instrument.items[at.item as usize];
        let informed = match &item.kind {
            Kind::Quantity(of)
            | Kind::Money(of)
            | Kind::Grid {
                cells: Cells::Quantity(of),
                ..
            } => self.number_beside(slot, it, of.decimals.into()),
            Kind::Date { .. } => self.date_beside(slot, it),
            Kind::Text { .. } => self.chance.pick(&it.literals).and_then(|it| match it {
                Value::Text(it) => Some(Answer::Text(it.as_str().into())),
                _ => None,
            }),
            _ => None,
        };
        match informed {
            Some(answer) if self.chance.happens(600) => self.evaluation.set(slot, answer),
            _ => self.draw(slot),
        }
    }

    /// One of the other numbers, their sum, a difference, or something between nothing and these.
    fn number_beside(&mut self, slot: u32, it: &Suspect, decimals: u32) -> Option<Answer> {
        let number = |at: &u32| match self.evaluation.answer(*at) {
            Answer::Number(number) if *at != slot => Some(*number),
            _ => None,
        };
        let mut them: Vec<Decimal> = it.slots.iter().filter_map(number).collect();
        let sum = them
            .iter()
            .try_fold(Decimal::ZERO, |all, it| all.checked_add(*it))?;
        them.extend(it.literals.iter().filter_map(|it| match it {
            Value::Number(it) => Some(*it),
            _ => None,
        }));
        let first = *self.chance.pick(&them)?;
        let second = *self.chance.pick(&them)?;
        let step = Decimal::try_new(1, decimals).ok()?;
        let value = match self.chance.below(7) {
            0 => first,
            1 => sum,
            // What the first has more than all the others together.
            2 => first.checked_sub(sum.checked_sub(first)?)?,
            3 => first.checked_sub(second)?,
            4 => first.checked_add(step)?,
            5 => first.checked_sub(step)?,
            _ => {
                let hundredths = Decimal::from(self.chance.below(101));
                first
                    .checked_mul(hundredths)?
                    .checked_div(Decimal::ONE_HUNDRED)?
            }
        };
        Some(Answer::Number(value.round_dp(decimals).normalize()))
    }

    /// One of the other days, or one within some months of it.
    fn date_beside(&mut self, slot: u32, it: &Suspect) -> Option<Answer> {
        let day = |at: &u32| match self.evaluation.answer(*at) {
            Answer::Date(day) if *at != slot => Some(*day),
            _ => None,
        };
        let mut them: Vec<_> = it.slots.iter().filter_map(day).collect();
        them.extend(it.literals.iter().filter_map(|it| match it {
            Value::Date(it) => Some(*it),
            _ => None,
        }));
        them.push(self.drawing.today);
        let day = expr::days::number(*self.chance.pick(&them)?);
        let most = *self.chance.pick(&[0, 1, 400])?;
        let moved = self.chance.between(-most, most);
        expr::days::date(day + i64::try_from(moved).ok()?).map(Answer::Date)
    }

    /// A missing reason where one can be given; an empty answer where that may be.
    fn say_nothing(&mut self, slot: u32) {
        let engine = self.drawing.engine;
        let at = &engine.layout.slots()[slot as usize];
        let reasons = self.reasons(slot);
        match self.chance.pick(&reasons) {
            Some(reason) => self.give_reason(slot, *reason),
            None if !engine.instrument.items[at.item as usize].required => {
                self.evaluation.set(slot, Answer::Empty);
            }
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
