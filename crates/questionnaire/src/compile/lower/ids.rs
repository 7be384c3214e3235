//! What an identifier, a code and a language code are.

const MAX_LENGTH: usize = 64;

/// A name in conditions.
pub(super) fn is_name(id: &str) -> bool {
    id.len() <= MAX_LENGTH
        && id.starts_with(|it: char| it.is_ascii_alphabetic())
        && id
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

/// Part of an address.
pub(super) fn is_slug(id: &str) -> bool {
    id.len() <= MAX_LENGTH
        && id.starts_with(|it: char| it.is_ascii_lowercase())
        && id
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

/// Whether the condition language reads a name as anything but a name.
pub(crate) fn is_word(id: &str) -> bool {
    !matches!(expr::parse(id).expr, Some(it) if matches!(it.kind, expr::ExprKind::Name(_)))
}

/// A code may start with a digit: departments, years, register numbers.
pub(super) fn is_code(code: &str) -> bool {
    (1..=MAX_LENGTH).contains(&code.len())
        && code
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it))
}

pub(super) fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|it| it.is_ascii_lowercase())
}
