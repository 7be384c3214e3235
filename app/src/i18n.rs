//! The interface's texts, from Fluent files; on the server only.
//!
//! Islands get the few texts they need as props. A test checks that both files have the same keys
//! and that each key is used somewhere.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::language::Language;
use crate::respond::wording::{KEYS, Phrases};
use crate::typography;

const FR: &str = concat!(
    include_str!("../i18n/fr.ftl"),
    include_str!("../i18n/condition.fr.ftl"),
    include_str!("../i18n/entry.fr.ftl"),
    include_str!("../i18n/field.fr.ftl"),
    include_str!("../i18n/home.fr.ftl"),
    include_str!("../i18n/invite.fr.ftl"),
    include_str!("../i18n/means.fr.ftl"),
    include_str!("../i18n/rehearse.fr.ftl"),
    include_str!("../i18n/retention.fr.ftl"),
    include_str!("../i18n/sample.fr.ftl"),
    include_str!("../i18n/studio.fr.ftl"),
    include_str!("../i18n/team.fr.ftl"),
    include_str!("../i18n/together.fr.ftl"),
    include_str!("../i18n/wave.fr.ftl"),
    include_str!("../i18n/plan.fr.ftl"),
    include_str!("../i18n/writing.fr.ftl"),
    include_str!("../i18n/print.fr.ftl"),
    include_str!("../i18n/edit.fr.ftl"),
    include_str!("../i18n/map.fr.ftl"),
);
const EN: &str = concat!(
    include_str!("../i18n/en.ftl"),
    include_str!("../i18n/condition.en.ftl"),
    include_str!("../i18n/entry.en.ftl"),
    include_str!("../i18n/field.en.ftl"),
    include_str!("../i18n/home.en.ftl"),
    include_str!("../i18n/invite.en.ftl"),
    include_str!("../i18n/means.en.ftl"),
    include_str!("../i18n/rehearse.en.ftl"),
    include_str!("../i18n/retention.en.ftl"),
    include_str!("../i18n/sample.en.ftl"),
    include_str!("../i18n/studio.en.ftl"),
    include_str!("../i18n/team.en.ftl"),
    include_str!("../i18n/together.en.ftl"),
    include_str!("../i18n/wave.en.ftl"),
    include_str!("../i18n/plan.en.ftl"),
    include_str!("../i18n/writing.en.ftl"),
    include_str!("../i18n/print.en.ftl"),
    include_str!("../i18n/edit.en.ftl"),
    include_str!("../i18n/map.en.ftl"),
);

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

    /// A text without arguments, if there is one of this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        message.value().map(|_| self.get(key))
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

    /// A text about `$n` things; `$count` is the same number as it is written.
    ///
    /// ```
    /// use app::{i18n::Texts, language::Language};
    /// let texts = Texts::of(Language::En);
    /// assert_eq!(texts.counted("sample-import-n", 1), "Import 1 person");
    /// assert_eq!(texts.counted("sample-import-n", 1_200), "Import 1,200 people");
    /// ```
    #[must_use]
    pub fn counted(&self, key: &str, n: usize) -> String {
        let language = chart::Language::from_tag(self.language.code());
        let written = chart::integer(n as u64, language);
        let args = [
            ("n", FluentValue::from(n)),
            ("count", FluentValue::from(written)),
        ];
        self.with(key, args)
    }

    /// The words for wrong answers, also for the island.
    #[must_use]
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// An ISO date in words (« 12 mars 2026 »); anything else as it is.
    #[must_use]
    pub fn date(&self, iso: &str) -> String {
        self.phrases.date(iso)
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

/// Arguments stay placeholders: whoever uses a phrase fills them in.
fn phrases(texts: &Texts) -> Phrases {
    const NAMES: [&str; 7] = ["min", "max", "decimals", "step", "steps", "time", "n"];
    let places = NAMES.map(|it| (it, format!("{{{it}}}")));
    KEYS.into_iter()
        .map(|key| {
            texts.with(
                key,
                places.iter().map(|(name, place)| (*name, place.as_str())),
            )
        })
        .collect()
}
