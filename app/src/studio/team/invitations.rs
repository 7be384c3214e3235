//! Whom a wave asks: its sample, what became of everybody, and the mails that may be sent now.

use chart::{integer, percent};
use leptos::prelude::*;

use super::frame::{language_name, wave_page};
use super::sample::outcome;
use super::sample_screen::{InvitationsScreen, MailCounts, MailShown, SampleFigures, Sending};
use super::wrong::Fields;
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/s/{study}/waves/{wave}/invitations`
pub(crate) fn invitations(frame: &Frame, screen: &InvitationsScreen) -> String {
    let texts = Texts::of(frame.language);
    let (study, wave) = (screen.head.study.slug.as_str(), screen.head.slug.as_str());
    let action = paths::invitations(study, wave);
    let told = screen.outcome.as_ref().map(|it| outcome(it, screen, texts));
    let n_sample = screen.figures.n_sample;
    let open = (screen.access == "open" && n_sample > 0)
        .then(|| view! { <p class="hint">{texts.get("sample-open-wave")}</p> });
    let script = frame.manifest.script("afresh").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let sending = (n_sample > 0).then(|| sending(screen, texts));
    let body = view! {
        {told}
        {open}
        <div data-afresh=paths::figures(study, wave)>{figures(&screen.figures, texts)}</div>
        {sending}
        {upload(screen, &action, texts)}
        {script}
    };
    let title = texts.get("sample-title");
    wave_page(frame, &screen.head, "sample-title", title, body.into_any())
}

fn language(texts: &Texts) -> chart::Language {
    chart::Language::from_tag(texts.language().code())
}

/// What the page says again and again while it is open: see `script/afresh.js`.
pub(crate) fn sample_figures(frame: &Frame, figures_now: &SampleFigures) -> String {
    figures(figures_now, Texts::of(frame.language)).to_html()
}

/// The response rate, and a bar for each disposition, in the table itself; the mails.
fn figures(it: &SampleFigures, texts: &Texts) -> AnyView {
    if it.n_sample == 0 {
        return ().into_any();
    }
    let language = language(texts);
    let rate = it
        .pct_response
        .map_or_else(|| "–".to_owned(), |it| percent(it, 1, language));
    let n_sample = it.n_sample;
    let mails = (!it.mails.is_empty()).then(|| mails(&it.mails, texts));
    let lines: Vec<_> = it
        .dispositions
        .iter()
        .map(|(code, n)| {
            view! {
                <tr>
                    <th scope="row">{texts.get(&format!("sample-is-{code}"))}</th>
                    <td class="number">{integer(*n, language)}</td>
                    <td class="share">
                        <meter min="0" max=n_sample.to_string() value=n.to_string() aria-hidden="true"></meter>
                    </td>
                </tr>
            }
        })
        .collect();
    let complete = it.dispositions.first().map_or(0, |it| it.1);
    view! {
        <dl class="figures">
            <div><dt>{texts.get("sample-n-people")}</dt><dd>{integer(n_sample, language)}</dd></div>
            <div><dt>{texts.get("sample-n-complete")}</dt><dd>{integer(complete, language)}</dd></div>
            <div><dt>{texts.get("sample-rate")}</dt><dd>{rate}</dd></div>
        </dl>
        <div class="wide">
        <table class="list dispositions">
            <caption>{texts.get("sample-dispositions")}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.get("sample-disposition")}</th>
                    <th scope="col" class="number">{texts.get("sample-people")}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
        </div>
        {mails}
    }
    .into_any()
}

/// What may be sent: it is read once more before it leaves, as no mail comes back.
fn sending(screen: &InvitationsScreen, texts: &Texts) -> impl IntoView + use<> {
    let (study, wave) = (screen.head.study.slug.as_str(), screen.head.slug.as_str());
    let no_server = (!screen.can_send)
        .then(|| view! { <p class="warning">{texts.get("sample-no-server")}</p> });
    let all: Vec<_> = screen
        .sendings
        .iter()
        .map(|it| send(it, study, wave, texts))
        .collect();
    let nothing = all
        .is_empty()
        .then(|| view! { <p>{texts.get("sample-closed")}</p> });
    view! {
        <section aria-labelledby="send-h">
            <h2 id="send-h">{texts.get("sample-send")}</h2>
            {no_server}
            {nothing}
            {all}
        </section>
    }
}

fn send(it: &Sending, study: &str, wave: &str, texts: &Texts) -> impl IntoView + use<> {
    let n = it.n;
    let edit = view! {
        <a href=paths::messages(study, wave, it.kind)>{texts.get("sample-edit-text")}</a>
    };
    if n == 0 {
        let nobody = texts.get(&format!("sample-nobody-{}", it.kind));
        return view! { <p class="sending">{nobody} " " {edit}</p> }.into_any();
    }
    let words = texts.counted(&format!("sample-send-{}", it.kind), n);
    let shown: Vec<_> = it.shown.iter().map(|it| mail(it, texts)).collect();
    view! {
        <details class="sending">
            <summary>{words}</summary>
            {shown}
            <p>{edit}</p>
            <form method="post" action=paths::send(study, wave)>
                <input type="hidden" name="n" value=n.to_string()/>
                <input type="hidden" name="before" value=it.n_before.to_string()/>
                <button class="primary" name="send" value=it.kind>
                    {texts.counted("sample-send-now", n)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// A mail, set off from the page around it.
pub(super) fn mail(it: &MailShown, texts: &Texts) -> impl IntoView + use<> {
    view! {
        <figure class="mail">
            <figcaption>{texts.with("sample-mail-in", [("language", language_name(&it.language, texts))])}</figcaption>
            <div lang=it.language.clone()>
                <p class="subject">{it.subject.clone()}</p>
                <pre>{it.body.clone()}</pre>
            </div>
        </figure>
    }
}

fn mails(all: &[MailCounts], texts: &Texts) -> impl IntoView + use<> {
    let language = language(texts);
    let lines: Vec<_> = all
        .iter()
        .map(|it| {
            let cells = it
                .counts
                .map(|n| view! { <td class="number">{integer(n, language)}</td> });
            view! {
                <tr>
                    <th scope="row">{texts.get(&format!("sample-kind-{}", it.kind))}</th>
                    {cells.into_iter().collect::<Vec<_>>()}
                </tr>
            }
        })
        .collect();
    let names = [
        "sample-queued",
        "sample-sent",
        "sample-failed",
        "sample-bounced",
    ];
    let names: Vec<_> = names
        .into_iter()
        .map(|it| view! { <th scope="col" class="number">{texts.get(it)}</th> })
        .collect();
    view! {
        <div class="wide">
        <table class="list">
            <caption>{texts.get("sample-mails")}</caption>
            <thead><tr><th scope="col">{texts.get("sample-message")}</th>{names}</tr></thead>
            <tbody>{lines}</tbody>
        </table>
        </div>
    }
}

fn upload(screen: &InvitationsScreen, action: &str, texts: &Texts) -> impl IntoView + use<> {
    let wanted = (!screen.frame_columns.is_empty()).then(|| {
        let columns = screen.frame_columns.join(", ");
        view! { <p class="hint">{texts.with("sample-frame-columns", [("columns", columns)])}</p> }
    });
    let least = screen.is_grouped.then(|| {
        view! {
            <div class="field short">
                <label for="least">{texts.get("sample-least")}</label>
                <p class="hint" id="least-hint">{texts.get("sample-least-hint")}</p>
                <input id="least" name="least" type="number" min="1" max="65535" inputmode="numeric"
                    aria-describedby="least-hint" value=screen.least.clone()/>
            </div>
        }
    });
    let fields = Fields {
        texts,
        wrong: screen.head.wrong.as_ref(),
    };
    let title = if screen.figures.n_sample == 0 {
        "sample-first"
    } else {
        "sample-more"
    };
    view! {
        <section aria-labelledby="upload-h">
            <h2 id="upload-h">{texts.get(title)}</h2>
            <form method="post" action=action.to_owned() enctype="multipart/form-data" class="settings">
                <div class="field">
                    <label for="file">{texts.get("sample-file")}</label>
                    <p class="hint" id="file-hint">{texts.get("sample-file-hint")}</p>
                    {wanted}
                    {fields.error("file")}
                    <input id="file" name="file" type="file" required=true accept=".csv,.xlsx,text/csv"
                        aria-describedby=fields.described("file", Some("file-hint"))
                        aria-invalid=fields.invalid("file")/>
                </div>
                {least}
                <div class="actions">
                    <button class="primary" name="do" value="check">{texts.get("sample-check")}</button>
                    <button class="secondary" name="do" value="import">{texts.get("sample-import")}</button>
                </div>
            </form>
        </section>
    }
}
