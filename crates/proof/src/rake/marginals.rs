//! What a cohort shall look like: the marginals file.

use std::collections::BTreeMap;
use std::fmt;

use expr::{ListId, Type};
use questionnaire::instrument::{Cells, ItemIx, Kind};
use questionnaire::{Answer, Engine, Evaluation, SlotState};
use serde_json::Value;

/// How far shares that are said to be all of an item's may be from adding up: rounded figures.
const ROUNDING: f64 = 0.02;

/// The marginals of a questionnaire that a cohort shall have.
///
/// The file is one JSON object: `{"item": {"code": number, …}, "grid[row]": {…}, …}`. An item has
/// codes (single, scale, territory, multiple, a row of such a grid, a computed code) and is asked
/// once; others are refused.
///
/// Numbers are shares of the respondents who answered the item, where they add up to at most 1: what
/// they leave is for the codes that are not named. Else they are counts, of which only the
/// proportions among the named codes matter. With several answers each number is the share of
/// people who chose the code. A choice that means a missing reason is no answer and is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Marginals {
    pub(super) margins: Vec<Margin>,
}

/// Disjoint groups of respondents, with their shares.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Margin {
    pub(super) place: Place,
    /// The item as named.
    pub(super) name: String,
    pub(super) groups: Vec<Group>,
}

/// Respondents with one of these codes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// The code as named; none for what is left.
    pub(super) code: Option<String>,
    pub(super) codes: Vec<u16>,
    pub(super) share: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Slot(u32),
    /// One code of several: the first group is those who chose it, the second those who did not.
    Among(u32, u16),
    Computed(ItemIx),
}

/// Why something is no marginals file of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarginalError {
    /// It is no object of objects of numbers.
    Form(String),
    /// There is no such item.
    UnknownItem(String),
    /// The item has no codes, or is asked for several units.
    NoCodes(String),
    /// The item has no such code.
    UnknownCode(String, String),
    /// The code means a missing reason.
    NoAnswer(String, String),
    /// A number is negative, or not finite, or all are zero.
    Number(String),
    /// Shares of several answers are more than 1, or shares and counts are mixed.
    Share(String),
    /// Shares of all its codes do not add up to 1.
    Sum(String),
}

impl fmt::Display for MarginalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(it) => write!(f, "{it}: an object of numbers by code is needed"),
            Self::UnknownItem(it) => write!(f, "{it}: the questionnaire has no such item"),
            Self::NoCodes(it) => write!(
                f,
                "{it}: only what is asked once and answered with codes has marginals; a grid's row \
                 is named grid[row]"
            ),
            Self::UnknownCode(it, code) => write!(f, "{it}: there is no choice {code}"),
            Self::NoAnswer(it, code) => {
                write!(
                    f,
                    "{it}: {code} means that there is no answer; leave it out"
                )
            }
            Self::Number(it) => write!(f, "{it}: numbers are positive or zero, and not all zero"),
            Self::Share(it) => write!(
                f,
                "{it}: give shares that add up to at most 1, or counts; with several answers, the \
                 share of people who chose each"
            ),
            Self::Sum(it) => write!(f, "{it}: the shares of all its choices do not add up to 1"),
        }
    }
}

impl std::error::Error for MarginalError {}

impl Marginals {
    /// Reads a marginals file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(engine: &Engine, file: &Value) -> Result<Self, Vec<MarginalError>> {
        let form = |it: &str| MarginalError::Form(it.to_owned());
        let Some(items) = file.as_object() else {
            return Err(vec![form("marginals")]);
        };
        let mut margins = Vec::new();
        let mut errors = Vec::new();
        for (name, numbers) in items {
            let read = numbers
                .as_object()
                .and_then(|it| {
                    let numbers = it
                        .iter()
                        .map(|(code, it)| Some((code.clone(), it.as_f64()?)));
                    numbers.collect::<Option<BTreeMap<_, _>>>()
                })
                .ok_or_else(|| form(name))
                .and_then(|it| margins_of(engine, name, &it));
            match read {
                Ok(them) => margins.extend(them),
                Err(it) => errors.push(it),
            }
        }
        if errors.is_empty() {
            Ok(Self { margins })
        } else {
            Err(errors)
        }
    }
}

