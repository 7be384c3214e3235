//! Groups of lines, in groups.

use leptos::prelude::*;
use questionnaire::sentence::{Draft, DraftUnits, Join, Level, Path, Piece, Sayable};

use super::line;
use super::screen::{ConditionShown, FaultShown};
use super::words;
use crate::i18n::Texts;
use crate::respond::widgets::textarea_content;

/// What every part of the sentence needs to draw itself.
pub(super) struct Drawing<'s> {
    pub(super) texts: &'s Texts,
    pub(super) sayable: &'s Sayable,
    pub(super) faults: &'s [FaultShown],
    pub(super) focus: Option<&'s str>,
    pub(super) whole: &'s Draft,
}

impl Drawing<'_> {
    /// What is wrong with a field, under it; and `aria-describedby`, `aria-invalid` of it.
    pub(super) fn faults(&self, name: &str) -> Faults {
        let words = |it: &FaultShown| match it.todo {
            Some(todo) => self.texts.get(&format!("condition-todo-{todo}")),
            None => it.words.clone(),
        };
        let here = self.faults.iter().filter(|it| it.at == name);
        let here: Vec<String> = here.map(words).collect();
        let id = format!("{name}-fault");
        // What is not finished yet is told, not scolded.
        let is_wrong = self
            .faults
            .iter()
            .any(|it| it.at == name && it.todo.is_none());
        let class = if is_wrong { "error" } else { "todo" };
        Faults {
            described: (!here.is_empty()).then(|| id.clone()),
            invalid: is_wrong.then_some("true"),
            view: (!here.is_empty()).then(|| {
                let lines: Vec<_> = here
                    .into_iter()
                    .map(|it| view! { <span>{it}</span> })
                    .collect();
                view! { <p class=class id=id>{lines}</p> }.into_any()
            }),
        }
    }

    /// Whether a piece is to be looked at now.
    pub(super) fn is_focus(&self, path: &Path) -> bool {
        self.focus == Some(path.to_string().as_str())
    }

    pub(super) fn level(&self, inside: &[String]) -> Option<&Level> {
        self.sayable.level(inside)
    }
}

pub(super) struct Faults {
    pub(super) described: Option<String>,
    pub(super) invalid: Option<&'static str>,
    pub(super) view: Option<AnyView>,
}

/// The whole sentence.
pub(in crate::studio) fn whole(it: &ConditionShown, says: &str, texts: &Texts) -> AnyView {
    let drawing = Drawing {
        texts,
        sayable: &it.sayable,
        faults: &it.faults,
        focus: it.focus.as_deref(),
        whole: &it.draft,
    };
    let nothing = it.draft.is_empty().then(|| {
        let key = format!("condition-nothing-{says}");
        view! { <p class="empty">{texts.get(&key)}</p> }
    });
    let says = texts.get(&format!("condition-if-{says}"));
    view! {
        <section class="sentence" aria-labelledby="sentence-h">
            <h2 id="sentence-h">{says}</h2>
            {nothing}
            {group(&it.draft, &Path::default(), &mut Vec::new(), &drawing)}
        </section>
    }
    .into_any()
}

/// A number that people read, for a piece: `2.1`.
pub(super) fn number(path: &Path) -> String {
    let steps: Vec<String> = path.0.iter().map(|it| (it + 1).to_string()).collect();
    steps.join(".")
}

fn group(draft: &Draft, path: &Path, inside: &mut Vec<String>, it: &Drawing<'_>) -> AnyView {
    let n = draft.pieces.len();
    let pieces: Vec<_> = draft
        .pieces
        .iter()
        .enumerate()
        .map(|(nth, one)| {
            let at = path.at(nth);
            let joint = (nth > 0).then(|| joint(draft.join, it.texts));
            let class = match one {
                Piece::Line(_) => "piece",
                Piece::Group(_) | Piece::Units(_) => "piece inner",
                Piece::Text(_) => "piece typed",
            };
            view! { <li class=class>{joint} {piece(one, &at, inside, it)}</li> }.into_any()
        })
        .collect();
    // How one line is joined is nobody's question.
    let join = (n > 1 || !matches!(draft.join, Join::All)).then(|| join(draft, path, it));
    let kept = join.is_none().then(|| {
        let name = path.field("join");
        view! { <input type="hidden" name=name value="all"/> }
    });
    let list = (n > 0).then(|| view! { <ol class="pieces">{pieces}</ol> });
    view! {
        {join} {kept}
        {it.faults(&path.field("join")).view}
        {list}
        {adding(path, inside, it)}
    }
    .into_any()
}

