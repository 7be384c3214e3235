//! Going on later by a code, one's response as a file, taking it back.

use chart::escaped;
use leptos::prelude::*;
use questionnaire::view::ReviewPage;

use super::draw::Draw;
use super::review::answers;
use super::screen::Study;
use crate::i18n::Texts;
use crate::language::direction;
use crate::paths;
use crate::ui::{Document, Frame, document};

/// Name of the field that the code is given in.
pub const CODE: &str = "code";

/// `/r/{wave}/keep`
#[derive(Clone, Debug, PartialEq)]
pub struct KeepScreen {
    /// The study.
    pub study: Study,
    /// The code; older drafts have none.
    pub code: Option<String>,
    /// The whole address where the code is given, where it is known.
    pub resume: Option<String>,
    /// Where the answers go on.
    pub go_on: String,
    /// Whether others may be asked to answer too: not for a correction.
    pub may_hand_over: bool,
    /// Whether only invited people answer: another device has to know of the invitation too, and
    /// nothing in the answers leads to it.
    pub is_by_invitation: bool,
}

/// `/r/{wave}/resume`
#[derive(Clone, Debug, PartialEq)]
pub struct ResumeScreen {
    /// The study.
    pub study: Study,
    /// Whether the code given before leads nowhere.
    pub is_unknown: bool,
}

/// `/r/{wave}/receipt/withdraw`
#[derive(Clone, Debug, PartialEq)]
pub struct WithdrawScreen {
    /// The study.
    pub study: Study,
    /// Whether one may answer again afterwards, from this browser.
    pub may_answer_again: bool,
}

/// `/r/{wave}/receipt/export/html`
#[derive(Clone, Debug, PartialEq)]
pub struct ExportScreen {
    /// The study.
    pub study: Study,
    /// The code; older responses have none.
    pub code: Option<String>,
    /// The answers as they are stored.
    pub answers: Vec<ReviewPage>,
    /// Contact details that are stored with them: what was asked for, and what was given.
    pub contacts: Vec<(String, Vec<String>)>,
}

/// A page about one study.
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

/// The code and where it is given.
pub(super) fn code(
    texts: &Texts,
    code: Option<&str>,
    resume: Option<&str>,
    wave: &str,
) -> Option<AnyView> {
    let code = code?.to_owned();
    let href = paths::resume(wave);
    let address = resume.unwrap_or(&href).to_owned();
    Some(
        view! {
            <p class="code-label">{texts.get("receipt-code")}</p>
            <p class="code">{code}</p>
            <p class="code-label">{texts.get("code-address")}</p>
            <p><a href=href>{address}</a></p>
        }
        .into_any(),
    )
}

/// How to go on later.
pub(crate) fn keep(frame: &Frame, screen: &KeepScreen) -> String {
    let texts = Texts::of(frame.language);
    let code = code(
        texts,
        screen.code.as_deref(),
        screen.resume.as_deref(),
        &screen.study.wave,
    );
    let lead = match code {
        Some(_) => "keep-lead",
        None => "keep-lead-here",
    };
    let code = code.map(|it| {
        view! {
            <div class="receipt">{it}</div>
            <p>{texts.get("code-secret")}</p>
            {screen.is_by_invitation.then(|| view! { <p>{texts.get("keep-invitation")}</p> })}
        }
    });
    let several = screen.may_hand_over.then(|| {
        let together = paths::together(&screen.study.wave);
        view! { <p class="after"><a href=together>{texts.get("review-together")}</a></p> }
    });
    let main = view! {
        <h1 class="page-title">{texts.get("keep-title")}</h1>
        <p class="lead">{texts.get(lead)}</p>
        {code}
        <p class="actions">
            <a class="primary" href=screen.go_on.clone()>{texts.get("keep-go-on")}</a>
        </p>
        {several}
    };
    about(
        frame,
        &screen.study,
        texts.get("keep-title"),
        main.into_any(),
    )
}

