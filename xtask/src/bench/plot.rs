//! Curves over powers of ten, as SVG: equal steps are equal ratios, so that a slope is an exponent.

use std::fmt::Write as _;

/// One drawing of several beside each other.
pub(super) struct Panel {
    pub(super) title: String,
    /// How a value is written.
    pub(super) shown: fn(f64) -> String,
    /// Ascending, all positive.
    pub(super) points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 300.0;
/// Left, top, right and bottom of where the curve is.
const FRAME: (f64, f64, f64, f64) = (64.0, 44.0, 364.0, 252.0);

/// Draws them over a number of things that are named; light and dark follow the reader's choice.
pub(super) fn log_log(things: &str, panels: &[Panel]) -> String {
    let width = WIDTH * panels.len() as f64;
    let titles: Vec<&str> = panels.iter().map(|it| it.title.as_str()).collect();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" role=\"img\">\n\
         <title>{}, over {things}</title>\n\
         <style>svg{{font:12px sans-serif;color:#222;background:#fff}}\
         .rule{{stroke:currentColor;stroke-opacity:.18}}.curve{{fill:none;stroke:#0b6bcb;stroke-width:2}}\
         .dot{{fill:#0b6bcb}}.slope{{stroke:currentColor;stroke-dasharray:3 4;stroke-opacity:.6}}\
         text{{fill:currentColor}}\
         @media(prefers-color-scheme:dark){{svg{{color:#eee;background:#16181c}}\
         .curve{{stroke:#6db3ff}}.dot{{fill:#6db3ff}}}}</style>\n",
        titles.join("; ")
    );
    for (at, panel) in panels.iter().enumerate() {
        let _ = writeln!(svg, "<g transform=\"translate({},0)\">", WIDTH * at as f64);
        panel.draw(things, &mut svg);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

impl Panel {
    fn draw(&self, things: &str, svg: &mut String) {
        let (left, top, right, bottom) = FRAME;
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return;
        };
        // As if cost grew with their number only, from the first point on.
        let proportional = |n: f64| first.1 * n / first.0;
        let ys = self.points.iter().map(|it| it.1);
        let ys = ys.chain([proportional(last.0)]);
        let lowest = ys.clone().fold(f64::INFINITY, f64::min).log10().floor();
        let highest = ys.fold(0.0, f64::max).log10().ceil().max(lowest + 1.0);
        let (from, to) = (first.0.log10(), last.0.log10());
        let x = |it: f64| left + (it.log10() - from) / (to - from).max(1e-9) * (right - left);
        let y = |it: f64| bottom - (it.log10() - lowest) / (highest - lowest) * (bottom - top);
        let _ = writeln!(
            svg,
            "<text x=\"{left}\" y=\"22\" font-weight=\"bold\">{}</text>",
            self.title
        );
        for power in lowest as i32..=highest as i32 {
            let value = 10_f64.powi(power);
            let at = y(value);
            let _ = writeln!(
                svg,
                "<line class=\"rule\" x1=\"{left}\" y1=\"{at:.1}\" x2=\"{right}\" y2=\"{at:.1}\"/>\
                 <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 6.0,
                at + 4.0,
                (self.shown)(value)
            );
        }
        for (n, _) in &self.points {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                x(*n),
                bottom + 18.0,
                short(*n)
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{things} (dashed: in proportion to them)</text>",
            f64::midpoint(left, right),
            bottom + 36.0
        );
        let ends = [first.0, last.0];
        let [(x1, y1), (x2, y2)] = ends.map(|it| (x(it), y(proportional(it))));
        let _ = writeln!(
            svg,
            "<line class=\"slope\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
        let points: Vec<String> = self
            .points
            .iter()
            .map(|(n, value)| format!("{:.1},{:.1}", x(*n), y(*value)))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline class=\"curve\" points=\"{}\"/>",
            points.join(" ")
        );
        for (n, value) in &self.points {
            let _ = writeln!(
                svg,
                "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"><title>{n} {things}: {}</title></circle>",
                x(*n),
                y(*value),
                (self.shown)(*value)
            );
        }
    }
}

/// A number as it stands under an axis: thousands and millions are so called where they are whole.
fn short(n: f64) -> String {
    match n {
        it if it >= 1e6 && it % 1e6 == 0.0 => format!("{} M", it / 1e6),
        it if it >= 1e4 && it % 1e3 == 0.0 => format!("{} k", it / 1e3),
        it => it.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ratios_are_equal_steps() {
        let panel = Panel {
            title: "Seconds".to_owned(),
            shown: |it| format!("{it} s"),
            points: vec![(10.0, 1.0), (100.0, 10.0), (1_000.0, 100.0)],
        };
        let svg = log_log("items", &[panel]);
        assert!(
            svg.contains("points=\"64.0,252.0 214.0,148.0 364.0,44.0\""),
            "{svg}"
        );
        assert!(svg.contains("<title>1000 items: 100 s</title>"));
    }
}
