//! Which question's answers make the columns of tables, and how.

use std::fmt;
use std::str::FromStr;

use questionnaire::{Evaluation, SlotState, Text};
use rust_decimal::Decimal;

use crate::given::{Given, read};
use crate::plan::{MOST_COLUMNS, PlanError};
use crate::spec::{self, Shape, Source, Spec};
use crate::stats::Stats;
use crate::title::ours;

/// Columns as they are asked for: `presence` (a column for each answer), `qpv:1,5` (numbers in bands: less than 1,
/// 1 to less than 5, 5 or more), `demarches.pilote:any` (from the units of a roster to their respondents, by a rule).
///
/// ```
/// use tally::{Breakdown, Rule};
/// let by: Breakdown = "demarches.etp:sum:0.5,1".parse()?;
/// assert_eq!((by.table.as_str(), by.rule, by.bounds.len()), ("demarches.etp", Some(Rule::Sum), 2));
/// assert_eq!(by.to_string(), "demarches.etp:sum:0.5,1");
/// assert!("qpv:5,1".parse::<Breakdown>().is_err(), "bounds rise");
/// # Ok::<(), tally::PlanError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// The table of the question.
    pub table: String,
    /// How the answers of several units become one of their respondent; without a rule, columns split units.
    pub rule: Option<Rule>,
    /// Where bands of numbers begin, ascending.
    pub bounds: Vec<Decimal>,
}

/// How the answers of a roster's units become one of the respondent whose units they are. Units without an answer
/// say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// At least one unit has the answer: a respondent may be in several columns.
    Any,
    /// Every unit that has an answer has this one.
    All,
    /// The first unit that has an answer.
    First,
    /// The sum of the units' numbers, in bands.
    Sum,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 4] = [Self::Any, Self::All, Self::First, Self::Sum];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::All => "all",
            Self::First => "first",
            Self::Sum => "sum",
        }
    }
}

/// More bands than this make no table.
const MOST_BOUNDS: usize = 24;

impl FromStr for Breakdown {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        let wrong = || PlanError::BadBreakdown(text.to_owned());
        let mut parts = text.split(':').map(str::trim);
        let table = parts.next().filter(|it| !it.is_empty()).ok_or_else(wrong)?;
        let mut rest = parts.peekable();
        let named = |name: &str| Rule::ALL.into_iter().find(|it| it.name() == name);
        let rule = rest.peek().and_then(|it| named(it));
        if rule.is_some() {
            rest.next();
        }
        let bounds: Option<Vec<Decimal>> = match rest.next() {
            None => Some(Vec::new()),
            Some(list) => list.split(',').map(|it| it.trim().parse().ok()).collect(),
        };
        let bounds = bounds.ok_or_else(wrong)?;
        let rises = bounds.windows(2).all(|it| it[0] < it[1]);
        if !rises || bounds.len() > MOST_BOUNDS || rest.next().is_some() {
            return Err(wrong());
        }
        Ok(Self {
            table: table.to_owned(),
            rule,
            bounds,
        })
    }
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(rule) = self.rule {
            write!(f, ":{}", rule.name())?;
        }
        for (nth, bound) in self.bounds.iter().enumerate() {
            write!(
                f,
                "{}{}",
                if nth == 0 { ":" } else { "," },
                bound.normalize()
            )?;
        }
        Ok(())
    }
}

/// Bounds of bands that hold about a quarter of the numbers each: the quartiles, as far as they differ, with two
/// decimals. Nothing where all numbers are equal.
///
/// ```
/// let mut values = tally::Values::default();
/// (1..=9).for_each(|it| values.add(it.into()));
/// assert_eq!(tally::quarters(&values.stats()), [3.into(), 5.into(), 7.into()]);
/// ```
#[must_use]
pub fn quarters(stats: &Stats) -> Vec<Decimal> {
    let bounds = [stats.q1, stats.median, stats.q3].into_iter().flatten();
    let mut bounds: Vec<Decimal> = bounds.map(|it| it.round_dp(2).normalize()).collect();
    bounds.retain(|it| stats.min.is_some_and(|min| *it > min));
    bounds.dedup();
    bounds
}

