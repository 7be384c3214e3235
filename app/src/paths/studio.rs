//! Addresses of the team's pages; their patterns stand with all others.

use super::{ACCOUNT, BEGIN_STUDY, LIVE_STUDIES, RECOVER, SIGN_IN, SIGN_OUT, STUDIO, segment};

/// The studies of whoever is signed in.
#[must_use]
pub fn studio() -> String {
    STUDIO.to_owned()
}

/// The studies of whoever is signed in as Server-Sent Events.
#[must_use]
pub fn live_studies() -> String {
    LIVE_STUDIES.to_owned()
}

/// Signing in.
#[must_use]
pub fn sign_in() -> String {
    SIGN_IN.to_owned()
}

/// Signing in, and going on to an address of this site.
///
/// ```
/// assert_eq!(app::paths::sign_in_to("/studio/s/a"), "/studio/sign-in?next=%2Fstudio%2Fs%2Fa");
/// ```
#[must_use]
pub fn sign_in_to(next: &str) -> String {
    format!("{SIGN_IN}?next={}", segment(next))
}

/// Where the form posts that signs out.
#[must_use]
pub fn sign_out() -> String {
    SIGN_OUT.to_owned()
}

/// Asking for a new password.
#[must_use]
pub fn recover() -> String {
    RECOVER.to_owned()
}

/// What a one-time link leads to.
#[must_use]
pub fn link(secret: &str) -> String {
    format!("/studio/link/{}", segment(secret))
}

/// One's own account.
#[must_use]
pub fn account() -> String {
    ACCOUNT.to_owned()
}

/// A study.
#[must_use]
pub fn study(study: &str) -> String {
    format!("/studio/s/{}", segment(study))
}

/// Its members.
#[must_use]
pub fn members(of: &str) -> String {
    format!("{}/members", study(of))
}

/// Where the forms about one member post.
#[must_use]
pub fn member(of: &str, member: &str) -> String {
    format!("{}/members/{}", study(of), segment(member))
}

/// Where the form posts that revokes an invitation to join.
#[must_use]
pub fn member_link(of: &str, link: &str) -> String {
    format!("{}/links/{}", study(of), segment(link))
}

/// What was done in a study.
#[must_use]
pub fn audit(of: &str) -> String {
    format!("{}/audit", study(of))
}

/// The same as a file.
#[must_use]
pub fn audit_file(of: &str) -> String {
    format!("{}/audit.ndjson", study(of))
}

/// The live tallies of a wave, for members.
#[must_use]
pub fn results(of: &str, wave: &str) -> String {
    format!("{}/waves/{}", study(of), segment(wave))
}

/// Where a filter of the live tallies of a wave is put together.
#[must_use]
pub fn filter(of: &str, wave: &str) -> String {
    format!("{}/filter", results(of, wave))
}

/// An address of results with how they are cut: what is empty is left out.
///
/// ```
/// let cut = [("by", "presence"), ("where", "qpv > 0"), ("unit", "")];
/// let path = app::paths::cut("/d/w/k?lang=fr", &cut);
/// assert_eq!(path, "/d/w/k?lang=fr&by=presence&where=qpv%20%3E%200");
/// ```
#[must_use]
pub fn cut(results: &str, asked: &[(&str, &str)]) -> String {
    let asked = query(asked);
    match results.contains('?') {
        true => format!("{results}{}", asked.replacen('?', "&", 1)),
        false => format!("{results}{asked}"),
    }
}

/// Beginning a study.
#[must_use]
pub fn begin_study() -> String {
    BEGIN_STUDY.to_owned()
}

/// The questionnaire of a study, as it is being written.
#[must_use]
pub fn questionnaire(of: &str) -> String {
    format!("{}/questionnaire", study(of))
}

/// A published version of it, to be read.
#[must_use]
pub fn published_version(of: &str, number: i32) -> String {
    format!("{}?version={number}", questionnaire(of))
}

/// The editor of its nodes.
#[must_use]
pub fn edit(of: &str) -> String {
    format!("{}/edit", questionnaire(of))
}

/// The editor with one node open, by its key.
#[must_use]
pub fn edit_node(of: &str, key: &str) -> String {
    edit_with(of, &[("node", key)])
}

/// The editor with what follows `?`; what is empty is left out.
#[must_use]
pub fn edit_with(of: &str, asked: &[(&str, &str)]) -> String {
    format!("{}{}", edit(of), query(asked))
}

/// Who else is in the editor, as a part of a page.
#[must_use]
pub fn edit_news(of: &str) -> String {
    format!("{}/edit/news", questionnaire(of))
}

/// Where conditions are put together line by line.
#[must_use]
pub fn condition(of: &str) -> String {
    format!("{}/condition", questionnaire(of))
}

