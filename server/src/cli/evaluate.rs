//! `recueil evaluate FILE [ANSWERS.ndjson|-]`

use std::io::{BufWriter, Write};
use std::path::Path;

use expr::Lang;
use questionnaire::{Severity, Verdict};

use super::answers;
use super::output::{self, Exit, Format, shown};

pub(super) fn run(
    file: &Path,
    answers: Option<&Path>,
    format: Format,
    lang: Lang,
) -> anyhow::Result<Exit> {
    let Some(engine) = output::engine(file, lang) else {
        return Ok(Exit::Errors);
    };
    let answers = answers::read(&engine, &answers::open(answers)?, lang)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for sheet in &answers.sheets {
        let verdict = engine.load(sheet).verdict(sheet.meta.id.clone());
        match format {
            Format::Json => {
                let line = serde_json::to_string(&verdict)?;
                writeln!(out, "{}", output::escaped(&line))?;
            }
            Format::Text => print(&mut out, &verdict, lang)?,
        }
    }
    out.flush()?;
    Ok(if answers.n_broken > 0 {
        Exit::Errors
    } else {
        Exit::Done
    })
}

fn print(out: &mut impl Write, it: &Verdict, lang: Lang) -> std::io::Result<()> {
    let state = match (it.complete, lang) {
        (true, Lang::Fr) => "complète",
        (false, Lang::Fr) => "incomplète",
        (true, Lang::En) => "complete",
        (false, Lang::En) => "incomplete",
    };
    writeln!(out, "{} {state}", shown(it.id.as_deref().unwrap_or("—")))?;
    for (slot, state) in &it.slots {
        writeln!(out, "    {slot:<40} {}", state.code())?;
    }
    for (key, value) in &it.computed {
        writeln!(out, "    {:<40} {}", shown(key), shown(&value.to_string()))?;
    }
    for key in &it.off_path {
        writeln!(out, "    {:<40} off_path", shown(key))?;
    }
    for failure in &it.failures {
        let severity = match failure.severity {
            Severity::Hard => "hard",
            Severity::Soft => "soft",
        };
        writeln!(
            out,
            "  ! {:<40} {} ({severity})",
            shown(&failure.item),
            failure.code.code()
        )?;
    }
    Ok(())
}
