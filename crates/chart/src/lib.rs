#![doc = include_str!("../README.md")]

mod bars;
mod chart;
pub mod graph;
mod grouped;
mod histogram;
mod number;
mod rows;
mod summary;
mod svg;
mod table;
mod text;
mod words;

pub use chart::{
    Bars, Cell, Chart, Group, Grouped, Histogram, Layout, Order, Plot, Role, Row, Series, Summary,
};
pub use number::{Language, decimal, integer, money, number, percent, share, with_unit};
pub use table::{DataTable, HeaderCell};
pub use text::{escaped, slug};

/// The rules a page needs to draw these charts: colours as custom properties, dark and
/// forced-colours values, and the container query that picks the layout.
pub const STYLESHEET: &str = include_str!("chart.css");
