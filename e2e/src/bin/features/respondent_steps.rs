//! Sentences about answering.

use crate::{
    page::{self, Answers, Place, Until},
    world::World,
};
use anyhow::{Context as _, Result, bail, ensure};
use cucumber::{gherkin::Step, given, then, when};
use e2e::browser::Browser;
use fantoccini::Locator;

/// The two columns of a sentence's table.
pub(crate) fn answers(step: &Step) -> Result<Answers> {
    let table = step.table.as_ref().context("the sentence needs a table")?;
    table
        .rows
        .iter()
        .map(|row| match row.as_slice() {
            [slot, answer] => Ok((slot.clone(), answer.clone())),
            _ => anyhow::bail!("two columns, please: {row:?}"),
        })
        .collect()
}

#[given("l'enquête ouverte aux réponses")]
async fn open(world: &mut World) -> Result<()> {
    world.start().await
}

#[given(expr = "une fenêtre de {int} pixels de large")]
async fn window(world: &mut World, width: u32) -> Result<()> {
    world.browser()?.resize(width, 640).await
}

#[when("je commence")]
async fn begin(world: &mut World) -> Result<()> {
    page::begin(world).await?;
    page::look(world).await
}

#[when("je réponds page après page :")]
async fn answer_all(world: &mut World, step: &Step) -> Result<()> {
    page::walk(world, &answers(step)?, Until::Review).await
}

#[when(regex = "^je réponds page après page jusqu'à « (.+) » :$")]
async fn answer_until(world: &mut World, wanted: String, step: &Step) -> Result<()> {
    page::walk(world, &answers(step)?, Until::Page(&wanted)).await
}

#[when(regex = "^je réponds « (.+) » à « (.+) »$")]
async fn answer_one(world: &mut World, answer: String, slot: String) -> Result<()> {
    page::fill(world.browser()?, &slot, &answer).await
}

#[when("je continue")]
async fn go_on(world: &mut World) -> Result<()> {
    page::advance(world.browser()?).await?;
    page::look(world).await
}

#[when("je recharge la page")]
async fn reload(world: &mut World) -> Result<()> {
    world.browser()?.refresh().await?;
    Ok(())
}

#[when(regex = "^je reviens à la page « (.+) » avec le bouton du navigateur$")]
async fn back(world: &mut World, wanted: String) -> Result<()> {
    let browser = world.browser()?;
    // Each page is one entry of the history, so fewer steps back than pages seen.
    for _ in 0..world.asked.len() {
        if page::current(browser).await? == Place::Question(wanted.clone()) {
            return Ok(());
        }
        browser.back().await?;
    }
    anyhow::bail!("the history has no page {wanted}")
}

#[when("je suis le premier lien du résumé")]
async fn follow(world: &mut World) -> Result<()> {
    world
        .browser()?
        .find(Locator::Css("#summary a"))
        .await?
        .click()
        .await?;
    Ok(())
}

#[when("j'envoie mes réponses")]
async fn submit(world: &mut World) -> Result<()> {
    page::press(world.browser()?, "main form button.primary").await?;
    page::look(world).await
}

#[then("on m'a demandé exactement, dans cet ordre :")]
async fn asked(world: &mut World, step: &Step) -> Result<()> {
    let table = step.table.as_ref().context("the sentence needs a table")?;
    let expected: Vec<String> = table.rows.iter().flatten().cloned().collect();
    ensure!(world.asked == expected, "asked: {:#?}", world.asked);
    Ok(())
}

#[then(expr = "la relecture montre {int} réponses et {int} question sans réponse")]
async fn review_counts(world: &mut World, answered: usize, unanswered: usize) -> Result<()> {
    let browser = world.browser()?;
    let all = browser
        .find_all(Locator::Css("dd.review-answer"))
        .await?
        .len();
    let none = browser
        .find_all(Locator::Css("dd.review-answer .none"))
        .await?
        .len();
    ensure!(
        (all - none, none) == (answered, unanswered),
        "{} answers, {none} without",
        all - none
    );
    Ok(())
}

#[then(regex = "^la relecture cite « (.+) »$")]
async fn review_quotes(world: &mut World, words: String) -> Result<()> {
    let main = world
        .browser()?
        .find(Locator::Css("main"))
        .await?
        .text()
        .await?;
    // The page sets French spaces and quotes; the sentence is typed with plain ones.
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
    ensure!(
        plain(&main).contains(&plain(&words)),
        "the review says: {main}"
    );
    Ok(())
}

