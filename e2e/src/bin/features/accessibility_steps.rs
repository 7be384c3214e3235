//! Sentences about everybody being able to read the site.

use crate::{
    page::{self, Answers, Place},
    rehearsal_steps, team_steps, together_steps,
    world::{World, surroundings},
};
use anyhow::{Context as _, Result, bail, ensure};
use cucumber::then;
use e2e::{accessibility, browser::Browser};

/// The router: `.get(paths::NAME, …)` or `.get("/…", …)`.
const ROUTER: &str = include_str!("../../../../server/src/router.rs");
/// What its names stand for: `pub const NAME: &str = "/…";`.
const PATHS: &str = include_str!("../../../../app/src/paths.rs");

/// Addresses that answer with data or files, or lead elsewhere: not pages.
const NOT_PAGES: [&str; 20] = [
    "/r/{wave}/receipt/export/{form}",
    "/r/{wave}/instrument/{version}",
    "/studio/s/{study}/audit.ndjson",
    "/studio/s/{study}/questionnaire/edit/news",
    "/studio/s/{study}/questionnaire/print.pdf",
    "/studio/s/{study}/waves/{wave}/contacts.csv",
    "/studio/s/{study}/waves/{wave}/qr.svg",
    "/studio/s/{study}/waves/{wave}/qr.png",
    "/studio/s/{study}/waves/{wave}/invitations/figures",
    "/api/v1/openapi.json",
    "/api/v1/studies",
    "/api/v1/studies/{study}/waves",
    "/api/v1/studies/{study}/waves/{wave}/tables",
    "/api/v1/studies/{study}/waves/{wave}/responses",
    "/live/waves/{id}",
    "/live/studies",
    "/pkg/{file}",
    "/healthz",
    "/readyz",
    "/metrics",
];

/// Answers that lead through every page of the questionnaire.
const EVERY_PAGE: [(&str, &str); 29] = [
    ("structure", "autre"),
    ("structure.autre", "Hôpital"),
    ("fonction", "les_deux"),
    ("presence_cls", "oui"),
    ("presence_cdv", "oui"),
    ("presence_asv", "oui"),
    ("nb_qpv", "4"),
    ("cls_etat", "en_activite"),
    ("cls_echelle", "communal"),
    ("cls_population", "moins_20k"),
    ("cls_etp", "moins_05"),
    ("cls_budget", "moins_10k"),
    ("cls_partenaires", "ars"),
    ("cdv_pilotage", "bloc_communal"),
    ("cdv_sante_animation", "coordo_cls"),
    ("asv_pilotage", "association"),
    ("asv_poste", "oui"),
    ("asv_nb_postes", "plusieurs"),
    ("articulation", "formalisee"),
    ("thematiques_communes", "oui"),
    ("thematiques", "femmes"),
    ("actions_qpv", "regulierement"),
    ("actions_types", "ateliers"),
    ("instances_cdv", "les_deux"),
    ("instances_asv", "copil"),
    ("cls_volet_sante", "oui"),
    ("coordination", "moyenne"),
    ("leviers", "financements"),
    ("freins", "turnover"),
];

/// Collects what is wrong, page by page, and which addresses were looked at.
#[derive(Default)]
pub(crate) struct Inspection {
    paths: Vec<String>,
    pub(crate) faults: Vec<String>,
}

impl Inspection {
    /// Looks at the current page, light and dark, narrow and wide.
    pub(crate) async fn look(&mut self, browser: &Browser) -> Result<()> {
        let path = browser.current_url().await?.path().to_owned();
        for scheme in ["light", "dark"] {
            browser.prefer(scheme).await?;
            for width in [320, 1280] {
                browser.resize(width, 900).await?;
                let place = format!("{path}, {scheme}, {width} px");
                for fault in accessibility::violations(browser, &surroundings()?.axe).await? {
                    self.faults.push(format!("{place}: {fault}"));
                }
                let overflow = accessibility::horizontal_overflow(browser).await?;
                if overflow > 0 {
                    self.faults.push(format!("{place}: {overflow} px too wide"));
                }
            }
        }
        self.paths.push(path);
        Ok(())
    }

    pub(crate) async fn visit(&mut self, browser: &Browser, url: &str) -> Result<()> {
        browser.goto(url).await?;
        page::wait_for(browser, "main").await?;
        self.look(browser).await
    }
}

#[then(
    "aucune page du site n'a de défaut d'accessibilité, claire ou sombre, en 320 et en 1280 pixels"
)]
async fn every_page(world: &mut World) -> Result<()> {
    let mut inspection = Inspection::default();
    let product = world.product()?;
    let home = product.url("/")?;
    let nowhere = product.url("/nulle-part")?;
    // Nobody's link: what invited people see is among the sample pages.
    let invitation = product.url(&format!("/i/{}", "0".repeat(40)))?;
    let opt_out = format!("{invitation}/opt-out");
    let lost = format!("{}/review", product.respond.trim_end_matches('/'));
    let english = format!("{}?lang=en", product.respond);
    let french = format!("{}?lang=fr", product.respond);
    let dashboard = product.dashboard.clone();
    // Chromium reports the page that we ask for and that rightly does not exist.
    let sent = product.url("/r/qpv-cls/p/profil")?;
    world
        .expected_complaints
        .extend([nowhere.clone(), lost.clone(), sent.clone()]);
    world
        .expected_complaints
        .extend([invitation.clone(), opt_out.clone()]);

    let browser = world.browser()?;
    // In French last: the language stays chosen for the questionnaire.
    for url in [
        &home,
        &english,
        &french,
        &nowhere,
        &lost,
        &invitation,
        &opt_out,
    ] {
        inspection.visit(browser, url).await?;
    }
    questionnaire(world, &mut inspection).await?;
    for url in [&sent, &dashboard] {
        inspection.visit(world.browser()?, url).await?;
    }
    rehearsal(world, &mut inspection).await?;
    rights(world, &mut inspection).await?;
    together_steps::every_page(world, &mut inspection).await?;
    team_steps::every_page(world, &mut inspection).await?;

    let missed = missed(&inspection.paths)?;
    ensure!(
        missed.is_empty(),
        "nobody looked at {missed:?}; looked at {:?}",
        inspection.paths
    );
    ensure!(
        inspection.faults.is_empty(),
        "faults: {:#?}",
        inspection.faults
    );
    Ok(())
}

