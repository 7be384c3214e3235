//! Fills: `{id}` and `{id|otherwise}` in texts.
//!
//! A fill takes the text of a declared fill, the label of a chosen answer, a number, a date, a text
//! as typed, or the name of a roster's unit. What is inserted is plain text, never markup: also in the
//! Markdown of a statement.

use expr::{Type, Value as Computed};
use serde_json::Value;

use crate::answer::Answer;
use crate::evaluation::{Evaluation, SlotState};
use crate::instrument::{Instrument, Kind, Units};

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Written as it stands.
    Literal(&'t str),
    /// Replaced by an answer.
    Fill {
        /// What is named.
        name: &'t str,
        /// What stands there when it has no answer.
        otherwise: &'t str,
    },
}

/// The parts of a text. `{{` and `}}` are braces; an unclosed brace is literal.
///
/// ```
/// use questionnaire::fill::{Part, parts};
/// let found: Vec<_> = parts("Avec {ville|votre ville} {{2}}").collect();
/// assert_eq!(found[1], Part::Fill { name: "ville", otherwise: "votre ville" });
/// ```
pub fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.find(['{', '}']).unwrap_or(rest.len());
        if at > 0 {
            let (literal, after) = rest.split_at(at);
            rest = after;
            return Some(Part::Literal(literal));
        }
        let doubled = rest.starts_with("{{") || rest.starts_with("}}");
        let fill = rest
            .strip_prefix('{')
            .filter(|_| !doubled)
            .and_then(|it| it.split_once('}'));
        Some(match fill {
            Some((inside, after)) => {
                rest = after;
                let (name, otherwise) = inside.split_once('|').unwrap_or((inside, ""));
                Part::Fill {
                    name: name.trim(),
                    otherwise,
                }
            }
            None => {
                let literal = &rest[..1];
                rest = &rest[if doubled { 2 } else { 1 }..];
                Part::Literal(literal)
            }
        })
    })
}

/// Stands for a fill that says nothing without an answer.
const OPEN: &str = "…";

impl Instrument {
    /// A text as it stands in tables and codebooks, where no one respondent's answers fill it:
    /// every fill says what it says without an answer.
    #[must_use]
    pub fn unfilled(&self, text: &str, lang: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Literal(it) => out.push_str(it),
                Part::Fill { name, otherwise } => {
                    let declared = self.fills.iter().find(|it| it.id == name);
                    let fallback = declared.map_or("", |it| it.fallback.get(lang));
                    let said = [fallback, otherwise].into_iter().find(|it| !it.is_empty());
                    out.push_str(said.unwrap_or(OPEN));
                }
            }
        }
        out
    }
}

