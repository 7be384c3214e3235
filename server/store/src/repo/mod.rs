//! Repositories: one per kind of thing, reached through [`Store`](crate::Store).
//! Lookups return `Option`; writes are commands (see `write.rs`).

mod admissibility;
mod contacts;
mod drafts;
mod rehearsals;
mod responses;
mod retention;
mod rights;
mod settings;
mod studies;
mod submit;
mod versions;
mod waves;

pub use admissibility::Admissibility;
pub use contacts::Contacts;
pub use drafts::Drafts;
pub use rehearsals::Rehearsals;
pub use responses::Responses;
pub use retention::Retentions;
pub use rights::Rights;
pub(crate) use rights::remove_response;
pub use settings::Settings;
pub use studies::Studies;
pub use versions::{Publication, Versions};
pub use waves::Waves;
