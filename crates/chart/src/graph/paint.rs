//! The marks of the drawing: signs for tones, arrows, rounded ways.

use super::Tone;
use super::card::{Mark, Piece};
use super::route::Point;
use crate::svg::{Svg, Value, coordinate};

/// Radius of the corners of a way.
const ROUND: f64 = 6.0;
/// Length and half the width of an arrow.
const ARROW: (f64, f64) = (7.0, 3.6);

/// An attribute of a figure drawn in the colour of the text unless the style says otherwise.
const CURRENT: &str = "currentColor";

pub(super) fn piece(svg: &mut Svg, (x, y): Point, piece: &Piece) {
    svg.leaf(
        "text",
        &[
            ("class", piece.class.into()),
            ("x", (x + piece.x).into()),
            ("y", (y + piece.y).into()),
            ("font-size", piece.size.into()),
            ("fill", CURRENT.into()),
        ],
        &piece.text,
    );
}

pub(super) fn rect(
    svg: &mut Svg,
    class: &str,
    [x, y, width, height]: [f64; 4],
    more: &[(&str, Value<'_>)],
) {
    let mut attributes: Vec<(&str, Value<'_>)> = vec![
        ("class", class.into()),
        ("x", x.into()),
        ("y", y.into()),
        ("width", width.into()),
        ("height", height.into()),
    ];
    attributes.extend_from_slice(more);
    svg.empty("rect", &attributes);
}

/// A line without an area.
pub(super) fn stroke(svg: &mut Svg, class: &str, d: &str) {
    svg.empty(
        "path",
        &[
            ("class", class.into()),
            ("d", d.into()),
            ("fill", "none".into()),
            ("stroke", CURRENT.into()),
        ],
    );
}

pub(super) fn filled(svg: &mut Svg, class: &str, d: &str) {
    svg.empty(
        "path",
        &[
            ("class", class.into()),
            ("d", d.into()),
            ("fill", CURRENT.into()),
        ],
    );
}

/// The class of a tone.
pub(super) fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "graph-plain",
        Tone::Reached => "graph-reached",
        Tone::Always => "graph-always",
        Tone::Never => "graph-never",
        Tone::Unknown => "graph-unknown",
    }
}

/// Dashes of the border of a node: a shape for each tone that calls for attention.
pub(super) fn dashes(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain | Tone::Reached | Tone::Always => "none",
        Tone::Never => "7 4",
        Tone::Unknown => "2 3",
    }
}

pub(super) fn border(tone: Tone) -> f64 {
    match tone {
        Tone::Plain | Tone::Reached => 1.0,
        Tone::Always => 2.0,
        Tone::Never | Tone::Unknown => 1.75,
    }
}

/// A tick, a disc, a cross, a question mark or a dot.
pub(super) fn mark(svg: &mut Svg, (x, y): Point, mark: &Mark) {
    let (x, y) = (x + mark.x, y + mark.y);
    let class = format!("graph-mark {}", class(mark.tone));
    let at = |dx: f64, dy: f64| format!("{} {}", coordinate(x + dx), coordinate(y + dy));
    match mark.tone {
        Tone::Plain => filled(svg, &class, &disc((x, y), 1.75)),
        Tone::Reached => {
            let d = format!("M{}L{}L{}", at(-4.0, 0.3), at(-1.3, 3.2), at(4.2, -3.4));
            stroke(svg, &class, &d);
        }
        Tone::Always => filled(svg, &class, &disc((x, y), 4.2)),
        Tone::Never => {
            let one = format!("M{}L{}", at(-3.6, -3.6), at(3.6, 3.6));
            let d = format!("{one}M{}L{}", at(3.6, -3.6), at(-3.6, 3.6));
            stroke(svg, &class, &d);
        }
        Tone::Unknown => {
            let hook = format!(
                "M{}C{} {} {}S{} {}",
                at(-2.6, -2.4),
                at(-2.4, -5.6),
                at(3.0, -5.4),
                at(2.8, -2.3),
                at(0.0, -0.4),
                at(0.0, 1.6)
            );
            stroke(
                svg,
                &class,
                &format!("{hook}M{}V{}", at(0.0, 3.9), coordinate(y + 4.6)),
            );
        }
    }
}

pub(super) fn disc((x, y): Point, radius: f64) -> String {
    let r = coordinate(radius);
    let across = coordinate(2.0 * radius);
    let back = coordinate(-2.0 * radius);
    format!(
        "M{} {}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 {back} 0z",
        coordinate(x - radius),
        coordinate(y)
    )
}

/// An arrow whose tip is at `tip`, coming from `before`.
pub(super) fn arrow(before: Point, tip: Point) -> String {
    let (dx, dy) = direction(before, tip);
    let (length, half) = ARROW;
    let base = (tip.0 - dx * length, tip.1 - dy * length);
    format!(
        "M{} {}L{} {}L{} {}z",
        coordinate(tip.0),
        coordinate(tip.1),
        coordinate(base.0 - dy * half),
        coordinate(base.1 + dx * half),
        coordinate(base.0 + dy * half),
        coordinate(base.1 - dx * half)
    )
}

/// A way with round corners.
pub(super) fn way(points: &[Point]) -> String {
    let points = corners(points);
    let mut d = String::new();
    for (at, point) in points.iter().enumerate() {
        let (x, y) = *point;
        let neighbours = at
            .checked_sub(1)
            .map(|at| points[at])
            .zip(points.get(at + 1));
        match neighbours {
            None => {
                d.push(if at == 0 { 'M' } else { 'L' });
                d.push_str(&format!("{} {}", coordinate(x), coordinate(y)));
            }
            Some((before, after)) => {
                let round = ROUND
                    .min(distance(before, *point) / 2.0)
                    .min(distance(*point, *after) / 2.0);
                let (ax, ay) = direction(before, *point);
                let (bx, by) = direction(*point, *after);
                d.push_str(&format!(
                    "L{} {}Q{} {} {} {}",
                    coordinate(x - ax * round),
                    coordinate(y - ay * round),
                    coordinate(x),
                    coordinate(y),
                    coordinate(x + bx * round),
                    coordinate(y + by * round)
                ));
            }
        }
    }
    d
}

/// A way without the points where it does not turn.
fn corners(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if let Some(last) = kept.last()
            && distance(*last, *point) < 0.5
            && kept.len() > 1
        {
            continue;
        }
        if let [.., before, last] = kept.as_slice() {
            let (a, b) = (direction(*before, *last), direction(*last, *point));
            if (a.0 - b.0).abs() + (a.1 - b.1).abs() < 0.01 {
                kept.pop();
            }
        }
        kept.push(*point);
    }
    kept
}

fn distance(a: Point, b: Point) -> f64 {
    (b.0 - a.0).hypot(b.1 - a.1)
}

fn direction(a: Point, b: Point) -> Point {
    let length = distance(a, b);
    if length < 1e-9 {
        (0.0, 0.0)
    } else {
        ((b.0 - a.0) / length, (b.1 - a.1) / length)
    }
}
