//! E-mail addresses, as samples may hold them.

use validator::ValidateEmail;

/// An address that mail can be sent to, as mail servers at large have them: a domain that has a name with
/// a dot, and dots only between letters.
pub(super) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let dotted = |part: &str| part.split('.').all(|it| !it.is_empty());
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    let is_name = top.is_some_and(|top| top.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_short = text.len() <= 254 && local.len() <= 64;
    is_short
        && is_name
        && dotted(local)
        && dotted(domain)
        && text.is_ascii()
        && text.validate_email()
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn what_only_looks_like_an_address_is_refused() {
        let refused = include_str!("no-addresses.txt");
        assert!(refused.lines().count() > 20);
        for text in refused.lines() {
            assert!(!is_address(text), "{text}");
        }
        for good in [
            "a@x.fr",
            "marie.dupont+cls@sous.domaine.example.org",
            "O'Neil@x-y.fr",
        ] {
            assert!(is_address(good), "{good}");
        }
    }

    #[test]
    fn an_address_cannot_carry_a_second_header() {
        for forged in [
            "a@x.fr\r\nBcc: b@x.fr",
            "a@x.fr\nBcc: b@x.fr",
            "a@x.fr%0ABcc:b@x.fr",
            "a@x.fr,b@x.fr",
            "A <a@x.fr>",
            "\"a b\"@x.fr",
            "a@x.fr\0",
            "a@[127.0.0.1]",
            "é@x.fr",
        ] {
            assert!(!is_address(forged), "{forged}");
        }
    }
}
