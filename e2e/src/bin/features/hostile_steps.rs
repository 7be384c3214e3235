//! Sentences about hostile strings in questionnaires and answers.
//!
//! Every string passes through the places that many pass at once; where one string takes a page of its own, or
//! every field, ours and an even sample of the others do.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use cucumber::then;
use e2e::{
    browser::{Browser, Scripts},
    folder::Folder,
    hostile::{
        corpus::{Corpus, in_html, typed, typed_on_one_line},
        questionnaires,
        watch::Watch,
    },
    visitor::Visitor,
};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::page;
use crate::world::{World, surroundings};

/// How many of the other strings are tried where each takes long.
const SOME: usize = 120;
/// Statements and choices of one questionnaire, which takes five thousand items; texts of every other kind of
/// all but the first.
const A_QUESTIONNAIRE: usize = 2_500;
const A_FEW: usize = 12;
/// Answers of one draft; how many of them are also given on several lines and beside a choice. Ours are.
const A_DRAFT: usize = 800;
const FIRST: usize = 130;
/// Free texts of a questionnaire whose dashboard lists them.
const VERBATIMS: usize = 16;

/// Fills fields, by name, and lets the page know once.
const FILL: &str = "let last;
    for (const [name, value] of arguments[0]) {
        last = document.getElementsByName(name)[0];
        if (last.type === 'radio') { last.checked = true; } else { last.value = value; }
    }
    for (const it of ['input', 'change']) last.dispatchEvent(new Event(it, { bubbles: true }));";

pub(crate) fn corpus() -> Result<Corpus> {
    Corpus::read(&surroundings()?.settings.hostile)
}

impl World {
    /// Installs a questionnaire: its wave's address, its dashboard's.
    pub(crate) async fn install(&self, questionnaire: &str) -> Result<(String, String)> {
        let install = &surroundings()?.settings.install;
        self.product()?.install(install, questionnaire).await
    }
}

/// Puts strings into a page as nobody should.
fn naive(strings: &[&str]) -> String {
    let mut page = String::from("<!DOCTYPE html><meta charset=utf-8><title>naive</title><main>");
    for it in strings {
        let _ = write!(page, "<p>{it}</p>");
    }
    page
}

#[then("une page qui recopie les chaînes hostiles est surprise de toutes les façons")]
async fn naive_page(world: &mut World) -> Result<()> {
    let strings = corpus()?;
    // What runs by itself; what ends a page would hide the others.
    let runs = [
        "<script>alert(",
        "<img src=x onerror",
        "<svg onload",
        "<img src=//",
    ];
    let strings: Vec<&str> = strings
        .all()
        .into_iter()
        .filter(|it| runs.iter().any(|run| it.starts_with(run)))
        .collect();
    ensure!(strings.len() >= 4, "{strings:?}");
    let policy = policy(world).await?;
    for (policy, is_stopped) in [("", false), (policy.as_str(), true)] {
        let folder = Folder::serve_under(policy).await?;
        std::fs::write(folder.path().join("naive.html"), naive(&strings))?;
        let watch = Watch::begin(world.browser()?, &folder.url).await?;
        world
            .browser()?
            .goto(&format!("{}naive.html", folder.url))
            .await?;
        // Pictures fail, and so run what they carry, when they please.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let strays = watch.strays(None, true).await?;
        ensure!(!strays.is_empty(), "no stray is found");
        let html = naive(&strings);
        ensure!(
            !watch.strays(Some(&html), true).await?.is_empty(),
            "none is found in a text"
        );
        let shown = watch.shows("main p", "textContent", &strings).await;
        ensure!(shown.is_err(), "all is shown");
        let seen = watch.seen().await?;
        ensure!(seen.executed.is_empty() == is_stopped, "{seen:#?}");
        ensure!(seen.reported.is_empty() != is_stopped, "{seen:#?}");
        // Also what the policy stops has been asked for.
        ensure!(!seen.foreign.is_empty(), "{seen:#?}");
    }
    Ok(())
}

/// The policy of the product's own pages, a nonce apart.
async fn policy(world: &World) -> Result<String> {
    let answer = Visitor::default().get(&world.product()?.respond).await?;
    let policy = answer.header("content-security-policy");
    policy.context("no policy").map(str::to_owned)
}

