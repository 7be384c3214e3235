//! Identifiers in pages: the server writes them, the island finds them.

/// What an identifier names about a slot.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "ssr"),
    expect(dead_code, reason = "the island looks for what is wrong only")
)]
pub(crate) enum Name {
    /// The first control: where the error summary leads.
    Field,
    /// What is wrong.
    Error,
    /// Help by the author.
    Help,
    /// Hint by the interface.
    Hint,
    /// Label or legend.
    Label,
    /// Unit of a number.
    Unit,
}

/// The identifier of something about the slot `key`.
///
/// Different keys give different identifiers, and none needs escaping in a link: `[` and `]`
/// become `(` and `)`, anything unusual its number.
pub(crate) fn id(name: Name, key: &str) -> String {
    let mut out = String::from(match name {
        Name::Field => "f-",
        Name::Error => "e-",
        Name::Help => "h-",
        Name::Hint => "n-",
        Name::Label => "l-",
        Name::Unit => "u-",
    });
    push_key(&mut out, key);
    out
}

/// The identifier of one choice of a slot; the first offered one has [`Name::Field`] instead.
#[cfg(feature = "ssr")]
pub(crate) fn choice_id(key: &str, code: &str) -> String {
    let mut out = id(Name::Field, key);
    out.push('~');
    push_key(&mut out, code);
    out
}

fn push_key(out: &mut String, key: &str) {
    for c in key.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' | '$' => out.push(c),
            '[' => out.push('('),
            ']' => out.push(')'),
            other => {
                out.push('!');
                out.push_str(&u32::from(other).to_string());
                out.push('!');
            }
        }
    }
}

/// Identifiers for `aria-describedby`, without those that are not there.
#[cfg(feature = "ssr")]
pub(crate) fn describe(ids: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_distinct_and_plain() {
        assert_eq!(id(Name::Field, "cls_etat"), "f-cls_etat");
        assert_eq!(id(Name::Error, "axes[1].fiches"), "e-axes(1).fiches");
        assert_ne!(id(Name::Field, "a b"), id(Name::Field, "ab"));
        assert_eq!(choice_id("structure", "autre"), "f-structure~autre");
        assert!(!id(Name::Field, "a \"'<>&é").contains([' ', '"', '\'', '<', '>', '&', 'é']));
    }
}
