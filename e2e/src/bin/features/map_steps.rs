//! The branch map and the text with its findings, in sentences: by pointer, by keyboard, with and without scripts.

use anyhow::{Context as _, Result, bail, ensure};
use cucumber::{then, when};
use e2e::browser::Browser;
use fantoccini::Locator;
use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::Duration;

use crate::page::{PATIENCE, press, wait_for};
use crate::world::World;
use crate::writing_steps;

const TEXT: &str = "/studio/s/essai/questionnaire";
const MAP: &str = include_str!("../../../features/carte.yaml");
/// No page has more places to go to.
const MOST_STEPS: usize = 200;

#[when("j'y écris le questionnaire de la carte")]
async fn write(world: &mut World) -> Result<()> {
    writing_steps::write(world, MAP, "save").await
}

#[when("j'ouvre la carte")]
async fn open_map(world: &mut World) -> Result<()> {
    open(world, "/map", "#map").await
}

#[when("j'ouvre le texte")]
async fn open_text(world: &mut World) -> Result<()> {
    open(world, "", ".code-editor").await
}

async fn open(world: &World, page: &str, css: &str) -> Result<()> {
    let page = world.product()?.url(&format!("{TEXT}{page}"))?;
    let browser = world.browser()?;
    browser.goto(&page).await?;
    wait_for(browser, css).await.map(drop)
}

/// Waits until a script says that it is so.
async fn until(browser: &Browser, what: &str, script: &str, said: &[Value]) -> Result<()> {
    let seen = async {
        // While a page takes another's place there may be none to ask.
        while browser
            .execute(script, said.to_vec())
            .await
            .unwrap_or_default()
            != json!(true)
        {
            tokio::task::yield_now().await;
        }
    };
    let seen = tokio::time::timeout(PATIENCE, seen).await;
    seen.with_context(|| format!("it does not become true: {what}"))
}

#[when(regex = "^je montre le parcours « (.+) »$")]
async fn show(world: &mut World, way: String) -> Result<()> {
    let browser = world.browser()?;
    let select = browser.find(Locator::Id("way")).await?;
    select.select_by_value(&way).await?;
    browser
        .find(Locator::Css("#map-tools button:not([data-size])"))
        .await?
        .click()
        .await?;
    wait_for(browser, ".map-list [data-way=on]").await.map(drop)
}

#[then(regex = "^« (.+) » est sur le parcours$")]
async fn is_on(world: &mut World, key: String) -> Result<()> {
    let script = "return document.querySelector(`.map-list a[data-key='${arguments[0]}']`)?.closest('li')?.dataset.way === 'on' \
                  && document.querySelector('#map .graph-on') !== null";
    until(world.browser()?, &key, script, &[json!(key)]).await
}

#[when(regex = "^je relie « (.+) » à « (.+) »$")]
async fn join(world: &mut World, from: String, to: String) -> Result<()> {
    let browser = world.browser()?;
    let fold = browser.find(Locator::Css(".map-join summary")).await?;
    fold.click().await?;
    for (id, key) in [("from", from), ("to", to)] {
        let select = browser.find(Locator::Id(id)).await?;
        select.select_by_value(&key).await?;
    }
    press(browser, "#map-join button").await
}

#[then(regex = "^la liste dit « (.+) » sous « (.+) »$")]
async fn listed(world: &mut World, words: String, key: String) -> Result<()> {
    let script = "return document.querySelector(`.map-list a[data-key='${arguments[0]}']`)?.closest('li')\
                  ?.querySelector('.condition')?.textContent.includes(arguments[1]) ?? false";
    until(
        world.browser()?,
        &words,
        script,
        &[json!(key), json!(words)],
    )
    .await
}

#[when("j'agrandis le dessin")]
async fn larger(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    browser
        .goto(&world.product()?.url(&format!("{TEXT}/map?zoom=100"))?)
        .await?;
    let button = wait_for(browser, "#map-tools [data-size=larger]").await?;
    button.click().await.map_err(Into::into)
}

#[then(regex = "^le dessin est à (\\d+)$")]
async fn sized(world: &mut World, zoom: String) -> Result<()> {
    let script = "return document.getElementById('map')?.dataset.zoom === arguments[0]";
    until(world.browser()?, "the size", script, &[json!(zoom)]).await
}

#[then("le dessin n'est plus ajusté")]
async fn not_fit(world: &mut World) -> Result<()> {
    let script = "return document.getElementById('map').dataset.zoom !== 'fit'";
    until(world.browser()?, "the size", script, &[]).await
}

