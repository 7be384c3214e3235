//! Spaces that French puts before its punctuation.

/// The narrow no-break space.
pub const NARROW: char = '\u{202F}';

/// Turns the ordinary space before `; : ! ? % € »` and after `«` into a narrow no-break space, so
/// that no line starts with a question mark.
///
/// ```
/// assert_eq!(app::typography::french("Prêt ? À 43,8 % !"), "Prêt\u{202F}? À 43,8\u{202F}%\u{202F}!");
/// ```
#[must_use]
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut last = '\0';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let binds = last == '«' || matches!(next, Some(';' | ':' | '!' | '?' | '%' | '€' | '»'));
        let c = if matches!(c, ' ' | '\u{A0}') && binds {
            NARROW
        } else {
            c
        };
        out.push(c);
        last = c;
    }
    out
}

/// `text` as its language writes it: French gets its spaces, other languages stay as they are.
#[must_use]
pub fn typeset(text: &str, language: &str) -> String {
    if language == "fr" {
        french(text)
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(french(text), expect.replace('_', "\u{202F}"));
    }

    #[test]
    fn spaces_are_bound_and_nothing_else_changes() {
        check("Où ? Ici ; là : « oui » !", "Où_? Ici_; là_: «_oui_»_!");
        check("1 720 €", "1 720_€");
        check("https://exemple.fr ?", "https://exemple.fr_?");
        check("sans espace?", "sans espace?");
        check("déjà\u{A0}: fait", "déjà_: fait");
        check("", "");
    }
}