fn margins_of(
    engine: &Engine,
    name: &str,
    numbers: &BTreeMap<String, f64>,
) -> Result<Vec<Margin>, MarginalError> {
    let (place, list, several) = place(engine, name)?;
    let item = || name.to_owned();
    let no_codes = || MarginalError::NoCodes(item());
    let list = engine
        .instrument
        .lists
        .get(list as usize)
        .ok_or_else(no_codes)?;
    let mut groups = Vec::new();
    for (code, number) in numbers {
        let at = list.position(code);
        let unknown = || MarginalError::UnknownCode(item(), code.clone());
        let at = at.ok_or_else(unknown)?;
        if list.choice(at).is_some_and(|it| it.missing.is_some()) {
            return Err(MarginalError::NoAnswer(item(), code.clone()));
        }
        groups.push(Group {
            code: Some(code.clone()),
            codes: vec![at],
            share: *number,
        });
    }
    let numbers = groups.iter().map(|it| it.share);
    let sum: f64 = numbers.clone().sum();
    if !numbers.clone().all(|it| it.is_finite() && it >= 0.0) || sum <= 0.0 && !several {
        return Err(MarginalError::Number(item()));
    }
    if let (true, Place::Slot(slot)) = (several, place) {
        if numbers.clone().any(|it| it > 1.0) {
            return Err(MarginalError::Share(item()));
        }
        let margin = |it: Group| Margin {
            place: Place::Among(slot, it.codes[0]),
            name: item(),
            groups: vec![
                Group {
                    share: it.share,
                    ..it.clone()
                },
                Group {
                    code: None,
                    codes: Vec::new(),
                    share: 1.0 - it.share,
                },
            ],
        };
        return Ok(groups.into_iter().map(margin).collect());
    }
    let whole = |it: f64| it.fract() == 0.0;
    if sum > 1.0 + ROUNDING && !numbers.clone().all(whole) {
        return Err(MarginalError::Share(item()));
    }
    let named: Vec<u16> = groups.iter().flat_map(|it| it.codes.clone()).collect();
    let others = (0u16..)
        .zip(&list.choices)
        .filter(|(at, it)| it.missing.is_none() && !named.contains(at));
    let others: Vec<u16> = others.map(|it| it.0).collect();
    let left = 1.0 - sum;
    if left > ROUNDING {
        if others.is_empty() {
            return Err(MarginalError::Sum(item()));
        }
        groups.push(Group {
            code: None,
            codes: others,
            share: left,
        });
    } else {
        groups.iter_mut().for_each(|it| it.share /= sum);
    }
    Ok(vec![Margin {
        place,
        name: item(),
        groups,
    }])
}

/// Where an item's answers stand, its list, and whether it takes several.
fn place(engine: &Engine, name: &str) -> Result<(Place, u32, bool), MarginalError> {
    let no_codes = || MarginalError::NoCodes(name.to_owned());
    if let Some(slot) = engine.layout.slot(name) {
        let at = &engine.layout.slots()[slot as usize];
        let item = &engine.instrument.items[at.item as usize];
        let several = match &item.kind {
            Kind::Single { .. } | Kind::Scale { .. } | Kind::Territory { .. } => false,
            Kind::Multiple { .. } => true,
            Kind::Grid { cells, .. } => matches!(cells, Cells::Multiple { .. }),
            _ => return Err(no_codes()),
        };
        return match item.list() {
            Some(list) if at.unit.is_none() => Ok((Place::Slot(slot), list, several)),
            _ => Err(no_codes()),
        };
    }
    let unknown = || MarginalError::UnknownItem(name.to_owned());
    let of_roster = name.split_once('.').and_then(|it| engine.layout.item(it.1));
    let ix = engine.layout.item(name).or(of_roster).ok_or_else(unknown)?;
    let item = &engine.instrument.items[ix as usize];
    match &item.kind {
        Kind::Computed { value } if item.roster.is_none() => match value.program.ty() {
            Type::Code(ListId(list)) => Ok((Place::Computed(ix), list, false)),
            _ => Err(no_codes()),
        },
        _ => Err(no_codes()),
    }
}

impl Margin {
    /// The group that a sheet is in; none if it has no answer, or one of another code.
    pub(super) fn group(&self, evaluation: &Evaluation<'_>) -> Option<usize> {
        let of_code = |it: u16| {
            self.groups
                .iter()
                .position(|group| group.codes.contains(&it))
        };
        match self.place {
            Place::Slot(slot) | Place::Among(slot, _)
                if evaluation.state(slot) != SlotState::Answered =>
            {
                None
            }
            Place::Among(slot, code) => Some(usize::from(!evaluation.is_chosen(slot, code))),
            Place::Slot(slot) => match evaluation.answer(slot) {
                Answer::Code(it) => of_code(*it),
                _ => None,
            },
            Place::Computed(item) => match evaluation.computed_of(item, None) {
                Some(expr::Value::Code(it)) => of_code(*it),
                _ => None,
            },
        }
    }
}
