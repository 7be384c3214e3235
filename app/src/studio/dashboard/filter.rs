//! The page on which a filter of results is put together: the same lines as for a condition of a questionnaire.

use chart::{Language, integer};
use leptos::prelude::*;

use super::cut_screen::FilterScreen;
use crate::i18n::Texts;
use crate::studio::team::frame::summary;
use crate::studio::writing::condition::{as_text, marked, whole};
use crate::typography::typeset;
use crate::ui::{Document, Frame, document};

/// What is said where the lines are those of a filter of results; words stand under `condition-if-` and this code.
const SAYS: &str = "only";

/// The whole document.
pub(crate) fn filter(frame: &Frame, screen: &FilterScreen) -> String {
    let texts = Texts::of(frame.language);
    let script = frame.manifest.script("condition").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let it = &screen.condition;
    let title = texts.get("filter-title");
    let main = view! {
        <div class="team">
            <p class="back"><a href=screen.back.clone()>{texts.get("filter-back")}</a></p>
            <h1 class="page-title">{title.clone()}</h1>
            {screen.wrong.as_ref().map(|it| summary(texts, it))}
            <div data-part="said"></div>
            <div class="conditioner">
                <form method="post" action=screen.action.clone() class="part" id="part">
                    // The first button of a form is the one that Enter presses.
                    <button class="unseen" name="do" value="update" tabindex="-1" aria-hidden="true">
                        {texts.get("condition-update")}
                    </button>
                    <input type="hidden" name="by" value=screen.by.clone()/>
                    <input type="hidden" name="unit" value=screen.unit.clone()/>
                    <input type="hidden" name="level" value=screen.level.clone()/>
                    <input type="hidden" name="percent" value=screen.percent.clone()/>
                    <input type="hidden" name="sets" value=screen.sets.clone()/>
                    <div data-part="state"></div>
                    <div data-part="form">
                        {whole(it, SAYS, texts)}
                        {as_text(it, screen.wrong.as_ref(), texts)}
                        <div class="actions">
                            <button class="primary" name="do" value="apply">{texts.get("filter-apply")}</button>
                            <button class="secondary" name="do" value="update" data-plain="">{texts.get("condition-update")}</button>
                            <a href=screen.back.clone()>{texts.get("filter-leave")}</a>
                        </div>
                    </div>
                </form>
                <div class="beside" data-part="beside">{beside(screen, texts)}</div>
            </div>
            {script}
        </div>
    };
    document(
        frame,
        Document {
            title,
            name: typeset(&screen.title, texts.language().code()),
            name_href: screen.home.clone(),
            style: "team",
            bundle: None,
            main: main.into_any(),
        },
    )
}

fn beside(screen: &FilterScreen, texts: &Texts) -> AnyView {
    let it = &screen.condition;
    let sentence = match (&it.sentence, it.text.is_empty()) {
        (Some(words), _) => {
            let lead = texts.get("condition-if-only");
            view! { <p class="said"><b>{lead}</b> " " {marked(words)}</p> }.into_any()
        }
        (None, true) => {
            view! { <p class="said">{texts.get("condition-nothing-only")}</p> }.into_any()
        }
        (None, false) => view! { <p class="hint">{texts.get("filter-no-sentence")}</p> }.into_any(),
    };
    let kept = screen.kept.map(|(kept, all)| {
        let language = Language::from_tag(texts.language().code());
        let named = [
            ("kept", integer(kept, language)),
            ("all", integer(all, language)),
        ];
        let words = texts.with("filter-kept", named);
        let meter = (all > 0).then(|| {
            let (most, value) = (all.to_string(), kept.to_string());
            view! { <meter min="0" max=most value=value aria-label=words.clone()>{words.clone()}</meter> }
        });
        view! { <p class="kept"><strong>{words.clone()}</strong></p> {meter} }
    });
    view! {
        <section aria-labelledby="said-h">
            <h2 id="said-h">{texts.get("condition-in-words")}</h2>
            <div role="status">{sentence} {kept}</div>
        </section>
    }
    .into_any()
}