impl Evaluation<'_> {
    /// A text with its fills replaced, for one unit inside a roster.
    #[must_use]
    pub fn fill(&self, text: &str, lang: &str, unit: Option<(u32, u32)>) -> String {
        self.filled(text, lang, unit, false)
    }

    /// The same for Markdown: what is inserted is escaped, so that it is one line of plain text there too,
    /// wherever it stands but in code.
    #[must_use]
    pub fn fill_markdown(&self, text: &str, lang: &str, unit: Option<(u32, u32)>) -> String {
        self.filled(text, lang, unit, true)
    }

    fn filled(
        &self,
        text: &str,
        lang: &str,
        unit: Option<(u32, u32)>,
        is_markdown: bool,
    ) -> String {
        if !text.contains(['{', '}']) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Literal(it) => out.push_str(it),
                Part::Fill { name, otherwise } => {
                    let value = self.fill_value(name, lang, unit);
                    let value = value
                        .as_deref()
                        .filter(|it| !it.is_empty())
                        .unwrap_or(otherwise);
                    if is_markdown {
                        escape(value, &mut out);
                    } else {
                        out.push_str(value);
                    }
                }
            }
        }
        out
    }

    fn fill_value(&self, name: &str, lang: &str, unit: Option<(u32, u32)>) -> Option<String> {
        let instrument = &self.engine.instrument;
        if let Some(at) = instrument.fills.iter().position(|it| it.id == name) {
            let fill = &instrument.fills[at];
            let case = self.fill_case(at as u32).and_then(|it| fill.cases.get(it));
            let text = case.map_or(&fill.fallback, |it| &it.1);
            return Some(text.get(lang).to_owned());
        }
        if let Some((roster, unit)) = unit
            && instrument
                .rosters
                .get(roster as usize)
                .is_some_and(|it| it.key == name)
        {
            return Some(self.unit_label(roster, unit, lang));
        }
        let item = self.engine.layout.item(name)?;
        let it = &instrument.items[item as usize];
        // An item of another roster has no value here.
        let unit = match (it.roster, unit) {
            (None, _) => None,
            (Some(own), Some((roster, unit))) if own == roster => Some(unit),
            (Some(_), _) => return None,
        };
        if let Kind::Computed { value } = &it.kind {
            let ty = value.program.ty();
            return self
                .computed_of(item, unit)
                .and_then(|it| self.computed_text(it, ty, lang));
        }
        let slot = self.engine.layout.first_slot(item, unit)?;
        (self.state(slot) == SlotState::Answered).then(|| self.answer_lines(slot, lang).join(", "))
    }

    fn computed_text(&self, value: &Computed, ty: Type, lang: &str) -> Option<String> {
        let label = |code: &u16| {
            let choice = self.engine.instrument.choice_of(ty, *code)?;
            Some(choice.label.get(lang).to_owned())
        };
        match value {
            Computed::Number(it) => Some(decimal(*it, lang)),
            Computed::Text(it) => Some(it.clone()),
            Computed::Date(it) => Some(date(*it, lang)),
            Computed::Code(it) => label(it),
            Computed::Codes(it) => Some(it.iter().filter_map(label).collect::<Vec<_>>().join(", ")),
            Computed::Bool(_) | Computed::Missing(_) => None,
        }
    }

    /// What a roster's unit is called.
    #[must_use]
    pub fn unit_label(&self, roster: u32, unit: u32, lang: &str) -> String {
        let instrument = &self.engine.instrument;
        match instrument.rosters.get(roster as usize).map(|it| &it.units) {
            Some(Units::Chosen { list, .. }) => instrument
                .lists
                .get(*list as usize)
                .and_then(|it| it.choice(unit as u16))
                .map_or_else(String::new, |it| it.label.get(lang).to_owned()),
            Some(Units::Free { label, .. }) => format!("{} {}", label.get(lang), unit + 1),
            None => String::new(),
        }
    }

    /// An answer in words, one line a choice; as given when it cannot be read.
    #[must_use]
    pub fn answer_lines(&self, slot: u32, lang: &str) -> Vec<String> {
        let choice = |it: &u16| {
            let label = self
                .list_of(slot)
                .and_then(|list| list.choice(*it))
                .map_or_else(String::new, |it| it.label.get(lang).to_owned());
            match self.specified(slot, *it) {
                Some(text) if !text.trim().is_empty() => {
                    let colon = if lang == "en" { ":" } else { " :" };
                    format!("{label}{colon} {text}")
                }
                _ => label,
            }
        };
        match self.answer(slot) {
            Answer::Empty | Answer::Missing(_) => Vec::new(),
            Answer::Bool(it) => vec![yes_or_no(*it, lang).to_owned()],
            Answer::Number(it) => vec![decimal(*it, lang)],
            Answer::Text(it) => vec![it.to_string()],
            Answer::Date(it) => vec![date(*it, lang)],
            Answer::Code(it) => vec![choice(it)],
            Answer::Codes(it) => it.iter().map(choice).collect(),
            Answer::Unreadable(it) => vec![as_given(&it.given)],
        }
    }
}

/// Writes a text into Markdown: no sign in it means anything, and no line of it begins there.
fn escape(text: &str, out: &mut String) {
    for c in text.trim_start().chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
}

/// What somebody gave, whatever it is, without the signs of JSON.
fn as_given(it: &Value) -> String {
    let joined = |parts: &mut dyn Iterator<Item = &Value>| {
        let mut text = String::new();
        for part in parts {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&as_given(part));
        }
        text
    };
    match it {
        Value::Null => String::new(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::String(it) => it.clone(),
        Value::Array(it) => joined(&mut it.iter()),
        Value::Object(it) => joined(&mut it.values()),
    }
}

/// A consent in words.
fn yes_or_no(it: bool, lang: &str) -> &'static str {
    match (it, lang) {
        (true, "en") => "Yes",
        (false, "en") => "No",
        (true, _) => "Oui",
        (false, _) => "Non",
    }
}

/// A number with the language's decimal sign, digits as given.
#[must_use]
pub fn decimal(number: rust_decimal::Decimal, lang: &str) -> String {
    let text = number.normalize().to_string();
    if lang == "en" {
        text
    } else {
        text.replace('.', ",")
    }
}

/// A date in words: « 12 mars 2026 », “12 March 2026”.
#[must_use]
pub fn date(date: jiff::civil::Date, lang: &str) -> String {
    const FR: [&str; 12] = [
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
    const EN: [&str; 12] = [
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
    let months = if lang == "en" { &EN } else { &FR };
    let month = months
        .get(usize::from(date.month().unsigned_abs()) - 1)
        .unwrap_or(&"");
    let day = match (date.day(), lang) {
        (1, "fr") => "1er".to_owned(),
        (day, _) => day.to_string(),
    };
    format!("{day} {month} {}", date.year())
}
