//! For how long what was given to a wave is kept: the days, what they come to, what is gone.

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use super::frame::wave_page;
use super::retention_screen::{ErasedLine, RetentionScreen};
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/s/{study}/waves/{wave}/retention`
pub(crate) fn retention(frame: &Frame, screen: &RetentionScreen) -> String {
    let texts = Texts::of(frame.language);
    let head = &screen.head;
    let fields = Fields {
        texts,
        wrong: head.wrong.as_ref(),
    };
    let ends = match &screen.ends_on {
        Some(day) => {
            let key = match screen.has_ended {
                true => "retention-ended",
                false => "retention-ends",
            };
            texts.with(key, [("day", texts.date(day))])
        }
        None => texts.get("retention-no-end"),
    };
    let values = &screen.values;
    let usual = [("n", FluentValue::from(u64::from(screen.usual_drafts)))];
    let drafts = [("n", FluentValue::from(u64::from(screen.drafts_days)))];
    let body = view! {
        <p>{ends}</p>
        <form method="post" action=paths::retention(&head.study.slug, &head.slug) class="settings">
            {days("contacts", &values.contacts, &fields, Said {
                label: texts.get("retention-contacts"),
                unit: texts.get("retention-after-end"),
                hint: texts.get("retention-contacts-hint"),
                comes_to: comes_to(screen, screen.contacts_on.as_deref(), &values.contacts, texts),
            })}
            {days("drafts", &values.drafts, &fields, Said {
                label: texts.get("retention-drafts"),
                unit: texts.get("retention-after-save"),
                hint: texts.with("retention-drafts-hint", usual),
                comes_to: texts.with("retention-drafts-daily", drafts),
            })}
            {days("answers", &values.answers, &fields, Said {
                label: texts.get("retention-answers"),
                unit: texts.get("retention-after-end"),
                hint: texts.get("retention-answers-hint"),
                comes_to: comes_to(screen, screen.answers_on.as_deref(), &values.answers, texts),
            })}
            {screen.at_once.as_ref().map(|it| confirm(it, &fields))}
            <button class="primary">{texts.get("team-save")}</button>
        </form>
        {gone(screen, texts)}
    };
    let title = texts.get("retention-title");
    wave_page(frame, head, "retention-title", title, body.into_any())
}

/// What is said around a number of days.
struct Said {
    label: String,
    /// Days after what.
    unit: String,
    hint: String,
    /// What the days that are set come to.
    comes_to: String,
}

fn days(name: &'static str, value: &str, fields: &Fields<'_>, said: Said) -> impl IntoView + use<> {
    // What stands there may not be what is set.
    let comes_to = fields.wrong.is_none().then_some(said.comes_to);
    let comes_to = comes_to.map(|it| view! { <p class="comes-to">{it}</p> });
    let hint = format!("{name}-hint");
    let unit = format!("{name}-unit");
    let described = fields.described(name, Some(&format!("{unit} {hint}")));
    view! {
        <div class="field">
            <label for=name>{said.label}</label>
            <p class="hint" id=hint>{said.hint}</p>
            {fields.error(name)}
            <div class="days">
                <input id=name name=name type="number" min="0" max="36500" inputmode="numeric"
                    aria-invalid=fields.invalid(name) aria-describedby=described
                    value=value.to_owned()/>
                <span id=unit>{said.unit}</span>
            </div>
            {comes_to}
        </div>
    }
}

/// What the days after the end come to.
fn comes_to(screen: &RetentionScreen, on: Option<&str>, value: &str, texts: &Texts) -> String {
    match (value.is_empty(), on) {
        (true, _) => texts.get("retention-kept"),
        // ISO days are in the order of their text.
        (false, Some(day)) if day < screen.today.as_str() => {
            texts.with("retention-over", [("day", texts.date(day))])
        }
        (false, Some(day)) => texts.with("retention-on", [("day", texts.date(day))]),
        (false, None) => texts.get("retention-unknown"),
    }
}

/// What would go at once is gone for good: whoever means it says so.
fn confirm(at_once: &ErasedLine, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let lines: Vec<_> = parts(at_once, texts)
        .into_iter()
        .map(|it| view! { <li>{it}</li> })
        .collect();
    view! {
        <div class="field at-once">
            <p>{texts.get("retention-at-once")}</p>
            <ul>{lines}</ul>
            <div class="option">
                <input type="checkbox" id="confirm" name="confirm" value="yes"
                    aria-invalid=fields.invalid("confirm")
                    aria-describedby=fields.described("confirm", None)/>
                <label for="confirm">{texts.get("retention-confirm")}</label>
            </div>
            {fields.error("confirm")}
        </div>
    }
    .into_any()
}

/// « 21 réponses », « 3 brouillons »: what there is of each.
fn parts(line: &ErasedLine, texts: &Texts) -> Vec<String> {
    let language = chart::Language::from_tag(texts.language().code());
    let all = [
        (line.n_contacts, "retention-n-contacts"),
        (line.n_drafts, "retention-n-drafts"),
        (line.n_answers, "retention-n-answers"),
    ];
    let there = all.into_iter().filter(|it| it.0 > 0);
    there
        .map(|(n, key)| {
            let words = [
                ("n", FluentValue::from(n)),
                ("count", FluentValue::from(integer(n, language))),
            ];
            texts.with(key, words)
        })
        .collect()
}

fn gone(screen: &RetentionScreen, texts: &Texts) -> impl IntoView + use<> {
    let lines: Vec<_> = screen
        .erased
        .iter()
        .map(|it| {
            let day = texts.date(&it.day);
            view! {
                <li>
                    <time datetime=it.day.clone()>{day}</time>
                    <span class="quiet">{parts(it, texts).join(" · ")}</span>
                </li>
            }
        })
        .collect();
    let list = match lines.is_empty() {
        true => view! { <p class="hint">{texts.get("retention-nothing-gone")}</p> }.into_any(),
        false => view! { <ul class="lines">{lines}</ul> }.into_any(),
    };
    let study = &screen.head.study;
    let audit = study.may_audit.then(|| {
        let href = paths::audit(&study.slug);
        view! { <p><a href=href>{texts.get("retention-audit")}</a></p> }
    });
    view! {
        <section aria-labelledby="gone-h">
            <h2 id="gone-h">{texts.get("retention-gone")}</h2>
            {list}
            {audit}
        </section>
    }
}
