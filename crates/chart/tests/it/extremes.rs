//! What nobody means to draw: no number, endless numbers, labels without end, nothing, very much.

use chart::{
    Bars, Boxes, Cell, Chart, Combination, Diverging, Group, Grouped, Histogram, Language, Layout,
    Line, Order, Plot, Role, Row, Series, Side, Spread, Stack, Stacked, Step, Summary, Track,
    UpSet, Way,
};
use proptest::prelude::*;

use crate::laws::{HOSTILE, drawn, table};

/// Any number there is, and the strange ones often.
fn any_number() -> impl Strategy<Value = f64> {
    let strange = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        0.0,
        -0.0,
        100.0,
    ];
    prop_oneof![
        any::<f64>(),
        proptest::sample::select(strange.to_vec()),
        -200.0..200.0_f64
    ]
}

/// Numbers, labels and a size to build every kind from.
#[derive(Clone, Debug)]
struct Stuff {
    numbers: Vec<f64>,
    label: String,
    size: usize,
    n: u64,
}

impl Stuff {
    fn number(&self, at: usize) -> f64 {
        self.numbers[at % self.numbers.len()]
    }

    fn share(&self, at: usize) -> Option<f64> {
        (at % 5 != 4).then(|| self.number(at))
    }

    fn cell(&self, at: usize) -> Cell {
        Cell {
            n: self.n,
            share: self.share(at),
            differs: [None, Some(Way::More), Some(Way::Less)][at % 3],
            interval: self
                .share(at)
                .map(|it| (it, self.share(at + 1).unwrap_or(it))),
        }
    }

    fn label(&self, at: usize) -> String {
        match at % 3 {
            0 => self.label.clone(),
            1 => HOSTILE[at % HOSTILE.len()].to_owned(),
            _ => String::new(),
        }
    }

    fn labels(&self) -> Vec<String> {
        (0..self.size).map(|at| self.label(at)).collect()
    }

    fn stacks(&self) -> Vec<Stack> {
        let stack = |at: usize| Stack {
            label: self.label(at),
            cells: (0..self.size.min(9))
                .map(|part| self.cell(at + part))
                .collect(),
            small_base: at.is_multiple_of(2),
        };
        (0..self.size).map(stack).collect()
    }

    fn summary(&self, at: usize) -> Summary {
        Summary {
            n: self.n,
            min: self.number(at),
            q1: self.number(at + 1),
            median: self.number(at + 2),
            q3: self.number(at + 3),
            max: self.number(at + 4),
            mean: self.number(at + 5),
            unit: self.label(at),
            decimals: at % 4,
        }
    }

    fn plots(&self) -> Vec<Plot> {
        let (decimals, table_decimals, small_base) = (self.size % 3, 1, self.n == 0);
        let row = |at: usize| Row {
            label: self.label(at),
            n: self.n,
            shares: vec![self.share(at)],
            role: [Role::Answer, Role::Missing, Role::Net][at % 3],
            interval: (!at.is_multiple_of(3)).then(|| (self.number(at + 1), self.number(at + 2))),
        };
        let series = |at: usize| Series {
            label: self.label(at),
            small_base,
        };
        let group = |at: usize| Group {
            label: self.label(at),
            cells: (0..at % 4).map(|part| self.cell(at + part)).collect(),
        };
        let combination = |at: usize| Combination {
            members: (0..at % 6).map(|part| at * part % 70).collect(),
            n: self.n,
            share: self.share(at),
        };
        let sides = [Side::Negative, Side::Neutral, Side::Positive, Side::Missing];
        let step = |at: usize| Step {
            label: self.label(at),
            side: sides[at % 4],
        };
        let track = |at: usize| Track {
            label: self.label(at),
            values: (0..self.size + at % 3)
                .map(|place| self.share(at + place))
                .collect(),
        };
        let spread = |at: usize| Spread {
            label: self.label(at),
            summary: self.summary(at),
        };
        let all = 0..self.size;
        vec![
            Plot::Bars(Bars {
                shares: vec![self.label(0)],
                rows: all.clone().map(row).collect(),
                order: Order::Value,
                decimals,
                table_decimals,
                small_base,
            }),
            Plot::Grouped(Grouped {
                series: (0..3).map(series).collect(),
                groups: all.clone().map(group).collect(),
                decimals,
                table_decimals,
            }),
            Plot::Histogram(Histogram {
                start: self.number(0),
                width: self.number(1),
                counts: vec![self.n; self.size],
                whole: small_base,
                unit: self.label(0),
            }),
            Plot::Summary(self.summary(0)),
            Plot::Boxes(Boxes {
                spreads: all.clone().map(spread).collect(),
            }),
            Plot::UpSet(UpSet {
                sets: (0..self.size.min(60)).map(|at| self.label(at)).collect(),
                combinations: all.clone().map(combination).collect(),
                none: self.label(1),
                share: self.label(0),
                most_rows: self.size % 7,
                decimals,
                table_decimals,
                small_base,
            }),
            Plot::Stacked(Stacked {
                parts: (0..self.size % 17).map(|at| self.label(at)).collect(),
                stacks: self.stacks(),
                decimals,
                table_decimals,
            }),
            Plot::Diverging(Diverging {
                steps: (0..self.size % 17).map(step).collect(),
                stacks: self.stacks(),
                decimals,
                table_decimals,
            }),
            Plot::Line(Line {
                along: self.label(0),
                places: self.labels(),
                tracks: (0..self.size % 8).map(track).collect(),
                unit: self.label(2),
                decimals,
            }),
        ]
    }
}

fn stuff() -> impl Strategy<Value = Stuff> {
    let size = prop_oneof![Just(0_usize), Just(1), 2_usize..12, Just(200)];
    let n = prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>()];
    let label = prop_oneof!["[a-z ]{0,12}", "[A-Zé]{250}", "\\PC{0,30}"];
    (
        proptest::collection::vec(any_number(), 1..9),
        label,
        size,
        n,
    )
        .prop_map(|(numbers, label, size, n)| Stuff {
            numbers,
            label,
            size,
            n,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_panics_and_everything_is_well_formed(stuff in stuff()) {
        for plot in stuff.plots() {
            let chart = Chart {
                id: stuff.label.clone(),
                language: Language::French,
                title: stuff.label.clone(),
                base: String::new(),
                plot,
            };
            for layout in [Layout::Compact, Layout::Wide] {
                drawn(&chart, layout)?;
                let svg = chart.svg(layout);
                prop_assert!(!svg.contains("=\"NaN") && !svg.contains("=\"inf"));
            }
            table(&chart)?;
        }
    }
}
