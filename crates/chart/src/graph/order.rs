//! The order of the tracks of a channel, chosen to avoid crossings.

/// How often this goes over all items before it is content.
const ROUNDS: usize = 12;

/// Orders items so that the sum of `cost[a][b]` over all `a` before `b` is small, by moving one
/// item at a time to its best place. Returns the order and that sum.
pub(super) fn arrange(cost: &[Vec<u32>]) -> (Vec<usize>, u64) {
    let mut order: Vec<usize> = (0..cost.len()).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for item in 0..cost.len() {
            moved |= sift(&mut order, item, cost);
        }
        if !moved {
            break;
        }
    }
    let mut sum = 0;
    for (at, a) in order.iter().enumerate() {
        for b in order.iter().skip(at + 1) {
            sum += u64::from(cost[*a][*b]);
        }
    }
    (order, sum)
}

/// Moves `item` to its best place; stays where it is if no place is better.
fn sift(order: &mut Vec<usize>, item: usize, cost: &[Vec<u32>]) -> bool {
    let Some(here) = order.iter().position(|other| *other == item) else {
        return false;
    };
    order.remove(here);
    // The cost of standing before all others, then after one more of them at a time.
    let mut sum: i64 = order
        .iter()
        .map(|other| i64::from(cost[item][*other]))
        .sum();
    let mut best = (i64::MAX, here);
    let mut at_here = i64::MAX;
    for place in 0..=order.len() {
        if place == here {
            at_here = sum;
        }
        if sum < best.0 {
            best = (sum, place);
        }
        if let Some(other) = order.get(place) {
            sum += i64::from(cost[*other][item]) - i64::from(cost[item][*other]);
        }
    }
    let place = if best.0 < at_here { best.1 } else { here };
    order.insert(place, item);
    place != here
}

/// Tracks for items in this order: those that meet keep the order, others may share a track.
/// Returns the track of each item and how many there are.
pub(super) fn tracks(order: &[usize], meet: impl Fn(usize, usize) -> bool) -> (Vec<usize>, usize) {
    let mut track = vec![0; order.len()];
    let mut count = 0;
    for (at, item) in order.iter().enumerate() {
        let before = order.iter().take(at).filter(|other| meet(**other, *item));
        let own = before.map(|other| track[*other] + 1).max().unwrap_or(0);
        track[*item] = own;
        count = count.max(own + 1);
    }
    (track, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_order_of_a_chain_is_found() {
        // Every item wants to stand after the next one.
        let cost: Vec<Vec<u32>> = (0..6_usize)
            .map(|a| (0..6_usize).map(|b| u32::from(a < b)).collect())
            .collect();
        assert_eq!(arrange(&cost), (vec![5, 4, 3, 2, 1, 0], 0));
    }

    #[test]
    fn without_costs_the_order_stays() {
        assert_eq!(arrange(&vec![vec![0; 4]; 4]), (vec![0, 1, 2, 3], 0));
    }

    #[test]
    fn what_does_not_meet_shares_a_track() {
        let meet = |a: usize, b: usize| a.abs_diff(b) == 1;
        assert_eq!(tracks(&[0, 1, 2], meet), (vec![0, 1, 2], 3));
        assert_eq!(tracks(&[0, 2, 1], meet), (vec![0, 1, 0], 2));
    }
}
