//! Answering with the keyboard alone: Tab, arrows, Space, Enter, letters.

use crate::{
    page::{self, Answers, Place, fields_of},
    world::World,
};
use anyhow::{Context as _, Result, bail, ensure};
use cucumber::{gherkin::Step, given, when};
use e2e::browser::Browser;
use fantoccini::{Locator, elements::Element, key::Key};

/// More than any page has places to stop at.
const MOST_STOPS: usize = 120;

/// The editor has an outline of every question before its form.
const MOST_STEPS: usize = 500;

#[given(regex = "^je n'ai que (la souris|le clavier)$")]
async fn with_only(world: &mut World, means: String) -> Result<()> {
    if means == "le clavier" {
        world.browser()?.take_the_pointer_away();
    }
    Ok(())
}

#[when("je réponds au clavier, page après page :")]
async fn answer_all(world: &mut World, step: &Step) -> Result<()> {
    let answers = crate::respondent_steps::answers(step)?;
    world.browser()?.goto(&world.product()?.respond).await?;
    enter(world.browser()?).await?;
    for _ in 0..40 {
        page::look(world).await?;
        let browser = world.browser()?;
        match page::current(browser).await? {
            Place::Review => return Ok(()),
            Place::Question(_) => answer_page(browser, &answers).await?,
            place => bail!("the walk ended on {place:?}"),
        }
        enter(browser).await?;
    }
    bail!("no end")
}

#[when("j'envoie mes réponses au clavier")]
async fn submit(world: &mut World) -> Result<()> {
    enter(world.browser()?).await
}

async fn answer_page(browser: &Browser, answers: &Answers) -> Result<()> {
    let mut done = Vec::new();
    while let Some(slot) = page::next_question(browser, answers, &done).await? {
        for (key, value) in fields_of(answers, &slot) {
            answer(browser, key, value).await?;
        }
        done.push(slot);
    }
    Ok(())
}

