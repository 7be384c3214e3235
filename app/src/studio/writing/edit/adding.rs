//! What can be added, and where a node may be put: the button twin of every drag.

use leptos::prelude::*;
use questionnaire::document::edit::Node;
use questionnaire::document::form::Field;

use super::screen::Editing;
use crate::i18n::Texts;

/// Kinds of items, the usual ones first.
const KINDS: [&str; 15] = [
    "single",
    "multiple",
    "text",
    "quantity",
    "money",
    "date",
    "scale",
    "grid",
    "rank",
    "territory",
    "consent",
    "contact",
    "statement",
    "computed",
    "roster",
];

/// Whether choices, rows or checks can be added to the open node.
pub(super) fn takes(it: &Editing, what: &str) -> bool {
    let is_asked = |it: &Editing| it.form.fields.iter().any(|it| it.key() == "required");
    let has_list = it
        .form
        .fields
        .iter()
        .any(|it| it.path == ["list"] && !it.value.is_empty());
    match (&it.form.node, what) {
        (Node::List(_), "choice") => true,
        (Node::Item(_), "choice") => {
            !has_list
                && (matches!(
                    it.kind,
                    "single" | "multiple" | "scale" | "rank" | "territory"
                ) || (it.kind == "grid" && !is_numeric(it)))
        }
        (Node::Item(_), "row") => it.kind == "grid",
        (Node::Item(_), "check") => is_asked(it),
        _ => false,
    }
}

fn is_numeric(it: &Editing) -> bool {
    let fields = &it.form.fields;
    fields
        .iter()
        .any(|it| it.path == ["cells"] && it.value == "quantity")
}

/// One more choice, row or check.
pub(super) fn line(it: &Editing, what: &'static str, texts: &Texts) -> impl IntoView + use<> {
    let id = format!("new-{what}");
    let code = format!("{id}-code");
    view! {
        <div class="add">
            <label for=id.clone()>{texts.get(&format!("edit-new-{what}"))}</label>
            <input type="text" id=id.clone() name=id autocomplete="off"/>
            <label for=code.clone()>{texts.get("edit-new-code")}</label>
            <input type="text" class="w-medium code" id=code.clone() name=code spellcheck="false" autocomplete="off"/>
            <button class="secondary" name="do" value=format!("add-{what} {}", it.form.node.key())>
                {texts.get("edit-add")}
            </button>
        </div>
    }
}

/// One more case of a text that depends on the answers.
pub(super) fn to_fill(node: &Node, fields: &[Field], texts: &Texts) -> Option<AnyView> {
    let Node::Fill(_) = node else { return None };
    let n_cases = fields.iter().filter(|it| it.key() == "cases.when").count();
    let last = (n_cases > 0).then(|| {
        let value = format!("remove-case {}", node.key());
        view! { <button class="secondary" name="do" value=value>{texts.get("edit-remove-case")}</button> }
    });
    Some(
        view! {
            <div class="tools">
                <button class="secondary" name="do" value=format!("add-case {}", node.key())>
                    {texts.get("edit-add-case")}
                </button>
                {last}
            </div>
        }
        .into_any(),
    )
}

/// What comes after the open node, or into it.
pub(super) fn around(it: &Editing, texts: &Texts) -> AnyView {
    let key = it.form.node.key();
    let add = |what: &str, words: String| {
        view! { <button class="secondary" name="do" value=format!("{what} {key}")>{words}</button> }
    };
    let item = |heading: &'static str| {
        let kinds: Vec<_> = KINDS
            .iter()
            .map(|it| view! { <option value=*it>{texts.get(&format!("edit-kind-{it}"))}</option> })
            .collect();
        view! {
            <fieldset class="add item">
                <legend>{texts.get(heading)}</legend>
                <div>
                    <label for="new-label">{texts.get("edit-new-label")}</label>
                    <input type="text" id="new-label" name="new-label" class="full" autocomplete="off"/>
                </div>
                <div>
                    <label for="new-id">{texts.get("edit-new-id")}</label>
                    <p class="hint" id="new-id-hint">{texts.get("edit-new-id-hint")}</p>
                    <input
                        type="text" id="new-id" name="new-id" class="w-long code" spellcheck="false" autocomplete="off"
                        aria-describedby="new-id-hint"
                    />
                </div>
                <div>
                    <label for="new-kind">{texts.get("edit-new-kind")}</label>
                    <select id="new-kind" name="new-kind">{kinds}</select>
                </div>
                {add("add-item", texts.get("edit-add"))}
            </fieldset>
        }
        .into_any()
    };
    match &it.form.node {
        Node::Questionnaire => view! {
            <div class="tools">
                {add("add-block", texts.get("edit-add-block"))}
                {add("add-list", texts.get("edit-add-list"))}
                {add("add-fill", texts.get("edit-add-fill"))}
                {add("add-net", texts.get("edit-add-net"))}
            </div>
        }
        .into_any(),
        Node::Block(_) => view! {
            <div class="tools">
                {add("add-page", texts.get("edit-add-page"))}
                {add("add-block", texts.get("edit-add-block-after"))}
            </div>
        }
        .into_any(),
        Node::Page(_) => view! {
            {item("edit-add-to-page")}
            <div class="tools">{add("add-page", texts.get("edit-add-page-after"))}</div>
        }
        .into_any(),
        Node::Item(_) if it.kind == "roster" => item("edit-add-to-roster"),
        Node::Item(_) => item("edit-add-after"),
        _ => ().into_any(),
    }
}

/// Where the open node is, to put it elsewhere.
pub(super) fn home(it: &Editing, texts: &Texts) -> Option<AnyView> {
    if it.homes.len() < 2 {
        return None;
    }
    let options: Vec<_> = it
        .homes
        .iter()
        .map(|(key, name)| {
            let is_here = *key == it.home;
            view! { <option value=key.clone() selected=is_here>{name.clone()}</option> }
        })
        .collect();
    let key = it.form.node.key();
    Some(
        view! {
            <div class="add">
                <label for="home">{texts.get("edit-home")}</label>
                <select id="home" name="home">{options}</select>
                <button class="secondary" name="do" value=format!("put {key}")>{texts.get("edit-put")}</button>
            </div>
        }
        .into_any(),
    )
}

/// What kind of question the open node is, to make it another.
pub(super) fn kind(it: &Editing, texts: &Texts) -> Option<AnyView> {
    let Node::Item(_) = it.form.node else {
        return None;
    };
    let options: Vec<_> = KINDS
        .iter()
        .map(|kind| {
            let is_it = *kind == it.kind;
            let words = texts.get(&format!("edit-kind-{kind}"));
            view! { <option value=*kind selected=is_it>{words}</option> }
        })
        .collect();
    let key = it.form.node.key();
    Some(
        view! {
            <div class="add">
                <label for="kind">{texts.get("edit-kind")}</label>
                <select id="kind" name="kind">{options}</select>
                <button class="secondary" name="do" value=format!("turn {key}")>{texts.get("edit-turn")}</button>
            </div>
        }
        .into_any(),
    )
}
