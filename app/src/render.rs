//! Pages as whole HTML documents: what handlers call once they have decided what to show.
//!
//! ```
//! use app::respond::screen::Problem;
//! use app::{render, ui::Frame};
//! let html = render::problem(&Frame::default(), &Problem::NotFound);
//! assert!(html.starts_with("<!DOCTYPE html><html lang=\"fr\""));
//! ```

use crate::invitation::{self, OptOutScreen};
use crate::respond::rights::{self, ExportScreen, KeepScreen, ResumeScreen, WithdrawScreen};
use crate::respond::screen::{
    HomeScreen, PageScreen, Problem, ReceiptScreen, ReviewScreen, StartScreen,
};
use crate::respond::together::{self, HandedScreen, PartScreen, TogetherScreen};
use crate::respond::{self};
use crate::studio::dashboard::{self, cut_screen::FilterScreen, screen::DashboardScreen};
use crate::studio::team::{
    self, entry_screen, field_screen, home_screen, retention_screen, sample_screen, screen,
};
use crate::studio::writing;

use crate::ui::Frame;

/// `/`
#[must_use]
pub fn home(frame: &Frame, screen: &HomeScreen) -> String {
    respond::home(frame, screen)
}

/// `/r/{wave}`
#[must_use]
pub fn start(frame: &Frame, screen: &StartScreen) -> String {
    respond::start(frame, screen)
}

/// `/r/{wave}/p/{page}`
#[must_use]
pub fn page(frame: &Frame, screen: &PageScreen) -> String {
    respond::page(frame, screen)
}

/// `/r/{wave}/review`
#[must_use]
pub fn review(frame: &Frame, screen: &ReviewScreen) -> String {
    respond::review(frame, screen)
}

/// `/r/{wave}/receipt`
#[must_use]
pub fn receipt(frame: &Frame, screen: &ReceiptScreen) -> String {
    respond::receipt(frame, screen)
}

/// `/r/{wave}/keep`
#[must_use]
pub fn keep(frame: &Frame, screen: &KeepScreen) -> String {
    rights::keep(frame, screen)
}

/// `/r/{wave}/resume`
#[must_use]
pub fn resume(frame: &Frame, screen: &ResumeScreen) -> String {
    rights::resume(frame, screen)
}

/// `/r/{wave}/receipt/withdraw`
#[must_use]
pub fn withdraw(frame: &Frame, screen: &WithdrawScreen) -> String {
    rights::withdraw(frame, screen)
}

/// `/r/{wave}/withdrawn`
#[must_use]
pub fn withdrawn(frame: &Frame, screen: &WithdrawScreen) -> String {
    rights::withdrawn(frame, screen)
}

/// `/r/{wave}/receipt/export/html`
#[must_use]
pub fn export(frame: &Frame, screen: &ExportScreen) -> String {
    rights::export(frame, screen)
}

/// `/r/{wave}/together`
#[must_use]
pub fn together(frame: &Frame, screen: &TogetherScreen) -> String {
    together::together(frame, screen)
}

/// `/r/{wave}/with/{secret}`
#[must_use]
pub fn handed(frame: &Frame, screen: &HandedScreen) -> String {
    together::handed(frame, screen)
}

/// `/r/{wave}/part`
#[must_use]
pub fn part(frame: &Frame, screen: &PartScreen) -> String {
    together::part(frame, screen)
}

/// `/i/{token}/opt-out`
#[must_use]
pub fn opt_out(frame: &Frame, screen: &OptOutScreen) -> String {
    invitation::opt_out(frame, screen)
}

/// `/d/{wave}/{key}` and `/d/{wave}/rehearsal/{key}`
#[must_use]
pub fn dashboard(frame: &Frame, screen: &DashboardScreen) -> String {
    dashboard::dashboard(frame, screen)
}

/// `/d/{wave}/{key}/filter` and `/studio/s/{study}/waves/{wave}/filter`
#[must_use]
pub fn filter(frame: &Frame, screen: &FilterScreen) -> String {
    dashboard::filter(frame, screen)
}

/// `/studio/sign-in`
#[must_use]
pub fn sign_in(frame: &Frame, screen: &screen::SignInScreen) -> String {
    team::sign_in(frame, screen)
}

/// The page that leads to an OpenID provider.
#[must_use]
pub fn away(frame: &Frame, screen: &screen::AwayScreen) -> String {
    team::away(frame, screen)
}

/// `/studio/recover`
#[must_use]
pub fn recover(frame: &Frame, screen: &screen::RecoverScreen) -> String {
    team::recover(frame, screen)
}

/// `/studio/link/{secret}`
#[must_use]
pub fn link(frame: &Frame, screen: &screen::LinkScreen) -> String {
    team::link(frame, screen)
}

/// `/studio`
#[must_use]
pub fn studies(frame: &Frame, screen: &home_screen::HomeScreen) -> String {
    team::home(frame, screen)
}

/// The list on it, as its news bring it.
#[must_use]
pub fn studies_news(frame: &Frame, studies: &[home_screen::HomeStudy]) -> String {
    team::news(frame, studies)
}

/// `/studio/s/{study}`
#[must_use]
pub fn study(frame: &Frame, screen: &screen::StudyScreen) -> String {
    team::study(frame, screen)
}

