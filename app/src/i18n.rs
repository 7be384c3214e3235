//! The interface's texts, from Fluent files; on the server only.
//!
//! Islands get the few texts they need as props. A test checks that both files have the same keys
//! and that each key is used somewhere.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::language::Language;
use crate::respond::wording::{Phrases, date_in_words};
use crate::typography;

const FR: &str = include_str!("../i18n/fr.ftl");
const EN: &str = include_str!("../i18n/en.ftl");

/// The interface's texts in one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    phrases: Phrases,
}

impl Texts {
    /// The texts in a language; read once.
    ///
    /// ```
    /// use app::{i18n::Texts, language::Language};
    /// assert_eq!(Texts::of(Language::Fr).get("next"), "Continuer");
    /// ```
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static FRENCH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::Fr, FR));
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::En, EN));
        match language {
            Language::Fr => &FRENCH,
            Language::En => &ENGLISH,
        }
    }

    fn read(language: Language, source: &str) -> Self {
        let locale = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks around arguments serve mixed directions, which the interface does not have.
        bundle.set_use_isolating(false);
        if language == Language::Fr {
            bundle.set_transform(Some(|text| typography::french(text).into()));
        }
        // What does not parse is left out, and the test that reads every key fails.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(it, _)| it);
        bundle.add_resource_overriding(resource);
        let mut texts = Self {
            language,
            bundle,
            phrases: Phrases::default(),
        };
        texts.phrases = phrases(&texts);
        texts
    }

    /// Their language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text without arguments.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with arguments.
    #[must_use]
    pub fn with<'a, V: Into<FluentValue<'a>>>(
        &self,
        key: &str,
        args: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        self.format(key, Some(&args.into_iter().collect()))
    }

    /// The words for wrong answers, also for the island.
    #[must_use]
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// An ISO date in words (« 12 mars 2026 »); anything else as it is.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        date_in_words(iso, &self.phrases.months).unwrap_or_else(|| iso.to_owned())
    }

    /// A text of a questionnaire, set as this language writes it.
    #[must_use]
    pub fn typeset(&self, text: &str) -> String {
        typography::typeset(text, self.language.code())
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        // A missing text shows its key: ugly, but never a hole or a crash.
        let Some(pattern) = self.bundle.get_message(key).and_then(|it| it.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned()
    }
}

fn phrases(texts: &Texts) -> Phrases {
    // Arguments stay placeholders: the island fills them in.
    let phrase = |key: &str| {
        texts.with(
            &format!("failure-{key}"),
            [
                ("min", "{min}"),
                ("max", "{max}"),
                ("decimals", "{decimals}"),
            ],
        )
    };
    Phrases {
        required_choice: phrase("required-choice"),
        required_choices: phrase("required-choices"),
        required_number: phrase("required-number"),
        required_text: phrase("required-text"),
        required_date: phrase("required-date"),
        required_other: phrase("required-other"),
        type_number: phrase("type-number"),
        type_whole: phrase("type-whole"),
        type_date: phrase("type-date"),
        type_rank: phrase("type-rank"),
        type_other: phrase("type-other"),
        number_between: phrase("number-between"),
        number_least: phrase("number-least"),
        number_most: phrase("number-most"),
        choices_between: phrase("choices-between"),
        choices_exact: phrase("choices-exact"),
        choices_least: phrase("choices-least"),
        choices_most: phrase("choices-most"),
        text_most: phrase("text-most"),
        date_between: phrase("date-between"),
        date_least: phrase("date-least"),
        date_most: phrase("date-most"),
        range_other: phrase("range-other"),
        unknown_code: phrase("unknown-code"),
        exclusive: phrase("exclusive"),
        choice_filter: phrase("choice-filter"),
        other: phrase("other"),
        months: (1..=12)
            .map(|it| texts.get(&format!("month-{it}")))
            .collect(),
    }
}
