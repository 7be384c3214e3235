//! How pages of a shared response are drawn.

use leptos::prelude::*;

use super::{
    ContributorLine, DO, DisagreementView, HandedScreen, LABEL, NAME, PAGES, PageProgress,
    PartScreen, ReviewTogether, SETTLE, SIGNED, TogetherScreen, VersionView,
};
use crate::i18n::Texts;
use crate::paths;
use crate::respond::draw::Draw;
use crate::respond::screen::Study;
use crate::ui::{Document, Frame, document};

fn about(frame: &Frame, study: &Study, title: String, main: AnyView) -> String {
    let name = Draw::new(frame.language, study).text(&study.title);
    document(
        frame,
        Document {
            title,
            name,
            name_href: None,
            style: "respond",
            bundle: None,
            main,
        },
    )
}

/// A field for a name.
fn name_field(
    texts: &Texts,
    name: &'static str,
    [label, hint]: [&str; 2],
    value: &str,
    is_missing: bool,
) -> AnyView {
    let error = is_missing.then(|| {
        view! {
            <p class="error" id=format!("{name}-error")>
                {texts.get("error-prefix")} " " {texts.get("together-name-missing")}
            </p>
        }
    });
    let described_by = match is_missing {
        true => format!("{name}-hint {name}-error"),
        false => format!("{name}-hint"),
    };
    view! {
        <div class="question">
            <h2><label for=name>{texts.get(label)}</label></h2>
            <p class="hint" id=format!("{name}-hint")>{texts.get(hint)}</p>
            {error}
            <input
                type="text"
                id=name
                name=name
                maxlength="80"
                value=value.to_owned()
                required=is_missing
                aria-describedby=described_by
                aria-invalid=is_missing.then_some("true")
                autofocus=is_missing
            />
        </div>
    }
    .into_any()
}

/// The holder's page: who has what, and one more link.
pub(crate) fn together(frame: &Frame, screen: &TogetherScreen) -> String {
    let texts = Texts::of(frame.language);
    let draw = Draw::new(frame.language, &screen.study);
    let wave = screen.study.wave.as_str();
    let new_link = screen.new_link.as_ref().map(|(label, link)| {
        view! {
            <section class="receipt" aria-labelledby="link-h">
                <h2 id="link-h">{texts.with("together-new", [("name", label.clone())])}</h2>
                <p class="code" id="link">{link.clone()}</p>
                <p>{texts.get("together-new-once")}</p>
            </section>
        }
    });
    let people: Vec<_> = screen
        .contributors
        .iter()
        .map(|it| contributor(&draw, wave, it))
        .collect();
    let people = match people.is_empty() {
        true => view! { <p>{texts.get("together-nobody")}</p> }.into_any(),
        false => view! { <ul class="waves">{people}</ul> }.into_any(),
    };
    let pages: Vec<_> = screen
        .pages
        .iter()
        .map(|(id, title)| {
            let field = format!("page-{id}");
            view! {
                <div class="choice">
                    <input type="checkbox" id=field.clone() name=PAGES value=id.clone() />
                    <label for=field lang=draw.lang() dir=draw.dir()>{draw.text(title)}</label>
                </div>
            }
        })
        .collect();
    let form = match screen.is_full {
        true => view! { <p>{texts.get("together-full")}</p> }.into_any(),
        false => view! {
            <form class="page" method="post" action=paths::together(wave) autocomplete="off">
                <h2>{texts.get("together-hand-over")}</h2>
                {name_field(texts, LABEL, ["together-label", "together-label-hint"], "", screen.is_nameless)}
                <fieldset class="question" aria-describedby="pages-hint">
                    <legend><h2>{texts.get("together-pages")}</h2></legend>
                    <p class="hint" id="pages-hint">{texts.get("together-pages-hint")}</p>
                    <div class="choices">{pages}</div>
                </fieldset>
                {name_field(texts, NAME, ["together-holder", "together-holder-hint"], &screen.holder, false)}
                <div class="actions">
                    <button class="primary">{texts.get("together-make")}</button>
                </div>
            </form>
        }
        .into_any(),
    };
    let mut title = texts.get("together-title");
    let heading = title.clone();
    if screen.is_nameless {
        title = texts.with("title-error", [("title", title)]);
    }
    let main = view! {
        <a class="back" href=screen.go_on.clone()>{texts.get("together-go-on")}</a>
        <h1 class="page-title">{heading}</h1>
        <p class="lead">{texts.get("together-lead")}</p>
        {new_link}
        <h2>{texts.get("together-people")}</h2>
        {people}
        {form}
        <p class="after hint">{texts.get("together-privacy")}</p>
    };
    about(frame, &screen.study, title, main.into_any())
}

