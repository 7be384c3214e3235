//! What surrounds the team's pages, and the fields of their forms.

use leptos::prelude::*;

use super::field_screen::WaveHead;
use super::screen::{ErrorCode, Person, StudyHead};
use super::wrong::Wrong;
use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::{Document, Frame, document};

/// A page of somebody who is not signed in: one narrow column.
pub(super) fn door(
    frame: &Frame,
    title: String,
    error: Option<ErrorCode>,
    body: AnyView,
) -> String {
    let texts = Texts::of(frame.language);
    let main = view! {
        <div class="door">
            <h1 class="page-title">{title.clone()}</h1>
            {error.map(|it| summary(texts, &it.into()))}
            {body}
        </div>
    };
    whole(
        frame,
        in_error(texts, title, error),
        main.into_any(),
        paths::home(),
    )
}

/// A page of somebody who is signed in.
pub(in crate::studio) fn page(
    frame: &Frame,
    who: &Person,
    title: String,
    error: Option<ErrorCode>,
    body: AnyView,
) -> String {
    let texts = Texts::of(frame.language);
    let main = view! {
        {person(who, texts)}
        <div class="team">
            <h1 class="page-title">{title.clone()}</h1>
            {error.map(|it| summary(texts, &it.into()))}
            {body}
        </div>
    };
    whole(
        frame,
        in_error(texts, title, error),
        main.into_any(),
        paths::studio(),
    )
}

/// A page of a study, with the way to its other pages.
pub(in crate::studio) fn study_page(
    frame: &Frame,
    head: &StudyHead,
    here: &str,
    title: String,
    wrong: Option<Wrong>,
    body: AnyView,
) -> String {
    let more = None;
    study_page_with(frame, head, here, title, more, wrong, body)
}

/// The same with more ways to go, before what is wrong.
fn study_page_with(
    frame: &Frame,
    head: &StudyHead,
    here: &str,
    title: String,
    more: Option<AnyView>,
    wrong: Option<Wrong>,
    body: AnyView,
) -> String {
    let texts = Texts::of(frame.language);
    let error = wrong.as_ref().map(|it| it.code);
    let mut places = vec![("team-study", paths::study(&head.slug))];
    if head.may_design {
        places.push(("writing-title", paths::questionnaire(&head.slug)));
    }
    places.push(("team-members", paths::members(&head.slug)));
    if head.may_audit {
        places.push(("team-audit", paths::audit(&head.slug)));
    }
    let places: Vec<_> = places
        .into_iter()
        .map(|(key, href)| {
            let current = (key == here).then_some("page");
            view! { <li><a href=href aria-current=current>{texts.get(key)}</a></li> }
        })
        .collect();
    let name = typeset(&head.title, &head.language);
    let main = view! {
        {person(&head.who, texts)}
        <div class="team">
            <p class="caption" lang=head.language.clone()>{name}</p>
            <h1 class="page-title">{title.clone()}</h1>
            <nav class="places" aria-label=texts.get("team-places")><ul>{places}</ul></nav>
            {more}
            {wrong.map(|it| summary(texts, &it))}
            {body}
        </div>
    };
    whole(
        frame,
        in_error(texts, title, error),
        main.into_any(),
        paths::studio(),
    )
}

/// A page of a wave, with the ways to its other pages and to those of its study.
pub(super) fn wave_page(
    frame: &Frame,
    head: &WaveHead,
    here: &str,
    title: String,
    body: AnyView,
) -> String {
    let texts = Texts::of(frame.language);
    let (study, wave, rights) = (head.study.slug.as_str(), head.slug.as_str(), head.rights);
    let all = [
        (rights.field, "field-settings", paths::settings(study, wave)),
        (
            rights.field,
            "sample-title",
            paths::invitations(study, wave),
        ),
        (
            rights.field,
            "mail-title",
            paths::messages(study, wave, "invitation"),
        ),
        (rights.enter, "entry-title", paths::entry(study, wave)),
        (
            rights.set_aside,
            "field-admissibility",
            paths::admissibility(study, wave),
        ),
        (
            rights.field,
            "retention-title",
            paths::retention(study, wave),
        ),
        (rights.field, "contacts-title", paths::contacts(study, wave)),
        (rights.results, "team-results", paths::results(study, wave)),
    ];
    let places: Vec<_> = all
        .into_iter()
        .filter(|it| it.0)
        .map(|(_, key, href)| {
            let current = (key == here).then_some("page");
            view! { <li><a href=href aria-current=current>{texts.get(key)}</a></li> }
        })
        .collect();
    let places = (!wave.is_empty()).then(|| {
        view! {
            <nav class="places wave" aria-label=texts.get("field-places")>
                <p class="of">{wave.to_owned()}</p>
                <ul>{places}</ul>
            </nav>
        }
        .into_any()
    });
    let done = head.done.map(|code| {
        let words = texts.get(&format!("field-done-{code}"));
        view! { <p class="done" role="status">{words}</p> }
    });
    let body = view! { {done} {body} };
    let wrong = head.wrong.clone();
    study_page_with(
        frame,
        &head.study,
        "team-study",
        title,
        places,
        wrong,
        body.into_any(),
    )
}

