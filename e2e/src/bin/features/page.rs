//! What can be seen and done on a respondent's page, by mouse and keyboard only.

use crate::{keyboard, world::World};
use anyhow::{Context as _, Result, bail, ensure};
use e2e::{accessibility, browser::Browser};
use fantoccini::{Locator, elements::Element, key::Key};
use std::{collections::BTreeMap, time::Duration};

/// How long a state may take to appear.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// No questionnaire of ours has more pages: a walk that takes longer goes in circles.
const MOST_PAGES: usize = 40;

/// Slot → what to answer; several codes with commas between.
pub(crate) type Answers = BTreeMap<String, String>;

/// Opens the wave and presses its only button.
pub(crate) async fn begin(world: &World) -> Result<()> {
    begin_at(world, &world.product()?.respond).await
}

/// The same of a wave with another address.
pub(crate) async fn begin_at(world: &World, start: &str) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(start).await?;
    press(browser, "main form .actions button").await?;
    wait_for(browser, "form[data-page]").await.map(drop)
}

/// Where a walk ends.
#[derive(Clone, Copy)]
pub(crate) enum Until<'a> {
    Review,
    Page(&'a str),
}

/// Answers and continues, page after page.
pub(crate) async fn walk(world: &mut World, answers: &Answers, until: Until<'_>) -> Result<()> {
    begin(world).await?;
    go_on(world, answers, until).await
}

/// The same from the page that is there.
pub(crate) async fn go_on(world: &mut World, answers: &Answers, until: Until<'_>) -> Result<()> {
    for _ in 0..MOST_PAGES {
        look(world).await?;
        match (current(world.browser()?).await?, until) {
            (Place::Review, Until::Review) => return Ok(()),
            (Place::Question(page), Until::Page(wanted)) if page == wanted => return Ok(()),
            (Place::Question(_), _) => {}
            (place, _) => bail!("the walk ended on {place:?}"),
        }
        answer_page(world.browser()?, answers).await?;
        look(world).await?;
        advance(world.browser()?).await?;
    }
    bail!("{MOST_PAGES} pages and no end")
}

/// Remembers which questions the page asks and whether it is too wide.
pub(crate) async fn look(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let seen = questions(browser).await?;
    let overflow = accessibility::horizontal_overflow(browser).await?;
    let url = browser.current_url().await?;
    for slot in seen {
        if !world.asked.contains(&slot) {
            world.asked.push(slot);
        }
    }
    if overflow > 0 {
        world
            .overflows
            .push(format!("{}: {overflow} px", url.path()));
    }
    Ok(())
}

/// Where the browser is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Question(String),
    Review,
    Receipt,
    Elsewhere(String),
}

pub(crate) async fn current(browser: &Browser) -> Result<Place> {
    let url = browser.current_url().await?;
    let segments: Vec<&str> = url.path().trim_matches('/').split('/').collect();
    Ok(match segments[..] {
        ["r", _, "p", page] => Place::Question(page.to_owned()),
        ["r", _, "review"] => Place::Review,
        ["r", _, "receipt"] => Place::Receipt,
        _ => Place::Elsewhere(url.path().to_owned()),
    })
}

/// The slots of the questions that can be seen, in the page's order.
pub(crate) async fn questions(browser: &Browser) -> Result<Vec<String>> {
    let mut slots = Vec::new();
    for question in browser
        .find_all(Locator::Css(".question[data-slot]"))
        .await?
    {
        if question.is_displayed().await? {
            slots.push(
                question
                    .attr("data-slot")
                    .await?
                    .context("a question has a slot")?,
            );
        }
    }
    Ok(slots)
}

/// Answers what the page asks. An answer can bring further questions onto it; ends when nothing new is asked.
pub(crate) async fn answer_page(browser: &Browser, answers: &Answers) -> Result<()> {
    let mut done = Vec::new();
    while let Some(slot) = next_question(browser, answers, &done).await? {
        for (key, value) in fields_of(answers, &slot) {
            fill(browser, key, value).await?;
        }
        done.push(slot);
    }
    Ok(())
}

/// The first question that is asked, can be answered, and is not done.
pub(crate) async fn next_question(
    browser: &Browser,
    answers: &Answers,
    done: &[String],
) -> Result<Option<String>> {
    let asked = questions(browser).await?;
    Ok(asked
        .into_iter()
        .find(|it| !done.contains(it) && fields_of(answers, it).next().is_some()))
}

/// The answers to one question: its own, the texts beside its choices, the details of a contact.
pub(crate) fn fields_of<'a>(
    answers: &'a Answers,
    slot: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    answers
        .iter()
        .filter(move |(key, _)| {
            key.strip_prefix(slot)
                .is_some_and(|it| it.is_empty() || it.starts_with('.'))
        })
        .map(|(key, value)| (key.as_str(), value.as_str()))
}

