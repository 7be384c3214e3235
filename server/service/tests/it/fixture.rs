//! Services on a fresh database, with a clock that stands where it is put.

use questionnaire::{Keep, Sheet};
use serde_json::{Map, Value};
use service::team::{Deed, May};
use service::{Config, Randomness, Services, SystemRandomness, WaveInfo};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Store, StoreOptions};
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;

pub(crate) const QPV: &str = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");
const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");
const EDGE: &str = include_str!("../../../../questionnaires/qpv-cls/edge.ndjson");

/// One database, opened by as many processes as a test wants.
pub(crate) struct Site {
    folder: TempDir,
    pub(crate) clock: TestClock,
}

#[derive(Clone)]
pub(crate) struct TestClock(Arc<Mutex<OffsetDateTime>>);

impl service::Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    pub(crate) fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap() = now;
    }
}

impl Site {
    pub(crate) fn new() -> Self {
        let clock = TestClock(Arc::new(Mutex::new(datetime!(2026-03-02 09:30 UTC))));
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock,
        }
    }

    fn url(&self) -> String {
        format!("sqlite://{}/recueil.db", self.folder.path().display())
    }

    /// Opens the services, as one process would.
    pub(crate) async fn open(&self) -> Services {
        self.open_with(|_| {}).await
    }

    /// Opens the services with other settings.
    pub(crate) async fn open_with(&self, settle: impl FnOnce(&mut Config)) -> Services {
        let mut config = Config::new(self.url());
        config.live_interval = Duration::from_millis(5);
        settle(&mut config);
        Services::open(config, self.clock.clone(), SystemRandomness)
            .await
            .unwrap()
    }

    /// Opens the services with the built-in survey.
    pub(crate) async fn open_qpv(&self) -> (Services, WaveInfo) {
        let services = self.open().await;
        let wave = services
            .studies()
            .install(&services.operator(), QPV)
            .await
            .unwrap()
            .wave;
        (services, wave)
    }

    /// The bytes of every file there is.
    pub(crate) fn files(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.folder.path()).unwrap() {
            let read = std::fs::read(file.unwrap().path());
            // The database has files of its own that come and go; one that is gone holds nothing.
            if !matches!(&read, Err(error) if error.kind() == std::io::ErrorKind::NotFound) {
                bytes.extend(read.unwrap());
            }
        }
        bytes
    }

    /// Looks past the services at what is stored.
    pub(crate) async fn store(&self) -> Store {
        Store::open(StoreOptions::new(self.url())).await.unwrap()
    }
}

/// The operator's right to do something in the study of a wave.
pub(crate) async fn may<D: Deed>(services: &Services, wave: &WaveInfo) -> May<D> {
    may_in(services, &wave.study).await
}

/// The same in a study.
pub(crate) async fn may_in<D: Deed>(services: &Services, study: &str) -> May<D> {
    let team = services.team();
    team.operator_may(&services.operator(), study)
        .await
        .unwrap()
}

/// A source of randomness that has dried up.
pub(crate) struct NoLuck;

impl Randomness for NoLuck {
    fn fill(&self, _: &mut [u8]) -> Result<(), service::NoRandomness> {
        Err(service::NoRandomness)
    }
}

/// The 130 sample sheets.
pub(crate) fn responses() -> Vec<Sheet> {
    RESPONSES
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The edge sheets by the last two digits of their id, with what was expected of them left out.
pub(crate) fn edge(number: usize) -> Sheet {
    serde_json::from_str(EDGE.lines().nth(number - 1).unwrap()).unwrap()
}

pub(crate) async fn exported(services: &Services, wave: &WaveInfo) -> Vec<Sheet> {
    let may = may(services, wave).await;
    let mut export = services.export(&may, wave).await.unwrap();
    let mut sheets = Vec::new();
    while let Some(page) = export.next_page().await.unwrap() {
        sheets.extend(page);
    }
    sheets
}

/// A sheet's answers in their one stored form: several choices in the order of the questionnaire.
pub(crate) fn stored_form(wave: &WaveInfo, sheet: &Sheet) -> Map<String, Value> {
    wave.engine.load(sheet).evaluation.to_answers(Keep::OnPath)
}
