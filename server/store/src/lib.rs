#![doc = include_str!("../README.md")]

mod backup;
mod connect;
mod contributors;
mod entity;
mod error;
mod feed;
mod groups;
mod ids;
mod invitations;
mod ledger;
mod means;
mod options;
mod records;
mod repo;
mod rights;
#[doc(hidden)]
pub mod schema;
mod team;
mod write;
mod writer;

pub use backup::restore;
pub use connect::DatabaseKind;
pub use contributors::{Contributor, ContributorState, NewContributor};
pub use error::{Cause, Conflict, Result, StoreError};
pub use groups::LEAST_GROUP;
pub use ids::{
    AccountId, ContactId, ContributorId, DraftId, IdentityId, LinkId, MessageId, PasskeyId,
    ResponseId, Revision, StudyId, TokenId, UnitId, VersionId, WaveId,
};
pub use invitations::{
    Access, AccessChange, AddedUnits, Letter, MailCounts, MailKind, MailState, MailTemplate,
    NewMail, NewUnit, Participation, SampleUnit, UnitCounts,
};
pub use means::{Ceremony, CeremonyPurpose, Identity, Passkey};
pub use options::{AcknowledgeWhen, StoreOptions};
pub use records::{
    Arrival, Change, ChangeKind, Changes, Contact, Deed, Draft, DraftAt, DraftSave, DraftState,
    IdempotencyKey, NewContact, NewDraft, NewRehearsal, NewVersion, NewWorkingVersion, Progress,
    QuestionnaireVersion, Response, Step, Study, Submission, Submitted, Wave, WaveChange,
    WaveDates, WaveState, WorkingVersion,
};
pub use repo::{
    Accounts, Admissibility, Audit, Ceremonies, Contacts, Contributors, Drafts, Identities,
    MailTemplates, Members, NewAccount, Outbox, PasskeyUse, Passkeys, Publication, Rehearsals,
    Responses, Retentions, Rights, Samples, Sessions, Settings, Studies, Tells, Tokens, Versions,
    Waves, WorkingVersions,
};
pub use rights::{Due, Erased, Erasure, ErasureKind, FoundByCode, Retention, SealedCode, SetAside};
pub use team::{
    AccessToken, Account, AccountLink, AuditEntry, Means, NewAudit, Purpose, Role, Session,
};

use feed::{Background, Feed};
use sea_orm::DatabaseConnection;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use write::{Tx, Write};
use writer::WriterHandle;

