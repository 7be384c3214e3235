//! Values over days or versions: one line each, named at its end.

mod draw;

use serde::{Deserialize, Serialize};

use crate::bars::caption;
use crate::chart::Chart;
use crate::number::{Language, NO_NUMBER};
use crate::summary::quantity;
use crate::table::{DataTable, HeaderCell};

pub(crate) use draw::draw;

/// Values at ordered places, one line per series: arrivals over days, shares over versions.
///
/// Places stand at equal distances, so every day is one, the empty ones too. A missing value
/// interrupts its line. Names and last values stand at the ends of the lines; each line has its
/// own marker.
///
/// ```
/// use chart::{Chart, Language, Layout, Line, Plot, Track};
///
/// let chart = Chart {
///     id: "arrivees".to_owned(),
///     language: Language::French,
///     title: "Réponses reçues".to_owned(),
///     base: "130 réponses".to_owned(),
///     plot: Plot::Line(Line {
///         along: "Jour".to_owned(),
///         places: ["1er mars", "2 mars", "3 mars"].map(str::to_owned).to_vec(),
///         tracks: vec![Track {
///             label: "Complètes".to_owned(),
///             values: vec![Some(12.0), None, Some(40.0)],
///         }],
///         unit: String::new(),
///         decimals: 0,
///     }),
/// };
/// assert!(chart.svg(Layout::Compact).contains("Complètes — 40"));
/// assert_eq!(chart.table().rows[1], ("2 mars".to_owned(), vec!["–".to_owned()]));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What the places are, such as « Jour »: heads the first column of the table.
    pub along: String,
    /// Names of the places, in order, short enough to stand under an axis.
    pub places: Vec<String>,
    /// The lines.
    pub tracks: Vec<Track>,
    /// Name of the unit, such as « € » or « % »; may be empty.
    pub unit: String,
    /// At most this many decimals. With none, the axis has whole numbers only.
    pub decimals: usize,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// What it shows.
    pub label: String,
    /// One value per place; `None`, like a place beyond the last value, has none.
    pub values: Vec<Option<f64>>,
}

impl Track {
    /// The value at a place, if there is one that can be drawn.
    fn at(&self, place: usize) -> Option<f64> {
        self.values
            .get(place)
            .copied()
            .flatten()
            .filter(|value| value.is_finite())
    }

    /// The last place with a value, and the value.
    fn last(&self, places: usize) -> Option<(usize, f64)> {
        (0..places)
            .rev()
            .find_map(|place| self.at(place).map(|value| (place, value)))
    }
}

fn written(value: Option<f64>, line: &Line, language: Language) -> String {
    value.map_or_else(
        || NO_NUMBER.to_owned(),
        |value| quantity(value, line.decimals, &line.unit, language),
    )
}

pub(crate) fn table(chart: &Chart, line: &Line) -> DataTable {
    let language = chart.language;
    let mut header = vec![HeaderCell::one(line.along.as_str())];
    header.extend(
        line.tracks
            .iter()
            .map(|track| HeaderCell::one(track.label.as_str())),
    );
    let row = |(place, name): (usize, &String)| {
        let cells = line
            .tracks
            .iter()
            .map(|track| written(track.at(place), line, language));
        (name.clone(), cells.collect())
    };
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows: line.places.iter().enumerate().map(row).collect(),
    }
}