/// `/studio/s/{study}/members`
#[must_use]
pub fn members(frame: &Frame, screen: &screen::MembersScreen) -> String {
    team::members(frame, screen)
}

/// `/studio/s/{study}/audit`
#[must_use]
pub fn audit(frame: &Frame, screen: &screen::AuditScreen) -> String {
    team::audit(frame, screen)
}

/// `/studio/s/{study}/waves`
#[must_use]
pub fn new_wave(frame: &Frame, screen: &field_screen::WaveScreen) -> String {
    team::new_wave(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/settings`
#[must_use]
pub fn wave_settings(frame: &Frame, screen: &field_screen::WaveScreen) -> String {
    team::wave_settings(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/admissibility`
#[must_use]
pub fn admissibility(frame: &Frame, screen: &field_screen::AdmissibilityScreen) -> String {
    team::admissibility(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/retention`
#[must_use]
pub fn retention(frame: &Frame, screen: &retention_screen::RetentionScreen) -> String {
    team::retention(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/entry`
#[must_use]
pub fn entry(frame: &Frame, screen: &entry_screen::EntryScreen) -> String {
    team::entry(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/invitations`
#[must_use]
pub fn invitations(frame: &Frame, screen: &sample_screen::InvitationsScreen) -> String {
    team::invitations(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/invitations/figures`: no document, but a part of one.
#[must_use]
pub fn sample_figures(frame: &Frame, figures: &sample_screen::SampleFigures) -> String {
    team::sample_figures(frame, figures)
}

/// `/studio/new`
#[must_use]
pub fn begin_study(frame: &Frame, screen: &writing::screen::BeginScreen) -> String {
    writing::begin(frame, screen)
}

/// `/studio/s/{study}/questionnaire`
#[must_use]
pub fn source(frame: &Frame, screen: &writing::screen::SourceScreen) -> String {
    writing::source(frame, screen)
}

/// `/studio/s/{study}/questionnaire/edit`
#[must_use]
pub fn edit(frame: &Frame, screen: &writing::edit::screen::EditScreen) -> String {
    writing::edit::edit(frame, screen)
}

/// `/studio/s/{study}/questionnaire/edit/news`
#[must_use]
pub fn edit_news(frame: &Frame, revision: i64, others: &[writing::edit::screen::Other]) -> String {
    writing::edit::news(frame, revision, others)
}

/// The parts of the editor that show what is typed: the preview of a node, by its key, and what is found of the
/// whole, if that is known.
#[must_use]
pub fn edit_glance(
    frame: &Frame,
    study: &str,
    node: &str,
    preview: Option<&writing::edit::screen::Preview>,
    looked: Option<&writing::screen::LookedShown>,
) -> String {
    writing::edit::glance(frame, study, node, preview, looked)
}

/// The part of the editor that says what is found.
#[must_use]
pub fn edit_findings(frame: &Frame, study: &str, looked: &writing::screen::LookedShown) -> String {
    writing::edit::findings(frame, study, looked)
}

/// `/studio/s/{study}/questionnaire/condition`
#[must_use]
pub fn condition(frame: &Frame, screen: &writing::condition::screen::ConditionScreen) -> String {
    writing::condition::condition(frame, screen)
}

/// `/studio/s/{study}/questionnaire/map`
#[must_use]
pub fn map(frame: &Frame, screen: &writing::map::screen::MapScreen) -> String {
    writing::map::map(frame, screen)
}

/// What is found about a text, as the part of a page that says it.
#[must_use]
pub fn found(frame: &Frame, study: &str, looked: &writing::screen::LookedShown) -> String {
    writing::found(frame, study, looked)
}

/// `/studio/s/{study}/questionnaire/rehearsal`
#[must_use]
pub fn rehearse(frame: &Frame, screen: &writing::rehearse::screen::RehearseScreen) -> String {
    writing::rehearse::rehearse(frame, screen)
}

/// `/studio/s/{study}/questionnaire/plan`
#[must_use]
pub fn plan(frame: &Frame, screen: &writing::plan_screen::PlanScreen) -> String {
    writing::plan(frame, screen)
}

/// `/studio/s/{study}/questionnaire/print`
#[must_use]
pub fn print(frame: &Frame, screen: &writing::screen::PrintScreen) -> String {
    writing::print(frame, screen)
}

/// `/studio/s/{study}/questionnaire/publish`
#[must_use]
pub fn publish(frame: &Frame, screen: &writing::screen::PublishScreen) -> String {
    writing::publish(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/messages/{kind}`
#[must_use]
pub fn messages(frame: &Frame, screen: &sample_screen::MessagesScreen) -> String {
    team::messages(frame, screen)
}

/// `/studio/s/{study}/waves/{wave}/contacts`
#[must_use]
pub fn contacts(frame: &Frame, screen: &sample_screen::ContactsScreen) -> String {
    team::contacts(frame, screen)
}

/// `/studio/account`
#[must_use]
pub fn account(frame: &Frame, screen: &screen::AccountScreen) -> String {
    team::account(frame, screen)
}

/// An error page; answer with [`Problem::status`].
#[must_use]
pub fn problem(frame: &Frame, problem: &Problem) -> String {
    respond::problem(frame, problem)
}
