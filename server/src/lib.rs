//! The program: command line, HTTP, jobs. Everything impure that is not storage stands here.
//!
//! Reading order: [`cli`] → `cli::serve` → [`router`] → one folder a family of pages
//! (`respond`, `invite.rs`, `studio`), `live.rs` (Server-Sent Events), `api/` (for programs), `mail/` (what leaves by mail),
//! `layers.rs` (what surrounds every answer).
//! Handlers read as sentences: extract → load → decide (pure) → store → answer.

mod api;
mod branches;
pub mod cli;
mod clock;
mod cut;
mod dashboard;
mod document;
mod figure;
mod filter;
mod health;
mod invite;
mod language;
mod layers;
mod limits;
mod live;
pub mod mail;
#[cfg(feature = "oidc")]
pub mod openid;
mod peer;
mod problem;
mod respond;
pub mod router;
pub mod routes;
mod site;
pub mod state;
mod studio;

/// The built-in questionnaires, installed at the first start: the five surveys.
pub const BUILTIN: &[&str] = &[
    include_str!("../../questionnaires/qpv-cls/questionnaire.yaml"),
    include_str!("../../questionnaires/territoires/questionnaire.yaml"),
    include_str!("../../questionnaires/volet-sante/questionnaire.yaml"),
    include_str!("../../questionnaires/etat-des-lieux/questionnaire.yaml"),
    include_str!("../../questionnaires/evaluation-cls/questionnaire.yaml"),
];
