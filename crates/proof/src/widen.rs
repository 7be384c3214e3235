//! A case of the formulas changed answer by answer, so that its sheet shows more of what is left.
//!
//! One question to the solver for each goal would be as many questions as there are goals, each
//! about all answers. Changing one answer costs only what follows from it: most goals are met on
//! the way, and the solver is asked about the others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::encode::Encoding;
use crate::formula::{Formulas, Lit, Shape, Values};
use crate::solver::Budget;

/// Formulas that are looked at to find out what would make one hold.
const MAX_STEPS: u32 = 1_000;

/// Inputs with the values that they take together.
type Setting = Vec<(u32, bool)>;

/// What can be changed about a case, and what follows from what.
pub(crate) struct Widening {
    /// Where the readers of each node begin in `readers`.
    first_reader: Vec<usize>,
    readers: Vec<u32>,
    /// For each thing that is answered: when it is asked, and each way to answer it.
    answers: Vec<(Lit, Vec<Setting>)>,
}

impl Widening {
    pub(crate) fn new(encoding: &Encoding<'_>) -> Self {
        let formulas = &encoding.formulas;
        let (first_reader, readers) = readers(formulas);
        let mut answers = Vec::new();
        let settings = |them: &mut dyn Iterator<Item = Lit>| -> Vec<Setting> {
            them.filter_map(|it| setting(formulas, it)).collect()
        };
        for it in encoding.today.iter() {
            let days = settings(&mut it.classes.iter().map(|it| it.lit));
            answers.push((Lit::TRUE, days));
        }
        for cases in &encoding.n_units {
            answers.push((Lit::TRUE, settings(&mut cases.iter().copied())));
        }
        for (slot, domain) in (0u32..).zip(&encoding.domains) {
            let asked = encoding.on_path(slot);
            let classes = settings(&mut domain.classes.iter().map(|it| it.lit));
            answers.push((asked, classes));
            // Each choice of several is made and not made by itself.
            for (_, chosen) in domain.set.iter().flat_map(|it| &it.chosen) {
                answers.push((asked, settings(&mut [*chosen, !*chosen].into_iter())));
            }
        }
        Self {
            first_reader,
            readers,
            answers,
        }
    }

    /// Changes a case so that more of `wanted` holds; `kept`, which holds, still does, and no
    /// comparison of numbers becomes open. `None` if nothing is gained.
    pub(crate) fn widen(
        &self,
        encoding: &Encoding<'_>,
        values: &Values,
        kept: &[Lit],
        wanted: &[Lit],
        budget: &Budget,
    ) -> Option<Values> {
        let formulas = &encoding.formulas;
        let n = self.first_reader.len() - 1;
        let mut it = Case {
            widening: self,
            formulas,
            values: (0..n as u32).map(|it| values.of_node(it)).collect(),
            forbidden: vec![None; n],
            gain: vec![[0; 2]; n],
            score: 0,
            changed: Vec::new(),
            waiting: BinaryHeap::new(),
        };
        let opens = encoding.opens.iter().map(|it| !it.when);
        for lit in kept.iter().copied().chain(opens) {
            if let Some(at) = it.forbidden.get_mut(lit.node() as usize) {
                *at = Some(lit.is_negated());
            }
        }
        for lit in wanted {
            if let Some(at) = it.gain.get_mut(lit.node() as usize) {
                at[usize::from(!lit.is_negated())] += 1;
            }
        }
        let mut matters = vec![false; n];
        for input in formulas.inputs(wanted.iter().copied()) {
            if let Some(it) = matters.get_mut(input as usize) {
                *it = true;
            }
        }
        let mut is_changed = false;
        for (asked, ways) in &self.answers {
            let reads = |it: &Setting| it.iter().any(|(input, _)| matters[*input as usize]);
            if !it.holds(*asked) || !ways.iter().any(reads) {
                continue;
            }
            let mut best: Option<(i64, &Setting)> = None;
            for way in ways {
                if !budget.take(1) {
                    return None;
                }
                let before = it.score;
                if it.set(way) && it.score > before && best.is_none_or(|(most, _)| it.score > most)
                {
                    best = Some((it.score, way));
                }
                it.take_back();
            }
            if let Some((_, way)) = best {
                is_changed = true;
                it.set(way);
                it.changed.clear();
            }
        }
        // What is still missing may take several answers at once.
        for lit in wanted {
            for second in [false, true] {
                if it.has(*lit) != Some(false) {
                    break;
                }
                if !budget.take(1) {
                    return None;
                }
                let (mut way, mut left) = (Setting::new(), MAX_STEPS);
                let before = it.score;
                if it.aim(*lit, second, &mut way, &mut left) && it.set(&way) && it.score > before {
                    is_changed = true;
                    it.changed.clear();
                }
                it.take_back();
            }
        }
        is_changed.then(|| formulas.values(|input| it.values.get(input as usize) == Some(&true)))
    }
}

