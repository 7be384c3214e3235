//! Moments in words: whoever reads them may live by other clocks.

use crate::i18n::Texts;
use crate::respond::screen::Moment;

/// Zones that have words of their own and are offered where one is chosen; every other IANA name is
/// good too, and is said by its place.
pub(crate) const ZONES: [&str; 14] = [
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/St_Barthelemy",
    "America/Marigot",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
    "Europe/Brussels",
    "UTC",
];

/// « 12 mars 2026 à 08:00 (heure de Paris) »
pub(crate) fn words(texts: &Texts, at: &Moment) -> String {
    let words = [
        ("date", texts.date(&at.day)),
        ("time", at.time.clone()),
        ("zone", clocks(texts, &at.zone)),
    ];
    texts.with("moment-at", words)
}

/// « heure de La Réunion »
pub(crate) fn clocks(texts: &Texts, zone: &str) -> String {
    if ZONES.contains(&zone) {
        let code = zone.replace('/', "-").to_ascii_lowercase();
        return texts.get(&format!("moment-in-{code}"));
    }
    match zone.rsplit_once('/') {
        Some((_, place)) => texts.with("moment-zone", [("place", place.replace('_', " "))]),
        None => zone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ZONES, clocks};
    use crate::i18n::Texts;
    use crate::language::Language;

    #[test]
    fn zones_that_are_offered_have_words() {
        for texts in Language::ALL.map(Texts::of) {
            for zone in ZONES {
                let words = clocks(texts, zone);
                assert!(!words.starts_with("moment-in-"), "{words}");
            }
        }
        let french = Texts::of(Language::Fr);
        assert_eq!(clocks(french, "Indian/Reunion"), "heure de La Réunion");
        assert_eq!(clocks(french, "America/New_York"), "heure de New York");
        assert_eq!(clocks(french, "CET"), "CET");
    }
}
