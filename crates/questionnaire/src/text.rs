//! Texts in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text in one or more languages, keyed by language code.
///
/// In files a plain string stands for the French text. A language that is missing falls back to
/// French: a respondent never sees a hole.
///
/// ```
/// use questionnaire::Text;
/// let text: Text = serde_json::from_str(r#"{"fr": "Oui", "en": "Yes"}"#)?;
/// assert_eq!(text.get("en"), "Yes");
/// assert_eq!(text.get("br"), "Oui");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<String, String>);

impl Text {
    /// The French text.
    #[must_use]
    pub fn fr(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([("fr".to_owned(), text.into())]))
    }

    /// The text in `lang`, else in French, else in any language; empty if there is none.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get("fr"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether it has this language.
    #[must_use]
    pub fn has(&self, lang: &str) -> bool {
        self.0.contains_key(lang)
    }

    /// Each language with its text, in order of language code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(lang, text)| (lang.as_str(), text.as_str()))
    }

    /// Only the text that `lang` shows.
    #[must_use]
    pub fn only(&self, lang: &str) -> Self {
        Self(BTreeMap::from([(
            lang.to_owned(),
            self.get(lang).to_owned(),
        )]))
    }
}

impl FromIterator<(String, String)> for Text {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Text;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, or a text for each language (`fr: …`)")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::fr(text))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((lang, text)) = map.next_entry::<String, String>()? {
                    texts.insert(lang, text);
                }
                Ok(Text(texts))
            }
        }
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Visitor)
        } else {
            deserializer.deserialize_map(Visitor)
        }
    }
}

#[cfg(feature = "authoring")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A text: French alone, or a text for each language.",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": { "fr": { "type": "string" }, "en": { "type": "string" } },
                    "additionalProperties": { "type": "string" },
                    "required": ["fr"]
                }
            ]
        })
    }
}
