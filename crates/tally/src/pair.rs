//! A table of an older version beside the one of a newer version that it goes on into: which rows its answers belong
//! to, or why they cannot be added up.

use questionnaire::instrument::{Cells, Choice, Item, Kind, Quantity};
use questionnaire::{Engine, Lineage, Text};
use rust_decimal::Decimal;

use crate::join::{Break, Judged};
use crate::spec::{Choices, Shape, Spec};

/// The rows of a table: those of the newer version, then those that only older ones have.
pub(crate) struct Rows {
    n_own: usize,
    list: Vec<Choice>,
    numbers: Option<Vec<Option<Decimal>>>,
}

impl Rows {
    pub(crate) fn of(shape: &Shape) -> Self {
        let (list, numbers) = match shape {
            Shape::Choices(it) => (it.list.clone(), it.numbers.clone()),
            Shape::Truth | Shape::Number | Shape::Date | Shape::Text => (Vec::new(), None),
        };
        Self {
            n_own: list.len(),
            list,
            numbers,
        }
    }

    pub(crate) fn own(&self) -> Vec<bool> {
        (0..self.list.len()).map(|it| it < self.n_own).collect()
    }

    pub(crate) fn offered(&self, recode: &[u16]) -> Vec<bool> {
        let given = |row: usize| recode.iter().any(|it| usize::from(*it) == row);
        (0..self.list.len()).map(given).collect()
    }

    /// The shape of whatever is counted in these rows; nets are those of the newer version.
    pub(crate) fn shape(&self, of_new: &Shape) -> Shape {
        match of_new {
            Shape::Choices(it) => Shape::Choices(Choices {
                list: self.list.clone(),
                numbers: self.numbers.clone(),
                ..it.clone()
            }),
            other => other.clone(),
        }
    }
}

pub(crate) struct Link {
    /// Of each choice of the older version, its row.
    pub(crate) recode: Vec<u16>,
    pub(crate) is_reworded: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Pair<'e> {
    pub(crate) old: &'e Engine,
    pub(crate) new: &'e Engine,
}

impl Pair<'_> {
    fn lineage(&self) -> Lineage<'_> {
        Lineage::of(&self.old.instrument, &self.new.instrument)
    }

    /// The table of the older version that goes on into one of the newer version.
    pub(crate) fn find(&self, olds: &[Spec], new: &Spec) -> Option<usize> {
        let lineage = self.lineage();
        let item = lineage.item(new.item)?;
        let row = match new.row {
            Some(row) => Some(lineage.row(item, new.item, row)?),
            None => None,
        };
        // What became a grid, or was one, has other tables: neither goes on into the other.
        olds.iter().position(|it| it.item == item && it.row == row)
    }

    /// How answers of the older version go into the rows of the newer one, or why they do not.
    pub(crate) fn link(
        &self,
        old: &Spec,
        new: &Spec,
        judged: &Judged,
        rows: &mut Rows,
    ) -> Result<Link, Vec<Break>> {
        let (was, is) = (self.item(self.old, old), self.item(self.new, new));
        let mut breaks: Vec<Break> = judged
            .get(is.map_or("", |it| it.id.as_str()))
            .cloned()
            .unwrap_or_default();
        if old.kind != new.kind || !alike(&old.shape, &new.shape) {
            breaks.push(Break::Kind);
        }
        if !self.same_unit(old, new) {
            breaks.push(Break::Unit);
        }
        if was.map(number) != is.map(number) {
            breaks.push(Break::Number);
        }
        let mut recode = Vec::new();
        let mut is_reworded = (&old.label, &old.question) != (&new.label, &new.question);
        if let (Shape::Choices(a), Shape::Choices(b)) = (&old.shape, &new.shape) {
            let onto = self.lineage().choices(old.item, new.item);
            let pairs = a.list.iter().zip(&onto);
            let pairs = pairs.filter_map(|(it, to)| Some((it, b.list.get(usize::from((*to)?))?)));
            let pairs: Vec<(&Choice, &Choice)> = pairs.collect();
            if pairs.iter().any(|(a, b)| meaning(a) != meaning(b)) {
                breaks.push(Break::Meaning);
            }
            is_reworded |= pairs.iter().any(|(a, b)| a.label != b.label);
            let says = |it: &Choice| it.missing.is_none();
            if a.list.iter().any(says) && !pairs.iter().any(|(it, _)| says(it)) {
                breaks.push(Break::Choices);
            }
            // Of two ranks that one choice was given, none is its own.
            let mut met: Vec<u16> = onto.iter().flatten().copied().collect();
            met.sort_unstable();
            if a.ranked && met.windows(2).any(|it| it[0] == it[1]) {
                breaks.push(Break::Meaning);
            }
            if breaks.is_empty() {
                match rows.take(a, &onto) {
                    Some(it) => recode = it,
                    None => breaks.push(Break::Meaning),
                }
            }
        }
        breaks.sort_unstable();
        breaks.dedup();
        if breaks.is_empty() {
            Ok(Link {
                recode,
                is_reworded,
            })
        } else {
            Err(breaks)
        }
    }

    fn item<'i>(&self, engine: &'i Engine, spec: &Spec) -> Option<&'i Item> {
        engine.instrument.items.get(spec.item as usize)
    }

    fn same_unit(&self, old: &Spec, new: &Spec) -> bool {
        let of = |engine: &Engine, roster: u32| {
            let roster = engine.instrument.rosters.get(roster as usize);
            roster.map(|it| it.item)
        };
        match (old.roster, new.roster) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                let goes_on = of(self.new, b).and_then(|it| self.lineage().item(it));
                goes_on.is_some() && goes_on == of(self.old, a)
            }
            _ => false,
        }
    }
}

impl Rows {
    /// The row of each choice of an older version; those that have none become rows. `None` where one of these would
    /// stand in a row that means something else.
    fn take(&mut self, old: &Choices, onto: &[Option<u16>]) -> Option<Vec<u16>> {
        let mut recode = Vec::with_capacity(old.list.len());
        let mut added = Vec::new();
        for (nth, choice) in old.list.iter().enumerate() {
            if let Some(row) = onto.get(nth).copied().flatten() {
                recode.push(row);
                continue;
            }
            let known = self.list.iter().skip(self.n_own);
            let known = known.zip(self.n_own..).find(|it| it.0.code == choice.code);
            match known {
                Some((it, _)) if meaning(it) != meaning(choice) => return None,
                Some((_, row)) => recode.push(u16::try_from(row).ok()?),
                None => {
                    recode.push(u16::try_from(self.list.len() + added.len()).ok()?);
                    added.push((nth, choice.clone()));
                }
            }
        }
        for (nth, choice) in added {
            if let Some(numbers) = &mut self.numbers {
                let of_old = old.numbers.as_ref().and_then(|it| it.get(nth).copied());
                numbers.push(of_old.flatten());
            }
            self.list.push(choice);
        }
        Some(recode)
    }
}

/// Whether answers look alike, whatever the choices.
fn alike(a: &Shape, b: &Shape) -> bool {
    match (a, b) {
        (Shape::Choices(a), Shape::Choices(b)) => {
            (a.several, a.ranked, a.numbers.is_some()) == (b.several, b.ranked, b.numbers.is_some())
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn meaning(it: &Choice) -> impl PartialEq + '_ {
    (it.missing, it.exclusive, &it.attributes)
}

/// What makes numbers comparable: what they count, and their decimals.
fn number(it: &Item) -> Option<(u8, Option<&Text>)> {
    let it: &Quantity = match &it.kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => it,
        _ => return None,
    };
    Some((it.decimals, it.unit.as_ref()))
}
