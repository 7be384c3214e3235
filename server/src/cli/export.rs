//! `recueil export STUDY[/WAVE] --format ndjson|csv|xlsx [--rehearsal] [--all] [--database …]`

use std::io::{BufWriter, Write};

use clap::Args;
use expr::Lang;
use interchange::columns::Columns;
use interchange::csv;
use interchange::joined::JoinedColumns;
use questionnaire::Engine;
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
            let marks = wave.is_rehearsal();
            let columns = match marks {
                true => Columns::of_rehearsal(&wave.engine),
                false => Columns::of(&wave.engine),
            };
            let answered = export.versions().to_vec();
            let versions = answered.iter().map(|it| (it.number, &*it.engine));
            let versions: Vec<(i32, &Engine)> = versions.collect();
            // Where a wave has asked several versions, a table has the columns of all of them.
            let joined = (versions.len() > 1).then(|| JoinedColumns::of(&versions, marks));
            let mut out = BufWriter::new(std::io::stdout().lock());
            let mut book = None;
            match (self.format, &joined) {
                (Form::Ndjson, _) => {}
                (Form::Csv, None) => out.write_all(csv::header(&columns).as_bytes())?,
                (Form::Csv, Some(it)) => out.write_all(csv::joined_header(it).as_bytes())?,
                (Form::Xlsx, None) => book = Some(Book::new(&wave.engine, columns.clone())?),
                (Form::Xlsx, Some(it)) => book = Some(Book::joined(versions.clone(), it.clone())?),
            }
            while let Some(sheets) = export.next_page().await? {
                for sheet in sheets {
                    match (self.format, &mut book) {
                        (_, Some(book)) => book.add(&sheet)?,
                        (Form::Csv, _) => {
                            let line = match &joined {
                                None => csv::line(&columns, &wave.engine, &sheet),
                                Some(it) => csv::joined_line(it, &versions, &sheet),
                            };
                            out.write_all(line.as_bytes())?;
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
