//! Texts in several languages.

use expr::wire_struct;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// In order of language code, each once: a map of a handful, without the code of a map.
pub struct Text(Vec<(String, String)>);

wire_struct!(Text { 0 });

impl Text {
    /// The French text.
    #[must_use]
    pub fn fr(text: impl Into<String>) -> Self {
        Self(vec![("fr".to_owned(), text.into())])
    }

    /// A text of the program's own, in French and English.
    #[cfg(feature = "authoring")]
    pub(crate) fn fr_en(fr: &str, en: &str) -> Self {
        let text = |lang: &str, it: &str| (lang.to_owned(), it.to_owned());
        Self(vec![text("en", en), text("fr", fr)])
    }

    /// The text in `lang`, else in French, else in any language; empty if there is none.
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        self.find(lang)
            .or_else(|| self.find("fr"))
            .or_else(|| self.0.first().map(|(_, text)| text.as_str()))
            .unwrap_or_default()
    }

    /// Whether it has this language.
    #[must_use]
    pub fn has(&self, lang: &str) -> bool {
        self.find(lang).is_some()
    }

    fn find(&self, lang: &str) -> Option<&str> {
        let found = self.0.iter().find(|(it, _)| it == lang);
        found.map(|(_, text)| text.as_str())
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
        Self(vec![(lang.to_owned(), self.get(lang).to_owned())])
    }
}

impl FromIterator<(String, String)> for Text {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(iter: I) -> Self {
        let mut texts: Vec<(String, String)> = Vec::new();
        for (lang, text) in iter {
            match texts.binary_search_by(|(it, _)| it.cmp(&lang)) {
                Ok(at) => texts[at].1 = text,
                Err(at) => texts.insert(at, (lang, text)),
            }
        }
        Self(texts)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (lang, text) in &self.0 {
            map.serialize_entry(lang, text)?;
        }
        map.end()
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
                let mut texts = Vec::new();
                while let Some(text) = map.next_entry::<String, String>()? {
                    texts.push(text);
                }
                Ok(texts.into_iter().collect())
            }
        }
        deserializer.deserialize_any(Visitor)
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
