#![doc = include_str!("../README.md")]

mod admissibility;
mod call_back;
mod chance;
mod clock;
mod code;
mod contacts;
mod entries;
mod error;
mod export;
mod home;
mod import;
mod instruments;
mod invitations;
mod live;
mod moments;
mod post;
mod rehearsals;
mod respond;
mod retention;
mod rights;
mod secrets;
mod sheets;
mod studies;
pub mod team;
mod together;
mod waves;
pub mod workbook;
pub mod writing;

pub use admissibility::{Admissibility, Admitted, Judged};
pub use call_back::{CallBack, CallBackPerson};
pub use chance::{NoRandomness, Randomness, SystemRandomness};
pub use clock::Clock;
pub use code::Code;
pub use error::{InternalError, Result, ServiceError};
pub use export::{Export, ExportedVersion};
pub use home::{News, StudyGlance, WaveGlance};
pub use import::{
    AnswersFile, AnswersKind, Import, ImportRemark, Imported, Outcome, UnreadableAnswers,
};
pub use invitations::{
    CheckedSample, ColumnMeaning, ImportedSample, InvitationToken, Invitations, Invited, MailLine,
    MailText, Preview, SampleColumn, SampleFault, SampleFaultKind, SampleStatus, Standing,
    TemplateFault, TemplateFaultKind,
};
pub use live::{
    Arrived, ComposedFilter, Frame, Live, LiveEvent, LiveEventKind, Watcher, in_words, set_name,
};
pub use moments::{Edge, Zone};
pub use post::{Parcel, Post, Verdict};
pub use rehearsals::Rehearsals;
pub use respond::{ContactDetails, Draft, Receipt, Respond};
pub use retention::{RetentionPlan, Retentions};
pub use rights::Own;
pub use secrets::{Token, ViewDashboard};
pub use store::{
    Access, AccessChange, Account, AccountId, AcknowledgeWhen, AuditEntry, Contributor,
    ContributorId, ContributorState, DatabaseKind, Erased, Erasure, IdentityId, LinkId, MailKind,
    MailState, Means, PasskeyId, ResponseId, Retention, Revision, Role, SetAside, TokenId,
    VersionId, WaveId,
};
pub use studies::{Installed, Studies, StudyInfo};
pub use together::{Author, ContributorToken, Disagreement};
pub use waves::{ClosingMessage, Fielding, LONGEST_MESSAGE, NewWave, Schedule, WaveInfo, Waves};

pub use writing::{
    Change, Clash, Composed, Composing, Edited, Facts, Fate, FigureFacts, FigurePlan, Looked,
    MadeUp, Mapped, People, Printable, Printing, PublishedNow, PublishedVersion, Rehearsed, Saved,
    Steps, Trip, UnusedQuestion, WaveStands, Whose, Working, Writer, Writing,
};

use chance::Chance;
use instruments::Instruments;
use std::sync::Arc;
use std::time::Duration;
use store::{Store, StoreError, StoreOptions};
use time::{Date, OffsetDateTime};

/// How to open the services.
#[derive(Debug, Clone)]
pub struct Config {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// When a submission is answered; see [`AcknowledgeWhen`].
    pub acknowledge: AcknowledgeWhen,
    /// After how many days without a save a draft is deleted, where its wave says nothing else.
    pub keep_drafts_days: u16,
    /// For how many days a repeated submission is recognised by its key. A repetition from the
    /// same draft is recognised for as long as the draft is kept.
    pub keep_keys_days: u16,
    /// A secret that invitations' links follow from besides the one in the database, so that whoever holds
    /// the database alone cannot work links out. Once people are invited it stays the same.
    pub invitation_key: Option<String>,
    /// The least time between two computations of one wave's live results.
    pub live_interval: Duration,
}

impl Config {
    /// The usual settings for a database.
    #[must_use]
    pub fn new(database_url: impl Into<String>) -> Self {
        Self {
            database_url: database_url.into(),
            acknowledge: AcknowledgeWhen::default(),
            keep_drafts_days: 90,
            keep_keys_days: 3,
            invitation_key: None,
            live_interval: Duration::from_millis(200),
        }
    }
}

/// All use cases on one database. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Chance,
    instruments: Instruments,
    hub: live::Hub,
    doors: team::Doors,
    /// Whoever proves something waits for the one before: it takes a processor.
    proving: tokio::sync::Semaphore,
    /// Who is writing now.
    here: writing::here::Here,
    /// What was found of the texts that were looked at last.
    looks: writing::looking::Looks,
    server_key: String,
    config: Config,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services")
            .field("store", &self.inner.store)
            .finish_non_exhaustive()
    }
}

