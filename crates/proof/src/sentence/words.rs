//! The words, language by language.

use expr::{BinaryOp, Lang, Missing};
use rust_decimal::Decimal;

use super::nouns::{a, de};

/// The words of one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Lang);

/// French or English.
macro_rules! said {
    ($words:expr, $fr:expr, $en:expr $(,)?) => {
        match $words.0 {
            Lang::Fr => $fr,
            Lang::En => $en,
        }
    };
}
pub(super) use said;

const COUNTS_FR: [&str; 11] = [
    "zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
];
const COUNTS_EN: [&str; 11] = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

impl Words {
    pub(super) const fn lang_code(self) -> &'static str {
        said!(self, "fr", "en")
    }

    pub(super) fn quoted(self, it: &str) -> String {
        said!(self, format!("«\u{202f}{it}\u{202f}»"), format!("“{it}”"))
    }

    pub(super) fn with_part(self, of: &str, part: &str) -> String {
        said!(
            self,
            format!("{of}\u{202f}: {part}"),
            format!("{of}: {part}")
        )
    }

    pub(super) const fn everybody(self) -> &'static str {
        said!(self, "Toutes les personnes interrogées", "All respondents")
    }

    pub(super) const fn always(self) -> &'static str {
        said!(self, "Dans tous les cas", "In every case")
    }

    pub(super) fn all_units(self, roster: &str) -> String {
        said!(
            self,
            format!("Toutes les unités de {roster}"),
            format!("All units of {roster}")
        )
    }

    pub(super) fn units_of(self, roster: &str) -> String {
        said!(
            self,
            format!("Unités de {roster}"),
            format!("Units of {roster}"),
        )
    }

    pub(super) fn units_where(self, roster: &str, said: &str) -> String {
        said!(
            self,
            format!("Les unités de {roster} telles que\u{202f}: {said}"),
            format!("The units of {roster} where: {said}"),
        )
    }

    pub(super) const fn joint(self, all: bool) -> &'static str {
        match (self.0, all) {
            (Lang::Fr, true) => "et",
            (Lang::Fr, false) => "ou",
            (Lang::En, true) => "and",
            (Lang::En, false) => "or",
        }
    }

    /// « A, B et C », « A, B ou C ».
    pub(super) fn list(self, them: &[String], all: bool) -> String {
        match them {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => {
                format!("{} {} {last}", rest.join(", "), self.joint(all))
            }
        }
    }

    pub(super) const fn constant(self, it: bool) -> &'static str {
        match (self.0, it) {
            (Lang::Fr, true) => "c’est toujours le cas",
            (Lang::Fr, false) => "ce n’est jamais le cas",
            (Lang::En, true) => "this is always so",
            (Lang::En, false) => "this is never so",
        }
    }

    pub(super) fn is_so(self, name: &str, holds: bool, is_consent: bool) -> String {
        let word = match (self.0, holds) {
            _ if is_consent => self.quoted(self.yes_or_no(holds)),
            (Lang::Fr, true) => "vrai".to_owned(),
            (Lang::Fr, false) => "faux".to_owned(),
            (Lang::En, true) => "true".to_owned(),
            (Lang::En, false) => "false".to_owned(),
        };
        said!(
            self,
            format!("{name} est {word}"),
            format!("{name} is {word}")
        )
    }

    pub(super) fn is_one(self, name: &str, values: &[String]) -> String {
        let values = self.list(values, false);
        said!(
            self,
            format!("{name} est {values}"),
            format!("{name} is {values}")
        )
    }

    pub(super) fn is_other(self, name: &str, values: &[String], is_answer: bool) -> String {
        let values = self.list(values, false);
        match (self.0, is_answer) {
            (Lang::Fr, true) => format!("{name} a une autre réponse que {values}"),
            (Lang::Fr, false) => format!("{name} a une autre valeur que {values}"),
            (Lang::En, true) => format!("{name} has another answer than {values}"),
            (Lang::En, false) => format!("{name} has another value than {values}"),
        }
    }

    pub(super) fn is_same(self, name: &str, other: &str, is_answer: bool) -> String {
        match (self.0, is_answer) {
            (Lang::Fr, true) => format!("{name} a la même réponse que {other}"),
            (Lang::Fr, false) => format!("{name} a la même valeur que {other}"),
            (Lang::En, true) => format!("{name} has the same answer as {other}"),
            (Lang::En, false) => format!("{name} has the same value as {other}"),
        }
    }

    pub(super) fn equivalent(self, one: &str, other: &str, equal: bool) -> String {
        match (self.0, equal) {
            (Lang::Fr, true) => format!("({one}) vaut autant que ({other})"),
            (Lang::Fr, false) => {
                format!("une seule de ces deux conditions est remplie ({one}\u{202f}; {other})")
            }
            (Lang::En, true) => format!("({one}) is as true as ({other})"),
            (Lang::En, false) => format!("only one of these two is true ({one}; {other})"),
        }
    }

    pub(super) fn compared(self, op: BinaryOp, left: &str, right: &str) -> String {
        let to = a(right);
        match (self.0, op) {
            (Lang::Fr, BinaryOp::Ne) => format!("{left} est différent {}", de(right)),
            (Lang::Fr, BinaryOp::Lt) => format!("{left} est inférieur {to}"),
            (Lang::Fr, BinaryOp::Le) => format!("{left} est inférieur ou égal {to}"),
            (Lang::Fr, BinaryOp::Gt) => format!("{left} est supérieur {to}"),
            (Lang::Fr, BinaryOp::Ge) => format!("{left} est supérieur ou égal {to}"),
            (Lang::Fr, _) => format!("{left} est égal {to}"),
            (Lang::En, BinaryOp::Ne) => format!("{left} is different from {right}"),
            (Lang::En, BinaryOp::Lt) => format!("{left} is less than {right}"),
            (Lang::En, BinaryOp::Le) => format!("{left} is at most {right}"),
            (Lang::En, BinaryOp::Gt) => format!("{left} is greater than {right}"),
            (Lang::En, BinaryOp::Ge) => format!("{left} is at least {right}"),
            (Lang::En, _) => format!("{left} is equal to {right}"),
        }
    }

    pub(super) fn compared_days(self, op: BinaryOp, left: &str, right: &str) -> String {
        let is = match (self.0, op) {
            (Lang::Fr, BinaryOp::Ne) => "n’est pas",
            (Lang::Fr, BinaryOp::Lt) => "est avant",
            (Lang::Fr, BinaryOp::Le) => "n’est pas après",
            (Lang::Fr, BinaryOp::Gt) => "est après",
            (Lang::Fr, BinaryOp::Ge) => "n’est pas avant",
            (Lang::Fr, _) => "est",
            (Lang::En, BinaryOp::Ne) => "is not",
            (Lang::En, BinaryOp::Lt) => "is before",
            (Lang::En, BinaryOp::Le) => "is not after",
            (Lang::En, BinaryOp::Gt) => "is after",
            (Lang::En, BinaryOp::Ge) => "is not before",
            (Lang::En, _) => "is",
        };
        format!("{left} {is} {right}")
    }

    pub(super) fn has(self, name: &str, choice: &str, holds: bool) -> String {
        match (self.0, holds) {
            (Lang::Fr, true) => format!("{name} comprend {choice}"),
            (Lang::Fr, false) => format!("{name} a une réponse sans {choice}"),
            (Lang::En, true) => format!("{name} includes {choice}"),
            (Lang::En, false) => format!("{name} has an answer without {choice}"),
        }
    }

    pub(super) fn answered(self, name: &str, holds: bool, is_answer: bool) -> String {
        match (self.0, holds, is_answer) {
            (Lang::Fr, true, true) => format!("{name} a une réponse"),
            (Lang::Fr, false, true) => format!("{name} est sans réponse"),
            (Lang::Fr, true, false) => format!("{name} a une valeur"),
            (Lang::Fr, false, false) => format!("{name} est sans valeur"),
            (Lang::En, true, true) => format!("{name} has an answer"),
            (Lang::En, false, true) => format!("{name} has no answer"),
            (Lang::En, true, false) => format!("{name} has a value"),
            (Lang::En, false, false) => format!("{name} has no value"),
        }
    }

    pub(super) const fn reason(self, it: Missing) -> &'static str {
        match (self.0, it) {
            (Lang::Fr, Missing::NoAnswer) => "sans réponse",
            (Lang::Fr, Missing::DontKnow) => "ne sait pas",
            (Lang::Fr, Missing::Refused) => "ne souhaite pas répondre",
            (Lang::Fr, Missing::NotAsked) => "question non posée",
            (Lang::Fr, Missing::NotReached) => "question pas encore atteinte",
            (Lang::En, Missing::NoAnswer) => "no answer",
            (Lang::En, Missing::DontKnow) => "don’t know",
            (Lang::En, Missing::Refused) => "prefer not to answer",
            (Lang::En, Missing::NotAsked) => "not asked",
            (Lang::En, Missing::NotReached) => "not reached",
        }
    }

    pub(super) fn reason_of(self, name: &str) -> String {
        said!(
            self,
            format!("le motif d’absence de {name}"),
            format!("the missing reason of {name}")
        )
    }

    pub(super) fn reason_is(self, name: &str, them: &[String], holds: bool) -> String {
        let them = self.list(them, false);
        let of = self.reason_of(name);
        match (self.0, holds) {
            (Lang::Fr, true) => format!("{of} est {them}"),
            (Lang::Fr, false) => format!("{of} n’est pas {them}"),
            (Lang::En, true) => format!("{of} is {them}"),
            (Lang::En, false) => format!("{of} is not {them}"),
        }
    }

    pub(super) fn in_some_unit(self, roster: &str) -> String {
        said!(
            self,
            format!("pour au moins une unité de {roster}"),
            format!("for at least one unit of {roster}"),
        )
    }

    pub(super) fn in_no_unit(self, roster: &str) -> String {
        said!(
            self,
            format!("pour aucune unité de {roster}"),
            format!("for no unit of {roster}")
        )
    }

    pub(super) fn in_every_unit(self, roster: &str) -> String {
        said!(
            self,
            format!("pour toutes les unités de {roster}"),
            format!("for every unit of {roster}"),
        )
    }

    /// A number in letters, as it stands before « réponses » and « conditions ».
    pub(super) fn count(self, n: Decimal) -> String {
        let names = said!(self, COUNTS_FR, COUNTS_EN);
        let at = usize::try_from(n).ok();
        let name = at.filter(|_| n.is_integer()).and_then(|it| names.get(it));
        name.map_or_else(|| self.number(n), |it| (*it).to_owned())
    }

    pub(super) fn of_these(self, n: &str, holds: bool, names: &[String], value: &str) -> String {
        let names = self.list(names, true);
        let one = n == "une" || n == "one";
        match (self.0, holds) {
            (Lang::Fr, true) if one => format!("au moins une réponse parmi {names} est {value}"),
            (Lang::Fr, true) => format!("au moins {n} réponses parmi {names} sont {value}"),
            (Lang::Fr, false) if one => format!("aucune réponse parmi {names} n’est {value}"),
            (Lang::Fr, false) => format!("moins de {n} réponses parmi {names} sont {value}"),
            (Lang::En, true) if one => format!("at least one answer among {names} is {value}"),
            (Lang::En, true) => format!("at least {n} answers among {names} are {value}"),
            (Lang::En, false) if one => format!("no answer among {names} is {value}"),
            (Lang::En, false) => format!("fewer than {n} answers among {names} are {value}"),
        }
    }

    pub(super) fn of_conditions(self, n: &str, holds: bool, parts: &[String]) -> String {
        let parts = parts.join(self.between());
        let one = n == "une" || n == "one";
        match (self.0, holds) {
            (Lang::Fr, true) if one => {
                format!("au moins une de ces conditions est remplie\u{202f}: {parts}")
            }
            (Lang::Fr, true) => {
                format!("au moins {n} de ces conditions sont remplies\u{202f}: {parts}")
            }
            (Lang::Fr, false) if one => {
                format!("aucune de ces conditions n’est remplie\u{202f}: {parts}")
            }
            (Lang::Fr, false) => {
                format!("moins de {n} de ces conditions sont remplies\u{202f}: {parts}")
            }
            (Lang::En, true) if one => format!("at least one of these is true: {parts}"),
            (Lang::En, true) => format!("at least {n} of these are true: {parts}"),
            (Lang::En, false) if one => format!("none of these is true: {parts}"),
            (Lang::En, false) => format!("fewer than {n} of these are true: {parts}"),
        }
    }
}
