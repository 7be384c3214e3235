//! Which responses of a wave count: how complete each is, and why some are set aside.

use chart::integer;
use leptos::prelude::*;

use super::field_screen::{AdmissibilityScreen, JudgedLine};
use super::frame::wave_page;
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/s/{study}/waves/{wave}/admissibility`
pub(crate) fn admissibility(frame: &Frame, screen: &AdmissibilityScreen) -> String {
    let texts = Texts::of(frame.language);
    let action = paths::admissibility(&screen.head.study.slug, &screen.head.slug);
    let list = if screen.responses.is_empty() {
        view! {
            <div class="empty">
                <h2>{texts.get("field-no-response")}</h2>
                <p>{texts.get("field-no-response-yet")}</p>
            </div>
        }
        .into_any()
    } else {
        let lines: Vec<_> = screen
            .responses
            .iter()
            .map(|it| line(it, &action, screen, texts))
            .collect();
        let known = screen.reasons.iter().map(|(reason, _)| {
            view! { <option value=reason.clone()></option> }
        });
        let known: Vec<_> = known.collect();
        view! {
            <div class="wide">
            <table class="list judged">
                <caption>{texts.get("field-responses")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("field-response")}</th>
                        <th scope="col">{texts.get("field-complete")}</th>
                        <th scope="col">{texts.get("team-state")}</th>
                        <th scope="col">{texts.get("team-change")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <datalist id="reasons">{known}</datalist>
            </div>
        }
        .into_any()
    };
    let next = screen
        .next
        .clone()
        .map(|href| view! { <p><a href=href>{texts.get("field-next")}</a></p> });
    let early = screen
        .is_open
        .then(|| view! { <p class="hint">{texts.get("field-still-open")}</p> });
    let about = (!screen.responses.is_empty())
        .then(|| view! { <p class="hint">{texts.get("field-judge-hint")}</p> });
    let body = view! {
        {counts(screen, texts)}
        {about}
        {early}
        {list}
        {next}
    };
    let title = texts.get("field-admissibility");
    wave_page(
        frame,
        &screen.head,
        "field-admissibility",
        title,
        body.into_any(),
    )
}

/// « 25 invités, 21 retenus », and why the others are not.
fn counts(screen: &AdmissibilityScreen, texts: &Texts) -> impl IntoView + use<> {
    let language = chart::Language::from_tag(texts.language().code());
    let n = |n: u64| integer(n, language);
    let counted = screen.n_received.saturating_sub(screen.n_set_aside);
    let mut figures = vec![];
    if let Some(n_invited) = screen.n_invited {
        figures.push((n(n_invited), "field-n-invited"));
    }
    figures.push((n(screen.n_received), "field-n-received"));
    figures.push((n(screen.n_set_aside), "field-n-aside"));
    figures.push((n(counted), "field-n-counted"));
    if screen.n_withdrawn > 0 {
        figures.push((n(screen.n_withdrawn), "field-n-withdrawn"));
    }
    let figures: Vec<_> = figures
        .into_iter()
        .map(|(n, key)| view! { <div><dt>{texts.get(key)}</dt><dd>{n}</dd></div> })
        .collect();
    let reasons: Vec<_> = screen
        .reasons
        .iter()
        .map(|(reason, count)| view! { <li>{reason.clone()} " (" {n(*count)} ")"</li> })
        .collect();
    let reasons = (!reasons.is_empty()).then(|| {
        view! {
            <h2>{texts.get("admission-reasons")}</h2>
            <ul class="reasons">{reasons}</ul>
        }
    });
    view! { <dl class="figures">{figures}</dl> {reasons} }
}

fn line(
    it: &JudgedLine,
    action: &str,
    screen: &AdmissibilityScreen,
    texts: &Texts,
) -> impl IntoView + use<> {
    let fields = Fields {
        texts,
        wrong: screen.head.wrong.as_ref(),
    };
    let language = chart::Language::from_tag(texts.language().code());
    // The first digits of a random key are enough to tell apart what one person looks at.
    let short: String = it.id.chars().take(8).collect();
    let of = [("response", short.clone())];
    let complete = texts.with(
        "field-answered",
        [
            ("answered", integer(it.n_answered, language)),
            ("asked", integer(it.n_asked, language)),
        ],
    );
    let change = match &it.reason {
        Some(_) => view! {
            <button class="secondary" name="do" value="back" aria-label=texts.with("field-back-of", of)>
                {texts.get("field-back")}
            </button>
        }
        .into_any(),
        None => {
            let id = format!("reason-{}", it.id);
            view! {
                <label class="unseen" for=id.clone()>{texts.with("field-reason-of", of.clone())}</label>
                <input id=id.clone() name="reason" required=true maxlength="300" autocomplete="off"
                    list="reasons" placeholder=texts.get("field-reason")
                    aria-invalid=fields.invalid(&id) aria-describedby=fields.described(&id, None)/>
                <button class="secondary" name="do" value="aside" aria-label=texts.with("field-aside-of", of)>
                    {texts.get("field-aside")}
                </button>
            }
            .into_any()
        }
    };
    let is_counted = it.reason.is_none();
    let after = screen.after.clone();
    let after = after.map(|it| view! { <input type="hidden" name="after" value=it/> });
    let state = match &it.reason {
        None => texts.get("field-counted"),
        Some(reason) => texts.with("field-set-aside", [("reason", reason.clone())]),
    };
    let row = format!("r-{short}");
    view! {
        <tr id=row data-aside=(!is_counted).to_string()>
            <th scope="row"><code>{short}</code></th>
            <td><meter min="0" max=it.n_asked.max(1).to_string() value=it.n_answered.to_string() aria-hidden="true"></meter>" "<span class="of">{complete}</span></td>
            <td>{state}</td>
            <td class="links">
                {fields.error(&format!("reason-{}", it.id))}
                <form method="post" action=action.to_owned()>
                    <input type="hidden" name="response" value=it.id.clone()/>
                    {after}
                    {change}
                </form>
            </td>
        </tr>
    }
}