/// An open database. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    kind: DatabaseKind,
    url: String,
    db: DatabaseConnection,
    /// The writer of a SQLite file; Postgres writes through its pool.
    writer: Option<WriterHandle>,
    feed: Arc<Feed>,
    background: Mutex<Vec<Background>>,
    /// Which contacts a SQLite file holds in the order of their keys; see `repo/forget.rs`.
    contacts_laid: Mutex<Option<u64>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("kind", &self.inner.kind)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database, creating a SQLite file if absent, and applies missing migrations.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if the database cannot be reached, [`StoreError::Other`] if
    /// the address is of no known kind or the schema is newer than this program.
    pub async fn open(options: StoreOptions) -> Result<Self> {
        let kind = DatabaseKind::of(&options.url)?;
        let url = options.url.clone();
        let feed = Arc::new(Feed::default());
        let poll_every = options.poll_every;
        let mut background = Vec::new();
        let (db, writer) = match kind {
            DatabaseKind::Sqlite => {
                let connection = connect::sqlite_writer(&options.url).await?;
                connect::migrate(&connection).await?;
                let db = connect::sqlite_readers(&options.url).await?;
                (
                    db,
                    Some(writer::start(options, connection, Arc::clone(&feed))),
                )
            }
            DatabaseKind::Postgres => {
                let db = connect::postgres(&options.url).await?;
                connect::migrate(&db).await?;
                background.push(feed::listen(Arc::clone(&feed), db.clone()).await?);
                (db, None)
            }
        };
        background.push(feed::poll(Arc::clone(&feed), db.clone(), poll_every));
        let background = Mutex::new(background);
        let store = Self {
            inner: Arc::new(Inner {
                kind,
                url,
                db,
                writer,
                feed,
                background,
                contacts_laid: Mutex::new(None),
            }),
        };
        store.settle_ledger().await?;
        Ok(store)
    }

    /// The kind of database behind the store.
    #[must_use]
    pub fn kind(&self) -> DatabaseKind {
        self.inner.kind
    }

    /// Studies.
    #[must_use]
    pub fn studies(&self) -> Studies<'_> {
        Studies(self)
    }

    /// Questionnaire versions.
    #[must_use]
    pub fn versions(&self) -> Versions<'_> {
        Versions(self)
    }

    /// Waves.
    #[must_use]
    pub fn waves(&self) -> Waves<'_> {
        Waves(self)
    }

    /// Rehearsals of waves.
    #[must_use]
    pub fn rehearsals(&self) -> Rehearsals<'_> {
        Rehearsals(self)
    }

    /// Responses and their change log.
    #[must_use]
    pub fn responses(&self) -> Responses<'_> {
        Responses(self)
    }

    /// Drafts.
    #[must_use]
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts(self)
    }

    /// People who hold a link into another's draft.
    #[must_use]
    pub fn contributors(&self) -> Contributors<'_> {
        Contributors(self)
    }

    /// Contact details.
    #[must_use]
    pub fn contacts(&self) -> Contacts<'_> {
        Contacts(self)
    }

    /// Samples: who is asked to answer a wave.
    #[must_use]
    pub fn samples(&self) -> Samples<'_> {
        Samples(self)
    }

    /// Mails to be sent.
    #[must_use]
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox(self)
    }

    /// Texts of mails.
    #[must_use]
    pub fn mail_templates(&self) -> MailTemplates<'_> {
        MailTemplates(self)
    }

    /// Questionnaires as they are being written.
    #[must_use]
    pub fn working_versions(&self) -> WorkingVersions<'_> {
        WorkingVersions(self)
    }

    /// Accounts of the team.
    #[must_use]
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    /// Sessions of the team.
    #[must_use]
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }

    /// Members of studies, and one-time links.
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        Members(self)
    }

    /// Personal access tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens(self)
    }

    /// Passkeys of the team.
    #[must_use]
    pub fn passkeys(&self) -> Passkeys<'_> {
        Passkeys(self)
    }

    /// Whom OpenID providers know accounts as.
    #[must_use]
    pub fn identities(&self) -> Identities<'_> {
        Identities(self)
    }

    /// Proofs that were asked for.
    #[must_use]
    pub fn ceremonies(&self) -> Ceremonies<'_> {
        Ceremonies(self)
    }

    /// The audit log.
    #[must_use]
    pub fn audit(&self) -> Audit<'_> {
        Audit(self)
    }

    /// What respondents may do with what they gave.
    #[must_use]
    pub fn rights(&self) -> Rights<'_> {
        Rights(self)
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

    /// Values the program keeps for itself.
    #[must_use]
    pub fn settings(&self) -> Settings<'_> {
        Settings(self)
    }

    /// A receiver that is woken whenever the wave's responses change, whichever process changed
    /// them. Its first value is the present revision; it closes when the wave is removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn watch(&self, wave: WaveId) -> Result<watch::Receiver<Revision>> {
        let receiver = self.inner.feed.subscribe(wave);
        let now = self.responses().revision(wave).await?;
        self.inner.feed.advance(wave, now);
        Ok(receiver)
    }

    /// Whether the database answers. For readiness checks.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.inner.db.ping().await?)
    }

    /// Finishes the writes that are queued and closes all connections. Later calls fail.
    pub async fn close(&self) {
        self.inner
            .background
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        if let Some(writer) = &self.inner.writer {
            writer.close().await;
        }
        if let Err(error) = self.inner.db.clone().close().await {
            tracing::warn!(%error, "closing the database");
        }
    }

    fn db(&self) -> &DatabaseConnection {
        &self.inner.db
    }

    /// Runs a write command: through the writer's queue on SQLite, in a transaction of its own
    /// on Postgres.
    async fn write<W: Write>(&self, mut command: W) -> Result<W::Output> {
        if let Some(writer) = &self.inner.writer {
            return writer.write(command).await;
        }
        let transaction = connect::begin_write(self.db()).await?;
        let mut advanced = Vec::new();
        let result = command
            .apply(&mut Tx {
                db: &transaction,
                advanced: &mut advanced,
            })
            .await;
        match result {
            Ok(output) => {
                transaction.commit().await?;
                for (wave, revision) in advanced {
                    self.inner.feed.advance(wave, revision);
                }
                Ok(output)
            }
            Err(error) => {
                if let Err(cause) = transaction.rollback().await {
                    tracing::warn!(%cause, "rolling back");
                }
                Err(error)
            }
        }
    }
}
