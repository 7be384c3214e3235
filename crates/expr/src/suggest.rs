//! « Did you mean »: synonyms first, because no edit distance leads from `yes` to `oui`, then
//! spelling.

/// Words that people write for the same thing, in French, English and other tools.
const SAME: &[&[&str]] = &[
    &["oui", "yes", "o", "y", "vrai", "true"],
    &["non", "no", "n", "faux", "false"],
    &[
        "nsp",
        "ne_sait_pas",
        "je_ne_sais_pas",
        "ne_sais_pas",
        "dont_know",
        "don't_know",
        "do_not_know",
        "unknown",
        "inconnu",
        "dk",
    ],
    &[
        "refus",
        "refuse",
        "refused",
        "refusal",
        "ne_souhaite_pas_repondre",
        "prefer_not_to_say",
        "nspr",
    ],
    &["autre", "other", "autres", "others"],
    &["aucun", "aucune", "none", "nothing", "rien"],
    &["en_cours", "in_progress", "ongoing", "current"],
    &["en_projet", "planned", "projet"],
    &[
        "not_asked",
        "non_pose",
        "non_posee",
        "not_applicable",
        "na",
        "sans_objet",
    ],
    &["no_answer", "sans_reponse", "non_reponse", "empty", "vide"],
    &["not_reached", "non_atteint", "abandon"],
    &[
        "today",
        "aujourdhui",
        "aujourd_hui",
        "now",
        "maintenant",
        "date_du_jour",
    ],
];

/// Functions under the names that other languages give them.
const FUNCTIONS: &[(&str, &str)] = &[
    ("answered", "repondu"),
    ("answered", "répondu"),
    ("answered", "is_answered"),
    ("answered", "is_set"),
    ("answered", "isset"),
    ("answered", "notempty"),
    ("missing_reason", "raison"),
    ("missing_reason", "reason"),
    ("missing_reason", "missing"),
    ("count", "nombre"),
    ("count", "nb"),
    ("count", "compte"),
    ("count", "compter"),
    ("count", "len"),
    ("count", "length"),
    ("count", "size"),
    ("count", "countif"),
    ("count", "count_if"),
    ("count", "nb_si"),
    ("sum", "somme"),
    ("sum", "total"),
    ("min", "minimum"),
    ("max", "maximum"),
    ("any", "un"),
    ("any", "une"),
    ("any", "some"),
    ("any", "exists"),
    ("any", "existe"),
    ("any", "au_moins_un"),
    ("all", "tous"),
    ("all", "toutes"),
    ("all", "every"),
    ("all", "forall"),
    ("coalesce", "ifnull"),
    ("coalesce", "nvl"),
    ("coalesce", "si_vide"),
    ("coalesce", "default"),
    ("round", "arrondi"),
    ("round", "arrondir"),
    ("at_least", "au_moins"),
    ("case", "cas"),
    ("case", "if"),
    ("case", "ifs"),
    ("case", "iif"),
    ("case", "if_else"),
    ("case", "si"),
    ("case", "selon"),
    ("case", "switch"),
    ("case", "choose"),
    ("case", "when"),
    ("not", "non"),
    ("not", "pas"),
];

/// The word that is closest to `written` among `words`, if one is close enough to be meant:
/// the same word in another spelling, then a synonym, then what is one slip of the finger away.
pub(crate) fn closest<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    best(written, words, true)
}

/// The name that is closest to `written`. Names have no synonyms: `y` is not a yes.
pub(crate) fn closest_name<'w>(
    written: &str,
    names: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    best(written, names, false)
}

fn best<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
    synonyms: bool,
) -> Option<&'w str> {
    let written = fold(written);
    let mut best: Option<(usize, &str)> = None;
    let limit = (written.chars().count() / 3).clamp(1, 5);
    for word in words {
        let folded = fold(word);
        let rank = if folded == written {
            0
        } else if synonyms && same(&folded, &written) {
            1
        } else if folded.len().abs_diff(written.len()) > 2 * limit {
            // Also keeps very long words away from the quadratic distance.
            continue;
        } else {
            let distance = strsim::osa_distance(&folded, &written);
            if distance > limit || distance * 2 > folded.chars().count() {
                continue;
            }
            distance + 1
        };
        if best.is_none_or(|(other, _)| rank < other) {
            best = Some((rank, word));
        }
    }
    best.map(|(_, word)| word)
}

/// `true`, `false` or `today`, written in another language.
pub(crate) fn constant(written: &str) -> Option<&'static str> {
    let written = fold(written);
    ["true", "false", "today"]
        .into_iter()
        .find(|it| *it == written || same(it, &written))
}

/// The function that is meant by an unknown name.
pub(crate) fn function(written: &str) -> Option<String> {
    let folded = fold(written);
    let names = crate::ast::Function::ALL.map(crate::ast::Function::name);
    FUNCTIONS
        .iter()
        .find(|(_, other)| fold(other) == folded)
        .map(|(name, _)| *name)
        .or_else(|| closest(written, names.into_iter().chain(["not"])))
        .map(str::to_owned)
}

/// The operator that is meant by a word between two operands.
pub(crate) fn operator(word: &str) -> Option<&'static str> {
    match fold(word).as_str() {
        "and" | "et" => Some("and"),
        "or" | "ou" => Some("or"),
        "in" | "dans" | "parmi" => Some("in"),
        "has" | "contient" | "contains" | "includes" | "comprend" => Some("has"),
        "is" | "est" | "eq" | "equals" | "vaut" => Some("="),
        _ => None,
    }
}

/// Whether the word is a negation of another language.
pub(crate) fn is_foreign_not(word: &str) -> bool {
    matches!(word, "NOT" | "Not" | "non" | "Non" | "NON" | "pas")
}

pub(crate) fn same(a: &str, b: &str) -> bool {
    SAME.iter().any(|it| it.contains(&a) && it.contains(&b))
}

/// Lower case, without the accents of French, words joined by `_`.
fn fold(word: &str) -> String {
    let mut it = String::with_capacity(word.len());
    for c in word.trim().chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' => it.push('a'),
            'é' | 'è' | 'ê' | 'ë' => it.push('e'),
            'î' | 'ï' => it.push('i'),
            'ô' | 'ö' => it.push('o'),
            'ù' | 'û' | 'ü' => it.push('u'),
            'ç' => it.push('c'),
            'œ' => it.push_str("oe"),
            '’' => it.push('\''),
            ' ' | '-' | '\u{a0}' => it.push('_'),
            _ => it.push(c),
        }
    }
    it
}
