//! The figures that are wanted of a questionnaire: what nothing feeds, what none uses, and one form for all.

use leptos::prelude::*;

use super::plan_screen::{FigureLine, PlanScreen, PlanShown, UnusedLine};
use super::source::{clashes, places, said};
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::{language_name, study_page};
use crate::studio::team::wrong::Fields;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/plan`
pub(crate) fn plan(frame: &Frame, screen: &PlanScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let done = screen.done.map(|code| {
        let words = texts.get(&format!("edit-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let body = match &screen.plan {
        None => view! {
            <p>{texts.get("edit-no-questionnaire")}</p>
            <p><a class="button secondary" href=paths::questionnaire(study)>{texts.get("writing-to-text")}</a></p>
        }
        .into_any(),
        Some(it) => whole(study, screen, it, &fields),
    };
    let body = view! {
        {places(study, "plan-title", texts)}
        {done}
        {clashes(&screen.clashes, texts)}
        {body}
    };
    study_page(
        frame,
        &screen.head,
        "writing-title",
        texts.get("plan-title"),
        screen.wrong.clone(),
        body.into_any(),
    )
}

fn whole(study: &str, screen: &PlanScreen, it: &PlanShown, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let comments = screen
        .has_comments
        .then(|| view! { <p class="hint">{texts.get("edit-comments")}</p> });
    let unknown = (!it.is_known).then(|| {
        let href = paths::questionnaire(study);
        view! {
            <p class="verdict" data-sound="false">
                {texts.get("plan-unknown")} " " <a href=href>{texts.get("writing-to-text")}</a>
            </p>
        }
    });
    view! {
        <p class="hint">{texts.get("plan-about")}</p>
        {comments}
        {unknown}
        <form method="post" action=paths::plan(study) class="plan">
            // The first button of a form is the one that Enter presses.
            <button class="unseen" name="do" value="save" tabindex="-1" aria-hidden="true">
                {texts.get("team-save")}
            </button>
            <input type="hidden" name="revision" value=screen.revision.to_string()/>
            {tools(screen, texts)}
            {gaps(it, texts)}
            {wanted(study, it, fields)}
            {new(it, fields)}
            {unused(study, it, texts)}
        </form>
    }
    .into_any()
}

/// Taking back, making again, what is saved.
fn tools(screen: &PlanScreen, texts: &Texts) -> AnyView {
    let button = |what: &'static str, key: &'static str, may: bool| {
        view! { <button class="secondary" name="do" value=what disabled=!may>{texts.get(key)}</button> }
    };
    let saved = match &screen.saved {
        Some(it) => said(it, texts),
        None => texts.get("writing-as-published"),
    };
    view! {
        <div class="tools">
            {button("undo", "edit-undo", screen.may_undo)}
            {button("redo", "edit-redo", screen.may_redo)}
            <p class="hint">{saved}</p>
        </div>
    }
    .into_any()
}

/// How much is missing, each number leading to its list.
fn gaps(it: &PlanShown, texts: &Texts) -> Option<AnyView> {
    if !it.is_known || it.figures.is_empty() {
        return None;
    }
    let n_gaps = it.figures.iter().filter(|it| it.gap.is_some()).count();
    let verdict = match n_gaps {
        0 => texts.get("plan-all-fed"),
        n => texts.counted("plan-n-gaps", n),
    };
    let n_unused = it.unused.len();
    let rest = (n_unused > 0).then(|| {
        view! { " " <a href="#unused-h">{texts.counted("plan-n-unused", n_unused)}</a> }
    });
    let is_fed = (n_gaps == 0).to_string();
    Some(view! { <p class="verdict" data-sound=is_fed>{verdict} {rest}</p> }.into_any())
}

fn wanted(study: &str, it: &PlanShown, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let title = texts.get("plan-wanted");
    if it.figures.is_empty() {
        return view! {
            <section class="empty" aria-labelledby="wanted-h">
                <h2 id="wanted-h">{texts.get("plan-none")}</h2>
                <p>{texts.get("plan-none-about")}</p>
            </section>
        }
        .into_any();
    }
    let n = it.figures.len();
    let lines = it.figures.iter().enumerate();
    let lines: Vec<_> = lines
        .map(|(nth, line)| figure(study, it, line, (nth, n), fields))
        .collect();
    view! {
        <section aria-labelledby="wanted-h">
            <h2 id="wanted-h">{title}</h2>
            <ol class="wanted">{lines}</ol>
        </section>
    }
    .into_any()
}

fn figure(
    study: &str,
    all: &PlanShown,
    it: &FigureLine,
    (nth, n): (usize, usize),
    fields: &Fields<'_>,
) -> AnyView {
    let texts = fields.texts;
    let key = format!("figure:{}", it.id);
    let named = [("code", it.title.clone())];
    let button = |what: &str, may: bool| {
        let words = texts.with(&format!("edit-line-{what}"), named.clone());
        let sign = texts.get(&format!("edit-sign-{what}"));
        view! {
            <button class="secondary small" name="do" value=format!("{what} {key}") disabled=!may
                aria-label=words.clone() title=words
            >{sign}</button>
        }
    };
    let said = |key: &'static str, words: &Option<String>| {
        let words = words.clone()?;
        Some(view! { <p class="quiet">{texts.with(key, [("universe", words)])}</p> })
    };
    let gap = it.gap.map(|code| {
        view! {
            <p class="gap">
                <span class="badge error">{texts.get("plan-gap")}</span> " "
                {texts.get(&format!("plan-gap-{code}"))}
            </p>
        }
    });
    let empty = (!it.empty.is_empty()).then(|| {
        let list = it.empty.join(", ");
        view! { <p class="quiet">{texts.with("plan-empty-columns", [("list", list)])}</p> }
    });
    let by = it.by.as_ref().map(|by| {
        view! { " " {texts.get("plan-by")} " " {item(study, by)} }
    });
    view! {
        <li id=key.clone() data-gap=it.gap>
            <div class="one">
                <p class="what"><strong>{it.title.clone()}</strong></p>
                <div class="tools">
                    {button("up", nth > 0)}
                    {button("down", nth + 1 < n)}
                    {button("remove", true)}
                </div>
            </div>
            <p>{item(study, &it.item)} {by}</p>
            {gap}
            {said("plan-universe", &it.universe)}
            {said("plan-columns", &it.columns)}
            {empty}
            {form(all, it, &key, fields)}
        </li>
    }
    .into_any()
}

/// A question by its name, leading to it in the editor; one that is not there by its id.
fn item(study: &str, (id, name): &(String, Option<String>)) -> AnyView {
    match name {
        Some(name) => {
            let href = paths::edit_node(study, &format!("item:{id}"));
            view! { <a href=href>{name.clone()}</a> }.into_any()
        }
        None => view! { <code>{id.clone()}</code> }.into_any(),
    }
}

fn form(all: &PlanShown, it: &FigureLine, key: &str, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    let titles = it.form.titles.iter();
    let titles: Vec<_> = titles
        .map(|(language, text)| {
            let name = format!("{key}|title.{language}");
            let label = [("language", language_name(language, texts))];
            view! {
                <div class="field">
                    <label for=name.clone()>{texts.with("plan-figure-title", label)}</label>
                    <input type="text" id=name.clone() name=name.clone() lang=language.clone()
                        maxlength="300" autocomplete="off" value=text.clone()/>
                </div>
            }
        })
        .collect();
    let [of, by] = ["item", "by"].map(|it| format!("{key}|{it}"));
    view! {
        <details open=it.form.is_open>
            <summary>{texts.with("plan-change", [("title", it.title.clone())])}</summary>
            <div class="fields">
                {select(&of, "plan-item", &all.items, &it.form.item, None, fields)}
                {select(&by, "plan-columns-of", &all.columns, &it.form.by, Some("plan-no-columns"), fields)}
                {titles}
            </div>
            <p class="actions">
                <button class="primary" name="do" value="save">{texts.get("team-save")}</button>
            </p>
        </details>
    }
    .into_any()
}

/// A choice of questions by their names. What stands there stays, whether or not it is one of them.
fn select(
    name: &str,
    label: &'static str,
    all: &[(String, String)],
    value: &str,
    none: Option<&'static str>,
    fields: &Fields<'_>,
) -> AnyView {
    let texts = fields.texts;
    let is_known = value.is_empty() || all.iter().any(|it| it.0 == value);
    let unknown = (!is_known).then(|| {
        view! { <option value=value.to_owned() selected=true>{value.to_owned()}</option> }
    });
    let none = match none {
        Some(key) => Some(texts.get(key)),
        None => value.is_empty().then(|| texts.get("plan-choose")),
    };
    let none = none.map(|words| {
        view! { <option value="" selected=value.is_empty()>{words}</option> }
    });
    let options: Vec<_> = all
        .iter()
        .map(|(id, words)| {
            let is_it = id == value;
            let words = format!("{words} ({id})");
            view! { <option value=id.clone() selected=is_it>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name.to_owned()>{texts.get(label)}</label>
            {fields.error(name)}
            <select id=name.to_owned() name=name.to_owned() aria-invalid=fields.invalid(name)
                aria-describedby=fields.described(name, None)>
                {none}
                {unknown}
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// One more figure.
fn new(it: &PlanShown, fields: &Fields<'_>) -> AnyView {
    let texts = fields.texts;
    view! {
        <section aria-labelledby="new-h">
            <h2 id="new-h">{texts.get("plan-new")}</h2>
            <div class="fields">
                {select("new-item", "plan-item", &it.items, &it.new.item, None, fields)}
                {select("new-by", "plan-columns-of", &it.columns, &it.new.by, Some("plan-no-columns"), fields)}
                <div class="field">
                    <label for="new-title">{texts.get("plan-new-title")}</label>
                    <p class="hint" id="new-title-hint">{texts.get("plan-new-title-hint")}</p>
                    <input type="text" id="new-title" name="new-title" maxlength="300" autocomplete="off"
                        aria-describedby="new-title-hint" value=it.new.title.clone()/>
                </div>
            </div>
            <p class="actions">
                <button class="primary" name="do" value="add-figure questionnaire">
                    {texts.get("plan-add")}
                </button>
            </p>
        </section>
    }
    .into_any()
}

/// Questions that no figure uses, each with the button that wants one of it.
fn unused(study: &str, it: &PlanShown, texts: &Texts) -> Option<AnyView> {
    if !it.is_known {
        return None;
    }
    let lines: Vec<_> = it.unused.iter().map(|it| one(study, it, texts)).collect();
    let body = match lines.is_empty() {
        true => view! { <p>{texts.get("plan-all-used")}</p> }.into_any(),
        false => view! {
            <p class="hint">{texts.get("plan-unused-about")}</p>
            <ul class="wanted unused">{lines}</ul>
        }
        .into_any(),
    };
    Some(
        view! {
            <section aria-labelledby="unused-h">
                <h2 id="unused-h">{texts.get("plan-unused")}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn one(study: &str, it: &UnusedLine, texts: &Texts) -> AnyView {
    let read = it.is_read.then(|| {
        view! { " " <span class="badge">{texts.get("plan-is-read")}</span> }
    });
    let words = texts.with("plan-want-of", [("name", it.name.clone())]);
    let named = (it.id.clone(), Some(it.name.clone()));
    view! {
        <li class="one">
            <p>{item(study, &named)} " " <code>{it.id.clone()}</code> {read}</p>
            <button class="secondary small" name="do" value=format!("add-figure item:{}", it.id)
                aria-label=words>{texts.get("plan-want")}</button>
        </li>
    }
    .into_any()
}
