//! Conditions as sentences, in French and English.
//!
//! `presence_asv = 'oui' and nb_qpv > 0` is « Présence d’un ASV » est « Oui » et « Nombre de QPV »
//! est supérieur à 0. Questions are called by their titles and choices by their labels. A part that
//! would read differently without them stands in parentheses. A negation is said where it bites:
//! `not (a = 'oui')` is no truer than `a = 'oui'` where `a` has no answer, so it is said of an answer
//! that is another one. What would be no sentence any more is quoted as a condition, in backquotes.

mod answer;
mod clause;
mod names;
mod nouns;
mod value;
mod words;

use expr::{Expr, Lang, Type};
use questionnaire::Engine;
use questionnaire::instrument::{ItemIx, Kind};

use words::Words;

/// Longer ones are quoted as conditions.
const MAX_CHARS: usize = 420;

/// Says conditions of one questionnaire in one language.
///
/// ```
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let sentences = proof::Sentences::new(&engine, expr::Lang::Fr);
/// assert_eq!(sentences.of("age >= 18", None), "«\u{202f}Âge\u{202f}» est supérieur ou égal à 18");
/// ```
#[derive(Clone, Copy)]
pub struct Sentences<'e> {
    engine: &'e Engine,
    words: Words,
    /// The language of the questionnaire's own texts.
    texts: &'e str,
    /// For each item, the number it has on paper; empty where it has none.
    numbers: &'e [String],
}

/// Where a part of a condition stands: which units plain names are of, innermost last.
#[derive(Clone, Debug, Default)]
struct Place(Vec<u32>);

impl Place {
    fn inside(&self, roster: u32) -> Self {
        let mut it = self.clone();
        it.0.push(roster);
        it
    }
}

impl<'e> Sentences<'e> {
    /// In this language.
    #[must_use]
    pub fn new(engine: &'e Engine, lang: Lang) -> Self {
        let words = Words(lang);
        Self {
            engine,
            words,
            texts: words.lang_code(),
            numbers: &[],
        }
    }

    /// The same where the questionnaire's own texts are in another language than the words around them.
    #[must_use]
    pub const fn with_texts_in(self, texts: &'e str) -> Self {
        Self { texts, ..self }
    }

    /// The same where questions are found by their numbers: on paper, `numbers` by position of the item.
    #[must_use]
    pub const fn with_numbers(self, numbers: &'e [String]) -> Self {
        Self { numbers, ..self }
    }

    /// A condition in words; `roster` is where it stands, if it does inside one.
    #[must_use]
    pub fn of(&self, condition: &str, roster: Option<u32>) -> String {
        let quoted = || format!("`{condition}`");
        let tree = expr::parse(condition).expr;
        tree.map_or_else(quoted, |it| self.of_expr(&it, roster))
    }

    /// The same of a condition that has been read.
    #[must_use]
    pub fn of_expr(&self, condition: &Expr, roster: Option<u32>) -> String {
        let place = Place(roster.into_iter().collect());
        match self.clause(condition, true, &place) {
            Some(it) if it.text.chars().count() <= MAX_CHARS => it.text,
            _ => format!("`{}`", expr::print(condition)),
        }
    }

    /// Who is asked: those for whom a condition holds, all if there is none. Inside a roster, units.
    #[must_use]
    pub fn universe(&self, condition: Option<&Expr>, roster: Option<u32>) -> String {
        let said = condition.map(|it| self.of_expr(it, roster));
        // Units that were chosen are those of the question where they were.
        let units = roster.and_then(|it| crate::reads::units(self.engine, it));
        let roster = units.map(|it| self.title(it));
        match (said, roster) {
            (None, None) => self.words.everybody().to_owned(),
            (Some(said), None) => capital(&said),
            (None, Some(roster)) => self.words.all_units(&roster),
            (Some(said), Some(roster)) => self.words.units_where(&roster, &said),
        }
    }

    /// That there is no condition.
    #[must_use]
    pub fn always(&self) -> &'static str {
        self.words.always()
    }

    /// The units of a roster.
    #[must_use]
    pub fn units_of(&self, roster: u32) -> String {
        let title = self.roster_title(roster).unwrap_or_default();
        self.words.units_of(&title)
    }

    /// What a question is called, in quotes, with its number if it has one.
    #[must_use]
    pub fn title(&self, item: ItemIx) -> String {
        self.found(item, &self.bare_title(item))
    }

    /// A name in quotes, with the number under which it is found.
    fn found(&self, item: ItemIx, name: &str) -> String {
        let name = self.words.quoted(name);
        match self.numbers.get(item as usize).map(String::as_str) {
            None | Some("") => name,
            Some(number) => format!("{name} (question\u{a0}{number})"),
        }
    }

    /// What a computed value is, in words; quoted as it is written where these are no sentence any more.
    #[must_use]
    pub fn computed(&self, item: ItemIx) -> Option<String> {
        let it = self.engine.instrument.items.get(item as usize)?;
        let Kind::Computed { value } = &it.kind else {
            return None;
        };
        let place = Place(it.roster.into_iter().collect());
        let tree = expr::parse(&value.source).expr;
        let said = tree.and_then(|tree| match value.program.ty() {
            Type::Bool => self.clause(&tree, true, &place).map(|it| it.text),
            ty => self.value(&tree, Some(ty), &place),
        });
        let said = said.filter(|it| it.chars().count() <= MAX_CHARS);
        Some(said.unwrap_or_else(|| format!("`{}`", value.source)))
    }

    /// What a question is called.
    #[must_use]
    pub fn bare_title(&self, item: ItemIx) -> String {
        let items = &self.engine.instrument.items;
        let title = items.get(item as usize).map(|it| self.text(it.title()));
        title.unwrap_or_default()
    }

    /// A text in one line, fills left open.
    pub(crate) fn text(&self, it: &questionnaire::Text) -> String {
        let text = self
            .engine
            .instrument
            .unfilled(it.get(self.texts), self.texts);
        // A text of several lines stands in one here.
        let parts = text.split([' ', '\n', '\t', '\r']);
        let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
        parts.join(" ")
    }
}

/// With a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
