//! What a mail server's refusal means for the address.

use lettre::transport::smtp::Error;
use service::Verdict;

pub(super) fn of(error: &Error) -> Verdict {
    judge(error.status().map(u16::from), &error.to_string())
}

/// Only a server that says for good, and of this address, that it does not exist or takes no mail is
/// believed. Refused passwords, blocked senders and full disks are about us: they pass.
fn judge(code: Option<u16>, said: &str) -> Verdict {
    let is_for_good = code.is_some_and(|code| (500..600).contains(&code));
    if !is_for_good {
        return Verdict::NotNow;
    }
    // RFC 3463: 5.1.x is about the address, 5.2.x about the mailbox, 5.7.x about permissions.
    let mut classes = said
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| {
            let mut parts = word.split('.').map(str::parse::<u16>);
            match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some(Ok(5)), Some(Ok(subject)), Some(Ok(_)), None) => Some(subject),
                _ => None,
            }
        });
    let is_about_address = match classes.next() {
        Some(class) => matches!(class, 1 | 2),
        None => matches!(code, Some(550 | 551 | 553)),
    };
    if is_about_address {
        Verdict::NoSuchAddress
    } else {
        Verdict::NotNow
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use service::Verdict::{NoSuchAddress, NotNow};

    #[test]
    fn only_what_is_said_of_the_address_for_good_is_a_bounce() {
        for (code, said, expected) in [
            (Some(550), "550 5.1.1 User unknown", NoSuchAddress),
            (Some(550), "550 No such user here", NoSuchAddress),
            (Some(551), "551 User not local", NoSuchAddress),
            (Some(553), "553 mailbox name not allowed", NoSuchAddress),
            (Some(552), "552 5.2.2 mailbox full", NoSuchAddress),
            (Some(550), "550 5.7.1 Relaying denied", NotNow),
            (Some(554), "554 5.7.1 Blocked: see 1.2.3.4", NotNow),
            (Some(554), "554 no SMTP service here", NotNow),
            (Some(535), "535 5.7.8 bad credentials", NotNow),
            (Some(530), "530 5.7.0 must issue STARTTLS first", NotNow),
            (Some(450), "450 4.2.1 greylisted, try again", NotNow),
            (Some(421), "421 closing", NotNow),
            (None, "connection refused", NotNow),
        ] {
            assert_eq!(judge(code, said), expected, "{said}");
        }
    }
}