fn whole(frame: &Frame, title: String, main: AnyView, home: String) -> String {
    let texts = Texts::of(frame.language);
    document(
        frame,
        Document {
            title,
            name: texts.get("site-name"),
            name_href: Some(home),
            style: "team",
            bundle: None,
            main,
        },
    )
}

/// A title says first that something is wrong: it is the first thing a screen reader reads.
fn in_error(texts: &Texts, title: String, error: Option<ErrorCode>) -> String {
    match error {
        Some(_) => texts.with("team-error-title", [("title", title)]),
        None => title,
    }
}

fn person(who: &Person, texts: &Texts) -> impl IntoView + use<> {
    view! {
        <nav class="person" aria-label=texts.get("team-you")>
            <a href=paths::studio()>{texts.get("team-studies")}</a>
            <a href=paths::account()>{who.name.clone()}</a>
            <form method="post" action=paths::sign_out()>
                <button class="link">{texts.get("team-sign-out")}</button>
            </form>
        </nav>
    }
}

/// What is wrong, before the form; it takes the focus when the page opens.
pub(in crate::studio) fn summary(texts: &Texts, wrong: &Wrong) -> AnyView {
    let words = wrong.words(texts);
    let words = match &wrong.at {
        Some(id) => view! { <a href=format!("#{id}")>{words}</a> }.into_any(),
        None => words.into_any(),
    };
    view! {
        <section class="summary" id="summary" tabindex="-1" autofocus=true aria-labelledby="summary-title">
            <h2 id="summary-title">{texts.get("team-error")}</h2>
            <p>{words}</p>
        </section>
    }
    .into_any()
}

/// A field with its label above it.
pub(super) struct Field {
    /// Name in the form, and id.
    pub(super) name: &'static str,
    /// Key of its label.
    pub(super) label: &'static str,
    /// `type` of the input.
    pub(super) kind: &'static str,
    /// What password managers and browsers fill in.
    pub(super) autocomplete: &'static str,
    /// What stands in it.
    pub(super) value: String,
    /// Key of what is said under the label.
    pub(super) hint: Option<&'static str>,
}

impl Field {
    pub(super) fn draw(self, texts: &Texts) -> AnyView {
        let hint_id = format!("{}-hint", self.name);
        let hint = self
            .hint
            .map(|key| view! { <p class="hint" id=hint_id.clone()>{texts.get(key)}</p> });
        let described = hint.is_some().then(|| hint_id.clone());
        let spelling = matches!(self.kind, "email" | "password").then_some("false");
        view! {
            <div class="field">
                <label for=self.name>{texts.get(self.label)}</label>
                {hint}
                <input
                    id=self.name
                    name=self.name
                    type=self.kind
                    autocomplete=self.autocomplete
                    spellcheck=spelling
                    required=true
                    value=(!self.value.is_empty()).then_some(self.value)
                    aria-describedby=described
                />
            </div>
        }
        .into_any()
    }
}

/// An e-mail address.
pub(super) fn email(value: &str, texts: &Texts) -> AnyView {
    Field {
        name: "email",
        label: "team-email",
        kind: "email",
        autocomplete: "username",
        value: value.to_owned(),
        hint: None,
    }
    .draw(texts)
}

/// A name.
pub(super) fn name(value: &str, texts: &Texts) -> AnyView {
    Field {
        name: "name",
        label: "team-name",
        kind: "text",
        autocomplete: "name",
        value: value.to_owned(),
        hint: Some("team-name-hint"),
    }
    .draw(texts)
}

/// A password that is being chosen.
pub(super) fn new_password(texts: &Texts) -> AnyView {
    Field {
        name: "password",
        label: "team-new-password",
        kind: "password",
        autocomplete: "new-password",
        value: String::new(),
        hint: Some("team-password-hint"),
    }
    .draw(texts)
}

/// The name of a role.
pub(super) fn role(texts: &Texts, code: &str) -> String {
    texts.get(&format!("team-role-{code}"))
}

/// A choice of roles, what each allows being said in it.
pub(super) fn roles(texts: &Texts, id: &str, codes: &[&'static str], chosen: &str) -> AnyView {
    let options: Vec<_> = codes
        .iter()
        .map(|code| {
            let is_chosen = *code == chosen;
            view! { <option value=*code selected=is_chosen>{role(texts, code)}</option> }
        })
        .collect();
    view! { <select id=id.to_owned() name="role">{options}</select> }.into_any()
}

/// Codes of all roles.
pub(super) const ROLES: [&str; 5] = ["owner", "organiser", "analyst", "correspondent", "viewer"];

/// A language in words; its code, if it has none here.
pub(in crate::studio) fn language_name(code: &str, texts: &Texts) -> String {
    match code {
        "fr" => texts.get("field-french"),
        "en" => texts.get("field-english"),
        other => other.to_owned(),
    }
}