/// One condition: that of a node, by its key, in one of its fields.
///
/// ```
/// let path = app::paths::condition_at("asv", "item:age", "filter");
/// assert_eq!(path, "/studio/s/asv/questionnaire/condition?at=item%3Aage&field=filter");
/// ```
#[must_use]
pub fn condition_at(of: &str, at: &str, field: &str) -> String {
    let (at, field) = (segment(at), segment(field));
    format!("{}?at={at}&field={field}", condition(of))
}

/// What is found about a text, for the script of its field.
#[must_use]
pub fn findings(of: &str) -> String {
    format!("{}/findings", questionnaire(of))
}

/// Its branches as a map.
#[must_use]
pub fn map(of: &str) -> String {
    format!("{}/map", questionnaire(of))
}

/// The map with what follows `?`; what is empty is left out.
#[must_use]
pub fn map_with(of: &str, asked: &[(&str, &str)]) -> String {
    format!("{}{}", map(of), query(asked))
}

/// Its rehearsal: of which save it is, and where one is made and removed.
#[must_use]
pub fn rehearse(of: &str) -> String {
    format!("{}/rehearsal", questionnaire(of))
}

/// The made-up results of its rehearsal.
#[must_use]
pub fn rehearsed(of: &str) -> String {
    format!("{}/results", rehearse(of))
}

/// The figures that are wanted of it, and what is missing for them.
#[must_use]
pub fn plan(of: &str) -> String {
    format!("{}/plan", questionnaire(of))
}

/// It on paper, on a page.
#[must_use]
pub fn print(of: &str) -> String {
    format!("{}/print", questionnaire(of))
}

/// It on paper, as a file, with what follows `?`; what is empty is left out.
#[must_use]
pub fn print_file(of: &str, asked: &[(&str, &str)]) -> String {
    format!("{}/print.pdf{}", questionnaire(of), query(asked))
}

/// What follows a path: nothing, or `?` and what is not empty.
fn query(asked: &[(&str, &str)]) -> String {
    let pairs = asked.iter().filter(|it| !it.1.is_empty());
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={}", segment(value)))
        .collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!("?{}", pairs.join("&"))
    }
}

/// What it changes, and where it is published.
#[must_use]
pub fn publish(of: &str) -> String {
    format!("{}/publish", questionnaire(of))
}

/// Making a wave.
#[must_use]
pub fn waves(of: &str) -> String {
    format!("{}/waves", study(of))
}

/// When a wave takes responses, and of whom.
#[must_use]
pub fn settings(of: &str, wave: &str) -> String {
    format!("{}/settings", results(of, wave))
}

/// The address of a wave as a QR code, drawn.
#[must_use]
pub fn qr_svg(of: &str, wave: &str) -> String {
    format!("{}/qr.svg", results(of, wave))
}

/// The same as dots for print.
#[must_use]
pub fn qr_png(of: &str, wave: &str) -> String {
    format!("{}/qr.png", results(of, wave))
}

/// Where responses are entered.
#[must_use]
pub fn entry(of: &str, wave: &str) -> String {
    format!("{}/entry", results(of, wave))
}

/// Where the form posts that opens an empty questionnaire for one of them.
#[must_use]
pub fn begin_entry(of: &str, wave: &str) -> String {
    format!("{}/begin", entry(of, wave))
}

/// Which responses of a wave count.
#[must_use]
pub fn admissibility(of: &str, wave: &str) -> String {
    format!("{}/admissibility", results(of, wave))
}

/// For how long what was given to a wave is kept.
#[must_use]
pub fn retention(of: &str, wave: &str) -> String {
    format!("{}/retention", results(of, wave))
}

/// Whom a wave asks.
#[must_use]
pub fn invitations(of: &str, wave: &str) -> String {
    format!("{}/invitations", results(of, wave))
}

/// How far they are, as a part of a page.
#[must_use]
pub fn figures(of: &str, wave: &str) -> String {
    format!("{}/figures", invitations(of, wave))
}

/// Where the forms post that send mails to them.
#[must_use]
pub fn send(of: &str, wave: &str) -> String {
    format!("{}/send", invitations(of, wave))
}

/// What its mails of one kind say.
#[must_use]
pub fn messages(of: &str, wave: &str, kind: &str) -> String {
    format!("{}/messages/{}", results(of, wave), segment(kind))
}

/// Whom the team may call back.
#[must_use]
pub fn contacts(of: &str, wave: &str) -> String {
    format!("{}/contacts", results(of, wave))
}

/// The same as a file.
#[must_use]
pub fn contacts_file(of: &str, wave: &str) -> String {
    format!("{}/contacts.csv", results(of, wave))
}
