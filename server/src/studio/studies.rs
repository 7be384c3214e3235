//! One study.

use app::studio::team::screen::{StudyLine, StudyScreen, WaveLine};
use app::{paths, render};
use axum::http::StatusCode;
use service::team::{Enter, Field, See, SetAside, ViewResults};
use service::{Role, StudyInfo};

use super::gate::Within;
use super::home::state;
use crate::language::Asked;
use crate::problem::Answer;

pub(super) fn line(asked: &Asked, study: &StudyInfo, role: Role) -> StudyLine {
    let languages: Vec<String> = study.title.iter().map(|it| it.0.to_owned()).collect();
    let language = asked.of_texts(&languages);
    StudyLine {
        slug: study.slug.clone(),
        title: study.title.get(&language).to_owned(),
        language,
        role: role.code(),
    }
}

/// `GET /studio/s/{study}`
pub(crate) async fn show(within: Within<See>) -> Answer {
    let signed = &within.signed;
    let (services, slug) = (within.services(), &within.may.study().slug);
    let refuse = |it| signed.refuse(&it);
    let team = services.team();
    let studies = team.studies(&signed.who).await.map_err(refuse)?;
    let role = studies.iter().find(|it| it.0.slug == *slug);
    let role = role.map_or(Role::Viewer, |it| it.1);
    let results = team.may::<ViewResults>(&signed.who, slug).await.ok();
    let may_field = team.may::<Field>(&signed.who, slug).await.is_ok();
    let may_enter = team.may::<Enter>(&signed.who, slug).await.is_ok();
    let may_judge = team.may::<SetAside>(&signed.who, slug).await.is_ok();
    let mut waves = Vec::new();
    for wave in services
        .waves()
        .of_study(&within.may)
        .await
        .map_err(refuse)?
    {
        let n_responses = match &results {
            Some(may) => {
                let n = services.waves().n_responses(may, &wave).await;
                Some(n.map_err(refuse)?)
            }
            None => None,
        };
        waves.push(WaveLine {
            state: state(wave.fielding),
            n_responses,
            results: results.as_ref().map(|_| paths::results(slug, &wave.slug)),
            settings: may_field.then(|| paths::settings(slug, &wave.slug)),
            entry: may_enter.then(|| paths::entry(slug, &wave.slug)),
            admissibility: may_judge.then(|| paths::admissibility(slug, &wave.slug)),
            respond: paths::start(&wave.slug),
            slug: wave.slug,
        });
    }
    let screen = StudyScreen {
        head: within.head().await?,
        role: role.code(),
        waves,
        may_field,
    };
    Ok(signed
        .caller
        .page(StatusCode::OK, |frame| render::study(frame, &screen)))
}
