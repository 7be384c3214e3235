//! Several comparisons at once.

use super::error::InferenceError;

/// Holm's correction: p-values as they are when all of these comparisons were made, in the order given.
///
/// Whoever compares twenty pairs finds one at 5 % where there is none. When every comparison of the family
/// is given, and those are kept whose corrected value is at most 5 %, then the chance that even one of
/// them is chance is at most 5 %, however the comparisons depend on each other. Leaving some out of the family,
/// such as those that showed nothing, undoes that.
///
/// The `k`-th smallest of `m` is multiplied by `m − k + 1`, is at least the one before it, and at most 1.
/// Equal values stay equal. A family of none gives none.
///
/// Source: Holm, “A simple sequentially rejective multiple test procedure”, Scandinavian Journal of
/// Statistics 6 (1979), 65–70.
///
/// # Errors
/// [`NotAProbability`](InferenceError::NotAProbability).
///
/// ```
/// assert_eq!(tally::holm(&[0.25, 0.01, 0.5])?, [0.5, 0.03, 0.5]);
/// # Ok::<(), tally::InferenceError>(())
/// ```
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, InferenceError> {
    if !p_values.iter().all(|it| (0.0..=1.0).contains(it)) {
        return Err(InferenceError::NotAProbability);
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut corrected = vec![0.0; p_values.len()];
    let mut least = 0.0_f64;
    for (before, at) in order.into_iter().enumerate() {
        let times = (p_values.len() - before) as f64;
        least = least.max((times * p_values[at]).min(1.0));
        corrected[at] = least;
    }
    Ok(corrected)
}
