//! Every address of the site, in one place.
//!
//! A constant is the pattern the router matches; the function of the same name, in lower case,
//! writes an address. A test holds the two together.

use crate::language::Language;

mod means;
mod studio;

pub use means::{
    AGAIN, BIND_OPENID, NEW_PASSKEY, NEW_PASSKEY_CHALLENGE, OPENID, OPENID_JOIN, OPENID_RETURN,
    PASSKEY_CHALLENGE, PASSKEY_SIGN_IN, bind_openid, new_passkey, new_passkey_challenge, openid,
    openid_join, openid_return, passkey_challenge, passkey_sign_in, sign_in_again,
};
pub use studio::{
    account, admissibility, audit, audit_file, begin_entry, begin_study, condition, condition_at,
    contacts, contacts_file, cut, edit, edit_news, edit_node, edit_with, entry, figures, filter,
    findings, invitations, link, live_studies, map, map_with, member, member_link, members,
    messages, plan, print, print_file, publish, published_version, qr_png, qr_svg, questionnaire,
    recover, rehearse, rehearsed, results, retention, send, settings, sign_in, sign_in_to,
    sign_out, studio, study, waves,
};

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
/// The respondent's own response as a file.
pub const EXPORT: &str = "/r/{wave}/receipt/export/{form}";
/// Where the form posts that opens a submitted response for correction.
pub const CORRECT: &str = "/r/{wave}/receipt/correct";
/// Where the form posts that gives a correction up.
pub const DROP_CORRECTION: &str = "/r/{wave}/receipt/keep";
/// Asks whether a response shall be withdrawn, and withdraws it.
pub const WITHDRAW: &str = "/r/{wave}/receipt/withdraw";
/// Says that a response was withdrawn.
pub const WITHDRAWN: &str = "/r/{wave}/withdrawn";
/// How to go on later: the code of the response.
pub const KEEP: &str = "/r/{wave}/keep";
/// Where the code is given to go on, on whatever device.
pub const RESUME: &str = "/r/{wave}/resume";
/// Who else prepares the response, and one more link.
pub const TOGETHER: &str = "/r/{wave}/together";
/// Where the form posts that takes a link back.
pub const CONTRIBUTOR: &str = "/r/{wave}/together/{contributor}";
/// A link into another's draft: opening it exchanges its secret for a cookie.
pub const HANDED: &str = "/r/{wave}/with/{secret}";
/// What a contributor was handed.
pub const PART: &str = "/r/{wave}/part";
/// One of its pages.
pub const PART_PAGE: &str = "/r/{wave}/part/{page}";
/// The compiled questionnaire that the respondent's island reads, by version.
pub const INSTRUMENT: &str = "/r/{wave}/instrument/{version}";
/// An invitation: exchanges the secret in the link for a cookie.
pub const INVITATION: &str = "/i/{token}";
/// Where an invited person asks for no more messages.
pub const OPT_OUT: &str = "/i/{token}/opt-out";
/// The live tallies of a wave, on an unguessable link.
pub const DASHBOARD: &str = "/d/{wave}/{key}";
/// Where a filter of them is put together.
pub const DASHBOARD_FILTER: &str = "/d/{wave}/{key}/filter";
/// The live tallies of a wave's rehearsal, on an unguessable link of its own.
pub const REHEARSAL: &str = "/d/{wave}/rehearsal/{key}";
/// Where the form posts that removes a wave's rehearsal; the key is the wave's.
pub const REMOVE_REHEARSAL: &str = "/d/{wave}/{key}/rehearsal/remove";
/// The tallies of a wave as Server-Sent Events.
pub const LIVE: &str = "/live/waves/{id}";
/// The studies of whoever is signed in as Server-Sent Events.
pub const LIVE_STUDIES: &str = "/live/studies";
/// The studies of whoever is signed in.
pub const STUDIO: &str = "/studio";
/// Signing in.
pub const SIGN_IN: &str = "/studio/sign-in";
/// Where the form posts that signs out.
pub const SIGN_OUT: &str = "/studio/sign-out";
/// Asking for a new password.
pub const RECOVER: &str = "/studio/recover";
/// What a one-time link leads to.
pub const LINK: &str = "/studio/link/{secret}";
/// One's own account.
pub const ACCOUNT: &str = "/studio/account";
/// A study.
pub const STUDY: &str = "/studio/s/{study}";
/// Its members.
pub const MEMBERS: &str = "/studio/s/{study}/members";
/// Where the forms about one member post.
pub const MEMBER: &str = "/studio/s/{study}/members/{member}";
/// Where the form posts that revokes an invitation to join.
pub const MEMBER_LINK: &str = "/studio/s/{study}/links/{link}";
/// What was done in a study.
pub const AUDIT: &str = "/studio/s/{study}/audit";
/// The same as a file.
pub const AUDIT_FILE: &str = "/studio/s/{study}/audit.ndjson";
/// The live tallies of a wave, for members.
pub const RESULTS: &str = "/studio/s/{study}/waves/{wave}";
/// Where a filter of them is put together.
pub const FILTER: &str = "/studio/s/{study}/waves/{wave}/filter";
/// What stands at the beginning of every address for programs.
pub const API: &str = "/api/";
/// What there is for programs.
pub const OPENAPI: &str = "/api/v1/openapi.json";
/// The studies that a program sees.
pub const API_STUDIES: &str = "/api/v1/studies";
/// The waves of a study.
pub const API_WAVES: &str = "/api/v1/studies/{study}/waves";
/// The tallies of a wave.
pub const API_TABLES: &str = "/api/v1/studies/{study}/waves/{wave}/tables";
/// Beginning a study.
pub const BEGIN_STUDY: &str = "/studio/new";
/// The questionnaire of a study, as it is being written.
pub const QUESTIONNAIRE: &str = "/studio/s/{study}/questionnaire";
/// The editor of its nodes.
pub const EDIT: &str = "/studio/s/{study}/questionnaire/edit";
/// Who else is in the editor, and which save is the latest, as a part of a page.
pub const EDIT_NEWS: &str = "/studio/s/{study}/questionnaire/edit/news";
/// A condition of it, put together line by line.
pub const CONDITION: &str = "/studio/s/{study}/questionnaire/condition";
/// Its rehearsal: of which save it is, and where one is made and removed.
pub const REHEARSE: &str = "/studio/s/{study}/questionnaire/rehearsal";
/// The made-up results of its rehearsal.
pub const REHEARSED: &str = "/studio/s/{study}/questionnaire/rehearsal/results";
/// The figures that are wanted of it, and what is missing for them.
pub const PLAN: &str = "/studio/s/{study}/questionnaire/plan";
/// It on paper, on a page.
pub const PRINT: &str = "/studio/s/{study}/questionnaire/print";
/// It on paper, as a file.
pub const PRINT_FILE: &str = "/studio/s/{study}/questionnaire/print.pdf";
/// What is found about a text, for the script of its field.
pub const FINDINGS: &str = "/studio/s/{study}/questionnaire/findings";
/// Its branches as a map.
pub const MAP: &str = "/studio/s/{study}/questionnaire/map";
/// What it changes, and where it is published.
pub const PUBLISH: &str = "/studio/s/{study}/questionnaire/publish";
/// Making a wave.
pub const WAVES: &str = "/studio/s/{study}/waves";
/// When a wave takes responses, and of whom.
pub const SETTINGS: &str = "/studio/s/{study}/waves/{wave}/settings";
/// Its address as a QR code, drawn.
pub const QR_SVG: &str = "/studio/s/{study}/waves/{wave}/qr.svg";
/// The same as dots for print.
pub const QR_PNG: &str = "/studio/s/{study}/waves/{wave}/qr.png";
/// Whom a wave asks.
pub const INVITATIONS: &str = "/studio/s/{study}/waves/{wave}/invitations";
/// How far they are, as a part of a page.
pub const FIGURES: &str = "/studio/s/{study}/waves/{wave}/invitations/figures";
/// Where the forms post that send mails to them.
pub const SEND: &str = "/studio/s/{study}/waves/{wave}/invitations/send";
/// What its mails of one kind say.
pub const MESSAGES: &str = "/studio/s/{study}/waves/{wave}/messages/{kind}";
/// Whom the team may call back.
pub const CONTACTS: &str = "/studio/s/{study}/waves/{wave}/contacts";
/// The same as a file.
pub const CONTACTS_FILE: &str = "/studio/s/{study}/waves/{wave}/contacts.csv";
/// Which responses of a wave count.
pub const ADMISSIBILITY: &str = "/studio/s/{study}/waves/{wave}/admissibility";
/// Where responses are entered.
pub const ENTRY: &str = "/studio/s/{study}/waves/{wave}/entry";
/// Where the form posts that opens an empty questionnaire for one of them.
pub const BEGIN_ENTRY: &str = "/studio/s/{study}/waves/{wave}/entry/begin";
/// For how long what was given to a wave is kept.
pub const RETENTION: &str = "/studio/s/{study}/waves/{wave}/retention";
/// The responses of a wave as a file, for members and programs.
pub const RESPONSES: &str = "/api/v1/studies/{study}/waves/{wave}/responses";
/// Scripts, modules, styles and fonts, named by their content.
pub const ASSET: &str = "/pkg/{file}";