/// The address in the language that nothing is typeset in.
fn in_english(address: &str) -> String {
    format!("{address}?lang=en")
}

#[then("chaque texte hostile d'un questionnaire est montré et n'est que du texte")]
async fn texts(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let (all, own) = (corpus.all(), corpus.some(0));
    for (nth, strings) in all.chunks(A_QUESTIONNAIRE).enumerate() {
        let some = if nth == 0 {
            &own[..]
        } else {
            &strings[..A_FEW]
        };
        let texts = questionnaires::of_texts(&format!("textes-{nth}"), strings, some);
        let (start, dashboard) = world.install(&texts.source).await?;
        let browser = world.browser()?;
        let watch = Watch::begin(browser, &start).await?;
        browser.goto(&in_english(&start)).await?;
        watch
            .shows("h1", "textContent", &[in_html(&texts.title)])
            .await?;
        watch.is_clean(true).await?;
        page::press(browser, "main form .actions button").await?;
        for (id, strings) in texts.choices.iter().chain(&texts.labels) {
            let css = match id.starts_with('c') {
                true => &[".choices label"][..],
                false => &["[data-text=label]", "[data-text=help]"],
            };
            let strings: Vec<String> = strings.iter().map(|it| in_html(it)).collect();
            for css in css {
                watch.shows(css, "textContent", &strings).await?;
            }
            // What Markdown leaves of a string is its affair; that strings come there is ours.
            let said = "const them = [...document.querySelectorAll('.statement')];
                return [them.length, them.filter(it => it.textContent.trim() !== '').length];";
            let said: (usize, usize) =
                serde_json::from_value(browser.execute(said, vec![]).await?)?;
            let is_ours = nth == 0 && id == "c0";
            ensure!(
                !is_ours || said.0 == strings.len() && said.1 * 3 > said.0,
                "{said:?} statements"
            );
            next(browser, &watch, id).await?;
        }
        for id in &texts.kinds {
            // A unit of a roster, so that there is one to show.
            let add = "button[value^='add:']";
            if !browser.find_all(Locator::Css(add)).await?.is_empty() {
                page::press(browser, add).await?;
            }
            // A number that its check complains of, so that the message is shown.
            let number = browser.find_all(Locator::Css("input[inputmode]")).await?;
            if let Some(number) = number.first() {
                number.send_keys("1").await?;
            }
            next(browser, &watch, id).await?;
        }
        for address in [
            format!("{start}/review"),
            start.clone(),
            dashboard,
            world.product()?.url("/")?,
        ] {
            for language in ["en", "fr"] {
                browser.goto(&format!("{address}?lang={language}")).await?;
                page::wait_for(browser, "main").await?;
                watch.is_clean(true).await?;
            }
        }
    }
    Ok(())
}

/// Looks at the page that has this name, and goes on to the next one, also where it warns once.
async fn next(browser: &Browser, watch: &Watch<'_>, id: &str) -> Result<()> {
    let page = format!("/p/{id}");
    for _ in 0..2 {
        let at = browser.current_url().await?;
        ensure!(at.path().ends_with(&page), "at {at}, not at {id}");
        watch.is_clean(true).await?;
        page::advance(browser).await?;
        if !browser.current_url().await?.path().ends_with(&page) {
            return Ok(());
        }
    }
    anyhow::bail!("there is no way on from {id}")
}

#[then("chaque réponse hostile est relue telle quelle et n'est que du texte")]
async fn answers(world: &mut World) -> Result<()> {
    answered(world, &corpus()?.all()).await
}

#[then("des réponses hostiles sont relues telles quelles et ne sont que du texte")]
async fn some_answers(world: &mut World) -> Result<()> {
    answered(world, &corpus()?.some(SOME)).await
}

/// Waits until the page's island has drawn it whole: its last field tells.
async fn drawn(world: &World, last: &str) -> Result<()> {
    let browser = world.browser()?;
    if world.scripts == Scripts::Off {
        return Ok(());
    }
    let told = format!("[data-slot={last}] [data-count]:not([hidden])");
    page::fill(browser, last, "a").await?;
    page::wait_for(browser, &told).await.map(drop)
}