fn contributor(draw: &Draw, wave: &str, line: &ContributorLine) -> AnyView {
    let texts = draw.texts;
    let who = match &line.name {
        Some(name) if *name != line.label => {
            let names = [("label", line.label.clone()), ("name", name.clone())];
            texts.with("together-who", names)
        }
        _ => line.label.clone(),
    };
    let state = match line.state {
        "offered" => "together-state-offered",
        "joined" => "together-state-joined",
        "finished" => "together-state-finished",
        _ => "together-state-withdrawn",
    };
    let take_back = (line.state != "withdrawn").then(|| {
        view! {
            <form method="post" action=paths::contributor(wave, &line.id)>
                <button class="quiet-button">
                    {texts.get("together-take-back")}
                    <span class="unseen">" " {line.label.clone()}</span>
                </button>
            </form>
        }
    });
    let whole = line
        .is_whole
        .then(|| view! { <p class="hint">{texts.get("together-whole")}</p> });
    let pages: Vec<_> = line
        .pages
        .iter()
        .map(|it| view! { <li>{draw.text(&it.title)} " " {progress(texts, it)}</li> })
        .collect();
    view! {
        <li>
            <h3>{who}</h3>
            <p>{texts.get(state)}</p>
            {whole}
            <ul>{pages}</ul>
            {take_back}
        </li>
    }
    .into_any()
}

fn progress(texts: &Texts, page: &PageProgress) -> AnyView {
    let text = match page.n_asked {
        0 => texts.get("together-not-asked"),
        n_asked => texts.with(
            "together-progress",
            [("given", page.n_given), ("asked", n_asked)],
        ),
    };
    view! { <span class="hint">"(" {text} ")"</span> }.into_any()
}

/// « Marie », or « the person who began this response ».
fn person(texts: &Texts, name: &str) -> String {
    named(texts, name, "together-holder-unnamed")
}

fn named(texts: &Texts, name: &str, unnamed: &str) -> String {
    match name.is_empty() {
        true => texts.get(unnamed),
        false => name.to_owned(),
    }
}

/// What the link opens: nothing of the response, and the button that lets one in. Programs that look
/// at links press no buttons.
pub(crate) fn handed(frame: &Frame, screen: &HandedScreen) -> String {
    let texts = Texts::of(frame.language);
    let draw = Draw::new(frame.language, &screen.study);
    let (who, study) = (
        person(texts, &screen.holder),
        draw.text(&screen.study.title),
    );
    let title = texts.get("handed-title");
    let main = view! {
        <h1 class="page-title">{title.clone()}</h1>
        <p class="lead">{texts.with("handed-lead", [("who", who), ("study", study)])}</p>
        <p>{texts.get("handed-note")}</p>
        <form class="page" method="post" action=paths::handed(&screen.study.wave, &screen.secret)>
            <div class="actions">
                <button class="primary">{texts.get("handed-open")}</button>
            </div>
        </form>
    };
    about(frame, &screen.study, title, main.into_any())
}

/// The page of a part: first who one is, then what there is to answer.
pub(crate) fn part(frame: &Frame, screen: &PartScreen) -> String {
    let texts = Texts::of(frame.language);
    let draw = Draw::new(frame.language, &screen.study);
    let wave = screen.study.wave.as_str();
    let heading = texts.get("part-title");
    let mut title = heading.clone();
    if screen.is_nameless {
        title = texts.with("title-error", [("title", title)]);
    }
    let Some(name) = screen.name.as_deref().filter(|_| !screen.is_nameless) else {
        let main = view! {
            <h1 class="page-title">{heading}</h1>
            <p class="lead">
                {texts.with("part-lead", [("who", person(texts, &screen.holder))])}
            </p>
            <form class="page" method="post" action=paths::part(wave)>
                {name_field(texts, NAME, ["part-name", "part-name-hint"], "", screen.is_nameless)}
                <div class="actions">
                    <button class="primary" name=DO value="join">{texts.get("part-join")}</button>
                </div>
            </form>
        };
        return about(frame, &screen.study, title, main.into_any());
    };
    let pages: Vec<_> = screen
        .pages
        .iter()
        .map(|it| {
            let title = draw.text(&it.title);
            let title = match it.n_asked {
                0 => view! { <span>{title}</span> }.into_any(),
                _ => view! { <a href=paths::part_page(wave, &it.id)>{title}</a> }.into_any(),
            };
            view! { <li lang=draw.lang() dir=draw.dir()>{title} " " {progress(texts, it)}</li> }
        })
        .collect();
    let end = if screen.is_finished {
        view! {
            <div class="receipt" role="status">
                <p>{texts.with("part-finished", [("who", person(texts, &screen.holder))])}</p>
            </div>
            <div class="actions">
                <button class="secondary" name=DO value="reopen">{texts.get("part-reopen")}</button>
            </div>
        }
        .into_any()
    } else {
        view! {
            <p>{texts.get("part-finish-note")}</p>
            <div class="actions">
                <button class="primary" name=DO value="finish">{texts.get("part-finish")}</button>
            </div>
        }
        .into_any()
    };
    let main = view! {
        <h1 class="page-title">{heading}</h1>
        <p class="lead">{texts.with("part-hello", [("name", name.to_owned())])}</p>
        <ul class="waves">{pages}</ul>
        <form class="page" method="post" action=paths::part(wave)>{end}</form>
    };
    about(frame, &screen.study, title, main.into_any())
}

