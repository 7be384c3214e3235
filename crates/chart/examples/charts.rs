//! Every kind of chart on one page, to look at: `cargo run -p chart --example charts > charts.html`.

use std::io::Write as _;

#[path = "../tests/it/kinds.rs"]
mod kinds;
#[path = "../tests/it/samples.rs"]
mod samples;

fn main() -> std::io::Result<()> {
    let mut page = String::from(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Diagrammes</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>",
    );
    page.push_str(chart::STYLESHEET);
    page.push_str("body{font:16px/1.5 system-ui;margin:1rem;max-width:46rem}</style>");
    for chart in [
        samples::bars(),
        samples::grouped(),
        samples::histogram(),
        samples::summary(),
        kinds::intervals(),
        kinds::upset(),
        kinds::stacked(),
        kinds::diverging(),
        kinds::line(),
        kinds::versions(),
        kinds::boxes(),
    ] {
        page.push_str(&format!(
            "<figure class=\"chart-figure\"><figcaption>{}</figcaption>{}{}</figure>",
            chart.title,
            chart.drawings(),
            chart.table().html()
        ));
    }
    std::io::stdout().write_all(page.as_bytes())
}
