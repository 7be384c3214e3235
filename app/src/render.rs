//! Pages as whole HTML documents: what handlers call once they have decided what to show.
//!
//! ```
//! use app::respond::screen::Problem;
//! use app::{render, ui::Frame};
//! let html = render::problem(&Frame::default(), &Problem::NotFound);
//! assert!(html.starts_with("<!DOCTYPE html><html lang=\"fr\""));
//! ```

use crate::invitation::{self, OptOutScreen};
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

/// An error page; answer with [`Problem::status`].
#[must_use]
pub fn problem(frame: &Frame, problem: &Problem) -> String {
    respond::problem(frame, problem)
}