/// The place on a question page that says that all is kept: where « Enregistrer » leads.
pub const SAVED: &str = "enregistre";

/// What follows `?` where a save leads to the code.
pub const THEN_KEEP: &str = "then=keep";
/// What follows `?` where answers that several people wrote were sent without signing them off.
pub const UNSIGNED: &str = "signed=no";
/// What follows `?` where a code was not found.
pub const UNKNOWN_CODE: &str = "code=unknown";

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
    EXPORT,
    CORRECT,
    DROP_CORRECTION,
    WITHDRAW,
    WITHDRAWN,
    KEEP,
    RESUME,
    TOGETHER,
    CONTRIBUTOR,
    HANDED,
    PART,
    PART_PAGE,
    INSTRUMENT,
    INVITATION,
    OPT_OUT,
    DASHBOARD,
    DASHBOARD_FILTER,
    REHEARSAL,
    REMOVE_REHEARSAL,
    LIVE,
    LIVE_STUDIES,
    STUDIO,
    SIGN_IN,
    PASSKEY_CHALLENGE,
    PASSKEY_SIGN_IN,
    OPENID,
    OPENID_JOIN,
    OPENID_RETURN,
    SIGN_OUT,
    RECOVER,
    LINK,
    ACCOUNT,
    NEW_PASSKEY_CHALLENGE,
    NEW_PASSKEY,
    BIND_OPENID,
    STUDY,
    MEMBERS,
    MEMBER,
    MEMBER_LINK,
    AUDIT,
    AUDIT_FILE,
    RESULTS,
    FILTER,
    OPENAPI,
    API_STUDIES,
    API_WAVES,
    API_TABLES,
    BEGIN_STUDY,
    QUESTIONNAIRE,
    EDIT,
    EDIT_NEWS,
    CONDITION,
    REHEARSE,
    REHEARSED,
    PLAN,
    PRINT,
    PRINT_FILE,
    FINDINGS,
    MAP,
    PUBLISH,
    WAVES,
    SETTINGS,
    QR_SVG,
    QR_PNG,
    ENTRY,
    BEGIN_ENTRY,
    ADMISSIBILITY,
    RETENTION,
    INVITATIONS,
    FIGURES,
    SEND,
    MESSAGES,
    CONTACTS,
    CONTACTS_FILE,
    RESPONSES,
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

