//! Whom a wave asks, and the mails that may be sent to them now.

use app::studio::team::field_screen::Wrong;
use app::studio::team::sample_screen::{
    InvitationsScreen, MailCounts, MailShown, SampleFigures, SampleOutcome, Sending,
};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::Field;
use service::{Access, Fielding, MailKind, MailLine, MailState, Preview, SampleStatus, WaveInfo};
use std::collections::HashMap;

use super::field::{self, Asked};
use super::gate::Within;
use crate::problem::{Answer, Refusal};

/// All mails, in the order in which they are sent.
pub(super) const KINDS: [MailKind; 3] = [MailKind::Invitation, MailKind::Reminder, MailKind::Other];

/// The code of a mail, in addresses and texts.
pub(super) fn code(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Invitation => "invitation",
        MailKind::Reminder => "reminder",
        MailKind::Other => "other",
    }
}

/// The mail of a code.
pub(super) fn kind(of: &str) -> Option<MailKind> {
    KINDS.into_iter().find(|it| code(*it) == of)
}

pub(super) fn shown(it: Preview) -> MailShown {
    MailShown {
        language: it.language,
        subject: it.subject,
        body: it.body,
    }
}

/// What the page shows beside the sample as it is.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) done: Option<&'static str>,
    pub(super) wrong: Option<Wrong>,
    pub(super) outcome: Option<SampleOutcome>,
    /// How many people must be alike, if it was typed.
    pub(super) least: Option<u16>,
}

/// Size of groups, where nothing is typed.
pub(super) const LEAST: u16 = 5;

pub(super) async fn draw(
    within: &Within<Field>,
    wave: &WaveInfo,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let signed = &within.signed;
    let figures = figures_of(within, wave).await?;
    let mut head = field::head(within, &wave.slug).await?;
    (head.done, head.wrong) = (beside.done, beside.wrong);
    let frame_columns = wave.engine.instrument.frame.clone();
    let screen = InvitationsScreen {
        head,
        figures,
        sendings: sendings(within, wave).await?,
        can_send: signed.caller.reader.state.courier.is_some(),
        access: match wave.access {
            Access::Open => "open",
            Access::Invitation => "invitation",
            Access::Both => "both",
        },
        is_grouped: wave.anonymous && !frame_columns.is_empty(),
        frame_columns,
        least: beside.least.unwrap_or(LEAST).to_string(),
        outcome: beside.outcome,
    };
    let caller = &signed.caller;
    Ok(caller.page(status, |frame| render::invitations(frame, &screen)))
}

async fn figures_of(within: &Within<Field>, wave: &WaveInfo) -> Result<SampleFigures, Refusal> {
    let invitations = within.services().invitations();
    let sample = invitations.status(&within.may, wave).await;
    let sample = sample.map_err(|it| within.signed.refuse(&it))?;
    Ok(SampleFigures {
        n_sample: sample.sample,
        dispositions: dispositions(&sample),
        pct_response: sample.response_rate,
        mails: mails(&sample),
    })
}

/// `GET /studio/s/{study}/waves/{wave}/invitations/figures`: a part of the page, which asks for it again
/// while it is open.
pub(crate) async fn figures(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let figures = figures_of(&within, &wave).await?;
    let caller = &within.signed.caller;
    Ok(caller.page(StatusCode::OK, |frame| {
        render::sample_figures(frame, &figures)
    }))
}

/// Disjoint, and adding up to the sample.
fn dispositions(it: &SampleStatus) -> Vec<(&'static str, u64)> {
    vec![
        ("complete", it.complete),
        ("partial", it.partial),
        ("opened", it.opened),
        ("silent", it.silent),
        ("opted_out", it.opted_out),
        ("bounced", it.bounced),
    ]
}

fn mails(it: &SampleStatus) -> Vec<MailCounts> {
    let states = [
        MailState::Queued,
        MailState::Sent,
        MailState::Failed,
        MailState::Bounced,
    ];
    let counts = KINDS.into_iter().map(|kind| MailCounts {
        kind: code(kind),
        counts: states.map(|state| {
            let of = |line: &&MailLine| (line.kind, line.state) == (kind, state);
            it.mails.iter().find(of).map_or(0, |line| line.n)
        }),
    });
    counts.filter(|it| it.counts != [0; 4]).collect()
}

async fn sendings(within: &Within<Field>, wave: &WaveInfo) -> Result<Vec<Sending>, Refusal> {
    let invitations = within.services().invitations();
    let refuse = |it| within.signed.refuse(&it);
    let mut all = Vec::new();
    for kind in KINDS {
        // Links of others would open nothing.
        let may_go = match wave.fielding {
            Fielding::Open => true,
            Fielding::Closed | Fielding::Full => kind == MailKind::Other,
            Fielding::NotYetOpen => false,
        };
        if !may_go {
            continue;
        }
        let n = invitations.n_due(&within.may, wave, kind).await;
        let previews = invitations.previews(&within.may, wave, kind).await;
        all.push(Sending {
            kind: code(kind),
            n: n.map_err(refuse)?,
            n_before: n_before(within, wave, kind).await?,
            shown: previews.map_err(refuse)?.into_iter().map(shown).collect(),
        });
    }
    Ok(all)
}

/// How many mails of a kind were made, whatever became of them.
async fn n_before(within: &Within<Field>, wave: &WaveInfo, kind: MailKind) -> Result<u64, Refusal> {
    let invitations = within.services().invitations();
    let sample = invitations.status(&within.may, wave).await;
    let sample = sample.map_err(|it| within.signed.refuse(&it))?;
    let of_kind = sample.mails.iter().filter(|it| it.kind == kind);
    Ok(of_kind.map(|it| it.n).sum())
}

/// `GET /studio/s/{study}/waves/{wave}/invitations`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let beside = Beside {
        done: asked.done(),
        ..Beside::default()
    };
    draw(&within, &wave, StatusCode::OK, beside).await
}

/// What the forms that send mails send.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    send: String,
    /// To how many people the page said that it would be.
    #[serde(default)]
    n: usize,
    /// How many of the kind there were by then.
    #[serde(default)]
    before: u64,
}

/// `POST /studio/s/{study}/waves/{wave}/invitations/send`: to as many people as the page said, or to
/// nobody; and once, however many mails were sent by the time the button is pressed again. So pressing twice
/// does not remind twice.
pub(crate) async fn send(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let Some(kind) = kind(&typed.send) else {
        let problem = app::respond::screen::Problem::BadRequest;
        return Err(within.signed.caller.reader.problem(&problem));
    };
    let invitations = within.services().invitations();
    let n_due = invitations.n_due(&within.may, &wave, kind).await;
    let n_due = n_due.map_err(|it| within.signed.refuse(&it))?;
    if (n_due, n_before(&within, &wave, kind).await?) != (typed.n, typed.before) {
        let beside = Beside {
            wrong: Some(Wrong::from("recipients_changed")),
            ..Beside::default()
        };
        return draw(&within, &wave, StatusCode::CONFLICT, beside).await;
    }
    let queued = invitations.queue(&within.may, &wave, kind).await;
    queued.map_err(|it| within.signed.refuse(&it))?;
    let to = paths::invitations(&within.may.study().slug, &wave.slug);
    Ok(Redirect::to(&format!("{to}?done=sent")).into_response())
}
