//! The dashboard as a document.

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;
use tally::Table;

use super::admission::{self, admission};
use super::arrivals::arrivals;
use super::cut::{combine, cut};
use super::fragments::{Part, anchor, counters, part, set, stops};
use super::island::{EMPTY, LiveResults};
use super::screen::{Block, Concern, DashboardScreen, FORMER, Rehearsal};
use super::wall::wall;
use super::words::Words;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::writing::rehearse::of_save;
use crate::studio::writing::rehearse::screen::RehearsedShown;
use crate::typography::typeset;
use crate::ui::{Document, Frame, document};

/// The whole document of the dashboard.
pub(crate) fn dashboard(frame: &Frame, screen: &DashboardScreen) -> String {
    let texts = Texts::of(frame.language);
    let words = words(texts, screen);
    let name = typeset(&screen.title, &screen.language);
    let is_rehearsal = screen.concern.is_rehearsal();
    let title = texts.get(match is_rehearsal {
        false => "dashboard-title",
        true => "rehearsal-title",
    });
    if let Some(shown) = &screen.wall {
        let main = wall(frame, screen, shown, &words, texts);
        return framed(frame, screen, title, name, main);
    }
    let nav: Vec<_> = screen
        .blocks
        .iter()
        .map(|it| nav_block(it, &screen.language, texts))
        .collect();
    let blocks: Vec<_> = screen
        .blocks
        .iter()
        .map(|it| block(it, screen, &words, texts))
        .collect();
    let invitation = (screen.progress.started == 0).then(|| {
        let (title, text) = match screen.concern {
            Concern::Wave { .. } => ("dashboard-empty-title", "dashboard-empty"),
            Concern::Rehearsal | Concern::Writing { .. } => {
                ("rehearsal-empty-title", "rehearsal-empty")
            }
        };
        view! {
            <div class="empty" id=EMPTY>
                <h2>{texts.get(title)}</h2>
                <p>{texts.get(text)}</p>
                {screen.respond.clone().map(|href| view! { <p><a href=href>{texts.get("dashboard-respond")}</a></p> })}
            </div>
        }
    });
    let band =
        is_rehearsal.then(|| view! { <p class="rehearsal-band">{texts.get("rehearsal-band")}</p> });
    let main = view! {
        {band}
        <div class="dashboard">
            <nav class="rail" aria-label=texts.get("dashboard-nav")>
                <ol>{nav}</ol>
            </nav>
            <div class="results">
                <header class="results-head">
                    <h1 class="page-title">{title.clone()}</h1>
                    <p class="state">
                        {badge(&screen.concern, texts)}
                        {screen.respond.clone().map(|href| view! { <a href=href>{texts.get("dashboard-respond")}</a> })}
                    </p>
                    <LiveResults
                        events=screen.live.clone()
                        revision=screen.revision
                        responses=screen.progress.finished
                        words=words.clone()
                    />
                    {about_rehearsal(&screen.concern, texts)}
                    <dl class="counters" id="counters" inner_html=counters(&screen.progress, &words)></dl>
                    {admission(&screen.admission, &words, texts)}
                    {cut(&screen.cut, &screen.language, &words, texts)}
                </header>
                {invitation}
                {arrivals(&screen.arrivals, texts)}
                <section id="stops" class="stops" inner_html=stops(&screen.progress, &words)></section>
                {blocks}
            </div>
        </div>
    };
    framed(frame, screen, title, name, main.into_any())
}

fn framed(
    frame: &Frame,
    screen: &DashboardScreen,
    title: String,
    name: String,
    main: AnyView,
) -> String {
    document(
        frame,
        Document {
            title,
            name,
            name_href: screen.home.clone(),
            style: "studio",
            bundle: Some("studio"),
            main,
        },
    )
}

/// Whether people can answer; of a rehearsal nobody asks.
fn badge(concern: &Concern, texts: &Texts) -> Option<impl IntoView + use<>> {
    let Concern::Wave { is_open, .. } = concern else {
        return None;
    };
    let state = if *is_open {
        "dashboard-open"
    } else {
        "dashboard-closed"
    };
    let is_open = is_open.to_string();
    Some(view! { <span class="badge" data-open=is_open>{texts.get(state)}</span> })
}

