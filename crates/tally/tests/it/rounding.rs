//! Percentages that are rounded one by one, and the note where they do not add up.

use chart::Language;
use questionnaire::Sheet;
use serde_json::json;
use tally::{Options, rounding_sentence};

use crate::support::{EVERY_KIND, sheet, table, tally};

fn said(codes: &[&str], item: &str) -> Option<String> {
    let sheets: Vec<Sheet> = codes
        .iter()
        .map(|it| sheet(&json!({"presence": it, "themes": ["sante", "jeunes"]})))
        .collect();
    let tables = tally(&EVERY_KIND, Options::default(), &sheets).tables("fr");
    rounding_sentence(table(&tables, item), Language::French)
}

#[test]
fn a_total_that_is_not_a_hundred_is_told() {
    assert_eq!(said(&["oui", "non"], "presence"), None);
    let thirds = said(&["oui", "non", "autre"], "presence");
    assert!(
        thirds
            .as_deref()
            .is_some_and(|it| it.contains("99\u{202f}%")),
        "{thirds:?}"
    );
    // Who is asked and does not say is a part of it; several answers are no parts.
    assert_eq!(said(&["oui", "nsp", "oui", "non"], "presence"), None);
    assert_eq!(said(&["oui", "non", "autre"], "themes"), None);
    assert_eq!(said(&[], "presence"), None);
}