async fn answered(world: &World, strings: &[&str]) -> Result<()> {
    let is_kept = |it: &&&str| !typed_on_one_line(it).is_empty();
    let strings: Vec<&str> = strings.iter().filter(is_kept).copied().collect();
    let source = questionnaires::of_answers("reponses", A_DRAFT, FIRST);
    let (start, _) = world.install(&source).await?;
    let watch = Watch::begin(world.browser()?, &start).await?;
    for (nth, strings) in strings.chunks(A_DRAFT).enumerate() {
        let shown = draft(world, &watch, &start, strings).await?;
        if nth == 0 {
            sent(world, &watch, &start, &shown).await?;
        }
        world.browser()?.delete_all_cookies().await?;
    }
    Ok(())
}

/// Answers with these strings, and reads them wherever they are said again; what the review shows.
async fn draft(
    world: &World,
    watch: &Watch<'_>,
    start: &str,
    strings: &[&str],
) -> Result<Vec<String>> {
    let browser = world.browser()?;
    let line: Vec<String> = strings.iter().map(|it| typed_on_one_line(it)).collect();
    let first = &strings[..strings.len().min(FIRST)];
    let lines: Vec<String> = first.iter().map(|it| typed(it)).collect();
    let beside = &line[..first.len()];
    let labels = [&lines[..], &line[first.len()..]].concat();
    let mut pairs: Vec<(String, &str)> = Vec::new();
    pairs.extend(
        strings
            .iter()
            .enumerate()
            .map(|(i, it)| (format!("q{i}"), *it)),
    );
    for (i, it) in first.iter().enumerate() {
        pairs.push((format!("r{i}"), it));
        pairs.push((format!("o{i}"), "autre"));
        pairs.push((format!("o{i}.autre"), it));
    }
    let fields = |n: usize, slot: &str, after: &str| -> String {
        let field = |i| format!("[name='{slot}{i}{after}']");
        (0..n).map(field).collect::<Vec<_>>().join(",")
    };
    let label = |i| format!("[data-slot=x{i}] [data-text=label]");
    let at_labels = (0..strings.len()).map(label).collect::<Vec<_>>().join(",");

    browser.goto(&in_english(start)).await?;
    page::press(browser, "main form .actions button").await?;
    drawn(world, "fin_un").await?;
    browser.execute(FILL, vec![json!(pairs)]).await?;
    if world.scripts == Scripts::On {
        watch.shows(&at_labels, "textContent", &labels).await?;
    }
    page::advance(browser).await?;
    let mut said: Vec<String> = line
        .iter()
        .map(|it| format!("avant {it} après\n"))
        .collect();
    said.resize(A_DRAFT, "avant  après\n".to_owned());
    watch.shows(".statement", "textContent", &said).await?;
    drawn(world, "fin_deux").await?;
    watch.is_clean(false).await?;

    browser.goto(&format!("{start}/p/un")).await?;
    for (fields, expected) in [
        (fields(line.len(), "q", ""), &line[..]),
        (fields(lines.len(), "r", ""), &lines[..]),
        (fields(beside.len(), "o", ".autre"), beside),
    ] {
        watch.shows(&fields, "value", expected).await?;
    }
    watch.shows(&at_labels, "textContent", &labels).await?;
    watch.is_clean(false).await?;

    browser.goto(&format!("{start}/review")).await?;
    let beside = beside.iter().map(|it| format!("Autre: {it}"));
    let last = (world.scripts == Scripts::On).then(|| "a".to_owned());
    let all = line.iter().chain(&lines).cloned();
    let all: Vec<String> = all.chain(beside).chain(last).collect();
    let css = ".review-page:first-of-type dd.review-answer p:not(.none)";
    watch.shows(css, "textContent", &all).await?;
    watch.is_clean(false).await?;
    Ok(all)
}

