//! Ways of the edges through the channels between, above and below the columns.

use std::collections::BTreeMap;

use super::columns::{FRAME, Plan};
use super::order::{arrange, tracks};
use super::ports::{Flank, Passing, Ports};
use super::{EdgeKind, Graph};

/// Space between two tracks, and between a track and what frames its channel.
const TRACK: f64 = 8.0;
const EDGE: f64 = 11.0;
/// A channel nobody uses.
const UNUSED: f64 = 16.0;
/// Runs this close to each other do not share a track.
const CLOSE: f64 = 10.0;
/// Farther up, or down, than anything.
const FAR: f64 = 1e7;

/// A place of the drawing.
pub(super) type Point = (f64, f64);

/// Edges that leave one place for one reason: they share their way as long as they can.
pub(super) struct Bundle {
    pub(super) kind: EdgeKind,
    pub(super) from: usize,
    /// Edge and the node it leads to.
    edges: Vec<(usize, usize)>,
    height: f64,
    /// Whether its long ways lead below the columns rather than above.
    below: bool,
    /// The way of each edge: index and corners.
    pub(super) ways: Vec<(usize, Vec<Point>)>,
}

/// What a bundle has in common: the node it leaves, why, and the line that is read.
type Reason = (usize, EdgeKind, Option<usize>);

/// Everything between the nodes.
pub(super) struct Routes {
    /// Left border of the nodes of each column.
    pub(super) x: Vec<f64>,
    pub(super) width: f64,
    /// What the channels above and below the columns take.
    pub(super) above: f64,
    pub(super) below: f64,
    pub(super) bundles: Vec<Bundle>,
    /// Straight ways to the next node of the column: edge, node.
    pub(super) spines: Vec<(usize, usize)>,
    pub(super) crossings: u64,
}

/// What one bundle does in one channel between columns.
#[derive(Default)]
struct Run {
    /// Heights at which it comes from, or goes to, the left and the right.
    left: Vec<f64>,
    right: Vec<f64>,
    /// Whether it goes on to the channel above or below the columns.
    up: bool,
    down: bool,
}

impl Run {
    fn span(&self) -> (f64, f64) {
        let heights = || self.left.iter().chain(&self.right).copied();
        let top = if self.up { -FAR } else { FAR };
        let bottom = if self.down { FAR } else { -FAR };
        (
            heights().fold(top, f64::min),
            heights().fold(bottom, f64::max),
        )
    }

    /// Crossings if this run stands left of the other.
    fn crossings(&self, other: &Self) -> u32 {
        let inside = |heights: &[f64], (top, bottom): (f64, f64)| {
            let crossing = heights
                .iter()
                .filter(|y| **y > top + 0.5 && **y < bottom - 0.5);
            u32::try_from(crossing.count()).unwrap_or(u32::MAX)
        };
        // Side by side at one height they would be drawn on each other.
        let same = |y: &f64| {
            other
                .left
                .iter()
                .any(|other| (y - other).abs() < CLOSE / 2.0)
        };
        let along = self.right.iter().filter(|y| same(y)).count();
        inside(&self.right, other.span())
            .saturating_add(inside(&other.left, self.span()))
            .saturating_add(3 * u32::try_from(along).unwrap_or(1))
    }
}

/// The runs of one channel with their tracks.
#[derive(Default)]
struct Channel {
    runs: BTreeMap<usize, Run>,
    track: BTreeMap<usize, usize>,
    count: usize,
    crossings: u64,
}

impl Channel {
    fn sort(&mut self) {
        let keys: Vec<usize> = self.runs.keys().copied().collect();
        let runs: Vec<&Run> = self.runs.values().collect();
        let cost: Vec<Vec<u32>> = runs
            .iter()
            .map(|a| runs.iter().map(|b| a.crossings(b)).collect())
            .collect();
        let (order, crossings) = arrange(&cost);
        let spans: Vec<(f64, f64)> = runs.iter().map(|run| run.span()).collect();
        let meet =
            |a: usize, b: usize| spans[a].0 < spans[b].1 + CLOSE && spans[b].0 < spans[a].1 + CLOSE;
        let (track, count) = tracks(&order, meet);
        self.track = keys.into_iter().zip(track).collect();
        self.count = count;
        self.crossings = crossings;
    }

    fn thickness(&self) -> f64 {
        thickness(self.count, UNUSED)
    }
}

fn thickness(count: usize, unused: f64) -> f64 {
    if count == 0 {
        unused
    } else {
        2.0 * EDGE + (count - 1) as f64 * TRACK
    }
}