/// The dashboard beside a rehearsal, the rehearsal, and the dashboard that says that it is gone.
async fn rehearsal(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    rehearsal_steps::rehearse(world).await?;
    let dashboard = world.product()?.dashboard.clone();
    inspection.visit(world.browser()?, &dashboard).await?;
    let rehearsal = rehearsal_steps::address(world).await?;
    inspection.visit(world.browser()?, &rehearsal).await?;
    inspection.visit(world.browser()?, &dashboard).await?;
    rehearsal_steps::remove(world).await?;
    inspection.look(world.browser()?).await
}

/// Every question page, empty, with its errors, and filled; then the review and the receipt.
async fn questionnaire(world: &World, inspection: &mut Inspection) -> Result<()> {
    let answers: Answers = EVERY_PAGE
        .iter()
        .map(|(slot, it)| ((*slot).to_owned(), (*it).to_owned()))
        .collect();
    let browser = world.browser()?;
    page::begin(world).await?;
    // The first page once more with its errors: it has the most required questions.
    page::advance(browser).await?;
    page::wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    review_with_problems(world, inspection).await?;
    for _ in 0..30 {
        match page::current(browser).await? {
            Place::Question(_) => {
                inspection.look(browser).await?;
                page::answer_page(browser, &answers).await?;
                inspection.look(browser).await?;
                page::advance(browser).await?;
            }
            Place::Review => {
                inspection.look(browser).await?;
                page::press(browser, "main form button.primary").await?;
            }
            Place::Receipt => return inspection.look(browser).await,
            Place::Elsewhere(path) => bail!("the walk ended on {path}"),
        }
    }
    bail!("thirty pages and no receipt")
}

/// What a respondent may do with a response, up to the page that says that it is gone.
async fn rights(world: &World, inspection: &mut Inspection) -> Result<()> {
    let (browser, product) = (world.browser()?, world.product()?);
    browser.goto(&product.url("/r/qpv-cls/receipt")?).await?;
    page::press(browser, "main .rights form button").await?;
    inspection.look(browser).await?;
    for path in ["keep", "resume", "resume?code=unknown", "receipt/withdraw"] {
        let address = product.url(&format!("/r/qpv-cls/{path}"))?;
        inspection.visit(browser, &address).await?;
    }
    page::press(browser, "main form button.primary").await?;
    inspection.look(browser).await
}

/// The review of somebody who sends what is not complete, and the way back to the first page.
async fn review_with_problems(world: &World, inspection: &mut Inspection) -> Result<()> {
    let browser = world.browser()?;
    let first = browser.current_url().await?;
    let review = world.product()?.url("/r/qpv-cls/review")?;
    inspection.visit(browser, &review).await?;
    page::press(browser, "main form button.primary").await?;
    page::wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    browser.goto(first.as_str()).await?;
    Ok(())
}

/// Every address that the router gets: what is only posted to is no page.
fn routes() -> Result<Vec<&'static str>> {
    let mut routes = Vec::new();
    for call in ROUTER.split(".get(").skip(1) {
        let first = call.split(',').next().unwrap_or_default().trim();
        let route = match first.strip_prefix("paths::") {
            Some(name) => PATHS
                .split_once(&format!("pub const {name}: &str = \""))
                .and_then(|(_, rest)| rest.split('"').next()),
            None => first.strip_prefix('"').and_then(|it| it.strip_suffix('"')),
        };
        routes.push(route.with_context(|| format!("no address is known for {first}"))?);
    }
    // A route written otherwise must not go unseen.
    let others = [".route(", ".nest(", ".route_service(", ".nest_service("];
    if let Some(other) = others.iter().find(|it| ROUTER.contains(**it)) {
        bail!("the router says {other}, which nobody reads here");
    }
    Ok(routes)
}

/// The router's pages that none of these paths belongs to.
fn missed(paths: &[String]) -> Result<Vec<&'static str>> {
    let patterns = routes()?;
    for pattern in NOT_PAGES {
        patterns
            .iter()
            .find(|it| **it == pattern)
            .with_context(|| format!("{pattern} is no route any more; update NOT_PAGES"))?;
    }
    let belongs = |path: &str, pattern: &str| {
        let (path, pattern): (Vec<_>, Vec<_>) =
            (path.split('/').collect(), pattern.split('/').collect());
        path.len() == pattern.len()
            && path
                .iter()
                .zip(&pattern)
                .all(|(part, it)| part == it || it.starts_with('{'))
    };
    Ok(patterns
        .into_iter()
        .filter(|it| !NOT_PAGES.contains(it))
        .filter(|pattern| !paths.iter().any(|path| belongs(path, pattern)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_nobody_looked_at_is_missed() {
        let pages = routes().unwrap().len() - NOT_PAGES.len();
        assert!(pages >= 6, "the router has {pages} pages");
        assert_eq!(missed(&[]).unwrap().len(), pages);
        let seen = ["/".to_owned(), "/r/x/review".to_owned()];
        let missed = missed(&seen).unwrap();
        assert_eq!(missed.len(), pages - 2);
        assert!(missed.contains(&"/r/{wave}/receipt"), "{missed:?}");
    }
}