async fn answer(browser: &Browser, key: &str, value: &str) -> Result<()> {
    for code in value.split(',').map(str::trim) {
        let mut field = tab_until(browser, key, async |it| {
            let name = it.attr("name").await?;
            let kind = it.attr("type").await?;
            let here = name.as_deref() == Some(key);
            // One stop for all radios of a question, but one for each checkbox.
            let chosen = kind.as_deref() != Some("checkbox")
                || it.attr("value").await?.as_deref() == Some(code);
            Ok(here && chosen)
        })
        .await?;
        match field.attr("type").await?.as_deref() {
            Some("radio") => {
                // Space takes the radio one is on, arrows take the next one.
                field.send_keys(" ").await?;
                for _ in 0..MOST_STOPS {
                    if field.attr("value").await?.as_deref() == Some(code) {
                        break;
                    }
                    field.send_keys(&char::from(Key::Down).to_string()).await?;
                    field = browser.active_element().await?;
                }
                ensure!(
                    field.attr("value").await?.as_deref() == Some(code),
                    "{key} has no {code}"
                );
                ensure!(field.is_selected().await?, "{code} of {key} is not chosen");
            }
            Some("checkbox") => {
                field.send_keys(" ").await?;
                ensure!(field.is_selected().await?, "{code} of {key} is not chosen");
            }
            _ => {
                field.send_keys(value).await?;
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Gives an answer, or fills a field, as [`page::fill`] does with a pointer.
pub(crate) async fn fill(browser: &Browser, key: &str, value: &str) -> Result<()> {
    let css = format!("[name=\"{key}\"]");
    let first = browser.find(Locator::Css(&css)).await;
    let first = first.with_context(|| format!("no field is named {key}"))?;
    if let Some("radio" | "checkbox") = first.attr("type").await?.as_deref() {
        return answer(browser, key, value).await;
    }
    go_to(browser, &css).await?;
    // All that is there is taken, and typed over.
    let all = [char::from(Key::Control), 'a', char::from(Key::Null)];
    let all: String = all.into_iter().collect();
    let typed = match value {
        "" => char::from(Key::Delete).to_string(),
        it => it.to_owned(),
    };
    let field = browser.active_element().await?;
    field.send_keys(&(all + &typed)).await.map_err(Into::into)
}

/// Presses a key where the focus is, once it is at a place.
pub(crate) async fn press(browser: &Browser, css: &str, key: char) -> Result<()> {
    go_to(browser, css).await?;
    let here = browser.active_element().await?;
    here.send_keys(&key.to_string()).await.map_err(Into::into)
}

/// Chooses of a list by typing what it is called.
pub(crate) async fn choose(browser: &Browser, id: &str, value: &str) -> Result<()> {
    let script = "const it = document.getElementById(arguments[0]);
        return [...it.options].find(option => option.value === arguments[1])?.text";
    let words = browser
        .execute(script, vec![id.into(), value.into()])
        .await?;
    let words = words
        .as_str()
        .with_context(|| format!("{id} has no {value}"))?;
    go_to(browser, &format!("#{id}")).await?;
    let list = browser.active_element().await?;
    list.send_keys(words).await?;
    let chosen = list.prop("value").await?;
    ensure!(
        chosen.as_deref() == Some(value),
        "{words} chooses {chosen:?}"
    );
    Ok(())
}

/// Presses Tab until the focus is at a place, or Shift and Tab where it lies behind.
async fn go_to(browser: &Browser, css: &str) -> Result<()> {
    let script = "const [here, there] = [document.activeElement, document.querySelector(arguments[0])];
        if (here?.matches(arguments[0])) return 'here';
        const is_behind = here && there && here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING;
        return is_behind ? 'behind' : 'ahead'";
    for _ in 0..MOST_STEPS {
        let place = browser.execute(script, vec![css.into()]).await?;
        let keys: String = match place.as_str() {
            Some("here") => return Ok(()),
            Some("behind") => [Key::Shift, Key::Tab, Key::Null]
                .map(char::from)
                .into_iter()
                .collect(),
            _ => char::from(Key::Tab).to_string(),
        };
        browser.active_element().await?.send_keys(&keys).await?;
    }
    bail!("Tab does not lead to {css}")
}

/// Goes to the page's main button and presses Enter.
async fn enter(browser: &Browser) -> Result<()> {
    let leaving = browser.find(Locator::Css("html")).await?;
    let button = tab_until(browser, "the main button", async |it| {
        Ok(it.tag_name().await? == "button"
            && it
                .attr("class")
                .await?
                .is_some_and(|it| it.split(' ').any(|it| it == "primary")))
    })
    .await?;
    button
        .send_keys(&char::from(Key::Enter).to_string())
        .await?;
    page::gone(browser, &leaving).await
}

/// Presses Tab until the focus is on what is looked for. Every stop on the way must be visible.
async fn tab_until(
    browser: &Browser,
    what: &str,
    found: impl AsyncFn(&Element) -> Result<bool>,
) -> Result<Element> {
    for _ in 0..MOST_STOPS {
        let here = browser.active_element().await?;
        if found(&here).await? {
            return Ok(here);
        }
        here.send_keys(&char::from(Key::Tab).to_string()).await?;
        check_focus_is_visible(browser).await?;
    }
    bail!("Tab does not lead to {what}")
}

/// Where the focus is must be seen: on the element itself, or on the row that holds it. Shadows do not count: a
/// chosen row has one whether the focus is there or not.
async fn check_focus_is_visible(browser: &Browser) -> Result<()> {
    let script = "const it = document.activeElement;
        if (it === document.body) return null;
        const ring = (element, pseudo) => {
            const style = element && getComputedStyle(element, pseudo);
            return !!style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        };
        const label = it.id ? document.querySelector(`label[for='${CSS.escape(it.id)}']`) : null;
        const seen = [it, label, it.parentElement].some(element =>
            ring(element) || ring(element, '::before') || ring(element, '::after'));
        return seen ? null : it.outerHTML.slice(0, 200);";
    let hidden = browser.execute(script, vec![]).await?;
    ensure!(hidden.is_null(), "the focus cannot be seen on {hidden}");
    let on_screen = "const box = document.activeElement.getBoundingClientRect();
        return document.activeElement === document.body || (box.bottom > 0 && box.top < innerHeight);";
    let on_screen = browser.execute(on_screen, vec![]).await?;
    ensure!(
        on_screen.as_bool().context("yes or no")?,
        "the focus is outside the window"
    );
    Ok(())
}
