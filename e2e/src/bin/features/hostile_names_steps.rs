//! Sentences about hostile strings in names, addresses, files and the log.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use cucumber::then;
use e2e::{
    browser::Browser,
    hostile::{
        corpus::{in_html, typed},
        questionnaires,
        watch::Watch,
    },
    visitor::Visitor,
};
use serde_json::json;

use crate::hostile_steps::{corpus, fetched};
use crate::page;
use crate::team_steps;
use crate::world::World;

/// How many of the other strings are tried where each takes a request or several.
const SOME: usize = 20;
/// Names of one draft, which takes twenty.
const A_DRAFT: usize = 15;
/// What the team's browser calls itself: stands in the list of sessions.
const AGENT: &str =
    "<img src=x onerror=alert('recueil')>\"'</script><script>alert('recueil')</script>";

/// A form's fields as they are posted.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    form.finish()
}

/// One part of an address, whatever stands in it.
fn segment(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

/// What is kept of a name in a shared response: one line of at most eighty characters.
fn name(text: &str) -> String {
    let plain = |it: char| if it.is_control() { ' ' } else { it };
    let text: String = text.chars().map(plain).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(80).collect()
}

/// Which of these the page that is open does not say anywhere in its text.
pub(crate) async fn unsaid(browser: &Browser, words: &[String]) -> Result<()> {
    let script = "const said = document.querySelector('main').textContent;
        return arguments[0].filter(it => !said.includes(it)).slice(0, 5);";
    let unsaid = browser.execute(script, vec![json!(words)]).await?;
    ensure!(
        unsaid == json!([]),
        "{} does not say {unsaid}",
        browser.current_url().await?
    );
    Ok(())
}

#[then("les noms hostiles de plusieurs répondants sont montrés et ne sont que du texte")]
async fn together(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let names: Vec<&str> = corpus
        .some(0)
        .into_iter()
        .filter(|it| !name(it).is_empty())
        .collect();
    let (start, _) = world
        .install(&questionnaires::of_answers("reponses", 3, 0))
        .await?;
    let browser = world.browser()?;
    let watch = Watch::begin(browser, &start).await?;
    for names in names.chunks(A_DRAFT) {
        browser.goto(&format!("{start}?lang=en")).await?;
        page::press(browser, "main form .actions button").await?;
        let together = format!("{start}/together");
        let mut people = Vec::new();
        for it in names {
            let handed = fetched(browser, &together, &form(&[("label", it), ("name", it)])).await?;
            let html = handed["text"].as_str().context("a page")?;
            let strays = watch.strays(Some(html), false).await?;
            ensure!(strays.is_empty(), "{it}: {strays:#?}");
            let link = "const page = new DOMParser().parseFromString(arguments[0], 'text/html');
                return page.querySelector('#link')?.textContent;";
            let link = browser.execute(link, vec![json!(html)]).await?;
            let link = link.as_str();
            let link = link.with_context(|| format!("no link for {it}: {}", handed["status"]))?;
            let mut visitor = Visitor::default();
            for (address, form) in [
                (link.to_owned(), String::new()),
                (
                    format!("{start}/part"),
                    form(&[("do", "join"), ("name", it)]),
                ),
                (
                    format!("{start}/part/un"),
                    form(&[("q0", it), ("go", "next")]),
                ),
            ] {
                let answer = visitor.post(&address, &form).await?;
                ensure!(answer.status == 303, "{it}: {address}: {answer:?}");
            }
            people.push(visitor);
        }
        let written: Vec<String> = names.iter().map(|it| name(it)).collect();
        browser.goto(&together).await?;
        unsaid(browser, &written).await?;
        watch.is_clean(false).await?;
        for path in ["p/un", "review"] {
            browser.goto(&format!("{start}/{path}")).await?;
            page::wait_for(browser, "#disagreements").await?;
            unsaid(browser, &written).await?;
            watch.is_clean(false).await?;
        }
        browser.delete_all_cookies().await?;
        // What a contributor sees: who handed it over, what others wrote.
        for (visitor, path) in people.iter_mut().zip(["part", "part/un", "review"]) {
            let answer = visitor.get(&format!("{start}/{path}")).await?;
            let strays = watch.strays(Some(&answer.body), false).await?;
            ensure!(strays.is_empty(), "{path}: {strays:#?}");
        }
    }
    Ok(())
}

#[then("les noms, adresses et jetons hostiles de l'équipe sont montrés et ne sont que du texte")]
async fn team(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let some = corpus.some(0);
    let texts = questionnaires::of_texts("textes", &some, &some);
    world.install(&texts.source).await?;
    let product = world.product()?;
    let [account, members, audit, study, hostile, studio] = [
        "account",
        "s/qpv-cls/members",
        "s/qpv-cls/audit",
        "s/qpv-cls",
        "s/textes",
        "",
    ]
    .map(|it| product.url(format!("/studio/{it}").trim_end_matches('/')));
    let (account, members) = (account?, members?);
    let browser = world.browser()?;
    let watch = Watch::begin(browser, &account).await?;
    browser
        .devtools(
            "Network.setUserAgentOverride",
            json!({ "userAgent": AGENT }),
        )
        .await?;
    team_steps::administrator(world, "ada@exemple.fr").await?;
    let mut tokens = Vec::new();
    let mut renamed = 0;
    for it in some.iter().copied() {
        let shown = it.split_whitespace().collect::<Vec<_>>().join(" ");
        for (address, pairs) in [
            (&account, vec![("do", "name"), ("name", it)]),
            (
                &account,
                vec![
                    ("do", "token"),
                    ("token", it),
                    ("scope", "qpv-cls viewer"),
                    ("days", "3"),
                ],
            ),
        ] {
            let answer = fetched(browser, address, &form(&pairs)).await?;
            let html = answer["text"].as_str().context("a page")?;
            let strays = watch.strays(Some(html), false).await?;
            ensure!(strays.is_empty(), "{it}: {strays:#?}");
            match (answer["status"].as_u64(), pairs.len()) {
                (Some(200), 2) => renamed += 1,
                (Some(200), _) => tokens.push(shown.clone()),
                (Some(422), _) => {}
                (status, _) => anyhow::bail!("{it}: {status:?}"),
            }
        }
    }
    ensure!(
        renamed > 80 && tokens.len() > 80,
        "taken: {renamed} names, {} tokens",
        tokens.len()
    );
    browser.goto(&account).await?;
    unsaid(browser, &tokens).await?;
    unsaid(browser, &[AGENT.to_owned()]).await?;
    watch.is_clean(false).await?;
    for it in corpus
        .all()
        .into_iter()
        .filter(|it| it.contains('@'))
        .chain(some)
    {
        let answer = fetched(
            browser,
            &members,
            &form(&[("email", it), ("role", "viewer")]),
        )
        .await?;
        let html = answer["text"].as_str().context("a page")?;
        let strays = watch.strays(Some(html), false).await?;
        ensure!(strays.is_empty(), "{it}: {strays:#?}");
        let kept = "const page = new DOMParser().parseFromString(arguments[0], 'text/html');
            return page.querySelector('[name=email]').getAttribute('value');";
        let kept = browser.execute(kept, vec![json!(html)]).await?;
        let as_shown = in_html(&it.replace('\0', "\u{fffd}"));
        let as_kept = answer["status"] == 200 || kept == json!(as_shown);
        ensure!(as_kept, "{it:?} is shown again as {kept}");
    }
    for address in [members, audit?, study?, hostile?, studio?] {
        browser.goto(&format!("{address}?lang=en")).await?;
        page::wait_for(browser, "main").await?;
        watch.is_clean(false).await?;
    }
    Ok(())
}

#[then("des adresses hostiles ne mènent à rien, et ni les fichiers ni le journal n'en disent plus")]
async fn addresses(world: &mut World) -> Result<()> {
    let corpus = corpus()?;
    let browser = world.browser()?;
    let product = world.product()?;
    let watch = Watch::begin(browser, &product.respond).await?;
    browser.goto(&product.respond).await?;
    page::press(browser, "main form .actions button").await?;
    let mut asked: Vec<(String, String)> = Vec::new();
    for (nth, it) in corpus.some(SOME).into_iter().enumerate() {
        let it = segment(it);
        for address in [
            format!("/{it}"),
            format!("/r/{it}"),
            format!("/r/qpv-cls/p/{it}"),
            format!("/r/qpv-cls/with/{it}"),
            format!("/r/qpv-cls/part/{it}"),
            format!("/r/qpv-cls/instrument/{it}"),
            format!("/r/qpv-cls/receipt/export/{it}"),
            format!("/i/{it}"),
            format!("/i/{it}/opt-out"),
            format!("/d/qpv-cls/{it}"),
            format!("/d/{it}/rehearsal/{it}"),
            format!("/live/waves/{it}"),
            format!("/pkg/{it}"),
            format!("/studio/{it}"),
            format!("/studio/s/{it}"),
            format!("/studio/link/{it}"),
            format!("/studio/sign-in?next={it}"),
            format!("/studio/account?done={it}"),
            format!("/?lang={it}"),
            format!("/r/qpv-cls?lang={it}&{it}={it}"),
            format!("/api/v1/{it}"),
            format!("/api/v1/studies/{it}/waves"),
            format!("/api/v1/studies/qpv-cls/waves/{it}/tables?where={it}"),
            format!("/studio/openid/return?code={it}&state={it}"),
        ] {
            asked.push((address, String::new()));
        }
        // A password takes long to be found wrong, as it should.
        if nth % 8 == 0 {
            let form = format!("email={it}&password={it}&next={it}");
            asked.push(("/studio/sign-in".to_owned(), form));
        }
        asked.push((
            "/studio/sign-in".to_owned(),
            format!("email={it}&next={it}"),
        ));
        asked.push(("/studio/recover".to_owned(), format!("email={it}")));
        asked.push(("/r/qpv-cls/resume".to_owned(), format!("code={it}")));
        asked.push((
            "/r/qpv-cls/p/profil".to_owned(),
            format!("{it}={it}&nb_qpv={it}&structure={it}&go={it}&%24shown={it}"),
        ));
    }
    for asked in asked.chunks(500) {
        let wrong = watch.answers(asked).await?;
        ensure!(wrong.is_empty(), "{wrong:#?}");
    }
    watch.is_clean(false).await?;
    files(world).await?;
    let log = std::fs::read_to_string(product.log())?;
    plain("the log", &log)
}

/// Fails if a text holds what a terminal takes for a command.
fn plain(what: &str, text: &str) -> Result<()> {
    let is_command = |it: char| it.is_control() && !matches!(it, '\n' | '\t');
    let line = text.lines().find(|it| it.contains(is_command));
    ensure!(line.is_none(), "{what} speaks to terminals: {line:?}");
    Ok(())
}

/// Commands that read files full of hostile strings: what they print is for terminals.
async fn files(world: &World) -> Result<()> {
    let corpus = corpus()?;
    let product = world.product()?;
    let lines = corpus.some(SOME);
    let sheets: String = lines
        .iter()
        .map(|it| {
            let answers = json!({ *it: it, "nb_qpv": it, "structure": it, "structure.autre": it });
            format!(
                "{}\n",
                json!({ "meta": { "id": it, "reached": it }, "answers": answers })
            )
        })
        .collect();
    let quoted = |it: &&str| format!("\"{}\"", it.replace('"', "\"\""));
    let names: Vec<String> = lines.iter().take(50).map(quoted).collect();
    let cells: String = lines
        .iter()
        .map(|it| format!("{},{}\n", quoted(it), vec![quoted(it); 50].join(",")))
        .collect();
    let sample = format!("email,{}\n{cells}", names.join(","));
    let texts = |id| questionnaires::of_texts(id, &lines, &corpus.some(0)).source;
    let (unsound, sound) = (texts(lines[0]), texts("textes"));
    let template = format!("{}\n\n{}", typed(lines[0]), lines.join("\n"));
    let [sheets, table, sample, questionnaire, sound, template] = [
        ("s.ndjson", &sheets),
        ("t.csv", &sample),
        ("sample.csv", &sample),
        ("q.yaml", &unsound),
        ("sound.yaml", &sound),
        ("invitation.fr.txt", &template),
    ]
    .map(|(name, content)| product.file(name, content));
    let (sheets, table, sample) = (sheets?, table?, sample?);
    let (questionnaire, sound, template) = (questionnaire?, sound?, template?);
    let built_in = Path::new("questionnaires/qpv-cls/questionnaire.yaml");
    let built_in = built_in.to_str().context("a path")?;
    let mut n_said = 0;
    for format in ["text", "json"] {
        for args in [
            vec!["import", "qpv-cls", &sheets],
            vec!["import", "qpv-cls", &table],
            vec!["invite", "qpv-cls", &sample],
            vec!["invite", "qpv-cls", "--text", &template],
            vec!["invite", "qpv-cls", "--preview", "invitation"],
            vec!["wave", lines[0]],
        ] {
            let args = [&args[..], &["--format", format]].concat();
            let done = product.attempt(&args).await?;
            n_said += said(&args, &done)?;
        }
        for args in [
            vec!["check", &questionnaire],
            vec!["evaluate", built_in, &sheets],
            vec!["tally", &sound, &sheets],
        ] {
            let args = [&args[..], &["--format", format]].concat();
            n_said += said(&args, &product.look(&args).await?)?;
        }
    }
    ensure!(n_said > 10_000, "{n_said} bytes are said");
    Ok(())
}

/// How much a command has said, if terminals may show it.
fn said(args: &[&str], done: &std::process::Output) -> Result<usize> {
    for text in [&done.stdout, &done.stderr] {
        plain(&args.join(" "), &String::from_utf8_lossy(text))?;
    }
    Ok(done.stdout.len() + done.stderr.len())
}
