//! How long the editor takes from a keystroke to what it shows: measured in the browser, by the page's own clock.
//!
//! Somebody types into the label of a question, two letters at a time. The first comes when nothing runs, the second
//! while the page has the whole questionnaire proven with the first one in it: its text is new with each letter. Of each
//! letter is taken how long it takes until it is drawn (what typing feels like), and until the preview shows it; of the
//! second, until everything that is found of the new text is drawn, which holds the pause before a proof is asked for.

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use e2e::{
    administrator,
    browser::{Browser, Scripts},
    driver::Driver,
    product::Product,
    settings::Settings,
};
use fantoccini::Locator;
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};

/// How long one letter may take before something is broken.
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "une phrase de passe assez longue";
/// Letters typed before any counts: the first ones find nothing in caches.
const WARM_UP: usize = 4;
/// From a preview until its proof runs: the page's own pause, and a little of the proof.
const PROVING: Duration = Duration::from_millis(250 + 40);

/// What the page notes of each letter: when it was pressed, when it was drawn, when what it changes was drawn.
const NOTE: &str = r#"
    const strokes = window.strokes = [];
    const drawn = (then) => requestAnimationFrame(() => setTimeout(then));
    const now = () => performance.now();
    document.addEventListener("keydown", (event) => {
        const stroke = { pressed: event.timeStamp };
        strokes.push(stroke);
        drawn(() => { stroke.letter = now() - stroke.pressed; });
    }, true);
    for (const shown of ["look", "prove"]) {
        document.querySelector(".editor").addEventListener(shown, () => {
            const stroke = strokes.at(-1);
            drawn(() => { stroke[shown] ??= now() - stroke.pressed; });
        });
    }
"#;

/// Measure keystrokes in the editor.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// The questionnaire to edit, as JSON.
    #[arg(long)]
    questionnaire: PathBuf,
    /// Its id.
    #[arg(long)]
    study: String,
    /// The question whose label is typed.
    #[arg(long)]
    item: String,
    /// How many letters are counted.
    #[arg(long, default_value_t = 60)]
    letters: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let product = Product::start(&args.settings.program).await?;
    let text = std::fs::read_to_string(&args.questionnaire).context("cannot read it")?;
    product.install(&args.settings.install, &text).await?;
    let driver = Driver::start(&args.settings.chromedriver).await?;
    let browser = Browser::open(&driver.url, Scripts::On).await?;
    administrator::create(&browser, &product, "ada@exemple.fr", PASSWORD).await?;
    let Args { study, item, .. } = &args;
    let page = format!("/studio/s/{study}/questionnaire/edit?node=item:{item}");
    browser.goto(&product.url(&page)?).await?;
    let strokes = strokes(&browser, item, WARM_UP + args.letters).await?;
    let counted = strokes.get(WARM_UP..).context("letters were typed")?;
    let complaints = browser.complaints().await?;
    browser.clone().close().await?;
    ensure!(
        complaints.is_empty(),
        "the console complains: {complaints:#?}"
    );
    println!("{}", json!({ "strokes": counted }));
    Ok(())
}

async fn strokes(browser: &Browser, item: &str, letters: usize) -> Result<Vec<Value>> {
    let wait = browser.wait().at_most(PATIENCE);
    let css = format!("[name^=\"item:{item}|label\"]");
    let field = wait
        .for_element(Locator::Css(&css))
        .await
        .context("the editor does not show the question")?;
    browser.execute(NOTE, vec![]).await?;
    for nth in 0..letters {
        let letter = char::from(b'a' + (nth % 26) as u8);
        field.send_keys(&letter.to_string()).await?;
        let is_first = nth % 2 == 0;
        let event = if is_first { "look" } else { "prove" };
        let shown = async {
            let script = "return arguments[1] in (strokes[arguments[0]] ?? {})";
            let of = vec![json!(nth), json!(event)];
            while browser.execute(script, of.clone()).await? != Value::Bool(true) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            anyhow::Ok(())
        };
        let shown = tokio::time::timeout(PATIENCE, shown).await;
        shown.with_context(|| format!("letter {nth} changes nothing"))??;
        if is_first {
            tokio::time::sleep(PROVING).await;
        }
    }
    let strokes = browser.execute("return strokes", vec![]).await?;
    Ok(strokes.as_array().cloned().unwrap_or_default())
}