/// How an edge gets from its column to the column of its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Through the channel right of both.
    Same,
    /// Through the one channel between them.
    Next,
    /// Above or below all columns.
    Far,
}

fn reach(plan: &Plan, from: usize, to: usize) -> Reach {
    match (plan.column[from], plan.column[to]) {
        (a, b) if a == b => Reach::Same,
        (a, b) if a + 1 == b => Reach::Next,
        _ => Reach::Far,
    }
}

impl Reach {
    fn flank(self) -> Flank {
        match self {
            Self::Same => Flank::Right,
            Self::Next | Self::Far => Flank::Left,
        }
    }
}

pub(super) fn route(graph: &Graph, plan: &Plan) -> Routes {
    let (mut bundles, spines) = bundles(graph, plan);
    let mut entries = Vec::new();
    for (index, bundle) in bundles.iter().enumerate() {
        for (_, to) in &bundle.edges {
            entries.push((*to, reach(plan, bundle.from, *to).flank(), index));
        }
    }
    let mut ports = Ports::new(plan, &entries);
    let mut channels = channels(plan, &bundles, &ports);
    for _ in 0..3 {
        ports.settle(plan, |node, flank, bundle| {
            let column = plan.column[node] + usize::from(flank == Flank::Right);
            let channel = &channels[column];
            let (top, bottom) = channel.runs.get(&bundle).map(Run::span).unwrap_or_default();
            Passing {
                track: channel.track.get(&bundle).copied().unwrap_or_default(),
                top,
                bottom,
            }
        });
        channels = self::channels(plan, &bundles, &ports);
    }

    let mut x = Vec::with_capacity(plan.columns.len());
    let mut starts = Vec::with_capacity(channels.len());
    let mut right = 0.0;
    for (column, channel) in channels.iter().enumerate() {
        starts.push(right);
        let outer = column == 0 || column == plan.columns.len();
        right += thickness(channel.count, if outer { 0.0 } else { channel.thickness() });
        if column < plan.columns.len() {
            x.push(right + FRAME);
            right += plan.width + 2.0 * FRAME;
        }
    }
    let track = |channel: usize, bundle: usize| {
        let track = channels[channel].track.get(&bundle).copied();
        starts[channel] + EDGE + track.unwrap_or_default() as f64 * TRACK
    };
    let above = Highway::new(plan, &bundles, false, &track);
    let below = Highway::new(plan, &bundles, true, &track);
    for (index, bundle) in bundles.iter_mut().enumerate() {
        let column = plan.column[bundle.from];
        let start = (x[column] + plan.width, bundle.height);
        let out = track(column + 1, index);
        for (edge, to) in &bundle.edges {
            let reach = reach(plan, bundle.from, *to);
            let entry = ports.height(*to, reach.flank(), index);
            let mut way = vec![start, (out, start.1)];
            let end = match reach {
                Reach::Same => x[column] + plan.width,
                Reach::Next => x[column + 1],
                Reach::Far => {
                    let y = if bundle.below {
                        plan.height + below.height(index)
                    } else {
                        -above.height(index)
                    };
                    let target = plan.column[*to];
                    let track = track(target, index);
                    way.extend([(out, y), (track, y)]);
                    x[target]
                }
            };
            let last = way.last().map_or(0.0, |point| point.0);
            way.extend([(last, entry), (end, entry)]);
            bundle.ways.push((*edge, way));
        }
    }
    Routes {
        x,
        width: right,
        above: thickness(above.count, 0.0),
        below: thickness(below.count, 0.0),
        bundles,
        spines,
        crossings: above.crossings
            + below.crossings
            + channels
                .iter()
                .map(|channel| channel.crossings)
                .sum::<u64>(),
    }
}