/// For each node, the conjunctions that it is a part of, ascending.
fn readers(formulas: &Formulas) -> (Vec<usize>, Vec<u32>) {
    let n = formulas.len();
    let parts = |node: u32| match formulas.shape(node) {
        Shape::And(a, b) => [Some(a.node()), Some(b.node())],
        Shape::Input | Shape::Constant => [None; 2],
    };
    let mut first = vec![0; n + 1];
    for part in (0..n as u32).flat_map(parts).flatten() {
        first[part as usize + 1] += 1;
    }
    for at in 0..n {
        first[at + 1] += first[at];
    }
    let mut next = first.clone();
    let mut readers = vec![0; first[n]];
    for node in 0..n as u32 {
        for part in parts(node).into_iter().flatten() {
            readers[next[part as usize]] = node;
            next[part as usize] += 1;
        }
    }
    (first, readers)
}

/// The inputs of which a formula is the conjunction; `None` if it is another one.
fn setting(formulas: &Formulas, it: Lit) -> Option<Setting> {
    let mut waiting = vec![it];
    let mut setting = Setting::new();
    while let Some(it) = waiting.pop() {
        match formulas.shape(it.node()) {
            Shape::Input => setting.push((it.node(), !it.is_negated())),
            Shape::And(a, b) if !it.is_negated() => waiting.extend([a, b]),
            Shape::And(..) | Shape::Constant => return None,
        }
    }
    Some(setting)
}

/// A case that is being changed.
struct Case<'w> {
    widening: &'w Widening,
    formulas: &'w Formulas,
    values: Vec<bool>,
    /// The value that a node must not come to have.
    forbidden: Vec<Option<bool>>,
    /// How many wanted formulas hold where a node is false, and where it is true.
    gain: Vec<[i64; 2]>,
    /// How many more wanted formulas hold than in the beginning.
    score: i64,
    /// What the last change changed.
    changed: Vec<u32>,
    waiting: BinaryHeap<Reverse<u32>>,
}

impl Case<'_> {
    fn holds(&self, it: Lit) -> bool {
        self.values[it.node() as usize] != it.is_negated()
    }

    /// The same, of a formula that may have been made later.
    fn has(&self, it: Lit) -> Option<bool> {
        let value = self.values.get(it.node() as usize)?;
        Some(*value != it.is_negated())
    }

    /// Inputs to change so that a formula comes to hold, as far as can be told from its operands one
    /// by one: of two of which one is enough the plainer one, or the other, is taken.
    fn aim(&self, it: Lit, second: bool, way: &mut Setting, left: &mut u32) -> bool {
        if self.holds(it) {
            return true;
        }
        *left = left.saturating_sub(1);
        if *left == 0 {
            return false;
        }
        match self.formulas.shape(it.node()) {
            Shape::Constant => false,
            Shape::Input => {
                let wanted = (it.node(), !it.is_negated());
                let is_other = |known: &(u32, bool)| known.0 == wanted.0 && known.1 != wanted.1;
                let fits = !way.iter().any(is_other);
                way.push(wanted);
                fits
            }
            Shape::And(a, b) if !it.is_negated() => {
                self.aim(a, second, way, left) && self.aim(b, second, way, left)
            }
            Shape::And(a, b) => {
                let so_far = way.len();
                let ways = [a, b].map(|it| {
                    way.truncate(so_far);
                    let fits = self.aim(!it, second, way, left);
                    fits.then(|| way.split_off(so_far))
                });
                way.truncate(so_far);
                // An input that is false is the earlier half of what can be answered, and the older
                // one decides first: the newer the first that is to be true, the plainer.
                let plain = |it: &Option<Setting>| {
                    let first = it.iter().flatten().filter(|it| it.1).map(|it| it.0).min();
                    (it.is_some(), first.unwrap_or(u32::MAX))
                };
                let [one, other] = ways;
                let is_first = plain(&one) >= plain(&other);
                let (best, rest) = if is_first { (one, other) } else { (other, one) };
                let taken = if second { rest.or(best) } else { best };
                way.extend(taken.iter().flatten());
                taken.is_some()
            }
        }
    }

    /// Gives inputs values and follows what changes; whether that is allowed.
    fn set(&mut self, setting: &Setting) -> bool {
        let mut is_allowed = true;
        for (input, value) in setting {
            if self.values[*input as usize] != *value {
                is_allowed &= self.change(*input);
            }
        }
        let mut last = 0;
        while let Some(Reverse(node)) = self.waiting.pop() {
            // Operands stand before what is made of them: every node is looked at once.
            if !is_allowed || node == last {
                continue;
            }
            last = node;
            if let Shape::And(a, b) = self.formulas.shape(node) {
                let value = self.holds(a) && self.holds(b);
                if value != self.values[node as usize] {
                    is_allowed &= self.change(node);
                }
            }
        }
        is_allowed
    }

    fn change(&mut self, node: u32) -> bool {
        let at = node as usize;
        let value = !self.values[at];
        self.flip(node);
        self.changed.push(node);
        let first = &self.widening.first_reader;
        let readers = &self.widening.readers[first[at]..first[at + 1]];
        self.waiting.extend(readers.iter().map(|it| Reverse(*it)));
        self.forbidden[at] != Some(value)
    }

    fn flip(&mut self, node: u32) {
        let at = node as usize;
        let gain = self.gain[at];
        let value = !self.values[at];
        self.values[at] = value;
        self.score += gain[usize::from(value)] - gain[usize::from(!value)];
    }

    /// Takes the last change back.
    fn take_back(&mut self) {
        while let Some(node) = self.changed.pop() {
            self.flip(node);
        }
    }
}
