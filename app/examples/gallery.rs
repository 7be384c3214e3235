//! Writes every sample page as a file, to look at: `cargo run -p app --example gallery --features ssr -- FOLDER`.

#[path = "../tests/it/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::{env, fs, io};

use app::language::Language;

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/gallery"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    // The source sheet: browsers follow its imports, no build is needed.
    let style = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/style/respond.css");
    let link = format!("<link rel=\"stylesheet\" href=\"{style}\"></head>");
    for language in Language::ALL {
        for (name, sample) in samples::all() {
            let html = sample.html(&samples::frame(language, "/r/qpv-cls"));
            let file = folder.join(format!("{name}.{}.html", language.code()));
            fs::write(&file, html.replacen("</head>", &link, 1))?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}
