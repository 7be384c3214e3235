#![doc = include_str!("../README.md")]

mod axis;
mod bars;
mod boxes;
mod chart;
mod diverging;
mod fill;
pub mod graph;
mod grouped;
mod histogram;
mod key;
mod line;
mod number;
mod rows;
mod stack;
mod stacked;
mod summary;
mod svg;
mod table;
mod text;
mod upset;
mod words;

pub use boxes::{Boxes, Spread};
pub use chart::{
    Bars, Cell, Chart, Group, Grouped, Histogram, Layout, Order, Plot, Role, Row, Series, Summary,
    Way,
};
pub use diverging::{Diverging, Side, Step};
pub use line::{Line, Track};
pub use number::{Language, decimal, integer, money, number, percent, share, with_unit};
pub use stack::Stack;
pub use stacked::Stacked;
pub use table::{DataTable, HeaderCell};
pub use text::{escaped, slug};
pub use upset::{Combination, UpSet};

/// The rules a page needs to draw these charts: colours as custom properties, dark and
/// forced-colours values, and the container query that picks the layout.
pub const STYLESHEET: &str = include_str!("chart.css");
