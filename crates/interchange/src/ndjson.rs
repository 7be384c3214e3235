//! Answer sheets, one JSON object a line.

use questionnaire::Sheet;

use crate::Loss;

/// Longest line that is read, in bytes.
pub const MAX_LINE: usize = 1024 * 1024;

/// The sheets of a text, each with its line number, or why the line is not one. Blank lines say
/// nothing.
///
/// ```
/// let text = "{\"answers\":{\"age\":30}}\n\nnot a sheet\n";
/// let read: Vec<_> = interchange::ndjson::sheets(text).collect();
/// assert!(read[0].is_ok());
/// assert_eq!(read[1].as_ref().unwrap_err().place, "line 3");
/// ```
pub fn sheets(text: &str) -> impl Iterator<Item = Result<(usize, Sheet), Loss>> + '_ {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_start_matches('\u{feff}').trim()))
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, line)| sheet(line).map(|it| (at, it)).map_err(|it| located(it, at)))
}

/// The sheet on one line.
///
/// # Errors
/// When the line is too long or not an answer sheet.
pub fn sheet(line: &str) -> Result<Sheet, Loss> {
    let refuse = |message: String| Loss {
        code: "IX0001",
        place: String::new(),
        message,
    };
    if line.len() > MAX_LINE {
        return Err(refuse(format!(
            "ligne de plus de {MAX_LINE} octets ; découpez le fichier"
        )));
    }
    if !line.starts_with('{') {
        return Err(refuse("cette ligne n’est pas un objet JSON".to_owned()));
    }
    serde_json::from_str(line).map_err(|error| {
        refuse(format!(
            "cette ligne n’est pas une feuille de réponses : {error}"
        ))
    })
}

fn located(mut loss: Loss, line: usize) -> Loss {
    loss.place = format!("line {line}");
    loss
}
