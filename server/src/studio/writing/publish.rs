//! What a new version changes, and publishing it.

use app::render;
use app::studio::team::field_screen::Wrong;
use app::studio::writing::screen::{
    ChangeShown, ItemChange, PublishScreen, PublishedShown, VersionLine, WaveLine,
};
use axum::http::StatusCode;
use axum_extra::extract::Form;
use proof::impact::{ItemImpact, Recoding, Relation, Series};
use serde::Deserialize;
use service::team::Design;
use service::{Change, Fate, Fielding, PublishedNow, ServiceError, WaveStands};

use super::lang;
use crate::clock;
use crate::problem::Answer;
use crate::studio::gate::Within;

async fn draw(
    within: &Within<Design>,
    status: StatusCode,
    published: Option<PublishedNow>,
    wrong: Option<Wrong>,
) -> Answer {
    let caller = &within.signed.caller;
    let (writing, may) = (within.services().writing(), &within.may);
    let refuse = |it| within.signed.refuse(&it);
    let working = writing.open(may).await.map_err(refuse)?;
    let lang = lang(&caller.reader.asked);
    let found = writing.look(&working.source, lang).await.map_err(refuse)?;
    let is_sound = found.is_sound();
    let change = match is_sound && published.is_none() {
        true => writing.change(may, &working.source).await.map_err(refuse)?,
        false => None,
    };
    let versions = writing.published(may).await.map_err(refuse)?;
    let waves = match change.is_some() {
        true => writing.waves(may).await.map_err(refuse)?,
        false => Vec::new(),
    };
    let screen = PublishScreen {
        head: within.head().await?,
        revision: working.revision,
        is_sound,
        change: change.as_ref().map(shown),
        versions: versions
            .iter()
            .rev()
            .map(|it| VersionLine {
                number: it.number,
                day: clock::local(it.published_at).date().to_string(),
            })
            .collect(),
        waves: waves.iter().map(wave).collect(),
        published: published.map(|it| PublishedShown {
            number: it.number,
            is_new: it.is_new,
            moved: it.moved,
            kept: it.kept,
            n_carried: it.n_carried,
            n_stayed: it.n_stayed,
        }),
        wrong,
    };
    Ok(caller.page(status, |frame| render::publish(frame, &screen)))
}

/// `GET /studio/s/{study}/questionnaire/publish`
pub(crate) async fn show(within: Within<Design>) -> Answer {
    draw(&within, StatusCode::OK, None, None).await
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    /// The save of which the page said what it changes.
    #[serde(default)]
    revision: i64,
    /// Waves that have begun, and that ask it from now on.
    #[serde(default, rename = "move")]
    moving: Vec<String>,
}

/// `POST /studio/s/{study}/questionnaire/publish`: the save that the page was about, or nothing. The same post
/// again publishes nothing new.
pub(crate) async fn publish(within: Within<Design>, Form(typed): Form<Typed>) -> Answer {
    let writing = within.services().writing();
    let (may, revision) = (&within.may, typed.revision);
    match writing.publish_for(may, revision, &typed.moving).await {
        Ok(now) => draw(&within, StatusCode::OK, Some(now), None).await,
        Err(error @ ServiceError::SavedMeanwhile) => {
            let wrong = Some(Wrong::from(error.code()));
            draw(&within, StatusCode::CONFLICT, None, wrong).await
        }
        Err(error @ (ServiceError::BadStudyName | ServiceError::UnsoundQuestionnaire(_))) => {
            let wrong = Some(Wrong::from(error.code()));
            draw(&within, StatusCode::UNPROCESSABLE_ENTITY, None, wrong).await
        }
        Err(error) => Err(within.signed.refuse(&error)),
    }
}

fn shown(it: &Change) -> ChangeShown {
    let impact = &it.impact;
    let changed = impact.items.iter().filter(|it| is_changed(it));
    let conditions = impact.conditions.iter().map(|it| {
        let text = |it: &Option<String>| it.clone().unwrap_or_else(|| "–".to_owned());
        (it.place.clone(), text(&it.old), text(&it.new))
    });
    ChangeShown {
        is_nothing: !impact.changes,
        items: changed.map(item).collect(),
        conditions: conditions.collect(),
        responses: responses(it),
        unproven: impact.unproven.clone(),
    }
}

fn wave(it: &WaveStands) -> WaveLine {
    WaveLine {
        slug: it.slug.clone(),
        state: match it.fielding {
            Fielding::NotYetOpen => "soon",
            Fielding::Open => "open",
            Fielding::Closed => "closed",
            Fielding::Full => "full",
        },
        number: it.number,
        n_responses: it.n_responses,
        n_answering: it.n_answering,
        fate: match it.fate {
            Fate::Follows => "follows",
            Fate::MayFollow => "may_follow",
            Fate::Keeps => "keeps",
        },
    }
}

fn is_changed(it: &ItemImpact) -> bool {
    let is_base = it.base.as_ref().map(|it| it.relation);
    it.series != Series::Comparable
        || it.reworded
        || it.moved
        || is_base.is_some_and(|it| it != Relation::Same)
}

fn item(it: &ItemImpact) -> ItemChange {
    ItemChange {
        id: it.id.clone(),
        series: series(it),
        base: it.base.as_ref().map(|it| it.relation.code()),
        is_reworded: it.reworded,
        is_moved: it.moved,
        added: it.choices.added.clone(),
        removed: it.choices.removed.clone(),
    }
}

/// Whether figures go on. Where only choices were added or taken away they do, for the choices that both versions have.
fn series(it: &ItemImpact) -> &'static str {
    let same_people = it.base.as_ref().map(|it| it.relation) == Some(Relation::Same);
    match it.recoded[..] {
        [Recoding::Choices] if same_people => "choices",
        _ => it.series.code(),
    }
}

/// Sums over the versions that people have answered; nothing where nobody has.
fn responses(it: &Change) -> Vec<(&'static str, u64)> {
    let all = |n: fn(&proof::Replay) -> u64| it.replays.iter().map(n).sum::<u64>();
    let received = all(|it| it.responses);
    if received == 0 {
        return Vec::new();
    }
    vec![
        ("responses", received),
        ("routed", all(|it| it.routed_differently.n)),
        (
            "off_path",
            all(|it| it.off_path.iter().map(|it| it.n).sum()),
        ),
        (
            "without_place",
            all(|it| it.without_place.iter().map(|it| it.n).sum()),
        ),
        ("refused", all(|it| it.refused.iter().map(|it| it.n).sum())),
        ("incomplete", all(|it| it.no_longer_complete.n)),
    ]
}
