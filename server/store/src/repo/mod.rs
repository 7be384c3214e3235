//! Repositories: one per kind of thing, reached through [`Store`](crate::Store).
//! Lookups return `Option`; writes are commands (see `write.rs`).

mod accounts;
mod addresses;
mod admissibility;
mod audit;
mod ceremonies;
mod contacts;
mod contributors;
mod drafts;
mod forget;
mod identities;
mod invited;
mod mail_templates;
mod members;
mod outbox;
mod passkeys;
mod rehearsals;
mod responses;
mod retention;
mod rights;
mod samples;
mod sessions;
mod settings;
mod studies;
mod submit;
mod tokens;
mod versions;
mod waves;
mod working_versions;

pub use accounts::{Accounts, NewAccount};
pub(crate) use addresses::forget_units;
pub use admissibility::Admissibility;
pub use audit::{Audit, Tells};
pub use ceremonies::Ceremonies;
pub use contacts::Contacts;
pub use contributors::Contributors;
pub use drafts::Drafts;
pub use identities::Identities;
pub use mail_templates::MailTemplates;
pub use members::Members;
pub use outbox::Outbox;
pub use passkeys::{PasskeyUse, Passkeys};
pub use rehearsals::Rehearsals;
pub use responses::Responses;
pub use retention::Retentions;
pub use rights::Rights;
pub(crate) use rights::remove_response;
pub use samples::Samples;

pub use sessions::Sessions;
pub use settings::Settings;
pub use studies::Studies;
pub use tokens::Tokens;
pub use versions::{Publication, Versions};
pub use waves::Waves;
pub use working_versions::WorkingVersions;
