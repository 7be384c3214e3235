//! Beginning a study: empty, from a file, from a questionnaire of the program, from another study.

use leptos::prelude::*;

use super::findings::findings;
use super::screen::BeginScreen;
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
    let option = |value: String, words: String| {
        let selected = value == values.from;
        view! { <option value=value selected=selected>{words}</option> }
    };
    let built_in: Vec<_> = screen
        .built_in
        .iter()
        .map(|(id, title)| option(format!("built-in:{id}"), title.clone()))
        .collect();
    let studies: Vec<_> = screen
        .studies
        .iter()
        .map(|(slug, title)| option(format!("study:{slug}"), title.clone()))
        .collect();
    let studies = (!studies.is_empty()).then(|| {
        view! { <optgroup label=texts.get("writing-from-study")>{studies}</optgroup> }
    });
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
    let body = view! {
        {findings(&screen.findings, "", texts)}
        <form method="post" action=paths::begin_study() enctype="multipart/form-data" class="settings">
            <div class="field">
                <label for="from">{texts.get("writing-from")}</label>
                <select id="from" name="from">
                    {option("empty".to_owned(), texts.get("writing-from-empty"))}
                    {option("file".to_owned(), texts.get("writing-from-file"))}
                    <optgroup label=texts.get("writing-from-built-in")>{built_in}</optgroup>
                    {studies}
                </select>
            </div>
            <div class="field">
                <label for="file">{texts.get("writing-file")}</label>
                <p class="hint" id="file-hint">{texts.get("writing-file-hint")}</p>
                {fields.error("file")}
                <input id="file" name="file" type="file" accept=".yaml,.yml,.json"
                    aria-describedby=fields.described("file", Some("file-hint"))
                    aria-invalid=fields.invalid("file")/>
            </div>
            {field("study-title", "writing-study-title", &values.title, "writing-study-title-hint")}
            {field("slug", "writing-slug", &values.slug, "writing-slug-hint")}
            <div class="actions">
                <button class="primary">{texts.get("writing-begin-now")}</button>
            </div>
        </form>
    };
    let title = texts.get("writing-begin");
    let error = screen.wrong.as_ref().map(|it| it.code);
    page(frame, &screen.who, title, error, body.into_any())
}
