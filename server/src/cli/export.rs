//! `recueil export STUDY[/WAVE] --format ndjson|csv|xlsx [--rehearsal] [--all] [--database …]`

use std::io::{BufWriter, Write};

use clap::Args;
use expr::Lang;
use interchange::columns::Columns;
use interchange::csv;
use service::workbook::Book;

use super::data::{self, Database};
use super::output::Exit;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// The form of the file.
    #[arg(long, default_value = "ndjson")]
    format: Form,
    /// The wave's rehearsal instead of its responses. Its sheets are marked.
    #[arg(long)]
    rehearsal: bool,
    /// Also the responses that are set aside; each says why in `meta.set_aside`. NDJSON only.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    database: Database,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    /// One sheet a line.
    Ndjson,
    /// A row a response, a column a slot.
    Csv,
    /// The same as a workbook.
    Xlsx,
}

impl Export {
    pub(super) fn run(self, _lang: Lang) -> anyhow::Result<Exit> {
        data::block_on(async {
            let services = self.database.open().await?;
            let mut wave = services.waves().by_address(&self.wave).await?;
            if self.rehearsal {
                wave = services.rehearsals().known(&wave).await?;
            }
            if self.all && !matches!(self.format, Form::Ndjson) {
                anyhow::bail!("--all : ndjson seulement / --all: ndjson only");
            }
            let may = data::may(&services, &wave).await?;
            let mut export = match self.all {
                true => services.export_all(&may, &wave).await?,
                false => services.export(&may, &wave).await?,
            };
            let columns = if wave.is_rehearsal() {
                Columns::of_rehearsal(&wave.engine)
            } else {
                Columns::of(&wave.engine)
            };
            let mut out = BufWriter::new(std::io::stdout().lock());
            let mut book = None;
            match self.format {
                Form::Ndjson => {}
                Form::Csv => out.write_all(csv::header(&columns).as_bytes())?,
                Form::Xlsx => book = Some(Book::new(&wave.engine, columns.clone())?),
            }
            while let Some(sheets) = export.next_page().await? {
                for sheet in sheets {
                    match (self.format, &mut book) {
                        (_, Some(book)) => book.add(&sheet)?,
                        (Form::Csv, _) => {
                            out.write_all(csv::line(&columns, &wave.engine, &sheet).as_bytes())?;
                        }
                        _ => {
                            serde_json::to_writer(&mut out, &sheet)?;
                            writeln!(out)?;
                        }
                    }
                }
            }
            if let Some(book) = book {
                out.write_all(&book.finish()?)?;
            }
            out.flush()?;
            services.close().await;
            Ok(Exit::Done)
        })
    }
}
