//! Every address of the site, in one place.
//!
//! A constant is the pattern the router matches; the function of the same name, in lower case,
//! writes an address. A test holds the two together.

use crate::language::Language;

/// What this is and which waves are open.
pub const HOME: &str = "/";
/// The start page of a wave.
pub const START: &str = "/r/{wave}";
/// A question page.
pub const PAGE: &str = "/r/{wave}/p/{page}";
/// Everything answered so far, before submission.
pub const REVIEW: &str = "/r/{wave}/review";
/// The receipt after submission.
pub const RECEIPT: &str = "/r/{wave}/receipt";
/// The compiled questionnaire that the respondent's island reads, by version.
pub const INSTRUMENT: &str = "/r/{wave}/instrument/{version}";
/// An invitation: exchanges the secret in the link for a cookie.
pub const INVITATION: &str = "/i/{token}";
/// Where an invited person asks for no more messages.
pub const OPT_OUT: &str = "/i/{token}/opt-out";
/// The live tallies of a wave, on an unguessable link.
pub const DASHBOARD: &str = "/d/{wave}/{key}";
/// The live tallies of a wave's rehearsal, on an unguessable link of its own.
pub const REHEARSAL: &str = "/d/{wave}/rehearsal/{key}";
/// Where the form posts that removes a wave's rehearsal; the key is the wave's.
pub const REMOVE_REHEARSAL: &str = "/d/{wave}/{key}/rehearsal/remove";
/// The tallies of a wave as Server-Sent Events.
pub const LIVE: &str = "/live/waves/{id}";
/// Scripts, modules, styles and fonts, named by their content.
pub const ASSET: &str = "/pkg/{file}";

/// The place on a question page that says that all is kept: where « Enregistrer » leads.
pub const SAVED: &str = "enregistre";

/// The place on a dashboard that says that the rehearsal is gone: where « Supprimer la répétition »
/// leads.
pub const REMOVED: &str = "repetition-supprimee";

/// Every pattern, for tests that visit them all.
pub const PATTERNS: &[&str] = &[
    HOME,
    START,
    PAGE,
    REVIEW,
    RECEIPT,
    INSTRUMENT,
    INVITATION,
    OPT_OUT,
    DASHBOARD,
    REHEARSAL,
    REMOVE_REHEARSAL,
    LIVE,
    ASSET,
];

/// What this is and which waves are open.
#[must_use]
pub fn home() -> String {
    HOME.to_owned()
}

/// The start page of a wave.
#[must_use]
pub fn start(wave: &str) -> String {
    format!("/r/{}", segment(wave))
}

/// A question page.
///
/// ```
/// assert_eq!(app::paths::page("qpv-cls", "profil"), "/r/qpv-cls/p/profil");
/// ```
#[must_use]
pub fn page(wave: &str, page: &str) -> String {
    format!("/r/{}/p/{}", segment(wave), segment(page))
}

/// Everything answered so far, before submission.
#[must_use]
pub fn review(wave: &str) -> String {
    format!("/r/{}/review", segment(wave))
}

/// The receipt after submission.
#[must_use]
pub fn receipt(wave: &str) -> String {
    format!("/r/{}/receipt", segment(wave))
}

/// The compiled questionnaire that the respondent's island reads.
#[must_use]
pub fn instrument(wave: &str, version: &str) -> String {
    format!("/r/{}/instrument/{}", segment(wave), segment(version))
}

/// An invitation's link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/i/{}", segment(token))
}

/// Where an invited person asks for no more messages.
#[must_use]
pub fn opt_out(token: &str) -> String {
    format!("/i/{}/opt-out", segment(token))
}

/// The live tallies of a wave.
#[must_use]
pub fn dashboard(wave: &str, key: &str) -> String {
    format!("/d/{}/{}", segment(wave), segment(key))
}

/// The live tallies of a wave, at the notice that its rehearsal is gone.
#[must_use]
pub fn dashboard_after_removal(wave: &str, key: &str) -> String {
    format!("{}#{REMOVED}", dashboard(wave, key))
}

/// The live tallies of a wave's rehearsal.
#[must_use]
pub fn rehearsal(wave: &str, key: &str) -> String {
    format!("/d/{}/rehearsal/{}", segment(wave), segment(key))
}

/// Where the form posts that removes a wave's rehearsal.
#[must_use]
pub fn remove_rehearsal(wave: &str, key: &str) -> String {
    format!("/d/{}/{}/rehearsal/remove", segment(wave), segment(key))
}

/// The tallies of a wave as Server-Sent Events.
#[must_use]
pub fn live(wave_id: &str) -> String {
    format!("/live/waves/{}", segment(wave_id))
}

/// A file of the site.
#[must_use]
pub fn asset(file: &str) -> String {
    format!("/pkg/{}", segment(file))
}

/// The same address in a chosen language.
///
/// ```
/// use app::{language::Language, paths};
/// assert_eq!(paths::in_language("/r/qpv-cls", Language::En), "/r/qpv-cls?lang=en");
/// ```
#[must_use]
pub fn in_language(path: &str, language: Language) -> String {
    format!("{path}?lang={}", language.code())
}

/// Percent-encodes what may not stand in a path segment.
fn segment(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{…}` stands for one segment.
    fn matches(pattern: &str, path: &str) -> bool {
        let (pattern, path): (Vec<_>, Vec<_>) =
            (pattern.split('/').collect(), path.split('/').collect());
        pattern.len() == path.len()
            && pattern
                .iter()
                .zip(&path)
                .all(|(p, s)| p == s || (p.starts_with('{') && !s.is_empty()))
    }

    #[test]
    fn every_address_matches_its_own_pattern_and_no_other() {
        let hostile = "à / ?#é%";
        let written = [
            home(),
            start(hostile),
            page(hostile, hostile),
            review(hostile),
            receipt(hostile),
            instrument(hostile, hostile),
            invitation(hostile),
            opt_out(hostile),
            dashboard(hostile, hostile),
            rehearsal(hostile, hostile),
            remove_rehearsal(hostile, hostile),
            live(hostile),
            asset(hostile),
        ];
        assert_eq!(written.len(), PATTERNS.len());
        for (path, own) in written.iter().zip(PATTERNS) {
            let found: Vec<_> = PATTERNS.iter().filter(|it| matches(it, path)).collect();
            assert_eq!(found, [own], "{path}");
        }
    }

    #[test]
    fn what_is_not_a_plain_character_is_encoded() {
        assert_eq!(start("été/1"), "/r/%C3%A9t%C3%A9%2F1");
    }
}