/// What a page says of rehearsals: that it shows one, that there is one beside it, or that it has just gone.
fn about_rehearsal(concern: &Concern, texts: &Texts) -> AnyView {
    match concern {
        Concern::Rehearsal => {
            view! { <p class="rehearsal-about">{texts.get("rehearsal-about")}</p> }.into_any()
        }
        Concern::Writing { of, rehearse, edit } => writing(of, rehearse, edit, texts).into_any(),
        Concern::Wave {
            rehearsal: Some(it),
            ..
        } => beside(it, texts).into_any(),
        Concern::Wave {
            rehearsal: None, ..
        } => view! {
            <p class="notice" id=paths::REMOVED tabindex="-1">{texts.get("rehearsal-removed")}</p>
        }
        .into_any(),
    }
}

/// Of which save made-up responses are, and the ways on: back to it, and to be rid of them.
fn writing(
    of: &RehearsedShown,
    rehearse: &str,
    edit: &str,
    texts: &Texts,
) -> impl IntoView + use<> {
    let since = (!of.is_latest).then(|| view! { <p>{texts.get("rehearse-saved-since")}</p> });
    view! {
        <section class="rehearsal-beside" aria-labelledby="rehearsal-h">
            <h2 id="rehearsal-h">{of_save(of, texts)}</h2>
            <p>{texts.get("rehearse-about")}</p>
            {since}
            <form method="post" action=rehearse.to_owned()>
                <a href=edit.to_owned()>{texts.get("rehearse-back")}</a>
                <a href=rehearse.to_owned()>{texts.get("rehearse-again")}</a>
                <button class="secondary" name="do" value="remove">{texts.get("rehearse-remove")}</button>
            </form>
        </section>
    }
}

fn beside(rehearsal: &Rehearsal, texts: &Texts) -> impl IntoView + use<> {
    let n = rehearsal.n_responses;
    let language = chart::Language::from_tag(texts.language().code());
    let count = texts.with(
        "rehearsal-count",
        [
            ("n", FluentValue::from(n)),
            ("count", FluentValue::from(integer(n, language))),
        ],
    );
    view! {
        <section class="rehearsal-beside" aria-labelledby="rehearsal-h">
            <h2 id="rehearsal-h">{texts.get("rehearsal-heading")}</h2>
            <p>{count}</p>
            <form method="post" action=rehearsal.remove.clone()>
                <a href=rehearsal.href.clone()>{texts.get("rehearsal-see")}</a>
                <button class="secondary">{texts.get("rehearsal-remove")}</button>
            </form>
        </section>
    }
}

fn title_of(block: &Block, language: &str, texts: &Texts) -> String {
    if block.id == FORMER {
        texts.get("dashboard-former")
    } else {
        typeset(&block.title, language)
    }
}

fn nav_block(block: &Block, language: &str, texts: &Texts) -> impl IntoView + use<> {
    let links: Vec<_> = block
        .tables
        .iter()
        .map(|table| {
            let href = format!("#{}", anchor(&table.item));
            view! { <li><a href=href>{typeset(&table.label, language)}</a></li> }
        })
        .collect();
    let href = format!("#b-{}", block.id);
    view! {
        <li>
            <a class="rail-block" href=href>{title_of(block, language, texts)}</a>
            <ol>{links}</ol>
        </li>
    }
}

fn block(
    block: &Block,
    screen: &DashboardScreen,
    words: &Words,
    texts: &Texts,
) -> impl IntoView + use<> {
    let language = screen.language.as_str();
    let figures: Vec<_> = block
        .tables
        .iter()
        .map(|it| figure(it, ways(screen, it, texts), words, texts))
        .collect();
    let id = format!("b-{}", block.id);
    view! {
        <section class="block" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title_of(block, language, texts)}</h2>
            {figures}
        </section>
    }
}

/// Where else a figure leads: to combinations of its answers, and to itself, large.
fn ways(screen: &DashboardScreen, table: &Table, texts: &Texts) -> AnyView {
    let to = |form: &'static str, key: &str| {
        let asked = [("wall", table.item.as_str()), ("form", form)];
        let href = paths::cut(&screen.cut.wall, &asked);
        view! {
            <a href=href>
                {texts.get(key)}
                <span class="unseen">{format!(" – {}", table.label)}</span>
            </a>
        }
    };
    // What a table of texts or dates would be is no drawing.
    let drawn = !table.figures.rows.is_empty() || table.figures.stats.is_some();
    let files = drawn.then(|| view! { {to("svg", "figure-svg")} " " {to("csv", "figure-csv")} });
    view! {
        {combine(&screen.cut, &table.item, &screen.language, texts)}
        <p class="ways">{to("", "wall-show")} " " {files}</p>
    }
    .into_any()
}

