//! Names that come from labels.

/// A label as a name: its first words, without accents.
pub(super) fn word(label: &str, otherwise: &str) -> String {
    const LONGEST: usize = 32;
    let mut out = String::new();
    for letter in label.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'a'..='z' | '0'..='9' => letter,
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            '·' => continue,
            _ => '_',
        };
        if plain != '_' || !(out.is_empty() || out.ends_with('_')) {
            out.push(plain);
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    let out = out.trim_end_matches('_');
    let is_name =
        out.starts_with(|it: char| it.is_ascii_lowercase()) && !crate::compile::is_reserved(out);
    match (is_name, out.is_empty()) {
        (true, _) => out.to_owned(),
        (false, true) => otherwise.to_owned(),
        (false, false) => format!("{otherwise}_{out}"),
    }
}

/// The name itself, or with the first number that makes it free.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let numbered = (2..u32::MAX).map(|it| format!("{name}_{it}"));
    let mut free = numbered.filter(|it| !taken(it));
    free.next().unwrap_or_else(|| name.to_owned())
}
