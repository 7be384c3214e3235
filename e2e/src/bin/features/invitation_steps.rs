//! Sentences about a survey by invitation: who is asked, reminded, and counted at the end.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use cucumber::{given, then, when};
use e2e::browser::{Browser, Scripts};
use e2e::visitor::Visitor;
use fantoccini::Locator;
use serde_json::Value;

use crate::page::{self, PATIENCE};
use crate::sink::Sink;
use crate::world::World;

const WAVE: &str = "qpv-cls";
/// A territory without any scheme: the shortest way through the questionnaire.
const PROFILE: &str = "structure=collectivite&fonction=coordo_cls&presence_cls=non&presence_cdv=non&presence_asv=non&nb_qpv=0&go=next";
const WHOLE: &str = "coordination=moyenne&leviers=financements&freins=turnover&go=next";
/// Somebody who knows of nothing: what the team finds too thin to count.
const THIN: &str = "coordination=nsp&leviers=autre&freins=autre&go=next";

/// The mail server, and what is known from its mails.
#[derive(Default)]
pub(crate) struct Mailbox {
    sink: Option<Sink>,
    /// The link of each person, by address, in alphabetical order.
    links: BTreeMap<String, String>,
    /// How many have used theirs: people come in that order.
    used: usize,
    /// How many mails have been looked at.
    seen: usize,
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailbox")
    }
}

impl Mailbox {
    /// The recipients of the next mails, whose links are noted.
    async fn next(&mut self, n: usize) -> Result<Vec<String>> {
        let sink = self.sink.clone().context("there is no mail server")?;
        let so_far = self.seen;
        let mails = tokio::task::spawn_blocking(move || sink.wait_for(so_far + n)).await?;
        self.seen = mails.len();
        let mut recipients = Vec::new();
        for mail in &mails[so_far..] {
            let [recipient] = &mail.recipients[..] else {
                anyhow::bail!("a mail to {:?}", mail.recipients);
            };
            let link = mail.body.split_whitespace().find(|it| it.contains("/i/"));
            let link = link.context("a mail without a link")?;
            self.links.insert(recipient.clone(), link.to_owned());
            recipients.push(recipient.clone());
        }
        recipients.sort();
        Ok(recipients)
    }

    /// The link of the next person who comes.
    fn next_link(&mut self) -> Result<String> {
        let link = self.links.values().nth(self.used).cloned();
        self.used += 1;
        link.context("nobody is left")
    }

    /// The link of the person who came last.
    fn last_link(&self) -> Result<String> {
        let last = self.used.checked_sub(1);
        let link = last.and_then(|it| self.links.values().nth(it));
        link.cloned().context("nobody has come")
    }
}

impl World {
    fn mailbox(&mut self) -> Result<&mut Mailbox> {
        self.mailbox.as_mut().context("no mails are sent")
    }
}

#[given(expr = "l'enquête sur invitation auprès de {int} personnes")]
async fn invite(world: &mut World, n: usize) -> Result<()> {
    let sink = Sink::start();
    let more = ["--smtp-url", &sink.url, "--mail-from", "equipe@example.org"];
    world.start_with(&more).await?;
    let product = world.product()?;
    let people: String = (1..=n)
        .map(|it| format!("p{it:02}@example.org;fr\n"))
        .collect();
    let sample = product.file("sample.csv", &format!("email;langue\n{people}"))?;
    product
        .run(&["wave", WAVE, "--access", "invitation"])
        .await?;
    product
        .run(&["invite", WAVE, &sample, "--send", "invitation"])
        .await?;
    let mut mailbox = Mailbox {
        sink: Some(sink),
        ..Mailbox::default()
    };
    let recipients = mailbox.next(n).await?;
    ensure!(mailbox.links.len() == n, "invited: {recipients:?}");
    world.mailbox = Some(mailbox);
    Ok(())
}

async fn answer(world: &mut World, n: usize, second_page: &str) -> Result<()> {
    for _ in 0..n {
        let link = world.mailbox()?.next_link()?;
        let mut visitor = Visitor::default();
        let followed = visitor.get(&link).await?;
        ensure!(
            followed.location == format!("/r/{WAVE}"),
            "{link}: {followed:?}"
        );
        for (path, form) in [
            ("", ""),
            ("/p/profil", PROFILE),
            ("/p/coordination", second_page),
            ("/p/suites", "rappel=false&go=next"),
            ("/review", "go=next"),
        ] {
            let address = world.product()?.url(&format!("/r/{WAVE}{path}"))?;
            let answer = visitor.post(&address, form).await?;
            ensure!(answer.status == 303, "{path}: {answer:?}");
            let is_last = path == "/review";
            let arrived = answer.location == format!("/r/{WAVE}/receipt");
            ensure!(is_last == arrived, "{path}: {answer:?}");
        }
    }
    Ok(())
}

