//! The error summary, which says no more than what is beside the fields.

use super::dom;
use crate::respond::ids::{self, Name};

/// Takes the lines about a slot out of the summary once it is right, and puts them back if it is wrong again.
pub(super) fn follow(key: &str, wrong: bool) {
    let Some(summary) = dom::one("#summary") else {
        return;
    };
    let to_field = ["li:has(> [href=\"#", &ids::id(Name::Field, key), "\"])"].concat();
    let mut left = 0;
    for list in dom::all(&summary, ":scope > div") {
        for line in dom::all(&list, &to_field) {
            dom::show(&line, wrong);
        }
        let lines = dom::all(&list, "li:not([hidden])").len();
        dom::show(&list, lines > 0);
        left += lines;
        let Some(heading) = dom::inside(&list, "h2") else {
            continue;
        };
        let words = heading.get_attribute(if lines == 1 { "data-one" } else { "data-many" });
        dom::write(
            &heading,
            &words.unwrap_or_default().replace("{n}", &lines.to_string()),
        );
    }
    dom::show(&summary, left > 0);
}
