//! One field of a node.

use leptos::prelude::*;
use questionnaire::document::edit::Node;
use questionnaire::document::form::{Control, Field};

use crate::i18n::Texts;
use crate::respond::widgets::textarea_content;
use crate::studio::team::wrong::Fields;

/// The fields of a node in groups: a text in its languages is one group.
pub(super) fn groups(fields: &[Field]) -> Vec<&[Field]> {
    let is_same = |one: &Field, other: &Field| {
        let text = |it: &Field| matches!(it.control, Control::Text { .. });
        text(one)
            && text(other)
            && one.path[..one.path.len() - 1] == other.path[..other.path.len() - 1]
    };
    fields.chunk_by(is_same).collect()
}

/// A field, or a text in all its languages.
pub(super) fn group(node: &Node, fields: &[Field], form: &Fields<'_>) -> AnyView {
    match fields {
        [] => ().into_any(),
        [one] => alone(node, one, form),
        several => languages(node, several, form),
    }
}

/// The words over a field.
fn label(field: &Field, texts: &Texts) -> String {
    texts.get(&format!("edit-field-{}", field.key().replace('.', "-")))
}

fn language_name(code: &str, texts: &Texts) -> String {
    crate::studio::team::frame::language_name(code, texts)
}

/// A text in several languages, side by side; what is missing is said.
fn languages(node: &Node, fields: &[Field], form: &Fields<'_>) -> AnyView {
    let texts = form.texts;
    let id = format!("{}|{}", node.key(), fields[0].key());
    let is_written = fields.iter().any(|it| !it.value.is_empty());
    let boxes: Vec<_> = fields
        .iter()
        .map(|it| {
            let Control::Text { language, .. } = &it.control else {
                return ().into_any();
            };
            let name = it.name(node);
            let missing = (is_written && it.value.is_empty())
                .then(|| view! { <span class="badge">{texts.get("edit-missing")}</span> });
            view! {
                <div>
                    <label for=name>{language_name(language, texts)} " " {missing}</label>
                    {control(node, it, form)}
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field texts">
            <legend id=id>{label(&fields[0], texts)}</legend>
            <div class="languages">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

fn alone(node: &Node, field: &Field, form: &Fields<'_>) -> AnyView {
    let texts = form.texts;
    let name = field.name(node);
    if field.control == Control::Flag {
        return flag(&name, field, label(field, texts));
    }
    let key = field.key().replace('.', "-");
    let hint = texts.find(&format!("edit-hint-{key}")).map(|it| {
        view! { <p class="hint" id=format!("{name}-hint")>{it}</p> }
    });
    view! {
        <div class="field">
            <label for=name>{label(field, texts)}</label>
            {hint}
            {control(node, field, form)}
        </div>
    }
    .into_any()
}

/// A box. The hidden field before it says no where the box has no tick.
pub(super) fn flag(name: &str, field: &Field, label: String) -> AnyView {
    let is_on = field.value == "on";
    view! {
        <div class="check">
            <input type="hidden" name=name.to_owned() value=""/>
            <input type="checkbox" id=name.to_owned() name=name.to_owned() value="on" checked=is_on/>
            <label for=name.to_owned()>{label}</label>
        </div>
    }
    .into_any()
}

/// The control alone.
pub(super) fn control(node: &Node, field: &Field, form: &Fields<'_>) -> AnyView {
    let texts = form.texts;
    let name = field.name(node);
    let error = form.error(&name);
    let key = field.key().replace('.', "-");
    let hint = format!("{name}-hint");
    let has_hint = texts.find(&format!("edit-hint-{key}")).is_some()
        && !matches!(field.control, Control::Text { .. });
    let described = form.described(&name, has_hint.then_some(hint.as_str()));
    let invalid = form.invalid(&name);
    let value = field.value.clone();
    let line = |class: &'static str, mode: Option<&'static str>, lang: Option<String>| {
        let spelling = lang.is_none().then_some("false");
        view! {
            <input
                type="text" id=name.clone() name=name.clone() class=class inputmode=mode lang=lang value=value.clone()
                spellcheck=spelling autocomplete="off" aria-describedby=described.clone() aria-invalid=invalid
            />
        }
        .into_any()
    };
    let area = |rows: &'static str, class: &'static str, lang: Option<String>| {
        view! {
            <textarea
                id=name.clone() name=name.clone() rows=rows class=class lang=lang
                aria-describedby=described.clone() aria-invalid=invalid inner_html=textarea_content(&value)
            ></textarea>
        }
        .into_any()
    };
    let control = match &field.control {
        Control::Text {
            language,
            is_long: true,
            ..
        } => area("3", "", Some(language.clone())),
        Control::Text { language, .. } => line("full", None, Some(language.clone())),
        Control::Attributes => area("3", "code", None),
        Control::Flag => flag(&name, field, String::new()),
        Control::Whole => line("w-short", Some("numeric"), None),
        Control::Number => line("w-medium", Some("decimal"), None),
        Control::Date => {
            view! { <input type="date" id=name.clone() name=name.clone() value=value.clone() aria-invalid=invalid/> }
                .into_any()
        }
        Control::Word => line("w-medium", None, None),
        Control::Words => line("full", None, None),
        Control::Condition if field.path == ["value"] => line("full code", None, None),
        Control::Condition => view! { {line("full code", None, None)} {compose(&name, field, texts)} }.into_any(),
        Control::One(codes) => {
            let words = |code: &str| texts.find(&format!("edit-option-{code}"));
            let all = codes.iter().map(|it| (it.clone(), words(it).unwrap_or_else(|| it.clone())));
            options(&name, &field.value, all.collect(), texts.get("edit-none"))
        }
        Control::Offers => {
            let all = ["none", "dont_know", "refused", "dont_know, refused"];
            let key = |it: &str| format!("edit-offers-{}", it.replace(", ", "-"));
            let all = all.map(|it| (it.to_owned(), texts.get(&key(it))));
            options(&name, &field.value, all.to_vec(), texts.get("edit-inherited"))
        }
    };
    view! { {error} {control} }.into_any()
}

/// The way to where a condition is put together: a button, so that what is typed goes along.
fn compose(name: &str, field: &Field, texts: &Texts) -> AnyView {
    let what = [("what", label(field, texts))];
    view! {
        <button class="secondary compose" name="do" value=format!("condition {name}") aria-label=texts.with("condition-compose-of", what)>
            {texts.get("condition-compose")}
        </button>
    }
    .into_any()
}

fn options(name: &str, value: &str, all: Vec<(String, String)>, none: String) -> AnyView {
    let is_known = value.is_empty() || all.iter().any(|it| it.0 == value);
    // What stands there stays, known or not.
    let unknown = (!is_known).then(
        || view! { <option value=value.to_owned() selected=true>{value.to_owned()}</option> },
    );
    let options: Vec<_> = all
        .into_iter()
        .map(|(code, words)| {
            let is_it = code == value;
            view! { <option value=code selected=is_it>{words}</option> }
        })
        .collect();
    view! {
        <select id=name.to_owned() name=name.to_owned()>
            <option value="" selected=value.is_empty()>{none}</option>
            {unknown}
            {options}
        </select>
    }
    .into_any()
}