fn joint(join: Join, texts: &Texts) -> AnyView {
    let key = match join {
        Join::All => "condition-and",
        Join::Any => "condition-or",
        Join::None => "condition-nor",
        Join::AtLeast(_) => "condition-comma",
    };
    view! { <span class="joint">{texts.get(key)}</span> }.into_any()
}

/// How the pieces of a group are joined.
fn join(draft: &Draft, path: &Path, it: &Drawing<'_>) -> AnyView {
    let texts = it.texts;
    let here = match draft.join {
        Join::All => "all",
        Join::Any => "any",
        Join::None => "none",
        Join::AtLeast(_) => "at-least",
    };
    let options: Vec<_> = ["all", "any", "none", "at-least"]
        .into_iter()
        .map(|code| {
            let words = texts.get(&format!("condition-join-{code}"));
            view! { <option value=code selected=code == here>{words}</option> }
        })
        .collect();
    let name = path.field("join");
    let label = match path.0.is_empty() {
        true => texts.get("condition-join"),
        false => texts.with("condition-join-of", [("nth", number(path))]),
    };
    let n = matches!(draft.join, Join::AtLeast(_)).then(|| {
        let name = path.field("n");
        let faults = it.faults(&name);
        view! {
            <label class="unseen" for=name.clone()>{texts.get("condition-n")}</label>
            <input
                type="text" inputmode="numeric" class="w-number" id=name.clone() name=name value=draft.n.clone()
                autocomplete="off" aria-describedby=faults.described aria-invalid=faults.invalid
            />
            {faults.view}
        }
    });
    view! {
        <div class="join">
            <label class="unseen" for=name.clone()>{label}</label>
            <select id=name.clone() name=name>{options}</select>
            {n}
        </div>
    }
    .into_any()
}

fn piece(piece: &Piece, path: &Path, inside: &mut Vec<String>, it: &Drawing<'_>) -> AnyView {
    let texts = it.texts;
    let is = |what: &'static str| {
        let name = path.field("is");
        view! { <input type="hidden" name=name value=what/> }
    };
    let label = |key: &str| texts.with(key, [("nth", number(path))]);
    match piece {
        Piece::Line(line) => view! {
            <div class="line" role="group" aria-label=label("condition-line")>
                {is("line")}
                {line::line(line, path, inside, it)}
                {tools(path, it)}
            </div>
        }
        .into_any(),
        Piece::Group(draft) => view! {
            <div class="group" role="group" aria-label=label("condition-group")>
                {is("group")}
                <div class="group-head"><span class="what">{texts.get("condition-a-group")}</span> {tools(path, it)}</div>
                {group(draft, path, inside, it)}
            </div>
        }
        .into_any(),
        Piece::Units(units) => view! {
            <div class="group units" role="group" aria-label=label("condition-group")>
                {is("units")}
                {self::units(units, path, inside, it)}
            </div>
        }
        .into_any(),
        Piece::Text(text) => {
            let name = path.field("text");
            let faults = it.faults(&name);
            view! {
                <div class="line" role="group" aria-label=label("condition-line")>
                    {is("text")}
                    <div class="says">
                        <label class="hint" for=name.clone()>{texts.get("condition-as-typed")}</label>
                        <textarea
                            id=name.clone() name=name class="code" rows="2" spellcheck="false" autocapitalize="off"
                            autofocus=it.is_focus(path)
                            aria-describedby=faults.described aria-invalid=faults.invalid
                            inner_html=textarea_content(text)
                        ></textarea>
                        {faults.view}
                    </div>
                    {tools(path, it)}
                </div>
            }
            .into_any()
        }
    }
}

