//! Who is in exactly which sets.

use super::bits::Bits;
use super::filter::Filtering;
use super::{Chunk, Dataset};
use crate::combinations::{Combined, Set};
use crate::plan::Filter;

impl Dataset {
    /// How many respondents are in exactly which of some sets, of those for whom a condition on respondents holds.
    #[must_use]
    pub fn combinations(&self, sets: &[Set], only: Option<&Filter>) -> Combined {
        let mut all = Combined::default();
        for chunk in &self.chunks {
            let of = |program: &expr::Program| {
                let filter = Filter {
                    program: program.clone(),
                    roster: None,
                };
                self.rows(&filter, chunk)
            };
            let everybody = chunk.all(None).cloned().unwrap_or_default();
            let kept = match only.filter(|it| it.roster.is_none()) {
                Some(filter) => everybody.and(&self.rows(filter, chunk)),
                None => everybody,
            };
            let sets: Vec<[Bits; 2]> = sets
                .iter()
                .map(|it| [of(&it.is_out), of(&it.is_in)])
                .collect();
            let told = divide(&kept, &sets, 0, 0, &mut all);
            all.add_unknown(kept.len() - told);
        }
        all
    }

    fn rows(&self, filter: &Filter, chunk: &Chunk) -> Bits {
        let filtering = Filtering {
            engine: &self.engine,
            specs: &self.specs,
            filter,
        };
        filtering.rows(chunk)
    }
}

/// Divides rows by whether they are in each set; says how many are left, of whom that can be told.
fn divide(rows: &Bits, sets: &[[Bits; 2]], at: u32, is_in: u32, all: &mut Combined) -> u64 {
    let n = rows.len();
    if n == 0 {
        return 0;
    }
    match sets.split_first() {
        None => {
            all.add(is_in, n);
            n
        }
        Some(([out, inside], rest)) => {
            divide(&rows.and(out), rest, at + 1, is_in, all)
                + divide(&rows.and(inside), rest, at + 1, is_in | 1 << at, all)
        }
    }
}