/// The question whose answers make the columns, of one version.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Columns {
    /// As it was asked for.
    pub(crate) asked: String,
    pub(crate) label: Text,
    /// The roster whose units are in columns; `None` for respondents.
    pub(crate) roster: Option<u32>,
    pub(crate) choices: Vec<(String, Text)>,
    pub(crate) by: By,
    /// Whether several answers were possible.
    pub(crate) several: bool,
}

/// Whose answers, and how they make columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct By {
    pub(crate) source: Source,
    /// The roster in which the question is, and how its units become their respondent.
    pub(crate) from: Option<(u32, Rule)>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// Each code, in the column of its row.
    Codes(Option<Vec<u16>>),
    /// The code that was ranked first.
    First(Option<Vec<u16>>),
    Truth,
    /// Where bands begin.
    Bands(Vec<Decimal>),
}

impl Columns {
    /// The columns that a question's answers make.
    pub(crate) fn new(spec: &Spec, asked: &Breakdown) -> Result<Self, PlanError> {
        let from = match (asked.rule, spec.roster) {
            (None, _) => None,
            (Some(rule), Some(roster)) => Some((roster, rule)),
            (Some(_), None) => return Err(PlanError::NoRule(asked.to_string())),
        };
        let is_sum = asked.rule == Some(Rule::Sum);
        let no_columns = || PlanError::NoColumns(asked.to_string());
        let (kind, choices) = match &spec.shape {
            Shape::Number if !asked.bounds.is_empty() => {
                (Kind::Bands(asked.bounds.clone()), bands(&asked.bounds))
            }
            Shape::Number => return Err(no_columns()),
            _ if is_sum => return Err(PlanError::NoRule(asked.to_string())),
            _ if !asked.bounds.is_empty() => return Err(no_columns()),
            Shape::Choices(choices) => {
                let list = choices.list.iter();
                let list = list.map(|it| (it.code.clone(), it.label.clone()));
                let kind = match choices.ranked {
                    true => Kind::First(spec.recode.clone()),
                    false => Kind::Codes(spec.recode.clone()),
                };
                (kind, list.collect())
            }
            Shape::Truth => (Kind::Truth, spec::truths().into()),
            Shape::Date | Shape::Text => return Err(no_columns()),
        };
        if choices.len() > MOST_COLUMNS {
            return Err(PlanError::ManyColumns(asked.to_string()));
        }
        Ok(Self {
            asked: asked.to_string(),
            label: spec.label.clone(),
            roster: spec.roster.filter(|_| from.is_none()),
            several: matches!(&spec.shape, Shape::Choices(it) if it.several),
            choices,
            by: By {
                source: spec.source.clone(),
                from,
                kind,
            },
        })
    }

    /// Whether somebody may be in several of them.
    pub(crate) fn overlap(&self) -> bool {
        let is_any = self.by.from.is_some_and(|it| it.1 == Rule::Any);
        is_any || self.several && matches!(self.by.kind, Kind::Codes(_))
    }

    /// The same columns where nobody is in them: for a version that does not ask the question.
    #[cfg(feature = "authoring")]
    pub(crate) fn without_anybody(&self) -> Self {
        let mut it = self.clone();
        it.by.source = Source::Slots(Vec::new());
        it
    }

    /// Columns of a respondent, where these are about respondents.
    pub(crate) fn of_respondent(&self, evaluation: &Evaluation<'_>) -> Vec<u16> {
        let Some((roster, rule)) = self.by.from else {
            return self.of_unit(evaluation, 0);
        };
        let units = (0..self.by.source.units()).filter(|it| evaluation.exists(roster, *it));
        match rule {
            Rule::Sum => {
                let numbers = units.filter_map(|it| self.by.number(evaluation, it));
                let sum = sum(numbers).and_then(|it| self.by.band(it));
                sum.into_iter().collect()
            }
            _ => joined(rule, units.map(|it| self.of_unit(evaluation, it))),
        }
    }

    /// Columns of the nth unit: what it answered to the question that makes them.
    pub(crate) fn of_unit(&self, evaluation: &Evaluation<'_>, nth: u32) -> Vec<u16> {
        let (state, given) = read(&self.by.source, evaluation, nth);
        if !state.is_asked() {
            return Vec::new();
        }
        match given {
            Given::Bool(it) => vec![u16::from(!it)],
            Given::Number(it) if state == SlotState::Answered => {
                self.by.band(it).into_iter().collect()
            }
            given => self.by.columns(given.codes()),
        }
    }
}

