//! What French binds: spaces before its punctuation, the hyphens of « a-t-il ».

/// The narrow no-break space.
pub const NARROW: char = '\u{202F}';

/// The hyphen at which no line ends.
const BOUND: char = '\u{2011}';

/// Turns the ordinary space before `; : ! ? % € »` and after `«` into a narrow no-break space, so
/// that no line starts with a question mark; and the hyphens around the `t` of « a-t-il » into
/// ones that bind, so that none ends with « a-t- ».
///
/// ```
/// assert_eq!(questionnaire::typography::french("Prêt ? À 43,8 % !"), "Prêt\u{202F}? À 43,8\u{202F}%\u{202F}!");
/// ```
#[must_use]
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut last = '\0';
    for (at, c) in text.char_indices() {
        let (before, rest) = (&text[..at], &text[at + c.len_utf8()..]);
        let next = rest.chars().next();
        let binds = last == '«' || matches!(next, Some(';' | ':' | '!' | '?' | '%' | '€' | '»'));
        last = match c {
            ' ' | '\u{A0}' if binds => NARROW,
            '-' if rest.starts_with("t-") && takes_t(&rest[2..]) => BOUND,
            '-' if before.ends_with("-t") && takes_t(rest) => BOUND,
            _ => c,
        };
        out.push(last);
    }
    out
}

/// Whether a pronoun begins here that a `t` is put before: « a-t-il », « compte-t-elle », « dira-t-on ».
fn takes_t(text: &str) -> bool {
    ["il", "elle", "on"].iter().any(|it| text.starts_with(it))
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
    fn the_t_between_verb_and_pronoun_is_bound() {
        let check =
            |text: &str, expect: &str| assert_eq!(french(text), expect.replace('_', "\u{2011}"));
        check("Y a-t-il", "Y a_t_il");
        check("compte-t-elle, dira-t-on", "compte_t_elle, dira_t_on");
        check(
            "exercez-vous un va-t-en-guerre",
            "exercez-vous un va-t-en-guerre",
        );
        check("-t-", "-t-");
    }

    #[test]
    fn spaces_are_bound_and_nothing_else_changes() {
        check("Où ? Ici ; là : « oui » !", "Où_? Ici_; là_: «_oui_»_!");
        check("1 720 €", "1 720_€");
        check("https://exemple.fr ?", "https://exemple.fr_?");
        check("sans espace?", "sans espace?");
        check("déjà\u{A0}: fait", "déjà_: fait");
        check("", "");
        check("« Bien »", "«_Bien_»");
    }
}
