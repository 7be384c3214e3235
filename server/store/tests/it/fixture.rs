//! A study with an open wave, and submissions to it.

use crate::team::entry;
use store::{
    Access, DraftId, NewContact, NewDraft, NewVersion, QuestionnaireVersion, Response, ResponseId,
    Store, Study, StudyId, Submission, VersionId, Wave, WaveChange, WaveId, WaveState,
};
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub(crate) const NOW: OffsetDateTime = datetime!(2026-03-02 09:30 UTC);
pub(crate) const TODAY: Date = date!(2026 - 03 - 02);

pub(crate) fn random_uuid() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

pub(crate) struct Field {
    pub(crate) study: Study,
    pub(crate) version: QuestionnaireVersion,
    pub(crate) wave: WaveId,
}

/// Creates a study, publishes a version of its questionnaire and opens a wave.
pub(crate) async fn open_wave(store: &Store, slug: &str) -> Field {
    let study = Study {
        id: StudyId(random_uuid()),
        slug: slug.to_owned(),
        title: r#"{"fr":"Étude"}"#.to_owned(),
        created_at: NOW,
    };
    let study = store.studies().ensure(study).await.unwrap();
    let version = store
        .versions()
        .publish(version_of(study.id, "content"), entry("study.publish"))
        .await
        .unwrap()
        .version();
    let wave = wave_of(&study, &version, slug, WaveState::Open);
    store.waves().create(wave.clone()).await.unwrap();
    Field {
        study,
        version,
        wave: wave.id,
    }
}

pub(crate) fn version_of(study: StudyId, content: &str) -> NewVersion {
    NewVersion {
        id: VersionId(random_uuid()),
        study,
        content_hash: format!("hash of {content}"),
        title: r#"{"fr":"Étude"}"#.to_owned(),
        source: format!("# {content}\n"),
        created_at: NOW,
    }
}

pub(crate) fn wave_of(
    study: &Study,
    version: &QuestionnaireVersion,
    slug: &str,
    state: WaveState,
) -> Wave {
    Wave {
        id: WaveId(random_uuid()),
        slug: slug.to_owned(),
        study: study.id,
        version: version.id,
        state,
        opens_at: None,
        closes_at: Some(datetime!(2026-04-01 00:00 UTC)),
        anonymous: true,
        created_at: NOW,
        rehearsal_of: None,
        access: Access::Open,
        max_responses: None,
        zone: "Europe/Paris".to_owned(),
        language: None,
        rehearses_save: None,
        closing_message: None,
    }
}

impl Field {
    /// A rehearsal of the wave, not stored yet.
    pub(crate) fn rehearsal(&self) -> Wave {
        Wave {
            rehearsal_of: Some(self.wave),
            closes_at: None,
            ..wave_of(
                &self.study,
                &self.version,
                &format!("{}/rehearsal", self.study.slug),
                WaveState::Closed,
            )
        }
    }

    /// A submission with this content; its id is random.
    pub(crate) fn submission(&self, content: &str) -> Submission {
        Submission {
            wave: self.wave,
            response: self.response(content),
            idempotency: None,
            draft: None,
            contacts: Vec::new(),
            only_if_open: true,
            day: TODAY,
        }
    }

    pub(crate) fn response(&self, content: &str) -> Response {
        Response {
            id: ResponseId(random_uuid()),
            version: self.version.id,
            sheet: format!(r#"{{"answers":{{"x":"{content}"}}}}"#),
            content_hash: format!("hash of {content}"),
        }
    }

    pub(crate) fn draft(&self, token: &str) -> NewDraft {
        NewDraft {
            id: DraftId(random_uuid()),
            wave: self.wave,
            version: self.version.id,
            token_hash: format!("hash of {token}"),
            language: "fr".to_owned(),
            sheet: "{}".to_owned(),
            day: TODAY,
            code: None,
        }
    }
}

pub(crate) fn contact(details: &str, linked: bool) -> NewContact {
    NewContact {
        id: store::ContactId(random_uuid()),
        details: format!(r#"{{"email":"{details}"}}"#),
        consent: r#"{"wording":"J'accepte d'être recontacté·e."}"#.to_owned(),
        linked,
    }
}

/// Opens or closes a wave.
pub(crate) async fn set_state(store: &Store, wave: WaveId, state: WaveState) -> store::Result<()> {
    let change = WaveChange {
        state: Some(state),
        ..WaveChange::default()
    };
    store
        .waves()
        .change(wave, change, crate::team::entry("wave.settle"))
        .await
}
