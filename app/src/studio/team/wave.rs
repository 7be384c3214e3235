//! A wave: making one, and settling who may answer it, when, and in which language; [`closing`]: its link, and
//! what it says when it is closed.

use leptos::prelude::*;

use super::closing;
use super::field_screen::{WaveNow, WaveScreen, WaveValues};
use super::frame::{language_name, wave_page};
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::ui::Frame;
use crate::{moment, paths};

/// `/studio/s/{study}/waves`
pub(crate) fn new_wave(frame: &Frame, screen: &WaveScreen) -> String {
    let texts = Texts::of(frame.language);
    let values = &screen.values;
    let fields = fields(screen, texts);
    let body = view! {
        <form method="post" action=paths::waves(&screen.head.study.slug) class="settings">
            <div class="field">
                <label for="slug">{texts.get("field-slug")}</label>
                <p class="hint" id="slug-hint">{texts.get("field-slug-hint")}</p>
                {fields.error("slug")}
                <input id="slug" name="slug" required=true maxlength="64" autocomplete="off"
                    spellcheck="false" aria-invalid=fields.invalid("slug")
                    aria-describedby=fields.described("slug", Some("slug-hint"))
                    value=values.slug.clone()/>
            </div>
            {who(values, &fields)}
            {when(values, &fields)}
            {language(values, &screen.languages, texts)}
            <button class="primary">{texts.get("field-create")}</button>
        </form>
    };
    wave_page(
        frame,
        &screen.head,
        "",
        texts.get("field-new"),
        body.into_any(),
    )
}

/// `/studio/s/{study}/waves/{wave}/settings`
pub(crate) fn wave_settings(frame: &Frame, screen: &WaveScreen) -> String {
    let texts = Texts::of(frame.language);
    let action = paths::settings(&screen.head.study.slug, &screen.head.slug);
    let values = &screen.values;
    let now = screen.now.as_ref().map(|it| now(it, &action, texts));
    let fields = fields(screen, texts);
    let jumps = ["link", "when", "closing", "who"].map(|id| {
        let words = texts.get(&format!("field-{id}"));
        view! { <li><a href=format!("#{id}-h")>{words}</a></li> }
    });
    let link = screen.now.as_ref().map(|it| {
        let (study, wave) = (&screen.head.study.slug, &screen.head.slug);
        closing::link(study, wave, &it.link, texts)
    });
    let body = view! {
        {now}
        <nav class="jumps" aria-label=texts.get("field-jumps")>
            <ul>{jumps.into_iter().collect::<Vec<_>>()}</ul>
        </nav>
        {link}
        <section aria-labelledby="when-h">
            <h2 id="when-h">{texts.get("field-when")}</h2>
            <form method="post" action=action.clone() class="settings">
                {when(values, &fields)}
                {language(values, &screen.languages, texts)}
                <button class="primary" name="do" value="when">{texts.get("team-save")}</button>
            </form>
        </section>
        {closing::section(&screen.closing, &action, &fields)}
        <section aria-labelledby="who-h">
            <h2 id="who-h">{texts.get("field-who")}</h2>
            <form method="post" action=action.clone() class="settings">
                {who(values, &fields)}
                <button class="primary" name="do" value="who">{texts.get("team-save")}</button>
            </form>
        </section>
    };
    let title = texts.get("field-settings");
    wave_page(
        frame,
        &screen.head,
        "field-settings",
        title,
        body.into_any(),
    )
}

fn fields<'a>(screen: &'a WaveScreen, texts: &'a Texts) -> Fields<'a> {
    Fields {
        texts,
        wrong: screen.head.wrong.as_ref(),
    }
}

/// How it stands, and the one button that changes that.
fn now(it: &WaveNow, action: &str, texts: &Texts) -> impl IntoView + use<> {
    let is_open = it.state == "open";
    let (key, does) = if is_open {
        ("field-close-now", "close")
    } else {
        ("field-open-now", "open")
    };
    let takes_off = (!is_open && it.by_date)
        .then(|| view! { <p class="hint">{texts.get("field-takes-off")}</p> });
    let dates = [
        (&it.opens, "field-opens-at"),
        (&it.closes, "field-closes-at"),
    ];
    let dates: Vec<_> = dates
        .into_iter()
        .filter_map(|(at, key)| {
            let words = moment::words(texts, at.as_ref()?);
            Some(view! { <p>{texts.with(key, [("moment", words)])}</p> })
        })
        .collect();
    view! {
        <div class="standing">
            <div>
                <p>
                    <span class="badge" data-open=is_open.to_string()>
                        {texts.get(&format!("team-wave-{}", it.state))}
                    </span>
                </p>
                {dates}
            </div>
            <form method="post" action=action.to_owned()>
                <button class="secondary" name="do" value=does>{texts.get(key)}</button>
            </form>
            {takes_off}
        </div>
    }
}