#[when(regex = "^je fais glisser « (.+) » sur « (.+) »$")]
async fn drag(world: &mut World, from: String, to: String) -> Result<()> {
    let browser = world.browser()?;
    let text = |key: &str| format!("#map a[data-key=\"{key}\"] text");
    let from = wait_for(browser, &text(&from)).await?;
    let to = wait_for(browser, &text(&to)).await?;
    let script = "arguments[0].scrollIntoView({ block: 'center' })";
    browser
        .execute(script, vec![serde_json::to_value(&from)?])
        .await?;
    let at = |element, x: f64| PointerAction::MoveToElement {
        element,
        duration: Some(Duration::from_millis(50)),
        x,
        y: 0.0,
    };
    let moves = MouseActions::new("mouse".to_owned())
        .then(at(from, 0.0))
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_LEFT,
        })
        .then(at(to.clone(), 8.0))
        .then(at(to, 0.0))
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
    browser.perform_actions(moves).await.map_err(Into::into)
}

/// Presses keys wherever the focus is, in shadow trees too.
async fn keys(browser: &Browser, keys: impl IntoIterator<Item = char>) -> Result<()> {
    let mut actions = KeyActions::new("keys".to_owned());
    for value in keys {
        actions = actions
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
    }
    browser.perform_actions(actions).await.map_err(Into::into)
}

async fn tab_until(browser: &Browser, script: &str) -> Result<()> {
    for _ in 0..MOST_STEPS {
        if browser.execute(script, vec![]).await? == json!(true) {
            return Ok(());
        }
        keys(browser, [char::from(Key::Tab)]).await?;
    }
    bail!("Tab does not lead there: {script}")
}

#[when(regex = "^au clavier je vais dans le dessin et je presse « (.) »$")]
async fn press_in_map(world: &mut World, key: String) -> Result<()> {
    let browser = world.browser()?;
    tab_until(browser, "return document.activeElement?.id === 'map'").await?;
    keys(browser, key.chars()).await
}

#[when("au clavier je vais à la question suivante du dessin et je l'ouvre")]
async fn next_question(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    tab_until(
        browser,
        "return document.activeElement?.closest('#map a') !== null",
    )
    .await?;
    let here = "return document.activeElement?.getAttribute('href') ?? ''";
    let before = browser.execute(here, vec![]).await?;
    keys(browser, [char::from(Key::Down)]).await?;
    let after = browser.execute(here, vec![]).await?;
    ensure!(before != after, "the arrow leads nowhere from {before}");
    keys(browser, [char::from(Key::Enter)]).await
}

#[then("l'éditeur montre une question")]
async fn shows_question(world: &mut World) -> Result<()> {
    wait_for(world.browser()?, "#part [name=node][value^=\"item:\"]")
        .await
        .map(drop)
}

#[when(regex = "^je vais au début du texte et j'y tape « (.+) »$")]
async fn type_in(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    let label = browser.find(Locator::Css("label[for=source]")).await?;
    label.click().await?;
    keys(browser, words.chars().chain([char::from(Key::Enter)])).await
}

#[then(regex = "^le constat dit « (.+) »$")]
async fn finding(world: &mut World, words: String) -> Result<()> {
    let script = "return document.querySelector('#found .findings')?.textContent.includes(arguments[0]) ?? false";
    until(world.browser()?, &words, script, &[json!(words)]).await
}

#[then(regex = "^la ligne (\\d+) du texte est marquée$")]
async fn marked(world: &mut World, line: String) -> Result<()> {
    let script = "const lines = document.querySelector('.code-editor').shadowRoot.querySelectorAll('.cm-line'); \
                  return lines[Number(arguments[0]) - 1].querySelector('.cm-lintRange-error') !== null";
    until(world.browser()?, "a mark", script, &[json!(line)]).await
}

#[when("je presse Tabulation dans le texte")]
async fn tab(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    has_focus(browser, true).await?;
    keys(browser, [char::from(Key::Tab)]).await
}

#[then("le texte n'a plus le focus")]
async fn left(world: &mut World) -> Result<()> {
    has_focus(world.browser()?, false).await
}

async fn has_focus(browser: &Browser, expected: bool) -> Result<()> {
    let script =
        "return document.activeElement?.classList.contains('code-editor') === arguments[0]";
    until(browser, "the focus", script, &[json!(expected)]).await
}

#[when("je suis le premier constat")]
async fn follow(world: &mut World) -> Result<()> {
    let link = wait_for(world.browser()?, "#found .findings a").await?;
    link.click().await.map_err(Into::into)
}

#[then(regex = "^le texte a le focus à la ligne (\\d+)$")]
async fn at_line(world: &mut World, line: String) -> Result<()> {
    let browser = world.browser()?;
    has_focus(browser, true).await?;
    let script = "const { state } = document.querySelector('.code-editor').editor; \
                  return String(state.doc.lineAt(state.selection.main.head).number) === arguments[0]";
    until(browser, "the line", script, &[json!(line)]).await
}
