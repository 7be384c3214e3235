//! Cohorts that look like a population: raking.
//!
//! From a pool of drawn sheets, weights are found with which every marginal is met (iterative
//! proportional fitting: each marginal in turn scales the weights of its groups, until nothing
//! moves). Sheets are then taken in proportion to their weights, at equal steps through the pool
//! sorted by what the marginals tell apart, so that shares of the cohort are as near as whole
//! respondents can come.
//!
//! No answer is ever changed: what the questionnaire does not let happen, or what the pool does not
//! have, is reported as not met.

mod marginals;

use questionnaire::{Engine, Sheet};
use serde::Serialize;

pub use marginals::{MarginalError, Marginals};

use crate::chance::Chance;

/// Sheets in the pool for each sheet of the cohort.
const POOL: usize = 20;
/// No pool is made larger than this for a small cohort's sake.
const MAX_POOL: usize = 20_000;
/// Rounds through all marginals.
const MAX_ROUNDS: usize = 500;
/// Shares nearer than this are met.
const TOLERANCE: f64 = 1e-6;
/// A group that shall have nobody keeps this much: weights stay positive.
const NEXT_TO_NOTHING: f64 = 1e-9;

/// How many sheets to draw for a cohort of `n` that is raked.
#[must_use]
pub fn pool_size(n: usize) -> usize {
    n.saturating_mul(POOL).min(MAX_POOL).max(n)
}

/// Weights of a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One for each sheet, positive; on average 1.
    pub weights: Vec<f64>,
    /// Whether every marginal is met.
    pub met: bool,
    /// For each sheet and margin the group it is in.
    groups: Vec<Vec<Option<usize>>>,
}

/// A cohort, and how far it is from what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    /// The sheets.
    pub sheets: Vec<Sheet>,
    /// Each share.
    pub report: Report,
}

/// How far a cohort is from its marginals; as JSON
/// `{"met": true, "shares": [{"item", "code", "asked", "weighted", "obtained", "pool"}], "unmet": ["item.code"]}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Whether weights were found with which all of them are met.
    pub met: bool,
    /// Each share that was asked for.
    pub shares: Vec<Share>,
    /// Those that cannot be met because no sheet of the pool has the code.
    pub unmet: Vec<String>,
}

/// One share, of the respondents who answered the item with a code that is followed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The item, or a grid's row.
    pub item: String,
    /// The code.
    pub code: String,
    /// The share that was asked for.
    pub asked: f64,
    /// The share of the weighted pool.
    pub weighted: f64,
    /// The share of the cohort; null if nobody answered.
    pub obtained: Option<f64>,
    /// How many sheets of the pool have it.
    pub pool: usize,
}

/// Weights with which a pool has these marginals, as nearly as it can.
///
/// ```
/// # let source = "
/// # id: essai
/// # title: Essai
/// # blocks:
/// #   - id: b
/// #     pages:
/// #       - id: p
/// #         items:
/// #           - { id: asv, kind: single, label: Un ASV ?, required: true,
/// #               choices: [{ code: oui, label: Oui }, { code: non, label: Non }] }
/// # ";
/// # let engine = questionnaire::check(source).engine.ok_or("a sound questionnaire")?;
/// let file = serde_json::json!({ "asv": { "oui": 0.9, "non": 0.1 } });
/// let marginals = proof::Marginals::read(&engine, &file).map_err(|_| "a marginals file")?;
/// let n = 40;
/// let pool: Vec<_> = (0..proof::pool_size(n) as u64)
///     .map(|nth| proof::plausible(&engine, 2026, nth))
///     .collect();
/// let raked = proof::rake(&engine, &marginals, &pool, n, 2026);
/// let yes = raked.sheets.iter().filter(|it| it.answers["asv"] == "oui").count();
/// assert_eq!((raked.sheets.len(), yes), (40, 36));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn weights(engine: &Engine, marginals: &Marginals, pool: &[Sheet]) -> Weights {
    let groups: Vec<Vec<Option<usize>>> = pool
        .iter()
        .map(|sheet| {
            let evaluation = engine.load(sheet).evaluation;
            let margins = marginals.margins.iter();
            margins.map(|it| it.group(&evaluation)).collect()
        })
        .collect();
    let mut it = Weights {
        weights: vec![1.0; pool.len()],
        met: false,
        groups,
    };
    for _ in 0..MAX_ROUNDS {
        for nth in 0..marginals.margins.len() {
            it.scale(nth, marginals);
        }
        // Met one after the other they may still be off together.
        if it.distance(marginals) <= TOLERANCE {
            it.met = true;
            break;
        }
    }
    let mean = it.weights.iter().sum::<f64>() / it.weights.len().max(1) as f64;
    it.weights.iter_mut().for_each(|it| *it /= mean);
    it
}

