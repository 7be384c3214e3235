//! The HTML document around every page.

use std::sync::Arc;

use leptos::prelude::*;

use super::manifest::{Bundle, Manifest};
use crate::i18n::Texts;
use crate::language::{Language, direction};
use crate::paths;

/// What every page of one answer shares: decided by the server, once a request.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Language of the interface.
    pub language: Language,
    /// Path of the page, for the language switch; empty where a switch would lose something.
    pub here: String,
    /// The nonce of this answer's content security policy, for the one script tag there is.
    pub nonce: Option<String>,
    /// Names of built files.
    pub manifest: Arc<Manifest>,
    /// Where somebody comes from who types in what others answered; nothing for everybody else.
    pub entry: Option<String>,
}

/// A page to be framed.
pub struct Document {
    /// Unique title; the site's or the study's name comes after it.
    pub title: String,
    /// Name of the study, or of the site: stands in the header and at the end of the title.
    pub name: String,
    /// Where the header's name leads, if anywhere.
    pub name_href: Option<String>,
    /// Style sheet, by name.
    pub style: &'static str,
    /// Bundle of the page's islands; a page without islands loads no script.
    pub bundle: Option<&'static str>,
    /// What stands in `<main>`.
    pub main: AnyView,
}

/// The whole HTML document.
#[must_use]
pub fn document(frame: &Frame, page: Document) -> String {
    let texts = Texts::of(frame.language);
    let title = if page.title == page.name {
        page.title
    } else {
        format!("{} – {}", page.title, page.name)
    };
    let style = frame.manifest.style(page.style);
    let bundle = page.bundle.and_then(|it| frame.manifest.bundle(it));
    let code = frame.language.code();
    let head = view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="robots" content="noindex" />
            <title>{title}</title>
            {style.map(|href| view! { <link rel="stylesheet" href=href /> })}
            <link rel="icon" href=ICON />
        </head>
    };
    let name = match page.name_href {
        Some(href) => view! { <a class="bar-name" href=href>{page.name}</a> }.into_any(),
        None => view! { <span class="bar-name">{page.name}</span> }.into_any(),
    };
    let entry = frame.entry.clone().map(|href| {
        let back = texts.get("entry-back");
        view! { <p class="facts">{texts.get("entry-for-others")} " " <a href=href>{back}</a></p> }
    });
    let body = view! {
        <body>
            <a class="skip" href="#main">{texts.get("skip-link")}</a>
            <header class="bar">{name}{language_switch(frame, texts)}</header>
            <main id="main" tabindex="-1">{entry}{page.main}</main>
            {bundle.map(|it| starter(&it, frame.nonce.clone()))}
        </body>
    };
    let html = view! { <html lang=code dir=direction(code)>{head}{body}</html> };
    let mut out = String::from("<!DOCTYPE html>");
    // An owner for the contexts that islands look up while they are drawn.
    out.push_str(&without_markers(&Owner::new().with(|| html.to_html())));
    out
}

/// A square with a gathered sheaf of three bars; a data address, so no request is made for it.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230a5566'/%3E%3Cpath d='M4 12V8M8 12V4M12 12V6' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

/// Leads to the same page in the other languages.
fn language_switch(frame: &Frame, texts: &Texts) -> Option<impl IntoView + use<>> {
    if frame.here.is_empty() {
        return None;
    }
    let links: Vec<_> = Language::ALL
        .into_iter()
        .map(|it| {
            let current = (it == frame.language).then_some("true");
            let href = paths::in_language(&frame.here, it);
            view! {
                <li>
                    <a href=href lang=it.code() hreflang=it.code() aria-current=current>{it.name()}</a>
                </li>
            }
        })
        .collect();
    Some(view! {
        <nav class="languages" aria-label=texts.get("language-label")>
            <ul>{links}</ul>
        </nav>
    })
}

/// The one script of a page with islands: loads the bundle, then wakes each island.
///
/// Leptos' own `HydrationScripts` knows one bundle and one hash file per program; ours come from
/// the manifest. Islands do not nest here, so no tree has to be walked. Script and module are fetched
/// together by the script, not by `preload` links: without JavaScript nothing is downloaded in vain.
fn starter(bundle: &Bundle, nonce: Option<String>) -> impl IntoView + use<> {
    // Both addresses are written by `paths::asset`, which leaves no quote in them.
    let script = format!(
        "const w=fetch(\"{}\"),m=await import(\"{}\");await m.default({{module_or_path:w}});m.hydrate();\
         for(const e of document.querySelectorAll(\"leptos-island\"))m[e.dataset.component](e)",
        bundle.module, bundle.script
    );
    view! { <script type="module" nonce=nonce inner_html=script></script> }
}

/// Drops the `<!>` that Leptos puts between texts for hydration; inside islands, writes it as the comment it is.
///
/// Outside islands nothing is ever hydrated, and HTML checkers rightly refuse these marks. A `<`
/// that comes from data is always escaped, so no text is touched.
fn without_markers(html: &str) -> String {
    const OPEN: &str = "<leptos-island";
    const CLOSE: &str = "</leptos-island>";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(OPEN) {
        let (outside, island) = rest.split_at(start);
        out.push_str(&outside.replace("<!>", ""));
        let end = island
            .find(CLOSE)
            .map_or(island.len(), |it| it + CLOSE.len());
        let (island, after) = island.split_at(end);
        out.push_str(&island.replace("<!>", "<!---->"));
        rest = after;
    }
    out.push_str(&rest.replace("<!>", ""));
    out
}

#[cfg(test)]
mod tests {
    use super::without_markers;

    #[test]
    fn marks_stay_only_where_something_is_hydrated() {
        assert_eq!(
            without_markers("a<!>b<leptos-island data-x=\"\">c<!>d</leptos-island>e<!>f<!>"),
            "ab<leptos-island data-x=\"\">c<!---->d</leptos-island>ef"
        );
    }
}
