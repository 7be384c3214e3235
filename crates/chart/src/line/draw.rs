//! The axis, the lines and the names at their ends.

use super::{Line, Track, written};
use crate::axis::{Scale, Ticks};
use crate::bars::describe;
use crate::chart::{Chart, Layout};
use crate::number::Language;
use crate::rows::{BOLD, LINE as PITCH, MIDDLE};
use crate::svg::{Anchor, Svg, coordinate};
use crate::text::{self, SIZE};
use crate::words;

/// Colours and markers before they repeat; lines carry their name, so a repeat misleads nobody.
const COLOURS: usize = 6;
/// Height of the plot, unless the names at its end need more.
const HEIGHT: f64 = 180.0;
/// Room above the plot, for half a line of text.
const ABOVE: f64 = 10.0;
/// Room below the plot for the names of places.
const BELOW: f64 = 26.0;
/// Steps between the marks of the axis, at most.
const STEPS: usize = 4;
/// Names of places are cut at this width.
const MAX_PLACE: f64 = 90.0;
/// Space between two names of places.
const APART: f64 = 12.0;
/// From the end of the plot to the names of the lines.
const LEAD: f64 = 16.0;
/// Markers of one line stand at least this far apart.
const MARKERS: f64 = 13.0;
/// Lines of a name before it is cut.
const NAME_LINES: usize = 3;

/// A name at the end of a line.
struct Name {
    lines: Vec<String>,
    value: String,
    top: f64,
    height: f64,
}

/// The plot inside the drawing.
struct Area {
    left: f64,
    right: f64,
    top: f64,
    floor: f64,
    scale: Scale,
    ticks: Ticks,
    places: usize,
}

impl Area {
    fn new(chart: &Chart, line: &Line, layout: Layout, names: &[Name]) -> Self {
        let height: f64 = names.iter().map(|name| name.height).sum();
        let (top, floor) = (ABOVE, ABOVE + height.max(HEIGHT));
        let values = line
            .tracks
            .iter()
            .flat_map(|track| (0..line.places.len()).filter_map(|place| track.at(place)));
        let scale = Scale::new(values, floor, top - floor);
        let (scale, ticks) = scale.rounded(STEPS, line.decimals == 0);
        let half =
            |name: Option<&String>| name.map_or(0.0, |name| text::width(&place_name(name)) / 2.0);
        let left = ticks
            .widest(&line.unit, chart.language)
            .min(layout.width() / 3.0)
            + 8.0;
        let left = left.max(half(line.places.first()));
        let widest = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| text::width(text)).fold(0.0, f64::max)
        };
        let labels = widest(&mut names.iter().flat_map(|name| &name.lines)).min(column(layout));
        let values = widest(&mut names.iter().map(|name| &name.value)) * BOLD;
        let names = labels.max(values.min(layout.width() / 2.5));
        let room = (names + LEAD).max(half(line.places.last()));
        Self {
            left,
            right: layout.width() - room,
            top,
            floor,
            scale,
            ticks,
            places: line.places.len(),
        }
    }

    fn spacing(&self) -> f64 {
        (self.right - self.left) / self.places.saturating_sub(1).max(1) as f64
    }

    fn x(&self, place: usize) -> f64 {
        if self.places == 1 {
            f64::midpoint(self.left, self.right)
        } else {
            self.left + place as f64 * self.spacing()
        }
    }
}

/// Room for names at the ends of lines, at most.
fn column(layout: Layout) -> f64 {
    match layout {
        Layout::Wide => 150.0,
        Layout::Compact => 100.0,
    }
}

fn place_name(name: &str) -> String {
    text::wrap(name, MAX_PLACE, 1).concat()
}

pub(crate) fn draw(chart: &Chart, line: &Line, layout: Layout) -> String {
    let language = chart.language;
    let mut names: Vec<Name> = line
        .tracks
        .iter()
        .map(|it| name(it, line, layout, language))
        .collect();
    let area = Area::new(chart, line, layout, &names);
    let spoken: Vec<String> = line
        .tracks
        .iter()
        .zip(&names)
        .map(|(track, name)| format!("{} {}", track.label, name.value))
        .collect();
    let ends = (line.places.first(), line.places.last());
    let ends = (
        ends.0.map_or("", String::as_str),
        ends.1.map_or("", String::as_str),
    );
    let spoken = spoken.join(words::between_entries(language));
    let sentence = words::describe_line(ends, &spoken, language);
    let height = area.floor + BELOW;
    let mut svg = Svg::new(chart, layout, "line", height, &describe(chart, &sentence));
    for value in &area.ticks.values {
        let y = area.scale.place(*value);
        let class = if *value == 0.0 {
            "chart-baseline chart-zero"
        } else {
            "chart-grid"
        };
        svg.rule(class, [area.left, y, area.right, y]);
        let name = area.ticks.name(*value, &line.unit, language);
        svg.text(
            "chart-tick",
            area.left - 8.0,
            y + SIZE * MIDDLE,
            Anchor::End,
            &name,
        );
    }
    for place in named(line, &area) {
        let name = line
            .places
            .get(place)
            .map(|it| place_name(it))
            .unwrap_or_default();
        svg.text(
            "chart-tick",
            area.x(place),
            area.floor + SIZE + 8.0,
            Anchor::Middle,
            &name,
        );
    }
    arrange(&mut names, line, &area);
    for (index, (track, name)) in line.tracks.iter().zip(&names).enumerate() {
        paint(&mut svg, index, (track, name), &area);
    }
    svg.finish()
}

