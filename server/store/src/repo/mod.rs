//! Repositories: one per kind of thing, reached through [`Store`](crate::Store).
//! Lookups return `Option`; writes are commands (see `write.rs`).

mod contacts;
mod drafts;
mod forget;
mod invited;
mod mail_templates;
mod outbox;
mod rehearsals;
mod responses;
mod samples;
mod settings;
mod studies;
mod submit;
mod versions;
mod waves;

pub use contacts::Contacts;
pub use drafts::Drafts;
pub use mail_templates::MailTemplates;
pub use outbox::Outbox;
pub use rehearsals::Rehearsals;
pub use responses::Responses;
pub use samples::Samples;
pub use settings::Settings;
pub use studies::Studies;
pub use versions::{Publication, Versions};
pub use waves::Waves;