/// Gives an answer as a hand would: clicks on labels, types into fields.
pub(crate) async fn fill(browser: &Browser, key: &str, value: &str) -> Result<()> {
    if browser.is_keyboard_only() {
        return keyboard::fill(browser, key, value).await;
    }
    let fields = browser
        .find_all(Locator::Css(&format!("[name=\"{key}\"]")))
        .await?;
    let first = fields
        .first()
        .with_context(|| format!("no field is named {key}"))?;
    match first.attr("type").await?.as_deref() {
        Some("radio" | "checkbox") => {
            for code in value.split(',').map(str::trim) {
                let field = with_value(&fields, code)
                    .await?
                    .with_context(|| format!("{key} has no choice {code}"))?;
                let id = field.attr("id").await?.context("a choice has an id")?;
                browser
                    .find(Locator::Css(&format!("label[for=\"{id}\"]")))
                    .await?
                    .click()
                    .await?;
                ensure!(
                    field.is_selected().await?,
                    "{code} of {key} did not let itself be chosen"
                );
            }
        }
        _ => {
            first.clear().await?;
            first.send_keys(value).await?;
        }
    }
    Ok(())
}

async fn with_value<'a>(fields: &'a [Element], code: &str) -> Result<Option<&'a Element>> {
    for field in fields {
        if field.attr("value").await?.as_deref() == Some(code) {
            return Ok(Some(field));
        }
    }
    Ok(None)
}

/// The codes chosen, or the text typed.
pub(crate) async fn answer(browser: &Browser, key: &str) -> Result<String> {
    let fields = browser
        .find_all(Locator::Css(&format!("[name=\"{key}\"]")))
        .await?;
    let mut chosen = Vec::new();
    for field in &fields {
        match field.attr("type").await?.as_deref() {
            Some("radio" | "checkbox") => {
                if field.is_selected().await? {
                    chosen.extend(field.attr("value").await?);
                }
            }
            _ => chosen.extend(field.prop("value").await?),
        }
    }
    Ok(chosen.join(", "))
}

/// Presses « Continuer » and waits for the page that comes; if answers were refused, it is the same page again.
pub(crate) async fn advance(browser: &Browser) -> Result<()> {
    press(browser, "form[data-page] .actions button.primary").await
}

/// Clicks what leads to another page and waits until that page is there.
pub(crate) async fn press(browser: &Browser, css: &str) -> Result<()> {
    let leaving = browser.find(Locator::Css("html")).await?;
    click(browser, css).await?;
    gone(browser, &leaving).await
}

/// Clicks, or presses Enter where there is no pointer.
pub(crate) async fn click(browser: &Browser, css: &str) -> Result<()> {
    let place = browser.find(Locator::Css(css)).await;
    let place = place.with_context(|| format!("nothing to press at {css}"))?;
    if browser.is_keyboard_only() {
        return keyboard::press(browser, css, char::from(Key::Enter)).await;
    }
    place.click().await.map_err(Into::into)
}

/// Chooses of a list.
pub(crate) async fn choose(browser: &Browser, id: &str, value: &str) -> Result<()> {
    if browser.is_keyboard_only() {
        return keyboard::choose(browser, id, value).await;
    }
    let select = browser.find(Locator::Id(id)).await?;
    select.select_by_value(value).await.map_err(Into::into)
}

/// Ticks a box.
pub(crate) async fn tick(browser: &Browser, css: &str) -> Result<()> {
    if browser.is_keyboard_only() {
        return keyboard::press(browser, css, ' ').await;
    }
    click(browser, css).await
}

/// Waits until the page that `html` was the root of has been replaced.
pub(crate) async fn gone(browser: &Browser, html: &Element) -> Result<()> {
    let replaced = async {
        loop {
            // Commands wait for a navigation that has begun; asking again covers one that is about to.
            match html.tag_name().await {
                Ok(_) => tokio::task::yield_now().await,
                Err(error) if error.is_stale_element_reference() => return Ok(()),
                // While one document takes the other's place ChromeDriver knows neither.
                Err(error)
                    if error
                        .to_string()
                        .contains("does not belong to the document") =>
                {
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    };
    tokio::time::timeout(PATIENCE, replaced)
        .await
        .context("the page stays")??;
    wait_for(browser, "main").await.map(drop)
}

/// Waits for an element.
pub(crate) async fn wait_for(browser: &Browser, css: &str) -> Result<Element> {
    browser
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::Css(css))
        .await
        .with_context(|| format!("{css} does not appear"))
}

/// Waits until a question can be seen, or cannot.
pub(crate) async fn wait_for_question(browser: &Browser, slot: &str, seen: bool) -> Result<()> {
    let changed = async {
        while questions(browser).await?.iter().any(|it| it == slot) != seen {
            tokio::task::yield_now().await;
        }
        anyhow::Ok(())
    };
    let change = if seen { "appear" } else { "disappear" };
    tokio::time::timeout(PATIENCE, changed)
        .await
        .with_context(|| format!("{slot} does not {change}"))?
}