/// Edges by where they leave; those to the next node of the column need no way.
fn bundles(graph: &Graph, plan: &Plan) -> (Vec<Bundle>, Vec<(usize, usize)>) {
    let mut found: BTreeMap<Reason, Vec<(usize, usize)>> = BTreeMap::new();
    let mut spines = Vec::new();
    for (index, edge) in graph.sound_edges() {
        let below = edge.to == edge.from + 1 && plan.column[edge.to] == plan.column[edge.from];
        if edge.kind == EdgeKind::Sequence && below {
            spines.push((index, edge.from));
            continue;
        }
        let line = match edge.kind {
            EdgeKind::Condition => graph.line_of(edge).and(edge.line),
            EdgeKind::Sequence => None,
        };
        let key = (edge.from, edge.kind, line);
        found.entry(key).or_default().push((index, edge.to));
    }
    let bundles = found
        .into_iter()
        .map(|((from, kind, line), edges)| {
            let card = &plan.cards[from];
            let row = line.and_then(|line| card.rows.get(line));
            let height = match (kind, row) {
                (EdgeKind::Sequence, _) => card.height - 5.0,
                (EdgeKind::Condition, Some(row)) => row.middle,
                (EdgeKind::Condition, None) => card.head_middle,
            };
            let height = plan.top[from] + height;
            // The shorter of the two ways around the columns.
            let ends = edges
                .iter()
                .filter(|(_, to)| reach(plan, from, *to) == Reach::Far)
                .map(|(_, to)| plan.top[*to]);
            let heights: f64 = ends.clone().sum::<f64>() + height;
            let count = ends.count() as f64 + 1.0;
            Bundle {
                kind,
                from,
                edges,
                height,
                below: heights / count > plan.height / 2.0,
                ways: Vec::new(),
            }
        })
        .collect();
    (bundles, spines)
}

/// What happens in each channel between columns, sorted.
fn channels(plan: &Plan, bundles: &[Bundle], ports: &Ports) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    channels.resize_with(plan.columns.len() + 1, Channel::default);
    for (index, bundle) in bundles.iter().enumerate() {
        let out = plan.column[bundle.from] + 1;
        let run = channels[out].runs.entry(index).or_default();
        run.left.push(bundle.height);
        for (_, to) in &bundle.edges {
            let reach = reach(plan, bundle.from, *to);
            let entry = ports.height(*to, reach.flank(), index);
            let target = match reach {
                Reach::Same => {
                    let run = channels[out].runs.entry(index).or_default();
                    run.left.push(entry);
                    continue;
                }
                Reach::Next => out,
                Reach::Far => plan.column[*to],
            };
            for channel in [out, target] {
                let run = channels[channel].runs.entry(index).or_default();
                run.up |= reach == Reach::Far && !bundle.below;
                run.down |= reach == Reach::Far && bundle.below;
            }
            let run = channels[target].runs.entry(index).or_default();
            run.right.push(entry);
        }
    }
    for channel in &mut channels {
        channel.sort();
    }
    channels
}

/// The channel above, or below, all columns.
struct Highway {
    track: BTreeMap<usize, usize>,
    count: usize,
    crossings: u64,
}

impl Highway {
    fn new(
        plan: &Plan,
        bundles: &[Bundle],
        below: bool,
        track: &impl Fn(usize, usize) -> f64,
    ) -> Self {
        let mut keys = Vec::new();
        let mut legs: Vec<Vec<f64>> = Vec::new();
        for (index, bundle) in bundles.iter().enumerate() {
            let far = bundle
                .edges
                .iter()
                .filter(|(_, to)| reach(plan, bundle.from, *to) == Reach::Far);
            let mut own: Vec<f64> = far.map(|(_, to)| track(plan.column[*to], index)).collect();
            if own.is_empty() || bundle.below != below {
                continue;
            }
            own.push(track(plan.column[bundle.from] + 1, index));
            own.sort_by(f64::total_cmp);
            own.dedup();
            keys.push(index);
            legs.push(own);
        }
        let span = |own: &[f64]| {
            let first = own.first().copied().unwrap_or_default();
            (first, own.last().copied().unwrap_or_default())
        };
        // The legs of what is farther out cross what is nearer.
        let crosses = |near: &[f64], far: &[f64]| {
            let (start, end) = span(near);
            let crossing = far.iter().filter(|x| **x > start && **x < end);
            u32::try_from(crossing.count()).unwrap_or(u32::MAX)
        };
        let cost: Vec<Vec<u32>> = legs
            .iter()
            .map(|near| legs.iter().map(|far| crosses(near, far)).collect())
            .collect();
        let (order, crossings) = arrange(&cost);
        let (tracks, count) = tracks(&order, |a, b| {
            let (a, b) = (span(&legs[a]), span(&legs[b]));
            a.0 < b.1 + CLOSE && b.0 < a.1 + CLOSE
        });
        Self {
            track: keys.into_iter().zip(tracks).collect(),
            count,
            crossings,
        }
    }

    /// How far from the columns a bundle runs.
    fn height(&self, bundle: usize) -> f64 {
        EDGE + self.track.get(&bundle).copied().unwrap_or_default() as f64 * TRACK
    }
}
