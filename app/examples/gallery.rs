//! Writes every sample page as a file, to look at: `cargo run -p app --example gallery --features ssr -- FOLDER`.
//!
//! The folder has all it needs: it may be moved, or served.

#[path = "../tests/it/samples/mod.rs"]
mod samples;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use app::language::Language;

fn main() -> io::Result<()> {
    let folder = env::args()
        .nth(1)
        .map_or_else(|| PathBuf::from("target/gallery"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    // The source sheets: browsers follow their imports, no build is needed.
    let sheets = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    fs::create_dir_all(folder.join("parts"))?;
    fs::copy(sheets.join("respond.css"), folder.join("respond.css"))?;
    for part in fs::read_dir(sheets.join("parts"))? {
        let part = part?;
        fs::copy(part.path(), folder.join("parts").join(part.file_name()))?;
    }
    let link = "<link rel=\"stylesheet\" href=\"respond.css\"></head>";
    for language in Language::ALL {
        for (name, sample) in samples::all() {
            let html = sample.html(&samples::frame(language, "/r/qpv-cls"));
            let file = folder.join(format!("{name}.{}.html", language.code()));
            fs::write(&file, html.replacen("</head>", link, 1))?;
        }
    }
    println!("{}", folder.display());
    Ok(())
}