/// A group that is said of the units of a roster.
fn units(units: &DraftUnits, path: &Path, inside: &mut Vec<String>, it: &Drawing<'_>) -> AnyView {
    let texts = it.texts;
    let level = it.level(inside);
    let title = level.and_then(|level| level.rosters.iter().find(|it| it.id == units.roster));
    let title = title.map_or_else(|| units.roster.clone(), |it| words::short(&it.title));
    let options: Vec<_> = ["some", "every", "count"]
        .into_iter()
        .map(|code| {
            let words = texts.get(&format!("condition-how-{code}"));
            view! { <option value=code selected=code == units.how>{words}</option> }
        })
        .collect();
    let count = match (units.how.as_str(), level) {
        ("count", Some(level)) => Some(line::count(&units.says, path, level, it)),
        _ => None,
    };
    let kept = count.is_none().then(|| {
        let (operator, value) = (path.field("operator"), path.field("value"));
        let values: Vec<_> = units
            .says
            .values
            .iter()
            .map(|it| view! { <input type="hidden" name=value.clone() value=it.clone()/> })
            .collect();
        view! { <input type="hidden" name=operator value=units.says.operator.clone()/> {values} }
    });
    let name = path.field("how");
    let faults = it.faults(&name);
    inside.push(units.roster.clone());
    let group = group(&units.inside, path, inside, it);
    inside.pop();
    view! {
        <input type="hidden" name=path.field("roster") value=units.roster.clone()/>
        <input type="hidden" name=path.field("was") value=units.says.was.clone()/>
        <div class="group-head">
            <div class="how">
                <label class="unseen" for=name.clone()>{texts.get("condition-how")}</label>
                <select id=name.clone() name=name aria-describedby=faults.described>{options}</select>
                {count} {kept}
                <span class="of">{texts.with("condition-of-units", [("roster", title)])}</span>
            </div>
            {tools(path, it)}
        </div>
        {faults.view}
        {group}
    }
    .into_any()
}

/// What can be done with a piece as a whole.
fn tools(path: &Path, it: &Drawing<'_>) -> AnyView {
    let nth = number(path);
    let button = |what: &'static str, sign: &'static str, may: bool| {
        let words = it
            .texts
            .with(&format!("condition-do-{what}"), [("nth", nth.clone())]);
        let value = format!("{what} {path}");
        let id = format!("{what}-{path}");
        view! {
            <button class="secondary small" id=id name="do" value=value disabled=!may aria-label=words.clone() title=words>
                {it.texts.get(sign)}
            </button>
        }
    };
    view! {
        <div class="tools">
            {button("up", "edit-sign-up", it.whole.may_step(path, true))}
            {button("down", "edit-sign-down", it.whole.may_step(path, false))}
            {button("copy", "condition-sign-copy", true)}
            {button("remove", "edit-sign-remove", true)}
        </div>
    }
    .into_any()
}

/// What can be added to a group.
fn adding(path: &Path, inside: &[String], it: &Drawing<'_>) -> AnyView {
    let texts = it.texts;
    let button = |what: &'static str| {
        let words = texts.get(&format!("condition-add-{what}"));
        let label = match path.0.is_empty() {
            true => words.clone(),
            false => texts.with(
                "condition-add-in",
                [("what", words.clone()), ("nth", number(path))],
            ),
        };
        let (id, value) = (format!("{what}-{path}"), format!("{what} {path}"));
        view! { <button class="secondary" id=id name="do" value=value aria-label=label>{words}</button> }
    };
    let rosters = it
        .level(inside)
        .map(|it| it.rosters.as_slice())
        .unwrap_or_default();
    let units = (!rosters.is_empty()).then(|| {
        let options: Vec<_> = rosters
            .iter()
            .map(|it| view! { <option value=it.id.clone()>{words::short(&it.title)}</option> })
            .collect();
        let name = path.field("new");
        view! {
            <div class="of-units">
                <label for=name.clone()>{texts.get("condition-new-units")}</label>
                <select id=name.clone() name=name>{options}</select>
                {button("units")}
            </div>
        }
    });
    let more = view! {
        <details class="more">
            <summary>{texts.get("condition-add-more")}</summary>
            <div class="tools">{button("text")} {units}</div>
        </details>
    };
    view! {
        <div class="adding">
            <div class="tools">{button("line")} {button("group")}</div>
            {more}
        </div>
    }
    .into_any()
}
