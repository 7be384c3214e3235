//! The text of a mail, with fills: `{title}`, `{link}`, `{closes_on}`, `{opt_out}`; `{{` and `}}` are
//! braces. A line with a fill that has no value is left out.

/// Stand in a queued mail where its links will be: the links themselves are written into it only when it
/// leaves. They belong to Unicode's private use and are taken out of everything else.
const LINK: char = '\u{e000}';
const OPT_OUT: char = '\u{e001}';

const LONGEST_SUBJECT: usize = 200;
const LONGEST_BODY: usize = 20_000;

/// What is wrong with the text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Whether it is in the subject, not in the body.
    pub in_subject: bool,
    /// What.
    pub kind: TemplateFaultKind,
}

/// What is wrong with the text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFaultKind {
    /// There is no such fill.
    UnknownFill(String),
    /// A brace that belongs to no fill; two of them make one.
    LoneBrace,
    /// The text does not say where to answer, or how to be written to no more.
    FillMissing(&'static str),
    /// A link does not belong in a subject.
    LinkInSubject,
    /// A subject is one line, and not empty.
    NotOneLine,
    /// Longer than any honest one.
    TooLong,
}

impl TemplateFaultKind {
    /// The stable code, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFill(_) => "unknown_fill",
            Self::LoneBrace => "lone_brace",
            Self::FillMissing(_) => "fill_missing",
            Self::LinkInSubject => "link_in_subject",
            Self::NotOneLine => "not_one_line",
            Self::TooLong => "too_long",
        }
    }
}

/// What stands in a text in place of its fills.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub(super) title: String,
    pub(super) closes_on: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Title,
    Link,
    ClosesOn,
    OptOut,
}

/// A checked text.
#[derive(Debug, Clone)]
pub(super) struct Template {
    subject: Vec<Piece>,
    /// Line by line.
    body: Vec<Vec<Piece>>,
}

impl Template {
    /// Reads a text; all its faults if it has any.
    pub(super) fn read(
        subject: &str,
        body: &str,
        must_link: bool,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut faults = Vec::new();
        let mut fault = |in_subject, kind| faults.push(TemplateFault { in_subject, kind });
        if subject.trim().is_empty() || subject.chars().any(char::is_control) {
            fault(true, TemplateFaultKind::NotOneLine);
        }
        if subject.chars().count() > LONGEST_SUBJECT {
            fault(true, TemplateFaultKind::TooLong);
        }
        if body.chars().count() > LONGEST_BODY {
            fault(false, TemplateFaultKind::TooLong);
        }
        let subject = pieces(subject, &mut |kind| fault(true, kind));
        if subject.contains(&Piece::Link) || subject.contains(&Piece::OptOut) {
            fault(true, TemplateFaultKind::LinkInSubject);
        }
        let body: Vec<Vec<Piece>> = body
            .lines()
            .map(|line| pieces(line, &mut |kind| fault(false, kind)))
            .collect();
        for (piece, name) in [(Piece::Link, "link"), (Piece::OptOut, "opt_out")] {
            if must_link && !body.iter().any(|line| line.contains(&piece)) {
                fault(false, TemplateFaultKind::FillMissing(name));
            }
        }
        if faults.is_empty() {
            Ok(Self { subject, body })
        } else {
            Err(faults)
        }
    }

    /// The subject: one line whatever the values are.
    pub(super) fn subject(&self, values: &Values) -> String {
        let text = filled(&self.subject, values).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The body, with marks for its links. Where a line is left out between two empty ones, so is one of
    /// these.
    pub(super) fn body(&self, values: &Values) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut is_left_out = false;
        for line in &self.body {
            let Some(line) = filled(line, values) else {
                is_left_out = true;
                continue;
            };
            let is_gap = |line: &String| line.trim().is_empty();
            if !(is_left_out && is_gap(&line) && lines.last().is_none_or(is_gap)) {
                lines.push(line);
            }
            is_left_out = false;
        }
        lines.join("\n") + "\n"
    }
}

fn pieces(line: &str, fault: &mut impl FnMut(TemplateFaultKind)) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            text.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            text.push('}');
            rest = after;
        } else if let Some((name, after)) = from[1..].split_once('}')
            && from.starts_with('{')
            && !name.contains('{')
        {
            let piece = match name {
                "title" => Some(Piece::Title),
                "link" => Some(Piece::Link),
                "closes_on" => Some(Piece::ClosesOn),
                "opt_out" => Some(Piece::OptOut),
                _ => None,
            };
            match piece {
                Some(piece) => pieces.extend([Piece::Text(std::mem::take(&mut text)), piece]),
                None => fault(TemplateFaultKind::UnknownFill(name.to_owned())),
            }
            rest = after;
        } else {
            fault(TemplateFaultKind::LoneBrace);
            rest = &from[1..];
        }
    }
    text.push_str(rest);
    pieces.push(Piece::Text(text));
    pieces
}

