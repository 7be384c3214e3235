//! A line: what it is about, what is said of it, and of which values.

use leptos::prelude::*;
use questionnaire::sentence::{
    Compares, Level, Line, Needs, Operator, Path, Possible, Says, Subject,
};

use super::group::{Drawing, number};
use super::words::{self, folded};
use crate::i18n::Texts;

/// So many choices are chosen from at a glance; of more, those that are looked for.
const AT_A_GLANCE: usize = 60;

/// Options in groups; groups without a title stand by themselves.
type Options = Vec<(String, Vec<(String, String)>)>;

pub(super) fn line(line: &Line, path: &Path, inside: &[String], it: &Drawing<'_>) -> AnyView {
    let Some(level) = it.level(inside) else {
        return ().into_any();
    };
    let about = level.subjects.iter().find(|it| it.key() == line.subject);
    let was = path.field("was");
    let rest = about.map(|about| {
        let operator = operator(
            &line.says,
            path,
            words::operators(about, level, it.texts),
            it,
        );
        view! { {operator} {values(line, about, level, path, it)} }
    });
    let hidden = rest.is_none().then(|| {
        let name = path.field("operator");
        view! { <input type="hidden" name=name value=line.says.operator.clone()/> }
    });
    view! {
        <div class="says">
            <input type="hidden" name=was value=line.says.was.clone()/>
            {subject(line, path, level, it)}
            {rest} {hidden}
        </div>
    }
    .into_any()
}

/// What a line is about: the questions in the order of the questionnaire, by section.
fn subject(line: &Line, path: &Path, level: &Level, it: &Drawing<'_>) -> AnyView {
    let name = path.field("subject");
    let mut groups: Options = Vec::new();
    let mut last = None;
    for subject in &level.subjects {
        if last != Some(subject.block) {
            let title = it.sayable.blocks.get(subject.block as usize);
            groups.push((title.cloned().unwrap_or_default(), Vec::new()));
            last = Some(subject.block);
        }
        if let Some(group) = groups.last_mut() {
            group
                .1
                .push((subject.key(), words::offered(subject, it.texts)));
        }
    }
    let label = it.texts.with("condition-subject", [("nth", number(path))]);
    let none = it.texts.get("condition-choose-subject");
    let is_focus = it.is_focus(path);
    select(
        &name,
        "subject",
        label,
        &line.subject,
        groups,
        Some(none),
        is_focus,
        it,
    )
}

/// What is said.
fn operator(says: &Says, path: &Path, groups: Options, it: &Drawing<'_>) -> AnyView {
    let name = path.field("operator");
    let label = it.texts.with("condition-operator", [("nth", number(path))]);
    // One group needs no title.
    let groups = match groups.len() {
        1 => groups.into_iter().map(|it| (String::new(), it.1)).collect(),
        _ => groups,
    };
    select(
        &name,
        "operator",
        label,
        &says.operator,
        groups,
        None,
        false,
        it,
    )
}

/// A list to choose from; what stands there and is not among it stays.
#[expect(clippy::too_many_arguments, reason = "what a list is made of, once")]
fn select(
    name: &str,
    class: &'static str,
    label: String,
    value: &str,
    groups: Options,
    none: Option<String>,
    is_focus: bool,
    it: &Drawing<'_>,
) -> AnyView {
    let is_known = groups
        .iter()
        .any(|group| group.1.iter().any(|it| it.0 == value));
    let unknown = (!value.is_empty() && !is_known).then(|| {
        let words = it
            .texts
            .with("condition-unknown", [("value", value.to_owned())]);
        view! { <option value=value.to_owned() selected=true>{words}</option> }
    });
    let none =
        none.map(|words| view! { <option value="" selected=value.is_empty()>{words}</option> });
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(title, options)| {
            let options: Vec<_> = options
                .into_iter()
                .map(|(code, words)| {
                    let is_it = code == value;
                    view! { <option value=code selected=is_it>{words}</option> }
                })
                .collect();
            match title.as_str() {
                "" => options.into_any(),
                _ => view! { <optgroup label=title>{options}</optgroup> }.into_any(),
            }
        })
        .collect();
    let faults = it.faults(name);
    view! {
        <div class=class>
            <label class="unseen" for=name.to_owned()>{label}</label>
            <select
                id=name.to_owned() name=name.to_owned() autofocus=is_focus
                aria-describedby=faults.described aria-invalid=faults.invalid
            >
                {none} {unknown} {groups}
            </select>
            {faults.view}
        </div>
    }
    .into_any()
}

/// The values of what is said.
fn values(line: &Line, about: &Subject, level: &Level, path: &Path, it: &Drawing<'_>) -> AnyView {
    let Some((operator, with)) = Compares::read(&line.says.operator) else {
        return ().into_any();
    };
    let texts = it.texts;
    let value = line
        .says
        .values
        .first()
        .map(String::as_str)
        .unwrap_or_default();
    match (with, about.possible(operator)) {
        (Compares::Today, _) | (Compares::Value, Possible::Nothing) => ().into_any(),
        (Compares::Other, _) => others(value, path, level, |it| about.fits(it), it),
        (Compares::Value, Possible::Choices) => choices(line, operator, &about.choices, path, it),
        (Compares::Value, Possible::Reasons) => {
            let reasons = it.sayable.reasons.iter();
            let reasons = reasons.map(|it| {
                let words = texts.get(&format!("condition-reason-{it}"));
                ((*it).to_owned(), words)
            });
            choices(line, operator, &reasons.collect::<Vec<_>>(), path, it)
        }
        (Compares::Value, Possible::Number) => {
            input("text", Some("decimal"), "w-number", value, path, it)
        }
        (Compares::Value, Possible::Date) => input("date", None, "w-date", value, path, it),
        (Compares::Value, Possible::Text) => input("text", None, "w-text", value, path, it),
    }
}