impl Services {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database cannot be reached.
    pub async fn open(
        config: Config,
        clock: impl Clock,
        randomness: impl Randomness,
    ) -> Result<Self> {
        let options = StoreOptions::new(&config.database_url).acknowledge_when(config.acknowledge);
        let store = Store::open(options).await?;
        let chance = Chance(Arc::new(randomness));
        let fresh_key = chance::hex(&chance.bytes::<32>()?);
        let doors = team::Doors {
            limits: team::Limits::with_key(&chance.bytes::<32>()?),
            ..team::Doors::default()
        };
        let server_key = store.settings().ensure("server_key", fresh_key).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                clock: Arc::new(clock),
                chance,
                instruments: Instruments::default(),
                hub: live::Hub::default(),
                doors,
                proving: tokio::sync::Semaphore::new(1),
                here: writing::here::Here::default(),
                looks: writing::looking::Looks::default(),
                server_key,
                config,
            }),
        })
    }

    /// Studies and their questionnaires.
    #[must_use]
    pub fn studies(&self) -> Studies<'_> {
        Studies(self)
    }

    /// Waves.
    #[must_use]
    pub fn waves(&self) -> Waves<'_> {
        Waves(self)
    }

    /// Rehearsals of waves: made-up responses, apart from the real ones.
    #[must_use]
    pub fn rehearsals(&self) -> Rehearsals<'_> {
        Rehearsals(self)
    }

    /// Invitations: samples, mails, who has answered.
    #[must_use]
    pub fn invitations(&self) -> Invitations<'_> {
        Invitations(self)
    }

    /// Mails to be sent, for whoever sends them.
    #[must_use]
    pub fn post(&self) -> Post<'_> {
        Post(self)
    }

    /// Questionnaires as they are being written.
    #[must_use]
    pub fn writing(&self) -> Writing<'_> {
        Writing(self)
    }

    /// The team: accounts, roles, sessions, audit.
    #[must_use]
    pub fn team(&self) -> team::Team<'_> {
        team::Team(self)
    }

    /// Answering: drafts and submissions.
    #[must_use]
    pub fn respond(&self) -> Respond<'_> {
        Respond {
            services: self,
            entering: None,
        }
    }

    /// Entering what people answered another way; their own drafts are answered as ever.
    #[must_use]
    pub fn enter(&self, may: &team::May<team::Enter>) -> Respond<'_> {
        Respond {
            services: self,
            entering: Some(may.clone()),
        }
    }

    /// Who may be called back, without what they answered.
    #[must_use]
    pub fn call_back(&self) -> CallBack<'_> {
        CallBack(self)
    }

    /// Which responses count.
    #[must_use]
    pub fn admissibility(&self) -> Admissibility<'_> {
        Admissibility(self)
    }

    /// For how long what was given is kept.
    #[must_use]
    pub fn retention(&self) -> Retentions<'_> {
        Retentions(self)
    }

    /// Live results.
    #[must_use]
    pub fn live(&self) -> Live<'_> {
        Live::new(self)
    }

    /// Whether the database answers. For readiness checks.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if it does not.
    pub async fn ready(&self) -> Result<()> {
        Ok(self.store().ping().await?)
    }

    /// Deletes what has outlived its use: what is due today, old submission keys, and the change logs,
    /// which betray an order. To be called at the start and then every hour or so.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn clean_up(&self) -> Result<()> {
        let before = |days: u16| {
            self.today()
                .checked_sub(time::Duration::days(i64::from(days)))
                .unwrap_or(Date::MIN)
        };
        let (store, config) = (self.store(), &self.inner.config);
        let n_keys = store
            .responses()
            .purge_keys(before(config.keep_keys_days))
            .await?;
        self.team().clean_up().await?;
        self.retention_day(self.today()).await?;
        for wave in store.waves().all().await? {
            let revision = match store.responses().revision(wave.id).await {
                Ok(revision) => revision,
                // A rehearsal that was removed since.
                Err(StoreError::NotFound(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            store.responses().purge_changes(wave.id, revision).await?;
        }
        store.samples().forget_order().await?;
        tracing::info!(n_keys, "deleted what has outlived its use");
        Ok(())
    }

    /// Ends all watching of live results, so that open event streams finish. To be called when
    /// the program begins to stop, before it waits for its connections.
    pub fn stop_live(&self) {
        self.inner.hub.stop();
    }

    /// Finishes queued writes and closes the database.
    pub async fn close(&self) {
        self.stop_live();
        self.store().close().await;
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn chance(&self) -> &Chance {
        &self.inner.chance
    }

    fn now(&self) -> OffsetDateTime {
        self.inner.clock.now()
    }

    fn today(&self) -> Date {
        self.now().date()
    }
}