fn name(track: &Track, line: &Line, layout: Layout, language: Language) -> Name {
    let value = written(
        track.last(line.places.len()).map(|(_, value)| value),
        line,
        language,
    );
    let mut lines = text::wrap(&track.label, column(layout), NAME_LINES);
    lines.retain(|line| !line.is_empty());
    let height = (lines.len() + 1) as f64 * PITCH + 4.0;
    Name {
        lines,
        value,
        top: 0.0,
        height,
    }
}

/// Puts the names beside the ends of their lines, apart from each other.
fn arrange(names: &mut [Name], line: &Line, area: &Area) {
    let end = |index: usize| {
        let track = line.tracks.get(index);
        let last = track.and_then(|track| track.last(area.places));
        last.map_or(area.floor, |(_, value)| area.scale.place(value))
    };
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| end(*a).total_cmp(&end(*b)));
    let mut free = area.top - ABOVE;
    for index in &order {
        let name = &mut names[*index];
        name.top = (end(*index) - name.height / 2.0).max(free);
        free = name.top + name.height;
    }
    let mut below = area.floor + ABOVE;
    for index in order.iter().rev() {
        let name = &mut names[*index];
        name.top = name.top.min(below - name.height);
        below = name.top;
    }
}

/// Places that are named: the first, the last, and between them as many as have room.
fn named(line: &Line, area: &Area) -> Vec<usize> {
    let widest = line
        .places
        .iter()
        .map(|it| text::width(&place_name(it)))
        .fold(0.0, f64::max)
        + APART;
    let step = ((widest / area.spacing()).ceil().max(1.0)) as usize;
    let mut places: Vec<usize> = (0..area.places).step_by(step).collect();
    let last = area.places.saturating_sub(1);
    if let Some(before) = places.last().copied().filter(|it| *it != last) {
        if last - before < step {
            places.pop();
        }
        places.push(last);
    }
    places
}

fn paint(svg: &mut Svg, index: usize, (track, name): (&Track, &Name), area: &Area) {
    let tone = format!("chart-tone-{}", index % COLOURS + 1);
    svg.open("g", &[("class", "chart-track".into())]);
    svg.leaf("title", &[], &format!("{} — {}", track.label, name.value));
    let place = |at: usize| {
        track
            .at(at)
            .map(|value| [area.x(at), area.scale.place(value)])
    };
    let mut path = String::new();
    for at in 0..area.places {
        if let Some([x, y]) = place(at) {
            let joined = at > 0 && place(at - 1).is_some();
            path.push(if joined { 'L' } else { 'M' });
            path.push_str(&format!("{} {}", coordinate(x), coordinate(y)));
        }
    }
    svg.stroke(&format!("chart-stroke {tone}"), &path);
    let last = track.last(area.places).map(|(at, _)| at);
    let every = (MARKERS / area.spacing()).ceil().max(1.0) as usize;
    for at in 0..area.places {
        let alone = (at == 0 || place(at - 1).is_none()) && place(at + 1).is_none();
        if let Some([x, y]) = place(at)
            && (at % every == 0 || alone || last == Some(at))
        {
            svg.shape(&format!("chart-marker {tone}"), &marker(index, x, y));
        }
    }
    let first = name.top + PITCH / 2.0 + 2.0 + SIZE * MIDDLE;
    let x = area.right + LEAD;
    if let Some([from, y]) = last.and_then(place) {
        let middle = name.top + name.height / 2.0;
        svg.rule("chart-lead", [from + 6.0, y, x - 4.0, middle]);
    }
    for (line, text) in name.lines.iter().enumerate() {
        svg.text(
            "chart-label",
            x,
            first + line as f64 * PITCH,
            Anchor::Start,
            text,
        );
    }
    let value = first + name.lines.len() as f64 * PITCH;
    svg.text("chart-value", x, value, Anchor::Start, &name.value);
    svg.close();
}

/// A small shape around a point.
fn marker(index: usize, x: f64, y: f64) -> String {
    let from = |dx: f64, dy: f64| format!("M{} {}", coordinate(x + dx), coordinate(y + dy));
    match index % COLOURS {
        0 => format!("{}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", from(-4.0, 0.0)),
        1 => format!("{}h7v7h-7z", from(-3.5, -3.5)),
        2 => format!("{}l4.5 8h-9z", from(0.0, -5.0)),
        3 => format!("{}l5 5l-5 5l-5 -5z", from(0.0, -5.0)),
        4 => format!("{}l4.5 -8h-9z", from(0.0, 5.0)),
        _ => format!("{}h3v3h3v3h-3v3h-3v-3h-3v-3h3z", from(-1.5, -4.5)),
    }
}
