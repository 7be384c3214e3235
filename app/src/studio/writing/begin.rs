//! Beginning a study: empty, from a questionnaire of the program, from a file, from another study.
//!
//! The script `app/script/begin.js` lets files be dropped; without it they are picked.

use leptos::prelude::*;

use super::screen::{BeginScreen, FileFault};
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::page;
use crate::studio::team::wrong::Fields;
use crate::ui::Frame;

/// `/studio/new`
pub(crate) fn begin(frame: &Frame, screen: &BeginScreen) -> String {
    let texts = Texts::of(frame.language);
    let values = &screen.values;
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let field = |name: &'static str, label: &str, value: &str, hint: &str| {
        let hint_id = format!("{name}-hint");
        view! {
            <div class="field">
                <label for=name>{texts.get(label)}</label>
                <p class="hint" id=hint_id.clone()>{texts.get(hint)}</p>
                {fields.error(name)}
                <input id=name name=name maxlength="200" autocomplete="off" value=value.to_owned()
                    aria-describedby=fields.described(name, Some(&hint_id))
                    aria-invalid=fields.invalid(name)/>
            </div>
        }
    };
    let script = frame.manifest.script("begin").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let body = view! {
        {faults(&screen.faults, values.origin() == "file", texts)}
        <form method="post" action=paths::begin_study() enctype="multipart/form-data" class="settings begin" id="begin">
            {origins(screen, &fields)}
            {field("study-title", "writing-study-title", &values.title, "writing-study-title-hint")}
            {field("slug", "writing-slug", &values.slug, "writing-slug-hint")}
            <div class="actions">
                <button class="primary">{texts.get("writing-begin-now")}</button>
            </div>
        </form>
        {script}
    };
    let title = texts.get("writing-begin");
    let error = screen.wrong.as_ref().map(|it| it.code);
    page(frame, &screen.who, title, error, body.into_any())
}

/// From what it begins; what belongs to an origin stands under it.
fn origins(screen: &BeginScreen, fields: &Fields<'_>) -> AnyView {
    let (texts, values) = (fields.texts, &screen.values);
    let origin = |value: &'static str, inside: Option<AnyView>| {
        let is_chosen = values.origin() == value;
        let inside = inside.map(|it| view! { <div class="inside">{it}</div> });
        view! {
            <div class="origin">
                <label class="option">
                    <input type="radio" name="from" value=value checked=is_chosen/>
                    <span>{texts.get(&format!("writing-from-{value}"))}</span>
                </label>
                {inside}
            </div>
        }
        .into_any()
    };
    let select = |name: &'static str, label: &str, all: &[(String, String)], chosen: &str| {
        let options: Vec<_> = all
            .iter()
            .map(|(value, words)| {
                let is_chosen = value == chosen;
                view! { <option value=value.clone() selected=is_chosen>{words.clone()}</option> }
            })
            .collect();
        view! {
            <div class="field">
                <label for=name>{texts.get(label)}</label>
                <select id=name name=name>{options}</select>
            </div>
        }
        .into_any()
    };
    let built_in = select(
        "built-in",
        "writing-which-built-in",
        &screen.built_in,
        &values.built_in,
    );
    let study = (!screen.studies.is_empty()).then(|| {
        let inside = select(
            "study",
            "writing-which-study",
            &screen.studies,
            &values.study,
        );
        origin("study", Some(inside))
    });
    let file = view! {
        <div class="field drop" id="drop">
            <label for="file">{texts.get("writing-file")}</label>
            <p class="hint" id="file-hint">{texts.get("writing-file-hint")}</p>
            <p class="hint by-script" id="drop-hint" hidden=true>{texts.get("writing-drop-hint")}</p>
            {fields.error("file")}
            <input id="file" name="file" type="file" accept=".yaml,.yml,.json,application/yaml,application/json"
                aria-describedby=fields.described("file", Some("file-hint"))
                aria-invalid=fields.invalid("file")/>
            <p class="unseen" role="status" id="dropped" data-words=texts.with("writing-dropped", [("name", "{name}")])></p>
        </div>
    };
    view! {
        <fieldset>
            <legend>{texts.get("writing-from")}</legend>
            {origin("empty", None)}
            {origin("built-in", Some(built_in))}
            {origin("file", Some(file.into_any()))}
            {study}
        </fieldset>
    }
    .into_any()
}

/// What is wrong with the questionnaire from which one would begin, and where in it.
fn faults(all: &[FileFault], is_file: bool, texts: &Texts) -> Option<AnyView> {
    let fault = |it: &FileFault| {
        let place = [
            ("line", it.line.to_string()),
            ("column", it.column.to_string()),
        ];
        let advice = it.advice.clone();
        view! {
            <li data-severity=it.severity>
                <p>
                    <span class="badge">{texts.get(&format!("writing-is-{}", it.severity))}</span> " "
                    <strong>{texts.with("writing-at", place)}</strong> " "
                    <code>{it.code.clone()}</code>
                </p>
                <p>{it.message.clone()}</p>
                {advice.map(|it| view! { <p class="hint">{it}</p> })}
            </li>
        }
    };
    let lines: Vec<_> = all.iter().map(fault).collect();
    let view = view! {
        <section class="faults" aria-labelledby="faults-h">
            <h2 id="faults-h">{texts.get("writing-faults")}</h2>
            {is_file.then(|| view! { <p class="hint">{texts.get("writing-faults-hint")}</p> })}
            <ol class="findings">{lines}</ol>
        </section>
    };
    (!all.is_empty()).then(|| view.into_any())
}