impl Weights {
    /// The weight of each group of a margin.
    fn sums(&self, nth: usize, n_groups: usize) -> Vec<f64> {
        let mut sums = vec![0.0; n_groups];
        for (weight, groups) in self.weights.iter().zip(&self.groups) {
            if let Some(group) = groups[nth] {
                sums[group] += weight;
            }
        }
        sums
    }

    fn scale(&mut self, nth: usize, marginals: &Marginals) {
        let groups = &marginals.margins[nth].groups;
        let sums = self.sums(nth, groups.len());
        let total: f64 = sums.iter().sum();
        // What nobody in the pool has is left out: the others keep their proportions.
        let there = groups.iter().zip(&sums).filter(|it| *it.1 > 0.0);
        let asked: f64 = there.map(|it| it.0.share).sum();
        if asked <= 0.0 {
            return;
        }
        let factor = |(group, sum): (&marginals::Group, &f64)| {
            (group.share / asked).max(NEXT_TO_NOTHING) * total / sum
        };
        let factors: Vec<f64> = groups.iter().zip(&sums).map(factor).collect();
        for (weight, groups) in self.weights.iter_mut().zip(&self.groups) {
            if let Some(group) = groups[nth] {
                *weight *= factors[group];
            }
        }
    }

    /// How far the share that is farthest off is.
    fn distance(&self, marginals: &Marginals) -> f64 {
        let mut distance: f64 = 0.0;
        for (nth, margin) in marginals.margins.iter().enumerate() {
            let sums = self.sums(nth, margin.groups.len());
            let total: f64 = sums.iter().sum();
            for (group, sum) in margin.groups.iter().zip(&sums) {
                let share = if total > 0.0 { sum / total } else { 0.0 };
                distance = distance.max((group.share - share).abs());
            }
        }
        distance
    }
}

/// A cohort of `n` sheets from a pool, with these marginals.
///
/// A sheet that is needed more than once is there more than once, under its own id each time.
#[must_use]
pub fn rake(engine: &Engine, marginals: &Marginals, pool: &[Sheet], n: usize, seed: u64) -> Raked {
    let weights = weights(engine, marginals, pool);
    // A stream that no drawn sheet has.
    let mut chance = Chance::new(seed, u64::MAX);
    let taken = weights.taken(n, &mut chance);
    let report = weights.report(marginals, &taken);
    let sheets = taken.iter().map(|it| {
        let mut sheet = pool[*it].clone();
        sheet.meta.id = Some(chance.identifier());
        sheet
    });
    Raked {
        sheets: sheets.collect(),
        report,
    }
}

impl Weights {
    /// Systematic sampling: `n` positions in the pool, in its order.
    fn taken(&self, n: usize, chance: &mut Chance) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.weights.len()).collect();
        order.sort_by(|a, b| self.groups[*a].cmp(&self.groups[*b]));
        let total: f64 = self.weights.iter().sum();
        let step = total / n as f64;
        // Half a step more or less is a matter of chance; 2^53 places to begin are enough.
        let start = (chance.below(1 << 53) as f64 + 0.5) / (1_u64 << 53) as f64 * step;
        let mut taken = Vec::with_capacity(n);
        let mut passed = 0.0;
        for at in &order {
            passed += self.weights[*at];
            while taken.len() < n && start + step * taken.len() as f64 <= passed {
                taken.push(*at);
            }
        }
        // The last place may lie a rounding error beyond the end.
        let last = order.last().copied();
        taken.extend(last.into_iter().cycle().take(n - taken.len()));
        taken.sort_unstable();
        taken
    }

    fn report(&self, marginals: &Marginals, taken: &[usize]) -> Report {
        let mut shares = Vec::new();
        let mut unmet = Vec::new();
        for (nth, margin) in marginals.margins.iter().enumerate() {
            let sums = self.sums(nth, margin.groups.len());
            let total: f64 = sums.iter().sum();
            let count = |which: &dyn Fn(usize) -> bool| {
                taken
                    .iter()
                    .filter(|it| self.groups[**it][nth].is_some_and(which))
                    .count()
            };
            let all = count(&|_| true);
            for (at, group) in margin.groups.iter().enumerate() {
                let Some(code) = &group.code else { continue };
                let here = |it: &&Vec<Option<usize>>| it[nth] == Some(at);
                let pool = self.groups.iter().filter(here).count();
                if pool == 0 && group.share > 0.0 {
                    unmet.push(format!("{}.{code}", margin.name));
                }
                shares.push(Share {
                    item: margin.name.clone(),
                    code: code.clone(),
                    asked: group.share,
                    weighted: if total > 0.0 { sums[at] / total } else { 0.0 },
                    obtained: (all > 0).then(|| count(&|it| it == at) as f64 / all as f64),
                    pool,
                });
            }
        }
        Report {
            met: self.met,
            shares,
            unmet,
        }
    }
}
