//! The language a visitor asks for: `?lang=`, then the cookie that remembers it, then the browser.

use app::language::Language;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use std::convert::Infallible;

const COOKIE: &str = "recueil-lang";

/// What was asked: in which language, at which path.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) language: Language,
    /// The path without its query, for the language switch.
    pub(crate) path: String,
    /// Set when the language was chosen in this request.
    chosen: Option<Language>,
}

impl Asked {
    /// Remembers a language chosen in this request.
    pub(crate) fn remember(&self, jar: CookieJar) -> CookieJar {
        match self.chosen {
            None => jar,
            Some(it) => jar.add(
                Cookie::build((COOKIE, it.code()))
                    .path("/")
                    .same_site(SameSite::Lax)
                    .http_only(true)
                    .build(),
            ),
        }
    }

    /// The language of a questionnaire's texts: the interface's if it has it.
    pub(crate) fn of_texts(&self, languages: &[String]) -> String {
        let code = self.language.code();
        match languages
            .iter()
            .find(|it| *it == code)
            .or_else(|| languages.first())
        {
            Some(it) => it.clone(),
            None => code.to_owned(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or("");
        let chosen = query
            .split('&')
            .find_map(|it| it.strip_prefix("lang="))
            .and_then(Language::from_code);
        let remembered = CookieJar::from_headers(&parts.headers)
            .get(COOKIE)
            .and_then(|it| Language::from_code(it.value()));
        let browser = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|it| it.to_str().ok());
        let language = chosen
            .or(remembered)
            .or_else(|| browser.and_then(preferred))
            .unwrap_or_default();
        Ok(Self {
            language,
            path: parts.uri.path().to_owned(),
            chosen,
        })
    }
}

/// The first of a browser's languages that the interface speaks, by weight.
fn preferred(header: &str) -> Option<Language> {
    let mut wanted: Vec<(f32, Language)> = header
        .split(',')
        .take(20)
        .filter_map(|it| {
            let mut parts = it.split(';');
            let code = parts.next()?.trim().split('-').next()?;
            let weight = parts
                .find_map(|it| it.trim().strip_prefix("q="))
                .map_or(1.0, |it| it.parse().unwrap_or(0.0));
            Some((weight, Language::from_code(&code.to_ascii_lowercase())?))
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted.first().map(|(_, it)| *it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_its_languages_by_weight() {
        assert_eq!(preferred("en-GB,en;q=0.9,fr;q=0.8"), Some(Language::En));
        assert_eq!(preferred("de,fr;q=0.5,en;q=0.3"), Some(Language::Fr));
        assert_eq!(preferred("tlh"), None);
        assert_eq!(preferred("en;q=0"), None);
        assert_eq!(preferred(";;;,,"), None);
    }
}
