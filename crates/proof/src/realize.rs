//! From a case of the formulas to a sheet that a respondent could send.
//!
//! Where conditions compare several numbers, a case fixes only in which range each number is, and
//! what the comparison shall give. Numbers that do it are searched for by halving ranges: either
//! they are found, or there are none, or the search is given up.

use std::collections::{BTreeMap, BTreeSet};

use expr::Value;
use questionnaire::instrument::{Item, Kind};
use questionnaire::{Answer, Engine, Evaluation, Keep, Sheet};

use crate::cuts::TODAY;
use crate::domain::{Class, Domain, Given};
use crate::encode::{Encoding, Open};
use crate::formula::{Lit, Values};
use crate::linear::Relations;
use crate::look::{Look, Ranges};
use crate::seen::Seen;
use crate::solver::Budget;

/// Most boxes of numbers looked at for one case.
const MAX_BOXES: usize = 2_000;

/// Numbers chosen for slots, by slot; [`TODAY`] for the day of answering.
pub(crate) type Points = BTreeMap<u32, i128>;

/// What became of a search.
pub(crate) enum Search {
    /// These numbers do it.
    Found(Points),
    /// No numbers do it; these literals, all true in the case, are why.
    Impossible(Vec<Lit>),
    /// Given up.
    GaveUp,
}

/// Whether numbers in ranges do what they shall.
enum Fit {
    Yes,
    No,
    /// On the numbers of these slots, to begin with.
    Depends(BTreeSet<u32>),
}

impl<'e> Encoding<'e> {
    pub(crate) fn class<'d>(domain: &'d Domain, values: &Values) -> Option<&'d Class> {
        domain.classes.iter().find(|it| values.holds(it.lit))
    }

    /// The evaluation of a case: every slot answered as it says.
    pub(crate) fn evaluation(
        &self,
        values: &Values,
        points: &Points,
        one_text: bool,
    ) -> Evaluation<'e> {
        let engine = self.engine;
        let mut it = engine.evaluation();
        if let Some(today) = &self.today
            && let (Some(class), Some(grid)) = (Self::class(today, values), today.grid)
            && let Given::Range(low, high) = class.given
        {
            let at = points.get(&TODAY).copied();
            it.set_today(grid.day(at.unwrap_or_else(|| grid.plain(low, high))));
        }
        for (roster, cases) in (0u32..).zip(&self.n_units) {
            if let Some(n) = cases.iter().position(|it| values.holds(*it)) {
                it.set_units(roster, n as u32);
            }
        }
        for (slot, domain) in (0u32..).zip(&self.domains) {
            let Some(class) = Self::class(domain, values) else {
                continue;
            };
            let answer = match (&class.given, &domain.set) {
                (Given::Set, Some(set)) => {
                    let chosen = set.chosen.iter().filter(|it| values.holds(it.1));
                    match chosen.map(|it| it.0).collect::<Vec<_>>() {
                        // No sheet tells nothing chosen from no answer.
                        none if none.is_empty() => Answer::Empty,
                        some => Answer::Codes(some.into_iter().collect()),
                    }
                }
                (given, _) => {
                    let text = match given {
                        Given::OtherText => text(engine, slot, one_text),
                        _ => String::new(),
                    };
                    given.answer(domain.grid, points.get(&slot).copied(), &text)
                }
            };
            it.set(slot, answer);
        }
        specify(&mut it);
        it
    }

    /// Numbers that make every open comparison what the case says it is.
    pub(crate) fn search(&self, values: &Values, budget: &Budget) -> Search {
        let mut wanted: Vec<(&Open, Seen)> = Vec::new();
        for open in &self.opens {
            if values.holds(open.when) {
                let seen = if values.holds(open.missing) {
                    Seen::UNKNOWN
                } else {
                    Seen::Exact(Value::Bool(values.holds(open.value)))
                };
                wanted.push((open, seen));
            }
        }
        if wanted.is_empty() {
            return Search::Found(Points::new());
        }
        let mut whole = Ranges::new();
        let mut because = BTreeSet::new();
        let mut slots = BTreeSet::new();
        for (open, _) in &wanted {
            let mut look = Look::new(self, values, &whole);
            look.open(open);
            because.append(&mut look.because);
            slots.append(&mut look.slots);
        }
        self.widen(&mut whole, &slots, values);
        for (open, _) in &wanted {
            for it in [open.when, open.value, open.missing] {
                if !it.is_constant() {
                    because.insert(if values.holds(it) { it } else { !it });
                }
            }
        }
        if self.are_apart(values, &whole, &wanted, &mut because) {
            return Search::Impossible(because.into_iter().collect());
        }
        let mut waiting = vec![whole];
        let mut n = 0;
        let mut gave_up = false;
        while let Some(mut ranges) = waiting.pop() {
            n += 1;
            if n > MAX_BOXES || !budget.take(1) {
                return Search::GaveUp;
            }
            // The plainest numbers of the box, before it is looked at as a whole.
            let plain: Points = ranges
                .iter()
                .map(|(slot, (low, high))| (*slot, self.plain(*slot, *low, *high)))
                .collect();
            let one = plain.iter().map(|(slot, at)| (*slot, (*at, *at))).collect();
            if matches!(self.fits(values, &one, &wanted, &mut because), Fit::Yes) {
                return Search::Found(plain);
            }
            let open = match self.fits(values, &ranges, &wanted, &mut because) {
                Fit::No => continue,
                Fit::Yes => return Search::Found(plain),
                Fit::Depends(slots) => slots,
            };
            if self.are_apart(values, &ranges, &wanted, &mut because) {
                continue;
            }
            // What stands behind a condition of a case is read only where that holds.
            self.widen(&mut ranges, &open, values);
            let on_these = ranges.iter().filter(|it| open.contains(it.0));
            match on_these.max_by_key(|(_, (low, high))| high - low) {
                Some((slot, (low, high))) if low < high => {
                    let (slot, low, high) = (*slot, *low, *high);
                    let middle = low + (high - low) / 2;
                    for half in [(middle + 1, high), (low, middle)] {
                        let mut part = ranges.clone();
                        part.insert(slot, half);
                        waiting.push(part);
                    }
                }
                // Nothing left to halve: texts, or a comparison that is not followed.
                _ => gave_up = true,
            }
        }
        if gave_up {
            return Search::GaveUp;
        }
        Search::Impossible(because.into_iter().collect())
    }

    /// Adds the ranges of slots that have none yet.
    fn widen(&self, ranges: &mut Ranges, slots: &BTreeSet<u32>, values: &Values) {
        for slot in slots {
            if !ranges.contains_key(slot)
                && let Some(range) = self.range(*slot, values)
            {
                ranges.insert(*slot, range);
            }
        }
    }

    /// Whether what is wanted of numbers excludes itself, whatever the numbers. Adds what was looked
    /// at to the reasons.
    fn are_apart(
        &self,
        values: &Values,
        ranges: &Ranges,
        wanted: &[(&Open, Seen)],
        because: &mut BTreeSet<Lit>,
    ) -> bool {
        let mut relations = Relations::default();
        let mut look = Look::new(self, values, ranges);
        for (open, wanted) in wanted {
            look.relate(open, wanted, &mut relations);
        }
        because.append(&mut look.because);
        for (slot, (low, high)) in ranges {
            relations.between(*slot, *low, *high);
        }
        relations.are_impossible()
    }

    pub(crate) fn domain(&self, slot: u32) -> Option<&Domain> {
        if slot == TODAY {
            self.today.as_ref()
        } else {
            self.domains.get(slot as usize)
        }
    }

    fn range(&self, slot: u32, values: &Values) -> Option<(i128, i128)> {
        match Self::class(self.domain(slot)?, values)?.given {
            Given::Range(low, high) => Some((low, high)),
            _ => None,
        }
    }

    fn plain(&self, slot: u32, low: i128, high: i128) -> i128 {
        let grid = self.domain(slot).and_then(|it| it.grid);
        grid.map_or(low, |it| it.plain(low, high))
    }

    /// Whether every open comparison is what it shall be. Adds what was looked at to the reasons: in
    /// a narrower range more can be, as where a case's condition is decided by it.
    fn fits(
        &self,
        values: &Values,
        ranges: &Ranges,
        wanted: &[(&Open, Seen)],
        because: &mut BTreeSet<Lit>,
    ) -> Fit {
        let mut fit = Fit::Yes;
        for (open, wanted) in wanted {
            let mut look = Look::new(self, values, ranges);
            let seen = look.open(open);
            because.append(&mut look.because);
            match seen {
                Seen::Either | Seen::Vague => {
                    if matches!(fit, Fit::Yes) {
                        fit = Fit::Depends(look.slots);
                    }
                }
                it if it == *wanted => {}
                it if it.is_missing().is_some() && wanted.is_missing().is_some() => {}
                _ => return Fit::No,
            }
        }
        fit
    }
}

