//! What all commands print alike: formats, exit codes, questionnaire diagnostics.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use app::i18n::Texts;
use app::language::Language;
use app::studio::team::entry_remark;
use expr::{Lang, Severity};
use questionnaire::{Checked, Diagnostic, Engine, Sheet};
use serde::Serialize;

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For programs.
    Json,
    /// For people.
    Text,
}

impl Format {
    /// The format asked for; else text on a terminal, JSON anywhere else.
    pub(crate) fn or_detect(given: Option<Self>) -> Self {
        given.unwrap_or_else(|| {
            if std::io::stdout().is_terminal() {
                Self::Text
            } else {
                Self::Json
            }
        })
    }
}

/// A word from a file as a terminal may show it: without what would move the cursor or turn the line.
pub(crate) fn shown(word: &str) -> String {
    let turns = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
    let harmless = |it: char| match it {
        it if it.is_control() || turns.iter().any(|all| all.contains(&it)) => '\u{fffd}',
        it => it,
    };
    word.chars().map(harmless).collect()
}

/// A text of several lines as a terminal may show it.
pub(crate) fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(shown).collect();
    lines.join("\n")
}

/// JSON as a terminal may show it. What JSON must escape is escaped; terminals take U+0080 to U+009F for
/// commands too, and these stand in strings only.
pub(crate) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            other => out.push(other),
        }
    }
    out
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Errors in the input.
    Errors,
    /// Done, with losses or notices.
    Notices,
    /// The call is not one.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Errors => 1,
            Exit::Notices => 2,
            Exit::Usage => 64,
        })
    }
}

/// A diagnostic as `recueil check` prints it.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) suggestion: Option<String>,
    /// A sheet that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) witness: Option<Sheet>,
    /// Whether the suggestion says what to do, not what to write.
    #[serde(skip)]
    is_advice: bool,
}

impl Finding {
    pub(crate) fn new(it: &Diagnostic, file: &Path, lang: Lang) -> Self {
        Self {
            code: it.code(),
            severity: it.severity,
            message: it.message(lang),
            file: file.display().to_string(),
            line: it.position.line,
            column: it.position.column,
            suggestion: it.suggestion.clone(),
            witness: None,
            is_advice: false,
        }
    }

    /// Something that the proof found.
    pub(crate) fn proven(it: &proof::findings::Finding, file: &Path, lang: Lang) -> Self {
        Self {
            code: it.rule.code,
            severity: it.severity,
            message: it.message(lang),
            file: file.display().to_string(),
            line: it.position.line,
            column: it.position.column,
            suggestion: Some(it.suggestion(lang)),
            witness: it.witness.as_deref().cloned(),
            is_advice: true,
        }
    }

    /// A file that cannot be read at all.
    fn unreadable(error: &std::io::Error, file: &Path, lang: Lang) -> Self {
        let message = match lang {
            Lang::Fr => format!("le fichier ne peut pas être lu : {error}"),
            Lang::En => format!("the file cannot be read: {error}"),
        };
        Self {
            code: "IO0001",
            severity: Severity::Error,
            message,
            file: file.display().to_string(),
            line: 1,
            column: 1,
            suggestion: None,
            witness: None,
            is_advice: false,
        }
    }

    /// One line for people: `file:line:column: error QN0003: …`.
    pub(crate) fn line(&self, lang: Lang) -> String {
        let severity = match (self.severity, lang) {
            (Severity::Error, Lang::Fr) => "erreur",
            (Severity::Warning, Lang::Fr) => "avertissement",
            (Severity::Info, Lang::Fr) => "note",
            (Severity::Error, Lang::En) => "error",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Info, Lang::En) => "note",
        };
        let Self {
            file,
            line,
            column,
            code,
            message,
            ..
        } = self;
        let (file, message) = (shown(file), shown(message));
        let mut text = format!("{file}:{line}:{column}: {severity} {code} : {message}");
        if let Some(it) = self.suggestion.as_deref().map(shown) {
            text.push_str(match (self.is_advice, lang) {
                (false, Lang::Fr) => "\n    vouliez-vous dire : ",
                (false, Lang::En) => "\n    did you mean: ",
                (true, Lang::Fr) => "\n    conseil : ",
                (true, Lang::En) => "\n    what to do: ",
            });
            text.push_str(&it);
        }
        text
    }
}

/// Reads and compiles a questionnaire file.
pub(crate) fn compiled(file: &Path, lang: Lang) -> Result<Checked, Box<Finding>> {
    match std::fs::read_to_string(file) {
        Err(error) => Err(Box::new(Finding::unreadable(&error, file, lang))),
        Ok(source) => Ok(questionnaire::check(&source)),
    }
}

/// The engine of a questionnaire file; what prevents one goes to standard error.
pub(crate) fn engine(file: &Path, lang: Lang) -> Option<Engine> {
    let checked = match compiled(file, lang) {
        Ok(checked) => checked,
        Err(unreadable) => {
            eprintln!("{}", unreadable.line(lang));
            return None;
        }
    };
    if checked.engine.is_none() {
        for it in &checked.diagnostics {
            eprintln!("{}", Finding::new(it, file, lang).line(lang));
        }
    }
    checked.engine
}

/// Reads a text, or standard input for `-`.
pub(crate) fn read(path: Option<&Path>) -> anyhow::Result<String> {
    String::from_utf8(bytes(path)?).context("le fichier n’est pas en UTF-8")
}

/// Reads a file, or standard input for `-`.
pub(crate) fn bytes(path: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    match path {
        Some(path) if path != Path::new("-") => {
            std::fs::read(path).with_context(|| path.display().to_string())
        }
        _ => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes)?;
            Ok(bytes)
        }
    }
}

/// Prints a value as JSON, indented.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", escaped(&serde_json::to_string_pretty(value)?))?;
    Ok(())
}

/// JSON on one line, for output that has a value a line.
pub(crate) fn json_line(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", escaped(&serde_json::to_string(value)?))?;
    Ok(())
}

/// Something wrong with one sheet, on standard error: `{"id","item","code","message"}`.
#[derive(Debug, Serialize)]
pub(crate) struct Remark<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) item: Option<&'a str>,
    pub(crate) code: &'a str,
    pub(crate) message: String,
}

impl Remark<'_> {
    pub(crate) fn print(&self) {
        if let Ok(line) = serde_json::to_string(self) {
            eprintln!("{}", escaped(&line));
        }
    }
}

/// The reason a command could not do its work.
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("recueil : {}", lines(&format!("{error:#}")));
}

/// Whether the reader of our output has gone, which is its own business.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|it| {
        let io = it
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        let json = it
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    })
}

/// A failure in a few words.
pub(crate) fn failure_text(code: &questionnaire::FailureCode, lang: Lang) -> String {
    entry_remark(texts(lang), &code.code())
}

/// The interface's texts: what is said on pages is said in the same words here.
pub(crate) fn texts(lang: Lang) -> &'static Texts {
    Texts::of(match lang {
        Lang::Fr => Language::Fr,
        Lang::En => Language::En,
    })
}
