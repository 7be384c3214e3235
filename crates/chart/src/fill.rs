//! Fills that differ without colour: a tone and a pattern for each part.

use crate::chart::{Chart, Layout};
use crate::svg::Svg;
use crate::text;

/// Side of the square that a pattern repeats.
const TILE: f64 = 6.0;

/// How an area is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    Solid,
    Rising,
    Dots,
    Upright,
    Falling,
    Grid,
    Level,
    Blank,
}

/// Patterns in the order they are given out: neighbours differ in density and in direction.
pub(crate) const PATTERNS: [Pattern; 8] = [
    Pattern::Solid,
    Pattern::Rising,
    Pattern::Dots,
    Pattern::Upright,
    Pattern::Blank,
    Pattern::Grid,
    Pattern::Level,
    Pattern::Falling,
];

/// A pattern in a tone.
#[derive(Clone, Debug)]
pub(crate) struct Fill {
    pub(crate) pattern: Pattern,
    /// Class that sets the colour.
    pub(crate) tone: String,
}

/// The fills of a drawing, defined in it.
pub(crate) struct Fills {
    fills: Vec<Fill>,
    /// Beginning of the ids of their definitions.
    id: String,
}

impl Fills {
    /// Defines `fills` in the drawing.
    pub(crate) fn define(svg: &mut Svg, chart: &Chart, layout: Layout, fills: Vec<Fill>) -> Self {
        let id = format!("{}-{}-fill", text::slug(&chart.id), layout.name());
        svg.open("defs", &[]);
        for (index, fill) in fills.iter().enumerate() {
            pattern(svg, &format!("{id}-{index}"), fill);
        }
        svg.close();
        Self { fills, id }
    }

    /// An area filled as the part `index` is.
    pub(crate) fn mark(&self, svg: &mut Svg, index: usize, [x, y, width, height]: [f64; 4]) {
        let Some(fill) = self.fills.get(index) else {
            return;
        };
        let paint = match fill.pattern {
            Pattern::Solid => "currentColor".to_owned(),
            Pattern::Blank => "none".to_owned(),
            _ => format!("url(#{}-{index})", self.id),
        };
        svg.empty(
            "rect",
            &[
                ("class", format!("chart-part {}", fill.tone).as_str().into()),
                ("x", x.into()),
                ("y", y.into()),
                ("width", width.into()),
                ("height", height.into()),
                ("fill", paint.as_str().into()),
                ("stroke", "currentColor".into()),
            ],
        );
    }
}

fn pattern(svg: &mut Svg, id: &str, fill: &Fill) {
    // Stripes are upright and turned; so they join at the edges of their tiles.
    let (turn, stripes): (&str, &[[f64; 4]]) = match fill.pattern {
        Pattern::Solid | Pattern::Blank => return,
        Pattern::Rising => ("rotate(45)", &[[0.0, 0.0, 3.0, TILE]]),
        Pattern::Falling => ("rotate(-45)", &[[0.0, 0.0, 1.5, TILE]]),
        Pattern::Upright => ("rotate(0)", &[[0.0, 0.0, 2.0, TILE]]),
        Pattern::Level => ("rotate(90)", &[[0.0, 0.0, 2.0, TILE]]),
        Pattern::Grid => (
            "rotate(45)",
            &[[0.0, 0.0, 2.0, TILE], [0.0, 0.0, TILE, 2.0]],
        ),
        Pattern::Dots => ("rotate(0)", &[[0.0, 0.0, 2.0, 2.0], [3.0, 3.0, 2.0, 2.0]]),
    };
    svg.open(
        "pattern",
        &[
            ("id", id.into()),
            ("class", fill.tone.as_str().into()),
            ("width", TILE.into()),
            ("height", TILE.into()),
            ("patternUnits", "userSpaceOnUse".into()),
            ("patternTransform", turn.into()),
        ],
    );
    for [x, y, width, height] in stripes {
        svg.empty(
            "rect",
            &[
                ("x", (*x).into()),
                ("y", (*y).into()),
                ("width", (*width).into()),
                ("height", (*height).into()),
                ("fill", "currentColor".into()),
            ],
        );
    }
    svg.close();
}
