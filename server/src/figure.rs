//! One figure as a file: its drawing, or its numbers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::{Chart, Layout};
use interchange::csv;
use tally::{Figures, Percent, Table, charts_with};

/// In which form a figure is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The drawing, with the style that it needs.
    Svg,
    /// The numbers, a line each, unrounded.
    Csv,
}

impl Form {
    /// The form of this name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        match name {
            "svg" => Some(Self::Svg),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// The file; nothing where the figure has no drawing.
pub(crate) fn file(
    table: &Table,
    form: Form,
    percent: Percent,
    language: &str,
) -> Option<Response> {
    let (kind, ending, text) = match form {
        Form::Csv => ("text/csv; charset=utf-8", "csv", numbers(table)),
        Form::Svg => {
            let charts = charts_with(table, percent, language);
            ("image/svg+xml", "svg", drawing(charts.first()?))
        }
    };
    let name = chart::slug(&table.item);
    let named = format!("attachment; filename=\"{name}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&named).ok()?,
        ),
    ];
    Some((StatusCode::OK, headers, text).into_response())
}

/// A drawing that stands alone: its style comes with it.
fn drawing(chart: &Chart) -> String {
    let svg = chart.svg(Layout::Wide);
    let style = format!("<style>{}</style>", chart::STYLESHEET);
    match svg.find('>') {
        Some(at) => format!("{}{style}{}", &svg[..=at], &svg[at + 1..]),
        None => svg,
    }
}

/// The head of the file of numbers.
const HEAD: [&str; 12] = [
    "item",
    "unit",
    "column",
    "column_label",
    "code",
    "label",
    "n",
    "asked",
    "answered",
    "pct_asked",
    "low",
    "high",
];

/// Every number of a table, in a line of its own: first those of everybody, then those of each column.
fn numbers(table: &Table) -> String {
    let mut out = csv::record(HEAD);
    lines(table, "", "", &table.figures, &mut out);
    for it in table.columns.iter().flatten() {
        lines(table, &it.code, &it.label, &it.figures, &mut out);
    }
    out
}

fn lines(table: &Table, column: &str, column_label: &str, figures: &Figures, out: &mut String) {
    let base = &figures.base;
    let (asked, answered) = (base.asked().to_string(), base.answered().to_string());
    let unit = table.unit.to_string();
    let mut line = |code: &str, label: &str, n: &str, share: [Option<f64>; 3]| {
        let [share, low, high] = share.map(|it| it.map_or_else(String::new, |it| it.to_string()));
        let texts = [&table.item, &unit, column, column_label, code, label].map(csv::cell);
        let numbers = [n, &asked, &answered, &share, &low, &high].map(str::to_owned);
        let all = texts.iter().chain(&numbers);
        out.push_str(&csv::record(all.map(String::as_str)));
    };
    for row in &figures.rows {
        let (low, high) = row
            .interval
            .map_or((None, None), |it| (Some(it.low), Some(it.high)));
        line(
            &row.code,
            &row.label,
            &row.n.to_string(),
            [row.pct_asked, low, high],
        );
    }
    for net in &figures.nets {
        line(
            &net.id,
            &net.label,
            &net.n.to_string(),
            [net.pct_asked, None, None],
        );
    }
    if let Some(stats) = &figures.stats {
        let values = [
            ("mean", stats.mean),
            ("median", stats.median),
            ("q1", stats.q1),
            ("q3", stats.q3),
            ("min", stats.min),
            ("max", stats.max),
            ("sum", stats.sum),
        ];
        for (name, value) in values {
            let value = value.map_or_else(String::new, |it| it.normalize().to_string());
            line(name, "", &value, [None; 3]);
        }
    }
}
