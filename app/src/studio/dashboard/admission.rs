//! What the head of a dashboard says of responses that are not counted.

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use super::fragments::admitted;
use super::screen::Admission;
use super::words::Words;
use crate::i18n::Texts;

/// « 21 réponses comptées sur 25 personnes invitées », « 21 réponses sur 24 reçues · 3 écartées », and for which
/// reasons; nothing where whoever likes may answer and all count.
pub(super) fn admission(admission: &Admission, words: &Words, texts: &Texts) -> Option<AnyView> {
    let Admission {
        n_received,
        n_set_aside,
        n_withdrawn,
        n_invited,
        reasons,
    } = admission;
    if *n_set_aside == 0 && *n_withdrawn == 0 && n_invited.is_none() {
        return None;
    }
    let language = chart::Language::from_tag(texts.language().code());
    let number = |n: u64| FluentValue::from(integer(n, language));
    let n_counted = n_received.saturating_sub(*n_set_aside);
    let invited =
        n_invited.map(|_| view! { <p id="admitted" inner_html=admitted(n_counted, words)></p> });
    let aside = (*n_set_aside > 0).then(|| {
        let args = [
            ("counted", number(n_counted)),
            ("received", number(*n_received)),
            ("n", FluentValue::from(*n_set_aside)),
            ("aside", number(*n_set_aside)),
        ];
        let list: Vec<_> = reasons
            .iter()
            .map(|(reason, n)| {
                view! { <li>{reason.clone()} " (" {integer(*n, language)} ")"</li> }
            })
            .collect();
        view! {
            <p>{texts.with("admission-aside", args)}</p>
            <details>
                <summary>{texts.get("admission-reasons")}</summary>
                <ul>{list}</ul>
            </details>
        }
    });
    let withdrawn = (*n_withdrawn > 0).then(|| {
        let args = [
            ("n", FluentValue::from(*n_withdrawn)),
            ("count", number(*n_withdrawn)),
        ];
        view! { <p>{texts.with("admission-withdrawn", args)}</p> }
    });
    Some(view! { <div class="admission">{invited}{aside}{withdrawn}</div> }.into_any())
}

/// The words of [`admitted`], for a number that is filled in where it is shown.
pub(super) fn words(n_invited: Option<u64>, texts: &Texts) -> Vec<String> {
    let language = chart::Language::from_tag(texts.language().code());
    let words = |n_invited: u64| {
        let text = |n: u64| {
            let args = [
                ("n", FluentValue::from(n)),
                ("counted", FluentValue::from("{n}")),
                ("invited", FluentValue::from(integer(n_invited, language))),
            ];
            texts.with("admission-invited", args)
        };
        vec![text(1), text(2)]
    };
    n_invited.map(words).unwrap_or_default()
}