/// `None` if a fill has no value.
fn filled(line: &[Piece], values: &Values) -> Option<String> {
    let mut text = String::new();
    for piece in line {
        match piece {
            Piece::Text(it) => text.push_str(&plain(it)),
            Piece::Title => text.push_str(&plain(&values.title)),
            Piece::ClosesOn => text.push_str(&plain(values.closes_on.as_deref()?)),
            Piece::Link => text.push(LINK),
            Piece::OptOut => text.push(OPT_OUT),
        }
    }
    Some(text)
}

/// Without control characters, which could begin a line or a header, and without our marks.
fn plain(text: &str) -> String {
    let fits = |c: &char| !matches!(*c, LINK | OPT_OUT);
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().filter(fits).map(plain).collect()
}

/// A queued mail's text with its links.
pub(crate) fn with_links(body: &str, link: &str, opt_out: &str) -> String {
    body.replace(LINK, link).replace(OPT_OUT, opt_out)
}

#[cfg(test)]
mod tests {
    use super::{Template, Values, with_links};

    fn check(subject: &str, body: &str, expected: &[(bool, &str)]) {
        let faults = Template::read(subject, body, true)
            .err()
            .unwrap_or_default();
        let faults: Vec<_> = faults
            .iter()
            .map(|it| (it.in_subject, it.kind.code()))
            .collect();
        assert_eq!(faults, expected, "{subject} / {body}");
    }

    #[test]
    fn faults_are_told() {
        const GOOD: &str = "{link} {opt_out}";
        check("Votre avis", GOOD, &[]);
        check("{{Votre}} avis : {title}", GOOD, &[]);
        check("", GOOD, &[(true, "not_one_line")]);
        check("Avis\r\nBcc: a@x.fr", GOOD, &[(true, "not_one_line")]);
        check("Avis\nBcc: a@x.fr", GOOD, &[(true, "not_one_line")]);
        check("{link}", GOOD, &[(true, "link_in_subject")]);
        check("{name}", GOOD, &[(true, "unknown_fill")]);
        check(
            "a",
            "{link} {opt_out} {Title} {} {a b}",
            &[(false, "unknown_fill"); 3],
        );
        check("a", "{link} {opt_out} { x", &[(false, "lone_brace")]);
        check("a", "{link} {opt_out} } x", &[(false, "lone_brace")]);
        check("a", "{link} {opt_out} {a{title}", &[(false, "lone_brace")]);
        check("a", "Bonjour", &[(false, "fill_missing"); 2]);
        check("a", "{link}", &[(false, "fill_missing")]);
        check(&"é".repeat(201), GOOD, &[(true, "too_long")]);
        assert!(Template::read("Merci", "Merci à vous.", false).is_ok());
    }

    fn mail(subject: &str, body: &str, title: &str, closes_on: Option<&str>) -> (String, String) {
        let template = Template::read(subject, body, true).unwrap();
        let values = Values {
            title: title.to_owned(),
            closes_on: closes_on.map(str::to_owned),
        };
        let body = with_links(&template.body(&values), "LINK", "OUT");
        (template.subject(&values), body)
    }

    #[test]
    fn fills_are_filled() {
        let body = "{title} {{x}}\nAvant le {closes_on}.\n{link}\n{opt_out}";
        let (subject, text) = mail("Avis : {title}", body, "CLS", Some("1er mai"));
        assert_eq!(subject, "Avis : CLS");
        assert_eq!(text, "CLS {x}\nAvant le 1er mai.\nLINK\nOUT\n");
        let (_, text) = mail("a", body, "CLS", None);
        assert_eq!(text, "CLS {x}\nLINK\nOUT\n", "no date, no line about it");
        let body = "{link}\n\nAvant le {closes_on}.\n\n{opt_out}\n\n\nx";
        let (_, text) = mail("a", body, "CLS", None);
        assert_eq!(text, "LINK\n\nOUT\n\n\nx\n");
    }

    #[test]
    fn no_value_begins_a_line_or_makes_a_link() {
        let title = "A\r\nBcc: b@x.fr\0\u{e000}{link}";
        let (subject, text) = mail("{title}", "{title}\n{link}{opt_out}", title, None);
        assert_eq!(subject, "A Bcc: b@x.fr {link}");
        assert_eq!(text, "A  Bcc: b@x.fr {link}\nLINKOUT\n");
    }
}