fn label(path: &Path, texts: &Texts) -> String {
    texts.with("condition-value", [("nth", number(path))])
}

fn input(
    kind: &'static str,
    mode: Option<&'static str>,
    class: &'static str,
    value: &str,
    path: &Path,
    it: &Drawing<'_>,
) -> AnyView {
    let name = path.field("value");
    let faults = it.faults(&name);
    view! {
        <div class="value">
            <label class="unseen" for=name.clone()>{label(path, it.texts)}</label>
            <input
                type=kind inputmode=mode class=class id=name.clone() name=name value=value.to_owned() autocomplete="off"
                aria-describedby=faults.described aria-invalid=faults.invalid
            />
            {faults.view}
        </div>
    }
    .into_any()
}

/// Another answer to compare with.
fn others(
    value: &str,
    path: &Path,
    level: &Level,
    fits: impl Fn(&Subject) -> bool,
    it: &Drawing<'_>,
) -> AnyView {
    let all = level.subjects.iter().filter(|it| fits(it));
    let all = all.map(|one| (one.key(), words::offered(one, it.texts)));
    let none = it.texts.get("condition-choose-subject");
    let groups = vec![(String::new(), all.collect())];
    let name = path.field("value");
    select(
        &name,
        "value",
        label(path, it.texts),
        value,
        groups,
        Some(none),
        false,
        it,
    )
}

/// How many units there are to be.
pub(super) fn count(says: &Says, path: &Path, level: &Level, it: &Drawing<'_>) -> AnyView {
    let value = says.values.first().map(String::as_str).unwrap_or_default();
    let is_number = |it: &Subject| it.ty == expr::Type::Number;
    let with = Compares::read(&says.operator).map(|it| it.1);
    let values = match with {
        Some(Compares::Other) => others(value, path, level, is_number, it),
        _ => input("text", Some("decimal"), "w-number", value, path, it),
    };
    view! { {operator(says, path, words::counts(level, it.texts), it)} {values} }.into_any()
}

/// One code, or several.
fn choices(
    line: &Line,
    operator: Operator,
    all: &[(String, String)],
    path: &Path,
    it: &Drawing<'_>,
) -> AnyView {
    let texts = it.texts;
    let name = path.field("value");
    let chosen = &line.says.values;
    let is_long = all.len() > AT_A_GLANCE;
    let sought = folded(&line.find);
    let is_found = |it: &&(String, String)| {
        sought.is_empty() || folded(&it.1).contains(&sought) || folded(&it.0).contains(&sought)
    };
    let n_found = all.iter().filter(is_found).count();
    let mut shown: Vec<(String, String)> = match is_long {
        false => all.to_vec(),
        true => {
            // What is chosen stays in view.
            let (mine, others): (Vec<_>, Vec<_>) =
                all.iter().partition(|it| chosen.contains(&it.0));
            let found = others
                .into_iter()
                .filter(|it| is_found(it))
                .take(AT_A_GLANCE);
            mine.into_iter().chain(found).cloned().collect()
        }
    };
    let find = is_long.then(|| find(line, path, all.len(), n_found, it));
    let is_several = operator.needs() == Needs::Several;
    for code in chosen.iter().filter(|_| is_several) {
        if shown.iter().all(|it| it.0 != *code) {
            let words = texts.with("condition-unknown", [("value", code.clone())]);
            shown.insert(0, (code.clone(), words));
        }
    }
    let control = match is_several {
        false => {
            let value = chosen.first().map(String::as_str).unwrap_or_default();
            let none = texts.get("condition-choose");
            let groups = vec![(String::new(), shown)];
            select(
                &name,
                "choice",
                label(path, texts),
                value,
                groups,
                Some(none),
                false,
                it,
            )
        }
        true => {
            let faults = it.faults(&name);
            let boxes: Vec<_> = shown
                .into_iter()
                .enumerate()
                .map(|(nth, (code, words))| {
                    let id = format!("{name}-{nth}");
                    let is_on = chosen.contains(&code);
                    view! {
                        <li>
                            <input type="checkbox" id=id.clone() name=name.clone() value=code checked=is_on/>
                            <label for=id>{words}</label>
                        </li>
                    }
                })
                .collect();
            view! {
                <fieldset class="several" id=name.clone() aria-describedby=faults.described>
                    <legend class="unseen">{label(path, texts)}</legend>
                    <ul>{boxes}</ul>
                    {faults.view}
                </fieldset>
            }
            .into_any()
        }
    };
    view! { <div class="value">{find} {control}</div> }.into_any()
}

/// Looking through many choices.
fn find(line: &Line, path: &Path, n: usize, n_found: usize, it: &Drawing<'_>) -> AnyView {
    let texts = it.texts;
    let name = path.field("find");
    let hint = format!("{name}-hint");
    let words = match (line.find.trim(), n_found) {
        ("", _) => texts.counted("condition-find-all", n),
        (_, found) => texts.counted("condition-find-found", found),
    };
    view! {
        <div class="find">
            <label class="unseen" for=name.clone()>{texts.with("condition-find", [("nth", number(path))])}</label>
            <input
                type="search" id=name.clone() name=name value=line.find.clone() autocomplete="off"
                placeholder=texts.get("condition-find-short") aria-describedby=hint.clone()
            />
            <button class="secondary" name="do" value="update" data-plain="">{texts.get("condition-find-do")}</button>
            <span class="hint" id=hint role="status">{words}</span>
        </div>
    }
    .into_any()
}
