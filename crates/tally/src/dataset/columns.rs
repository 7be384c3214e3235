//! Who is in which column.

use expr::Value;

use super::bits::Bits;
use super::chunk::Chunk;
use super::variable::Variable;
use crate::breakdown::{Columns, Rule, joined, sum};
use crate::spec::{Shape, Spec};

/// A breakdown, and the variable that makes it.
pub(super) struct Dividing<'a> {
    pub(super) columns: &'a Columns,
    /// The variable as it is kept.
    pub(super) spec: &'a Spec,
    /// Its position in chunks.
    pub(super) at: usize,
}

impl Dividing<'_> {
    /// The rows of each column: of respondents, or of the units that the breakdown is about.
    pub(super) fn rows(&self, chunk: &Chunk) -> Vec<Bits> {
        let Some(variable) = chunk.variable(self.at) else {
            return Vec::new();
        };
        let rows = self.own_rows(chunk, variable);
        match self.columns.by.from {
            None => rows,
            Some((roster, Rule::Sum)) => self.sums(roster, chunk, variable),
            Some((roster, rule)) => of_respondents(&rows, roster, rule, chunk),
        }
    }

    /// The rows of each column, of the units of the variable itself.
    fn own_rows(&self, chunk: &Chunk, variable: &Variable) -> Vec<Bits> {
        let by = &self.columns.by;
        let mut rows = vec![Bits::default(); self.columns.choices.len()];
        if let Shape::Number = self.spec.shape {
            let Some(all) = chunk.all(self.spec.roster) else {
                return rows;
            };
            let answered = variable.answered(all);
            let among =
                |rows: &Bits, bound| variable.compared(rows, std::cmp::Ordering::is_ge, bound);
            let mut rest = variable
                .compared(&answered, |_| true, rust_decimal::Decimal::ZERO)
                .unwrap_or_default();
            for (bound, band) in by.bounds().iter().zip(&mut rows) {
                let above = among(&rest, *bound).unwrap_or_default();
                *band = rest.without(&above);
                rest = above;
            }
            rows.last_mut()
                .into_iter()
                .for_each(|it| *it = std::mem::take(&mut rest));
            return rows;
        }
        for (code, given) in (0_u16..).zip(variable.columns()) {
            let (column, given) = match (by.of_code(code), by.of_first(code)) {
                (Some(column), _) => (column, given.clone()),
                (None, Some(column)) => (column, variable.ranked_first(code)),
                (None, None) => continue,
            };
            let column = rows.get_mut(usize::from(column));
            column.into_iter().for_each(|it| it.add(&given));
        }
        rows
    }

    /// Respondents by the sum of their units' numbers.
    fn sums(&self, roster: u32, chunk: &Chunk, variable: &Variable) -> Vec<Bits> {
        let mut rows = vec![Bits::default(); self.columns.choices.len()];
        for respondent in 0..chunk.len() {
            let units = chunk.units_of(roster, respondent);
            let numbers = units.filter_map(|(_, row)| match variable.value(self.spec, row) {
                Value::Number(it) => Some(it),
                _ => None,
            });
            let band = sum(numbers).and_then(|it| self.columns.by.band(it));
            let column = band.and_then(|it| rows.get_mut(usize::from(it)));
            column.into_iter().for_each(|it| it.insert(respondent));
        }
        rows
    }
}

/// From the units that are in each column to their respondents, by a rule.
fn of_respondents(units: &[Bits], roster: u32, rule: Rule, chunk: &Chunk) -> Vec<Bits> {
    let mut rows = vec![Bits::default(); units.len()];
    for respondent in 0..chunk.len() {
        let columns = chunk.units_of(roster, respondent).map(|(_, row)| {
            let here = (0_u16..).zip(units).filter(|it| it.1.has(row));
            here.map(|it| it.0).collect()
        });
        for column in joined(rule, columns) {
            let column = rows.get_mut(usize::from(column));
            column.into_iter().for_each(|it| it.insert(respondent));
        }
    }
    rows
}
