//! Short lists that stay in order.
//!
//! Sorting a list afterwards brings sorting code for each type of element into every respondent's
//! download.

/// Puts `it` in its place, unless it is there already.
///
/// ```
/// let mut list = vec![1, 5];
/// expr::sorted::insert(&mut list, 3);
/// expr::sorted::insert(&mut list, 5);
/// assert_eq!(list, [1, 3, 5]);
/// ```
pub fn insert<T: Ord>(list: &mut Vec<T>, it: T) {
    if let Err(at) = list.binary_search(&it) {
        list.insert(at, it);
    }
}
