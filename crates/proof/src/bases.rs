//! Bases: who is asked each item, which items the same people are asked, and which figures can
//! therefore be compared.
//!
//! Two items share a base if no complete sheet asks one and not the other; inside a roster, if no
//! unit is asked one and not the other. A base lies within another if nobody is in the first and
//! not in the second. Both are proven, never guessed: what the solver leaves open stays apart.

use std::collections::HashMap;

use expr::{Expr, ExprKind};
use questionnaire::instrument::{Item, ItemIx};
use questionnaire::layout::Source;

use crate::encode::Encoding;
use crate::formula::{Lit, Values};
use crate::goal::Goal;
use crate::prove::{Proof, Status};
use crate::reads;
use crate::sentence::Sentences;
use crate::solver::Answer;

/// Who is asked some items.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// The item whose answers, or added units, it is of; of responses if there is none. Rosters over
    /// the choices of one question are about the same units.
    pub unit: Option<ItemIx>,
    /// The roster in which its condition stands.
    pub roster: Option<u32>,
    /// The filters that matter, outermost first: those that others imply are left out.
    pub filters: Vec<Source>,
    /// These filters as one condition; everybody if there is none.
    pub condition: Option<Expr>,
    /// The items, in the order of the questionnaire.
    pub items: Vec<ItemIx>,
    /// Every other base that it lies within.
    pub wider: Vec<usize>,
    /// The smallest of them.
    pub within: Option<usize>,
    /// Whether nobody can be in it.
    pub is_empty: bool,
}

impl Base {
    /// Its condition as text.
    #[must_use]
    pub fn expression(&self) -> Option<String> {
        self.condition.as_ref().map(expr::print)
    }

    /// Who is in it, as a sentence.
    #[must_use]
    pub fn universe(&self, sentences: &Sentences<'_>) -> String {
        sentences.universe(self.condition.as_ref(), self.roster)
    }
}

/// The bases of a questionnaire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bases {
    /// In the order of their first items.
    pub list: Vec<Base>,
    /// The base of each item.
    pub of_item: Vec<usize>,
    /// Whether nothing was left open: bases that stand apart differ.
    pub proven: bool,
}

impl Bases {
    /// Whether figures of two bases can be compared: it is the same base, or one lies within the
    /// other, so that one figure is of a part of those whom the other is of.
    #[must_use]
    pub fn are_comparable(&self, one: usize, other: usize) -> bool {
        let within = |a: usize, b: usize| self.list.get(a).is_some_and(|it| it.wider.contains(&b));
        one == other || within(one, other) || within(other, one)
    }

    /// The other bases whose figures can be compared with those of this one.
    #[must_use]
    pub fn comparable(&self, base: usize) -> Vec<usize> {
        let others = (0..self.list.len()).filter(|it| *it != base);
        others.filter(|it| self.are_comparable(base, *it)).collect()
    }
}

/// Items that are on path together by their formulas.
struct Group {
    unit: Option<ItemIx>,
    /// When they are on path, unit by unit.
    gates: Vec<Lit>,
    items: Vec<ItemIx>,
    /// Whether they are on path in each sheet found, unit by unit; then in each case of the formulas
    /// that told two groups apart, so that it does for others too.
    shown: Vec<bool>,
    /// Whether they are on path in no sheet.
    is_unseen: bool,
}

fn note(groups: &mut [Group], case: &Values) {
    for group in groups {
        let gates = group.gates.iter();
        group.shown.extend(gates.map(|it| case.holds(*it)));
    }
}

