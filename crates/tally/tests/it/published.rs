//! The 130 sheets of the survey on QPV give every figure that the survey published.

use serde_json::Value;
use tally::{Options, Table};

use crate::support::{QPV_CLS, read, sheets, table, tally};

fn tables() -> Vec<Table> {
    let sheets = sheets(&read("questionnaires/qpv-cls/responses.ndjson"));
    assert_eq!(sheets.len(), 130);
    tally(&QPV_CLS, Options::default(), &sheets).tables("fr")
}

/// Rounded as printed: to as many decimals as the source gives.
fn printed(percent: f64, published: f64) -> f64 {
    let decimals = if published.fract() == 0.0 { 1.0 } else { 10.0 };
    (percent * decimals).round() / decimals
}

#[test]
fn every_published_figure_is_there() {
    let tables = tables();
    let published: Value =
        serde_json::from_str(&read("questionnaires/qpv-cls/published.json")).expect("JSON");
    let mut figures = 0;
    for figure in published["figures"].as_array().expect("figures") {
        let table = table(&tables, figure["item"].as_str().expect("an item"));
        let base = &table.figures.base;
        assert_eq!(
            Some(base.asked()),
            figure["asked_in_sample"].as_u64(),
            "{}",
            table.item
        );
        assert_eq!(
            Some(base.dont_know()),
            figure["dont_know_in_sample"].as_u64(),
            "{}",
            table.item
        );
        let row = |code: &str| {
            let row = table.figures.rows.iter().find(|row| row.code == code);
            row.unwrap_or_else(|| panic!("{} has no {code}", table.item))
        };
        for (code, percent) in figure["percent"].as_object().into_iter().flatten() {
            let published = percent.as_f64().expect("a number");
            let found = row(code).pct_asked.expect("somebody was asked");
            // The source prints 2,4 % of 130, which no count gives: 3 are 2,3 %.
            let tolerance = if (table.item.as_str(), code.as_str()) == ("articulation", "nsp") {
                0.11
            } else {
                1e-9
            };
            let difference = (printed(found, published) - published).abs();
            assert!(
                difference <= tolerance,
                "{} {code}: {found} for {published}",
                table.item
            );
            figures += 1;
        }
        for (code, n) in figure["count"].as_object().into_iter().flatten() {
            assert_eq!(Some(row(code).n), n.as_u64(), "{} {code}", table.item);
            figures += 1;
        }
        if let Some(percents) = figure["percent_unordered"].as_array() {
            let sorted = |mut it: Vec<f64>| {
                it.sort_by(f64::total_cmp);
                it
            };
            let found = table
                .figures
                .rows
                .iter()
                .filter_map(|row| row.pct_asked)
                .map(f64::round);
            let published = percents.iter().filter_map(Value::as_f64);
            assert_eq!(
                sorted(found.collect()),
                sorted(published.collect()),
                "{}",
                table.item
            );
            figures += percents.len();
        }
    }
    assert!(figures > 40, "only {figures} figures were compared");
}

#[test]
fn declared_nets_are_counted_as_people() {
    let tables = tables();
    let net = |item: &str, net: &str| {
        let table = table(&tables, item);
        table
            .figures
            .nets
            .iter()
            .find(|it| it.id == net)
            .expect("a declared net")
            .clone()
    };
    // 94 % coordinate; 61 % have less than 50 k€, which the source printed as 60; 48 % have no post.
    assert_eq!(
        net("fonction", "coordonnateurs").pct_asked.map(f64::round),
        Some(94.0)
    );
    assert_eq!(
        net("cls_budget", "moins_50k").pct_asked.map(f64::round),
        Some(61.0)
    );
    let without = net("asv_poste", "sans_poste_dedie");
    assert_eq!(without.pct_asked.map(f64::round), Some(48.0));
    assert_eq!(without.pct_answered, None, "« ne sait pas » is no answer");
}