/// A text for a slot: the same for all, or one of its own as far as there is room.
fn text(engine: &Engine, slot: u32, one_text: bool) -> String {
    let room = if one_text {
        least_room(engine)
    } else {
        room(engine, slot)
    };
    any_text(room, (!one_text).then_some(slot as usize + 1))
}

/// How many characters a text may have in a slot.
pub(crate) fn room(engine: &Engine, slot: u32) -> usize {
    let item = engine.layout.slots()[slot as usize].item;
    room_of(&engine.instrument.items[item as usize])
}

/// How many it may have to fit everywhere.
pub(crate) fn least_room(engine: &Engine) -> usize {
    let all = engine.instrument.items.iter().map(room_of);
    all.min().unwrap_or(usize::MAX)
}

fn room_of(item: &Item) -> usize {
    match item.kind {
        Kind::Text { max_length, .. } => max_length as usize,
        _ => usize::MAX,
    }
}

/// A text that fits: the nth of its own kind, or the one that all have in common.
pub(crate) fn any_text(room: usize, nth: Option<usize>) -> String {
    let Some(nth) = nth else {
        return "texte".chars().take(room).collect();
    };
    let own = format!("texte {nth}");
    if own.len() > room {
        nth.to_string().chars().take(room).collect()
    } else {
        own
    }
}

/// Answers what is asked beside choices.
pub(crate) fn specify(it: &mut Evaluation<'_>) {
    let engine = it.engine();
    for (slot, at) in (0u32..).zip(engine.layout.slots()) {
        let item = &engine.instrument.items[at.item as usize];
        let list = item
            .list()
            .and_then(|it| engine.instrument.lists.get(it as usize));
        let choices = (0u16..).zip(list.map_or(&[][..], |it| &it.choices));
        for (code, choice) in choices {
            let needed = choice.specify.as_ref().is_some_and(|it| it.required);
            if needed && it.is_chosen(slot, code) {
                let key = format!("{}.{}", at.key, choice.code);
                it.set_by_key(&key, &serde_json::Value::from("précision"));
            }
        }
    }
}

/// The answers on path, as a sheet.
pub(crate) fn sheet_of(evaluation: &Evaluation<'_>) -> Sheet {
    let mut sheet = Sheet {
        answers: evaluation.to_answers(Keep::OnPath),
        ..Sheet::default()
    };
    sheet.meta.today = evaluation.answered_on();
    sheet
}