impl Proof<'_> {
    /// The bases, and the base of each item.
    pub fn bases(&mut self) -> Bases {
        let mut groups = self.groups();
        let mut proven = true;
        let mut kept: Vec<usize> = Vec::new();
        for at in 0..groups.len() {
            let mut same = None;
            for &other in &kept {
                let [it, that] = [&groups[at], &groups[other]];
                if it.unit != that.unit || it.is_unseen || it.shown != that.shown {
                    continue;
                }
                match self.ask(&it.gates, &that.gates, Formula::Differ) {
                    Answer::No(_) => same = Some(other),
                    Answer::Yes(values) => note(&mut groups, &values),
                    Answer::Unknown => proven = false,
                }
                if same.is_some() {
                    break;
                }
            }
            match same {
                Some(other) => {
                    let more = std::mem::take(&mut groups[at].items);
                    groups[other].items.extend(more);
                }
                None => kept.push(at),
            }
        }
        let mut list: Vec<Base> = Vec::with_capacity(kept.len());
        for at in &kept {
            groups[*at].items.sort_unstable();
            let it = self.base_of(&groups[*at]);
            list.push(it);
        }
        for at in 0..list.len() {
            for other in 0..list.len() {
                let [inner, outer] = [at, other].map(|it| &groups[kept[it]]);
                let mut shown = inner.shown.iter().zip(&outer.shown);
                let fits = inner.unit == outer.unit && shown.all(|(a, b)| !a || *b);
                if at == other || list[at].is_empty || !fits {
                    continue;
                }
                match self.ask(&inner.gates, &outer.gates, Formula::Outside) {
                    Answer::No(_) => list[at].wider.push(other),
                    Answer::Yes(values) => note(&mut groups, &values),
                    Answer::Unknown => proven = false,
                }
            }
        }
        for at in 0..list.len() {
            list[at].within = smallest(&list, at);
        }
        let mut of_item = vec![0; self.engine().instrument.items.len()];
        for (at, base) in list.iter().enumerate() {
            for item in &base.items {
                of_item[*item as usize] = at;
            }
        }
        Bases {
            list,
            of_item,
            proven,
        }
    }

    fn base_of(&mut self, group: &Group) -> Base {
        let mut items = group.items.iter();
        let is_never = |it: &ItemIx| self.status(Goal::Item(*it)) == Status::Never;
        let is_empty = group.is_unseen && items.all(is_never);
        let (item, filters, condition) = self.shortest(&group.items);
        Base {
            unit: group.unit,
            roster: self.engine().instrument.items[item as usize].roster,
            filters,
            condition,
            items: group.items.clone(),
            wider: Vec::new(),
            within: None,
            is_empty,
        }
    }

    /// Items with the same formulas; those of no complete sheet only if their conditions are the same.
    fn groups(&self) -> Vec<Group> {
        let engine = self.engine();
        let complete = self.can_be_completed() == Some(true);
        let sheets = self.sheets().iter().map(|it| engine.load(it));
        // A sheet that shows how a hard check fails is not complete: it shows nothing here.
        let sheets: Vec<_> = sheets
            .filter(|it| !complete || it.verdict(None).complete)
            .collect();
        let mut known: HashMap<(Option<ItemIx>, Vec<Lit>, String), usize> = HashMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for (ix, item) in (0u32..).zip(&engine.instrument.items) {
            let units = self.encoding.units_of(ix);
            let gates: Vec<Lit> = units
                .iter()
                .map(|unit| self.encoding.item_gate(ix, *unit))
                .collect();
            let nobody = gates.iter().all(|it| *it == Lit::FALSE);
            let said = match (nobody, &item.filter) {
                (true, Some(it)) => it.source.clone(),
                _ => String::new(),
            };
            let unit = item.roster.and_then(|it| reads::units(engine, it));
            let key = (unit, gates.clone(), said);
            let at = *known.entry(key).or_insert_with(|| {
                let shown: Vec<bool> = sheets
                    .iter()
                    .flat_map(|it| units.iter().map(|unit| it.evaluation.is_on_path(ix, *unit)))
                    .collect();
                groups.push(Group {
                    unit,
                    gates,
                    items: Vec::new(),
                    is_unseen: !shown.contains(&true),
                    shown,
                });
                groups.len() - 1
            });
            groups[at].items.push(ix);
        }
        groups
    }

    /// Whether some complete sheet shows, in some unit, what these formulas say of each other.
    fn ask(&mut self, a: &[Lit], b: &[Lit], formula: Formula) -> Answer {
        let formulas = &mut self.encoding.formulas;
        let units: Vec<Lit> = a
            .iter()
            .zip(b)
            .map(|(a, b)| match formula {
                Formula::Differ => !formulas.same(*a, *b),
                Formula::Outside => formulas.and(*a, !*b),
            })
            .collect();
        let some = formulas.any(units);
        self.sat.ask(&self.encoding.formulas, &[self.base, some])
    }

    /// What the filters above some items that the same people are asked come down to, by the
    /// shortest way to say it; and the item above which they stand.
    fn shortest(&mut self, items: &[ItemIx]) -> (ItemIx, Vec<Source>, Option<Expr>) {
        let mut tried: Vec<Vec<Source>> = Vec::new();
        let mut best: Option<(usize, ItemIx, Vec<Source>)> = None;
        for item in items {
            let filters = self.filters_that_matter(*item);
            if tried.contains(&filters) {
                continue;
            }
            tried.push(filters.clone());
            let texts = filters.iter().filter_map(|it| self.text(*it));
            let length = texts.map(str::len).sum();
            if best.as_ref().is_none_or(|it| length < it.0) {
                best = Some((length, *item, filters));
            }
        }
        let (_, item, filters) = best.unwrap_or_default();
        let condition = self.joined(&filters);
        (item, filters, condition)
    }

    fn text(&self, source: Source) -> Option<&str> {
        let condition = source.condition(&self.engine().instrument);
        condition.map(|it| it.source.as_str())
    }

    /// Conditions as one, without what is said twice.
    fn joined(&self, filters: &[Source]) -> Option<Expr> {
        let mut parts: Vec<Expr> = Vec::new();
        for filter in filters {
            let tree = self.text(*filter).and_then(|it| expr::parse(it).expr);
            let these = match tree {
                Some(Expr {
                    kind: ExprKind::And(these),
                    ..
                }) => these,
                it => it.into_iter().collect(),
            };
            for it in these {
                if !parts.contains(&it) {
                    parts.push(it);
                }
            }
        }
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(ExprKind::And(parts).into()),
        }
    }

    /// The filters above an item, its own last, without those that always hold there and those that
    /// the others imply.
    fn filters_that_matter(&mut self, item: ItemIx) -> Vec<Source> {
        let mut kept = self.filters_above(item);
        kept.retain(|it| self.status(Goal::Hides(*it)) != Status::Never);
        // An inner filter may say more than an outer one: the outer one goes.
        let mut at = 0;
        while kept.len() > 1 && at < kept.len() {
            let others: Vec<Source> = kept.iter().copied().filter(|it| *it != kept[at]).collect();
            if self.implied(item, &others, kept[at]) {
                kept.remove(at);
            } else {
                at += 1;
            }
        }
        kept
    }

    fn filters_above(&self, ix: ItemIx) -> Vec<Source> {
        let instrument = &self.engine().instrument;
        let item: &Item = &instrument.items[ix as usize];
        let block = instrument.pages[item.page as usize].block;
        let roster = item.roster.map(|it| instrument.rosters[it as usize].item);
        let all = [
            Some(Source::Block(block)),
            Some(Source::Page(item.page)),
            roster.map(Source::Item),
            Some(Source::Item(ix)),
        ];
        let all = all.into_iter().flatten();
        all.filter(|it| it.condition(instrument).is_some())
            .collect()
    }

    /// Whether one filter holds wherever others do, for an item.
    fn implied(&mut self, item: ItemIx, others: &[Source], it: Source) -> bool {
        let mut outside = Vec::new();
        for unit in self.encoding.units_of(item) {
            let mut them: Vec<Lit> = others
                .iter()
                .map(|it| self.encoding.filter_in(*it, unit))
                .collect();
            them.push(!self.encoding.filter_in(it, unit));
            outside.push(self.encoding.formulas.all(them));
        }
        let outside = self.encoding.formulas.any(outside);
        let them = [self.base, outside];
        matches!(self.sat.ask(&self.encoding.formulas, &them), Answer::No(_))
    }
}

impl Encoding<'_> {
    /// When a filter holds, for a unit.
    fn filter_in(&self, source: Source, unit: Option<u32>) -> Lit {
        let gates = self.engine.layout.gates().iter().zip(&self.filters);
        let mut here = gates.filter(|(it, _)| it.filter == Some(source));
        let found = here.find(|(it, _)| it.unit.is_none() || it.unit == unit);
        let truth = found.and_then(|(_, it)| it.map(|it| it.truth.yes));
        truth.unwrap_or(Lit::TRUE)
    }
}

#[derive(Clone, Copy)]
enum Formula {
    /// They are not the same.
    Differ,
    /// The first holds and the second does not.
    Outside,
}

/// The smallest base around another: one that no other of them lies within, and of several the
/// first. Which of several is the smaller one, only answers can tell.
fn smallest(list: &[Base], at: usize) -> Option<usize> {
    let wider = &list[at].wider;
    let holds_another = |it: &usize| {
        let mut others = wider.iter().filter(|other| *other != it);
        others.any(|other| list[*other].wider.contains(it))
    };
    let mut least = wider.iter().filter(|it| !holds_another(it));
    least.next().copied()
}
