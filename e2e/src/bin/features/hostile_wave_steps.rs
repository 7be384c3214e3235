//! Sentences about hostile strings on the pages of a wave: files of people, mails, reasons, contacts.

use anyhow::{Context as _, Result, ensure};
use cucumber::then;
use e2e::{
    browser::Browser,
    hostile::{
        corpus::{in_html, typed_on_one_line},
        watch::Watch,
    },
    visitor::Visitor,
};
use serde_json::{Value, json};

use crate::hostile_names_steps::{form, unsaid};
use crate::hostile_steps::{corpus, fetched};
use crate::page;
use crate::team_steps;
use crate::world::World;

const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");
/// Columns of one file, which takes a hundred.
const A_FILE: usize = 90;
/// Lines of one mail.
const A_MAIL: usize = 60;
/// Responses on one page.
const A_PAGE: usize = 100;
/// People who leave their details: each walks through the questionnaire.
const SOME: usize = 30;

/// Sends a file as its form does: `status`, `text`.
async fn given(browser: &Browser, address: &str, file: &str) -> Result<Value> {
    let script = "const [address, file, done] = arguments;
        const form = new FormData();
        form.set('file', new Blob([file], { type: 'text/csv' }), 'p.csv');
        form.set('do', 'check');
        fetch(address, { method: 'POST', body: form })
            .then(async it => done({ status: it.status, text: await it.text() }))
            .catch(error => done({ error: String(error) }));";
    let answer = browser
        .execute_async(script, vec![json!(address), json!(file)])
        .await?;
    ensure!(
        answer["status"].as_u64().is_some_and(|it| it < 500),
        "{address}: {answer}"
    );
    Ok(answer)
}

/// Which of these a page that was answered does not say.
async fn unsaid_in(browser: &Browser, html: &str, place: &str, words: &[String]) -> Result<()> {
    let script = "const page = new DOMParser().parseFromString(arguments[0], 'text/html');
        const said = [...page.querySelectorAll(arguments[1])].map(it => it.value ?? it.textContent).join('\\n');
        return arguments[2].filter(it => !said.includes(it)).slice(0, 5);";
    let args = vec![json!(html), json!(place), json!(words)];
    let unsaid = browser.execute(script, args).await?;
    ensure!(unsaid == json!([]), "{place} does not say {unsaid}");
    Ok(())
}

#[then(
    "les fichiers, messages, motifs et coordonnées hostiles d'une vague sont montrés et ne sont que du texte"
)]
async fn wave(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let some = corpus.some(SOME);
    let product = world.product()?;
    let sheets = product.file("sheets.ndjson", RESPONSES)?;
    product.run(&["import", "qpv-cls", &sheets]).await?;
    let address = product.url("/studio/s/qpv-cls/waves/qpv-cls")?;
    let start = product.respond.clone();
    // Browsers report the forms that rightly come back.
    let forms = [
        "invitations",
        "messages/reminder",
        "settings",
        "admissibility",
    ];
    let forms = forms.map(|it| format!("{address}/{it}"));
    world.expected_complaints.extend(forms);
    let product = world.product()?;
    let browser = world.browser()?;
    let watch = Watch::begin(browser, &product.url("/studio")?).await?;
    team_steps::administrator(world, "ada@exemple.fr").await?;
    let browser = world.browser()?;
    files(browser, &watch, &format!("{address}/invitations"), &some).await?;
    mails(
        browser,
        &watch,
        &format!("{address}/messages/reminder"),
        &some,
    )
    .await?;
    settings(browser, &watch, &format!("{address}/settings"), &some).await?;
    reasons(browser, &watch, &format!("{address}/admissibility"), &some).await?;
    contacts(
        browser,
        &watch,
        &start,
        &format!("{address}/contacts"),
        &some,
    )
    .await
}

/// Names of columns, and what stands under them.
async fn files(browser: &Browser, watch: &Watch<'_>, address: &str, some: &[&str]) -> Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for it in some.iter().copied() {
        let is_new = names.iter().all(|known| known.trim() != it.trim());
        if !it.trim().is_empty() && is_new {
            names.push(it);
        }
    }
    ensure!(names.len() > 100, "{} names", names.len());
    let quoted = |it: &str| format!("\"{}\"", it.replace('"', "\"\""));
    for names in names.chunks(A_FILE) {
        let names: Vec<String> = names.iter().map(|it| quoted(it)).collect();
        let names = names.join(",");
        // Both as a file that can be read and as one that cannot.
        for email in ["a@exemple.fr", "nobody"] {
            let file = format!("email,{names}\n{email},{names}\n");
            let answer = given(browser, address, &file).await?;
            let html = answer["text"].as_str().context("a page")?;
            let strays = watch.strays(Some(html), false).await?;
            ensure!(strays.is_empty(), "{strays:#?}");
            let is_read = answer["status"] == 200;
            ensure!(is_read == (email != "nobody"), "{answer}");
        }
    }
    for names in names.chunks(A_FILE) {
        let cells: Vec<String> = names.iter().map(|it| quoted(it)).collect();
        let cells = cells.join(",");
        let file = format!("email,{cells}\na@exemple.fr,{cells}\n");
        let answer = given(browser, address, &file).await?;
        let html = answer["text"].as_str().context("a page")?;
        let words: Vec<String> = names.iter().map(|it| in_html(it)).collect();
        for place in [".checked th", ".checked td.address"] {
            unsaid_in(browser, html, place, &words).await?;
        }
    }
    watch.is_clean(false).await
}

