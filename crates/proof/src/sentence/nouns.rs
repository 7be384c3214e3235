//! Numbers, days and what is worked out, in words.

use expr::{Function, Lang};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::words::{Words, said};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// « de » before a noun phrase.
pub(super) fn de(it: &str) -> String {
    match it.strip_prefix("le ") {
        Some(rest) => format!("du {rest}"),
        None => format!("de {it}"),
    }
}

/// « à » before a noun phrase.
pub(super) fn a(it: &str) -> String {
    match it.strip_prefix("le ") {
        Some(rest) => format!("au {rest}"),
        None => format!("à {it}"),
    }
}

impl Words {
    pub(super) const fn today(self) -> &'static str {
        said!(self, "la date du jour", "today")
    }

    pub(super) fn date(self, it: Date) -> String {
        let month = usize::try_from(it.month() - 1).unwrap_or_default();
        let months = said!(self, MONTHS_FR, MONTHS_EN);
        let month = months.get(month).copied().unwrap_or_default();
        let first = self.0 == Lang::Fr && it.day() == 1;
        let day = if first {
            "1er".to_owned()
        } else {
            it.day().to_string()
        };
        let year = it.year();
        said!(
            self,
            format!("le {day} {month} {year}"),
            format!("{day} {month} {year}")
        )
    }

    /// A number as people of the language write it.
    pub(super) fn number(self, it: Decimal) -> String {
        let text = it.normalize().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let (sign, digits) = match whole.strip_prefix('-') {
            Some(digits) => ("−", digits),
            None => ("", whole),
        };
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(said!(self, '\u{202f}', ','));
            }
            grouped.push(digit);
        }
        match part {
            "" => format!("{sign}{grouped}"),
            part => format!("{sign}{grouped}{}{part}", said!(self, ',', '.')),
        }
    }

    pub(super) fn days(self, n: &str) -> String {
        match (self.0, n) {
            (Lang::Fr, "1") => "1 jour".to_owned(),
            (Lang::Fr, _) => format!("{n} jours"),
            (Lang::En, "1") => "1 day".to_owned(),
            (Lang::En, _) => format!("{n} days"),
        }
    }

    pub(super) fn days_between(self, from: &str, to: &str) -> String {
        said!(
            self,
            format!("le nombre de jours {} {}", de(from), a(to)),
            format!("the number of days from {from} to {to}"),
        )
    }

    pub(super) fn attribute(self, id: &str, of: &str) -> String {
        said!(self, format!("`{id}` de {of}"), format!("`{id}` of {of}"))
    }

    pub(super) fn for_unit(self, name: &str, unit: &str) -> String {
        said!(
            self,
            format!("{name} pour {unit}"),
            format!("{name} for {unit}")
        )
    }

    pub(super) fn numbered_unit(self, key: &str) -> String {
        said!(self, format!("l’unité {key}"), format!("unit {key}"))
    }

    /// Which unit it is: a choice, or a number.
    pub(super) const fn unit_itself(self, is_chosen: bool) -> &'static str {
        match (self.0, is_chosen) {
            (Lang::Fr, true) => "l’unité",
            (Lang::Fr, false) => "le numéro de l’unité",
            (Lang::En, true) => "the unit",
            (Lang::En, false) => "the number of the unit",
        }
    }

    pub(super) fn number_of_units(self, roster: &str) -> String {
        said!(
            self,
            format!("le nombre d’unités de {roster}"),
            format!("the number of units of {roster}"),
        )
    }

    pub(super) fn number_of_units_where(self, roster: &str, condition: &str) -> String {
        let units = self.number_of_units(roster);
        said!(
            self,
            format!("{units} où ({condition})"),
            format!("{units} where ({condition})")
        )
    }

    pub(super) fn number_of_choices(self, name: &str) -> String {
        said!(
            self,
            format!("le nombre de réponses à {name}"),
            format!("the number of answers to {name}"),
        )
    }

    pub(super) const fn extreme(self, function: Function) -> &'static str {
        match (self.0, function) {
            (Lang::Fr, Function::Min) => "le minimum",
            (Lang::Fr, Function::Max) => "le maximum",
            (Lang::Fr, _) => "le total",
            (Lang::En, Function::Min) => "the least",
            (Lang::En, Function::Max) => "the greatest",
            (Lang::En, _) => "the sum",
        }
    }

    pub(super) fn over_units(self, name: &str, of: &str, roster: &str) -> String {
        said!(
            self,
            format!("{name} {} sur les unités de {roster}", de(of)),
            format!("{name} of {of} over the units of {roster}"),
        )
    }

    pub(super) fn among(self, name: &str, them: &[String]) -> String {
        let them = self.list(them, true);
        said!(
            self,
            format!("{name} entre {them}"),
            format!("{name} of {them}")
        )
    }

    pub(super) fn first_known(self, them: &[String]) -> String {
        let them = them.join(", ");
        said!(
            self,
            format!("le premier résultat connu parmi ({them})"),
            format!("the first known of ({them})"),
        )
    }

    pub(super) fn rounded(self, it: &str, places: Option<&str>) -> String {
        let (fr, en) = match places {
            None | Some("0") => (String::new(), String::new()),
            Some("1") => (" à 1 décimale".to_owned(), " to 1 decimal".to_owned()),
            Some(n) => (format!(" à {n} décimales"), format!(" to {n} decimals")),
        };
        said!(
            self,
            format!("l’arrondi{fr} {}", de(it)),
            format!("{it} rounded{en}")
        )
    }

    pub(super) fn by_case(self, cases: &[(String, String)], otherwise: Option<&str>) -> String {
        let (when, then) = said!(self, ("si", "\u{202f}: "), ("if", ": "));
        let mut parts: Vec<String> = cases
            .iter()
            .map(|(condition, value)| format!("{when} ({condition}){then}{value}"))
            .collect();
        if let Some(it) = otherwise {
            parts.push(format!("{}{then}{it}", said!(self, "sinon", "otherwise")));
        }
        let parts = parts.join(self.between());
        said!(
            self,
            format!("le résultat du choix ({parts})"),
            format!("the choice ({parts})")
        )
    }

    pub(super) const fn yes_or_no(self, it: bool) -> &'static str {
        match (self.0, it) {
            (Lang::Fr, true) => "Oui",
            (Lang::Fr, false) => "Non",
            (Lang::En, true) => "Yes",
            (Lang::En, false) => "No",
        }
    }

    pub(super) fn units(self, n: usize) -> String {
        match (self.0, n) {
            (Lang::Fr, 0 | 1) => format!("{n} unité"),
            (Lang::Fr, _) => format!("{n} unités"),
            (Lang::En, 1) => "1 unit".to_owned(),
            (Lang::En, _) => format!("{n} units"),
        }
    }

    /// What stands between parts that have commas of their own.
    pub(super) const fn between(self) -> &'static str {
        said!(self, "\u{202f}; ", "; ")
    }

    /// Leaves so many and says how many more there are.
    pub(super) fn shortened(self, them: &mut Vec<String>, most: usize) {
        if them.len() > most + 1 {
            let more = them.len() - most;
            them.truncate(most);
            them.push(said!(
                self,
                format!("et {more} autres"),
                format!("and {more} more")
            ));
        }
    }
}
