//! The pages of a wave, for the walk that looks at every page.

use anyhow::Result;

use crate::accessibility_steps::Inspection;
use crate::page::{fill, press, wait_for};
use crate::world::World;

const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");

/// Makes a wave, with an error first; judges responses, with an error first; and looks at all of it.
/// Somebody is signed in who may do both.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let product = world.product()?;
    let waves = product.url("/studio/s/qpv-cls/waves")?;
    let judged = product.url("/studio/s/qpv-cls/waves/qpv-cls/admissibility")?;
    let retention = product.url("/studio/s/qpv-cls/waves/qpv-cls/retention")?;
    let some: Vec<_> = RESPONSES.lines().take(3).collect();
    let some = product.file("some.ndjson", &some.join("\n"))?;
    product.run(&["import", "qpv-cls", &some]).await?;
    // Browsers report the forms that rightly come back.
    let settings = product.url("/studio/s/qpv-cls/waves/printemps/settings")?;
    let refused = [waves.clone(), settings, judged.clone(), retention.clone()];
    world.expected_complaints.extend(refused);

    let browser = world.browser()?;
    inspection.visit(browser, &waves).await?;
    fill(browser, "slug", "Été").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "slug", "printemps").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, ".done").await?;
    inspection.look(browser).await?;
    // Browsers would refuse a message that is too long; the server has to.
    let long = "document.getElementById('message-fr').maxLength = 9999; \
                document.getElementById('message-fr').value = 'a'.repeat(2001)";
    browser.execute(long, vec![]).await?;
    press(browser, "button[value=message]").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "message-fr", "Merci !").await?;
    press(browser, "button[value=message]").await?;
    wait_for(browser, ".done").await?;
    inspection.look(browser).await?;

    inspection.visit(browser, &judged).await?;
    fill(browser, "reason", " ").await?;
    press(browser, ".judged button[value=aside]").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "reason", "doublon").await?;
    press(browser, ".judged button[value=aside]").await?;
    wait_for(browser, ".judged button[value=back]").await?;
    inspection.look(browser).await?;

    inspection.visit(browser, &retention).await?;
    // Browsers would refuse these days; the server has to.
    let script = "document.querySelector('form.settings').noValidate = true";
    browser.execute(script, vec![]).await?;
    fill(browser, "contacts", "-1").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "contacts", "30").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, ".done").await?;
    inspection.look(browser).await
}