/// The words of a mail: in its form and as they would arrive.
async fn mails(browser: &Browser, watch: &Watch<'_>, address: &str, some: &[&str]) -> Result<()> {
    let lines: Vec<String> = some
        .iter()
        .map(|it| typed_on_one_line(it))
        .filter(|it| !it.is_empty())
        .collect();
    for lines in lines.chunks(A_MAIL) {
        let written: Vec<String> = lines
            .iter()
            .map(|it| it.replace('{', "{{").replace('}', "}}"))
            .collect();
        let subject = lines[0].chars().take(80).collect::<String>();
        let subject = subject.replace('{', "{{").replace('}', "}}");
        let body = format!("{}\n{{link}}\n{{opt_out}}", written.join("\n"));
        let post = form(&[
            ("do", "show"),
            ("language", "fr"),
            ("subject", &subject),
            ("body", &body),
        ]);
        let answer = fetched(browser, address, &post).await?;
        let html = answer["text"].as_str().context("a page")?;
        ensure!(answer["status"] == 200, "{answer}");
        let strays = watch.strays(Some(html), false).await?;
        ensure!(strays.is_empty(), "{strays:#?}");
        unsaid_in(browser, html, ".message textarea", &written).await?;
        // No control character goes into a mail.
        let sent: Vec<String> = lines.iter().map(|it| it.replace('\t', " ")).collect();
        unsaid_in(browser, html, ".mail pre", &sent).await?;
        // With a fill that there is not, it comes back as it was typed.
        for it in lines {
            let body = format!("{it} {{nowhere}}");
            let post = form(&[
                ("do", "keep"),
                ("language", "fr"),
                ("subject", it),
                ("body", &body),
            ]);
            let answer = fetched(browser, address, &post).await?;
            let html = answer["text"].as_str().context("a page")?;
            ensure!(answer["status"] == 422, "{it}: {answer}");
            let strays = watch.strays(Some(html), false).await?;
            ensure!(strays.is_empty(), "{it}: {strays:#?}");
            unsaid_in(browser, html, ".message textarea", &[body]).await?;
        }
    }
    watch.is_clean(false).await
}

/// What is wrong in a form comes back in it.
async fn settings(
    browser: &Browser,
    watch: &Watch<'_>,
    address: &str,
    some: &[&str],
) -> Result<()> {
    for it in some {
        let post = form(&[
            ("do", "when"),
            ("zone", it),
            ("opens", it),
            ("closes", it),
            ("language", it),
        ]);
        let answer = fetched(browser, address, &post).await?;
        let html = answer["text"].as_str().context("a page")?;
        let strays = watch.strays(Some(html), false).await?;
        ensure!(strays.is_empty(), "{it}: {strays:#?}");
    }
    watch.is_clean(false).await
}

/// Why responses are set aside.
async fn reasons(browser: &Browser, watch: &Watch<'_>, address: &str, some: &[&str]) -> Result<()> {
    let reasons: Vec<String> = some
        .iter()
        .map(|it| typed_on_one_line(it))
        .filter(|it| !it.is_empty() && it.chars().count() <= 300)
        .take(A_PAGE)
        .collect();
    browser.goto(address).await?;
    let script = "return [...document.querySelectorAll('[name=response]')].map(it => it.value);";
    let responses: Vec<String> =
        serde_json::from_value(browser.execute(script, Vec::new()).await?)?;
    ensure!(responses.len() >= A_PAGE, "{} responses", responses.len());
    for (response, reason) in responses.iter().zip(&reasons) {
        let post = form(&[("do", "aside"), ("response", response), ("reason", reason)]);
        let answer = fetched(browser, address, &post).await?;
        ensure!(answer["status"] == 200, "{reason}: {answer}");
    }
    browser.goto(&format!("{address}?lang=en")).await?;
    unsaid(browser, &reasons).await?;
    watch.is_clean(false).await
}

/// Details that people leave, on the team's list of whom to call back.
async fn contacts(
    browser: &Browser,
    watch: &Watch<'_>,
    start: &str,
    address: &str,
    some: &[&str],
) -> Result<()> {
    const PROFILE: &str = "structure=collectivite&fonction=coordo_cls&presence_cls=non&presence_cdv=non&presence_asv=non&nb_qpv=0&go=next";
    const WHOLE: &str = "coordination=moyenne&leviers=financements&freins=turnover&go=next";
    let mut names = Vec::new();
    for it in some.iter().step_by(5) {
        let name = typed_on_one_line(it);
        if name.is_empty() || name.chars().count() > 100 {
            continue;
        }
        let last = form(&[
            ("rappel", "true"),
            ("contact.name", &name),
            ("contact.email", "a@exemple.fr"),
            ("contact.telephone", "0612345678"),
            ("go", "next"),
        ]);
        let mut visitor = Visitor::default();
        let mut to = start.to_owned();
        let mut way = Vec::new();
        // Where to be reached is asked once somebody has agreed to be called: the page is shown again.
        for body in ["", PROFILE, WHOLE, &last, &last, "go=next"] {
            let answer = visitor.post(&to, body).await?;
            ensure!(answer.status == 303, "{name}: {way:?}: {answer:?}");
            let next = answer.header("location").context("it leads on")?;
            let root = start.split("/r/").next().unwrap_or_default();
            to = format!("{root}{next}");
            way.push(next.to_owned());
        }
        ensure!(to.ends_with("/receipt"), "{name}: {way:?}");
        names.push(name);
    }
    ensure!(names.len() > 20, "{} names", names.len());
    browser.goto(&format!("{address}?lang=en")).await?;
    page::wait_for(browser, "table").await?;
    unsaid(browser, &names).await?;
    watch.is_clean(false).await
}