fn when(values: &WaveValues, fields: &Fields<'_>) -> impl IntoView + use<> {
    let texts = fields.texts;
    let zones: Vec<_> = moment::ZONES
        .iter()
        .map(|it| view! { <option value=*it>{moment::clocks(texts, it)}</option> })
        .collect();
    let moment = |name: &'static str, label: &str, value: &str| {
        view! {
            <div class="field">
                <label for=name>{texts.get(label)}</label>
                {fields.error(name)}
                <input id=name name=name type="datetime-local" value=value.to_owned()
                    aria-invalid=fields.invalid(name)
                    aria-describedby=fields.described(name, Some("when-hint"))/>
            </div>
        }
    };
    view! {
        <p class="hint" id="when-hint">{texts.get("field-when-hint")}</p>
        <div class="pair">
            {moment("opens", "field-opens", &values.opens)}
            {moment("closes", "field-closes", &values.closes)}
        </div>
        <div class="field">
            <label for="zone">{texts.get("field-zone")}</label>
            <p class="hint" id="zone-hint">{texts.get("field-zone-hint")}</p>
            {fields.error("zone")}
            <input id="zone" name="zone" list="zones" required=true autocomplete="off"
                spellcheck="false" aria-invalid=fields.invalid("zone")
                aria-describedby=fields.described("zone", Some("zone-hint"))
                value=values.zone.clone()/>
            <datalist id="zones">{zones}</datalist>
        </div>
        <details class="aside">
            <summary>{texts.get("field-clocks")}</summary>
            <p class="hint">{texts.get("field-clocks-hint")}</p>
        </details>
    }
}

fn who(values: &WaveValues, fields: &Fields<'_>) -> impl IntoView + use<> {
    let texts = fields.texts;
    let choice = |name: &'static str, code: &'static str, chosen: &str, words: String| {
        let id = format!("{name}-{code}");
        view! {
            <div class="option">
                <input type="radio" id=id.clone() name=name value=code checked=code == chosen/>
                <label for=id>{words}</label>
            </div>
        }
    };
    let access = ["open", "invitation", "both"].map(|code| {
        let words = texts.get(&format!("field-access-{code}"));
        choice("access", code, &values.access, words)
    });
    let kept = ["anonymous", "named"].map(|code| {
        let words = texts.get(&format!("field-kept-{code}"));
        choice("kept", code, &values.kept, words)
    });
    view! {
        <fieldset>
            <legend>{texts.get("field-access")}</legend>
            {access.into_iter().collect::<Vec<_>>()}
        </fieldset>
        <fieldset aria-describedby=fields.described("kept-anonymous", Some("kept-hint"))>
            <legend>{texts.get("field-kept")}</legend>
            {fields.error("kept-anonymous")}
            {kept.into_iter().collect::<Vec<_>>()}
            <p class="hint" id="kept-hint">{texts.get("field-kept-hint")}</p>
        </fieldset>
        <div class="field short">
            <label for="max">{texts.get("field-max")}</label>
            <p class="hint" id="max-hint">{texts.get("field-max-hint")}</p>
            {fields.error("max")}
            <input id="max" name="max" type="number" min="1" inputmode="numeric"
                aria-invalid=fields.invalid("max")
                aria-describedby=fields.described("max", Some("max-hint"))
                value=values.max.clone()/>
        </div>
    }
}

fn language(values: &WaveValues, languages: &[String], texts: &Texts) -> impl IntoView + use<> {
    let options: Vec<_> = languages
        .iter()
        .map(|it| {
            let words = language_name(it, texts);
            view! { <option value=it.clone() selected=*it == values.language>{words}</option> }
        })
        .collect();
    view! {
        <div class="field short">
            <label for="language">{texts.get("field-language")}</label>
            <p class="hint" id="language-hint">{texts.get("field-language-hint")}</p>
            <select id="language" name="language" aria-describedby="language-hint">{options}</select>
        </div>
    }
}
