//! Sample branch graphs as files to look at: `cargo run -p chart --example graphs -- FOLDER`
//! writes each as SVG, DOT and text, and one page with drawings and tables.

use std::path::PathBuf;

#[path = "../tests/it/graph_samples.rs"]
mod samples;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let mut page = String::from(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Parcours</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>",
    );
    page.push_str(chart::STYLESHEET);
    page.push_str(chart::graph::STYLESHEET);
    page.push_str("body{font:16px/1.5 system-ui;margin:1rem}</style>");
    for graph in [samples::small(), samples::survey(), samples::large()] {
        let name = |extension: &str| folder.join(format!("{}.{extension}", graph.id));
        std::fs::write(name("svg"), graph.svg_file())?;
        std::fs::write(name("dot"), graph.to_dot())?;
        std::fs::write(name("txt"), graph.to_text())?;
        page.push_str(&format!(
            "<figure class=\"graph-figure\">{}{}</figure>",
            graph.svg(),
            graph.table().html()
        ));
    }
    std::fs::write(folder.join("graphs.html"), page)
}