/// What is to be settled: who says what, and a button for each. On a question page the buttons belong
/// to its form, so that nothing typed is lost; elsewhere to one of their own.
pub(in crate::respond) fn disagreements(
    draw: &Draw,
    wave: &str,
    open: &[DisagreementView],
    own_form: Option<&str>,
    is_part: bool,
) -> Option<AnyView> {
    if open.is_empty() {
        return None;
    }
    let texts = draw.texts;
    let each: Vec<_> = open
        .iter()
        .map(|it| {
            let versions: Vec<_> = it
                .versions
                .iter()
                .enumerate()
                .map(|(nth, version)| version_view(draw, it, nth, version, is_part))
                .collect();
            let href = own_form
                .is_some()
                .then(|| format!("{}#main", paths::page(wave, &it.page)));
            let place = href.map(|href| {
                view! { <p><a href=href>{texts.get("disagreement-page")}</a></p> }
            });
            let inner = view! {
                <h3 lang=draw.lang() dir=draw.dir()>{draw.text(&it.label)}</h3>
                <dl class="review">{versions}</dl>
                {place}
            };
            match own_form {
                Some(action) => {
                    let action = action.to_owned();
                    view! { <form method="post" action=action>{inner}</form> }.into_any()
                }
                None => view! { <div>{inner}</div> }.into_any(),
            }
        })
        .collect();
    Some(
        view! {
            <section class="summary soft" id="disagreements" aria-labelledby="disagreements-h">
                <h2 id="disagreements-h">{texts.with("disagreements", [("n", open.len())])}</h2>
                <p>{texts.get("disagreements-help")}</p>
                {each}
            </section>
        }
        .into_any(),
    )
}

fn version_view(
    draw: &Draw,
    of: &DisagreementView,
    nth: usize,
    version: &VersionView,
    is_part: bool,
) -> AnyView {
    let texts = draw.texts;
    let unnamed = match is_part {
        true => "together-holder-unnamed",
        false => "together-you",
    };
    let author = named(texts, &version.author, unnamed);
    let answer = match version.answer.is_empty() {
        true => view! { <p class="none">{texts.get("review-none")}</p> }.into_any(),
        false => version
            .answer
            .iter()
            .map(|it| view! { <p lang=draw.lang() dir=draw.dir()>{draw.text(it)}</p> })
            .collect::<Vec<_>>()
            .into_any(),
    };
    let choice = format!("{} {} {nth}", of.key, of.shown);
    let keep = match version.author.is_empty() && !is_part {
        true => texts.get("disagreement-keep-mine"),
        false => texts.with("disagreement-keep", [("who", author.clone())]),
    };
    view! {
        <div>
            <dt>{author}</dt>
            <dd class="review-answer">
                {answer} <button class="secondary" name=SETTLE value=choice>{keep}</button>
            </dd>
        </div>
    }
    .into_any()
}

/// Under the answers of the review: who is not done, and the box by which the holder signs off.
pub(in crate::respond) fn sign_off(texts: &Texts, together: &ReviewTogether) -> AnyView {
    let list = |names: &[String]| names.join(", ");
    let unfinished = (!together.unfinished.is_empty()).then(|| {
        let who = list(&together.unfinished);
        view! { <p class="warning">{texts.with("review-unfinished", [("who", who)])}</p> }
    });
    let box_ = (!together.names.is_empty()).then(|| {
        let error = together.is_unsigned.then(|| {
            view! {
                <p class="error" id="signed-error">
                    {texts.get("error-prefix")} " " {texts.get("review-unsigned")}
                </p>
            }
        });
        let label = texts.with("review-sign", [("who", list(&together.names))]);
        view! {
            {error}
            <div class="choices">
                <div class="choice">
                    <input
                        type="checkbox"
                        id=SIGNED
                        name=SIGNED
                        value="yes"
                        aria-invalid=together.is_unsigned.then_some("true")
                        aria-describedby=together.is_unsigned.then_some("signed-error")
                        autofocus=together.is_unsigned
                    />
                    <label for=SIGNED>{label}</label>
                </div>
            </div>
        }
    });
    view! { {unfinished} {box_} }.into_any()
}