#[when(regex = "^(\\d+) personnes invitées répondent$")]
async fn answer_whole(world: &mut World, n: usize) -> Result<()> {
    answer(world, n, WHOLE).await
}

#[when(regex = "^(\\d+) personnes invitées envoient une réponse presque vide$")]
async fn answer_thinly(world: &mut World, n: usize) -> Result<()> {
    answer(world, n, THIN).await
}

/// Another person comes, with another browser as far as the server can tell.
#[when("une autre personne invitée ouvre son lien")]
async fn open_link(world: &mut World) -> Result<()> {
    let link = world.mailbox()?.next_link()?;
    let browser = world.browser()?;
    browser.delete_all_cookies().await?;
    browser.goto(&link).await?;
    let address = browser.current_url().await?;
    ensure!(
        address.path() == format!("/r/{WAVE}"),
        "the link led to {address}"
    );
    page::look(world).await
}

/// The one that was opened last, on the device where the scenario is now.
#[when("j'y ouvre aussi mon lien")]
async fn open_again(world: &mut World) -> Result<()> {
    let link = world.mailbox()?.last_link()?;
    world.browser()?.goto(&link).await?;
    Ok(())
}

#[when("j'envoie une relance")]
async fn remind(world: &mut World) -> Result<()> {
    let product = world.product()?;
    product
        .run(&["invite", WAVE, "--send", "reminder"])
        .await
        .map(drop)
}

#[then(expr = "{int} personnes reçoivent la relance, celles qui n'ont pas répondu")]
async fn reminded(world: &mut World, n: usize) -> Result<()> {
    let mailbox = world.mailbox()?;
    let silent: Vec<String> = mailbox.links.keys().skip(mailbox.used).cloned().collect();
    let reminded = mailbox.next(n).await?;
    ensure!(reminded == silent, "reminded {reminded:?}, not {silent:?}");
    Ok(())
}

/// The answers that count now, as the team exports them.
async fn exported(world: &World) -> Result<Vec<Value>> {
    let lines = world.product()?.run(&["export", WAVE]).await?;
    Ok(lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

#[when(regex = "^j'écarte les (\\d+) réponses presque vides pour « (.+) »$")]
async fn set_aside(world: &mut World, n: usize, reason: String) -> Result<()> {
    let sheets = exported(world).await?;
    let thin = sheets
        .iter()
        .filter(|it| it["answers"]["coordination"] == "nsp");
    let thin: Vec<&str> = thin.filter_map(|it| it["meta"]["id"].as_str()).collect();
    ensure!(thin.len() == n, "{} responses are thin", thin.len());
    for id in thin {
        let set_aside = [
            "admissibility",
            WAVE,
            "--set-aside",
            id,
            "--reason",
            &reason,
        ];
        world.product()?.run(&set_aside).await?;
    }
    Ok(())
}

#[then(expr = "l'export contient {int} réponses")]
async fn export_counts(world: &mut World, n: usize) -> Result<()> {
    let found = exported(world).await?.len();
    ensure!(found == n, "{found} responses are exported");
    Ok(())
}

#[then(regex = "^le tableau de bord dit « (.+) »$")]
async fn dashboard_says(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.dashboard).await?;
    let text = admission(browser).await?;
    ensure!(text.contains(&words), "the dashboard says: {text}");
    Ok(())
}

/// With scripts it says so by itself; without, when it is loaded again.
#[then(regex = "^le tableau de bord resté ouvert dit « (.+) »$")]
async fn open_dashboard_says(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    if world.scripts == Scripts::Off {
        browser.refresh().await?;
    }
    let says = async {
        loop {
            if admission(browser).await?.contains(&words) {
                return Ok::<(), anyhow::Error>(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    match tokio::time::timeout(PATIENCE, says).await {
        Ok(said) => said,
        Err(_) => bail!(
            "the dashboard goes on saying: {}",
            admission(browser).await?
        ),
    }
}

async fn admission(browser: &Browser) -> Result<String> {
    let place = browser.find(Locator::Css(".admission")).await?;
    let text = place.text().await?;
    Ok(text.replace(['\u{a0}', '\u{202f}'], " "))
}
