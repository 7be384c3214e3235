//! Round numbers for an axis, and the way from a value to a place.

use crate::number::Language;
use crate::summary::quantity;
use crate::text;

/// Decimals of the finest step that is written.
const FINEST: usize = 6;
/// An axis never has more marks than this.
const MOST: usize = 12;
/// Space between the names of two marks.
const APART: f64 = 14.0;

/// From a value to a place. Zero is always on the scale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    low: f64,
    span: f64,
    start: f64,
    room: f64,
}

impl Scale {
    /// All finite `values` and zero, over `room` units from `start`. `room` may be negative.
    pub(crate) fn new(values: impl Iterator<Item = f64>, start: f64, room: f64) -> Self {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        Self::between(low, high, start, room)
    }

    fn between(low: f64, high: f64, start: f64, room: f64) -> Self {
        // Halves first: the difference of two finite numbers need not be finite.
        let span = if high > low {
            (high / 2.0 - low / 2.0) * 2.0
        } else {
            1.0
        };
        let span = if span.is_finite() { span } else { f64::MAX };
        Self {
            low,
            span,
            start,
            room,
        }
    }

    /// The scale that ends at round numbers, `steps` or fewer of them apart.
    pub(crate) fn rounded(self, steps: usize, whole: bool) -> (Self, Ticks) {
        let ticks = Ticks::new(self.low, self.low + self.span, steps, whole);
        match (ticks.values.first(), ticks.values.last()) {
            (Some(first), Some(last)) => {
                let scale = Self::between(*first, *last, self.start, self.room);
                (scale, ticks)
            }
            _ => (self, ticks),
        }
    }

    /// The round numbers on this scale, as many as have room for their names one beside the other.
    pub(crate) fn ticks(self, unit: &str, language: Language) -> Ticks {
        let high = self.low + self.span;
        let inside = |steps: usize| {
            let mut ticks = Ticks::new(self.low, high, steps, false);
            ticks
                .values
                .retain(|value| self.low <= *value && *value <= high);
            ticks
        };
        (1..=6)
            .rev()
            .map(inside)
            .find(|ticks| {
                let widest = ticks.widest(unit, language) + APART;
                ticks
                    .values
                    .windows(2)
                    .all(|pair| (self.place(pair[1]) - self.place(pair[0])).abs() >= widest)
            })
            .unwrap_or(Ticks {
                values: vec![0.0],
                decimals: 0,
            })
    }

    /// The same values over `room` units from `start`.
    pub(crate) fn over(self, start: f64, room: f64) -> Self {
        Self {
            start,
            room,
            ..self
        }
    }

    pub(crate) fn place(self, value: f64) -> f64 {
        self.start + (value / self.span - self.low / self.span) * self.room
    }
}

/// Round numbers, from the lowest to the highest.
#[derive(Clone, Debug)]
pub(crate) struct Ticks {
    pub(crate) values: Vec<f64>,
    decimals: usize,
}

impl Ticks {
    /// Round numbers from at most `low` to at least `high`, at most `steps` steps apart; with
    /// `whole`, a step is at least one.
    fn new(low: f64, high: f64, steps: usize, whole: bool) -> Self {
        let steps = steps.clamp(1, MOST);
        let rough = (high / steps as f64) - (low / steps as f64);
        let power = 10f64.powf(rough.log10().floor());
        let count = |step: f64| ((high / step).ceil(), (low / step).floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0]
            .map(|factor| factor * power)
            .into_iter()
            .map(|step| if whole { step.max(1.0) } else { step })
            .filter(|step| !whole || step.fract() == 0.0)
            .find(|step| {
                let (last, first) = count(*step);
                last - first <= steps.max(if low < 0.0 { 2 } else { 1 }) as f64
            });
        let Some(step) = step.filter(|step| step.is_normal()) else {
            return Self {
                values: vec![0.0],
                decimals: 0,
            };
        };
        let (last, first) = count(step);
        let values = std::iter::successors(Some(first), |at| Some(at + 1.0))
            .take_while(|at| *at <= last)
            .take(MOST + 2)
            .map(|at| at * step)
            .filter(|value| value.is_finite());
        let decimals = (0..FINEST)
            .find(|decimals| {
                let shifted = step * 10f64.powi(i32::try_from(*decimals).unwrap_or(0));
                shifted >= 1.0 && (shifted - shifted.round()).abs() < 1e-6 * shifted
            })
            .unwrap_or(FINEST);
        Self {
            values: values.collect(),
            decimals,
        }
    }

    /// What stands at a mark.
    pub(crate) fn name(&self, value: f64, unit: &str, language: Language) -> String {
        quantity(value, self.decimals, unit, language)
    }

    pub(crate) fn widest(&self, unit: &str, language: Language) -> f64 {
        self.values
            .iter()
            .map(|value| text::width(&self.name(*value, unit, language)))
            .fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(
            Ticks::new(0.0, 118.0, 4, true).values,
            [0.0, 50.0, 100.0, 150.0]
        );
        assert_eq!(Ticks::new(0.0, 3.0, 4, true).values, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(
            Ticks::new(0.0, 95.4, 4, false).values,
            [0.0, 25.0, 50.0, 75.0, 100.0]
        );
        assert_eq!(
            Ticks::new(-30.0, 50.0, 4, false).values,
            [-50.0, -25.0, 0.0, 25.0, 50.0]
        );
        assert_eq!(Ticks::new(0.0, 0.3, 3, false).decimals, 1);
    }

    #[test]
    fn no_range_makes_too_many() {
        for (low, high) in [
            (0.0, f64::MIN_POSITIVE / 4.0),
            (-f64::MAX, f64::MAX),
            (0.0, f64::NAN),
            (0.0, f64::INFINITY),
            (0.0, 0.0),
        ] {
            for steps in 0..8 {
                let ticks = Ticks::new(low, high, steps, false);
                assert!((1..=MOST + 2).contains(&ticks.values.len()), "{low} {high}");
            }
        }
    }
}