/// The same, at the box by which its holder signs off.
#[must_use]
pub fn review_unsigned(wave: &str) -> String {
    format!("{}?{UNSIGNED}", review(wave))
}

/// The receipt after submission.
#[must_use]
pub fn receipt(wave: &str) -> String {
    format!("/r/{}/receipt", segment(wave))
}

/// The respondent's own response as a file: `json` or `html`.
#[must_use]
pub fn export(wave: &str, form: &str) -> String {
    format!("/r/{}/receipt/export/{}", segment(wave), segment(form))
}

/// Where the form posts that opens a submitted response for correction.
#[must_use]
pub fn correct(wave: &str) -> String {
    format!("/r/{}/receipt/correct", segment(wave))
}

/// Where the form posts that gives a correction up.
#[must_use]
pub fn drop_correction(wave: &str) -> String {
    format!("/r/{}/receipt/keep", segment(wave))
}

/// Asks whether a response shall be withdrawn, and withdraws it.
#[must_use]
pub fn withdraw(wave: &str) -> String {
    format!("/r/{}/receipt/withdraw", segment(wave))
}

/// Says that a response was withdrawn.
#[must_use]
pub fn withdrawn(wave: &str) -> String {
    format!("/r/{}/withdrawn", segment(wave))
}

/// How to go on later: the code of the response.
#[must_use]
pub fn keep(wave: &str) -> String {
    format!("/r/{}/keep", segment(wave))
}

/// Where a question page posts that leads to [`keep`] once it is saved.
#[must_use]
pub fn save_and_keep(wave: &str, page: &str) -> String {
    format!("{}?{THEN_KEEP}", self::page(wave, page))
}

/// Where the code is given to go on, on whatever device.
#[must_use]
pub fn resume(wave: &str) -> String {
    format!("/r/{}/resume", segment(wave))
}

/// Who else prepares the response, and one more link.
#[must_use]
pub fn together(wave: &str) -> String {
    format!("/r/{}/together", segment(wave))
}

/// Where the form posts that takes a link back.
#[must_use]
pub fn contributor(wave: &str, contributor: &str) -> String {
    format!("/r/{}/together/{}", segment(wave), segment(contributor))
}

/// A link into another's draft.
#[must_use]
pub fn handed(wave: &str, secret: &str) -> String {
    format!("/r/{}/with/{}", segment(wave), segment(secret))
}

/// What a contributor was handed.
#[must_use]
pub fn part(wave: &str) -> String {
    format!("/r/{}/part", segment(wave))
}

/// One of its pages.
#[must_use]
pub fn part_page(wave: &str, page: &str) -> String {
    format!("/r/{}/part/{}", segment(wave), segment(page))
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

/// Where a filter of the live tallies of a wave is put together.
#[must_use]
pub fn dashboard_filter(wave: &str, key: &str) -> String {
    format!("{}/filter", dashboard(wave, key))
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

/// The responses of a wave as a file.
#[must_use]
pub fn responses(study: &str, wave: &str) -> String {
    format!(
        "/api/v1/studies/{}/waves/{}/responses",
        segment(study),
        segment(wave)
    )
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
    let sign = if path.contains('?') { "&" } else { "?" };
    [path, sign, "lang=", language.code()].concat()
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
mod tests;