fn figure(table: &Table, ways: AnyView, words: &Words, texts: &Texts) -> impl IntoView + use<> {
    let table = set(table, words);
    let html = |it: Part| part(it, &table, words);
    let id = anchor(&table.item);
    let heading = format!("{id}-h");
    let kind = if table.figures.rows.is_empty() {
        "open"
    } else {
        "closed"
    };
    let numbers = html(Part::Table);
    // Tables of texts and dates are empty for good: nothing to unfold.
    let unfold = (!numbers.is_empty() || table.figures.stats.is_some()).then(|| {
        view! {
            <details class="numbers">
                <summary>
                    {texts.get("dashboard-table")}
                    <span class="unseen">{format!(" – {}", table.label)}</span>
                </summary>
                <div data-part=Part::Table.name() inner_html=numbers></div>
            </details>
        }
    });
    view! {
        <article class="figure" id=id data-kind=kind aria-labelledby=heading.clone()>
            <div class="figure-main">
                <h3 id=heading.clone()>{table.heading().to_owned()}</h3>
                <p class="base" data-part=Part::Base.name() inner_html=html(Part::Base)></p>
                <div class="chart-figure" data-part=Part::Chart.name() inner_html=html(Part::Chart)></div>
                <ul class="notes" data-part=Part::Notes.name() inner_html=html(Part::Notes)></ul>
                <div class="texts" data-part=Part::Texts.name() inner_html=html(Part::Texts)></div>
                {unfold}
                {ways}
            </div>
            <div class="figure-side" data-part=Part::Chain.name() inner_html=html(Part::Chain)></div>
        </article>
    }
}

/// The words for fragments, from the language files.
fn words(texts: &Texts, screen: &DashboardScreen) -> Words {
    let n = [("n", "{n}")];
    let (finished, one, several) = match &screen.concern {
        Concern::Wave { .. } => ("counter-finished", "announce-one", "announce-several"),
        Concern::Rehearsal | Concern::Writing { .. } => (
            "counter-rehearsed",
            "announce-rehearsed-one",
            "announce-rehearsed-several",
        ),
    };
    let all = |keys: &[&str]| keys.iter().map(|it| texts.get(it)).collect::<Vec<_>>();
    Words {
        language: texts.language().code().to_owned(),
        texts_language: screen.language.clone(),
        chain: all(&[
            "chain-responses",
            "chain-not-asked",
            "chain-eligible",
            "chain-not-reached",
            "chain-asked",
            "chain-dont-know",
            "chain-refused",
            "chain-no-answer",
            "chain-answered",
        ]),
        units: texts.get("chain-units"),
        counters: all(&[finished, "counter-started", "counter-share"]),
        stops: vec![
            texts.get("stops-title"),
            texts.with("stops-base", n),
            texts.get("stops-share"),
            texts.get("dashboard-table"),
        ],
        nobody: texts.get("dashboard-nobody"),
        texts: vec![
            texts.get("texts-one"),
            texts.with("texts-several", n),
            texts.with("texts-beside", [("label", "{label}")]),
            texts.with("texts-more", n),
            texts.get("texts-none"),
        ],
        dates: vec![
            texts.with("dates-range", [("first", "{first}"), ("last", "{last}")]),
            texts.with("dates-single", [("first", "{first}")]),
        ],
        months: texts.phrases().months().to_vec(),
        live: vec![
            texts.get("live-waiting"),
            texts.with("live-on", [("time", "{time}")]),
            texts.get("live-lost"),
            texts.get("live-ended"),
            texts.get("live-removed"),
        ],
        admitted: admission::words(screen.admission.n_invited, texts),
        announce: vec![texts.get(one), texts.with(several, n)],
        combinations: vec![
            texts.get("combinations-title"),
            texts.get("combinations-universe"),
            texts.get("dashboard-table"),
        ],
        sets: screen
            .cut
            .set_names
            .iter()
            .map(|it| typeset(it, &screen.language))
            .collect(),
        percent: screen.cut.percent,
        kept: texts.with("cut-kept", [("kept", "{kept}"), ("all", "{all}")]),
    }
}
