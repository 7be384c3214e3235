//! The pages about whom a wave asks, for the walk that looks at every page.

use anyhow::Result;
use fantoccini::Locator;

use crate::accessibility_steps::Inspection;
use crate::page::{fill, press, wait_for};
use crate::world::World;

const WAVE: &str = "/studio/s/qpv-cls/waves/qpv-cls";

/// Takes people in, with an error first; looks at what they are sent, with an error first; sends it; and
/// looks at the call-back list. Somebody is signed in who may do all of it.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let product = world.product()?;
    let invitations = product.url(&format!("{WAVE}/invitations"))?;
    let reminder = product.url(&format!("{WAVE}/messages/reminder"))?;
    let contacts = product.url(&format!("{WAVE}/contacts"))?;
    let wrong = product.file("wrong.csv", "email;langue\nnobody;de\n")?;
    let right = product.file(
        "right.csv",
        "email;taille\na@exemple.fr;1\nb@exemple.fr;2\n",
    )?;
    // Browsers report the forms that rightly come back.
    let refused = [invitations.clone(), reminder.clone()];
    world.expected_complaints.extend(refused);

    let browser = world.browser()?;
    inspection.visit(browser, &invitations).await?;
    for (file, shown) in [(wrong, "#summary"), (right, ".checked")] {
        let field = browser.find(Locator::Css("input[type=file]")).await?;
        field.send_keys(&file).await?;
        press(browser, "form.settings button[value=check]").await?;
        wait_for(browser, shown).await?;
        inspection.look(browser).await?;
    }
    press(browser, ".checked button.primary").await?;
    wait_for(browser, ".done").await?;
    let summary = browser.find(Locator::Css(".sending summary")).await?;
    summary.click().await?;
    inspection.look(browser).await?;
    press(browser, ".sending button[value=invitation]").await?;
    wait_for(browser, ".done").await?;
    inspection.look(browser).await?;
    // Somebody is added elsewhere: the page that is open says so by itself.
    let product = world.product()?;
    let more = product.file("more.csv", "email;taille\nc@exemple.fr;1\n")?;
    product.run(&["invite", "qpv-cls", &more]).await?;
    let browser = world.browser()?;
    wait_for(browser, "[data-afresh] meter[max='3']").await?;

    inspection.visit(browser, &reminder).await?;
    fill(browser, "subject", "{link}").await?;
    press(browser, ".message button[value=keep]").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &contacts).await
}
