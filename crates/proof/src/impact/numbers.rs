//! Numbers and days that two versions read, cut where a condition or a bound of either changes.

use super::classes::{Joint, Reads, Side, Written};
use crate::cuts::grid_of;
use crate::domain::{Given, starts};

/// Which numbers of a range are meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Multiples {
    All,
    Of(i128),
    NotOf(i128),
}

/// Numbers or days of either version, cut where a condition or a bound of either changes.
pub(super) fn ranges(old: Side<'_>, new: Side<'_>) -> Option<Vec<Joint>> {
    let grids = [
        grid_of(old.engine, old.item)?,
        grid_of(new.engine, new.item)?,
    ];
    let step = grids.map(|it| it.step());
    let finest = step[0].min(step[1]);
    let finer = if step[0] <= step[1] {
        grids[0]
    } else {
        grids[1]
    };
    // How many steps of the finer grid one step of each is.
    let factor = step.map(|it| {
        let n = it.checked_div(finest)?.normalize().to_string();
        n.parse::<i128>().ok()
    });
    let factor = [factor[0]?, factor[1]?];
    let mut cuts: Vec<i128> = Vec::new();
    for ((grid, side), factor) in grids.into_iter().zip([old, new]).zip(factor) {
        if grid.len() > 0 {
            let own = starts(grid, side.item, side.cuts, side.max_points);
            cuts.extend(own.into_iter().map(|it| it * factor));
            cuts.push(grid.last * factor + 1);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut all = Vec::new();
    for pair in cuts.windows(2) {
        let (low, high) = (pair[0], pair[1] - 1);
        let coarse = factor[0].max(factor[1]);
        let parts = if coarse == 1 {
            vec![Multiples::All]
        } else {
            vec![Multiples::Of(coarse), Multiples::NotOf(coarse)]
        };
        for which in parts {
            let (low, high) = match which {
                Multiples::Of(n) => (
                    low.div_euclid(n) * n + if low.rem_euclid(n) == 0 { 0 } else { n },
                    high.div_euclid(n) * n,
                ),
                Multiples::NotOf(n) if low == high && low.rem_euclid(n) == 0 => continue,
                _ => (low, high),
            };
            if low > high {
                continue;
            }
            let read = |at: usize| {
                if factor[at] > 1 && matches!(which, Multiples::NotOf(_)) {
                    return Reads::Nothing;
                }
                let (low, high) = (low / factor[at], high / factor[at]);
                let given = Given::Range(low, high);
                if grids[at].first <= low && high <= grids[at].last {
                    Reads::Answer(given)
                } else {
                    Reads::OutOfBounds(given)
                }
            };
            let (old, new) = (read(0), read(1));
            let takes = |it: &Reads| matches!(it, Reads::Answer(_));
            if takes(&old) || takes(&new) {
                all.push(Joint {
                    written: Written::Range(finer, low, high, which),
                    old,
                    new,
                });
            }
        }
    }
    Some(all)
}