/// Sends the answers, and looks at the receipt and at the respondent's own files.
async fn sent(world: &World, watch: &Watch<'_>, start: &str, all: &[String]) -> Result<()> {
    let browser = world.browser()?;
    page::press(browser, "main form button.primary").await?;
    ensure!(
        browser.current_url().await?.path().ends_with("/receipt"),
        "not sent"
    );
    watch.is_clean(false).await?;
    let page = fetched(browser, &format!("{start}/receipt/export/html"), "").await?;
    let html = page["text"].as_str().context("a file")?;
    // The file brings its own look along, before anything that somebody wrote.
    let (before, rest) = html.split_once("<style>").context("a look")?;
    let (_, after) = rest.split_once("</style>").context("the end of the look")?;
    let html = format!("{before}{after}");
    let strays = watch.strays(Some(&html), false).await?;
    ensure!(strays.is_empty(), "{strays:#?}");
    let texts = "const page = new DOMParser().parseFromString(arguments[0], 'text/html');
        const found = new Set([...page.querySelectorAll('dd p')].map(it => it.textContent));
        return arguments[1].filter(it => !found.has(it)).slice(0, 5);";
    let lacking = browser
        .execute(texts, vec![json!(html), json!(all)])
        .await?;
    ensure!(lacking == json!([]), "the file lacks {lacking}");
    let data = fetched(browser, &format!("{start}/receipt/export/json"), "").await?;
    for (file, kind) in [(&page, "text/html"), (&data, "application/json")] {
        let headers = &file["headers"];
        ensure!(
            headers["content-type"]
                .as_str()
                .is_some_and(|it| it.starts_with(kind)),
            "{headers}"
        );
        ensure!(headers["x-content-type-options"] == "nosniff", "{headers}");
    }
    Ok(())
}

/// What the page's own site answers: `status`, `headers`, `text`. A form is posted unless it is empty.
pub(crate) async fn fetched(browser: &Browser, address: &str, form: &str) -> Result<Value> {
    let script = "const [address, form, done] = arguments;
        fetch(address, form === '' ? {} : { method: 'POST', body: new URLSearchParams(form) })
            .then(async it => done({ status: it.status, headers: Object.fromEntries(it.headers), text: await it.text() }))
            .catch(error => done({ error: String(error) }));";
    let answer = browser
        .execute_async(script, vec![json!(address), json!(form)])
        .await?;
    ensure!(answer["error"].is_null(), "{address}: {answer}");
    ensure!(
        answer["status"].as_u64().is_some_and(|it| it < 500),
        "{address}: {answer}"
    );
    Ok(answer)
}

#[then("le tableau de bord en direct montre chaque réponse hostile telle quelle")]
async fn dashboard(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let strings: Vec<String> = corpus
        .all()
        .into_iter()
        .map(|it| on_a_dashboard(&typed(it)))
        .filter(|it| !it.is_empty())
        .collect();
    let strings: std::collections::BTreeSet<&str> = strings.iter().map(String::as_str).collect();
    let strings: Vec<&str> = strings.into_iter().collect();
    let (start, dashboard) = world
        .install(&questionnaires::of_verbatims("verbatims", VERBATIMS))
        .await?;
    let browser = world.browser()?;
    let watch = Watch::begin(browser, &start).await?;
    browser.goto(&in_english(&dashboard)).await?;
    page::wait_for(browser, ".live[data-state=live]").await?;
    let product = world.product()?;
    let sheets = product.file(
        "verbatims.ndjson",
        &questionnaires::sheets(&strings, VERBATIMS),
    )?;
    product.run(&["import", "verbatims", &sheets]).await?;
    let n = strings.len();
    let count = "return document.querySelectorAll('.verbatims span[dir=auto]').length;";
    let arrived = async {
        while browser.execute(count, vec![]).await? != json!(n) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        anyhow::Ok(())
    };
    let live = tokio::time::timeout(page::PATIENCE, arrived).await;
    let found = browser.execute(count, vec![]).await?;
    live.with_context(|| format!("{found} of {n} texts arrive"))??;
    // Live first, then as the server draws it.
    for _ in 0..2 {
        let lacking = "const found = new Set([...document.querySelectorAll('.verbatims span[dir=auto]')].map(it => it.textContent));
            return arguments[0].filter(it => !found.has(it)).slice(0, 5);";
        let lacking = browser.execute(lacking, vec![json!(strings)]).await?;
        ensure!(lacking == json!([]), "not shown as they are: {lacking}");
        watch.is_clean(false).await?;
        browser.refresh().await?;
        page::wait_for(browser, ".live[data-state=live]").await?;
    }
    Ok(())
}

/// What a dashboard shows of a text: one line, of what an XML file can hold, as its drawings are such files.
fn on_a_dashboard(text: &str) -> String {
    let shown = |it: char| match it {
        '\n' | '\t' => ' ',
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        it => it,
    };
    text.chars().map(shown).collect()
}
