//! Pages as whole HTML documents: what handlers call once they have decided what to show.
//!
//! ```
//! use app::respond::screen::Problem;
//! use app::{render, ui::Frame};
//! let html = render::problem(&Frame::default(), &Problem::NotFound);
//! assert!(html.starts_with("<!DOCTYPE html><html lang=\"fr\""));
//! ```

use crate::respond::rights::{self, ExportScreen, KeepScreen, ResumeScreen, WithdrawScreen};
use crate::respond::screen::{
    HomeScreen, PageScreen, Problem, ReceiptScreen, ReviewScreen, StartScreen,
};
use crate::respond::{self};
use crate::studio::dashboard::{self, screen::DashboardScreen};
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

/// `/d/{wave}/{key}` and `/d/{wave}/rehearsal/{key}`
#[must_use]
pub fn dashboard(frame: &Frame, screen: &DashboardScreen) -> String {
    dashboard::dashboard(frame, screen)
}

/// An error page; answer with [`Problem::status`].
#[must_use]
pub fn problem(frame: &Frame, problem: &Problem) -> String {
    respond::problem(frame, problem)
}
