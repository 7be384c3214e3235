//! From a case of the formulas to a sheet that a respondent could send.
//!
//! Where conditions compare several numbers, a case fixes only in which range each number is, and
//! what the comparison shall give. Numbers that do it are searched for by halving ranges: either
//! they are found, or there are none, or the search is given up.

use std::collections::{BTreeMap, BTreeSet};

use expr::{Missing, Node, Op, Over, Reasons, RosterId, Slot, Value, VarId};
use questionnaire::instrument::{AttributeValue, Units};
use questionnaire::layout::Var;
use questionnaire::{Answer, Evaluation, Keep, Sheet};
use rust_decimal::Decimal;

use crate::cuts::TODAY;
use crate::domain::{Class, Domain, Given};
use crate::encode::{Context, Encoding, Open};
use crate::formula::{Lit, Values};
use crate::seen::{Seen, combine, fold};
use crate::solver::Budget;

/// Most boxes of numbers looked at for one case.
const MAX_BOXES: usize = 2_000;

/// Numbers chosen for slots, by slot; [`TODAY`] for the day of answering.
pub(crate) type Points = BTreeMap<u32, i128>;
type Box_ = BTreeMap<u32, (i128, i128)>;

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
    fn class<'d>(domain: &'d Domain, values: &Values) -> Option<&'d Class> {
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
                    Answer::Codes(chosen.map(|it| it.0).collect())
                }
                (given, _) => {
                    let text = if one_text {
                        "texte".to_owned()
                    } else {
                        format!("texte {}", slot + 1)
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
        let mut whole = Box_::new();
        let mut because = BTreeSet::new();
        {
            let mut look = Look::new(self, values, &whole);
            for (open, _) in &wanted {
                look.open(open);
            }
            because.append(&mut look.because);
            for slot in look.slots {
                if let Some((low, high)) = self.range(slot, values) {
                    whole.insert(slot, (low, high));
                }
            }
        }
        let mut waiting = vec![whole];
        let mut n = 0;
        let mut gave_up = false;
        while let Some(ranges) = waiting.pop() {
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
            if matches!(self.fits(values, &one, &wanted), Fit::Yes) {
                return Search::Found(plain);
            }
            let open = match self.fits(values, &ranges, &wanted) {
                Fit::No => continue,
                Fit::Yes => return Search::Found(plain),
                Fit::Depends(slots) => slots,
            };
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
        for (open, _) in &wanted {
            for it in [open.when, open.value, open.missing] {
                if !it.is_constant() {
                    because.insert(if values.holds(it) { it } else { !it });
                }
            }
        }
        Search::Impossible(because.into_iter().collect())
    }

    fn domain(&self, slot: u32) -> Option<&Domain> {
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

    /// Whether every open comparison is what it shall be.
    fn fits(&self, values: &Values, ranges: &Box_, wanted: &[(&Open, Seen)]) -> Fit {
        let mut fit = Fit::Yes;
        for (open, wanted) in wanted {
            let mut look = Look::new(self, values, ranges);
            match look.open(open) {
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

/// Answers what is asked beside choices.
fn specify(it: &mut Evaluation<'_>) {
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

/// Looks at conditions in one case, numbers being in ranges.
struct Look<'l, 'e> {
    encoding: &'l Encoding<'e>,
    values: &'l Values,
    ranges: &'l Box_,
    /// Slots whose numbers were read.
    slots: BTreeSet<u32>,
    /// Literals, true in this case, that what was seen depends on.
    because: BTreeSet<Lit>,
}

impl<'l, 'e> Look<'l, 'e> {
    fn new(encoding: &'l Encoding<'e>, values: &'l Values, ranges: &'l Box_) -> Self {
        Self {
            encoding,
            values,
            ranges,
            slots: BTreeSet::new(),
            because: BTreeSet::new(),
        }
    }

    fn open(&mut self, open: &Open) -> Seen {
        let instrument = &self.encoding.engine.instrument;
        let Some(condition) = open.source.condition(instrument) else {
            return Seen::Vague;
        };
        let mut node = condition.program.root();
        while node.place() != open.place {
            let next = node.operands().filter(|it| it.place() <= open.place).last();
            match next {
                Some(it) => node = it,
                None => return Seen::Vague,
            }
        }
        self.node(node, open.context)
    }

    /// Whether something holds in this case; what is seen depends on it.
    fn holds(&mut self, it: Lit) -> bool {
        let holds = self.values.holds(it);
        if !it.is_constant() {
            self.because.insert(if holds { it } else { !it });
        }
        holds
    }

    fn node(&mut self, node: Node<'_>, context: Context) -> Seen {
        match node.op() {
            Op::Number(it) => Seen::number(*it),
            Op::Text(it) => Seen::Exact(Value::Text(it.to_string())),
            Op::Date(it) => Seen::Exact(Value::Date(*it)),
            Op::Code(it) => Seen::Exact(Value::Code(*it)),
            Op::Bool(it) => Seen::Exact(Value::Bool(*it)),
            Op::Today => self.slot(TODAY),
            Op::Read(slot) => self.read(*slot, context),
            Op::Is(slot, code) => match self.read(*slot, context) {
                Seen::Exact(Value::Code(it)) => Seen::Exact(Value::Bool(it == *code)),
                it if it.is_missing().is_some() => it,
                _ => Seen::Vague,
            },
            Op::Answered(slot) => match self.read(*slot, context) {
                Seen::Vague => Seen::Either,
                it => Seen::Exact(Value::Bool(it.is_missing().is_none())),
            },
            Op::Reason(slot, wanted) => match self.read(*slot, context) {
                Seen::Vague => Seen::Either,
                it => {
                    let meets = it.is_missing().is_some_and(|it| it.meets(*wanted));
                    Seen::Exact(Value::Bool(meets))
                }
            },
            Op::Units(roster) => {
                let n = self.existing(*roster).len();
                Seen::number(Decimal::from(n))
            }
            Op::Over(over, roster) => self.over(node, *over, *roster, context),
            Op::Min(_) | Op::Max(_) => {
                let operands = self.operands(node, context);
                combine(node, &operands)
            }
            Op::And(_) | Op::Or(_) => {
                let operands = self.operands(node, context);
                let decided = Seen::Exact(Value::Bool(matches!(node.op(), Op::Or(_))));
                if operands.contains(&decided) {
                    return decided;
                }
                combine(node, &operands)
            }
            _ => {
                let operands = self.operands(node, context);
                combine(node, &operands)
            }
        }
    }

    fn operands(&mut self, node: Node<'_>, context: Context) -> Vec<Seen> {
        let operands = node.operands();
        operands.map(|it| self.node(it, context)).collect()
    }

    fn existing(&mut self, roster: RosterId) -> Vec<u32> {
        let encoding = self.encoding;
        let Some(it) = encoding.engine.instrument.rosters.get(roster.0 as usize) else {
            return Vec::new();
        };
        let asked = encoding.item_gate(it.item, None);
        if !self.holds(asked) {
            return Vec::new();
        }
        let units = (0u32..).zip(&encoding.units[roster.0 as usize]);
        units
            .filter(|(_, exists)| self.holds(**exists))
            .map(|(unit, _)| unit)
            .collect()
    }

    fn over(&mut self, node: Node<'_>, over: Over, roster: RosterId, context: Context) -> Seen {
        let Some(operand) = node.operands().next() else {
            return Seen::UNKNOWN;
        };
        let units = self.existing(roster);
        let seen: Vec<Seen> = units
            .into_iter()
            .map(|unit| self.node(operand, context.inside(unit)))
            .collect();
        let is = |wanted: bool| Seen::Exact(Value::Bool(wanted));
        let open = seen
            .iter()
            .filter(|it| matches!(it, Seen::Vague | Seen::Either))
            .count();
        let n = |wanted: bool| seen.iter().filter(|it| **it == is(wanted)).count();
        match over {
            Over::Any if n(true) > 0 => is(true),
            Over::Any if open == 0 => is(false),
            Over::All if n(false) > 0 => is(false),
            Over::All if open == 0 => is(true),
            Over::Any | Over::All => Seen::Either,
            Over::Count => Seen::numbers(Decimal::from(n(true)), Decimal::from(n(true) + open)),
            Over::Sum | Over::Min | Over::Max => {
                let none = match over {
                    Over::Sum => Seen::number(Decimal::ZERO),
                    _ => Seen::UNKNOWN,
                };
                seen.iter().fold(none, |so_far, it| {
                    if it.is_missing().is_some() {
                        so_far
                    } else if so_far.is_missing().is_some() {
                        it.clone()
                    } else {
                        fold(over, &so_far, it)
                    }
                })
            }
        }
    }

    fn read(&mut self, Slot(var, at): Slot, context: Context) -> Seen {
        self.variable(var, context.of(at))
    }

    fn variable(&mut self, var: VarId, unit: Option<u32>) -> Seen {
        let engine = self.encoding.engine;
        let at = unit.unwrap_or(0);
        match engine.layout.var(var) {
            Some(Var::Slot(first)) => self.slot(first.saturating_add(at)),
            Some(Var::Computed(first)) => {
                let cells = engine.layout.computed_cells();
                let Some(cell) = cells.get(first.saturating_add(at) as usize) else {
                    return Seen::UNKNOWN;
                };
                if !self.holds(self.encoding.gates[cell.gate as usize]) {
                    return Seen::Exact(Value::Missing(Reasons::only(Missing::NotAsked)));
                }
                match &engine.instrument.items[cell.item as usize].kind {
                    questionnaire::instrument::Kind::Computed { value } => {
                        self.node(value.program.root(), Context::new(cell.unit))
                    }
                    _ => Seen::UNKNOWN,
                }
            }
            Some(Var::UnitKey(roster)) => {
                let rosters = &engine.instrument.rosters;
                match rosters.get(roster as usize).map(|it| &it.units) {
                    Some(Units::Chosen { .. }) => Seen::Exact(Value::Code(at as u16)),
                    Some(Units::Free { .. }) => Seen::number(Decimal::from(at + 1)),
                    None => Seen::UNKNOWN,
                }
            }
            Some(Var::Attribute(first, part)) => {
                let slot = first.saturating_add(at);
                let item = engine.layout.slots()[slot as usize].item;
                let list = engine.instrument.items[item as usize].list();
                match self.slot(slot) {
                    Seen::Exact(Value::Code(code)) => {
                        let value = list
                            .and_then(|it| engine.instrument.lists.get(it as usize))
                            .and_then(|it| it.choice(code))
                            .and_then(|it| it.attributes.get(usize::from(part)));
                        match value {
                            Some(AttributeValue::Bool(it)) => Seen::Exact(Value::Bool(*it)),
                            Some(AttributeValue::Number(it)) => Seen::number(*it),
                            Some(AttributeValue::Text(it)) => Seen::Exact(Value::Text(it.clone())),
                            Some(AttributeValue::None) | None => Seen::UNKNOWN,
                        }
                    }
                    it => it,
                }
            }
            Some(Var::Nothing) | None => Seen::UNKNOWN,
        }
    }

    fn slot(&mut self, slot: u32) -> Seen {
        let encoding = self.encoding;
        if slot != TODAY && !self.holds(encoding.on_path(slot)) {
            return Seen::Exact(Value::Missing(Reasons::only(Missing::NotAsked)));
        }
        let Some(domain) = encoding.domain(slot) else {
            return Seen::UNKNOWN;
        };
        let Some(class) = Encoding::class(domain, self.values) else {
            return Seen::UNKNOWN;
        };
        self.holds(class.lit);
        let reason = |it: Missing| Seen::Exact(Value::Missing(Reasons::only(it)));
        match &class.given {
            Given::Range(low, high) => {
                self.slots.insert(slot);
                let (low, high) = self.ranges.get(&slot).copied().unwrap_or((*low, *high));
                domain.grid.map_or(Seen::Vague, |it| it.seen(low, high))
            }
            Given::Code(code) | Given::Alone(code) => {
                let engine = encoding.engine;
                let item = engine.layout.slots()[slot as usize].item;
                let list = engine.instrument.items[item as usize].list();
                let choice = list
                    .and_then(|it| engine.instrument.lists.get(it as usize))
                    .and_then(|it| it.choice(*code));
                match choice.and_then(|it| it.missing) {
                    Some(it) => reason(it.reason()),
                    None => Seen::Exact(Value::Code(*code)),
                }
            }
            Given::Bool(it) => Seen::Exact(Value::Bool(*it)),
            Given::Text(it) => Seen::Exact(Value::Text(it.clone())),
            Given::OtherText => Seen::OtherText(slot),
            Given::Set => {
                let chosen = domain.set.as_ref().map_or(&[][..], |it| &it.chosen);
                let chosen = chosen.iter().filter(|it| self.holds(it.1));
                Seen::Exact(Value::Codes(chosen.map(|it| it.0).collect()))
            }
            Given::Missing(it) => reason(it.reason()),
            Given::Empty => reason(Missing::NoAnswer),
        }
    }
}