impl By {
    /// The column of a code, where each answer has one.
    pub(crate) fn of_code(&self, code: u16) -> Option<u16> {
        match &self.kind {
            Kind::Codes(recode) => Some(row(recode.as_deref(), code)),
            Kind::Truth => Some(code),
            Kind::First(_) | Kind::Bands(_) => None,
        }
    }

    /// The column of the code that was ranked first.
    pub(crate) fn of_first(&self, code: u16) -> Option<u16> {
        match &self.kind {
            Kind::First(recode) => Some(row(recode.as_deref(), code)),
            Kind::Codes(_) | Kind::Truth | Kind::Bands(_) => None,
        }
    }

    /// Where bands begin.
    pub(crate) fn bounds(&self) -> &[Decimal] {
        match &self.kind {
            Kind::Bands(bounds) => bounds,
            Kind::Codes(_) | Kind::First(_) | Kind::Truth => &[],
        }
    }

    /// The band of a number.
    pub(crate) fn band(&self, number: Decimal) -> Option<u16> {
        match &self.kind {
            Kind::Bands(bounds) => u16::try_from(bounds.partition_point(|it| *it <= number)).ok(),
            Kind::Codes(_) | Kind::First(_) | Kind::Truth => None,
        }
    }

    fn columns(&self, codes: &[u16]) -> Vec<u16> {
        let mut columns = Vec::with_capacity(codes.len());
        let (codes, recode) = match &self.kind {
            Kind::Codes(recode) => (codes, recode),
            Kind::First(recode) => (&codes[..codes.len().min(1)], recode),
            Kind::Truth | Kind::Bands(_) => return columns,
        };
        for code in codes {
            let row = row(recode.as_deref(), *code);
            if !columns.contains(&row) {
                columns.push(row);
            }
        }
        columns
    }

    fn number(&self, evaluation: &Evaluation<'_>, nth: u32) -> Option<Decimal> {
        match read(&self.source, evaluation, nth) {
            (SlotState::Answered, Given::Number(it)) => Some(it),
            _ => None,
        }
    }
}

/// The columns of a respondent whose units are in these, each in those of its answer.
pub(crate) fn joined(rule: Rule, units: impl IntoIterator<Item = Vec<u16>>) -> Vec<u16> {
    let mut units = units.into_iter().filter(|it| !it.is_empty());
    let mut all = units.next().unwrap_or_default();
    match rule {
        Rule::First | Rule::Sum => {}
        Rule::Any => {
            for unit in units {
                for column in unit {
                    if !all.contains(&column) {
                        all.push(column);
                    }
                }
            }
        }
        Rule::All => units.for_each(|unit| all.retain(|it| unit.contains(it))),
    }
    all
}

/// The sum of numbers; nothing where there is none, or where it has too many digits.
pub(crate) fn sum(mut numbers: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let first = numbers.next()?;
    numbers.try_fold(first, Decimal::checked_add)
}

fn row(recode: Option<&[u16]>, code: u16) -> u16 {
    recode.map_or(code, |it| {
        it.get(usize::from(code)).copied().unwrap_or(u16::MAX)
    })
}

/// Bands that begin at these bounds, with what lies below the first.
fn bands(bounds: &[Decimal]) -> Vec<(String, Text)> {
    let french = |it: &Decimal| it.normalize().to_string().replace('.', ",");
    let english = |it: &Decimal| it.normalize().to_string();
    let mut all = Vec::with_capacity(bounds.len() + 1);
    if let Some(first) = bounds.first() {
        let label = ours(
            &format!("moins de {}", french(first)),
            &format!("less than {}", english(first)),
        );
        all.push((format!("<{}", english(first)), label));
    }
    for it in bounds.windows(2) {
        let label = ours(
            &format!("{} à moins de {}", french(&it[0]), french(&it[1])),
            &format!("{} to less than {}", english(&it[0]), english(&it[1])),
        );
        all.push((format!("{}..{}", english(&it[0]), english(&it[1])), label));
    }
    if let Some(last) = bounds.last() {
        let label = ours(
            &format!("{} et plus", french(last)),
            &format!("{} or more", english(last)),
        );
        all.push((format!(">={}", english(last)), label));
    }
    all
}
