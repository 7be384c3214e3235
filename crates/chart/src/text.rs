//! Text that has to fit: measuring without a font, wrapping, shortening, escaping.

/// Text size of the drawings, in units of the view box.
pub(crate) const SIZE: f64 = 14.0;

/// Rough width of `text` in units, a little on the wide side of common sans-serif fonts.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(advance).sum::<f64>() * SIZE
}

/// Advance of a character as a fraction of the text size.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '|' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '·' => 0.31,
        ' ' | '\u{a0}' | '\u{202f}' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 0.37,
        'm' | 'w' | 'M' | 'W' | 'œ' | 'Œ' | 'æ' | 'Æ' | '%' | '€' | '@' | '…' | '—' => {
            0.92
        }
        // Combining marks and zero-width characters sit on their neighbour.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        // From the first East Asian block on, characters fill a square; so do emoji.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'.. => 1.05,
        _ if c.is_uppercase() => 0.72,
        _ => 0.6,
    }
}

/// Breaks `text` into at most `max_lines` lines no wider than `max_width`; what does not fit is
/// cut with an ellipsis. Words longer than a line are broken. There is always one line.
pub(crate) fn wrap(text: &str, max_width: f64, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    // Breaks only at breakable spaces: a no-break space stays inside its word.
    for word in text
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
    {
        let mut rest = word;
        let joined = if line.is_empty() {
            rest.to_owned()
        } else {
            format!("{line} {rest}")
        };
        if width(&joined) <= max_width {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while width(rest) > max_width {
            let (head, tail) = rest.split_at(fitting(rest, max_width));
            lines.push(head.to_owned());
            rest = tail;
            if lines.len() > max_lines {
                break;
            }
        }
        rest.clone_into(&mut line);
        if lines.len() > max_lines {
            break;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    if lines.len() > max_lines.max(1) {
        lines.truncate(max_lines.max(1));
        if let Some(last) = lines.last_mut() {
            *last = shorten(last, max_width);
        }
    }
    lines
}

/// Byte length of the longest beginning of `text` that fits, at least one character.
fn fitting(text: &str, max_width: f64) -> usize {
    let mut used = 0.0;
    for (index, c) in text.char_indices() {
        used += advance(c) * SIZE;
        if index > 0 && used > max_width {
            return index;
        }
    }
    text.len()
}

/// `text` with an ellipsis at its end, within `max_width`.
fn shorten(text: &str, max_width: f64) -> String {
    let end = fitting(text, (max_width - width("…")).max(0.0));
    let head = text.get(..end).unwrap_or(text);
    format!("{}…", head.trim_end_matches([' ', ',', ';', ':', '(', '-']))
}

/// Line ends become spaces; characters that XML 1.0 cannot carry become U+FFFD.
pub(crate) fn printable(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

/// Appends `text` escaped for element content and quoted attributes, in XML and in HTML alike.
/// Characters that XML 1.0 cannot carry become U+FFFD.
pub(crate) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(printable(c)),
        }
    }
}

/// `text` with what means something in HTML and XML escaped, for element content and quoted
/// attributes.
///
/// ```
/// assert_eq!(chart::escaped("« a < b »"), "« a &lt; b »");
/// ```
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// `id` with everything but ASCII letters, digits and `_` written as `-hex-`, so that it can
/// stand in `url(#…)`, in an address and in a selector. Different ids stay different.
#[must_use]
pub fn slug(id: &str) -> String {
    let mut slug = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            slug.push(c);
        } else {
            slug.push_str(&format!("-{:x}-", u32::from(c)));
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_never_exceed_the_width_nor_the_number_of_lines() {
        let label = "Chef·fe ou responsable de service santé ou promotion de la santé, hors \
                     coordination du contrat local de santé";
        let lines = wrap(label, 150.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| width(line) <= 150.0), "{lines:?}");
        assert!(lines[2].ends_with('…'));
        assert_eq!(wrap(label, 4000.0, 3), [label]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_without_loss() {
        let word = "anticonstitutionnellement".repeat(3);
        assert_eq!(wrap(&word, 120.0, 99).concat(), word);
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!(wrap("  ", 10.0, 2), [""]);
    }

    #[test]
    fn slugs_keep_ids_apart() {
        assert_eq!(slug("axes[prevention]"), "axes-5b-prevention-5d-");
        assert_ne!(slug("a[b]"), slug("a.b."));
    }
}