/// Where the code is given.
pub(crate) fn resume(frame: &Frame, screen: &ResumeScreen) -> String {
    let texts = Texts::of(frame.language);
    let wave = screen.study.wave.as_str();
    let mut title = texts.get("resume-title");
    let error = screen.is_unknown.then(|| {
        view! {
            <p class="error" id="code-error">
                {texts.get("error-prefix")} " " {texts.get("resume-unknown")}
            </p>
        }
    });
    let described_by = if screen.is_unknown {
        title = texts.with("title-error", [("title", title)]);
        "code-hint code-error"
    } else {
        "code-hint"
    };
    let main = view! {
        <h1 class="page-title">{texts.get("resume-title")}</h1>
        <p class="lead">{texts.get("resume-lead")}</p>
        <form class="page" method="post" action=paths::resume(wave) autocomplete="off">
            <div class="question">
                <h2><label for="code">{texts.get("receipt-code")}</label></h2>
                <p class="hint" id="code-hint">{texts.get("resume-hint")}</p>
                {error}
                <input
                    type="text"
                    id="code"
                    name=CODE
                    maxlength="60"
                    required=true
                    spellcheck="false"
                    autocapitalize="characters"
                    aria-describedby=described_by
                    aria-invalid=screen.is_unknown.then_some("true")
                    autofocus=screen.is_unknown
                />
            </div>
            <div class="actions">
                <button class="primary">{texts.get("resume-go")}</button>
            </div>
        </form>
        <p class="after"><a href=paths::start(wave)>{texts.get("resume-none")}</a></p>
    };
    about(frame, &screen.study, title, main.into_any())
}

/// Asks whether a response shall be withdrawn.
pub(crate) fn withdraw(frame: &Frame, screen: &WithdrawScreen) -> String {
    let texts = Texts::of(frame.language);
    let wave = screen.study.wave.as_str();
    let again = if screen.may_answer_again {
        "withdraw-again"
    } else {
        "withdraw-final"
    };
    let main = view! {
        <h1 class="page-title">{texts.get("withdraw-title")}</h1>
        <p class="lead">{texts.get("withdraw-lead")}</p>
        <ul class="facts">
            <li>{texts.get("withdraw-contacts")}</li>
            <li>{texts.get("withdraw-code")}</li>
            <li>{texts.get(again)}</li>
        </ul>
        <form class="page" method="post" action=paths::withdraw(wave)>
            <div class="actions">
                <button class="primary">{texts.get("withdraw-go")}</button>
                <a class="quiet-button" href=paths::receipt(wave)>{texts.get("withdraw-keep")}</a>
            </div>
        </form>
    };
    about(
        frame,
        &screen.study,
        texts.get("withdraw-title"),
        main.into_any(),
    )
}

/// Says that a response was withdrawn.
pub(crate) fn withdrawn(frame: &Frame, screen: &WithdrawScreen) -> String {
    let texts = Texts::of(frame.language);
    let again = screen.may_answer_again.then(|| {
        let start = paths::start(&screen.study.wave);
        view! { <p><a href=start>{texts.get("withdrawn-again")}</a></p> }
    });
    let main = view! {
        <h1 class="page-title">{texts.get("withdrawn-title")}</h1>
        <p class="lead">{texts.get("withdrawn-lead")}</p>
        {again}
        <p class="after"><a href=paths::home()>{texts.get("receipt-home")}</a></p>
    };
    about(
        frame,
        &screen.study,
        texts.get("withdrawn-title"),
        main.into_any(),
    )
}

/// One's response as a file that any browser shows, without a network.
pub(crate) fn export(frame: &Frame, screen: &ExportScreen) -> String {
    let draw = Draw::new(frame.language, &screen.study);
    let texts = draw.texts;
    let contacts: Vec<_> = screen
        .contacts
        .iter()
        .map(|(label, given)| {
            let given: Vec<_> = given
                .iter()
                .map(|it| view! { <p>{it.clone()}</p> })
                .collect();
            view! { <div><dt>{draw.text(label)}</dt><dd>{given}</dd></div> }
        })
        .collect();
    let contacts = (!contacts.is_empty()).then(|| {
        view! { <section><h2>{texts.get("export-contacts")}</h2><dl>{contacts}</dl></section> }
    });
    let code = screen.code.clone().map(|it| {
        view! { <p>{texts.get("receipt-code")} " " <code>{it}</code></p> }
    });
    let main = view! {
        <main>
            <h1 lang=draw.lang() dir=draw.dir()>{draw.text(&screen.study.title)}</h1>
            {code}
            {answers(&draw, &screen.answers, None, &[], &[])}
            {contacts}
        </main>
    };
    let language = frame.language.code();
    let body = Owner::new().with(|| main.to_html()).replace("<!>", "");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><style>{STYLE}</style></head><body>{body}</body></html>\n",
        direction(language),
        escaped(&draw.text(&screen.study.title)),
    )
}

/// The file stands alone: its style is in it.
const STYLE: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;\
    font:1rem/1.5 system-ui,sans-serif}dt{color:#555}dd{margin:0 0 1rem;white-space:pre-line}\
    dd p{margin:0}";
