#![doc = include_str!("../README.md")]

mod base;
mod count;
mod dataset;
mod delta;
mod figure;
mod given;
mod join;
mod joined;
mod pair;
mod plan;
mod progress;
mod snapshot;
mod spec;
mod stats;
mod table;
mod title;
mod unit;

pub use base::Base;
pub use count::{OtherPlan, Tally};
pub use dataset::{Dataset, Place, Shift};
pub use delta::{apply, delta};
pub use figure::{base_line, charts, note_text, universe};
pub use join::{Break, Join, Judged, Version};
pub use joined::{break_sentence, broken_charts, join_notes};
pub use plan::{Filter, Options, Plan, PlanError};
pub use progress::{PageProgress, Progress, ProgressReport};
pub use stats::{Bins, Stats, Values};
pub use table::{
    By, Column, Dates, Figures, Joins, NetRow, Note, Offered, Row, SeriesBreak, Table, TableKind,
    TextCount, Texts,
};
pub use unit::Unit;
