//! The open node as a form: what it is, its fields, its choices, rows and checks, and what can be added to it.

use leptos::prelude::*;
use questionnaire::document::edit::Node;
use questionnaire::document::form::{Control, Field, Form};

use super::adding;
use super::field;
use super::screen::{EditScreen, Editing};
use crate::i18n::Texts;
use crate::studio::team::wrong::Fields;

/// Fields that few nodes need: they stand behind a fold until one of them says something.
const RARE: [&str; 4] = ["short", "universe", "offers", "unit"];

pub(super) fn node(screen: &EditScreen, it: &Editing, texts: &Texts) -> AnyView {
    let form = &it.form;
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let is_item = matches!(form.node, Node::Item(_));
    let is_rare = |it: &Field| is_item && RARE.contains(&it.key().as_str());
    let (rare, usual): (Vec<Field>, Vec<Field>) = form.fields.iter().cloned().partition(is_rare);
    let draw = |some: &[Field]| {
        let groups = field::groups(some);
        let drawn = groups.into_iter();
        let drawn: Vec<_> = drawn
            .map(|it| field::group(&form.node, it, &fields))
            .collect();
        drawn
    };
    let is_open = rare.iter().any(|it| !it.value.is_empty());
    let more = (!rare.is_empty()).then(|| {
        let rare = draw(&rare);
        view! {
            <details open=is_open class="more">
                <summary>{texts.get("edit-more")}</summary>
                {rare}
            </details>
        }
    });
    let of_kind = |is: fn(&Node) -> bool| -> Vec<&Form> {
        form.inside.iter().filter(|it| is(&it.node)).collect()
    };
    let choices = of_kind(|it| matches!(it, Node::Choice { .. } | Node::ListChoice { .. }));
    let rows = of_kind(|it| matches!(it, Node::Row { .. }));
    let checks = of_kind(|it| matches!(it, Node::Check { .. }));
    view! {
        {head(it, texts)}
        {draw(&usual)}
        {lines("edit-rows", "row", &rows, &fields, it)}
        {lines("edit-choices", "choice", &choices, &fields, it)}
        {more}
        {lines("edit-checks", "check", &checks, &fields, it)}
        {adding::to_fill(&form.node, &form.fields, texts)}
        <p class="actions"><button class="primary" name="do" value="save">{texts.get("team-save")}</button></p>
        {adding::around(it, texts)}
    }
    .into_any()
}

/// What it is called, and what can be done with it as a whole.
fn head(it: &Editing, texts: &Texts) -> AnyView {
    let key = it.form.node.key();
    let kind = texts.get(&format!("edit-kind-{}", it.kind));
    let id = key.rsplit(':').next().unwrap_or_default().to_owned();
    let title = match &it.form.node {
        Node::Questionnaire => view! { <h2>{kind}</h2> }.into_any(),
        _ => view! { <h2>{kind} " " <code>{id}</code></h2> }.into_any(),
    };
    let moves = matches!(it.form.node, Node::Block(_) | Node::Page(_) | Node::Item(_));
    let tools = (it.form.node != Node::Questionnaire).then(|| {
        let button = |what: &str, words: String| {
            view! { <button class="secondary" name="do" value=format!("{what} {key}")>{words}</button> }
        };
        let steps = moves.then(|| {
            view! {
                {button("up", texts.get("edit-up"))}
                {button("down", texts.get("edit-down"))}
            }
        });
        let copy = matches!(it.form.node, Node::Item(_))
            .then(|| button("copy", texts.get("edit-copy")));
        view! { <div class="tools">{steps} {copy} {button("remove", texts.get("edit-remove"))}</div> }
    });
    view! {
        <div class="part-head">{title} {tools}</div>
        {adding::home(it, texts)}
        {adding::kind(it, texts)}
    }
    .into_any()
}

/// Choices, rows or checks, one under the other, each with its label in view and the rest behind a fold.
fn lines(
    key: &'static str,
    what: &'static str,
    parts: &[&Form],
    fields: &Fields<'_>,
    it: &Editing,
) -> Option<AnyView> {
    let texts = fields.texts;
    let may_have = adding::takes(it, what);
    if parts.is_empty() && !may_have {
        return None;
    }
    let n = parts.len();
    let entries: Vec<_> = parts
        .iter()
        .enumerate()
        .map(|(nth, it)| line(what, it, nth, n, fields))
        .collect();
    let id = format!("{what}s-h");
    let named = id.clone();
    Some(
        view! {
            <section class="lines" aria-labelledby=named>
                <h3 id=id>{texts.get(key)}</h3>
                <ol>{entries}</ol>
                {may_have.then(|| adding::line(it, what, texts))}
            </section>
        }
        .into_any(),
    )
}

fn line(what: &str, part: &Form, nth: usize, n: usize, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let key = part.node.key();
    let code = key.rsplit(':').next().unwrap_or_default().to_owned();
    let is_name = |it: &&Field| {
        let key = it.key();
        matches!(it.control, Control::Text { .. }) && (key == "label" || key == "message")
    };
    let names: Vec<Field> = part.fields.iter().filter(is_name).cloned().collect();
    let others: Vec<Field> = part
        .fields
        .iter()
        .filter(|it| !is_name(it))
        .cloned()
        .collect();
    let name = |it: &Field| {
        let Control::Text { language, .. } = &it.control else {
            return ().into_any();
        };
        let said = [
            ("code", code.clone()),
            (
                "language",
                crate::studio::team::frame::language_name(language, texts),
            ),
        ];
        let words = texts.with(&format!("edit-name-{what}"), said);
        view! {
            <div>
                <label class="unseen" for=it.name(&part.node)>{words}</label>
                {field::control(&part.node, it, fields)}
            </div>
        }
        .into_any()
    };
    let names: Vec<_> = names.iter().map(name).collect();
    let is_open = what == "check"
        || others
            .iter()
            .any(|it| fields.invalid(&it.name(&part.node)).is_some());
    // What is set is said without opening the fold.
    let set: Vec<String> = others
        .iter()
        .filter(|it| !it.value.is_empty())
        .map(|it| texts.get(&format!("edit-field-{}", it.key().replace('.', "-"))))
        .collect();
    let more: Vec<_> = field::groups(&others)
        .into_iter()
        .map(|it| field::group(&part.node, it, fields))
        .collect();
    let named = [("code", code.clone())];
    let button = |what: &str, may: bool| {
        let words = texts.with(&format!("edit-line-{what}"), named.clone());
        let sign = texts.get(&format!("edit-sign-{what}"));
        view! {
            <button
                class="secondary small" name="do" value=format!("{what} {}", part.node.key()) disabled=!may
                aria-label=words.clone() title=words
            >{sign}</button>
        }
    };
    view! {
        <li data-key=key>
            <div class="one">
                <code class="code">{code.clone()}</code>
                <div class="languages">{names}</div>
                <div class="tools">
                    {button("up", nth > 0)}
                    {button("down", nth + 1 < n)}
                    {button("remove", true)}
                </div>
            </div>
            <details open=is_open>
                <summary>
                    {texts.with("edit-line-more", [("code", code)])}
                    {(!set.is_empty()).then(|| view! { <span class="hint">" " {set.join(", ")}</span> })}
                </summary>
                {more}
            </details>
        </li>
    }
    .into_any()
}