#[then("je reçois un accusé de réception")]
async fn receipt(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    ensure!(
        page::current(browser).await? == Place::Receipt,
        "at {}",
        browser.current_url().await?
    );
    let code = browser
        .find(Locator::Css(".receipt .code"))
        .await?
        .text()
        .await?;
    ensure!(!code.trim().is_empty(), "the receipt has no code");
    Ok(())
}

#[then(regex = "^je suis sur la page « (.+) »$")]
async fn at(world: &mut World, wanted: String) -> Result<()> {
    let place = page::current(world.browser()?).await?;
    ensure!(place == Place::Question(wanted), "at {place:?}");
    Ok(())
}

#[then(regex = "^« (.+) » garde la réponse « (.+) »$")]
async fn keeps(world: &mut World, slot: String, expected: String) -> Result<()> {
    let kept = page::answer(world.browser()?, &slot).await?;
    ensure!(kept == expected, "{slot} has « {kept} »");
    Ok(())
}

#[then(regex = "^« ([a-z_]+) » (est|n'est pas) visible$")]
async fn visible(world: &mut World, slot: String, verb: String) -> Result<()> {
    let asked = page::questions(world.browser()?).await?;
    ensure!(
        asked.contains(&slot) == (verb == "est"),
        "visible: {asked:?}"
    );
    Ok(())
}

#[then(regex = "^« ([a-z_]+) » (devient visible|disparaît)$")]
async fn changes(world: &mut World, slot: String, change: String) -> Result<()> {
    page::wait_for_question(world.browser()?, &slot, change == "devient visible").await
}

#[then(regex = "^le résumé des erreurs cite (.+)$")]
async fn summary(world: &mut World, list: String) -> Result<()> {
    let browser = world.browser()?;
    let expected: Vec<String> = list
        .split('«')
        .skip(1)
        .filter_map(|it| it.split('»').next())
        .map(|slot| format!("#f-{}", slot.trim()))
        .collect();
    // With scripts the summary follows what is put right, but not before they are loaded.
    let mut cited = cited(browser).await?;
    let follows = async {
        while cited != expected {
            cited = self::cited(browser).await?;
        }
        anyhow::Ok(())
    };
    match tokio::time::timeout(page::PATIENCE, follows).await {
        Ok(outcome) => outcome?,
        Err(_) => bail!("the summary cites {cited:?}"),
    }
    // Its heading counts, and one is said in words.
    let heading = browser.find(Locator::Css("#summary h2")).await?;
    let heading = heading.text().await?;
    let count = match expected.len() {
        1 => "Une ".to_owned(),
        n => format!("{n} "),
    };
    ensure!(heading.starts_with(&count), "the summary says {heading}");
    Ok(())
}

/// Where the links lead that the summary shows.
async fn cited(browser: &Browser) -> Result<Vec<String>> {
    let mut cited = Vec::new();
    for link in browser.find_all(Locator::Css("#summary a")).await? {
        if link.is_displayed().await? {
            cited.extend(link.attr("href").await?);
        }
    }
    Ok(cited)
}

#[then("le résumé des erreurs a disparu")]
async fn no_summary(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let gone = async {
        while let Ok(summary) = browser.find(Locator::Css("#summary")).await {
            if !summary.is_displayed().await? {
                break;
            }
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(page::PATIENCE, gone)
        .await
        .context("the summary stays")?
}

#[then(regex = "^le curseur est dans « (.+) »$")]
async fn focused(world: &mut World, slot: String) -> Result<()> {
    let name = world
        .browser()?
        .active_element()
        .await?
        .attr("name")
        .await?;
    ensure!(name.as_deref() == Some(&slot), "the focus is in {name:?}");
    Ok(())
}

#[then("la page dit que mes réponses sont enregistrées")]
async fn saved(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let said = async {
        loop {
            let text = browser
                .find(Locator::Css("[role=status].saved"))
                .await?
                .text()
                .await?;
            if text.starts_with("Enregistré à") {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(page::PATIENCE, said)
        .await
        .context("nothing says that answers are kept")?
}

#[then("aucune page n'a débordé de la fenêtre")]
async fn fits(world: &mut World) -> Result<()> {
    ensure!(
        world.overflows.is_empty(),
        "too wide: {:?}",
        world.overflows
    );
    Ok(())
}
