#![doc = include_str!("../README.md")]

mod base;
mod breakdown;
mod combinations;
mod count;
mod dataset;
mod delta;
mod figure;
mod given;
mod inference;
mod join;
mod joined;
mod pair;
mod plan;
mod progress;
mod sentences;
mod snapshot;
mod spec;
mod stats;
mod table;
mod title;
mod unit;

pub use base::Base;
pub use breakdown::{Breakdown, Rule, quarters};
pub use combinations::{CombinationRow, Combinations, Combined, MOST_SETS, Set};
pub use count::{OtherPlan, Tally};
pub use dataset::{Dataset, Place, Shift};
pub use delta::{apply, delta};
pub use figure::{Percent, charts, charts_with};
pub use inference::{
    Difference, Groups, InferenceError, Interval, Level, MOST_DECIMALS, Method, Pairs, Share, holm,
    largest_remainder,
};
pub use join::{Break, Join, Judged, Version};
#[cfg(feature = "authoring")]
pub use join::{Cut, CutError};
pub use joined::{break_sentence, broken_charts, join_notes};
pub use plan::{Filter, Options, Plan, PlanError};
pub use progress::{PageProgress, Progress, ProgressReport};
pub use sentences::{
    base_line, note_text, percent_sentence, precision_sentence, rounding_sentence, universe,
};
pub use stats::{Bins, Stats, Values};
pub use table::{
    By, Column, Dates, Differs, Figures, Joins, NetRow, Note, Offered, Precision, Row, SeriesBreak,
    Table, TableKind, TextCount, Texts,
};
pub use unit::Unit;
